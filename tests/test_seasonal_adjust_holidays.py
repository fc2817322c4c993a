"""Moving holidays from the name to the adjusted series: options, windows, weeks, and what is wrong.

That the options reach the model is shown by a regression made here: on columns of
`calendar.regressors` with the same options, by generalised least squares with the covariance of the
estimated model written out in full.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import paimana as pm
from paimana.datasets import ramadan_sales

Array = np.ndarray[Any, Any]

SALES = ramadan_sales(years=16)
NAMES = ["ramadan", "eid_al_fitr[-7,2]", "eid_al_adha"]
OVERRIDES = {"eid_al_fitr": {2006: "2006-10-25", 2011: "2011-09-01"}}
WEEKS = pd.period_range("2015-01-05", periods=320, freq="W")


def regression(z: Array, columns: Array, ma: Array, period: int) -> tuple[Array, Array]:
    """Coefficients and standard errors given (1 - ma_1 B)(1 - ma_P B^P) of the differences."""

    def differenced(x: Array) -> Array:
        once = x[1:] - x[:-1]
        return once[period:] - once[:-period]

    w, xs = differenced(z), differenced(columns)
    n = len(w)
    psi = np.convolve([1.0, -ma[0]], [1.0, *np.zeros(period - 1), -ma[1]])
    covariance = sum(
        float(psi[k:] @ psi[: len(psi) - k]) * (np.eye(n, k=k) + (np.eye(n, k=-k) if k else 0))
        for k in range(len(psi))
    )
    root = np.linalg.inv(np.linalg.cholesky(covariance))
    xs, w = root @ xs, root @ w
    estimates = np.linalg.lstsq(xs, w, rcond=None)[0]
    variance = ((w - xs @ estimates) ** 2).sum() / n
    errors = np.sqrt(np.diag(np.linalg.inv(xs.T @ xs)) * variance)
    return estimates, errors


def assert_is_the_regression(result: Any, x: pd.Series, columns: pd.DataFrame, period: int) -> None:
    found = result.coefficients
    ma = found.loc[found["group"] == "arma", "estimate"].to_numpy()
    estimates, errors = regression(np.log(x.to_numpy()), columns.to_numpy(), ma, period)
    mine = found.loc[list(columns.columns)]
    np.testing.assert_allclose(mine["estimate"], estimates, rtol=1e-7, atol=1e-10)
    np.testing.assert_allclose(mine["standard_error"], errors, rtol=1e-7)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"country": "PK"},
        {"country": "PK", "hijri": "civil"},
        {"hijri": "tabular", "centre": None},
        {"overrides": OVERRIDES},
        {"country": "ID", "overrides": OVERRIDES, "share": "period", "centre": "season"},
    ],
    ids=str,
)
@pytest.mark.parametrize("freq", ["M", "Q"])
def test_options_reach_the_columns(options: dict[str, Any], freq: str) -> None:
    if "country" in options:
        pytest.importorskip("holidays")
    x = SALES if freq == "M" else pm.to_frequency(SALES, "Q")
    given: dict[str, Any] = {"calendar_options": options, "outliers": None, "transform": "log"}
    result = pm.seasonal_adjust(x, calendar=NAMES, **given)
    columns = pm.calendar.regressors(x.index, NAMES, **options)
    assert_is_the_regression(result, x, columns, 12 if freq == "M" else 4)
    if options:
        plain = pm.seasonal_adjust(x, calendar=NAMES, **(given | {"calendar_options": None}))
        assert not np.allclose(
            plain.coefficients["estimate"], result.coefficients["estimate"], rtol=1e-6
        )


def test_options_reach_what_is_tested() -> None:
    pytest.importorskip("holidays")
    options = {"country": "PK", "overrides": OVERRIDES}
    given: dict[str, Any] = {"calendar_options": options, "transform": "log"}
    result = pm.seasonal_adjust(SALES, calendar=["auto", *NAMES[:2]], **given)
    # this window holds the two weeks before Eid by half, and takes Ramadan's place
    taken = ["td", "eid_al_fitr[-7,2]"]
    assert [name for name in result.chosen.values() if name != "none"] == taken
    # trading days bring a division by the length of February
    length = pm.calendar.regressors(SALES.index, ["lpyear"])["lpyear"] / 28.25 + 1
    columns = pm.calendar.regressors(SALES.index, [*taken, *result.outliers], **options)
    assert_is_the_regression(result, SALES / length, columns, 12)
    # the effect is that of the columns, and what was taken off is put back
    effect = length * np.exp(
        columns.iloc[:, :7] @ result.coefficients.loc[columns.columns[:7], "estimate"]
    )
    np.testing.assert_allclose(result.calendar_effect, effect, rtol=1e-9)
    # the tests have the options too: trading days, tested first, are the same with and without
    other = pm.seasonal_adjust(SALES, calendar=["auto", *NAMES[:2]], transform="log")
    assert result.aicc_tables["ramadan"]["ramadan"] != other.aicc_tables["ramadan"]["ramadan"]
    assert result.aicc_tables["ramadan"]["none"] != other.aicc_tables["ramadan"]["none"]
    assert result.aicc_tables["td"] == other.aicc_tables["td"]


def test_the_weekend_reaches_the_columns() -> None:
    moved = {None: "thu-fri", "2007-06-29": "fri-sat"}
    given: dict[str, Any] = {"calendar": ["td", "lom", "eid_al_fitr"], "weekend": moved}
    result = pm.seasonal_adjust(SALES, outliers=None, transform="log", **given)
    columns = pm.calendar.regressors(SALES.index, given["calendar"], weekend=moved)
    assert_is_the_regression(result, SALES, columns, 12)
    assert "td_day1" in result.coefficients.index


@pytest.mark.parametrize(
    ("calendar", "options", "said"),
    [
        (["ramadan"], {"country": "ZZ"}, 'country="ZZ" is not known.*two letters such as "PK"'),
        (["ramadan"], {"country": "Pakistan"}, 'country="Pakistan" is not known'),
        (["ramadan"], {"country": 92}, "country must be a code of two letters"),
        (["ramadan"], {"hijri": "julian"}, "hijri='julian' is not a calendar"),
        (["ramadan"], {"overrides": {2006: "2006-12-24"}}, "more than 5 days"),
        (["ramadan"], {"weekend": "fri-sat"}, "give weekend= itself"),
        (["ramadan"], {"land": "PK"}, "no option 'land'; there are: hijri, country, overrides"),
        (["ramadan"], "PK", "calendar_options is a dict.*got 'PK'"),
        ("auto", {"country": "PK"}, r'gives country,.*names none.*\["auto", "ramadan"'),
        (["td"], {"hijri": "civil", "share": "period"}, "gives hijri, share,.*names none"),
        (["auto", "eid_al_fitr[2,-7]"], {}, r'ends before it begins: write "eid_al_fitr\[-7,2\]"'),
        (["eid_al_fitr[-7]"], {}, r'no window in its brackets.*"eid_al_fitr\[-7,2\]"'),
        (["eid_al_fitr[-7,400]"], {}, "reaches more than 180 days"),
        (["auto", "eid"], {}, 'no regressor "eid"'),
        (
            ["ramadan", "eid_al_fitr", "eid_al_fitr[0,2]"],
            {},
            r"eid_al_fitr\[0,2\] is a combination.*of sales.*drop eid_al_fitr\[0,2\], or one",
        ),
        (
            ["auto", "eid_al_adha[0,2]", "eid_al_adha[0,0]", "eid_al_adha[1,2]"],
            {},
            r"eid_al_adha\[1,2\] is a combination of others.*drop eid_al_adha\[1,2\]",
        ),
    ],
)
def test_calendars_that_make_no_sense(calendar: Any, options: Any, said: str) -> None:
    if isinstance(options, dict) and "country" in options and calendar != "auto":
        pytest.importorskip("holidays")
    with pytest.raises((ValueError, TypeError), match=said):
        pm.seasonal_adjust(SALES, calendar=calendar, calendar_options=options)


def test_options_may_stay_where_the_calendar_goes() -> None:
    """A comparison with and without a calendar changes one argument."""
    options = {"hijri": "civil"}
    assert pm.seasonal_adjust(SALES, calendar=None, calendar_options=options).chosen == {}
    defaults = {"country": None, "hijri": "umm_al_qura"}
    assert pm.seasonal_adjust(SALES, calendar_options=defaults).chosen["td"] == "td"


def test_holidays_that_are_not_known_in_the_data_are_named() -> None:
    early = pd.Series(SALES.to_numpy(), pd.period_range("1920-01", periods=len(SALES), freq="M"))
    said = r'"ramadan" is known from 1924-08-30 to 2077-.*data reach from 1920-01-01.*"civil"'
    for calendar in (["ramadan"], ["auto", "ramadan"]):
        with pytest.raises(ValueError, match=said):
            pm.seasonal_adjust(early, calendar=calendar)
    pm.seasonal_adjust(early, calendar=["ramadan"], calendar_options={"hijri": "civil"})
    # the year of forecasts counts too
    late = pd.Series(SALES.to_numpy(), pd.period_range("2061-10", periods=len(SALES), freq="M"))
    with pytest.raises(ValueError, match=r'"ramadan".*reach from 2061-10-01 to 2078-09-30'):
        pm.seasonal_adjust(late, calendar=["ramadan"])
    pm.seasonal_adjust(late, calendar=["ramadan"], forecast=0)


def test_a_column_that_is_nothing_is_named() -> None:
    months = pd.period_range("2000-01", periods=48, freq="M")
    short = pd.Series(SALES.to_numpy()[:48], months)
    for name, said in (
        ("ao2010.1", '"ao2010.1" lies outside of the data'),
        ("ls2000.1", '"ls2000.1" begins with the data'),
    ):
        with pytest.raises(ValueError, match=said + r".*leave it out"):
            pm.seasonal_adjust(short, calendar=["ramadan", name])
    # a holiday in the year of forecasts alone explains nothing that was observed
    with pytest.raises(ValueError, match=r"ao2004\.3.*(zero|outside).*drop|leave"):
        pm.seasonal_adjust(short, calendar=["ramadan", "ao2004.3"])


def test_series_too_short_or_with_gaps_say_so() -> None:
    with pytest.raises(ValueError, match=r"sales has 35 periods.*three years, 36 periods"):
        pm.seasonal_adjust(SALES[:35], calendar=["auto", *NAMES])
    least = pm.seasonal_adjust(SALES[:36], calendar=["auto", *NAMES])
    assert np.isfinite(least.adjusted).all()
    many = [*NAMES, "hajj", "ashura", "mawlid", "chinese_new_year", "ramadan[before]", "td"]
    with pytest.raises(ValueError, match=r"combination of others|too short for the model"):
        pm.seasonal_adjust(SALES[:36], calendar=many)
    gap = SALES.copy()
    gap.iloc[[20, 30]] = np.nan
    with pytest.raises(ValueError, match="sales is missing in September 2001 and July 2002"):
        pm.seasonal_adjust(gap, calendar=["auto", *NAMES])
    with pytest.raises(ValueError, match="sales is missing in September 2001"):
        pm.seasonal_adjust(SALES.drop(SALES.index[20]), calendar=["auto", *NAMES])


# Weeks.


def weekly(effects: dict[str, float]) -> pd.Series:
    """Weeks with a season, noise, and what holidays are given."""
    rng = np.random.default_rng(7)
    t = np.arange(len(WEEKS))
    columns = pm.calendar.regressors(WEEKS, list(effects))
    noise = rng.normal(0, 0.01, len(t)) + np.cumsum(rng.normal(0, 0.005, len(t)))
    season = 0.1 * np.sin(2 * np.pi * t / 52)
    return pd.Series(np.exp(5 + season + noise + columns.to_numpy() @ [*effects.values()]), WEEKS)


def test_weeks_with_holidays() -> None:
    truth = {"easter[8]": 0.10, "ramadan": -0.20, "eid_al_fitr[-7,2]": 0.15}
    x = weekly(truth)
    result = pm.seasonal_adjust(x, calendar=list(truth), transform="log", outliers=None)
    columns = pm.calendar.regressors(WEEKS, list(truth))
    assert_is_the_regression(result, x, columns, 52)
    found = result.coefficients.loc[list(truth)]
    away = (found["estimate"] - list(truth.values())).abs()
    assert (away < 2 * found["standard_error"]).all()
    assert (found["t"].abs() > 5).all()
    assert len(result.forecast) == 52
    made = result.trend * result.seasonal * result.calendar_effect * result.irregular
    np.testing.assert_allclose(made, x, rtol=1e-12)
    tested = pm.seasonal_adjust(x, calendar=["auto", "ramadan", "eid_al_fitr[-7,2]", "hajj"])
    assert tested.chosen == {
        "easter": "easter[8]",
        "ramadan": "ramadan",
        "eid_al_fitr[-7,2]": "eid_al_fitr[-7,2]",
        "hajj": "none",
    }


def test_weeks_are_tested_for_easter_alone() -> None:
    assert list(pm.seasonal_adjust(weekly({})).chosen) == ["easter"]


def test_the_days_before_easter_in_weeks() -> None:
    column = pm.calendar.regressors(WEEKS, ["easter[8]"])["easter[8]"] + 7 / 365.2425
    # Easter of 2015 was on 5 April: six of the days are in its week, two in the week before
    assert column.iloc[11:14].tolist() == pytest.approx([2 / 8, 6 / 8, 0])
    assert column.sum() == pytest.approx(6)
    with pytest.raises(ValueError, match=r'"easter\[40\]" must name from 1 to 25 days'):
        pm.calendar.regressors(WEEKS, ["easter[40]"])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("td", "for monthly and quarterly data.*weekly: every week has the same days"),
        ("td1", "for monthly and quarterly data.*weekly"),
        ("lpyear", "for monthly and quarterly data.*weekly"),
        ("lom", "for monthly data.*weekly"),
        ("loq", "for quarterly data.*weekly"),
        ("tdstock[31]", "for monthly data.*weekly"),
        ("easterstock[8]", "for monthly and quarterly data.*weekly"),
        ("so2016-W10", "a seasonal outlier is for monthly, quarterly and half-yearly.*weekly"),
    ],
)
def test_weeks_have_nothing_of_months(name: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        pm.seasonal_adjust(weekly({}), calendar=["ramadan", name])
    with pytest.raises(ValueError, match=r'centre="season".*weeks'):
        pm.seasonal_adjust(weekly({}), calendar=["ramadan"], calendar_options={"centre": "season"})


def test_weeks_that_are_too_few() -> None:
    with pytest.raises(ValueError, match=r"x has 155 periods.*156 periods"):
        pm.seasonal_adjust(weekly({})[:155])
    assert np.isfinite(pm.seasonal_adjust(weekly({})[:156]).adjusted).all()
