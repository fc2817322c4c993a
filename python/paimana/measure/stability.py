"""How far a seasonal adjustment can be trusted: sliding spans, revision history, tests.

All run in the compiled core; `x11` itself is in `seasonal.py`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from paimana import _core
from paimana._indicator import indicator
from paimana.measure._common import count as whole
from paimana.measure._common import flag, number
from paimana.measure._seasonal_input import Lanes, lanes, options
from paimana.measure._seasonal_stability import RevisionHistory, SeasonalityTests, SlidingSpans

__all__ = ["revision_history", "seasonality_tests", "sliding_spans"]


@indicator
def sliding_spans(
    x: Any,
    *,
    length: int | None = None,
    count: int | None = None,
    threshold: float = 3.0,
    mode: str = "mult",
    seasonal: str | list[str] = "msr",
    trend: str | int = "auto",
    sigma: tuple[float, float] = (1.5, 2.5),
    calendar_sigma: str = "none",
    select: list[str | int] | None = None,
    ic_state: str = "x13",
    true_7_term: bool = False,
    trend_ic: float | None = None,
    period: int | None = None,
    time: Any = None,
    freq: str | None = None,
    start: Any = None,
    axis: int = 0,
) -> Any:
    """Adjust overlapping spans of a series on their own, and see how far their estimates differ.

    max difference(t) = 100 (max - min) / min over the spans that hold t

    Parameters
    ----------
    x
        One series or several, as for `x11`.
    length, count
        Periods in a span and number of spans, each a year after the one before; by default those of
        X-13ARIMA-SEATS: 6, 7, 8, 11 or 17 years by the seasonal filter, and up to four.
    threshold
        The difference, in per cent or percentage points, from which an estimate counts as unstable.
    mode, seasonal, trend, sigma, calendar_sigma, select, ic_state, true_7_term, trend_ic, period
        As for `x11`.
    time, freq, start, axis
        Where the time of the data is, as for `x11`.

    Returns
    -------
    SlidingSpans
        Frames of estimates and differences, and ``.unstable`` in per cent of periods; for several
        series a dictionary of them by name.

    Raises
    ------
    ValueError
        For series too short for two spans, and whatever `x11` refuses.

    Notes
    -----
    As in X-13ARIMA-SEATS, a span does not choose its seasonal filter by the moving seasonality
    ratio: where it is left to ``"msr"`` spans take 3x3 and 3x5. Additive spans are compared by
    differences, for which there is no threshold.

    Equivalents
    -----------
    R ``seasonal::seas(x, x11 = "", slidingspans = "")``; EViews and Stata have none of their own.

    References
    ----------
    Findley, Monsell, Shulman and Pugh (1990), Sliding-spans diagnostics for seasonal and related
    adjustments, Journal of the American Statistical Association 85.

    Examples
    --------
    >>> import numpy as np
    >>> import paimana as pm
    >>> months = np.arange(144)
    >>> x = (100 + months) * (1 + 0.2 * np.sin(np.pi * months / 6))
    >>> spans = pm.sliding_spans(x, freq="M", start="2010-01")
    >>> len(spans.spans), round(spans.unstable["seasonal"], 6)
    (4, 0.0)
    """
    if not number(threshold, "threshold") > 0:
        raise ValueError(f"threshold must be above 0, not {threshold!r}")
    of, chosen = _prepared(
        x,
        "sliding_spans",
        {
            "mode": mode,
            "seasonal": seasonal,
            "trend": trend,
            "sigma": sigma,
            "calendar_sigma": calendar_sigma,
            "select": select,
            "ic_state": ic_state,
            "true_7_term": true_7_term,
            "trend_ic": trend_ic,
            "exclude_forecasts": False,
        },
        period,
        {"time": time, "freq": freq, "start": start, "axis": axis},
    )
    length = None if length is None else whole(length, "length", 1)
    count = None if count is None else whole(count, "count", 2)
    found = of.run(_core.seasonal.sliding_spans, of.jobs(), of.period, chosen, length, count)
    results = [
        SlidingSpans.of(one, of, lane, mode != "add", threshold) for lane, one in enumerate(found)
    ]
    return of.by_name(results)


@indicator
def revision_history(
    x: Any,
    *,
    since: Any = None,
    mode: str = "mult",
    seasonal: str | list[str] = "msr",
    trend: str | int = "auto",
    sigma: tuple[float, float] = (1.5, 2.5),
    calendar_sigma: str = "none",
    select: list[str | int] | None = None,
    ic_state: str = "x13",
    true_7_term: bool = False,
    trend_ic: float | None = None,
    period: int | None = None,
    time: Any = None,
    freq: str | None = None,
    start: Any = None,
    axis: int = 0,
) -> Any:
    """First estimates of an adjusted series against those made with all data.

    revision(t) = 100 (latest(t) - concurrent(t)) / concurrent(t)

    Parameters
    ----------
    x
        One series or several, as for `x11`.
    since
        The first period whose revision is measured, such as ``"2015-01"`` (a position for bare
        arrays); by default 6, 8, 12 or 18 years after the start, by the seasonal filter.
    mode, seasonal, trend, sigma, calendar_sigma, select, ic_state, true_7_term, trend_ic, period
        As for `x11`.
    time, freq, start, axis
        Where the time of the data is, as for `x11`.

    Returns
    -------
    RevisionHistory
        Frames ``.adjusted``, ``.changes`` and ``.trend`` with columns ``concurrent``,
        ``latest`` and ``revision``, and ``.mean_absolute``; for several series a dictionary of
        them by name.

    Raises
    ------
    ValueError
        For less than five years before the start or nothing after it, and whatever `x11` refuses.

    Notes
    -----
    Every period from the start on, the series is adjusted as it stood then, filters chosen anew.
    Revisions of levels are in per cent (units where additive), those of changes in points.

    Equivalents
    -----------
    R ``seasonal::seas(x, x11 = "", history = "")``; EViews and Stata have none of their own.

    References
    ----------
    Findley, Monsell, Bell, Otto and Chen (1998), New capabilities and methods of the X-12-ARIMA
    program, Journal of Business & Economic Statistics 16.

    Examples
    --------
    >>> import numpy as np
    >>> import paimana as pm
    >>> months = np.arange(120)
    >>> x = (100 + months) * (1 + 0.2 * np.sin(np.pi * months / 6))
    >>> history = pm.revision_history(x, freq="M", start="2012-01")
    >>> history.start, history.mean_absolute["adjusted"] < 0.2
    ('2018-01', True)
    """
    of, chosen = _prepared(
        x,
        "revision_history",
        {
            "mode": mode,
            "seasonal": seasonal,
            "trend": trend,
            "sigma": sigma,
            "calendar_sigma": calendar_sigma,
            "select": select,
            "ic_state": ic_state,
            "true_7_term": true_7_term,
            "trend_ic": trend_ic,
            "exclude_forecasts": False,
        },
        period,
        {"time": time, "freq": freq, "start": start, "axis": axis},
    )
    starts: list[int | None] = [None] * len(of.series)
    if since is not None:
        slot = _slot(of, since)
        starts = [slot - one.first for one in of.series]
        if any(slot < one.first for one in of.series):
            raise ValueError(f"since={since!r} lies before the first value")
    found = of.run(_core.seasonal.revision_history, of.jobs(), of.period, chosen, starts)
    results = [RevisionHistory.of(one, of, lane) for lane, one in enumerate(found)]
    return of.by_name(results)


@indicator
def seasonality_tests(
    x: Any,
    *,
    log: bool = False,
    period: int | None = None,
    time: Any = None,
    freq: str | None = None,
    start: Any = None,
    axis: int = 0,
) -> Any:
    """Tests whether a series has seasons, without adjusting it: QS, Friedman, Kruskal-Wallis, F.

    QS = n (n + 2) [r(P)^2 / (n - P) + max(r(2P), 0)^2 / (n - 2P)], 0 where r(P) is not positive

    Parameters
    ----------
    x
        One series or several, in any unit: half-yearly, quarterly, monthly or weekly, at least
        three years.
    log
        Test the logarithms, for series whose swings grow with their level.
    period
        Periods in a year, where the frequency does not tell.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq, start
        Frequency and first period of bare arrays.
    axis
        Time axis of an array.

    Returns
    -------
    SeasonalityTests
        ``.qs .friedman .kruskal_wallis .f``, each with ``statistic``, ``df`` and ``p_value``; for
        several series a dictionary of them by name.

    Raises
    ------
    ValueError
        For missing values (the periods named), less than three years, a constant series, and
        logarithms of values that are not positive.

    Notes
    -----
    QS is that of X-13ARIMA-SEATS: r are autocorrelations of first differences about their mean
    (second ones where those still move slowly), chi-squared with 2 degrees of freedom. The others
    test changes over a quarter of a year, as that program tests adjusted series. Kruskal-Wallis
    takes the first of equal changes as the lowest, as it does; Friedman's uses whole years, and
    corrects for ties.

    Equivalents
    -----------
    R ``seastests::qs``, ``seastests::fried``, ``seastests::kw`` (on other differences); EViews
    ``x.x13`` prints QS; Stata has none.

    References
    ----------
    X-13ARIMA-SEATS Reference Manual (2017), section 7.18. Lothian and Morry (1978), A test for the
    presence of identifiable seasonality when using the X-11-ARIMA program, Statistics Canada.

    Examples
    --------
    >>> import numpy as np
    >>> import paimana as pm
    >>> months = np.arange(96)
    >>> x = 100 + months + 20 * np.sin(np.pi * months / 6) + np.cos(months**2)
    >>> tests = pm.seasonality_tests(x, freq="M")
    >>> tests.qs.p_value < 0.01, tests.f.p_value < 0.01
    (True, True)
    """
    where = {"time": time, "freq": freq, "start": start, "axis": axis}
    of = lanes(x, "seasonality_tests", period=period, where=where)
    if flag(log, "log"):
        of.need_positive("log=True takes logarithms of values above zero; leave it out")
    values = [np.log(one.values) if log else one.values for one in of.series]
    found = [SeasonalityTests.of(_core.seasonal.seasonality_tests(v, of.period)) for v in values]
    return of.by_name(found)


def _prepared(
    x: Any, function: str, given: dict[str, Any], period: int | None, where: dict[str, Any]
) -> tuple[Lanes, Any]:
    """The series and the options of a function that runs X-11 many times."""
    of = lanes(x, function, mode=given["mode"], period=period, where=where)
    return of, options(of.period, given)


def _slot(of: Lanes, period: Any) -> int:
    """The slot of a period that a user names; a position for bare arrays."""
    time = of.data.time
    if time is None or not time.dated:
        return whole(period, "since", 0)
    return time.slot(period)
