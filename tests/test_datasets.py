"""The data sets: their figures close, their provenance is with them, pandas is not needed."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

import paimana as pm
from paimana import datasets


def test_names():
    assert datasets.names() == ["pakistan_ict", "us_meat"]


@pytest.mark.parametrize("name", datasets.names())
def test_every_data_set_says_where_it_is_from(name):
    about = datasets.describe(name)
    data = datasets.load(name)
    assert about.source
    assert about.rights
    assert about.provenance
    assert about.unit == data.attrs["unit"]
    assert data.attrs["source"] == about.source
    assert (str(data.index[0]), str(data.index[-1])) == about.periods
    assert data.index.freqstr == "M"
    assert not data.index.has_duplicates
    assert len(data) == len(pd.period_range(*about.periods, freq="M"))
    assert about.source in repr(about)
    assert "not for publication" in about.rights or "public domain" in about.rights


def test_printed_totals_of_pakistan_close():
    # Cumulatives printed in statements, million US dollars: (first month, last month, printed).
    exports = datasets.load("pakistan_ict")
    printed = [
        ("2021-07", "2022-01", 1488),
        ("2021-07", "2022-04", 2198),
        ("2021-07", "2022-06", 2616),
        ("2022-07", "2022-11", 1087),
        ("2022-07", "2023-01", 1523),
        ("2022-07", "2023-03", 1944),
        ("2022-07", "2023-04", 2135),
        ("2022-07", "2023-05", 2371),
        ("2023-07", "2024-03", 2283),
        ("2023-07", "2024-04", 2593),
        ("2023-07", "2024-05", 2925),
        ("2023-07", "2024-06", 3223),
    ]
    for first, last, total in printed:
        assert exports[first:last].sum() == total, (first, last)
        assert pm.ytd(exports, year_start="JUL")[last] == total


def test_statuses_are_kept():
    status = datasets.describe("pakistan_ict").status
    assert len(status) == 55
    assert status["2024-04"] == "printed"
    assert status["2023-09"] == "derived"
    assert status["2025-11"] == "estimated"
    special = datasets.load("pakistan_ict").attrs["status"]
    assert special == {k: v for k, v in status.items() if v != "printed"}
    frame = datasets.describe("pakistan_ict").frame()
    assert list(frame.columns) == ["ict_exports", "status"]
    assert frame["status"]["2025-05"] == "estimated"


def test_meat_is_missing_before_it_begins():
    meat = datasets.load("us_meat")
    begins = {name: str(meat[name].first_valid_index()) for name in meat}
    assert begins["beef"] == "1944-01"
    assert begins["broilers"] == begins["turkey"] == "1960-01"
    assert begins["other_chicken"] == "2001-01"
    for name in meat:
        assert not meat[name][begins[name] :].isna().any()
    # Published in March 2023 (USDA NASS): 2.09 billion pounds of beef in February 2023.
    assert round(meat["beef"]["2023-02"], -1) == 2090


def test_without_pandas_there_are_arrays_and_labels():
    code = """
import sys
sys.modules["pandas"] = None
from importlib import util
import paimana as pm
values, labels, columns = pm.datasets.load("pakistan_ict", container="arrays")
one = pm.brief(values, time=labels, year_start="JUL", until="2024-04")
print(round(one.yoy, 1), one.period, columns)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "62.3 2024-04 ['ict_exports']"
    code = """
import importlib.util
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == "pandas" else find(name, *rest)
import paimana as pm
print(type(pm.datasets.load("us_meat")).__name__)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "Arrays"


def test_arrays_equal_the_frame():
    meat = datasets.load("us_meat")
    values, labels, columns = datasets.load("us_meat", container="arrays")
    np.testing.assert_array_equal(values, meat.to_numpy())
    assert labels == [str(period) for period in meat.index]
    assert columns == list(meat.columns)


def test_loading_twice_gives_data_of_ones_own():
    first = datasets.load("pakistan_ict")
    first.iloc[0] = -1
    assert datasets.load("pakistan_ict").iloc[0] == 196


def test_what_is_not_there_is_said():
    with pytest.raises(ValueError, match="no data set 'gdp': there are pakistan_ict, us_meat"):
        datasets.load("gdp")
    with pytest.raises(ValueError, match="no data set"):
        datasets.describe("../cli")
    with pytest.raises(ValueError, match="container='polars'"):
        datasets.load("us_meat", container="polars")
