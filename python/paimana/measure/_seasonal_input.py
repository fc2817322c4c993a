"""From a container to the series that seasonal adjustment takes, and back.

X-11 wants one complete series at a time, and where in its year it begins. What stands here lays a
container out so, says what is wrong with it by the name of the period and the series, and puts
results back into the rows of the input. No adjustment is computed here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from paimana import _core
from paimana._containers import Data, read
from paimana._period import MONTHS
from paimana._time import Time
from paimana.measure._common import calendar, flag, number
from paimana.measure._common import count as whole

__all__ = ["Lanes", "Series", "added", "lanes", "options", "period_names"]

Array = np.ndarray[Any, Any]

PERIODS = {"H": 2, "Q": 4, "M": 12, "W": 52}
MODES = ("mult", "add", "logadd", "pseudoadd")


@dataclass(frozen=True, slots=True)
class Series:
    """One complete series.

    Attributes
    ----------
    values
        Its values, from the first observed one to the last.
    first
        The slot of the first one.
    phase
        The period of the year in which it begins, from 0.
    filled
        Which values were missing and have been interpolated.
    """

    values: Array
    first: int
    phase: int
    filled: Array


@dataclass(frozen=True, slots=True)
class Lanes:
    """The series of a container, and the way back to its rows.

    Attributes
    ----------
    data
        The container as read.
    period
        The number of periods in a year.
    span
        The number of periods from the first row to the last, absent ones included.
    series
        Every series, in the order of the container.
    """

    data: Data
    period: int
    span: int
    series: list[Series]

    @property
    def single(self) -> bool:
        """Whether the container is one series."""
        return self.data.values.ndim == 1

    @property
    def names(self) -> list[Any]:
        """The name of every series."""
        return self.data.columns

    def by_name(self, found: Sequence[Any]) -> Any:
        """What was found of the only series, or of several a dictionary by name."""
        if self.single:
            return found[0]
        made = dict(zip(self.names, found, strict=True))
        if len(made) < len(found):
            twice = next(name for name in made if self.names.count(name) > 1)
            raise ValueError(
                f"several series have the name {twice!r}, so that results cannot be told apart by "
                "it: give every column a name of its own"
            )
        return made

    def rows(self, columns: Sequence[Array], nothing: float | bool = np.nan) -> Array:
        """One array per series, over its own span, as an array of the container's shape."""
        full: Array = np.full((self.span, len(columns)), nothing)
        for lane, (column, one) in enumerate(zip(columns, self.series, strict=True)):
            full[one.first : one.first + len(column), lane] = column
        data = self.data
        there: Array = full if data.slots is None else full[data.slots]
        shape = np.moveaxis(data.values, data.axis, 0).shape
        return np.moveaxis(there.reshape(shape), 0, data.axis)

    def like(self, columns: Sequence[Array]) -> Any:
        """One array per series as the class of the input, with its labels."""
        return self.data.like(np.ascontiguousarray(self.rows(columns)))

    def after(self, columns: Sequence[Array], first: Sequence[int]) -> Any:
        """Arrays that begin at slots of their own, on the periods they span together."""
        start, end = min(first), max(f + len(c) for f, c in zip(first, columns, strict=True))
        full = np.full((end - start, len(columns)), np.nan)
        for lane, (column, at) in enumerate(zip(columns, first, strict=True)):
            full[at - start : at - start + len(column), lane] = column
        data, time = self.data, self.data.time
        moved = np.moveaxis(data.values, data.axis, 0).shape
        values = np.moveaxis(full.reshape(end - start, *moved[1:]), 0, data.axis)
        n = end - start
        if time is None:
            return data.at(Time("D", start, None, n, n, dated=False), values)
        return data.at(
            Time(
                time.freq,
                time.start + start,
                None,
                n,
                n,
                time.first_month,
                time.fy_label,
                time.dated,
            ),
            values,
        )

    def dates(self, lane: int, ahead: int | None = None) -> Array:
        """The dates of one series, or the numbers of its periods where there is no calendar.

        With `ahead` those of so many periods after its last.
        """
        one, time = self.series[lane], self.data.time
        n = len(one.values) if ahead is None else ahead
        first = one.first if ahead is None else one.first + len(one.values)
        if time is None or not time.dated:
            return np.arange(first, first + n)
        start = time.start + first
        return Time(time.freq, start, None, n, n, time.first_month, time.fy_label).dates()

    def places(self, slots: Array) -> str:
        """Periods in words."""
        return _places(self.data, slots)

    def need_positive(self, way: str) -> None:
        """Raise where a value is not above zero, with the reason and the way out."""
        for lane, one in enumerate(self.series):
            bad = np.flatnonzero(one.values <= 0)
            if len(bad):
                name = self.data.lane_label(lane) or "x"
                raise ValueError(f"{name} is not positive in {self.places(one.first + bad)}: {way}")

    def label(self, slot: int) -> str:
        """The label of a period: "2024-04", or its position."""
        time = self.data.time
        return str(slot) if time is None else time.label(slot)

    def run(self, kernel: Callable[..., Any], *args: Any) -> Any:
        """Call the core; its errors name the period and the series."""
        try:
            return kernel(*args)
        except _core.PlacedError as error:
            where: tuple[str, int, int] = error.args  # type: ignore[assignment]
            sentence, row, lane = where
            slot = self.series[lane].first + row
            time = self.data.time
            place = f"position {slot}" if time is None else time.words(slot)
            name = self.data.lane_label(lane)
            named = {"place": f"{name}, {place}" if name else place, "series": name or "the series"}
            raise ValueError(sentence.format(**named)) from None

    def jobs(self, backcast: Array | None = None, forecast: Array | None = None) -> list[Any]:
        """What the core takes: values, phase, backcasts and forecasts of every series."""
        none = np.empty(0)
        return [
            (
                one.values,
                one.phase,
                none if backcast is None else np.ascontiguousarray(backcast[:, lane]),
                none if forecast is None else np.ascontiguousarray(forecast[:, lane]),
            )
            for lane, one in enumerate(self.series)
        ]


def lanes(
    x: Any,
    function: str,
    *,
    mode: str = "add",
    period: int | None = None,
    na: str = "raise",
    fill: Callable[[Array, int, Array, int], Array] | None = None,
    where: dict[str, Any],
) -> Lanes:
    """Read a container for seasonal adjustment.

    Parameters
    ----------
    x
        The container.
    function
        The public function, for messages.
    mode
        The mode of adjustment; all but ``"add"`` need positive values.
    period
        Periods in a year, where the frequency does not tell.
    na
        ``"raise"`` or ``"interpolate"``.
    fill
        What interpolates: from values with NaN, their phase, the mask of what is missing, and the
        periods in a year.
    where
        The arguments that say where the time of the data is.
    """
    data = read(x, **where)
    year, start = _year(data, function, period)
    if na not in ("raise", "interpolate"):
        raise ValueError(f'na={na!r} is not known: give "raise" or "interpolate"')
    if mode not in MODES:
        raise ValueError(f'mode={mode!r} is not known: give "mult", "add", "logadd" or "pseudoadd"')
    values = _complete(data)
    if not values.shape[1]:
        raise ValueError(f"x has no series: {function} needs at least one column of numbers")
    found: list[Series] = []
    for lane in range(values.shape[1]):
        name = data.lane_label(lane) or "x"
        column = np.ascontiguousarray(values[:, lane])
        known = np.flatnonzero(np.isfinite(column))
        if not len(known):
            raise ValueError(f"{name} has no observed value: {function} needs three years of them")
        first, end = int(known[0]), int(known[-1]) + 1
        column, phase = column[first:end], (start + first) % year
        missing = ~np.isfinite(column)
        _check(data, name, column, first, year, mode, function)
        if missing.any():
            if na == "raise" or fill is None:
                places = _places(data, first + np.flatnonzero(missing))
                infinite = np.isinf(column[missing])
                what = "infinite" if infinite.all() else "missing"
                what += " or infinite" if infinite.any() and not infinite.all() else ""
                way = ', or give na="interpolate"' if fill is not None else ""
                raise ValueError(
                    f"{name} is {what} in {places}: {function} needs every period; "
                    f"fill it first{way}"
                )
            column = fill(column, phase, missing, year)
        found.append(Series(column, first, phase, missing))
    return Lanes(data, year, len(values), found)


def _complete(data: Data) -> Array:
    """The values as (periods, series), with every absent period as a missing row."""
    values = np.moveaxis(data.values, data.axis, 0)
    values = values.reshape(len(values), prod(values.shape[1:]))
    if data.slots is None:
        return values
    span = data.time.span if data.time is not None else int(data.slots.max(initial=-1)) + 1
    full = np.full((span, values.shape[1]), np.nan)
    full[data.slots] = values
    return full


def _year(data: Data, function: str, period: int | None) -> tuple[int, int]:
    """Periods in a year, and the period of the year in which slot 0 lies."""
    time = data.time
    if period is not None:
        year = whole(period, "period", 2)
    else:
        freq = calendar(data, function, "how many periods a year has").freq
        if freq not in PERIODS:
            name = "annual" if freq == "A" else "daily"
            raise ValueError(
                f"{function} takes half-yearly, quarterly, monthly or weekly data; these are {name}"
                + (", which have no seasons" if freq == "A" else ": give period=, such as period=7")
            )
        year = PERIODS[freq]
    dated = time is not None and time.dated and PERIODS.get(time.freq) == year and year != 52
    return year, time.start % year if dated and time is not None else 0


def _check(
    data: Data, name: str, x: Array, first: int, year: int, mode: str, function: str
) -> None:
    if len(x) < 3 * year:
        periods = "1 period" if len(x) == 1 else f"{len(x)} periods"
        raise ValueError(
            f"{name} has {periods}: {function} needs at least three years, {3 * year} periods"
        )
    known = x[np.isfinite(x)]
    if (known == known[0]).all():
        raise ValueError(f"{name} is constant: there is no seasonal pattern to find")
    if mode != "add":
        bad = np.flatnonzero(x <= 0)
        if len(bad):
            raise ValueError(
                f"{name} is not positive in {_places(data, first + bad)}: "
                f'mode="{mode}" takes ratios and needs values above zero; use mode="add"'
            )


def _places(data: Data, slots: Array, most: int = 3) -> str:
    """Periods in words: "March 1990, April 1990 and 4 more periods"."""
    time = data.time
    named = [f"position {slot}" if time is None else time.words(int(slot)) for slot in slots[:most]]
    more = len(slots) - len(named)
    if more:
        return f"{', '.join(named)} and {more} more period{'s' if more > 1 else ''}"
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def added(given: Any, name: str, of: Lanes, where: dict[str, Any]) -> Array | None:
    """Forecasts or backcasts as (periods, series); dates, where they have them, must follow on."""
    if given is None:
        return None
    count = len(of.series)
    if isinstance(given, int | float | np.number):
        raise TypeError(f"{name} holds the values themselves, one for each period; got {given!r}")
    data = read(given, **(where if not isinstance(given, (list, tuple, np.ndarray)) else {}))
    values = _complete(data)
    if values.shape[1] != count:
        raise ValueError(
            f"{name} has {values.shape[1]} series and x has {count}: give one column of values for "
            "every series"
        )
    if not len(values):
        raise ValueError(f"{name} is empty: leave it out, or give at least one value")
    if len(values) > 10 * of.period:
        raise ValueError(
            f"{name} has {len(values)} periods, more than ten years: an adjustment rests on what "
            "was observed"
        )
    if not np.isfinite(values).all():
        raise ValueError(f"{name} must hold numbers only: a value is missing")
    for one in of.series:
        short = one.first if name == "backcast" else of.span - one.first - len(one.values)
        if short:
            side = "start late" if name == "backcast" else "stop early"
            raise ValueError(f"{name} cannot be used with series that {side}: adjust them apart")
    mine, theirs = of.data.time, data.time
    if mine is not None and theirs is not None and mine.dated and theirs.dated:
        wanted = mine.start - len(values) if name == "backcast" else mine.start + of.span
        if theirs.freq != mine.freq or theirs.start != wanted:
            side = "before the first" if name == "backcast" else "after the last"
            raise ValueError(
                f"{name} must be the periods just {side} of x ({mine.extent()}); it is "
                f"{theirs.extent()}"
            )
    return values


def marked(select: Any, period: int) -> list[bool] | None:
    """The periods of the year named in a list, as one flag each."""
    if select is None:
        return None
    if isinstance(select, str) or not hasattr(select, "__iter__"):
        select = [select]
    flags = [False] * period
    for each in select:
        flags[_number(each, period) - 1] = True
    return flags


def _number(name: Any, period: int) -> int:
    """The number of a period of the year, from 1: 3, "MAR", "Q3"."""
    text = str(name).strip().upper()
    months = [month.upper() for month in MONTHS if len(text) > 2 and month.upper().startswith(text)]
    if period == 12 and len(months) == 1:
        return [month.upper() for month in MONTHS].index(months[0]) + 1
    text = text.removeprefix("Q" if period == 4 else "H" if period == 2 else "")
    if text.isdigit() and 1 <= int(text) <= period and not isinstance(name, bool):
        return int(text)
    kind = {12: "a month such as JAN", 4: "a quarter such as Q1"}.get(period, "a number from 1")
    raise ValueError(f"select={name!r} is no period of the year: give {kind}, up to {period}")


def period_names(period: int) -> list[str]:
    """The names of the periods of a year."""
    if period == 12:
        return [month[:3] for month in MONTHS]
    letter = {4: "Q", 2: "H"}.get(period, "")
    return [f"{letter}{number}" for number in range(1, period + 1)]


def options(period: int, given: dict[str, Any]) -> Any:
    """The options of X-11 for the core."""
    seasonal, trend, sigma = given["seasonal"], given["trend"], given["sigma"]
    if not hasattr(seasonal, "__iter__"):
        raise TypeError(f'seasonal names filters, such as "3x5", or lists them; got {seasonal!r}')
    filters: list[Any] = [seasonal] * period if isinstance(seasonal, str) else list(seasonal)
    if len(filters) != period:
        raise ValueError(
            f"seasonal lists {len(filters)} filters: give one name, or one for each of the "
            f"{period} periods of the year"
        )
    for each in filters:
        if not isinstance(each, str):
            raise TypeError(f'seasonal names filters, such as "3x5"; got {each!r}')
    if trend != "auto":
        trend = -1 if trend is None or isinstance(trend, str) else whole(trend, "trend")
        if trend < 3 or trend % 2 == 0 or trend > 1001:
            raise ValueError(
                f'trend={given["trend"]!r} is not known: give "auto" or an odd number of terms, '
                "such as 13"
            )
    try:
        lower, upper = (float(limit) for limit in sigma)
    except (TypeError, ValueError):
        raise ValueError(f"sigma is a pair of limits, such as (1.5, 2.5); got {sigma!r}") from None
    return _core.seasonal.X11Options(
        given["mode"],
        filters,
        None if trend == "auto" else trend,
        (lower, upper),
        given["calendar_sigma"],
        marked(given["select"], period),
        given["ic_state"],
        flag(given["true_7_term"], "true_7_term"),
        None if given["trend_ic"] is None else number(given["trend_ic"], "trend_ic"),
        flag(given["exclude_forecasts"], "exclude_forecasts"),
    )
