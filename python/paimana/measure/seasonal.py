"""Seasonal adjustment by X-11.

The method is in the compiled core; how containers are read and results given back is in the files
beside this one whose names begin with an underscore.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from paimana import _core
from paimana._indicator import indicator
from paimana.measure._seasonal_input import added, lanes, options
from paimana.measure._seasonal_results import X11

__all__ = ["X11", "x11"]

Array = np.ndarray[Any, Any]
ROUNDS = 1000
"""How often interpolated values are estimated anew, at most: a gap of a year takes hundreds."""


@indicator
def x11(
    x: Any,
    *,
    mode: str = "mult",
    seasonal: str | list[str] = "msr",
    trend: str | int = "auto",
    sigma: tuple[float, float] = (1.5, 2.5),
    calendar_sigma: str = "none",
    select: list[str | int] | None = None,
    ic_state: str = "x13",
    true_7_term: bool = False,
    trend_ic: float | None = None,
    forecast: Any = None,
    backcast: Any = None,
    exclude_forecasts: bool = False,
    period: int | None = None,
    na: str = "raise",
    time: Any = None,
    freq: str | None = None,
    start: Any = None,
    axis: int = 0,
) -> X11:
    """Seasonal adjustment by X-11, equal to the Census Bureau's X-13ARIMA-SEATS.

    mult: x = trend * seasonal * irregular; add: x = trend + seasonal + irregular; logadd: add in
    logarithms; pseudoadd: x = trend * (seasonal + irregular - 1)

    Parameters
    ----------
    x
        One series or several, in any unit: a list, array, Series, frame, Arrow array or DataArray.
        Half-yearly, quarterly, monthly or weekly, at least three years.
    mode
        How the components make up the series; all but ``"add"`` need positive values.
    seasonal
        Seasonal filter: ``"msr"`` (3x3, then 3x5, the last one chosen by the moving seasonality
        ratio), ``"x11default"`` (3x3, then 3x5), ``"3x1" "3x3" "3x5" "3x9" "3x15" "stable"``, or a
        list with one for every period of the year.
    trend
        Terms of the Henderson average: ``"auto"`` or an odd number.
    sigma
        Limits in spreads: an irregular beyond the lower one loses weight, beyond the upper one all.
    calendar_sigma
        Whether spreads differ by period of the year: ``"none"``, ``"all"``, ``"signif"`` (if
        Cochran's test says so), or ``"select"``, with the periods that share a spread in `select`.
    select
        Periods of the year, such as ``["JAN", "FEB"]`` or ``[1, 2]``.
    ic_state
        Which noise the ends of the trend expect: ``"x13"`` as that program, which keeps what an
        earlier pass chose, or ``"by_length"``, the textbook's.
    true_7_term
        Use the ends of the 7-term Henderson average itself rather than those of the 5-term.
    trend_ic
        The I/C ratio that the ends of a trend of given length expect.
    forecast, backcast
        Values that lengthen the series while the filters run: one column per series.
    exclude_forecasts
        Leave them out of the spreads that mark extreme values.
    period
        Periods in a year, where the frequency does not tell.
    na
        ``"raise"``, or ``"interpolate"`` to estimate values missing inside a series by its own
        trend and factors; ``.filled`` marks them.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq, start
        Frequency and first period of bare arrays.
    axis
        Time axis of an array.

    Returns
    -------
    X11
        ``.seasonal .adjusted .trend .irregular`` in the class of `x` with its labels; ``.tables``
        by official name, ``.choices``, ``.year_ahead``, ``.quality``, ``.summary()``, ``.plot()``,
        ``.month_plot()``, ``.frame()``.

    Raises
    ------
    ValueError
        For less than three years, a missing or non-positive value (the periods named), a constant
        series, an unknown option, a filter longer than the series, forecasts that do not follow on.

    Notes
    -----
    Values missing before the first and after the last observation of a series stay missing. All
    series of a frame are adjusted at once on all cores. Periods 12 and 4 equal X-13ARIMA-SEATS 1.1
    build 62 in every printed digit; 2, 24, 52 and others generalise its rules. Log-additive trends
    are corrected for bias as in that program. Weeks are taken as 52 a year throughout.

    Equivalents
    -----------
    R ``seasonal::seas(x, x11 = "", transform.function = "none", regression.aictest = NULL, outlier
    = NULL)``; EViews ``x.x13(x11="")``; Stata has none.

    References
    ----------
    Shiskin, Young and Musgrave (1967), Census Technical Paper 15. Ladiray and Quenneville (2001),
    Seasonal Adjustment with the X-11 Method. X-13ARIMA-SEATS Reference Manual (2017).

    Examples
    --------
    >>> import numpy as np
    >>> import paimana as pm
    >>> months = np.arange(96)
    >>> x = (100 + months) * (1 + 0.2 * np.sin(np.pi * months / 6))
    >>> result = pm.x11(x, freq="M", start="2016-01")
    >>> result.adjusted[:3].round(1)
    array([100.3, 101.3, 102.1])
    >>> result.choices["seasonal"], result.choices["trend"]
    ('3x3', 9)
    """
    given = {
        "mode": mode,
        "seasonal": seasonal,
        "trend": trend,
        "sigma": sigma,
        "calendar_sigma": calendar_sigma,
        "select": select,
        "ic_state": ic_state,
        "true_7_term": true_7_term,
        "trend_ic": trend_ic,
        "exclude_forecasts": exclude_forecasts,
    }
    where = {"time": time, "freq": freq, "start": start, "axis": axis}

    def fill(values: Array, phase: int, missing: Array, year: int) -> Array:
        if mode != "logadd":
            return _interpolated(values, phase, missing, year, options(year, given), mode)
        # in logarithms, whose trend has no correction for bias: that would raise the values of a
        # gap in every round, and the trend after them
        logs = options(year, given | {"mode": "add"})
        filled = np.exp(_interpolated(np.log(values), phase, missing, year, logs, "add"))
        return np.where(missing, filled, values)

    of = lanes(x, "x11", mode=mode, period=period, na=na, fill=fill, where=where)
    chosen = options(of.period, given)
    ahead = added(forecast, "forecast", of, where)
    behind = added(backcast, "backcast", of, where)
    runs = of.run(_core.seasonal.x11, of.jobs(behind, ahead), of.period, chosen)
    tables = [of.like([run.table(name) for run in runs]) for name in ("d10", "d11", "d12", "d13")]
    about = {"mode": mode, "forecasts": 0 if ahead is None else len(ahead)}
    again = given | where
    again |= {"forecast": forecast, "backcast": backcast, "period": period, "na": na}
    return X11(*tables, _of=of, _runs=runs, _options=about, _again=(x11, x, again))


def _interpolated(
    values: Array, phase: int, missing: Array, period: int, chosen: Any, mode: str
) -> Array:
    """Missing values by the trend and factors of the adjustment they take part in.

    From a straight line between neighbours, as often as it takes to settle. Few series never do:
    where an extreme value is one in every other round, the last round stays.
    """
    at = np.arange(len(values))
    x = np.interp(at, at[~missing], values[~missing])
    none, size = np.empty(0), float(np.abs(x).max())
    for _ in range(ROUNDS):
        (run,) = _core.seasonal.x11([(x, phase, none, none)], period, chosen)
        trend, factors = run.table("d12")[missing], run.table("d10")[missing]
        found = trend + factors if mode == "add" else trend * factors
        settled = np.allclose(found, x[missing], rtol=1e-9, atol=1e-12 * size)
        x[missing] = found
        if settled:
            break
    return x
