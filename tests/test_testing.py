"""`paimana.testing`: published figures, against cases worked by hand and rounding by Decimal."""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import paimana as pm
from paimana.testing import assert_published


def agrees(value, figure, rounding="half"):
    try:
        assert_published(value, figure, rounding=rounding)
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize(
    ("value", "figure", "half", "truncate"),
    [
        (62.303664921, "62.3", True, True),
        (62.38, "62.3", False, True),
        (62.25, "62.3", True, False),
        (62.35, "62.3", True, True),
        (62.4, "62.3", False, False),
        (2.675, "2.68", True, False),
        (np.float32(2.675), "2.68", True, False),
        (Decimal("2.505"), "2.50", True, True),
        (2.46, "2.5", True, False),
        (2.46, "2.50", False, False),
        (-12.53, "(12.5)", True, True),
        (-12.58, "\u221212.5", False, True),
        (-0.04, "-0.0", True, True),
        (0.09, "0.0", False, True),
        (0.1, "0.0", False, False),
        (2_150_325.03, "21,50,325.03", True, True),
        (2593, "2,593", True, True),
        (1741.9, "1\u202f741.9", True, True),
        (Fraction(400, 306), "1.31", True, False),
        (1e300, "62.3", False, False),
        (float("inf"), "62.3", False, False),
        (float("nan"), "62.3", False, False),
        (None, None, True, True),
        (1.0, None, False, False),
    ],
)
def test_worked_by_hand(value, figure, half, truncate):
    assert agrees(value, figure) is half
    assert agrees(value, figure, "truncate") is truncate


@given(
    st.decimals(-(10**6), 10**6, places=5),
    st.integers(0, 4),
)
def test_whatever_decimal_rounds_to_agrees_and_the_neighbours_do_not(value, decimals):
    unit = Decimal(1).scaleb(-decimals)
    ways = {value.quantize(unit, way) for way in (ROUND_HALF_UP, ROUND_HALF_DOWN)}
    for figure in {f + k * unit for f in ways for k in (-2, -1, 0, 1, 2)}:
        assert agrees(value, f"{figure:f}") is (figure in ways)
    cut = value.quantize(unit, ROUND_DOWN)
    assert agrees(value, f"{cut:f}", "truncate")
    assert not agrees(value, f"{cut + 2 * unit:f}", "truncate")
    assert not agrees(value, f"{cut - 2 * unit:f}", "truncate")


WAYS = {
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
    "half_down": ROUND_HALF_DOWN,
    "truncate": ROUND_DOWN,
    "down": ROUND_DOWN,
    "up": ROUND_UP,
    "floor": ROUND_FLOOR,
    "ceiling": ROUND_CEILING,
}


@given(st.decimals(-(10**4), 10**4, places=3), st.integers(0, 3), st.sampled_from(list(WAYS)))
def test_every_rule_is_that_of_decimal(value, decimals, rule):
    unit = Decimal(1).scaleb(-decimals)
    printed = value.quantize(unit, WAYS[rule])
    for k in (-1, 0, 1):
        assert agrees(value, f"{printed + k * unit:f}", rule) is (k == 0)
    with pytest.raises(AssertionError) as caught:
        assert_published(value, f"{printed + 3 * unit:f}", rounding=rule)
    shown = f"{printed or abs(printed):f}"
    assert f" to {shown}" in str(caught.value)


def test_figures_are_read_as_amounts_are():
    assert pm.testing.assert_published is assert_published
    assert_published(2_592_741_000, "US$ 2.593 billion")
    assert_published(pm.amount("$2,593.4 million"), "US$ 2.593 billion")
    assert_published(17.8e11, "Rs 1.78 lakh crore")
    assert_published(1741.9, "1.741,9", decimal=",")
    assert_published(1.234, "1,234", decimal=",")
    assert_published(310, 310)
    assert_published(309.7, Decimal(310))
    assert_published(310e6, pm.amount("$310m"))
    with pytest.raises(
        AssertionError, match=r"in \[2592500000, 2593500000\] do; .* 2\.594 billion"
    ):
        assert_published(2_593_600_000, "US$ 2.593 billion")
    with pytest.raises(ValueError, match="another currency"):
        assert_published(pm.amount("€5"), "$5")
    with pytest.raises(ValueError, match="two ways"):
        assert_published(1234, "1,234", decimal=None)
    with pytest.raises(ValueError, match="was computed, not printed"):
        assert_published(1, pm.amount("$1.0 bn") + pm.amount("$0.15 bn"))
    with pytest.raises(ValueError, match="was computed, not printed"):
        assert_published(3, 3 * pm.amount("$1"))


def test_dicts_and_frames_without_an_index():
    assert_published({"a": 1.04, "b": 2.0}, {"b": "2.0", "a": "1.0"})
    with pytest.raises(AssertionError, match=r"^b: 2\.0 does not round"):
        assert_published({"a": 1.0, "b": 2.0}, {"a": "1.0", "b": "2.1"})
    values = pl.DataFrame({"month": ["2024-03", "2024-04"], "v": [306.2, 310.4]})
    assert_published(values, values.with_columns(v=pl.Series(["306", "310"])))
    with pytest.raises(AssertionError, match=r"^2024-04, column v: 310\.4 does not round"):
        assert_published(values, values.with_columns(v=pl.Series(["306", "311"])))
    with pytest.raises(ValueError, match="column month of the figures"):
        assert_published(values, pl.DataFrame({"month": ["x", "y"], "v": ["306", "310"]}))
    with pytest.raises(ValueError, match=r"^2024-04, column v: \"n/a\" is not an amount"):
        assert_published(values, values.with_columns(v=pl.Series(["306", "n/a"])))


def test_intervals_agree_where_any_of_their_values_does():
    rates = pm.growth(pm.rounded([306, 310], to=1))
    for figure, fine in [("0.98", True), ("1.31", True), ("1.64", True), ("1.65", False)]:
        if fine:
            assert_published(rates, [None, figure])
        else:
            with pytest.raises(AssertionError, match=r"position 1: 1\.30\S*, between 0\.97\S* and"):
                assert_published(rates, [None, figure])
    assert_published(pm.rounded(310, to=1), "310")
    assert_published(pm.rounded("62.3", to="printed"), "62.35", rounding="truncate")
    with pytest.raises(AssertionError, match=r"cannot truncate to \"62\.36\""):
        assert_published(pm.rounded("62.3", to="printed"), "62.36", rounding="truncate")
    with pytest.raises(AssertionError, match=r"missing|no bounds"):
        assert_published(pm.growth(pm.rounded([0, 1], to=1)), [None, "1"])


def test_the_message_shows_interval_digits_and_the_other_rounding():
    with pytest.raises(AssertionError) as caught:
        assert_published(62.38, "62.3")
    assert str(caught.value) == (
        '62.38 does not round to "62.3": values in [62.25, 62.35] do; this one rounds to 62.4; '
        'it truncates to "62.3" (rounding="truncate")'
    )
    with pytest.raises(AssertionError, match=r"\(-12\.6, -12\.5\] do; .* to -12\.4"):
        assert_published(-12.46, "-12.5", rounding="truncate")


def test_containers_are_compared_place_by_place():
    index = pd.period_range("2024-03", periods=2, freq="M")
    frame = pd.DataFrame({"mom": [19.07, 1.307], "yoy": [24.25, 62.3]}, index=index)
    printed = pd.DataFrame({"mom": ["19.1", "1.31"], "yoy": ["24.3", "62.3"]}, index=index)
    assert_published(frame, printed)
    assert_published(frame["mom"], ["19.1", "1.31"])
    assert_published(pl.Series([19.07, None]), ["19.1", None])
    assert_published(frame.to_numpy(), [["19.1", "24.3"], ["1.31", "62.3"]])
    assert_published(pa.array([19.07, None]), pa.array(["19.1", None]))
    assert_published([], [])
    with pytest.raises(AssertionError, match=r"2024-04, column mom: 1\.307 does not round"):
        assert_published(frame, printed.replace("1.31", "1.32"))
    with pytest.raises(AssertionError, match=r"12 of 12 values .*\n(.*\n){10}  and 2 more"):
        assert_published(np.ones((3, 4)), np.full((3, 4), "2.0"))
    with pytest.raises(ValueError, match=r"labels of the rows of the figures .* 2024-04"):
        assert_published(frame, printed[::-1])
    with pytest.raises(ValueError, match="labels of the columns of the figures"):
        assert_published(frame, printed[["yoy", "mom"]])


@pytest.mark.parametrize(
    "figure",
    ["", "-", "abc", "1.2.3", "1,74", "21,5,325", "1.741,9", "5.", "1e5", "1,234 567", "٣"],
)
def test_what_is_no_figure_is_refused(figure):
    with pytest.raises(ValueError, match=r"is not (a decimal number|an amount)"):
        assert_published(1.0, figure)


def test_bad_input():
    with pytest.raises(TypeError, match="as it was printed"):
        assert_published(62.3, 62.3)
    with pytest.raises(TypeError, match="true or false"):
        assert_published(True, "1")
    with pytest.raises(TypeError, match="is not a number"):
        assert_published("62.3", "62.3")
    with pytest.raises(ValueError, match="rounding is one of half, half_up"):
        assert_published(62.3, "62.3", rounding="upward")
    with pytest.raises(ValueError, match="shape"):
        assert_published([1.0, 2.0], ["1.0"])
    with pytest.raises(ValueError, match="different lengths"):
        assert_published([[1.0], [1.0, 2.0]], ["1.0", "2.0"])
