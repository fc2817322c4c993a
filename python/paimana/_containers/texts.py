"""Containers of texts: a function of every entry, in the class and with the labels of the input."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any, cast

import numpy as np

__all__ = ["mapped"]

Each = Callable[[Any], Any]


def mapped(x: Any, function: Each, time: Any = None) -> Any:
    """What a function makes of every entry; a date column named by `time` is left as it is.

    What a library takes for missing, whatever it is called there, is None for the function.
    """
    if isinstance(x, (list, tuple)):
        entries = cast("list[Any]", x)
        return [mapped(v, function) if isinstance(v, list) else function(v) for v in entries]
    root = type(x).__module__.partition(".")[0]
    library: Any = sys.modules.get(root)
    if root == "pandas":
        return _pandas(library, x, function, time)
    if root == "polars":
        if not hasattr(x, "columns"):
            return library.Series(x.name, _each(x.to_list(), function))
        columns = [x[name] if name == time else mapped(x[name], function) for name in x.columns]
        return library.DataFrame(columns)
    if root == "pyarrow":
        return _arrow(library, x, function, time)
    if hasattr(x, "__array__"):
        array = np.asarray(x)
        made = np.empty(array.size, dtype=object)
        made[:] = _each(array.ravel().tolist(), function)
        made = made.reshape(array.shape)
        return x.copy(data=made) if hasattr(x, "dims") else made
    raise TypeError(
        f"printed figures come in a list, an array, a Series or a frame, not a {type(x).__name__}"
    )


def _each(entries: Iterable[Any], function: Each) -> list[Any]:
    """What the function makes of entries."""
    missing = ("NAType", "NaTType")
    return [function(None if type(entry).__name__ in missing else entry) for entry in entries]


def _pandas(pd: Any, x: Any, function: Each, time: Any) -> Any:
    """A Series or a frame of objects; its columns may bear the same name."""
    if not hasattr(x, "columns"):
        made = _each(x.tolist(), function)
        return type(x)(made, index=x.index, name=x.name, dtype=object)
    columns = [x.iloc[:, place] for place in range(x.shape[1])]
    made = pd.DataFrame(
        {
            place: column if column.name == time else _pandas(pd, column, function, None)
            for place, column in enumerate(columns)
        },
        index=x.index,
    )
    made.columns = x.columns
    return made


def _arrow(pa: Any, x: Any, function: Each, time: Any) -> Any:
    """An array, a chunked array in its chunks, a table or a record batch."""
    if hasattr(x, "schema"):
        names = x.schema.names
        columns = [
            x.column(place) if name == time else _arrow(pa, x.column(place), function, None)
            for place, name in enumerate(names)
        ]
        kind: Any = pa.Table if isinstance(x, pa.Table) else pa.RecordBatch
        return kind.from_arrays(columns, names=names)
    made = pa.array(_each(x.to_pylist(), function))
    if not isinstance(x, pa.ChunkedArray):
        return made
    ends = np.cumsum([0, *(len(chunk) for chunk in x.chunks)]).tolist()
    pieces = [made[begin:end] for begin, end in pairwise(ends)]
    return pa.chunked_array(pieces, made.type)
