"""Deaths by violence, one panel a strategy."""

import matplotlib.dates as mdates
import matplotlib.ticker as mticker
import numpy as np

from plotting.panels import heading, new_figure, panel, time_axis
from plotting.reading import YEAR
from plotting.style import BLACK, BODY, GREY, PALETTE, WIDTH_IN
from plotting.words import count_text, exit_text, month_text, span_text


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
