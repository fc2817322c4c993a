"""What a user writes for a regressor: "td", "easter[8]", "ao2020.apr".

A `Name` is what was read; which column it becomes is the business of `_build.py`. Names are those
of X-13 where it has them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from paimana._time import Time
from paimana.calendar._events import HOLIDAYS
from paimana.calendar._holidays import read_window

__all__ = ["LABELS", "Name", "read_name"]

COUNTED = {"easter": "8", "easterstock": "8", "tdstock": "31"}
"""Names that need a number in brackets, with an example of it."""

PLAIN = ("td", "td1", "lpyear", "lom", "loq")
"""Names that stand alone."""

LABELS = [
    *PLAIN,
    *(f"{name}[{example}]" for name, example in COUNTED.items()),
    *HOLIDAYS,
    "eid_al_fitr[-7,2]",
    "ao2020.apr",
    "ls2020.apr",
    "tc2020.apr",
    "so2020.apr",
    "rp2008.jan-2009.jun",
]
"""Every kind of name, as an example of it, for messages."""

_FORM = re.compile(r"([a-z_]+\d?)(?:\[([^\[\]]*)\])?")
_NUMBER = re.compile(r"[+-]?\d{1,4}")
_OUTLIER = re.compile(r"(ao|ls|tc|so|rp) ?(\d.*)")
_DOTTED = re.compile(r"(\d{4})\.(\d{1,2})")
_RAMP = re.compile(r"(.+?) ?\.\. ?(.+)|(\d{4}\.\w+) ?- ?(\d{4}\.\w+)")


@dataclass(frozen=True)
class Name:
    """A regressor as it was read.

    Attributes
    ----------
    label
        As the user wrote it: the name of its column.
    kind
        What it is: ``"td"``, ``"easter"``, ``"ao"`` ...
    days
        The number in brackets, of those that have one.
    slots
        The period of an outlier, counted from the first of the data; of a ramp its first and last.
    window
        The days of a moving holiday, from the first to the last.
    """

    label: str
    kind: str
    days: int | None = None
    slots: tuple[int, ...] = ()
    window: tuple[int, int] | str | None = None


def read_name(text: object, time: Time) -> Name:
    """Read the name of a regressor over the periods of a `Time`.

    Raises
    ------
    ValueError
        If there is no such regressor; the sentence lists those that there are.
    """
    if not isinstance(text, str):
        raise TypeError(f'the name of a regressor is a text such as "easter[8]", not {text!r}')
    plain = text.strip().lower()
    if plain == "td1coef":  # as X-13 has it
        return Name(text, "td1")
    outlier = _OUTLIER.fullmatch(plain)
    if outlier is not None:
        kind, date = outlier.groups()
        return Name(text, kind, slots=_slots(text, kind, date, time))
    form = _FORM.fullmatch(plain)
    if form is None:
        raise ValueError(_unknown(text))
    kind, inside = form.groups()
    if kind in HOLIDAYS:
        return Name(text, kind, window=read_window(text, kind, inside))
    if inside is None:
        if kind in PLAIN:
            return Name(text, kind)
        if kind in COUNTED:
            raise ValueError(f'"{text}" needs a number of days: write "{kind}[{COUNTED[kind]}]"')
        raise ValueError(_unknown(text))
    if kind not in COUNTED:
        if kind in PLAIN:
            raise ValueError(f'"{text}" takes nothing in brackets: write "{kind}"')
        raise ValueError(_unknown(text))
    if not _NUMBER.fullmatch(inside.strip()):
        raise ValueError(
            f'"{text}" has no whole number in its brackets: write "{kind}[{COUNTED[kind]}]"'
        )
    return Name(text, kind, days=int(inside))


def _unknown(text: str) -> str:
    """The sentence for a name that is none, with the nearest and all that there are."""
    plain = text.strip().lower()
    head = re.split(r"[\[\d]", plain)[0] or plain
    names = [*PLAIN, *COUNTED, *HOLIDAYS]
    near = get_close_matches(head, names, 1, 0.6) or get_close_matches(plain, names, 1, 0.6)
    hint = f'; did you mean "{near[0]}"?' if near else ""
    return f'there is no regressor "{text}"{hint} There are: {", ".join(LABELS)}'.replace(
        f'"{text}" There', f'"{text}". There'
    )


def _slots(text: str, kind: str, date: str, time: Time) -> tuple[int, ...]:
    """The periods that the name of an outlier says."""
    if kind != "rp":
        return (_slot(text, date, time),)
    ends = _RAMP.fullmatch(date)
    if ends is None:
        raise ValueError(
            f'the ramp "{text}" needs a first and a last period: write "rp2008.jan-2009.jun" or '
            '"rp2008-01..2009-06"'
        )
    first, last = (_slot(text, end, time) for end in ends.groups() if end is not None)
    if last <= first:
        raise ValueError(f'the ramp "{text}" must end after the period in which it begins')
    return first, last


def _slot(text: str, date: str, time: Time) -> int:
    """A period in the way of X-13, 2020.4 or 2020.apr, or in any other that paimana reads."""
    dotted = _DOTTED.fullmatch(date)
    try:
        if dotted is None or time.freq not in "MQH":
            # the month of 2020.apr is read with a space, as April 2020 is
            return time.slot(re.sub(r"^(\d{4})\.([a-z])", r"\1 \2", date), beyond=True)
        year, part = int(dotted[1]), int(dotted[2])
        if not 1 <= part <= time.per_year:
            raise ValueError(f"a year of {time.name} data has no period {part}")
        return time.per_year * year + part - 1 - time.start
    except ValueError as error:
        raise ValueError(f'"{text}": {error}') from None
