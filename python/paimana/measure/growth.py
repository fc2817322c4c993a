"""Growth: a value against a base. Lags, differences, and rates by the month, the quarter and the
year.

One idea serves them all, (x - b)/b with the base found by the calendar. What moves a yearly rate
is in `dynamics`, sums and means in `totals`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from paimana import _core
from paimana._containers import PLAIN, Data, read
from paimana._indicator import indicator
from paimana.measure._common import T, calendar, count

__all__ = [
    "annualized",
    "cagr",
    "change",
    "growth",
    "lag",
    "lead",
    "log_growth",
    "mom",
    "qoq",
    "symmetric_growth",
    "yoy",
]

Array = np.ndarray[Any, Any]


@indicator
def lag(
    x: T, lag: int = 1, *, time: Any = None, freq: str | None = None, axis: int = 0, out: Any = None
) -> T:
    """The value `lag` periods earlier, by the calendar.

    lag(x, k)(t) = x(t - k)

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    lag
        Distance in periods; negative looks ahead.
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
        For duplicate periods, named in the message.
    TypeError
        For data that are not numbers.

    Notes
    -----
    The first `lag` periods are missing, and so is every period whose base is absent: with March
    missing, the lag of April is missing, not February. Infinite values count as missing.

    Equivalents
    -----------
    Stata ``L.x``; EViews ``x(-1)``; R ``collapse::flag(x, 1, t = t)``; pandas ``x.shift(1)`` only
    without gaps.

    References
    ----------
    StataCorp, Time-Series Reference Manual, tsset: time-series operators.

    Examples
    --------
    >>> import paimana as pm
    >>> pm.lag([306, 310])
    [nan, 306.0]
    """
    data = read(x, time=time, freq=freq, axis=axis, exact=PLAIN)
    return data.map(_core.growth.lag, count(lag, "lag"), out=out)


@indicator
def lead(
    x: T,
    lead: int = 1,
    *,
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
    out: Any = None,
) -> T:
    """The value `lead` periods later, by the calendar.

    lead(x, k)(t) = x(t + k)

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    lead
        Distance in periods; negative looks back.
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
        For duplicate periods, named in the message.
    TypeError
        For data that are not numbers.

    Notes
    -----
    The last `lead` periods are missing, and so is every period whose later one is absent.

    Equivalents
    -----------
    Stata ``F.x``; EViews ``x(1)``; R ``collapse::flag(x, -1, t = t)``.

    References
    ----------
    StataCorp, Time-Series Reference Manual, tsset: time-series operators.

    Examples
    --------
    >>> import paimana as pm
    >>> pm.lead([306, 310])
    [310.0, nan]
    """
    data = read(x, time=time, freq=freq, axis=axis, exact=PLAIN)
    return data.map(_core.growth.lag, -count(lead, "lead"), out=out)


@indicator
def change(
    x: T,
    lag: int = 1,
    *,
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
    out: Any = None,
) -> T:
    """Change against the value `lag` periods earlier, in the unit of the data.

    change(t) = x(t) - x(t - lag)

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    lag
        Distance in periods; negative compares with a later period.
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
    Same class and labels as `x`, in its unit; of rates in per cent these are percentage points.

    Raises
    ------
    ValueError
        For duplicate periods, named in the message.
    TypeError
        For data that are not numbers.

    Notes
    -----
    Missing where either value is missing or absent. ``change(x, 12)`` is a seasonal difference; it
    is not a change taken twelve times. Unsigned integers do not wrap.

    Equivalents
    -----------
    Stata ``S12.x`` (``D.x`` for lag 1); EViews ``d(x, 0, 12)``; R ``diff(x, lag = 12)``; FRED units
    ``chg`` and ``ch1``.

    References
    ----------
    Eurostat, ESS guidelines on seasonal adjustment (2024): change on the previous period.

    Examples
    --------
    >>> import paimana as pm
    >>> pm.change([306, 310])
    [nan, 4.0]
    """
    data = read(x, time=time, freq=freq, axis=axis, exact=(decimals, rounding))
    return data.map(_core.growth.change, count(lag, "lag"), out=out)


@indicator
def growth(
    x: T,
    lag: int = 1,
    *,
    since: Any = None,
    average: str | None = None,
    negative_base: str = "missing",
    unit: str = "percent",
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    start: Any = None,
    axis: int = 0,
    out: Any = None,
) -> T:
    """Growth against the value `lag` periods earlier, or since a fixed period, in per cent.

    growth(t) = 100 (x(t) - b) / b,  b = x(t - lag) or x(since)

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    lag
        Distance in periods; negative compares with a later period.
    since
        A fixed base period instead, such as ``"2019-12"``.
    average
        ``"annual"`` gives the average yearly rate over the distance, 100 ((x/b)^(P/distance) - 1)
        with P periods in a year.
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
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred from the dates.
    start
        First period of a bare array, such as ``"2021-07"``, where `since` names a period.
    axis
        Time axis of an array.
    out
        Array for the results (arrays only): float64, of the shape and order of `x`.

    Returns
    -------
    Same class and labels as `x`, in per cent.

    Raises
    ------
    ValueError
        For duplicate periods, an unknown option, a `since` outside of the data, or a negative base
        under ``negative_base="raise"``; the message names the period.
    TypeError
        For data that are not numbers.

    Notes
    -----
    Missing where either value is missing or absent, and from a zero base. With ``average="annual"``
    the period `since` itself is missing.

    Equivalents
    -----------
    EViews ``@pc(x)`` (per cent; ``@pch`` is the fraction); FRED units ``pch``; tsbox ``ts_pc``;
    pandas ``100 * x.pct_change()`` only without gaps.

    References
    ----------
    IMF, Quarterly National Accounts Manual (2017).

    Examples
    --------
    >>> import paimana as pm
    >>> pm.growth([250, 260, 273])
    [nan, 4.0, 5.0]
    >>> pm.growth([100, 105, 121], since="2019", freq="A", start="2019")
    [0.0, 5.0, 21.0]
    >>> [round(rate, 6) for rate in pm.growth([100, 105, 121], 2, average="annual", freq="A")]
    [nan, nan, 10.0]
    """
    data = read(x, time=time, freq=freq, start=start, axis=axis, exact=(decimals, rounding))
    if average is None and since is None:
        return data.map(_core.growth.growth, count(lag, "lag"), negative_base, unit, out=out)
    if average not in (None, "annual"):
        raise ValueError(f'average must be None or "annual", not {average!r}')
    if since is None:
        per_year = calendar(data, "growth", "the number of periods in a year").per_year
        exponent = per_year / _distance(lag)
        return data.map(_core.growth.annualized, lag, exponent, negative_base, unit, out=out)
    if lag != 1:
        raise ValueError(f"give lag={lag} or since={since!r}, not both: each names a base")
    when = calendar(data, "growth", "which period `since` is (with a start)")
    slot = when.slot(since)
    if average is None:
        return data.map(_core.growth.growth, np.full(when.span, slot), negative_base, unit, out=out)
    return data.map(_core.growth.average_since, slot, when.per_year, negative_base, unit, out=out)


def _distance(lag: int) -> int:
    """A lag that a yearly rate can be computed over."""
    if count(lag, "lag") == 0:
        raise ValueError("lag must not be 0 for a yearly rate")
    return lag


def _rate(
    kind: str, x: Any, match: str | None, options: tuple[str, str], where: dict[str, Any], out: Any
) -> Any:
    """Growth on the month, the quarter or the year."""
    data: Data = read(x, **where)
    base = calendar(data, kind, "the frequency").base(kind, match)
    return data.map(_core.growth.growth, base, *options, out=out)


@indicator
def mom(
    x: T,
    *,
    negative_base: str = "missing",
    unit: str = "percent",
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
    out: Any = None,
) -> T:
    """Growth on the month before, in per cent. Monthly data only.

    mom(t) = 100 (x(t) / x(t - 1) - 1)

    Parameters
    ----------
    x
        Monthly values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
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
        ``"M"`` for bare arrays.
    axis
        Time axis of an array.
    out
        Array for the results (arrays only): float64, of the shape and order of `x`.

    Returns
    -------
    Same class and labels as `x`, in per cent.

    Raises
    ------
    ValueError
        For data that are not monthly, a bare array without `freq`, duplicate periods.
    TypeError
        For data that are not numbers.

    Notes
    -----
    Missing where either month is missing or absent. Unadjusted data move with the season and the
    calendar: a monthly rate of them is no sign of a trend.

    Equivalents
    -----------
    EViews ``@pc(x)``; Stata ``100*D.x/L.x``; FRED units ``pch``; tsbox ``ts_pc``.

    References
    ----------
    Eurostat, Handbook on Rapid Estimates (2017), ch. 3: growth on the previous period.

    Examples
    --------
    >>> import paimana as pm
    >>> [round(rate, 2) for rate in pm.mom([306, 310], freq="M")]
    [nan, 1.31]
    """
    exact = (decimals, rounding)
    where = {"time": time, "freq": freq, "axis": axis, "exact": exact}
    return _rate("mom", x, None, (negative_base, unit), where, out)


@indicator
def qoq(
    x: T,
    *,
    negative_base: str = "missing",
    unit: str = "percent",
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
    out: Any = None,
) -> T:
    """Growth on the quarter before, in per cent. Quarterly data, or monthly data over three months.

    qoq(t) = 100 (x(t) / x(t - 1) - 1) for quarters, 100 (x(t) / x(t - 3) - 1) for months

    Parameters
    ----------
    x
        Quarterly or monthly values along `axis`: a list, array, Series, frame, Arrow array or
        DataArray.
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
        ``"Q"`` or ``"M"`` for bare arrays.
    axis
        Time axis of an array.
    out
        Array for the results (arrays only): float64, of the shape and order of `x`.

    Returns
    -------
    Same class and labels as `x`, in per cent.

    Raises
    ------
    ValueError
        For another frequency, a bare array without `freq`, duplicate periods.
    TypeError
        For data that are not numbers.

    Notes
    -----
    Missing where either period is missing or absent.

    Equivalents
    -----------
    EViews ``@pc(x)`` on quarters; Stata ``100*D.x/L.x``; FRED units ``pch``.

    References
    ----------
    IMF, Quarterly National Accounts Manual (2017).

    Examples
    --------
    >>> import paimana as pm
    >>> pm.qoq([200, 202, 201], freq="Q", unit="fraction")[1]
    0.01
    """
    exact = (decimals, rounding)
    where = {"time": time, "freq": freq, "axis": axis, "exact": exact}
    return _rate("qoq", x, None, (negative_base, unit), where, out)


@indicator
def yoy(
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
    out: Any = None,
) -> T:
    """Growth on the same period of the year before, in per cent.

    yoy(t) = 100 (x(t) / x(t - P) - 1)

    P is 1 for years, 2 for half-years, 4 for quarters, 12 for months, 52 for weeks; days are
    compared with the same date (29 February with 28 February).

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    match
        ``"iso_week"`` compares weeks with the same ISO week of the year before (2026 has 53);
        ``"last_available"`` compares days with the last row on or before the date a year before,
        for business days.
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
    out
        Array for the results (arrays only): float64, of the shape and order of `x`.

    Returns
    -------
    Same class and labels as `x`, in per cent.

    Raises
    ------
    ValueError
        For a bare array without `freq`, duplicate periods, an unknown option.
    TypeError
        For data that are not numbers.

    Notes
    -----
    Missing where either period is missing or absent: a missing month gives a missing rate a year
    later, never a wrong one. A base of zero gives missing; a negative one follows `negative_base`.

    Equivalents
    -----------
    EViews ``@pcy(x)`` (per cent; ``@pchy`` is the fraction); Stata ``100*S12.x/L12.x``; FRED units
    ``pc1``; tsbox ``ts_pcy``; pandas ``100 * x.pct_change(12)`` only without gaps.

    References
    ----------
    Eurostat, Handbook on Rapid Estimates (2017), ch. 3: growth on the same period a year before.

    Examples
    --------
    >>> import paimana as pm
    >>> [round(rate, 1) for rate in pm.yoy([191, 310], freq="A")]
    [nan, 62.3]
    """
    exact = (decimals, rounding)
    where = {"time": time, "freq": freq, "start": start, "axis": axis, "exact": exact}
    return _rate("yoy", x, match, (negative_base, unit), where, out)


@indicator
def log_growth(
    x: T, lag: int = 1, *, time: Any = None, freq: str | None = None, axis: int = 0, out: Any = None
) -> T:
    """Growth in log points (times 100) against the value `lag` periods earlier.

    log_growth(t) = 100 ln(x(t) / x(t - lag))

    Parameters
    ----------
    x
        Positive values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    lag
        Distance in periods; negative compares with a later period.
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
    Same class and labels as `x`, in log points times 100.

    Raises
    ------
    ValueError
        For duplicate periods, named in the message.
    TypeError
        For data that are not numbers.

    Notes
    -----
    Missing unless both values are positive. Log growth adds over time; growth in per cent
    compounds. Computed as ln(1 + growth), so that small rates keep their digits.

    Equivalents
    -----------
    EViews ``100*dlog(x)``; Stata ``100*D.lnx``; R ``100*diff(log(x))``.

    References
    ----------
    L. Tornqvist, P. Vartia and Y. O. Vartia, How should relative changes be measured?, The American
    Statistician 39 (1985).

    Examples
    --------
    >>> import paimana as pm
    >>> round(pm.log_growth([306, 310])[1], 4)
    1.2987
    """
    data = read(x, time=time, freq=freq, axis=axis, exact=PLAIN)
    return data.map(_core.growth.log_growth, count(lag, "lag"), out=out)


@indicator
def symmetric_growth(
    x: T,
    lag: int = 1,
    *,
    unit: str = "percent",
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
    out: Any = None,
) -> T:
    """Growth over the mean of the two values, in per cent: a rise and the fall back weigh the same.

    symmetric_growth(t) = 200 (x(t) - x(t - lag)) / (x(t) + x(t - lag))

    Parameters
    ----------
    x
        Positive values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    lag
        Distance in periods; negative compares with a later period.
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
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred from the dates.
    axis
        Time axis of an array.
    out
        Array for the results (arrays only): float64, of the shape and order of `x`.

    Returns
    -------
    Same class and labels as `x`, in per cent, between -200 and 200.

    Raises
    ------
    ValueError
        For duplicate periods, named in the message.
    TypeError
        For data that are not numbers.

    Notes
    -----
    Missing unless both values are positive. It is what composite indicators add up, and differs
    from `log_growth` only in the third order.

    Equivalents
    -----------
    None known as a function.

    References
    ----------
    The Conference Board, Business Cycle Indicators Handbook (2001): symmetric percent change.

    Examples
    --------
    >>> import paimana as pm
    >>> pm.symmetric_growth([90, 110, 90])
    [nan, 20.0, -20.0]
    """
    data = read(x, time=time, freq=freq, axis=axis, exact=(decimals, rounding))
    return data.map(_core.growth.symmetric_growth, count(lag, "lag"), unit, out=out)


@indicator
def annualized(
    x: T,
    lag: int = 1,
    *,
    negative_base: str = "missing",
    unit: str = "percent",
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
    out: Any = None,
) -> T:
    """Growth over `lag` periods at an annual rate, in per cent.

    annualized(t) = 100 ((x(t) / x(t - lag))^(P / lag) - 1), with P periods in a year

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    lag
        Distance in periods, not 0.
    negative_base
        Growth from a negative base: ``"missing"``, ``"signed"`` (plain ratio, if positive),
        ``"abs"`` (over |b|) or ``"raise"``.
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
    axis
        Time axis of an array.
    out
        Array for the results (arrays only): float64, of the shape and order of `x`.

    Returns
    -------
    Same class and labels as `x`, in per cent a year.

    Raises
    ------
    ValueError
        For a bare array without `freq`, a lag of 0, duplicate periods.
    TypeError
        For data that are not numbers.

    Notes
    -----
    Missing where either value is missing or absent, where the base is zero, and where the ratio is
    negative. An annual rate of a short period exaggerates noise; give it seasonally adjusted data.
    A year has 52 weeks and 365 days.

    Equivalents
    -----------
    EViews ``@pca(x)`` (per cent; ``@pcha`` is the fraction); FRED units ``pca``; tsbox ``ts_pca``.

    References
    ----------
    U.S. Bureau of Economic Analysis, NIPA Handbook (2023), ch. 4: annualized rates of change.

    Examples
    --------
    >>> import paimana as pm
    >>> round(pm.annualized([100, 101], freq="Q")[1], 4)
    4.0604
    """
    data = read(x, time=time, freq=freq, axis=axis, exact=(decimals, rounding))
    per_year = calendar(data, "annualized", "the number of periods in a year").per_year
    exponent = per_year / _distance(lag)
    return data.map(_core.growth.annualized, lag, exponent, negative_base, unit, out=out)


@indicator
def cagr(
    x: Any,
    *,
    negative_base: str = "missing",
    unit: str = "percent",
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
) -> Any:
    """Compound annual growth rate from the first observed value to the last, in per cent.

    cagr = 100 ((x(last) / x(first))^(P / (last - first)) - 1), with P periods in a year

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    negative_base
        Growth from a negative base: ``"missing"``, ``"signed"`` (plain ratio, if positive),
        ``"abs"`` (over |b|) or ``"raise"``.
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
    axis
        Time axis of an array.

    Returns
    -------
    A float for one series, a Series with a rate per column for a frame, an array without the time
    axis otherwise; per cent a year.

    Raises
    ------
    ValueError
        For a bare array without `freq`, or duplicate periods.
    TypeError
        For data that are not numbers.

    Notes
    -----
    Missing values at the ends are passed over, each series by itself; with fewer than two observed
    values the result is missing.

    Equivalents
    -----------
    Excel ``RRI``; Stata ``(x[_N]/x[1])^(1/years) - 1``.

    References
    ----------
    World Bank, World Development Indicators, statistical methods: geometric-endpoint growth rate.

    Examples
    --------
    >>> import paimana as pm
    >>> round(pm.cagr([100, None, 121], freq="A"), 6)
    10.0
    """
    data = read(x, time=time, freq=freq, axis=axis, exact=(decimals, rounding))
    per_year = calendar(data, "cagr", "the number of periods in a year").per_year
    return data.reduce(_core.growth.cagr, per_year, negative_base, unit)
