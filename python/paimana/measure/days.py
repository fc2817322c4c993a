"""Per day: values over the days on which they came about, so that months of unequal length compare.

The days themselves are counted in `paimana.calendar`.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import numpy as np

from paimana import _core
from paimana._containers import Values, read
from paimana._containers.interval import IntervalData
from paimana._indicator import indicator
from paimana._time import Time
from paimana.calendar._week import Weekend
from paimana.calendar._working import days_of, days_worked
from paimana.measure._beside import beside
from paimana.measure._common import T

__all__ = ["per_day"]

Array = np.ndarray[Any, Any]


@indicator
def per_day(
    x: T,
    *,
    days: str = "working",
    country: str | None = None,
    holidays: Iterable[Any] | None = None,
    weekend: Weekend = "sat-sun",
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    start: Any = None,
    axis: int = 0,
    out: Any = None,
) -> T:
    """Values per working day, or per day, in the unit of the data.

    per_day(t) = x(t) / (days of period t)

    Parameters
    ----------
    x
        Flows along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    days
        ``"working"`` counts days that are neither days of rest nor holidays, ``"calendar"`` all.
    country
        A code of two letters such as ``"PK"``: its public holidays are no working days, as the
        package ``holidays`` carries them (``pip install "paimana[calendar]"``).
    holidays
        Days, or spans such as ``"2023-04-21..2023-04-25"``, on which no work is done either.
    weekend
        The days of rest: ``"sat-sun"``, ``"fri-sat"``, ``"thu-fri"``, ``"sun"``, or a dict from the
        days on which they began to hold, as in `calendar.regressors`.
    decimals
        Digits after the point of exact results, and of the bounds of an interval, which are rounded
        outward; None: four. Not for floats.
    rounding
        How exact results are rounded: ``"half_up"`` (ties away from zero), ``"half_even"``,
        ``"half_down"``, ``"up"``, ``"down"``, ``"ceiling"`` or ``"floor"``.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred from the dates.
    start
        The first period of a bare array, such as ``"2021-07"``.
    axis
        Time axis of an array.
    out
        Array for the results (arrays only): float64, of the shape and order of `x`.

    Returns
    -------
    Same class and labels as `x`, in its unit, per day.

    Raises
    ------
    ValueError
        For data without dates, a country, weekend or holiday that makes no sense, holidays beside
        ``days="calendar"``.
    ImportError
        If `country` is given and the package ``holidays`` is not installed.
    TypeError
        For data that are not numbers.

    Notes
    -----
    Missing where the value is, and where a period has no such day. For flows (sales, exports), not
    for stocks, averages or index numbers. Feasts whose days off a government decides year by year
    belong into `holidays`: tables of public holidays hold the days of the feast alone.

    Equivalents
    -----------
    EViews ``x / @daycount("working days")``; pandas ``x / np.busday_count(begins, ends)``.

    References
    ----------
    Eurostat, ESS guidelines on seasonal adjustment (2024), chapter 2: calendar adjustment by
    proportion.

    Examples
    --------
    Two Aprils of Pakistan, with the days off that the government gave for Eid al-Fitr:

    >>> import paimana as pm
    >>> eid = ["2023-04-21..2023-04-25", "2024-04-10..2024-04-13"]
    >>> exports = pm.datasets.load("pakistan_ict")
    >>> round(float(pm.yoy(exports)["2024-04"]), 1)
    62.3
    >>> round(float(pm.yoy(pm.per_day(exports, holidays=eid))["2024-04"]), 1)
    45.2
    """
    data = read(x, time=time, freq=freq, start=start, axis=axis, exact=(decimals, rounding))
    if data.time is None:
        raise ValueError(
            "per_day needs to know the days of each period: give freq= and start=, as in "
            'pm.per_day(x, freq="M", start="2021-07"), or data with dates'
        )
    # exact values are divided by exact numbers of days
    middle = data.middle if isinstance(data, IntervalData) else data
    labels = getattr(getattr(middle, "calendar", None), "labels", None)
    counted = _days(data.time, days, country, holidays, weekend, labels)
    exact = isinstance(middle.values, Values)
    whole = [Decimal(int(count)) for count in counted] if exact else counted
    data, wholes = beside(data, whole, None, None, 0)
    return data.map(_core.shares.share, wholes, "missing", "fraction", out=out)


def _days(
    time: Time, days: str, country: str | None, holidays: Any, weekend: Weekend, labels: Any
) -> Array:
    """The number of days in the period of each row."""
    time.need_dates()
    if days == "working":
        return days_worked(time, weekend, country, holidays, labels)
    if days != "calendar":
        raise ValueError(f'days={days!r} is not known: give "working" or "calendar"')
    if country is not None or holidays is not None:
        raise ValueError(
            'days="calendar" counts every day: leave out country= and holidays=, or give '
            'days="working"'
        )
    first, last = days_of(time, labels)
    return (last - first).astype(np.int64) + 1.0
