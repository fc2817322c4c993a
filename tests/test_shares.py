"""Shares, contributions and leaders beside their totals: which row of the total belongs to which
row of the parts, whatever the container and wherever its dates stand; and who leads, by hand.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import xarray as xr

import paimana as pm

MONTHS = pd.period_range("2021-07", periods=4, freq="M")
DATES = [month.to_timestamp().date() for month in MONTHS]
A = np.array([1.0, 2.0, 4.0, 8.0])
PARTS = np.column_stack([A, 2 * A])
BACK = slice(None, None, -1)


def columns(**values):
    return {"d": DATES, **values}


STAMPED = pd.to_datetime(DATES)
BARE = pd.DataFrame({"d": STAMPED, "a": A, "b": 2 * A})
TABLE = {"d": DATES[BACK], "t": 4 * A[BACK]}  # a quarter of the total is not listed
DATED = pd.Series(4 * A[BACK], MONTHS[BACK])
CUBE = {"dims": ("month", "part"), "coords": {"month": STAMPED, "part": ["a", "b"]}}
PAIRS = {
    "pandas": (pd.DataFrame({"a": A, "b": 2 * A}, MONTHS), DATED, None),
    "pandas, a frame of one column": (
        pd.DataFrame({"a": A, "b": 2 * A}, MONTHS),
        DATED.to_frame("t"),
        None,
    ),
    "pandas, a date column in both": (BARE, pd.DataFrame(TABLE).astype({"d": "M8[ns]"}), "d"),
    "pandas, a date column and an index": (BARE, DATED, "d"),
    "pandas, a date column and no dates": (BARE, pd.Series(4 * A), "d"),
    "Polars, two frames": (pl.DataFrame(columns(a=A, b=2 * A)), pl.DataFrame(TABLE), "d"),
    "Polars, a frame and a Series": (
        pl.DataFrame(columns(a=A, b=2 * A)),
        pl.Series("t", 4 * A),
        "d",
    ),
    "Arrow, two tables": (pa.table(columns(a=A, b=2 * A)), pa.table(TABLE), "d"),
    "Arrow, a table and an array": (pa.table(columns(a=A, b=2 * A)), pa.array(4 * A), "d"),
    "xarray": (
        xr.DataArray(PARTS, **CUBE),
        xr.DataArray(4 * A[BACK], dims=("month",), coords={"month": STAMPED[BACK]}),
        "month",
    ),
    "an array and a list": (PARTS, (4 * A).tolist(), None),
    "an array with dates and a list": (PARTS, (4 * A).tolist(), DATES),
    "an array with dates and a Series with its own": (PARTS, DATED, DATES),
}


def named(result, name):
    """A column of a result of any class, in the order of the rows."""
    if isinstance(result, np.ndarray):
        return result[..., {"a": 0, "b": 1, "residual": 2}[name]]
    if isinstance(result, xr.DataArray):
        return result.sel(part=name).to_numpy()
    return np.asarray(result[name])


@pytest.mark.parametrize("kind", PAIRS)
def test_rows_of_the_total_are_found(kind):
    """The total doubles every month: points 25 and 50, of 100; a quarter stays unlisted."""
    parts, total, time = PAIRS[kind]
    points = pm.contributions(parts, total, time=time)
    for name, expected in [("a", 25), ("b", 50), ("residual", 25)]:
        np.testing.assert_array_equal(named(points, name), [math.nan] + 3 * [expected])
    shares = pm.share(parts, total, time=time)
    for name, expected in [("a", 25), ("b", 50)]:
        np.testing.assert_array_equal(named(shares, name), 4 * [expected])
    leader = pm.largest(parts, total, time=time)
    np.testing.assert_array_equal(np.asarray(leader["share"]), 4 * [50])
    np.testing.assert_array_equal(np.asarray(leader["margin"]), 4 * [25])
    assert set(np.asarray(leader["largest"]).tolist()) == {1 if parts is PARTS else "b"}


@pytest.mark.parametrize("function", [pm.contributions, pm.largest])
def test_a_total_is_one_series(function):
    parts, total, _ = PAIRS["pandas"]
    two = pd.DataFrame({"t": total, "u": 2 * total})
    with pytest.raises(ValueError, match="total must be one series"):
        function(parts, two)
    with pytest.raises(ValueError, match="the parts have 4 rows and the total 3"):
        function(PARTS, [1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match="no row for August 2021"):
        function(parts, total.drop(MONTHS[1]))
    with pytest.raises(ValueError, match="the parts are monthly and the total quarterly"):
        function(parts, pd.Series(4 * A, pd.period_range("2021Q3", periods=4, freq="Q")))


LEADERS = [
    # parts, total, (largest, share, runner_up, margin, proven)
    pytest.param([51, 20], 100, (0, 51, 1, 31, True), id="more than half"),
    pytest.param([40, 25], 100, (0, 40, 1, 15, True), id="more than the 35 not listed"),
    pytest.param([30, 25], 100, (0, 30, 1, 5, False), id="45 are not listed"),
    pytest.param([25, 40, None], 100, (1, 40, 0, 15, True), id="a missing part is not listed"),
    pytest.param([30, 30], 60, (0, 50, 1, 0, False), id="equal parts"),
    pytest.param([7], 10, (0, 70, None, None, True), id="one part"),
]


@pytest.mark.parametrize(("parts", "total", "expected"), LEADERS)
def test_who_leads(parts, total, expected):
    got = pm.largest([parts], [total])
    names = ["largest", "share", "runner_up", "margin", "proven"]
    for name, value in zip(names, expected, strict=True):
        if value is None and name == "margin":
            assert math.isnan(got[name][0])
        else:
            assert got[name][0] == value, name


def test_a_number_for_a_total():
    as_number, as_series = pm.largest(PARTS, 32), pm.largest(PARTS, [32.0] * 4)
    for name in as_number:
        np.testing.assert_array_equal(as_number[name], as_series[name])


# The same labels in another order.

SIDES = pd.DataFrame({"a": A, "b": 2 * A})
WHOLES = pd.DataFrame({"b": 20 * A, "a": 4 * A})
"""The wholes of b and of a: a is a quarter of its own, b a tenth."""
FLAT = {"coords": {"part": ["a", "b"]}, "dims": ("time", "part")}
TURNED = {
    "pandas": (SIDES, WHOLES),
    "pandas, other rows": (SIDES.set_axis(list("wxyz")), WHOLES.set_axis(list("wxyz"))[BACK]),
    "pandas, sorted by value": (SIDES.sort_values("a", ascending=False), WHOLES),
    "Polars": (pl.from_pandas(SIDES), pl.from_pandas(WHOLES)),
    "Arrow": (pa.Table.from_pandas(SIDES), pa.Table.from_pandas(WHOLES)),
    "pandas and Polars": (SIDES, pl.from_pandas(WHOLES)),
    "xarray, labels": (
        xr.DataArray(PARTS, **FLAT),
        xr.DataArray(WHOLES.to_numpy(), dims=("time", "part"), coords={"part": ["b", "a"]}),
    ),
    "xarray, dimensions": (
        xr.DataArray(PARTS, **CUBE),
        xr.DataArray(WHOLES.to_numpy(), dims=("month", "part"), coords={"part": ["b", "a"]})
        .assign_coords(month=STAMPED)
        .T,
    ),
}


@pytest.mark.parametrize("kind", TURNED)
def test_series_stand_beside_those_of_their_name(kind):
    part, whole = TURNED[kind]
    for made in (pm.share(part, whole), pm.share(pm.rounded(part, to=1), whole).value):
        assert type(made) is type(part)
        np.testing.assert_array_equal(named(made, "a"), 4 * [25])
        np.testing.assert_array_equal(named(made, "b"), 4 * [10])


def test_rows_without_dates_stand_beside_those_of_their_label():
    rows = SIDES.set_axis(list("wxyz"))
    total = pd.Series(4 * A, list("wxyz"))[BACK]
    points = pm.contributions(rows, total)
    np.testing.assert_array_equal(points["a"], [math.nan, 25, 25, 25])
    np.testing.assert_array_equal(pm.largest(rows, total)["share"], 4 * [50])
    np.testing.assert_array_equal(pm.share(rows["a"], total), 4 * [25])
    with pytest.raises(ValueError, match="the total has no row 'z'"):
        pm.contributions(rows, total.drop("z"))
    with pytest.raises(ValueError, match="'w' stands twice"):
        pm.share(rows["a"], pd.Series(4 * A, list("wxyw")))
    np.testing.assert_array_equal(pm.share(rows["a"], (4 * A).tolist()), 4 * [25])


def test_labels_that_differ_are_named():
    with pytest.raises(ValueError, match="the whole has no column 'b' and has the column 't'"):
        pm.share(SIDES, SIDES.set_axis(["a", "t"], axis=1))
    with pytest.raises(ValueError, match="has the column 't', which is not in the part"):
        pm.share(pl.from_pandas(SIDES), pl.from_pandas(SIDES.assign(t=A)))
    part = xr.DataArray(PARTS, **FLAT)
    with pytest.raises(ValueError, match="the whole has no part 'a'"):
        pm.share(part, part.assign_coords(part=["c", "b"]))
    with pytest.raises(ValueError, match="has the dimension 'other', which is not in the part"):
        pm.share(part, part.drop_vars("part").rename(part="other"))
    with pytest.raises(ValueError, match="runs along 'part', a dimension of the part"):
        pm.share(xr.DataArray(np.eye(2), **FLAT), xr.DataArray([1.0, 2.0], dims="part"))
    np.testing.assert_array_equal(pm.share(SIDES, 4 * PARTS), np.full((4, 2), 25))


def test_a_whole_without_a_dimension_stands_beside_all_of_it():
    cube = xr.DataArray(
        np.arange(1.0, 25).reshape(4, 3, 2), dims=("time", "r", "p"), coords={"p": ["a", "b"]}
    )
    whole = xr.DataArray([[1.0, 2, 3, 4], [10.0, 20, 30, 40]], dims=("p", "time"))
    whole = whole.assign_coords(p=["b", "a"])
    xr.testing.assert_allclose(pm.share(cube, whole), 100 * cube / whole)
    xr.testing.assert_allclose(pm.share(cube, whole[0].drop_vars("p")), 100 * cube / whole[0, :])
