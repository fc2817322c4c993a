"""The calendar of economic data: trading days, leap years, Easter, moving holidays, outliers.

`regressors` gives them as labelled columns over the periods of any index, for any model: those of
X-13 by X-13's names, and the Islamic holidays, Chinese New Year and Diwali by windows of days.
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
        The regressors, by the names in the table below.
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
