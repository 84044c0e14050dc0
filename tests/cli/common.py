"""What the tests of the command line share: the program, scenarios to break, and a way to run one upon the other.

A test file ends with `common.main()` and is run as `X_test.py PROGRAM SOURCE_DIR [unittest options]`.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import typing
import unittest

PROGRAM = ""
SOURCE = pathlib.Path()
LIBERIA = pathlib.Path()

LONGEST_RUN_S = 240
SHORT_AND_COARSE = ("--set", "scenario.end=2013-12-31", "--set", "scenario.persons_per_agent=400")


class Finished(typing.NamedTuple):
    code: int
    out: str
    err: str

    def told(self):
        """All that was said, for the message of a failed check."""
        return f"exit {self.code}\n--- stdout\n{self.out[:3000]}\n--- stderr\n{self.err[:6000]}"


def program(*words, cwd=None, env=None, timeout=LONGEST_RUN_S, binary=None, prefix=()):
    """Runs the program with these arguments to its end. `env` is added to the environment."""
    command = [*prefix, binary or PROGRAM, *map(str, words)]
    done = subprocess.run(command, cwd=cwd, env={**os.environ, **(env or {})}, capture_output=True, timeout=timeout, check=False)
    return Finished(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


class Scenario:
    """A copy of the Liberia scenario in a folder of its own, to be changed at will."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        shutil.copytree(LIBERIA, self.folder, ignore=shutil.ignore_patterns("*.md"))

    def path(self, name):
        return self.folder / name

    def read(self, name):
        return self.path(name).read_bytes().decode("utf-8", "surrogateescape")

    def write(self, name, text):
        self.path(name).write_bytes(text.encode("utf-8", "surrogateescape"))

    def edit(self, name, old, new):
        """Replaces the one place where `old` stands. A scenario that no longer holds it is the test's own failure."""
        text = self.read(name)
        if text.count(old) != 1:
            raise AssertionError(f"{name} was expected to hold {old!r} once, but has it {text.count(old)} times: mend the test")
        self.write(name, text.replace(old, new))

    def append(self, name, text):
        self.write(name, self.read(name) + text)


class Case(unittest.TestCase):
    """A test with a folder of its own, removed at the end."""

    maxDiff = 4000

    def setUp(self):
        held = tempfile.TemporaryDirectory(prefix="drawdown_test_")
        self.addCleanup(held.cleanup)
        self.folder = pathlib.Path(held.name)

    def scenario(self, name="liberia"):
        return Scenario(self.folder / name)

    def succeed(self, *words, **options):
        """Runs the program, which must end well."""
        done = program(*words, **options)
        self.assertEqual(done.code, 0, f"{' '.join(map(str, words))}\n{done.told()}")
        return done

    def files(self, folder=None):
        """Names of all files below a folder, hidden ones too."""
        root = folder or self.folder
        return sorted(str(p.relative_to(root)) for p in root.rglob("*") if not p.is_dir())


def use(program_path, source):
    """Sets the program and the source folder that the tests look at."""
    global PROGRAM, SOURCE, LIBERIA
    PROGRAM = str(pathlib.Path(program_path).resolve())
    SOURCE = pathlib.Path(source).resolve()
    LIBERIA = SOURCE / "scenarios" / "liberia"
    os.environ.pop("SLURM_CPUS_PER_TASK", None)  # a test that wants it says so


def main():
    """Takes PROGRAM and SOURCE_DIR from the command line and runs the tests of the calling file."""
    if len(sys.argv) < 3:
        sys.exit(f"usage: {sys.argv[0]} PROGRAM SOURCE_DIR [unittest options]")
    use(*sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], module="__main__")
