#!/usr/bin/python3
"""What is in a result file: readable by every tool, described in full, its books balanced, its costs those of the real mission.

    result_test.py PROGRAM SOURCE_DIR
"""

import csv
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy as np
import xarray as xr

import common

EPOCH = datetime.date(1970, 1, 1)
START = datetime.date(2012, 1, 1)
STEP_DAYS = 7
# Every kind of event and movement happens; people come and go in every way that is recorded.
VIOLENT = ("--set", "group_decision.threshold=-0.3", "--set", "group_conduct.battle_rate=0.8", "--set", "mobilisation.rate=0.05", "--set", "flight.rate=0.005")
NO_OTHER_DEATH = tuple(word for key in ("demography.infant_mortality", "demography.background_mortality", "demography.senescence", "demography.epidemic_excess",
                                        "privation.excess") for word in ("--set", f"{key}=0"))
NO_STATE_FORCES = ("--set", "state.army=0", "--set", "state.police=0")


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def whole(file, name):
    return file[name][()].astype(np.int64)


def table(name):
    """Rows of a CSV file of the scenario."""
    with (common.LIBERIA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run(folder, name, *words):
    path = pathlib.Path(folder) / name
    done = common.program(*words, "-q", "-o", path)
    if done.code != 0:
        raise AssertionError(f"{' '.join(map(str, words))}\n{done.told()}")
    return path


class Shared(common.Case):
    """Tests that look at one result."""

    words = ()

    @classmethod
    def setUpClass(cls):
        held = tempfile.TemporaryDirectory(prefix="drawdown_test_")
        cls.addClassCleanup(held.cleanup)
        cls.path = run(held.name, "result.h5", *cls.words, common.LIBERIA)
        cls.file = h5py.File(cls.path)
        cls.addClassCleanup(cls.file.close)

    @classmethod
    def holds(cls, name):
        return whole(cls.file, name)


class Layout(Shared):
    """Names, axes, dates, units: what a reader needs to know without asking."""

    words = ("compare", "--strategies", "abrupt,historical", "--replicates", "2", "--first-replicate", "3", *common.SHORT_AND_COARSE, *VIOLENT)

    def test_every_reader(self):
        done = subprocess.run([sys.executable, str(common.SOURCE / "tests" / "cli" / "result_readers.py"), str(self.path)],
                              capture_output=True, text=True, check=False, timeout=common.LONGEST_RUN_S)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_dimensions(self):
        with xr.open_dataset(self.path, engine="h5netcdf") as data:
            weeks = -(-731 // STEP_DAYS)
            self.assertEqual({name: data.sizes[name] for name in ("strategy", "replicate", "time", "region")},
                             {"strategy": 2, "replicate": 2, "time": -(-weeks // 4), "region": 15})
            self.assertEqual(data["population"].dims, ("strategy", "replicate", "time", "region"))
            self.assertEqual(data["deaths"].dims, ("strategy", "replicate", "time", "region", "violence"))
            self.assertEqual(data["fighters"].dims, ("strategy", "replicate", "time", "region", "group"))
            self.assertEqual(data["assessed_cost"].dims, ("strategy", "replicate", "time"))
            self.assertEqual(list(data["strategy_name"].values), ["abrupt", "historical"])
            self.assertEqual(list(data["replicate"].values), [3, 4])
            self.assertEqual(list(data["region_name"].values), sorted(row["name"] for row in table("counties.csv")))

    def test_dates(self):
        with xr.open_dataset(self.path) as data:
            days = [datetime.date.fromisoformat(str(value)[:10]) for value in data["time"].values]
            self.assertEqual(days[0], START + datetime.timedelta(days=4 * STEP_DAYS))
            self.assertEqual({b - a for a, b in zip(days, days[1:-1])}, {datetime.timedelta(days=4 * STEP_DAYS)})
            self.assertGreaterEqual(days[-1], datetime.date(2014, 1, 1))
            self.assertLess(days[-1], datetime.date(2014, 1, 1) + datetime.timedelta(days=STEP_DAYS))
            bounds = data["time_bounds"].values
            self.assertEqual(str(bounds[0, 0])[:10], str(START))
            self.assertTrue((bounds[1:, 0] == bounds[:-1, 1]).all(), "intervals follow each other without a gap")
            self.assertTrue((bounds[:, 1] == data["time"].values).all(), "values hold at the end of the interval")
        with xr.open_dataset(self.path, group="events") as log:
            self.assertGreater(log.sizes["event"], 10)
            self.assertGreaterEqual(str(log["event_day"].values.min())[:10], str(START))
            self.assertEqual(sorted(set(log["event_replicate"].values)), [3, 4])

    def test_every_variable_is_described(self):
        def look(name, data):
            if not isinstance(data, h5py.Dataset) or "REFERENCE_LIST" in data.attrs and "long_name" not in data.attrs:
                return
            with self.subTest(variable=name):
                self.assertGreater(len(data.attrs["long_name"]), 3)
                if data.dtype.kind in "if" and "flag_values" not in data.attrs:
                    self.assertGreater(len(data.attrs["units"]), 0)

        self.file.visititems(look)

    def test_output_of_a_model_says_which_process_wrote_it(self):
        plan = self.succeed("plan", common.LIBERIA).out
        for name, data in self.file.items():
            if isinstance(data, h5py.Dataset) and data.ndim >= 3 and data.dims[0][0].name == "/strategy":
                with self.subTest(variable=name):
                    self.assertIn(f" {text(data.attrs['source'])} (", plan)
                    self.assertIn(text(data.attrs["cell_methods"]), ("time: point", "time: sum", "time: mean", "time: maximum"))

    def test_nothing_is_missing(self):
        for name, data in self.file.items():
            if isinstance(data, h5py.Dataset) and data.dtype.kind == "f":
                self.assertTrue(np.isfinite(data[()]).all(), name)
        self.assertEqual(self.holds("run_status").tolist(), [[0, 0], [0, 0]])

    def test_shares_are_shares(self):
        for name in ("state_control", "security_level", "services", "consent_popular", "abuse", "grievance", "fear", "trust_state", "trust_mission", "expectation",
                     "livelihood", "coverage", "capacity", "substitution", "group_control", "group_commitment", "inclusion", "legitimacy", "consent_host",
                     "consent_parties", "implementation", "tension", "epidemic", "attention", "benchmark_value"):
            values = self.file[name][()]
            self.assertTrue(((values >= 0) & (values <= 1)).all(), f"{name} runs from {values.min()} to {values.max()}")

    def test_counts_are_counts(self):
        for name, data in self.file.items():
            if isinstance(data, h5py.Dataset) and data.dtype.kind == "i" and data.ndim >= 3 and "flag_values" not in data.attrs:
                self.assertTrue((data[()] >= 0).all(), f"{name} has {data[()].min()}")

    def test_provenance(self):
        recipe = "\n".join(line.decode() for line in self.file["provenance/recipe"][()])
        for words in ("drawdown ", "seed 20120101", "replicates 2 from 3", "strategy abrupt", "strategy historical", "persons_per_agent = 400", "battle_rate = 0.8"):
            self.assertIn(words, recipe)
        rows = [line.decode().split("\t") for line in self.file["provenance/parameters"][()]]
        self.assertEqual(rows[0], ["key", "value", "unit", "range", "grade", "source"])
        listed = {row[0]: row for row in rows[1:] if row != [""]}
        self.assertEqual(float(listed["group_conduct.battle_rate"][1]), 0.8)
        self.assertTrue(all(len(row) == 6 and row[4] in "ABCD" for row in listed.values()))

    def test_map(self):
        """The outlines of the regions that lay beside the scenario go with the result."""
        held = json.loads("\n".join(line.decode() for line in self.file["provenance/map"][()]))
        shipped = json.loads(next(pathlib.Path(common.LIBERIA).glob("*.geojson")).read_text(encoding="utf-8"))
        self.assertEqual(held, shipped)

    def test_beside_the_result(self):
        """Host, threads and clock, which may differ from run to run, lie beside the file."""
        beside = json.loads(pathlib.Path(f"{self.path}.run.json").read_text(encoding="utf-8"))
        self.assertGreaterEqual(beside["threads"], 1)
        self.assertGreater(beside["seconds"], 0)
        self.assertTrue(beside["program"].startswith("drawdown "))


class Books(Shared):
    """What leaves one column arrives in another, person by person, week by week."""

    words = ("compare", "--strategies", "abrupt,historical", "--replicates", "2", "--set", "scenario.output_every=1", *common.SHORT_AND_COARSE, *VIOLENT)

    def everybody(self):
        """At home and abroad, by strategy, replicate and week."""
        return self.holds("population").sum(axis=-1) + self.holds("refugees").sum(axis=-1)

    def test_people_at_the_start(self):
        expected = sum(round(int(row["population"]) * 1.1367) for row in table("counties.csv"))
        change = self.holds("births") - self.holds("natural_deaths") - self.holds("violent_deaths") - self.holds("emigrated")
        self.assertEqual(set((self.everybody() - change)[..., 0].ravel()), {expected})

    def test_population(self):
        change = self.holds("births") - self.holds("natural_deaths") - self.holds("violent_deaths") - self.holds("emigrated")
        np.testing.assert_array_equal(np.diff(self.everybody(), axis=-1), change[..., 1:])
        for name in ("births", "natural_deaths", "violent_deaths", "refugees", "displaced"):
            self.assertGreater(self.holds(name).sum(), 100, f"too few {name} to show anything")

    def test_totals(self):
        for total, part, axes in (("total_refugees", "refugees", 1), ("total_displaced", "displaced", 1), ("total_fighters", "fighters", 2)):
            np.testing.assert_array_equal(self.holds(total), self.holds(part).sum(axis=tuple(range(-axes, 0))), total)
        np.testing.assert_array_equal(self.holds("uniformed"), self.holds("strength")[..., :4].sum(axis=(-1, -2)))

    def test_cohorts(self):
        np.testing.assert_array_equal(self.holds("population_cohort").sum(axis=-1), self.holds("population"))
        np.testing.assert_array_equal(self.holds("displaced_cohort").sum(axis=-1), self.holds("displaced"))
        np.testing.assert_array_equal(self.holds("deaths_cohort").sum(axis=(-1, -2)), self.holds("violent_deaths"))

    def test_deaths_by_kind(self):
        """Peacekeepers are not of the population; all other kinds of violence are."""
        kinds = [name.decode() for name in self.file["violence_name"][()]]
        own = [k for k, kind in enumerate(kinds) if kind != "against_mission"]
        by_kind = self.holds("deaths")[..., own].sum(axis=(-1, -2))
        np.testing.assert_array_equal(by_kind, self.holds("violent_deaths"))

    def test_civilian_deaths_are_a_part(self):
        self.assertTrue((self.holds("civilian_deaths").sum(axis=-1) <= self.holds("violent_deaths")).all())

    def test_flight_and_return(self):
        """Who fled and is not back is displaced or abroad, or has died there; children are born there too."""
        away = self.holds("total_displaced") + self.holds("total_refugees")
        moved = self.holds("newly_displaced").sum(axis=-1) - self.holds("returned").sum(axis=-1)
        other = np.diff(away, axis=-1) - moved[..., 1:]
        self.assertTrue((other <= self.holds("births")[..., 1:]).all())
        self.assertTrue((-other <= (self.holds("natural_deaths") + self.holds("violent_deaths") + self.holds("recruits").sum(axis=-1) + self.holds("emigrated"))[..., 1:]).all())

    def test_coarser_intervals_add_up(self):
        """Sums over four weeks are the sums of the weeks; levels are those of the last week."""
        words = [word for word in self.words if word != "scenario.output_every=1"]
        words.remove("--set")
        with h5py.File(run(self.folder, "coarse.h5", *words, common.LIBERIA)) as coarse:
            edges = np.arange(0, self.file["time"].shape[0], 4)
            seen = set()
            for name, data in self.file.items():
                if not (isinstance(data, h5py.Dataset) and data.ndim >= 3 and data.dims[0][0].name == "/strategy"):
                    continue
                how = text(data.attrs["cell_methods"])
                seen.add(how)
                fine = data[()]
                if how.endswith("sum") and data.dtype.kind == "i":
                    np.testing.assert_array_equal(np.add.reduceat(fine, edges, axis=2), coarse[name][()], name)
                elif how.endswith("maximum"):
                    np.testing.assert_array_equal(np.maximum.reduceat(fine, edges, axis=2), coarse[name][()], name)
                elif how.endswith("point"):
                    last = np.append(edges[1:], fine.shape[2]) - 1
                    np.testing.assert_array_equal(fine[:, :, last], coarse[name][()], name)
            self.assertEqual(seen, {"time: point", "time: sum", "time: mean", "time: maximum"})


class FighterBooks(Shared):
    """Without other deaths and without forces of the state to die, every combatant killed was a fighter."""

    words = ("compare", "--strategies", "abrupt,historical", "--replicates", "2", "--set", "scenario.output_every=1", *common.SHORT_AND_COARSE, *VIOLENT,
             *NO_OTHER_DEATH, *NO_STATE_FORCES)

    def test_fighters(self):
        fighters = self.holds("fighters").sum(axis=(-1, -2))
        killed = self.holds("violent_deaths") - self.holds("civilian_deaths").sum(axis=-1)
        camps = self.holds("rearmed").sum(axis=-1) - self.holds("disarmed").sum(axis=-1)
        change = self.holds("recruits").sum(axis=-1) - self.holds("deserters").sum(axis=-1) + camps - killed
        np.testing.assert_array_equal(np.diff(fighters, axis=-1), change[..., 1:])
        self.assertEqual(self.holds("natural_deaths").sum(), 0)
        for what, count in (("killed", killed.sum()), ("recruits", self.holds("recruits").sum()), ("deserters", self.holds("deserters").sum())):
            self.assertGreater(count, 5, f"too few {what} to show anything")


class Money(Shared):
    """The historical mission costs what UNMIL's budgets say: 239 million and 31,100 USD a uniformed person (EVIDENCE, row 87)."""

    words = ("run", "--strategy", "historical", "--set", "scenario.output_every=1", "--set", "scenario.end=2018-12-31", "--set", "scenario.persons_per_agent=4000")

    FIXED_USD = 255e6  # of the scenario: shrinks with the mission, half of it is left at HALF_SIZE
    HALF_SIZE = 700
    PER_HEAD_USD = 31_100
    DAYS_A_YEAR = 365.2425

    @staticmethod
    def uniformed_by_day():
        """Uniformed on each day from strength.csv alone, straight between its dates."""
        totals = {}
        for row in table("strength.csv"):
            day = datetime.date.fromisoformat(row["date"])
            totals[day] = totals.get(day, 0) + int(row["military"]) + int(row["formed_police"]) + int(row["police"])
        dates = sorted(totals)
        days = np.arange((datetime.date(2019, 1, 1) - START).days)
        return np.interp(days, [(date - START).days for date in dates], [totals[date] for date in dates])

    def paid_by_day(self):
        """Cost on each day: that of its week, spread evenly."""
        cost = self.holds("assessed_cost")[0, 0] / STEP_DAYS
        return np.repeat(cost, STEP_DAYS)

    def check_year(self, first, last):
        a, b = (first - START).days, (last - START).days
        uniformed = self.uniformed_by_day()[a:b]
        expected = sum(self.FIXED_USD * uniformed / (uniformed + self.HALF_SIZE) + self.PER_HEAD_USD * uniformed) / self.DAYS_A_YEAR
        paid = self.paid_by_day()[a:b].sum()
        self.assertLess(abs(paid / expected - 1), 0.05, f"{first} to {last}: {paid / 1e6:.1f} million USD, expected {expected / 1e6:.1f}")

    def test_calendar_years(self):
        for year in range(2012, 2018):
            with self.subTest(year=year):
                self.check_year(datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1))

    def test_fiscal_years(self):
        for year in range(2012, 2017):
            with self.subTest(year=f"{year}/{year + 1 - 2000}"):
                self.check_year(datetime.date(year, 7, 1), datetime.date(year + 1, 7, 1))

    def test_strength(self):
        """Deployment follows the record: within a week's change of the line, and 0 after 30 March 2018."""
        weekly = self.holds("uniformed")[0, 0]
        line = self.uniformed_by_day()
        for week, uniformed in enumerate(weekly):
            near = line[max(0, STEP_DAYS * (week - 1)):STEP_DAYS * (week + 2)]
            if near.size:
                self.assertLessEqual(near.min() - 40, uniformed, f"week {week}")
                self.assertGreaterEqual(near.max() + 40, uniformed, f"week {week}")
        after = (datetime.date(2018, 4, 9) - START).days // STEP_DAYS
        self.assertEqual(weekly[after:].max(), 0)

    def test_nothing_is_paid_after_the_end(self):
        closed = self.holds("mission_open")[0, 0] == 0
        self.assertTrue(closed[-20:].all())
        self.assertEqual(self.holds("assessed_cost")[0, 0][closed].sum(), 0)
        first = (self.file["time"][()][closed][0]) - (datetime.date(2018, 3, 30) - EPOCH).days
        self.assertLessEqual(abs(first), 3 * STEP_DAYS)


if __name__ == "__main__":
    common.main()
