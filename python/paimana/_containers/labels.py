"""Which rows and series of one container stand beside those of another: by their labels.

Rows are matched by their periods where both have dates, else by the labels of an index; series by
the names of their columns, the axes of a DataArray by the names of its dimensions. Only what has no
labels on one of the two sides is matched by position. No value is computed here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, cast

import numpy as np

from paimana._containers import Data

__all__ = ["Fit", "Names", "each_series", "fitted", "order_of", "rows_beside"]

Array = np.ndarray[Any, Any]
Fit = Callable[[Array], Array]


class Names(NamedTuple):
    """What two containers are called in messages."""

    ours: str
    theirs: str
    plural: bool = False

    @property
    def have(self) -> str:
        """The first with its verb: "the part has"."""
        return f"{self.ours} {'have' if self.plural else 'has'}"


def order_of(
    ours: list[Any], theirs: list[Any], names: Names, what: str, more: bool = False
) -> Array | None:
    """The place of each of our labels among theirs; None where the two are equal as they stand.

    With `more` they may have labels that are not among ours.

    Raises
    ------
    ValueError
        For labels that only one of the two has, and for one that stands twice.
    """
    if ours == theirs:
        return None
    places = {label: place for place, label in enumerate(theirs)}
    known = set(ours)
    way_out = "or plain arrays to match them by position"
    if len(places) < len(theirs) or len(known) < len(ours):
        twice = next(label for each in (theirs, ours) for label in each if each.count(label) > 1)
        raise ValueError(
            f"{names.ours} and {names.theirs} are matched by the labels of their {what}s, and "
            f"{twice!r} stands twice: give every {what} a label of its own, {way_out}"
        )
    absent = [label for label in ours if label not in places]
    foreign = [] if more else [label for label in theirs if label not in known]
    if absent or foreign:
        has = f"has the {what} {_listed(foreign)}, which is not in {names.ours}" if foreign else ""
        lacks = f"has no {what} {_listed(absent)}" if absent else ""
        raise ValueError(
            f"{names.theirs} {' and '.join(filter(None, (lacks, has)))}: give both the same "
            f"{what}s, {way_out}"
        )
    return np.array([places[label] for label in ours], dtype=np.int64)


def _listed(labels: list[Any], most: int = 4) -> str:
    shown = ", ".join(f"{label!r}" for label in labels[:most])
    return f"{shown} ..." if len(labels) > most else shown


def rows_beside(data: Data, other: Data, names: Names) -> Array | None:
    """The row of the other for each of ours; None where they are the same in order.

    The other may have more periods, or more labels, than ours.
    """
    if other.dim is not None and other.dim in [name for name, _ in data.sides()]:
        raise ValueError(
            f"{names.theirs} runs along {other.dim!r}, a dimension of {names.ours} beside the time "
            f"{data.dim!r}: give it the dimension {data.dim!r}"
        )
    ours, theirs = data.time, other.time
    if ours is not None and theirs is not None and ours.dated and theirs.dated:
        return _rows_by_period(data, other, names)
    rows, found = data.values.shape[data.axis], other.values.shape[other.axis]
    labels, their_labels = data.row_names(), other.row_names()
    if labels is not None and their_labels is not None and not labels.equals(their_labels):
        mine, other_ones = labels.tolist(), their_labels.tolist()
        # Rows that are only numbered have no labels to set beside dates.
        numbered = (ours is not None and ours.dated and other_ones == list(range(found))) or (
            theirs is not None and theirs.dated and mine == list(range(rows))
        )
        if not numbered:
            return order_of(mine, other_ones, names, "row", more=True)
    if found != rows:
        raise ValueError(f"{names.have} {rows} rows and {names.theirs} {found}")
    return None


def _rows_by_period(data: Data, other: Data, names: Names) -> Array:
    ours, theirs = data.time, other.time
    assert ours is not None
    assert theirs is not None
    if ours.freq != theirs.freq:
        be = "are" if names.plural else "is"
        raise ValueError(f"{names.ours} {be} {ours.name} and {names.theirs} {theirs.name}")
    row_of = {int(ordinal): row for row, ordinal in enumerate(theirs.ordinals())}
    rows = [row_of.get(int(ordinal), -1) for ordinal in ours.ordinals()]
    if -1 in rows:
        raise ValueError(
            f"{names.theirs} has no row for {data.row_label(rows.index(-1))}; give it every period "
            f"of {names.ours}"
        )
    return np.asarray(rows, dtype=np.int64)


def fitted(data: Data, other: Data, names: Names) -> Fit:
    """What puts an array of the other's shape beside the values of the data, in their shape.

    One series stands beside all of ours.
    """
    rows = rows_beside(data, other, names)
    sides = [n for axis, n in enumerate(data.values.shape) if axis != data.axis]
    theirs = [n for axis, n in enumerate(other.values.shape) if axis != other.axis]
    axes = _axes(data, other, theirs, names)
    wide = [1 if axis is None else theirs[axis] for axis in axes]
    orders = [
        None if axis is None or theirs[axis] == 1 else _order_along(data, other, (k, axis), names)
        for k, axis in enumerate(axes)
    ]
    if any(n not in (1, side) for n, side in zip(wide, sides, strict=True)):
        raise ValueError(
            f"{names.have} the shape {data.values.shape} and {names.theirs} {other.values.shape}"
        )

    def fit(array: Array) -> Array:
        values = np.moveaxis(array, other.axis, 0)
        values = values if rows is None else values[rows]
        # Axes of theirs that ours lacks hold one series and come last, where they are dropped.
        kept = [axis + 1 for axis in axes if axis is not None]
        dropped = [axis for axis in range(1, values.ndim) if axis not in kept]
        values = values.transpose([0, *kept, *dropped]).reshape(len(values), *wide)
        for k, order in enumerate(orders):
            values = values if order is None else np.take(values, order, axis=k + 1)
        values = np.broadcast_to(values, (len(values), *sides))
        return np.ascontiguousarray(np.moveaxis(values, 0, data.axis))

    return fit


def _axes(data: Data, other: Data, theirs: list[int], names: Names) -> list[int | None]:
    """For each axis of ours but time the one of theirs: by name where both have names."""
    ours = [name for name, _ in data.sides()]
    found = [name for name, _ in other.sides()]
    if data.dim is not None and other.dim is not None:
        foreign = [
            name for name, n in zip(found, theirs, strict=True) if n > 1 and name not in ours
        ]
        if foreign:
            raise ValueError(
                f"{names.theirs} has the dimension {_listed(foreign)}, which is not in {names.ours}"
                f" ({_listed(ours)}): give both the same dimensions"
            )
        return [found.index(name) if name in found else None for name in ours]
    if all(n == 1 for n in theirs):
        return [None] * len(ours)
    if len(ours) != len(found):
        raise ValueError(
            f"{names.have} the shape {data.values.shape} and {names.theirs} {other.values.shape}"
        )
    return list(range(len(ours)))


def _order_along(data: Data, other: Data, axes: tuple[int, int], names: Names) -> Array | None:
    """The place of each of our labels along an axis among theirs; None where one has no labels."""
    name, labels = data.sides()[axes[0]]
    their_labels = other.sides()[axes[1]][1]
    if labels is None or their_labels is None:
        return None
    return order_of(labels, their_labels, names, "column" if name is None else f"{name}")


def each_series(data: Data, given: Any, what: str) -> Array:
    """Numbers that a user gives, one for all series or one for each, in the order of the series.

    A dict, a Series and a frame of one row are matched by the names of the columns, a DataArray by
    its dimensions.
    """
    names, sides = Names("x", what), data.sides()
    if hasattr(given, "dims") and data.dim is not None:
        return _along_sides(data, given, names)
    labels, numbers = _labelled(given)
    try:
        array = np.asarray(numbers, dtype=float).reshape(-1)
    except (TypeError, ValueError):
        raise TypeError(f"{what} must be a number, or one for each series, not {given!r}") from None
    lanes = len(data.columns)
    ours = sides[0][1] if len(sides) == 1 else None
    if labels is not None and ours is not None and labels != list(range(len(ours))):
        order = order_of(ours, labels, names, "column")
        return array if order is None else array[order]
    if array.size not in (1, lanes):
        raise ValueError(
            f"{what} has {array.size} numbers for {lanes} series: give one, or one for each"
        )
    return np.broadcast_to(array, (lanes,))


def _labelled(given: Any) -> tuple[list[Any] | None, Any]:
    """The labels and the numbers of what a user gives for several series."""
    if isinstance(given, Mapping):
        pairs = cast("Mapping[Any, Any]", given)
        return list(pairs), list(pairs.values())
    columns = getattr(given, "column_names", None)  # of Arrow, whose columns are the data
    columns = getattr(given, "columns", None) if columns is None else columns
    if columns is not None:
        return list(columns), np.asarray(given)
    index: Any = getattr(given, "index", None)
    if hasattr(given, "dims") and len(given.dims) == 1:
        index = given.indexes.get(given.dims[0])
    return (index.tolist() if hasattr(index, "tolist") else None), given


def _along_sides(data: Data, given: Any, names: Names) -> Array:
    """The numbers of a DataArray along the axes of ours beside time."""
    ours, dims = data.sides(), list(given.dims)
    foreign = [dim for dim in dims if dim not in [name for name, _ in ours]]
    if foreign:
        raise ValueError(
            f"{names.theirs} has the dimension {_listed(foreign)}, which is none of x beside its "
            f"time {data.dim!r}: leave it out"
        )
    array = np.asarray(given, dtype=float)
    array = array.transpose([dims.index(name) for name, _ in ours if name in dims])
    array = array.reshape([given.sizes[name] if name in dims else 1 for name, _ in ours])
    for axis, (name, labels) in enumerate(ours):
        if labels is not None and name in given.indexes:
            order = order_of(labels, given.indexes[name].tolist(), names, str(name))
            array = array if order is None else np.take(array, order, axis)
    sides = [n for axis, n in enumerate(data.values.shape) if axis != data.axis]
    return np.broadcast_to(array, sides).reshape(-1)
