#!/usr/bin/python3
"""One scenario, one seed, one version: the same bytes, however, wherever and in whatever company it is run.

    determinism_test.py PROGRAM SOURCE_DIR

Also the metamorphic relations that common random numbers promise: two strategies agree in every bit up to the step in which they
first differ, a strategy differs from its copy by exactly 0, and a replicate is the same alone as in an ensemble.
"""

import datetime
import filecmp
import json
import pathlib
import random
import shutil
import subprocess
import tempfile
import tomllib
import unittest

import h5py
import numpy as np

import common

COARSE = common.SHORT_AND_COARSE
LONGER = ("--set", "scenario.end=2014-06-30", *COARSE[2:])
REPLICATES = 3
STEP_DAYS = 7
# Far more violence than the scenario's own: every process has work, and an error has where to show.
VIOLENT = ("--set", "group_decision.threshold=-0.3", "--set", "group_conduct.battle_rate=0.8", "--set", "mobilisation.rate=0.05", "--set", "flight.rate=0.005")
OLD_MACHINE = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2_Usable,-AVX512F_Usable,-AVX2,-AVX512F,-FMA,-FMA4"}


def series(file):
    """Variables of a result that belong to a strategy and a replicate, by name."""
    held = {}
    for name, data in file.items():
        if isinstance(data, h5py.Dataset) and data.ndim >= 2 and data.dims[0][0].name == "/strategy" and data.dims[1][0].name == "/replicate":
            held[name] = data[()]
    return held


def events(file, strategy=None, replicate=None):
    """Rows of the event table of one strategy, one replicate, without the index of the strategy."""
    table = file["events"]
    names = sorted(set(table) - {"event_strategy"})
    keep = np.ones(table["event_strategy"].shape[0], bool)
    if strategy is not None:
        keep &= table["event_strategy"][()] == strategy
    if replicate is not None:
        keep &= table["event_replicate"][()] == replicate
    return sorted(zip(*(table[name][()][keep].tolist() for name in names)))


def strategy_names(file):
    return [name.decode() for name in file["strategy_name"][()]]


def bits(array):
    """For comparing bit by bit: a NaN equals itself, and 0 is not -0."""
    return np.ascontiguousarray(array).view(np.uint8)


class Determinism(common.Case):
    @classmethod
    def setUpClass(cls):
        held = tempfile.TemporaryDirectory(prefix="drawdown_test_")
        cls.addClassCleanup(held.cleanup)
        cls.shared = pathlib.Path(held.name)
        cls.three = cls.compare(cls, cls.shared / "three.h5")

    def compare(self, path, *words, strategies="abrupt,benchmark,historical", replicates=REPLICATES, scenario=None, coarse=COARSE, **options):
        command = ("compare", scenario or common.LIBERIA, "--strategies", strategies, "--replicates", replicates, *coarse, *VIOLENT, "-q", "-o", path, *words)
        done = common.program(*command, **options)
        if done.code != 0:
            raise AssertionError(f"{' '.join(map(str, command))}\n{done.told()}")
        return path

    def assert_same_file(self, first, second):
        if filecmp.cmp(first, second, shallow=False):
            return
        with h5py.File(first) as a, h5py.File(second) as b:
            self.assert_same_values(a, b)
        self.fail(f"{first} and {second} hold equal values, but differ in bytes")

    def assert_same_values(self, a, b, apart_from=()):
        """Every dataset and attribute equal, but those below the groups `apart_from`."""
        names = {}
        for file in (a, b):
            names[file.filename] = set()
            file.visit(names[file.filename].add)
        first, second = (set(n for n in held if n.split("/")[0] not in apart_from) for held in names.values())
        self.assertEqual(first, second)
        for name in sorted(first):
            if not isinstance(a[name], h5py.Dataset):
                continue
            x, y = a[name][()], b[name][()]
            same = x.shape == y.shape and (np.array_equal(x, y) if x.dtype == object else np.array_equal(bits(x), bits(y)))
            self.assertTrue(same, f"{name} differs")
            self.assertEqual(self.plain_attributes(a[name]), self.plain_attributes(b[name]), name)

    @staticmethod
    def plain_attributes(data):
        return {key: str(value) for key, value in data.attrs.items() if key not in ("DIMENSION_LIST", "REFERENCE_LIST")}

    def test_something_happens(self):
        """Without deaths, recruits and events the other tests would show little."""
        with h5py.File(self.three) as file:
            for name in ("violent_deaths", "recruits", "deserters", "newly_displaced", "births"):
                self.assertGreater(file[name][()].sum(), 100, name)
            self.assertGreater(len(events(file)), 10)

    def test_threads(self):
        for threads in (1, 2, 3, 8):
            with self.subTest(threads=threads):
                self.assert_same_file(self.three, self.compare(self.folder / f"{threads}.h5", "--threads", threads))

    def test_threads_inside_a_run(self):
        """A single replicate shares its threads among communities, not replicates."""
        first = self.compare(self.folder / "1.h5", "--threads", 1, replicates=1)
        for threads in (2, 8):
            with self.subTest(threads=threads):
                self.assert_same_file(first, self.compare(self.folder / f"{threads}.h5", "--threads", threads, replicates=1))

    def test_slurm_threads(self):
        self.assert_same_file(self.three, self.compare(self.folder / "slurm.h5", env={"SLURM_CPUS_PER_TASK": "5"}))

    def test_branching(self):
        self.assert_same_file(self.three, self.compare(self.folder / "apart.h5", "--no-branching"))

    def test_another_seed_is_another_result(self):
        with h5py.File(self.three) as a, h5py.File(self.compare(self.folder / "seed.h5", "--seed", 7)) as b:
            self.assertTrue((a["run_hash"][()] != b["run_hash"][()]).all())

    def test_folder_and_name(self):
        """Neither where the scenario lies nor where one stands nor the result's name gets into the bytes."""
        self.scenario("elsewhere")
        again = self.compare("result.h5", scenario="elsewhere/scenario.toml", cwd=self.folder)
        self.assert_same_file(self.three, self.folder / again)

    def test_locale(self):
        """A comma for the decimal point must not be read, nor written."""
        names = ["C", "C.utf8"]
        compiled = subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", self.folder / "de_DE.UTF-8"], capture_output=True, check=False) \
            if shutil.which("localedef") else None
        if compiled is not None and (self.folder / "de_DE.UTF-8").exists():
            names.append("de_DE.UTF-8")
        for name in names:
            with self.subTest(locale=name):
                env = {"LC_ALL": name, "LANG": name, "LOCPATH": str(self.folder)}
                self.assert_same_file(self.three, self.compare(self.folder / f"{name}.h5", "--set", "state.legitimacy=0.45", env=env))

    def test_older_processors(self):
        self.assert_same_file(self.three, self.compare(self.folder / "old.h5", env=OLD_MACHINE))

    def test_levels_of_instructions(self):
        for level in ("x86-64-v2", "x86-64-v3", "x86-64-v4"):
            path = self.compare(self.folder / f"{level}.h5", env={"SIM_INSTRUCTIONS": level})
            self.assert_same_file(self.three, path)
            used = json.loads(pathlib.Path(f"{path}.run.json").read_text())["instructions"]
            self.assertLessEqual(used, level)

    def test_newer_instructions(self):
        newer = common.SOURCE / "build" / "v3" / "drawdown"
        if not newer.exists():
            self.skipTest("no build for x86-64-v3 in build/v3")
        sources = (path for folder in ("sim", "models") for path in (common.SOURCE / folder).rglob("*.?pp"))
        if newer.stat().st_mtime < max(path.stat().st_mtime for path in sources):
            self.skipTest("the build in build/v3 is older than the sources")
        self.assert_same_file(self.three, self.compare(self.folder / "v3.h5", binary=str(newer)))
        self.assert_same_file(self.three, self.compare(self.folder / "v3_old.h5", binary=str(newer), env=OLD_MACHINE))

    def test_alone_and_together(self):
        with h5py.File(self.three) as together:
            for index, name in enumerate(strategy_names(together)):
                path = self.folder / f"{name}.h5"
                self.succeed("run", common.LIBERIA, "--strategy", name, "--replicates", REPLICATES, *COARSE, *VIOLENT, "-q", "-o", path)
                with h5py.File(path) as alone:
                    for variable, values in series(alone).items():
                        self.assertTrue(np.array_equal(bits(values[0]), bits(together[variable][index])), f"{name}: {variable}")
                    self.assertEqual(events(alone), events(together, strategy=index), name)
                    self.assertEqual(alone["parameter_value"][()].tolist(), together["parameter_value"][()].tolist())

    def test_order_of_strategies(self):
        with h5py.File(self.three) as a, h5py.File(self.compare(self.folder / "order.h5", strategies="historical,abrupt,benchmark")) as b:
            order = [strategy_names(b).index(name) for name in strategy_names(a)]
            for variable, values in series(a).items():
                self.assertTrue(np.array_equal(bits(values), bits(b[variable][()][order])), variable)
            for index, other in enumerate(order):
                self.assertEqual(events(a, strategy=index), events(b, strategy=other))

    def test_a_copy_of_a_strategy_differs_by_nothing(self):
        scenario = self.scenario()
        text = scenario.read("strategies/historical.toml")
        scenario.write("strategies/again.toml", text.replace('title = "as it was"', 'title = "under another name"'))
        for option in ((), ("--no-branching",)):
            with self.subTest(option=option):
                path = self.compare(self.folder / f"copy{len(option)}.h5", *option, strategies="historical,again", scenario=scenario.folder)
                with h5py.File(path) as file:
                    for variable, values in series(file).items():
                        self.assertTrue(np.array_equal(bits(values[0]), bits(values[1])), variable)
                    self.assertEqual(events(file, strategy=0), events(file, strategy=1))
                shown = json.loads(self.succeed("show", path, "--json").out)
                differences = [table["again"]["difference"] for table in shown["outcomes"].values() if "difference" in table["again"]]
                self.assertGreater(len(differences), 4)
                for difference in differences:
                    # The interval of a difference of shares tells of what few replicates could have missed: only its centre is 0.
                    self.assertEqual(difference["value"], 0)

    def test_replicate_alone(self):
        with h5py.File(self.three) as ensemble:
            for k in range(REPLICATES):
                path = self.compare(self.folder / f"{k}.h5", "--first-replicate", k, replicates=1)
                with h5py.File(path) as alone:
                    self.assertEqual(alone["replicate"][()].tolist(), [k])
                    for variable, values in series(alone).items():
                        self.assertTrue(np.array_equal(bits(values[:, 0]), bits(ensemble[variable][:, k])), f"replicate {k}: {variable}")
                    self.assertEqual(alone["parameter_value"][0].tolist(), ensemble["parameter_value"][k].tolist())
                    self.assertEqual(events(alone), events(ensemble, replicate=k))

    def test_order_of_rows_and_columns(self):
        """A table is a set of rows: permuted files give the same bytes, but for what provenance may say of the files."""
        shuffle = random.Random(20120101).shuffle
        scenario = self.scenario()
        for name in ("counties.csv", "adjacency.csv", "identity.csv", "strength.csv"):
            rows = [line.split(",") for line in scenario.read(name).splitlines()]
            columns = list(range(len(rows[0])))
            shuffle(columns)
            body = rows[1:]
            shuffle(body)
            scenario.write(name, "".join(",".join(row[c] for c in columns) + "\n" for row in [rows[0], *body]))
        with h5py.File(self.three) as a, h5py.File(self.compare(self.folder / "rows.h5", scenario=scenario.folder)) as b:
            self.assert_same_values(a, b, apart_from=("provenance",))

    def test_neighbours_named_the_other_way(self):
        scenario = self.scenario()
        rows = [line.split(",") for line in scenario.read("adjacency.csv").splitlines()]
        scenario.write("adjacency.csv", "".join(",".join(row) + "\n" for row in [rows[0], *([b, a, *rest] for a, b, *rest in rows[1:])]))
        with h5py.File(self.three) as a, h5py.File(self.compare(self.folder / "ways.h5", scenario=scenario.folder)) as b:
            self.assert_same_values(a, b, apart_from=("provenance",))

    def first_difference(self, first, second):
        """Day on which two strategy files first say different things: announcements hold from their day, phases from the departure."""
        plans = [tomllib.loads((common.LIBERIA / "strategies" / f"{name}.toml").read_text(encoding="utf-8")) for name in (first, second)]
        days = []
        told = [{(a["made"], a["expected_end"]) for a in plan["announcement"].values()} for plan in plans]
        days += [made for made, _ in told[0] ^ told[1]]
        acts = [(plan["strategy"].get("departs"), str(plan.get("phase"))) for plan in plans]
        days += [departs for departs, _ in acts if departs is not None and acts[0] != acts[1]]
        return min(days)

    def test_strategies_agree_until_they_differ(self):
        start = datetime.date(2012, 1, 1)
        pairs = (("abrupt", "historical"), ("benchmark", "calendar"))
        for option in ((), ("--no-branching",)):
            for first, second in pairs:
                with self.subTest(pair=(first, second), option=option):
                    path = self.compare(self.folder / f"{first}{len(option)}.h5", "--set", "scenario.output_every=1", *option, strategies=f"{first},{second}", replicates=2)
                    differ = self.first_difference(first, second)
                    step = -(-(differ - start).days // STEP_DAYS)  # the first step that begins on that day or later
                    self.assertGreater(step, 30)
                    with h5py.File(path) as file:
                        begins = file["time_bounds"][step, 0]
                        self.assertEqual(begins, ((start - datetime.date(1970, 1, 1)).days + STEP_DAYS * step))
                        held = {name: values for name, values in series(file).items() if values.ndim >= 3}
                        self.assertGreater(len(held), 50)
                        for name, values in held.items():
                            self.assertTrue(np.array_equal(bits(values[0][:, :step]), bits(values[1][:, :step])), f"{name} differs before {differ}")
                        self.assertTrue((held["weeks_to_exit"][0][:, step] != held["weeks_to_exit"][1][:, step]).all(), "what is expected differs at once")
                        for name in ("uniformed", "assessed_cost", "trust_mission", "violent_deaths", "population"):
                            self.assertTrue(np.any(held[name][0][:, step:] != held[name][1][:, step:]), f"{name} never differs")
                        self.assertTrue((file["run_hash"][0] != file["run_hash"][1]).all())

    def test_the_past_does_not_know_the_future(self):
        """A run that ends later has the same beginning."""
        with h5py.File(self.three) as short, h5py.File(self.compare(self.folder / "longer.h5", coarse=LONGER)) as longer:
            whole = short["time"].shape[0] - 1  # the last interval may be cut short
            for name, values in series(short).items():
                if values.ndim >= 3:
                    self.assertTrue(np.array_equal(bits(values[:, :, :whole]), bits(longer[name][:, :, :whole])), name)


if __name__ == "__main__":
    common.main()
