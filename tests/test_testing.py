"""`paimana.testing`: published figures, against cases worked by hand and rounding by Decimal."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    with pytest.raises(ValueError, match="labels of the rows of the figures .* 2024-04"):
        assert_published(frame, printed[::-1])
    with pytest.raises(ValueError, match="labels of the columns of the figures"):
        assert_published(frame, printed[["yoy", "mom"]])


@pytest.mark.parametrize(
    "figure",
    ["", "-", "abc", "1.2.3", "1,74", "21,5,325", "1.741,9", "5.", "1e5", "1,234 567", "٣"],
)
def test_what_is_no_figure_is_refused(figure):
    with pytest.raises(ValueError, match="is not (a decimal number|an amount)"):
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
