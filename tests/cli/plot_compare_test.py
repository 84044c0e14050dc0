#!/usr/bin/python3
"""Checks that scripts/plot_compare.py draws a comparison that the program wrote, and says what is wrong with other files.

    plot_compare_test.py PROGRAM SOURCE_DIR

Exit 0 if so; else 1, with what is wrong.
"""

import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

import h5netcdf
import h5py

KINDS = ("violence", "mission", "state", "map")
SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}


def run(command, folder):
    """Exit status, output and errors of a command run in a folder."""
    done = subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=900)
    return done.returncode, done.stdout, done.stderr


def png_size(path):
    """Width and height in pixels, from the header; None if the file is no PNG."""
    head = path.read_bytes()[:24]
    return struct.unpack(">II", head[16:24]) if head[:8] == b"\x89PNG\r\n\x1a\n" else None


def check_pictures(script, result, folder):
    """Complaints about the pictures of a result."""
    status, out, err = run([script, result.name, "-o", "drawn/here"], folder)
    wanted = [pathlib.Path("drawn/here") / f"{result.stem}_{kind}.png" for kind in KINDS]
    if status != 0 or out.split() != [str(path) for path in wanted]:
        return [f"expected exit 0 and the names of four pictures, got exit {status}, '{out}' and '{err}'"]
    faults = []
    for path in wanted:
        size, n_bytes = png_size(folder / path), (folder / path).stat().st_size
        # An empty canvas of this size packs into about 10 kB.
        if size is None or not (1300 <= size[0] <= 1500 and 400 <= size[1] <= 2000) or n_bytes < 40_000:
            faults.append(f"{path.name}: expected a filled PNG about 1400 px wide, got size {size}, {n_bytes} bytes")
    if err:
        faults.append(f"expected no words on stderr, got '{err}'")

    before = [(folder / path).read_bytes() for path in wanted]
    run([script, result, "-o", folder / "drawn" / "here"], "/")
    if [(folder / path).read_bytes() for path in wanted] != before:
        faults.append("the same result gave other pictures when drawn again, from another folder")

    status, out, err = run([script, result.name, "--format", "svg"], folder)
    paths = [folder / f"{result.stem}_{kind}.svg" for kind in KINDS]
    if status != 0 or not all(path.is_file() for path in paths):
        return faults + [f"expected four SVG files beside the result, got exit {status}, '{out}' and '{err}'"]
    for path in paths:
        xml.etree.ElementTree.parse(path)  # throws if it is not well-formed
    return faults


def check_maps(script, result, shipped, folder):
    """Complaints about where the outlines of the regions come from."""
    faults = []
    outlines = json.loads(shipped.read_text(encoding="utf-8"))
    (folder / "given.geojson").write_text(json.dumps(outlines), encoding="utf-8")
    run([script, result, "-o", folder / "given", "--map", "given.geojson"], folder)
    with h5netcdf.File(result, "r+") as file:
        own = file.attrs["scenario"]
        file.attrs["scenario"] = "unheard_of"
    run([script, result, "-o", folder / "held"], folder)  # from the result itself
    with h5netcdf.File(result, "r+") as file:
        file.attrs["scenario"] = own
    with h5py.File(result, "r+") as file:
        del file["provenance/map"]
    run([script, result, "-o", folder / "found"], folder)  # beside the shipped scenario
    name = f"{result.stem}_map.png"
    if (folder / "given" / name).read_bytes() != (folder / "found" / name).read_bytes():
        faults.append("the same outlines, found or given, gave other maps")
    if (folder / "given" / name).read_bytes() != (folder / "held" / name).read_bytes():
        faults.append("the same outlines, held by the result or given, gave other maps")

    for feature in outlines["features"]:
        feature["properties"]["label"] = "Elsewhere"
    (folder / "given.geojson").write_text(json.dumps(outlines), encoding="utf-8")
    run([script, result, "-o", folder / "given", "--map", "given.geojson"], folder)
    if (folder / "given" / name).read_bytes() == (folder / "found" / name).read_bytes():
        faults.append("the outlines that were given are not those that were drawn")

    with h5netcdf.File(result, "r+") as file:
        file.attrs["scenario"] = "unheard_of"
    status, out, err = run([script, result.name, "-o", "mapless"], folder)
    if status != 0 or len(out.split()) != len(KINDS) - 1 or (folder / "mapless" / name).exists():
        faults.append(f"without outlines: expected exit 0 and the other pictures, got exit {status}, '{out}' and '{err}'")
    return faults


def check_errors(script, result, folder):
    """Complaints about exit status and words for what cannot be drawn."""
    (folder / "text.h5").write_text("no such format\n", encoding="utf-8")
    (folder / "cut.h5").write_bytes(result.read_bytes()[:result.stat().st_size // 2])
    with h5netcdf.File(folder / "foreign.h5", "w") as other:
        other.dimensions = {"x": 3}
        other.create_variable("rain", ("x",), float)[:] = [1.0, 2.0, 3.0]
    (folder / "square.geojson").write_text(json.dumps({"features": [{"properties": {"name": "bomi"}, "geometry": SQUARE}]}), encoding="utf-8")
    cases = [
        ([folder / "none.h5"], 66, "none.h5: no such file"),
        ([folder], 66, "no such file"),
        ([folder / "text.h5"], 65, "text.h5: not a result of drawdown"),
        ([folder / "cut.h5"], 65, "cut.h5: not a result of drawdown"),
        ([folder / "foreign.h5"], 65, "lacks strategy_name"),
        ([result, "-o", folder / "text.h5"], 73, "cannot be written"),
        ([result, "--map", folder / "none.geojson"], 66, "none.geojson: cannot be read"),
        ([result, "--map", folder / "text.h5"], 65, "text.h5: not GeoJSON"),
        ([result, "--map", folder / "square.geojson"], 65, "square.geojson: has no region named bong, gbarpolu, grand_bassa ..."),
        ([result, "--format", "gif"], 64, "invalid choice: 'gif'"),
        ([], 64, "RESULT.h5"),
    ]
    faults = []
    for arguments, wanted_status, words in cases:
        status, out, err = run([script, *arguments], folder)
        if status != wanted_status or words not in err or err.count("\n") != 1 or out:
            faults.append(f"{arguments}: expected exit {wanted_status} and one line with '{words}', got exit {status}, '{out}' and '{err}'")
    status, out, err = run([script, "--help"], folder)
    if status != 0 or "RESULT.h5" not in out:
        faults.append(f"--help: expected exit 0 and the usage, got exit {status} and '{out}'")
    return faults


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: plot_compare_test.py PROGRAM SOURCE_DIR")
    program, source = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    script = source / "scripts" / "plot_compare.py"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        result = folder / "small.h5"
        command = [program, "compare", source / "scenarios" / "liberia", "--strategies", "historical,abrupt", "--replicates", "2",
                   "--set", "scenario.end=2013-06-30", "--quiet", "-o", result]
        status, out, err = run(command, folder)
        if status != 0:
            print(f"drawdown compare failed with exit {status}:\n{out}{err}")
            return 1
        faults = check_pictures(script, result, folder) + check_errors(script, result, folder)
        faults += check_maps(script, result, source / "scenarios" / "liberia" / "counties.geojson", folder)
    print("\n".join(faults) if faults else "plot_compare.py: four pictures drawn, and errors told")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
