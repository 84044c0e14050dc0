#!/usr/bin/python3
"""Checks that docs/ODD.md says what the program does: tables current, every process and parameter described.

    odd_tables_test.py PROGRAM SOURCE_DIR

Exit 0 if so; else 1, with what is wrong and what to run. Also checks the check: planted faults must be found.
"""

import pathlib
import subprocess
import sys
import tempfile


def check(program, source, odd):
    """Exit status and output of scripts/update_odd --check."""
    command = [sys.executable, str(source / "scripts" / "update_odd"), "--check", "--program", program, "--odd", str(odd)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=1200)
    return run.returncode, run.stdout + run.stderr


def planted_faults(text):
    """Changed documents by the word that the complaint about each must hold."""
    row = "| 1 | shocks |"
    heading = "(`violence`)\n"
    part = "<!-- generated: parameters violence -->"
    for piece in (row, heading, part):
        if text.count(piece) != 1:
            sys.exit(f"odd_tables_test: docs/ODD.md was expected to hold {piece!r} once, but has it {text.count(piece)} times")
    return {
        "run scripts/update_odd": text.replace(row, "| 1 | shakes |"),
        "process violence has no heading": text.replace(heading, "\n"),
        "parameters violence": text.replace(part, "<!-- generated: parameters violins -->"),
    }


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: odd_tables_test.py PROGRAM SOURCE_DIR")
    program = str(pathlib.Path(sys.argv[1]).resolve())
    source = pathlib.Path(sys.argv[2]).resolve()
    odd = source / "docs" / "ODD.md"

    status, said = check(program, source, odd)
    if status != 0:
        print(said, end="")
        print("docs/ODD.md is out of date. Run scripts/update_odd for the tables; headings and texts are written by hand.")
        return 1

    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "ODD.md"
        for complaint, text in planted_faults(odd.read_text(encoding="utf-8")).items():
            copy.write_text(text, encoding="utf-8")
            status, said = check(program, source, copy)
            if status != 1 or complaint not in said:
                print(f"update_odd --check missed a planted fault: expected exit 1 and '{complaint}', got exit {status} and:\n{said}")
                return 1
    print("docs/ODD.md: tables current, every process and parameter in place; planted faults found")
    return 0


if __name__ == "__main__":
    sys.exit(main())
