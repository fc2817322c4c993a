"""Seasonal adjustment as X-13ARIMA-SEATS does it by default: a model, its forecasts, and X-11.

The method is in the compiled core; what it is given is prepared in `_adjust_input.py`, and results
are in `_adjust_results.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import Any

import numpy as np

from paimana import _core
from paimana._extras import require
from paimana._indicator import indicator
from paimana.measure._adjust_input import (
    Calendar,
    Model,
    adjust_options,
    filters,
    jobs,
    orders,
)
from paimana.measure._adjust_results import SeasonalAdjustment
from paimana.measure._common import count
from paimana.measure._seasonal_input import Lanes, lanes

__all__ = ["SeasonalAdjustment", "seasonal_adjust"]

Array = np.ndarray[Any, Any]

COMPONENTS = ("d10", "d11", "d12", "d13")
"""The tables of the factors, the adjusted series, the trend and the irregular."""

TURN = 0.5
"""Seconds that a call of the core should take; between the calls the progress is shown."""

PATIENCE = 2.0
"""Seconds after which progress is shown."""


@indicator
def seasonal_adjust(
    x: Any,
    *,
    calendar: str | Sequence[str | Sequence[str]] | None = "auto",
    transform: str = "auto",
    outliers: Sequence[str] | None = ("ao", "ls"),
    critical: Any = "auto",
    forecast: int | None = None,
    backcast: int = 0,
    model: tuple[tuple[int, int, int], tuple[int, int, int]] = ((0, 1, 1), (0, 1, 1)),
    x11: Mapping[str, Any] | None = None,
    compat: str | None = None,
    weekend: Any = "sat-sun",
    calendar_options: Mapping[str, Any] | None = None,
    progress: bool | None = None,
    period: int | None = None,
    time: Any = None,
    freq: str | None = None,
    start: Any = None,
    axis: int = 0,
) -> SeasonalAdjustment:
    """Seasonal adjustment by a model and X-11, as X-13ARIMA-SEATS does by default.

    x = trend * seasonal * calendar * irregular (sums where the model is of levels)

    Parameters
    ----------
    x
        One series or several, in any unit: a list, array, Series, frame, Arrow array or DataArray.
        Monthly, quarterly, half-yearly or weekly, at least three years (half-yearly four), without
        gaps.
    calendar
        ``"auto"`` tests trading days (six or one coefficient) and Easter (1, 8, 15 days) by AICC;
        a list with ``"auto"`` in it tests each of the others too, such as ``["auto", "ramadan"]``
        (outliers with dates are taken); a list without takes all, by the names of
        `calendar.regressors`. A tuple in a list is a choice: of
        ``("eid_al_fitr[-7,-1]", "eid_al_fitr[-14,-1]")`` the better by AICC is taken, or none.
        None for none.
    transform
        ``"log"``, ``"none"``, or ``"auto"`` by AICC (of values at or below zero ``"none"``).
    outliers
        Types searched for: ``"ao"`` (one period), ``"ls"`` (level shift), ``"tc"`` (fading),
        ``"so"`` (seasonal); None for no search.
    critical
        The t value that an outlier must exceed: ``"auto"`` by the number of periods, a number, or
        a dict with one for each type.
    forecast, backcast
        Periods by which the model lengthens the series before X-11; None is one year.
    model
        Orders (p, d, q) and (P, D, Q) of the model.
    x11
        Options of `x11`, such as ``{"seasonal": "3x5", "trend": 13}``. X-11 adds where the model is
        of levels; of logarithms it multiplies, or has ``"mode": "logadd"``.
    compat
        ``"x13"`` stops and restarts the estimation as that program does, for equal digits; without
        it the likelihood is at its maximum.
    weekend
        The days of rest; see `calendar.regressors`.
    calendar_options
        Whose dates moving holidays have, and what their columns are: the options ``country``,
        ``hijri``, ``overrides``, ``share`` and ``centre`` of `calendar.regressors`, such as
        ``{"country": "PK"}``.
    progress
        Whether a bar shows how many series are done: None where tqdm is installed (the extra
        ``progress``) and it takes over two seconds; True at once, False never.
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
    SeasonalAdjustment
        ``.adjusted .seasonal .trend .irregular .calendar_effect .forecast`` in the class of `x`
        with its labels; ``.outliers .coefficients .aicc .aicc_tables .loglik .residual_tests`` of
        the model; ``.tables`` by official name, ``.quality``, ``.summary()``, ``.plot()``,
        ``.frame()``.

    Raises
    ------
    ValueError
        For gaps (the periods named), less than three years, a calendar without dates, regressors
        that are unknown, collinear or zero throughout, a model that finds no maximum.

    Notes
    -----
    Trading days, named or tested, bring the length of February with them: a division under
    logarithms, else a column, as in X-13; not where the list names ``lpyear`` or ``lom`` itself,
    and of levels not where the data hold no 29 February.
    Calendar effects leave the adjusted series, outliers stay in it: level shifts are in the trend,
    others in the irregular.

    ``"auto"`` leaves out what a short series cannot tell: trading days of more coefficients than it
    has values for, or a window of Easter that fell into the same month in all of its years.

    Weekly series are tested for Easter alone, since all weeks have the same days; holidays can be
    named. Their year has 52 periods, and seasonal factors follow the one or two days that are over.

    Equivalents
    -----------
    R ``seasonal::seas(x, x11 = "", arima.model = "(0 1 1)(0 1 1)")``; statsmodels
    ``x13_arima_analysis`` (which needs the program); EViews ``x.x13``.

    References
    ----------
    Findley, Monsell, Bell, Otto and Chen (1998), New Capabilities and Methods of the X-12-ARIMA
    Seasonal-Adjustment Program, JBES 16. X-13ARIMA-SEATS Reference Manual (2017).

    Examples
    --------
    >>> import numpy as np
    >>> import paimana as pm
    >>> months = np.arange(96)
    >>> noise = np.random.default_rng(1).normal(0, 0.01, 96)
    >>> x = (100 + months) * np.exp(0.2 * np.sin(np.pi * months / 6) + noise)
    >>> result = pm.seasonal_adjust(x, freq="M", start="2016-01")
    >>> result.transform, result.outliers
    ('log', [])
    >>> len(result.forecast)
    12

    Ramadan, and the better of two windows before Eid, are tested beside trading days and Easter:

    >>> sales = pm.datasets.ramadan_sales()
    >>> windows = "eid_al_fitr[-7,-1]", "eid_al_fitr[-14,-1]"
    >>> result = pm.seasonal_adjust(sales, calendar=["auto", "ramadan", windows])
    >>> result.chosen
    {'td': 'td', 'easter': 'none', 'ramadan': 'ramadan', 'eid_al_fitr': 'eid_al_fitr[-14,-1]'}
    """
    where = {"time": time, "freq": freq, "start": start, "axis": axis}
    of = lanes(x, "seasonal_adjust", period=period, where=where)
    ahead = of.period if forecast is None else count(forecast, "forecast", 0)
    back = count(backcast, "backcast", 0)
    for name, value in (("forecast", ahead), ("backcast", back)):
        if value > 10 * of.period:
            raise ValueError(f"{name} must be at most ten years, {10 * of.period} periods")
    wanted = adjust_options(transform, outliers, critical, model, (ahead, back), compat)
    chosen = filters(of.period, x11)
    asked = Calendar.read(calendar, weekend, calendar_options)
    given = jobs(of, asked, ahead, back, Model(orders(model), of.period, transform))
    runs = _adjusted(of, given, wanted, chosen, progress)
    tables = [_finite(of, [run.table(name) for run in runs]) for name in COMPONENTS]
    about = {"mode": dict(x11 or {}).get("mode", "mult"), "forecasts": ahead, "model": model}
    about["transform"] = transform
    again = where | {
        "calendar": calendar,
        "transform": transform,
        "outliers": outliers,
        "critical": critical,
        "forecast": forecast,
        "backcast": backcast,
        "model": model,
        "x11": x11,
        "compat": compat,
        "weekend": weekend,
        "calendar_options": calendar_options,
        "period": period,
    }
    return SeasonalAdjustment(
        *tables, _of=of, _runs=runs, _options=about, _again=(seasonal_adjust, x, again)
    )


def _finite(of: Lanes, columns: list[Array]) -> Any:
    """One table as the class of the input, if all of it is within the range of numbers."""
    for lane, (column, one) in enumerate(zip(columns, of.series, strict=True)):
        beyond = np.flatnonzero(~np.isfinite(column))
        if len(beyond):
            name = of.data.lane_label(lane) or "x"
            sizes = np.abs(one.values[one.values != 0])
            raise ValueError(
                f"the values of {name} lie too far apart, from {sizes.min():.2g} to "
                f"{sizes.max():.2g}: factors and trend leave the range of numbers in "
                f'{of.places(one.first + beyond)}; adjust a span of it, or use transform="none"'
            )
    return of.like(columns)


def _adjusted(
    of: Lanes, given: list[Any], options: Any, x11: Any, progress: bool | None
) -> list[Any]:
    """All series, as many at a time as take about a turn, with progress shown between."""

    def part(first: int, end: int) -> list[Any]:
        try:
            return _core.seasonal.adjust(given[first:end], of.period, options, x11)
        except _core.PlacedError as error:
            sentence, row, lane = error.args
            raise _core.PlacedError(sentence, row, lane + first) from None

    runs: list[Any] = []
    threads = size = _core.get_threads()
    bar = _bar(len(given), progress, threads)
    try:
        while len(runs) < len(given):
            began = perf_counter()
            made: list[Any] = of.run(part, len(runs), len(runs) + size)
            runs += made
            if bar is not None:
                bar.update(len(made))
            took = max(perf_counter() - began, 1e-6)
            size = max(threads, int(len(made) * TURN / took))
    finally:
        # after an error or Ctrl-C too, so that the line of the bar is ended
        if bar is not None:
            bar.close()
    return runs


def _bar(total: int, progress: bool | None, threads: int) -> Any:
    """A progress bar, if one is wanted and there is more than one call to wait for."""
    if progress not in (True, False, None):
        raise TypeError(f"progress is True, False or None; got {progress!r}")
    if progress is False or (progress is None and total <= threads):
        return None
    try:
        tqdm = require("tqdm", "progress")
    except ImportError:
        if progress:
            raise
        return None
    delay = 0.0 if progress else PATIENCE
    return tqdm.tqdm(total=total, delay=delay, unit="series", desc="seasonal_adjust")
