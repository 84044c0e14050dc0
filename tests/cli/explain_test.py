#!/usr/bin/python3
"""Explaining why strategies differ: parts add up, and what they add up to is the difference of what was recorded.

    explain_test.py PROGRAM SOURCE_DIR
"""

import json
import math
import re
import unittest

import h5py
import numpy as np

import common

SMALL = ("--set", "scenario.end=2014-12-31", "--set", "scenario.persons_per_agent=1000")
RECORDED = {"consent": "consent_host", "implementation": "implementation", "legitimacy": "legitimacy"}
DEATHS = {"battle_deaths": ("state_based", "between_groups", "against_aid"), "one_sided_deaths": ("one_sided_group", "one_sided_state"),
          "communal_deaths": ("communal",), "mob_deaths": ("mob",)}


def day(text):
    return (np.datetime64(text) - np.datetime64("1970-01-01")).astype(int)


class Explain(common.Case):
    @classmethod
    def setUpClass(cls):
        cls.held = common.tempfile.TemporaryDirectory(prefix="drawdown_test_")
        cls.addClassCleanup(cls.held.cleanup)
        cls.result = common.pathlib.Path(cls.held.name) / "a.h5"
        cls.one = common.pathlib.Path(cls.held.name) / "one.h5"
        cls.first = common.program("compare", common.LIBERIA, *SMALL, "--strategies", "historical,abrupt", "--replicates", 3, "-q", "-o", cls.result, "--explain")
        alone = common.program("run", common.LIBERIA, *SMALL, "--strategy", "abrupt", "-q", "-o", cls.one)
        for done in (cls.first, alone):
            if done.code != 0:
                raise AssertionError(done.told())

    def told(self, *words):
        return json.loads(self.succeed("show", self.result, "--explain", "--json", *words).out)

    def stored(self, name, first, last):
        """Paired difference abrupt - historical by replicate, mean over the intervals that begin in the window."""
        with h5py.File(self.result) as file:
            begins = file["time_bounds"][()][:, 0]
            chosen = (begins >= day(first)) & (begins <= day(last))
            values = file[name][()].astype(float)[:, :, chosen].mean(axis=2)
            return values[1] - values[0]

    def test_parts_add_up(self):
        stocks = self.told()["strategies"]["abrupt"]
        self.assertGreaterEqual(set(stocks), {"consent", "implementation", "capacity", "legitimacy", "temptation", "state_control",
                                              "grievance", "trust_state", "trust_mission", "mob_deaths"})
        for name, stock in stocks.items():
            if stock["difference"]["value"] == 0:
                continue
            with self.subTest(stock=name):
                parts = [cause["difference"]["value"] for cause in stock["causes"]]
                self.assertGreater(len(parts), 2)
                self.assertAlmostEqual(sum(parts), stock["difference"]["value"], delta=1e-7 if name in DEATHS else 1e-9)
                self.assertAlmostEqual(sum(cause["share"] for cause in stock["causes"]), 1.0, delta=1e-6)
                sizes = [abs(part) for part, cause in zip(parts, stock["causes"]) if cause["name"] != "other"]
                self.assertEqual(sizes, sorted(sizes, reverse=True))
                self.assertTrue(all(size >= 0.02 * sum(sizes) for size in sizes), sizes)

    def test_difference_is_that_of_the_stock(self):
        for first, last in (("2013-01-01", "2014-01-01"), ("2014-06-01", "2014-12-31")):
            told = self.told("--from", first, "--to", last)["strategies"]["abrupt"]
            for stock, variable in RECORDED.items():
                with self.subTest(stock=stock, first=first):
                    self.assertAlmostEqual(told[stock]["difference"]["value"], self.stored(variable, first, last).mean(), delta=2e-6)

    def test_deaths_are_those_of_the_days(self):
        first, last = "2013-01-01", "2014-06-30"
        told = self.told("--from", first, "--to", last)["strategies"]["abrupt"]
        with h5py.File(self.result) as file:
            begins = file["time_bounds"][()][:, 0]
            chosen = (begins >= day(first)) & (begins <= day(last))
            kinds = [name.decode() for name in file["violence_name"][()]]
            deaths = file["deaths"][()].astype(float)[:, :, chosen].sum(axis=(2, 3))  # strategy, replicate, kind
        for stock, of in DEATHS.items():
            dead = deaths[..., [kinds.index(kind) for kind in of]].sum(axis=-1)
            with self.subTest(stock=stock):
                if stock in told:
                    self.assertAlmostEqual(told[stock]["difference"]["value"], (dead[1] - dead[0]).mean(), delta=1e-3)
                else:
                    self.assertEqual(dead.sum(), 0)
        self.assertIn("mob_deaths", told)

    def test_intervals_are_those_of_paired_differences(self):
        differences = self.stored("ledger", "2013-01-01", "2014-12-31")  # replicate, stock, cause
        with h5py.File(self.result) as file:
            stocks = [name.decode() for name in file["stock_name"][()]]
            causes = [name.decode() for name in file["cause_name"][()]]
        quantile = 4.302652729911275  # of Student's t with 2 degrees of freedom, 97.5 %
        for name, stock in self.told("--from", "2013-01-01")["strategies"]["abrupt"].items():
            if name in DEATHS:
                continue
            for cause in stock["causes"]:
                if cause["name"] == "other":
                    continue
                with self.subTest(stock=name, cause=cause["name"]):
                    values = differences[:, stocks.index(name), causes.index(cause["name"])]
                    half = quantile * values.std(ddof=1) / math.sqrt(len(values))
                    self.assertAlmostEqual(cause["difference"]["value"], values.mean(), delta=1e-9)
                    self.assertAlmostEqual(cause["difference"]["hi"], values.mean() + half, delta=1e-6)

    def test_one_day(self):
        told = self.told("--at", "2014-03-05")
        self.assertLessEqual(told["from"], "2014-03-05")
        self.assertGreaterEqual(told["to"], "2014-03-05")
        self.assertNotEqual(told["strategies"], self.told()["strategies"])

    def test_text(self):
        shown = self.succeed("show", self.result, "--explain").out
        self.assertRegex(shown, r"^Why strategies differ from historical: means from 20\d\d-\d\d-\d\d to 2015-01-\d\d over 3 paired replicates;")
        self.assertRegex(shown, r"(?m)^ +[-+]\d\.\d{4} \[[-+]\d\.\d{4}, [-+]\d\.\d{4}\] +([-+]\d+ %|-)  political support to the peace process$")
        for title in ("state control, share of the people", "grievance of adults, mean", "trust in the government of adults, mean"):
            self.assertIn(f"\n  {title}\n", shown)
        deaths = re.search(r"\n  deaths in riots and by mobs, in all these days\n((?:    .*\n)+)", shown)
        self.assertIsNotNone(deaths, shown)
        self.assertRegex(deaths[1], r"(?m)^ +[-+]\d+\.\d \[[-+]\d+\.\d, [-+]\d+\.\d\] +([-+]\d+ %|-)  in all$")
        for block in re.split(r"\n\n  (?=\w)", shown)[1:]:
            self.assertRegex(block, r"in all|no difference")
        self.assertTrue(self.first.out.endswith(shown), "compare --explain ends with what show --explain says")

    def test_what_cannot_be_explained(self):
        for words, message in (
                (("show", self.one, "--explain"), "holds only one"),
                (("show", common.LIBERIA, "--explain"), "name a result"),
                (("show", self.result, "--at", "2014-01-01"), "go with --explain"),
                (("show", self.result, "--explain", "--at", "2014-01-01", "--from", "2013-01-01"), "leave out"),
                (("show", self.result, "--explain", "--at", "2031-01-01"), "it runs from 2012-01-01 to 2015-01-"),
                (("show", self.result, "--explain", "--from", "2014-13-01"), "expected a day"),
                (("show", self.result, "--explain", "--from", "2014-02-01", "--to", "2013-01-01"), "is before"),
                (("compare", common.LIBERIA, *SMALL, "--strategies", "abrupt", "-o", self.folder / "x.h5", "--explain"), "at least two")):
            with self.subTest(message=message):
                done = common.program(*words)
                self.assertEqual(done.code, 64, done.told())
                self.assertIn(message, done.err)
        self.assertEqual(self.files(), [])


if __name__ == "__main__":
    common.main()
