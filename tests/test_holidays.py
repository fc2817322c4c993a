"""Moving holidays: dates against hijridate and by hand, columns against a count of days."""

from __future__ import annotations

import sys
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

import paimana as pm
from paimana.calendar import holiday_dates, regressors

hijridate = pytest.importorskip("hijridate")

DAY = np.timedelta64(1, "D")
EPOCH = np.datetime64("1970-01-01")


def days(*texts):
    return [str(day) for day in np.array(texts, dtype="M8[D]")]


def dates(*args, **options):
    return holiday_dates(*args, **options).astype(str).tolist()


def test_umm_al_qura_is_that_of_hijridate_on_every_day():
    starts = np.array([pm._core.calendar.hijri_months("umm_al_qura", m) for m in range(1, 13)])
    first, last, years, begin = pm._core.calendar.hijri_range("umm_al_qura")
    assert (years, begin) == (158, 1343)
    edges = np.append(starts.T.ravel(), last + 1)
    checked = 0
    for month, (start, end) in enumerate(pairwise(edges)):
        year, number = 1343 + month // 12, month % 12 + 1
        for offset in range(end - start):
            day = EPOCH + int(start + offset) * DAY
            theirs = hijridate.Gregorian.fromdate(day.item()).to_hijri()
            assert theirs.datetuple() == (year, number, offset + 1)
            checked += 1
    assert edges[0] == first
    assert checked == last - first + 1 == 55991


def julian_day(year, month, day, epoch):
    """The formula of the Explanatory Supplement to the Astronomical Almanac, its own way."""
    return (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day + epoch - 385


@pytest.mark.parametrize(("calendar", "epoch"), [("civil", 1948440), ("tabular", 1948439)])
def test_the_arithmetic_calendars(calendar, epoch):
    for month in range(1, 13):
        found = pm._core.calendar.hijri_months(calendar, month)[:3000]
        expected = [julian_day(y, month, 1, epoch) - 2440588 for y in range(1, 3001)]
        assert found == expected


def test_feasts_that_fall_twice_into_a_year():
    assert dates("eid_al_fitr", 2000, 2000) == days("2000-01-08", "2000-12-27")
    assert dates("eid_al_adha", 2006, 2006) == days("2006-01-10", "2006-12-31")
    assert len(holiday_dates("eid_al_fitr", 2033, 2033)) == 2
    assert len(holiday_dates("eid_al_adha", 2039, 2039)) == 2
    assert dates("ramadan", 2024, 2024) == ["2024-03-11"]
    assert dates("hajj", 2024, 2024) == ["2024-06-14"]
    assert dates("ashura", 2024, 2024) == ["2024-07-16"]
    assert dates("mawlid", 2024, 2024) == ["2024-09-15"]
    assert dates("chinese_new_year", 2023, 2025) == days("2023-01-22", "2024-02-10", "2025-01-29")


def test_chinese_new_year_and_diwali_are_those_of_the_package():
    holidays = pytest.importorskip("holidays")
    table = holidays.country_holidays("SG", years=range(1970, 2031), language="en_US")
    ours = holiday_dates("chinese_new_year", 1970, 2030)
    # two Sundays, for which the package has the day of rest in their place
    assert {str(day) for day in set(ours.tolist()) - set(table)} == {"2006-01-29", "2007-02-18"}
    assert len(ours) == 61
    assert dates("diwali", 2022, 2024) == days("2022-10-24", "2023-11-12", "2024-10-31")


def test_pakistan_observed_its_own_days():
    pytest.importorskip("holidays")
    pk = {"country": "PK"}
    assert dates("eid_al_fitr", 2023, 2025, **pk) == days("2023-04-22", "2024-04-10", "2025-03-31")
    assert dates("eid_al_fitr", 2023, 2023) == ["2023-04-21"]
    # an estimate of the package is none
    assert dates("eid_al_fitr", 2030, 2030, **pk) == dates("eid_al_fitr", 2030, 2030)
    for country, expected in (("PK", [21, 9]), (None, [20, 9])):
        whole = regressors(
            13, ["ramadan"], start="2023-04", country=country, share="period", centre=None
        )
        assert np.rint(whole["ramadan"][[0, 12]] * 30).tolist() == expected


def test_overrides_go_before_all():
    given = {2025: "2025-03-31"}
    assert dates("eid_al_fitr", 2025, 2025, overrides=given) == ["2025-03-31"]
    assert dates("eid_al_fitr", 2025, 2025) == ["2025-03-30"]
    column = regressors(3, ["eid_al_fitr[0,0]"], start="2025-02", overrides=given, centre=None)
    assert column.values[:, 0].tolist() == [0.0, 1.0, 0.0]
    two = {2000: ["2000-01-09", "2000-12-28"]}
    assert dates("eid_al_fitr", 2000, 2000, overrides=two) == days("2000-01-09", "2000-12-28")
    by_name = {"eid_al_fitr": given}
    whole = regressors(
        3,
        ["ramadan", "eid_al_fitr"],
        start="2025-02",
        overrides=by_name,
        share="period",
        centre=None,
    )
    # Ramadan began on 1 March and ends the day before the feast that was given
    assert whole["ramadan"].tolist() == [0.0, 30 / 31, 0.0]
    assert whole["eid_al_fitr"].tolist() == [0.0, 1 / 31, 2 / 30]


def counted(index, spells, share):
    """The slow twin: each day of each window, one by one."""
    first = index.start_time.to_numpy().astype("M8[D]")
    last = index.end_time.to_numpy().astype("M8[D]")
    column = np.zeros(len(index))
    for spell in spells:
        for row in range(len(index)):
            inside = sum(first[row] <= day <= last[row] for day in spell)
            whole = (last[row] - first[row] + DAY) // DAY if share == "period" else len(spell)
            column[row] += inside / whole
    return column


@pytest.mark.parametrize("share", ["event", "period"])
@pytest.mark.parametrize(
    "index",
    [
        pd.period_range("1999-10", "2007-03", freq="M"),
        pd.period_range("1999Q4", "2007Q1", freq="Q"),
        pd.period_range("1999-12-06", "2001-02-04", freq="W"),
    ],
    ids=["months", "quarters", "weeks"],
)
def test_windows_count_days_and_add_up(index, share):
    names = ["eid_al_fitr[-7,2]", "eid_al_adha[after]", "chinese_new_year[-3,0]"]
    found = regressors(index, names, centre=None, share=share)
    windows = {"eid_al_fitr": (-7, 2), "eid_al_adha": (3, 9), "chinese_new_year": (-3, 0)}
    for name, (holiday, (a, b)) in zip(names, windows.items(), strict=True):
        events = holiday_dates(holiday, 1998, 2008)
        spells = [[event + offset * DAY for offset in range(a, b + 1)] for event in events]
        np.testing.assert_allclose(found[name], counted(index, spells, share), atol=1e-14)
    assert set(found.attrs["groups"].values()) == {"holiday"}
    if share == "event" and index.freqstr == "M":
        year = found["eid_al_fitr[-7,2]"][index.year == 2000]
        assert year.sum() == pytest.approx(2.0)


def test_ramadan_is_a_month():
    found = regressors(24, ["ramadan"], start="2023-01", centre=None)["ramadan"]
    assert found.sum() == pytest.approx(2.0)
    assert found[2] == 9 / 29
    assert found[3] == 20 / 29


def test_means_are_those_of_the_long_run():
    # 141 years, in which 146 feasts begin: measured, by month and overall
    name = "eid_al_fitr[-14,-1]"
    plain = regressors(141 * 12, [name], start="1930-01", centre=None)[name]
    assert plain.sum() == pytest.approx(146)
    assert round(plain.mean(), 4) == 0.0863
    months = plain.reshape(141, 12).mean(0)
    assert (round(months.min(), 3), round(months.max(), 3)) == (0.078, 0.102)
    overall = regressors(141 * 12, [name], start="1930-01")[name]
    taken = plain - overall
    assert np.ptp(taken) < 1e-15
    # a feast every 354.37 days, in months of 30.44
    assert taken[0] == pytest.approx(365.2425 / 12 / (55991 / 158), rel=1e-12)
    weeks = ["eid_al_fitr[0,2]"]
    difference = regressors(99, weeks, start="2001-W01", centre=None).values - (
        regressors(99, weeks, start="2001-W01").values
    )
    assert difference[0, 0] == pytest.approx(7 * 158 / 55991)


def test_means_of_seasons():
    name = "chinese_new_year[-10,-1]"
    plain = regressors(199 * 12, [name], start="1901-01", centre=None)[name]
    found = regressors(60, [name], start="2001-01", centre="season")[name]
    means = plain.reshape(199, 12).mean(0)
    np.testing.assert_allclose(found, plain[1200:1260] - np.tile(means, 5), atol=1e-14)


BAD = [
    ("eid_al_fitr[2,-7]", {}, r"ends before it begins: write \"eid_al_fitr\[-7,2\]\""),
    ("eid_al_fitr[7]", {}, "no window"),
    ("eid_al_fitr[]", {}, "no window"),
    ("ramadan[0,300]", {}, "more than 180 days"),
    ("eid_al_fitri", {}, 'did you mean "eid_al_fitr"'),
    ("ramadan", {"hijri": "julian"}, "umm_al_qura"),
    ("ramadan", {"country": "ZZ"}, "ZZ"),
    ("ramadan", {"share": "day"}, "share="),
    ("ramadan", {"centre": "mean"}, "centre="),
    ("ramadan", {"overrides": {2020: "2020-09-24"}}, "more than 5 days"),
    ("ramadan", {"overrides": {2020: "2021-04-13"}}, "a day of that year"),
    ("ramadan", {"overrides": {2020: "2020-04"}}, "must be a day"),
    ("ramadan", {"overrides": {"eid": {2020: "2020-04-24"}}}, "no holiday 'eid'"),
    (
        "ramadan",
        {
            "overrides": {
                "ramadan": {2020: "2020-04-24"},
                "eid_al_fitr": {2020: "2020-05-27"},
            }
        },
        "33 days and must have 29 or 30",
    ),
]


@pytest.mark.parametrize(("name", "options", "said"), BAD, ids=[f"{b[0]}{b[1]}" for b in BAD])
def test_what_is_wrong_is_said(name, options, said):
    if "country" in options:
        pytest.importorskip("holidays")
    with pytest.raises(ValueError, match=said):
        regressors(24, [name], start="2019-01", **options)


def test_what_lies_outside_is_named():
    with pytest.raises(ValueError, match=r"1924-08-.* to 2077-.*Umm al-Qura.*hijri=\"civil\""):
        regressors(24, ["ramadan"], start="1923-01")
    assert len(regressors(24, ["ramadan"], start="1923-01", hijri="civil")) == 24
    with pytest.raises(ValueError, match="2077-11-16"):
        holiday_dates("ashura", 2070, 2080)
    with pytest.raises(ValueError, match="Chinese New Year"):
        regressors(24, ["chinese_new_year"], start="2100-01")
    with pytest.raises(ValueError, match="leave it out"):
        regressors(2, ["eid_al_fitr"], start="2024-01")
    with pytest.raises(ValueError, match="weeks and days have none"):
        regressors(60, ["ramadan"], start="2020-W01", centre="season")
    with pytest.raises(ValueError, match=r"several holidays.*\"ramadan\": {2020: '2020-04-24'}"):
        regressors(24, ["ramadan", "hajj"], start="2019-01", overrides={2020: "2020-04-24"})
    with pytest.raises(ValueError, match="moving holiday"):
        holiday_dates("easter", 2000, 2001)
    with pytest.raises(ValueError, match="before the first"):
        holiday_dates("ramadan", 2001, 2000)
    with pytest.raises(TypeError, match="dict from years"):
        holiday_dates("ramadan", 2001, 2001, overrides="2001-11-17")


def test_without_the_package_the_pip_line_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(ImportError, match=r"paimana\[calendar\]"):
        regressors(24, ["diwali"], start="2019-01")
    assert len(regressors(24, ["ramadan"], start="2019-01")) == 24


def test_working_days_net_of_eid():
    # as the government of Pakistan announced them: Friday to Tuesday, Wednesday to Saturday
    eid = ["2023-04-21..2023-04-25", "2024-04-10..2024-04-13"]
    index = pd.PeriodIndex(["2023-04", "2024-04"], freq="M")
    found = pm.calendar.working_days(index, holidays=eid)
    assert found.index.equals(index)
    assert found.tolist() == [17.0, 19.0]
    exports = np.array([191.0, 310.0]) / found
    assert round(100 * (exports.iloc[1] / exports.iloc[0] - 1), 1) == 45.2
    fridays = pm.calendar.working_days(["2024-04", "2024-05"], weekend="fri-sat")
    # April had four Fridays and four Saturdays, May five and four
    assert fridays.tolist() == [22.0, 22.0]
    pytest.importorskip("holidays")
    # the package knows fewer days off than were announced in 2023
    assert pm.calendar.working_days(index, country="PK").tolist() == [19.0, 19.0]


@pytest.mark.parametrize(
    ("holidays", "said"),
    [
        (["2024-04"], "must be a day"),
        (["2024-04-12..2024-04-10"], "ends before it begins"),
        (["2024-04-12..2025-04-10"], "more than 60 days"),
    ],
)
def test_holidays_that_make_no_sense(holidays, said):
    with pytest.raises(ValueError, match=said):
        pm.calendar.working_days(2, start="2024-03", holidays=holidays)
    with pytest.raises(TypeError, match="list of days"):
        pm.calendar.working_days(2, start="2024-03", holidays="2024-04-10")


# Per day.

EID = ["2023-04-21..2023-04-25", "2024-04-10..2024-04-13"]


def test_years_whose_holidays_are_not_known_are_named():
    pytest.importorskip("holidays")
    with pytest.raises(ValueError, match=r'no holidays of country="PK" in 1946 to 1947'):
        pm.calendar.working_days(48, start="1946-01", country="PK")
    assert len(pm.calendar.working_days(24, start="1948-01", country="PK")) == 24


def test_two_aprils_per_working_day():
    exports = pm.datasets.load("pakistan_ict")
    aprils = pd.PeriodIndex(["2023-04", "2024-04"], freq="M")
    assert pm.calendar.working_days(aprils, holidays=EID).tolist() == [17.0, 19.0]
    a_day = pm.per_day(exports, holidays=EID)
    assert a_day["2024-04"] == 310 / 19
    assert round(pm.yoy(a_day)["2024-04"], 1) == 45.2
    share = regressors(aprils, ["ramadan"], country="PK", centre=None)["ramadan"]
    np.testing.assert_allclose(share * 30, [21, 9], rtol=1e-12)


@pytest.mark.parametrize("freq", ["W-WED", "W-SAT", "W-SUN", "Q-JAN", "Q-NOV", "Q-DEC", "M"])
@pytest.mark.parametrize("days", ["working", "calendar"])
def test_days_are_those_of_the_periods_themselves(freq, days):
    index = pd.period_range("2023-01-02", periods=9, freq=freq)
    eid = pd.date_range("2023-04-21", "2023-04-25")
    counted = [
        sum(day.weekday() < 5 and day not in eid for day in pd.date_range(p.start_time, p.end_time))
        if days == "working"
        else (p.end_time - p.start_time).days + 1
        for p in index
    ]
    options = {"days": days, "holidays": eid if days == "working" else None}
    for x in (pd.Series(10.0, index), pd.DataFrame({"a": 10.0}, index)):
        got = np.asarray(pm.per_day(x, **options)).ravel()
        np.testing.assert_allclose(got, 10 / np.array(counted))
    if days == "working":
        assert pm.calendar.working_days(index, holidays=eid).tolist() == counted


def test_exact_and_rounded_values_per_day():
    from decimal import Decimal

    given = {"freq": "M", "start": "2024-04", "days": "calendar"}
    assert pm.per_day([Decimal("310.00"), None], decimals=2, **given) == [Decimal("10.33"), None]
    found = pm.per_day(pm.rounded([310.0], to=1), **given)
    assert found.lower[0] <= 309.5 / 30 < found.value[0] < 310.5 / 30 <= found.upper[0]
    assert found.upper[0] - found.lower[0] == pytest.approx(1 / 30, rel=1e-12)


def test_a_day_of_rest_has_no_value_per_working_day():
    x = pm.per_day(np.ones(3), freq="D", start="2024-04-05")
    np.testing.assert_array_equal(x, [1.0, np.nan, np.nan])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"days": "odd"}, "is not known"),
        ({"days": "calendar", "holidays": ["2024-04-10"]}, "leave out"),
        ({"holidays": ["2024-04-10..2024-04-01"]}, "ends before it begins"),
        ({"start": None}, "give start="),
        ({"start": None, "freq": None}, "give freq= and start="),
    ],
)
def test_days_that_cannot_be_counted(options, said):
    with pytest.raises(ValueError, match=said):
        pm.per_day([1.0, 2.0], **({"freq": "M", "start": "2024-04"} | options))
