"""Records: a value among the earlier values of its series. Records, ranks, streaks, peaks,
z-scores.

Observed values are compared with observed values; "a record" is one since the data begin.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from paimana import _core
from paimana._containers import PLAIN, Data, read
from paimana._indicator import indicator
from paimana._result import Result
from paimana._time import Time
from paimana.measure._common import T, calendar, count, flag

__all__ = [
    "PreviousRecord",
    "from_peak",
    "highest_since",
    "lowest_since",
    "previous_record",
    "rank",
    "record",
    "streak",
    "zscore",
]

Array = np.ndarray[Any, Any]

SEASONS = {"M": 12, "Q": 4, "H": 2}
"""The frequencies whose periods come again every year, and how many there are."""


def _season(data: Data, same_period: bool, function: str) -> int | None:
    """The number of periods after which the same month or quarter comes again."""
    if not flag(same_period, "same_period"):
        return None
    when: Time = calendar(data, function, "which periods are the same month or quarter")
    if when.freq not in SEASONS:
        raise ValueError(
            "same_period compares months, quarters or half-years of different years; "
            f"these data are {when.name}: leave it out"
        )
    return SEASONS[when.freq]


@indicator
def record(
    x: Any,
    sense: str = "high",
    *,
    same_period: bool = False,
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
) -> Any:
    """Whether each value is a record: strictly beyond all earlier observed values.

    record(t) = x(t) > max of x(s) over all s < t

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    sense
        ``"high"`` or ``"low"``.
    same_period
        Compare with the same month or quarter of other years only.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency where it is not to be inferred; bare arrays need it for `same_period`.
    axis
        Time axis of an array.

    Returns
    -------
    Booleans in the class of `x`, with its labels.

    Raises
    ------
    ValueError
        For an unknown `sense`, `same_period` with weeks or days, duplicate periods.
    TypeError
        For data that are not numbers.

    Notes
    -----
    The first observed value is no record, nor is a missing one. A value that equals the record is
    none. It is a record of these data: say where the sample starts.

    Equivalents
    -----------
    pandas ``x > x.cummax().shift()``, which takes neither gaps nor order into account.

    References
    ----------
    Arnold, Balakrishnan and Nagaraja, Records (1998): upper and lower records.

    Examples
    --------
    >>> import paimana as pm
    >>> pm.record([303, 265, 303, 306])
    [False, False, False, True]
    """
    data = read(x, time=time, freq=freq, axis=axis, exact=PLAIN)
    return data.flag(_core.records.record, sense, _season(data, same_period, "record"))


@dataclass(frozen=True, eq=False)
class PreviousRecord(Result):
    """The record that stood before each period.

    Attributes
    ----------
    value
        Its value, in the class of the input.
    period
        Its period, in the class of the input; NaT where there was none. Bare arrays give
        positions, -1 for none.
    """

    value: Any
    period: Any


@indicator
def previous_record(
    x: Any,
    sense: str = "high",
    *,
    same_period: bool = False,
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
) -> PreviousRecord:
    """The record that stood before each period: its value and when it was set.

    value(t) = max of x(s) over all s < t, period(t) = the first s that reached it

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    sense
        ``"high"`` or ``"low"``.
    same_period
        Compare with the same month or quarter of other years only.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency where it is not to be inferred; bare arrays need it for `same_period`.
    axis
        Time axis of an array.

    Returns
    -------
    A result with ``value`` (in the unit of the data) and ``period``, each in the class of `x`.

    Raises
    ------
    ValueError
        For an unknown `sense`, `same_period` with weeks or days, duplicate periods.
    TypeError
        For data that are not numbers.

    Notes
    -----
    Missing until a value has been observed; a period whose own value is missing still has one.

    Equivalents
    -----------
    pandas ``x.cummax().shift()`` for the value, without gaps.

    References
    ----------
    Arnold, Balakrishnan and Nagaraja, Records (1998): record values and record times.

    Examples
    --------
    >>> import paimana as pm
    >>> before = pm.previous_record([303, 265, 306, 310])
    >>> before.value, before.period
    ([nan, 303.0, 303.0, 306.0], [-1, 0, 0, 2])
    """
    data = read(x, time=time, freq=freq, axis=axis, exact=PLAIN)
    rows = data.run(
        _core.records.previous_record, sense, _season(data, same_period, "previous_record")
    )
    return PreviousRecord(data.like(data.taken(rows)), data.labels(rows))


@indicator
def highest_since(x: Any, *, time: Any = None, freq: str | None = None, axis: int = 0) -> Any:
    """The last earlier period whose value was at least as high ("the highest since ...").

    highest_since(t) = the last s < t with x(s) >= x(t)

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred from the dates.
    axis
        Time axis of an array.

    Returns
    -------
    Time labels in the class of `x`, NaT where no earlier value was as high; positions for bare
    arrays, -1 for none.

    Raises
    ------
    ValueError
        For duplicate periods, named in the message.
    TypeError
        For data that are not numbers.

    Notes
    -----
    NaT means the highest since the data begin (or a missing value). Missing values in between do
    not matter.

    Equivalents
    -----------
    None known as a function.

    References
    ----------
    The phrase of statistical releases: "the highest since June 2023".

    Examples
    --------
    >>> import paimana as pm
    >>> pm.highest_since([310, 265, 257, 306])
    [-1, 0, 1, 0]
    """
    return read(x, time=time, freq=freq, axis=axis, exact=PLAIN).place(
        _core.records.highest_since, "high"
    )


@indicator
def lowest_since(x: Any, *, time: Any = None, freq: str | None = None, axis: int = 0) -> Any:
    """The last earlier period whose value was at least as low ("the lowest since ...").

    lowest_since(t) = the last s < t with x(s) <= x(t)

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred from the dates.
    axis
        Time axis of an array.

    Returns
    -------
    Time labels in the class of `x`, NaT where no earlier value was as low; positions for bare
    arrays, -1 for none.

    Raises
    ------
    ValueError
        For duplicate periods, named in the message.
    TypeError
        For data that are not numbers.

    Notes
    -----
    NaT means the lowest since the data begin (or a missing value). Missing values in between do not
    matter.

    Equivalents
    -----------
    None known as a function.

    References
    ----------
    The phrase of statistical releases: "the lowest since June 2023".

    Examples
    --------
    >>> import paimana as pm
    >>> pm.lowest_since([190, 265, 257, 191])
    [-1, 0, 0, 0]
    """
    return read(x, time=time, freq=freq, axis=axis, exact=PLAIN).place(
        _core.records.highest_since, "low"
    )


@indicator
def rank(
    x: T,
    *,
    same_period: bool = False,
    within: str | None = None,
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
) -> T:
    """Rank of each value among the values up to its period; 1 is the highest.

    rank(t) = 1 + the number of observed s <= t with x(s) > x(t)

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    same_period
        Compare with the same month or quarter of other years only.
    within
        ``"row"`` ranks the series of a frame (or of an array) against each other, period by period.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency where it is not to be inferred; bare arrays need it for `same_period`.
    axis
        Time axis of an array.

    Returns
    -------
    Same class and labels as `x`; whole numbers as floats, missing where `x` is.

    Raises
    ------
    ValueError
        For an unknown `within`, ``within="row"`` of a single series or beside `same_period`,
        `same_period` with weeks or days.
    TypeError
        For data that are not numbers.

    Notes
    -----
    Ties share the better rank and the next is left out: 1-2-2-4.

    Equivalents
    -----------
    Stata ``egen rank, field``; pandas ``x.expanding().rank(method="min", ascending=False)``.

    References
    ----------
    Standard competition ranking.

    Examples
    --------
    >>> import paimana as pm
    >>> pm.rank([303, 306, 265, 306])
    [1.0, 1.0, 3.0, 1.0]
    >>> pm.rank([[5, 7, 7]], within="row")
    [[3.0, 1.0, 1.0]]
    """
    data = read(x, time=time, freq=freq, axis=axis, exact=PLAIN)
    if within is None:
        return data.map(_core.records.rank, _season(data, same_period, "rank"), False)
    if within != "row":
        raise ValueError(f'within must be None or "row", not {within!r}')
    if flag(same_period, "same_period"):
        raise ValueError(
            'same_period=True compares periods with those before, and within="row" the columns of '
            "one period: leave one of the two out"
        )
    if data.values.ndim != 2:
        raise ValueError(
            'within="row" ranks the columns of a frame against each other: give a frame'
        )
    return data.across(_core.records.rank, None, None, True)


@indicator
def streak(x: T, lag: int = 1, *, time: Any = None, freq: str | None = None, axis: int = 0) -> T:
    """How many periods in a row the value has risen (+n) or fallen (-n).

    streak(t) = n if x rose against x(t - lag) in each of the last n periods, -n if it fell, else 0

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    lag
        What a value is compared with: 1 the period before; 12 of monthly data the year before,
        which counts the months of positive (negative) yearly rates in a row.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred from the dates.
    axis
        Time axis of an array.

    Returns
    -------
    Same class and labels as `x`; whole numbers as floats, missing where `x` is.

    Raises
    ------
    ValueError
        For duplicate periods, named in the message.
    TypeError
        For data that are not numbers.

    Notes
    -----
    A missing or absent period ends a streak; a value without one to compare with is 0, and so is
    one that did not change. Apply it to ``yoy(x)`` for how long growth has been rising.

    Equivalents
    -----------
    None known as a function.

    References
    ----------
    The phrase of statistical releases: "the third rise in a row".

    Examples
    --------
    >>> import paimana as pm
    >>> pm.streak([265, 257, 306, 310, 310])
    [0.0, -1.0, 1.0, 2.0, 0.0]
    """
    data = read(x, time=time, freq=freq, axis=axis, exact=PLAIN)
    return data.map(_core.records.streak, count(lag, "lag"))


@indicator
def from_peak(
    x: T,
    *,
    unit: str = "percent",
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
    out: Any = None,
) -> T:
    """Distance from the highest value so far, in per cent, at most 0.

    from_peak(t) = 100 (x(t) / peak(t) - 1), peak(t) = max of x(s) over all s <= t

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
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
    Same class and labels as `x`, in per cent.

    Raises
    ------
    ValueError
        For duplicate periods, named in the message.
    TypeError
        For data that are not numbers.

    Notes
    -----
    0 at a new peak; missing where the peak is not positive.

    Equivalents
    -----------
    pandas ``100 * (x / x.cummax() - 1)``; drawdown in finance.

    References
    ----------
    Harding and Pagan, Dissecting the cycle, Journal of Monetary Economics 49 (2002): amplitude.

    Examples
    --------
    >>> import paimana as pm
    >>> pm.from_peak([80, 100, 75])
    [0.0, 0.0, -25.0]
    """
    return read(x, time=time, freq=freq, axis=axis, exact=(decimals, rounding)).map(
        _core.records.from_peak, unit, out=out
    )


@indicator
def zscore(
    x: T,
    window: int | None = None,
    *,
    ddof: int = 1,
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
    out: Any = None,
) -> T:
    """Distance from the mean in standard deviations.

    zscore(t) = (x(t) - mean) / sd, of the whole sample or of the last `window` periods

    Parameters
    ----------
    x
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    window
        The number of periods up to the current one; None for the whole sample.
    ddof
        What is taken off the number of values in the variance.
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
    Same class and labels as `x`, in standard deviations.

    Raises
    ------
    ValueError
        For a window below 1, a negative `ddof`, duplicate periods.
    TypeError
        For data that are not numbers.

    Notes
    -----
    The whole sample is that of the observed values; a window needs all its periods. Missing where
    the values are constant or too few. The whole sample looks ahead: for what was known at the
    time use a window.

    Equivalents
    -----------
    Stata ``egen z = std(x)``; R ``scale(x)``; scipy ``zscore(x, ddof=1)``.

    References
    ----------
    OECD/JRC, Handbook on Constructing Composite Indicators (2008), ch. 5: standardisation.

    Examples
    --------
    >>> import paimana as pm
    >>> pm.zscore([1, 2, 3])
    [-1.0, 0.0, 1.0]
    """
    data = read(x, time=time, freq=freq, axis=axis, exact=PLAIN)
    return data.map(_core.records.zscore, window, count(ddof, "ddof", 0), out=out)
