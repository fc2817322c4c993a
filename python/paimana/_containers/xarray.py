"""xarray: a DataArray of any rank, with time along the dimension that has dates.

The time dimension is the one named by `time` (or on which a coordinate of that name lies), else the
only one with dates, else the one called "time". Dims, coords, attrs and the name are kept. Several
parts of a result come as a Dataset. float32 stays float32, and Decimals, which are objects, stay
Decimals.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np

from paimana._containers import Data, Side, Values, decimals_of
from paimana._containers._calendar_pandas import Calendar, calendar_of, labels_of_rows
from paimana._period import dated
from paimana._time import Time

__all__ = ["read_xarray"]

pd: Any = import_module("pandas")
xr: Any = import_module("xarray")
Array = np.ndarray[Any, Any]


class DataArrayData(Data):
    """A DataArray; `dim` is the name of its time dimension."""

    __slots__ = ("calendar", "dim", "dtype", "source", "stamps")

    def __init__(
        self, source: Any, values: Array, dtype: Any, dim: Any, stamps: Any, calendar: Calendar
    ) -> None:
        self.source, self.values, self.dtype, self.dim = source, values, dtype, dim
        self.stamps, self.calendar = stamps, calendar
        self.axis = source.get_axis_num(dim)
        time = self.time = calendar.time
        self.slots = None if time is None else time.slots

    @property
    def single(self) -> bool:
        return self.dtype == np.float32

    def _like(self, values: Array) -> Any:
        return self.source.copy(deep=True, data=values)

    def _part(self, values: Any) -> Array:
        if isinstance(values, Values):
            made: Any = np.empty(values.array.size, dtype=object)
            made[:] = values.to_decimals()
            return made.reshape(values.shape)
        return values.astype(self.dtype, copy=False) if values.dtype == np.float64 else values

    def like(self, values: Any) -> Any:
        return self._like(self._part(values))

    def flags(self, values: Any) -> Any:
        return self._like(values)

    def words(self, values: Array) -> Any:
        return self._like(values)

    def reduced(self, values: Any) -> Any:
        if self.source.ndim == 1:
            return values.to_decimals()[0] if isinstance(values, Values) else float(values)
        others = self.source.isel({self.dim: 0}, drop=True)
        return others.copy(deep=True, data=self._part(values))

    def labels(self, rows: Array) -> Any:
        if self.time is None or not self.time.dated:
            return self._like(rows)
        taken = labels_of_rows(self.calendar.labels, rows.ravel())
        return self._like(np.asarray(taken).reshape(rows.shape))

    def parts(self, parts: dict[str, Any]) -> Any:
        return _dataset({name: self._like(self._part(part)) for name, part in parts.items()})

    def rows(self, columns: dict[Any, Any]) -> Any:
        others = [dim for dim in self.source.dims if dim != self.dim]
        row = self.source.isel(dict.fromkeys(others, 0), drop=True)
        made = {
            str(name): row.copy(deep=True, data=self._part(part)) for name, part in columns.items()
        }
        return _dataset(made)

    def at(self, time: Time, values: Any) -> Any:
        source = self.source
        coords = {name: c for name, c in source.coords.items() if self.dim not in c.dims}
        if self.stamps is not None and time.dated:
            name = self.stamps.name
            coords[name] = xr.Variable((self.dim,), self.calendar.at(time), self.stamps.attrs)
        return xr.DataArray(
            self._part(values),
            coords=coords,
            dims=source.dims,
            name=source.name,
            attrs=dict(source.attrs),
        )

    def row_names(self) -> Any:
        return None if self.stamps is None else self.calendar.labels

    def sides(self) -> list[Side]:
        indexes = self.source.indexes
        others = [dim for dim in self.source.dims if dim != self.dim]
        return [(dim, indexes[dim].tolist() if dim in indexes else None) for dim in others]

    @property
    def columns(self) -> list[Any]:
        others = [dim for dim in self.source.dims if dim != self.dim]
        if len(others) == 1 and others[0] in self.source.indexes:
            return self.source.indexes[others[0]].tolist()
        return super().columns

    def row_label(self, row: int) -> str:
        return self.calendar.words(row)

    def lane_label(self, lane: int) -> str:
        source = self.source
        others = [dim for dim in source.dims if dim != self.dim]
        if not others:
            return "" if source.name is None else str(source.name)
        place = np.unravel_index(lane, tuple(source.sizes[dim] for dim in others))
        words = [
            f"{dim} {source.indexes[dim][i] if dim in source.indexes else int(i)}"
            for dim, i in zip(others, place, strict=True)
        ]
        return ", ".join(words)


def _dataset(variables: dict[str, Any]) -> Any:
    """A Dataset of variables; a coordinate of the same name as one of them makes room for it."""
    return xr.Dataset(
        {name: data.drop_vars(variables, errors="ignore") for name, data in variables.items()}
    )


def read_xarray(
    x: Any, time: Any, freq: str | None, start: Any, axis: Any, exact: bool = False
) -> Data:
    """Read a DataArray."""
    if not isinstance(x, xr.DataArray):
        raise TypeError(
            f"paimana reads a DataArray of xarray, not a {type(x).__name__}: choose a "
            'variable, x["..."]'
        )
    name = "the DataArray" if x.name is None else f'the DataArray "{x.name}"'
    objects = exact and x.dtype.kind == "O" and x.size > 0
    if x.dtype.kind not in "fiub" and not objects:
        raise TypeError(f"{name} holds no numbers ({x.dtype}): convert it with .astype(float)")
    if not x.ndim:
        raise ValueError("x is a single number: give a DataArray with a time dimension")
    dim, stamps = _time_dimension(x, time)
    index = pd.RangeIndex(x.sizes[dim])
    if stamps is not None:
        index = x.indexes[dim] if stamps.name in x.indexes else pd.Index(stamps.to_numpy())
    calendar = calendar_of(index, None, freq, start)
    small = x.dtype.kind == "f" and x.dtype.itemsize <= 4
    values: Any
    if objects:
        column = decimals_of(x.to_numpy().ravel().tolist(), name)
        values = Values(column.array.reshape(x.shape), column.scale, column.precision)
    else:
        values = np.asarray(x.to_numpy(), dtype=np.float64)
    return DataArrayData(x, values, np.float32 if small else np.float64, dim, stamps, calendar)


def _time_dimension(x: Any, time: Any) -> tuple[Any, Any]:
    """The time dimension, and its coordinate if it has one."""
    if time is not None:
        if time in x.dims:
            return time, x.coords.get(time)
        if time in x.coords and len(x.coords[time].dims) == 1:
            return x.coords[time].dims[0], x.coords[time]
        raise ValueError(
            f"time={time!r} is neither a dimension nor a coordinate along one; there are {x.dims}"
        )
    dated = [dim for dim in x.dims if dim in x.indexes and _holds_dates(x.indexes[dim])]
    if len(dated) > 1:
        raise ValueError(
            f"the dimensions {dated} all hold dates: say which is time, such as time={dated[0]!r}"
        )
    if dated:
        return dated[0], x.coords[dated[0]]
    if "time" in x.dims or x.ndim == 1:
        dim = "time" if "time" in x.dims else x.dims[0]
        return dim, x.coords.get(dim)
    raise ValueError(
        f"none of the dimensions {x.dims} holds dates: say which is time, such as "
        f"time={x.dims[0]!r}"
    )


def _holds_dates(index: Any) -> bool:
    if isinstance(index, (pd.DatetimeIndex, pd.PeriodIndex)):
        return True
    first = index[0] if len(index) and index.dtype.kind == "O" else None
    return dated(first)
