"""The workloads of the whole adjustment, model and X-11, beside the Census Bureau's program.

All options are the program's defaults with the airline model: logarithms, trading days and Easter
by AICC, two types of outliers, a year of forecasts. The wrapper of statsmodels has no way to fix
the model; it searches for one, so that its answer is another and is not compared.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from harness import Workload
from seasonal import YEARS, census, windows

import paimana as pm
from reference import x13, x13_adjust
from reference.bank import Member

MANY = 1000
WHERE = {"freq": "M", "start": "1960-01"}


def stretches(count: int) -> np.ndarray:
    """Stretches of twenty years of seven kinds of US meat, beginning in any January."""
    meat = pm.datasets.load("us_meat").dropna(axis="columns").to_numpy()
    years = len(meat) // 12 - YEARS + 1
    rng = np.random.default_rng(0)
    columns = []
    for number in range(count):
        year, kind = (number // meat.shape[1]) % years, number % meat.shape[1]
        x = meat[12 * year : 12 * (year + YEARS), kind]
        # those that come again differ by a little noise
        again = number >= years * meat.shape[1]
        columns.append(x * np.exp(rng.normal(0, 0.01, len(x))) if again else x)
    return np.column_stack(columns)


def adjusted(x: np.ndarray, compat: str | None) -> Any:
    """D11 of every column."""
    return pm.seasonal_adjust(x, compat=compat, progress=False, **WHERE).adjusted


def wrapped(x: np.ndarray, program: Path) -> None:
    """The wrapper of statsmodels on every column."""
    from statsmodels.tsa.x13 import x13_arima_analysis

    index = pd.period_range("1960-01", periods=len(x), freq="M")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for column in x.T:
            series = pd.Series(column, index)
            x13_arima_analysis(series, trading=True, outlier=True, x12path=str(program))


def workloads(quick: bool) -> Iterator[Workload]:
    """With the same stops as the program, then at the maximum of the likelihood."""
    program = x13.binary()
    if program is None:
        return
    x = windows(2 if quick else 20)
    size = f"{x.shape[1]} series x {12 * YEARS}"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for i, column in enumerate(x.T):
            member = Member(f"s{i}", column, 1960, 1, 12)
            text = x13_adjust.specification(member)
            (folder / f"s{i}.spc").write_text(text)
        (folder / "all.mta").write_text("".join(f"s{i}\n" for i in range(x.shape[1])))
        yield Workload(
            f'seasonal_adjust, compat="x13", {size}',
            lambda: adjusted(x, "x13"),
            {
                "x13as, one metafile": lambda: census(x, folder, True),
                "x13as, a process each": lambda: census(x, folder, False),
            },
            {"x13as, one metafile": 10, "x13as, a process each": 10},
            tolerance=1e-6,
            repeat=3,
        )
    if find_spec("statsmodels") is not None:
        yield Workload(
            f"seasonal_adjust, {size}",
            lambda: adjusted(x, None),
            {"statsmodels x13_arima_analysis": lambda: wrapped(x, Path(program))},
            {"statsmodels x13_arima_analysis": 8},
            repeat=3,
            checked=False,
        )
    many = stretches(20 if quick else MANY)
    yield Workload(
        f"seasonal_adjust, {many.shape[1]:,} series x {12 * YEARS}",
        lambda: adjusted(many, None),
        {},
        repeat=1,
    )
