#!/usr/bin/python3
"""Draws a comparison of exit strategies from a result file, as three pictures for planners.

    NAME_violence   deaths by violence, one panel a strategy
    NAME_mission    strength, components, consent and cost of the mission
    NAME_state      state control, police, services, security, and how often armed conflict came back

NAME is that of the result file. Only the result file is read; no model is run. Replicates in which a run failed are left
out of all strategies, so that the rest stay paired. Prints the files that it wrote.

Exit status: 0 done, 64 wrong usage, 65 not a result of drawdown, 66 no such file, 73 a picture cannot be written.
"""

import argparse
import dataclasses
import pathlib
import statistics
import sys
import textwrap

import numpy as np
import xarray as xr
import matplotlib

matplotlib.use("Agg")
import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import matplotlib.ticker as mticker

WIDTH_IN, DPI = 14.0, 100
BODY, SMALL, NAME, TITLE = 12.5, 10.5, 14.0, 18.0  # points: the README shows pictures at about two thirds of their width
BLACK, GREY, PALE = "#000000", "#5a5a5a", "#d0d0d0"
# Of Okabe and Ito (2008), darkened where text in the colour would be too faint on white; the reference is black.
PALETTE = ["#0072b2", "#d55e00", "#008f6b", "#aa3377", "#a67c00", "#3a9bd9", "#7a5230", "#6a6ad4"]
NEEDED = [
    "strategy_name", "function_name", "component_name", "time", "time_bounds", "replicate", "run_status", "violent_deaths", "armed_conflict",
    "mission_open", "uniformed", "strength", "consent_host", "consent_popular", "assessed_cost", "population", "state_control",
    "capacity", "services", "security_level",
]
YEAR = np.timedelta64(31557600, "s")  # 365.25 days
REPLICATES_AT_ONCE = 100  # bounds memory where a variable is by region


class Fault(Exception):
    """What the user did wrong, and the exit status that says so."""

    def __init__(self, status, text):
        super().__init__(text)
        self.status = status


@dataclasses.dataclass
class Result:
    """What the pictures need; arrays are [strategy x replicate x time] with the replicates complete in all strategies."""

    data: xr.Dataset
    name: str
    keep: np.ndarray       # positions of the complete replicates
    strategies: list       # shown names, in file order
    reference: int
    order: list            # strategies as shown: the reference, then by date of exit
    colours: list
    begins: np.ndarray     # first day of each interval
    times: np.ndarray      # day after its last
    compare_from: np.datetime64
    exits: np.ndarray      # [strategy x replicate] last day of the mission, NaT if it stays

    def series(self, variable):
        """A national variable."""
        return self.data[variable].isel(replicate=self.keep).values.astype(float)

    def by_region(self, variable, reduce, **which):
        """reduce(values, positions) for blocks [replicate x time x region ...] of each strategy, joined again."""
        out = []
        for s in range(len(self.strategies)):
            blocks = []
            for first in range(0, len(self.keep), REPLICATES_AT_ONCE):
                at = {"strategy": s, "replicate": self.keep[first:first + REPLICATES_AT_ONCE]}
                blocks.append(reduce(self.data[variable].isel(**at, **which).values, at))
            out.append(np.concatenate(blocks))
        return np.stack(out)

    def per_person(self, variable, **which):
        """A regional variable as the mean over regions, weighted by their population."""

        def mean(values, at):
            people = self.data["population"].isel(**at).values
            return (values * people).sum(axis=-1) / people.sum(axis=-1)

        return self.by_region(variable, mean, **which)


def load(path):
    """Opens a result file. Throws Fault if there is none, or if another program wrote it."""
    if not path.is_file():
        raise Fault(66, f"{path}: no such file")
    try:
        data = xr.open_dataset(path, engine="h5netcdf")
    except PermissionError:
        raise Fault(66, f"{path}: may not be read") from None
    except Exception:  # the HDF5 libraries throw what they like for a foreign or damaged file
        raise Fault(65, f"{path}: not a result of drawdown (no NetCDF-4 file)") from None
    missing = [name for name in NEEDED if name not in data.variables]
    missing += [name for name in ("title", "seed", "compare_with", "compare_from") if name not in data.attrs]
    if missing:
        raise Fault(65, f"{path}: not a result of drawdown compare (lacks {', '.join(missing[:3])}{' ...' if len(missing) > 3 else ''})")
    if "police" not in data["function_name"].values:
        raise Fault(65, f"{path}: has no capacity of the police to draw")
    if data.sizes["time"] < 3:
        raise Fault(65, f"{path}: has {data.sizes['time']} intervals, too few to draw")
    keep = np.flatnonzero((data["run_status"].values == 0).all(axis=0))
    if keep.size == 0:
        raise Fault(65, f"{path}: no replicate is complete in every strategy")

    names = [str(name) for name in data["strategy_name"].values]
    reference = names.index(data.attrs["compare_with"]) if data.attrs["compare_with"] in names else 0
    begins, times = data["time_bounds"].values.T
    exits = last_days(path, data["replicate"].values[keep], exit_days(data["mission_open"].isel(replicate=keep).values > 0.5, begins))
    others = [s for s in range(len(names)) if s != reference]
    far = np.datetime64("2262-01-01", "ns")
    by_exit = sorted(others, key=lambda s: (np.sort(np.where(np.isnat(exits[s]), far, exits[s]))[len(keep) // 2], s))
    colours = [BLACK] * len(names)
    for i, s in enumerate(others):
        colours[s] = PALETTE[i % len(PALETTE)]
    shown = [name.replace("_", " ") for name in names]
    shown = [name if len(name) <= 20 else name[:19] + "\N{HORIZONTAL ELLIPSIS}" for name in shown]
    return Result(data, path.stem, keep, shown, reference, [reference] + by_exit, colours, begins,
                  times, np.datetime64(data.attrs["compare_from"], "ns"), exits)


def exit_days(is_open, begins):
    """[strategy x replicate] first day of the interval from which on the mission is closed, NaT where it never is."""
    closed_intervals = np.logical_and.accumulate(~is_open[..., ::-1], axis=-1).sum(axis=-1)
    first = is_open.shape[-1] - closed_intervals
    days = begins[np.minimum(first, is_open.shape[-1] - 1)]
    return np.where(closed_intervals > 0, days, np.datetime64("NaT"))


def last_days(path, replicates, closed):
    """[strategy x replicate] last day of the mission: the day before it closed, by the log of events where it tells the week."""
    closed = closed.copy()
    try:
        log = xr.open_dataset(path, engine="h5netcdf", group="events")
        kinds = log["event_kind"].attrs["flag_meanings"].split()
        seen = np.flatnonzero(log["event_kind"].values == kinds.index("mission_closes"))
        where = {int(number): position for position, number in enumerate(replicates)}
        latest = np.full(closed.shape, np.datetime64("NaT", "ns"))
        strategy, replicate, day = (log[name].values[seen] for name in ("event_strategy", "event_replicate", "event_day"))
        for s, r, d in zip(strategy, replicate, day):
            position = where.get(int(r))
            if position is not None and d <= closed[s, position]:
                latest[s, position] = np.fmax(latest[s, position], d)
        closed = np.where(np.isnat(latest), closed, latest)
    except (OSError, KeyError, ValueError):
        pass  # without a log, the first day of the interval without mission is near enough
    return closed - np.timedelta64(1, "D")


# Statistics, as `drawdown show` computes them.

def wilson(count, n):
    """95 % interval of a share, Wilson (1927)."""
    z = statistics.NormalDist().inv_cdf(0.975)
    share, weight = count / n, 1 + z * z / n
    centre = (share + z * z / (2 * n)) / weight
    half = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / weight
    return (0.0 if count == 0 else centre - half), (1.0 if count == n else centre + half)


def student_factor(freedom):
    """97.5 % quantile of Student's t: with t = sqrt(freedom) tan(a) its density is proportional to cos(a)^(freedom - 1)."""
    angle = np.linspace(0, np.pi / 2, 200_001)
    density = np.cos(angle) ** (freedom - 1)
    mass = np.concatenate([[0], np.cumsum((density[1:] + density[:-1]) / 2)])
    return np.sqrt(freedom) * np.tan(np.interp(0.95, mass / mass[-1], angle))


def paired_difference(own, base):
    """Mean difference of paired shares with its 95 % interval (Student's t, brought into [-1, 1])."""
    d = own.astype(float) - base
    if not d.any():
        return 0.0, 0.0, 0.0
    half = 2.0 if d.size < 2 else student_factor(d.size - 1) * d.std(ddof=1) / np.sqrt(d.size)
    return d.mean(), max(-1.0, d.mean() - half), min(1.0, d.mean() + half)


# Text

def count_text(x):
    """A count with two digits that matter, thousands apart."""
    if x >= 100:
        x = round(x, 1 - int(np.floor(np.log10(x))))
    return f"{x:,.0f}"


def level_texts(values):
    """Shares in per cent, with a decimal where they would otherwise look more alike than they are."""
    digits = 0 if max(values) - min(values) >= 0.05 else 1
    return [f"{100 * v:.{digits}f}" for v in values]


def short_text(x):
    """A number with up to one decimal."""
    return f"{round(x, 1) or 0.0:.1f}".removesuffix(".0").replace("-", "\N{MINUS SIGN}")  # "or": no minus zero


def span_text(values, shown):
    """The lowest and highest value, or the one that both show."""
    low, high = shown(min(values)), shown(max(values))
    return low if low == high else f"{low} to {high}"


def month_text(day):
    return day.astype("datetime64[us]").item().strftime("%b %Y")


def exit_text(result, s):
    """When the mission ends, in words, and its middle day (None if it stays in half of the runs)."""
    days = np.sort(result.exits[s])  # NaT comes last
    middle = days[len(days) // 2]
    if np.isnat(middle):
        return "mission stays in most runs" if not np.isnat(days[0]) else "mission stays", None
    if np.isnat(days[-1]) or days[-1] - days[0] > np.timedelta64(92, "D"):
        return f"mission ends about {middle.astype('datetime64[Y]')}", middle
    return f"mission ends {month_text(middle)}", middle


# Furniture of all pictures

def balanced(text, width):
    """The text in as few lines of at most `width` characters as it needs, about equally long."""
    rows = best = textwrap.wrap(text, width)
    for narrower in range(width, 0, -4):
        tried = textwrap.wrap(text, narrower)
        if len(tried) > len(rows):
            break
        best = tried
    return best


def new_figure(result, height_in, title, subtitle):
    """A figure with its heading and small print; returns it with the lowest and highest height free for panels."""
    plt.rcParams.update({
        "font.size": BODY, "font.family": "DejaVu Sans", "axes.spines.top": False, "axes.spines.right": False, "axes.edgecolor": GREY,
        "xtick.color": GREY, "ytick.color": GREY, "axes.labelcolor": GREY, "xtick.labelsize": 11.5, "ytick.labelsize": 11.5,
        "text.parse_math": False, "svg.hashsalt": "drawdown",
    })
    figure = plt.figure(figsize=(WIDTH_IN, height_in), dpi=DPI)
    line = TITLE * 1.3 / 72
    top = height_in - 0.15
    for text, size, weight, colour, width in ((title, TITLE, "bold", BLACK, 90), (subtitle, BODY, "normal", GREY, 152)):
        for row in balanced(text, width):
            figure.text(0.25 / WIDTH_IN, top / height_in, row, size=size, weight=weight, color=colour, va="top")
            top -= line * size / TITLE
        top -= 0.05

    attributes = result.data.attrs
    n = result.keep.size
    small = f"Simulated, not observed; not a prediction. {f'{n} paired replicates' if n > 1 else 'One replicate'} of each strategy"
    small += " (fewer than 20: bands are rough)" if 1 < n < 20 else ""
    dropped = result.data.sizes["replicate"] - n
    small += f"; {dropped} left out, because a run failed" if dropped else ""
    small += f". Scenario: {attributes['title']}; seed {attributes['seed']}; {attributes.get('source', 'drawdown')}."
    rows = balanced(small, 180)
    for i, row in enumerate(reversed(rows)):
        figure.text(0.25 / WIDTH_IN, (0.12 + i * SMALL * 1.35 / 72) / height_in, row, size=SMALL, color=GREY, va="bottom")
    return figure, 0.12 + len(rows) * SMALL * 1.35 / 72, top


def panel(figure, left, bottom, width, height):
    """Axes at a place given in inches."""
    w, h = figure.get_size_inches()
    return figure.add_axes([left / w, bottom / h, width / w, height / h])


def heading(axes, text, note="", colour=BLACK, note_colour=GREY):
    """A bold line over a panel, and a line on what it shows under that."""
    above = BODY * 1.45 if note else 0
    axes.annotate(text, (0, 1), (0, 6 + above), "axes fraction", textcoords="offset points", size=NAME, weight="bold", color=colour)
    if note:
        axes.annotate(note, (0, 1), (0, 6), "axes fraction", textcoords="offset points", size=11.5, color=note_colour)


def time_axis(axes, result, until=None):
    until = result.times[-1] if until is None else until
    axes.set_xlim(result.begins[0], until)
    room = axes.get_position().width * WIDTH_IN / 0.65
    years = (until - result.begins[0]) / YEAR
    step = next((k for k in (1, 2, 4, 5, 10, 20) if years / k <= room), 50)
    locator = mdates.YearLocator(step) if years >= 3 else mdates.AutoDateLocator(minticks=2, maxticks=max(2, int(room)))
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator, show_offset=False))
    axes.tick_params(length=3)
    axes.grid(axis="y", color="#e6e6e6", linewidth=0.8)
    axes.set_axisbelow(True)


def end_labels(axes, labels):
    """Writes (height, text, colour) right of the panel, moved apart where they would overlap."""
    box = axes.get_window_extent()
    gap = BODY * 1.3 / 72 * DPI
    wanted = sorted((axes.transData.transform((0, y))[1], text, colour) for y, text, colour in labels)
    heights = [y for y, _, _ in wanted]
    for _ in range(300):
        heights = [min(max(y, box.y0 + i * gap), box.y1 - (len(heights) - 1 - i) * gap) for i, y in enumerate(heights)]
        for i in range(len(heights) - 1):
            short = gap - (heights[i + 1] - heights[i])
            if short > 0:
                heights[i] -= short / 2
                heights[i + 1] += short / 2
    for height, (y, text, colour) in zip(heights, wanted):
        start, end = (y - box.y0) / box.height, (height - box.y0) / box.height
        right = 1 + 18 / box.width
        axes.plot([1, right], [start, end], color=colour, linewidth=0.8, clip_on=False, transform=axes.transAxes)
        axes.text(right + 4 / box.width, end, text, color=colour, va="center", size=BODY, transform=axes.transAxes)


def line_labels(axes, curves, near_end=0.0):
    """Writes the names of curves {name: (x, y, colour)} where the panel has room near each curve.

    `near_end` > 0 draws the names to the ends of the curves: what a pixel of distance from there costs.
    """
    renderer = axes.figure.canvas.get_renderer()
    frame = axes.get_window_extent()
    points = {}
    for name, (x, y, _) in curves.items():
        seen = np.isfinite(y)
        pixel = axes.transData.transform(np.column_stack([mdates.date2num(x[seen]), y[seen]]))
        way = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(pixel, axis=0).T))])
        even = np.linspace(0, way[-1], max(2, int(way[-1] / 4)))
        points[name] = np.column_stack([np.interp(even, way, pixel[:, 0]), np.interp(even, way, pixel[:, 1])])
    placed = []
    # The shorter a curve, the fewer places it has: it chooses first.
    for name in sorted(curves, key=lambda name: len(points[name])):
        colour = curves[name][2]
        text = axes.text(0, 0, name, color=colour, size=BODY, va="bottom", ha="left", transform=None)
        extent = text.get_window_extent(renderer)
        w, h = extent.width, extent.height
        others = np.concatenate([p for other, p in points.items() if other != name] or [np.empty((0, 2))])

        def cost(x0, y0):
            def crossing(p, margin):
                return ((p[:, 0] > x0 - margin) & (p[:, 0] < x0 + w + margin) & (p[:, 1] > y0 - margin) & (p[:, 1] < y0 + h + margin)).sum()
            return 8 * crossing(points[name], 0) + 8 * crossing(others, 1) + 2 * crossing(others, 12)

        own, end = points[name][::-1][::4], points[name][-1]
        shared = np.array([(np.hypot(*(others - tip).T) < 7).any() for tip in own])  # a label there could mean another curve
        best = None
        for away in (0, 25, 60, 100):
            for (px, py), hidden in zip(own, shared):
                for dx, dy in ((8, 2), (8, -h - 2), (-w - 8, 2), (-w - 8, -h - 2), (-w / 2, 8), (-w / 2, -h - 8)):
                    x0, y0 = px + dx, py + dy + away * (1 if dy > 0 else -1)
                    if x0 < frame.x0 + 4 or x0 + w > frame.x1 or y0 < frame.y0 + 4 or y0 + h > frame.y1:
                        continue
                    if any(x0 < b[2] and b[0] < x0 + w and y0 < b[3] and b[1] < y0 + h for b in placed):
                        continue
                    total = cost(x0, y0) + away + 60 * hidden + near_end * np.hypot(px - end[0], py - end[1])
                    if best is None or total < best[0]:
                        best = (total, x0, y0, away, px, py)
        if best is None:
            best = (0, frame.x0 + 4, frame.y1 - h, 0, 0, 0)
        _, x0, y0, away, px, py = best
        # In axes coordinates the label stays right when the picture is saved at another resolution.
        share = lambda x, y: ((x - frame.x0) / frame.width, (y - frame.y0) / frame.height)
        text.set_transform(axes.transAxes)
        text.set_position(share(x0, y0))
        if away:
            tip = share(min(max(px, x0), x0 + w), y0 if y0 > py else y0 + h)
            axes.plot(*zip(share(px, py), tip), color=colour, linewidth=0.8, transform=axes.transAxes)
        placed.append((x0 - 4, y0, x0 + w + 4, y0 + h))


def room_for(figure, texts):
    """Inches that labels at the end of a panel take."""
    width = 0
    for text in texts:
        drawn = figure.text(0, 0, text, size=BODY)
        width = max(width, drawn.get_window_extent(figure.canvas.get_renderer()).width)
        drawn.remove()
    return width / DPI + 0.42


def level_limits(edges):
    """Limits of an axis of shares that holds the edges, and no fewer than 15 points, lest noise look like a finding."""
    middle, half = (min(edges) + max(edges)) / 2, max(0.075, 0.55 * (max(edges) - min(edges)))
    low = min(max(0.0, middle - half), max(0.0, 1 - 2 * half))
    return low, min(1.0, max(middle + half, low + 2 * half))


def spread(values, shares):
    """Quantiles over the replicates, the first axis; NaN where every replicate is."""
    lines = np.full((len(shares),) + values.shape[1:], np.nan)
    seen = np.isfinite(values).any(axis=0)
    lines[:, seen] = np.nanquantile(values[:, seen], shares, axis=0)
    return lines


# The pictures

def rolling_deaths(result):
    """Deaths by violence in the weeks up to each time, where the file reaches back so far; and the number of weeks."""
    days = float(np.median((result.times - result.begins) / np.timedelta64(1, "D")))
    n = result.times.size
    window = max(1, min(round(364 / days), 2 * n // 3))
    deaths = result.series("violent_deaths")
    total = np.concatenate([np.zeros(deaths.shape[:2] + (1,)), np.cumsum(deaths, axis=-1)], axis=-1)
    return total[..., window:] - total[..., :-window], result.times[window - 1:], round(window * days / 7)


def votes_and_epidemics(result):
    """Times at which political tension peaks, and spans with an epidemic, from the means over all runs."""
    mean = {name: result.series(name).mean(axis=(0, 1)) if name in result.data else np.zeros(result.times.size) for name in ("tension", "epidemic")}
    near = np.abs(result.times[:, None] - result.times[None, :]) < YEAR / 2
    highest = np.where(near, mean["tension"][None, :], 0).max(axis=1)
    votes = result.times[(mean["tension"] == highest) & (highest >= 0.15)]
    sick = np.concatenate([[0], (mean["epidemic"] > 0.1).astype(int), [0]])
    starts, ends = np.flatnonzero(np.diff(sick) == 1), np.flatnonzero(np.diff(sick) == -1)
    return votes, [(result.begins[a], result.times[b - 1]) for a, b in zip(starts, ends)]


def draw_violence(result):
    deaths, times, weeks = rolling_deaths(result)
    after = times >= result.compare_from
    peaks = deaths[..., after if after.any() else slice(None)].max(axis=-1)
    n = result.keep.size
    high = np.quantile(peaks, 0.95, axis=1) if n >= 20 else peaks.max(axis=1)
    votes, epidemics = votes_and_epidemics(result)
    by_total = np.argsort(result.series("violent_deaths")[result.reference].sum(axis=-1), kind="stable")
    singles = sorted({int(by_total[round(q * (n - 1))]) for q in (0.25, 0.5, 0.95)})

    year = "a year" if weeks == 52 else f"{weeks} weeks"
    middle = span_text(np.median(peaks, axis=1), count_text)
    worst = f"one in twenty above {count_text(high.min())}" if n >= 20 else f"the highest {span_text(high, count_text)}"
    title = f"Deaths by violence in {year}: middle run peaks at {middle}, {worst}" if n > 1 else f"Deaths by violence in {year}: the run's peak is {middle}"
    subtitle = f"Deaths in the last {weeks} weeks, whole country, logarithmic scale. One panel an exit strategy. Peaks: from {month_text(result.compare_from)} on."

    cells = len(result.strategies) + 1
    columns = 2 if cells in (2, 4) else 3
    rows = -(-cells // columns)
    cell_in, head_in = 2.75, 0.75
    figure, bottom, top = new_figure(result, 1.45 + rows * (cell_in + head_in + 0.4), title, subtitle)
    left, gap = 0.85, 0.35
    width = (WIDTH_IN - left - 0.3 - gap * (columns - 1)) / columns
    height = (top - bottom) / rows - head_in - 0.4
    place = lambda i: (left + (i % columns) * (width + gap), top - head_in - height - (i // columns) * (height + head_in + 0.4))
    highest = max(12.0, np.quantile(deaths, 0.95, axis=1).max(), deaths[:, singles].max())
    ceiling = np.expm1(1.15 * np.log1p(highest))  # room over the curves for the day of exit
    ticks = [t for t in (0, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000) if t <= 1.2 * highest]

    for i, s in enumerate(result.order):
        axes = panel(figure, *place(i), width, height)
        colour = result.colours[s]
        axes.set_yscale("function", functions=(lambda y: np.log1p(np.maximum(y, 0)), np.expm1))
        axes.set_ylim(0, ceiling)
        axes.set_yticks(ticks, [f"{t:,}" for t in ticks] if i % columns == 0 else [""] * len(ticks))
        axes.yaxis.set_minor_locator(mticker.NullLocator())
        time_axis(axes, result)
        for begin, end in epidemics:
            axes.axvspan(begin, end, color="#ececec", linewidth=0, zorder=0)
        q05, q25, q50, q75, q95 = np.quantile(deaths[s], [0.05, 0.25, 0.5, 0.75, 0.95], axis=0)
        axes.fill_between(times, q05, q95, color=colour, alpha=0.20, linewidth=0)
        axes.fill_between(times, q25, q75, color=colour, alpha=0.38, linewidth=0)
        axes.plot(times, deaths[s, singles if n > 2 else []].T, color=GREY, linewidth=0.7, alpha=0.7)
        axes.plot(times, q50, color=colour, linewidth=2.6)
        if i % columns == 0:
            axes.set_ylabel(f"deaths in {year}")
        shown_votes = [v for v in votes if v <= result.times[-1]]
        axes.plot(shown_votes, [0.02] * len(shown_votes), "^", color=GREY, markersize=7, transform=axes.get_xaxis_transform(), clip_on=False)
        words, day = exit_text(result, s)
        if day is None:
            axes.annotate(words, (0.5, 1), (0, -4), "axes fraction", textcoords="offset points", ha="center", va="top", color=GREY, size=11)
        else:
            days = np.sort(np.where(np.isnat(result.exits[s]), result.times[-1], result.exits[s]))
            axes.axvspan(days[round(0.05 * (n - 1))], days[round(0.95 * (n - 1))], color=colour, alpha=0.10, linewidth=0, zorder=0)
            axes.axvline(day, color=BLACK, linewidth=1.4, linestyle=(0, (5, 2)))
            right = (day - result.begins[0]) / (result.times[-1] - result.begins[0]) > 0.5
            axes.annotate(words, (mdates.date2num(day), 1), (-5 if right else 5, -3), axes.get_xaxis_transform(), textcoords="offset points",
                          ha="right" if right else "left", va="top", color=BLACK, size=11)
        tail = f"1 in 20 above {count_text(high[s])}" if n >= 20 else f"highest {count_text(high[s])}"
        heading(axes, result.strategies[s] + (" (reference)" if s == result.reference else ""), f"peaks: middle run {count_text(np.median(peaks[s]))}, {tail}" if n > 1 else f"peak {count_text(peaks[s, 0])}", colour)

    x, y = place(cells - 1)
    draw_key(panel(figure, x, y, WIDTH_IN - 0.3 - x, height), n, bool(epidemics), len(votes) > 0)
    return figure


def draw_key(axes, n, with_epidemic, with_votes):
    """How to read the panels of deaths, in the place of one panel."""
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    heading(axes, "How to read a panel", colour=GREY)
    rows = [("median", "middle run at each time (median)"), ("half", "half of the runs"), ("most", "9 in 10 runs")] if n > 1 else [("median", "the run")]
    rows += [("single", "three single runs, the same in each\npanel: low, middle and high violence")] if n > 2 else []
    rows += [("exit", "the mission ends (shaded: in\n9 in 10 runs, where they differ)" if n > 1 else "the mission ends")]
    rows += [("votes", "a vote")] if with_votes else []
    rows += [("epidemic", "an epidemic")] if with_epidemic else []
    height = min(0.16, 1 / sum(1.6 if "\n" in text else 1 for _, text in rows))
    y = 1.0
    colour = PALETTE[0]
    for kind, text in rows:
        row = height * (1.6 if "\n" in text else 1)
        middle = y - row / 2
        x = np.linspace(0.0, 0.14, 40)
        if kind in ("half", "most", "epidemic"):
            look = {"half": (colour, 0.5), "most": (colour, 0.20), "epidemic": ("#e4e4e4", 1.0)}[kind]
            axes.fill_between([0, 0.14], middle - 0.32 * height, middle + 0.32 * height, color=look[0], alpha=look[1], linewidth=0)
        elif kind == "median":
            axes.plot([0, 0.14], [middle] * 2, color=colour, linewidth=2.6)
        elif kind == "single":
            for k in range(3):
                axes.plot(x, middle + 0.35 * height * ((k - 1) + 0.5 * np.sin(60 * x + k)), color=GREY, linewidth=0.8, alpha=0.75)
        elif kind == "exit":
            if n > 1:
                axes.fill_between([0.03, 0.12], middle - 0.45 * row, middle + 0.45 * row, color=colour, alpha=0.10, linewidth=0)
            axes.plot([0.07] * 2, [middle - 0.45 * row, middle + 0.45 * row], color=BLACK, linewidth=1.4, linestyle=(0, (5, 2)))
        else:
            axes.plot([0.07], [middle], "^", color=GREY, markersize=7)
        axes.text(0.18, middle, text, va="center", color=BLACK, size=BODY)
        y -= row


def draw_mission(result):
    uniformed = result.series("uniformed")
    is_open = result.series("mission_open") > 0.5
    ever_after = np.logical_or.accumulate(is_open[..., ::-1], axis=-1)[..., ::-1]
    counted = result.begins >= result.compare_from
    cost = np.cumsum(result.series("assessed_cost") * counted, axis=-1) / 1e6
    middle_cost = np.median(cost[..., -1], axis=1)
    leaves = [day for s in result.order if (day := exit_text(result, s)[1]) is not None]
    first, last = (month_text(min(leaves)), month_text(max(leaves))) if leaves else ("", "")
    dates = (f"from {first} to {last}" if first != last else f"in {first}") + (" or stay," if len(leaves) < len(result.order) else "")
    # Once the last mission has left, nothing in this picture moves.
    until = result.times[-1] if np.isnat(result.exits).any() else min(result.times[-1], result.exits.max() + YEAR)
    since = month_text(result.compare_from)
    costs = f"{span_text(middle_cost, count_text)} million USD after {since}"
    title = f"Missions end {dates} and cost {costs}" if leaves else f"Missions stay and cost {costs}"
    base = result.strategies[result.reference]
    subtitle = f"Medians over the replicates; bands hold 8 in 10 runs. Black: the reference ({base}). Consent is drawn while the mission is there."
    height_in = 10.6
    figure, bottom, top = new_figure(result, height_in, title, subtitle)
    row = (top - bottom) / 2
    upper, lower, height = bottom + row + 0.4, bottom + 0.4, row - 1.05

    axes = panel(figure, 0.9, upper, 7.3, height)
    time_axis(axes, result, until)
    curves = {}
    for s in reversed(result.order):
        values = uniformed[s]
        low, middle, high = spread(values, [0.1, 0.5, 0.9])
        gone = np.flatnonzero(middle > 0)
        end = gone[-1] + 2 if gone.size else middle.size
        axes.fill_between(result.times, low, high, color=result.colours[s], alpha=0.15, linewidth=0)
        axes.plot(result.times[:end], middle[:end], color=result.colours[s], linewidth=2.6)
        curves[result.strategies[s]] = (result.times[:end], middle[:end], result.colours[s])
    axes.set_ylim(0, uniformed.max() * 1.08 + 1)
    axes.yaxis.set_major_formatter(mticker.StrMethodFormatter("{x:,.0f}"))
    heading(axes, "Uniformed personnel", "persons deployed")
    line_labels(axes, curves)

    names = [str(c).replace("_", " ") for c in result.data["component_name"].values]
    axes = panel(figure, 9.3, upper, WIDTH_IN - 9.3 - 2.0, height)
    strength = result.data["strength"].isel(strategy=result.reference)
    parts = np.median(np.concatenate([strength.isel(replicate=result.keep[i:i + REPLICATES_AT_ONCE]).sum("region").values
                                      for i in range(0, result.keep.size, REPLICATES_AT_ONCE)]), axis=0).T
    shades = [str(v) for v in np.linspace(0.25, 0.82, len(names))]
    time_axis(axes, result, until)
    axes.stackplot(result.times, parts, colors=shades, linewidth=0.6, edgecolor="white")
    axes.set_ylim(0, parts.sum(axis=0).max() * 1.08 + 1)
    axes.yaxis.set_major_formatter(mticker.StrMethodFormatter("{x:,.0f}"))
    heading(axes, f"Components, {base}", "persons deployed; number at the start")
    for k, (name, shade) in enumerate(zip(reversed(names), reversed(shades))):
        y = 0.95 - k * 0.16
        axes.add_patch(plt.Rectangle((1.03, y - 0.035), 0.055, 0.07, color=shade, transform=axes.transAxes, clip_on=False))
        axes.text(1.11, y, f"{name}\n{parts[len(names) - 1 - k, 0]:,.0f}", va="center", size=11.5, transform=axes.transAxes)

    width, left = 3.45, 0.9
    consents = []
    for text, values in (("Consent of the government", result.series("consent_host")), ("Consent of the population", result.per_person("consent_popular"))):
        gone = ever_after.mean(axis=1) < 0.5  # [strategy x time] from here on, most runs have no mission
        bands = [np.where(gone[s], np.nan, spread(np.where(ever_after[s], values[s], np.nan), [0.1, 0.5, 0.9])) for s in range(len(values))]
        consents.append((text, bands))
    for i, (text, bands) in enumerate(consents):
        axes = panel(figure, left + i * 4.35, lower, width, height)
        time_axis(axes, result, until)
        axes.set_ylim(*level_limits([edge for band in bands for edge in (np.nanmin(band), np.nanmax(band))]))
        curves = {}
        for s in reversed(result.order):
            low, middle, high = bands[s]
            axes.fill_between(result.times, low, high, color=result.colours[s], alpha=0.15, linewidth=0)
            axes.plot(result.times, middle, color=result.colours[s], linewidth=2.6)
            end = np.flatnonzero(np.isfinite(middle))[-1]
            if end < middle.size - 1:
                axes.plot(result.times[end], middle[end], "o", color=result.colours[s], markersize=7)
            curves[result.strategies[s]] = (result.times, middle, result.colours[s])
        axes.yaxis.set_major_formatter(mticker.PercentFormatter(1, decimals=0))
        heading(axes, text, "100 % is full; dots: the mission ends")
        line_labels(axes, curves, near_end=0.4)

    label_room = room_for(figure, [f"{name} {max(middle_cost):,.0f}" for name in result.strategies])
    axes = panel(figure, left + 2 * 4.35 + 0.15, lower, WIDTH_IN - left - 2 * 4.35 - 0.15 - label_room, height)
    time_axis(axes, result, until)
    labels = []
    for s in reversed(result.order):
        low, middle, high = spread(cost[s], [0.1, 0.5, 0.9])
        axes.fill_between(result.times, low, high, color=result.colours[s], alpha=0.15, linewidth=0)
        axes.plot(result.times, middle, color=result.colours[s], linewidth=2.6)
        labels.append((middle[-1], f"{result.strategies[s]} {middle[-1]:,.0f}", result.colours[s]))
    axes.set_ylim(0, cost.max() * 1.05 + 1)
    axes.yaxis.set_major_formatter(mticker.StrMethodFormatter("{x:,.0f}"))
    heading(axes, "Assessed cost, added up", f"million USD from {since} on")
    end_labels(axes, labels)
    return figure


def relapse(result, years):
    """[strategy x replicate] whether armed conflict came within `years` of the day of comparison."""
    day = (result.begins >= result.compare_from) & (result.begins < result.compare_from + years * YEAR)
    return (result.series("armed_conflict")[..., day] > 0.5).any(axis=-1)


def draw_state(result):
    police = list(result.data["function_name"].values).index("police")
    shown = [("State control", "population in areas the government controls", result.per_person("state_control")),
             ("Capacity of the national police", "0 % none, 100 % full; people-weighted mean of the regions", result.per_person("capacity", function=police)),
             ("Services", "level delivered, by the state or for it", result.per_person("services")),
             ("Security", "how safe daily life is", result.per_person("security_level"))]
    span = (result.times[-1] - result.compare_from) / YEAR
    horizons = [y for y in (5.0, 10.0) if y <= span] or [max(span, 0.0)]
    longest = relapse(result, horizons[-1]).mean(axis=1)
    since = month_text(result.compare_from)
    percent = lambda x: short_text(100 * x)
    ends = np.median(shown[0][2][..., -1], axis=1)
    control = f"{100 * ends.min():.0f}" if round(100 * ends.min()) == round(100 * ends.max()) else f"{100 * ends.min():.0f} to {100 * ends.max():.0f}"
    title = f"Armed conflict within {short_text(horizons[-1])} years in {span_text(longest, percent)} % of runs; median state control ends at {control} %"
    base = result.strategies[result.reference]
    subtitle = f"Curves: medians; bands: 8 in 10 runs. Dots: runs with 25 or more battle deaths in a year; bars: 95 % intervals. Black: reference ({base})."
    rows_in = 0.42 * len(result.strategies)
    figure, bottom, top = new_figure(result, 9.6 + rows_in, title, subtitle)

    dots_in = rows_in + 1.35
    row = (top - bottom - dots_in) / 2
    width = 6.7 - 0.7 - room_for(figure, [f"{name} 99.9" for name in result.strategies])
    for i, (text, note, values) in enumerate(shown):
        axes = panel(figure, 0.85 + (i % 2) * 6.7, top - (i // 2 + 1) * row + 0.4, width, row - 1.05)
        time_axis(axes, result)
        labels, edges = [], []
        for s in reversed(result.order):
            low, middle, high = spread(values[s], [0.1, 0.5, 0.9])
            axes.fill_between(result.times, low, high, color=result.colours[s], alpha=0.13, linewidth=0)
            axes.plot(result.times, middle, color=result.colours[s], linewidth=2.6 if s == result.reference else 2.0)
            labels.append((middle[-1], result.colours[s]))
            edges += [low.min(), high.max()]
        axes.set_ylim(*level_limits(edges))
        axes.yaxis.set_major_formatter(mticker.PercentFormatter(1, decimals=0))
        axes.yaxis.set_major_locator(mticker.MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
        heading(axes, text, note)
        texts = level_texts([height for height, _ in labels])
        end_labels(axes, [(height, f"{result.strategies[s]} {text}", colour) for (height, colour), text, s in zip(labels, texts, reversed(result.order))])

    left = 0.1 + room_for(figure, result.strategies)
    width = (WIDTH_IN - left - 0.3) / (2 * len(horizons))
    for i, years in enumerate(horizons):
        happened = relapse(result, years)
        for k in range(2):
            axes = panel(figure, left + (2 * i + k) * width, bottom + 0.45, width - 0.3, rows_in)
            draw_dots(axes, result, happened, differences=k == 1, named=i + k == 0)
            text = f"Conflict within {short_text(years)} years" if k == 0 else "Difference"
            heading(axes, text, f"% of runs, from {since}" if k == 0 else f"from {base}, points")
    return figure


def draw_dots(axes, result, happened, differences, named):
    """Shares of runs with armed conflict, or their paired differences from the reference, as dots with 95 % intervals."""
    n = result.keep.size
    base = happened[result.reference]
    estimates = {}
    for s in result.order:
        estimates[s] = paired_difference(happened[s], base) if differences else (happened[s].mean(), *wilson(int(happened[s].sum()), n))
    ends = [100 * abs(v) for e in estimates.values() for v in e]
    reach = max(10.0, max(ends) * 1.1)
    axes.set_xlim(-reach if differences else -0.04 * reach, reach * (1.55 if differences else 1.3))
    axes.set_ylim(len(result.order) - 0.5, -0.5)
    axes.axvline(0, color=PALE, linewidth=1.0, zorder=0)
    for y, s in enumerate(result.order):
        value, low, high = (100 * v for v in estimates[s])
        colour = result.colours[s]
        if differences and s == result.reference:
            axes.text(0, y, " reference", va="center", color=colour, size=11.5)
            continue
        axes.plot([low, high], [y, y], color=colour, linewidth=3, alpha=0.55, solid_capstyle="butt")
        axes.plot([value], [y], "o", color=colour, markersize=9)
        same = differences and low == high == 0 and n > 1
        text = "no pair differs" if same else ("+" if differences and value >= 0.05 else "") + short_text(value)
        axes.annotate(text, (max(high, value), y), (9, 0), textcoords="offset points", va="center", color=colour, size=11.5)
    axes.set_yticks(range(len(result.order)), [result.strategies[s] for s in result.order] if named else [""] * len(result.order))
    for label, s in zip(axes.get_yticklabels(), result.order):
        label.set_color(result.colours[s])
        label.set_size(BODY)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_locator(mticker.MaxNLocator(4, integer=True))
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color="#eeeeee", linewidth=0.8)
    axes.set_axisbelow(True)


class Parser(argparse.ArgumentParser):
    def error(self, message):
        self.exit(64, f"{self.prog}: {message}; see --help\n")


def main():
    parser = Parser(prog="plot_compare.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("result", type=pathlib.Path, metavar="RESULT.h5", help="result file of drawdown compare")
    parser.add_argument("-o", "--output", type=pathlib.Path, metavar="FOLDER", help="where the pictures go (default: beside the result)")
    parser.add_argument("--format", choices=["png", "svg"], default="png", help="default: png")
    arguments = parser.parse_args()
    try:
        result = load(arguments.result)
        folder = arguments.output or arguments.result.parent
        for kind, draw in (("violence", draw_violence), ("mission", draw_mission), ("state", draw_state)):
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
