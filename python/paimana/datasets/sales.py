"""Synthetic retail sales whose calendar is known: trading days, Ramadan, Eid and outliers.

An airline model in logarithms makes the rest, so that what an adjustment finds can be held against
what is there.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any, NamedTuple

import numpy as np

from paimana._extras import require

__all__ = ["SALES_TRUTH", "Sales", "ramadan_sales"]

Array = np.ndarray[Any, Any]

SALES_TRUTH: dict[str, float] = {
    "td_mon": -0.004,
    "td_tue": -0.002,
    "td_wed": 0.000,
    "td_thu": 0.003,
    "td_fri": 0.005,
    "td_sat": 0.004,
    "ramadan": -0.060,
    "eid_al_fitr[-14,-1]": 0.120,
    "eid_al_fitr[0,2]": -0.030,
    "eid_al_adha[-7,-1]": 0.040,
    "ao2011-09": -0.150,
    "ls2020-04": -0.120,
    "ma[1]": 0.400,
    "maS[12]": 0.600,
}
"""The effects on the logarithms, by the names of the coefficients of `seasonal_adjust`, and the two
parameters of the airline model."""

_HOLIDAYS = tuple(name for name in SALES_TRUTH if name[:2] in ("ra", "ei"))
_OUTLIERS = ("ao2011-09", "ls2020-04")
_ABOUT = {
    "title": "Synthetic retail sales with trading days, Ramadan and Eid",
    "unit": "index",
    "source": "synthetic: paimana.datasets.ramadan_sales",
    "note": "Synthetic: made by an airline model from random numbers; no figure is a country's.",
}


class Sales(NamedTuple):
    """Synthetic sales without pandas.

    Attributes
    ----------
    values
        float64, one value a month.
    labels
        The months, such as ``"2000-01"``.
    truth
        The effects that are in the values.
    """

    values: Array
    labels: list[str]
    truth: dict[str, float]


def ramadan_sales(
    seed: int = 0,
    *,
    years: int = 25,
    start: str = "2000-01",
    noise: float = 0.015,
    container: str | None = None,
) -> Any:
    r"""Make a synthetic monthly series with known effects of the calendar and known outliers.

    Parameters
    ----------
    seed
        Another seed makes another series with the same effects.
    years
        How many; 3 to 70.
    start
        The first month; Ramadan and Eid are by Umm al-Qura, which is known until 2077.
    noise
        The standard deviation of the innovations.
    container
        ``"pandas"`` or ``"arrays"``; by default pandas where it is installed.

    Returns
    -------
    pandas Series or Sales
        With pandas on a monthly PeriodIndex, with "title", "unit", "source", "note" and "truth",
        the effects by the names of the coefficients, in its ``attrs``.

    Raises
    ------
    ValueError
        For a seed, years, a first month, a noise or a container that make no sense.
    ImportError
        If pandas is asked for and not installed.

    Notes
    -----
    .. math:: \log x_t = \log m_t + \sum_j \beta_j z_{jt} + n_t, \quad
        (1 - B)(1 - B^{12}) n_t = (1 - 0.4 B)(1 - 0.6 B^{12}) e_t

    where m is the length of February over 28.25 (1 in other months), and z are the columns of
    `calendar.regressors`: six of trading days, the share of the month of Ramadan, the two weeks
    before Eid al-Fitr, its three days, the week before Eid al-Adha, an additive outlier and a level
    shift. Outliers outside of the span are not in it, nor in the truth.

    Examples
    --------
    >>> from paimana import datasets
    >>> sales = datasets.ramadan_sales()
    >>> len(sales), sales.attrs["truth"]["eid_al_fitr[-14,-1]"]
    (300, 0.12)
    """
    from paimana.calendar import regressors  # here, since the calendar reads no data

    first = _checked(seed, years, start, noise, container)
    months = first + np.arange(12 * years)
    labels = [str(month) for month in months]
    outliers = [name for name in _OUTLIERS if name[2:] in labels[1:-1]]
    names = ["td", *_HOLIDAYS, *outliers]
    columns = regressors(len(months), names, start=labels[0], freq="M")
    truth = {
        name: effect
        for name, effect in SALES_TRUTH.items()
        if name not in _OUTLIERS or name in outliers
    }
    effects = columns.values @ np.array([truth[name] for name in columns.columns])
    february = _february(months)
    values = np.exp(_airline(seed, len(months), noise, truth) + effects + february)
    if container == "arrays" or (container is None and find_spec("pandas") is None):
        return Sales(values, labels, truth)
    pandas = require("pandas", "pandas")
    index = pandas.PeriodIndex(labels, freq="M", name="month")
    found = pandas.Series(values, index=index, name="sales")
    found.attrs = {**_ABOUT, "truth": truth}
    return found


def _checked(
    seed: int, years: int, start: str, noise: float, container: str | None
) -> np.datetime64:
    """The first month, after everything was looked at."""
    if container not in (None, "pandas", "arrays"):
        raise ValueError(f'container={container!r} is not known: give "pandas" or "arrays"')
    if seed < 0:
        raise ValueError(f"seed={seed} is below 0: give 0 or more")
    if not 3 <= years <= 70:
        raise ValueError(f"years={years} is not from 3 to 70")
    if not 0 <= noise < 1:
        raise ValueError(f"noise={noise} is not in [0, 1)")
    try:
        return np.datetime64(start, "M")
    except ValueError:
        raise ValueError(f'start={start!r} is no month: write it as "2000-01"') from None


def _february(months: Array) -> Array:
    """The logarithm of the length of February over its mean; 0 in other months."""
    days = ((months + 1).astype("M8[D]") - months.astype("M8[D]")).astype(np.int64)
    is_february = months.astype(np.int64) % 12 == 1
    return np.where(is_february, np.log(days / 28.25), 0.0)


def _airline(seed: int, rows: int, noise: float, truth: dict[str, float]) -> Array:
    """Logarithms by an airline model, from a trend of 6 % a year and a winter peak on."""
    draws = np.random.Generator(np.random.SFC64(seed))
    e = draws.normal(0, noise, rows + 13)
    theta, seasonal = truth["ma[1]"], truth["maS[12]"]
    moved = e[13:] - theta * e[12:-1] - seasonal * e[1:-12] + theta * seasonal * e[:-13]
    month = np.arange(rows)
    x = np.log(100) + 0.005 * month + 0.12 * np.cos(2 * np.pi * (month + 1) / 12)
    for t in range(13, rows):
        x[t] = x[t - 1] + x[t - 12] - x[t - 13] + moved[t]
    return x
