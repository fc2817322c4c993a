"""What a seasonal adjustment gives back: every part is there, labelled, and adds up.

For arrays, pandas, Polars and frames, monthly and quarterly; what the numbers are is tested against
the Census Bureau's program elsewhere.
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import paimana as pm
from paimana.datasets import ramadan_sales

MONTHLY = ramadan_sales(years=12)
QUARTERLY = pm.to_frequency(MONTHLY, "Q")
CALENDAR = ["td1", "eid_al_fitr[-14,-1]", "ls2006-04"]
OF_QUARTERS = ["td1", "eid_al_fitr[-14,-1]", "ls2006Q2"]

SERIES = ["adjusted", "seasonal", "trend", "irregular", "calendar_effect", "original"]
AHEAD = ["forecast", "forecast_lower", "forecast_upper", "backcast", "year_ahead"]
MODEL = [
    "transform",
    "chosen",
    "aicc_tables",
    "aicc",
    "bic",
    "loglik",
    "variance",
    "outliers",
    "steps",
    "residuals",
    "residual_tests",
]
OTHER = ["tables", "coefficients", "choices", "quality", "filled"]

TABLES = {
    "A": ["A1", "A2", "A6", "A7", "A8", "A9"],
    "B": ["B1", "B7", "B13"],
    "C": ["C1", "C7", "C17"],
    "D": ["D1", "D8", "D10", "D11", "D12", "D13", "D16", "D18"],
    "E": ["E1", "E2", "E3"],
}


def values(part: Any) -> Any:
    """The numbers of a part: those of a Polars Series ahead are in a frame with their dates."""
    if isinstance(part, pl.DataFrame):
        assert part.columns[0] == "time"
        part = part["sales"]
    return np.asarray(part)


def adjusted(x: Any, calendar: Any = CALENDAR, **where: Any) -> Any:
    return pm.seasonal_adjust(x, calendar=calendar, backcast=6, outliers=("ao",), **where)


@pytest.fixture(scope="module", params=["M", "Q"])
def results(request: pytest.FixtureRequest) -> dict[str, Any]:
    x = MONTHLY if request.param == "M" else QUARTERLY
    calendar = CALENDAR if request.param == "M" else OF_QUARTERS
    start = str(x.index[0])
    dates = x.index.to_timestamp().date.tolist()
    both = pd.DataFrame({"a": x, "b": 2 * x + 5})
    return {
        "array": adjusted(x.to_numpy(), calendar, freq=request.param, start=start),
        "list": adjusted(x.tolist(), calendar, freq=request.param, start=start),
        "pandas": adjusted(x, calendar),
        "polars": adjusted(pl.Series("sales", x.to_numpy()), calendar, time=pl.Series(dates)),
        "frame": adjusted(both, calendar),
        "polars frame": adjusted(
            pl.DataFrame({"date": dates, "a": both["a"].to_numpy(), "b": both["b"].to_numpy()}),
            calendar,
            time="date",
        ),
    }


def test_all_that_is_public_is_documented(results: dict[str, Any]) -> None:
    kind = type(results["pandas"])
    text = inspect.getdoc(kind) or ""
    for name in [*SERIES, *AHEAD, *MODEL, *OTHER]:
        assert hasattr(results["pandas"], name), name
        if name != "filled":
            assert name in text, name
        member = inspect.getattr_static(kind, name, None)
        if isinstance(member, property):
            assert member.__doc__, name
    for name in ("summary", "plot", "month_plot", "frame", "to_html"):
        assert f"{name}(" in text
        assert getattr(kind, name).__doc__


@pytest.mark.parametrize("kind", ["array", "list", "pandas", "polars"])
def test_every_part_in_the_class_of_the_input(results: dict[str, Any], kind: str) -> None:
    one, pandas = results[kind], results["pandas"]
    made = {"array": np.ndarray, "list": list, "pandas": pd.Series, "polars": pl.Series}[kind]
    for name in [*SERIES, *AHEAD]:
        part = getattr(one, name)
        dated = kind == "polars" and name in AHEAD
        assert isinstance(part, pl.DataFrame if dated else made), name
        np.testing.assert_array_equal(values(part), getattr(pandas, name).to_numpy())
        assert np.isfinite(values(part)).all(), name
    assert (one.aicc, one.loglik, one.outliers) == (pandas.aicc, pandas.loglik, pandas.outliers)
    pd.testing.assert_frame_equal(one.coefficients, pandas.coefficients)
    assert one.summary().splitlines()[1:] == pandas.summary().splitlines()[1:]


def test_labels(results: dict[str, Any]) -> None:
    one = results["pandas"]
    x = one.original
    for name in SERIES:
        part = getattr(one, name)
        assert part.index.equals(x.index)
        assert part.name == "sales"
    period = {"M": 12, "Q": 4}[x.index.freqstr[0]]
    for name in ("forecast", "forecast_lower", "forecast_upper"):
        assert getattr(one, name).index.equals(x.index[-period:] + period)
    assert one.year_ahead.index.equals(x.index[-period:] + period)
    factors = one._runs[0].table("d10", extended=True)  # with those of backcasts and forecasts
    np.testing.assert_array_equal(one.year_ahead, factors[-period:])
    assert one.backcast.index.equals(x.index[:6] - 6)
    frame = results["frame"]
    for name in [*SERIES, *AHEAD]:
        part = getattr(frame, name)
        assert list(part.columns) == ["a", "b"]
        assert part.index.equals(getattr(one, name).index), name
        np.testing.assert_array_equal(part["a"], getattr(one, name))
    polars = results["polars frame"]
    assert polars.adjusted.columns == ["date", "a", "b"]
    assert polars.forecast.columns == ["date", "a", "b"]
    assert polars.forecast["date"][0] == one.forecast.index[0].start_time.date()
    np.testing.assert_array_equal(polars.forecast["b"].to_numpy(), frame.forecast["b"])


def test_what_is_of_the_model(results: dict[str, Any]) -> None:
    one, frame = results["pandas"], results["frame"]
    for name in MODEL:
        found = getattr(frame, name)
        assert list(found) == ["a", "b"], name
        np.testing.assert_equal(found["a"], getattr(one, name))
    table = one.coefficients
    assert list(table.columns) == ["group", "estimate", "standard_error", "t"]
    assert set(table["group"]) >= {"td", "holiday", "ls", "arma"}
    assert table.index.is_unique
    assert (table["standard_error"] > 0).all()
    both = frame.coefficients
    assert list(both.columns) == ["series", "name", *table.columns]
    np.testing.assert_array_equal(both.loc[both["series"] == "a", "estimate"], table["estimate"])
    # the criteria are what their definitions say
    k = len(table) + 1
    n = int(one.summary().split(" observations")[0].split()[-1])
    assert one.aicc == pytest.approx(-2 * one.loglik + 2 * k * n / (n - k - 1))
    assert one.bic == pytest.approx(-2 * one.loglik + k * np.log(n))
    tests = one.residual_tests
    assert 0 <= tests.ljung_box_p <= 1
    assert 0 <= tests.normality_p <= 1
    assert tests.df == tests.lags - 2
    # limits of 95 % around medians
    lower, middle, upper = one.forecast_lower, one.forecast, one.forecast_upper
    np.testing.assert_allclose(np.sqrt(lower * upper), middle)
    first = np.log(upper / middle).iloc[0] / 1.959964
    assert first > 0.99 * np.sqrt(one.variance)


def test_the_tables_make_up_the_series(results: dict[str, Any]) -> None:
    one = results["pandas"]
    for names in TABLES.values():
        for name in names:
            assert one.tables[name].index.equals(one.original.index)
    t = {name: one.tables[name] for names in TABLES.values() for name in names}
    close = {"rtol": 1e-12}
    np.testing.assert_array_equal(t["A1"], one.original)
    np.testing.assert_allclose(t["A2"], t["A6"] * t["A7"] * t["A8"] * t["A9"], **close)
    np.testing.assert_allclose(t["B1"], t["A1"] / t["A2"], **close)
    np.testing.assert_allclose(t["D18"], t["A6"] * t["A7"], **close)
    np.testing.assert_allclose(t["D16"], t["D10"] * t["D18"], **close)
    np.testing.assert_allclose(t["D11"], t["A1"] / t["D16"], **close)
    np.testing.assert_allclose(t["D11"], t["D12"] * t["D13"], **close)
    assert one.tables["d11"].equals(one.adjusted)
    with pytest.raises(KeyError, match="there is no table D99; there are A1, A2"):
        _ = one.tables["D99"]


def test_additive_tables_make_up_the_series() -> None:
    one = pm.seasonal_adjust(MONTHLY, transform="none", calendar=CALENDAR)
    t = one.tables
    np.testing.assert_allclose(t["A2"], t["A6"] + t["A7"] + t["A8"] + t["A9"], atol=1e-10)
    np.testing.assert_allclose(t["D11"], t["A1"] - t["D10"] - t["D18"], rtol=1e-12)
    np.testing.assert_allclose(t["D11"], t["D12"] + t["D13"], rtol=1e-12)


def test_text_html_and_frames(results: dict[str, Any], tmp_path: Path) -> None:
    for kind, one in results.items():
        text, page = one.summary(), one._repr_html_()
        for words in ("eid_al_fitr[-14,-1]", "std. error", "Ljung-Box", "Jarque-Bera", "AICC", "Q"):
            assert words in text, kind
        assert "<table" in page
        assert "Seasonal adjustment by a model" in page
        assert "log" in repr(one)
        columns = list(one.frame().columns)
        for name in ("adjusted", "seasonal", "trend", "irregular", "calendar_effect"):
            assert any(name in column for column in columns), kind
    frame = results["frame"]
    assert frame.summary().count("Ljung-Box") == 2
    assert "a_adjusted" in frame.frame()
    pytest.importorskip("matplotlib")
    written = results["pandas"].to_html(tmp_path / "sales.html").read_text(encoding="utf-8")
    assert written.count("<svg") == 2


def test_charts(results: dict[str, Any]) -> None:
    pytest.importorskip("matplotlib")
    for kind, one in results.items():
        column = {"column": "b"} if "frame" in kind else {}
        figure = one.plot(**column)
        top, *_, bottom = figure.axes
        titles = [axes.get_title(loc="left") for axes in figure.axes]
        assert titles[1:] == [
            "Seasonal factors (D10)",
            "Trading days and holidays (D18)",
            "Irregular (D13)",
        ]
        labels = [text.get_text() for text in top.get_legend().get_texts()]
        assert labels == ["original", "adjusted (D11)", "trend (D12)", "forecast, 95 %"]
        forecast = values(one.forecast if not column else one.forecast["b"])
        np.testing.assert_array_equal(top.lines[-1].get_ydata()[1:], forecast)
        assert bottom.collections
        assert len(one.month_plot(**column).axes[0].get_xticks()) in (4, 12)
    with pytest.raises(ValueError, match="name the series to draw with column=: a, b"):
        results["frame"].plot()
    with pytest.raises(ValueError, match="there is no series 'c'"):
        results["frame"].plot(column="c")
    plain = pm.seasonal_adjust(MONTHLY, calendar=None, forecast=0).plot()
    assert len(plain.axes) == 3
    assert len(plain.axes[0].lines) == 3


def test_without_matplotlib(results: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    for draw in (results["pandas"].plot, results["pandas"].month_plot):
        with pytest.raises(ImportError, match=r'matplotlib.*pip install "paimana\[plot\]"'):
            draw()
    assert "<table" in results["pandas"]._repr_html_()


def test_without_pandas(results: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """All but the table of coefficients and frames of arrays is there without it."""
    array = results["array"]
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r'pandas.*pip install "paimana\[pandas\]"'):
        _ = array.coefficients
    assert "eid_al_fitr" in array.summary()
    assert array._repr_html_()


def test_columns_of_one_name_are_not_lost() -> None:
    frame = pd.DataFrame(np.stack([MONTHLY, 2 * MONTHLY], axis=1), MONTHLY.index, ["a", "a"])
    result = pm.seasonal_adjust(frame, calendar=None)
    assert result.adjusted.shape == frame.shape
    assert result.summary().count("AICC") == 2
    for name in ("outliers", "aicc", "quality", "choices"):
        with pytest.raises(ValueError, match=r"several series have the name 'a'.*name of its own"):
            getattr(result, name)
