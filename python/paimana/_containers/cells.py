"""Any container cell by cell: Python objects with their labels, and the way back.

For what compares or rounds single cells exactly, whatever they are (floats, Decimals, printed
strings). Whole series of numbers go through `read`, which is fast.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

import numpy as np

__all__ = ["Cells", "cells_of", "is_missing"]

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Cells:
    """The cells of a container.

    Attributes
    ----------
    values
        Python objects, in the shape of the container.
    rows, columns
        The labels of the first two axes; None where they have none.
    beside
        Columns of words or dates in a frame: they label its rows.
    like
        Makes the container again from exact values (Decimals) in the same shape.
    """

    values: Array
    like: Callable[[Array], Any]
    rows: list[Any] | None = None
    columns: list[Any] | None = None
    beside: dict[Any, list[Any]] = field(default_factory=dict[Any, list[Any]])

    def words(self, place: tuple[int, ...]) -> str:
        """Where a cell stands, for messages; empty for a single value."""
        if not place:
            return ""
        row = f"position {place[0]}" if self.rows is None else str(self.rows[place[0]])
        if self.beside:
            row = ", ".join(str(label[place[0]]) for label in self.beside.values())
        if len(place) == 1:
            return row
        if self.columns is not None:
            return f"{row}, column {self.columns[place[1]]}"
        if self.rows is not None:
            return f"{row}, {', '.join(map(str, place[1:]))}"
        return f"position {', '.join(map(str, place))}"


def is_missing(value: Any) -> bool:
    """Whether there is no value: None, NaN, NaT or NA."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    if isinstance(value, float | np.floating):
        return bool(np.isnan(cast("Any", value)))
    return isinstance(value, Decimal) and value.is_nan()


def cells_of(x: Any, *, every: bool = False) -> Cells:
    """Take a container apart.

    Parameters
    ----------
    x
        A value, a list (of lists), a dict, a NumPy array, a pandas or Polars Series or frame, an
        Arrow array or table, or a DataArray.
    every
        Whether columns of words and dates are cells too, as in a frame of printed strings.
    """
    for base in cast("type[Any]", type(x)).__mro__:
        reader = _READERS.get(base.__module__.partition(".")[0])
        if reader is not None and (made := reader(x, every)) is not None:
            return made
    if isinstance(x, np.ndarray):
        return _of_array(cast("Array", x))
    if isinstance(x, Mapping):
        given = cast("Mapping[Any, Any]", x)
        keys = list(given)
        return Cells(
            _objects(given.values()),
            lambda v: dict(zip(keys, _each(v, given.values()), strict=True)),
            keys,
        )
    if isinstance(x, list | tuple):
        values = _nested(x)
        return Cells(values, lambda v: _tolist(_each(v.reshape(-1), values.reshape(-1)), v.shape))
    return Cells(_objects([x]).reshape(()), lambda v: _each(v.reshape(-1), [x])[0])


def _each(values: Iterable[Any], examples: Iterable[Any]) -> list[Any]:
    """Each exact value in the class of the cell it replaces."""
    return [_alike(v, example) for v, example in zip(values, examples, strict=True)]


def _alike(value: Any, example: Any) -> Any:
    kind = cast("Any", type(example))
    if isinstance(example, Decimal | Fraction):
        return kind(value)
    if isinstance(example, int | np.integer):
        return kind(int(value))
    return kind(float(value)) if isinstance(example, np.floating) else float(value)


def _tolist(values: list[Any], shape: tuple[int, ...]) -> Any:
    if len(shape) <= 1:
        return values
    size = len(values) // shape[0] if shape[0] else 0
    rows = (values[i * size : (i + 1) * size] for i in range(shape[0]))
    return [_tolist(row, shape[1:]) for row in rows]


def _objects(values: Iterable[Any]) -> Array:
    """Values as an array of objects, none of them taken for a row."""
    listed = list(values)
    out = np.empty(len(listed), object)
    for i, value in enumerate(listed):
        out[i] = value
    return out


def _nested(x: Any) -> Array:
    """A list, or lists in lists, as an array of objects."""
    rows = [
        _nested(row) if isinstance(row, list | tuple) else _objects([row]).reshape(())
        for row in cast("list[Any]", x)
    ]
    if len({row.shape for row in rows}) > 1:
        raise ValueError("the rows of a list of lists have different lengths")
    whole = np.empty((len(rows), *(rows[0].shape if rows else ())), object)
    for i, row in enumerate(rows):
        whole[i] = row[()]
    return whole


def _of_array(x: Array) -> Cells:
    objects = _objects(x.reshape(-1)).reshape(x.shape)  # float32 stays float32, with its few digits
    if x.dtype == object:
        return Cells(
            objects, lambda v: _objects(_each(v.reshape(-1), x.reshape(-1))).reshape(x.shape)
        )
    return Cells(objects, lambda v: v.astype(x.dtype))


def _is_label(values: Iterable[Any]) -> bool:
    """Whether a column holds words or dates."""
    for value in values:
        if not is_missing(value):
            return isinstance(value, str) or hasattr(value, "year") or isinstance(value, bool)
    return False


def _of_frame(
    columns: dict[int, list[Any]],
    names: list[Any],
    rows: list[Any] | None,
    every: bool,
    build: Callable[[dict[int, list[Any]]], Any],
) -> Cells:
    """The cells of a frame, its columns given by number."""
    labels = [] if every else [i for i, column in columns.items() if _is_label(column)]
    measured = [i for i in columns if i not in labels]
    count = len(columns[0]) if columns else 0
    values = np.empty((count, len(measured)), object)
    for place, i in enumerate(measured):
        values[:, place] = _objects(columns[i])

    def like(made: Array) -> Any:
        return build({i: list(made[:, place]) for place, i in enumerate(measured)})

    beside = {names[i]: columns[i] for i in labels}
    return Cells(values, like, rows, [names[i] for i in measured], beside)


def _pandas(x: Any, every: bool) -> Cells | None:
    pd: Any = sys.modules["pandas"]

    def values_of(column: Any) -> list[Any]:
        dtype: Any = column.dtype
        if type(dtype).__module__.startswith("numpy") and dtype.kind not in "mM":
            return list(column.to_numpy())
        return _small(column.to_numpy(dtype=object), dtype)

    def column_of(values: Iterable[Any], source: Any) -> Any:
        made = _each(values, values_of(source))
        return pd.Series(made, index=source.index, name=source.name, dtype=source.dtype)

    if isinstance(x, pd.Series):

        def series(values: Array) -> Any:
            made = column_of(values, x)
            made.attrs = dict(x.attrs)
            return made

        return Cells(_objects(values_of(x)), series, list(x.index))
    if not isinstance(x, pd.DataFrame):
        return None

    def build(made: dict[int, list[Any]]) -> Any:
        columns = {
            i: column_of(made[i], x.iloc[:, i]) if i in made else x.iloc[:, i]
            for i in range(x.shape[1])
        }
        frame = pd.DataFrame(columns, index=x.index)
        frame.columns, frame.attrs = x.columns, dict(x.attrs)
        return frame

    columns = {i: values_of(x.iloc[:, i]) for i in range(x.shape[1])}
    return _of_frame(columns, list(x.columns), list(x.index), every, build)


def _polars(x: Any, every: bool) -> Cells | None:
    pl: Any = sys.modules["polars"]

    def column_of(values: Iterable[Any], source: Any) -> Any:
        return pl.Series(source.name, _each(values, source.to_list()), dtype=source.dtype)

    if isinstance(x, pl.Series):
        values = _objects(_small(x.to_list(), x.dtype))
        return Cells(values, lambda made: column_of(made, x))
    if not isinstance(x, pl.DataFrame):
        return None
    sources = x.get_columns()

    def build(made: dict[int, list[Any]]) -> Any:
        return pl.DataFrame(
            [column_of(made[i], s) if i in made else s for i, s in enumerate(sources)]
        )

    columns = {i: _small(s.to_list(), s.dtype) for i, s in enumerate(sources)}
    return _of_frame(columns, list(x.columns), None, every, build)


def _arrow(x: Any, every: bool) -> Cells | None:
    pa: Any = sys.modules["pyarrow"]

    def column_of(values: Iterable[Any], source: Any) -> Any:
        made = pa.array(_each(values, source.to_pylist()), source.type)
        if not isinstance(source, pa.ChunkedArray):
            return made
        ends = np.cumsum([len(chunk) for chunk in source.chunks]).tolist()
        pieces = [made[a:b] for a, b in zip([0, *ends[:-1]], ends, strict=True)]
        return pa.chunked_array(pieces, source.type)

    if isinstance(x, pa.Table):
        table = x

        def build(made: dict[int, list[Any]]) -> Any:
            columns = [
                column_of(made[i], column) if i in made else column
                for i, column in enumerate(table.columns)
            ]
            return pa.Table.from_arrays(columns, schema=table.schema)

        columns = {i: _small(c.to_pylist(), c.type) for i, c in enumerate(x.columns)}
        return _of_frame(columns, list(x.column_names), None, every, build)
    if not isinstance(x, pa.Array | pa.ChunkedArray):
        return None
    return Cells(_objects(_small(x.to_pylist(), x.type)), lambda made: column_of(made, x))


def _xarray(x: Any, every: bool) -> Cells | None:
    if not hasattr(x, "dims") or not hasattr(x, "values"):
        return None
    inner = _of_array(np.asarray(x.values))
    labels = [list(x.coords[d].values) if d in x.coords else None for d in x.dims] + [None, None]
    return Cells(inner.values, lambda made: x.copy(data=inner.like(made)), labels[0], labels[1])


def _small(values: Iterable[Any], dtype: Any) -> list[Any]:
    """Values of single precision keep their few digits."""
    if str(dtype).lower().split("[")[0] not in ("float", "float32", "halffloat", "float16"):
        return list(values)
    return [v if is_missing(v) else np.float32(v) for v in values]


_READERS: dict[str, Callable[[Any, bool], Cells | None]] = {
    "pandas": _pandas,
    "polars": _polars,
    "pyarrow": _arrow,
    "xarray": _xarray,
}
