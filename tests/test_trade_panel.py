"""The synthetic trade panel: the same in whatever pieces it is taken, sorted, labelled."""

import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import paimana as pm
from paimana.datasets import trade_panel

SPEC = pm.panel(["country", "product"], "month", "M")


@pytest.mark.parametrize("size", [1, 7, 1_000, 65_536, 200_000])
def test_the_panel_does_not_depend_on_the_batches(size):
    counts = (3, 5, 11) if size < 10 else (9, 200, 61)
    whole = trade_panel(*counts, seed=4, container="arrow")
    reader = trade_panel(*counts, seed=4, batches=size)
    assert isinstance(reader, pa.RecordBatchReader)
    batches = list(reader)
    assert {batch.num_rows for batch in batches[:-1]} <= {size}
    assert 0 < batches[-1].num_rows <= size
    assert pa.Table.from_batches(batches).combine_chunks().equals(whole.combine_chunks())


@pytest.mark.parametrize("keys", ["category", "text", "int"])
def test_polars_holds_the_same(keys):
    polars = pytest.importorskip("polars")
    frame = trade_panel(5, 4, 30, seed=6, keys=keys, container="polars")
    assert isinstance(frame, polars.DataFrame)
    whole = trade_panel(5, 4, 30, seed=6, keys=keys, container="arrow")
    assert frame.columns == whole.column_names
    for name in frame.columns:
        assert frame[name].to_list() == whole[name].to_pylist()
    assert SPEC.yoy(frame, "value").to_list() == SPEC.yoy(whole, "value").to_pylist()


def test_rows_are_sorted_and_the_share_of_absent_ones_is_as_asked():
    table = trade_panel(20, 30, 60, missing=0.1, seed=2)
    assert table.columns.tolist() == ["country", "product", "month", "value"]
    sort = table.sort_values(["country", "product", "month"], kind="stable")
    assert sort.index.equals(table.index)
    assert not table.duplicated(["country", "product", "month"]).any()
    assert len(table) == pytest.approx(0.9 * 36_000, rel=0.01)
    assert len(trade_panel(20, 30, 60, missing=0)) == 36_000
    found = SPEC.describe(table)
    assert found.in_order
    assert (found.groups, found.periods, found.first) == (600, 60, "January 2010")
    assert SPEC.describe(trade_panel(2, 3, 4, missing=0)).balanced


def test_every_kind_of_key_and_container_holds_the_same():
    table = trade_panel(12, 7, 30, seed=3)
    numbers = trade_panel(12, 7, 30, seed=3, keys="int")
    assert table["country"].dtype == "category"
    assert table["month"].dtype == "datetime64[s]"
    for name in ("country", "product"):
        assert (table[name].cat.codes == numbers[name]).all()
        assert (table[name].astype(str) == trade_panel(12, 7, 30, seed=3, keys="text")[name]).all()
    for keys in ("category", "text", "int"):
        frame = trade_panel(12, 7, 30, seed=3, keys=keys)
        arrow = trade_panel(12, 7, 30, seed=3, keys=keys, container="arrow")
        for name in ("country", "product", "value"):
            assert arrow[name].to_pylist() == frame[name].tolist()
        assert [str(day) for day in arrow["month"].to_pylist()] == frame["month"].astype(
            str
        ).tolist()


def test_it_says_that_it_is_synthetic():
    assert "Synthetic" in trade_panel(2, 2, 2).attrs["note"]
    schema = trade_panel(2, 2, 2, batches=3).schema
    assert b"Synthetic" in schema.metadata[b"note"]
    assert "Synthetic" in trade_panel.__doc__ or "synthetic" in trade_panel.__doc__


def test_a_seed_makes_a_panel_and_no_other_does():
    assert trade_panel(5, 5, 24, seed=1).equals(trade_panel(5, 5, 24, seed=1))
    other = trade_panel(5, 5, 24, seed=2, missing=0)
    first = trade_panel(5, 5, 24, seed=1, missing=0)
    assert (other["value"] != first["value"]).mean() > 0.99


def test_the_figures_are_those_of_trade():
    table = trade_panel(60, 40, 120, missing=0, seed=7)
    assert (table["value"] > 0).all()
    np.testing.assert_array_equal(table["value"], np.rint(table["value"] * 100) / 100)
    by = table.groupby("country", observed=True)["value"].sum().sort_values(ascending=False)
    assert by.head(6).sum() > 0.3 * by.sum()  # a few large ones have much of it
    rates = pm.panel(["country"], "month", "M").yoy(
        table.groupby(["country", "month"], observed=True, as_index=False)["value"].sum(), "value"
    )
    assert 2 < rates.median() < 9
    # The season of a product comes back each year, and is not that of all.
    wide = np.log(table["value"].to_numpy().reshape(60, 40, 10, 12)).mean(axis=(0, 2))
    swing = wide.max(axis=1) - wide.min(axis=1)
    assert swing.max() > 0.3
    assert swing.min() < 0.15


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"countries": 0}, "countries=0"),
        ({"products": 0}, "products=0"),
        ({"months": -1}, "months=-1"),
        ({"missing": 1.0}, "missing=1.0"),
        ({"missing": float("nan")}, "missing=nan"),
        ({"seed": -1}, "seed=-1"),
        ({"start": "soon"}, "soon"),
        ({"keys": "letters"}, "letters"),
        ({"container": "xarray"}, "xarray"),
        ({"batches": 0}, "batches=0"),
    ],
)
def test_what_makes_no_panel_is_named(given, word):
    with pytest.raises(ValueError, match=word):
        trade_panel(**given)


def test_batches_need_no_pandas():
    code = (
        "import sys\n"
        "from paimana.datasets import trade_panel\n"
        "print(sum(batch.num_rows for batch in trade_panel(3, 4, 5, missing=0, batches=7)))\n"
        "print('pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().split() == ["60", "False"]


@pytest.mark.verify
def test_millions_of_rows_a_second_in_little_memory():
    begin = time.perf_counter()
    rows = sum(batch.num_rows for batch in trade_panel(100, 1_000, 240, batches=65_536))
    assert rows / (time.perf_counter() - begin) > 5e6
    assert rows == pytest.approx(0.95 * 24e6, rel=0.001)
    assert isinstance(trade_panel(2, 2, 2), pd.DataFrame)
