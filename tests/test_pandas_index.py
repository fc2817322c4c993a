"""What an index of pandas says about time: every period frequency, stamps anywhere, gaps, zones,
texts, years.
"""

from __future__ import annotations

import numpy as np
import pytest

import paimana as pm
from paimana._containers import read

pd = pytest.importorskip("pandas")

# Slot 2 is absent: its successor has no base.
KEPT = [0, 1, 3, 4]
VALUES = [100.0, 110.0, 120.0, 132.0]
GROWTH = [np.nan, 10.0, np.nan, 10.0]

PERIODS = {
    "Y-DEC": "A",
    "Y-JUN": "A",
    "Y-MAR": "A",
    "12M": "A",
    "6M": "H",
    "2Q-DEC": "H",
    "Q-DEC": "Q",
    "Q-JUN": "Q",
    "Q-NOV": "Q",
    "Q-JAN": "Q",
    "3M": "Q",
    "M": "M",
    "W-SUN": "W",
    "W-MON": "W",
    "W-WED": "W",
    "W-THU": "W",
    "W-SAT": "W",
    "D": "D",
}


@pytest.mark.parametrize("freq", PERIODS)
@pytest.mark.parametrize("order", [[0, 1, 2, 3], [2, 0, 3, 1]])
def test_every_frequency_of_periods(freq, order):
    index = pd.period_range("2019-11-05", periods=5, freq=freq, name="t")[KEPT]
    series = pd.Series(VALUES, index).iloc[order]
    result = pm.growth(series)
    np.testing.assert_allclose(result, np.array(GROWTH)[order])
    pd.testing.assert_index_equal(result.index, series.index)
    time = read(series).time
    assert (time.freq, time.span) == (PERIODS[freq], 5)
    if freq[0].isdigit():
        return  # a multiple has no anchor: it is the period of the calendar in which it begins
    # The ordinal is that of the period's middle: by majority for weeks, by the middle month for
    # quarters, by the end for years.
    starts, ends = index.to_timestamp(how="start"), index.to_timestamp(how="end")
    middle = ends if time.freq == "A" else starts + (ends - starts) / 2
    again = read(pd.Series(VALUES, middle), freq=time.freq).time
    assert again.ordinals().tolist() == read(series.sort_index()).time.ordinals().tolist()


@pytest.mark.parametrize("freq", PERIODS)
def test_labels_of_earlier_rows_are_periods_of_the_input(freq):
    index = pd.period_range("2019-11-05", periods=5, freq=freq)[KEPT]
    since = pm.lowest_since(pd.Series(VALUES, index))
    assert since.dtype == index.dtype
    assert since.tolist() == [pd.NaT, *index[:3]]
    frame = pm.lowest_since(pd.DataFrame({"a": VALUES, "b": VALUES[::-1]}, index))
    assert frame["b"].isna().all()


def test_business_days_are_days_with_the_weekends_absent():
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pandas would rather have stamps
        index = pd.period_range("2024-02-29", periods=4, freq="B")
        result = pm.growth(pd.Series(VALUES, index))
    np.testing.assert_allclose(result, [np.nan, 10, np.nan, 10])
    stamps = pd.Series(VALUES, pd.bdate_range("2024-02-29", periods=4))
    np.testing.assert_allclose(pm.growth(stamps), [np.nan, 10, np.nan, 10])


@pytest.mark.parametrize("freq", ["h", "min", "2W-SUN", "5M", "2D"])
def test_other_periods_are_refused(freq):
    series = pd.Series(VALUES, pd.period_range("2024", periods=4, freq=freq))
    with pytest.raises(
        ValueError, match=r"the index has periods of frequency .*bring it to one of these"
    ):
        pm.growth(series)


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", [None, "Asia/Karachi", "America/New_York"])
@pytest.mark.parametrize("place", ["MS", "ME", "BME", "BMS", "15"])
def test_stamps_of_any_unit_zone_and_place(unit, zone, place):
    index = pd.date_range("2023-11-01", periods=5, freq="MS" if place == "15" else place)
    if place == "15":
        index += pd.Timedelta(days=14)
    index = index[KEPT].as_unit(unit).tz_localize(zone)
    series = pd.Series(VALUES, index)
    np.testing.assert_allclose(pm.growth(series), GROWTH)
    quarters = pm.to_frequency(series, "Q", partial="keep").index
    assert (quarters.unit, str(quarters.tz)) == (unit, str(zone))
    expected = (
        ["2023-12-31", "2024-03-31"] if place in ("ME", "BME") else ["2023-10-01", "2024-01-01"]
    )
    assert quarters.strftime("%Y-%m-%d").tolist() == expected


def test_the_local_date_counts():
    # Midnight of the first in Karachi is still the month before in Greenwich.
    index = pd.DatetimeIndex(["2024-01-01", "2024-02-01", "2024-04-01"], tz="Asia/Karachi")
    np.testing.assert_allclose(pm.growth(pd.Series([1.0, 2.0, 3.0], index)), [np.nan, 100, np.nan])
    assert read(pd.Series([1.0, 2.0, 3.0], index)).time.label(0) == "2024-01"


def test_the_local_date_counts_in_every_library():
    pa, pl = pytest.importorskip("pyarrow"), pytest.importorskip("polars")
    index = pd.date_range("2024-01-01", periods=3, freq="MS", tz="Asia/Karachi")
    arrow = pa.array(index)
    of_arrow = pd.array(index, dtype=pd.ArrowDtype(arrow.type))
    for dates in (index, arrow, pa.chunked_array([arrow]), pl.Series(arrow), of_arrow):
        for x in (
            [1.0, 2.0, 3.0],
            np.arange(3.0),
            pd.Series([1.0, 2.0, 3.0]),
            pa.array([1.0, 2, 3]),
        ):
            assert read(x, time=dates).time.label(0) == "2024-01", type(dates)
    for dates in (index, arrow, pl.Series(arrow), pd.Series(of_arrow)):
        assert pm.calendar.working_days(dates).tolist() == [23.0, 21.0, 21.0]
    assert read(pd.Series([1.0, 2.0, 3.0], pd.Index(of_arrow))).time.label(0) == "2024-01"


def test_a_day_that_begins_at_one_o_clock():
    # Cairo and Beirut put the clock forward at midnight.
    index = pd.date_range("2024-04-22 12:00", periods=8, freq="D", tz="Africa/Cairo")
    series = pd.Series(range(8), index, dtype=float)
    assert pm.to_frequency(series, "D").index[4] == pd.Timestamp(
        "2024-04-26 01:00", tz="Africa/Cairo"
    )


@pytest.mark.parametrize("gone", [0.0, 0.05, 0.5])
@pytest.mark.parametrize("lag", [1, 12, -3])
def test_removed_and_shuffled_rows_give_no_wrong_value(gone, lag):
    random = np.random.default_rng(7)
    full = pd.Series(random.lognormal(size=240), pd.period_range("2000-01", periods=240, freq="M"))
    base = full.shift(lag)
    truth = 100 * (full - base) / base
    kept = random.permutation(240)[: int(240 * (1 - gone))]
    part = full.iloc[kept]
    expected = truth.where(base.index.shift(-lag).isin(part.index)).iloc[kept]
    np.testing.assert_allclose(pm.growth(part, lag), expected, rtol=1e-12)
    stamped = part.set_axis(part.index.to_timestamp(how="end"))
    np.testing.assert_allclose(pm.growth(stamped, lag), expected, rtol=1e-12)


@pytest.mark.parametrize(
    "index",
    [
        ["2023-11", "2023-12", "2024-02", "2024-03"],
        ["Nov 2023", "December 2023", "Feb 2024", "Mar 2024"],
        ["2023-11-30", "2023-12-31", "2024-02-29", "2024-03-31"],
        ["2023Q1", "2023Q2", "2023Q4", "2024Q1"],
        ["2001", "2002", "2004", "2005"],
        ["FY01", "FY02", "FY04", "FY05"],
        [2001, 2002, 2004, 2005],
        pd.Index([2001, 2002, 2004, 2005], dtype="uint16"),
        pd.Index([2001, 2002, 2004, 2005], dtype=object),
        pd.CategoricalIndex(["2023-11", "2023-12", "2024-02", "2024-03"]),
        pd.date_range("2023-11", periods=5, freq="MS")[KEPT].date,
        pd.Index(pd.period_range("2023-11", periods=5, freq="M")[KEPT], dtype=object),
    ],
)
def test_texts_dates_and_years(index):
    series = pd.Series(VALUES, index)
    np.testing.assert_allclose(pm.growth(series), GROWTH)


@pytest.mark.parametrize(
    "kind", ["date32[pyarrow]", "timestamp[ns][pyarrow]", "string[pyarrow]", "int64[pyarrow]"]
)
def test_arrow_indexes(kind):
    pytest.importorskip("pyarrow")
    dates = ["2020-01-31", "2021-01-31", "2023-01-31", "2024-01-31"]
    index = pd.Index(
        [2020, 2021, 2023, 2024]
        if kind[0] == "i"
        else dates
        if kind[0] == "s"
        else pd.to_datetime(dates)
    )
    np.testing.assert_allclose(pm.growth(pd.Series(VALUES, index.astype(kind))), GROWTH)


@pytest.mark.parametrize(
    "index",
    [
        None,
        [5, 3, 9, 1],
        [7, 7, 7, 7],
        ["Lahore", "Karachi", "Quetta", "Multan"],
        ["1701", "8471", "8517", "2709"],
        [1.5, 2.5, 9.5, 1.0],
        [True, False, True, False],
        pd.interval_range(0, 4),
        pd.RangeIndex(0, 8, 2),
    ],
)
def test_other_indexes_are_no_calendar(index):
    series = pd.Series(VALUES, index)
    assert read(series).time is None
    np.testing.assert_allclose(pm.growth(series), [np.nan, 10, 100 / 11, 10])
    np.testing.assert_allclose(pm.yoy(series, freq="A"), [np.nan, 10, 100 / 11, 10])
    with pytest.raises(ValueError, match=r"freq="):
        pm.yoy(series)


def test_whole_numbers_are_years_unless_a_frequency_says_otherwise():
    years = pd.Series(VALUES, range(1959, 1963))
    assert read(years).time.label(0) == "1959"
    np.testing.assert_allclose(pm.yoy(years), [np.nan, 10, 100 / 11, 10])
    assert read(years, freq="Q").time.dated is False
    assert read(pd.Series(VALUES, [2022, 2023, 2024, 20250])).time is None
    with pytest.raises(ValueError, match="2001 occurs twice, in rows 1 and 2"):
        pm.growth(pd.Series(VALUES, [2000, 2001, 2001, 2002]))


@pytest.mark.parametrize(
    ("index", "sentence"),
    [
        (
            ["23/11", "23/12", "24/02", "24/03"],
            r"the index label '23/11' looks like a date, .* pd.to_datetime",
        ),
        (["Jan-24", "Feb-24", "Mar-24", "Apr-24"], "the index label 'Jan-24' looks like a date"),
        (
            ["2023-11", "soon", "2024-02", "2024-03"],
            "the index label in row 1: 'soon' is not a period",
        ),
        (["2023-11", None, "2024-02", "2024-03"], "the index label in row 1 is missing"),
        (
            ["2023-11", "2023-11", "2024-02", "2024-03"],
            "November 2023 occurs twice, in rows 0 and 1",
        ),
        (
            pd.DatetimeIndex(["2024-01-01", None, "2024-03-01", "2024-04-01"]),
            "the date in row 1 is missing",
        ),
        (
            pd.PeriodIndex(["2024-01", "2024-02", None, "2024-04"], freq="M"),
            "the date in row 2 is missing",
        ),
        (
            pd.PeriodIndex(["2024-01", "2024-02", "2024-01", "2024-04"], freq="M"),
            "January 2024 occurs twice, in rows 0 and 2",
        ),
        (
            pd.MultiIndex.from_product([["a", "b"], [2001, 2002]]),
            r"the index has 2 levels: .* with .unstack\(\)",
        ),
    ],
)
def test_bad_indexes_are_named(index, sentence):
    with pytest.raises(ValueError, match=sentence):
        pm.growth(pd.Series(VALUES, index))


def test_a_given_frequency_overrides():
    index = pd.period_range("2024-01", periods=4, freq="3M").to_timestamp()
    assert read(pd.Series(VALUES, index), freq="M").time.span == 10
    months = pd.Series(VALUES, pd.period_range("2024-01", periods=4, freq="M"))
    with pytest.raises(ValueError, match="2024Q1 occurs twice, in rows 0 and 1"):
        pm.growth(months, freq="Q")
    with pytest.raises(
        ValueError, match="the periods of the index are monthly: they cannot be read as daily data"
    ):
        pm.growth(months, freq="D")
    with pytest.raises(ValueError, match=r"freq=.MS. is not a frequency"):
        pm.growth(months, freq="MS")
    with pytest.raises(ValueError, match="start= is for data without dates"):
        pm.ytd(months, start="2024-01")


def test_rows_without_dates_from_a_start():
    series = pd.Series(VALUES * 3)
    result = pm.to_frequency(series, "Q", freq="M", start="2024-01")
    assert result.index.equals(pd.period_range("2024Q1", periods=4, freq="Q"))
    bare = pm.to_frequency(series, "Q", freq="M")
    assert bare.index.equals(pd.RangeIndex(4))


@pytest.mark.parametrize("n", [0, 1])
@pytest.mark.parametrize(
    "make",
    [
        lambda n: pd.period_range("2024", periods=n, freq="M"),
        lambda n: pd.date_range("2024", periods=n),
        pd.RangeIndex,
    ],
)
def test_no_row_or_one(n, make):
    series = pd.Series(np.ones(n), make(n), name="E")
    for data in (series, series.to_frame()):
        for result in (pm.growth(data), pm.record(data), pm.lowest_since(data)):
            assert result.shape == data.shape
            pd.testing.assert_index_equal(result.index, data.index)


def test_fiscal_years_get_the_index_of_their_class():
    months = pd.period_range("2021-07", periods=24, freq="M", name="month")
    series = pd.Series(1.0, months, name="E")
    years = pm.to_frequency(series, "A", year_start="JUL")
    assert years.index.equals(pd.PeriodIndex(["2022", "2023"], freq="Y-JUN"))
    assert (years.index.name, years.name) == ("month", "E")
    starts = pm.to_frequency(series, "A", year_start="APR", fy_label="start", partial="keep")
    assert (starts.index.name, starts.index.tolist()) == ("fiscal_year", [2021, 2022, 2023])
    stamped = pm.to_frequency(series.set_axis(months.to_timestamp()), "A", year_start="JUL")
    assert stamped.index.tolist() == [pd.Timestamp("2021-07-01"), pd.Timestamp("2022-07-01")]
    ends = series.set_axis(months.to_timestamp(how="end").normalize())
    assert pm.to_frequency(ends, "A", year_start="JUL").index.tolist() == [
        pd.Timestamp("2022-06-30"),
        pd.Timestamp("2023-06-30"),
    ]
    halves = pm.to_frequency(series, "H")
    assert halves.index.equals(pd.period_range("2021-07", periods=4, freq="6M"))
    texts = pm.to_frequency(series.set_axis(months.astype(str)), "Q")
    assert texts.index.tolist()[:2] == ["2021Q3", "2021Q4"]
    annual = pm.annual_growth(series, year_start="JUL")
    assert annual.index.equals(years.index)


def test_labels_of_other_indexes():
    since = pm.lowest_since(pd.Series(VALUES, [2001, 2002, 2004, 2005]))
    assert since.isna().tolist() == [True, False, False, False]
    assert since.tolist()[1:] == [2001, 2002, 2004]
    assert str(pm.lowest_since(pd.Series(VALUES)).dtype) == "Int64"
    cities = pm.lowest_since(pd.Series(VALUES, list("abcd")))
    assert cities.tolist()[1:] == ["a", "b", "c"]
    assert cities.isna().tolist()[0]
    zone = pd.date_range("2024-01-01", periods=4, freq="MS", tz="Asia/Karachi")
    assert pm.lowest_since(pd.Series(VALUES, zone)).dtype == zone.dtype


def test_a_quarter_of_a_fiscal_year_is_named_as_the_index_names_it():
    series = pd.Series([1.0, -2.0, 3.0], pd.period_range("2024Q1", periods=3, freq="Q-JUN"))
    with pytest.raises(ValueError, match="2024Q3"):
        pm.growth(series, negative_base="raise")
