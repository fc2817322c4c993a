"""Charts of a seasonal adjustment: its components over time, and its factors by period of the year.

What stands here draws arrays; it knows no container and computes nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from paimana._extras import require
from paimana.report.html import INK

__all__ = ["by_period", "components"]

Array = np.ndarray[Any, Any]
BLUE, ORANGE, GREY = "#1f6fb4", "#c8641e", "#8a939c"


def components(
    dates: Array,
    tables: dict[str, Array],
    neutral: float,
    heading: str,
    ahead: tuple[Array, Array, Array, Array] | None = None,
) -> Any:
    """The original, adjusted series and trend above the factors and the irregular.

    `ahead` are the dates of forecasts, the forecasts and their limits. Where the tables have a
    ``"d18"``, it has a panel of its own.
    """
    calendar = tables.get("d18")
    panels = 3 if calendar is None else 4
    figure, (top, *rows) = _figure(7.2 if calendar is None else 8.4, panels, [3, 1, 1, 1][:panels])
    middle, bottom = rows[0], rows[-1]
    top.plot(dates, tables["a1"], color=GREY, linewidth=0.8, label="original")
    top.plot(dates, tables["d11"], color=BLUE, linewidth=1.2, label="adjusted (D11)")
    top.plot(dates, tables["d12"], color=ORANGE, linewidth=1.4, label="trend (D12)")
    if ahead is not None:
        when, points, lower, upper = ahead
        # from the last value on, so that there is no gap between
        joined = [np.concatenate((tables["a1"][-1:], each)) for each in (points, lower, upper)]
        when = np.concatenate((dates[-1:], when))
        top.plot(when, joined[0], color=GREY, linewidth=0.8, linestyle="--", label="forecast, 95 %")
        top.fill_between(when, joined[1], joined[2], color=GREY, alpha=0.2, linewidth=0)
    # on the line of the title, where no series runs through it
    top.legend(
        frameon=False,
        loc="lower right",
        bbox_to_anchor=(1, 1),
        borderaxespad=0,
        ncols=4,
        labelcolor=INK,
        fontsize=9,
    )
    _title(top, heading or "Seasonal adjustment by X-11")
    middle.plot(dates, tables["d10"], color=BLUE, linewidth=0.9)
    _title(middle, "Seasonal factors (D10)")
    bottom.vlines(dates, neutral, tables["d13"], color=BLUE, linewidth=0.8)
    _title(bottom, "Irregular (D13)")
    if calendar is not None:
        rows[1].plot(dates, calendar, color=BLUE, linewidth=0.9)
        _title(rows[1], "Trading days and holidays (D18)")
    for axes in rows:
        axes.axhline(neutral, color=INK, linewidth=0.6)
    return figure


def by_period(
    si: Array, factors: Array, replaced: Array, phase: int, names: list[str], heading: str
) -> Any:
    """The SI values and factors of every period of the year, side by side, with their means."""
    figure, (axes,) = _figure(4.2, 1, [1])
    period = len(names)
    where = (phase + np.arange(len(si))) % period
    for month in range(period):
        own = np.flatnonzero(where == month)
        if not len(own):
            continue
        across = month + 0.1 + 0.8 * np.arange(len(own)) / max(len(own) - 1, 1)
        kept = ~replaced[own]
        axes.scatter(across[kept], si[own][kept], s=7, color=GREY, linewidths=0)
        axes.scatter(
            across[~kept], si[own][~kept], s=9, facecolors="none", edgecolors=GREY, linewidths=0.7
        )
        axes.plot(across, factors[own], color=BLUE, linewidth=1.3)
        axes.hlines(factors[own].mean(), month + 0.1, month + 0.9, color=ORANGE, linewidth=1.0)
    axes.set_xticks(np.arange(period) + 0.5, names)
    axes.set_xlim(0, period)
    words = "SI values (D8; open: replaced) and seasonal factors (D10) by period of the year"
    _title(axes, f"{heading}: {words}" if heading else words)
    return figure


def _figure(height: float, rows: int, ratios: list[int]) -> Any:
    """A figure without a window, and its axes."""
    figure = require("matplotlib.figure", "plot").Figure(figsize=(9, height), layout="constrained")
    share = "all" if rows > 1 else "none"
    grid = figure.subplots(
        rows, 1, sharex=share, squeeze=False, gridspec_kw={"height_ratios": ratios}
    )
    for axes in grid[:, 0]:
        axes.spines[["top", "right"]].set_visible(False)
        axes.spines[["left", "bottom"]].set_color(INK)
        axes.tick_params(colors=INK, labelsize=9)
    return figure, list(grid[:, 0])


def _title(axes: Any, text: str) -> None:
    axes.set_title(text, loc="left", fontsize=10, color=INK)
