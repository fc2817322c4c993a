"""
Regressors of the calendar: trading days, leap years, Easter, outliers.
"""

from typing import SupportsFloat, SupportsIndex

from _typeshed import Incomplete, SupportsGetItem

__all__ = [
    "chinese_new_years",
    "easter",
    "easter_sundays",
    "hijri_months",
    "hijri_range",
    "length",
    "outlier",
    "stock_trading_days",
    "trading_days",
    "weekday_contrast",
    "window",
    "working_days",
]

def chinese_new_years() -> list[int]:
    """
    The first day of each Chinese year that is known, in days since 1970.
    """

def easter(
    freq: str, first: SupportsIndex, n: SupportsIndex, days: SupportsIndex, stock: bool
) -> Incomplete:
    """
    The days before Easter; of stocks at the end of the period if `stock`.
    """

def easter_sundays(first: SupportsIndex, last: SupportsIndex) -> list[int]:
    """
    Easter Sunday of each year from the first to the last, in days since 1970.
    """

def hijri_months(calendar: str, month: SupportsIndex) -> list[int]:
    """
    The first day of a month (1 to 12) of every year of a calendar of the Hijra, in days since 1970.
    """

def hijri_range(calendar: str) -> tuple[int, int, int, int]:
    """
    The first and the last day of a calendar of the Hijra, the number of its years, and the first of them.
    """

def length(freq: str, first: SupportsIndex, n: SupportsIndex, name: str) -> Incomplete:
    """
    A column of lengths by its name: `lpyear`, `leap_factor`, `lom` or `loq`.
    """

def outlier(
    kind: str,
    at: SupportsIndex,
    last: SupportsIndex | None,
    period: SupportsIndex,
    first: SupportsIndex,
    n: SupportsIndex,
) -> Incomplete:
    """
    An outlier at a position counted from the first observed value; the column begins at the position `first`.
    """

def stock_trading_days(
    freq: str,
    first: SupportsIndex,
    n: SupportsIndex,
    weekend: SupportsGetItem[int, tuple[SupportsIndex, str]],
    day: SupportsIndex,
) -> list[Incomplete]:
    """
    The six contrasts for stocks measured on a day of the month.
    """

def trading_days(
    freq: str,
    first: SupportsIndex,
    n: SupportsIndex,
    weekend: SupportsGetItem[int, tuple[SupportsIndex, str]],
) -> list[Incomplete]:
    """
    The six contrasts of trading days.
    """

def weekday_contrast(
    freq: str,
    first: SupportsIndex,
    n: SupportsIndex,
    weekend: SupportsGetItem[int, tuple[SupportsIndex, str]],
) -> Incomplete:
    """
    Working days less weighted days of rest.
    """

def window(
    freq: str,
    first: SupportsIndex,
    n: SupportsIndex,
    spells: SupportsGetItem[int, tuple[SupportsIndex, SupportsIndex]],
    of: str,
    mean: SupportsFloat | SupportsIndex | None = None,
    seasons: tuple[SupportsIndex, SupportsIndex] | None = None,
) -> Incomplete:
    """
    The share of spells of days in each period; "event" or "period" says of what.

    `mean` is taken off all periods, or the means of the seasons over the years `seasons`.
    """

def working_days(
    freq: str,
    first: SupportsIndex,
    n: SupportsIndex,
    weekend: SupportsGetItem[int, tuple[SupportsIndex, str]],
    holidays: SupportsGetItem[int, SupportsIndex],
) -> Incomplete:
    """
    The number of days that are neither days of rest nor holidays.
    """
