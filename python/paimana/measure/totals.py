"""Totals: rolling windows, years to date, yearly growth, index levels, and longer periods.

A fiscal year is set by its first month and named by the year in which it ends. A total needs all
its periods unless `na="skip"` asks for those present.
"""

from __future__ import annotations

from decimal import Decimal
from numbers import Real
from typing import Any

from paimana import _core
from paimana._containers import read
from paimana._indicator import indicator
from paimana.measure._common import T, calendar

__all__ = [
    "annual_growth",
    "rebase",
    "rolling_mean",
    "rolling_sum",
    "to_frequency",
    "ytd",
    "ytd_growth",
]


@indicator
def rolling_sum(
    x: T,
    window: int,
    *,
    na: str = "propagate",
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
    out: Any = None,
) -> T:
    """Sum of the last `window` periods, in the unit of the data.

    rolling_sum(t) = x(t - w + 1) + ... + x(t)

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    window
        The number of periods, by the calendar; at least 1.
    na
        Missing values: ``"propagate"``, ``"skip"`` (the values present) or ``"raise"``.
    decimals
        Digits after the point of exact results, and of the bounds of an interval, which are rounded
        outward; None: as many as the data have. Not for floats.
    rounding
        How exact results are rounded: ``"half_up"`` (ties away from zero), ``"half_even"``,
        ``"half_down"``, ``"up"``, ``"down"``, ``"ceiling"`` or ``"floor"``.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred from the dates.
    axis
        Time axis of an array.
    out
        Array for the results (arrays only): float64, of the shape and order of `x`.

    Returns
    -------
    Same class and labels as `x`, in its unit.

    Raises
    ------
    ValueError
        For a window below 1, duplicate periods, a missing value under ``na="raise"``.
    TypeError
        For data that are not numbers, or a window that is no integer.

    Notes
    -----
    Missing until there are `window` periods, and where one of them is missing or absent; with
    ``na="skip"`` only where all are. Only values of the window enter its sum, so a huge or infinite
    value leaves no trace once it has left.

    Equivalents
    -----------
    EViews ``@movsum(x, 12)``; Stata ``tssmooth ma`` times the window; pandas
    ``x.rolling(12).sum()``.

    References
    ----------
    UK Office for National Statistics, Retail sales QMI: twelve-month totals.

    Examples
    --------
    >>> import paimana as pm
    >>> pm.rolling_sum([1, 2, 3, 4], 3)
    [nan, nan, 6.0, 9.0]
    """
    return read(x, time=time, freq=freq, axis=axis, exact=(decimals, rounding)).map(
        _core.totals.rolling_sum, window, na, out=out
    )


@indicator
def rolling_mean(
    x: T,
    window: int,
    *,
    na: str = "propagate",
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
    out: Any = None,
) -> T:
    """Mean of the last `window` periods, in the unit of the data.

    rolling_mean(t) = (x(t - w + 1) + ... + x(t)) / w

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    window
        The number of periods, by the calendar; at least 1.
    na
        Missing values: ``"propagate"``, ``"skip"`` (the values present) or ``"raise"``.
    decimals
        Digits after the point of exact results, and of the bounds of an interval, which are rounded
        outward; None: two more than the data have. Not for floats.
    rounding
        How exact results are rounded: ``"half_up"`` (ties away from zero), ``"half_even"``,
        ``"half_down"``, ``"up"``, ``"down"``, ``"ceiling"`` or ``"floor"``.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred from the dates.
    axis
        Time axis of an array.
    out
        Array for the results (arrays only): float64, of the shape and order of `x`.

    Returns
    -------
    Same class and labels as `x`, in its unit.

    Raises
    ------
    ValueError
        For a window below 1, duplicate periods, a missing value under ``na="raise"``.
    TypeError
        For data that are not numbers, or a window that is no integer.

    Notes
    -----
    Missing until there are `window` periods, and where one of them is missing or absent; with
    ``na="skip"`` the mean of those present. The error is within 1e-13 of the window's mean absolute
    value, whatever stood before the window.

    Equivalents
    -----------
    EViews ``@movav(x, 12)``; Stata ``tssmooth ma s = x, window(11 1 0)``; pandas
    ``x.rolling(12).mean()``.

    References
    ----------
    Eurostat, ESS guidelines on seasonal adjustment (2024): trailing moving averages.

    Examples
    --------
    >>> import paimana as pm
    >>> pm.rolling_mean([1, 2, None, 4], 2, na="skip")
    [nan, 1.5, 2.0, 4.0]
    """
    return read(x, time=time, freq=freq, axis=axis, exact=(decimals, rounding)).map(
        _core.totals.rolling_mean, window, na, out=out
    )


@indicator
def ytd(
    x: T,
    *,
    year_start: Any = 1,
    how: str = "sum",
    na: str = "propagate",
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    start: Any = None,
    axis: int = 0,
    out: Any = None,
) -> T:
    """Year to date: the sum (or mean) of the fiscal year so far, in the unit of the data.

    ytd(t) = sum of x over the periods of t's fiscal year up to t

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    year_start
        First month of the fiscal year, ``"JUL"`` or 7; of quarterly data the first of a quarter.
    how
        ``"sum"`` for flows, ``"mean"`` for indices and rates.
    na
        Missing values: ``"propagate"``, ``"skip"`` (the values present) or ``"raise"``.
    decimals
        Digits after the point of exact results, and of the bounds of an interval, which are rounded
        outward; None: those of the data, two more for means. Not for floats.
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
    out
        Array for the results (arrays only): float64, of the shape and order of `x`.

    Returns
    -------
    Same class and labels as `x`, in its unit.

    Raises
    ------
    ValueError
        For a bare array without `freq`, a `year_start` that splits a quarter, duplicate periods.
    TypeError
        For data that are not numbers.

    Notes
    -----
    From an absent or missing period on the year is missing, and a first year whose beginning is
    not in the data throughout; with ``na="skip"`` the values present are added up. A week belongs
    to the year of its Thursday. Of annual data it is the value itself.

    Equivalents
    -----------
    EViews ``@cumsum`` by year; tsbox none; pandas ``x.groupby(x.index.year).cumsum()`` only for
    calendar years without gaps.

    References
    ----------
    State Bank of Pakistan, Monthly balance of payments: July to date.

    Examples
    --------
    >>> import paimana as pm
    >>> pm.ytd([1, 2, 3, 4], freq="M", start="2024-05", year_start="JUL")
    [nan, nan, 3.0, 7.0]
    """
    data = read(x, time=time, freq=freq, start=start, axis=axis, exact=(decimals, rounding))
    years = calendar(data, "ytd", "the frequency").years(year_start)
    return data.map(_core.totals.ytd, years, how, na, out=out)


@indicator
def ytd_growth(
    x: T,
    *,
    year_start: Any = 1,
    how: str = "sum",
    negative_base: str = "missing",
    unit: str = "percent",
    na: str = "propagate",
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    start: Any = None,
    axis: int = 0,
) -> T:
    """Growth of the year to date on the same span of the year before, in per cent.

    ytd_growth(t) = 100 (ytd(t) / ytd(t - P) - 1)

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    year_start
        First month of the fiscal year, ``"JUL"`` or 7; of quarterly data the first of a quarter.
    how
        ``"sum"`` for flows, ``"mean"`` for indices and rates.
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
    Missing where either span is. Days are compared up to the same date; n weeks with the first n
    weeks of the year before, so that a 53rd week after a year of 52 is missing.

    Equivalents
    -----------
    None known as a function.

    References
    ----------
    Pakistan Bureau of Statistics, External trade: July to date, per cent change.

    Examples
    --------
    >>> import paimana as pm
    >>> pm.ytd_growth([10, 10, 11, 13], freq="H", start="2023H1")
    [nan, nan, 10.0, 20.0]
    """
    data = read(x, time=time, freq=freq, start=start, axis=axis, exact=(decimals, rounding))
    when = calendar(data, "ytd_growth", "the frequency")
    base = when.base("yoy") if when.freq == "D" else None  # others: the same number in its year
    options = (when.years(year_start), base, how, negative_base, unit, na)
    return data.map(_core.totals.ytd_growth, *options)


@indicator
def annual_growth(
    x: Any,
    *,
    of: str = "average",
    year_start: Any = 1,
    fy_label: str = "end",
    negative_base: str = "missing",
    unit: str = "percent",
    na: str = "propagate",
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    start: Any = None,
    axis: int = 0,
) -> Any:
    """Growth from year to year, in per cent: yearly average on yearly average, or end on end.

    annual_growth(y) = 100 (a(y) / a(y - 1) - 1), a(y) the mean of year y or its last period

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    of
        ``"average"`` of the year's periods, or ``"end"``: its last period.
    year_start
        First month of the fiscal year, ``"JUL"`` or 7; of quarterly data the first of a quarter.
    fy_label
        Name fiscal years by the year of their ``"end"`` or of their ``"start"``.
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
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred; bare arrays need it.
    start
        First period of a bare array, such as ``"2021-07"``; without it the first value opens a
        year.
    axis
        Time axis of an array.

    Returns
    -------
    The class of `x` with a value for every (fiscal) year of the data, in per cent.

    Raises
    ------
    ValueError
        For a bare array without `freq`, a `year_start` that splits a quarter, duplicate periods.
    TypeError
        For data that are not numbers.

    Notes
    -----
    The first year is missing. Of averages so is every year in which the data begin or end, and the
    one after it, whatever `na`; of ends every year that has no last period.

    Equivalents
    -----------
    EViews frequency conversion to annual, then ``@pc``; FRED ``pc1`` of an annual average.

    References
    ----------
    IMF, Quarterly National Accounts Manual (2017).

    Examples
    --------
    >>> import paimana as pm
    >>> pm.annual_growth([10, 10, 11, 13], freq="H", start="2023H1")
    [nan, 20.0]
    """
    data = read(x, time=time, freq=freq, start=start, axis=axis, exact=(decimals, rounding))
    when = calendar(data, "annual_growth", "the frequency")
    starts, years = when.groups("A", year_start, fy_label)
    return data.resample(years, _core.totals.annual_growth, starts, of, negative_base, unit, na)


@indicator
def rebase(
    x: T,
    base: Any,
    *,
    base_value: float | Decimal = 100,
    year_start: Any = None,
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    start: Any = None,
    axis: int = 0,
) -> T:
    """Index with another reference period: the mean over the base span becomes `base_value`.

    rebase(t) = base_value * x(t) / mean(x over the base span)

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    base
        A period (``"2015-06"``), a year (``"2015"``), a fiscal year (``"FY16"``) or a span
        (``"2015..2017"``).
    base_value
        The level in the base span.
    year_start
        First month of the fiscal year, where `base` names one.
    decimals
        Digits after the point of exact results, and of the bounds of an interval, which are rounded
        outward; None: two more than the data have. Not for floats.
    rounding
        How exact results are rounded: ``"half_up"`` (ties away from zero), ``"half_even"``,
        ``"half_down"``, ``"up"``, ``"down"``, ``"ceiling"`` or ``"floor"``.
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
    Same class and labels as `x`; index points.

    Raises
    ------
    ValueError
        For data without dates, a base that is not wholly within the data, duplicate periods.
    TypeError
        For data that are not numbers.

    Notes
    -----
    Re-referencing moves the level and changes no growth rate. A series with a missing value in the
    base span, or a mean there that is not positive, is missing throughout.

    Equivalents
    -----------
    R ``tsbox::ts_index``; piar ``rebase``; EViews ``100*x/@mean(x, "2015")``.

    References
    ----------
    IMF et al., Consumer Price Index Manual (2020), ch. 9: re-referencing.

    Examples
    --------
    >>> import paimana as pm
    >>> pm.rebase([50, 60], "2020", freq="A", start="2020")
    [100.0, 120.0]
    """
    level = _level(base_value)
    data = read(x, time=time, freq=freq, start=start, axis=axis, exact=(decimals, rounding))
    when = calendar(data, "rebase", "the dates (freq and start)")
    first, last = when.span_of(base, year_start=year_start)
    return data.map(_core.totals.rebase, first, last, level)


def _level(value: Any) -> Decimal:
    """A level as it was written: a float means what it prints."""
    if isinstance(value, (Decimal, int)):
        return Decimal(value)
    if not isinstance(value, Real):
        raise TypeError(f"base_value must be a number, not {value!r}")
    return Decimal(repr(float(value)))


@indicator
def to_frequency(
    x: Any,
    to: str,
    *,
    how: str = "sum",
    partial: str = "missing",
    year_start: Any = 1,
    fy_label: str = "end",
    na: str = "propagate",
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    start: Any = None,
    axis: int = 0,
) -> Any:
    """Lower frequency: months to quarters, halves or years, by sum, mean, last or first.

    to_frequency(q) = sum (mean, last, first) of x over the periods of q

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    to
        The lower frequency: ``"M"``, ``"Q"``, ``"H"`` or ``"A"``.
    how
        ``"sum"`` for flows, ``"mean"`` for indices and rates, ``"last"`` or ``"first"`` for stocks.
    partial
        A period of which not all parts are there: ``"missing"``, or ``"keep"`` for the value of
        those that are.
    year_start
        First month of the fiscal year, ``"JUL"`` or 7; of quarterly data the first of a quarter.
    fy_label
        Name fiscal years by the year of their ``"end"`` or of their ``"start"``.
    na
        Missing values: ``"propagate"``, ``"skip"`` (the values present) or ``"raise"``.
    decimals
        Digits after the point of exact results, and of the bounds of an interval, which are rounded
        outward; None: those of the data, two more for means. Not for floats.
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
    The class of `x` with a row for every longer period, in its unit.

    Raises
    ------
    ValueError
        For a bare array without `freq`, a frequency that is higher, duplicate periods.
    TypeError
        For data that are not numbers.

    Notes
    -----
    Every `how` needs all parts of a period, ``"last"`` and ``"first"`` too. With ``na="skip"``
    missing values within a period are passed over; ``partial="keep"`` also accepts periods that the
    data begin or end in. A week belongs to the month or year of its Thursday.

    Equivalents
    -----------
    Stata ``collapse (sum)``; EViews frequency conversion; tsbox ``ts_frequency``; pandas
    ``resample("QE").sum()``, which takes an incomplete quarter for a whole one.

    References
    ----------
    IMF, Quarterly National Accounts Manual (2017).

    Examples
    --------
    >>> import paimana as pm
    >>> pm.to_frequency([1, 2, 3, 4], "Q", freq="M", start="2024-01")
    [6.0, nan]
    """
    data = read(x, time=time, freq=freq, start=start, axis=axis, exact=(decimals, rounding))
    when = calendar(data, "to_frequency", "the frequency")
    groups, longer = when.groups(to, year_start, fy_label)
    return data.resample(longer, _core.totals.to_frequency, groups, how, partial, na)
