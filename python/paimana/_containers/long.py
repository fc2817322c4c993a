"""Long tables of pandas, Polars and Arrow: columns as values, keys as numbers, dates as stamps.

The columns are read by the adapters of single columns beside this file, without any index: where a
row lies in time is told by the table's own columns. Results are columns of the same library, in the
order of the rows.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from paimana._containers import Data, Exact, read
from paimana._stamps import plain_dates

__all__ = ["Long", "long_table"]

Array = np.ndarray[Any, Any]


class Long:
    """A long table: how its columns are taken, and how results are given back."""

    def __init__(self, source: Any, library: str) -> None:
        self.source, self.library = source, library

    @property
    def names(self) -> list[Any]:
        """The names of the columns."""
        named = self.source.column_names if self.library == "pyarrow" else self.source.columns
        return list(named)

    @property
    def rows(self) -> int:
        """The number of rows."""
        return len(self.source) if self.library != "pyarrow" else self.source.num_rows

    def column(self, name: Any) -> Any:
        """A column, which there must be."""
        if name not in self.names:
            shown = ", ".join(f'"{each}"' for each in self.names[:8])
            raise ValueError(f'there is no column "{name}"; there are {shown}')
        return self.source[name]

    def plain(self, name: Any) -> Any:
        """A column without its index."""
        column = self.column(name)
        return column.reset_index(drop=True) if self.library == "pandas" else column

    def values(self, name: Any, exact: Exact | None) -> Data:
        """The numbers of a column."""
        return read(self.plain(name), exact=exact)

    def codes(self, name: Any) -> tuple[Array, int, Callable[[int], Any]]:
        """The keys of a column as numbers from 0, how many there are, and what each stands for."""
        column = self.plain(name)
        codes, labels = getattr(self, f"_codes_{self.library}")(name, column)
        if (missing := np.flatnonzero(codes < 0)).size:
            raise ValueError(
                f'the key "{name}" is missing in row {missing[0]}: give every row a key, or drop it'
            )
        return codes, len(labels), lambda code: labels[code]

    def _codes_pandas(self, name: Any, column: Any) -> tuple[Array, Any]:
        pandas: Any = sys.modules["pandas"]
        _refuse_floats(name, getattr(column.dtype, "kind", "O") in "fc", column.dtype)
        if hasattr(column, "cat"):  # categories have their codes already
            return column.cat.codes.to_numpy(dtype=np.int64), column.cat.categories
        codes, labels = pandas.factorize(column)
        return codes.astype(np.int64), labels

    def _codes_polars(self, name: Any, column: Any) -> tuple[Array, Any]:
        polars: Any = sys.modules["polars"]
        _refuse_floats(name, column.dtype.is_float(), column.dtype)
        if column.dtype.is_integer():
            numbers = column.cast(polars.Int64).fill_null(0).to_numpy()
            return _codes_of_integers(numbers, column.is_null().to_numpy())
        labels, codes = _distinct(polars, column)
        return codes, labels.to_list()

    def _codes_pyarrow(self, name: Any, column: Any) -> tuple[Array, Any]:
        arrow: Any = sys.modules["pyarrow"]
        _refuse_floats(name, arrow.types.is_floating(column.type), column.type)
        encoded = column.combine_chunks() if isinstance(column, arrow.ChunkedArray) else column
        if not arrow.types.is_dictionary(encoded.type):
            encoded = encoded.dictionary_encode()
        if isinstance(encoded, arrow.ChunkedArray):
            encoded = encoded.unify_dictionaries().combine_chunks()
        codes = encoded.indices.cast(arrow.int64()).fill_null(-1).to_numpy(zero_copy_only=False)
        return codes, encoded.dictionary.to_pylist()

    def dates(self, name: Any) -> tuple[Any, Array]:
        """The distinct dates of a column, without a time zone, and the number of each row's."""
        column = self.plain(name)
        if self.library == "pandas":
            pandas: Any = sys.modules["pandas"]
            codes, labels = pandas.factorize(column)
            plain: Any = plain_dates(labels)
            return getattr(plain, "to_numpy", lambda: plain)(), codes.astype(np.int64)
        if self.library == "polars":
            polars: Any = sys.modules["polars"]
            if getattr(column.dtype, "time_zone", None) is not None:
                column = column.dt.replace_time_zone(None)
            labels, codes = _distinct(polars, column)
            return labels.to_list() if column.dtype == polars.String else labels.to_numpy(), codes
        arrow: Any = sys.modules["pyarrow"]
        if getattr(column.type, "tz", None) is not None:
            from importlib import import_module

            compute: Any = import_module("pyarrow.compute")
            column = compute.local_timestamp(column)
        codes, labels = self._codes_pyarrow(name, column)
        if labels and isinstance(labels[0], str):
            return labels, codes
        return arrow.array(labels, column.type).to_numpy(zero_copy_only=False), codes

    def series(self, name: str, column: Any) -> Any:
        """A column of results, in the order and with the index of the rows."""
        if self.library == "pandas":
            column.index = self.source.index
            return column.rename(name)
        return column.alias(name) if self.library == "polars" else column

    def frame(self, columns: dict[str, Any]) -> Any:
        """Several columns of results."""
        library: Any = sys.modules[self.library]
        if self.library == "pyarrow":
            return library.table(columns)
        if self.library == "polars":
            return library.DataFrame(list(columns.values()))
        return library.DataFrame(columns)

    def assign(self, columns: dict[str, Any]) -> Any:
        """The table with columns of results after its own."""
        if taken := [name for name in columns if name in self.names]:
            raise ValueError(f'the table has a column "{taken[0]}" already: choose another name')
        if self.library == "pandas":
            return self.source.assign(**columns)
        if self.library == "polars":
            return self.source.with_columns(list(columns.values()))
        made = self.source
        for name, column in columns.items():
            made = made.append_column(name, column)
        return made


def _distinct(polars: Any, column: Any) -> tuple[Any, Array]:
    """The distinct values of a column of Polars, and the number of each row's, -1 for null."""
    labels = column.unique(maintain_order=True).drop_nulls()
    numbers = polars.DataFrame({"value": labels, "number": np.arange(len(labels))})
    rows = polars.DataFrame({"value": column})
    joined = rows.join(numbers, on="value", how="left", maintain_order="left")
    return labels, joined["number"].fill_null(-1).to_numpy()


def _refuse_floats(name: Any, floating: bool, dtype: Any) -> None:
    if floating:
        raise TypeError(
            f'the key "{name}" holds floats ({dtype}), which are not equal reliably: convert it to '
            "integers or texts"
        )


def _codes_of_integers(numbers: Array, missing: Array) -> tuple[Array, Any]:
    """Integers as codes: themselves less the least where that stays small, else their ranks."""
    if not len(numbers):
        return numbers, []
    low, high = int(numbers[~missing].min(initial=2**62)), int(numbers.max(initial=-(2**62)))
    if 0 <= high - low < 2**20:
        labels: Any = range(low, high + 1)
        codes = numbers - low
    else:
        distinct, codes = np.unique(numbers, return_inverse=True)
        labels = distinct.tolist()
    return np.where(missing, -1, codes), labels


def long_table(table: Any) -> Long:
    """A table of pandas, Polars or Arrow, or anything with `__arrow_c_stream__`."""
    root = type(table).__module__.partition(".")[0]
    if type(table).__name__ == "LazyFrame":
        raise TypeError("a LazyFrame has no values yet: call .collect() first")
    if root in ("pandas", "polars") and hasattr(table, "columns"):
        return Long(table, root)
    if root == "pyarrow" and hasattr(table, "column_names"):
        return Long(table, root)
    if hasattr(table, "__arrow_c_stream__"):
        from paimana._extras import require

        return Long(require("pyarrow", "arrow").table(table), "pyarrow")
    raise TypeError(
        f"a panel takes a DataFrame of pandas or Polars, or an Arrow table, not a "
        f"{type(table).__name__}"
    )
