"""Every public indicator keeps the contract: documented, equal to its twin, in every container,
harmless to its input.

The walk is over the register, so an indicator without a twin or a case fails here.
"""

from __future__ import annotations

import doctest
import importlib
import math
from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import xarray as xr

import paimana as pm
from paimana._indicator import indicators
from reference import headline as twins

REPORTS = {"brief", "table"}
"""Made of other indicators: they have tests of their own."""
TABLES = {"shares", "contributions", "largest"}
"""Of several series together; below, by themselves."""
FILTERS = {
    "bk_filter",
    "bn_decomposition",
    "boosted_hp_filter",
    "cf_filter",
    "hamilton_filter",
    "henderson",
    "hp_filter",
    "mstl",
    "one_sided_hp_filter",
    "stl",
}
"""Of several parts: walked through in test_trend.py."""
OTHERS = {"share", "required", "previous_record", "base_effect"}
SEASONAL = {"x11", "sliding_spans", "revision_history", "seasonality_tests", "seasonal_adjust"}
"""Results of their own kind, proved against the Census Bureau's program in test_x11_census.py and
test_seasonal_adjust_bank.py."""
RESAMPLED = {"annual_growth", "to_frequency"}
LABELS = {"highest_since", "lowest_since"}

SLOTS = [i for i in range(40) if i not in (3, 17, 18, 31)]
"""Monthly periods counted from July 2021; four are absent."""
START = np.datetime64("2021-07")
VALUES = [round(100 + 30 * math.sin(i) + 2 * i, 2) for i in range(40)]
VALUES[9], VALUES[22], VALUES[27], VALUES[12] = math.nan, -7.5, 0.0, math.inf

CASES = {
    "lag": [
        ({}, {}),
        ({"lag": 12}, {"lag": 12}),
        ({"lag": -2}, {"lag": -2}),
        ({"lag": 99}, {"lag": 99}),
    ],
    "lead": [({}, {}), ({"lead": 5}, {"lead": 5})],
    "change": [({}, {}), ({"lag": 12}, {"lag": 12}), ({"lag": 0}, {"lag": 0})],
    "growth": [
        ({}, {}),
        ({"lag": 12, "negative_base": "signed"}, {"lag": 12, "negative_base": "signed"}),
        (
            {"negative_base": "abs", "unit": "fraction"},
            {"negative_base": "abs", "unit": "fraction"},
        ),
        ({"since": "2021-12"}, {"since": 5}),
        ({"since": "2021-12", "average": "annual"}, {"since": 5, "average": "annual"}),
        ({"lag": 24, "average": "annual"}, {"lag": 24, "average": "annual"}),
    ],
    "mom": [({}, {}), ({"unit": "fraction"}, {"unit": "fraction"})],
    "qoq": [({}, {}), ({"negative_base": "abs"}, {"negative_base": "abs"})],
    "yoy": [({}, {}), ({"negative_base": "signed"}, {"negative_base": "signed"})],
    "log_growth": [({}, {}), ({"lag": 12}, {"lag": 12})],
    "symmetric_growth": [
        ({}, {}),
        ({"lag": 12, "unit": "fraction"}, {"lag": 12, "unit": "fraction"}),
    ],
    "annualized": [
        ({}, {}),
        ({"lag": 3, "negative_base": "abs"}, {"lag": 3, "negative_base": "abs"}),
    ],
    "cagr": [({}, {}), ({"unit": "fraction"}, {"unit": "fraction"})],
    "acceleration": [({}, {}), ({"unit": "fraction"}, {"unit": "fraction"})],
    "rolling_growth": [
        ({}, {}),
        ({"window": 2, "annualized": True}, {"window_": 2, "annualized": True}),
        ({"window": 4, "na": "skip"}, {"window_": 4, "na": "skip"}),
    ],
    "carry_over": [({}, {"phase": 6}), ({"year_start": "JUL"}, {"phase": 0})],
    "rolling_sum": [
        ({"window": 3}, {"window_": 3}),
        ({"window": 5, "na": "skip"}, {"window_": 5, "na": "skip"}),
    ],
    "rolling_mean": [
        ({"window": 1}, {"window_": 1}),
        ({"window": 5, "na": "skip"}, {"window_": 5, "na": "skip"}),
        ({"window": 99}, {"window_": 99}),
    ],
    "ytd": [
        ({"year_start": "JUL"}, {"phase": 0}),
        ({"year_start": 4, "how": "mean"}, {"phase": 3, "how": "mean"}),
        ({"na": "skip"}, {"phase": 6, "na": "skip"}),
    ],
    "ytd_growth": [
        ({"year_start": "JUL"}, {"phase": 0}),
        ({"how": "mean", "na": "skip"}, {"phase": 6, "how": "mean", "na": "skip"}),
    ],
    "rebase": [
        ({"base": "2021-11"}, {"first": 4, "last": 4}),
        ({"base": "2021-11..2022-02", "base_value": 1}, {"first": 4, "last": 7, "base_value": 1}),
        ({"base": "2022"}, {"first": 6, "last": 17}),
    ],
    "per_day": [
        ({}, {}),
        ({"days": "calendar"}, {"rest": ()}),
        (
            {"weekend": "fri-sat", "holidays": ["2022-05-02..2022-05-05", "2023-01-02"]},
            {
                "rest": (4, 5),
                "off": [*(f"2022-05-0{day}" for day in range(2, 6)), "2023-01-02"],
            },
        ),
    ],
    "record": [
        ({}, {}),
        ({"sense": "low"}, {"sense": "low"}),
        ({"same_period": True}, {"season": 12}),
    ],
    "highest_since": [({}, {})],
    "lowest_since": [({}, {})],
    "rank": [({}, {}), ({"same_period": True}, {"season": 12})],
    "streak": [({}, {}), ({"lag": 12}, {"lag": 12})],
    "from_peak": [({}, {}), ({"unit": "fraction"}, {"unit": "fraction"})],
    "zscore": [({}, {}), ({"window": 6}, {"window_": 6}), ({"ddof": 0}, {"ddof": 0})],
    "annual_growth": [
        ({"year_start": "JUL"}, {"phase": 0}),
        ({"of": "end"}, {"phase": 6, "of": "end"}),
        ({"na": "skip"}, {"phase": 6, "na": "skip"}),
    ],
    "to_frequency": [
        ({"to": "Q"}, {"per": 3}),
        ({"to": "Q", "how": "mean", "na": "skip"}, {"per": 3, "how": "mean", "na": "skip"}),
        ({"to": "A", "how": "last"}, {"per": 12, "phase": 6, "how": "last"}),
        (
            {"to": "A", "how": "first", "partial": "keep"},
            {"per": 12, "phase": 6, "how": "first", "partial": "keep"},
        ),
        ({"to": "A", "year_start": "JUL", "partial": "keep"}, {"per": 12, "partial": "keep"}),
    ],
}

SINGLE = [(name, i) for name, cases in CASES.items() for i in range(len(cases))]


def same(got, expected) -> bool:
    """Whether two results agree.

    The twins are exact until one rounding; the kernels round a handful of times, and differences
    of rates cancel.
    """
    if expected is None:
        return got is None or got is pd.NA or (isinstance(got, float) and math.isnan(got))
    if got is None or got is pd.NA:
        return False
    if isinstance(expected, bool):
        return bool(got) is expected
    return math.isclose(float(got), expected, rel_tol=1e-12, abs_tol=1e-10)


def check(got, expected, what=""):
    got, expected = list(got), list(expected)
    assert len(got) == len(expected), what
    for row, (g, e) in enumerate(zip(got, expected, strict=True)):
        assert same(g, e), f"{what} row {row}: {g} instead of {e}"


def dense(values, slots, rows):
    """The series with every absent period inserted as missing."""
    series = [None] * (max(slots) + 1 if slots else 0)
    for slot, row in zip(slots, rows, strict=True):
        series[slot] = values[row]
    return series


def test_every_indicator_has_a_case_and_a_twin():
    apart = REPORTS | SEASONAL | FILTERS
    covered = set(CASES) | TABLES | OTHERS | apart
    assert set(indicators()) == covered
    assert [name for name in indicators() if name not in apart and not hasattr(twins, name)] == []


SECTIONS = ("Parameters", "Returns", "Raises", "Notes", "Equivalents", "References", "Examples")


@pytest.mark.parametrize("name", indicators())
def test_docstrings_are_whole(name):
    text = indicators()[name].__doc__
    for section in SECTIONS:
        assert f"\n    {section}\n    {'-' * len(section)}\n" in text, f"{name} lacks {section}"
    assert ">>>" in text
    assert any(
        unit in text
        for unit in ("per cent", "unit", "points", "Booleans", "labels", "floats", "deviations")
    )
    parameters = indicators()[name].__code__.co_varnames[: indicators()[name].__code__.co_argcount]
    for parameter in parameters:
        assert f"\n    {parameter}\n" in text, f"{name} does not document {parameter}"


@pytest.mark.parametrize("name", indicators())
def test_examples_run(name):
    module = importlib.import_module(indicators()[name].__module__)
    finder = doctest.DocTestFinder(recurse=False)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    for test in finder.find(indicators()[name], name, module):
        assert test.examples
        runner.run(test)
    assert runner.summarize(verbose=False).failed == 0


# Containers with dates: rows absent, shuffled, stamped in one way or another.

ORDER = np.random.default_rng(5).permutation(len(SLOTS))
MONTHS = (START + np.array(SLOTS)[ORDER]).astype("M8[M]")
ROWS = [VALUES[SLOTS[i]] for i in ORDER]
ORDERED_SLOTS = [SLOTS[i] for i in ORDER]

STAMPS = {
    "start": MONTHS.astype("M8[D]"),
    "middle": MONTHS.astype("M8[D]") + 14,
    "end": (MONTHS + 1).astype("M8[D]") - 1,
}


def series_of(index):
    return pd.Series(ROWS, index=index, name="v")


DATED = {
    "period index": lambda: series_of(pd.PeriodIndex(MONTHS, freq="M")),
    "start stamps": lambda: series_of(pd.DatetimeIndex(STAMPS["start"])),
    "middle stamps": lambda: series_of(pd.DatetimeIndex(STAMPS["middle"])),
    "end stamps": lambda: series_of(pd.DatetimeIndex(STAMPS["end"])),
    "time zone": lambda: series_of(pd.DatetimeIndex(STAMPS["start"]).tz_localize("Asia/Karachi")),
    "frame": lambda: pd.DataFrame({"v": ROWS, "w": ROWS}, index=pd.DatetimeIndex(STAMPS["start"])),
    "mixed frame": lambda: pd.DataFrame(
        {"v": pd.array(ROWS, "Float64"), "w": np.float64(ROWS)},
        index=pd.PeriodIndex(MONTHS, freq="M"),
    ),
    "polars": lambda: pl.Series("v", ROWS),
    "polars frame": lambda: pl.DataFrame({"month": STAMPS["end"], "v": ROWS}),
    "arrow": lambda: pa.array(ROWS),
    "chunked arrow": lambda: pa.chunked_array([ROWS[:7], ROWS[7:]]),
    "arrow table": lambda: pa.table({"month": STAMPS["start"], "v": ROWS}),
    "xarray": lambda: xr.DataArray(
        ROWS,
        dims="time",
        coords={"time": STAMPS["start"].astype("M8[ns]")},
        name="v",
        attrs={"unit": "$"},
    ),
}
TIMED = {
    "polars": {"time": STAMPS["middle"]},
    "polars frame": {"time": "month"},
    "arrow": {"time": STAMPS["start"]},
    "chunked arrow": {"time": STAMPS["start"]},
    "arrow table": {"time": "month"},
}


def column(result):
    """The values of the column v of a result, row by row, as Python objects."""
    if isinstance(result, pd.DataFrame):
        result = result["v"]
    if isinstance(result, pd.Series):
        return result.tolist()
    if isinstance(result, pl.DataFrame):
        return result["v"].to_list()
    if isinstance(result, pl.Series):
        return result.to_list()
    if isinstance(result, pa.Table):
        return result["v"].to_pylist()
    if isinstance(result, (pa.Array, pa.ChunkedArray)):
        return result.to_pylist()
    return np.asarray(result).tolist()


def same_class(result, x, resampled):
    if resampled and isinstance(x, (pl.Series, pa.Array, pa.ChunkedArray)):
        return  # a series without an index becomes a frame with its dates
    assert type(result) is type(x) or (isinstance(x, pa.Array) and isinstance(result, pa.Array))
    if isinstance(x, (pd.Series, pd.DataFrame)) and not resampled:
        assert result.index.equals(x.index)
    if isinstance(x, (pd.Series, pl.Series, xr.DataArray)):
        assert result.name == x.name
    if isinstance(x, xr.DataArray):
        assert result.dims == x.dims
        assert resampled or result.coords.equals(x.coords)
    if isinstance(x, pa.ChunkedArray):
        assert [len(c) for c in result.chunks] == [len(c) for c in x.chunks]


def snapshot(x):
    """What must not change."""
    if isinstance(x, (pd.Series, pd.DataFrame, xr.DataArray)):
        return x.copy(deep=True)
    return x.copy() if isinstance(x, np.ndarray) else x


def unchanged(x, before):
    if isinstance(x, (pd.Series, pd.DataFrame)):
        (
            pd.testing.assert_series_equal
            if isinstance(x, pd.Series)
            else pd.testing.assert_frame_equal
        )(x, before)
    elif isinstance(x, xr.DataArray):
        xr.testing.assert_identical(x, before)
    elif isinstance(x, np.ndarray):
        np.testing.assert_array_equal(x, before)


@pytest.mark.parametrize("container", DATED)
@pytest.mark.parametrize(("name", "case"), SINGLE)
def test_dated_containers_follow_the_calendar(name, case, container):
    options, twin_options = CASES[name][case]
    x = DATED[container]()
    before = snapshot(x)
    result = indicators()[name](x, **options, **TIMED.get(container, {}))
    unchanged(x, before)
    series = dense(VALUES, SLOTS, SLOTS)
    expected = getattr(twins, name)(series, **twin_options)
    if name == "cagr":
        value = result if np.isscalar(result) else column(result)
        check([value[0] if isinstance(value, list) else value], [expected], container)
        return
    same_class(result, x, name in RESAMPLED)
    if name in RESAMPLED:
        got = result
        if isinstance(got, pl.DataFrame):
            got = got.get_column(got.columns[-1])
        elif isinstance(got, pa.Table):
            got = got.column(got.num_columns - 1)
        check(column(got), expected, f"{name} {container}")
        return
    expected = [expected[slot] for slot in ORDERED_SLOTS]
    if name in LABELS:
        got = [
            None if pd.isna(v) else pd.Timestamp(getattr(v, "start_time", v))
            for v in column_of_labels(result)
        ]
        months = [None if s < 0 else pd.Timestamp(START + s) for s in expected]
        assert [v and (v.year, v.month) for v in got] == [v and (v.year, v.month) for v in months]
        return
    check(column(result), expected, f"{name} {container}")


def column_of_labels(result):
    if isinstance(result, xr.DataArray):
        return [pd.Timestamp(v) for v in result.values]
    return column(result)


# Bare arrays: complete, of any rank, order and dtype.

COMPLETE = [round(50 + 20 * math.cos(i) + i, 2) for i in range(30)]
COMPLETE[7] = math.nan

BARE_OPTIONS = {"freq": "M", "start": "2021-07"}


def call(name, x, options):
    """An indicator of a bare array, with the frequency and start where it takes them."""
    names = indicators()[name].__code__.co_varnames
    given = {k: v for k, v in BARE_OPTIONS.items() if k in names}
    return indicators()[name](x, **options, **given)


def cube():
    """Three dimensions: a multiple of the series in every lane, time in the middle."""
    return np.array(COMPLETE)[None, :, None] * np.array([[[1.0, 2.0, 0.5]], [[4.0, 8.0, 0.25]]])


LAYOUTS = {
    "vector": (lambda: np.array(COMPLETE), 0),
    "strided": (lambda: np.repeat(COMPLETE, 2)[::2], 0),
    "reversed": (lambda: np.array(COMPLETE[::-1])[::-1], 0),
    "C matrix": (lambda: np.ascontiguousarray(cube()[0]), 0),
    "F matrix": (lambda: np.asfortranarray(cube()[0]), 0),
    "rows": (lambda: np.ascontiguousarray(cube()[0].T), 1),
    "F rows": (lambda: np.asfortranarray(cube()[0].T), -1),
    "cube": (cube, 1),
    "cube first": (lambda: np.moveaxis(cube(), 1, 0), 0),
    "cube last": (lambda: np.ascontiguousarray(np.moveaxis(cube(), 1, 2)), 2),
    "F cube": (lambda: np.asfortranarray(cube()), 1),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("name", "case"), SINGLE)
def test_arrays_of_every_layout(name, case, layout):
    options, twin_options = CASES[name][case]
    make, axis = LAYOUTS[layout]
    x = make()
    x.setflags(write=False)
    before = x.copy()
    result = np.asarray(call(name, x, {**options, "axis": axis}))
    np.testing.assert_array_equal(x, before)
    lanes = np.moveaxis(x, axis, 0).reshape(len(COMPLETE), -1).T
    if name == "cagr":
        results = np.asarray(result).reshape(-1, 1)
    else:
        moved = np.moveaxis(result, axis, 0)
        results = moved.reshape(moved.shape[0], -1).T
    assert len(lanes) == len(results)
    for lane, got in zip(lanes, results, strict=True):
        expected = getattr(twins, name)(lane.tolist(), **twin_options)
        check(got.tolist(), [expected] if name == "cagr" else expected, f"{name} {layout}")


WHOLE = np.random.default_rng(5).integers(20, 900, (300, 1800)).astype(float)
"""Results of this size, 4.3 MB and twice as much for decimals and bounds, begin at a large page."""

LARGE_CALLS = {
    "floats": pm.growth,
    "a filter": lambda x: pm.hp_filter(x, lamb=14400).cycle,
    "bounds": lambda x: pm.growth(pm.rounded(x, to=1)).upper,
    "decimals": lambda x: pm.change(x.astype(int).astype(object) + Decimal(0)),
}


@pytest.mark.parametrize("order", "CF")
@pytest.mark.parametrize("kind", LARGE_CALLS)
def test_large_results_are_those_of_each_series(kind, order):
    x = np.asarray(WHOLE, order=order)
    whole, series = LARGE_CALLS[kind](x), [0, 1, 900, 1799]
    assert whole.shape == x.shape
    assert whole.flags.writeable
    for number in series:
        np.testing.assert_array_equal(whole[:, number], LARGE_CALLS[kind](x[:, number]))


INTEGERS = [191, 236, 236, 214, 235, 206, 238, 255, 203, 165, 157, 206, 210, 30, 0, 17]


@pytest.mark.parametrize(
    "dtype", ["f4", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", ">f8", "f2"]
)
@pytest.mark.parametrize("name", ["change", "growth", "rolling_sum", "ytd", "rank", "from_peak"])
def test_numbers_of_every_dtype(name, dtype):
    limit = 127 if dtype == "i1" else 255
    values = [min(v, limit) for v in INTEGERS]
    x = np.array(values).astype(dtype)
    options = {"rolling_sum": {"window": 3}, "ytd": {"year_start": "JUL"}}.get(name, {})
    result = call(name, x, options)
    single = dtype in ("f4", "f2")
    assert result.dtype == (np.float32 if single else np.float64)
    expected = getattr(twins, name)(values, **({"window_": 3} if name == "rolling_sum" else {}))
    for got, e in zip(result.tolist(), expected, strict=True):
        # float32 is computed in float64 and rounded once, to 24 bits.
        assert same(got, None if e is None else float(np.float32(e)) if single else e)


@pytest.mark.parametrize(
    ("dtype", "result"),
    [
        ("float64", "float64"),
        ("float32", "float32"),
        ("int64", "float64"),
        ("bool", "float64"),
        ("Float64", "Float64"),
        ("Float32", "Float32"),
        ("Int64", "Float64"),
        ("UInt8", "Float64"),
        ("boolean", "Float64"),
        ("double[pyarrow]", "double[pyarrow]"),
        ("int64[pyarrow]", "double[pyarrow]"),
        ("float[pyarrow]", "float[pyarrow]"),
    ],
)
def test_dtypes_of_pandas_come_back(dtype, result):
    index = pd.period_range("2024-01", periods=4, freq="M")
    x = pd.Series([1, 1, 0, 1], index=index, name="v").astype(dtype)
    got = pm.change(x)
    assert str(got.dtype) == result
    check(got.tolist(), [None, 0.0, -1.0, 1.0], dtype)


@pytest.mark.parametrize("name", sorted(set(CASES) - {"rebase"}))
def test_empty_one_and_all_missing(name):
    options = {k: v for k, v in CASES[name][0][0].items() if k != "since"}
    for values in ([], [5.0], [math.nan] * 14, [math.inf] * 3):
        x = np.array(values)
        result = call(name, x, options)
        if name == "cagr":
            assert math.isnan(result)
            continue
        result = np.asarray(result)
        if name not in RESAMPLED:
            assert result.shape == x.shape
        if result.dtype == bool:
            assert not result.any()
        elif name in LABELS:
            assert (result == -1).all()
        elif len(values) != 1:
            assert np.isnan(result).all()
        else:
            check(result.tolist(), getattr(twins, name)(values, **CASES[name][0][1]), name)
    for shape in ((0, 3), (3, 0)):
        result = np.asarray(call(name, np.empty(shape), options))
        assert result.size == 0 or name == "cagr"


def test_lists_give_lists():
    assert pm.change([306, None, 310, 5]) == pytest.approx(
        [math.nan, math.nan, math.nan, -305], nan_ok=True
    )
    assert pm.record([1, 2]) == [False, True]
    assert pm.growth(((1.0, 2.0), (2.0, 3.0))) == pytest.approx(
        np.array([[math.nan, math.nan], [100, 50]]), nan_ok=True
    )


# Indicators of several series or several parts.


def test_base_effect_equals_its_twin_everywhere():
    expected = twins.base_effect(dense(VALUES, SLOTS, SLOTS))
    frame = pm.base_effect(DATED["period index"]())
    for part in ("current", "base"):
        check(frame[part].tolist(), [expected[part][s] for s in ORDERED_SLOTS], part)
    table = pm.base_effect(DATED["frame"]())
    assert list(table.columns) == ["v_current", "v_base", "w_current", "w_base"]
    bare = pm.base_effect(np.array(COMPLETE), freq="M")
    twin = twins.base_effect(COMPLETE)
    check(bare[:, 0].tolist(), twin["current"])
    check(bare[:, 1].tolist(), twin["base"])


@pytest.mark.parametrize(("options", "twin_options"), CASES["record"])
def test_previous_record_equals_its_twin(options, twin_options):
    expected = twins.previous_record(dense(VALUES, SLOTS, SLOTS), **twin_options)
    found = pm.previous_record(DATED["period index"](), **options)
    check(found.value.tolist(), [expected["value"][s] for s in ORDERED_SLOTS])
    periods = [
        None if pd.isna(p) else p.ordinal - pd.Period("2021-07", "M").ordinal for p in found.period
    ]
    assert periods == [None if (e := expected["period"][s]) < 0 else e for s in ORDERED_SLOTS]


def test_share_matches_by_period():
    part, whole = (
        DATED["period index"](),
        DATED["start stamps"]().sample(frac=1, random_state=1) * 4,
    )
    got = pm.share(part, whole)
    expected = twins.share(ROWS, [4 * v for v in ROWS])
    check(got.tolist(), expected)
    with pytest.raises(ValueError, match="no row for"):
        pm.share(part, whole.drop(pd.Timestamp("2021-07-01")))
    check(pm.share([1.0, -1.0], [-4.0, 0.0], negative_base="signed"), [-25.0, None])
    check(pm.share([1.0, 3.0], 4), [25.0, 75.0])


PARTS = [[60.0, 66, 61, math.nan, 70], [30.0, 29, 33, 40, 41], [10.0, 11, 9, 8, -300]]


@pytest.mark.parametrize("na", ["propagate", "skip"])
def test_shares_equal_their_twin(na):
    expected = twins.shares(PARTS, na=na)
    got = pm.shares(np.array(PARTS).T, na=na)
    for i, e in enumerate(expected):
        check(got[:, i].tolist(), e)
    index = pd.period_range("2024-01", periods=5, freq="M")
    frame = pm.shares(pd.DataFrame(dict(zip("abc", PARTS, strict=True)), index=index), na=na)
    check(frame["b"].tolist(), expected[1])


@pytest.mark.parametrize("total", [None, [101.0, 108, 100, 120, 90]])
def test_contributions_equal_their_twin(total):
    expected = twins.contributions(PARTS, total)
    got = pm.contributions(np.array(PARTS).T, total)
    assert got.shape == (5, 4)
    for i, e in enumerate(expected):
        check(got[:, i].tolist(), e, f"part {i}")
    sideways = pm.contributions(np.array(PARTS), total, axis=1)
    np.testing.assert_array_equal(sideways, got.T)
    index = pd.period_range("2024-01", periods=5, freq="M")
    frame = pd.DataFrame(dict(zip("abc", PARTS, strict=True)), index=index)
    shuffled = frame.sample(frac=1, random_state=3)
    whole = None if total is None else pd.Series(total, index=index)
    result = pm.contributions(shuffled, whole).sort_index()
    assert list(result.columns) == ["a", "b", "c", "residual"]
    check(result["residual"].tolist(), expected[3])


@pytest.mark.parametrize("total", [None, [101.0, 108, 100, 120, 90]])
def test_largest_equals_its_twin(total):
    expected = twins.largest(PARTS, total)
    index = pd.period_range("2024-01", periods=5, freq="M")
    frame = pm.largest(pd.DataFrame(dict(zip("abc", PARTS, strict=True)), index=index), total)
    assert list(frame.columns) == ["largest", "share", "runner_up", "margin", "proven"]
    for row, (first, share, second, margin, proven) in zip(
        frame.itertuples(), expected, strict=True
    ):
        assert row.largest == "abc"[first]
        assert row.runner_up == "abc"[second]
        assert same(row.share, share)
        assert same(row.margin, margin)
        assert bool(row.proven) is proven


def test_rank_within_a_row():
    got = pm.rank(np.array([[5.0, 7, 7, math.nan, 1]]), within="row")
    np.testing.assert_array_equal(got, [[3, 1, 1, math.nan, 4]])


def test_required_reaches_its_target():
    series = [None if v != v or math.isinf(v) else v for v in COMPLETE]
    path = pm.required(np.array(COMPLETE), 200, by="2025-07", **BARE_OPTIONS)
    assert math.isclose(path.growth, twins.required(series, 200, 48), rel_tol=1e-12)
    assert path.levels[-1] == 200
    assert len(path.levels) == len(path.periods) == 19
    assert path.periods[-1] == "2025-07"


def test_results_can_be_written_into_a_given_array():
    x, out = np.array(COMPLETE), np.empty(30)
    for name in ("lag", "change", "growth", "log_growth", "from_peak", "zscore"):
        assert indicators()[name](x, out=out) is out
        np.testing.assert_array_equal(out, indicators()[name](x))
    for bad in (x, np.empty(29), np.empty(30, "f4"), np.empty(60)[::2]):
        with pytest.raises(ValueError, match="out"):
            pm.growth(x, out=bad)
    with pytest.raises(TypeError, match="out"):
        pm.growth(pd.Series(COMPLETE), out=out)
