"""What all pictures share: size, colours, heading and small print, panels, axes of time, and labels that keep out of the way."""

import matplotlib

matplotlib.use("Agg")
import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np

from plotting.reading import YEAR
from plotting.style import BLACK, BODY, DPI, GREY, NAME, SMALL, TITLE, WIDTH_IN
from plotting.words import balanced


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
