"""The periods that a user names for columns of the calendar: an index, dates, or a number."""

from __future__ import annotations

from operator import index as whole
from typing import Any

import numpy as np

from paimana._stamps import bare, time_of
from paimana._time import Time

__all__ = ["index_time"]

_INTEGER: Any = np.integer
MOST = 1_000_000
"""The most periods that can be asked for by their number."""


def index_time(index: Any, freq: str | None, start: Any) -> tuple[Any, Time]:
    """The index of pandas, if it is one, and the time of its rows."""
    labels = None
    if isinstance(index, (int, _INTEGER)) and not isinstance(index, bool):
        if start is None:
            raise ValueError(
                "the number of periods does not say which they are: give the first with start=, "
                'such as start="2015-01"'
            )
        if not 0 < whole(index) <= MOST:
            raise ValueError(f"the index is the number of periods, 1 to {MOST}, not {index}")
        time = bare(whole(index), freq, start)
    elif isinstance(index, str | float) or not hasattr(index, "__iter__"):
        raise TypeError(
            "the index is the periods: dates, texts such as 2024-04 in a list, or a whole number "
            f"of them with start=; got {index!r}"
        )
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
