"""Slow, obvious twins of the exact results: fractions all the way, rounded once at the end.

A series is a list of `Decimal` or None, one a period; a base is the value `lag` rows before.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor

ROUNDINGS = ("half_up", "half_even", "half_down", "up", "down", "ceiling", "floor")


def rounded(exact, digits, rounding="half_up"):
    """A fraction as a Decimal of so many digits after the point."""
    if exact is None:
        return None
    units = Fraction(exact) * 10**digits
    low = floor(units)
    rest, negative = units - low, units < 0
    up = {
        "half_up": rest > Fraction(1, 2) or (rest == Fraction(1, 2) and not negative),
        "half_down": rest > Fraction(1, 2) or (rest == Fraction(1, 2) and negative),
        "half_even": rest > Fraction(1, 2) or (rest == Fraction(1, 2) and low % 2 == 1),
        "up": rest > 0 and not negative,
        "down": rest > 0 and negative,
        "ceiling": rest > 0,
        "floor": False,
    }[rounding]
    # A context of 28 digits would round again: the digits are put in as they are.
    mantissa = low + up
    sign, figures = int(mantissa < 0), tuple(int(d) for d in str(abs(mantissa)))
    return Decimal((sign, figures, -digits))


def pairs(x, lag):
    """Each value beside the one `lag` before."""
    return [(x[t], x[t - lag] if 0 <= t - lag < len(x) else None) for t in range(len(x))]


def each(x, lag, f):
    return [
        None if a is None or b is None else f(Fraction(a), Fraction(b)) for a, b in pairs(x, lag)
    ]


def change(x, lag=1):
    return each(x, lag, lambda a, b: a - b)


def growth(x, lag=1):
    return each(x, lag, lambda a, b: 100 * (a - b) / b if b > 0 else None)


def symmetric_growth(x, lag=1):
    return each(x, lag, lambda a, b: 200 * (a - b) / (a + b) if a > 0 and b > 0 else None)


def windows(x, window):
    for t in range(len(x)):
        part = x[t - window + 1 : t + 1] if t + 1 >= window else [None]
        yield None if any(v is None for v in part) else [Fraction(v) for v in part]


def rolling_sum(x, window):
    return [None if part is None else sum(part) for part in windows(x, window)]


def rolling_mean(x, window):
    return [None if part is None else sum(part) / window for part in windows(x, window)]


def rolling_growth(x, window):
    means = rolling_mean(x, window)
    return growth(means, window)


def ytd(x, per=12):
    """Years of `per` rows from the first one."""
    sums, so_far = [], None
    for t, value in enumerate(x):
        so_far = Fraction(0) if t % per == 0 else so_far
        so_far = None if so_far is None or value is None else so_far + Fraction(value)
        sums.append(so_far)
    return sums


def ytd_growth(x, per=12):
    return growth(ytd(x, per), per)


def share(x, whole):
    return [
        None if a is None or b is None or not b > 0 else 100 * Fraction(a) / Fraction(b)
        for a, b in zip(x, whole, strict=True)
    ]


def acceleration(x, per=12):
    rates = growth(x, per)
    return [
        None if a is None or b is None else a - b
        for a, b in zip(rates, [None, *rates], strict=False)
    ]


def from_peak(x):
    results, peak = [], None
    for value in x:
        if value is None:
            results.append(None)
            continue
        peak = value if peak is None else max(peak, value)
        positive = peak > 0
        results.append(
            100 * (Fraction(value) - Fraction(peak)) / Fraction(peak) if positive else None
        )
    return results


def compounds(rate, ratio, num, den):
    """How 1 + rate compares with ratio^(num/den): -1, 0 or 1. All positive."""
    left, right = (1 + Fraction(rate)) ** den, Fraction(ratio) ** num
    return (left > right) - (left < right)
