"""For tests: computed values against the figures that were published.

A published figure is a string, because its digits say how far it can be trusted: "62.3" stands for
every value from 62.25 to 62.35. The comparison is exact, by fractions. What figures of a release
imply for each other is the audit's concern.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Context, Decimal
from fractions import Fraction
from itertools import product
from numbers import Rational
from typing import Any, NamedTuple, cast

import numpy as np

from paimana._containers.cells import Cells, cells_of, is_missing
from paimana._interval import Interval
from paimana.release.money import Amount, amount

__all__ = ["assert_published"]

SHOWN = 10
"""The most disagreements that a message lists."""

VERBS = {
    "half": "round",
    "half_up": "round",
    "half_even": "round",
    "half_down": "round",
    "truncate": "truncate",
    "down": "truncate",
    "up": "round up",
    "floor": "round down",
    "ceiling": "round up",
}
"""The rules, and what a value does by each."""

HALF = Fraction(1, 2)


class _Figure(NamedTuple):
    """A printed figure: a whole number of units of its last digit."""

    text: str
    units: int
    unit: Fraction
    decimals: int
    scale: str
    currency: str | None

    def ends(self, rule: str) -> tuple[Fraction, Fraction, bool, bool]:
        """Lower and upper end of the values that print so, and whether each end is one of them."""
        sign = (self.units > 0) - (self.units < 0)
        low, high, with_low, with_high = _ends(rule, sign, self.units % 2 == 0)
        return (self.units + low) * self.unit, (self.units + high) * self.unit, with_low, with_high

    def holds(self, value: Fraction, rule: str) -> bool:
        """Whether a value prints so."""
        low, high, with_low, with_high = self.ends(rule)
        return low < value < high or (with_low and value == low) or (with_high and value == high)

    def meets(self, low: Fraction, high: Fraction, rule: str) -> bool:
        """Whether any value between two bounds prints so."""
        least, most, _, _ = self.ends(rule)
        low, high = max(low, least), min(high, most)
        return low < high or (low == high and self.holds(low, rule))

    def printed(self, value: Fraction, rule: str) -> str:
        """A value as this figure would print it; a tie of the rule "half" away from zero."""
        near = math.floor(value / self.unit)
        candidates = sorted((near, near + 1), key=abs, reverse=True)
        units = next(n for n in candidates if self._replace(units=n).holds(value, rule))
        text = _digits(Fraction(units, 10**self.decimals), self.decimals)
        return text if self.scale == "one" else f"{text} {self.scale}"


def _ends(rule: str, sign: int, even: bool) -> tuple[Fraction, Fraction, bool, bool]:
    """The interval of a figure in units of its last digit, and which of its ends belong to it.

    `sign` is that of the figure, `even` says whether its last digit is.
    """
    belongs = {
        "half": (True, True),
        "half_up": (sign > 0, sign < 0),
        "half_even": (even, even),
        "half_down": (sign <= 0, sign >= 0),
    }
    if rule in belongs:
        return -HALF, HALF, *belongs[rule]
    zero, one = Fraction(0), Fraction(1)
    if rule == "up":
        return -one if sign > 0 else zero, one if sign < 0 else zero, sign <= 0, sign >= 0
    if rule in ("truncate", "down") and sign == 0:
        return -one, one, False, False
    if rule == "floor" or (rule != "ceiling" and sign > 0):
        return zero, one, True, False
    return -one, zero, False, True


def assert_published(
    actual: Any, published: Any, *, rounding: str = "half", decimal: str | None = "."
) -> None:
    """Assert that computed values round to the figures that were published.

    |x - p| <= u/2, where u is one unit of the last digit printed in p

    Parameters
    ----------
    actual
        The computed value, in the unit of the published figure: an int, float, Decimal, Fraction or
        Amount, or a list, dict, array, Series or frame of them; or an Interval, of which any value
        between the bounds may be the one that was printed.
    published
        What was printed, as a string that `amount` reads ("62.3", "2,593", "21,50,325.03",
        "(12.5)", "US$ 2.593 billion"), or strings in the shape of `actual`; None where nothing was
        printed. Whole numbers and Decimals have printed digits too. Strings in a Series or frame
        need the labels of `actual`.
    rounding
        ``"half"``: to the nearest, a tie either way; ``"half_up"`` (a tie away from zero),
        ``"half_even"``, ``"half_down"``; ``"truncate"`` or ``"down"``: digits cut off; ``"up"``
        (away from zero), ``"floor"``, ``"ceiling"``.
    decimal
        The decimal mark of the published strings: ``"."``, ``","``, or None for what each shows.

    Returns
    -------
    None.

    Raises
    ------
    AssertionError
        Where a value does not round to its figure, with the place, the interval of values that
        would, and the digits that it rounds to; up to ten of them.
    ValueError
        For a figure that is no number, another shape or other labels, another currency, or an
        unknown rounding.
    TypeError
        For a published float, whose printed digits are not known, and values that are not numbers.

    Notes
    -----
    A trailing zero counts: "2.50" is narrower than "2.5". A float is read by its shortest digits,
    so 2.675 is a tie and not a little less. A missing value (None, NaN, NaT, NA) agrees with None
    alone, an infinite one with nothing. With a scale word the values are in units of one.

    Equivalents
    -----------
    ``numpy.testing.assert_almost_equal(x, 62.3, decimal=1)`` lets 62.44 pass, as its tolerance is
    1.5 units of the last digit; Stata ``assert round(x, 0.1) == 62.3``.

    References
    ----------
    JCGM 100:2008, Evaluation of measurement data: Guide to the expression of uncertainty in
    measurement, F.2.2.1: the interval behind an indicated digit.

    Examples
    --------
    >>> import paimana as pm
    >>> pm.testing.assert_published(pm.growth([191, 310])[1], "62.3")
    >>> pm.testing.assert_published(2_592_741_000, "US$ 2.593 billion")
    >>> pm.testing.assert_published(62.38, "62.3")
    Traceback (most recent call last):
    AssertionError: 62.38 does not round to "62.3": values in [62.25, 62.35] do; this one rounds to
    62.4; it truncates to "62.3" (rounding="truncate")
    """
    __tracebackhide__ = True
    if rounding not in VERBS:
        raise ValueError(f"rounding is one of {', '.join(VERBS)}, not {rounding!r}")
    values = cells_of(actual.value if isinstance(actual, Interval) else actual)
    sides = (actual.lower, actual.upper) if isinstance(actual, Interval) else ()
    bounds = [cells_of(side).values for side in sides]
    figures = _beside(cells_of(published, every=True), values, isinstance(published, Mapping))
    wrong: list[str] = []
    for place in product(*map(range, values.values.shape)):
        where = values.words(place)
        between = [bound[place] for bound in bounds]
        value, figure = values.values[place], figures[place]
        said = _disagreement(value, between, figure, rounding, decimal, where)
        if said:
            wrong.append(f"{where}: {said}" if where else said)
    if len(wrong) == 1:
        raise AssertionError(wrong[0])
    if wrong:
        more = [f"and {len(wrong) - SHOWN} more"] if len(wrong) > SHOWN else []
        head = f"{len(wrong)} of {values.values.size} values do not agree with what was published:"
        raise AssertionError("\n  ".join([head, *wrong[:SHOWN], *more]))


def _disagreement(
    value: Any, bounds: list[Any], figure: Any, rule: str, decimal: str | None, where: str
) -> str:
    """Why a value does not agree with a figure, in words; empty where it does."""
    if is_missing(figure):
        return "" if is_missing(value) else f"{value} where no figure was published"
    try:
        printed = _figure(figure, decimal)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{where}: {error}" if where else str(error)) from None
    if is_missing(value):
        return f'missing, where "{printed.text}" was published'
    if isinstance(value, Amount) and printed.currency not in (None, value.currency):
        raise ValueError(f'{value} cannot be compared with "{printed.text}": another currency')
    exact = _exact(value)
    if exact is None:
        return f'{value} is infinite, where "{printed.text}" was published'
    known = [None if is_missing(bound) else _exact(bound) for bound in bounds]
    least, most = known or [exact, exact]
    if least is None or most is None:
        return f'{value} has no bounds, where "{printed.text}" was published'
    if printed.meets(least, most, rule):
        return ""
    low, high, with_low, with_high = printed.ends(rule)
    ends = (
        f"{'[' if with_low else '('}{_shortest(low)}, {_shortest(high)}{']' if with_high else ')'}"
    )
    if bounds:
        between = f"{value}, between {bounds[0]} and {bounds[1]},"
        return f'{between} cannot {VERBS[rule]} to "{printed.text}": values in {ends} do'
    said = (
        f'{value} does not {VERBS[rule]} to "{printed.text}": values in {ends} do; this one '
        f"{_third(VERBS[rule])} to {printed.printed(exact, rule)}"
    )
    other = "truncate" if VERBS[rule] == "round" else "half"
    if printed.holds(exact, other):
        said += f'; it {_third(VERBS[other])} to "{printed.text}" (rounding="{other}")'
    return said


def _third(verb: str) -> str:
    """The verb with its ending: rounds, rounds up, truncates."""
    first, _, rest = verb.partition(" ")
    return f"{first}s {rest}".rstrip()


def _figure(figure: Any, decimal: str | None) -> _Figure:
    """Read a printed figure."""
    if isinstance(figure, float | np.floating):
        raise TypeError(
            f"a published figure is a string, as it was printed, not {figure!r}: the digits of a "
            "float are not known to be those that were printed"
        )
    if isinstance(figure, np.integer):
        figure = int(cast("Any", figure))
    read = amount(figure, decimal=decimal if isinstance(figure, str) else None)
    text = figure.strip() if isinstance(figure, str) else str(figure)
    if read.width != read.unit:
        raise ValueError(f"{text} was computed, not printed: give the text that was published")
    unit = Fraction(read.unit)
    return _Figure(
        text, int(Fraction(read.value) / unit), unit, read.decimals, read.scale, read.currency
    )


def _exact(value: Any) -> Fraction | None:
    """The value as a fraction; None where it is infinite."""
    if isinstance(value, bool | np.bool_):
        raise TypeError(f"{value} is true or false, not a number to compare with a figure")
    if isinstance(value, Amount):
        return Fraction(value.value)
    if isinstance(value, float | np.floating | Decimal):
        number = cast("Any", value)
        return Fraction(str(number)) if math.isfinite(number) else None
    if isinstance(value, Rational):  # whole numbers of NumPy are among them
        return Fraction(int(value.numerator), int(value.denominator))
    raise TypeError(f"{value!r} is not a number to compare with a figure")


def _digits(value: Fraction, decimals: int) -> str:
    """A fraction with so many decimals, which it has at most."""
    whole = int(value * 10**decimals)
    context = Context(prec=len(str(abs(whole))) + decimals + 1)
    return f"{Decimal(whole).scaleb(-decimals, context):f}"


def _shortest(value: Fraction) -> str:
    """A fraction over a power of ten with as many decimals as it needs."""
    decimals = 0
    while (value * 10**decimals).denominator != 1:
        decimals += 1
    return _digits(value, decimals)


def _beside(figures: Cells, values: Cells, keyed: bool) -> Any:
    """The figures in the order of the values; refuses other labels and other shapes."""
    found, columns = figures.values, figures.columns
    if values.beside and columns is not None:
        # A frame without an index: the columns that label its rows are not figures.
        for name, labels in values.beside.items():
            if name not in columns:
                continue
            at = columns.index(name)
            if list(found[:, at]) != labels:
                raise ValueError(f"the column {name} of the figures is not that of the values")
            found = np.delete(found, at, axis=1)
            columns = columns[:at] + columns[at + 1 :]
    same = values.rows is not None and figures.rows is not None
    if keyed and same and set(figures.rows or ()) == set(values.rows or ()):
        return found[[(figures.rows or []).index(key) for key in values.rows or []]]
    for name, ours, theirs in (
        ("rows", values.rows, figures.rows),
        ("columns", values.columns, columns),
    ):
        if ours is not None and theirs is not None and ours != theirs:
            raise ValueError(
                f"the labels of the {name} of the figures are not those of the values: "
                f"{_few(theirs)} against {_few(ours)}"
            )
    if values.values.shape != found.shape:
        raise ValueError(
            f"the values have the shape {values.values.shape}, the figures {found.shape}"
        )
    return found


def _few(labels: list[Any]) -> str:
    return ", ".join(map(str, labels[:5])) + (" ..." if len(labels) > 5 else "")
