#!/usr/bin/python3
"""The command line as a user meets it: words, exit codes, files that are there or not, memory.

    usage_test.py PROGRAM SOURCE_DIR

"""

import json
import os
import pathlib
import re
import subprocess
import unittest

import h5py

import common

COMMANDS = ("run", "compare", "validate", "show", "plan", "levers", "parameters", "narrate", "epstein")
OF_A_SCENARIO = COMMANDS[:-2]
SMALL = ("--set", "scenario.end=2012-06-30", "--set", "scenario.persons_per_agent=4000")
ONE_TO_ONE = ("--set", "scenario.persons_per_agent=1")


class Words(common.Case):
    """Exit 64, with a hint where there is one to give."""

    def refuse(self, words, *said):
        with self.subTest(words=words):
            done = common.program(*words, cwd=self.folder, timeout=20)
            self.assertEqual(done.code, 64, done.told())
            self.assertEqual(done.out, "")
            self.assertRegex(done.err, r"^drawdown: ")
            for piece in said:
                self.assertIn(piece, done.err)
            self.assertEqual(self.files(), [])

    def test_commands(self):
        self.refuse((), "--help")
        for wrong, right in (("cmpare", "compare"), ("comapre", "compare"), ("validte", "validate"), ("paramters", "parameters"), ("pln", "plan"), ("shwo", "show")):
            self.refuse((wrong,), f"unknown command {wrong}", f"did you mean {right}?")
        self.refuse(("help", "cmpare"), "did you mean compare?")

    def test_options(self):
        self.refuse(("run", common.LIBERIA, "--stratgy", "abrupt"), "unknown option --stratgy", "did you mean --strategy?")
        self.refuse(("run", common.LIBERIA, "--strateg", "abrupt"), "did you mean --strategy?")  # abbreviations are not guessed
        self.refuse(("compare", common.LIBERIA, "--replicats", "3"), "did you mean --replicates?")
        self.refuse(("run", common.LIBERIA, "-x"), "unknown option -x")
        self.refuse(("validate", common.LIBERIA, "--replicates", "3"), "validate takes no option --replicates")
        self.refuse(("run", common.LIBERIA, "--strategies", "abrupt"), "run takes no option --strategies")
        self.refuse(("run", common.LIBERIA, "--no-branching"), "run takes no option --no-branching")
        for option in ("--output", "--replicates", "--strategy", "--seed", "--set"):
            self.refuse(("run", common.LIBERIA, option), option, "missing")

    def test_numbers(self):
        for option, bad, allowed in (("--replicates", ("0", "-3", "1.5", "abc", "", "3x", "1e3", "99999999999999999999", "+3"), "a whole number from 1 to 1000000"),
                                     ("--first-replicate", ("-1", "x"), "a whole number from 0 to"), ("--threads", ("0", "-1", "4.0", "1000000"), "a whole number from 1 to 4096"),
                                     ("--seed", ("-1", "18446744073709551616", "0x10"), "a whole number from 0 to 18446744073709551615"),
                                     ("--memory-limit", ("nan", "inf", "0", "-1", "8GB", "0,5"), "a number from 0.001 to 1000000")):
            for value in bad:
                self.refuse(("run", common.LIBERIA, f"{option}={value}"), option, allowed) if value else self.refuse(("run", common.LIBERIA, f"{option}="), option)
        self.refuse(("parameters", "--format", "xml"), "--format = xml", "table, markdown or toml")

    def test_names(self):
        for command in OF_A_SCENARIO[:-1]:
            self.refuse((command,), command, "name a scenario")
        self.refuse(("narrate",), "narrate", "name a result file")
        self.refuse(("run", common.LIBERIA, "--strategy", "abropt"), "no strategy abropt", "did you mean abrupt?", "abrupt, abrupt_follow_on, benchmark, ")
        self.refuse(("compare", common.LIBERIA, "--strategies", "abrupt,histrical"), "no strategy histrical", "did you mean historical?")
        self.refuse(("compare", common.LIBERIA, "--strategies", "abrupt,abrupt"), "abrupt is named twice")
        self.refuse(("compare", common.LIBERIA, "--strategies", ","), "names with commas between, or all")

    def test_epstein(self):
        small = ("epstein", "--size", "20", "--steps", "30", "--quiet")
        lines = self.succeed(*small, "--csv").out.splitlines()
        self.assertEqual((lines[0], len(lines)), ("step,legitimacy,quiet,active,jailed", 31))
        for line in lines[1:]:
            self.assertEqual(sum(map(int, line.split(",")[2:])), 280)
        self.assertEqual(self.succeed(*small, "--csv", "--threads", "2").out.splitlines(), lines)
        self.assertNotEqual(self.succeed(*small, "--csv", "--seed", "2").out.splitlines(), lines)
        fallen = self.succeed(*small, "--csv", "--fall-to", "0.5", "--fall-at", "10", "--fall-over", "2").out.splitlines()
        self.assertEqual([line.split(",")[1] for line in fallen[10:14]], ["0.82", "0.66", "0.5", "0.5"])
        self.assertIn("outbursts", self.succeed(*small).out)
        self.refuse(("epstein", "--size", "14"), "--size 14", "more than twice the vision")
        self.refuse(("epstein", "--legitimacy", "1.1"), "--legitimacy = 1.1", "a number from 0 to 1")
        self.refuse(("epstein", "--cops", "0.5"), "together at most 1 a site")
        self.refuse(("epstein", "--fall-over", "3"), "go with --fall-to")
        self.refuse(("epstein", common.LIBERIA), "takes no file")
        self.refuse(("run", common.LIBERIA, "--vision", "3"), "run takes no option --vision")

    def test_settings_that_override_each_other(self):
        first, second = "scenario.end=2013-06-30", " scenario.end = 2014-06-30"
        for command in ("run", "compare", "validate", "show", "plan", "parameters"):
            self.refuse((command, common.LIBERIA, "--set", first, "--set", "state.legitimacy=0.5", "--set", second), "scenario.end is set twice", first, second)

    def test_empty_output_name(self):
        self.refuse(("run", common.LIBERIA, *SMALL, "--output", ""), "--output")

    def test_missing_inputs(self):
        for words in (("run", "nowhere"), ("show", "nowhere.h5"), ("compare", common.LIBERIA, "nowhere.toml"), ("validate", common.LIBERIA / "nowhere.toml"),
                      ("run", common.LIBERIA, "--strategy", "./nowhere.toml")):
            with self.subTest(words=words):
                done = common.program(*words, cwd=self.folder)
                self.assertEqual(done.code, 66, done.told())
                self.assertIn("cannot be read", done.err)
                self.assertEqual((done.out, self.files()), ("", []))

    def test_help(self):
        general = self.succeed("--help")
        for words in (("-h",), ("help",)):
            self.assertEqual(self.succeed(*words), general)
        for command in COMMANDS:
            with self.subTest(command=command):
                self.assertRegex(general.out, rf"(?m)^  {command} +\w")
                told = self.succeed(command, "--help")
                self.assertEqual(told.err, "")
                self.assertEqual(self.succeed(command, "-h"), told)
                self.assertEqual(self.succeed("help", command), told)
                self.assertIn(f"Usage: drawdown {command} ", told.out)
                self.assertIn("Examples:\n", told.out)
                for example in re.findall(r"(?m)^  drawdown (\w+) (\S+)", told.out):
                    self.assertEqual(example[0], command)
                if command in OF_A_SCENARIO:
                    self.assertRegex(told.out, r"(?m)^  --set +\S")

    def test_help_examples_are_accepted(self):
        for command in ("validate", "plan", "parameters", "run", "compare"):
            for line in re.findall(r"(?m)^  drawdown (.*)$", self.succeed(command, "--help").out.split("Examples:")[1]):
                with self.subTest(example=line):
                    dry = ["--dry-run"] if command in ("run", "compare") else []
                    self.succeed(*line.split(), *dry, cwd=common.SOURCE)

    def test_version(self):
        self.assertRegex(self.succeed("--version").out, r"^drawdown \d+\.\d+\.\d+ \(\w+\)\n$")


class Output(common.Case):
    """Where the result goes, what is printed, and what is refused."""

    def run_small(self, *words, **options):
        return common.program("run", common.LIBERIA, *SMALL, *words, cwd=self.folder, **options)

    def test_default_name(self):
        self.assertEqual(self.run_small("-q").code, 0)
        self.assertEqual(self.files(), ["results/liberia_historical.h5", "results/liberia_historical.h5.run.json"])
        self.succeed("compare", common.LIBERIA, *SMALL, "--strategies", "abrupt,historical", "-q", cwd=self.folder)
        self.assertIn("results/liberia_compare.h5", self.files())

    def test_table_on_stdout_messages_on_stderr(self):
        loud = self.run_small("-o", "new/folder/a.h5")
        self.assertEqual(loud.code, 0, loud.told())
        self.assertIn("deaths by violence", loud.out)
        for words in ("persons in", "agents", "15 regions", "seed 20120101", "memory about", "written: new/folder/a.h5"):
            self.assertIn(words, loud.err)
        self.assertNotIn("\x1b", loud.out + loud.err)
        quiet = self.run_small("-q", "-o", "b.h5")
        self.assertEqual((quiet.out, quiet.err), (loud.out, ""))
        self.assertEqual(self.succeed("show", "b.h5", cwd=self.folder).out, loud.out)

    def test_one_strategy_has_no_differences(self):
        for replicates, words in ((1, "1 replicate of historical; 95 % intervals in brackets\n"), (2, "2 replicates of historical; 95 % intervals in brackets\n")):
            done = self.run_small("-q", "--replicates", replicates, "-o", f"{replicates}.h5")
            self.assertTrue(done.out.startswith(words), done.told())
            self.assertNotIn("difference", done.out)
            self.assertEqual("Note: - in brackets: the mean of one replicate has no interval" in done.out, replicates == 1, done.told())
        done = self.succeed("compare", common.LIBERIA, *SMALL, "--strategies", "abrupt,historical", "--replicates", 1, "-q", "-o", self.folder / "pair.h5")
        self.assertTrue(done.out.startswith("1 paired replicate; "), done.told())
        self.assertIn("differences from historical", done.out)

    def test_a_dash_is_explained(self):
        done = self.succeed("compare", common.LIBERIA, "--set", "scenario.end=2013-06-30", "--set", "scenario.persons_per_agent=4000", "--strategies", "abrupt,historical",
                            "--replicates", 2, "-q", "-o", self.folder / "a.h5")
        for years in (5, 10):
            window = f"armed conflict within {years} years of the own exit (Kaplan-Meier)"
            self.assertIn(f"{window}\n  abrupt             - [-, -]\n", done.out)
            self.assertIn(f'Note: - under "{window}": runs end sooner than that after the exit (abrupt)', done.out)
            self.assertIn(f'Note: - under "{window}": the mission never leaves (historical)', done.out)

    def test_again_is_not_run_again(self):
        first = self.run_small("-o", "a.h5")
        before = (self.folder / "a.h5").stat()
        for words in ((), ("--threads", "1"), ("-q",)):
            again = self.run_small("-o", "a.h5", *words)
            self.assertEqual(again.code, 0, again.told())
            self.assertIn("a.h5 holds this result already", again.err)
            self.assertIn("--fresh", again.err)
            self.assertEqual(again.out, first.out)
        after = (self.folder / "a.h5").stat()
        self.assertEqual((before.st_ino, before.st_mtime_ns), (after.st_ino, after.st_mtime_ns))
        fresh = self.run_small("-o", "a.h5", "--fresh")
        self.assertEqual((fresh.code, fresh.out), (0, first.out))
        self.assertNotEqual((self.folder / "a.h5").stat().st_mtime_ns, before.st_mtime_ns)

    def test_another_result_is_never_overwritten(self):
        scenario = self.scenario()
        command = ("run", "liberia", *SMALL, "-q", "-o", "a.h5")
        self.succeed(*command, cwd=self.folder)
        held = (self.folder / "a.h5").read_bytes()

        def refused(*words):
            done = common.program(*command, *words, cwd=self.folder)
            self.assertEqual(done.code, 73, done.told())
            self.assertIn("a.h5: cannot be created: it exists and holds another result", done.err)
            self.assertIn("--fresh", done.err)
            self.assertEqual(done.out, "")
            self.assertEqual((self.folder / "a.h5").read_bytes(), held)

        for words in (("--seed", "2"), ("--replicates", "2"), ("--first-replicate", "1"), ("--strategy", "abrupt"), ("--set", "state.legitimacy=0.46"),
                      ("--set", "mission_cost.fixed=240"), ("--fixed-parameters",)):
            with self.subTest(words=words):
                refused(*words)
        for name, old, new in (("counties.csv", "Bomi,84119", "Bomi,84120"), ("adjacency.csv", "bomi,bong,6.4,127.9", "bomi,bong,6.4,128.9"),
                               ("identity.csv", "bomi,0.3634,0.0117", "bomi,0.3633,0.0118"), ("strength.csv", "2012-01-01,bomi,583", "2012-01-01,bomi,584"),
                               ("scenario.toml", "level = -0.60", "level = -0.50"), ("strategies/historical.toml", "expected_end = 2020-06-30", "expected_end = 2020-06-29")):
            with self.subTest(changed=name):
                scenario.edit(name, old, new)
                if name.endswith("historical.toml"):  # it speaks only from September 2012 on
                    continue
                refused()
                scenario.edit(name, new, old)
        scenario.edit("strategies/historical.toml", "expected_end = 2020-06-29", "expected_end = 2020-06-30")
        self.succeed(*command, cwd=self.folder)

    def test_what_is_no_result_is_kept(self):
        for content in (b"", b"notes of my own\n", b"\x89HDF\r\n\x1a\n" + bytes(100)):
            (self.folder / "a.h5").write_bytes(content)
            done = self.run_small("-o", "a.h5")
            self.assertEqual(done.code, 73, done.told())
            self.assertEqual((self.folder / "a.h5").read_bytes(), content)
        done = self.run_small("-o", "a.h5", "--fresh")
        self.assertEqual(done.code, 0, done.told())
        with h5py.File(self.folder / "a.h5") as file:
            self.assertIn("population", file)

    def test_places_that_cannot_be_written(self):
        (self.folder / "folder").mkdir()
        (self.folder / "file").write_text("mine\n", encoding="utf-8")
        before = self.files()
        for place in ("folder", "folder/", "file/a.h5", "file/deeper/a.h5", "/proc/a.h5", "/proc/nowhere/a.h5"):
            with self.subTest(place=place):
                done = self.run_small("-q", "-o", place)
                self.assertEqual(done.code, 73, done.told())
                self.assertRegex(done.err, r"cannot be created: \S")
                self.assertEqual(done.out, "")
        self.assertEqual(self.files(), before)

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_folder_without_permission(self):
        folder = self.folder / "locked"
        folder.mkdir(mode=0o500)
        done = self.run_small("-q", "-o", "locked/a.h5")
        self.assertEqual(done.code, 73, done.told())
        self.assertIn("Permission denied", done.err)

    def test_a_place_that_cannot_be_written_is_told_before_the_run(self):
        (self.folder / "folder").mkdir()
        for place in ("folder", "/proc/a.h5"):
            done = common.program("compare", common.LIBERIA, "--replicates", "50", "-q", "-o", place, cwd=self.folder, timeout=5)
            self.assertEqual(done.code, 73, done.told())

    def test_full_disk(self):
        done = self.run_small("-q", "-o", "/dev/full")
        self.assertEqual(done.code, 74, done.told())
        self.assertIn("/dev/full: cannot be written", done.err)
        self.assertIn("No space left", done.err)

    def test_full_standard_output(self):
        result = self.folder / "a.h5"
        self.assertEqual(self.run_small("-q", "-o", result).code, 0)
        for words in (("validate", common.LIBERIA), ("show", common.LIBERIA), ("show", result), ("run", common.LIBERIA, *SMALL, "-q", "-o", result), ("--version",), ("--help",)):
            self.check_full(words)

    def test_full_standard_output_after_much(self):
        for words in (("plan", common.LIBERIA), ("parameters",)):
            self.check_full(words)

    def check_full(self, words):
        with self.subTest(words=words), open("/dev/full", "wb") as full:
            done = subprocess.run([common.PROGRAM, *map(str, words)], stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)
            self.assertEqual(done.returncode, 74, done.stderr)

    def test_device_as_output(self):
        os.symlink("/dev/null", self.folder / "null")
        done = self.run_small("-q", "-o", "null")
        self.assertEqual(done.code, 0, done.told())
        self.assertTrue(pathlib.Path("/dev/null").is_char_device())

    def test_nothing_is_laid_beside_a_device(self):
        os.symlink("/dev/null", self.folder / "null")
        self.run_small("-q", "-o", "null")
        self.assertEqual(self.files(), ["null"])

    def test_dry_run_writes_nothing(self):
        for command in ("run", "compare"):
            which = ("--strategies", "abrupt,historical") if command == "compare" else ()
            done = self.succeed(command, common.LIBERIA, *which, "--dry-run", "--replicates", 1000, cwd=self.folder, timeout=20)
            for words in ("3951860 persons", "agents", "steps", "1000 replicates", "memory about"):
                self.assertIn(words, done.err)
            self.assertEqual(self.files(), [])

    def test_dry_run_tells_the_time(self):
        done = self.succeed("run", common.LIBERIA, "--dry-run", cwd=self.folder, timeout=20)
        self.assertRegex(done.out + done.err, r"(?i)\btime\b|\bseconds?\b|\bhours?\b|\d m?s\b")

    def test_json(self):
        result = self.folder / "a.h5"
        done = self.succeed("compare", common.LIBERIA, *SMALL, "--strategies", "abrupt,historical", "--replicates", 2, "--json", "-o", result)
        compared = json.loads(done.out, parse_constant=self.fail)
        self.assertEqual((compared["replicates"], compared["reference"]), (2, "historical"))
        for table in compared["outcomes"].values():
            self.assertTrue(table["title"])
            for strategy in ("abrupt", "historical"):
                self.assertLessEqual({"value", "lo", "hi"}, set(table[strategy]["estimate"]))
        self.assertEqual(json.loads(self.succeed("show", result, "--json").out), compared)
        self.assertEqual(json.loads(self.succeed("compare", common.LIBERIA, *SMALL, "--strategies", "abrupt,historical", "--replicates", 2, "--json", "-q", "-o", result).out), compared)
        valid = json.loads(self.succeed("validate", common.LIBERIA, "--json").out)
        self.assertEqual((valid["valid"], valid["strategies"]), (True, len(list((common.LIBERIA / "strategies").glob("*.toml")))))
        self.assertIn({"task": "escort", "cause": "no_successor"}, valid["orphaned_tasks"]["abrupt"])
        one = self.succeed("run", common.LIBERIA, *SMALL, "--json", "-q", "-o", self.folder / "b.h5")
        self.assertEqual(json.loads(one.out, parse_constant=self.fail)["replicates"], 1)
        self.assertTrue(json.loads((self.folder / "a.h5.run.json").read_text(encoding="utf-8")))

    def test_json_of_a_scenario(self):
        self.assertEqual(json.loads(self.succeed("show", common.LIBERIA, "--json").out)["scenario"]["name"], "liberia")

    def test_shown_scenario_is_the_scenario(self):
        """What `show` prints is itself a scenario, and shows the same."""
        scenario = self.scenario()
        shown = self.succeed("show", common.LIBERIA, "--set", "scenario.step=2").out
        scenario.write("scenario.toml", shown)
        self.assertEqual(self.succeed("show", "liberia", cwd=self.folder).out, shown)
        self.succeed("validate", "liberia", cwd=self.folder)

    def test_origin(self):
        done = self.succeed("show", "scenarios/liberia", "--origin", "--set", "state.army=1500", cwd=common.SOURCE)
        line = (common.LIBERIA / "scenario.toml").read_text(encoding="utf-8").split("legitimacy = ")[0].count("\n") + 1
        self.assertIn(f"state.legitimacy = 0.45  # scenarios/liberia/scenario.toml:{line}:", done.out)
        self.assertRegex(done.out, r"(?m)^state\.army = 1500  # --set state\.army=1500$")

    def test_plan_and_parameters(self):
        plan = self.succeed("plan", common.LIBERIA).out
        for process in ("shocks", "deployment", "mission_cost", "violence", "attitudes", "demography"):
            self.assertRegex(plan, rf"(?m)^ *\d+ {process} \(")
        listed = self.succeed("parameters").out
        self.assertRegex(listed, r"(?m)^mission_cost\.per_head +31100\.0 ")
        changed = self.succeed("parameters", common.LIBERIA, "--set", "mission_cost.per_head=5").out
        self.assertRegex(changed, r"(?m)^mission_cost\.per_head +5\.0 ")

    def test_parameters_as_toml_are_an_overlay(self):
        (self.folder / "defaults.toml").write_text(self.succeed("parameters", "--format", "toml").out, encoding="utf-8")
        self.succeed("validate", common.LIBERIA, self.folder / "defaults.toml")

    def test_long_intervals(self):
        done = common.program("run", common.LIBERIA, "--set", "scenario.persons_per_agent=4000", "--set", "scenario.output_every=520", "-q", "-o", self.folder / "a.h5")
        self.assertEqual(done.code, 0, done.told())

    def test_a_result_is_known_by_its_first_bytes(self):
        shown = self.run_small("-q", "-o", "a.h5").out
        for name in ("a.result", "a", "a.toml"):
            os.rename(self.folder / "a.h5", self.folder / name)
            self.assertEqual(self.succeed("show", name, cwd=self.folder).out, shown)
            os.rename(self.folder / name, self.folder / "a.h5")
        (self.folder / "short").write_bytes(b"\x89HDF")
        self.assertEqual(common.program("show", "short", cwd=self.folder).code, 65)

    def test_damaged_results_are_refused(self):
        self.assertEqual(self.run_small("-q", "-o", "a.h5").code, 0)
        whole = (self.folder / "a.h5").read_bytes()
        for name, content in (("cut", whole[:len(whole) // 2]), ("short", whole[:-1]), ("empty", b""), ("text", b"not HDF5\n"),
                              ("flipped", whole[:len(whole) // 3] + bytes([whole[len(whole) // 3] ^ 1]) + whole[len(whole) // 3 + 1:])):
            with self.subTest(name=name):
                (self.folder / f"{name}.h5").write_bytes(content)
                done = common.program("show", f"{name}.h5", cwd=self.folder)
                self.assertIn(done.code, (65, 66), done.told())
                self.assertIn(f"{name}.h5: cannot be read", done.err)
                self.assertEqual(done.out, "")


class Memory(common.Case):
    def test_refused_with_figures(self):
        for command in ("run", "compare"):
            done = common.program(command, common.LIBERIA, *ONE_TO_ONE, "--memory-limit", "0.01", "-o", "a.h5", cwd=self.folder, timeout=20)
            self.assertEqual(done.code, 64, done.told())
            self.assertRegex(done.err, r"would need about \d+\.\d\d GB \(state \d+\.\d\d, records \d+\.\d\d\), the limit is 0\.01 GB")
            self.assertIn("scenario.persons_per_agent", done.err)
            self.assertEqual(self.files(), [])

    def test_estimate_holds(self):
        """What a run needs stays below what was said, and the estimate is not much too careful."""
        year = ("--set", "scenario.end=2013-01-01")
        runs = {
            "one-to-one on one thread": ("run", *ONE_TO_ONE, "--set", "scenario.end=2012-01-31", "--threads", 1),
            "one-to-one on two threads": ("run", *ONE_TO_ONE, "--set", "scenario.end=2012-01-31", "--threads", 2),
            "coarse": ("run", *year, "--threads", 1),
            "replicates": ("compare", *year, "--strategies", "historical,abrupt", "--replicates", 4, "--threads", 2),
        }
        for name, (command, *words) in runs.items():
            path = self.folder / f"{name}.h5"
            done = common.program(command, common.LIBERIA, *words, "-q", "-o", path)
            self.assertEqual(done.code, 0, done.told())
            told = json.loads(pathlib.Path(f"{path}.run.json").read_text())
            with self.subTest(run=name):
                self.assertLess(told["peak_gb"], told["estimated_gb"], told)
                self.assertGreater(told["peak_gb"], 0.5 * told["estimated_gb"], told)


if __name__ == "__main__":
    common.main()
