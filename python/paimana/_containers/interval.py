"""Intervals: values between bounds, as `pm.rounded` makes them.

An indicator of an interval is computed twice, of the published figures and of their bounds, by the
same kernel. The containers of the three parts are those of the data, which `IntervalData` keeps as
its middle.
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from paimana._containers import PLAIN, Data, Kernel, Side, Values, read
from paimana._containers.labels import Names, fitted
from paimana._interval import Interval
from paimana._time import Time

__all__ = [
    "IntervalData",
    "Twin",
    "bounded",
    "column_of",
    "contains",
    "digits",
    "interval_of",
    "outward",
    "read_interval",
    "width",
]

Array = np.ndarray[Any, Any]
WORDS = np.array(["no", "yes", "undecided"], dtype=object)


class Twin(NamedTuple):
    """A result of the published figures, and the same of their bounds."""

    middle: Any
    bounds: Any

    @property
    def T(self) -> Twin:  # noqa: N802 - as of an array
        """Both with their axes turned round."""
        return Twin(self.middle.T, self.bounds.T)


class IntervalData(Data):
    """Published figures (`middle`) and their bounds (`values`)."""

    __slots__ = ("dim", "middle")

    def __init__(self, middle: Data, bounds: Values) -> None:
        self.middle, self.values = middle, bounds
        self.axis, self.slots, self.time = middle.axis, middle.slots, middle.time
        self.dim = middle.dim

    def _parts(self, make: Any, twin: Any) -> Interval:
        """An interval of what `make` makes of each part of a result."""
        if not isinstance(twin, Twin):
            return make(twin)
        bounds, single = twin.bounds, self.middle.single
        lower, upper = outward(bounds.lower, -np.inf, single), outward(bounds.upper, np.inf, single)
        return Interval(make(lower), make(twin.middle), make(upper))

    def like(self, values: Any) -> Any:
        return self._parts(self.middle.like, values)

    def flags(self, values: Any) -> Any:
        """Of bounds: "yes", "no" or "undecided"."""
        return self.middle.words(WORDS[values.bounds])

    def words(self, values: Array) -> Any:
        return self.middle.words(values)

    def reduced(self, values: Any) -> Any:
        return self._parts(self.middle.reduced, values)

    def labels(self, rows: Array) -> Any:
        return self.middle.labels(rows)

    def parts(self, parts: dict[str, Any]) -> Any:
        return self._frames(self.middle.parts, parts, self.middle.single)

    def rows(self, columns: dict[Any, Any]) -> Any:
        # Columns of their own are of single precision where all those of the input are.
        return self._frames(self.middle.rows, columns, bool(np.all(self.middle.single)))

    def _frames(self, make: Any, columns: dict[Any, Any], single: Any) -> Interval:
        """An interval of frames."""
        twins = columns.items()
        return Interval(
            make({name: outward(twin.bounds.lower, -np.inf, single) for name, twin in twins}),
            make({name: twin.middle for name, twin in twins}),
            make({name: outward(twin.bounds.upper, np.inf, single) for name, twin in twins}),
        )

    @property
    def single(self) -> Any:
        return self.middle.single

    def at(self, time: Time, values: Any) -> Any:
        return self._parts(partial(self.middle.at, time), values)

    def row_names(self) -> Any:
        return self.middle.row_names()

    def sides(self) -> list[Side]:
        return self.middle.sides()

    @property
    def columns(self) -> list[Any]:
        return self.middle.columns

    def row_label(self, row: int) -> str:
        return self.middle.row_label(row)

    def lane_label(self, lane: int) -> str:
        return self.middle.lane_label(lane)

    def run(self, kernel: Kernel, *args: Any, **options: Any) -> Any:
        """The results of the bounds and of the published figures."""
        bounds = super().run(kernel, *(_of(arg, 1) for arg in args), **options)
        middle = self.middle.run(kernel, *(_of(arg, 0) for arg in args), **options)
        return Twin(middle, bounds)

    def run_across(self, kernel: Kernel, *args: Any) -> Any:
        return Twin(self.middle.run_across(kernel, *args), super().run_across(kernel, *args))

    def split(self, names: tuple[str, ...], kernel: Kernel, *args: Any) -> Any:
        twin = self.run(kernel, *args)
        pairs = zip(names, twin.middle, twin.bounds, strict=True)
        return self.parts({name: Twin(middle, bounds) for name, middle, bounds in pairs})


def outward(bounds: Any, toward: float, single: Any) -> Any:
    """Bounds that stay on their side where they become floats of single precision."""
    if isinstance(bounds, Values) or not np.any(single):
        return bounds
    with np.errstate(over="ignore"):
        near: Array = bounds.astype(np.float32)
    inside: Array = near > bounds if toward < 0 else near < bounds
    near[inside] = np.nextafter(near[inside], np.float32(toward))
    return np.where(single, near.astype(np.float64), bounds)


def column_of(table: Any, place: int) -> Any:
    """One column of a result with several."""
    if isinstance(table, Twin):
        return Twin(table.middle[:, place], table.bounds[:, place])
    return table[:, place]


def _of(arg: Any, side: int) -> Any:
    """What a kernel takes beside the data: of the published figures (0) or of the bounds (1)."""
    return arg[side] if isinstance(arg, Twin) else arg


def read_interval(
    x: Any, time: Any, freq: str | None, start: Any, axis: Any, exact: bool = False
) -> Data:
    """Read an interval."""
    if not isinstance(x, Interval):
        raise TypeError(
            f"paimana cannot measure a {type(x).__name__}: give the data themselves, or an Interval"
        )
    if not exact:
        raise TypeError(
            "this works on the values themselves, not on an Interval: give its .value, .lower or "
            ".upper"
        )
    where: dict[str, Any] = {"time": time, "freq": freq, "start": start, "axis": axis}
    middle = read(x.value, **where, exact=PLAIN)
    lower, upper = (read(part, **where, exact=PLAIN).values for part in (x.lower, x.upper))
    if isinstance(lower, Values):
        scale = max(lower.scale, upper.scale)
        lower, upper = lower.rescaled(scale), upper.rescaled(scale)
    return IntervalData(middle, Values.between(lower, upper))


def interval_of(data: Data) -> IntervalData:
    """Data as an interval: what is known exactly lies between itself and itself."""
    if isinstance(data, IntervalData):
        return data
    return IntervalData(data, Values.between(data.values, data.values))


def _arrays(interval: Interval) -> tuple[Data, Any, Any]:
    """The data of the published figures, and the bounds."""
    if _single(interval.value):
        wrapped = Interval([interval.lower], [interval.value], [interval.upper])
        return _arrays(wrapped)
    data = read(interval, exact=PLAIN)
    assert isinstance(data, IntervalData)
    return data.middle, data.values.lower, data.values.upper


def _single(value: Any) -> bool:
    return not hasattr(value, "__len__") or np.ndim(value) == 0


def _given(interval: Interval, data: Data, made: Any) -> Any:
    """A result in the class of the interval; of a single figure, the figure."""
    return made[0] if _single(interval.value) else made


def width(interval: Interval) -> Any:
    """Upper less lower bound."""
    data, lower, upper = _arrays(interval)
    gap = upper.minus(lower) if isinstance(upper, Values) else upper - lower
    return _given(interval, data, data.like(outward(gap, np.inf, data.single)))


def bounded(interval: Interval) -> Any:
    """Whether there are bounds."""
    data, lower, upper = _arrays(interval)
    return _given(interval, data, data.flags(_known(lower) & _known(upper)))


def _known(values: Any) -> Array:
    return ~values.missing() if isinstance(values, Values) else ~np.isnan(values)


def contains(interval: Interval, x: Any) -> Any:
    """Whether `x` lies between the bounds."""
    data, lower, upper = _arrays(interval)
    other = _like_bounds(x, data, lower)
    return _given(interval, data, data.flags(_at_most(lower, other) & _at_most(other, upper)))


def _like_bounds(x: Any, data: Data, bounds: Any) -> Any:
    """A number, or data matched by their labels, as values of the kind and shape of the bounds."""
    exact = isinstance(bounds, Values)
    if _single(x):
        number = Decimal(x) if exact and isinstance(x, (int, str)) else x
        given = read([number], exact=PLAIN)
    else:
        given = read(x, exact=PLAIN)
    other = given.values
    if isinstance(other, Values) != exact:
        raise TypeError(
            "x and the bounds must both be decimals, or both floats: convert one of the two"
        )
    array = other.array if exact else other
    if _single(x):
        array = np.full(bounds.shape, array[0])
    else:
        rows, ours = array.shape[given.axis], bounds.shape[data.axis]
        if array.size * ours != bounds.size * rows:  # another number of series
            raise ValueError(f"x has the shape {array.shape} and the interval {bounds.shape}")
        array = fitted(data, given, Names("the interval", "x"))(array)
    return Values(array, other.scale, other.precision) if exact else array


def digits(interval: Interval) -> Any:
    """How many digits after the point the bounds support."""
    data, lower, upper = _arrays(interval)
    exact = isinstance(upper, Values)
    if exact:
        gap: Array = upper.minus(lower).to_floats()
        blur: Array = np.spacing(gap)
    else:
        # The bounds were moved outward by a few of the steps in which floats lie at their level.
        gap = upper - lower
        blur = 8 * _steps(np.maximum(np.abs(lower), np.abs(upper)), data.single)
    made = data.like(_digits_of(gap, blur))
    if not _single(interval.value):
        return made
    return int(made[0]) if made[0] == made[0] else None


def _steps(level: Array, single: Any) -> Array:
    """The distance of neighbouring floats at each level, of single precision where they are so."""
    with np.errstate(over="ignore"):
        wide: Array = np.spacing(level.astype(np.float32)).astype(np.float64)
    return np.where(single, wide, np.spacing(level))


def _digits_of(gap: Array, blur: Array) -> Array:
    """floor(-log10(gap)) of widths, known to within a blur: about 0.1 means one decimal."""
    with np.errstate(divide="ignore", invalid="ignore"):
        digits = -np.log10(gap)
        power = 10.0 ** -np.rint(digits)
        near = np.abs(gap - power) <= np.minimum(blur, power / 100)
        return np.where(gap > 0, np.where(near, np.rint(digits), np.floor(digits)), np.nan)


def _at_most(a: Any, b: Any) -> Array:
    """Whether a is at most b, exactly; False where one is missing."""
    if not isinstance(a, Values):
        return np.asarray(a <= b)
    scale = max(a.scale, b.scale)
    gap = b.rescaled(scale).minus(a.rescaled(scale))
    return ~gap.missing() & (gap.to_floats() >= 0)
