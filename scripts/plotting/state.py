"""State control, police, services, security, and how often armed conflict came back."""

import matplotlib.ticker as mticker
import numpy as np

from plotting.estimates import paired_difference, spread, wilson
from plotting.panels import end_labels, heading, level_limits, new_figure, panel, room_for, time_axis
from plotting.reading import YEAR
from plotting.style import BODY, PALE, WIDTH_IN
from plotting.words import level_texts, month_text, short_text, span_text


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
    columns = 2 if len(result.strategies) > 1 else 1  # one strategy differs from none
    width = (WIDTH_IN - left - 0.3) / (columns * len(horizons))
    for i, years in enumerate(horizons):
        happened = relapse(result, years)
        for k in range(columns):
            axes = panel(figure, left + (columns * i + k) * width, bottom + 0.45, width - 0.3, rows_in)
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
    # The axis is longer than the scale, for the numbers; no share lies beyond 100.
    ticks = mticker.MaxNLocator(2 if differences else 4, integer=True).tick_values(-min(reach, 100) if differences else 0, min(reach, 100))
    axes.set_xticks([t for t in ticks if -100 <= t <= 100 and -reach <= t <= 1.3 * reach])
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color="#eeeeee", linewidth=0.8)
    axes.set_axisbelow(True)
