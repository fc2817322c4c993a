"""Controlled rounding: a twin that tries every rounding to neighbours, and properties."""

from __future__ import annotations

import math
import pickle
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import product

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

import paimana as pm

D = Decimal


def neighbours(x: Fraction) -> set[int]:
    return {math.floor(x), math.ceil(x)}


def best_parts(parts, total):
    """The least change over every rounding of each part to a neighbour that reaches the total."""
    changes = [
        sum(abs(n - x) for n, x in zip(choice, parts, strict=True))
        for choice in product(*map(neighbours, parts))
        if sum(choice) == total
    ]
    return min(changes, default=None)


def best_table(cells, rows=None, columns=None, total=None):
    """The least change of cells and margins over every rounding to neighbours that adds up."""
    height, width = len(cells), len(cells[0])
    row_sums = [sum(row) for row in cells]
    column_sums = [sum(column) for column in zip(*cells, strict=True)]
    best = None
    if total is None and (rows or columns):
        total = sum(rows or columns)  # given margins fix it
    for choice in product(*(neighbours(x) for row in cells for x in row)):
        table = [choice[i * width : (i + 1) * width] for i in range(height)]
        printed_rows = [sum(row) for row in table]
        printed_columns = [sum(column) for column in zip(*table, strict=True)]
        change = Fraction(0)
        fine = True
        for printed, exact, given_ in (
            (printed_rows, row_sums, rows),
            (printed_columns, column_sums, columns),
            ([sum(printed_rows)], [sum(row_sums)], None if total is None else [total]),
        ):
            if given_ is None:
                fine &= all(p in neighbours(x) for p, x in zip(printed, exact, strict=True))
            else:
                fine &= list(printed) == list(given_)
            change += sum(abs(p - x) for p, x in zip(printed, exact, strict=True))
        if not fine:
            continue
        change += sum(
            abs(p - x)
            for ours, theirs in zip(table, cells, strict=True)
            for p, x in zip(ours, theirs, strict=True)
        )
        best = change if best is None else min(best, change)
    return best


def change_of(result, cells):
    """The change of cells and margins of a result."""
    table = result.rounded
    change = sum(
        abs(Fraction(p) - x)
        for ours, theirs in zip(table, cells, strict=True)
        for p, x in zip(ours, theirs, strict=True)
    )
    rows = [sum(row) for row in cells]
    columns = [sum(column) for column in zip(*cells, strict=True)]
    change += sum(abs(Fraction(p) - x) for p, x in zip(result.row_totals, rows, strict=True))
    change += sum(abs(Fraction(p) - x) for p, x in zip(result.column_totals, columns, strict=True))
    return change + abs(Fraction(result.total) - sum(rows))


TENTHS = st.integers(-60, 60).map(lambda n: Fraction(n, 10))


@given(st.lists(TENTHS, max_size=7), st.integers(-2, 2))
def test_parts_change_least(parts, shift):
    result = pm.round_to_total(parts)
    exact = sum(parts, Fraction(0))
    whole = int(D(str(float(exact))).quantize(D(1), ROUND_HALF_UP))
    assert result.total == whole == sum(result.rounded)
    change = sum(abs(r - x) for r, x in zip(result.rounded, parts, strict=True))
    assert change == best_parts(parts, whole)
    assert all(r in neighbours(x) for r, x in zip(result.rounded, parts, strict=True))
    best = best_parts(parts, whole + shift)
    if best is None:
        with pytest.raises(ValueError, match="away"):
            pm.round_to_total(parts, whole + shift)
    else:
        result = pm.round_to_total(parts, whole + shift)
        assert sum(abs(r - x) for r, x in zip(result.rounded, parts, strict=True)) == best


@given(st.integers(1, 3), st.integers(1, 3), st.data())
def test_tables_change_least(height, width, data):
    row = st.lists(TENTHS, min_size=width, max_size=width)
    cells = data.draw(st.lists(row, min_size=height, max_size=height))
    result = pm.round_to_total(cells)
    check_sums(result, height)
    assert change_of(result, cells) == best_table(cells)


@given(st.data())
@settings(max_examples=60)
def test_tables_with_given_totals(data):
    row = st.lists(TENTHS, min_size=2, max_size=2)
    cells = data.draw(st.lists(row, min_size=3, max_size=3))
    near = [math.floor(sum(r)) + data.draw(st.integers(0, 1)) for r in cells]
    columns = None
    if data.draw(st.booleans()):
        first = data.draw(st.integers(-1, 2)) + math.floor(sum(r[0] for r in cells))
        columns = [first, sum(near) - first]
    best = best_table(cells, near, columns)
    if best is None:
        with pytest.raises(ValueError, match="away"):
            pm.round_to_total(cells, rows=near, columns=columns)
        return
    result = pm.round_to_total(cells, rows=near, columns=columns)
    check_sums(result, 3)
    assert result.row_totals == near
    assert columns is None or result.column_totals == columns
    assert change_of(result, cells) == best


def check_sums(result, height):
    """The printed table adds up both ways."""
    table = np.array(result._cells.rounded)
    assert list(table.sum(axis=1)) == result.row_totals
    assert list(table.sum(axis=0)) == result.column_totals
    assert sum(result.row_totals) == sum(result.column_totals) == result.total
    assert len(table) == height


@given(st.integers(1, 12), st.integers(1, 12), st.integers(0, 2**32), st.integers(0, 3))
@settings(max_examples=60)
def test_every_table_can_be_made_to_add_up(height, width, seed, decimals):
    rng = np.random.default_rng(seed)
    x = np.round(rng.normal(scale=10.0 ** rng.integers(-2, 4), size=(height, width)), 5)
    result = pm.round_to_total(x, decimals=decimals)
    check_sums(result, height)
    unit = Fraction(1, 10**decimals)
    exact = [[Fraction(str(v)) for v in row] for row in x]
    made = result._cells.rounded
    for i, j in product(range(height), range(width)):
        assert Fraction(made[i, j]) / unit in neighbours(exact[i][j] / unit)
    for printed, sums in (
        (result.row_totals, map(sum, exact)),
        (result.column_totals, (sum(c) for c in zip(*exact, strict=True))),
    ):
        for total, exact_sum in zip(printed, sums, strict=True):
            assert Fraction(total) / unit in neighbours(exact_sum / unit)
    again = pm.round_to_total(result.rounded, decimals=decimals)
    assert again.adjusted == ()
    np.testing.assert_array_equal(again.rounded, result.rounded)


@given(st.integers(2, 6), st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_the_flow_is_that_of_a_linear_programme(size, seed):
    optimize = pytest.importorskip("scipy.optimize")
    rng = np.random.default_rng(seed)
    x = np.round(rng.random((size, size + 1)) * 9, 2)
    result = pm.round_to_total(x)
    whole = {
        "cells": x,
        "rows": x.sum(axis=1, keepdims=True),
        "columns": x.sum(axis=0, keepdims=True),
        "total": x.sum().reshape(1, 1),
    }
    exact = np.concatenate([np.round(part, 2).reshape(-1) for part in whole.values()])
    below, above = np.floor(exact), np.ceil(exact)
    height, width = x.shape
    rows, sums = [], height * width
    for i in range(height):
        row = np.zeros(exact.size)
        row[i * width : (i + 1) * width], row[sums + i] = 1, -1
        rows.append(row)
    for j in range(width):
        row = np.zeros(exact.size)
        row[j : height * width : width], row[sums + height + j] = 1, -1
        rows.append(row)
    row = np.zeros(exact.size)
    row[sums : sums + height], row[-1] = 1, -1
    rows.append(row)
    # Between its neighbours, the change of a value is linear in how much of it goes up.
    cost = 1 - 2 * (exact - below)
    solved = optimize.linprog(
        np.where(above > below, cost, 0),
        A_eq=np.array(rows),
        b_eq=np.zeros(len(rows)),
        bounds=list(zip(below, above, strict=True)),
    )
    least = np.abs(below - exact).sum() + (solved.fun - (cost * below)[above > below].sum())
    ours = np.concatenate(
        [
            result.rounded.reshape(-1),
            np.array(result.row_totals, float),
            np.array(result.column_totals, float),
            [float(result.total)],
        ]
    )
    assert np.abs(ours - exact).sum() == pytest.approx(least)


def test_ties_are_documented():
    assert pm.round_to_total([0.5, 1.5, 1.5, 0.5], 4).rounded == [0, 2, 2, 0]
    assert pm.round_to_total([1.5, 1.5], 3).rounded == [2, 1]
    assert pm.round_to_total([-2.5, 1.5], -1).rounded == [-2, 1]
    assert pm.round_to_total([0.5], None).total == 1
    assert pm.round_to_total([-0.5], None).total == -1


def test_the_total_is_rounded_to_its_decimals():
    assert pm.round_to_total([33.31, 33.31, 33.38], 100.0049, 1).rounded == [33.3, 33.3, 33.4]
    assert pm.round_to_total([0.1] * 3, D("0.3"), 1).adjusted == ()


def test_what_was_adjusted_is_reported():
    result = pm.round_to_total({"goods": 57.46, "services": 30.27, "income": 12.27}, 100)
    (moved,) = result.adjusted
    assert moved == ("goods", None, 57.46, 57, 58)
    assert result.rounded == {"goods": 58.0, "services": 30.0, "income": 12.0}
    assert result.total == 100
    frame = result.frame()
    assert list(frame.index) == ["goods", "services", "income", "total"]
    assert frame["rounded"].tolist() == [58, 30, 12, 100]
    assert "58*" in repr(result)
    assert "58*" in result._repr_html_()
    again = pickle.loads(pickle.dumps(result))
    assert again.adjusted == result.adjusted
    assert repr(again) == repr(result)
    margin = pm.round_to_total([[0.4, 0.4]], rows=[1], columns=[1, 0])
    assert margin.adjusted == ((0, 0, 0.4, 0, 1), ("total", 0, None, 0, 1))


TABLE = pd.DataFrame(
    {"a": [0.4, 1.4, 2.4], "b": [0.4, 0.4, 0.4], "c": [1.3, 2.3, 9.3]}, index=list("xyz")
)


def test_tables_keep_class_labels_and_types():
    result = pm.round_to_total(TABLE)
    assert isinstance(result.rounded, pd.DataFrame)
    assert result.rounded.index.equals(TABLE.index)
    assert result.rounded.columns.equals(TABLE.columns)
    assert (result.rounded.dtypes == "float64").all()
    printed = result.frame()
    assert printed.loc["total", "total"] == 18
    assert (printed.iloc[:-1].sum() == printed.iloc[-1]).all()
    assert (printed.iloc[:, :-1].sum(axis=1) == printed["total"]).all()
    before = TABLE.copy()
    pm.round_to_total(TABLE, 18)
    pd.testing.assert_frame_equal(TABLE, before)
    mixed = TABLE.astype({"a": "float32", "b": "Float64"}).reset_index()
    result = pm.round_to_total(mixed)
    assert [str(d) for d in result.rounded.dtypes][1:] == ["float32", "Float64", "float64"]
    assert result.rounded["index"].tolist() == list("xyz")
    assert list(result.frame().index) == ["x", "y", "z", "total"]


def test_every_container():
    values = [0.5, 1.5, 2.5]
    expected = pm.round_to_total(values).rounded
    assert expected == [0.0, 2.0, 3.0]
    series = pd.Series(values, index=list("abc"), name="v")
    got = pm.round_to_total(series)
    pd.testing.assert_series_equal(got.rounded, pd.Series(expected, list("abc"), name="v"))
    small = pd.Series(values, dtype="Float32")
    assert pm.round_to_total(small).rounded.dtype == "Float32"
    assert pm.round_to_total(pl.Series("v", values)).rounded.equals(pl.Series("v", expected))
    frame = pl.DataFrame({"k": ["x", "y"], "a": [0.5, 0.5], "b": [0.5, 0.5]})
    made = pm.round_to_total(frame)
    assert made.rounded["k"].to_list() == ["x", "y"]
    assert made.rounded.schema == frame.schema
    assert made.frame()["total"].to_list() == [1, 1, 2]
    table = frame.to_arrow()
    assert pm.round_to_total(table).rounded.schema == table.schema
    exact = pa.array([D("1.25"), D("2.25")])
    got = pm.round_to_total(exact, decimals=1).rounded
    assert (got.type, got.to_pylist()) == (exact.type, [D("1.20"), D("2.30")])
    chunked = pa.chunked_array([values[:1], values[1:]])
    got = pm.round_to_total(chunked).rounded
    assert [len(c) for c in got.chunks] == [1, 2]
    assert got.to_pylist() == expected
    got = pm.round_to_total(np.array(values, "f4")).rounded
    assert (got.dtype, got.tolist()) == (np.float32, expected)
    labelled = xr.DataArray(np.array([values]), dims=("r", "c"), coords={"c": list("abc")})
    assert pm.round_to_total(labelled).rounded.dims == ("r", "c")
    assert pm.round_to_total((D("0.5"), D("0.5"))).rounded == [D(1), D(0)]
    assert pm.round_to_total([1, 2]).rounded == [1, 2]
    assert pm.round_to_total([]).rounded == []
    assert pm.round_to_total(np.empty((0, 2))).total == 0


def test_float32_is_read_by_its_own_digits():
    assert pm.round_to_total(np.array([0.7, 0.7], "f4"), decimals=1).adjusted == ()


def test_one_way_only():
    shares = pm.shares(TABLE)
    result = pm.round_to_total(shares, 100, 1, within="row")
    assert result.total == [100, 100, 100]
    assert result.row_totals is None
    assert (result.frame()["total"] == 100).all()
    assert result._cells.rounded.sum(axis=1).tolist() == [100, 100, 100]
    alone = [pm.round_to_total(list(row), 100, 1).rounded for row in shares.to_numpy()]
    assert result.rounded.to_numpy().tolist() == alone
    down = pm.round_to_total(TABLE, within="column")
    assert list(down.frame().index) == ["x", "y", "z", "total"]
    assert down.total == [4, 1, 13]
    assert pm.round_to_total(TABLE, [4, 2, 13], within="column").total == [4, 2, 13]


def test_given_totals_by_label():
    rows = {"z": 12, "x": 2, "y": 4}
    assert pm.round_to_total(TABLE, rows=rows).row_totals == [2, 4, 12]
    assert pm.round_to_total(TABLE, rows=pd.Series([2, 4, 12], list("xyz"))).total == 18
    with pytest.raises(ValueError, match="labels of rows are not those"):
        pm.round_to_total(TABLE, rows=pd.Series([12, 2, 4], list("zxy")))


def test_margins_given_both_ways_fix_the_total():
    # The exact total, 3.6, lies between 3 and 4; the margins say 6.
    found = pm.round_to_total([[0.4] * 3] * 3, rows=[2, 2, 2], columns=[2, 2, 2])
    assert found.total == 6
    assert np.array(found.rounded).sum(axis=0).tolist() == [2, 2, 2]
    # The totals of one side fix it too, where the other can follow.
    found = pm.round_to_total([[0.5] * 3] * 3, rows=[2, 2, 2])
    assert (found.total, sum(found.column_totals)) == (6, 6)


def test_large_and_small_numbers():
    assert pm.round_to_total([1e300, 0.5, 0.5]).rounded == [1e300, 1.0, 0.0]
    assert pm.round_to_total([1e-300, 0.5]).rounded == [0.0, 1.0]
    table = [[1e-300, 0.5], [0.5, 1e20]]
    assert pm.round_to_total(table).total == 10**20 + 1
    assert pm.round_to_total([Fraction(1, 3)] * 3).rounded == [1, 0, 0]


@pytest.mark.parametrize(
    ("call", "error", "why"),
    [
        (
            lambda: pm.round_to_total([1.5, 2.5], 10),
            ValueError,
            "only 3 to 5; the total 10 is 5 away",
        ),
        (lambda: pm.round_to_total([1, 2], 5), ValueError, "only 3; the total 5 is 2 away"),
        (
            lambda: pm.round_to_total([1.55], 9, 1),
            ValueError,
            "only 1.5 to 1.6; the total 9.0 is 7.4",
        ),
        (lambda: pm.round_to_total(TABLE, rows=[10, 2, 3]), ValueError, "row x is 6 away"),
        (lambda: pm.round_to_total(TABLE, columns=[4, 9, 13]), ValueError, "column b is"),
        (
            lambda: pm.round_to_total(TABLE, rows=[2, 4, 12], columns=[4, 1, 14]),
            ValueError,
            "the row totals sum to 18, the column totals sum to 19: they must agree",
        ),
        (
            lambda: pm.round_to_total(TABLE, 20, rows=[2, 4, 12]),
            ValueError,
            "the total is 20, the row totals sum to 18",
        ),
        (lambda: pm.round_to_total(TABLE, 30), ValueError, "away"),
        (lambda: pm.round_to_total(TABLE, 30, within="row"), ValueError, "x: the parts"),
        (lambda: pm.round_to_total([1, None]), ValueError, "missing .position 1."),
        (
            lambda: pm.round_to_total(TABLE.replace(2.3, np.nan)),
            ValueError,
            "missing .y, column c.",
        ),
        (lambda: pm.round_to_total([1.0, math.inf]), ValueError, "infinite .position 1."),
        (lambda: pm.round_to_total([D("Infinity")]), ValueError, "infinite"),
        (lambda: pm.round_to_total([D("NaN")]), ValueError, "missing"),
        (lambda: pm.round_to_total([1.0], math.nan), ValueError, "missing .total."),
        (lambda: pm.round_to_total([1.0], "1"), TypeError, "not a number"),
        (lambda: pm.round_to_total([True]), TypeError, "not a number"),
        (lambda: pm.round_to_total(["5"]), TypeError, "not a number"),
        (lambda: pm.round_to_total([1j]), TypeError, "not a number"),
        (lambda: pm.round_to_total([1.5], decimals=-2), ValueError, "divide by 1000"),
        (lambda: pm.round_to_total([1.5], decimals=101), ValueError, "at most 100"),
        (lambda: pm.round_to_total([1.5], decimals=1.0), TypeError, "whole number"),
        (lambda: pm.round_to_total(5), ValueError, "a single number"),
        (lambda: pm.round_to_total(np.ones((2, 2, 2))), ValueError, "3 dimensions"),
        (lambda: pm.round_to_total([[1.0], [1.0, 2.0]]), ValueError, "different lengths"),
        (lambda: pm.round_to_total([1.0], rows=[1]), ValueError, "are for tables"),
        (lambda: pm.round_to_total(TABLE, within="both"), ValueError, "within is"),
        (lambda: pm.round_to_total(TABLE, within="row", rows=[1]), ValueError, "given as total"),
        (lambda: pm.round_to_total(TABLE, rows=[1, 2]), ValueError, "the table has 3"),
        (lambda: pm.round_to_total([D("1E+99999")]), ValueError, "too many digits"),
    ],
)
def test_bad_input(call, error, why):
    with pytest.raises(error, match=why):
        call()
