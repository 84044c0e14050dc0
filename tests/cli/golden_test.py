#!/usr/bin/python3
"""Shows that numbers moved: the hash of the final state of a few short runs, against golden.txt.

    golden_test.py PROGRAM SOURCE_DIR [--renew]

A hash covers every bit of every column, so any change of the model, its parameters or the shipped scenario moves it. That is no
fault in itself: renew the file, and say in the commit which numbers moved and why.
"""

import pathlib
import sys
import tempfile

import h5py

import common

STRATEGIES = ("abrupt", "historical")
REPLICATES = 2
# As shipped, which is mostly peaceful, and with fighting enough to bring every process to work.
RUNS = {
    "shipped": (),
    "violent": ("--set", "group_decision.threshold=-0.3", "--set", "group_conduct.battle_rate=0.8", "--set", "mobilisation.rate=0.05", "--set", "flight.rate=0.005"),
}
HEADER = "# Hashes of final states: run, strategy, replicate, hash. Renewed by tests/cli/golden_test.py PROGRAM SOURCE_DIR --renew\n"


def hashes():
    """{(run, strategy, replicate): hash} as the program makes them now."""
    found = {}
    with tempfile.TemporaryDirectory(prefix="drawdown_test_") as folder:
        for run, settings in RUNS.items():
            path = pathlib.Path(folder) / f"{run}.h5"
            done = common.program("compare", common.LIBERIA, "--strategies", ",".join(STRATEGIES), "--replicates", REPLICATES, *common.SHORT_AND_COARSE, *settings, "-q", "-o", path)
            if done.code != 0:
                sys.exit(f"golden_test: the {run} run failed\n{done.told()}")
            with h5py.File(path) as file:
                for s, strategy in enumerate(file["strategy_name"][()]):
                    for r, replicate in enumerate(file["replicate"][()]):
                        found[run, strategy.decode(), str(replicate)] = f"{int(file['run_hash'][s, r]):016x}"
    return found


def main():
    arguments = sys.argv[1:]
    renew = "--renew" in arguments
    arguments = [word for word in arguments if word != "--renew"]
    if len(arguments) != 2:
        sys.exit(f"usage: {sys.argv[0]} PROGRAM SOURCE_DIR [--renew]")
    common.use(*arguments)
    golden = common.SOURCE / "tests" / "cli" / "golden.txt"
    now = hashes()
    if renew:
        golden.write_text(HEADER + "".join(f"{' '.join(key)} {value}\n" for key, value in sorted(now.items())), encoding="utf-8")
        print(f"{golden}: {len(now)} hashes written; say in the commit which numbers moved and why")
        return 0
    lines = [line.split() for line in golden.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")] if golden.exists() else []
    held = {tuple(line[:3]): line[3] for line in lines}
    if held == now:
        print(f"{len(now)} runs end in the states that {golden.name} holds")
        return 0
    for key in sorted(held.keys() | now.keys()):
        if held.get(key) != now.get(key):
            print(f"{' '.join(key)}: now {now.get(key, 'not run')}, {golden.name} has {held.get(key, 'nothing')}")
    print("\nThe model's numbers moved. If that was meant, renew the file by\n"
          f"    /usr/bin/python3 tests/cli/golden_test.py {common.PROGRAM} {common.SOURCE} --renew\n"
          "and say in the same commit which numbers moved, by how much, and why. If not, the change has an effect that nobody wanted.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
