#!/usr/bin/python3
"""A calibration that was stopped twice ends with the bytes of one that was not.

    calibrate_test.py PROGRAM SOURCE_DIR
"""

import pathlib
import tempfile

import common

POINTS = 40  # the least that is allowed


def calibrate(folder):
    return common.program("calibrate", "--points", POINTS, "--draws", "20", "-o", folder / "posterior.csv", "-q", cwd=common.SOURCE)


def points_of(state):
    """The header of a state, and the lines of each point."""
    header, *lines = state.read_text().splitlines(keepends=True)
    each = len(lines) // POINTS
    return header, [lines[i : i + each] for i in range(0, len(lines), each)]


class Calibrate(common.Case):
    def test_it_goes_on_where_it_was_stopped(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            whole = calibrate(folder)
            self.assertEqual(whole.code, 0, whole.told())
            state, posterior = folder / "posterior.csv.state", folder / "posterior.csv"
            whole_state, whole_posterior = state.read_bytes(), posterior.read_bytes()
            header, points = points_of(state)
            self.assertEqual(len(points), POINTS)

            state.write_text(header + "".join("".join(lines) for lines in points[:30]))
            posterior.unlink()
            resumed = calibrate(folder)
            self.assertEqual(resumed.code, 0, resumed.told())
            self.assertEqual(state.read_bytes(), whole_state, "points of before the stop were lost from the state")
            self.assertEqual(posterior.read_bytes(), whole_posterior)

    def test_the_state_of_another_calibration_is_not_taken(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "posterior.csv.state").write_text("# drawdown 0.0.1, seed 1\nC01,0\n")
            done = calibrate(folder)
            self.assertNotEqual(done.code, 0)
            self.assertIn("another calibration", done.err)
            self.assertEqual((folder / "posterior.csv.state").read_text(), "# drawdown 0.0.1, seed 1\nC01,0\n")


common.main()
