"""Filters that are weights: band-pass filters (Baxter-King, Christiano-Fitzgerald) and Henderson's.

A band-pass filter keeps the fluctuations that take between `low` and `high` periods; a Henderson
average keeps what is smooth. Both weigh neighbours; how they do it at the ends is what tells them
apart.
"""

from __future__ import annotations

from typing import Any

from paimana import _core
from paimana._containers import read
from paimana._indicator import indicator
from paimana.measure._common import T, count, flag, number
from paimana.measure._parts import Cycle, Smooth, take_apart

__all__ = ["bk_filter", "cf_filter", "henderson"]


@indicator
def bk_filter(
    x: T,
    low: float = 6,
    high: float = 32,
    k: int = 12,
    *,
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
) -> Cycle[T]:
    """Baxter-King filter: the fluctuations of `low` to `high` periods, by a symmetric average.

    cycle(t) = sum over j from -k to k of w(j) x(t+j), where w(0) = (b-a)/pi and
    w(j) = (sin jb - sin ja)/(pi j), a = 2 pi/high and b = 2 pi/low, shifted to sum to zero.

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    low
        Shortest fluctuation, in periods, at least 2. The default is 1.5 years of quarters; 18 is
        usual for months.
    high
        Longest fluctuation, in periods, above `low`: 8 years of quarters; 96 is usual for months.
    k
        Terms a side, at least 1; 12 for quarters, 36 for months.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred from the dates.
    axis
        Time axis of an array.

    Returns
    -------
    A result with ``.cycle`` and ``.trend`` (all the rest: x - cycle), each of the class and with
    the labels of `x`, in its unit.

    Raises
    ------
    ValueError
        For a band that makes no sense, fewer than 2 k + 1 values (the series is named).
    TypeError
        For data or options that are not numbers.

    Notes
    -----
    The first and last k periods are missing, and every window that holds a missing value. A linear
    trend passes into the rest whole.

    Equivalents
    -----------
    statsmodels ``bkfilter(x, low, high, K)``; R ``mFilter::bkfilter``; Stata ``tsfilter bk``;
    EViews ``x.bpf(type=bk)``.

    References
    ----------
    Baxter and King (1999), Measuring business cycles, REStat 81.

    Examples
    --------
    >>> import paimana as pm
    >>> result = pm.bk_filter([0.0, 1.0, 0.0, -1.0, 0.0, 1.0, 0.0], low=3, high=6, k=1)
    >>> [round(v, 4) for v in result.cycle]
    [nan, 0.2222, 0.0, -0.2222, 0.0, 0.2222, nan]
    """
    data = read(x, time=time, freq=freq, axis=axis)
    options = (number(low, "low"), number(high, "high"), count(k, "k", 1))
    (trend, cycle), _, of = take_apart(data, _core.trend.baxter_king, *options)
    return Cycle(trend, cycle, _of=of)


@indicator
def cf_filter(
    x: T,
    low: float = 6,
    high: float = 32,
    *,
    drift: bool = True,
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
) -> Cycle[T]:
    """Christiano-Fitzgerald filter: the fluctuations of `low` to `high` periods, up to both ends.

    The ideal weights w(j) of `bk_filter`, without truncation; the first and the last value take the
    weights of all that lies beyond them, which is optimal where x is a random walk.

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    low
        Shortest fluctuation, in periods, at least 2.
    high
        Longest fluctuation, in periods, above `low`.
    drift
        Take the line from the first value to the last out before.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred from the dates.
    axis
        Time axis of an array.

    Returns
    -------
    A result with ``.cycle`` and ``.trend`` (all the rest: x - cycle, drift included), each of the
    class and with the labels of `x`, in its unit.

    Raises
    ------
    ValueError
        For a band that makes no sense, fewer than 3 values, a missing value within the series (the
        period is named).
    TypeError
        For data or options that are not numbers.

    Notes
    -----
    Nothing is lost at the ends, but the filter is neither symmetric nor the same at all periods.
    Missing values before the first and after the last observed one are left out. statsmodels gives
    a trend without the drift; here the parts add up to x.

    Equivalents
    -----------
    statsmodels ``cffilter(x, low, high, drift)``; R ``mFilter::cffilter``; Stata ``tsfilter cf``.

    References
    ----------
    Christiano and Fitzgerald (2003), The band pass filter, IER 44.

    Examples
    --------
    >>> import paimana as pm
    >>> result = pm.cf_filter([1.0, 3.0, 2.0, 5.0, 4.0, 6.0], low=2, high=4)
    >>> [round(c + t, 6) for c, t in zip(result.cycle, result.trend)]
    [1.0, 3.0, 2.0, 5.0, 4.0, 6.0]
    >>> round(result.cycle[2], 4)
    -1.1366
    """
    data = read(x, time=time, freq=freq, axis=axis)
    options = (number(low, "low"), number(high, "high"), flag(drift, "drift"))
    (trend, cycle), _, of = take_apart(data, _core.trend.christiano_fitzgerald, *options)
    return Cycle(trend, cycle, _of=of)


@indicator
def henderson(
    x: T,
    terms: int = 13,
    *,
    ic: float = 3.5,
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
) -> Smooth[T]:
    """Henderson average with Musgrave's ends: the trend filter of X-11, by itself.

    In the middle the symmetric weights that follow a cubic exactly and are smoothest; at the ends
    those that revise least when the series goes on as a line with noise.

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray; seasonally
        adjusted.
    terms
        Number of terms, odd, at least 3: 9, 13 or 23 for months, 5 or 7 for quarters.
    ic
        Ratio of the mean change of the irregular to that of the trend, above 0: about 1 for smooth
        series, 3.5 ordinary, 4.5 noisy.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred from the dates.
    axis
        Time axis of an array.

    Returns
    -------
    A result with ``.trend`` and ``.residual``, each of the class and with the labels of `x`, in its
    unit.

    Raises
    ------
    ValueError
        For an even or too small number of terms, a ratio that is not positive, a series shorter
        than the average (it is named).
    TypeError
        For data or options that are not numbers.

    Notes
    -----
    A missing value within the series is missing in every window that holds it. The ends are those
    of the observed values.

    Equivalents
    -----------
    The trend step of X-13ARIMA-SEATS ``x11{trendma=13}``; R
    ``rjd3filters::lp_filter(kernel = "Henderson", endpoints = "LC")``.

    References
    ----------
    Henderson (1916); Musgrave (1964); Doherty (2001), The surrogate Henderson filters in X-11,
    ANZJS 43.

    Examples
    --------
    >>> import paimana as pm
    >>> x = [float(t**3) for t in range(9)]
    >>> round(pm.henderson(x, terms=5).trend[4], 6)
    64.0
    """
    data = read(x, time=time, freq=freq, axis=axis)
    options = (count(terms, "terms", 3), number(ic, "ic"))
    (trend, residual), _, of = take_apart(data, _core.trend.henderson, *options)
    return Smooth(trend, residual, _of=of)
