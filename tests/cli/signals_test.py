#!/usr/bin/python3
"""Runs that are stopped, killed or left alone half way.

    signals_test.py PROGRAM SOURCE_DIR

"""

import os
import random
import signal
import subprocess
import time

import h5py

import common

SMALL = ("--set", "scenario.end=2012-06-30", "--set", "scenario.persons_per_agent=4000")
LONG = ("--replicates", "500")  # minutes
ONE_TO_ONE = ("--set", "scenario.persons_per_agent=1")
MOST_SECONDS_TO_STOP = 5.0


class Signals(common.Case):
    """However it is stopped, what stands at the result's name is a whole result or nothing."""

    def start(self, *words):
        process = subprocess.Popen([common.PROGRAM, *map(str, words)], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process):
        if process.poll() is None:
            process.kill()
        process.communicate()

    def stop(self, which, after_s, *words):
        process = self.start(*words)
        time.sleep(after_s)
        self.assertIsNone(process.poll(), "the run was to last longer")
        begin = time.monotonic()
        process.send_signal(which)
        out, err = process.communicate(timeout=60)
        took = time.monotonic() - begin
        self.assertLess(took, MOST_SECONDS_TO_STOP)
        self.assertEqual(process.returncode, 75, err.decode())
        self.assertEqual(out, b"")
        self.assertIn(b"interrupted", err)
        self.assertIn(b"The same command", err)

    def test_interrupted(self):
        for which in (signal.SIGINT, signal.SIGTERM, signal.SIGUSR1):
            for name, words in (("many", ("compare", common.LIBERIA, *LONG)), ("one to one", ("run", common.LIBERIA, *ONE_TO_ONE))):
                for after_s in (0.2, 1.0):
                    with self.subTest(signal=which.name, run=name, after_s=after_s):
                        self.stop(which, after_s, *words, "-o", "a.h5")
                        self.assertEqual(self.files(), [])

    def test_nothing_else_was_touched(self):
        self.stop(signal.SIGINT, 0.3, "compare", common.LIBERIA, *LONG, "-o", "new/folder/a.h5")
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_an_older_result_survives(self):
        self.succeed("run", common.LIBERIA, *SMALL, "-q", "-o", "a.h5", cwd=self.folder)
        before, held = self.files(), (self.folder / "a.h5").read_bytes()
        self.stop(signal.SIGINT, 0.3, "compare", common.LIBERIA, *LONG, "--fresh", "-o", "a.h5")
        self.assertEqual(self.files(), before)
        self.assertEqual((self.folder / "a.h5").read_bytes(), held)

    def test_second_interrupt_ends_at_once(self):
        process = self.start("run", common.LIBERIA, "--set", "scenario.persons_per_agent=1", "-o", "a.h5")
        time.sleep(0.5)
        for _ in range(50):
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=MOST_SECONDS_TO_STOP)
        self.assertIn(process.returncode, (75, 130))
        self.assertEqual(self.files(), [])

    def check_whole_or_absent(self, path):
        if not path.exists():
            return False
        with h5py.File(path) as file:
            file.visititems(lambda name, data: data[()] if isinstance(data, h5py.Dataset) else None)
        self.succeed("show", path)
        return True

    def test_killed_at_any_time(self):
        words = ("run", common.LIBERIA, *SMALL, "--replicates", 8, "-o", "a.h5")
        begin = time.monotonic()
        self.succeed(*words, cwd=self.folder)
        whole_s = time.monotonic() - begin
        (self.folder / "a.h5").unlink()
        random_time = random.Random(20120101)
        for _ in range(5):
            process = self.start(*words)
            time.sleep(random_time.uniform(0.0, 1.1 * whole_s))
            process.kill()
            process.communicate()
            if self.check_whole_or_absent(self.folder / "a.h5"):
                (self.folder / "a.h5").unlink()
        self.succeed(*words, cwd=self.folder)
        self.assertTrue(self.check_whole_or_absent(self.folder / "a.h5"))

    def test_killed_while_writing(self):
        """Waits for the file that is being written, and kills then."""
        words = ("run", common.LIBERIA, *SMALL, "--replicates", 40, "--set", "scenario.output_every=1", "-q", "-o", "a.h5")
        caught = 0
        for _ in range(5):
            process = self.start(*words)
            while process.poll() is None:
                if any(name.endswith(".part") for name in os.listdir(self.folder)):
                    process.kill()
                    caught += 1
                    break
            process.communicate()
            self.check_whole_or_absent(self.folder / "a.h5")
            for left in self.folder.iterdir():
                left.unlink()
        self.assertGreater(caught, 0, "no run was caught while it wrote")

    def test_closed_pipe(self):
        """`drawdown parameters | head -1` ends without a fuss."""
        process = self.start("parameters")
        process.stdout.readline()
        process.stdout.close()
        err = process.stderr.read()
        process.wait(timeout=20)
        process.stdout = None
        self.assertEqual(err, b"")


if __name__ == "__main__":
    common.main()
