"""What the public functions share: the calendar they need, options that are numbers or flags."""

from __future__ import annotations

from operator import index
from typing import Any, TypeVar, cast

import numpy as np

from paimana._containers import Data
from paimana._time import Time

__all__ = ["T", "calendar", "count", "flag", "number"]

MOST = 2**63
"""What the core counts to."""

T = TypeVar("T")
"""A container: what goes in comes out."""


def calendar(data: Data, function: str, why: str) -> Time:
    """The calendar of the data, which bare arrays have only where the user names a frequency."""
    if data.time is None:
        raise ValueError(
            f'{function} needs to know {why}: give freq="M" (or "A", "H", "Q", "W", "D"), as in '
            f'pm.{function}(x, freq="M"), or data with dates'
        )
    return data.time


def number(value: Any, name: str) -> float:
    """An option that is a number."""
    if isinstance(value, (bool, str)) or not hasattr(value, "__float__") or np.ndim(value):
        raise TypeError(f"{name} must be a number, not {value!r}")
    return float(value)


def flag(value: object, name: str) -> bool:
    """An option that is True or False: any word would count as true."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} is True or False; got {value!r}")
    return bool(cast("Any", value))


def count(value: object, name: str, least: int | None = None) -> int:
    """An option that counts periods, as an int."""
    try:
        number = None if isinstance(value, bool) else index(value)  # type: ignore[arg-type]
    except TypeError:
        number = None
    if number is None or not -MOST <= number < MOST:
        raise TypeError(f"{name} must be a whole number of periods, not {value!r}")
    if least is not None and number < least:
        raise ValueError(f"{name} must be at least {least}, not {number}")
    return number
