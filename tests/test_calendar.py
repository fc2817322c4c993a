"""The calendar: what its columns are, in which classes they come, and what bad input is told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import paimana as pm
from paimana.calendar import regressors

NAMES = ["td", "lpyear", "easter[8]", "ao2020.apr"]
MONTHS = [f"{2019 + m // 12}-{m % 12 + 1:02d}" for m in range(24)]
WHOLE = regressors(24, NAMES, start="2019-01")


def test_groups_and_labels():
    assert WHOLE.columns == (
        "td_mon",
        "td_tue",
        "td_wed",
        "td_thu",
        "td_fri",
        "td_sat",
        "lpyear",
        "easter[8]",
        "ao2020.apr",
    )
    assert WHOLE.groups == ("td",) * 7 + ("holiday", "ao")
    assert list(WHOLE.labels) == MONTHS
    assert len(WHOLE) == 24
    assert np.asarray(WHOLE) is WHOLE.values
    assert WHOLE["ao2020.apr"].tolist() == [float(m == "2020-04") for m in MONTHS]
    assert "2019-01 to 2020-12" in repr(WHOLE)
    groups = regressors(
        24, ["ls2020.2", "tc2020.2", "so2020.2", "rp2020.2-2020.5", "td1"], start="2019-01"
    )
    assert groups.groups == ("ls", "tc", "so", "ls", "td")


@pytest.mark.parametrize(
    "index",
    [
        MONTHS,
        np.array(MONTHS, dtype="M8[M]"),
        pl.Series(MONTHS),
        pl.Series(np.array(MONTHS, dtype="M8[M]").astype("M8[D]")),
        pa.array(np.array(MONTHS, dtype="M8[M]").astype("M8[D]")),
    ],
    ids=["texts", "datetime64", "polars texts", "polars dates", "arrow"],
)
def test_any_sequence_of_dates(index):
    found = regressors(index, NAMES)
    assert type(found) is pm.calendar.Regressors
    np.testing.assert_array_equal(found.values, WHOLE.values)
    assert found.labels == WHOLE.labels


@pytest.mark.parametrize(
    "index",
    [
        pd.PeriodIndex(MONTHS, freq="M", name="month"),
        pd.date_range("2019-01", periods=24, freq="MS"),
        pd.date_range("2019-01", periods=24, freq="ME"),
        pd.Index(MONTHS),
        pd.Series(1.0, index=pd.PeriodIndex(MONTHS, freq="M")),
        pd.DataFrame({"x": 1.0}, index=pd.DatetimeIndex(MONTHS)),
        pd.Series(pd.DatetimeIndex(MONTHS)),
    ],
)
def test_pandas_gives_pandas(index):
    found = regressors(index, NAMES)
    labels = pd.Index(index) if getattr(index, "dtype", None) == "M8[us]" else index
    labels = labels.index if hasattr(labels, "index") and not callable(labels.index) else labels
    assert isinstance(found, pd.DataFrame)
    assert len(found) == 24
    if not isinstance(index, pd.Series) or index.dtype == float:
        assert found.index.equals(labels)
    np.testing.assert_array_equal(found.to_numpy(), WHOLE.values)
    assert tuple(found.attrs["groups"].values()) == WHOLE.groups
    longer = regressors(index, NAMES, back=2, ahead=3)
    assert len(longer) == 29
    assert longer.iloc[2:26].equals(found)
    np.testing.assert_array_equal(longer.to_numpy(), regressors(29, NAMES, start="2018-11").values)


MONTH_ENDS = pd.date_range("2024-01-31", periods=3, freq="ME", name="end")


@pytest.mark.parametrize(
    "index",
    [
        MONTH_ENDS.astype("timestamp[us][pyarrow]"),
        MONTH_ENDS.tz_localize("Asia/Karachi").astype("timestamp[us, Asia/Karachi][pyarrow]"),
        pd.Index(pd.array(MONTH_ENDS.date, dtype="date32[day][pyarrow]"), name="end"),
        pd.Index(MONTH_ENDS.date, name="end"),
        pd.Index(list(MONTH_ENDS), dtype=object, name="end"),
        pd.CategoricalIndex(["2024-01", "2024-02", "2024-03"], name="end"),
    ],
    ids=lambda index: str(index.dtype),
)
def test_added_rows_have_labels_of_the_kind_of_the_others(index):
    got = regressors(index, ["td1"], back=1, ahead=2)
    assert got.index[1:-2].tolist() == index.tolist()
    assert got.index.name == "end"
    kinds = {type(label) for label in got.index}
    assert kinds == {type(index[0])}
    days = ["2023-12-31", "2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"]
    size = min(10, len(str(got.index[0])))
    assert [str(label)[:size] for label in got.index] == [day[:size] for day in days]
    assert got["td1"].tolist() == regressors(6, ["td1"], start="2023-12")["td1"].tolist()


def test_a_regular_index_stays_regular():
    index = pd.date_range("2019-01", periods=24, freq="ME", name="t")
    longer = regressors(index, ["td"], ahead=12)
    assert longer.index.equals(pd.date_range("2019-01", periods=36, freq="ME"))
    assert longer.index.freq == index.freq
    assert longer.index.name == "t"


def test_absent_and_shuffled_periods_keep_their_own_values():
    order = np.random.default_rng(1).permutation([i for i in range(24) if i not in (5, 6, 17)])
    found = regressors([MONTHS[i] for i in order], NAMES, ahead=2)
    assert found.labels == (*(MONTHS[i] for i in order), "2021-01", "2021-02")
    np.testing.assert_array_equal(found.values[:-2], WHOLE.values[order])


def test_periods_are_written_in_many_ways():
    same = ["ao2020.apr", "ao2020.4", "ao2020-04", "AO2020.Apr", "ao April 2020", "ao2020.04"]
    columns = regressors(24, [name for name in same if name != "ao April 2020"], start="2019-01")
    assert (columns.values == WHOLE["ao2020.apr"][:, None]).all()
    quarters = regressors(8, ["ao2020.2", "ao2020Q2", "ao2020-05"], start="2019Q1").values
    assert (quarters == np.eye(8)[:, [5, 5, 5]]).all()
    ramps = regressors(24, ["rp2019.3-2020.jun", "rp2019-03..2020-06"], start="2019-01").values
    assert (ramps[:, 0] == ramps[:, 1]).all()
    weeks = regressors(60, ["ls2020-W07"], start="2020-W01").values[:, 0]
    assert weeks.tolist() == [-1.0] * 6 + [0.0] * 54


@pytest.mark.parametrize(
    ("weekend", "rest"), [("sat-sun", (5, 6)), ("fri-sat", (4, 5)), ("fri", (4,))]
)
def test_trading_days_count_the_days_of_the_week(weekend, rest):
    found = regressors(240, ["td", "td1"], start="2001-01", weekend=weekend)
    days = np.arange("2001-01", "2021-01", dtype="M8[D]")
    month = days.astype("M8[M]").astype(int) - 31 * 12
    week = (days.astype(int) + 3) % 7
    counts = np.array([np.bincount(month[week == day], minlength=240) for day in range(7)])
    last = rest[-1]
    for step in range(1, 7):
        day = (last + step) % 7
        name = "td_" + ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[day]
        np.testing.assert_array_equal(found[name], counts[day] - counts[last])
    idle = sum(counts[day] for day in rest)
    work = counts.sum(0) - idle
    np.testing.assert_allclose(found["td1"], work - (7 - len(rest)) / len(rest) * idle, atol=1e-12)


def test_the_weekend_moves_on_its_day():
    moved = {None: "thu-fri", "2013-06-29": "fri-sat"}
    found = regressors(120, ["td", "td1"], start="2010-01", weekend=moved)
    before = regressors(120, ["td1"], start="2010-01", weekend="thu-fri")["td1"]
    after = regressors(120, ["td1"], start="2010-01", weekend="fri-sat")["td1"]
    assert (found["td1"][:41] == before[:41]).all()
    assert (found["td1"][42:] == after[42:]).all()
    # Saturday 29 June was a day of rest for the first time, and so was Friday 28 before it
    assert found["td1"][41] == before[41] - 3.5
    assert found.columns[:6] == tuple(f"td_day{k}" for k in range(1, 7))


BAD = [
    (["tdd"], {}, 'no regressor "tdd"; did you mean "td"'),
    (["eastr[8]"], {}, 'did you mean "easter"'),
    (["nothing like it"], {}, "There are: td, td1"),
    (["easter"], {}, r"easter\[8\]"),
    (["easter[26]"], {}, "1 to 25"),
    (["easter[0]"], {}, "1 to 25"),
    (["easterstock[x]"], {}, "no whole number"),
    (["tdstock[32]"], {}, "1 to 31"),
    (["td[3]"], {}, 'write "td"'),
    (["loq"], {}, 'use "lom"'),
    (["td", "td"], {}, "occurs twice"),
    (["ao2030.1"], {}, "outside of the data"),
    (["ls2019.1"], {}, "begin it a period later"),
    (["rp2020.5-2020.5"], {}, "must end after"),
    (["rp2020.5"], {}, "needs a first and a last period"),
    (["ao2020.13"], {}, "no period 13"),
    (["ao2020.foo"], {}, "ao2020.foo"),
    (["td"], {"weekend": "sat-mon"}, "weekend="),
    (["td"], {"weekend": {"2013": "fri-sat"}}, "must be a day"),
    (["td"], {"weekend": {}}, "empty"),
    (["td"], {"ahead": -1}, "ahead"),
    (["td"], {"back": 1.5}, "back"),
]


@pytest.mark.parametrize(
    ("names", "options", "said"), BAD, ids=[str(b[0]) + str(b[1]) for b in BAD]
)
def test_what_is_wrong_is_said(names, options, said):
    with pytest.raises(ValueError, match=said):
        regressors(24, names, start="2019-01", **options)


def test_periods_that_have_no_such_regressor():
    with pytest.raises(ValueError, match=r"these are weekly"):
        regressors(60, ["td"], start="2020-W01")
    with pytest.raises(ValueError, match="these are weekly"):
        regressors(60, ["easterstock[8]"], start="2020-W01")
    with pytest.raises(ValueError, match="these are daily"):
        regressors(60, ["lpyear"], freq="D", start="2020-01-01")
    with pytest.raises(ValueError, match="monthly data, and these are quarterly"):
        regressors(60, ["tdstock[31]"], start="2020Q1")
    with pytest.raises(ValueError, match="seasonal outlier"):
        regressors(60, ["so2020-W07"], start="2020-W01")
    with pytest.raises(ValueError, match="start="):
        regressors(24, ["td"])
    with pytest.raises(ValueError, match="no periods"):
        regressors(pd.RangeIndex(24), ["td"])
    with pytest.raises(ValueError, match="no periods"):
        regressors([], ["td"])
    with pytest.raises(TypeError, match=r"write \[.td.\]"):
        regressors(24, "td", start="2019-01")
    with pytest.raises(TypeError, match="not 3"):
        regressors(24, [3], start="2019-01")
    with pytest.raises(TypeError, match="weekend"):
        regressors(24, ["td"], start="2019-01", weekend=5)
    with pytest.raises(KeyError, match="no column"):
        WHOLE["tc2020.apr"]


def test_one_coefficient_as_x13_names_it():
    found = regressors(24, ["td1coef"], start="2019-01")
    assert found.columns == ("td1coef",)
    np.testing.assert_array_equal(found.values, regressors(24, ["td1"], start="2019-01").values)


@pytest.mark.parametrize(
    "option", [{"country": "PK"}, {"hijri": "civil"}, {"share": "period"}, {"centre": None}]
)
def test_options_of_holidays_that_would_do_nothing(option):
    with pytest.raises(ValueError, match=f"{next(iter(option))}: for moving holidays, and names"):
        regressors(24, ["td", "easter[8]"], start="2019-01", **option)
    assert regressors(24, ["td", "ramadan[during]"], start="2019-01", **option).values.shape


@pytest.mark.parametrize("index", [-1, 0, 10**9, 3.0, True, "2024-04", None])
def test_an_index_that_tells_no_periods(index):
    with pytest.raises((TypeError, ValueError), match="the index is the"):
        regressors(index, ["td1"], start="2024-01")
    with pytest.raises(TypeError, match=r'names is a list of texts: write \["td"\]'):
        regressors(3, None, start="2024-01")
