"""What stands beside a part: the whole, or the totals of the rows, matched by their labels.

How labels are matched is in `_containers/labels.py`. The two must hold the same kind of number.
Exact values are brought to one scale; beside an interval everything else is taken as exactly known.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

import numpy as np

from paimana._containers import PLAIN, Data, Values, read
from paimana._containers.interval import IntervalData, Twin, interval_of
from paimana._containers.labels import Fit, Names, fitted, rows_beside

__all__ = ["beside", "totals_of"]

Array = np.ndarray[Any, Any]


def beside(data: Data, other: Any, time: Any, freq: str | None, axis: int) -> tuple[Data, Any]:
    """The data, and the values of another container at their periods, in their shape."""
    if _is_number(other):
        shape = data.values.shape
        return _matched(data, _constant(data, other), lambda array: np.full(shape, array[0]))
    wholes = _read_beside(other, time, freq, axis)
    return _matched(data, wholes, fitted(data, wholes, Names("the part", "the whole")))


def totals_of(data: Data, total: Any, time: Any, freq: str | None, axis: int) -> tuple[Data, Any]:
    """The data, and the totals of the rows of a frame of parts: one series."""
    if _is_number(total):
        rows = data.values.shape[data.axis]
        return _matched(data, _constant(data, total), lambda array: np.full(rows, array[0]))
    wholes = _read_beside(total, time, freq, axis)
    shape = wholes.values.shape
    if len(shape) > 2 or (len(shape) == 2 and shape[1 - wholes.axis] != 1):
        raise ValueError(f"total must be one series, not an array of shape {shape}")
    rows = rows_beside(data, wholes, Names("the parts", "the total", plural=True))

    def fit(array: Array) -> Array:
        values = array.reshape(-1)
        return np.ascontiguousarray(values if rows is None else values[rows])

    return _matched(data, wholes, fit)


def _is_number(x: Any) -> bool:
    return isinstance(x, (int, float, Decimal, np.number)) and not isinstance(x, bool)


def _constant(data: Data, number: Any) -> Data:
    """A number as a series of one value, exact beside exact values."""
    middle = data.middle if isinstance(data, IntervalData) else data
    whole = isinstance(number, int) or getattr(number, "dtype", np.dtype(float)).kind in "iu"
    exact = isinstance(middle.values, Values) and whole
    return read([Decimal(int(number)) if exact else number], exact=PLAIN)


def _matched(data: Data, wholes: Data, fit: Fit) -> tuple[Data, Any]:
    """The data, and the fitted values of the wholes, of the same kind of number."""
    if isinstance(data, IntervalData) or isinstance(wholes, IntervalData):
        ours, theirs = interval_of(data), interval_of(wholes)
        ours.middle, middle = _matched(ours.middle, theirs.middle, fit)
        ours.values, bounds = _alike(ours.values, theirs.values)
        return ours, Twin(middle, _refitted(bounds, fit))
    data.values, values = _alike(data.values, wholes.values)
    return data, _refitted(values, fit)


def _alike(ours: Any, theirs: Any) -> tuple[Any, Any]:
    """Two arrays of floats, or exact values of one scale."""
    if isinstance(ours, Values) != isinstance(theirs, Values) or (
        isinstance(ours, Values) and ours.array.dtype != theirs.array.dtype
    ):
        raise TypeError(
            "one of the two holds decimals and the other floats: give decimals beside decimals, or "
            "floats beside floats"
        )
    if not isinstance(ours, Values):
        return ours, theirs
    scale = max(ours.scale, theirs.scale)
    return ours.rescaled(scale), theirs.rescaled(scale)


def _refitted(values: Any, fit: Fit) -> Any:
    if not isinstance(values, Values):
        return fit(values)
    return Values(fit(values.array), values.scale, values.precision)


def _read_beside(other: Any, time: Any, freq: str | None, axis: int) -> Data:
    """Read what stands beside the part. Its dates are its own where it has any: those of the part
    are lent only to rows that have none.
    """
    rank = getattr(other, "ndim", None)
    if rank is None:
        rank = np.ndim(cast("Any", other)) if isinstance(other, (list, tuple)) else 1
    where: dict[str, Any] = {"freq": freq, "axis": axis if rank > 1 else 0, "exact": PLAIN}
    if isinstance(time, str):
        return read(other, time=time if time in _names(other) else None, **where)
    own = read(other, **where)
    if time is None or (own.time is not None and own.time.dated):
        return own
    return read(other, time=time, **where)


def _names(container: Any) -> list[Any]:
    """The names of the columns or dimensions of a container."""
    for attribute in ("column_names", "columns", "dims"):
        names = getattr(container, attribute, None)
        if names is not None:
            return list(names)
    return []
