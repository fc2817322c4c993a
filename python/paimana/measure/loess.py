"""Seasonal and trend decomposition by loess: one seasonal pattern (STL), or several (MSTL)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from paimana import _core
from paimana._containers import Data, read
from paimana._indicator import indicator
from paimana.measure._common import T, count, flag
from paimana.measure._parts import Seasonal, Seasonals, frequency_option, take_apart

__all__ = ["mstl", "stl"]

PERIODS = {"H": 2, "Q": 4, "M": 12, "W": 52}


def _options(
    period: Any,
    seasonal: int,
    trend: int | None,
    low_pass: int | None,
    degrees: tuple[int, int, int],
    jumps: tuple[int, int, int],
    robust: bool,
    inner: int | None,
    outer: int | None,
) -> tuple[Any, ...]:
    """The options as the core takes them, with the defaults of the paper."""
    period, seasonal = count(period, "period"), count(seasonal, "seasonal", 3)
    if trend is None:
        trend = int(np.ceil(1.5 * period / (1 - 1.5 / seasonal)))
        trend += trend % 2 == 0
    if low_pass is None:
        low_pass = period + 1 + period % 2
    windows = (seasonal, count(trend, "trend"), count(low_pass, "low_pass"))
    smoothers = [
        [window, count(degree, f"{name}_degree"), count(jump, f"{name}_jump")]
        for name, window, degree, jump in zip(
            ("seasonal", "trend", "low_pass"), windows, degrees, jumps, strict=True
        )
    ]
    robust = flag(robust, "robust")
    inner = (2 if robust else 5) if inner is None else inner
    outer = (15 if robust else 0) if outer is None else outer
    return (period, *smoothers, count(inner, "inner", 1), count(outer, "outer", 0))


def _period(data: Data, function: str, name: str, period: Any) -> Any:
    if period is not None:
        return period
    if data.time is not None and data.time.freq == "A":
        raise ValueError(f"annual data have no seasons: {function} needs a longer cycle as {name}=")
    return frequency_option(data, function, name, PERIODS)


@indicator
def stl(
    x: T,
    period: int | None = None,
    seasonal: int = 7,
    *,
    trend: int | None = None,
    low_pass: int | None = None,
    seasonal_degree: int = 1,
    trend_degree: int = 1,
    low_pass_degree: int = 1,
    seasonal_jump: int = 1,
    trend_jump: int = 1,
    low_pass_jump: int = 1,
    robust: bool = False,
    inner: int | None = None,
    outer: int | None = None,
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
) -> Seasonal[T]:
    """STL: trend, seasonal and residual by local regressions, with missing values allowed.

    x = trend + seasonal + residual. Each round smooths the values of every season over the years,
    takes the low frequencies out of the result, and smooths x without it; robust weights then give
    outliers less say.

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray. Take logarithms
        first where the seasonal swings grow with the level.
    period
        Periods in a cycle of the seasons, at least 2; None for a year (2, 4, 12, 52 for H, Q, M,
        W).
    seasonal
        Values of one season (years) in each local fit: odd, at least 3; the larger, the steadier.
    trend
        Values in each fit of the trend: odd, above the period; None for the smallest odd number
        from 1.5 period / (1 - 1.5/seasonal) on.
    low_pass
        Values in each fit of the low frequencies: odd, above the period; None for the smallest.
    seasonal_degree, trend_degree, low_pass_degree
        1 for local lines, 0 for local constants.
    seasonal_jump, trend_jump, low_pass_jump
        Fit at every such value only, and interpolate between.
    robust
        Give outliers less weight.
    inner, outer
        Rounds of the inner and the outer loop; None for 5 and 0, with `robust` 2 and 15.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred from the dates.
    axis
        Time axis of an array.

    Returns
    -------
    A result with ``.trend``, ``.seasonal`` and ``.residual``, each of the class and with the labels
    of `x`, in its unit.

    Raises
    ------
    ValueError
        For annual data without a period, even or too short windows, fewer than two whole cycles, a
        season without any observed value (period and series are named).
    TypeError
        For data that are not numbers, or counts that are not whole.

    Notes
    -----
    A local fit uses the nearest observed values, so a missing one (or an absent period) is left out
    and gets a trend and a seasonal, but no residual. Before the first observed value and after the
    last, all parts are missing. Results do not depend on the number of threads, nor on which other
    columns a frame has.

    Equivalents
    -----------
    R ``stl(x, s.window = 7)`` (whose defaults for the low-pass jumps differ), ``stlplus`` with
    missing values; statsmodels ``STL(x, period, seasonal).fit()``, which gives nothing but NaN
    where one value is missing.

    References
    ----------
    Cleveland, Cleveland, McRae and Terpenning (1990), STL: a seasonal-trend decomposition procedure
    based on loess, Journal of Official Statistics 6.

    Examples
    --------
    >>> import paimana as pm
    >>> x = [t + [3.0, -1.0, -4.0, 2.0][t % 4] for t in range(24)]
    >>> result = pm.stl(x, 4)
    >>> [round(v, 6) for v in result.seasonal[:4]]
    [3.0, -1.0, -4.0, 2.0]
    >>> x[9] = None
    >>> again = pm.stl(x, 4)
    >>> round(again.trend[9] + again.seasonal[9], 6)
    8.0
    """
    data = read(x, time=time, freq=freq, axis=axis)
    degrees = (seasonal_degree, trend_degree, low_pass_degree)
    jumps = (seasonal_jump, trend_jump, low_pass_jump)
    period = _period(data, "stl", "period", period)
    options = _options(period, seasonal, trend, low_pass, degrees, jumps, robust, inner, outer)
    (level, pattern, residual), _, of = take_apart(data, _core.trend.stl, options)
    return Seasonal(level, pattern, residual, _of=of)


@indicator
def mstl(
    x: T,
    periods: Sequence[int],
    windows: Sequence[int] | None = None,
    *,
    iterations: int = 2,
    trend: int | None = None,
    robust: bool = False,
    inner: int | None = None,
    outer: int | None = None,
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
) -> Seasonals[T]:
    """MSTL: several seasonal patterns, each found by STL in the series without the others.

    x = trend + seasonal(1) + ... + seasonal(k) + residual.

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    periods
        Lengths of the cycles, in periods, at least 2 each and all different: ``[7, 365]``.
    windows
        Values of one season in each local fit, one for each cycle: odd, at least 3; None for 11,
        15, 19, ... from the shortest cycle on.
    iterations
        Rounds over all cycles; one is enough for a single cycle, and done.
    trend
        Values in each fit of the trend; None for the default of `stl` for each cycle.
    robust, inner, outer
        As in `stl`.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred from the dates.
    axis
        Time axis of an array.

    Returns
    -------
    A result with ``.trend`` and ``.residual``, each of the class and with the labels of `x`, in its
    unit, and ``.seasonal``, a dictionary from each cycle to its seasonal.

    Raises
    ------
    ValueError
        For no cycles or equal ones, a number of windows other than theirs, and what `stl` refuses.
    TypeError
        For data that are not numbers, or counts that are not whole.

    Notes
    -----
    Cycles are taken shortest first. Missing values as in `stl`. The series must hold two whole
    cycles of the longest.

    Equivalents
    -----------
    R ``forecast::mstl`` (windows 11, 15, 19, ...); statsmodels ``MSTL(x, periods, windows).fit()``.

    References
    ----------
    Bandara, Hyndman and Bergmeir (2021), MSTL: a seasonal-trend decomposition algorithm for time
    series with multiple seasonal patterns.

    Examples
    --------
    >>> import paimana as pm
    >>> x = [0.1 * t + [2.0, 0.0, -2.0][t % 3] + [1.0, 3.0, -1.0, -3.0][t % 4] for t in range(60)]
    >>> result = pm.mstl(x, [3, 4])
    >>> sorted(result.seasonal)
    [3, 4]
    >>> parts = (result.trend[9], result.seasonal[3][9], result.seasonal[4][9], result.residual[9])
    >>> round(sum(parts), 6) == round(x[9], 6)
    True
    """
    data = read(x, time=time, freq=freq, axis=axis)
    for name, given in (("periods", periods), ("windows", windows)):
        if isinstance(given, str) or not (given is None or hasattr(given, "__iter__")):
            raise TypeError(f"{name} is a list, such as {name}=[7, 365], not {given!r}")
    cycles = [count(period, "periods") for period in periods]
    if windows is None:
        chosen = [11 + 4 * i for i in range(len(cycles))]
        pairs = list(zip(sorted(cycles), chosen, strict=True))
    elif len(windows := list(windows)) == len(cycles):
        pairs = sorted(zip(cycles, windows, strict=True))
    else:
        raise ValueError(
            f"windows must be one for each of the {len(cycles)} periods, not {len(windows)}"
        )
    same = (trend, None, (1, 1, 1), (1, 1, 1), robust, inner, outer)
    options = [_options(period, window, *same) for period, window in pairs]
    parts, _, (_, arrays) = take_apart(
        data, _core.trend.mstl, options, count(iterations, "iterations", 1)
    )
    level, residual, *patterns = parts
    seasonal = {period: part for (period, _), part in zip(pairs, patterns, strict=True)}
    of = (data, [arrays[0], *arrays[2:], arrays[1]])  # in the order in which parts are shown
    return Seasonals(level, seasonal, residual, _of=of)
