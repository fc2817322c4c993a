"""From names to columns: each regressor is one call of the core over the periods of a `Time`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from paimana import _core
from paimana._frequency import first_days
from paimana._time import Time
from paimana.calendar._events import HOLIDAYS, SOLAR_YEAR, Dates, year_of
from paimana.calendar._holidays import holiday_column
from paimana.calendar._names import Name, read_name
from paimana.calendar._result import Regressors
from paimana.calendar._week import Weekend, weekends

__all__ = ["Options", "build"]

Array = np.ndarray[Any, Any]

LONGEST_EASTER = 25
"""Days of the longest window before Easter, as in X-13."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Options:
    """What the names leave open.

    Attributes
    ----------
    weekend
        The days of rest; see `regressors`.
    hijri, country, overrides
        Whose dates moving holidays have; see `regressors`.
    share, centre
        What the days of a holiday are a share of, and what mean is taken off it.
    """

    weekend: Weekend = "sat-sun"
    hijri: str = "umm_al_qura"
    country: str | None = None
    overrides: Mapping[Any, Any] | None = None
    share: str = "event"
    centre: str | None = "overall"


@dataclass(frozen=True)
class _Span:
    """The periods of the columns: those of the data, `back` before and `ahead` after them."""

    time: Time
    back: int
    n: int

    @property
    def first(self) -> int:
        return self.time.start - self.back

    @property
    def grid(self) -> tuple[str, int, int]:
        return self.time.freq, self.first, self.n

    @property
    def days(self) -> tuple[int, int]:
        """The first and the last day."""
        first, after = first_days(
            self.time.freq, np.array([self.first, self.first + self.n], dtype=np.int64), 0
        ).astype(np.int64)
        return int(first), int(after) - 1

    def words(self, position: int) -> str:
        return self.time.words(position - self.back)


def build(
    time: Time, names: Iterable[Any], options: Options, back: int = 0, ahead: int = 0
) -> Regressors:
    """The columns that names stand for, over the span of a `Time`, `back` periods before and
    `ahead` after it.

    Raises
    ------
    ValueError
        If a name is none, occurs twice, or has no meaning for data of this frequency.
    """
    time.need_dates()
    if isinstance(names, str):
        raise TypeError(f'names is a list of texts: write ["{names}"]')
    if time.freq in "AH" and time.first_month != 1:
        raise ValueError("regressors of fiscal years are not made: give months or quarters")
    span = _Span(time, back, back + time.span + ahead)
    columns: dict[str, Array] = {}
    groups: list[str] = []
    read = [read_name(text, time) for text in names]
    moving = tuple(name.kind for name in read if name.kind in HOLIDAYS)
    for name in read:
        for label, column, group in _columns(name, span, options, moving):
            if label in columns:
                raise ValueError(f'"{label}" occurs twice: name each regressor once')
            columns[label] = column
            groups.append(group)
    slots = range(-back, time.span + ahead)
    labels = tuple(time.label(slot) for slot in slots)
    values = np.stack(list(columns.values()), axis=1) if columns else np.empty((span.n, 0))
    return Regressors(tuple(columns), tuple(groups), labels, values)


def _columns(
    name: Name, span: _Span, options: Options, moving: tuple[str, ...]
) -> list[tuple[str, Array, str]]:
    """The columns of one name, each with its label and its group; `moving` are all holidays."""
    kind, grid = name.kind, span.grid
    if name.window is not None:
        dates = Dates(options.hijri, options.country, options.overrides)
        of = options.share, options.centre
        column = holiday_column(name.label, kind, name.window, grid, span.days, dates, moving, *of)
        if not np.ptp(column):
            within = f"{span.words(0)} to {span.words(span.n - 1)}"
            raise ValueError(
                f'"{name.label}" does not fall into the data ({within}), or into all periods '
                "alike, so that its column would be a constant: leave it out"
            )
        return [(name.label, column, "holiday")]
    if kind in ("td", "tdstock"):
        week = weekends(options.weekend)
        if name.days is None:
            found = _core.calendar.trading_days(*grid, week)
        else:
            found = _core.calendar.stock_trading_days(*grid, week, name.days)
        labels = (f"{name.label}_{place}" for place in _places(week))
        return [(label, column, "td") for label, column in zip(labels, found, strict=True)]
    if kind == "td1":
        return [
            (name.label, _core.calendar.weekday_contrast(*grid, weekends(options.weekend)), "td")
        ]
    if kind in ("lpyear", "lom", "loq"):
        return [(name.label, _core.calendar.length(*grid, kind), "td")]
    if name.slots:
        return [_outlier(name, span)]
    if kind == "easter" and grid[0] == "W":
        column = _easter_of_weeks(name, span)
    else:
        column = _core.calendar.easter(*grid, name.days or 0, kind == "easterstock")
    return [(name.label, column, "holiday")]


def _easter_of_weeks(name: Name, span: _Span) -> Array:
    """The share of the days before Easter in each week, less its mean over all weeks.

    X-13 has Easter for months and quarters alone, and takes off the mean of each. Weeks have no
    fixed place in the year, so the mean is that of all: one Easter in 52.18 of them.
    """
    days, last = name.days or 0, LONGEST_EASTER
    if not 1 <= days <= last:
        raise ValueError(
            f'"{name.label}" must name from 1 to {last} days before Easter, such as "easter[8]"'
        )
    start, end = span.days
    sundays = _core.calendar.easter_sundays(year_of(start), year_of(end))
    spells = [(sunday - days, sunday - 1) for sunday in sundays]
    mean = 7 / SOLAR_YEAR
    return np.asarray(_core.calendar.window(*span.grid, spells, "event", mean, None))


def _places(week: list[tuple[int, str]]) -> list[str]:
    """The names of the six contrasts: days of the week, or places in it where the weekend moved."""
    ends = {name.split("-")[-1] for _, name in week}
    if len(ends) > 1:
        return [f"day{place}" for place in range(1, 7)]
    after = DAYS.index(ends.pop()) + 1
    return [DAYS[(after + place) % 7] for place in range(6)]


def _outlier(name: Name, span: _Span) -> tuple[str, Array, str]:
    """The column of an outlier, which must be more than a constant within the span."""
    kind, at = name.kind, name.slots[0] + span.back
    last = name.slots[1] + span.back if kind == "rp" else None
    if kind == "so" and span.time.freq not in "MQH":
        raise ValueError(
            f'"{name.label}": a seasonal outlier is for monthly, quarterly and half-yearly data, '
            f"and these are {span.time.name}"
        )
    end = at if last is None else last
    # a level shift at the first period, and what lies outside of the span, is a constant
    least = 0 if kind in ("ao", "tc") else 1
    if end < least or at >= span.n:
        within = f"{span.words(0)} to {span.words(span.n - 1)}"
        raise ValueError(
            f'"{name.label}" lies outside of the data ({within}), so that its column would hold '
            "nothing: leave it out"
            if end < 0 or at >= span.n
            else f'"{name.label}" begins with the data ({within}), so that its column would hold '
            "nothing: leave it out, or begin it a period later"
        )
    period = span.time.per_year
    column = _core.calendar.outlier(kind, at, last, period, 0, span.n)
    return name.label, column, "ls" if kind == "rp" else kind
