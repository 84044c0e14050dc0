"""Maps of the regions: state control and deaths in the reference, and how the other strategies differ from it."""

import json
import math
import pathlib

import h5py
import matplotlib.colors as mcolors
import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from plotting.estimates import student_factor
from plotting.panels import heading, new_figure, panel
from plotting.reading import YEAR, Fault
from plotting.style import BLACK, BODY, GREY, NAME, WIDTH_IN
from plotting.words import month_text, short_text

LEVELS = mcolors.LinearSegmentedColormap.from_list("levels", ["#f4f4f4", "#4a4a4a"])
LOSSES = mcolors.LinearSegmentedColormap.from_list("losses", ["#b34a00", "#f7f7f7", "#005a92"])  # worse, the same, better
SHIPPED = pathlib.Path(__file__).resolve().parents[2] / "scenarios"
COLUMNS = 4  # of differences, beside the reference
ENOUGH = 20  # replicates for intervals that deserve a line around a region


def find_outlines(result):
    """The regions' outlines that the result holds, or those beside the shipped scenario that it names; None if neither has all regions."""
    held = held_map(result)
    if held:
        try:
            return outlines_in(held, "the map in the result", result)
        except Fault:
            pass  # a map of other regions lay beside the scenario
    for path in sorted((SHIPPED / pathlib.Path(str(result.data.attrs["scenario"])).name).glob("*.geojson")):
        try:
            return read_outlines(path, result)
        except Fault:  # of another map, or of another version of the regions
            continue
    return None


def held_map(result):
    """The text of the map in the result file, or "" in files that hold none."""
    try:
        with h5py.File(result.data.encoding["source"]) as file:
            return "\n".join(line.decode() if isinstance(line, bytes) else str(line) for line in np.atleast_1d(file["provenance/map"][()]))
    except (OSError, KeyError):
        return ""


def read_outlines(path, result):
    """[(label, matplotlib path)] by region from a GeoJSON file whose features have the regions' names. Throws Fault."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise Fault(66, f"{path}: cannot be read: {error.strerror}") from None
    except ValueError:
        raise Fault(65, f"{path}: not GeoJSON with polygons that have a name") from None
    return outlines_in(text, path, result)


def outlines_in(text, path, result):
    """The outlines in the text of a GeoJSON file; `path` names it in faults. Throws Fault."""
    try:
        features = json.loads(text)["features"]
        found = {str(f["properties"]["name"]): (str(f["properties"].get("label") or f["properties"]["name"]), outline(f["geometry"])) for f in features}
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        raise Fault(65, f"{path}: not GeoJSON with polygons that have a name") from None
    names = [str(name) for name in result.data["region_name"].values]
    missing = [name for name in names if name not in found]
    if missing:
        raise Fault(65, f"{path}: has no region named {', '.join(missing[:3])}{' ...' if len(missing) > 3 else ''}")
    return [found[name] for name in names]


def outline(geometry):
    """The rings of a Polygon or MultiPolygon as one path, with holes."""
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}[geometry["type"]]
    return Path.make_compound_path(*(Path(np.asarray(ring, float)[:, :2], closed=True) for polygon in polygons for ring in polygon))


def measures(result):
    """What the maps show: (heading, unit of levels, unit of differences, 1 if more is better, [strategy x replicate x region])."""
    last_year = result.times > result.times[-1] - np.timedelta64(365, "D")
    counted = result.begins >= result.compare_from
    years = max((result.times[-1] - max(result.compare_from, result.begins[0])) / YEAR, 1e-9)
    control = result.by_region("state_control", lambda values, at: 100 * values[:, last_year].mean(axis=1))

    def rate(values, at):
        people = result.data["population"].isel(**at).values[:, counted].mean(axis=1)
        return values[:, counted].sum(axis=(1, 3)) / np.maximum(people, 1) * 1e5 / years  # everybody may have fled

    deaths = result.by_region("deaths", rate)
    since = month_text(result.compare_from)
    return [("Share of the people under state control, last year", "%", "points", 1, control),
            (f"Deaths by violence from {since} on", "per 100,000 a year", "per 100,000 a year", -1, deaths)]


class Layout:
    """Places, in inches, of two blocks of maps: the reference and, in rows beside it, its differences; alone, it is drawn larger."""

    def __init__(self, outlines, others):
        self.others = others
        corners = np.concatenate([path.vertices for _, path in outlines])
        (self.west, self.south), (self.east, self.north) = corners.min(axis=0), corners.max(axis=0)
        self.stretch = 1 / math.cos(math.radians((self.south + self.north) / 2))  # degrees of latitude over those of longitude
        self.width = (WIDTH_IN - 0.5) / (COLUMNS + 1) - 0.2 if others else WIDTH_IN / 2 - 2.0
        shape = (self.north - self.south) * self.stretch / (self.east - self.west)
        self.map_height = min(max(self.width * shape, 1.2), 4.5)
        self.row_height = 0.55 + self.map_height + 0.4
        self.block_height = 0.35 + max(1, -(-others // COLUMNS)) * self.row_height + 0.65
        self.height = 2 * self.block_height if others else self.block_height
        self.top = None  # known once the heading of the figure is

    def corner(self, block):
        """Upper left corner of a block."""
        return (0.25, self.top - block * self.block_height) if self.others else (0.25 + block * WIDTH_IN / 2, self.top)

    def place(self, block, row, column):
        left, above = self.corner(block)
        return left + column * (self.width + 0.2), above - 0.35 - row * self.row_height - 0.55 - self.map_height, self.width, self.map_height

    def scale(self, block, column):
        left, above = self.corner(block)
        return left + column * (self.width + 0.2), above - self.block_height + 0.5, self.width, 0.12

    def draw(self, axes, outlines, values, colours, norm, sure):
        """Fills the outlines by `values`, with a thick line where `sure`."""
        for (_, path), value, thick in zip(outlines, values, sure):
            axes.add_patch(PathPatch(path, facecolor=colours(norm(value)), edgecolor=BLACK if thick else GREY, linewidth=1.8 if thick else 0.5,
                                     zorder=2 if thick else 1))
        axes.set_xlim(self.west, self.east)
        axes.set_ylim(self.south, self.north)
        axes.set_aspect(self.stretch, anchor="NW")
        axes.set_axis_off()


def draw_map(result, outlines):
    shown = measures(result)
    others = [s for s in result.order if s != result.reference]
    layout = Layout(outlines, len(others))
    figure, bottom, top = new_figure(result, 1.85 + layout.height, *headline(result, shown, [label for label, _ in outlines]))
    layout.top = (top + bottom + layout.height) / 2  # the room that is left goes above and below
    for block, (text, unit, change_unit, sign, values) in enumerate(shown):
        left, above = layout.corner(block)
        figure.text(left / WIDTH_IN, above / figure.get_figheight(), text, size=NAME, weight="bold", color=BLACK, va="top")
        level = values[result.reference].mean(axis=0)
        norm = mcolors.Normalize(10 * (level.min() // 10), 100) if sign > 0 else mcolors.Normalize(0, max(level.max(), 1.0))
        draw_level(result, figure, layout, block, outlines, level, norm, unit)
        if others:
            changes = {s: values[s] - values[result.reference] for s in others}
            # No fewer than 2 points or a tenth of the highest rate, lest noise look like a finding.
            draw_changes(result, figure, layout, block, outlines, changes, sign, 2.0 if sign > 0 else 0.1 * norm.vmax, change_unit)
    return figure


def headline(result, shown, labels):
    """Title and subtitle."""
    control, deaths = (values[result.reference].mean(axis=0) for *_, values in shown)
    title = f"State control ends lowest in {labels[control.argmin()]}, {control.min():.0f} %"
    if deaths.any():
        title += f"; deaths by violence are highest in {labels[deaths.argmax()]}, {short_text(deaths.max())} per 100,000 a year"
    subtitle = "Means of all runs. " if result.keep.size > 1 else ""
    subtitle += f"Grey: the reference ({result.strategies[result.reference]})."
    if len(result.strategies) > 1:
        subtitle += " Colours: difference from it, orange worse, blue better."
        subtitle += " Thick lines: 95 % interval on one side of 0." if result.keep.size >= ENOUGH else ""
    return title, subtitle


def draw_level(result, figure, layout, block, outlines, level, norm, unit):
    """The map of the reference."""
    axes = panel(figure, *layout.place(block, 0, 0))
    layout.draw(axes, outlines, level, LEVELS, norm, [False] * len(level))
    heading(axes, result.strategies[result.reference], unit)
    least, most = level.argmin(), level.argmax()
    remark(axes, f"{outlines[least][0]} {short_text(level[least])}, {outlines[most][0]} {short_text(level[most])}", BLACK)
    draw_scale(panel(figure, *layout.scale(block, 0)), LEVELS, norm, short_text)


def draw_changes(result, figure, layout, block, outlines, changes, sign, least_reach, unit):
    """The maps of differences {strategy: [replicate x region]}, all on one scale."""
    reach = max(least_reach, *(abs(change.mean(axis=0)).max() for change in changes.values()))
    norm, colours = mcolors.Normalize(-reach, reach), LOSSES if sign > 0 else LOSSES.reversed()
    for i, (s, change) in enumerate(changes.items()):
        axes = panel(figure, *layout.place(block, i // COLUMNS, 1 + i % COLUMNS))
        mean = change.mean(axis=0)
        layout.draw(axes, outlines, mean, colours, norm, one_sided(change))
        heading(axes, result.strategies[s], f"difference, {unit}", colour=result.colours[s])
        most = np.abs(mean).argmax()
        remark(axes, f"most: {outlines[most][0]} {signed_text(mean[most])}" if abs(mean[most]) >= 0.05 else "no difference", result.colours[s])
    draw_scale(panel(figure, *layout.scale(block, 1)), colours, norm, signed_text)


def one_sided(change):
    """[region] whether the 95 % interval (Student's t) of the mean of `change` [replicate x region] lies on one side of 0; never
    with few replicates, whose intervals miss too often."""
    n = len(change)
    if n < ENOUGH:
        return np.zeros(change.shape[1], bool)
    return np.abs(change.mean(axis=0)) > student_factor(n - 1) * change.std(axis=0, ddof=1) / np.sqrt(n)


def signed_text(x):
    return ("+" if round(x, 1) > 0 else "") + short_text(x)


def remark(axes, text, colour):
    """A line under a map."""
    axes.annotate(text, (0, 0), (0, -6), "axes fraction", textcoords="offset points", va="top", size=BODY - 1.5, color=colour)


def draw_scale(axes, colours, norm, text):
    """A bar of colours with its ends and its middle."""
    axes.imshow(np.linspace(0, 1, 128)[None, :], aspect="auto", cmap=colours, extent=(0, 1, 0, 1))
    axes.set_xticks([0, 0.5, 1], [text(norm.vmin), text((norm.vmin + norm.vmax) / 2), text(norm.vmax)])
    axes.set_yticks([])
    axes.tick_params(length=0, labelsize=BODY - 2)
    for spine in axes.spines.values():
        spine.set_visible(False)
    for label, where in zip(axes.get_xticklabels(), ("left", "center", "right")):
        label.set_ha(where)
