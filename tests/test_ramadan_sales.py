"""Synthetic sales: what is put in is in them, and the adjustment finds it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
import pytest

import paimana as pm
from paimana.datasets import ramadan_sales
from paimana.datasets.sales import SALES_TRUTH

HOLIDAYS = ["ramadan", "eid_al_fitr[-14,-1]", "eid_al_fitr[0,2]", "eid_al_adha[-7,-1]"]
SEEDS = 100


@pytest.fixture(scope="module")
def many() -> pd.DataFrame:
    return pd.DataFrame({seed: ramadan_sales(seed) for seed in range(SEEDS)})


def test_it_says_what_it_is() -> None:
    sales = ramadan_sales()
    assert sales.attrs["note"].startswith("Synthetic")
    assert sales.attrs["truth"] == SALES_TRUTH
    assert [str(end) for end in sales.index[[0, -1]]] == ["2000-01", "2024-12"]
    values, labels, truth = ramadan_sales(container="arrays")
    np.testing.assert_array_equal(values, sales)
    assert labels == [str(month) for month in sales.index]
    assert truth == SALES_TRUTH
    # all begin with the same year and a month, from which the model goes on
    assert (ramadan_sales(1) != sales)[13:].all()
    short = ramadan_sales(years=10)
    assert "ls2020-04" not in short.attrs["truth"]


def test_without_noise_nothing_but_the_effects_is_left() -> None:
    sales = ramadan_sales(noise=0)
    names = ["td", *HOLIDAYS, "ao2011-09", "ls2020-04"]
    columns = pm.calendar.regressors(sales.index, names)
    days = sales.index.days_in_month.to_numpy()
    leap = np.where(sales.index.month == 2, days / 28.25, 1)
    effects = columns.to_numpy() @ [SALES_TRUTH[name] for name in columns]
    rest = np.log(sales.to_numpy()) - np.log(leap) - effects
    twice = np.diff(rest)[12:] - np.diff(rest)[:-12]
    np.testing.assert_allclose(twice, 0, atol=1e-13)


def test_effects_are_found_within_two_standard_errors(many: pd.DataFrame) -> None:
    """Nine of ten at least: 95.4 % of estimates are within two if they are normal."""
    result = pm.seasonal_adjust(many, calendar=["td", *HOLIDAYS], transform="log")
    found = result.coefficients.set_index("name")
    for name, effect in SALES_TRUTH.items():
        of = found.loc[[name]]
        assert len(of) == SEEDS  # both outliers are found in every series
        near = (of["estimate"] - effect).abs() <= 2 * of["standard_error"]
        assert near.mean() >= 0.9, name


def test_aicc_takes_the_true_window(many: pd.DataFrame) -> None:
    windows = tuple(f"eid_al_fitr[-{days},-1]" for days in (7, 10, 14, 18, 21))
    others = [name for name in HOLIDAYS if name != "eid_al_fitr[-14,-1]"]
    result = pm.seasonal_adjust(many, calendar=["td", *others, windows])
    counts = Counter(chosen["eid_al_fitr"] for chosen in result.chosen.values())
    assert counts["eid_al_fitr[-14,-1]"] >= 80


def test_all_is_found_by_tests_alone() -> None:
    windows = ("eid_al_fitr[-7,-1]", "eid_al_fitr[-14,-1]")
    wanted = ["auto", "ramadan", windows, "eid_al_fitr[0,2]", "eid_al_adha[-7,-1]", "mawlid"]
    result = pm.seasonal_adjust(ramadan_sales(), calendar=wanted)
    assert result.chosen == {
        "td": "td",
        "easter": "none",
        "ramadan": "ramadan",
        "eid_al_fitr[0,2]": "eid_al_fitr[0,2]",
        "eid_al_adha[-7,-1]": "eid_al_adha[-7,-1]",
        "mawlid": "none",
        "eid_al_fitr": "eid_al_fitr[-14,-1]",
    }
    # Ramadan and the weeks before Eid overlap: each is the better for the other
    tables = result.aicc_tables
    assert tables["ramadan"]["ramadan"] < tables["ramadan"]["none"] - 20
    best = [min(table.values()) for title, table in tables.items() if title in result.chosen][2:]
    np.testing.assert_allclose(best, best[0], atol=1e-6)


def test_the_adjusted_series_is_clean_of_the_calendar() -> None:
    sales = ramadan_sales()
    result = pm.seasonal_adjust(sales, calendar=["td", *HOLIDAYS])
    plain = pm.seasonal_adjust(sales, calendar=["td"])
    clean, not_clean = (np.diff(np.log(each.adjusted)).std() for each in (result, plain))
    assert clean < 2 / 3 * not_clean
    effect = result.calendar_effect
    assert effect["2023-04"] != effect["2024-04"]  # Ramadan had moved
    made = result.trend * result.seasonal * effect * result.irregular
    np.testing.assert_allclose(made, sales, rtol=1e-12)


@pytest.mark.parametrize(
    ("calendar", "said"),
    [
        (["auto", ()], "empty tuple"),
        (["auto", ("easter[1]", "easter[8]")], "tests easter"),
        (["auto", "td"], "tests td already"),
        (["auto", "ramadan", ("ramadan", "mawlid")], "occurs twice"),
        ([("hajj", "ashura"), ("hajj[after]", "mawlid")], "in two places"),
        (["auto", ("ramadan", "lent")], 'no regressor "lent"'),
    ],
)
def test_choices_that_make_no_sense(calendar: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        pm.seasonal_adjust(ramadan_sales(years=5), calendar=calendar)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"seed": -1}, "seed=-1"),
        ({"years": 2}, "years=2"),
        ({"start": "spring"}, "start='spring'"),
        ({"noise": -0.1}, "noise=-0.1"),
        ({"container": "polars"}, "container='polars'"),
        ({"start": "2060-01"}, "2077"),
    ],
)
def test_sales_that_cannot_be_made(options: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        ramadan_sales(**options)
