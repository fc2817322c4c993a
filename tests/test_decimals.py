"""Exact decimals: equal to fractions rounded once, in every container, with nothing lost."""

import random
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import xarray as xr

import paimana as pm
from reference import exact as twin

D = Decimal
MONEY = [D("306.00"), D("310.00"), None, D("191.00"), D("-5.25"), D("0.00"), D("12.30"), D("12.30")]

# name, how it is called, its twin, the digits of results of a column with `scale` digits
INDICATORS = [
    ("change", {"lag": 1}, lambda x: twin.change(x, 1), lambda scale: scale),
    ("change", {"lag": 12}, lambda x: twin.change(x, 12), lambda scale: scale),
    ("growth", {"lag": 1}, lambda x: twin.growth(x, 1), lambda _: 2),
    ("growth", {"lag": 12}, lambda x: twin.growth(x, 12), lambda _: 2),
    ("growth", {"lag": -3}, lambda x: twin.growth(x, -3), lambda _: 2),
    ("symmetric_growth", {}, twin.symmetric_growth, lambda _: 2),
    ("rolling_sum", {"window": 3}, lambda x: twin.rolling_sum(x, 3), lambda scale: scale),
    ("rolling_mean", {"window": 7}, lambda x: twin.rolling_mean(x, 7), lambda scale: scale + 2),
    ("rolling_growth", {"window": 3}, lambda x: twin.rolling_growth(x, 3), lambda _: 2),
    ("ytd", {"freq": "M"}, twin.ytd, lambda scale: scale),
    ("ytd_growth", {"freq": "M"}, twin.ytd_growth, lambda _: 2),
    ("acceleration", {"freq": "M"}, twin.acceleration, lambda _: 2),
    ("from_peak", {}, twin.from_peak, lambda _: 2),
]


def column(rng, n, scale, size):
    """A random column: up to `size` digits, a tenth missing, some zeros, negatives and repeats."""
    made = []
    for _ in range(n):
        kind = rng.random()
        if kind < 0.1:
            made.append(None)
        elif kind < 0.13:
            made.append(D(0).scaleb(-scale))
        else:
            mantissa = rng.randrange(1, 10 ** rng.randint(1, size))
            sign = int(rng.random() < 0.15)
            made.append(D((sign, tuple(int(d) for d in str(mantissa)), -scale)))
    return made


def check(rng, cases, n, size=16):
    """Compares every indicator with its twin on columns that hold so many cases in all."""
    done = 0
    while done < cases:
        scale = rng.choice([0, 1, 2, 2, 3, 6])
        x = column(rng, n, scale, size)
        rounding = rng.choice(twin.ROUNDINGS)
        # What the values themselves need: trailing digits of the column are kept by Arrow.
        array = pa.array(x, pa.decimal128(38, scale))
        for name, options, reference, digits in INDICATORS:
            own = digits(scale) if rng.random() < 0.5 else rng.randint(0, 8)
            given = {} if own == digits(scale) else {"decimals": own}
            result = getattr(pm, name)(array, rounding=rounding, **given, **options)
            assert result.type == pa.decimal128(38, own), name
            expected = [twin.rounded(v, own, rounding) for v in reference(x)]
            assert result.to_pylist() == expected, (name, options, rounding, own)
            done += n


def test_decimals_equal_fractions_rounded_once():
    check(random.Random(20240), 20_000, 60)


@pytest.mark.verify
def test_a_million_decimals_equal_fractions_rounded_once():
    check(random.Random(20241), 1_000_000, 240)


def test_decimals_of_many_digits_equal_fractions():
    check(random.Random(20242), 5_000, 40, size=27)


@pytest.mark.parametrize("rounding", twin.ROUNDINGS)
def test_compound_rates_are_correctly_rounded(rounding):
    rng = random.Random(7)
    for _ in range(60):
        b, x = (D(rng.randrange(1, 10**5)).scaleb(-2) for _ in range(2))
        lag = rng.choice([1, 3, 4, 12, 18])
        series = [b, *[D(1)] * (lag - 1), x]
        rate = pm.annualized(series, lag, freq="M", decimals=6, unit="fraction", rounding=rounding)
        got, unit = rate[-1], D("0.000001")
        ratio = Fraction(x) / Fraction(b)

        def side(candidate, ratio=ratio, lag=lag):
            return twin.compounds(candidate, ratio, 12, lag)

        half = Fraction(unit) / 2
        if rounding.startswith("half"):
            assert side(Fraction(got) - half) <= 0 <= side(Fraction(got) + half)
        elif (
            rounding == "floor"
            or (rounding == "down" and ratio >= 1)
            or (rounding == "up" and ratio < 1)
        ):
            assert side(got) <= 0 < side(got + unit)
        else:
            assert side(got - unit) < 0 <= side(got)
    assert pm.cagr([D("100"), D("110"), D("121")], freq="A") == D("10.00")


def test_growth_of_money_has_digits_of_its_own():
    assert pm.growth([D("306.00"), D("310.00")]) == [None, D("1.31")]
    assert str(pm.growth([D("191"), D("310")], decimals=1)[1]) == "62.3"
    assert str(pm.growth([D("191"), D("310")], unit="fraction")[1]) == "0.6230"


def test_the_other_indicators_of_decimals():
    x = [D("3.0"), D("1.5"), None, D("3.0"), D("4.5")]
    assert pm.lag(x) == [None, D("3.0"), D("1.5"), None, D("3.0")]
    assert pm.lead(x)[:2] == [D("1.5"), None]
    assert pm.record(x) == [False, False, False, False, True]
    assert pm.rank(x)[-1] == 1.0
    assert pm.streak([D(1), D(2), D(3)]) == [0.0, 1.0, 2.0]
    before = pm.previous_record(x)
    assert before.value == [None, D("3.0"), D("3.0"), D("3.0"), D("3.0")]
    assert pm.highest_since(x) == [-1, 0, -1, 0, -1]
    assert pm.share([D("2593")], [D("6442.0")]) == [D("40.25")]
    assert pm.share([D("25")], 200) == [D("12.50")]
    parts = pm.shares([[D(1), D(2)]])
    assert parts == [[D("33.33"), D("66.67")]]
    points = pm.contributions([[D(60), D(40)], [D(66), D(38)]])
    assert points[1] == [D("6.00"), D("-2.00"), D("0.00")]
    leaders = pm.largest([[D(40), D(25)]], total=[D(100)])
    assert leaders["share"] == [D("40.00")]
    assert leaders["margin"] == [D("15.00")]
    effects = pm.base_effect([D(100), D(100), D(120), D(110)], freq="H")
    assert [str(v) for v in effects[-1]] == ["-10.00", "0.00"]
    assert pm.rebase([D(50), D(60)], "2020", freq="A", start="2020") == [D("100.00"), D("120.00")]
    assert pm.to_frequency([D("1.5")] * 3, "Q", freq="M", start="2024-01") == [D("4.5")]
    assert pm.annual_growth([D(10), D(11)], freq="A", start="2020") == [None, D("10.00")]
    assert pm.carry_over([D(10)] * 12 + [D(11)], freq="M", start="2020-01")[-1] == D("10.00")


def test_absent_months_have_no_wrong_rates():
    days = pd.to_datetime(["2024-01-01", "2024-02-01", "2024-04-01", "2024-05-01"])
    x = pd.Series([D(1), D(2), D(3), D(6)], index=days)
    assert pm.mom(x).tolist() == [None, D("100.00"), None, D("100.00")]


# Containers.


def test_a_column_survives_pandas():
    kind = pd.ArrowDtype(pa.decimal128(12, 2))
    x = pd.Series(
        MONEY, index=pd.period_range("2024-01", periods=8, freq="M"), name="m", dtype=kind
    )
    back = pm.lag(x)
    assert back.dtype == kind
    assert back.name == "m"
    pd.testing.assert_index_equal(back.index, x.index)
    assert [None if v is pd.NA else v for v in back] == [None, *MONEY[:-1]]
    rates = pm.growth(x)
    assert rates.dtype == pd.ArrowDtype(pa.decimal128(38, 2))
    assert rates.iloc[1] == D("1.31")
    frame = pd.DataFrame({"a": x, "b": x})
    made = pm.growth(frame)
    assert list(made.dtypes) == [pd.ArrowDtype(pa.decimal128(38, 2))] * 2
    objects = pd.Series(MONEY, name="o", dtype=object)
    assert pm.growth(objects).dtype == object
    assert pm.growth(objects).tolist()[:2] == [None, D("1.31")]


def test_a_column_survives_polars():
    x = pl.Series("m", MONEY, dtype=pl.Decimal(12, 2))
    back = pm.lag(x)
    assert back.dtype == pl.Decimal(12, 2)
    assert back.name == "m"
    assert back.to_list() == [None, *MONEY[:-1]]
    assert pm.growth(x).to_list()[:3] == [None, D("1.31"), None]
    frame = pl.DataFrame({"a": x, "b": x})
    assert pm.growth(frame)["b"][1] == D("1.31")


@pytest.mark.parametrize(
    "kind", [pa.decimal128(12, 2), pa.decimal256(60, 2), pa.decimal128(38, 2)], ids=str
)
def test_a_column_survives_arrow(kind):
    chunks = pa.chunked_array([MONEY[:3], [], MONEY[3:]], kind)
    back = pm.lag(chunks)
    assert [len(chunk) for chunk in back.chunks] == [3, 0, 5]
    assert back.to_pylist() == [None, *MONEY[:-1]]
    if kind.bit_width == 128:
        assert back.type == kind
    sliced = pa.array(MONEY, kind)[2:]
    assert pm.lag(sliced).to_pylist() == [None, *MONEY[2:-1]]
    table = pa.table({"a": chunks}, metadata={"k": "v"})
    made = pm.growth(table)
    assert made.schema.metadata == {b"k": b"v"}
    assert made["a"].to_pylist()[1] == D("1.31")


def test_other_containers_of_decimals():
    array = np.array([MONEY, MONEY], dtype=object).T
    made = pm.growth(array)
    assert made.shape == (8, 2)
    assert made[1].tolist() == [D("1.31")] * 2
    assert pm.growth(array.T, axis=1)[0].tolist() == made[:, 0].tolist()
    days = pd.date_range("2024-01-01", periods=8, freq="MS")
    x = xr.DataArray(array[:, 0], coords={"time": days}, dims="time", name="m")
    assert pm.mom(x).to_numpy().tolist()[:2] == [None, D("1.31")]
    before = array.copy()
    array.flags.writeable = False
    pm.growth(array[::2])
    assert (array == before).all()


def test_negative_scales_and_small_widths():
    x = pa.array([D("100"), D("200")], pa.decimal128(5, 0)).cast(pa.decimal128(5, -2))
    assert pm.growth(x).to_pylist() == [None, D("100.00")]
    for kind in (pa.decimal32, pa.decimal64) if hasattr(pa, "decimal32") else ():
        assert pm.growth(pa.array([D("1.0"), D("1.5")], kind(5, 1))).to_pylist()[1] == D("50.00")


def test_different_scales_in_a_list_and_in_a_frame():
    assert [str(v) for v in pm.change([D("1"), D("1.5"), D("2.25")])[1:]] == ["0.50", "0.75"]
    frame = pd.DataFrame({"a": [D("1"), D("2")], "b": [D("1.25"), D("2.50")]})
    assert [str(v) for v in pm.change(frame).iloc[1]] == ["1.00", "1.25"]


# Bad input.


def refused(call, error, *words):
    with pytest.raises(error) as raised:
        call()
    for word in words:
        assert word in str(raised.value)


def test_overflow_names_the_row():
    big = D(9 * 10**37)
    days = pd.period_range("2024-01", periods=3, freq="M")
    refused(
        lambda: pm.change(pd.Series([big, -big, big], index=days)),
        ValueError,
        "38 digits",
        "February",
    )
    refused(lambda: pm.rolling_sum([big, big], 2), ValueError, "38 digits", "position 1")
    assert pm.growth([big, big]) == [None, D("0.00")]
    assert pm.growth([big, -big]) == [None, D("-200.00")]
    refused(lambda: pm.growth([D(1), big]), ValueError, "38 digits")
    wide = pa.array([D(10**50)], pa.decimal256(60, 2))
    refused(lambda: pm.lag(wide), ValueError, "38 digits", "row 0")
    refused(lambda: pm.lag([D(10**40)]), TypeError, "38 digits")
    refused(lambda: pm.lag([D(10**30), D("1E-10")]), TypeError, "38 digits")


def test_what_is_no_decimal_among_decimals():
    refused(lambda: pm.growth([D(1), 1.5]), TypeError, "1.5", "row 1", "Decimal")
    refused(lambda: pm.growth(pd.Series([D(1), "x"], dtype=object)), TypeError, "'x'", "row 1")
    assert pm.lag([D("NaN"), D("Infinity"), D(1), None]) == [None, None, None, D(1)]
    mixed = pd.DataFrame({"a": [D(1), D(2)], "b": [1.0, 2.0]})
    refused(lambda: pm.growth(mixed), TypeError, '"a"', '"b"')
    refused(lambda: pm.share([D(1)], [2.5]), TypeError, "decimals", "floats")


@pytest.mark.parametrize(
    ("options", "error", "word"),
    [
        ({"decimals": -1}, ValueError, "0 to 38"),
        ({"decimals": 39}, ValueError, "0 to 38"),
        ({"decimals": 1.5}, TypeError, "whole number"),
        ({"decimals": True}, TypeError, "whole number"),
        ({"rounding": "bankers"}, ValueError, "half_even"),
        ({"rounding": 3}, TypeError, "half_up"),
    ],
)
def test_bad_digits_and_roundings(options, error, word):
    refused(lambda: pm.growth([D(1), D(2)], **options), error, word)


def test_digits_are_not_for_floats():
    refused(lambda: pm.growth([1.0, 2.0], decimals=2), TypeError, "floats", "pm.rounded")
    refused(lambda: pm.growth([1.0, 2.0], rounding="floor"), TypeError, "floats")


def test_what_decimals_have_not():
    refused(lambda: pm.log_growth([D(1), D(2)]), TypeError, "logarithm")
    refused(lambda: pm.zscore([D(1), D(2)]), TypeError, "z-score")
    refused(lambda: pm.hp_filter(pd.Series([D(1), D(2)]), lamb=1600), TypeError, "Decimals")


def test_negative_and_zero_bases():
    x = [D("-2"), D("1"), D("0"), D("3")]
    assert pm.growth(x) == [None, None, D("-100.00"), None]
    assert pm.growth(x, negative_base="signed")[1] == D("-150.00")
    assert pm.growth(x, negative_base="abs")[1] == D("150.00")
    refused(lambda: pm.growth(x, negative_base="raise"), ValueError, "position 1")
    refused(lambda: pm.rolling_sum([D(1), None], 1, na="raise"), ValueError, "position 1")
    assert pm.rolling_sum([D(1), None], 2, na="skip") == [None, D(1)]


def test_reports_take_decimals_as_the_nearest_floats():
    months = pd.period_range("2022-01", periods=28, freq="M")
    money = pd.Series([D(100 + k) for k in range(28)], index=months, name="m")
    brief = pm.brief(money)
    assert brief.level == 127.0
    assert brief.text == pm.brief(money.astype(float)).text
    arrow = money.astype(pd.ArrowDtype(pa.decimal128(10, 2)))
    assert pm.brief(arrow).text == brief.text
    assert "127" in repr(pm.table(pd.DataFrame({"a": arrow, "b": arrow})))
    refused(lambda: pm.required(money, 200, by="2025-01"), TypeError, "Decimals")
    refused(lambda: pm.brief(pm.rounded([1, 2], 1), freq="M"), TypeError, "Interval")


def test_floats_and_decimals_agree():
    rng = random.Random(3)
    x = [v or D(1) for v in column(rng, 200, 2, 8)]
    floats = np.array([float(v) for v in x])
    for name, options, _, _ in INDICATORS:
        near = getattr(pm, name)(floats, **options)
        digits = [np.nan if v is None else float(v) for v in getattr(pm, name)(x, **options)]
        scale = np.nanmax(np.abs(near)) if np.isfinite(near).any() else 1.0
        np.testing.assert_allclose(digits, near, atol=0.0051 + 1e-12 * scale, rtol=1e-12)


@pytest.mark.parametrize("value", [99.9, 0.7, D("1.5"), 100, 2.5e-7, np.float64(12.25)])
@pytest.mark.parametrize("make", [list, pa.array, lambda x: pl.Series("x", x)])
def test_a_level_with_digits(value, make):
    x = [D("100.1"), D("101"), D("99.87")]
    where = {"freq": "A", "start": "2020", "decimals": 9}
    found = list(pm.rebase(make(x), "2020", base_value=value, **where))
    found = [getattr(each, "as_py", lambda each=each: each)() for each in found]
    exact = value if isinstance(value, D) else D(repr(float(value)))
    nine = D("1e-9")
    assert found == [(exact * v / x[0]).quantize(nine, ROUND_HALF_UP) for v in x]


def test_levels_that_are_none():
    x, where = [D("100.1"), D("101")], {"freq": "A", "start": "2020"}
    refused(lambda: pm.rebase(x, "2020", base_value=1e300, **where), ValueError, "38 digits")
    refused(lambda: pm.rebase(x, "2020", base_value=D("NaN"), **where), ValueError, "finite")
    refused(lambda: pm.rebase(x, "2020", base_value="100", **where), TypeError, "base_value")
    assert pm.rebase([2.0, 3.0], "2020", base_value=1e300, **where) == [1e300, 1.5e300]


@pytest.mark.parametrize("rounding", ["floor", "ceiling", "up", "down", "half_even"])
def test_shares_of_a_negative_total_are_rounded_as_shares(rounding):
    row = [D(-36), D(-55), D(-76)]
    options = {"negative_base": "abs", "decimals": 3, "rounding": rounding}
    (found,) = pm.shares([row], **options)
    assert list(found) == [pm.share([part], [sum(row)], **options)[0] for part in row]


def test_scales_of_arrow_that_are_out_of_the_ordinary():
    tiny = pa.array([D("1e-60"), D("2e-60")], pa.decimal256(76, 60))
    refused(lambda: pm.lag(tiny), ValueError, "60 digits after the point", "38")
    tens = pa.array([D(12300), D(45600)], pa.decimal128(3, -2))
    lagged = pm.lag(tens)
    lagged.validate(full=True)
    assert lagged.to_pylist() == [None, D(12300)]
