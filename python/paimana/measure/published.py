"""Published figures: what rounding leaves open, and how many digits a rate of them supports.

`rounded` turns figures that were published rounded into intervals, which the indicators take and
give back. What an interval is stands in `_interval.py`.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

import numpy as np

from paimana._containers import PLAIN, Data, Values, read
from paimana._containers.interval import digits, outward
from paimana._containers.texts import mapped
from paimana._interval import Interval
from paimana.release.money import Amount, amount

__all__ = ["Interval", "rounded", "supported_decimals"]

Array = np.ndarray[Any, Any]
HALVES = ("half_up", "half_even", "half_down")
DIRECTED = ("truncate", "down", "up", "floor", "ceiling")
ROUNDINGS = (*HALVES, *DIRECTED)
LEAST = Fraction(1, 10**200)
"""The least unit of floats, and one over the greatest."""


def rounded(
    x: Any,
    to: Any = 1,
    *,
    rounding: str = "half_up",
    time: Any = None,
    axis: int = 0,
) -> Interval:
    """Figures published rounded, as intervals that hold the unrounded ones.

    lower = x - to/2,  upper = x + to/2   (rounded to the nearest)

    Parameters
    ----------
    x
        Figures as published: a number, list, array, Series, frame, Arrow array or DataArray of
        numbers or Decimals; with ``to="printed"`` texts that `amount` reads (the decimal mark is a
        point, values are in units of one), ints, Decimals or Amounts.
    to
        The unit they are rounded to, such as 1, ``0.1`` or ``Decimal("0.5")``; ``"printed"`` takes
        the last digit that each figure prints.
    rounding
        How they were rounded: to the nearest (``"half_up"``, ``"half_even"``, ``"half_down"``,
        which leave the same bounds), ``"truncate"`` (towards zero, as ``"down"``), ``"up"`` (away
        from zero), ``"floor"`` or ``"ceiling"``.
    time
        Name of the date column or dimension, which is not a figure.
    axis
        Time axis of an array.

    Returns
    -------
    Interval
        With `lower`, `value` and `upper`, each of the class of `x` (texts give Decimals) and in its
        unit. The indicators take it and give an interval back; `frame()`, `plot()`, `width`,
        `bounded` and `contains(...)` are its methods.

    Raises
    ------
    ValueError
        For a unit that is not positive, an unknown rounding, a value that is no multiple of the
        unit and so was not rounded to it (the message names the place), texts that are no figures,
        and two currencies.
    TypeError
        For data that are no numbers, and for floats with ``to="printed"``: their printed digits are
        not known.

    Notes
    -----
    Bounds belong to the interval, although a tie is rounded one way only. Bounds of floats are the
    nearest floats outside of it. Missing values stay missing, without bounds. A float is read as
    the decimal that it is nearest to, a Decimal as its digits written out: Decimal("1E+3") is 1000,
    printed to units.

    Equivalents
    -----------
    None in Stata, EViews or R; interval arithmetic packages do not know published figures.

    References
    ----------
    IEEE 1788-2015, Standard for Interval Arithmetic: enclosures rounded outward.

    Examples
    --------
    >>> import paimana as pm
    >>> exports = pm.rounded([306, 310], to=1)
    >>> exports.lower, exports.upper
    ([305.5, 309.5], [306.5, 310.5])
    >>> rate = pm.growth(exports)
    >>> round(rate.lower[1], 7), round(rate.upper[1], 7)
    (0.9787928, 1.6366612)
    >>> pm.rounded(["62.3", "40.25"], to="printed").upper
    [Decimal('62.350'), Decimal('40.255')]
    """
    if rounding not in ROUNDINGS:
        known = ", ".join(f'"{word}"' for word in ROUNDINGS)
        raise ValueError(f"rounding must be one of {known}, not {rounding!r}")
    if isinstance(x, Interval):
        raise TypeError("x is an Interval already")
    single = not hasattr(x, "__len__") or isinstance(x, str)
    if isinstance(to, str) and to == "printed":
        data, units = _printed([x] if single else x, time, axis)
    else:
        unit = _unit(to)
        data = read([x] if single else x, time=time, axis=axis, exact=PLAIN)
        units = unit
    if isinstance(data.values, Values):
        lower, upper = _exact_bounds(data, units, rounding)
    else:
        lower, upper = _float_bounds(data, cast("Fraction", units), rounding)
    lower, upper = outward(lower, -np.inf, data.single), outward(upper, np.inf, data.single)
    parts: tuple[Any, ...] = (lower, data.values, upper)
    made = [data.like(part) for part in parts]
    return Interval(*(part[0] for part in made)) if single else Interval(*made)


def _unit(to: Any) -> Fraction:
    """The unit of rounding, exactly: a float means what it prints."""
    number: bool = isinstance(to, (int, float, Decimal, Fraction, np.number))
    if isinstance(to, bool) or not number:
        raise TypeError(f'to must be a positive number, such as 1 or 0.1, or "printed", not {to!r}')
    try:
        unit = Fraction(str(to))  # pyright: ignore[reportUnknownArgumentType]
    except ValueError:
        unit = Fraction(0)  # NaN and infinities
    if unit <= 0:
        raise ValueError(f"to must be a positive number, the unit of rounding, not {to!r}")
    return unit


def _sides(values: Any, rounding: str) -> tuple[Any, Any]:
    """How many halves of the unit the bounds lie below and above, by the sign of each value."""
    one = np.ones(np.shape(values), dtype=np.int64)
    if rounding in HALVES:
        return one, one
    if rounding == "floor":
        return 0 * one, 2 * one
    if rounding == "ceiling":
        return 2 * one, 0 * one
    sign = np.sign(values)
    if rounding == "up":
        return np.where(sign > 0, 2, 0), np.where(sign < 0, 2, 0)
    return np.where(sign <= 0, 2, 0), np.where(sign >= 0, 2, 0)


def _float_bounds(data: Data, unit: Fraction, rounding: str) -> tuple[Array, Array]:
    """Bounds of floats: whole halves of the unit, rounded outward where no float equals them."""
    values: Array = data.values
    if not LEAST <= unit <= 1 / LEAST:
        raise ValueError(
            f"to is {Decimal(unit.numerator) / unit.denominator:.3g}, beyond what floats can be "
            f"rounded to: give Decimals, or a unit from {float(LEAST):g} to {float(1 / LEAST):g}"
        )
    half = unit / 2
    with np.errstate(over="ignore", invalid="ignore"):
        steps = np.rint(values / float(unit))
        multiple = steps * float(unit)
        # A float of single precision stands for all figures that it is the nearest one of.
        single = data.single & (multiple.astype(np.float32) == values.astype(np.float32))
        far = np.abs(values - multiple) > 1e-6 * float(unit) + 4 * np.spacing(np.abs(values))
    off = (far & ~single) | np.isinf(steps)
    if (wrong := np.argwhere(off & np.isfinite(values))).size:
        place = _place(data, tuple(int(i) for i in wrong[0]))
        value = values[tuple(wrong[0])]
        raise ValueError(
            f"the value at {place} is {value:.15g}, no multiple of {_plain(unit)}: it was not "
            "rounded to that unit"
        )
    below, above = _sides(np.nan_to_num(steps), rounding)
    bounds: list[Array] = []
    for halves, toward in ((2 * steps - below, -np.inf), (2 * steps + above, np.inf)):
        # halves * p / q, correctly rounded where the product is exact, else moved outward.
        bound = halves * half.numerator / half.denominator
        odd = half.denominator // (half.denominator & -half.denominator)
        small = np.abs(halves) * half.numerator < 2.0**53
        exact = small & (np.mod(halves * half.numerator, odd) == 0)
        outward: Array = np.nextafter(bound, toward)
        bounds.append(np.where(exact, bound, outward))
    return bounds[0], bounds[1]


def _exact_bounds(data: Data, units: Any, rounding: str) -> tuple[Values, Values]:
    """Bounds of decimals, exactly."""
    values: Values = data.values
    figures = values.to_decimals()
    each = [units] * len(figures) if isinstance(units, Fraction) else units
    lower: list[Decimal | None] = []
    upper: list[Decimal | None] = []
    for place, (figure, unit) in enumerate(zip(figures, each, strict=True)):
        if figure is None:
            lower.append(None)
            upper.append(None)
            continue
        exact = Fraction(figure)
        if (exact / unit).denominator != 1:
            where = _place(data, tuple(int(i) for i in np.unravel_index(place, values.shape)))
            raise ValueError(
                f"the value at {where} is {figure}, no multiple of {_plain(unit)}: it was not "
                "rounded to that unit"
            )
        below, above = (int(side) for side in _sides(float(exact), rounding))
        lower.append(_decimal(exact - below * unit / 2))
        upper.append(_decimal(exact + above * unit / 2))
    made = [Values.from_decimals(bounds) for bounds in (lower, upper)]
    scale = max(part.scale for part in made)
    parts = [part.rescaled(scale) for part in made]
    low, high = (
        Values(part.array.reshape(values.shape), scale, min(38, values.precision + scale))
        for part in parts
    )
    return low, high


def _decimal(exact: Fraction) -> Decimal:
    """A fraction whose denominator has no factors but 2 and 5, exactly."""
    digits, rest = 0, exact.denominator
    while rest % 10 == 0:
        rest, digits = rest // 10, digits + 1
    while rest > 1:
        factor = 5 if rest % 2 == 0 else 2
        if rest % (10 // factor):
            raise ValueError(f"bounds of {exact} have no finite decimal form: choose another unit")
        rest, digits = rest * factor // 10, digits + 1
    mantissa = exact * 10**digits
    return Decimal(mantissa.numerator).scaleb(-digits)


def _plain(unit: Fraction) -> str:
    return str(unit.numerator) if unit.denominator == 1 else str(_decimal(unit))


def _place(data: Data, index: tuple[int, ...]) -> str:
    """The period and the series of a value, in words."""
    row = index[data.axis]
    others = [n for axis, n in enumerate(data.values.shape) if axis != data.axis]
    rest = tuple(i for axis, i in enumerate(index) if axis != data.axis)
    lane = int(np.ravel_multi_index(rest, others)) if others else 0
    series = data.lane_label(lane)
    return f"{series}, {data.row_label(row)}" if series else data.row_label(row)


def _printed(x: Any, time: Any, axis: int) -> tuple[Data, list[Fraction] | Fraction]:
    """Figures as printed: exact, each with the unit of its last digit."""
    currencies: dict[str, Any] = {}

    def value(entry: Any) -> Decimal | None:
        figure = _figure(entry)
        if figure is None:
            return None
        exact, _, currency = figure
        if currency is not None:
            currencies.setdefault(currency, entry)
        if len(currencies) > 1:
            first, second = currencies.values()
            raise ValueError(f"the figures are not of one currency: {first} and {second}")
        return exact

    def unit(entry: Any) -> Decimal | None:
        figure = _figure(entry)
        return None if figure is None else figure[1]

    figures, places = mapped(x, value, time), mapped(x, unit, time)
    data = read(figures, time=time, axis=axis, exact=PLAIN)
    if not isinstance(data.values, Values):
        return data, Fraction(1)  # nothing was printed
    units: Values = read(places, time=time, axis=axis, exact=PLAIN).values
    return data, [Fraction(unit or 1) for unit in units.to_decimals()]


def _figure(entry: Any) -> tuple[Decimal, Decimal, str | None] | None:
    """A printed figure: its value, the unit of its last digit, its currency; None if missing."""
    if entry is None or entry != entry or (isinstance(entry, str) and not entry.strip()):
        return None
    if isinstance(entry, (int, np.integer)) and not isinstance(entry, bool):
        return Decimal(int(cast("Any", entry))), Decimal(1), None
    if isinstance(entry, Decimal) and not entry.is_finite():
        raise ValueError(f"{entry} is infinite, which no printed figure is")
    if isinstance(entry, Decimal):
        # As its digits written out: those of 1E+3 are 1000, and the last one counts units.
        return entry, Decimal(1).scaleb(min(cast("int", entry.as_tuple().exponent), 0)), None
    if not isinstance(entry, (str, Amount)):
        raise TypeError(
            f"{entry!r} is a {type(entry).__name__}, whose printed digits are not known: give "
            'texts such as "62.30", ints or Decimals'
        )
    printed = amount(entry, decimal=".")
    return printed.value, printed.width, printed.currency


def supported_decimals(interval: Interval) -> Any:
    """How many digits after the point a figure supports, given the width of its bounds.

    d = floor(-log10(upper - lower))

    Parameters
    ----------
    interval
        What `rounded` or an indicator of it gave.

    Returns
    -------
    Whole numbers in the class of the data (floats, which can be missing); an int for a single
    figure. Negative where not even units are supported: -1 means tens.

    Raises
    ------
    TypeError
        For anything but an Interval.

    Notes
    -----
    Missing where there are no bounds, and where the bounds are equal: the figure is exact. A rate
    of 310 on 306, both rounded to units, lies within 0.66 points: it supports no decimal at all,
    although it is printed with two.

    Equivalents
    -----------
    None in Stata, EViews or R.

    References
    ----------
    JCGM 100:2008, Guide to the Expression of Uncertainty in Measurement, 7.2.6: digits reported.

    Examples
    --------
    >>> import paimana as pm
    >>> pm.supported_decimals(pm.growth(pm.rounded([306, 310], to=1)))
    [nan, 0.0]
    >>> pm.supported_decimals(pm.rounded(2600, to=100))
    -2
    """
    if not isinstance(interval, Interval):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(
            f"give an Interval, such as pm.rounded(x, to=1), not a {type(interval).__name__}"
        )
    return digits(interval)
