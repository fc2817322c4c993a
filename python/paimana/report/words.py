"""Numbers and periods as a release prints them, and the sentences of a brief.

What stands here turns figures into English. It computes no indicator: every number comes from a
`Brief`.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from math import floor, isfinite, log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paimana.report.brief import Brief

__all__ = [
    "ADJECTIVES",
    "NOUNS",
    "count",
    "decimals",
    "joined",
    "number",
    "ordinal",
    "plain",
    "rate",
    "rate_digits",
    "text",
]

NOUNS = {
    "A": "year",
    "H": "half-year",
    "Q": "quarter",
    "M": "month",
    "W": "week",
    "D": "day",
}
_WIDE = Context(prec=400)
"""Digits enough for the integer part of any float."""

ADJECTIVES = {
    "A": "annual",
    "H": "half-yearly",
    "Q": "quarterly",
    "M": "monthly",
    "W": "weekly",
    "D": "daily",
}
_CARDINALS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]


def number(value: float, digits: int, sign: bool = False) -> str:
    """A number with separated thousands, rounded half away from zero as offices print it.

    What is rounded is the shortest decimal that stands for the float, so that 2.675 gives 2.68.

    >>> number(2592.5, 0), number(-0.004, 2), number(4.0, 1, sign=True)
    ('2,593', '0.00', '+4.0')
    """
    if not isfinite(value):
        return "n/a"
    rounded = _rounded(value, digits)
    if rounded == 0:
        return f"{abs(rounded):,.{digits}f}"
    return f"{rounded:{'+' if sign else ''},.{digits}f}"


def _rounded(value: float, digits: int) -> Decimal:
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, _WIDE)


def rate_digits(*values: float) -> int:
    """The decimals of rates or points that stand together: one if any is 10 or more, else two.

    >>> rate_digits(62.3), rate_digits(1.31), rate_digits(9.996), rate_digits(1.31, 62.3)
    (1, 2, 1, 1)
    """
    return 1 if any(isfinite(value) and abs(_rounded(value, 2)) >= 10 for value in values) else 2


def rate(value: float, sign: bool = False) -> str:
    """A rate or points as printed: with one decimal from 10 on, two below.

    >>> rate(62.3037), rate(1.3072), rate(9.996), rate(-15.11, sign=True)
    ('62.3', '1.31', '10.0', '-15.1')
    """
    return number(value, rate_digits(value), sign)


def decimals(values: list[float]) -> int:
    """The decimals in which levels are printed: those of the data, but no more than tell them
    apart.

    >>> decimals([310.0, 306.0]), decimals([2189.9, 4.25]), decimals([1 / 3])
    (0, 1, 4)
    """
    most = 0
    largest = 0.0
    for value in values:
        if isfinite(value):
            exponent = Decimal(repr(float(value))).normalize().as_tuple().exponent
            most = max(most, -exponent if isinstance(exponent, int) else 0)
            largest = max(largest, abs(value))
    whole = floor(log10(largest)) + 1 if largest else 1
    return max(0, min(most, 5 - whole if whole > 0 else 4 - whole))


def count(n: int, noun: str) -> str:
    """A count in words up to twelve: "seven months", "34 months".

    >>> count(1, "month"), count(7, "month"), count(34, "observation")
    ('one month', 'seven months', '34 observations')
    """
    return f"{_CARDINALS[n] if n <= 12 else f'{n:,}'} {noun}{'' if n == 1 else 's'}"


def ordinal(n: int) -> str:
    """An ordinal in words up to the twelfth: "second", "21st".

    >>> ordinal(2), ordinal(21), ordinal(113)
    ('second', '21st', '113th')
    """
    if n <= 12:
        return _ORDINALS[n]
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n:,}{ending}"


def plain(name: str) -> str:
    """The name of a column or series in words, otherwise as given.

    >>> plain("lamb_and_mutton")
    'lamb and mutton'
    """
    return " ".join(name.replace("_", " ").split())


def joined(whole: str, part: str) -> str:
    """The title of a part of a whole.

    >>> joined("US meat production", "Beef"), joined("Trade", "EU"), joined("", "beef")
    ('US meat production, beef', 'Trade, EU', 'beef')
    """
    if not whole or not part:
        return whole or part
    small = part[1:2].islower()  # a word, not an acronym
    return f"{whole}, {part[0].lower() + part[1:] if small else part}"


def text(brief: Brief) -> str:
    """The brief in paragraphs: level and rates, standing, year to date, base effect."""
    if not isfinite(brief.level):
        return _missing(brief)
    parts = [_level(brief), _standing(brief), _totals(brief), _effects(brief), _adjusted(brief)]
    return "\n\n".join(part for part in parts if part)


def _missing(brief: Brief) -> str:
    past = brief.past
    sentence = f"{brief.title}: there is no value for {past.words(past.slot)}."
    last = past.last_observed
    if last is None:
        return sentence
    return f"{sentence} The last one is {past.shown(past.level(last))} {past.at(last)}."


def _level(brief: Brief) -> str:
    """Level, yearly rate, rate on the period before, share."""
    past = brief.past
    unit = f" {brief.measured_in}" if brief.measured_in else ""
    if brief.measured_in[:1].isdigit():  # "2015 = 100"
        unit = f" ({brief.measured_in})"
    sentence = f"{brief.title}: {past.shown(brief.level)}{unit} {past.at(past.slot)}"
    parts: list[str] = []
    if isfinite(brief.yoy):
        base = past.year_before
        parts.append(_than(brief.yoy, f"{past.at(base)} ({past.shown(past.level(base))})"))
    if brief.freq != "A" and isfinite(brief.growth):
        caveat = "" if brief.adjusted else " (not seasonally adjusted)"
        parts.append(_than(brief.growth, f"{past.at(past.slot - 1)}") + caveat)
    sentence += f", {' and '.join(parts)}." if parts else "."
    if not isfinite(brief.yoy):
        sentence += f" {_no_yearly_rate(brief)}"
    if isfinite(brief.share):
        sentence += f" Its share of {brief.share_of} is {rate(brief.share)}%."
    return sentence


def _than(value: float, what: str) -> str:
    """A rate against something in words: 62.3% more than, the same as."""
    shown = rate(abs(value))
    if float(shown.replace(",", "")) == 0:
        return f"{'the same as' if value == 0 else 'almost the same as'} {what}"
    return f"{shown}% {'more' if value > 0 else 'less'} than {what}"


def _no_yearly_rate(brief: Brief) -> str:
    """Why there is no yearly rate."""
    past = brief.past
    if past.year_before < past.first:
        return "There is no yearly rate: the sample does not reach back a year."
    value = past.level(past.year_before)
    where = past.words(past.year_before)
    if not isfinite(value):
        return f"There is no yearly rate: {where} has no value."
    base = f"{past.shown(value)} in {where}"
    return f"There is no yearly rate: one on the base of {base} has no meaning."


def _standing(brief: Brief) -> str:
    """Records, the last time as high, the peak, the streaks."""
    past = brief.past
    start = f"since the sample starts {past.at(past.first)}"
    sentences: list[str] = []
    if brief.record and past.previous_record is not None:
        sentences.append(
            f"It is a record, the highest value {start}; the one before was "
            f"{past.shown(brief.previous_record)} {past.at(past.previous_record)}."
        )
    elif brief.record_low:
        sentences.append(f"It is the lowest value {start}.")
    else:
        sentences += _since(brief)
    if brief.streak is not None and abs(brief.streak) >= 2:
        kind = "rise" if brief.streak > 0 else "fall"
        sentences.append(f"It was the {ordinal(abs(brief.streak))} {kind} in a row.")
    if brief.freq != "A" and brief.yoy_streak is not None and abs(brief.yoy_streak) >= 2:
        kind = "positive" if brief.yoy_streak > 0 else "negative"
        length = count(abs(brief.yoy_streak), NOUNS[brief.freq])
        sentences.append(f"The yearly rate has been {kind} for {length} in a row.")
    return " ".join(sentences)


def _since(brief: Brief) -> list[str]:
    """The last time it was as high or as low, whichever is longer ago, and how far the peak is."""
    past = brief.past
    sentences: list[str] = []
    places = [slot for slot in (past.highest_since, past.lowest_since) if slot is not None]
    if places and past.slot - min(places) > 2:
        oldest = min(places)
        kind = "highest" if oldest == past.highest_since else "lowest"
        value = past.shown(past.level(oldest))
        sentences.append(f"It is the {kind} value since {past.words(oldest)} ({value}).")
    if past.previous_record is not None and isfinite(brief.from_peak) and brief.from_peak < 0:
        peak = f"{past.shown(brief.previous_record)} {past.at(past.previous_record)}"
        sentences.append(f"It is {rate(-brief.from_peak)}% below the peak of {peak}.")
    return sentences


def _totals(brief: Brief) -> str:
    """The year to date and the sum, or mean, of the last year."""
    if brief.freq == "A":
        return ""
    past, noun = brief.past, NOUNS[brief.freq]
    mean = brief.how == "mean"
    kind = "average" if mean else "total"
    sentences: list[str] = []
    if isfinite(brief.ytd):
        n = past.slot - past.year_first + 1
        year = f"{'the fiscal year ' if past.fiscal else ''}{past.year}"
        if not past.time.dated:
            year = f"year {past.year}"
        months = ""
        if past.fiscal and n > 1:
            months = f" ({past.words(past.year_first)} to {past.words(past.slot)})"
        many = f"{'first ' if n == 1 else ''}{count(n, noun)}".replace("first one", "first")
        span = year if past.year_complete else f"the {'first ' * (n > 1)}{many} of {year}"
        sentence = f"In {span}{months} the {kind} is {past.shown(brief.ytd, mean)}"
        if isfinite(brief.ytd_growth):
            same = "in the year before"
            if not past.year_complete:
                same = f"in the same {noun}{'s' * (n > 1)} a year before"
            base = f" ({past.shown(brief.ytd_base, mean)})" if isfinite(brief.ytd_base) else ""
            sentence += f", {_than(brief.ytd_growth, same + base)}"
        sentences.append(sentence + ".")
    last_year = brief.mean12 if mean else brief.sum12
    if isfinite(last_year) and not past.year_complete:
        span = count(past.time.per_year, noun)
        sentences.append(f"The {kind} of the last {span} is {past.shown(last_year, mean)}.")
    return " ".join(sentences)


def _effects(brief: Brief) -> str:
    """The change of the yearly rate, taken apart into what happened now and a year ago."""
    past = brief.past
    if not (isfinite(brief.acceleration) and isfinite(brief.base_effect)) or brief.freq == "A":
        return ""
    before = past.at(past.slot - 1)
    if float(rate(abs(brief.acceleration)).replace(",", "")) == 0:
        return f"The yearly rate is as it was {before}."
    verb = "rose" if brief.acceleration > 0 else "fell"
    digits = rate_digits(brief.acceleration, brief.base_effect, brief.current_effect)
    move = number(abs(brief.acceleration), digits)
    base, current = (
        number(points, digits, sign=True) for points in (brief.base_effect, brief.current_effect)
    )
    why = ""
    if isfinite(brief.base_growth):
        there = past.year_before
        moved = _than(brief.base_growth, f"{past.at(there - 1)}")
        why = f" ({past.words(there)} had been {moved})"
    return (
        f"The yearly rate {verb} by {move} percentage points, from {rate(brief.yoy_before)}% "
        f"{before} to {rate(brief.yoy)}%. Of this change, {base} points are base effect{why} and "
        f"{current} come from the latest {NOUNS[brief.freq]}."
    )


def _adjusted(brief: Brief) -> str:
    """Short-run growth of adjusted data."""
    if not isfinite(brief.rolling_growth):
        return ""
    nouns = f"{NOUNS[brief.freq]}s"
    past = f"The last three {nouns} together are "
    sentence = past + _than(brief.rolling_growth, f"the three {nouns} before")
    if isfinite(brief.rolling_annualized):
        sentence += f", {rate(brief.rolling_annualized, sign=True)}% at an annual rate"
    return sentence + " (seasonally adjusted)."
