"""A twin of every headline indicator: one series, one plain loop, exact fractions.

A series is a list with an entry for every period of its span, None where the value is missing or
the period absent. So the rule of the calendar is stated by whoever calls: insert the absent
periods, call the twin, take the rows back. Fractions are exact and rounded once, by `float`, at
the end; roots and logarithms are those of `math`.
"""

from __future__ import annotations

import math
from calendar import monthrange
from datetime import date
from fractions import Fraction

Series = list


def exact(series: Series) -> Series:
    """The observed values as fractions; what is not finite is missing."""
    return [None if v is None or not math.isfinite(v) else Fraction(v) for v in series]


def at(series: Series, t: int):
    """The value of a period, None outside of the span."""
    return series[t] if 0 <= t < len(series) else None


def plain(value):
    """The result as a float."""
    return None if value is None else float(value)


# Per day.


def per_day(series, rest=(5, 6), off=(), first=(2021, 7)):
    """Months from `first` on over the days that are no days of rest, day by day."""
    x = exact(series)
    found = []
    for t, value in enumerate(x):
        year, month = divmod(12 * first[0] + first[1] - 1 + t, 12)
        days = [date(year, month + 1, day + 1) for day in range(monthrange(year, month + 1)[1])]
        worked = sum(day.weekday() not in rest and str(day) not in off for day in days)
        found.append(None if value is None or not worked else plain(value / worked))
    return found


# Growth.


def rate(x, b, negative_base="missing", unit="percent"):
    if x is None or b is None or b == 0:
        return None
    if b < 0 and negative_base == "missing":
        return None
    factor = 100 if unit == "percent" else 1
    return factor * (x - b) / (abs(b) if negative_base == "abs" else b)


def compound(x, b, exponent, negative_base="missing", unit="percent"):
    change = rate(x, b, negative_base, "fraction")
    if change is None or 1 + change < 0:
        return None
    try:
        power = float(1 + change) ** float(exponent)
    except (ZeroDivisionError, OverflowError):
        return None
    return (100 if unit == "percent" else 1) * (power - 1)


def lag(series, lag=1):
    x = exact(series)
    return [plain(at(x, t - lag)) for t in range(len(x))]


def lead(series, lead=1):
    return lag(series, -lead)


def change(series, lag=1):
    x = exact(series)
    pairs = [(x[t], at(x, t - lag)) for t in range(len(x))]
    return [None if a is None or b is None else float(a - b) for a, b in pairs]


def growth(
    series, lag=1, since=None, average=None, negative_base="missing", unit="percent", per_year=12
):
    x = exact(series)
    result = []
    for t in range(len(x)):
        base, distance = (t - lag, lag) if since is None else (since, t - since)
        if average is None:
            result.append(plain(rate(x[t], at(x, base), negative_base, unit)))
        elif distance == 0:
            result.append(None)
        else:
            exponent = Fraction(per_year, distance)
            result.append(compound(x[t], at(x, base), exponent, negative_base, unit))
    return result


def mom(series, **options):
    return growth(series, 1, **options)


def qoq(series, **options):
    return growth(series, 3, **options)


def yoy(series, per_year=12, **options):
    return growth(series, per_year, **options)


def log_growth(series, lag=1):
    x = exact(series)
    pairs = [(x[t], at(x, t - lag)) for t in range(len(x))]
    return [
        100 * math.log1p(float((a - b) / b)) if a and b and a > 0 and b > 0 else None
        for a, b in pairs
    ]


def symmetric_growth(series, lag=1, unit="percent"):
    x, factor = exact(series), 200 if unit == "percent" else 2
    pairs = [(x[t], at(x, t - lag)) for t in range(len(x))]
    return [
        float(factor * (a - b) / (a + b)) if a and b and a > 0 and b > 0 else None for a, b in pairs
    ]


def annualized(series, lag=1, negative_base="missing", unit="percent", per_year=12):
    x, exponent = exact(series), Fraction(per_year, lag)
    return [compound(x[t], at(x, t - lag), exponent, negative_base, unit) for t in range(len(x))]


def cagr(series, negative_base="missing", unit="percent", per_year=12):
    x = exact(series)
    observed = [t for t, v in enumerate(x) if v is not None]
    if len(observed) < 2:
        return None
    first, last = observed[0], observed[-1]
    return compound(x[last], x[first], Fraction(per_year, last - first), negative_base, unit)


# Dynamics.


def acceleration(series, negative_base="missing", unit="percent", per_year=12):
    x = exact(series)
    y = [rate(x[t], at(x, t - per_year), negative_base, unit) for t in range(len(x))]
    return [
        None if t == 0 or y[t] is None or y[t - 1] is None else float(y[t] - y[t - 1])
        for t in range(len(x))
    ]


def base_effect(series, unit="percent", per_year=12):
    x, p = exact(series), per_year
    factor = 100 if unit == "percent" else 1
    current, base = [], []
    for t in range(len(x)):
        now, then, a, b = at(x, t), at(x, t - 1), at(x, t - p), at(x, t - 1 - p)
        if None in (now, then, a, b) or a <= 0 or b <= 0:
            current.append(None)
            base.append(None)
            continue
        yearly, monthly = then / b - 1, a / b - 1
        current.append(float(factor * (now - then) / a))
        base.append(float(factor * -(1 + yearly) * monthly / (1 + monthly)))
    return {"current": current, "base": base}


def window(x, t, width, na="propagate"):
    """The values of a window that ends at t: None where it may not be used."""
    if t - width + 1 < 0:
        return None
    values = x[t - width + 1 : t + 1]
    if na == "skip":
        values = [v for v in values if v is not None]
        return values or None
    return None if None in values else values


def rolling_growth(
    series,
    window_=3,
    annualized=False,
    negative_base="missing",
    unit="percent",
    na="propagate",
    per_year=12,
):
    x, result = exact(series), []
    for t in range(len(x)):
        late, early = window(x, t, window_, na), window(x, t - window_, window_, na)
        if late is None or early is None:
            result.append(None)
            continue
        now, then = sum(late) / len(late), sum(early) / len(early)
        if annualized:
            result.append(compound(now, then, Fraction(per_year, window_), negative_base, unit))
        else:
            result.append(plain(rate(now, then, negative_base, unit)))
    return result


# Totals. `phase` is the number of period 0 in its fiscal year.


def year_of(t, phase, per_year=12):
    return (t + phase) // per_year


def year_periods(year, phase, per_year=12):
    first = year * per_year - phase
    return range(first, first + per_year)


def total(x, periods, na="propagate"):
    """The sum of some periods and the count of those present; None where it may not be had."""
    values = [at(x, t) for t in periods]
    if na == "skip":
        values = [v for v in values if v is not None]
    return None if None in values or not values else (sum(values), len(values))


def so_far(x, t, phase, na, per_year=12):
    return total(
        x, [s for s in year_periods(year_of(t, phase, per_year), phase, per_year) if s <= t], na
    )


def rolling_sum(series, window_, na="propagate"):
    x = exact(series)
    found = [window(x, t, window_, na) for t in range(len(x))]
    return [None if w is None else float(sum(w)) for w in found]


def rolling_mean(series, window_, na="propagate"):
    x = exact(series)
    found = [window(x, t, window_, na) for t in range(len(x))]
    return [None if w is None else float(sum(w) / len(w)) for w in found]


def ytd(series, phase=0, how="sum", na="propagate", per_year=12):
    x, result = exact(series), []
    for t in range(len(x)):
        found = so_far(x, t, phase, na, per_year)
        result.append(
            None if found is None else float(found[0] / (found[1] if how == "mean" else 1))
        )
    return result


def ytd_growth(
    series, phase=0, how="sum", negative_base="missing", unit="percent", na="propagate", per_year=12
):
    x, result = exact(series), []
    for t in range(len(x)):
        now = so_far(x, t, phase, na, per_year)
        then = so_far(x, t - per_year, phase, na, per_year) if t >= per_year else None
        if now is None or then is None:
            result.append(None)
            continue
        a, b = (s / n if how == "mean" else s for s, n in (now, then))
        result.append(plain(rate(a, b, negative_base, unit)))
    return result


def years(series, phase, per_year=12):
    return range(year_of(len(series) - 1, phase, per_year) + 1) if series else range(0)


def annual_growth(
    series,
    of="average",
    phase=0,
    negative_base="missing",
    unit="percent",
    na="propagate",
    per_year=12,
):
    x, levels = exact(series), []
    for year in years(x, phase, per_year):
        periods = year_periods(year, phase, per_year)
        if of == "end":
            levels.append(at(x, periods[-1]))
        else:
            inside = all(0 <= t < len(x) for t in periods)  # na= is about values, not about these
            found = total(x, periods, na) if inside else None
            levels.append(None if found is None else found[0] / found[1])
    return [plain(rate(v, at(levels, i - 1), negative_base, unit)) for i, v in enumerate(levels)]


def carry_over(series, phase=0, negative_base="missing", unit="percent", per_year=12):
    x, result = exact(series), []
    for t in range(len(x)):
        year = year_of(t, phase, per_year)
        now = so_far(x, t, phase, "propagate", per_year)
        before = total(x, year_periods(year - 1, phase, per_year))
        if now is None or before is None:
            result.append(None)
            continue
        remaining = year_periods(year, phase, per_year)[-1] - t
        result.append(plain(rate(now[0] + remaining * x[t], before[0], negative_base, unit)))
    return result


def rebase(series, first, last, base_value=100):
    x = exact(series)
    base = x[first : last + 1]
    mean = None if None in base else sum(base) / len(base)
    if mean is None or mean <= 0:
        return [None] * len(x)
    return [None if v is None else float(v / mean * Fraction(base_value)) for v in x]


def to_frequency(series, per, phase=0, how="sum", partial="missing", na="propagate"):
    x, result = exact(series), []
    for group in years(x, phase, per):
        periods = list(year_periods(group, phase, per))
        inside = [t for t in periods if 0 <= t < len(x)]
        if partial == "missing" and len(inside) < per:
            result.append(None)
            continue
        values = [x[t] for t in inside]
        if partial == "keep" or na == "skip":
            values = [v for v in values if v is not None]
        if not values or None in values:
            result.append(None)
        elif how in ("first", "last"):
            result.append(float(values[0 if how == "first" else -1]))
        else:
            result.append(float(sum(values) / (len(values) if how == "mean" else 1)))
    return result


def required(series, target, by):
    x = exact(series)
    last = max(t for t, v in enumerate(x) if v is not None)
    return 100 * (float(Fraction(target) / x[last]) ** (1 / (by - last)) - 1)


# Records. `season` is the number of periods after which the same month comes again.


def earlier(x, t, season=1):
    """The observed values before t (of the same season), with their periods."""
    return [(s, x[s]) for s in range(t) if x[s] is not None and (t - s) % season == 0]


def record(series, sense="high", season=1):
    x, result = exact(series), []
    for t, v in enumerate(x):
        before = [b if sense == "high" else -b for _, b in earlier(x, t, season)]
        result.append(
            bool(v is not None and before and (v if sense == "high" else -v) > max(before))
        )
    return result


def previous_record(series, sense="high", season=1):
    x, value, period = exact(series), [], []
    for t in range(len(x)):
        before = earlier(x, t, season)
        if not before:
            value.append(None)
            period.append(-1)
            continue
        best = (max if sense == "high" else min)(b for _, b in before)
        value.append(float(best))
        period.append(next(s for s, b in before if b == best))
    return {"value": value, "period": period}


def highest_since(series, sense="high"):
    x, result = exact(series), []
    for t, v in enumerate(x):
        beyond = [
            s for s, b in earlier(x, t) if v is not None and (b >= v if sense == "high" else b <= v)
        ]
        result.append(beyond[-1] if beyond else -1)
    return result


def lowest_since(series):
    return highest_since(series, "low")


def rank(series, season=1):
    x, result = exact(series), []
    for t, v in enumerate(x):
        if v is None:
            result.append(None)
        else:
            result.append(1.0 + sum(b > v for _, b in earlier(x, t, season)))
    return result


def streak(series, lag=1):
    x, result = exact(series), []
    for t, v in enumerate(x):
        b = at(x, t - lag)
        if v is None:
            result.append(None)
            continue
        sign = 0 if b is None else (v > b) - (v < b)
        before = result[-1] if result and result[-1] is not None else 0.0
        result.append(float(sign) + (before if before * sign > 0 else 0.0))
    return result


def from_peak(series, unit="percent"):
    x, result = exact(series), []
    for t, v in enumerate(x):
        values = [b for _, b in earlier(x, t)] + ([] if v is None else [v])
        peak = max(values, default=None)
        ok = v is not None and peak is not None and peak > 0
        result.append(plain(rate(v, peak, unit=unit)) if ok else None)
    return result


def zscore(series, window_=None, ddof=1):
    x, result = exact(series), []
    observed = [v for v in x if v is not None]
    for t, v in enumerate(x):
        sample = observed if window_ is None else window(x, t, window_)
        if v is None or sample is None or len(sample) <= ddof:
            result.append(None)
            continue
        mean = sum(sample) / len(sample)
        variance = sum((s - mean) ** 2 for s in sample) / (len(sample) - ddof)
        result.append(None if variance == 0 else float(v - mean) / math.sqrt(variance))
    return result


# Shares. A table is a list of columns, each a series.


def share(part, whole, negative_base="missing", unit="percent"):
    pairs = zip(exact(part), exact(whole), strict=True)
    factor = 100 if unit == "percent" else 1
    result = []
    for a, b in pairs:
        refused = a is None or b is None or b == 0 or (b < 0 and negative_base == "missing")
        result.append(
            None if refused else float(factor * a / (abs(b) if negative_base == "abs" else b))
        )
    return result


def shares(columns, unit="percent", na="propagate"):
    rows = list(zip(*[exact(c) for c in columns], strict=True))
    totals = []
    for row in rows:
        present = [v for v in row if v is not None]
        missing = len(present) < len(row) and na == "propagate"
        totals.append(None if missing or not present else float(sum(present)))
    return [share(column, totals, unit=unit) for column in columns]


def contributions(columns, whole=None, lag=1, unit="percent"):
    parts = [exact(c) for c in columns]
    n, factor = len(parts[0]), 100 if unit == "percent" else 1
    sums = [None if None in (row := [p[t] for p in parts]) else sum(row) for t in range(n)]
    totals = sums if whole is None else exact(whole)
    rest = [None if a is None or b is None else a - b for a, b in zip(totals, sums, strict=True)]
    result = []
    for part in [*parts, rest]:
        points = []
        for t in range(n):
            x, b, base = part[t], at(part, t - lag), at(totals, t - lag)
            refused = x is None or b is None or base is None or base <= 0
            points.append(None if refused else float(factor * (x - b) / base))
        result.append(points)
    return result


def largest(columns, whole=None):
    rows = list(zip(*[exact(c) for c in columns], strict=True))
    result = []
    for t, row in enumerate(rows):
        listed = sorted(((v, -i) for i, v in enumerate(row) if v is not None), reverse=True)
        total_ = exact(whole)[t] if whole is not None else (None if None in row else sum(row))
        if not listed:
            result.append((None, None, None, None, False))
            continue
        (best, i), (next_, j) = listed[0], listed[1] if len(listed) > 1 else (None, None)
        known = total_ is not None and total_ > 0
        rest = None if total_ is None else total_ - sum(v for v, _ in listed)
        smaller = rest == 0 or (known and (2 * best > total_ or best > rest))
        proven = total_ is not None and smaller and (next_ is None or best > next_)
        result.append(
            (
                -i,
                float(100 * best / total_) if known else None,
                None if j is None else -j,
                float(100 * (best - next_) / total_) if known and next_ is not None else None,
                proven,
            )
        )
    return result
