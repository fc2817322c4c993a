"""Working days: those that are neither days of rest nor holidays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from paimana import _core
from paimana._extras import require
from paimana._time import Time
from paimana.calendar._events import year_of
from paimana.calendar._index import index_time
from paimana.calendar._observed import public_holidays
from paimana.calendar._week import Weekend, day_of, weekends

__all__ = ["days_of", "days_worked", "working_days"]

Array = np.ndarray[Any, Any]

LONGEST = 60
"""Days of a span of holidays: longer ones are slips of the pen."""


def _days_off(holidays: Any, country: str | None, first: int, last: int) -> list[int]:
    """The holidays that a user gives, and those of a country, in days since 1970."""
    found: list[int] = []
    if holidays is not None:
        if isinstance(holidays, str) or not isinstance(holidays, Iterable):
            raise TypeError(
                "holidays must be a list of days or of spans of days, such as "
                f'["2023-04-21..2023-04-25"], not {holidays!r}'
            )
        for given in holidays:  # pyright: ignore[reportUnknownVariableType]
            ends: list[Any] = given.split("..", 1) if isinstance(given, str) else [given]
            begin = day_of(ends[0], "a holiday")
            end = day_of(ends[-1], "the end of a holiday")
            if not 0 <= end - begin <= LONGEST:
                raise ValueError(
                    f"the holiday {given!r} ends before it begins"
                    if end < begin
                    else f"the holiday {given!r} lasts more than {LONGEST} days: correct it"
                )
            found += range(begin, end + 1)
    if country is not None:
        found += public_holidays(country, range(year_of(first), year_of(last) + 1))
    return found


def days_of(time: Time, labels: Any) -> tuple[Array, Array]:
    """The first and the last day of the period of each row, as datetime64[D]."""
    own = None
    if labels is not None:
        from paimana._containers._calendar_pandas import own_days

        own = own_days(labels)
    return (time.dates(), time.last_dates()) if own is None else own


def days_worked(
    time: Time,
    weekend: Weekend,
    country: str | None = None,
    holidays: Any = None,
    labels: Any = None,
) -> Array:
    """The number of working days in the period of each row of a `Time`.

    `labels` is the index of pandas that the time was read from, if it was one.
    """
    first, last = (ends.astype(np.int64) for ends in days_of(time, labels))
    if not len(first):
        return np.empty(0)
    begin, end = int(first.min()), int(last.max())
    off = _days_off(holidays, country, begin, end)
    works = _core.calendar.working_days("D", begin, end - begin + 1, weekends(weekend), off)
    until = np.concatenate(([0.0], np.cumsum(works)))
    return until[last - begin + 1] - until[first - begin]


def working_days(
    index: Any,
    *,
    country: str | None = None,
    holidays: Iterable[Any] | None = None,
    weekend: Weekend = "sat-sun",
    freq: str | None = None,
    start: Any = None,
) -> Any:
    """The number of working days of each period: those that are no days of rest and no holidays.

    Parameters
    ----------
    index
        The periods, as in `regressors`. Weeks run from Monday to Sunday, if they are no periods of
        pandas that say otherwise.
    country
        A code of two letters such as ``"PK"``: the public holidays of this country are none, as the
        package ``holidays`` carries them (``pip install "paimana[calendar]"``); those that it
        estimates count too.
    holidays
        Days, or spans of days such as ``"2023-04-21..2023-04-25"``, beside those of `country`.
    weekend
        The days of rest, as in `regressors`.
    freq
        The frequency, where the dates do not tell it.
    start
        The first period, where `index` is a number.

    Returns
    -------
    pandas Series or float64 array
        A Series on the index of the input where that is of pandas.

    Raises
    ------
    ValueError
        If the country, the weekend or a holiday makes no sense, or no holidays of the country are
        known in some year.
    ImportError
        If `country` is given and the package ``holidays`` is not installed.

    Notes
    -----
    A government may give more days off than the feast has: what `country` brings is what the
    package knows, and `holidays` is for the rest.

    Examples
    --------
    >>> import paimana as pm
    >>> pm.calendar.working_days(2, start="2024-03", holidays=["2024-04-10..2024-04-12"]).tolist()
    [21.0, 19.0]
    """
    labels, time = index_time(index, freq, start)
    time.need_dates()
    found = days_worked(time, weekend, country, holidays, labels)
    if labels is None:
        return found
    return require("pandas", "pandas").Series(found, index=labels, name="working_days")
