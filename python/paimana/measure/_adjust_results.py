"""What a seasonal adjustment with a model gives back: the components of X-11, and the model.

It is an `X11` with more: estimates, decisions, outliers, forecasts. Nothing is estimated here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from paimana._extras import require
from paimana.measure._adjust_tests import ResidualTests, residual_tests
from paimana.measure._seasonal_results import X11

__all__ = ["SeasonalAdjustment"]


@dataclass(frozen=True, eq=False, repr=False)
class SeasonalAdjustment(X11):
    """A seasonal adjustment by a model and X-11, made by `seasonal_adjust`.

    The series are in the class of the input with its labels. Of several series what is of the
    model is a dictionary by name.

    Attributes
    ----------
    adjusted
        D11, the series without seasonal and calendar effects; outliers are in it.
    seasonal
        D10, the seasonal factors (ratios under logarithms, else differences).
    calendar_effect
        D18, the effect of trading days and holidays.
    trend
        D12, the trend, with level shifts.
    irregular
        D13, the irregular, with the other outliers.
    original
        A1, the series as it was given.
    forecast, forecast_lower, forecast_upper
        The forecasts of the model and their limits of 95 %, on their own periods (of a Polars
        Series, which has no labels, a frame with their dates).
    backcast
        The same before the first period, where asked for.
    year_ahead
        The seasonal factors of the year after the last value, those of the forecasts first.
    tables
        Every table by its official name: A1 the series, A2 prior factors (A6 trading days, A7
        holidays, A8 outliers), B1 the series as X-11 takes it; B to D its three rounds; E1 to E3
        the series, the adjusted one and the irregular without extremes.
    transform
        ``"log"`` or ``"none"``.
    chosen, aicc_tables
        The winner of each choice of regressors, and the AICC of every candidate.
    outliers, steps
        The outliers found, and how the search went.
    coefficients
        Every estimate with its standard error and t value.
    loglik, aicc, bic, variance
        The log likelihood, the criteria, and the variance of the innovations.
    residuals, residual_tests
        The residuals of the model; Ljung-Box and normality.
    choices, quality
        The filters that X-11 chose; M1 to M11, Q and its tests.

    Methods
    -------
    summary()
        Model, decisions, tests and quality measures as text.
    plot(), month_plot()
        Charts of one series; ``column=`` picks it from a frame.
    frame()
        The components side by side.
    to_html(path)
        A page with the charts that needs no other file.
    """

    _components: ClassVar[dict[str, str]] = {**X11._components, "calendar_effect": "d18"}

    # Of the series.

    @property
    def calendar_effect(self) -> Any:
        """D18, the effect of trading days and holidays."""
        return self.tables["D18"]

    @property
    def forecast(self) -> Any:
        """Forecasts (medians under logarithms), on their own periods, in the class of the input."""
        return self._ahead("forecast")

    @property
    def forecast_lower(self) -> Any:
        """Lower limits of the forecasts, of 95 %."""
        return self._ahead("lower")

    @property
    def forecast_upper(self) -> Any:
        """Upper limits of the forecasts, of 95 %."""
        return self._ahead("upper")

    @property
    def backcast(self) -> Any:
        """Backcasts, on the periods before the first."""
        found = [run.forecast()["backcast"] for run in self._runs]
        if not len(found[0]):
            raise ValueError("there are no backcasts: ask for them with backcast=12")
        firsts = [one.first - len(x) for one, x in zip(self._of.series, found, strict=True)]
        return self._of.after(found, firsts)

    def _ahead(self, name: str) -> Any:
        found = [run.forecast()[name] for run in self._runs]
        if not len(found[0]):
            raise ValueError("there are no forecasts: ask for them with forecast=12")
        return self._of.after(found, [one.first + len(one.values) for one in self._of.series])

    # Of the model.

    def _each(self, of: Callable[[int, dict[str, Any]], Any]) -> Any:
        return self._of.by_name([of(lane, run.model()) for lane, run in enumerate(self._runs)])

    @property
    def transform(self) -> Any:
        """``"log"`` or ``"none"``; of values at or below zero always the latter."""
        return self._each(lambda _, model: model["transform"])

    @property
    def chosen(self) -> Any:
        """The winner of each choice of regressors: ``{"td": "td1", "easter": "easter[8]"}``."""
        return self._each(lambda _, model: dict(model["chosen"]))

    @property
    def aicc_tables(self) -> Any:
        """AICC of every candidate of every choice."""
        return self._each(lambda _, model: {k: dict(v) for k, v in model["aicc_tables"].items()})

    @property
    def aicc(self) -> Any:
        """Akaike's criterion, corrected, of the final model."""
        return self._each(lambda _, model: model["aicc"])

    @property
    def bic(self) -> Any:
        """The Bayesian criterion of the final model."""
        return self._each(lambda _, model: model["bic"])

    @property
    def loglik(self) -> Any:
        """The log likelihood of the series, logarithms accounted for."""
        return self._each(lambda _, model: model["loglik"])

    @property
    def variance(self) -> Any:
        """The variance of the innovations, by maximum likelihood."""
        return self._each(lambda _, model: model["variance"])

    @property
    def outliers(self) -> Any:
        """The outliers found, by date: ``["ao1951-05"]``."""
        return self._each(self._outliers)

    def _outliers(self, lane: int, model: dict[str, Any]) -> list[str]:
        found = sorted(model["outliers"], key=lambda one: (one[1], one[0]))
        return [self._dated(lane, kind, row) for kind, row, _ in found]

    def _dated(self, lane: int, kind: str, row: int) -> str:
        return f"{kind}{self._of.label(self._of.series[lane].first + row)}"

    @property
    def steps(self) -> Any:
        """The search for outliers: ``"+"`` or ``"-"``, the outlier, its t value, and ties."""

        def of(lane: int, model: dict[str, Any]) -> list[tuple[str, str, float, bool]]:
            return [
                (sign, self._dated(lane, kind, row), t, tie)
                for sign, kind, row, t, _, tie in model["steps"]
            ]

        return self._each(of)

    @property
    def residuals(self) -> Any:
        """The residuals of the differenced series, as arrays."""
        return self._each(lambda _, model: model["residuals"])

    @property
    def residual_tests(self) -> Any:
        """Ljung-Box and normality of the residuals."""
        return self._each(self._tests)

    def _tests(self, _: int, model: dict[str, Any]) -> ResidualTests:
        return residual_tests(model["residuals"], self._of.period, len(model["arma"]))

    @property
    def coefficients(self) -> Any:
        """Every estimate with its standard error and t value, as a pandas DataFrame.

        Of several series with a column for the series first.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        pandas = require("pandas", "pandas")
        rows: list[tuple[Any, ...]] = []
        for lane, (name, run) in enumerate(self._named()):
            rows += [(name, *row) for row in self._estimates(lane, run.model())]
        header = ["series", "name", "group", "estimate", "standard_error", "t"]
        made = pandas.DataFrame(rows, columns=header)
        return made.drop(columns="series").set_index("name") if self._of.single else made

    def _estimates(
        self, lane: int, model: dict[str, Any]
    ) -> Iterator[tuple[str, str, float, float, float]]:
        for name, group, estimate, error, t in model["regressors"]:
            kind, found, row = name.partition("@")
            yield self._dated(lane, kind, int(row)) if found else name, group, estimate, error, t
        for name, estimate, error in model["arma"]:
            yield name, "arma", estimate, error, estimate / error

    # As charts.

    def plot(self, column: Any = None) -> Any:
        """Draw the series, adjusted, its trend and forecasts, above factors and irregular.

        Where there is a calendar effect it has a panel of its own.

        Parameters
        ----------
        column
            The series of a frame to draw.

        Returns
        -------
        matplotlib.figure.Figure
        """
        lane = self._lane(column)
        run = self._runs[lane]
        given = run.forecast()
        ahead = len(given["forecast"])
        values = (given["forecast"], given["lower"], given["upper"])
        moves = np.ptp(run.table("d18")) > 0
        names = ("a1", "d10", "d11", "d12", "d13", *(("d18",) if moves else ()))
        forecasts = (self._of.dates(lane, ahead), *values) if ahead else None
        return self._components_drawn(lane, names, forecasts)

    # As text.

    def summary(self) -> str:
        """Model, decisions, tests and quality measures as text, of every series."""
        parts = super().summary().split("\n\n")
        made: list[str] = []
        for lane, (run, text) in enumerate(zip(self._runs, parts, strict=True)):
            model = run.model()
            title, _, rest = text.partition("\n")
            made.append("\n".join([title, *self._lines(lane, model), rest]))
        return "\n\n".join(made)

    def _lines(self, lane: int, model: dict[str, Any]) -> Iterator[str]:
        (p, d, q), (sp, sd, sq) = self._options["model"]
        scale = "logarithms" if model["transform"] == "log" else "levels"
        yield f"  model ({p} {d} {q})({sp} {sd} {sq}) of {scale}, {model['nobs']} observations"
        tested = any(title == "transform" for title in dict(model["aicc_tables"]))
        if self._options["transform"] == "auto" and not tested:
            yield "  levels, since values at or below zero have no logarithm"
        for title, label in model["chosen"].items():
            yield f"  {title + ' chosen':<32}{label:>12}"
        yield f"  {'outliers found':<32}{len(model['outliers']):>12}"
        yield f"  {'':<24}{'estimate':>12}{'std. error':>12}{'t':>9}"
        for name, _, estimate, error, t in self._estimates(lane, model):
            yield f"  {name:<24}{estimate:>12.6f}{error:>12.6f}{t:>9.2f}"
        tests = self._tests(lane, model)
        yield f"  {'log likelihood':<32}{model['loglik']:>12.4f}"
        yield f"  {'AICC':<32}{model['aicc']:>12.4f}"
        label = f"Ljung-Box, {tests.lags} lags"
        yield f"  {label:<32}{tests.ljung_box:>12.3f}  p = {tests.ljung_box_p:.4f}"
        both, p_value = tests.jarque_bera, tests.normality_p
        yield f"  {'normality, Jarque-Bera':<32}{both:>12.3f}  p = {p_value:.4f}"

    def _title(self) -> str:
        return "Seasonal adjustment by a model and X-11"

    def _mode(self, lane: int) -> str:
        if self._runs[lane].model()["transform"] != "log":
            return "add"
        return "mult" if self._options["mode"] == "add" else self._options["mode"]

    def _table(self) -> tuple[list[str], list[list[str]], list[int]]:
        header, rows, numbers = super()._table()
        more = ["transform", "calendar", "outliers", "AICC"]
        for row, run in zip(rows, self._runs, strict=True):
            model = run.model()
            taken = [label for label in model["chosen"].values() if label != "none"]
            row += [
                model["transform"],
                ", ".join(taken) or "none",
                str(len(model["outliers"])),
                f"{model['aicc']:.1f}",
            ]
        return [*header, *more], rows, [*numbers, len(header) + 2, len(header) + 3]
