"""Hodrick-Prescott trends: two-sided, one-sided, boosted.

One idea: a trend is the series that lies close to the data and has small second differences, the
weight of the latter being lambda. Filters that rest on a regression are in `cycle.py`, those that
rest on weights in `band.py`, seasonal ones in `loess.py`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from paimana import _core
from paimana._containers import Data, read
from paimana._indicator import indicator
from paimana.measure._common import T, count, number
from paimana.measure._parts import Boosted, Cycle, frequency_option, take_apart

__all__ = ["boosted_hp_filter", "hp_filter", "one_sided_hp_filter"]

LAMBDAS = {"A": 6.25, "H": 100.0, "Q": 1600.0, "M": 129600.0}
"""1600 for quarters, times the fourth power of the ratio of frequencies (Ravn and Uhlig 2002)."""


def _lambda(data: Data, function: str, lamb: Any) -> float:
    if lamb is None:
        return float(frequency_option(data, function, "lamb", LAMBDAS))
    return number(lamb, "lamb")


@indicator
def hp_filter(
    x: T,
    lamb: float | None = None,
    *,
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
) -> Cycle[T]:
    """Hodrick-Prescott filter: a smooth trend and the cycle around it, in the unit of the data.

    The trend t minimises  sum (x - t)^2 + lambda sum (second difference of t)^2,
    so  (W + lambda D'D) t = W x  with W one for observed values and zero for missing ones.

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    lamb
        Penalty, above 0 and up to 1e14; None for the usual one: 6.25 annual, 100 half-yearly,
        1600 quarterly, 129600 monthly.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred from the dates.
    axis
        Time axis of an array.

    Returns
    -------
    A result with ``.trend`` and ``.cycle``, each of the class and with the labels of `x`.

    Raises
    ------
    ValueError
        For a penalty that is not positive, none where the frequency has no usual one, fewer than
        three observed values (the series is named).
    TypeError
        For data or a penalty that are not numbers.

    Notes
    -----
    A missing value, or an absent period, within the series is a missing observation: it has weight
    zero, its trend is the smoothest path across the gap, its cycle is missing. Before the first
    observed value and after the last, trend and cycle are missing. The matrix is factored once for
    all complete series. The trend near the ends moves when data are added: `one_sided_hp_filter`
    shows by how much.

    Equivalents
    -----------
    Stata ``tsfilter hp cycle = x, trend(t)``; EViews ``x.hpf``; R ``mFilter::hpfilter``;
    statsmodels ``hpfilter``, which gives nothing but NaN where one value is missing.

    References
    ----------
    Hodrick and Prescott (1997), Postwar U.S. business cycles, JMCB 29. Ravn and Uhlig (2002), On
    adjusting the Hodrick-Prescott filter for the frequency of observations, REStat 84.

    Examples
    --------
    >>> import paimana as pm
    >>> result = pm.hp_filter([10.0, 13.0, 14.0, 19.0, 20.0], lamb=1600)
    >>> [round(v, 2) for v in result.trend]
    [10.0, 12.6, 15.2, 17.8, 20.4]
    >>> pm.hp_filter([1.0, 2.0, None, 4.0], freq="Q").trend[2]
    3.0
    """
    data = read(x, time=time, freq=freq, axis=axis)
    (trend, cycle), _, of = take_apart(data, _core.trend.hp, _lambda(data, "hp_filter", lamb))
    return Cycle(trend, cycle, _of=of)


@indicator
def one_sided_hp_filter(
    x: T,
    lamb: float | None = None,
    *,
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
) -> Cycle[T]:
    """One-sided Hodrick-Prescott filter: the trend as it could be known at the time.

    The trend of each period is the last point of `hp_filter` on the data up to that period.

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    lamb
        Penalty, above 0; None for the usual one: 6.25 annual, 100 half-yearly, 1600 quarterly,
        129600 monthly.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred from the dates.
    axis
        Time axis of an array.

    Returns
    -------
    A result with ``.trend`` and ``.cycle``, each of the class and with the labels of `x`, in its
    unit.

    Raises
    ------
    ValueError
        For a penalty that is not positive, none where the frequency has no usual one, fewer than
        three observed values (the series is named).
    TypeError
        For data or a penalty that are not numbers.

    Notes
    -----
    Computed in one pass by the filter of the local linear trend whose slope has 1/lambda times the
    variance of the observations, started diffuse exactly; approximately diffuse starts are off in
    the fourth decimal. The first two observed values are their own trend. A missing value within
    the series gets the forecast as its trend, and no cycle; before the second observed value there
    is no slope, so the trend between the first two is missing.

    Equivalents
    -----------
    Matlab ``one_sided_hp_filter_kalman`` (Meyer-Gohde 2010); statsmodels has none.

    References
    ----------
    Stock and Watson (1999), Forecasting inflation, JME 44. Harvey and Jaeger (1993), Detrending,
    stylized facts and the business cycle, JAE 8.

    Examples
    --------
    >>> import paimana as pm
    >>> x = [10.0, 13.0, 14.0, 19.0, 20.0]
    >>> result = pm.one_sided_hp_filter(x, lamb=1600)
    >>> [round(v, 2) for v in result.trend]
    [10.0, 13.0, 14.33, 18.2, 20.4]
    >>> round(pm.hp_filter(x, lamb=1600).trend[-1], 2)
    20.4
    """
    data = read(x, time=time, freq=freq, axis=axis)
    lamb = _lambda(data, "one_sided_hp_filter", lamb)
    (trend, cycle), _, of = take_apart(data, _core.trend.one_sided_hp, lamb)
    return Cycle(trend, cycle, _of=of)


@indicator
def boosted_hp_filter(
    x: T,
    lamb: float | None = None,
    *,
    stop: str | None = "bic",
    iterations: int = 100,
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
) -> Boosted[T]:
    """Boosted Hodrick-Prescott filter: the filter applied to its own cycle until a rule says stop.

    trend(m) = (I - (I - S)^m) x, where S x is the trend of `hp_filter`.

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    lamb
        Penalty, above 0 and up to 1e14; None for the usual one: 6.25 annual, 100 half-yearly,
        1600 quarterly, 129600 monthly.
    stop
        ``"bic"``: before the round in which var(c_m)/var(c_1) + ln n / (n - tr S) times the trace
        of I - (I - S)^m no longer falls. ``"adf"``: at the first round whose cycle passes the
        augmented Dickey-Fuller test (constant and trend, (n-1)^(1/3) lags) at 5 %. None: after
        all.
    iterations
        The most rounds, at least 1.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred from the dates.
    axis
        Time axis of an array.

    Returns
    -------
    A result with ``.trend`` and ``.cycle``, each of the class and with the labels of `x`, in its
    unit, and ``.iterations``: how many rounds were kept, one number or one a series.

    Raises
    ------
    ValueError
        For a penalty that is not positive, none where the frequency has no usual one, an unknown
        rule, fewer than three values, a missing value within the series (the period is named).
    TypeError
        For data or options that are not numbers.

    Notes
    -----
    Missing values before the first and after the last observed one are left out. The trace is the
    exact sum over the eigenvalues of S.

    Equivalents
    -----------
    R ``bHP::BoostedHP``.

    References
    ----------
    Phillips and Shi (2021), Boosting: why you can use the HP filter, IER 62.

    Examples
    --------
    >>> import paimana as pm
    >>> x = [0.0, 2.0, 1.0, 5.0, 9.0, 7.0, 4.0, 6.0, 12.0, 11.0]
    >>> once = pm.boosted_hp_filter(x, lamb=100, stop=None, iterations=1)
    >>> round(once.trend[-1], 6) == round(pm.hp_filter(x, lamb=100).trend[-1], 6)
    True
    >>> pm.boosted_hp_filter(x, lamb=100, stop=None, iterations=3).iterations
    3
    """
    data = read(x, time=time, freq=freq, axis=axis)
    options = (
        _lambda(data, "boosted_hp_filter", lamb),
        "none" if stop is None else stop,
        count(iterations, "iterations", 1),
    )
    (trend, cycle), figures, of = take_apart(data, _core.trend.boosted_hp, *options)
    rounds: Any = figures[0].astype(np.int64)
    return Boosted(
        trend, cycle, int(rounds) if rounds.ndim == 0 else data.reduced(figures[0]), _of=of
    )
