#!/usr/bin/python3
"""Levers on a small scenario: signs that must come out, words that are refused, the same table for any number of threads.

    levers_test.py PROGRAM SOURCE_DIR
"""

import json
import signal
import subprocess
import time
import unittest

import common

SMALL = ("--set", "scenario.end=2013-12-31", "--set", "scenario.persons_per_agent=4000")


class Levers(common.Case):
    def table(self, *words, code=0):
        done = common.program("levers", common.LIBERIA, *SMALL, "-q", *words)
        self.assertEqual(done.code, code, done.told())
        return done.out

    def test_signs(self):
        found = {lever["parameter"]: lever for lever in json.loads(self.table("--replicates", 3, "--only", "demography.*", "--json"))["levers"]}
        for key, outcome, sign in (("demography.background_mortality", "natural_deaths", "+"), ("demography.epidemic_excess", "natural_deaths", "+")):
            lever = found[key]
            self.assertEqual((lever["outcome"], lever["expected"], lever["replicates"]), (outcome, sign, 3))
        mortality = found["demography.background_mortality"]
        self.assertEqual((mortality["low"], mortality["high"], mortality["verdict"]), (0, 1, "as expected"))
        self.assertGreater(mortality["difference"]["lo"], 0)
        self.assertEqual(found["demography.epidemic_excess"]["verdict"], "no effect seen")  # the epidemic comes in 2014
        self.assertTrue(found["demography.epidemic_excess"]["same_bits"])

    def test_only_takes_several(self):
        keys = ["demography.background_mortality", "demography.senescence"]
        found = json.loads(self.table("--replicates", 2, "--only", ",".join(keys), "--json"))["levers"]
        self.assertEqual(sorted({lever["parameter"] for lever in found} & set(keys)), keys)
        self.assertTrue(all(lever["parameter"].startswith("demography.") for lever in found))

    def test_the_default_is_all_of_them(self):
        shown = self.succeed("parameters", common.LIBERIA, "--format", "markdown").out
        header = [cell.strip() for cell in shown.splitlines()[0].split("|")]
        at = header.index("first outcome")
        declared = {row.split("|")[1].strip(): row.replace("\\|", "/").split("|")[at].strip() for row in shown.splitlines()[2:]}
        with_outcome = {key for key, outcome in declared.items() if outcome}
        done = common.program("levers", common.LIBERIA, "--set", "scenario.persons_per_agent=10000", "--set", "scenario.end=2012-01-31", "--replicates", 2, "-q", "--json")
        self.assertIn(done.code, (0, 1), done.told())  # in so short a run much goes by chance
        listed = {lever["parameter"] for lever in json.loads(done.out)["levers"]}
        self.assertLessEqual(with_outcome, listed)
        self.assertIn("demography.fertility", listed)

    def test_a_setting_gives_way_to_its_lever(self):
        words = ("--replicates", 2, "--only", "background_mortality", "--json")
        self.assertEqual(self.table(*words, "--set", "demography.background_mortality=0.1"), self.table(*words))

    def test_threads(self):
        words = ("--replicates", 2, "--only", "demography.*ty")
        once = self.table(*words, "--threads", 1)
        self.assertEqual(self.table(*words, "--threads", 2), once)
        self.assertIn("verdict", once)
        self.assertTrue(self.table(*words, "--format", "markdown").startswith("| parameter | low | high | outcome |"))

    def test_bitwise(self):
        idle = self.table("--bitwise", "--only", "demography.*")
        self.assertIn("demography.epidemic_excess\n", idle)  # the epidemic comes in 2014
        self.assertNotIn("demography.fertility", idle)
        self.assertIn("demography.epidemic_excess", json.loads(self.table("--bitwise", "--json", "--only", "demography.*"))["change_no_bit"])

    def test_refused(self):
        for words, said in ((("--only", "demografy"), "no lever fits: did you mean demography?"),
                            (("--replicates", 1), "at least 2 replicates"),
                            (("--format", "toml"), "table or markdown"),
                            (("--strategy", "abropt"), "did you mean abrupt?")):
            with self.subTest(words=words):
                done = common.program("levers", common.LIBERIA, *SMALL, *words, timeout=20)
                self.assertEqual(done.code, 64, done.told())
                self.assertIn(said, done.err)
                self.assertEqual(done.out, "")

    def test_interrupted(self):
        words = [common.PROGRAM, "levers", str(common.LIBERIA), "--set", "scenario.persons_per_agent=100", "--replicates", "100"]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            time.sleep(0.7)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
        self.assertEqual((process.returncode, out), (75, b""), err.decode())
        self.assertIn(b"interrupted", err)


if __name__ == "__main__":
    common.main()
