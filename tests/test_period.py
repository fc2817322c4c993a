"""What a user writes for a period, data without dates, and labels that are texts."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest

from paimana._period import month_number, parse
from paimana._stamps import bare, time_of, time_of_labels


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        (2024, "2024-01-01", "2024-12-31"),
        (202404, "2024-04-01", "2024-04-30"),
        ("2024H1", "2024-01-01", "2024-06-30"),
        ("H2 2024", "2024-07-01", "2024-12-31"),
        ("2024Q1", "2024-01-01", "2024-03-31"),
        ("2024-Q4", "2024-10-01", "2024-12-31"),
        ("q3/2024", "2024-07-01", "2024-09-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-2", "2024-02-01", "2024-02-29"),
        ("2024M12", "2024-12-01", "2024-12-31"),
        ("2024/04", "2024-04-01", "2024-04-30"),
        ("202404", "2024-04-01", "2024-04-30"),
        ("Apr 2024", "2024-04-01", "2024-04-30"),
        ("April 2024", "2024-04-01", "2024-04-30"),
        ("Sept. 2024", "2024-09-01", "2024-09-30"),
        ("2024 April", "2024-04-01", "2024-04-30"),
        ("2024-W07", "2024-02-12", "2024-02-18"),
        ("2020W53", "2020-12-28", "2021-01-03"),
        ("2024-04-30", "2024-04-30", "2024-04-30"),
        ("2024-04-30T13:45:00+05:00", "2024-04-30", "2024-04-30"),
        ("2024-04-30 00:00:00", "2024-04-30", "2024-04-30"),
        ("20240430", "2024-04-30", "2024-04-30"),
        ("30 April 2024", "2024-04-30", "2024-04-30"),
        ("April 30, 2024", "2024-04-30", "2024-04-30"),
        (date(2024, 4, 30), "2024-04-30", "2024-04-30"),
        (datetime(2024, 4, 30, 23), "2024-04-30", "2024-04-30"),
        (np.datetime64("2024-04-30T23:00"), "2024-04-30", "2024-04-30"),
        (np.datetime64("2024-04"), "2024-04-01", "2024-04-30"),
        (np.datetime64("2024"), "2024-01-01", "2024-12-31"),
    ],
)
def test_a_period_is_read(text, first, last):
    found = parse(text)
    days = np.array([found.first, found.last]).astype("M8[D]").astype(str).tolist()
    assert days == [first, last]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("FY24", 2024),
        ("FY2024", 2024),
        ("fy 99", 1999),
        ("FY2023-24", 2024),
        ("FY1999/2000", 2000),
        ("FY1999-00", 2000),
    ],
)
def test_a_fiscal_year_is_read(text, year):
    assert (parse(text).kind, parse(text).number) == ("FY", year)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "2024-13",
        "2024-00",
        "2024Q5",
        "2024H3",
        "2024-02-30",
        "2023-02-29",
        "2021-W53",
        "04/2024",
        "Apr 24",
        "FY2023-25",
        "Foo 2024",
        None,
        3.5,
        24,
        True,
        np.datetime64("NaT"),
        "2024-04-31",
        "24-04",
    ],
)
def test_what_is_no_period_is_refused_with_what_would_be_one(text):
    with pytest.raises(ValueError, match="is not a period: write it as 2024-04, April 2024"):
        parse(text)


@pytest.mark.parametrize("month", [7, np.int64(7), "JUL", "Jul", "July", " july "])
def test_a_month_is_read(month):
    assert month_number(month) == 7


@pytest.mark.parametrize("month", [0, 13, "JU", "Julep", "", None, True, 7.0])
def test_what_is_no_month_is_refused(month):
    with pytest.raises(ValueError, match="is not a month: give year_start="):
        month_number(month)


# Data without dates


def test_bare_rows_with_a_start_are_dated():
    time = bare(10, "M", "2021-07")
    assert time.labels()[0] == "2021-07"
    assert time.years("JUL") == (12, 0)
    assert time.years() == (12, 6)
    assert bare(4, None, "2021Q3").freq == "Q"
    assert bare(4, "Q", "2021-07").label(0) == "2021Q3"
    assert bare(4, "D", "2021-07-05").label(3) == "2021-07-08"
    assert bare(5, None) is None
    with pytest.raises(ValueError, match="does not tell the frequency"):
        bare(4, None, "2021-07-05")
    with pytest.raises(ValueError, match="covers several periods"):
        bare(4, "M", "2021")


def test_bare_rows_without_a_start_open_a_year():
    time = bare(7, "Q")
    assert time.years("FEB") == (4, 0)
    assert time.groups("A", "JUL")[0].tolist() == [0, 4, 8]
    assert time.year_labels() == [1, 2]
    assert (time.label(3), time.words(3)) == ("3", "position 3")
    assert time.base("yoy") == 4
    for ask in (
        time.dates,
        lambda: time.slot("2024Q1"),
        bare(9, "W").years,
        lambda: bare(9, "D").base("yoy"),
    ):
        with pytest.raises(ValueError, match="these data have no dates: give start="):
            ask()


@pytest.mark.parametrize("freq", ["m", "MS", "Y", "", "monthly", "B"])
def test_an_unknown_frequency_is_refused(freq):
    with pytest.raises(ValueError, match='is not a frequency: give "A"'):
        bare(4, freq)


# Labels


@pytest.mark.parametrize(
    ("labels", "freq", "slots"),
    [
        (["2024-01", "2024-03", "2024-02"], "M", [0, 2, 1]),
        (["2024-03", "2024-06", "2025-03"], "Q", [0, 1, 4]),
        (["2024Q1", "2025Q1"], "Q", [0, 4]),
        (["2024H1", "2025H1"], "H", [0, 2]),
        (["2020", "2024"], "A", [0, 4]),
        (["FY20", "FY24"], "A", [0, 4]),
        (["2024-W01", "2024-W03"], "W", [0, 2]),
        (["2024-01-01", "2024-01-02", "2024-01-05"], "D", [0, 1, 4]),
        ([date(2024, 1, 31), date(2024, 2, 29), date(2024, 4, 30)], "M", [0, 1, 3]),
        (["Jan 2024", "Feb 2024", "Apr 2024"], "M", [0, 1, 3]),
    ],
)
def test_labels_tell_the_time(labels, freq, slots):
    time = time_of_labels(labels)
    assert (time.freq, time.ordinals() - time.start) == (freq, pytest.approx(slots))


def test_labels_of_one_row_tell_what_they_can():
    assert time_of_labels(["2024-04"]).freq == "M"
    assert time_of_labels(["2024Q1"]).freq == "Q"
    assert time_of_labels(["2024-04-30"]) is None
    assert time_of_labels([]) is None


@pytest.mark.parametrize(
    ("labels", "sentence"),
    [
        (
            ["2024-01", "2024"],
            r'row 1 \("2024"\) is a year, that in row 0 \("2024-01"\) a month',
        ),
        (["2024-01", None], "row 1 is missing"),
        (["2024-01", float("nan")], "row 1 is missing"),
        (["2024-01", "soon"], "row 1: 'soon' is not a period"),
        (["2024-01", "2024-01"], "^January 2024 occurs twice"),
    ],
)
def test_bad_labels_are_named(labels, sentence):
    with pytest.raises(ValueError, match=sentence):
        time_of_labels(labels)


def test_any_sequence_of_dates_is_read():
    for dates in (
        ["2020", "2021", "2023"],
        (2020, 2021, 2023),
        np.array([2020, 2021, 2023]),
        np.array(["2020", "2021", "2023"]),
        np.array(["2020-06-30", "2021-06-30", "2023-06-30"], dtype="M8[s]"),
        [date(2020, 6, 30), date(2021, 6, 30), date(2023, 6, 30)],
    ):
        time = time_of(dates)
        assert (time.freq, time.start, time.slots.tolist()) == ("A", 2020, [0, 1, 3])
    with pytest.raises(ValueError, match="time= has 2 axes"):
        time_of(np.zeros((2, 2), dtype="M8[D]"))
