//! Bindings of seasonal adjustment: options by name, many series in one call on all cores with the GIL released.

use pyo3::prelude::*;

/// Seasonal adjustment by X-11, sliding spans, revision history, tests of seasonality.
#[pymodule(submodule)]
#[pyo3(name = "seasonal")]
pub mod module {
    #[pymodule_export]
    use super::super::adjust::{AdjustOptions, AdjustRun, adjust};
    use super::super::interrupt::interruptible;
    use crate::error::{Error, Result};
    use crate::panel::{Cancel, threads};
    use crate::seasonal::{
        Adjustment, CalendarSigma, IcState, Identifiable, Mode, Options, Quality, Revisions, SeasonalFilter,
        Span, Spread, Test, friedman, in_unit_near_one, kruskal_wallis, qs_of_changes,
        revision_history as history_of, sliding_spans as spans_of, stable,
    };
    use numpy::{PyArray1, PyReadonlyArray1, ToPyArray};
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;
    use pyo3::types::PyDict;
    use std::sync::OnceLock;

    /// The options of a run, checked name by name.
    #[pyclass(frozen, module = "paimana._core.seasonal")]
    pub struct X11Options(Options);

    #[pymethods]
    impl X11Options {
        #[new]
        #[expect(clippy::too_many_arguments, reason = "one per option of X-11")]
        fn new(
            mode: &str,
            seasonal: Vec<String>,
            trend: Option<usize>,
            sigma: (f64, f64),
            calendar_sigma: &str,
            chosen: Option<Vec<bool>>,
            ic_state: &str,
            true_7_term: bool,
            trend_ic: Option<f64>,
            exclude_forecasts: bool,
        ) -> PyResult<Self> {
            let seasonal: Result<Vec<_>> = seasonal.iter().map(|name| SeasonalFilter::named(name)).collect();
            Ok(Self(Options {
                mode: Mode::named(mode)?,
                seasonal: seasonal?,
                trend,
                sigma,
                calendar_sigma: CalendarSigma::named(calendar_sigma, chosen)?,
                ic_state: IcState::named(ic_state)?,
                true_7_term,
                trend_ic,
                exclude_forecasts,
            }))
        }
    }

    impl X11Options {
        /// The options themselves.
        pub fn options(&self) -> &Options {
            &self.0
        }
    }

    /// A series as Python hands it over: values, the period of the year it begins in, backcasts, forecasts.
    type Given<'py> =
        (PyReadonlyArray1<'py, f64>, usize, PyReadonlyArray1<'py, f64>, PyReadonlyArray1<'py, f64>);

    /// The same, free of Python.
    struct Series {
        values: Vec<f64>,
        span: Span,
        backcasts: Vec<f64>,
        forecasts: Vec<f64>,
    }

    fn owned(series: &[Given<'_>], period: usize) -> PyResult<Vec<Series>> {
        if period < 2 {
            return Err(PyValueError::new_err(format!(
                "a year has at least 2 periods to have seasons; got {period}"
            )));
        }
        let of = |(x, phase, b, f): &Given<'_>| {
            let values = x.as_array().to_vec();
            let span = Span::new(period, *phase, values.len());
            Series { values, span, backcasts: b.as_array().to_vec(), forecasts: f.as_array().to_vec() }
        };
        Ok(series.iter().map(of).collect())
    }

    /// About how many plain operations a value costs, to tell when threads are worthwhile.
    const COST: usize = 400;

    /// What has a length, by which the work is measured.
    pub trait HasLength {
        /// Observed values.
        fn size(&self) -> usize;
    }

    impl HasLength for Series {
        fn size(&self) -> usize {
            self.values.len()
        }
    }

    /// One task per series, on all cores; an error bears the number of its series.
    pub fn each<S: HasLength + Sync, T: Send + Sync>(
        py: Python<'_>,
        series: &[S],
        rounds: usize,
        task: impl Fn(usize, &S, &Cancel<'_>) -> Result<T> + Sync + Send,
    ) -> PyResult<Vec<T>> {
        let size = series.iter().map(HasLength::size).sum::<usize>() * COST * rounds;
        interruptible(py, |cancel| {
            let done: Vec<OnceLock<Result<T>>> = series.iter().map(|_| OnceLock::new()).collect();
            threads::run(series.len(), size, cancel, &|i| {
                // every task has a cell of its own, so that it is empty
                let _ = done[i].set(task(i, &series[i], cancel));
            })?;
            done.into_iter()
                .enumerate()
                .map(|(lane, cell)| {
                    cell.into_inner().unwrap_or(Err(Error::Interrupted)).map_err(|error| match error {
                        Error::Placed { sentence, row, .. } => Error::placed(sentence, row, lane),
                        other => other,
                    })
                })
                .collect()
        })
    }

    /// X-11 of several series.
    #[pyfunction]
    fn x11(
        py: Python<'_>,
        series: Vec<Given<'_>>,
        period: usize,
        options: &X11Options,
    ) -> PyResult<Vec<X11Run>> {
        let (series, options) = (owned(&series, period)?, &options.0);
        let done = each(py, &series, 1, |_, one, _| {
            Adjustment::run(&one.values, &one.backcasts, &one.forecasts, &one.span, options)
        })?;
        Ok(done.into_iter().map(X11Run).collect())
    }

    /// One adjusted series: its tables stay in the core until they are asked for.
    #[pyclass(frozen, module = "paimana._core.seasonal")]
    pub struct X11Run(Adjustment);

    #[pymethods]
    impl X11Run {
        /// The names of the tables, in the order in which they are made.
        #[staticmethod]
        fn names() -> Vec<&'static str> {
            Adjustment::TABLES.to_vec()
        }

        /// A table by its official name, over the observed span or with what was added before and after it.
        #[pyo3(signature = (name, extended=false))]
        fn table<'py>(
            &self,
            py: Python<'py>,
            name: &str,
            extended: bool,
        ) -> PyResult<Bound<'py, PyArray1<f64>>> {
            let found = self
                .0
                .table(name)
                .ok_or_else(|| PyValueError::new_err(format!("there is no table {name}")))?;
            let whole = extended || found.len() != self.0.span.len;
            Ok(if whole { found } else { &found[self.0.span.observed.clone()] }.to_pyarray(py))
        }

        /// The filters chosen, by name.
        fn choices<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
            Self::choices_of(py, &self.0)
        }

        /// Mean change of irregular and seasonal and their ratio, a row per period of the year.
        fn by_period(&self) -> Vec<Vec<f64>> {
            self.0.filters.by_month.iter().map(|row| row.to_vec()).collect()
        }

        /// What judges the adjustment, as plain numbers; a test is its statistic, degrees of freedom and probability.
        fn quality<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
            quality_of(py, Quality::of(&self.0))
        }
    }

    impl X11Run {
        /// The filters chosen in an adjustment, by name.
        pub fn choices_of<'py>(py: Python<'py>, run: &Adjustment) -> PyResult<Bound<'py, PyAny>> {
            let found = PyDict::new(py);
            let names: Vec<&str> = run.filters.filters.iter().map(|filter| filter.name()).collect();
            found.set_item("seasonal", names)?;
            found.set_item("msr", &run.filters.tried)?;
            let trends = [("b7", run.b.trend_choice), ("c7", run.c.trend_choice), ("d7", run.d.trend_choice)];
            for (table, choice) in trends.into_iter().chain([("d12", Some(run.trend_choice))]) {
                if let Some(choice) = choice {
                    found.set_item(table, (choice.terms, choice.ratio, choice.end_ic))?;
                }
            }
            Ok(found.into_any())
        }
    }

    /// The measures of an adjustment as plain numbers.
    pub fn quality_of(py: Python<'_>, q: Quality) -> PyResult<Bound<'_, PyAny>> {
        let found = PyDict::new(py);
        found.set_item("m", q.m.to_vec())?;
        found.set_item("q", q.q)?;
        found.set_item("q_without_m2", q.q_without_m2)?;
        found.set_item("failed", q.failed)?;
        let [original, adjusted, irregular] = q.qs;
        let tests = [
            ("stable_b1", q.stable_b1),
            ("stable_d8", q.stable_d8),
            ("kruskal_wallis", q.kruskal_wallis),
            ("moving", q.moving),
            ("residual", q.residual),
            ("residual_recent", q.residual_recent),
            ("qs_original", original),
            ("qs_adjusted", adjusted),
            ("qs_irregular", irregular),
        ];
        for (name, test) in tests {
            found.set_item(name, test.map(plain))?;
        }
        found.set_item("identifiable", q.identifiable.map(Identifiable::name))?;
        found.set_item("ic", q.ic)?;
        found.set_item("is", q.is)?;
        found.set_item("mcd", q.mcd)?;
        found.set_item("ic_by_span", q.ic_by_span)?;
        found.set_item("durations", q.durations.to_vec())?;
        found.set_item("variances", q.variances.to_vec())?;
        let changes = PyDict::new(py);
        changes.set_item("original", q.changes.original)?;
        changes.set_item("adjusted", q.changes.adjusted)?;
        changes.set_item("irregular", q.changes.irregular)?;
        changes.set_item("trend", q.changes.trend)?;
        changes.set_item("seasonal", q.changes.seasonal)?;
        found.set_item("changes", changes)?;
        Ok(found.into_any())
    }

    fn plain(test: Test) -> (f64, usize, usize, f64) {
        (test.statistic, test.df, test.df_within, test.p)
    }

    /// Sliding spans of several series: their starts, length, and the spreads of four quantities.
    #[pyfunction]
    fn sliding_spans<'py>(
        py: Python<'py>,
        series: Vec<Given<'py>>,
        period: usize,
        options: &X11Options,
        length: Option<usize>,
        count: Option<usize>,
    ) -> PyResult<Vec<Bound<'py, PyAny>>> {
        let (series, options) = (owned(&series, period)?, &options.0);
        let done =
            each(py, &series, 5, |_, one, _| spans_of(&one.values, &one.span, options, length, count))?;
        done.iter()
            .map(|one| {
                let found = PyDict::new(py);
                found.set_item("starts", &one.starts)?;
                found.set_item("length", one.length)?;
                found.set_item("seasonal", spread(py, &one.seasonal)?)?;
                found.set_item("adjusted", spread(py, &one.adjusted)?)?;
                found.set_item("changes", spread(py, &one.changes)?)?;
                found.set_item("yearly_changes", spread(py, &one.yearly_changes)?)?;
                Ok(found.into_any())
            })
            .collect()
    }

    fn spread<'py>(py: Python<'py>, of: &Spread) -> PyResult<Bound<'py, PyDict>> {
        let found = PyDict::new(py);
        let spans: Vec<_> = of.spans.iter().map(|row| row.to_pyarray(py)).collect();
        found.set_item("spans", spans)?;
        found.set_item("difference", of.difference.to_pyarray(py))?;
        Ok(found)
    }

    /// Revision histories of several series: their start and three tables of concurrent, latest and revision.
    #[pyfunction]
    fn revision_history<'py>(
        py: Python<'py>,
        series: Vec<Given<'py>>,
        period: usize,
        options: &X11Options,
        starts: Vec<Option<usize>>,
    ) -> PyResult<Vec<Bound<'py, PyAny>>> {
        let (series, options) = (owned(&series, period)?, &options.0);
        let start = |lane: usize| starts.get(lane).copied().flatten();
        let done =
            each(py, &series, 100, |lane, one, _| history_of(&one.values, &one.span, options, start(lane)))?;
        done.iter()
            .map(|one| {
                let found = PyDict::new(py);
                found.set_item("start", one.start)?;
                found.set_item("adjusted", revisions(py, &one.adjusted)?)?;
                found.set_item("changes", revisions(py, &one.changes)?)?;
                found.set_item("trend", revisions(py, &one.trend)?)?;
                Ok(found.into_any())
            })
            .collect()
    }

    fn revisions<'py>(py: Python<'py>, of: &Revisions) -> PyResult<Bound<'py, PyDict>> {
        let found = PyDict::new(py);
        found.set_item("concurrent", of.concurrent.to_pyarray(py))?;
        found.set_item("latest", of.latest.to_pyarray(py))?;
        found.set_item("revision", of.revision.to_pyarray(py))?;
        Ok(found)
    }

    /// The tests of seasonality of one series without a model: QS, Friedman, Kruskal-Wallis and F.
    #[pyfunction]
    fn seasonality_tests<'py>(
        py: Python<'py>,
        x: PyReadonlyArray1<'py, f64>,
        period: usize,
    ) -> PyResult<Bound<'py, PyAny>> {
        let x = in_unit_near_one(x.as_array().to_vec());
        let lag = (period / 4).max(1);
        let changes: Vec<f64> =
            x.iter().zip(x.get(lag..).unwrap_or_default()).map(|(before, after)| after - before).collect();
        let found = PyDict::new(py);
        found.set_item("qs", qs_of_changes(&x, period).map(plain))?;
        found.set_item("friedman", friedman(&changes, period).map(plain))?;
        found.set_item("kruskal_wallis", kruskal_wallis(&changes, period).map(plain))?;
        found.set_item("f", stable(&changes, period).map(plain))?;
        Ok(found.into_any())
    }
}
