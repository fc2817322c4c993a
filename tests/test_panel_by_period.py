"""Filters and seasonal adjustment of long tables: series period by period, results in rows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import paimana as pm

SPEC = pm.panel(["country", "product"], "month", "M")
MONTHS = pd.period_range("2010-01", "2023-12", freq="M")
METHODS = {
    "seasonal_adjust": {"calendar": ["auto", "ramadan"]},
    "x11": {},
    "hp_filter": {},
    "one_sided_hp_filter": {},
    "boosted_hp_filter": {},
    "hamilton_filter": {},
    "bn_decomposition": {},
    "bk_filter": {},
    "cf_filter": {},
    "henderson": {"terms": 13},
    "stl": {},
    "mstl": {"periods": [6, 12]},
}
PARTS = {
    "seasonal_adjust": ["seasonal", "adjusted", "trend", "irregular", "calendar_effect"],
    "x11": ["seasonal", "adjusted", "trend", "irregular"],
    "henderson": ["trend", "residual"],
    "stl": ["trend", "seasonal", "residual"],
    "mstl": ["trend", "seasonal_6", "seasonal_12", "residual"],
}


def wide() -> pd.DataFrame:
    """Four series, of which one begins later and one ends earlier."""
    rng = np.random.default_rng(5)
    t = np.arange(len(MONTHS))[:, None]
    season = 1 + 0.2 * np.sin(np.pi * t / 6 + np.arange(4))
    made = (100 + t) * season * np.exp(rng.normal(0, 0.01, (len(MONTHS), 4)))
    made[:20, 1] = np.nan
    made[-9:, 2] = np.nan
    return pd.DataFrame(made, MONTHS, pd.MultiIndex.from_product([["IN", "PK"], [1, 2]]))


def long(order: int | None = None) -> pd.DataFrame:
    """The same in rows, sorted, or in no order."""
    frame = wide()
    tables = [
        pd.DataFrame({"country": key[0], "product": key[1], "month": MONTHS, "value": frame[key]})
        for key in frame.columns
    ]
    table = pd.concat(tables, ignore_index=True).dropna(ignore_index=True)
    return table if order is None else table.sample(frac=1, random_state=order)


def expected(name: str, table: pd.DataFrame) -> dict[str, np.ndarray]:
    """Each series by itself, its results in its rows."""
    found: dict[str, np.ndarray] = {}
    for _, rows in table.groupby(["country", "product"]):
        rows = rows.sort_values("month")
        result = getattr(pm, name)(rows.set_index("month")["value"], **METHODS[name])
        for part, values in result._parts():
            column = found.setdefault(part, np.full(len(table), np.nan))
            column[table.index.get_indexer(rows.index)] = values.to_numpy()
    return found


@pytest.mark.parametrize("order", [None, 3])
@pytest.mark.parametrize("name", METHODS)
def test_each_series_as_by_itself(name: str, order: int | None) -> None:
    table = long(order)
    found = getattr(SPEC, name)(table, "value", **METHODS[name])
    parts = PARTS.get(name, ["trend", "cycle"])
    assert list(found.columns) == [f"value_{name}_{part}" for part in parts]
    assert found.index.equals(table.index)
    for part, values in expected(name, table).items():
        np.testing.assert_allclose(found[f"value_{name}_{part}"], values, rtol=1e-12, atol=1e-12)


def same(table: pa.Table, whole: pd.DataFrame) -> None:
    """Whether the columns are those of the whole table to the last bit."""
    for name in whole.columns:
        np.testing.assert_array_equal(table.column(name).to_numpy(), whole[name].to_numpy())


@pytest.mark.parametrize("name", METHODS)
def test_streams_and_lazy_frames_are_alike(name: str) -> None:
    table = long().assign(month=lambda t: t["month"].dt.to_timestamp())
    whole = getattr(SPEC, name)(table, "value", **METHODS[name])
    rows = pa.Table.from_pandas(table, preserve_index=False)
    stream = getattr(SPEC.stream(rows.to_batches(max_chunksize=50)), name)
    same(stream("value", **METHODS[name]).read_all(), whole)
    lazy = getattr(SPEC.lazy(pl.from_pandas(table).lazy()), name)
    same(lazy("value", **METHODS[name]).collect().to_arrow(), whole)


@pytest.mark.parametrize("name", METHODS)
def test_dask_is_alike(name: str) -> None:
    dd = pytest.importorskip("dask.dataframe")
    table = long().assign(month=lambda t: t["month"].dt.to_timestamp())
    whole = getattr(SPEC, name)(table, "value", **METHODS[name])
    parts = dd.from_pandas(table, npartitions=3, sort=False)
    dask = getattr(SPEC, name)(parts, "value", **METHODS[name]).compute().loc[table.index]
    assert list(dask.columns) == list(whole.columns)
    np.testing.assert_array_equal(dask.to_numpy(), whole.to_numpy())


def test_bad_input_names_the_series() -> None:
    table = long()
    with pytest.raises(ValueError, match="IN, 1 is missing in June 2010"):
        SPEC.seasonal_adjust(table.drop(index=5), "value")
    short = table[table["month"] < "2012-01"]
    with pytest.raises(ValueError, match="three years"):
        SPEC.seasonal_adjust(short, "value")
    with pytest.raises(ValueError, match=r"rows 0 and \d+ are both IN, 1, January 2010"):
        SPEC.hp_filter(pd.concat([table, table.head(1)], ignore_index=True), "value")
    with pytest.raises(AttributeError, match=r"give pm\.revision_history one series"):
        SPEC.revision_history(table, "value")
    decimals = pa.array([1] * 9, pa.decimal128(9, 2))
    months = [f"2020-0{month}" for month in range(1, 10)]
    keys = {"country": ["PK"] * 9, "product": [1] * 9}
    exact = pa.table({**keys, "month": months, "value": decimals})
    with pytest.raises(TypeError, match="decimal"):
        SPEC.hp_filter(exact, "value")


def test_a_gap_is_a_missing_observation_of_a_filter() -> None:
    table = long().drop(index=[30, 31])
    series = table[(table["country"] == "IN") & (table["product"] == 1)].set_index("month")["value"]
    found = SPEC.hp_filter(table, "value", assign=["trend", "cycle"])
    np.testing.assert_allclose(found["trend"][: len(series)], pm.hp_filter(series).trend)


@pytest.mark.parametrize("freq", ["A", "Q", "M", "W", "D"])
def test_a_table_without_rows_has_the_columns(freq: str) -> None:
    empty = pd.DataFrame(
        {"key": pd.Series(dtype=str), "time": pd.Series(dtype="M8[ns]"), "x": np.zeros(0)}
    )
    found = pm.panel("key", "time", freq).hp_filter(empty, "x", lamb=100)
    assert list(found.columns) == ["x_hp_filter_trend", "x_hp_filter_cycle"]
    assert not len(found)


def test_results_under_names() -> None:
    found = SPEC.seasonal_adjust(long(), "value", assign=["s", "sa", "trend", "i", "effect"])
    adjusted = found["value"] / found["s"] / found["effect"]
    np.testing.assert_allclose(found["sa"], adjusted, rtol=1e-12)
