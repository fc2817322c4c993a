//! Bindings of seasonal adjustment with a model: series with the columns of their regressors in, decisions, estimates
//! and tables out. They are members of the module `seasonal`.

use numpy::{PyArray1, PyReadonlyArray1, ToPyArray};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::seasonal::module::{HasLength, X11Options, X11Run, each, quality_of};
use crate::error::Result;
use crate::seasonal::regarima::{self, Adjusted, Choice, Column, Found, Given, Group, Orders, Transform};

/// The three orders of a factor of the model.
type Order = (usize, usize, usize);

/// The options of an adjustment with a model, checked name by name.
#[pyclass(frozen, module = "paimana._core.seasonal")]
pub struct AdjustOptions(regarima::AdjustOptions);

#[pymethods]
impl AdjustOptions {
    #[new]
    #[expect(clippy::too_many_arguments, reason = "one per option of the model")]
    fn new(
        transform: &str,
        types: Vec<String>,
        critical: Option<Vec<f64>>,
        order: (Order, Order),
        forecast: usize,
        backcast: usize,
        compat: bool,
        max_iterations: usize,
    ) -> PyResult<Self> {
        let options = regarima::AdjustOptions {
            transform: Transform::named(transform)?,
            types,
            critical,
            orders: Orders { regular: order.0, seasonal: order.1, period: 1 },
            forecast,
            backcast,
            compat,
            max_iterations,
        };
        options.check()?;
        Ok(Self(options))
    }
}

type Array<'py> = PyReadonlyArray1<'py, f64>;
/// Name, group, values.
type ColumnOf<'py> = (String, String, Array<'py>);
/// Label, columns, whether the length of February goes with them.
type CandidateOf<'py> = (String, Vec<ColumnOf<'py>>, bool);
/// Values, phase, leap, lpyear, fixed columns, whether the length of February goes with these, choices.
type SeriesOf<'py> = (
    Array<'py>,
    usize,
    Array<'py>,
    Array<'py>,
    Vec<ColumnOf<'py>>,
    bool,
    Vec<(String, Vec<CandidateOf<'py>>)>,
);

fn columns(of: Vec<ColumnOf<'_>>) -> Result<Vec<Column>> {
    let one = |(name, group, values): ColumnOf<'_>| {
        Ok(Column { name, group: Group::named(&group)?, values: values.as_array().to_vec() })
    };
    of.into_iter().map(one).collect()
}

fn given(of: SeriesOf<'_>) -> Result<Given> {
    let (values, phase, leap, lpyear, fixed, fixed_leap, choices) = of;
    let candidate =
        |(label, of, leap): CandidateOf<'_>| Ok(regarima::Candidate { label, columns: columns(of)?, leap });
    let choice = |(title, candidates): (String, Vec<CandidateOf<'_>>)| {
        Ok(Choice { title, candidates: candidates.into_iter().map(candidate).collect::<Result<_>>()? })
    };
    Ok(Given {
        values: values.as_array().to_vec(),
        phase,
        leap: leap.as_array().to_vec(),
        lpyear: lpyear.as_array().to_vec(),
        fixed: columns(fixed)?,
        fixed_leap,
        choices: choices.into_iter().map(choice).collect::<Result<_>>()?,
    })
}

impl HasLength for Given {
    fn size(&self) -> usize {
        self.values.len()
    }
}

/// How many times as much as X-11 a whole adjustment costs, about.
const ROUNDS: usize = 20;

/// Model, choices, outliers, forecasts and X-11 of several series, on all cores.
#[pyfunction]
pub fn adjust(
    py: Python<'_>,
    series: Vec<SeriesOf<'_>>,
    period: usize,
    options: &AdjustOptions,
    x11: &X11Options,
) -> PyResult<Vec<AdjustRun>> {
    if period < 2 {
        return Err(PyValueError::new_err(format!(
            "a year has at least 2 periods to have seasons; got {period}"
        )));
    }
    let series = series.into_iter().map(given).collect::<Result<Vec<_>>>()?;
    let mut options = options.0.clone();
    options.orders.period = period;
    let done =
        each(py, &series, ROUNDS, |_, one, cancel| Adjusted::run(one, &options, x11.options(), cancel))?;
    Ok(done.into_iter().map(AdjustRun).collect())
}

/// One series adjusted with a model: its tables stay in the core until they are asked for.
#[pyclass(frozen, module = "paimana._core.seasonal")]
pub struct AdjustRun(Adjusted);

#[pymethods]
impl AdjustRun {
    /// The names of the tables, in their official order.
    fn names(&self) -> Vec<&'static str> {
        self.0.names()
    }

    /// A table by its official name, over the observed span or with backcasts and forecasts.
    #[pyo3(signature = (name, extended=false))]
    fn table<'py>(&self, py: Python<'py>, name: &str, extended: bool) -> PyResult<Bound<'py, PyArray1<f64>>> {
        let found =
            self.0.table(name).ok_or_else(|| PyValueError::new_err(format!("there is no table {name}")))?;
        let span = &self.0.x11.span;
        let whole = extended || found.len() != span.len;
        Ok(if whole { found } else { &found[span.observed.clone()] }.to_pyarray(py))
    }

    /// The model: every decision, with the numbers it rests on, and the estimates.
    fn model<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let (found, model) = (PyDict::new(py), &self.0.model);
        found.set_item("transform", if model.log { "log" } else { "none" })?;
        let (chosen, tables) = (PyDict::new(py), PyDict::new(py));
        for (title, label) in &model.chosen {
            chosen.set_item(title, label)?;
        }
        for (title, table) in &model.tables {
            let of = PyDict::new(py);
            for (label, aicc) in table {
                of.set_item(label, aicc)?;
            }
            tables.set_item(title, of)?;
        }
        found.set_item("chosen", chosen)?;
        found.set_item("aicc_tables", tables)?;
        found.set_item("loglik", model.loglik)?;
        found.set_item("aicc", model.aicc)?;
        found.set_item("bic", model.bic)?;
        found.set_item("variance", model.variance)?;
        found.set_item("nobs", model.nobs)?;
        let estimates = model.coefficients.iter().zip(&model.errors);
        let rows = model.columns.iter().zip(estimates);
        let rows = rows.map(|(c, (b, se))| (c.name.as_str(), c.group.name(), *b, *se, b / se));
        found.set_item("regressors", rows.collect::<Vec<_>>())?;
        found.set_item("arma", &model.arma)?;
        found.set_item("residuals", model.residuals.to_pyarray(py))?;
        found.set_item("iterations", model.iterations)?;
        found.set_item("shrunk", model.shrunk)?;
        self.search(&found)?;
        Ok(found.into_any())
    }

    /// Forecasts and backcasts with limits of 95 %; standard errors are on the scale of the model.
    fn forecast<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let found = PyDict::new(py);
        let (ahead, before) = (&self.0.forecast, &self.0.backcast);
        found.set_item("forecast", ahead.values.to_pyarray(py))?;
        found.set_item("lower", ahead.lower.to_pyarray(py))?;
        found.set_item("upper", ahead.upper.to_pyarray(py))?;
        found.set_item("se", ahead.errors.to_pyarray(py))?;
        found.set_item("backcast", before.values.to_pyarray(py))?;
        found.set_item("backcast_lower", before.lower.to_pyarray(py))?;
        found.set_item("backcast_upper", before.upper.to_pyarray(py))?;
        found.set_item("backcast_se", before.errors.to_pyarray(py))?;
        Ok(found.into_any())
    }

    /// The filters chosen, by name.
    fn choices<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        X11Run::choices_of(py, &self.0.x11)
    }

    /// Mean change of irregular and seasonal and their ratio, a row per period of the year.
    fn by_period(&self) -> Vec<Vec<f64>> {
        self.0.x11.filters.by_month.iter().map(|row| row.to_vec()).collect()
    }

    /// What judges the adjustment, as plain numbers.
    fn quality<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        quality_of(py, self.0.quality())
    }
}

impl AdjustRun {
    /// The search for outliers.
    fn search(&self, found: &Bound<'_, PyDict>) -> PyResult<()> {
        let model = &self.0.model;
        let plain = |o: &Found| {
            (model.searched.get(o.kind).map_or_else(String::new, |of| of.kind.clone()), o.row, o.t)
        };
        let all = |of: &[Found]| of.iter().map(plain).collect::<Vec<_>>();
        found.set_item("outliers", all(&model.search.kept))?;
        found.set_item("almost", all(&model.search.almost))?;
        let steps = model.search.steps.iter().map(|step| {
            let (kind, row, t) = plain(&step.outlier);
            (if step.added { "+" } else { "-" }, kind, row, t, step.sigma, step.tie)
        });
        found.set_item("steps", steps.collect::<Vec<_>>())?;
        found.set_item("critical", model.searched.iter().map(|of| of.critical).collect::<Vec<_>>())
    }
}
