"""Amounts of money in words and digits: the function that reads them.

What is read is decided in the core; the class that comes out is in `_amount`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from paimana._core import amount as core
from paimana.release._amount import Amount

__all__ = ["Amount", "amount"]


def amount(
    text: str | int | Decimal | Amount,
    *,
    decimal: str | None = None,
    currency: str | None = None,
    scale: str | None = None,
) -> Amount:
    """Read an amount of money in words and digits, exactly.

    value = number x scale; unrounded between value - u/2 and value + u/2, u being one unit of the
    last printed digit

    Parameters
    ----------
    text
        What was printed: ``"US$ 2.593 billion"``, ``"Rs 1.78 lakh crore"``, ``"€ 1 741.9 mn"``,
        ``"21,50,325.03"``, ``"(12.5)"``; or a whole number, a Decimal or an Amount.
    decimal
        The decimal mark, ``"."`` or ``","``, where a text can be read in two ways.
    currency
        The code of ISO 4217 where the text names no currency, or a sign that several share ("$",
        "Rs", "kr").
    scale
        The scale of a number without a scale word, such as ``"million"`` for a column in millions.

    Returns
    -------
    Amount
        Exact and frozen: `.value` in units of one, `.number`, `.decimals`, `.scale`, `.currency`,
        `.width`, `.bounds()`, `.to(scale)`, `.format()`.

    Raises
    ------
    ValueError
        For a text that is no amount (no digits, two numbers, two decimal points, an unknown word,
        groups of the wrong length, a per cent), one with two readings, and more than 28 digits; the
        sentence says what is wrong.
    TypeError
        For a float, whose printed digits are not known.

    Notes
    -----
    Scale words: thousand (k, Tsd), lakh (lac), million (mn, mln, m, mm, Mio), crore (cr), billion
    (bn, bln, b; Mrd, milliard, Mia, Md, mld), thousand crore, lakh crore, trillion (tn, trn); a
    billion is 10^9. Currencies: codes of ISO 4217, signs, and the usual English words, before or
    behind the number. A sign that several share is its usual currency ("$" USD, "Rs" INR, "¥" JPY,
    "£" GBP) unless `currency` names another; "kr" has none. Negative are a minus (hyphen, dash or
    minus sign), before or behind the currency, and parentheses. "/-" and ".-" say "and no cents".

    The decimal mark is what the text shows. Of a point and a comma the last one is it; a mark that
    is repeated, or stands beside digits in no other grouping than western (1,234,567) or Indian
    (12,34,567), groups; spaces and apostrophes always group. One mark with three digits behind it,
    and one to three before, not 0 alone, could be either: an English scale word (not "m" or "k")
    makes the point the decimal mark, so that "2.593 billion" and "1,234 crore" are plain, and
    without one both readings are shown.

    Trailing zeros count: "2.50" is printed more precisely than "2.5". Zero has no sign.

    Equivalents
    -----------
    babel ``parse_decimal`` with a locale, for plain numbers; Stata ``destring, ignore(",")``; R
    ``readr::parse_number``, which drops what it does not understand.

    References
    ----------
    ISO 4217, Codes for the representation of currencies. International Bureau of Weights and
    Measures, The International System of Units, 9th edition, 5.4.4, on both decimal marks.

    Examples
    --------
    >>> import paimana as pm
    >>> exports = pm.amount("US$ 2.593 billion")
    >>> exports.value, exports.decimals, exports.scale, exports.currency
    (Decimal('2593000000'), 3, 'billion', 'USD')
    >>> pm.amount("€ 1 741.9 mn").format(scale="billion", decimals=2)
    'EUR 1.74 billion'
    >>> pm.amount("$1,234")
    Traceback (most recent call last):
    ValueError: "$1,234" can be read in two ways: as $1234 (decimal=".") or as $1.234 (decimal=",");
    say which
    """
    given: Any = text
    if isinstance(given, Amount):
        if scale is not None:
            given = given.to(scale)
        if currency is None or currency == given.currency:
            return given
        raise ValueError(f"{given} is an amount already; its currency cannot become {currency}")
    if isinstance(given, Decimal):
        given, decimal = f"{given:f}", "."
    elif isinstance(given, int) and not isinstance(given, bool):
        given = str(given)
    elif isinstance(given, float):
        raise TypeError(
            f'{given!r} is a float, whose printed digits are not known; write "{given!r}" as a '
            "string, with every printed digit"
        )
    for named, option in (("currency", currency), ("scale", scale)):
        if option is not None and not isinstance(option, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"{named} is a text, not {option!r}")
    if not isinstance(given, str):
        kind = type(given).__name__
        raise TypeError(
            f"an amount is a text, a whole number or a Decimal, not a {kind}; read a list or "
            "Series one by one, as in series.map(pm.amount)"
        )
    return Amount(core.read(given, decimal, currency, scale))
