"""The calendar of economic data: trading days, leap years, Easter and known outliers.

`regressors` gives them as labelled columns over the periods of any index, for any model, by the
names that X-13 has for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from operator import index as whole
from typing import Any

import numpy as np

from paimana._stamps import bare, time_of
from paimana._time import Time
from paimana.calendar._build import Options, build
from paimana.calendar._result import Regressors
from paimana.calendar._week import Weekend

__all__ = ["Regressors", "regressors"]

_INTEGER: Any = np.integer


def regressors(
    index: Any,
    names: Iterable[str],
    *,
    weekend: Weekend = "sat-sun",
    back: int = 0,
    ahead: int = 0,
    freq: str | None = None,
    start: Any = None,
) -> Any:
    """Columns of the calendar over the periods of an index.

    Parameters
    ----------
    index
        The periods: an index of pandas, a Series or DataFrame with one, a sequence of dates or of
        texts such as ``"2024-04"``, or the number of periods from `start` on. Absent periods have
        no rows, as in the data.
    names
        The regressors, by the names in the table below (Notes).
    weekend
        The days of rest: ``"sat-sun"``, ``"fri-sat"``, ``"thu-fri"``, ``"sun"``, or a dict from
        the days on which they began to hold, such as
        ``{None: "thu-fri", "2013-06-29": "fri-sat"}`` for Saudi Arabia.
    back, ahead
        Rows added before the first period and after the last, for backcasts and forecasts.
    freq
        The frequency, where the dates do not tell it.
    start
        The first period, where `index` is a number.

    Returns
    -------
    pandas DataFrame or Regressors
        A DataFrame on the index of the input where that is of pandas, with what each column is in
        ``attrs["groups"]``; else `Regressors`, with ``values``, ``columns``, ``labels`` and
        ``groups``.

    Raises
    ------
    ValueError
        If a name is none (the sentence lists all), occurs twice, or has no meaning for this
        frequency; if an option makes no sense.

    Notes
    -----
    =====================  ========================================================================
    name                   column
    =====================  ========================================================================
    ``td``                 six: days of the week less Sundays (the last day of the weekend)
    ``td1``                working days less 5/2 times days of rest
    ``lpyear``             .75 in a leap February (first quarter), -.25 in another, else 0
    ``lom``, ``loq``       length of month less 30.4375, of quarter less 91.3125
    ``easter[w]``          share of the w days (1 to 25) before Easter, less its mean in 1600-2099
    ``tdstock[d]``,        for stocks at day d of the month (31: its end), or at the end of the
    ``easterstock[w]``     period
    ``ao2020.apr``,        additive outlier, level shift, temporary change, seasonal outlier, at
    ``ls`` ``tc`` ``so``   2020.apr or 2020.4 (4th period), 2020-04, 2020Q2 ...
    ``rp2008.1-2009.6``    ramp
    =====================  ========================================================================

    Where the weekend moved, places in the week of work are contrasted (``td_day1`` is the first
    working day), so that effects move with it.

    Equivalents
    -----------
    X-13ARIMA-SEATS: ``regression{variables=(td lpyear easter[8] ...)}``, equal in every digit that
    it saves.

    References
    ----------
    U.S. Census Bureau, X-13ARIMA-SEATS Reference Manual, section 7.13 (regression).

    Examples
    --------
    >>> import paimana as pm
    >>> r = pm.calendar.regressors(3, ["td1", "lpyear"], start="2024-02")
    >>> r.columns
    ('td1', 'lpyear')
    >>> r["td1"].tolist(), r["lpyear"].tolist()
    ([1.0, -4.0, 2.0], [0.75, 0.0, 0.0])
    """
    back, ahead = _count(back, "back"), _count(ahead, "ahead")
    labels, time = _time_of(index, freq, start)
    found = build(time, names, Options(weekend), back, ahead)
    if time.slots is not None:
        # rows as the input has them, between those added before and after
        given = (time.slots + back).tolist()
        rows: list[int] = [*range(back), *given, *range(back + time.span, len(found))]
        chosen = tuple(found.labels[row] for row in rows)
        found = replace(found, labels=chosen, values=found.values[rows])
    if labels is None:
        return found
    from paimana._containers._index_pandas import extended_index

    return replace(found, _index=extended_index(labels, time, back, ahead)).frame()


def _count(value: Any, name: str) -> int:
    try:
        number = -1 if isinstance(value, bool) else whole(value)
    except TypeError:
        number = -1
    if not 0 <= number <= 100_000:
        raise ValueError(f"{name} must be a number of periods, at least 0, not {value!r}")
    return number


def _time_of(index: Any, freq: str | None, start: Any) -> tuple[Any, Time]:
    """The index of pandas, if it is one, and the time of its rows."""
    labels = None
    if isinstance(index, (int, _INTEGER)) and not isinstance(index, bool):
        if start is None:
            raise ValueError(
                "the number of periods does not say which they are: give the first with start=, "
                'such as start="2015-01"'
            )
        time = bare(whole(index), freq, start)
    elif any(base.__module__.partition(".")[0] == "pandas" for base in type(index).__mro__):
        from paimana._containers._index_pandas import read_index

        labels, time = read_index(index, freq, start)
    else:
        if start is not None:
            raise ValueError("start= is for a number of periods; the dates say where they begin")
        time = time_of(index, freq)
    if time is None:
        raise ValueError(
            "the index tells no periods: give dates, texts such as 2024-04, or the number of "
            'periods with start="2015-01"; a single date needs freq="M"'
        )
    if not time.rows:
        raise ValueError("the index has no rows: give at least one period")
    return labels, time
