//! Bindings of seasonal adjustment: options by name, many series in one call on all cores with the GIL released.

use numpy::{PyArray1, PyReadonlyArray1, ToPyArray};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use rayon::prelude::*;

use crate::error::Error;
use crate::seasonal::{
    Adjustment, CalendarSigma, IcState, Identifiable, Mode, Options, Quality, SeasonalFilter, Span, Test,
};

fn raised(error: Error) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// The options of a run, checked name by name.
#[pyclass(frozen, module = "paimana._core")]
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
        let seasonal: Result<Vec<_>, _> = seasonal.iter().map(|name| SeasonalFilter::named(name)).collect();
        Ok(Self(Options {
            mode: Mode::named(mode).map_err(raised)?,
            seasonal: seasonal.map_err(raised)?,
            trend,
            sigma,
            calendar_sigma: CalendarSigma::named(calendar_sigma, chosen).map_err(raised)?,
            ic_state: IcState::named(ic_state).map_err(raised)?,
            true_7_term,
            trend_ic,
            exclude_forecasts,
        }))
    }
}

/// One adjusted series: its tables stay in the core until they are asked for.
#[pyclass(frozen, module = "paimana._core")]
pub struct X11Run(Adjustment);

#[pymethods]
impl X11Run {
    /// A table by its official name, over the observed span (`extended=False`) or with what was added.
    #[pyo3(signature = (name, extended=false))]
    fn table<'py>(&self, py: Python<'py>, name: &str, extended: bool) -> PyResult<Bound<'py, PyArray1<f64>>> {
        let found = self.0.table(name).ok_or_else(|| {
            PyValueError::new_err(format!(
                "X-11 makes no table {name:?}; it makes {}",
                Adjustment::TABLES.join(", ")
            ))
        })?;
        let whole = extended || found.len() != self.0.span.len;
        Ok(if whole { found } else { &found[self.0.span.observed.clone()] }.to_pyarray(py))
    }

    /// The filters chosen, by name.
    fn choices<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let (found, run) = (PyDict::new(py), &self.0);
        let names: Vec<&str> = run.filters.filters.iter().map(|filter| filter.name()).collect();
        found.set_item("seasonal", names)?;
        found.set_item("msr", &run.filters.tried)?;
        found
            .set_item("by_period", run.filters.by_month.iter().map(|row| row.to_vec()).collect::<Vec<_>>())?;
        let trends = [("b7", run.b.trend_choice), ("c7", run.c.trend_choice), ("d7", run.d.trend_choice)];
        for (table, choice) in trends.into_iter().chain([("d12", Some(run.trend_choice))]) {
            if let Some(choice) = choice {
                found.set_item(table, (choice.terms, choice.ratio, choice.end_ic))?;
            }
        }
        Ok(found)
    }

    /// What judges the adjustment, as plain numbers; a test is its statistic, degrees of freedom and probability.
    fn quality<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let (found, q) = (PyDict::new(py), Quality::of(&self.0));
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
        Ok(found)
    }
}

fn plain(test: Test) -> (f64, usize, usize, f64) {
    (test.statistic, test.df, test.df_within, test.p)
}

/// X-11 of several series; each comes with the period of the year it begins in, its backcasts and forecasts.
#[pyfunction]
pub fn x11(
    py: Python<'_>,
    series: Vec<(PyReadonlyArray1<'_, f64>, usize, PyReadonlyArray1<'_, f64>, PyReadonlyArray1<'_, f64>)>,
    period: usize,
    options: &X11Options,
) -> PyResult<Vec<X11Run>> {
    let jobs: Vec<(Vec<f64>, usize, Vec<f64>, Vec<f64>)> = series
        .iter()
        .map(|(x, phase, b, f)| (x.as_array().to_vec(), *phase, b.as_array().to_vec(), f.as_array().to_vec()))
        .collect();
    let options = &options.0;
    let done: Result<Vec<Adjustment>, Error> = py.detach(|| {
        jobs.par_iter()
            .map(|(x, phase, b, f)| Adjustment::run(x, b, f, &Span::new(period, *phase, x.len()), options))
            .collect()
    });
    Ok(done.map_err(raised)?.into_iter().map(X11Run).collect())
}
