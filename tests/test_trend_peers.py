"""Trend filters against the packages that have them, where those are installed."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import paimana as pm

ORACLE = json.loads((Path(__file__).parent / "oracles" / "trend.json").read_text())
GDP = 100 * np.log(np.array(ORACLE["us_real_gdp"]["values"]))
SEASONS = 320 + 0.12 * np.arange(240) + 3 * np.sin(np.arange(240) * np.pi / 6)
SEASONS += np.random.default_rng(0).normal(scale=0.3, size=240)


def test_statsmodels_filters():
    tsa = pytest.importorskip("statsmodels.tsa.filters.api")
    cycle, trend = tsa.hpfilter(GDP, 1600)
    result = pm.hp_filter(GDP, 1600)
    np.testing.assert_allclose(result.trend, trend, rtol=0, atol=5e-10)
    np.testing.assert_allclose(result.cycle, cycle, rtol=0, atol=5e-10)
    cycle = tsa.bkfilter(GDP, 6, 32, 12)
    np.testing.assert_allclose(pm.bk_filter(GDP).cycle[12:-12], cycle, rtol=0, atol=1e-12)
    for drift in (True, False):
        cycle, _ = tsa.cffilter(GDP, 6, 32, drift)
        got = pm.cf_filter(GDP, drift=drift).cycle
        np.testing.assert_allclose(got, cycle, rtol=0, atol=2e-12)


def test_quantecon_hamilton():
    quantecon = pytest.importorskip("quantecon")
    for p in (4, None):
        cycle, _ = quantecon.hamilton_filter(GDP, 8, p)
        got = pm.hamilton_filter(GDP, 8, p or 0).cycle
        np.testing.assert_allclose(got, cycle.ravel(), rtol=0, atol=1e-8)


@pytest.mark.parametrize("robust", [False, True])
def test_statsmodels_stl(robust):
    tsa = pytest.importorskip("statsmodels.tsa.seasonal")
    jumps = {"seasonal_jump": 2, "trend_jump": 3, "low_pass_jump": 4}
    for seasonal, options in ((7, {}), (13, {}), (7, jumps)):
        peer = tsa.STL(SEASONS, 12, seasonal, robust=robust, **options).fit()
        result = pm.stl(SEASONS, 12, seasonal, robust=robust, **options)
        np.testing.assert_allclose(result.trend, peer.trend, rtol=0, atol=2e-11)
        np.testing.assert_allclose(result.seasonal, peer.seasonal, rtol=0, atol=2e-11)


@pytest.mark.parametrize("robust", [False, True])
def test_stl_rs(robust):
    stl_rs = pytest.importorskip("stl_rs")
    peer = stl_rs.STL(SEASONS, period=12, robust=robust).fit()
    result = pm.stl(SEASONS, 12, robust=robust)
    np.testing.assert_allclose(result.trend, np.asarray(peer.trend), rtol=0, atol=2e-11)
    np.testing.assert_allclose(result.seasonal, np.asarray(peer.seasonal), rtol=0, atol=2e-11)


def test_statsmodels_mstl():
    tsa = pytest.importorskip("statsmodels.tsa.seasonal")
    t = np.arange(600)
    x = 0.05 * t + 5 * np.sin(t * np.pi / 6) + 3 * np.cos(t * np.pi / 15)
    x += np.random.default_rng(1).normal(size=600)
    peer = tsa.MSTL(x, periods=(12, 30)).fit()
    result = pm.mstl(x, [12, 30])
    np.testing.assert_allclose(result.trend, peer.trend, rtol=0, atol=2e-11)
    for column, period in enumerate((12, 30)):
        np.testing.assert_allclose(
            result.seasonal[period], peer.seasonal[:, column], rtol=0, atol=2e-11
        )
