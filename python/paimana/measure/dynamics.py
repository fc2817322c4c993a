"""What moves a rate: base effects and acceleration, windows against windows, what is already in
the bag, what is needed.

The change of a yearly rate is the sum of two exact parts, one that the current period makes and
one that the base makes; everything here looks at growth from inside.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from paimana import _core
from paimana._containers import read
from paimana._containers.labels import each_series
from paimana._indicator import indicator
from paimana._result import Result
from paimana._time import Time
from paimana.measure._common import T, calendar, count, flag

__all__ = [
    "Required",
    "acceleration",
    "base_effect",
    "carry_over",
    "required",
    "rolling_growth",
]

Array = np.ndarray[Any, Any]


@indicator
def acceleration(
    x: T,
    *,
    match: str | None = None,
    negative_base: str = "missing",
    unit: str = "percent",
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    start: Any = None,
    axis: int = 0,
) -> T:
    """Change of the yearly rate from the period before, in percentage points.

    acceleration(t) = yoy(t) - yoy(t - 1)

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    match
        How days or weeks are matched with the year before, as in `yoy`.
    negative_base
        Growth from a negative base: ``"missing"``, ``"signed"`` (plain ratio), ``"abs"`` (over
        |b|) or ``"raise"``.
    unit
        ``"percent"`` or ``"fraction"``.
    decimals
        Digits after the point of exact results, and of the bounds of an interval, which are rounded
        outward; None: two (four for fractions). Not for floats.
    rounding
        How exact results are rounded: ``"half_up"`` (ties away from zero), ``"half_even"``,
        ``"half_down"``, ``"up"``, ``"down"``, ``"ceiling"`` or ``"floor"``.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred; bare arrays need it.
    start
        First period of a bare array of days, or of weeks to be matched.
    axis
        Time axis of an array.

    Returns
    -------
    Same class and labels as `x`, in percentage points.

    Raises
    ------
    ValueError
        For a bare array without `freq`, duplicate periods, an unknown option.
    TypeError
        For data that are not numbers.

    Notes
    -----
    Missing unless both yearly rates exist. Computed as one difference of two ratios, so that close
    rates keep their digits.

    Equivalents
    -----------
    EViews ``d(@pcy(x))``; Stata ``D.(100*S12.x/L12.x)``.

    References
    ----------
    European Central Bank, Monthly Bulletin, January 2005: base effects in inflation rates.

    Examples
    --------
    >>> import paimana as pm
    >>> [round(v, 1) for v in pm.acceleration([100, 102, 105.06], freq="A")]
    [nan, nan, 1.0]
    """
    data = read(x, time=time, freq=freq, start=start, axis=axis, exact=(decimals, rounding))
    base = calendar(data, "acceleration", "the frequency").base("yoy", match)
    return data.map(_core.growth.acceleration, base, negative_base, unit)


@indicator
def base_effect(
    x: Any,
    *,
    match: str | None = None,
    negative_base: str = "missing",
    unit: str = "percent",
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    start: Any = None,
    axis: int = 0,
) -> Any:
    """What the current period and what the base did to the yearly rate, in percentage points.

    yoy(t) - yoy(t - 1) = current + base, where

    current = 100 (x(t) - x(t - 1)) / x(t - P)

    base = 100 (x(t - 1) / x(t - P) - x(t - 1) / x(t - 1 - P)) = -(1 + Y(t - 1)) m(t - P) / (1 +
    m(t - P))

    with Y the yearly and m the periodic rate.

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    match
        How days or weeks are matched with the year before, as in `yoy`.
    negative_base
        Growth from a negative base: ``"missing"``, ``"signed"`` (plain ratio), ``"abs"`` (over
        |b|) or ``"raise"``.
    unit
        ``"percent"`` or ``"fraction"``.
    decimals
        Digits after the point of exact results, and of the bounds of an interval, which are rounded
        outward; None: two (four for fractions). Not for floats.
    rounding
        How exact results are rounded: ``"half_up"`` (ties away from zero), ``"half_even"``,
        ``"half_down"``, ``"up"``, ``"down"``, ``"ceiling"`` or ``"floor"``.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred; bare arrays need it.
    start
        First period of a bare array of days, or of weeks to be matched.
    axis
        Time axis of an array.

    Returns
    -------
    A frame with the columns ``current`` and ``base`` (of a frame: a pair for every column), in
    points; an array with the two on a new last axis for arrays.

    Raises
    ------
    ValueError
        For a bare array without `freq`, duplicate periods, an unknown option.
    TypeError
        For data that are not numbers.

    Notes
    -----
    The two add exactly to `acceleration`. A weak base a year ago lifts the rate although nothing
    happens now: that is the base part.

    Equivalents
    -----------
    None known as a function; central banks compute the formula by hand.

    References
    ----------
    European Central Bank, Monthly Bulletin, January 2005: base effects in inflation rates.

    Examples
    --------
    >>> import paimana as pm
    >>> [round(part, 1) for part in pm.base_effect([100, 80, 80, 88], freq="H")[3]]
    [10.0, 20.0]
    """
    data = read(x, time=time, freq=freq, start=start, axis=axis, exact=(decimals, rounding))
    base = calendar(data, "base_effect", "the frequency").base("yoy", match)
    return data.split(("current", "base"), _core.growth.base_effect, base, negative_base, unit)


@indicator
def rolling_growth(
    x: T,
    window: int = 3,
    *,
    annualized: bool = False,
    negative_base: str = "missing",
    unit: str = "percent",
    na: str = "propagate",
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
) -> T:
    """Mean of the last `window` periods over the mean of the `window` before ("3m/3m"), in per
    cent.

    rolling_growth(t) = 100 (mean(x(t - w + 1 .. t)) / mean(x(t - 2 w + 1 .. t - w)) - 1)

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    window
        The number of periods in each mean.
    annualized
        At an annual rate: the ratio to the power of P / window, with P periods in a year.
    negative_base
        Growth from a negative base: ``"missing"``, ``"signed"`` (plain ratio), ``"abs"`` (over
        |b|) or ``"raise"``.
    unit
        ``"percent"`` or ``"fraction"``.
    na
        Missing values: ``"propagate"``, ``"skip"`` (the values present) or ``"raise"``.
    decimals
        Digits after the point of exact results, and of the bounds of an interval, which are rounded
        outward; None: two (four for fractions). Not for floats.
    rounding
        How exact results are rounded: ``"half_up"`` (ties away from zero), ``"half_even"``,
        ``"half_down"``, ``"up"``, ``"down"``, ``"ceiling"`` or ``"floor"``.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency where it is not to be inferred; bare arrays need it for an annual rate.
    axis
        Time axis of an array.

    Returns
    -------
    Same class and labels as `x`, in per cent.

    Raises
    ------
    ValueError
        For a window below 1, duplicate periods, an annual rate of a bare array without `freq`.
    TypeError
        For data that are not numbers.

    Notes
    -----
    Missing until there are 2 `window` periods. The windows adjoin: it is a smoothed growth rate for
    seasonally adjusted data.

    Equivalents
    -----------
    EViews ``@pc(@movav(x, 3), 3)``; Stata ``100*(L(0/2).x mean / L(3/5).x mean - 1)``.

    References
    ----------
    UK Office for National Statistics, UK trade, QMI: three months on previous three months.

    Examples
    --------
    >>> import paimana as pm
    >>> round(pm.rolling_growth([10, 11, 12, 12, 13, 14])[5], 4)
    18.1818
    """
    data = read(x, time=time, freq=freq, axis=axis, exact=(decimals, rounding))
    exponent = None
    if flag(annualized, "annualized"):
        per_year = calendar(data, "rolling_growth", "the number of periods in a year").per_year
        exponent = per_year / count(window, "window", 1)
    return data.map(_core.totals.rolling_growth, window, exponent, negative_base, unit, na)


@indicator
def carry_over(
    x: T,
    *,
    year_start: Any = 1,
    negative_base: str = "missing",
    unit: str = "percent",
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    start: Any = None,
    axis: int = 0,
) -> T:
    """Growth of the year if all its remaining periods stay at the current one (statistical
    overhang).

    carry_over(t) = 100 ((sum of the year so far + remaining periods * x(t)) / sum of last year - 1)

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    year_start
        First month of the fiscal year, ``"JUL"`` or 7; of quarterly data the first of a quarter.
    negative_base
        Growth from a negative base: ``"missing"``, ``"signed"`` (plain ratio), ``"abs"`` (over
        |b|) or ``"raise"``.
    unit
        ``"percent"`` or ``"fraction"``.
    decimals
        Digits after the point of exact results, and of the bounds of an interval, which are rounded
        outward; None: two (four for fractions). Not for floats.
    rounding
        How exact results are rounded: ``"half_up"`` (ties away from zero), ``"half_even"``,
        ``"half_down"``, ``"up"``, ``"down"``, ``"ceiling"`` or ``"floor"``.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred; bare arrays need it.
    start
        First period of a bare array, such as ``"2021-07"``; without it the first value opens a
        year.
    axis
        Time axis of an array.

    Returns
    -------
    Same class and labels as `x`, in per cent.

    Raises
    ------
    ValueError
        For a bare array without `freq`, a `year_start` that splits a quarter, duplicate periods.
    TypeError
        For data that are not numbers.

    Notes
    -----
    Wants seasonally adjusted data. At the last period of a year it is that year's growth; missing
    where the year so far or the year before has a missing period. The usual "carry-over into next
    year" is the value of the first period if that equals the last of the year before.

    Equivalents
    -----------
    None known as a function.

    References
    ----------
    OECD, Economic Outlook, Sources and Methods: carry-over; K.-H. Tödter, How useful is the
    carry-over effect for short-term economic forecasting?, Bundesbank Discussion Paper 21/2010.

    Examples
    --------
    >>> import paimana as pm
    >>> round(pm.carry_over([100, 100, 100, 104, 104], freq="Q", start="2023Q1")[4], 4)
    2.9703
    """
    data = read(x, time=time, freq=freq, start=start, axis=axis, exact=(decimals, rounding))
    years = calendar(data, "carry_over", "the frequency").years(year_start)
    return data.map(_core.totals.carry_over, years, negative_base, unit)


@dataclass(frozen=True, eq=False, repr=False)
class Required(Result):
    """What it takes to reach a target.

    Attributes
    ----------
    growth
        Growth per period in per cent: a float, or a value a series.
    levels
        The path of levels in the class of the input, from the period after the last observed one to
        the date of the target.
    periods
        The labels of the path.
    """

    growth: Any
    levels: Any
    periods: list[str]
    _path: Array
    _names: list[Any]

    def frame(self) -> Any:
        """The path as a DataFrame of pandas: a row a period, a column a series."""
        from paimana._extras import require

        pandas = require("pandas", "pandas")
        index = pandas.Index(self.periods, name="period")
        return pandas.DataFrame(self._path, index=index, columns=self._names)


@indicator
def required(
    x: Any,
    target: Any,
    *,
    by: Any,
    time: Any = None,
    freq: str | None = None,
    start: Any = None,
    axis: int = 0,
) -> Required:
    """Growth per period, and the levels, that reach a target by a date.

    growth = 100 ((target / last)^(1 / n) - 1), with n periods from the last observed one to the
    date

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    target
        The level to be reached: one number, or one a series, which a dict, a Series or a DataArray
        tell by the names of the columns.
    by
        The period of the target, such as ``"2025-12"``.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred; bare arrays need it.
    start
        First period of a bare array, such as ``"2021-07"``.
    axis
        Time axis of an array.

    Returns
    -------
    A result with ``growth`` (per cent per period) and ``levels`` (the path, a row a period).

    Raises
    ------
    ValueError
        For data without dates, a date that is not after the last observed value (all missing
        included), a target and a last value that are not both positive, or targets whose names are
        not those of the series.
    TypeError
        For data that are not numbers.

    Notes
    -----
    Each series starts from its own last observed value; the path runs from the earliest of them on.

    Equivalents
    -----------
    Excel ``RRI(n, last, target)``.

    References
    ----------
    The compound growth rate of `cagr`, solved for the future.

    Examples
    --------
    >>> import paimana as pm
    >>> path = pm.required([100], 121, by="2026", freq="A", start="2024")
    >>> round(path.growth, 6), [round(level, 6) for level in path.levels]
    (10.0, [110.0, 121.0])
    """
    data = read(x, time=time, freq=freq, start=start, axis=axis)
    when = calendar(data, "required", "the dates (freq and start)")
    end = when.slot(by, beyond=True)
    values = np.moveaxis(data.values, data.axis, 0)
    if not len(values):
        raise ValueError("x has no rows, and so no observed value to start from")
    table = values.reshape(len(values), -1)
    slots = np.arange(len(table)) if data.slots is None else data.slots
    goals = each_series(data, target, "target")
    paths = [
        _path(data.lane_label(lane) or "x", slots, table[:, lane], float(goals[lane]), when, end)
        for lane in range(table.shape[1])
    ]
    longest = max((len(path) for _, path in paths), default=0)
    levels = np.full((longest, len(paths)), np.nan)
    for lane, (_, path) in enumerate(paths):
        levels[longest - len(path) :, lane] = path
    rates = np.array([rate for rate, _ in paths])
    shaped = np.moveaxis(levels.reshape(longest, *values.shape[1:]), 0, data.axis)
    ahead = replace(
        when, start=when.start + end + 1 - longest, slots=None, rows=longest, span=longest
    )
    return Required(
        data.reduced(rates.reshape(values.shape[1:])),
        data.at(ahead, shaped),
        ahead.labels(),
        levels,
        data.columns if values.ndim > 1 else ["level"],
    )


def _path(
    name: str, slots: Array, values: Array, goal: float, when: Time, end: int
) -> tuple[float, Array]:
    """The growth per period and the levels from the last observed value of a series to a goal."""
    observed = np.flatnonzero(np.isfinite(values))
    if not observed.size:
        raise ValueError(f"{name} has no observed value to start from")
    row = observed[np.argmax(slots[observed])]
    slot, last = int(slots[row]), float(values[row])
    if end <= slot:
        raise ValueError(
            f"by must be after the last observed value of {name}, {when.words(slot)}, not "
            f"{when.words(end)}"
        )
    if not (goal > 0 and last > 0 and np.isfinite(goal)):
        raise ValueError(
            f"the target ({goal:g}) and the last value of {name} ({last:g}) must be positive"
        )
    rate = (goal / last) ** (1 / (end - slot))
    if not np.isfinite(rate):
        raise ValueError(
            f"the target ({goal:g}) is out of reach of the last value of {name} ({last:g})"
        )
    path = last * rate ** np.arange(1.0, end - slot + 1)
    path[-1] = goal
    return 100 * (rate - 1), path
