"""The sample of a brief: the columns asked for, laid out by the calendar, its period, its total.

What stands here turns any container into complete series and finds places in them; figures are in
`figures.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from paimana._containers import NEAREST, Data, read
from paimana._time import Time
from paimana.report.words import plain

__all__ = ["columns", "complete", "name_of", "sentence", "slot_of", "whole"]

Array = np.ndarray[Any, Any]


def complete(data: Data) -> Array:
    """The values as (periods, series), with every absent period of the span as a missing row."""
    time = data.time
    values = np.moveaxis(data.values, data.axis, 0)
    if values.ndim > 2:
        raise ValueError(
            f"a brief takes one series or a table of series; this has {values.ndim} dimensions: "
            "take one of its tables"
        )
    values = values[:, None] if values.ndim == 1 else values
    if time is None or time.slots is None:
        return values
    whole = np.full((time.span, values.shape[1]), np.nan)
    whole[time.slots] = values
    return whole


def columns(x: Any, wanted: list[str], total: Any, time: Any) -> Any:
    """The columns of a frame that are needed: those wanted, a total, and the dates."""
    have = getattr(x, "column_names", None)  # of Arrow
    have = [str(each) for each in (getattr(x, "columns", ()) if have is None else have)]
    if not have:
        raise ValueError("column= picks from a frame with named columns; this is a single series")
    for each in wanted:
        if each not in have:
            raise ValueError(f'there is no column "{each}": the columns are {", ".join(have)}')
    if isinstance(total, str) and total == "row":
        return x  # the total is that of all columns, not only of those wanted
    extra = [each for each in (total, time) if isinstance(each, str) and each in have]
    keep = list(dict.fromkeys([*wanted, *extra]))
    return x.select(keep) if hasattr(x, "select") else x[keep]


def name_of(data: Data, lane: int, dims: Sequence[Any] = ()) -> str:
    """The name of a series, without the words that messages put around that of a column.

    `dims` are the dimensions of an xarray object: "kind beef" is the beef of the dimension kind.
    """
    name = data.lane_label(lane).removeprefix('column "').removesuffix('"')
    for dim in dims:
        name = name.removeprefix(f"{dim} ")
    return name


def names_of(data: Data, lanes: int, dims: Sequence[Any] = ()) -> list[str]:
    """The names of all series, which must differ: each has a brief of its own."""
    names = [name_of(data, lane, dims) for lane in range(lanes)]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f'two columns are called "{name}": give each a name of its own')
    return names


def slot_of(values: Array, time: Time, until: Any, year_start: int) -> int:
    """The period of the brief: the one asked for, or the last with a value."""
    seen = np.flatnonzero(np.isfinite(values).any(axis=1))
    if not len(seen):
        raise ValueError("there is no observed value: a brief needs at least one")
    return int(seen[-1]) if until is None else time.slot(until, year_start=year_start)


def whole(total: Any, values: Array, names: list[str], time: Time) -> tuple[Array | None, str]:
    """What shares are shares of, period by period, and its name in words."""
    if total is None:
        return None, ""
    if isinstance(total, str):
        if total == "row":
            return values.sum(axis=1), f"the total of the {len(names)} columns"
        if total not in names:
            raise ValueError(
                f'total="{total}" is no column: give one of {", ".join(names)}, or "row", their sum'
            )
        return values[:, names.index(total)], plain(total)
    bare = isinstance(total, list | tuple | np.ndarray)  # taken to lie as the data do
    begin = time.label(0) if bare and time.dated else None
    other = read(total, freq=time.freq if bare else None, start=begin, exact=NEAREST)
    there = other.time
    whole = complete(other)
    if there is None or there.freq != time.freq or whole.shape[1] != 1:
        raise ValueError("total= must be one series of the same frequency as the data")
    if there.dated != time.dated:
        raise ValueError("total= has dates and the data have none, or the other way round")
    aligned = np.full(len(values), np.nan)
    shift = there.start - time.start
    first, last = max(shift, 0), min(shift + len(whole), len(values))
    if last > first:
        aligned[first:last] = whole[first - shift : last - shift, 0]
    return aligned, plain(name_of(other, 0)) or "the total"


def sentence(key: str, value: Any) -> str:
    """A source or note as a sentence."""
    text = str(value).strip()
    text = f"Source: {text}" if key == "source" else text
    return text if text.endswith((".", "!", "?")) else f"{text}."
