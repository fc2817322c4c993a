"""Charts of a brief: the level with its records, the yearly rate, and what changed it.

Quiet ones: no frames, few lines, units in words above each panel. What is drawn is computed by the
public functions. Words and axes are drawn in `INK`, which follows the reader's light or dark page.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from paimana._extras import require
from paimana.measure import dynamics, growth, records
from paimana.report import html
from paimana.report.figures import calendar_of
from paimana.report.html import INK
from paimana.report.words import NOUNS, number, rate

if TYPE_CHECKING:
    from paimana.report.brief import Brief

__all__ = ["brief", "briefs", "clean", "drawing", "pictures"]

Array = np.ndarray[Any, Any]

# Mid-tones, readable on white and on near-black alike, and apart for the colour-blind.
LINE, RECORD, BASE, QUIET = "#3b82b0", "#d9822b", "#d9822b", "#8a939c"

BAR = 0.75
"""The width of bars, in periods."""

SHOWN = {"A": 60, "H": 40, "Q": 48, "M": 72, "W": 156, "D": 400}
"""Periods drawn: what one chart shows without crowding."""


@cache
def _chart() -> Any:
    """The figure of matplotlib that notebooks show in the colours of their page."""
    module = require("matplotlib.figure", "plot")

    class Chart(module.Figure):
        """A figure outside of pyplot's global state, shown where it is a cell's result."""

        def _repr_html_(self) -> str:
            return html.svg(self, "chart")

        def _repr_png_(self) -> bytes:
            return html.png_bytes(self)

    return Chart


def drawing(height: float) -> Any:
    """An empty figure of the width of a page."""
    return _chart()(figsize=(7.6, height), layout="constrained")


def brief(one: Brief) -> Any:
    """The three panels of a brief: level with records, yearly rate, and its change taken apart."""
    annual = one.freq == "A"
    figure = drawing(4.6 if annual else 6.6)
    heights = [2.2, 1.4] if annual else [2.2, 1.3, 1.3]
    panels = figure.subplots(len(heights), 1, sharex=True, gridspec_kw={"height_ratios": heights})
    shown = slice(max(0, one.past.slot + 1 - SHOWN[one.freq]), one.past.slot + 1)
    _draw_level(panels[0], one, shown)
    _draw_rates(panels[1], one, shown)
    if not annual:
        _draw_effects(panels[2], one, shown)
    _dates(panels[-1], one, shown)
    return figure


def briefs(several: list[Brief]) -> Any:
    """A row for each series: its level and its yearly rate."""
    figure = drawing(1.75 * len(several) + 0.3)
    grid = figure.subplots(len(several), 2, squeeze=False, sharex=True)
    first = several[0]
    shown = slice(max(0, first.past.slot + 1 - SHOWN[first.freq]), first.past.slot + 1)
    for (left, right), one in zip(grid, several, strict=True):
        _draw_level(
            left, one, shown, f"{one.title}, {one.measured_in}" if one.measured_in else one.title
        )
        _draw_rates(right, one, shown)
    for panel in grid[-1]:
        _dates(panel, first, shown)
    return figure


def pictures(one: Brief) -> list[tuple[Any, str]]:
    """The charts of a brief's page, each with its description in words."""
    words = (
        f"{one.title} from {one.past.words(one.past.first)} to {one.past.words(one.past.slot)}: "
        "the level with its records, its growth on the year before, and what changed that rate."
    )
    return [(brief(one), words)]


def _draw_level(panel: Any, one: Brief, shown: slice, title: str = "") -> None:
    """The level as a line, its records as dots, the last value in figures."""
    x = one.past.values
    slots = np.arange(len(x))
    panel.plot(slots[shown], x[shown], color=LINE, linewidth=1.6)
    best = np.asarray(records.record(x))[shown]
    marks = {"marker": "o", "color": RECORD, "markersize": 4.5, "linestyle": ""}
    if best.any():
        marks["label"] = f"a record since {one.past.words(one.past.first)}"
    panel.plot(slots[shown][best], x[shown][best], **marks)
    unit = f", {one.measured_in}" if one.measured_in else ""
    _title(panel, title or f"Level{unit}", key=bool(best.any()) and not title)
    _mark(panel, one.past.slot, one.level, one.past.shown(one.level), LINE)
    clean(panel)


def _draw_rates(panel: Any, one: Brief, shown: slice) -> None:
    """Yearly rates as bars, the last one in full colour and in figures."""
    x = one.past.values
    rates = np.asarray(growth.yoy(x, **calendar_of(one.past.time)))
    slots = np.arange(len(x))
    panel.bar(
        slots[shown], np.nan_to_num(rates[shown]), width=BAR, color=LINE, alpha=0.45, linewidth=0
    )
    panel.bar([one.past.slot], np.nan_to_num([one.yoy]), width=BAR, color=LINE, linewidth=0)
    panel.axhline(0, color=INK, linewidth=0.6, alpha=0.6)
    _title(panel, "Growth on the year before, %")
    _mark(panel, one.past.slot + BAR / 2, one.yoy, f"{rate(one.yoy)}%", LINE)
    clean(panel)


def _draw_effects(panel: Any, one: Brief, shown: slice) -> None:
    """The change of the yearly rate: bars of the base effect and of the rest that add up to it."""
    x = one.past.values
    effects = np.asarray(dynamics.base_effect(x, **calendar_of(one.past.time)))[shown]
    effects = np.where(np.isfinite(effects), effects, 0.0)
    slots = np.arange(len(x))[shown]
    current, base = effects[:, 0], effects[:, 1]
    panel.bar(slots, base, width=BAR, color=BASE, linewidth=0, label="base effect")
    # Parts of one sign stand on each other; parts of two signs on either side of zero.
    bottom = np.where(current * base > 0, base, 0.0)
    latest = f"the latest {NOUNS[one.freq]}"
    panel.bar(slots, current, bottom=bottom, width=BAR, color=QUIET, linewidth=0, label=latest)
    panel.axhline(0, color=INK, linewidth=0.6, alpha=0.6)
    _title(panel, "Change of that rate, percentage points", key=True)
    if np.isfinite(one.base_effect):
        top = (
            one.base_effect + max(one.current_effect, 0.0)
            if one.base_effect > 0
            else one.base_effect
        )
        _mark(panel, one.past.slot + BAR / 2, top, f"{rate(one.base_effect, sign=True)} base", BASE)
    clean(panel)


def _title(panel: Any, text: str, key: bool = False) -> None:
    """A title above a panel, to the left, and to the right what its colours mean."""
    panel.set_title(text, loc="left", fontsize=9.5, color=INK, pad=8)
    if key:
        panel.legend(
            loc="lower right",
            bbox_to_anchor=(1, 1),
            ncols=2,
            frameon=False,
            fontsize=9,
            labelcolor="linecolor",
            borderpad=0.2,
            borderaxespad=0.3,
            handlelength=0.7,
            handleheight=0.7,
            handletextpad=0.5,
            columnspacing=1.4,
        )


def _mark(panel: Any, place: float, value: float, words: str, color: str) -> None:
    """The last value in figures, to the right of where it stands."""
    if np.isfinite(value):
        panel.annotate(
            words,
            (place, value),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            fontsize=9.5,
            fontweight="bold",
            color=color,
            annotation_clip=False,
        )


def clean(panel: Any) -> None:
    """No frame, faint lines, ticks without marks."""
    for spine in panel.spines.values():
        spine.set_visible(False)
    panel.grid(axis="y", color="#808080", alpha=0.25, linewidth=0.6)
    panel.set_axisbelow(True)
    panel.tick_params(length=0, labelsize=8.5, colors=INK)
    panel.yaxis.set_major_formatter(_tick)
    panel.margins(x=0.01)
    panel.locator_params(axis="y", nbins=5)


def _tick(value: float, _place: int) -> str:
    """The label of a tick: whole numbers, but one decimal where ticks are close."""
    return number(value, 0 if abs(value) >= 5 or value == 0 else 1)


def _dates(panel: Any, one: Brief, shown: slice) -> None:
    """Years below the last panel, each at its first period."""
    time = one.past.time
    slots = list(range(shown.start, shown.stop))
    labels = [time.label(slot) for slot in slots]
    if not time.dated or one.freq == "A":
        step = max(1, len(slots) // 8)
        ticks = slots[::-1][::step]
        panel.set_xticks(ticks, [time.label(slot) for slot in ticks])
        return
    years = [label[:4] for label in labels]
    first = [i for i in range(1, len(years)) if years[i] != years[i - 1]]
    if labels[0].endswith(("-01", "Q1", "H1", "-W01")):
        first.insert(0, 0)
    if len(first) < 2:
        ends = sorted({slots[0], slots[-1]})
        panel.set_xticks(ends, [time.words(slot) for slot in ends])
        return
    step = max(1, len(first) // 10)
    panel.set_xticks([slots[i] for i in first[::step]], [years[i] for i in first[::step]])
