"""Frequencies, periods and fiscal years against the calendar of the standard library, day by
day.
"""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import paimana as pm
from paimana import _core
from paimana._bases import OnOrBefore
from paimana._stamps import NOT_A_TIME, in_digits, time_of_dates
from paimana._time import Time

FREQUENCIES = "AHQMWD"
DAYS = {"A": 365, "H": 181, "Q": 90, "M": 28, "W": 7, "D": 1}


def ordinal(freq: str, day: date) -> int:
    """The ordinal of a day's period, as the interface defines it."""
    if freq == "A":
        return day.year
    if freq == "H":
        return 2 * day.year + (day.month > 6)
    if freq == "Q":
        return 4 * day.year + (day.month - 1) // 3
    if freq == "M":
        return 12 * day.year + day.month - 1
    if freq == "W":
        return (day - date(1970, 1, 5)).days // 7
    return (day - date(1970, 1, 1)).days


def periods(freq: str, first: date, n: int) -> list[list[date]]:
    """The days of n periods in a row, from the one with `first`."""
    day, found = first, []
    while ordinal(freq, day - timedelta(1)) == ordinal(freq, first):
        day -= timedelta(1)
    while len(found) < n:
        days = []
        while not days or ordinal(freq, day) == ordinal(freq, days[0]):
            days.append(day)
            day += timedelta(1)
        found.append(days)
    return found


def fiscal_year(day: date, first_month: int) -> int:
    """The year in which the fiscal year of a day ends."""
    return day.year + (first_month > 1 and day.month >= first_month)


def dated(days: list[date], freq: str | None = None) -> Time:
    time = time_of_dates(np.array(days, dtype="M8[D]"), freq)
    assert time is not None
    return time


def span(freq: str, first: date, n: int) -> Time:
    return dated([days[0] for days in periods(freq, first, n)], freq)


@pytest.mark.parametrize("freq", FREQUENCIES)
@pytest.mark.parametrize("place", ["start", "middle", "end"])
@given(data=st.data())
def test_stamps_mean_their_period(freq, place, data):
    first = data.draw(st.dates(date(1900, 1, 1), date(2090, 1, 1)))
    days = periods(freq, first, 12)
    keep = data.draw(st.permutations(range(12)).map(lambda order: order[:9]))
    if not any(slot + 1 in keep for slot in keep):
        return
    at = {"start": 0, "middle": None, "end": -1}[place]
    stamps = [days[s][len(days[s]) // 2 if at is None else at] for s in keep]
    time = dated(stamps)
    assert time.freq == freq
    assert time.start == min(ordinal(freq, day) for day in stamps)
    slots = np.arange(9) if time.slots is None else time.slots
    assert (slots + time.start).tolist() == [ordinal(freq, day) for day in stamps]
    assert time.span == max(keep) - min(keep) + 1
    assert time.dates().tolist() == [days[s][0] for s in keep]
    assert time.last_dates().tolist() == [days[s][-1] for s in keep]


def test_a_complete_sorted_column_needs_no_slots():
    assert span("M", date(2020, 1, 1), 24).slots is None


@pytest.mark.parametrize("unit", ["D", "h", "m", "s", "ms", "us", "ns", "M", "2D"])
def test_every_unit_of_datetime64(unit):
    stamps = np.array(["2023-11-01", "2023-12-03", "2024-02-01"], dtype="M8[D]").astype(
        f"M8[{unit}]"
    )
    time = time_of_dates(stamps)
    assert time.freq == "M"
    assert (time.start, time.slots.tolist()) == (2023 * 12 + 10, [0, 1, 3])


def test_stamps_are_read_wherever_they_lie_in_memory():
    stamps = np.array(["2024-01-01", "1999-01-01"] * 3, dtype="M8[ns]")[::2] + np.arange(
        3
    ) * np.timedelta64(40, "D")
    stamps.flags.writeable = False
    assert time_of_dates(stamps).slots is None
    swapped = stamps.astype(">M8[ns]")
    assert time_of_dates(swapped).start == time_of_dates(stamps).start


def test_monthly_and_then_quarterly_stamps_are_monthly_with_gaps():
    time = dated(
        [date(2023, 1, 1), date(2023, 2, 1), date(2023, 3, 1), date(2023, 6, 1), date(2023, 9, 1)]
    )
    assert (time.freq, time.slots.tolist()) == ("M", [0, 1, 2, 5, 8])


@pytest.mark.parametrize(
    ("gap", "freq"),
    [
        (1, "D"),
        (5, "D"),
        (7, "W"),
        (14, "W"),
        (21, "W"),
        (27, "D"),
        (28, "M"),
        (84, "M"),
        (85, "Q"),
        (174, "Q"),
        (175, "H"),
        (349, "H"),
        (350, "A"),
        (800, "A"),
    ],
)
def test_the_smallest_gap_tells_the_frequency(gap, freq):
    first = date(2024, 10, 17)
    assert dated([first, first + timedelta(gap)]).freq == freq


def test_too_few_dates_tell_no_frequency_until_it_is_given():
    assert time_of_dates(np.array(["2024-04-30"], dtype="M8[D]")) is None
    assert time_of_dates(np.array([], dtype="M8[D]")) is None
    assert time_of_dates(np.array(["2024-04-30"], dtype="M8[D]"), "Q").label(0) == "2024Q2"
    assert time_of_dates(np.array([], dtype="M8[D]"), "M").span == 0


@pytest.mark.parametrize(
    ("days", "freq", "sentence"),
    [
        (
            ["2024-03-01", "2024-04-01", "2024-04-30"],
            "M",
            "April 2024 occurs twice, in rows 1 and 2",
        ),
        (
            ["2024-04-01", "2024-03-01", "2024-04-01"],
            None,
            "April 2024 occurs twice, in rows 0 and 2",
        ),
        (["2024-04-01", "2024-05-01"], "Q", "2024Q2 occurs twice"),
        (["2024-04-01", "2024-05-01"], "A", "2024 occurs twice"),
        (["2024-01-01", "2024-05-01"], "H", "2024H1 occurs twice"),
        (["2024-02-12", "2024-02-18"], "W", "the week of 12 February 2024 occurs twice"),
        (["2024-04-30", "2024-04-30"], "D", "30 April 2024 occurs twice"),
        (["2024-04-01", "NaT"], None, "the date in row 1 is missing"),
        (["2024-04-01", "11111-04-01"], None, "row 1 is outside of the years 1 to 9999"),
        (["2024-04-01", "2024-05-01"], "B", "freq=.B. is not a frequency"),
    ],
)
def test_bad_dates_are_named(days, freq, sentence):
    with pytest.raises(ValueError, match=sentence):
        time_of_dates(np.array(days, dtype="M8[D]"), freq)


# Slots and words


@pytest.mark.parametrize("freq", FREQUENCIES)
def test_labels_and_words_are_read_back(freq):
    time = span(freq, date(2019, 11, 7), 60)
    for slot in range(60):
        assert time.slot(time.label(slot)) == slot
        if freq != "W":
            assert time.slot(time.words(slot)) == slot


def test_labels_and_words():
    def both(freq: str, day: date) -> tuple[str, str]:
        time = dated([day], freq)
        return time.label(0), time.words(0)

    day = date(2024, 2, 14)
    assert both("A", day) == ("2024", "2024")
    assert both("H", day) == ("2024H1", "2024H1")
    assert both("Q", day) == ("2024Q1", "2024Q1")
    assert both("M", day) == ("2024-02", "February 2024")
    assert both("W", day) == ("2024-W07", "the week of 12 February 2024")
    assert both("D", day) == ("2024-02-14", "14 February 2024")
    assert both("W", date(2019, 12, 31))[0] == "2020-W01"
    months = span("M", date(2021, 7, 1), 34)
    assert months.extent() == "July 2021 to April 2024"
    assert months.labels()[-1] == "2024-04"
    assert repr(months) == "<Time: monthly, July 2021 to April 2024, 34 rows>"


def test_a_slot_is_found_or_the_span_is_named():
    time = span("M", date(2021, 7, 1), 34)
    for period in (
        "2024-04",
        "April 2024",
        "2024-04-17",
        date(2024, 4, 30),
        np.datetime64("2024-04"),
    ):
        assert time.slot(period) == 33
    assert time.slot("2025-06", beyond=True) == 47
    assert time.slot("2021-01", beyond=True) == -6
    with pytest.raises(
        ValueError, match=r'"2024-05" is outside of the data \(July 2021 to April 2024\)'
    ):
        time.slot("2024-05")
    with pytest.raises(
        ValueError,
        match='"2024" covers several periods of the data, which are monthly: give one month',
    ):
        time.slot("2024")
    assert span("Q", date(2021, 7, 1), 12).slot("2022-05") == 3
    assert span("A", date(1959, 1, 1), 50).slot(1960) == 1


def test_a_span_is_found_or_refused():
    time = span("M", date(2014, 1, 1), 60)
    assert time.span_of("2015") == (12, 23)
    assert time.span_of("2015..2017") == (12, 47)
    assert time.span_of("2015-03") == (14, 14)
    assert time.span_of("2015-03..2015Q4") == (14, 23)
    assert time.span_of(("2015", "2016-01")) == (12, 24)
    assert time.span_of("FY15", year_start="JUL") == (6, 17)
    assert time.span_of(date(2015, 3, 9)) == (14, 14)
    with pytest.raises(ValueError, match="is not wholly within the data"):
        time.span_of("2018..2019")
    with pytest.raises(ValueError, match="ends before it begins"):
        time.span_of("2017..2015")
    with pytest.raises(ValueError, match='say with year_start="JUL" when it begins'):
        time.span_of("FY15")
    with pytest.raises(ValueError, match="give its first and last period"):
        time.span_of(("2015", "2016", "2017"))


def test_a_year_of_weeks_is_that_of_the_thursdays():
    time = span("W", date(2018, 1, 3), 53 * 8)
    for year in range(2018, 2026):
        first, last = time.span_of(str(year))
        weeks = list(range(first, last + 1))
        thursdays = [time.dates()[w].item() + timedelta(3) for w in weeks]
        assert {day.year for day in thursdays} == {year}
        assert len(weeks) == date(year, 12, 28).isocalendar().week


# Bases


def test_lags_of_the_fixed_frequencies():
    lags = {freq: span(freq, date(2020, 1, 1), 9).base("yoy") for freq in "AHQMW"}
    assert lags == {"A": 1, "H": 2, "Q": 4, "M": 12, "W": 52}
    assert span("M", date(2020, 1, 1), 9).base("mom") == 1
    assert span("M", date(2020, 1, 1), 9).base("qoq") == 3
    assert span("Q", date(2020, 1, 1), 9).base("qoq") == 1


@pytest.mark.parametrize("freq", "AHQWD")
def test_mom_wants_months(freq):
    with pytest.raises(
        ValueError, match="mom compares with the month before and needs monthly data; these are"
    ):
        span(freq, date(2020, 1, 1), 9).base("mom")


@pytest.mark.parametrize("freq", "AHWD")
def test_qoq_wants_quarters_or_months(freq):
    with pytest.raises(ValueError, match="needs quarterly or monthly data; these are"):
        span(freq, date(2020, 1, 1), 9).base("qoq")


def a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def test_days_are_compared_with_the_same_date():
    first = date(1999, 2, 20)
    time = span("D", first, 3000)
    for slot, base in enumerate(time.base("yoy").tolist()):
        there = (a_year_before(first + timedelta(slot)) - first).days
        assert base == (there if there >= 0 else -1)


@given(st.sets(st.integers(0, 900), min_size=2))
def test_days_are_compared_with_the_last_row_at_hand(slots):
    first = date(2023, 1, 15)
    rows = sorted(slots)
    time = dated([first + timedelta(slot) for slot in rows], "D")
    base = time.base("yoy", "last_available")
    assert isinstance(base, OnOrBefore)
    observed = [slot - rows[0] for slot in rows]
    values = np.arange(1.0, len(rows) + 1)
    found = _core.growth.growth(values, 0, time.slots, base, "missing", "fraction")
    for place, slot in enumerate(observed):
        there = (a_year_before(first + timedelta(rows[0] + slot)) - first).days - rows[0]
        assert base.slots[slot] == max(there, -1)
        last = [values[k] for k, row in enumerate(observed) if row <= there][-1:]
        expected = [(values[place] - last[0]) / last[0]] if last else [math.nan]
        np.testing.assert_array_equal(found[place : place + 1], expected)


def test_weeks_are_compared_by_their_number():
    time = span("W", date(2014, 12, 29), 640)
    mondays = [day.item() for day in time.dates()]
    slots = {day.isocalendar()[:2]: slot for slot, day in enumerate(mondays)}
    for slot, base in enumerate(time.base("yoy", "iso_week").tolist()):
        year, week, _ = mondays[slot].isocalendar()
        assert base == slots.get((year - 1, week), -1)
    assert (2026, 53) in slots
    assert time.base("yoy", "iso_week")[slots[2026, 53]] == -1


@pytest.mark.parametrize(
    ("freq", "match"),
    [
        ("M", "iso_week"),
        ("D", "iso_week"),
        ("W", "last_available"),
        ("A", "last_available"),
        ("D", "nearest"),
    ],
)
def test_a_match_that_does_not_apply_is_refused(freq, match):
    with pytest.raises(ValueError, match=f"match=.{match}. is (for|not known)"):
        span(freq, date(2020, 1, 1), 9).base("yoy", match)


# Years and groups


@pytest.mark.parametrize("freq", FREQUENCIES)
@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("first", [date(2019, 11, 7), date(2020, 12, 29), date(2021, 1, 2)])
def test_fiscal_years_against_every_day(freq, month, first):
    n = {"A": 4, "H": 7, "Q": 14, "M": 40, "W": 170, "D": 1200}[freq]
    days = periods(freq, first, n)
    time = span(freq, first, n)
    if freq in "HQ" and (month - 1) % {"H": 6, "Q": 3}[freq]:
        with pytest.raises(ValueError, match=r'year_start="[A-Z]{3}" splits a'):
            time.years(month)
        return
    if freq == "A":
        assert time.years(month) == (1, 0)
        assert time.year_labels(month) == [day[0].year for day in days]
        return
    of_slot = [fiscal_year(day[3 if freq == "W" else 0], month) for day in days]
    labels = time.year_labels(month)
    assert labels == sorted(set(of_slot))
    assert time.year_labels(month, "start") == [year - (month > 1) for year in labels]
    years = time.years(month)
    if isinstance(years, tuple):
        per, phase = years
        assert [labels[(slot + phase) // per] for slot in range(n)] == of_slot
        places = [(slot + phase) % per for slot in range(n)]
        months = [(day[0].month - month) % 12 // {"H": 6, "Q": 3, "M": 1}[freq] for day in days]
        assert places == months
    else:
        assert years[0] <= 0
        assert years[-1] >= n
        found = np.searchsorted(years, np.arange(n), side="right") - 1
        assert [labels[year] for year in found] == of_slot


@pytest.mark.parametrize(
    ("fine", "coarse"),
    [("D", f) for f in "WMQHA"] + [("W", f) for f in "MQHA"] + [("M", f) for f in "QHA"],
)
@pytest.mark.parametrize("first", [date(2019, 11, 7), date(2020, 12, 29)])
def test_groups_against_every_day(fine, coarse, first):
    n = {"M": 40, "W": 170, "D": 900}[fine]
    days = periods(fine, first, n)
    starts, result = span(fine, first, n).groups(coarse)
    found = np.searchsorted(starts, np.arange(n), side="right") - 1
    expected = [ordinal(coarse, day[3 if fine == "W" else 0]) for day in days]
    assert [result.start + group for group in found] == expected
    assert len(starts) == result.rows + 1 == result.span + 1
    assert starts[0] <= 0 < starts[1]
    assert starts[-2] < n <= starts[-1]
    # Each group is as long as its period, whether the data cover it or not.
    for group, length in enumerate(np.diff(starts)):
        whole = periods(coarse, result.dates()[group].item(), 1)[0]
        if fine == "D":
            assert length == len(whole)
        if fine == "M":
            assert length == len({(day.year, day.month) for day in whole})


def test_fiscal_groups_are_named_by_their_end_or_start():
    time = span("M", date(2021, 9, 1), 32)
    starts, years = time.groups("A", "JUL")
    assert starts.tolist() == [-2, 10, 22, 34]
    assert years.labels() == ["2022", "2023", "2024"]
    assert years.words(0) == "FY2022"
    assert years.dates().tolist() == [date(2021, 7, 1), date(2022, 7, 1), date(2023, 7, 1)]
    assert years.last_dates()[-1].item() == date(2024, 6, 30)
    assert years.slot("FY23") == years.slot("2023") == years.slot("FY2022-23") == 1
    named = time.groups("A", "APR", "start")[1]
    assert named.labels() == ["2021", "2022", "2023", "2024"]
    assert named.slot("FY2021") == named.slot("FY2021-22") == 0
    halves = time.groups("H", "APR")[1]
    assert halves.labels()[:2] == ["2022H1", "2022H2"]
    assert halves.dates()[0].item() == date(2021, 4, 1)
    with pytest.raises(ValueError, match="fiscal years are named by their"):
        time.groups("A", "JUL", "middle")


def test_a_lower_frequency_is_needed():
    with pytest.raises(
        ValueError, match="quarterly and cannot be brought to monthly periods, which are shorter"
    ):
        span("Q", date(2020, 1, 1), 4).groups("M")
    starts, same = span("Q", date(2020, 1, 1), 4).groups("Q")
    assert (starts.tolist(), same.labels()) == (
        [0, 1, 2, 3, 4],
        ["2020Q1", "2020Q2", "2020Q3", "2020Q4"],
    )


MONTHS = [202211, 202212, 202301, 202303]
DAYS = [20240228, 20240229, 20240301, 20240303]


def _kinds(numbers):
    """Every way in which whole numbers come as the time of four values."""
    x = [1.0, 2.0, 4.0, 8.0]
    frame = pd.DataFrame({"t": numbers, "x": x})
    yield "index", lambda freq: pm.growth(pd.Series(x, index=numbers), freq=freq)
    yield "objects", lambda freq: pm.growth(pd.Series(x, pd.Index(numbers, object)), freq=freq)
    yield "pandas", lambda freq: pm.growth(pd.Series(x), time=numbers, freq=freq)
    yield "Int64", lambda freq: pm.growth(frame.astype({"t": "Int64"}), time="t", freq=freq)["x"]
    yield "numpy", lambda freq: pm.growth(np.array(x), time=np.array(numbers), freq=freq)
    yield "polars", lambda freq: pm.growth(pl.from_pandas(frame), time="t", freq=freq)["x"]
    yield "arrow", lambda freq: pm.growth(pa.Table.from_pandas(frame), time="t", freq=freq)["x"]


@pytest.mark.parametrize(
    ("numbers", "freq"),
    [(MONTHS, "M"), (DAYS, "D"), ([2019, 2020, 2021, 2023], "A"), ([2019, 2020, 2021, 2023], None)],
)
def test_whole_numbers_are_years_or_months_or_days_in_digits(numbers, freq):
    for _, growth in _kinds(numbers):
        found = [
            None if v is None or v != v else v for v in list(pa.array(growth(freq)).to_pylist())
        ]
        assert found == [None, 100.0, 100.0, None]


@pytest.mark.parametrize(
    ("numbers", "freq", "words"),
    [
        ([202211, 202212, 202213, 202301], "M", ("row 2 (202213)", '"2010-01"')),
        ([202211, 202212, 202301, 2023], "M", ("row 3 (2023)", "201001", '"2010-01"')),
        (MONTHS, None, ("row 0 (202211)", 'freq="M"', '"2010-01"')),
        (MONTHS, "A", ("row 0 (202211)", "1 to 9999")),
        (MONTHS, "Q", ("row 0 (202211)", "quarter", '"2010Q1"')),
        (MONTHS, "D", ("row 0 (202211)", "20100131")),
        ([20231, 20232, 20233, 20234], "Q", ("row 0 (20231)", '"2010Q1"')),
        ([20231, 20232, 20233, 20234], "M", ("row 0 (20231)", '"2010-01"')),
        ([2019, 2020, 2021, 2022], "M", ("row 0 (2019)", "201001", '"2010-01"')),
        ([2019, 2020, 2021, 2022], "W", ("row 0 (2019)", "week")),
        ([2019, 2020, 2021, 0], None, ("row 3 (0)", "no year")),
        ([20230228, 20230229, 20230301, 20230302], "D", ("row 1 (20230229)", "2010-01-31")),
        ([1, 2, 3, 4], "D", ("row 0 (1)", "2010-01-31")),
    ],
)
def test_whole_numbers_that_are_no_periods_are_named(numbers, freq, words):
    for kind, growth in _kinds(numbers):
        if kind in ("index", "objects"):
            continue  # an index of other numbers is no calendar
        with pytest.raises(ValueError, match="the date in row") as raised:
            growth(freq)
        for word in words:
            assert word in str(raised.value), kind


def test_a_row_without_a_number_is_named():
    time = pd.array([202401, None, 202403], "Int64")
    for call in (
        lambda: pm.growth(pd.Series([1.0, 2, 3]), time=time, freq="M"),
        lambda: pm.growth(pl.Series([1.0, 2, 3]), time=pl.Series([202401, None, 202403]), freq="M"),
        lambda: pm.growth(pa.array([1.0, 2, 3]), time=pa.array([202401, None, 202403]), freq="M"),
    ):
        with pytest.raises(ValueError, match="row 1 is missing"):
            call()


def test_results_on_other_periods_are_numbers_again():
    months = [100 * year + month for year in (2021, 2022) for month in range(1, 13)]
    days = pd.date_range("2023-01-01", "2023-03-31").strftime("%Y%m%d").astype(int)
    x = pd.Series(1.0, index=months)
    assert pm.to_frequency(x, "A", freq="M").to_dict() == {2021: 12.0, 2022: 12.0}
    assert list(pm.to_frequency(x, "Q", freq="M").index.astype(str))[:2] == ["2021Q1", "2021Q2"]
    sums = {202301: 31.0, 202302: 28.0, 202303: 31.0}
    ones = np.ones(len(days))
    assert pm.to_frequency(pd.Series(ones, days), "M", freq="D").to_dict() == sums
    for made in (
        pm.to_frequency(pl.DataFrame({"t": days.to_numpy(), "x": ones}), "M", time="t", freq="D"),
        pm.to_frequency(pa.table({"t": days.to_numpy(), "x": ones}), "M", time="t", freq="D"),
    ):
        listed = made.to_pydict() if hasattr(made, "to_pydict") else made.to_dict(as_series=False)
        assert dict(zip(listed["t"], listed["x"], strict=True)) == sums


def test_every_day_in_digits():
    days = np.arange("1999-01-01", "2005-01-01", dtype="M8[D]")
    numbers = np.array([int(str(day).replace("-", "")) for day in days])
    every = np.arange(19990101, 20041232)
    found = in_digits(every, "D")
    np.testing.assert_array_equal(every[found != NOT_A_TIME], numbers)
    np.testing.assert_array_equal(found[found != NOT_A_TIME], days.astype(np.int64))


def test_a_period_as_a_whole_number() -> None:
    months = pd.period_range("2021-01", "2024-12", freq="M")
    x = pd.Series(np.arange(1.0, 49.0), months)
    pd.testing.assert_series_equal(pm.rebase(x, 2023), pm.rebase(x, "2023"))
    pd.testing.assert_series_equal(pm.rebase(x, np.int32(2023)), pm.rebase(x, "2023"))
    pd.testing.assert_series_equal(pm.growth(x, since=202304), pm.growth(x, since="2023-04"))


@pytest.mark.parametrize(
    ("label", "freq", "words"),
    [
        ("2024Q1", "M", "is a quarter: it cannot be read as monthly data"),
        ("2024-01", "D", "is a month: it cannot be read as daily data"),
        ("Jan 2024", "W", "is a month: it cannot be read as weekly data"),
        ("2024-W01", "D", "is a week: it cannot be read as daily data"),
    ],
)
def test_labels_are_not_read_as_finer_than_they_are(label: str, freq: str, words: str) -> None:
    x = pd.Series([1.0], pd.Index([label], dtype=object))
    with pytest.raises(ValueError, match=words):
        pm.growth(x, freq=freq)
