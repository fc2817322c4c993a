"""Long tables of pandas, Polars and Arrow: columns as values, keys as numbers, dates as stamps.

Keys that are numbers already (integers, codes of categories) and dates that are stamps are taken
as they lie, texts are numbered in one pass. The columns of values are read by the adapters of
single columns beside this file, without any index: where a row lies in time is told by the table's
own columns. Results are columns of the same library, in the order of the rows.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np

from paimana._containers import Data, Exact, read, whole
from paimana._containers.codes import (
    coded,
    codes_of_polars_texts,
    codes_of_texts,
    distinct_of_polars,
    encoded_of_arrow,
    integers,
    of_categories,
)
from paimana._containers.dates import (
    dates_of_arrow,
    dates_of_pandas,
    dates_of_polars,
    freq_of_periods,
)

__all__ = ["Codes", "Long", "Stamps", "long_table", "without_index"]

Array = np.ndarray[Any, Any]


class Codes(NamedTuple):
    """The keys of a column as numbers."""

    numbers: Array
    """The number of each row's key, of any width."""
    label: Callable[[int], Any]
    """The key of a row."""


class Stamps(NamedTuple):
    """Dates as integers: what they count, as `_core.places` takes it."""

    stamps: Array
    unit: str
    of: str | None = None
    shift: int = 0


class Long:
    """A long table: how its columns are taken, and how results are given back."""

    def __init__(self, source: Any, library: str) -> None:
        self.source, self.library = source, library
        named = source.column_names if library == "pyarrow" else source.columns
        self.names: list[Any] = list(named)
        """The names of the columns."""

    @property
    def rows(self) -> int:
        """The number of rows."""
        return len(self.source) if self.library != "pyarrow" else self.source.num_rows

    def column(self, name: Any) -> Any:
        """A column, which there must be."""
        names = self.names
        if (count := names.count(name)) != 1:
            shown = ", ".join(f'"{each}"' for each in names[:8]) or "none"
            many = "are several columns" if count else "is no column"
            inside = self.library == "pandas" and name in self.source.index.names
            advice = ", and it is in the index: .reset_index() makes it a column" if inside else ""
            raise ValueError(f'there {many} "{name}"; there are {shown}{advice}')
        return self.source[name]

    def plain(self, name: Any) -> Any:
        """A column without its index."""
        column = self.column(name)
        return column.reset_index(drop=True) if self.library == "pandas" else column

    def values(self, name: Any, exact: Exact | None) -> Data:
        """The numbers of a column."""
        try:
            return read(self.plain(name), exact=exact)
        except (TypeError, ValueError) as error:
            if self.library != "pyarrow":
                raise
            # A column of Arrow does not know its name.
            sentence = str(error).replace("the array", f'the column "{name}"', 1)
            raise (TypeError if isinstance(error, TypeError) else ValueError)(sentence) from None

    def codes(self, name: Any) -> Codes:
        """The keys of a column as numbers."""
        column = self.column(name)
        row = self._first_float(column)
        if row is not None or self._floats(column):
            place = "" if row is None else f", the first in row {row}"
            raise TypeError(
                f'the key "{name}" holds floats ({self._kind(column)}{place}), which are not equal '
                "reliably: convert it to integers or texts"
            )
        numbers = getattr(self, f"_numbers_{self.library}")(column)
        if numbers is None:  # no numbers that lie there already: those of the distinct values
            with self._told_apart(f'the key "{name}"', column, "integers or texts"):
                numbers = getattr(self, f"_distinct_{self.library}")(column)
            if len(numbers) and numbers.min() < 0:
                row = int(np.argmax(numbers < 0))
                raise ValueError(
                    f'the key "{name}" is missing in row {row}: give every row a key, or drop it'
                )
        return Codes(numbers, partial(self._value, column))

    @contextmanager
    def _told_apart(self, what: str, column: Any, better: str) -> Generator[None]:
        """Refuse a column whose values the library cannot compare: lists, objects and the like."""
        errors: list[Any] = [TypeError, NotImplementedError]
        if self.library == "polars":
            errors.append(sys.modules["polars"].exceptions.InvalidOperationError)
        try:
            yield
        except tuple(errors):
            raise TypeError(
                f"{what} holds what cannot be told apart ({self._kind(column)}): convert it to "
                f"{better}"
            ) from None

    def _kind(self, column: Any) -> Any:
        """The type of a column."""
        return column.type if self.library == "pyarrow" else column.dtype

    def _floats(self, column: Any) -> bool:
        """Whether a column holds floats, or categories of floats."""
        kind = self._kind(column)
        if self.library == "polars":
            return kind.is_float()
        if self.library == "pandas":
            kind = getattr(getattr(kind, "categories", None), "dtype", kind)
            kind = getattr(kind, "pyarrow_dtype", kind)
        arrow: Any = sys.modules.get("pyarrow")
        if arrow is None or not isinstance(kind, arrow.DataType):
            return getattr(kind, "kind", "O") in "fc"
        value = kind.value_type if arrow.types.is_dictionary(kind) else kind
        return arrow.types.is_floating(value)

    def _first_float(self, column: Any) -> int | None:
        """The first row of a column of objects that holds a float, other than one for missing."""
        if self.library != "pandas" or column.dtype != object:
            return None
        kind = sys.modules["pandas"].api.types.infer_dtype(column, skipna=True)
        if "float" not in kind and not kind.startswith(("mixed", "complex")):
            return None
        floats = (float, complex, np.inexact)
        rows = (row for row, v in enumerate(column) if isinstance(v, floats) and v == v)
        return next(rows, None)

    def _value(self, column: Any, row: int) -> Any:
        if self.library == "pandas":
            return column.iloc[row]
        return column[row] if self.library == "polars" else column[row].as_py()

    # Keys as numbers, where they are numbers already or texts, and none is missing.

    def _numbers_pandas(self, column: Any) -> Array | None:
        pandas: Any = sys.modules["pandas"]
        if _of_numpy(column.dtype) and _signed(column.dtype):
            return integers(column.to_numpy())
        text = isinstance(column.dtype, pandas.StringDtype)
        if text and getattr(column.dtype, "storage", "") == "pyarrow":
            arrow: Any = import_module("pyarrow")
            return codes_of_texts(arrow, arrow.array(column))
        return None

    def _numbers_polars(self, column: Any) -> Array | None:
        polars: Any = sys.modules["polars"]
        if column.null_count():
            return None
        if column.dtype == polars.String:
            return codes_of_polars_texts(polars, column)
        if coded(column):
            return of_categories(column.to_physical().to_numpy())
        number = column.to_physical() if column.dtype.is_temporal() else column
        if number.dtype.is_integer() and number.dtype not in (polars.UInt64, polars.Int128):
            return integers(number.to_numpy())
        return None

    def _numbers_pyarrow(self, column: Any) -> Array | None:
        arrow: Any = sys.modules["pyarrow"]
        kind = column.type
        if column.null_count:
            return None
        if arrow.types.is_integer(kind) and not arrow.types.is_uint64(kind):
            return integers(whole(column).to_numpy(zero_copy_only=False))
        return codes_of_texts(arrow, column)

    # Keys as the numbers of their distinct values, -1 where they are missing.

    def _distinct_pandas(self, column: Any) -> Array:
        pandas: Any = sys.modules["pandas"]
        if hasattr(column, "cat"):  # categories have their codes already
            return np.ascontiguousarray(column.array.codes)
        return pandas.factorize(column)[0].astype(np.int64, copy=False)

    def _distinct_polars(self, column: Any) -> Array:
        return distinct_of_polars(sys.modules["polars"], column)[1]

    def _distinct_pyarrow(self, column: Any) -> Array:
        return encoded_of_arrow(sys.modules["pyarrow"], column)[0]

    def stamps(self, name: Any) -> Stamps | None:
        """The dates of a column as integers, where they lie so and none is missing."""
        column = self.column(name)
        if self.library == "pandas":
            return _stamps_of_pandas(column)
        if self.library == "polars":
            polars: Any = sys.modules["polars"]
            kind = column.dtype
            if column.null_count() or kind.base_type() not in (polars.Date, polars.Datetime):
                return None
            if getattr(kind, "time_zone", None) is not None:
                return None
            unit = getattr(kind, "time_unit", "D")
            return Stamps(integers(column.to_physical().to_numpy(), np.int64), unit)
        arrow: Any = sys.modules["pyarrow"]
        kind = column.type
        if column.null_count:
            return None
        if arrow.types.is_date32(kind):
            days = whole(column).view(arrow.int32()).to_numpy()
            return Stamps(integers(days, np.int64), "D")
        if arrow.types.is_timestamp(kind) and kind.tz is None:
            return Stamps(whole(column).view(arrow.int64()).to_numpy(), kind.unit)
        return None

    def dates(self, name: Any) -> tuple[Any, Array]:
        """The distinct dates of a column, without a time zone, and the number of each row's."""
        column = self.plain(name)
        if self._floats(column) and len(column):
            raise TypeError(
                f'the time "{name}" holds floats ({self._kind(column)}): give dates, texts such as '
                '"2024-04", or whole numbers: years, or 202404 with freq="M"'
            )
        with self._told_apart(f'the date "{name}"', column, "dates, or texts such as 2024-04"):
            return self._dates(name, column)

    def _dates(self, name: Any, column: Any) -> tuple[Any, Array]:
        if self.library == "pandas":
            return dates_of_pandas(column, name)
        if self.library == "polars":
            return dates_of_polars(column)
        return dates_of_arrow(column, freq_of_periods(self.source.schema.field(name)))

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


def _of_numpy(dtype: Any) -> bool:
    return isinstance(dtype, np.dtype)


def _signed(dtype: Any) -> bool:
    """Whether integers of this type, or their doubles, have room in 64 bits with a sign."""
    return dtype.kind == "i" or (dtype.kind == "u" and dtype.itemsize < 8)


def _stamps_of_pandas(column: Any) -> Stamps | None:
    pandas: Any = sys.modules["pandas"]
    dtype = column.dtype
    if _of_numpy(dtype) and dtype.kind == "M":
        return Stamps(integers(column.to_numpy().view(np.int64)), np.datetime_data(dtype)[0])
    if isinstance(dtype, pandas.PeriodDtype) and str(dtype) == "period[M]":
        return Stamps(np.ascontiguousarray(column.array.asi8), "ordinal", "M", 12 * 1970)
    return None


def without_index(rows: Any) -> Any:
    """Rows of Arrow without the columns in which pandas puts an index that has no name.

    Such an index is no column of its frame, and should not become one of the results.
    """
    told: Any = rows.schema.metadata
    if not told or b"pandas" not in told:
        return rows
    levels: list[Any] = json.loads(told[b"pandas"])["index_columns"]
    hidden = [name for name in levels if re.fullmatch(r"__index_level_\d+__", str(name))]
    names: list[str] = rows.schema.names
    kept = [place for place, name in enumerate(names) if name not in hidden]
    if len(kept) == len(names):
        return rows
    metadata = {name: text for name, text in told.items() if name != b"pandas"}
    return rows.select(kept).replace_schema_metadata(metadata or None)


def long_table(table: Any) -> Long:
    """A table of pandas, Polars or Arrow, or anything with `__arrow_c_stream__`."""
    root = type(table).__module__.partition(".")[0]
    for library in ("pandas", "polars"):  # whose frames have subclasses elsewhere
        if isinstance(table, getattr(sys.modules.get(library), "DataFrame", ())):
            return Long(table, library)
    if type(table).__name__ == "LazyFrame":
        raise TypeError(
            "a LazyFrame has no values yet: call .collect() first; the indicators of a series take "
            "it as spec.lazy(frame)"
        )
    if root == "pyarrow" and hasattr(table, "column_names"):
        return Long(table, root)
    if hasattr(table, "__arrow_c_stream__"):
        from paimana._extras import require

        arrow: Any = require("pyarrow", "arrow")
        try:
            return Long(without_index(arrow.table(table)), "pyarrow")
        except arrow.ArrowInvalid:  # a Series, or another column alone
            pass
    if root == "dask":
        raise TypeError(
            "a frame of Dask is in parts, and this looks at all of its rows: call .compute() first"
        )
    raise TypeError(
        f"a panel takes a DataFrame of pandas or Polars, or an Arrow table, not a "
        f"{type(table).__name__}"
    )
