"""The figures of a brief: each public function called on the sample, and its value at one period.

What stands here looks results up; the numbers are
computed by the functions of `measure`, on the sample up to the period of the brief and no later.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, nan
from typing import Any

import numpy as np

from paimana._time import Time
from paimana.measure import dynamics, growth, records, shares, totals
from paimana.report.words import decimals, number

__all__ = ["Past", "calendar_of", "figures"]

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False, slots=True)
class Past:
    """The observations behind a brief, and where among them its figures come from.

    Periods are slots: their number counted from the first period of the sample.

    Attributes
    ----------
    values
        Every period of the sample up to the one of the brief, absent ones missing.
    time
        Their calendar.
    slot, first, year_before, year_first, last_observed
        The period of the brief, the first observed one (where the sample starts), its base a year
        earlier (-1: before the sample), the first period of its year (negative: before the sample),
        and the last observed one.
    previous_record, highest_since, lowest_since
        The periods of those figures; None where there is none.
    same_period
        The observed values of the same month, quarter or half-year of all years.
    year, fiscal, year_complete
        The number of its year, whether that is a fiscal year, and whether the period completes it.
    digits
        The decimals in which levels are printed.
    """

    values: Array
    time: Time
    slot: int
    first: int
    year_before: int
    year_first: int
    last_observed: int | None
    previous_record: int | None
    highest_since: int | None
    lowest_since: int | None
    same_period: int
    year: int
    fiscal: bool
    year_complete: bool
    digits: int

    def words(self, slot: int) -> str:
        """A period in words: "April 2024"."""
        return self.time.words(slot)

    def level(self, slot: int) -> float:
        """The value of a period."""
        return float(self.values[slot]) if 0 <= slot < len(self.values) else nan

    def at(self, slot: int) -> str:
        """A period as a place in time: "in April 2024", "on 30 April 2024"."""
        if not self.time.dated:
            return f"at {self.words(slot)}"
        return f"{'on' if self.time.freq == 'D' else 'in'} {self.words(slot)}"

    def shown(self, value: float, mean: bool = False) -> str:
        """A level or a sum of levels as printed; a mean of levels has one more decimal."""
        return number(value, self.digits + mean)


def figures(
    values: Array,
    time: Time,
    slot: int,
    *,
    year_start: int,
    adjusted: bool,
    how: str,
    whole: Array | None,
) -> dict[str, Any]:
    """Every figure of `Brief` that is computed, by its name, and `past`.

    Parameters
    ----------
    values
        One series, complete from the first period of `time`.
    slot
        The period of the brief; what comes after it plays no part.
    whole
        The total that the series has a share in, for the same periods.
    """
    x = values[: slot + 1].copy()
    x[~np.isfinite(x)] = nan
    x.flags.writeable = False
    calendar = calendar_of(time)
    base = time.base("yoy")
    year_before = slot - base if isinstance(base, int) else int(base[slot])
    found: dict[str, Any] = _rates(x, calendar, time.freq, adjusted)
    found["base_growth"] = _at(growth.growth(x), year_before)
    found |= _sums(x, calendar, time, year_start, how)
    standing, places = _standing(x, calendar, time)
    found |= standing
    found["share"] = nan if whole is None else _last(shares.share(x, whole[: slot + 1]))
    opening, year, ends = _year(time, slot, year_start)
    seen = np.flatnonzero(np.isfinite(x))
    first = int(seen[0]) if len(seen) else 0
    found |= {
        "period": time.label(slot),
        "freq": time.freq,
        "sample_start": time.label(first),
        "observations": len(seen),
    }
    found["past"] = Past(
        values=x,
        time=time,
        slot=slot,
        first=first,
        year_before=year_before,
        year_first=opening,
        last_observed=int(seen[-1]) if len(seen) else None,
        **places,
        same_period=int(np.isfinite(x[::-1][:: time.per_year]).sum()),
        year=year,
        fiscal=year_start != 1,
        year_complete=slot + 1 == ends,
        digits=decimals(x[seen].tolist()),
    )
    return found


def calendar_of(time: Time) -> dict[str, Any]:
    """How a complete array of these periods tells public functions its calendar."""
    if not time.dated:
        return {"freq": time.freq, "start": None}
    first = Time(time.freq, time.start, None, 1, 1, time.first_month, time.fy_label).dates()[0]
    return {"freq": time.freq, "start": str(first)}


def _last(result: Any) -> float:
    return float(result[-1])


def _at(result: Any, slot: int) -> float:
    """A result at a slot; missing before the sample."""
    return float(result[slot]) if slot >= 0 else nan


def _rates(x: Array, calendar: dict[str, Any], freq: str, adjusted: bool) -> dict[str, Any]:
    """Rates of growth, and what the yearly rate's change is made of."""
    short, yearly = growth.growth(x), growth.yoy(x, **calendar)
    found = {
        "level": _last(x),
        "change": _last(growth.change(x)),
        "growth": _last(short),
        "mom": _last(short) if freq == "M" else nan,
        "qoq": _last(short) if freq == "Q" else nan,
        "yoy": _last(yearly),
        "yoy_before": _at(yearly, len(x) - 2),
        "yoy_streak": None if freq == "D" else _same_sign(np.asarray(yearly)),
        "acceleration": _last(dynamics.acceleration(x, **calendar)),
        "rolling_growth": nan,
        "rolling_annualized": nan,
        "annualized": nan,
    }
    effects = np.asarray(dynamics.base_effect(x, **calendar))
    found["current_effect"], found["base_effect"] = (float(part) for part in effects[-1])
    if adjusted and freq != "A":
        found["annualized"] = _last(growth.annualized(x, freq=freq))
        if len(x) >= 6:
            found["rolling_growth"] = _last(dynamics.rolling_growth(x, 3))
            yearly = dynamics.rolling_growth(x, 3, annualized=True, freq=freq)
            found["rolling_annualized"] = _last(yearly)
    return found


def _same_sign(rates: Array) -> int | None:
    """For how many periods in a row the rate has been positive (+n) or negative (-n), up to now.

    Not a streak of rises: between negative values a rise is no positive rate, and has none.
    """
    signs = np.sign(rates)
    if not isfinite(signs[-1]):
        return None
    others = np.flatnonzero(signs != signs[-1])  # missing ones among them
    length = len(signs) - 1 - (int(others[-1]) if len(others) else -1)
    return int(signs[-1]) * length


def _sums(
    x: Array, calendar: dict[str, Any], time: Time, year_start: int, how: str
) -> dict[str, float]:
    """The year to date and the last year, summed or averaged."""
    years: dict[str, Any] = {**calendar, "year_start": year_start, "how": how}
    so_far = totals.ytd(x, **years)
    found = {
        "ytd": _last(so_far),
        "ytd_growth": _last(totals.ytd_growth(x, **years)),
        "ytd_base": nan,
        "sum12": nan,
        "mean12": nan,
    }
    window = time.per_year
    if time.freq in "HQM":  # weeks and days do not lie at the same place in every year
        found["ytd_base"] = _at(so_far, len(x) - 1 - window)
    if time.freq != "D" and len(x) >= window:
        name, total = (
            ("mean12", totals.rolling_mean) if how == "mean" else ("sum12", totals.rolling_sum)
        )
        found[name] = _last(total(x, window))
    return found


def _standing(
    x: Array, calendar: dict[str, Any], time: Time
) -> tuple[dict[str, Any], dict[str, int | None]]:
    """Records, ranks and streaks; and the slots of those that name a period."""
    best = records.previous_record(x)
    places = {
        "previous_record": _slot(best.period),
        "highest_since": _slot(records.highest_since(x)),
        "lowest_since": _slot(records.lowest_since(x)),
    }
    found = {
        "record": bool(records.record(x)[-1]),
        "record_low": bool(records.record(x, sense="low")[-1]),
        "previous_record": _last(best.value),
        "from_peak": _last(records.from_peak(x)),
        "streak": _whole(records.streak(x)),
        "rank": _whole(records.rank(x)),
        "rank_same_period": None,
    }
    if time.freq in "HQM":
        found["rank_same_period"] = _whole(records.rank(x, same_period=True, freq=time.freq))
    found |= {
        name if name != "previous_record" else "previous_record_period": (
            None if slot is None else time.label(slot)
        )
        for name, slot in places.items()
    }
    return found, places


def _slot(rows: Any) -> int | None:
    """The last of an array of row numbers, which are slots here; None for -1."""
    row = int(rows[-1])
    return row if row >= 0 else None


def _whole(result: Any) -> int | None:
    value = float(result[-1])
    return int(value) if isfinite(value) else None


def _year(time: Time, slot: int, year_start: int) -> tuple[int, int, int]:
    """The first slot of a slot's year, the year's number, and the first slot of the next year."""
    starts = time.groups("A", year_start)[0]
    place = int(np.searchsorted(starts, slot, side="right")) - 1
    number = time.year_labels(year_start)[place]
    return int(starts[place]), number, int(starts[place + 1])
