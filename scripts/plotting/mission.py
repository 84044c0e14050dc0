"""Strength, components, consent and cost of the mission."""

import matplotlib.pyplot as plt
import matplotlib.ticker as mticker
import numpy as np

from plotting.estimates import spread
from plotting.panels import end_labels, heading, level_limits, line_labels, new_figure, panel, room_for, time_axis
from plotting.reading import REPLICATES_AT_ONCE, YEAR
from plotting.style import WIDTH_IN
from plotting.words import count_text, exit_text, month_text, span_text


UNIFORMED = ["military", "observers", "formed_police", "police"]  # all others are sections of civilians


def grouped_components(names, parts):
    """Names and [component x time] strength with the civilian sections as one, without those that nobody ever serves in."""
    civilian = [i for i, name in enumerate(names) if name not in UNIFORMED]
    rows = [(name.replace("_", " "), parts[i]) for i, name in enumerate(names) if name in UNIFORMED]
    if civilian:
        rows.append(("civilian", parts[civilian].sum(axis=0)))
    rows = [(name, row) for name, row in rows if row.max() >= 0.5] or rows
    return [name for name, _ in rows], np.stack([row for _, row in rows])


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

    axes = panel(figure, 9.3, upper, WIDTH_IN - 9.3 - 2.0, height)
    strength = result.data["strength"].isel(strategy=result.reference)
    parts = np.median(np.concatenate([strength.isel(replicate=result.keep[i:i + REPLICATES_AT_ONCE]).sum("region").values
                                      for i in range(0, result.keep.size, REPLICATES_AT_ONCE)]), axis=0).T
    names, parts = grouped_components([str(c) for c in result.data["component_name"].values], parts)
    shades = [str(v) for v in np.linspace(0.25, 0.82, len(names))]
    time_axis(axes, result, until)
    axes.stackplot(result.times, parts, colors=shades, linewidth=0.6, edgecolor="white")
    axes.set_ylim(0, parts.sum(axis=0).max() * 1.08 + 1)
    axes.yaxis.set_major_formatter(mticker.StrMethodFormatter("{x:,.0f}"))
    heading(axes, f"Components, {base}", "persons deployed; number at the start")
    for k, (name, shade) in enumerate(zip(reversed(names), reversed(shades))):
        y = 0.95 - k * 0.16  # at most five: they end above the panel below
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
