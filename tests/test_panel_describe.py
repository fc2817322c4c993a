"""What structure a long table has, as `describe` tells it, against counting by hand."""

import pickle

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import paimana as pm

SPEC = pm.panel(["country", "product"], "month", "M")

ROWS = [
    ("PK", "tea", "2024-01"),
    ("PK", "tea", "2024-02"),
    ("PK", "tea", "2024-05"),
    ("PK", "rice", "2024-02"),
    ("IN", "tea", "2024-01"),
    ("IN", "tea", "2024-03"),
]


def table(rows=ROWS):
    made = pd.DataFrame(rows, columns=["country", "product", "month"])
    return made.assign(value=np.arange(len(made)) + 1.0)


def test_the_counts_of_a_table_counted_by_hand():
    found = SPEC.describe(table())
    assert (found.rows, found.groups, found.periods) == (6, 3, 5)
    assert (found.first, found.last, found.freq) == ("January 2024", "May 2024", "M")
    assert (found.absent, found.with_gaps) == (3, 2)
    assert (found.shortest, found.longest) == (1, 3)
    assert (found.balanced, found.in_order, found.duplicates) == (False, True, 0)
    assert found.first_gap == "PK, tea, between February 2024 and May 2024"
    assert found.first_duplicate == ""
    text = repr(found)
    assert "country, product (unbalanced)" in text
    assert "month, January 2024 to May 2024, but with gaps; monthly" in text
    assert "PK, tea, between February 2024 and May 2024" in text
    assert "not in order" not in text
    assert pickle.loads(pickle.dumps(found)) == found


def test_it_reads_as_html():
    page = SPEC.describe(table())._repr_html_()
    for word in ("country, product", "unbalanced", "but with gaps", "with gaps", "PK, tea"):
        assert word in page


def test_strongly_and_weakly_balanced():
    months = [f"2024-{month:02}" for month in range(1, 5)]
    full = [(c, p, m) for c in ("PK", "IN") for p in ("tea", "rice") for m in months]
    found = SPEC.describe(table(full))
    assert found.balanced
    assert (found.absent, found.with_gaps, found.first_gap) == (0, 0, "")
    assert "strongly balanced" in repr(found)
    assert "gap is" not in repr(found)
    shifted = [(c, p, f"2023-{int(m[5:]) + 6:02}" if c == "IN" else m) for c, p, m in full]
    found = SPEC.describe(table(shifted))
    assert not found.balanced
    assert "(weakly balanced)" in repr(found)


def test_duplicates_are_counted_and_named():
    twice = table([*ROWS, ROWS[1], ROWS[1], ROWS[4]])
    found = SPEC.describe(twice)
    assert found.duplicates == 3
    assert not found.in_order
    assert not found.balanced
    first = found.first_duplicate
    assert first in (
        "rows 1 and 6 are both PK, tea, February 2024",
        "rows 4 and 8 are both IN, tea, January 2024",
    )
    assert first in repr(found)
    with pytest.raises(ValueError, match=r"add them up, or drop"):
        SPEC.yoy(twice, "value")


def test_order_is_that_of_whole_series():
    rows = table()
    assert SPEC.describe(rows).in_order
    # Series in another order than that of their names are in order; a series that returns is not.
    assert SPEC.describe(rows.iloc[[4, 5, 3, 0, 1, 2]]).in_order
    assert not SPEC.describe(rows.iloc[[0, 1, 3, 2, 4, 5]]).in_order
    assert not SPEC.describe(rows.iloc[[1, 0, 2, 3, 4, 5]]).in_order
    shuffled = SPEC.describe(rows.iloc[[5, 1, 3, 0, 2, 4]])
    assert "not in order" in repr(shuffled)
    assert (shuffled.absent, shuffled.with_gaps) == (3, 2)


def kinds():
    rows = table()
    dates = rows.assign(month=pd.to_datetime(rows["month"] + "-17"))
    yield "texts", rows
    yield "dates", dates
    yield "dates in nanoseconds", dates.assign(month=dates["month"].astype("M8[ns]"))
    yield "dates with a zone", dates.assign(month=dates["month"].dt.tz_localize("Asia/Karachi"))
    yield "periods", rows.assign(month=pd.PeriodIndex(rows["month"], freq="M"))
    yield "categories", dates.astype({"country": "category", "product": "category"})
    codes = {"PK": -7, "IN": 2**62}
    yield "integers", dates.assign(country=rows["country"].map(codes))
    yield (
        "small integers",
        dates.assign(country=rows["country"].map({"PK": 1, "IN": 2}).astype("u1")),
    )
    births = {"PK": "1947-08-14", "IN": "1947-08-15"}
    yield "keys that are dates", dates.assign(country=pd.to_datetime(rows["country"].map(births)))
    for name, frame in (("texts", rows), ("dates", dates)):
        yield f"polars {name}", pl.from_pandas(frame)
        yield f"arrow {name}", pa.Table.from_pandas(frame)
    frame = pl.from_pandas(dates)
    yield "polars categories", frame.with_columns(pl.col("country").cast(pl.Categorical))
    yield "polars days", frame.with_columns(pl.col("month").cast(pl.Date))
    yield "arrow slices", pa.Table.from_pandas(pd.concat([dates, dates])).slice(6, 6)
    halves = [pa.Table.from_pandas(part) for part in (dates.iloc[:2], dates.iloc[2:])]
    yield "arrow chunks", pa.concat_tables(halves)
    days = pa.Table.from_pandas(dates)
    days = days.set_column(2, "month", days["month"].cast(pa.date32()))
    yield "arrow days", days


@pytest.mark.parametrize(
    ("kind", "rows"), list(kinds()), ids=lambda v: v if isinstance(v, str) else ""
)
def test_keys_and_times_of_every_kind(kind, rows):
    wanted, found = SPEC.describe(table()), SPEC.describe(rows)
    for name in ("rows", "groups", "periods", "first", "last", "absent", "with_gaps", "in_order"):
        assert getattr(found, name) == getattr(wanted, name), (kind, name)
    inferred = pm.panel(["country", "product"], "month").describe(rows)
    assert (inferred.freq, inferred.absent) == ("M", 3)


def test_years_are_times():
    rows = pd.DataFrame({"k": ["a", "a", "b"], "year": [2020, 2023, 2021], "x": 1.0})
    found = pm.panel("k", "year", "A").describe(rows)
    assert (found.first, found.last, found.absent, found.periods) == ("2020", "2023", 2, 4)
    assert found.first_gap == "a, between 2020 and 2023"


def test_what_is_missing_is_named_by_its_row():
    rows = table()
    for column in ("country", "month"):
        holes = rows.assign(**{column: rows[column].where(rows.index != 3)})
        for made in (holes, pl.from_pandas(holes), pa.Table.from_pandas(holes)):
            with pytest.raises(ValueError, match=f'"{column}" is missing in row 3'):
                SPEC.describe(made)
    dates = rows.assign(month=pd.to_datetime(rows["month"]))
    late = dates.assign(month=dates["month"].where(rows.index != 2))
    coded = dates.assign(country=rows["country"].where(rows.index != 2).astype("category"))
    for made in (late, pl.from_pandas(late), coded, pl.from_pandas(coded)):
        with pytest.raises(ValueError, match="is missing in row 2"):
            SPEC.describe(made)


def test_many_keys_far_apart_are_told_apart():
    rng = np.random.default_rng(3)
    keys = rng.integers(-(2**63), 2**63 - 1, 50)
    rows = pd.DataFrame({"a": np.repeat(keys, 30), "b": np.tile([2**62, -(2**62)], 750)})
    rows["month"] = np.datetime64("2020-01", "D") + np.tile(np.arange(30) * 31, 50)
    rows["value"] = rng.uniform(50, 150, len(rows))
    order = rng.permutation(len(rows))
    for spec in (pm.panel("a", "month", "M"), pm.panel(["a", "b"], "month", "M")):
        plain = spec.growth(rows, "value", lag=2).to_numpy()
        mixed = spec.growth(rows.iloc[order], "value", lag=2).to_numpy()
        np.testing.assert_array_equal(mixed, plain[order])
        assert np.isfinite(plain).sum() == 50 * 28
    assert pm.panel("a", "month", "M").describe(rows.iloc[order]).groups == 50


def test_an_empty_table():
    found = SPEC.describe(table().head(0))
    assert (found.rows, found.groups, found.absent, found.balanced) == (0, 0, 0, False)
    assert "no rows" in repr(found)
