#!/usr/bin/python3
"""The drawdowns of Liberia, Cote d'Ivoire and Mali as they were: strength by fiscal year, and what it cost against the approved budgets.

    replay_test.py PROGRAM SOURCE_DIR
"""

import re
import subprocess

import common

COARSE = ("--set", "scenario.persons_per_agent=10000")
ENDS = {"liberia": "2018-07-31", "cote_divoire": "2018-07-31", "mali": "2024-07-31"}
# Fiscal years whose budget the model misses by more than 5 % (docs/validation.md says why).
MISSED = {"liberia": [], "cote_divoire": ["2013/14", "2016/17"], "mali": ["2023/24"]}
MISSED_STRENGTH = {"mali": ["2023/24"]}


class Replay(common.Case):
    def replay(self, result, table, *words):
        return subprocess.run([common.SOURCE / "scripts" / "replay", result, table, *words], capture_output=True, text=True, check=False)

    def run_of(self, country, *words):
        result = self.folder / f"{country}.h5"
        self.succeed("run", common.SOURCE / "scenarios" / country, *COARSE, "--set", f"scenario.end={ENDS[country]}", *words, "-q", "-o", result)
        return result, common.SOURCE / "scenarios" / country / "replay.csv"

    def missed(self, what, told):
        found = re.search(rf"^{what} within 5%: (\d+) of (\d+) years(?:; not in (.*))?$", told, re.MULTILINE)
        self.assertIsNotNone(found, told)
        years = found[3].split(", ") if found[3] else []
        self.assertEqual(int(found[1]) + len(years), int(found[2]), told)
        return years

    def test_strength_and_cost_follow_what_was(self):
        for country, known in MISSED.items():
            with self.subTest(country):
                result, table = self.run_of(country)
                done = self.replay(result, table)
                self.assertEqual(done.returncode, 1 if known else 0, done.stdout + done.stderr)
                self.assertEqual(self.missed("strength", done.stdout), MISSED_STRENGTH.get(country, []), done.stdout)
                self.assertEqual(self.missed("cost", done.stdout), known, done.stdout)

    def test_a_fixed_part_that_does_not_shrink_with_the_mission_is_too_dear_at_its_end(self):
        done = self.replay(*self.run_of("liberia", "--set", "mission_cost.fixed=239", "--set", "mission_cost.half_size=0"))
        self.assertEqual(self.missed("cost", done.stdout), ["2015/16", "2016/17", "2017/18"], done.stdout)

    def test_a_result_that_does_not_fit_is_told(self):
        result, table = self.run_of("liberia", "--set", "mission_cost.per_head=50000")
        done = self.replay(result, table)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(self.missed("strength", done.stdout), [])
        self.assertIn("2012/13", self.missed("cost", done.stdout))

        # What the model says itself passes; a tenth more strength does not.
        seen = [line.split() for line in done.stdout.splitlines() if re.match(r"\d{4}/\d\d ", line)]
        self.assertEqual(len(seen), 6, done.stdout)
        for factor, code in ((1.0, 0), (1.1, 1)):
            own = self.folder / "own.csv"
            own.write_text("fiscal_year,strength,budget_musd\n" + "".join(f"{row[0]},{factor * float(row[1])},{row[5]}\n" for row in seen))
            self.assertEqual(self.replay(result, own).returncode, code)

        wrong = self.folder / "wrong.csv"
        for text, says in (("year,people\n2012,3\n", "needs the columns"), ("fiscal_year,strength,budget_musd\n2012-13,3,4\n", "no fiscal year"),
                           ("fiscal_year,strength,budget_musd\n2012/13,many,4\n", "is no number"), ("fiscal_year,strength,budget_musd\n1999/00,3,4\n", "none of the fiscal years")):
            wrong.write_text(text)
            done = self.replay(result, wrong)
            self.assertEqual((done.returncode, says in done.stderr), (65, True), done.stderr)
        self.assertEqual(self.replay(result, table, "--strategy", "abrupt").returncode, 65)
        self.assertEqual(self.replay(result, self.folder / "none.csv").returncode, 65)
        self.assertEqual(subprocess.run([common.SOURCE / "scripts" / "replay"], capture_output=True, check=False).returncode, 64)


common.main()
