"""Holidays as countries keep them: the dates that the package `holidays` carries.

What it marks as estimated is left out: there the calendar of the Hijra speaks.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from datetime import date
from typing import Any

from paimana._extras import require

__all__ = ["observed", "public_holidays"]

NAMES = {
    "eid_al_fitr": ("Eid al-Fitr",),
    "eid_al_adha": ("Eid al-Adha",),
    "ashura": ("Ashura",),
    "mawlid": ("Prophet's Birthday", "Mawlid"),
    "diwali": ("Diwali", "Deepavali"),
}
"""How the package names our holidays, in English; names may go on, as Eid al-Fitr Holiday."""

EPOCH = date(1970, 1, 1).toordinal()


def _named(country: Any, years: Iterable[int]) -> list[tuple[int, str]]:
    """The public holidays of a country, each with its day, counted from 1970, and its name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some versions warn of later ones
        package = require("holidays", "calendar")
    if not isinstance(country, str):
        raise TypeError(f'country must be a code of two letters such as "PK", not {country!r}')
    code = country.strip().upper()
    if code not in package.list_supported_countries():
        raise ValueError(
            f'country="{country}" is not known to the package holidays: give a code of two letters '
            'such as "PK" (Pakistan), "SA" (Saudi Arabia) or "ID" (Indonesia)'
        )
    with warnings.catch_warnings():
        # years before or after those that it knows are said by what is missing
        warnings.simplefilter("ignore")
        languages = package.list_localized_countries().get(code, [])
        language = "en_US" if "en_US" in languages else None
        found = package.country_holidays(code, years=list(years), language=language)
    return [
        (day.toordinal() - EPOCH, name) for day in sorted(found) for name in found.get_list(day)
    ]


def public_holidays(country: Any, years: Iterable[int]) -> list[int]:
    """The public holidays of a country, estimated ones too, in days since 1970.

    Raises
    ------
    ImportError
        If the package `holidays` is not installed.
    ValueError
        If it does not know the country, or none of its holidays in one of the years.
    """
    wanted = list(years)
    days = sorted({day for day, _ in _named(country, wanted)})
    unknown = sorted({*wanted} - {date.fromordinal(day + EPOCH).year for day in days})
    if unknown:
        span = f"{unknown[0]}" if len(unknown) == 1 else f"{unknown[0]} to {unknown[-1]}"
        raise ValueError(
            f'the package holidays has no holidays of country="{country}" in {span}, so that all '
            "its week days would count: leave these years out, or give the days in holidays= alone"
        )
    return days


def observed(name: str, country: Any, years: Iterable[int]) -> list[int]:
    """The days on which a country observed a holiday, in days since 1970; not those estimated."""
    beginnings = NAMES[name]
    return sorted(
        {
            day
            for day, text in _named(country, years)
            if text.startswith(beginnings) and "estimated" not in text and "observed" not in text
        }
    )
