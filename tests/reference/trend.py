"""Slow, obvious twins of the trend filters: dense matrices, and one local fit after the other."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


def second_differences(n: int) -> Array:
    """The matrix that takes second differences of n values."""
    return np.diff(np.eye(n), 2, axis=0)


def observed_span(x: Array) -> slice:
    """From the first observed value to the last."""
    seen = np.flatnonzero(np.isfinite(x))
    return slice(int(seen[0]), int(seen[-1]) + 1)


def hp_trend(x: Array, lamb: float) -> Array:
    """(W + lambda D'D)^-1 W y, W being zero for a missing value, over the observed span."""
    out = np.full(len(x), np.nan)
    span = observed_span(x)
    y = x[span]
    weight = np.isfinite(y).astype(float)
    d = second_differences(len(y))
    line = np.linspace(y[0], y[-1], len(y))  # a line passes: what is left is small
    right = np.where(weight > 0, y - line, 0.0)
    out[span] = line + np.linalg.solve(np.diag(weight) + lamb * d.T @ d, right)
    return out


def one_sided_hp_trend(x: Array, lamb: float) -> Array:
    """The end point of the filter on each expanding sample."""
    out = np.full(len(x), np.nan)
    span = observed_span(x)
    y = x[span]
    for last in range(len(y)):
        seen = int(np.isfinite(y[: last + 1]).sum())
        if seen <= 2:
            # one or two points: the data themselves, or the line through them
            known = np.flatnonzero(np.isfinite(y[: last + 1]))
            if seen == 2:
                a, b = known
                out[span.start + last] = y[a] + (y[b] - y[a]) * (last - a) / (b - a)
            elif np.isfinite(y[last]):
                out[span.start + last] = y[last]
            continue
        sample = np.append(y[: last + 1], [])
        weight = np.isfinite(sample).astype(float)
        d = second_differences(len(sample))
        first, second = np.flatnonzero(weight)[:2]
        line = sample[first] + (sample[second] - sample[first]) * (
            np.arange(len(sample)) - first
        ) / (second - first)
        right = np.where(weight > 0, sample - line, 0.0)
        trend = line + np.linalg.solve(np.diag(weight) + lamb * d.T @ d, right)
        out[span.start + last] = trend[-1]
    return out


def boosted_hp(x: Array, lamb: float, most: int = 100) -> tuple[Array, int]:
    """The trend and the number of rounds under the information criterion, with dense matrices."""
    n = len(x)
    d = second_differences(n)
    smoother = np.linalg.inv(np.eye(n) + lamb * d.T @ d)
    left = np.eye(n) - smoother
    power = np.eye(n)
    best, kept, rounds, first = np.inf, x, 0, 1.0
    for m in range(1, most + 1):
        power = power @ left
        cycle = power @ x
        if m == 1:
            first = cycle.var(ddof=1)
        criterion = cycle.var(ddof=1) / first + np.log(n) / (n - np.trace(smoother)) * (
            n - np.trace(power)
        )
        if criterion >= best:
            break
        best, kept, rounds = criterion, x - cycle, m
    return kept, rounds


def hamilton_cycle(x: Array, h: int, p: int) -> Array:
    """Residuals of least squares by singular values, over the periods that have all values."""
    out = np.full(len(x), np.nan)
    if p == 0:
        out[h:] = x[h:] - x[:-h]
        return out
    rows = [
        t
        for t in range(h + p - 1, len(x))
        if np.isfinite(x[[t, *range(t - h - p + 1, t - h + 1)]]).all()
    ]
    left = np.array([[1.0, *(x[t - h - lag] for lag in range(p))] for t in rows])
    right = x[rows]
    out[rows] = right - left @ np.linalg.lstsq(left, right, rcond=None)[0]
    return out


def ideal_weight(lag: int, low: float, high: float) -> float:
    """The weight of the ideal band-pass filter."""
    a, b = 2 * np.pi / high, 2 * np.pi / low
    return (b - a) / np.pi if lag == 0 else (np.sin(lag * b) - np.sin(lag * a)) / (np.pi * lag)


def bk_cycle(x: Array, low: float, high: float, k: int) -> Array:
    """Truncated at k terms a side, shifted to sum to zero."""
    weights = np.array([ideal_weight(abs(lag), low, high) for lag in range(-k, k + 1)])
    weights -= weights.mean()
    out = np.full(len(x), np.nan)
    for t in range(k, len(x) - k):
        out[t] = weights @ x[t - k : t + k + 1]
    return out


def cf_cycle(x: Array, low: float, high: float, drift: bool) -> Array:
    """A row of weights for each period; each end value takes what lies beyond it."""
    n = len(x)
    y = x - np.arange(n) * (x[-1] - x[0]) / (n - 1) if drift else x
    out = np.empty(n)
    for t in range(n):
        weights = np.array([ideal_weight(abs(t - s), low, high) for s in range(n)])
        # the ideal weights sum to zero, half of that on each side of the middle one
        half = ideal_weight(0, low, high) / 2
        weights[0] = half if t == 0 else -half - weights[1:t].sum()
        weights[-1] = half if t == n - 1 else -half - weights[t + 1 : -1].sum()
        out[t] = weights @ y
    return out


def bn_cycle(x: Array, p: int) -> tuple[Array, Array]:
    """The cycle by the companion matrix; the mean growth, the constant and the coefficients."""
    growth = np.diff(x)
    left = np.array(
        [[1.0, *(growth[t - 1 - lag] for lag in range(p))] for t in range(p, len(growth))]
    )
    fit = np.linalg.lstsq(left, growth[p:], rcond=None)[0]
    mean = fit[0] / (1 - fit[1:].sum())
    companion = np.vstack([fit[1:], np.eye(p)[:-1]])
    gain = -(companion @ np.linalg.inv(np.eye(p) - companion))[0]
    out = np.full(len(x), np.nan)
    for t in range(p, len(x)):
        out[t] = gain @ (growth[t - p : t][::-1] - mean)
    return out, np.array([mean, *fit])


def loess(at: Array, y: Array, target: float, q: int, degree: int, robust: Array) -> Any:
    """One local fit to the q nearest of the values y at the positions `at`."""
    nearest = np.sort(np.argsort(np.abs(at - target), kind="stable")[:q])
    at, y, robust = at[nearest], y[nearest], robust[nearest]
    distance = np.abs(at - target)
    reach = distance.max() + max(0, (q - len(at)) // 2)
    weight = np.where(
        distance <= 0.001 * reach,
        1.0,
        np.where(distance <= 0.999 * reach, (1 - (distance / max(reach, 1e-300)) ** 3) ** 3, 0.0),
    )
    weight = weight * robust
    if weight.sum() <= 0:
        return y[np.argmin(distance)]
    weight = weight / weight.sum()
    if degree == 0:
        return weight @ y
    middle = weight @ at
    spread = weight @ (at - middle) ** 2
    slope = weight @ ((at - middle) * y) / spread if spread > 0 else 0.0
    return weight @ y + slope * (target - middle)


def stl(
    x: Array,
    period: int,
    seasonal: int = 7,
    trend: int | None = None,
    robust: bool = False,
    degree: int = 1,
) -> tuple[Array, Array]:
    """Trend and seasonal, in the precision of `x` (long doubles make a referee)."""
    n = len(x)
    if trend is None:
        trend = int(np.ceil(1.5 * period / (1 - 1.5 / seasonal)))
        trend += trend % 2 == 0
    low = period + 1 + (period % 2)
    seen = np.isfinite(x)
    rows = np.arange(n).astype(x.dtype)
    weight = np.ones(n, x.dtype)
    level, season = np.zeros(n, x.dtype), np.zeros(n, x.dtype)
    for _ in range(16 if robust else 1):
        for _ in range(2 if robust else 5):
            cycles = np.empty(n + 2 * period, x.dtype)
            for first in range(period):
                own = np.arange(first, n, period)
                own_seen = own[seen[own]]
                at = ((own_seen - first) // period).astype(x.dtype)
                values = x[own_seen] - level[own_seen]
                for place in range(-1, len(own) + 1):
                    fit = loess(at, values, place, seasonal, degree, weight[own_seen])
                    cycles[first + (place + 1) * period] = fit
            smooth = cycles
            for terms in (period, period, 3):
                smooth = np.array(
                    [smooth[t : t + terms].sum() / terms for t in range(len(smooth) - terms + 1)]
                )
            ones = np.ones(n, x.dtype)
            base = np.array([loess(rows, smooth, t, low, degree, ones) for t in range(n)])
            season = cycles[period:-period] - base
            rest = (x - season)[seen]
            level = np.array(
                [loess(rows[seen], rest, t, trend, degree, weight[seen]) for t in range(n)]
            )
        size = np.abs(x - level - season)
        scale = 6 * np.median(size[seen])
        ratio = size / scale
        weight = np.where(ratio <= 0.001, 1, np.where(ratio <= 0.999, (1 - ratio**2) ** 2, 0))
    return level, season
