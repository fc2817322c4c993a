//! Bindings of seasonal adjustment: options by name, many series in one call on all cores with the GIL released.

use numpy::{PyArray1, PyReadonlyArray1, ToPyArray};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rayon::prelude::*;

use crate::error::Error;
use crate::seasonal::{Adjustment, CalendarSigma, IcState, Mode, Options, SeasonalFilter, Span};

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
