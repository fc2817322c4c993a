"""The class of exact amounts: what they know, arithmetic, writing.

Digits are read and computed in the core; how an amount is made is in `money`. How wide the interval
behind rounded data is, for whole series, is the concern of `measure`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from numbers import Rational
from typing import Any, cast

from paimana._core import amount as core
from paimana.report import html

__all__ = ["Amount"]


@dataclass(frozen=True, eq=False, repr=False)
class Amount:
    """An exact amount of money with the precision it was printed in; made by `amount`.

    Amounts of one currency are added, subtracted, compared, and divided into a ratio (a Fraction);
    they are multiplied and divided by exact numbers (int, Decimal, Fraction). Nothing is rounded in
    silence: a quotient that is no finite decimal, a float and two currencies are errors. The result
    keeps the scale of the first amount.

    Two amounts are equal if their values and currencies are, however they are printed: 1 billion is
    1,000 million.

    Examples
    --------
    >>> import paimana as pm
    >>> total = pm.amount("US$ 2.593 billion")
    >>> total + pm.amount("US$ 310 million")
    Amount('USD 2.903 billion')
    >>> total / 4
    Amount('USD 0.64825 billion')
    >>> float(100 * (pm.amount("$310m") / pm.amount("$306m") - 1))
    1.3071895424836601
    """

    _core: core.Money

    @property
    def value(self) -> Decimal:
        """The amount in units of one, such as Decimal('2593000000')."""
        return Decimal(self._core.parts()[0])

    @property
    def number(self) -> Decimal:
        """The number before the scale word, with its decimals, such as Decimal('2.593')."""
        return Decimal(self._core.parts()[1])

    @property
    def width(self) -> Decimal:
        """How wide the interval of unrounded amounts is, in units of one.

        One unit of the last printed digit; widths add up in sums and grow in products.
        """
        return Decimal(self._core.parts()[2])

    @property
    def unit(self) -> Decimal:
        """One unit of the last digit, in units of one: the width of an amount as it was printed."""
        power = self._core.parts()[6] - self.decimals
        return Decimal(10**power) if power > 0 else Decimal(1).scaleb(power)

    @property
    def decimals(self) -> int:
        """Digits after the decimal mark."""
        return self._core.parts()[3]

    @property
    def scale(self) -> str:
        """The scale in full, such as "billion" for "bn"; "one" where there is none."""
        return self._core.parts()[4]

    @property
    def currency(self) -> str | None:
        """The code of ISO 4217, such as "USD"; None where no currency is named."""
        return self._core.parts()[5]

    def bounds(self) -> tuple[Decimal, Decimal]:
        """Give the least and the greatest unrounded amount, in units of one.

        value - width/2 and value + width/2: what was rounded to the printed digits, either way on a
        tie.

        Examples
        --------
        >>> import paimana as pm
        >>> pm.amount("US$ 2.593 billion").bounds()
        (Decimal('2592500000'), Decimal('2593500000'))
        """
        low, high = self._core.bounds()
        return Decimal(low), Decimal(high)

    def to(self, scale: str) -> Amount:
        """Give the same amount in another scale, exactly and with the same precision.

        Parameters
        ----------
        scale
            A scale word, such as "million", "crore" or "one".

        Examples
        --------
        >>> import paimana as pm
        >>> pm.amount("Rs 1.78 lakh crore").to("crore").number
        Decimal('178000')
        """
        return Amount(self._core.rescaled(scale))

    def divided(self, by: int | Decimal | Fraction, *, decimals: int) -> Amount:
        """Divide and round, where the exact quotient is no finite decimal.

        Parameters
        ----------
        by
            An exact number.
        decimals
            Digits after the decimal mark, in the scale of the amount; ties are rounded away from
            zero. What is rounded off widens the interval.

        Examples
        --------
        >>> import paimana as pm
        >>> pm.amount("US$ 310 million").divided(3, decimals=1)
        Amount('USD 103.3 million')
        """
        n, d = _fraction(by, "divide by")
        if n == 0:
            raise ZeroDivisionError(f"{self} divided by zero")
        dividend = -self if n < 0 else self
        return Amount(dividend._exactly("divided", abs(n), d, _count(decimals)))

    def format(
        self,
        *,
        scale: str | None = None,
        decimals: int | None = None,
        rounding: str = "half_up",
        grouping: str = "western",
        separator: str | None = None,
        decimal: str = ".",
        currency: str = "code",
        negative: str = "minus",
    ) -> str:
        """Write the amount in any scale.

        Parameters
        ----------
        scale
            A scale word, which is written as given: "billion", "bn", "Mrd", "lakh crore", "crore",
            "lakh", "million", "one" ...; by default the amount's own.
        decimals
            Digits after the decimal mark; by default all.
        rounding
            How it is rounded where these are fewer: ``"half_up"`` (ties away from zero),
            ``"half_even"``, ``"half_down"``, ``"up"``, ``"down"``, ``"ceiling"`` or ``"floor"``.
        grouping
            ``"western"`` (2,150,325), ``"indian"`` (21,50,325) or ``"none"``.
        separator
            One character between groups; by default a comma, or a point beside a decimal comma.
        decimal
            The decimal mark, ``"."`` or ``","``.
        currency
            ``"code"`` (USD), ``"sign"`` (US$) or ``"none"``.
        negative
            ``"minus"`` or ``"parentheses"``.

        Examples
        --------
        >>> import paimana as pm
        >>> budget = pm.amount("Rs 1.78 lakh crore")
        >>> budget.format(scale="billion", decimals=0)
        'INR 1,780 billion'
        >>> budget.format(scale="one", grouping="indian", currency="sign")
        '₹17,80,00,00,00,000'
        >>> pm.amount("-€9.4 bn").format(scale="Mrd", decimal=",", negative="parentheses")
        '(EUR 9,4 Mrd)'
        """
        for name, mark in (("separator", separator), ("decimal", decimal)):
            given = cast("Any", mark)
            if given is not None and not (isinstance(given, str) and len(given) == 1):
                raise ValueError(f"{name} is one character, not {given!r}")
        if decimal not in (".", ","):
            raise ValueError(f'decimal is "." or ",", not {decimal!r}')
        if negative not in ("minus", "parentheses"):
            raise ValueError(f'negative is "minus" or "parentheses", not {negative!r}')
        between = separator if separator is not None else "," if decimal == "." else "."
        places = None if decimals is None else _count(decimals)
        brackets = negative == "parentheses"
        return self._core.format(
            scale, places, rounding, grouping, between, decimal, currency, brackets
        )

    # Arithmetic and comparison.

    def __add__(self, other: Any) -> Amount:
        if isinstance(other, Amount):
            return Amount(self._core.plus(other._core))
        if isinstance(other, int) and other == 0:  # so that sum() can begin
            return self
        if isinstance(other, int | float | Decimal | Fraction):
            raise TypeError(
                f"{self} and the bare number {other} cannot be added: make it an amount, "
                f'pm.amount("{other}", currency={self.currency!r})'
            )
        return NotImplemented

    __radd__ = __add__

    def __sub__(self, other: Any) -> Amount:
        if isinstance(other, Amount):
            return Amount(self._core.plus(other._core.negated()))
        return (
            self + other if isinstance(other, int | float | Decimal | Fraction) else NotImplemented
        )

    def __rsub__(self, other: Any) -> Amount:
        return -self + other

    def __mul__(self, other: Any) -> Amount:
        if isinstance(other, Amount):
            raise TypeError(f"{self} times {other} is no amount: multiply by an exact number")
        return Amount(self._exactly("times", *_fraction(other, "multiply by")))

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        if isinstance(other, Amount):
            self._order(other)  # refuses two currencies
            if not other.value:
                raise ZeroDivisionError(f"{self} divided by {other}")
            return Fraction(self.value) / Fraction(other.value)
        n, d = _fraction(other, "divide by")
        if n == 0:
            raise ZeroDivisionError(f"{self} divided by zero")
        return Amount(self._exactly("times", *((d, n) if n > 0 else (-d, -n))))

    def _exactly(self, name: str, *numbers: int) -> core.Money:
        kernel = cast("Callable[..., core.Money]", getattr(self._core, name))
        try:
            return kernel(*numbers)
        except OverflowError:
            raise ValueError(f"{self}: the number has more than 38 digits") from None

    def __neg__(self) -> Amount:
        return Amount(self._core.negated())

    def __pos__(self) -> Amount:
        return self

    def __abs__(self) -> Amount:
        return -self if self.value < 0 else self

    def __bool__(self) -> bool:
        return bool(self.value)

    def __float__(self) -> float:
        return float(self.value)

    def _order(self, other: Amount) -> int:
        return self._core.order(other._core)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Amount):
            return NotImplemented
        return (self.value, self.currency) == (other.value, other.currency)

    def __hash__(self) -> int:
        return hash((self.value, self.currency))

    def __lt__(self, other: Any) -> bool:
        return self._order(other) < 0 if isinstance(other, Amount) else NotImplemented

    def __le__(self, other: Any) -> bool:
        return self._order(other) <= 0 if isinstance(other, Amount) else NotImplemented

    def __gt__(self, other: Any) -> bool:
        return self._order(other) > 0 if isinstance(other, Amount) else NotImplemented

    def __ge__(self, other: Any) -> bool:
        return self._order(other) >= 0 if isinstance(other, Amount) else NotImplemented

    # How it is shown and stored.

    def __str__(self) -> str:
        return self.format()

    def __repr__(self) -> str:
        return f"Amount({self.format()!r})"

    def _repr_html_(self) -> str:
        low, high = self.bounds()
        rows = [
            ["value", f"{self.value:,f}"],
            ["unrounded", f"{low:,f} to {high:,f}"],
        ]
        return html.fragment(str(self), body=[html.table(["", ""], rows, [1])])

    def __reduce__(self) -> Any:
        return _restored, (self._core.json(),)


def _restored(json: str) -> Amount:
    return Amount(core.restore(json))


def _fraction(number: Any, verb: str) -> tuple[int, int]:
    """An exact number as numerator and positive denominator."""
    if isinstance(number, float):
        raise TypeError(
            f'a float is not exact: {verb} Decimal("{number!r}") or a Fraction to say what is meant'
        )
    if isinstance(number, bool) or not isinstance(number, Decimal | Rational):
        kind = type(number).__name__
        raise TypeError(f"{verb} an exact number (int, Decimal or Fraction), not a {kind}")
    if isinstance(number, Decimal):
        if not number.is_finite():
            raise ValueError(f"{verb} a finite number, not {number}")
        return number.as_integer_ratio()
    return int(number.numerator), int(number.denominator)


def _count(decimals: Any) -> int:
    if isinstance(decimals, bool) or not hasattr(decimals, "__index__"):
        raise TypeError(f"decimals is a whole number, not {decimals!r}")
    if not 0 <= decimals.__index__() <= 28:
        raise ValueError(f"decimals lies between 0 and 28, not {decimals}")
    return decimals.__index__()
