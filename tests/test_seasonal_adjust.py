"""Seasonal adjustment with a model: containers, options, results, and what is refused."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import paimana as pm
from paimana.measure._adjust_tests import chi_squared, residual_tests
from reference.bank import sources

AIR = sources()["air"].x
DATES = pd.period_range("1949-01", periods=len(AIR), freq="M")
WHERE: dict[str, Any] = {"freq": "M", "start": "1949-01"}


@pytest.fixture(scope="module")
def result() -> Any:
    return pm.seasonal_adjust(AIR, **WHERE)


def test_one_line_is_enough_for_every_container(result: Any) -> None:
    series = pm.seasonal_adjust(pd.Series(AIR, DATES))
    assert list(series.adjusted.index) == list(DATES)
    np.testing.assert_array_equal(series.adjusted, result.adjusted)
    assert str(series.forecast.index[0]) == "1961-01"
    stamps = DATES.to_timestamp().date.tolist()
    polars = pm.seasonal_adjust(pl.Series("air", AIR), time=pl.Series(stamps))
    assert isinstance(polars.adjusted, pl.Series)
    np.testing.assert_array_equal(polars.adjusted.to_numpy(), result.adjusted)


def test_a_frame_is_its_series() -> None:
    frame = pd.DataFrame({"a": AIR, "b": AIR[::-1] + 50, "c": AIR}, DATES)
    frame.loc[DATES[:20], "c"] = np.nan
    both = pm.seasonal_adjust(frame)
    for name in frame:
        alone = pm.seasonal_adjust(frame[name].dropna())
        pd.testing.assert_series_equal(both.adjusted[name].dropna(), alone.adjusted)
        assert both.aicc[name] == alone.aicc
        assert both.outliers[name] == alone.outliers
    assert set(both.coefficients["series"]) == {"a", "b", "c"}
    assert both.summary().count("AICC") == 3


def test_components_make_up_the_series(result: Any) -> None:
    whole = result.adjusted * result.seasonal * result.calendar_effect
    np.testing.assert_allclose(whole, AIR, rtol=1e-12)
    np.testing.assert_allclose(result.trend * result.irregular, result.adjusted, rtol=1e-12)
    level = pm.seasonal_adjust(AIR, transform="none", **WHERE)
    whole = level.adjusted + level.seasonal + level.calendar_effect
    np.testing.assert_allclose(whole, AIR, rtol=1e-12)
    np.testing.assert_allclose(level.trend + level.irregular, level.adjusted, rtol=1e-10)


def test_the_choices_and_estimates_are_shown(result: Any) -> None:
    assert result.transform == "log"
    assert result.chosen == {"td": "td1", "easter": "easter[1]"}
    assert result.outliers == ["ao1951-05"]
    coefficients = result.coefficients
    assert list(coefficients.index) == ["td1", "easter[1]", "ao1951-05", "ma[1]", "maS[12]"]
    t = coefficients["estimate"] / coefficients["standard_error"]
    np.testing.assert_allclose(coefficients["t"], t)
    text = result.summary()
    for words in ("(0 1 1)(0 1 1) of logarithms", "td1", "Ljung-Box", "AICC", "947.33"):
        assert words in text
    assert "td1" in result._repr_html_()
    assert (result.forecast_lower < result.forecast).all()
    assert (result.forecast < result.forecast_upper).all()


def test_a_list_is_taken_and_with_auto_it_is_tested() -> None:
    taken = pm.seasonal_adjust(AIR, calendar=["td1", "easter[8]"], **WHERE)
    assert taken.chosen == {}
    assert list(taken.coefficients.index[:2]) == ["td1", "easter[8]"]
    tested = pm.seasonal_adjust(AIR, calendar=["auto", "easterstock[8]", "ls1953.1"], **WHERE)
    assert list(tested.chosen) == ["td", "easter", "easterstock[8]"]
    assert "ls1953.1" in tested.coefficients.index
    none = pm.seasonal_adjust(AIR, calendar=None, outliers=None, freq="M")
    assert list(none.coefficients.index) == ["ma[1]", "maS[12]"]
    assert (none.calendar_effect == 1).all()


def test_forecasts_and_backcasts_are_as_many_as_asked() -> None:
    longer = pm.seasonal_adjust(pd.Series(AIR, DATES), forecast=18, backcast=6)
    assert [str(end) for end in longer.forecast.index[[0, -1]]] == ["1961-01", "1962-06"]
    assert [str(end) for end in longer.backcast.index[[0, -1]]] == ["1948-07", "1948-12"]
    none = pm.seasonal_adjust(AIR, forecast=0, **WHERE)
    with pytest.raises(ValueError, match="there are no forecasts"):
        _ = none.forecast


def test_pickled_and_drawn(result: Any) -> None:
    pytest.importorskip("matplotlib")
    again = pickle.loads(pickle.dumps(result))
    np.testing.assert_array_equal(again.adjusted, result.adjusted)
    assert again.aicc == result.aicc
    assert result.plot() is not None
    assert result.month_plot() is not None
    columns = ["seasonal", "adjusted", "trend", "irregular", "calendar_effect"]
    assert list(pm.seasonal_adjust(pd.Series(AIR, DATES)).frame().columns) == columns


def test_errors_of_later_calls_name_their_series(monkeypatch: pytest.MonkeyPatch) -> None:
    threads = pm.get_threads()
    pm.set_threads(1)
    monkeypatch.setattr("paimana.measure.adjust.TURN", 0.0)  # one series a call
    try:
        frame = pd.DataFrame({"a": AIR, "b": AIR - 300}, DATES)
        with pytest.raises(ValueError, match='column "b", January 1949'):
            pm.seasonal_adjust(frame, transform="log")
        one = pm.seasonal_adjust(frame, progress=False)
    finally:
        pm.set_threads(threads)
    monkeypatch.undo()
    pd.testing.assert_frame_equal(one.adjusted, pm.seasonal_adjust(frame).adjusted)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"calendar": "td"}, 'one text: give "auto"'),
        ({"calendar": ["tdd"]}, "there is no regressor"),
        ({"calendar": ["auto", "td"]}, "tests td already"),
        ({"calendar": ["ao1949.3", "ao1949.3"]}, "occurs twice"),
        ({"calendar_options": {"land": "PK"}}, "no option 'land'"),
        ({"transform": "sqrt"}, "transform='sqrt' is not known"),
        ({"outliers": ["xx"]}, "outliers='xx' is not known"),
        ({"outliers": False}, "outliers=False is not known.*or None for no search"),
        ({"outliers": 4.0}, "outliers=4.0 is not known"),
        ({"critical": 0}, "critical holds positive numbers; got 0"),
        ({"critical": "high"}, "critical is"),
        ({"critical": {"ao": 4.0}}, "critical is"),
        ({"compat": "x12"}, "compat='x12' is not known"),
        ({"model": (0, 1, 1)}, "two triples"),
        ({"model": "(0 1 1)(0 1 1)"}, "two triples"),
        ({"x11": "3x5"}, "x11 is a dict.*got '3x5'"),
        ({"x11": {"filter": "3x5"}}, "no option 'filter'"),
        ({"x11": {"mode": "add"}}, "logarithms, whose effects multiply: use transform=.none"),
        ({"forecast": -1}, "forecast must be at least 0"),
        ({"forecast": 121}, "at most ten years"),
        ({"weekend": "mon-xyz"}, "weekend"),
    ],
)
def test_options_that_make_no_sense(options: dict[str, Any], words: str) -> None:
    with pytest.raises((ValueError, TypeError), match=words):
        pm.seasonal_adjust(AIR, **WHERE, **options)


def test_series_that_cannot_be_adjusted() -> None:
    with pytest.raises(ValueError, match="give start="):
        pm.seasonal_adjust(AIR, freq="M")
    with pytest.raises(ValueError, match='give freq="M"'):
        pm.seasonal_adjust(AIR)
    with pytest.raises(ValueError, match="needs at least three years"):
        pm.seasonal_adjust(AIR[:30], **WHERE)
    gap = AIR.copy()
    gap[[40, 41]] = np.nan
    with pytest.raises(ValueError, match="missing in May 1952 and June 1952"):
        pm.seasonal_adjust(gap, **WHERE)
    weeks = 100 + np.random.default_rng(1).normal(size=220)
    with pytest.raises(ValueError, match=r"lpyear|week"):
        pm.seasonal_adjust(weeks, calendar=["lpyear"], freq="W", start="2015-01-05")
    with pytest.raises(ValueError, match=r"dependent|collinear|combination"):
        pm.seasonal_adjust(AIR, calendar=["td", "td1"], **WHERE)


def test_residuals_are_tested_as_statsmodels_tests_them(result: Any) -> None:
    diagnostic = pytest.importorskip("statsmodels.stats.diagnostic")
    tools = pytest.importorskip("statsmodels.stats.stattools")
    found = result.residual_tests
    expected = diagnostic.acorr_ljungbox(
        result.residuals - result.residuals.mean(), lags=[24], model_df=2
    )
    assert found.ljung_box == pytest.approx(expected["lb_stat"].item())
    assert found.ljung_box_p == pytest.approx(expected["lb_pvalue"].item())
    statistic, p, skewness, kurtosis = tools.jarque_bera(result.residuals)
    mine = (found.jarque_bera, found.normality_p, found.skewness, found.kurtosis)
    assert mine == pytest.approx((statistic, p, skewness, kurtosis))


def test_the_chi_squared_distribution() -> None:
    stats = pytest.importorskip("scipy.stats")
    for df in (1, 2, 3, 22, 23):
        for x in (0.0, 0.5, 10.0, 60.0):
            assert chi_squared(x, df) == pytest.approx(stats.chi2.sf(x, df), rel=1e-12)
    short = residual_tests(np.array([1.0, -1.0, 2.0, -2.5]), 12, 2)
    assert short.lags == 3
