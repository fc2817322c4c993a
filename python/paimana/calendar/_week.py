"""Weekends as users write them: one, or several with the days from which they hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from paimana._period import parse

__all__ = ["Weekend", "day_of", "weekends"]

Weekend = str | Mapping[Any, str]
"""``"sat-sun"``, or ``{None: "thu-fri", "2013-06-29": "fri-sat"}``."""

_ALWAYS = date(1, 1, 1).toordinal() - date(1970, 1, 1).toordinal()


def weekends(weekend: Any) -> list[tuple[int, str]]:
    """The weekends with the days, counted from 1970, from which they hold.

    Raises
    ------
    TypeError, ValueError
        If they are no weekends; which texts are is known by the core.
    """
    if isinstance(weekend, str):
        return [(_ALWAYS, weekend.strip().lower())]
    if not isinstance(weekend, Mapping):
        raise TypeError(
            'weekend must be a text such as "sat-sun" or "fri-sat", or a dict from days to such '
            f'texts, such as {{None: "thu-fri", "2013-06-29": "fri-sat"}}, not {weekend!r}'
        )
    found: list[tuple[int, str]] = []
    for begin, name in weekend.items():  # pyright: ignore[reportUnknownVariableType]
        if not isinstance(name, str):
            raise TypeError(f'a weekend is a text such as "fri-sat", not {name!r}')
        day = _ALWAYS if begin is None else day_of(begin, "the day from which a weekend holds")
        found.append((day, name.strip().lower()))
    return found


def day_of(given: Any, what: str) -> int:
    """A day that a user names, counted from 1970.

    Raises
    ------
    ValueError
        If it is a longer period, or none.
    """
    try:
        found = parse(given)
    except ValueError:
        found = None
    if found is None or found.kind != "D":
        raise ValueError(f'{what} must be a day such as "2025-03-31", not {given!r}')
    return found.first
