"""The base of each period for rates by the month, the quarter and the year.

Where a year is a fixed number of periods it is a lag, else a slot for every slot: days are compared
with the same date, weeks on request with the ISO week of the same number, business days with the
last row at hand, which the core finds for each series.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from paimana._frequency import FIRST_MONDAY, PER_YEAR

if TYPE_CHECKING:
    from paimana._time import Time

__all__ = ["Base", "OnOrBefore", "base_of"]

Array = np.ndarray[Any, Any]


class OnOrBefore(NamedTuple):
    """The last row of a series on or before a slot for every slot."""

    slots: Array


Base = int | Array | OnOrBefore


def base_of(time: Time, kind: str, match: str | None) -> Base:
    """Base of each period for "mom", "qoq" or "yoy"; see `Time.base`."""
    if kind == "yoy":
        return _year_before(time, match)
    lags = {"mom": {"M": 1}, "qoq": {"Q": 1, "M": 3}}[kind]
    if time.freq not in lags:
        wanted = "monthly" if kind == "mom" else "quarterly or monthly"
        advice = "bring them to a lower frequency first, or use growth(x, lag=...)"
        if time.freq in "AHQ":
            advice = "use qoq(x) or growth(x)" if time.freq == "Q" else "use growth(x)"
        raise ValueError(
            f"{kind} compares with the {'month' if kind == 'mom' else 'quarter'} before and needs "
            f"{wanted} data; these are {time.name}: {advice}"
        )
    return lags[time.freq]


def _year_before(time: Time, match: str | None) -> Base:
    allowed = {"W": (None, "iso_week"), "D": (None, "last_available")}.get(time.freq, (None,))
    if match not in allowed:
        if match in ("iso_week", "last_available"):
            wanted = "weekly" if match == "iso_week" else "daily"
            raise ValueError(
                f'match="{match}" is for {wanted} data; these are {time.name}: leave it out'
            )
        raise ValueError(
            f'match={match!r} is not known: leave it out, or give "iso_week" for weekly data or '
            '"last_available" for daily data'
        )
    if time.freq == "W":
        return 52 if match is None else _same_iso_week(time)
    if time.freq != "D":
        return PER_YEAR[time.freq]
    time.need_dates()
    slots = _same_date_before(np.arange(time.start, time.start + time.span)) - time.start
    slots = np.maximum(slots, -1)
    return slots if match is None else OnOrBefore(slots)


def _same_iso_week(time: Time) -> Array:
    """The slot of the same ISO week of the year before; -1 where it has no week of this
    number.
    """
    time.need_dates()
    weeks = np.arange(time.start, time.start + time.span)
    thursdays = (7 * weeks + FIRST_MONDAY + 3).astype("M8[D]")
    years = thursdays.astype("M8[Y]")
    first = _first_week(years)
    base = _first_week(years - 1) + (weeks - first)
    return np.where(base < first, np.maximum(base - time.start, -1), -1)


def _same_date_before(days: Array) -> Array:
    """The same date of the year before, in days since 1970; of 29 February the 28th."""
    dates = days.astype("M8[D]")
    months = dates.astype("M8[M]")
    before = months - 12
    same = before.astype("M8[D]") + (dates - months.astype("M8[D]"))
    same -= (same.astype("M8[M]") > before).astype(np.int64)
    return same.astype(np.int64)


def _first_week(years: Array) -> Array:
    """The ordinal of ISO week 1, the week with 4 January."""
    january_4 = years.astype("M8[D]").astype(np.int64) + 3
    return (january_4 - FIRST_MONDAY) // 7
