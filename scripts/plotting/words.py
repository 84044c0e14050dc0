"""Numbers, days and headings as text."""

import textwrap

import numpy as np


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


def balanced(text, width):
    """The text in as few lines of at most `width` characters as it needs, about equally long."""
    rows = best = textwrap.wrap(text, width)
    for narrower in range(width, 0, -4):
        tried = textwrap.wrap(text, narrower)
        if len(tried) > len(rows):
            break
        best = tried
    return best
