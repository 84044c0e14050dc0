#!/usr/bin/python3
"""Where people die in Mali is told better by the model than by where people live.

    places_test.py PROGRAM SOURCE_DIR
"""

import pathlib
import re
import subprocess
import tempfile

import common


class Places(common.Case):
    def score(self, result, deaths):
        return subprocess.run([common.SOURCE / "scripts" / "score_places", result, deaths], capture_output=True, text=True, check=False)

    def test_mali_beats_the_shares_of_the_population(self):
        with tempfile.TemporaryDirectory() as folder:
            result = pathlib.Path(folder) / "mali.h5"
            done = common.program("run", common.SOURCE / "scenarios" / "mali", "--replicates", 6, "--set", "scenario.persons_per_agent=2000",
                                  "--set", "scenario.end=2024-12-31", "-o", result, "--quiet")
            self.assertEqual(done.code, 0, done.told())
            scored = self.score(result, common.SOURCE / "scenarios" / "mali" / "deaths_by_region.csv")
            self.assertEqual(scored.returncode, 0, scored.stdout + scored.stderr)
            ours, theirs = map(float, re.search(r"model ([\d.]+), people ([\d.]+)", scored.stdout).groups())
            self.assertLess(ours, 0.5 * theirs)
            wrong = pathlib.Path(folder) / "wrong.csv"
            wrong.write_text("region,deaths\nparis,3\n")
            self.assertEqual(self.score(result, wrong).returncode, 65)


common.main()
