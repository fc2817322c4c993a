"""Twins that go by civil dates: what a year, a week or the same day a year before is.

A `Table` lists every period of whole fiscal years around the data, in order, each as its first
and last day; a series has an entry for each of them, None where there is no observed value. So an
absent period, a year that begins before the data and a quarter that ends after them are all one
thing: missing values. Nothing but the `datetime` of the standard library is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from reference.headline import at, exact, plain, rate

DAY = timedelta(days=1)
MONTHS = {"A": 12, "H": 6, "Q": 3, "M": 1}


def first_of_month(months: int) -> date:
    """The first day of a month counted from January of year 0."""
    return date(months // 12, months % 12 + 1, 1)


def opening(freq: str, day: date, first_month: int = 1) -> date:
    """The first day of the period in which a day lies."""
    if freq == "D":
        return day
    if freq == "W":
        return day - day.weekday() * DAY
    length, months = MONTHS[freq], 12 * day.year + day.month - first_month
    return first_of_month(months - months % length + first_month - 1)


def following(freq: str, first: date) -> date:
    """The first day of the next period."""
    if freq in "WD":
        return first + (7 if freq == "W" else 1) * DAY
    return first_of_month(12 * first.year + first.month - 1 + MONTHS[freq])


def a_year_before(day: date) -> date:
    """The same date; of 29 February the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


@dataclass(eq=False)
class Table:
    """Every period of the years in which the data lie."""

    freq: str
    first_month: int
    periods: list[tuple[date, date]]

    def anchor(self, t: int) -> date:
        """The day that says to which month or year a period belongs: of a week its Thursday."""
        return self.periods[t][0] + (3 if self.freq == "W" else 0) * DAY

    @cache  # noqa: B019 (a table is small and lives as long as a test)
    def key(self, t: int, freq: str) -> date:
        """The first day of the longer period to which t belongs."""
        return opening(freq, self.anchor(t), self.first_month if freq in "AH" else 1)

    @cache  # noqa: B019
    def members(self, key: date, freq: str) -> list[int]:
        return [t for t in range(len(self.periods)) if self.key(t, freq) == key]

    @cache  # noqa: B019
    def keys(self, freq: str) -> list[date]:
        """The longer periods in order."""
        return sorted({self.key(t, freq) for t in range(len(self.periods))})

    def base(self, t: int) -> int:
        """The period of the yearly rate of t; -1 where it is before the table."""
        if self.freq == "D":
            return t - (self.periods[t][0] - a_year_before(self.periods[t][0])).days
        return t - {"A": 1, "H": 2, "Q": 4, "M": 12, "W": 52}[self.freq]

    def span_before(self, t: int) -> list[int]:
        """The periods of the year before that answer to those of t's year up to t."""
        keys = self.keys("A")
        number = keys.index(self.key(t, "A"))
        if number == 0:
            return []
        before = self.members(keys[number - 1], "A")
        if self.freq == "D":
            return [s for s in before if s <= self.base(t)]
        so_far = [s for s in self.members(keys[number], "A") if s <= t]
        return before[: len(so_far)] if len(so_far) <= len(before) else []


def table(freq: str, first: date, last: date, first_month: int = 1) -> Table:
    """The whole fiscal years from two before that of `first` to that of `last`."""
    begin = date(opening("A", first, first_month).year - 2, first_month, 1)
    end = following("A", opening("A", last, first_month)) + 40 * DAY
    days = [opening(freq, begin)]
    while days[-1] < end:
        days.append(following(freq, days[-1]))
    return Table(freq, first_month, [(a, b - DAY) for a, b in pairwise(days)])


def all_of(x, periods):
    """The values of some periods, None unless there is one for each."""
    values = [at(x, t) for t in periods]
    return None if not values or None in values else values


def yoy(series, table):
    x = exact(series)
    return [plain(rate(x[t], at(x, table.base(t)))) for t in range(len(x))]


def acceleration(series, table):
    x = exact(series)
    y = [rate(x[t], at(x, table.base(t))) for t in range(len(x))]
    return [None if None in (a, b) else float(b - a) for a, b in pairwise([None, *y])]


def base_effect(series, table):
    x, current, base = exact(series), [], []
    for t in range(len(x)):
        values = at(x, t), at(x, t - 1), at(x, table.base(t)), at(x, table.base(t - 1))
        if t == 0 or None in values or values[2] <= 0 or values[3] <= 0:
            current.append(None)
            base.append(None)
            continue
        now, then, a, b = values
        current.append(float(100 * (now - then) / a))
        base.append(float(100 * (then / a - then / b)))
    return current, base


def ytd(series, table, how="sum"):
    x, result = exact(series), []
    for t in range(len(x)):
        found = all_of(x, [s for s in table.members(table.key(t, "A"), "A") if s <= t])
        divisor = len(found) if found and how == "mean" else 1
        result.append(None if found is None else float(sum(found) / divisor))
    return result


def ytd_growth(series, table):
    x, result = exact(series), []
    for t in range(len(x)):
        now = all_of(x, [s for s in table.members(table.key(t, "A"), "A") if s <= t])
        then = all_of(x, table.span_before(t))
        result.append(None if now is None or then is None else plain(rate(sum(now), sum(then))))
    return result


def carry_over(series, table):
    x, result, keys = exact(series), [], table.keys("A")
    for t in range(len(x)):
        number = keys.index(table.key(t, "A"))
        year = table.members(keys[number], "A")
        now = all_of(x, [s for s in year if s <= t])
        then = all_of(x, table.members(keys[number - 1], "A")) if number else None
        if now is None or then is None:
            result.append(None)
            continue
        held = len([s for s in year if s > t]) * x[t]
        result.append(plain(rate(sum(now) + held, sum(then))))
    return result


HOW = {
    "sum": sum,
    "mean": lambda values: sum(values) / len(values),
    "first": lambda values: values[0],
    "last": lambda values: values[-1],
}


def to_frequency(series, table, freq, how="sum", *, skip=False, keep=False, covered=None):
    """A dictionary: first day of the longer period, and its value.

    With `skip` missing values are passed over, in longer periods that lie wholly within the
    `covered` ones, from the first row to the last; with `keep` in any.
    """
    x, result = exact(series), {}
    for key in table.keys(freq):
        periods = table.members(key, freq)
        values = all_of(x, periods)
        if keep or (skip and all(t in covered for t in periods)):
            values = [x[t] for t in periods if x[t] is not None] or None
        result[key] = None if values is None else float(HOW[how](values))
    return result


def annual_growth(series, table, of="average"):
    """A dictionary: first day of the year, and its growth."""
    levels = exact(to_frequency(series, table, "A", "mean" if of == "average" else "last").values())
    if of == "end":  # the last period is enough
        x = exact(series)
        levels = [x[table.members(key, "A")[-1]] for key in table.keys("A")]
    rates = [None, *(plain(rate(b, a)) for a, b in pairwise(levels))]
    return dict(zip(table.keys("A"), rates, strict=True))
