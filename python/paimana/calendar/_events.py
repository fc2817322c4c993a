"""On which days moving holidays fall: Islamic ones, Chinese New Year, Diwali.

An `Events` holds the days of one holiday in ascending order. Those of Islam follow a calendar of
the Hijra; where a country is named, the days that it observed; above both, what the user gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from paimana import _core
from paimana.calendar._observed import observed
from paimana.calendar._week import day_of

__all__ = ["HIJRI", "HOLIDAYS", "SOLAR_YEAR", "Dates", "Events", "dated", "events", "year_of"]

HIJRI = ("umm_al_qura", "civil", "tabular")

MONTHS = {
    "ramadan": (9, 1),
    "eid_al_fitr": (10, 1),
    "eid_al_adha": (12, 10),
    "hajj": (12, 8),
    "ashura": (1, 10),
    "mawlid": (3, 12),
}
"""The month of the Hijra and the day in it on which a holiday begins."""

HOLIDAYS = (*MONTHS, "chinese_new_year", "diwali")

SOLAR_YEAR = 365.2425
FARTHEST = 5
"""How many days a date that is observed or given may lie from that of the calendar."""

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Dates:
    """Whose dates are meant.

    Attributes
    ----------
    hijri
        The calendar of the Hijra: ``"umm_al_qura"``, ``"civil"`` or ``"tabular"``.
    country
        The country whose observed dates go before those of the calendar.
    overrides
        Dates by year, which go before all others: of the only holiday, or by its name.
    """

    hijri: str = "umm_al_qura"
    country: str | None = None
    overrides: Mapping[Any, Any] | None = None


class Events(NamedTuple):
    """The days of one holiday.

    Attributes
    ----------
    first, last
        The days on which each begins and ends (of Ramadan the whole month, else the same day).
    known
        The first and the last day between which all are known.
    source
        Who knows them, in words.
    spacing
        The mean number of days from one to the next.
    length
        The mean number of days of one.
    """

    first: list[int]
    last: list[int]
    known: tuple[int, int]
    source: str
    spacing: float
    length: float = 1.0


def dated(day: int) -> date:
    """A day counted from 1970, as a date."""
    return EPOCH + timedelta(days=day)


def year_of(day: int) -> int:
    """The Gregorian year of a day counted from 1970."""
    return dated(day).year


def events(name: str, dates: Dates, start: int, end: int, names: tuple[str, ...] = ()) -> Events:
    """The days of a holiday; `start` and `end` are the days between which they are needed.

    `names` are all holidays asked for: dates by year alone are for the only one among them.

    Raises
    ------
    ValueError
        If the holiday, the calendar or the country is not known, or a date makes no sense.
    ImportError
        If dates of a country need the package `holidays` and it is not installed.
    """
    if dates.hijri not in HIJRI:
        raise ValueError(f"hijri={dates.hijri!r} is not a calendar: give one of {_list(HIJRI)}")
    given = _overrides(dates.overrides, names or (name,))
    if name == "chinese_new_year":
        days = list(_core.calendar.chinese_new_years())
        edges = (date(year_of(days[0]), 1, 1), date(year_of(days[-1]), 12, 31))
        known = _number(edges[0]), _number(edges[1])
        base = Events(days, days, known, "the table of Chinese New Year", SOLAR_YEAR)
    elif name == "diwali":
        base = _diwali(start, end)
    else:
        base = _hijri(name, dates, start, end, given)
    if name == "ramadan":
        return base
    days = _given(base.first, given.get(name, []), name)
    return base._replace(first=days, last=days)


def _number(day: date) -> int:
    return (day - EPOCH).days


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _plain(name: str, hijri: str) -> list[int]:
    """The days of an Islamic holiday by the calendar."""
    month, day = MONTHS[name]
    return [first + day - 1 for first in _core.calendar.hijri_months(hijri, month)]


def _of_country(name: str, dates: Dates, start: int, end: int) -> list[int]:
    """The days by the calendar, those that the country observed in their place.

    Governments may give days off before a feast, so the feast is the first of them that is not
    before Umm al-Qura's day: the moon is not sighted elsewhere earlier than there.
    """
    days = _plain(name, dates.hijri)
    if dates.country is None:
        return days
    years = range(max(year_of(start) - 2, 1900), min(year_of(end) + 3, 2100))
    found = observed(name, dates.country, years) if years else []
    if not found:
        return days
    moved: list[int] = []
    for sighted in _plain(name, "umm_al_qura"):
        run = [day for day in found if sighted <= day <= sighted + FARTHEST]
        moved += run[:1]
    return _put(days, moved)


def _put(days: list[int], moved: list[int]) -> list[int]:
    """The days with those that lie near to `moved` replaced by them."""
    made = list(days)
    for day in moved:
        at = min(range(len(days)), key=lambda i: abs(days[i] - day))
        if abs(days[at] - day) <= FARTHEST:
            made[at] = day
    return made


def _hijri(name: str, dates: Dates, start: int, end: int, given: dict[str, list[int]]) -> Events:
    """An Islamic holiday; of Ramadan the whole month."""
    first, last, years, _ = _core.calendar.hijri_range(dates.hijri)
    said = {"umm_al_qura": "Umm al-Qura", "civil": "the civil calendar of the Hijra"}
    source = said.get(dates.hijri, "the tabular calendar of the Hijra")
    spacing = (last - first + 1) / years
    if name == "hajj":
        # it is made in Mecca, whatever moon is seen elsewhere
        days = _plain(name, dates.hijri)
        return Events(days, days, (first, last), source, spacing)
    if name != "ramadan":
        days = _of_country(name, dates, start, end)
        return Events(days, days, (first, last), source, spacing)
    plain, feasts = _plain("ramadan", dates.hijri), _of_country("eid_al_fitr", dates, start, end)
    feasts = _given(feasts, given.get("eid_al_fitr", []), "eid_al_fitr")
    begins = _given(plain, given.get("ramadan", []), "ramadan")
    ends: list[int] = []
    mine = set(given.get("ramadan", []))
    fixed = set(given.get("eid_al_fitr", [])) | (
        set(feasts) - set(_plain("eid_al_fitr", dates.hijri))
    )
    for at, (begin, feast) in enumerate(zip(begins, feasts, strict=True)):
        length = feast - begin
        if begin in mine and feast in fixed and not 29 <= length <= 30:
            raise ValueError(
                f"Ramadan from {dated(begin)} to the day before Eid al-Fitr on {dated(feast)} has "
                f"{length} days and must have 29 or 30: correct overrides="
            )
        if begin in mine:
            ends.append(begin + min(max(length, 29), 30) - 1)
        else:
            if feast in fixed:
                begins[at] = feast - min(max(length, 29), 30)
            ends.append(feast - 1)
    total = sum(
        plain_end - plain_first
        for plain_first, plain_end in zip(plain, _plain("eid_al_fitr", dates.hijri), strict=True)
    )
    return Events(begins, ends, (first, last), source, spacing, total / len(plain))


def _diwali(start: int, end: int) -> Events:
    """Diwali by the public holidays of India."""
    years = range(max(year_of(start) - 1, 1900), min(year_of(end) + 2, 2100))
    days = observed("diwali", "IN", years) if years else []
    # one a year: of neighbouring days the first
    days = [day for day in days if day - 1 not in days]
    if not days:
        known = (0, -1)
    else:
        known = (
            _number(date(year_of(days[0]), 1, 1)),
            _number(date(year_of(days[-1]), 12, 31)),
        )
    return Events(days, days, known, "Diwali of the package holidays", SOLAR_YEAR)


# What the user gives.


def _overrides(overrides: Any, names: tuple[str, ...]) -> dict[str, list[int]]:
    """The days that a user gives, by holiday."""
    if overrides is None:
        return {}
    if not isinstance(overrides, Mapping):
        raise TypeError(
            "overrides must be a dict from years to dates, such as "
            f'{{2025: "2025-03-31"}}, or from holidays to such dicts, not {overrides!r}'
        )
    found: dict[Any, Any] = dict(overrides)  # pyright: ignore[reportUnknownArgumentType]
    if all(not isinstance(key, str) for key in found):
        moving = tuple(dict.fromkeys(names))
        if found and len(moving) != 1:
            year, value = next(iter(found.items()))
            raise ValueError(
                "overrides= gives dates by year, but there are several holidays "
                f"({', '.join(moving)}): write, for example, "
                f'overrides={{"{moving[0]}": {{{year!r}: {value!r}}}}}'
            )
        return {moving[0]: _days_given(found, moving[0])} if found else {}
    made: dict[str, list[int]] = {}
    for name, dates in found.items():
        if name not in HOLIDAYS:
            raise ValueError(
                f"overrides= names no holiday {name!r}: there are {', '.join(HOLIDAYS)}"
            )
        if not isinstance(dates, Mapping):
            raise TypeError(
                f'overrides["{name}"] must be a dict from years to dates, such as '
                f'{{2025: "2025-03-31"}}, not {dates!r}'
            )
        made[name] = _days_given(dict(dates), name)  # pyright: ignore[reportUnknownArgumentType]
    return made


def _days_given(dates: dict[Any, Any], name: str) -> list[int]:
    days: list[int] = []
    for year, value in dates.items():
        if type(year) is not int:
            raise TypeError(f"overrides= has {year!r} where a year such as 2025 is needed")
        several = value if isinstance(value, (list, tuple)) else [value]  # pyright: ignore[reportUnknownVariableType]
        for one in several:  # pyright: ignore[reportUnknownVariableType]
            day = day_of(one, f"the date of {name} in overrides= for {year}")
            if year_of(day) != year:
                raise ValueError(
                    f"overrides= gives {dated(day)} for the year {year}: give a day of that year"
                )
            days.append(day)
    return days


def _given(days: list[int], given: list[int], name: str) -> list[int]:
    """The days with those that the user gives in the place of the nearest."""
    made = list(days)
    for day in given:
        at = min(range(len(days)), key=lambda i: abs(days[i] - day), default=-1)
        near = dated(days[at]) if at >= 0 else None
        if near is None or abs(days[at] - day) > FARTHEST:
            raise ValueError(
                f"overrides= gives {dated(day)} for {name}, more than {FARTHEST} days from "
                f"{near}, where the calendar has it: correct the date or its year"
            )
        made[at] = day
    return made
