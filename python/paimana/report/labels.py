"""The figures of a brief by name: what they are called, their units, and how each is printed.

`KINDS` is the one list of them, in the order of reports; frames, printed tables, release tables and
the tiles of a page are all read from it. Sentences are in `words.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING

from paimana.report.words import NOUNS, number, rate, rate_digits

if TYPE_CHECKING:
    from paimana.report.brief import Brief

__all__ = [
    "KINDS",
    "applies",
    "cell",
    "column",
    "comparison",
    "heading_of",
    "is_printed",
    "label",
    "tiles",
    "unit",
]

KINDS = {
    "level": "level",
    "change": "change",
    "growth": "growth",
    "mom": "growth",
    "qoq": "growth",
    "annualized": "growth",
    "yoy": "growth",
    "ytd": "level",
    "ytd_base": "level",
    "ytd_growth": "growth",
    "sum12": "level",
    "mean12": "level",
    "rolling_growth": "growth",
    "rolling_annualized": "growth",
    "record": "flag",
    "record_low": "flag",
    "previous_record": "level",
    "previous_record_period": "period",
    "highest_since": "period",
    "lowest_since": "period",
    "from_peak": "growth",
    "rank": "rank",
    "rank_same_period": "rank",
    "streak": "periods",
    "yoy_streak": "periods",
    "share": "share",
    "yoy_before": "growth",
    "acceleration": "points",
    "base_effect": "points",
    "current_effect": "points",
}
"""What each figure is: this decides its unit and how it is printed."""

_ON_THE_PERIOD_BEFORE = ("change", "growth", "mom", "qoq", "annualized")

_OF_THE_YEAR = ("ytd", "ytd_base", "sum12", "mean12")

_SHORTER_THAN_A_YEAR = (
    *_OF_THE_YEAR,
    "ytd_growth",
    "yoy_streak",
    "base_effect",
    "current_effect",
)
"""What says nothing of its own about annual data."""

_SHORT = {
    "level": "Level",
    "change": "Change",
    "growth": "Growth",
    "mom": "m/m",
    "qoq": "q/q",
    "annualized": "Annualised",
    "yoy": "y/y",
    "ytd": "Year to date",
    "ytd_base": "Year before",
    "ytd_growth": "Year to date, growth",
    "sum12": "Last year, sum",
    "mean12": "Last year, average",
    "rolling_growth": "3 on 3",
    "rolling_annualized": "3 on 3, annualised",
    "record": "Record",
    "record_low": "Record low",
    "previous_record": "Earlier record",
    "previous_record_period": "Its period",
    "highest_since": "Highest since",
    "lowest_since": "Lowest since",
    "from_peak": "From peak",
    "rank": "Rank",
    "rank_same_period": "Rank, same period",
    "streak": "Streak",
    "yoy_streak": "Streak of y/y",
    "share": "Share",
    "yoy_before": "y/y before",
    "acceleration": "Change of y/y",
    "base_effect": "Base effect",
    "current_effect": "Current effect",
}


def applies(brief: Brief, name: str) -> bool:
    """Whether a figure of a brief could be computed and says something of its own."""
    value = getattr(brief, name)
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return False
    if name == "growth":  # said by m/m, q/q or y/y
        return brief.freq not in "AMQ"
    if brief.freq == "A":
        return name not in _SHORTER_THAN_A_YEAR
    return True


def is_printed(brief: Brief, name: str) -> bool:
    """Whether a figure has a row of its own in print: nothing that is said beside another."""
    if not applies(brief, name) or name == "previous_record_period":
        return False
    if name == "record_low":
        return brief.record_low
    if name in ("highest_since", "lowest_since"):
        place = getattr(brief.past, name)
        return place is not None and brief.past.slot - place > 2
    return True


def unit(brief: Brief, name: str) -> str:
    """The unit of a figure; that of short rates says whether the data are adjusted."""
    kind = KINDS[name]
    if kind in ("level", "change"):
        return brief.measured_in
    if kind == "growth" and name in _ON_THE_PERIOD_BEFORE and not brief.adjusted:
        return "%, not seasonally adjusted"
    if kind == "rank":
        return f"of {brief.past.same_period if name == 'rank_same_period' else brief.observations}"
    if kind == "periods":
        return f"{NOUNS[brief.freq]}s"
    return {"growth": "%", "share": "%", "points": "percentage points"}.get(kind, "")


def cell(brief: Brief, name: str) -> str:
    """A figure as printed."""
    value = getattr(brief, name)
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return "n/a"
    kind = KINDS[name]
    if kind == "flag":
        return "yes" if value else "no"
    if kind == "period":
        return brief.past.words(brief.past.time.slot(value))
    if kind in ("rank", "periods"):
        return f"{value:+d}" if kind == "periods" and value else str(value)
    if kind == "level":
        return brief.past.shown(value, brief.how == "mean" and name in _OF_THE_YEAR)
    if kind == "change":
        return number(value, brief.past.digits, sign=True)
    return rate(value, sign=kind != "share")


def label(brief: Brief, name: str) -> str:
    """The name of a figure in words, with the periods it is about."""
    past, noun = brief.past, NOUNS[brief.freq]
    month = past.words(past.slot).partition(" ")[0] if brief.freq == "M" and past.time.dated else ""
    adjective = "fiscal year" if past.fiscal else "year"
    year = f"{adjective} {past.year}"
    span = "average" if brief.how == "mean" else "total"
    names = {
        "level": "Level",
        "change": f"Change on the {noun} before",
        "growth": f"Growth on the {noun} before",
        "mom": "Growth on the month before (m/m)",
        "qoq": "Growth on the quarter before (q/q)",
        "annualized": f"Growth on the {noun} before, annualised",
        "yoy": "Growth on the year before (y/y)",
        "ytd": f"{year.capitalize()} to date, {span}",
        "ytd_base": "Same span of the year before",
        "ytd_growth": f"{year.capitalize()} to date, growth",
        "sum12": f"Sum of the last {past.time.per_year} {noun}s",
        "mean12": f"Average of the last {past.time.per_year} {noun}s",
        "rolling_growth": f"Three {noun}s on the three before",
        "rolling_annualized": f"Three {noun}s on the three before, annualised",
        "record": f"Record since {past.words(past.first)}, where the sample starts",
        "record_low": f"Lowest since {past.words(past.first)}, where the sample starts",
        "previous_record": "Highest value before",
        "previous_record_period": "Period of the highest value before",
        "highest_since": "Last time at least as high",
        "lowest_since": "Last time at least as low",
        "from_peak": "Distance from the peak",
        "rank": "Rank, 1 is the highest",
        "rank_same_period": f"Rank among all {month}s" if month else f"Rank among the same {noun}s",
        "streak": f"Consecutive rises (falls, if negative) on the {noun} before",
        "yoy_streak": "Consecutive positive (negative) yearly rates",
        "share": f"Share of {brief.share_of}",
        "yoy_before": f"y/y of the {noun} before",
        "acceleration": f"Change of y/y on the {noun} before",
        "base_effect": "of which base effect",
        "current_effect": f"of which the latest {noun}",
    }
    return names[name]


def tiles(brief: Brief) -> list[tuple[str, str]]:
    """The lead figures of a page."""
    chosen = [("level", brief.measured_in or "level"), ("yoy", "on the year")]
    short_rate = {"M": "on the month", "Q": "on the quarter", "H": "on the half-year"}
    unadjusted = "" if brief.adjusted else ", unadjusted"
    chosen.append(("growth", f"{short_rate.get(brief.freq, 'on the period before')}{unadjusted}"))
    year = f"fiscal year {brief.past.year}" if brief.past.fiscal else str(brief.past.year)
    growth = f", {cell(brief, 'ytd_growth')}%" if isfinite(brief.ytd_growth) else ""
    chosen.append(("ytd", f"{year} to date{growth}"))
    if brief.freq == "A":
        chosen = chosen[:2]
    sign = {"growth": "%"}
    return [
        (cell(brief, name) + sign.get(KINDS[name], ""), caption)
        for name, caption in chosen
        if isfinite(getattr(brief, name))
    ]


def comparison(briefs: list[Brief]) -> tuple[list[str], list[list[str]], list[int]]:
    """A table of several briefs: one row each, the main figures side by side."""
    names = ["level", "mom", "qoq", "growth", "yoy", "ytd", "ytd_growth", "from_peak", "share"]
    names = [name for name in names if any(applies(brief, name) for brief in briefs)]
    header = ["", *(heading_of(briefs[0], name) for name in names)]
    rows = [[brief.title] for brief in briefs]
    for name in names:
        for row, text in zip(rows, column(briefs, name), strict=True):
            row.append(text)
    return header, rows, list(range(1, len(header)))


def column(briefs: Sequence[Brief], name: str) -> list[str]:
    """A figure of several briefs as printed below each other: rates with the same decimals."""
    kind = KINDS[name]
    if kind not in ("growth", "share", "points"):
        return [cell(brief, name) for brief in briefs]
    values = [getattr(brief, name) for brief in briefs]
    digits = rate_digits(*values)
    return [number(value, digits, sign=kind != "share") for value in values]


def heading_of(brief: Brief, name: str) -> str:
    """The heading of a column: the name of the figure with its unit."""
    if KINDS[name] in ("growth", "share"):
        caveat = ", unadjusted" if name in _ON_THE_PERIOD_BEFORE and not brief.adjusted else ""
        return f"{_SHORT[name]}, %{caveat}"
    if KINDS[name] in ("level", "change") and brief.measured_in:
        return f"{_SHORT[name]}, {brief.measured_in}"
    return f"{_SHORT[name]}, points" if KINDS[name] == "points" else _SHORT[name]
