"""Trends as forecasts: Hamilton's regression filter and the Beveridge-Nelson decomposition.

The trend is what could be foreseen, two years ahead or for the long run; the cycle is the rest.
"""

from __future__ import annotations

from typing import Any

from paimana import _core
from paimana._containers import read
from paimana._indicator import indicator
from paimana.measure._common import T, count
from paimana.measure._parts import Fitted, LongRun, frequency_option, take_apart

__all__ = ["bn_decomposition", "hamilton_filter"]

HORIZONS = {"A": 2, "H": 4, "Q": 8, "M": 24}
"""Two years (Hamilton 2018, section 5)."""
MOST = 2**24
"""More lags than a series has values, for whose coefficients there would be no memory."""
LAGS = {"A": 1, "H": 2, "Q": 4, "M": 12}
"""One year."""


def _lags(value: Any, name: str, least: int) -> int:
    """A number of lags, or how far they lie back."""
    number = count(value, name, least)
    if number > MOST:
        raise ValueError(f"{name} must be at most {MOST}, not {number}")
    return number


@indicator
def hamilton_filter(
    x: T,
    h: int | None = None,
    p: int | None = None,
    *,
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
) -> Fitted[T]:
    """Hamilton's filter: the cycle is what could not be foreseen `h` periods before.

    x(t) = b0 + b1 x(t-h) + ... + bp x(t-h-p+1) + cycle(t), by least squares; the trend is the
    fitted value. With ``p=0``, the random walk: cycle(t) = x(t) - x(t-h).

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray. Take logarithms
        first (times 100 for per cent).
    h
        Horizon in periods; None for two years (2, 4, 8, 24 periods for A, H, Q, M).
    p
        Lags; None for one year (1, 2, 4, 12 periods); 0 for the random walk.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred from the dates.
    axis
        Time axis of an array.

    Returns
    -------
    A result with ``.trend`` and ``.cycle``, each of the class and with the labels of `x`, in its
    unit, and ``.coefficients`` (an array, the constant first).

    Raises
    ------
    ValueError
        For a horizon below 1, a negative number of lags, none where the frequency has no usual one,
        a series too short (it is named).
    TypeError
        For data that are not numbers, or counts that are not whole.

    Notes
    -----
    The first ``h + p - 1`` periods are missing. A period enters the regression where its value and
    all it is regressed on are observed; others are missing. Solved by orthogonalisation, not by the
    normal equations, which square the condition: lags of a trending series are nearly alike. Where
    a regressor is a combination of the ones before (a constant series), it is left out.

    Equivalents
    -----------
    quantecon ``hamilton_filter(x, h, p)``; R ``neverhpfilter::yth_filter``; Stata
    ``hamiltonfilter``.

    References
    ----------
    Hamilton (2018), Why you should never use the Hodrick-Prescott filter, REStat 100.

    Examples
    --------
    >>> import paimana as pm
    >>> result = pm.hamilton_filter([1.0, 2.0, 4.0, 7.0, 11.0, 16.0], h=2, p=0)
    >>> result.cycle
    [nan, nan, 3.0, 5.0, 7.0, 9.0]
    >>> fitted = pm.hamilton_filter([1.0, 2.0, 4.0, 7.0, 11.0, 16.0, 22.0], h=1, p=1)
    >>> [round(float(b), 3) for b in fitted.coefficients]
    [1.35, 1.315]
    """
    data = read(x, time=time, freq=freq, axis=axis)
    if h is None:
        h = frequency_option(data, "hamilton_filter", "h", HORIZONS)
    if p is None:
        p = frequency_option(data, "hamilton_filter", "p", LAGS)
    options = (_lags(h, "h", 1), _lags(p, "p", 0))
    (trend, cycle), figures, of = take_apart(data, _core.trend.hamilton, *options)
    return Fitted(trend, cycle, figures, _of=of)


@indicator
def bn_decomposition(
    x: T,
    p: int = 2,
    *,
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
) -> LongRun[T]:
    """Beveridge-Nelson decomposition: the trend is where the series is headed in the long run.

    Growth follows an autoregression of order p with mean mu, by least squares. With F its companion
    matrix and Z(t) the last p deviations of growth from mu,  cycle(t) = -e1' F (I - F)^-1 Z(t),
    trend(t) = x(t) - cycle(t).

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray. Take logarithms
        first (times 100 for per cent).
    p
        Lags of growth, at least 1.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred from the dates.
    axis
        Time axis of an array.

    Returns
    -------
    A result with ``.trend`` and ``.cycle``, each of the class and with the labels of `x`, in its
    unit, ``.growth`` (mean growth a period) and ``.coefficients`` (an array, the constant first).

    Raises
    ------
    ValueError
        For no lags, a series shorter than 2 p + 3, a missing value within the series (the period is
        named), an autoregression that is not stationary.
    TypeError
        For data that are not numbers, or a count that is not whole.

    Notes
    -----
    The first p periods are missing. Missing values before the first and after the last observed one
    are left out.

    Equivalents
    -----------
    None built into Stata, EViews or statsmodels: user code on a fitted autoregression.

    References
    ----------
    Beveridge and Nelson (1981), JME 7. Morley (2002), A state-space approach to calculating the
    Beveridge-Nelson decomposition, Economics Letters 75.

    Examples
    --------
    >>> import paimana as pm
    >>> x = [0.0, 1.0, 3.0, 4.0, 4.5, 6.0, 8.5, 9.0, 10.0, 12.0]
    >>> result = pm.bn_decomposition(x, p=1)
    >>> round(result.growth, 4), round(result.trend[-1], 4)
    (1.3472, 11.8549)
    """
    data = read(x, time=time, freq=freq, axis=axis)
    lags = _lags(p, "p", 1)
    (trend, cycle), figures, of = take_apart(data, _core.trend.beveridge_nelson, lags)
    return LongRun(trend, cycle, data.reduced(figures[0]), figures[1:], _of=of)
