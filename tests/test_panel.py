"""Long tables: an indicator of a series is that of the series alone, however the rows lie."""

import pickle
from decimal import Decimal
from types import SimpleNamespace

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import paimana as pm
from paimana.tables._task import OTHER_PERIODS, SERIES

SPEC = pm.panel(["country", "product"], "month", "M")
OPTIONS = {
    "rolling_sum": {"window": 3},
    "rolling_mean": {"window": 3, "na": "skip"},
    "rebase": {"base": "2021"},
    "growth": {"since": "2021-01", "average": "annual"},
    "ytd": {"year_start": "JUL"},
    "ytd_growth": {"year_start": "APR"},
    "streak": {"lag": 12},
    "zscore": {"window": 12},
}


def trade(seed=0, absent=0.1):
    """Six series of up to five years, a tenth of the rows absent, in no order."""
    rng = np.random.default_rng(seed)
    months = pd.period_range("2019-01", periods=60, freq="M")
    rows = [
        (country, product, months[i], round(float(rng.uniform(50, 150)), 2))
        for country in ("PK", "IN", "BD")
        for product in ("tea", "rice")
        for i in range(int(rng.integers(0, 12)), 60)
        if rng.random() >= absent
    ]
    table = pd.DataFrame(rows, columns=["country", "product", "month", "value"])
    return table.sample(frac=1, random_state=seed)


def alone(table, function, **options):
    """The twin: each series by itself, put back at its rows."""
    made = pd.Series(index=table.index, dtype=object)
    for _, group in table.groupby(["country", "product"]):
        series = pd.Series(group["value"].to_numpy(), pd.PeriodIndex(group["month"], freq="M"))
        result = function(series, **options)
        made[group.index] = [result] * len(group) if np.ndim(result) == 0 else result.to_numpy()
    return made


NAMES = [
    name
    for name, function in pm._indicator.indicators().items()
    if function.__module__.rpartition(".")[2] in SERIES and name not in OTHER_PERIODS
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("threads", [1, 2])
def test_every_indicator_is_that_of_the_series_alone(name, threads):
    table, options = trade(), OPTIONS.get(name, {})
    before = pm.get_threads()
    pm.set_threads(threads)
    try:
        got = getattr(SPEC, name)(table, "value", **options)
    finally:
        pm.set_threads(before)
    function = getattr(pm, name)
    assert got.index.equals(table.index)
    if name in ("base_effect", "previous_record"):
        parts = {"base_effect": ("current", "base"), "previous_record": ("value",)}[name]
        for part in parts:
            twin = alone(table, lambda s, part=part: _part(function(s), part))
            np.testing.assert_array_equal(got[f"value_{name}_{part}"], twin.astype(float))
        return
    twin = alone(table, function, **options)
    if name in ("highest_since", "lowest_since"):
        labels = [None if label is pd.NaT else str(label) for label in twin]
        assert [None if label is None or label != label else label for label in got] == labels
    elif got.dtype == bool:
        assert got.tolist() == twin.tolist()
    else:
        np.testing.assert_array_equal(got.to_numpy(), twin.astype(float).to_numpy())


@pytest.mark.parametrize("name", ["yoy", "acceleration", "base_effect"])
@pytest.mark.parametrize("order", ["as they lie", "shuffled"])
def test_the_last_available_row_is_one_of_the_series(name, order):
    """Rows of other series on the days between are none of it."""
    rng = np.random.default_rng(4)
    days = pd.date_range("2022-01-01", periods=900)
    table = pd.DataFrame({"key": np.repeat(["A", "B", "C"], 900), "day": np.tile(days, 3)})
    table["value"] = rng.uniform(50, 150, len(table))
    table = table[rng.random(len(table)) < 0.7]
    if order == "shuffled":
        table = table.sample(frac=1, random_state=4)
    spec = pm.panel("key", "day", "D")
    found = getattr(spec, name)(table, "value", match="last_available")
    function = getattr(pm, name)
    for _, rows in table.groupby("key"):
        x = rows.set_index("day")["value"]
        own = pd.DataFrame(function(x, match="last_available", freq="D"))
        np.testing.assert_array_equal(pd.DataFrame(found.loc[rows.index]), own)
    assert pd.DataFrame(found).notna().all(axis=1).sum() > 500


def _part(result, part):
    return getattr(result, part) if hasattr(result, part) else result[part]


def tables():
    table = trade(3)
    dates = table.assign(month=table["month"].dt.to_timestamp())
    texts = table.assign(month=table["month"].astype(str))
    codes = dates.assign(country=table["country"].astype("category"), product=range(len(table)))
    codes["product"] = table["product"].map({"tea": 902, "rice": 1006})
    yield "periods", table
    yield "dates", dates
    yield "dates with a zone", dates.assign(month=dates["month"].dt.tz_localize("Asia/Karachi"))
    yield "texts", texts
    yield "categories and numbers", codes
    yield "polars", pl.from_pandas(dates.reset_index(drop=True))
    yield "polars texts", pl.from_pandas(texts.reset_index(drop=True))
    yield (
        "polars categories",
        pl.from_pandas(dates.reset_index(drop=True)).with_columns(
            pl.col("country").cast(pl.Categorical)
        ),
    )
    # Texts of more than twelve bytes lie apart from their views; a part begins within the memory.
    long = texts.assign(product=texts["product"] + " of more than twelve bytes")
    twice = pl.from_pandas(pd.concat([long.tail(7), long], ignore_index=True))
    yield "polars long texts", twice[7:]
    yield (
        "polars enumerations",
        pl.from_pandas(texts.reset_index(drop=True)).with_columns(
            pl.col("country").cast(pl.Enum(["BD", "IN", "PK"]))
        ),
    )
    yield "arrow", pa.Table.from_pandas(dates.reset_index(drop=True))
    yield "arrow texts", pa.Table.from_pandas(texts.reset_index(drop=True))
    yield "arrow views", twice.to_arrow(compat_level=pl.CompatLevel.newest())[7:]
    yield "arrow categories", pa.Table.from_pandas(codes.reset_index(drop=True))


@pytest.mark.parametrize(
    ("kind", "table"), list(tables()), ids=lambda v: v if isinstance(v, str) else ""
)
def test_every_kind_of_table_gives_the_same(kind, table):
    twin = alone(trade(3), pm.yoy).astype(float).to_numpy()
    got = SPEC.yoy(table, "value")
    assert isinstance(got, {"pandas": pd.Series, "polars": pl.Series}.get(kind, object))
    values = got.to_numpy() if not hasattr(got, "to_pylist") else np.array(got.to_pylist(), float)
    np.testing.assert_array_equal(np.asarray(values, dtype=float), twin)
    whole = SPEC.yoy(table, "value", assign="rate")
    assert type(whole) is type(table)
    names = whole.column_names if hasattr(whole, "column_names") else list(whole.columns)
    assert names[-1] == "rate"
    both = SPEC.mom(table, ["value"])
    names = both.column_names if hasattr(both, "column_names") else list(both.columns)
    assert list(names) == ["value_mom"]


def test_an_object_with_an_arrow_stream():
    class Stream:
        def __init__(self, table):
            self.table = table

        def __arrow_c_stream__(self, requested_schema=None):
            return self.table.__arrow_c_stream__(requested_schema)

    table = pa.Table.from_pandas(trade().assign(month=trade()["month"].astype(str)))
    got = SPEC.yoy(Stream(table), "value")
    assert got.to_pylist() == SPEC.yoy(table, "value").to_pylist()


def test_equal_to_a_range_window_in_sql():
    duckdb = pytest.importorskip("duckdb")
    table = trade(5)
    number = table["month"].map(lambda month: month.ordinal)
    source = table.assign(number=number, row=range(len(table)))[
        ["country", "product", "number", "value", "row"]
    ]
    query = """
        select row, value, first_value(value) over (
            partition by country, product order by number
            range between 12 preceding and 12 preceding) as base
        from source order by row
    """
    found = duckdb.sql(query).df()
    rates = 100 * ((found["value"] - found["base"]) / found["base"])
    np.testing.assert_allclose(SPEC.yoy(table, "value"), rates, rtol=1e-14, equal_nan=True)
    assert np.isfinite(rates).sum() > 150
    assert source.shape[0] == len(rates)


def test_decimals_stay_decimals():
    table = trade(4)
    money = table.assign(value=[Decimal(str(v)) for v in table["value"]])
    rates = SPEC.yoy(money, "value", decimals=3)
    near = SPEC.yoy(table, "value")
    for exact, rate in zip(rates, near, strict=True):
        assert (exact is None) == np.isnan(rate)
        assert exact is None or abs(float(exact) - rate) < 0.00051
    arrow = pa.Table.from_pandas(money.assign(month=money["month"].astype(str)))
    assert SPEC.yoy(arrow, "value").type == pa.decimal128(38, 2)


# Within groups.


def test_shares_ranks_and_leaders_within_a_month():
    table = trade(6)
    by = ["country", "month"]
    groups = table.groupby(by)["value"]
    shares = SPEC.share(table, "value", within=by)
    np.testing.assert_allclose(shares, 100 * table["value"] / groups.transform("sum"), rtol=1e-14)
    ranks = SPEC.rank(table, "value", within=by)
    np.testing.assert_array_equal(ranks, groups.rank(method="min", ascending=False))
    leaders = SPEC.largest(table, "value", within=by)
    first = table.loc[groups.idxmax()].set_index(by)["product"]
    keys = pd.MultiIndex.from_frame(table[by])
    assert leaders["value_largest"].tolist() == first.loc[keys].tolist()
    np.testing.assert_allclose(
        leaders["value_share"], shares.groupby([table[k] for k in by]).transform("max")
    )
    money = table.assign(value=[Decimal(str(v)) for v in table["value"]])
    exact = SPEC.share(money, "value", within=by)
    assert [float(v) for v in exact] == [round(float(v), 2) for v in shares]


@pytest.mark.parametrize("unit", ["percent", "fraction"])
def test_leaders_within_a_month_are_those_of_the_wide_table(unit):
    """To the last bit, and by name: missing values, totals that are not positive, equal parts."""
    rng = np.random.default_rng(8)
    months = pd.period_range("2020-01", periods=60, freq="M")
    names = [f"P{number}" for number in range(7)]
    wide = pd.DataFrame(rng.uniform(0, 1, (60, 7)), index=months, columns=names)
    wide.iloc[3, :] = -wide.iloc[3, :]
    wide.iloc[4, :] = 0.0
    wide.iloc[5, 2] = wide.iloc[5, 4] = 3.0
    wide.iloc[6, 3] = np.nan
    wide.iloc[7, :] = np.nan
    wide.iloc[8, 1] = np.inf
    wide.iloc[9, 1:] = np.nan
    table = wide.rename_axis("month").melt(var_name="product", ignore_index=False).reset_index()
    spec = pm.panel("product", "month", "M")
    twin = pm.largest(wide, unit=unit)
    assert twin["share"].notna().sum() == 54
    assert twin["largest"].notna().sum() == 59
    rows = twin.loc[table["month"]]
    found = spec.largest(table, "value", within="month", unit=unit)
    for name in ("share", "margin"):
        np.testing.assert_array_equal(found[f"value_{name}"], rows[name])
    for name in ("largest", "runner_up"):
        words = [None if word != word else word for word in found[f"value_{name}"]]
        assert words == [None if word != word else word for word in rows[name]]
    with pytest.raises(ValueError, match="unit must be"):
        spec.largest(table, "value", within="month", unit="per mille")


def test_leaders_whose_keys_fill_64_bits_are_named():
    key = pa.array([2**64 - 1, 2**64 - 2, 5], pa.uint64())
    table = pa.table({"k": key, "t": [2020, 2020, 2021], "x": [1.0, 2.0, 3.0]})
    spec = pm.panel("k", "t", "A")
    for each in (table, pl.from_arrow(table), table.to_pandas()):
        found = spec.largest(each, "x", within="t")
        names = found["x_largest"]
        assert [int(str(one)) for one in names] == [2**64 - 2, 2**64 - 2, 5]


@pytest.mark.parametrize("far", [1, 10**6, 10**10, 2**61])
@pytest.mark.parametrize("kinds", [("i8", "i2"), ("i4", "i8"), ("i8", "i8"), ("u4", "i1")])
def test_keys_of_every_width_and_distance(kinds, far):
    """Several keys are one number a row, in their order: series and groups are those of pandas."""
    rng = np.random.default_rng(12)
    first, second = (np.dtype(kind) for kind in kinds)
    keys = rng.integers(0, 4, 20_000) * min(far, int(np.iinfo(first).max) // 4)
    low = np.iinfo(second).min
    others = low + rng.integers(0, 5, 20_000) * min(far, int(np.iinfo(second).max) // 4)
    month = pd.Timestamp("2000-01") + pd.to_timedelta(31 * rng.integers(0, 2_000, 20_000), "D")
    table = pd.DataFrame({"a": keys.astype(first), "b": others.astype(second), "month": month})
    table["month"] = table["month"].dt.to_period("M").dt.to_timestamp()
    table = table.drop_duplicates(ignore_index=True).assign(
        value=lambda frame: rng.uniform(1, 2, len(frame))
    )
    spec = pm.panel(["a", "b"], "month", "M")
    for each in (table, table.sort_values(["a", "b", "month"]), table.sort_values(["month", "b"])):
        for by in (["a", "month"], ["b"], ["a", "b"], ["month"]):
            whole = each.groupby(by)["value"].transform("sum")
            found = spec.share(each, "value", within=by)
            np.testing.assert_allclose(found, 100 * each["value"] / whole, rtol=1e-12)
            ranks = each.groupby(by)["value"].rank(ascending=False, method="min")
            assert (spec.rank(each, "value", within=by) == ranks).all()
        keyed = each.set_index(["a", "b", "month"])["value"]
        before = each.assign(month=each["month"] - pd.DateOffset(years=1))
        base = keyed.reindex(pd.MultiIndex.from_frame(before[["a", "b", "month"]])).to_numpy()
        want = 100 * ((each["value"] - base) / base)
        np.testing.assert_allclose(spec.yoy(each, "value"), want, rtol=1e-12)


def test_the_leader_among_the_periods_of_a_series():
    table = trade(9)
    leaders = SPEC.largest(table, "value", within=["product", "country"])
    groups = table.groupby(["country", "product"])["value"]
    best = table.loc[groups.transform("idxmax"), "month"].astype(str)
    assert leaders["value_largest"].tolist() == best.tolist()
    np.testing.assert_allclose(
        leaders["value_share"], 100 * groups.transform("max") / groups.transform("sum")
    )


def test_contributions_within_a_country_and_month():
    table = trade(7)
    got = SPEC.contributions(table, "value", within=["country", "month"], lag=12)
    totals = table.groupby(["country", "month"])["value"].sum()
    values = table.set_index(["country", "product", "month"])["value"]
    for row, points in zip(table.itertuples(), got, strict=True):
        base = values.get((row.country, row.product, row.month - 12))
        if base is None:
            assert np.isnan(points)
        else:
            whole = totals[row.country, row.month - 12]
            assert points == pytest.approx(100 * (row.value - base) / whole, rel=1e-12)
    with pytest.raises(ValueError, match='name "month" in within='):
        SPEC.contributions(table, "value", within="country")


# The structure, and what is wrong with a table.


def test_a_structure_describes_a_table_and_pickles():
    table = trade(8)
    found = SPEC.describe(table)
    assert (found.groups, found.rows, found.duplicates) == (6, len(table), 0)
    assert not found.balanced
    assert not found.in_order
    counts = table.groupby(["country", "product"])["month"].agg(["min", "max", "count"])
    spans = (counts["max"] - counts["min"]).map(lambda d: d.n) + 1
    assert found.absent == (spans - counts["count"]).sum()
    assert "unbalanced" in repr(found)
    assert "paimana" in found._repr_html_()
    full = trade(9, absent=0)
    full = full[full["month"] >= "2020-01"].sort_values(["country", "product", "month"])
    found = SPEC.describe(full)
    assert found.balanced
    assert found.absent == found.with_gaps == 0
    twice = pd.concat([full, full.head(2)])
    assert SPEC.describe(twice).duplicates == 2
    assert pickle.loads(pickle.dumps(SPEC)) == SPEC
    assert pickle.loads(pickle.dumps(found)) == found


def test_the_frequency_is_inferred():
    spec = pm.panel("country", "year")
    table = pd.DataFrame({"country": ["PK"] * 3, "year": [2020, 2022, 2021], "x": [1.0, 4.0, 2.0]})
    assert spec.yoy(table, "x").tolist()[1:] == [100.0, 100.0]
    ends = pd.DataFrame(
        {"k": [1, 2], "day": pd.to_datetime(["2024-04-01", "2024-04-30"]), "x": [1.0, 2.0]}
    )
    assert np.isnan(pm.panel("k", "day", "M").mom(ends, "x")).all()


@pytest.mark.parametrize("freq", ["A", "M", "D"])
@pytest.mark.parametrize("number", [2**63, 2**64 - 1, -(2**63), 2**70])
def test_numbers_beyond_64_bits_are_named(freq, number):
    spec = pm.panel("k", "t", freq)
    first = {"A": 2024, "M": 202404, "D": 20240430}[freq]
    objects = pd.Series([first, number], dtype=object)
    tables = [pd.DataFrame({"k": ["A", "A"], "t": objects, "x": [1.0, 2.0]})]
    if number < 2**64:
        wide = np.array([first, number], dtype=np.int64 if number < 0 else np.uint64)
        tables.append(tables[0].assign(t=wide))
        tables += [pl.from_pandas(tables[1]), pa.Table.from_pandas(tables[1])]
        refused(lambda: pm.yoy([1.0, 2.0], time=wide, freq=freq), ValueError, f"row 1 ({number})")
        for each in tables[2:] if number > 0 else ():
            beside = each.select(["t", "x"])
            words = f"row 1 ({number})"
            refused(lambda t=beside: pm.yoy(t, time="t", freq=freq), ValueError, words)
    for table in tables:
        refused(lambda table=table: spec.yoy(table, "x"), ValueError, f"row 1 ({number})")


def test_a_time_zone_in_a_dictionary_is_local():
    """Midnight in Karachi is the day before in Greenwich, and another year."""
    months = pd.date_range("2023-01-01", periods=14, freq="MS", tz="Asia/Karachi")
    spec = pm.panel("country", "month", "M")
    table = pd.DataFrame({"country": "PK", "month": months, "x": np.arange(1.0, 15)})
    twin = spec.ytd(table, "x").tolist()
    assert twin[11:13] == [78.0, 13.0]
    arrow = pa.table({"country": ["PK"] * 14, "month": pa.array(months), "x": table["x"]})
    coded = arrow.set_column(1, "month", arrow["month"].dictionary_encode())
    for each in (arrow, coded, pa.concat_tables([coded[:5], coded[5:]])):
        assert spec.ytd(each, "x").to_pylist() == twin
        streamed = spec.stream(each.to_batches()).ytd("x").read_all()
        assert streamed["x_ytd"].to_pylist() == twin
        column = pd.Series(pd.arrays.ArrowExtensionArray(each["month"]))
        assert spec.ytd(table.assign(month=column), "x").tolist() == twin
    assert spec.ytd(table.assign(month=months.astype("category")), "x").tolist() == twin


def test_dates_of_several_time_zones_are_refused():
    """The same moment in two zones is equal, and may be of two months."""
    here = pd.date_range("2023-01-01", periods=3, freq="MS", tz="Asia/Karachi")
    spec = pm.panel("k", "t", "M")
    table = pd.DataFrame({"k": [1, 2, 1], "x": [1.0, 2, 3]})
    one = pd.Series([here[0], here[0], here[1]], dtype=object)
    assert spec.mom(table.assign(t=one), "x").tolist()[2] == 200
    for other, words in (
        (here[0].tz_convert("UTC"), ("row 1", "2022-12-31 19:00", "UTC", "Asia/Karachi")),
        (here[0].tz_localize(None), ("row 1", "no time zone", "Asia/Karachi")),
    ):
        mixed = table.assign(t=pd.Series([here[0], other, here[1]], dtype=object))
        refused(lambda mixed=mixed: spec.mom(mixed, "x"), ValueError, '"t"', *words)
        coded = pd.Series([here[1], other, here[1]], dtype=object).astype("category")
        refused(lambda c=coded: spec.mom(table.assign(t=c), "x"), ValueError, '"t"', "row 1")


def test_periods_that_lie_as_integers_are_read_by_their_frequency():
    """As those of a file are, where pandas has not yet made their type known to Arrow."""
    periods = pd.period_range("2019-11", periods=5, freq="M")
    told = {"ARROW:extension:name": "pandas.period", "ARROW:extension:metadata": '{"freq": "M"}'}
    fields = [pa.field("k", pa.string()), pa.field("t", pa.int64(), metadata=told)]
    schema = pa.schema([*fields, pa.field("x", pa.float64())])
    table = pa.table([["A"] * 5, periods.asi8, [5.0, 4, 3, 4, 2]], schema=schema)
    spec = pm.panel("k", "t", "M")
    assert spec.highest_since(table, "x").to_pylist()[3] == "2019-12"
    found = spec.stream(table.to_batches(max_chunksize=2)).highest_since("x").read_all()
    assert found["x_highest_since"].to_pylist()[3] == "2019-12"
    yearly = pm.panel("k", "t", "A")
    refused(lambda: yearly.growth(table, "x"), ValueError, "rows 0 and 1 are both A, 2019")


def refused(call, error, *words):
    with pytest.raises(error) as raised:
        call()
    for word in words:
        assert word in str(raised.value)


def test_months_in_digits_are_months():
    """Whole tables, streams, lazy frames and every library: the same as with dates."""
    table = trade(3).sort_values(["country", "product", "month"]).reset_index(drop=True)
    twin = SPEC.yoy(table, "value").to_numpy()
    digits = table.assign(month=table["month"].dt.year * 100 + table["month"].dt.month)
    arrow = pa.Table.from_pandas(digits.astype({"month": "int32"}))
    frame = pl.from_arrow(arrow)
    for got in (
        SPEC.yoy(digits, "value"),
        SPEC.yoy(digits.astype({"month": "Int64"}), "value"),
        SPEC.yoy(digits.astype({"month": object}), "value"),
        SPEC.yoy(frame, "value"),
        SPEC.yoy(arrow, "value"),
        SPEC.lazy(frame.lazy()).yoy("value").collect()["value_yoy"],
        SPEC.stream(arrow.to_batches(max_chunksize=7)).yoy("value").read_all()["value_yoy"],
    ):
        values = got.to_pandas() if hasattr(got, "to_pandas") else got
        np.testing.assert_array_equal(values.to_numpy(float), twin)
    assert SPEC.describe(digits).first == "January 2019"
    quarters = pm.panel(["country", "product"], "month", "Q")
    words = ("row 0", str(digits["month"][0]), '"2010Q1"')
    refused(lambda: quarters.yoy(digits, "value"), ValueError, *words)
    refused(
        lambda: pm.panel(["country", "product"], "month").yoy(digits, "value"),
        ValueError,
        "row 0",
        'freq="M"',
    )


def test_dates_that_cannot_be_read_are_named_by_their_row():
    table = pd.DataFrame({"k": [1, 2, 1, 2], "x": [1.0, 2, 3, 4]})
    spec = pm.panel("k", "t", "M")
    for times, words in (
        (["2024-01", "2024-01", "2024-02", "soon"], ("row 3", "soon")),
        ([202401, 202401, 202402, 202413], ("row 3 (202413)",)),
        (["2024-01", "2024-01", "2024-02", "2024Q1"], ('row 3 ("2024Q1")', "quarter", "row 0")),
    ):
        pandas = table.assign(t=times)
        for each in (pandas, pl.from_pandas(pandas), pa.Table.from_pandas(pandas)):
            refused(lambda each=each: spec.mom(each, "x"), ValueError, *words)


def test_bad_tables_are_named():
    table = trade(10).reset_index(drop=True)
    twice = pd.concat([table, table.iloc[[5]]], ignore_index=True)
    row = table.iloc[5]
    month = row["month"].strftime("%B %Y")
    words = (row["country"], row["product"], month, "5", str(len(table)))
    refused(lambda: SPEC.yoy(twice, "value"), ValueError, *words)
    refused(lambda: SPEC.share(twice, "value", within="month"), ValueError, *words)
    holes = table.assign(country=table["country"].where(table.index != 3))
    refused(lambda: SPEC.yoy(holes, "value"), ValueError, '"country"', "row 3")
    late = table.assign(month=table["month"].where(table.index != 4))
    refused(lambda: SPEC.yoy(late, "value"), ValueError, '"month"', "row 4")
    floats = table.assign(country=1.5)
    refused(lambda: SPEC.yoy(floats, "value"), TypeError, '"country"', "floats")
    coded = pa.array([1.5] * len(table)).dictionary_encode()
    for floats in (
        pd.Series(pd.arrays.ArrowExtensionArray(coded)),
        pd.Series([1.5] * len(table), dtype="float64[pyarrow]"),
        pd.Series([1.5] * len(table)).astype("category"),
    ):
        held = table.assign(country=floats)
        refused(lambda held=held: SPEC.yoy(held, "value"), TypeError, '"country"', "floats")
    for inside in (2.5, 1.0, np.float32(7)):  # a float is equal to the integer beside it
        objects = pd.Series([None, 1, 1, inside, "PK"] + [1] * (len(table) - 5), dtype=object)
        held = table.assign(country=objects)
        words = ('"country"', "floats (object, the first in row 3)")
        refused(lambda held=held: SPEC.yoy(held, "value"), TypeError, *words)
    mixed = table.assign(country=table["country"].astype(object).where(table.index != 3, np.nan))
    refused(lambda: SPEC.yoy(mixed, "value"), ValueError, '"country"', "missing in row 3")
    refused(lambda: SPEC.yoy(table, "worth"), ValueError, '"worth"', '"value"')
    refused(lambda: SPEC.yoy(table, "product"), TypeError, "text")
    refused(lambda: SPEC.yoy(table, "value", freq="M"), TypeError, "freq=")
    refused(lambda: SPEC.yoy(table, "value", assign="value"), ValueError, "already")
    refused(lambda: SPEC.yoy(table, "value", assign=["a", "b"]), ValueError, "2 columns")
    refused(lambda: SPEC.share(table, "value", within="value"), ValueError, "no key")
    refused(lambda: SPEC.share(table, "value", within=[]), ValueError, "names no column")
    refused(lambda: SPEC.share(table, "value", within="month", window=3), TypeError, "window=")
    refused(lambda: SPEC.yoy([1, 2], "value"), TypeError, "DataFrame")
    refused(
        lambda: SPEC.yoy(pl.LazyFrame({"value": [1]}), "value"), TypeError, "collect", "spec.lazy"
    )
    negative = table.assign(value=-table["value"])
    refused(lambda: SPEC.mom(negative, "value", negative_base="raise"), ValueError, "is negative")
    refused(lambda: SPEC.rolling_sum(table, "value", 2, na="raise"), ValueError, "no row")
    refused(lambda: pm.panel([], "month"), ValueError, "key")
    refused(lambda: pm.panel(["month"], "month"), ValueError, "twice")
    refused(lambda: pm.panel(["a"], "month", "X"), ValueError, "X")


def test_columns_that_cannot_be_taken_are_named():
    table = pd.DataFrame({"k": [1, 1], "t": ["2024-01", "2024-02"], "x": [1.0, 2.0]})
    spec = pm.panel("k", "t", "M")
    lists = table.assign(k=[[1], [2]])
    for each in (lists, pa.Table.from_pandas(lists)):
        refused(lambda each=each: spec.mom(each, "x"), TypeError, 'key "k"', "integers or texts")
    objects = pl.from_pandas(table).with_columns(k=pl.Series([object(), object()], dtype=pl.Object))
    refused(lambda: spec.mom(objects, "x"), TypeError, 'key "k"', "integers or texts")
    times = table.assign(t=[[1], [2]])
    for each in (times, pa.Table.from_pandas(times)):
        refused(lambda e=each: spec.mom(e, "x"), TypeError, 'date "t"', "2024-04")
    for far in (
        pa.array([2**63 - 1] * 2, pa.timestamp("s")),
        pa.array([-(10**9)] * 2, pa.date32()),
    ):
        late = pa.table({"k": [1, 1], "t": far, "x": [1.0, 2.0]})
        refused(lambda e=late: spec.mom(e, "x"), ValueError, "row 0", "1 to 9999")
    texts = pa.Table.from_pandas(table.assign(x=["1", "2"]))
    refused(lambda: spec.mom(texts, "x"), TypeError, 'column "x"', "no numbers")
    floats = table.assign(t=[2024.0, 2025.0])
    for each in (floats, pl.from_pandas(floats), pa.Table.from_pandas(floats)):
        refused(lambda each=each: spec.mom(each, "x"), TypeError, "float", "202404", "2024-04")


def test_names_that_are_none_or_two_are_told():
    table = pd.DataFrame({"k": [1, 1], "t": ["2024-01", "2024-02"], "x": [1.0, 2.0], "y": 1.0})
    spec = pm.panel("k", "t", "M")
    arrow = pa.Table.from_pandas(table)
    twice = ["rate", "rate"]
    for each in (table, arrow, pl.from_arrow(arrow)):
        refused(lambda e=each: spec.mom(e, ["x", "y"], assign=twice), ValueError, "twice", "rate")
    refused(
        lambda: spec.stream(arrow).mom(["x", "y"], assign=twice).read_all(), ValueError, "twice"
    )
    refused(lambda: spec.mom(table, "x", assign=5), TypeError, "assign=", "5")
    for name in ("k", "t", "x"):
        double = pd.concat([table, table[[name]]], axis=1)
        columns = [arrow.column(each) for each in double.columns]
        for each in (double, pa.Table.from_arrays(columns, names=list(double.columns))):
            refused(lambda e=each: spec.mom(e, "x"), ValueError, f'several columns "{name}"')
    inside = table.set_index(["k", "t"])
    refused(lambda: spec.mom(inside, "x"), ValueError, 'no column "k"', "reset_index()")
    for column in (table["x"], pl.Series([1.0]), pa.chunked_array([[1.0]])):
        refused(lambda c=column: spec.mom(c, "x"), TypeError, "a panel takes a DataFrame")
        # a Series of pandas before 3.0 gives its rows as no stream of Arrow
        refused(lambda c=column: spec.stream(c).mom("x"), TypeError, "a stream")
    for keys in (None, 1.5, {"k", "j"}, [["k"]], [None]):
        refused(lambda k=keys: pm.panel(k, "t"), TypeError)
    assert pm.panel(table.columns[:1], "t", "M") == spec
    for time in (None, ["t"]):
        refused(lambda t=time: pm.panel("k", t), TypeError, "no name of a column")
    refused(lambda: spec.stream(arrow).mom("x", lags=2), TypeError, "mom: ", "lags")
    refused(lambda: spec.stream(arrow).rolling_sum("x"), TypeError, "rolling_sum: ", "window")


def test_what_is_no_method_says_what_to_do_instead():
    table = trade(3)
    batches = pa.Table.from_pandas(table.astype({"month": str})).to_batches()
    doors = {
        "a panel": SPEC,
        "a stream": SPEC.stream(batches),
        "a lazy frame": SPEC.lazy(pl.LazyFrame({"value": [1]})),
    }
    for what, door in doors.items():
        for name in OTHER_PERIODS:
            words = (name, "other periods", "one series", "a column for each", f"pm.{name}")
            refused(lambda name=name, door=door: getattr(door, name)(table), AttributeError, *words)
        words = (f"no method of {what}", "pm.revision_history", "a column for each")
        refused(lambda door=door: door.revision_history, AttributeError, *words)
        refused(lambda door=door: door.audit, AttributeError, "pm.audit", what)
        refused(lambda door=door: door.growht, AttributeError, f"{what} has no growht", "yoy")
        assert not hasattr(door, "annual_growth")
        assert not hasattr(door, "_repr_html_")
    for name in ("share", "contributions", "largest"):
        for what in ("a stream", "a lazy frame"):
            refused(lambda n=name, w=what: getattr(doors[w], n), AttributeError, f"spec.{name}(")
    refused(lambda: SPEC.task("annual_growth", "value"), ValueError, "other periods")
    refused(lambda: SPEC.task("share", "value"), ValueError, "spec.share(")


def test_rank_waits_for_its_table_as_every_method_does():
    table = trade(3)
    assert SPEC.rank("value") == SPEC.task("rank", "value")
    pd.testing.assert_series_equal(
        SPEC.rank("value", assign="place").apply(table)["place"],
        SPEC.rank(table, "value"),
        check_names=False,
    )
    refused(lambda: SPEC.rank(table), TypeError, 'rank(table, "value")')


def test_keys_that_are_dates_are_named_as_dates():
    days = pl.Series("vintage", ["2024-05-01", "2024-05-01"]).str.to_date()
    table = pl.DataFrame([days, pl.Series("month", ["2024-04", "2024-04"]), pl.Series("x", [1, 2])])
    spec = pm.panel("vintage", "month", "M")
    refused(lambda: spec.mom(table, "x"), ValueError, "2024-05-01", "April 2024")


def test_an_empty_table():
    table = trade().head(0)
    assert SPEC.yoy(table, "value").tolist() == []
    assert SPEC.describe(table).rows == 0
    for function in (SPEC.share, SPEC.contributions, SPEC.rank):
        assert function(table, "value", within="month").tolist() == []
    assert SPEC.largest(table, "value", within="month").shape == (0, 4)


def test_numbers_of_a_dictionary_that_stand_for_the_same_or_for_none():
    months = ["2020-01", "2020-02", "2020-03", "2020-04"]

    def of(keys, months=months):
        codes = pa.array([0, 1, 0, 1], pa.int8())
        column = pa.DictionaryArray.from_arrays(codes, pa.array(keys, pa.string()))
        table = {"key": column, "month": months, "value": [1.0, 2.0, 4.0, 8.0]}
        return pa.table(table)

    spec = pm.panel("key", "month", "M")
    assert spec.growth(of(["A", "A"]), "value").to_pylist() == [None, 100, 100, 100]
    assert spec.describe(of(["A", "A"])).groups == 1
    twice = of(["A", "A"], ["2020-01", "2020-01", "2020-02", "2020-02"])
    refused(lambda: spec.growth(twice, "value"), ValueError, "rows 0 and 1", "A, January 2020")
    refused(lambda: spec.growth(of(["A", None]), "value"), ValueError, '"key" is missing in row 1')
    chunks = pa.concat_tables([of(["A", "A"]).slice(0, 2), of(["A", "B"]).slice(2)])
    assert spec.growth(chunks, "value").to_pylist() == [None, 100, 100, None]


def test_keys_that_are_categories_of_floats():
    spec = pm.panel("key", "month", "M")
    table = pd.DataFrame({"key": [1.5, 2.5], "month": ["2020-01"] * 2, "value": [1.0, 2.0]})
    floats = table.astype({"key": "category"})
    for each in (floats, pa.Table.from_pandas(floats)):
        refused(lambda each=each: spec.growth(each, "value"), TypeError, '"key"', "floats")


@pytest.mark.parametrize(
    ("own", "freq"), [("Q", "M"), ("Y", "M"), ("M", "D"), ("M", "W"), ("Y", "Q")]
)
def test_periods_longer_than_the_frequency_are_refused(own, freq):
    times = pd.period_range("2020", periods=4, freq=own)
    table = pd.DataFrame({"key": "A", "month": times, "value": [1.0, 2, 4, 8]})
    spec = pm.panel("key", "month", freq)
    for each in (table, pa.Table.from_pandas(table)):
        refused(lambda each=each: spec.growth(each, "value"), ValueError, "cannot be read as")
    finer = pm.panel("key", "month", own.replace("Y", "A")).growth(table, "value")
    assert finer.tolist()[1:] == [100, 100, 100]


def test_subclasses_of_frames_are_frames():
    class Land(pd.DataFrame):
        @property
        def _constructor(self):
            return Land

    class Own(pl.DataFrame):
        pass

    table = trade(3)
    table["month"] = pd.PeriodIndex(table["month"]).to_timestamp()
    land = Land(table)
    found = SPEC.yoy(land, "value", assign="rate")
    assert isinstance(found, Land)
    pd.testing.assert_frame_equal(pd.DataFrame(found), SPEC.yoy(table, "value", assign="rate"))
    own = Own(pl.from_pandas(table))
    assert SPEC.yoy(own, "value").equals(SPEC.yoy(pl.from_pandas(table), "value"))


@pytest.mark.parametrize("name", ["highest_since", "previous_record", "largest"])
def test_columns_of_words_without_any_are_of_texts(name):
    table = trade(3).drop(columns="product")
    table["month"] = pd.PeriodIndex(table["month"]).to_timestamp()
    table = table.drop_duplicates(["country", "month"])
    spec = pm.panel("country", "month", "M")
    options = {"within": "month"} if name == "largest" else {}
    word = {"largest": "value_runner_up", "previous_record": "value_previous_record_period"}
    place = word.get(name, "value_highest_since")
    for rows in (table[:0], table[:1]):
        arrow = getattr(spec, name)(pa.Table.from_pandas(rows), ["value"], **options)
        assert arrow.schema.field(place).type == pa.string()
        polars = getattr(spec, name)(pl.from_pandas(rows), ["value"], **options)
        assert polars.schema[place] == pl.String


def test_calls_that_name_no_column_or_the_wrong_thing():
    table = trade(3)
    assert SPEC.yoy(table, columns="value").equals(SPEC.yoy(table, "value"))
    assert SPEC.yoy(table=table, columns=["value"]).equals(SPEC.yoy(table, ["value"]))
    refused(lambda: SPEC.yoy(table, []), ValueError, "no column")
    refused(lambda: SPEC.yoy("value", table), TypeError, "the table comes first")
    refused(lambda: SPEC.yoy(table, "value", assign={"value": "a"}), TypeError, "assign=")
    refused(lambda: SPEC.yoy(pd.DataFrame(), "value"), ValueError, "there are none")
    floats = table.assign(month=2020.0)
    refused(lambda: SPEC.yoy(floats, "value"), TypeError, '"month" holds floats', "202404")
    empty = table[:0]
    refused(lambda: SPEC.rebase(empty, "value", "2022"), ValueError, '"2022"', "no rows")


def test_a_date_far_from_the_others_is_named(monkeypatch):
    """A filter takes every period from the first to the last."""

    def no_memory(*_, **__):
        raise MemoryError

    table = trade(3)
    monkeypatch.setattr("paimana.tables._data.np", SimpleNamespace(full=no_memory, nan=np.nan))
    refused(
        lambda: SPEC.hp_filter(table, "value"), MemoryError, "6 series", "from January 20", "GB"
    )


def test_methods_say_how_they_are_called():
    for owner in (SPEC, SPEC.stream([]), SPEC.lazy(pl.LazyFrame())):
        assert "spec.yoy(table, columns)" in owner.yoy.__doc__
        assert "Panel(" in repr(owner)
    assert SPEC.yoy.__doc__.startswith("Growth on the same period of the year before")
    task = SPEC.x11("value", forecast=np.ones(3))
    assert hash(task) == hash(SPEC.x11("value", forecast=np.zeros(3)))
