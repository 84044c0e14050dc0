#!/usr/bin/python3
"""Draws a comparison of exit strategies from a result file, as four pictures for planners.

    NAME_violence   deaths by violence, one panel a strategy
    NAME_mission    strength, components, consent and cost of the mission
    NAME_state      state control, police, services, security, and how often armed conflict came back
    NAME_map        state control and deaths by region, where the outlines of the regions are known

NAME is that of the result file. Only the result file and the outlines are read; no model is run. Replicates in which a run
failed are left out of all strategies, so that the rest stay paired. Prints the files that it wrote.

Exit status: 0 done, 64 wrong usage, 65 not a result of drawdown or no map of its regions, 66 no such file, 73 a picture cannot
be written.
"""

import argparse
import pathlib
import sys

import matplotlib.pyplot as plt

from plotting.maps import draw_map, find_outlines, read_outlines
from plotting.mission import draw_mission
from plotting.reading import Fault, load
from plotting.state import draw_state
from plotting.violence import draw_violence


class Parser(argparse.ArgumentParser):
    def error(self, message):
        self.exit(64, f"{self.prog}: {message}; see --help\n")


def main():
    parser = Parser(prog="plot_compare.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("result", type=pathlib.Path, metavar="RESULT.h5", help="result file of drawdown compare")
    parser.add_argument("-o", "--output", type=pathlib.Path, metavar="FOLDER", help="where the pictures go (default: beside the result)")
    parser.add_argument("--map", type=pathlib.Path, metavar="REGIONS.geojson",
                        help="outlines with the regions' names (default: the map in the result, or beside the shipped scenario of its name)")
    parser.add_argument("--format", choices=["png", "svg"], default="png", help="default: png")
    arguments = parser.parse_args()
    try:
        result = load(arguments.result)
        folder = arguments.output or arguments.result.parent
        outlines = read_outlines(arguments.map, result) if arguments.map else find_outlines(result)
        pictures = {"violence": draw_violence, "mission": draw_mission, "state": draw_state}
        if outlines is not None:
            pictures["map"] = lambda result: draw_map(result, outlines)
        for kind, draw in pictures.items():
            path = folder / f"{result.name}_{kind}.{arguments.format}"
            try:
                figure = draw(result)
            except (OSError, RuntimeError) as error:  # as h5py says that a part of the file does not hold what it should
                raise Fault(65, f"{arguments.result}: damaged: {error}") from None
            try:
                folder.mkdir(parents=True, exist_ok=True)
                # Without a date, equal results give equal pictures.
                figure.savefig(path, metadata={"Date": None} if arguments.format == "svg" else None)
            except OSError as error:
                raise Fault(73, f"{path}: cannot be written: {error.strerror}") from None
            plt.close(figure)
            print(path)
    except Fault as fault:
        print(f"plot_compare.py: {fault}", file=sys.stderr)
        return fault.status
    return 0


if __name__ == "__main__":
    sys.exit(main())
