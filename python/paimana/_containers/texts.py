"""Containers of texts: a function of every entry, in the class and with the labels of the input."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, cast

import numpy as np

__all__ = ["mapped"]


def mapped(x: Any, function: Callable[[Any], Any], time: Any = None) -> Any:
    """What a function makes of every entry; a date column named by `time` is left as it is."""
    if isinstance(x, (list, tuple)):
        entries = cast("list[Any]", x)
        return [mapped(v, function) if isinstance(v, list) else function(v) for v in entries]
    root = type(x).__module__.partition(".")[0]
    library: Any = sys.modules.get(root)
    if root == "pandas":
        if not hasattr(x, "columns"):
            return _objects(x, function)
        made = x.copy()
        for column in x.columns:
            if column != time:
                made[column] = _objects(x[column], function)
        return made
    if root == "polars":
        if not hasattr(x, "columns"):
            return library.Series(x.name, [function(v) for v in x.to_list()])
        columns = [x[name] if name == time else mapped(x[name], function) for name in x.columns]
        return library.DataFrame(columns)
    if root == "pyarrow" and not hasattr(x, "column_names"):
        return library.array([function(v) for v in x.to_pylist()])
    if hasattr(x, "__array__"):
        array = np.asarray(x)
        made = np.empty(array.size, dtype=object)
        made[:] = [function(v) for v in array.ravel().tolist()]
        return made.reshape(array.shape)
    raise TypeError(
        f"printed figures come in a list, an array, a Series or a frame, not a {type(x).__name__}"
    )


def _objects(column: Any, function: Callable[[Any], Any]) -> Any:
    """A pandas Series of objects."""
    return type(column)(
        [function(v) for v in column], index=column.index, name=column.name, dtype=object
    )
