"""One small series for the tests of containers: March 2024 is absent and the rows are out of
order.
"""

from __future__ import annotations

from datetime import date

import numpy as np

__all__ = ["DAYS", "GROWTH", "QUARTERS", "VALUES", "close_lists", "same"]

DAYS = [
    date(2024, 2, 29),
    date(2024, 1, 31),
    date(2024, 5, 31),
    date(2024, 4, 30),
    date(2024, 6, 30),
]
VALUES = [110.0, 100.0, 132.0, 120.0, np.nan]
GROWTH = [10.0, np.nan, 10.0, np.nan, np.nan]
QUARTERS = [210.0, 252.0]


def same(got, expected) -> None:
    np.testing.assert_allclose(np.asarray(got, dtype=float), expected, rtol=1e-6)


def close_lists(got: list, expected: list) -> None:
    """Lists in which what is missing is None, never NaN."""
    assert [value is None for value in got] == [np.isnan(value) for value in expected]
    same([np.nan if value is None else value for value in got], expected)
