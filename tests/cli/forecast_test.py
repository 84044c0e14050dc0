#!/usr/bin/python3
"""Forecasts of exits from rows of numbers: their form, their independence of order and threads, and what is told of bad rows.

    forecast_test.py PROGRAM SOURCE_DIR
"""

import csv
import math
import unittest

import common

FEW = ("--replicates", 4, "-q")


class Forecast(common.Case):
    def setUp(self):
        super().setUp()
        self.generic = common.SOURCE / "scenarios" / "generic"
        with open(self.generic / "exits.csv", newline="") as file:
            table = list(csv.reader(file))
        self.header, self.rows = table[0], table[1:]

    def table(self, name, rows):
        path = self.folder / name
        with open(path, "w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([self.header, *rows])
        return path

    def forecast(self, rows, *more, name="rows"):
        out, members = self.folder / f"{name}_f.csv", self.folder / f"{name}_m.csv"
        done = common.program("forecast", self.table(f"{name}.csv", rows), "-o", out, "--members", members, *FEW, *more)
        self.assertEqual(done.code, 0, done.told())
        return out.read_text().splitlines(), members.read_text().splitlines()

    def test_rows_in_another_order_and_other_threads_give_the_same_lines(self):
        some = [self.rows[0], self.rows[5], self.rows[10]]
        forecasts, members = self.forecast(some, "--threads", 1)
        shuffled, shuffled_members = self.forecast(list(reversed(some)), "--threads", 2, name="shuffled")
        self.assertEqual(forecasts[0], shuffled[0])
        self.assertEqual(sorted(forecasts), sorted(shuffled))
        self.assertEqual(sorted(members), sorted(shuffled_members))

    def test_name_of_the_mission_is_not_read(self):
        named = [self.rows[2]]
        nameless = [["" if column == "mission" else cell for column, cell in zip(self.header, row)] for row in named]
        self.assertEqual(self.forecast(named), self.forecast(nameless, name="nameless"))

    def test_places_that_cannot_be_written_are_told_before_anything_is_run(self):
        rows = self.table("rows.csv", self.rows[:1])
        for words, code, said in (
            (("-o", "/proc/f.csv"), 73, "/proc/f.csv"),
            (("-o", "f.csv", "--members", "/proc/m.csv"), 73, "/proc/m.csv"),
            (("-o", "f.csv", "--members", "./f.csv"), 64, "the same file"),
        ):
            with self.subTest(words=words):
                done = common.program("forecast", rows, *words, "--replicates", 100000, cwd=self.folder, timeout=20)
                self.assertEqual(done.code, code, done.told())
                self.assertIn(said, done.err)
                self.assertEqual(self.files(), ["rows.csv"])

    def test_a_trigger_in_other_words_counts_as_unknown_and_is_told(self):
        trigger = self.header.index("trigger")

        def told(word):
            row = list(self.rows[0])
            row[trigger] = word
            return common.program("forecast", self.table("rows.csv", [row]), "-o", "f.csv", *FEW, cwd=self.folder).err

        self.assertIn('rows.csv:2: trigger "fatigue" says none of', told("fatigue"))
        self.assertEqual(told("council-veto"), "")
        self.assertEqual(told(""), "")

    def test_quantiles_and_chances_follow_from_the_members(self):
        forecasts, members = self.forecast([self.rows[5]])
        row = next(csv.DictReader(forecasts))
        own = list(csv.DictReader(members))
        self.assertEqual(len(own), 4)
        self.assertAlmostEqual(float(row["p_armed_conflict_5y"]), sum(int(m["armed_conflict_5y"]) for m in own) / len(own), 3)
        for year in range(1, 6):
            values = [float(row[f"l{year}_q{q}"]) for q in ("05", "25", "50", "75", "95")]
            self.assertEqual(values, sorted(values))
            logs = sorted(float(m[f"l{year}"]) for m in own)
            self.assertAlmostEqual(values[2], (logs[1] + logs[2]) / 2, 3)
            self.assertTrue(all(math.isfinite(v) and v >= 0 for v in values))

    def test_bad_rows_are_told_all_at_once_and_nothing_is_written(self):
        bad = [list(self.rows[0]), list(self.rows[1])]
        bad[0][self.header.index("polyarchy")] = "7"
        bad[1][self.header.index("population_m")] = ""
        out = self.folder / "never.csv"
        done = common.program("forecast", self.table("bad.csv", bad), "-o", out, *FEW)
        self.assertEqual(done.code, 65, done.told())
        self.assertIn("polyarchy = 7 is out of range", done.err)
        self.assertIn("population_m", done.err)
        self.assertIn("2 errors; nothing was run", done.err)
        self.assertFalse(out.exists())

    def test_backtest_scores_the_simple_forecasters_as_published(self):
        done = common.program("backtest", "--replicates", 1, "-q", timeout=600, cwd=common.SOURCE)
        self.assertEqual(done.code, 0, done.told())
        lines = {line.split("  ")[0]: line.split() for line in done.out.splitlines() if line}
        self.assertEqual(lines["four-bin rule"][2:4], ["0.118", "0.372"])
        self.assertEqual(lines["constant 0.25"][2:4], ["0.296", "0.800"])


common.main()
