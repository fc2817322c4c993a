"""Amounts of money: as people write them, exact arithmetic, writing back, and what is refused.

The twin of arithmetic is `fractions`; the twin of writing is `decimal` with its own grouping.
"""

from __future__ import annotations

import copy
import pickle
import re
from dataclasses import FrozenInstanceError
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import paimana as pm

D = Decimal

READ = [
    ("US$ 2.593 billion", "2593000000", 3, "billion", "USD"),
    ("US$2.593bn", "2593000000", 3, "billion", "USD"),
    ("Rs 1.78 lakh crore", "1780000000000", 2, "lakh crore", "INR"),
    ("₹17,80,000 crore", "17800000000000", 0, "crore", "INR"),
    ("Rs.500", "500", 0, "one", "INR"),
    ("Rs. 500/-", "500", 0, "one", "INR"),
    ("R12.5 million", "12500000", 1, "million", "ZAR"),
    ("12.5 rand", "12.5", 1, "one", "ZAR"),
    ("PKR 86.4 billion", "86400000000", 1, "billion", "PKR"),
    ("€ 1 741.9 mn", "1741900000", 1, "million", "EUR"),
    ("€ 1\u00a0741.9 mn", "1741900000", 1, "million", "EUR"),
    ("€ 1\u2009741.9\u202fmn", "1741900000", 1, "million", "EUR"),
    ("1\u202f741,9 Mio. €", "1741900000", 1, "million", "EUR"),
    ("12,5 Mrd. EUR", "12500000000", 1, "billion", "EUR"),
    ("9,4 Md€", "9400000000", 1, "billion", "EUR"),
    ("€9.4m", "9400000", 1, "million", "EUR"),
    ("EURbn 9.4", "9400000000", 1, "billion", "EUR"),
    ("MEUR 9.4", "9400000", 1, "million", "EUR"),
    ("k€ 310", "310000", 0, "thousand", "EUR"),
    ("21,50,325.03", "2150325.03", 2, "one", None),
    ("2,150,325.03", "2150325.03", 2, "one", None),
    ("CHF 1'234.50", "1234.50", 2, "one", "CHF"),
    ("Fr. 1’234.–", "1234", 0, "one", "CHF"),
    ("(12.5)", "-12.5", 1, "one", None),
    ("(€9.4 bn)", "-9400000000", 1, "billion", "EUR"),
    ("€(9.4) bn", "-9400000000", 1, "billion", "EUR"),
    ("-€9.4 bn", "-9400000000", 1, "billion", "EUR"),
    ("EUR-9.4 bn", "-9400000000", 1, "billion", "EUR"),
    ("EUR −9.4 bn", "-9400000000", 1, "billion", "EUR"),
    ("EUR –9.4 bn", "-9400000000", 1, "billion", "EUR"),
    ("+14.7", "14.7", 1, "one", None),
    ("$310m", "310000000", 0, "million", "USD"),
    ("$310MM", "310000000", 0, "million", "USD"),
    ("A$5 million", "5000000", 0, "million", "AUD"),
    ("CAD $5", "5", 0, "one", "CAD"),
    ("R$ 5 mn", "5000000", 0, "million", "BRL"),
    ("5 million US dollars", "5000000", 0, "million", "USD"),
    ("5.2 billion pounds sterling", "5200000000", 1, "billion", "GBP"),
    ("¥1.5 trn", "1500000000000", 1, "trillion", "JPY"),
    ("1.5 trn", "1500000000000", 1, "trillion", None),
    ("4 thousand crore", "40000000000", 0, "thousand crore", None),
    ("2.50", "2.50", 2, "one", None),
    ("0.0", "0.0", 1, "one", None),
    ("-0.0", "0.0", 1, "one", None),
    ("1,234,567", "1234567", 0, "one", None),
    ("1.234.567", "1234567", 0, "one", None),
    ("1.234,5", "1234.5", 1, "one", None),
    ("1,234.5", "1234.5", 1, "one", None),
    ("12,34", "12.34", 2, "one", None),
    ("1.741,9 million", "1741900000", 1, "million", None),
    ("US $5", "5", 0, "one", "USD"),
    ("￥310", "310", 0, "one", "JPY"),
    ("0,234", "0.234", 3, "one", None),
    ("0.234", "0.234", 3, "one", None),
    ("1234.567", "1234.567", 3, "one", None),
    ("1,234 million", "1234000000", 0, "million", None),
    ("Rs 1,234 crore", "12340000000", 0, "crore", "INR"),
]


@pytest.mark.parametrize(("text", "value", "decimals", "scale", "currency"), READ)
def test_what_people_write(text, value, decimals, scale, currency):
    for spaced in (text, f"  {text}\n"):
        a = pm.amount(spaced)
        assert (a.value, a.decimals, a.scale, a.currency) == (D(value), decimals, scale, currency)
        assert a.number.as_tuple().exponent == -decimals
        assert (a.value == 0) or not a.value.is_signed() or value.startswith("-")


def test_numbers_with_printed_digits():
    assert pm.amount(310).value == 310
    assert pm.amount(D("2.50")).decimals == 2
    assert pm.amount(D("1E+3")).value == 1000
    assert pm.amount(D("1.234")).value == D("1.234")
    assert pm.amount("310", scale="million", currency="usd") == pm.amount("$310m")
    assert pm.amount(pm.amount("$310m")) == pm.amount("$310m")
    assert pm.amount(pm.amount("$310m"), scale="billion").number == D("0.310")
    assert pd.Series(["$1.5 bn", "€2 mn"]).map(pm.amount).tolist() == [
        pm.amount("USD 1500 million"),
        pm.amount("EUR 2000000"),
    ]


@pytest.mark.parametrize(
    ("text", "point", "comma"),
    [
        ("1,234", "1234", "1.234"),
        ("1.234", "1.234", "1234"),
        ("$12,345", "12345", "12.345"),
        ("€ 1.234 m", "1234000", "1234000000"),
        ("2.593 Mrd", "2593000000", "2593000000000"),
        ("-1,234", "-1234", "-1.234"),
    ],
)
def test_two_readings_are_an_error_that_shows_both(text, point, comma):
    with pytest.raises(ValueError, match="can be read in two ways") as caught:
        pm.amount(text)
    first, second = re.search(r'as (.*) \(decimal="\."\) or as (.*) \(', str(caught.value)).groups()
    assert first != second
    assert pm.amount(text, decimal=".").value == pm.amount(first, decimal=".").value == D(point)
    assert pm.amount(text, decimal=",").value == pm.amount(second, decimal=".").value == D(comma)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it has no digits"),
        ("   ", "it has no digits"),
        ("nan", "it has no digits"),
        ("inf", "it has no digits"),
        ("-", "it has no digits"),
        ("US$", "it has no digits"),
        ("1.2.3", "two decimal points"),
        ("2.593.1 billion", "two decimal points"),
        ("5 zillion", '"zillion" is neither a scale word nor a currency; scale words are thousand'),
        ("about 5", '"about" is neither'),
        ("1e5", "exponent"),
        ("7 billion 28 million", "more than one number"),
        ("5-10", "more than one number"),
        ("5 million billion", "two scale words"),
        ("$5 EUR", "two currencies, USD and EUR"),
        ("--5", "two signs"),
        ("(-5)", "two signs"),
        ("12.5-", "a sign stands behind the number"),
        (")5(", "parentheses do not match"),
        ("5,", "digits are missing after the decimal comma"),
        ("5 million per head", '"per" is neither'),
        ("(5", "parentheses do not match"),
        ("5)", "parentheses do not match"),
        ("5.", "digits are missing after the decimal point"),
        ("$.5", "digits are missing before the decimal point"),
        ("62.3%", "a per cent is a rate"),
        ("62.3 per cent", "a per cent is a rate"),
        ("5 kr", "SEK, NOK, DKK, ISK"),
        ("12.5r", '"r" behind a number marks a revised figure in many tables'),
        ("12.5 R", '"r" behind a number marks a revised figure in many tables'),
        ("5 pct", "a per cent is a rate"),
        ("٣٤", "not among the digits 0 to 9"),
        ("½ million", "not among the digits 0 to 9"),
        ("1,74,5", "wrong length"),
        ("0,234,567", "do not begin with 0"),
        ("1,234 567", "mixes"),
        ("12345678901234567890123456789", "28 digits"),
        ("1" * 40, "digits"),
        ("12345678901234567890 billion", "28 digits"),
        ("5" * 300, "at most 200"),
    ],
)
def test_bad_text(text, why):
    with pytest.raises(ValueError, match=re.escape(why)):
        pm.amount(text)


def test_bad_arguments():
    for wrong in (2.593, np.float64(2.5)):
        with pytest.raises(TypeError, match="printed digits are not known"):
            pm.amount(wrong)
    for wrong in (None, True, [1], b"5", pd.Series(["5"])):
        with pytest.raises(TypeError, match="an amount is a text"):
            pm.amount(wrong)
    with pytest.raises(ValueError, match=r'decimal must be one of "\.", ","'):
        pm.amount("5", decimal=";")
    with pytest.raises(ValueError, match='currency="XYZ" is not a code'):
        pm.amount("5", currency="XYZ")
    with pytest.raises(ValueError, match='it is in EUR, and currency="USD"'):
        pm.amount("€5", currency="USD")
    with pytest.raises(ValueError, match='scale="heaps" is not known; scales are one, thousand'):
        pm.amount("5", scale="heaps")
    with pytest.raises(ValueError, match='it says million itself, and scale="billion"'):
        pm.amount("5 mn", scale="billion")
    for option, wrong in (("scale", 6), ("currency", ["USD"])):
        with pytest.raises(TypeError, match=f"{option} is a text, not "):
            pm.amount("5", **{option: wrong})
    with pytest.raises(ValueError, match=r"groups of digits are of the wrong length$"):
        pm.amount("12,34,5")
    with pytest.raises(ValueError, match="is an amount already"):
        pm.amount(pm.amount("$5"), currency="EUR")
    for number in (D("NaN"), D("Infinity")):
        with pytest.raises(ValueError, match="no digits"):
            pm.amount(number)


def test_signs_that_several_share():
    assert pm.amount("Rs 5", currency="PKR").currency == "PKR"
    assert pm.amount("$5", currency="AUD").currency == "AUD"
    assert pm.amount("5 kr", currency="NOK").currency == "NOK"
    assert pm.amount("5 NOK").currency == "NOK"


# Arithmetic.

US, EU = pm.amount("US$ 2.593 billion"), pm.amount("€ 1 741.9 mn")


def test_arithmetic_among_like_currencies():
    april, march = pm.amount("$310m"), pm.amount("$306m")
    total = US + april
    assert str(total) == "USD 2.903 billion"
    assert total.scale == "billion"
    assert (US - april).value == D("2283000000")
    assert sum([april, march]) == pm.amount("$616m")
    assert (april / march, april / 4, 4 * april) == (
        Fraction(155, 153),
        pm.amount("USD 77.5 mn"),
        pm.amount("$1,240 million"),
    )
    assert april * D("0.5") == april / 2 == april * Fraction(1, 2)
    assert april / -2 == -(april / 2)
    assert np.int64(2) * april == 2 * april
    assert -april < april
    assert abs(-april) == april == +april
    assert march < april <= april
    assert april > march >= march
    assert sorted([april, march]) == [march, april]
    assert not pm.amount("0.0")
    assert april
    assert float(april) == 310e6
    assert april.divided(3, decimals=2).number == D("103.33")
    assert april.divided(-3, decimals=2).number == D("-103.33")
    assert april.divided(D("0.7"), decimals=0).number == 443


def test_printed_precision_is_kept():
    assert US.width == US.unit == 10**6
    assert (pm.amount("2.50").unit, pm.amount("0.0 mn").unit) == (D("0.01"), 10**5)
    assert (3 * US).unit == 10**6
    assert US.bounds() == (D("2592500000"), D("2593500000"))
    assert pm.amount("2.50").bounds() == (D("2.495"), D("2.505"))
    both = US + pm.amount("$310m")
    assert both.bounds() == (D("2902000000"), D("2904000000"))
    assert (US * 3).width == 3 * 10**6
    assert (US - US).bounds() == (-(10**6), 10**6)
    third = pm.amount("$310m").divided(3, decimals=1)
    exact = [Fraction(bound) / 3 for bound in pm.amount("$310m").bounds()]
    assert Fraction(third.bounds()[0]) <= exact[0] < exact[1] <= Fraction(third.bounds()[1])


def test_what_cannot_be_computed():
    for combine in (lambda: US + EU, lambda: US - EU, lambda: US < EU, lambda: US / EU):
        with pytest.raises(ValueError, match="one is in USD, the other in EUR"):
            combine()
    with pytest.raises(ValueError, match="one is in USD, the other in no currency"):
        US + pm.amount("5")
    with pytest.raises(ValueError, match="no finite decimal"):
        US / 3
    with pytest.raises(ValueError, match="no finite decimal"):
        US * Fraction(1, 7)
    for wrong in (0.5, np.float64(0.5)):
        with pytest.raises(TypeError, match="a float is not exact"):
            US * wrong
    for wrong in (True, "2", None):
        with pytest.raises(TypeError, match="exact number"):
            US * wrong
    with pytest.raises(TypeError, match="is no amount"):
        US * US
    with pytest.raises(TypeError, match="bare number 5"):
        US + 5
    with pytest.raises(TypeError, match="bare number"):
        5 - US
    with pytest.raises(TypeError):
        US < 5  # noqa: B015
    for zero in (0, D(0), US - US):
        with pytest.raises(ZeroDivisionError):
            US / zero
    with pytest.raises(ZeroDivisionError):
        US.divided(0, decimals=1)
    with pytest.raises(ValueError, match="finite number"):
        US * D("NaN")
    with pytest.raises(ValueError, match="28 digits"):
        US * 10**25
    with pytest.raises(ValueError, match="more than 38 digits"):
        US * 10**60
    with pytest.raises(ValueError, match="28 digits"):
        pm.amount("1" * 28) + pm.amount("0.1")
    for decimals, error in (
        (-1, ValueError),
        (29, ValueError),
        (1.0, TypeError),
        (True, TypeError),
    ):
        with pytest.raises(error, match="decimals"):
            US.divided(3, decimals=decimals)


def test_amounts_are_checked_as_they_were_printed():
    ten, before = pm.amount("US$ 2.593 billion"), pm.amount("US$ 2.135 billion")
    assert pm.check(ten, before, growth="21.45").verdict == "consistent"
    found = pm.check(ten, before, growth="20.41")
    assert found.verdict == "inconsistent"
    assert "2.593 billion / 2.135 billion allows 21.40 to 21.50" in found.conflicts[0].arithmetic
    with pytest.raises(ValueError, match="not in one currency"):
        pm.check(ten, EU, growth="20")
    with pytest.raises(ValueError, match="was computed, not printed"):
        pm.check(2 * ten, before, growth="20")
    with pytest.raises(TypeError, match="plain number"):
        pm.check(ten, before, growth=ten)


def test_equality_is_of_value_and_currency():
    assert pm.amount("$1 billion") == pm.amount("USD 1,000 million")
    assert hash(pm.amount("$1 billion")) == hash(pm.amount("USD 1000.0 million"))
    assert pm.amount("$1") != pm.amount("€1")
    assert pm.amount("1") != 1
    assert len({pm.amount("$1"), pm.amount("USD 1.00"), pm.amount("€1")}) == 2


def test_amounts_are_frozen_and_stored_whole():
    with pytest.raises(FrozenInstanceError):
        US._core = None
    with pytest.raises(AttributeError):
        US.value = 1
    for again in (pickle.loads(pickle.dumps(US)), copy.copy(US), copy.deepcopy(US)):
        assert again == US
        assert (again.decimals, again.scale, again.width) == (3, "billion", US.width)
    assert repr(US) == "Amount('USD 2.593 billion')"
    assert "2,592,500,000 to 2,593,500,000" in US._repr_html_()


# Writing.


def test_writing_in_any_scale():
    budget = pm.amount("Rs 1.78 lakh crore")
    for scale, text in [
        ("billion", "INR 1,780 billion"),
        ("bn", "INR 1,780 bn"),
        ("Mrd", "INR 1,780 Mrd"),
        ("tn", "INR 1.78 tn"),
        ("crore", "INR 178,000 crore"),
        ("lakh", "INR 17,800,000 lakh"),
        ("million", "INR 1,780,000 million"),
        ("thousand crore", "INR 178 thousand crore"),
        ("one", "INR 1,780,000,000,000"),
        (None, "INR 1.78 lakh crore"),
    ]:
        assert budget.format(scale=scale) == text
        assert pm.amount(text, decimal=".") == budget
    assert budget.format(scale="crore", grouping="indian") == "INR 1,78,000 crore"
    assert budget.format(scale="crore", grouping="none", currency="none") == "178000 crore"
    assert budget.format(scale="one", separator="\u202f", currency="sign").startswith("₹1\u202f780")
    assert EU.format(decimal=",") == "EUR 1.741,9 million"
    assert EU.format(scale="bn", decimals=2, currency="sign") == "€1.74 bn"
    assert pm.amount("-$2.5").format(decimals=0, currency="sign") == "-US$ 3"
    assert pm.amount("-$2.5").format(decimals=0, rounding="half_even") == "USD -2"
    assert pm.amount("-$0.04").format(decimals=1) == "USD 0.0"
    assert pm.amount("-$2.5").format(negative="parentheses") == "(USD 2.5)"
    assert pm.amount("KES 5").format(currency="sign") == "KES 5"
    assert US.to("million").number == D("2593")
    assert US.to("million").width == US.width


def test_bad_formats():
    for options, why in [
        ({"scale": "heaps"}, "scales are one, thousand"),
        ({"grouping": "french"}, 'grouping must be one of "western"'),
        ({"rounding": "near"}, 'rounding must be one of "half_up"'),
        ({"currency": "name"}, 'currency must be one of "code"'),
        ({"decimal": ";"}, "decimal is"),
        ({"separator": ""}, "one character"),
        ({"separator": "."}, "cannot both"),
        ({"decimals": -1}, "between 0 and 28"),
        ({"negative": "red"}, "negative is"),
    ]:
        with pytest.raises(ValueError, match=re.escape(why)):
            US.format(**options)
    with pytest.raises(TypeError, match="decimals is a whole number"):
        US.format(decimals=1.5)


NUMBERS = st.decimals(-(10**9), 10**9, places=4)
SCALES = st.sampled_from(["one", "thousand", "lakh", "million", "crore", "billion", "lakh crore"])


@given(NUMBERS, SCALES, SCALES, st.sampled_from(["western", "indian", "none"]), st.booleans())
def test_what_is_written_is_read_again(number, scale, other, grouping, european):
    a = pm.amount(number, scale=scale, currency="EUR")
    options = {"decimal": ","} if european and grouping != "indian" else {}
    for currency in ("code", "sign", "none"):
        for negative in ("minus", "parentheses"):
            text = a.format(
                scale=other, grouping=grouping, currency=currency, negative=negative, **options
            )
            again = pm.amount(text, decimal=options.get("decimal", "."), currency="EUR")
            assert again == a
            assert again.width <= a.width


@given(NUMBERS, NUMBERS, SCALES, SCALES, st.integers(-(10**6), 10**6), st.integers(0, 9))
def test_arithmetic_is_that_of_fractions(x, y, scale, other, n, shift):
    a, b = (pm.amount(v, scale=s, currency="USD") for v, s in ((x, scale), (y, other)))
    fa, fb = Fraction(a.value), Fraction(b.value)
    assert Fraction((a + b).value) == fa + fb
    assert Fraction((a - b).value) == fa - fb
    assert Fraction((a * n).value) == fa * n
    assert Fraction((a / (2**shift * 5)).value) == fa / (2**shift * 5)
    assert (a < b, a == b, a >= b) == (fa < fb, fa == fb, fa >= fb)
    assert Fraction(abs(a).value) == abs(fa)
    if fb:
        assert a / b == fa / fb
    assert (a + b).width == a.width + b.width


@given(NUMBERS, st.integers(0, 4))
def test_rounding_is_that_of_decimal(number, decimals):
    a = pm.amount(number)
    unit = D(1).scaleb(-decimals)
    for name, way in (("half_up", ROUND_HALF_UP), ("half_even", ROUND_HALF_EVEN)):
        with localcontext(prec=40):
            want = number.quantize(unit, way)
        got = a.format(decimals=decimals, rounding=name)
        assert got == f"{want or abs(want):,f}"


WHOLE = re.compile(
    r"""(?x) [0-9]+ | [1-9][0-9]{0,2} (?P<mark>[,\ '’]) [0-9]{3} ((?P=mark)[0-9]{3})*
    | [1-9][0-9]? (,[0-9]{2})+ ,[0-9]{3}"""
)


def plainly(text, point):
    """A twin of the reader of digits, by patterns; None where they are no number."""
    if point == ",":
        text = text.translate(str.maketrans(".,", ",."))
    whole, mark, fraction = text.partition(".")
    found = WHOLE.fullmatch(whole)
    if not found or (mark and not re.fullmatch("[0-9]+", fraction)):
        return None
    if point == "," and re.search(r"^[0-9]{1,2}(,[0-9]{2})+,", whole):
        return None  # no one groups so with points
    return D(re.sub(r"[^0-9]", "", whole) + mark + fraction)


@given(st.from_regex(r"[0-9]{1,4}([,.' ’][0-9]{1,4}){0,4}", fullmatch=True))
def test_digits_are_those_of_the_twin(text):
    expected = {}
    for point in (".", ","):
        expected[point] = plainly(text, point)
        if expected[point] is None:
            with pytest.raises(ValueError, match="is not a decimal number"):
                pm.amount(text, decimal=point)
        else:
            assert pm.amount(text, decimal=point).number == expected[point]
    readings = {value for value in expected.values() if value is not None}
    if len(readings) == 1:
        assert pm.amount(text).number == readings.pop()
    else:
        with pytest.raises(ValueError, match="two ways" if readings else "is not a decimal number"):
            pm.amount(text)


@given(st.text(alphabet="0123456789.,' ()-−–$€Rsmbnlakhcrore/%", max_size=14))
def test_nothing_but_an_amount_or_a_sentence(text):
    try:
        a = pm.amount(text)
    except ValueError as error:
        assert str(error)  # noqa: PT017
    else:
        assert pm.amount(str(a), decimal=".") == a


def test_rounded_reads_what_was_printed_as_amounts_do():
    bounds = pm.rounded(["US$ 2.593 billion", "2,135", "", None], to="printed")
    assert bounds.value == [D("2593000000"), D(2135), None, None]
    for text, low, high in zip(
        ("US$ 2.593 billion", "2,135"), bounds.lower, bounds.upper, strict=False
    ):
        assert (low, high) == pm.amount(text, decimal=".").bounds()
    assert np.isnan(pm.rounded([None, D("NaN"), ""], to="printed").lower).all()
    assert pm.rounded(pm.amount("$310m"), to="printed").upper == D("310500000")
    with pytest.raises(ValueError, match="not of one currency: \\$5 and €5"):
        pm.rounded(["$5", "€5"], to="printed")
    with pytest.raises(ValueError, match="two decimal points"):
        pm.rounded(["1.2.3"], to="printed")
    with pytest.raises(ValueError, match="is infinite"):
        pm.rounded([D("-Infinity")], to="printed")
