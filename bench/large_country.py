#!/usr/bin/python3
"""Writes an invented country as large as one likes, to measure speed with: large_country.py FOLDER [PERSONS] [TERRITORIES] [GROUPS].

The default has the size of DR Congo: 100 million persons in 145 territories of 26 provinces, on a grid; a group in the east, a
mission there, one person an agent. Nothing in it is a real place or number.
"""

import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
persons = int(float(sys.argv[2])) if len(sys.argv) > 2 else 100_000_000
territories = int(sys.argv[3]) if len(sys.argv) > 3 else 145
groups = int(sys.argv[4]) if len(sys.argv) > 4 else 1
provinces = min(26, territories)
width = max(1, round(territories**0.5))
per_capita = persons / 1e8
names = [f"p{1 + i * provinces // territories:02d}_t{i + 1:03d}" for i in range(territories)]
east = [i for i in range(territories) if i % width >= width - 3]

folder.mkdir(parents=True, exist_ok=True)
(folder / "strategies").mkdir(exist_ok=True)


def table(name, head, rows):
    (folder / name).write_text("\n".join([head, *(",".join(map(str, row)) for row in rows)]) + "\n")


def share(i):
    return round((1.0 if i in east else 0.1) / (len(east) + 0.1 * (territories - len(east))), 6)


shares = [share(i) for i in range(territories)]
shares[-1] = round(shares[-1] + 1.0 - sum(shares), 6)
people = [persons // territories + (1 if i < persons % territories else 0) for i in range(territories)]
even = [round(1 / territories, 6)] * territories
even[-1] = round(even[-1] + 1.0 - sum(even), 6)
table(
    "regions.csv",
    "name,population,capital,neighbours_abroad,remoteness,past_violence_share,lootable_resources,national_police,army,former_fighters",
    [(names[i], people[i], int(i == 0), "", round(i / territories, 3), shares[i], 0.6 if i in east else 0.2, even[i], even[i], shares[i]) for i in range(territories)],
)
borders = [(i, j) for i in range(territories) for j in (i + 1, i + width) if j < territories and (j == i + width or j % width)]
table("borders.csv", "a,b,shared_border_km,centroid_distance_km", [(names[i], names[j], 50, 90) for i, j in borders])
table("identities.csv", "name,west,east", [(name, *((0.2, 0.8) if i in east else (0.8, 0.2))) for i, name in enumerate(names)])
table(
    "strength.csv",
    "date,region,military,formed_police,police,civilian,observers",
    [("2020-01-06", names[i], *(round(x * per_capita) if i in east else 0 for x in (300, 20, 10, 40, 5))) for i in range(territories)],
)
quoted = ", ".join(f'"{names[i]}"' for i in east)
(folder / "strategies" / "historical.toml").write_text('[strategy]\nkind = "historical"\n')
(folder / "scenario.toml").write_text(
    f"""# An invented country of {persons} persons in {territories} territories, to measure speed with.
[scenario]
name = "large"
start = 2020-01-06
end = 2021-01-03
step = "1 week"
persons_per_agent = 1
agents_per_community = 300
output_every = 4

[files]
regions = "regions.csv"
adjacency = "borders.csv"
identities = "identities.csv"
strength = "strength.csv"

[population]
age_limits = [0, 15, 25, 45, 65]
age_shares_men = [0.2116, 0.0995, 0.1254, 0.0480, 0.0160]
age_shares_women = [0.2073, 0.1018, 0.1302, 0.0432, 0.0170]

[society]
refugees_abroad = {round(900_000 * per_capita)}
displaced = {round(5_000_000 * per_capita)}
years_away = "4 years"

[state]
army = "{round(130_000 * per_capita)} persons"
police = "{round(110_000 * per_capita)} persons"
gdp = "{50_000 * per_capita:.3f} million USD/year"
budget = "{7_000 * per_capita:.3f} million USD/year"
capacity = [0.32, 0.34, 0.28, 0.32, 0.32, 0.30]

[identity.west]
inclusion = 0.6
[identity.east]
inclusion = 0.4
"""
    + "".join(
        f"""
[group.mountain{g}]
identity = "east"
spoiler = "greedy"
fighters = {round(10_000 * per_capita / groups)}
former_fighters = {round(30_000 * per_capita / groups)}
commitment = 0.2
wealth = {5.0 * per_capita / groups:.4f}
arms = 0.7
regions = [{quoted}]
"""
        for g in range(groups)
    )
)
