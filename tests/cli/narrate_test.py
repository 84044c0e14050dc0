#!/usr/bin/python3
"""Telling one run of a result: what is told fits the file, and a wrong request is told what there is.

    narrate_test.py PROGRAM SOURCE_DIR
"""

import json
import re
import unittest

import h5py
import numpy as np

import common

SMALL = ("--set", "scenario.end=2014-12-31", "--set", "scenario.persons_per_agent=1000")


def words(variable):
    """What the codes of a variable mean."""
    text = variable.attrs["flag_meanings"]
    return (text.decode() if isinstance(text, bytes) else text).split()


class Narrate(common.Case):
    @classmethod
    def setUpClass(cls):
        cls.held = common.tempfile.TemporaryDirectory(prefix="drawdown_test_")
        cls.addClassCleanup(cls.held.cleanup)
        cls.result = common.pathlib.Path(cls.held.name) / "a.h5"
        done = common.program("compare", common.LIBERIA, *SMALL, "--strategies", "abrupt,historical", "--replicates", 2, "--first-replicate", 5, "-q", "-o", cls.result)
        if done.code != 0:
            raise AssertionError(done.told())

    def test_every_event_is_told_once(self):
        with h5py.File(self.result) as file:
            log = {name: data[()] for name, data in file["events"].items()}
            kinds = words(file["events/event_kind"])
            causes = dict(zip(file["events/event_cause"].attrs["flag_values"], words(file["events/event_cause"])))
        self.assertEqual(causes[-1], "none")
        for s, strategy in enumerate(("abrupt", "historical")):
            told = json.loads(self.succeed("narrate", self.result, "--strategy", strategy, "--replicate", 6, "--json").out)
            chosen = (log["event_strategy"] == s) & (log["event_replicate"] == 6)
            self.assertEqual([e["kind"] for e in told["events"]], [kinds[k] for k in log["event_kind"][chosen]])
            days = (np.datetime64("1970-01-01") + log["event_day"][chosen].astype(int)).astype(str).tolist()
            self.assertEqual([e["date"] for e in told["events"]], days)
            self.assertEqual([e["cause"] or "none" for e in told["events"]], [causes[c] for c in log["event_cause"][chosen]])
            self.assertEqual([y["year"] for y in told["years"]], [2012, 2013, 2014])
            self.assertEqual((told["strategy"], told["replicate"]), (strategy, 6))

    def test_good_and_bad_replicates_are_those_with_few_and_many_deaths(self):
        with h5py.File(self.result) as file:
            tolls = file["deaths"][0].astype(float).sum(axis=(1, 2, 3))  # of abrupt, by replicate
            number = file["replicate"][()]
        for word, place, toll, replicate in (("good", 1, tolls.min(), number[tolls.argmin()]), ("typical", 1, tolls.min(), number[tolls.argmin()]),
                                             ("bad", 2, tolls.max(), number[tolls.argmax()])):
            told = self.succeed("narrate", self.result, "--strategy", "abrupt", "--replicate", word).out
            self.assertTrue(told.startswith(f"liberia, abrupt, replicate {replicate} ({word}: number {place} of 2 by deaths by violence of all kinds, {int(toll)}): "), told[:200])

    def test_text(self):
        told = self.succeed("narrate", self.result, "--strategy", "abrupt", "--replicate", 5).out
        self.assertRegex(told, r"^liberia, abrupt, replicate 5: one simulated run, not a prediction\n")
        for year in (2012, 2013, 2014):
            self.assertRegex(told, rf"(?m)^{year}: [\d,]+ state-based deaths?; [\d,]+ uniformed; .+; [\d,]+ displaced$")
        self.assertRegex(told, r"(?m)^  2012-\d\d-\d\d +country +The mission closed")
        self.assertRegex(told, r"(?m)^2014: .* 0 uniformed; mission closed;")
        # Without words: the strategy that the others are compared with, in the first replicate.
        self.assertEqual(self.succeed("narrate", self.result).out, self.succeed("narrate", self.result, "--strategy", "historical", "--replicate", 5).out)

    def test_parts(self):
        told = self.succeed("narrate", self.result, "--strategy", "abrupt", "--from", "2013-01-01", "--to", "2013-12-31").out
        self.assertEqual(re.findall(r"(?m)^(\d{4}):", told), ["2013"])
        told = json.loads(self.succeed("narrate", self.result, "--strategy", "abrupt", "--kind", "mission_closes,phase_begins", "--json").out)
        self.assertEqual([e["kind"] for e in told["events"]], ["phase_begins", "mission_closes"])

    def test_war_stays_readable(self):
        """Twelve years of war take a few screens, not thousands of lines."""
        result = self.folder / "war.h5"
        self.succeed("run", common.SOURCE / "scenarios" / "mali", "--set", "scenario.persons_per_agent=4000", "-q", "-o", result)
        told = self.succeed("narrate", result).out
        events = json.loads(self.succeed("narrate", result, "--json").out)["events"]
        self.assertGreater(len(events), 600, "the run was to have a war")
        self.assertLess(told.count("\n"), len(events) * 0.6)
        battles = [int(n) for n in re.findall(r"(?m)  (\d+) battles: ", told)]
        alone = len(re.findall(r"fought the state", told))
        self.assertEqual(sum(battles) + alone, sum(e["kind"] == "battle" for e in events))

    def refuse(self, words, *said):
        with self.subTest(words=words):
            done = common.program("narrate", *words, timeout=20)
            self.assertEqual(done.code, 64, done.told())
            self.assertEqual(done.out, "")
            for piece in said:
                self.assertIn(piece, done.err)

    def test_refused(self):
        self.refuse((self.result, "--replicate", 4), "no replicate 4", "there are: 5 to 6")
        self.refuse((self.result, "--replicate", "x"), "--replicate = x: expected a whole number")
        self.refuse((self.result, "--strategy", "abrubt"), "no strategy abrubt", "did you mean abrupt?", "there are: abrupt, historical")
        self.refuse((self.result, "--kind", "batle"), "no kind of event batle: did you mean battle?", "there are: phase_begins")
        self.refuse((self.result, "--kind", ","), "--kind: expected kinds of events")
        self.refuse((self.result, "--from", "2013-02-30"), "--from = 2013-02-30: expected a day")
        self.refuse((self.result, "--from", "2014-01-01", "--to", "2013-01-01"), "is before --from")
        self.refuse((self.result, self.result), "narrate tells one result, not 2")
        self.refuse((self.result, "--set", "a=1"), "narrate takes no option --set")
        done = common.program("narrate", "nowhere.h5", cwd=self.folder)
        self.assertEqual(done.code, 66, done.told())


if __name__ == "__main__":
    common.main()
