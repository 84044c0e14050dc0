#!/usr/bin/python3
"""Patterns T1 to T14 with the shipped sample: all are within reach of their band but those that docs/validation.md owns to in its first paragraph.

    patterns_test.py PROGRAM SOURCE_DIR

PATTERN_REPLICATES (default 12) sets how many runs each case has; scripts/nightly takes 200.
"""

import os
import unittest

import common

REPLICATES = int(os.environ.get("PATTERN_REPLICATES", "12"))


def verdicts():
    done = common.program("patterns", "--replicates", REPLICATES, "--format", "markdown", "-q", cwd=common.SOURCE)
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in done.out.splitlines() if line.startswith("| T")]
    return done, {row[0].strip("| "): row for row in rows}


class Patterns(common.Case):
    @classmethod
    def setUpClass(cls):
        cls.done, cls.rows = verdicts()

    def test_every_pattern_is_measured(self):
        self.assertEqual(self.done.code, 0, self.done.told())
        self.assertEqual({name.rstrip("abcd") for name in self.rows}, {f"T{i}" for i in range(1, 15)})

    def test_a_pattern_that_fails_stands_in_the_first_paragraph_of_the_validation(self):
        first = (common.SOURCE / "docs" / "validation.md").read_text().split("\n\n")[1]
        for name, row in self.rows.items():
            if "FAILS" in row[-1]:
                with self.subTest(pattern=name):
                    self.assertIn(name, first, row)


common.main()
