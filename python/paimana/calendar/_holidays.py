"""The columns of moving holidays: windows around their days, as shares of each period.

`holiday_dates` gives the days themselves.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from paimana import _core
from paimana.calendar._events import HOLIDAYS, SOLAR_YEAR, Dates, Events, dated, events, year_of

__all__ = ["SETS", "holiday_column", "holiday_dates", "read_window"]

Array = np.ndarray[Any, Any]
Window = tuple[int, int]

SETS: dict[str, dict[str, Window]] = {
    "ramadan": {"before": (-7, -1), "after": (0, 6)},
    "eid_al_fitr": {"before": (-7, -1), "during": (0, 2), "after": (3, 9)},
    "eid_al_adha": {"before": (-7, -1), "during": (0, 2), "after": (3, 9)},
    "hajj": {"before": (-7, -1), "during": (0, 5), "after": (6, 12)},
    "ashura": {"before": (-9, -2), "during": (-1, 0), "after": (1, 7)},
    "mawlid": {"before": (-7, -1), "during": (0, 0), "after": (1, 7)},
    "chinese_new_year": {"before": (-20, -1), "during": (0, 6), "after": (7, 20)},
    "diwali": {"before": (-14, -1), "during": (0, 4), "after": (5, 11)},
}
"""Windows by name, in days from the holiday; Ramadan's "after" counts from the day after it."""

_WINDOW = re.compile(r"\s*([+-]?\d{1,3})\s*(?:,|\.\.)\s*([+-]?\d{1,3})\s*")
_PERIOD = {
    "A": SOLAR_YEAR,
    "H": SOLAR_YEAR / 2,
    "Q": SOLAR_YEAR / 4,
    "M": SOLAR_YEAR / 12,
    "W": 7.0,
    "D": 1.0,
}
"""The mean number of days in a period."""
LONGEST = 180
"""Days from a holiday to the end of a window: beyond half a year it is the next one's."""


def read_window(text: str, kind: str, inside: str | None) -> Window | str:
    """The window of a name: its days, or for the whole of Ramadan (and the days after it) a word.

    Raises
    ------
    ValueError
        If the brackets hold no window.
    """
    word = "during" if inside is None else inside.strip()
    if kind == "ramadan" and word in ("during", "after"):
        return word
    if word in SETS[kind]:
        return SETS[kind][word]
    found = _WINDOW.fullmatch(word)
    if found is None:
        raise ValueError(
            f'"{text}" has no window in its brackets: write the days from the first to the last, '
            f'such as "{kind}[-7,2]", or "{kind}[before]", "{kind}[during]", "{kind}[after]"'
        )
    first, last = int(found[1]), int(found[2])
    if last < first:
        raise ValueError(
            f'the window of "{text}" ends before it begins: write "{kind}[{last},{first}]"'
        )
    if first < -LONGEST or last > LONGEST:
        raise ValueError(
            f'the window of "{text}" reaches more than {LONGEST} days from the holiday: a year '
            "holds another"
        )
    return first, last


def _spells(found: Events, window: Window | str) -> list[Window]:
    """The first and the last day of the window of each holiday."""
    if window == "during":
        return list(zip(found.first, found.last, strict=True))
    if window == "after":
        return [(day + 1, day + 7) for day in found.last]
    first, last = window
    return [(day + int(first), day + int(last)) for day in found.first]


def holiday_column(
    label: str,
    kind: str,
    window: Window | str,
    grid: tuple[str, int, int],
    days: Window,
    dates: Dates,
    names: tuple[str, ...],
    share: str,
    centre: str | None,
) -> Array:
    """The column of a holiday over a grid of periods, which hold the days `days`.

    Raises
    ------
    ValueError
        If the holiday is not known for all these days; if an option makes no sense.
    """
    if share not in ("event", "period"):
        raise ValueError(f'share={share!r} is not known: give "event" or "period"')
    if centre not in ("overall", "season", None):
        raise ValueError(f'centre={centre!r} is not known: give "overall", "season" or None')
    if centre == "season" and grid[0] in "WD":
        raise ValueError(
            'centre="season" takes off the means of months or quarters, and weeks and days have '
            'none: give centre="overall" or None'
        )
    start, end = days
    season = centre == "season"
    found = events(kind, dates, start, end, names)
    spells = _spells(found, window)
    reach = _reach(window)
    known = found.known[0] + reach[1], found.known[1] + reach[0]
    if start < known[0] or end > known[1]:
        raise ValueError(_beyond(label, found, known, (start, end), kind))
    if season:
        # years that are known as a whole, but no more than five hundred as those of Easter
        first, last = year_of(known[0] - 1) + 1, year_of(known[1] + 1) - 1
        middle = year_of(start)
        seasons = (
            max(first, min(middle - 250, last - 499)),
            min(last, max(middle + 249, first + 499)),
        )
        return np.asarray(_core.calendar.window(*grid, spells, share, None, seasons))
    mean = None
    if centre == "overall":
        length = _length(found, window)
        mean = (_PERIOD[grid[0]] if share == "event" else length) / found.spacing
    near = [(a, b) for a, b in spells if b >= start and a <= end]
    return np.asarray(_core.calendar.window(*grid, near, share, mean, None))


def _reach(window: Window | str) -> Window:
    """The first and last day of a window from the day of the holiday, at most."""
    if isinstance(window, str):
        return (0, 29) if window == "during" else (29, 36)
    return window


def _length(found: Events, window: Window | str) -> float:
    """The mean number of days in the window."""
    if window == "during":
        return found.length
    return 7.0 if isinstance(window, str) else float(window[1] - window[0] + 1)


def _beyond(label: str, found: Events, known: Window, days: Window, kind: str) -> str:
    """The sentence for periods in which a holiday is not known."""
    if known[1] < known[0]:
        return f'"{label}" is not known in these years: {found.source} has none of them'
    first, last = (f"{dated(day)}" for day in days)
    hint = (
        "shorten the data, or leave it out"
        if kind in ("chinese_new_year", "diwali") or found.source != "Umm al-Qura"
        else 'shorten the data, or give hijri="civil"'
    )
    return (
        f'"{label}" is known from {dated(known[0])} to {dated(known[1])} ({found.source}), and the '
        f"data reach from {first} to {last}: {hint}"
    )


def holiday_dates(
    name: str,
    first: int,
    last: int,
    *,
    hijri: str = "umm_al_qura",
    country: str | None = None,
    overrides: Any = None,
) -> Array:
    """The days on which a moving holiday falls, or begins, in a span of Gregorian years.

    Parameters
    ----------
    name
        ``"ramadan"`` (its first day), ``"eid_al_fitr"``, ``"eid_al_adha"``, ``"hajj"`` (8 Dhu
        al-Hijja), ``"ashura"`` (10 Muharram), ``"mawlid"`` (12 Rabi al-Awwal),
        ``"chinese_new_year"`` or ``"diwali"``.
    first, last
        The first and the last year.
    hijri
        The calendar of Islamic holidays: ``"umm_al_qura"`` (Saudi Arabia, August 1924 to November
        2077), ``"civil"`` or ``"tabular"`` (arithmetic).
    country
        A code of two letters, such as ``"PK"``: the dates that this country observed go before
        those of the calendar, where the package ``holidays`` carries them
        (``pip install "paimana[calendar]"``).
    overrides
        Dates that go before all others, by year: ``{2025: "2025-03-31"}``; a list of two where a
        year has two.

    Returns
    -------
    array of datetime64[D]
        In ascending order; a year may hold two, or none.

    Raises
    ------
    ValueError
        If the holiday, the calendar or the country is not known, the years lie outside of the
        calendar, or a date of `overrides` is far from the calendar's.
    ImportError
        If `country` or Diwali needs the package ``holidays`` and it is not installed.

    Notes
    -----
    Observed dates are public holidays. A government may give days off before a feast, so the feast
    is taken to be the first of them that is not before its day by Umm al-Qura. Years whose dates
    the package only estimates follow the calendar. An observed Eid al-Fitr ends Ramadan the day
    before; its first day is that of the calendar, or a day or two beside it, so that it has 29 or
    30 days. Hajj follows the calendar in all countries.

    References
    ----------
    R. H. van Gent, The Umm al-Qura calendar of Saudi Arabia, Utrecht University.

    Examples
    --------
    >>> import paimana as pm
    >>> pm.calendar.holiday_dates("eid_al_fitr", 2000, 2001).astype(str).tolist()
    ['2000-01-08', '2000-12-27', '2001-12-16']
    """
    if name not in HOLIDAYS:
        raise ValueError(f"{name!r} is no moving holiday: there are {', '.join(HOLIDAYS)}")
    for year in (first, last):
        if type(year) is not int or not 1 <= year <= 9998:
            raise ValueError(f"first and last are years such as 2024, not {year!r}")
    if last < first:
        raise ValueError(f"the last year ({last}) is before the first ({first})")
    ends = (np.datetime64(f"{first:04d}-01-01"), np.datetime64(f"{last:04d}-12-31"))
    start, end = (int(day.astype("M8[D]").astype(np.int64)) for day in ends)
    found = events(name, Dates(hijri, country, overrides), start, end)
    if start < found.known[0] or end > found.known[1]:
        raise ValueError(_beyond(name, found, found.known, (start, end), name))
    days = sorted(day for day in found.first if start <= day <= end)
    return np.array(days, dtype=np.int64).astype("M8[D]")
