"""Tests of the residuals of a model: Ljung-Box and normality.

From the residuals alone, in NumPy; the model itself is in the compiled core.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["ResidualTests", "residual_tests"]

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class ResidualTests:
    """Tests of residuals; a small p-value speaks against the model.

    Attributes
    ----------
    ljung_box, df, ljung_box_p
        The statistic of the first two years of autocorrelations, its degrees of freedom (those
        less the ARMA parameters) and its p-value; missing where the series is too short.
    lags
        The autocorrelations that it holds.
    skewness, kurtosis
        The third and fourth standardised moments; 0 and 3 for a normal distribution.
    jarque_bera, normality_p
        The statistic of both together, and its p-value.
    """

    ljung_box: float
    df: int
    ljung_box_p: float
    lags: int
    skewness: float
    kurtosis: float
    jarque_bera: float
    normality_p: float


def residual_tests(residuals: Array, period: int, parameters: int) -> ResidualTests:
    """Test the residuals of a model with so many ARMA parameters."""
    n = len(residuals)
    # in a unit of their own, so that no power of them leaves the range of numbers
    e = residuals / np.abs(residuals).max()
    e -= e.mean()
    power = float(e @ e)
    lags = min(2 * period, n - 1)
    total = sum((float(e[k:] @ e[:-k]) / power) ** 2 / (n - k) for k in range(1, lags + 1))
    statistic, df = n * (n + 2) * total, lags - parameters
    skewness = float((e**3).mean()) / (power / n) ** 1.5
    kurtosis = float((e**4).mean()) / (power / n) ** 2
    both = n / 6 * (skewness**2 + (kurtosis - 3) ** 2 / 4)
    p = chi_squared(statistic, df) if df > 0 else math.nan
    return ResidualTests(statistic, df, p, lags, skewness, kurtosis, both, math.exp(-both / 2))


def chi_squared(x: float, df: int) -> float:
    """The probability of a chi-squared statistic as large."""
    half = x / 2
    if df % 2 == 0:
        term = total = math.exp(-half)
        for i in range(1, df // 2):
            term *= half / i
            total += term
        return min(total, 1.0)
    total = math.erfc(math.sqrt(half))
    term = math.exp(-half) * math.sqrt(half) / math.gamma(1.5)
    for i in range(1, (df + 1) // 2):
        total += term
        term *= half / (i + 0.5)
    return min(total, 1.0)
