//! From a binding to the engine: finds out what kind of number the values are, and runs the kernel on it.

use super::groups::Place;
use super::interrupt::interruptible;
use super::job::{Job, place};
use super::kind::Spec;
use super::options::{BaseArg, Missing, Negative};
use super::values::Values;
use crate::error::Error;
use crate::indicators::{BaseRule, Gaps};
use crate::kernel::{BlockKernel, Figures, LaneKernel, PairKernel};
use crate::number::{Decimal, Interval, Number};
use crate::panel::{Length, Results, blocks};
use numpy::{Element, PyArrayDyn, PyArrayMethods};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

/// The argument every kernel takes: the period numbers of the rows.
pub type SlotsArg<'py> = Option<Place<'py>>;
pub use super::array::Floats;
pub use super::job::Rows;

/// A call on values of any kind: floats, exact decimals, or bounds of either.
pub enum Call<'py> {
    /// Plain floats.
    Floats(Job<'py, f64>),
    /// Exact decimals.
    Decimals(Job<'py, Decimal>),
    /// Bounds of floats.
    Bounds(Job<'py, Interval<f64>>),
    /// Bounds of decimals.
    DecimalBounds(Job<'py, Interval<Decimal>>),
}

/// The same expression for each kind of number.
macro_rules! each_kind {
    ($call:expr, $job:ident => $body:expr) => {
        match $call {
            Call::Floats($job) => $body,
            Call::Decimals($job) => $body,
            Call::Bounds($job) => $body,
            Call::DecimalBounds($job) => $body,
        }
    };
}

/// A pair kernel for every kind of number.
pub trait AnyPair:
    PairKernel<f64> + PairKernel<Decimal> + PairKernel<Interval<f64>> + PairKernel<Interval<Decimal>> + Figures
{
}

impl<K> AnyPair for K where
    K: PairKernel<f64>
        + PairKernel<Decimal>
        + PairKernel<Interval<f64>>
        + PairKernel<Interval<Decimal>>
        + Figures
{
}

/// A lane kernel for every kind of number whose results are of the same kind.
pub trait AnyLane:
    LaneKernel<f64, Out = f64>
    + LaneKernel<Decimal, Out = Decimal>
    + LaneKernel<Interval<f64>, Out = Interval<f64>>
    + LaneKernel<Interval<Decimal>, Out = Interval<Decimal>>
    + Figures
{
}

impl<K> AnyLane for K where
    K: LaneKernel<f64, Out = f64>
        + LaneKernel<Decimal, Out = Decimal>
        + LaneKernel<Interval<f64>, Out = Interval<f64>>
        + LaneKernel<Interval<Decimal>, Out = Interval<Decimal>>
        + Figures
{
}

/// A lane kernel for single values, floats or decimals, whose results are something else.
pub trait SingleLane<O>: LaneKernel<f64, Out = O> + LaneKernel<Decimal, Out = O> {}

impl<K, O> SingleLane<O> for K where K: LaneKernel<f64, Out = O> + LaneKernel<Decimal, Out = O> {}

/// A lane kernel for bounds, of floats or decimals, whose results are something else.
pub trait BoundsLane<O>: LaneKernel<Interval<f64>, Out = O> + LaneKernel<Interval<Decimal>, Out = O> {}

impl<K, O> BoundsLane<O> for K where
    K: LaneKernel<Interval<f64>, Out = O> + LaneKernel<Interval<Decimal>, Out = O>
{
}

impl<'py> Call<'py> {
    /// Reads the values, their time axis and the periods of the rows.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn new(x: &Bound<'py, PyAny>, axis: isize, slots: Option<&Place<'py>>) -> PyResult<Self> {
        let Ok(values) = x.cast::<Values>() else {
            return Ok(Self::Floats(Job::new(x, axis, slots, Spec::NONE)?));
        };
        let (array, spec) = (values.get().array(x.py()), values.get().spec);
        if array.cast::<PyArrayDyn<Decimal>>().is_ok() {
            return Ok(Self::Decimals(Job::new(&array, axis, slots, spec)?));
        }
        if array.cast::<PyArrayDyn<Interval<f64>>>().is_ok() {
            return Ok(Self::Bounds(Job::new(&array, axis, slots, spec)?));
        }
        Ok(Self::DecimalBounds(Job::new(&array, axis, slots, spec)?))
    }

    /// The user's own array for the results.
    ///
    /// # Errors
    /// An array for results that are no floats.
    pub fn given(mut self, out: Option<Bound<'py, PyAny>>) -> PyResult<Self> {
        match &mut self {
            _ if out.is_none() => {}
            Self::Floats(job) => job.out = out,
            _ => return Err(PyTypeError::new_err("out is for floats: leave it out")),
        }
        Ok(self)
    }

    /// The number of periods from the first to the last.
    #[must_use]
    pub fn span(&self) -> usize {
        each_kind!(self, job => job.span())
    }

    /// The gap rule; where missing values are to be errors, says where the first is.
    ///
    /// # Errors
    /// An absent period or a missing value under `na="raise"`.
    pub fn gaps(&self, na: Missing) -> PyResult<Gaps> {
        each_kind!(self, job => job.gaps(na))
    }

    /// Whether these are bounds.
    #[must_use]
    pub const fn bounded(&self) -> bool {
        matches!(self, Self::Bounds(_) | Self::DecimalBounds(_))
    }

    /// A pair kernel against the bases of all rows.
    ///
    /// # Errors
    /// What the engine says.
    pub fn pair(self, py: Python<'py>, kernel: &impl AnyPair, base: &BaseArg) -> PyResult<Bound<'py, PyAny>> {
        each_kind!(self, job => job.pair(py, kernel, &base.0))
    }

    /// A pair kernel that needs logarithms, which decimals have not.
    ///
    /// # Errors
    /// Decimals, or what the engine says.
    pub fn real<K>(
        self,
        py: Python<'py>,
        kernel: &K,
        base: &BaseArg,
        what: &str,
    ) -> PyResult<Bound<'py, PyAny>>
    where
        K: PairKernel<f64> + PairKernel<Interval<f64>> + Figures,
    {
        match self {
            Self::Floats(job) => job.pair(py, kernel, &base.0),
            Self::Bounds(job) => job.pair(py, kernel, &base.0),
            _ => Err(no_decimals(what)),
        }
    }

    /// A pair kernel against another array of the same shape.
    ///
    /// # Errors
    /// Another shape, or what the engine says.
    pub fn beside(
        self,
        py: Python<'py>,
        kernel: &impl AnyPair,
        other: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let array = other.cast::<Values>().map_or_else(|_| other.clone(), |values| values.get().array(py));
        each_kind!(self, job => job.beside(py, kernel, &array))
    }

    /// A lane kernel whose results are as long as the series.
    ///
    /// # Errors
    /// What the engine says.
    pub fn lane(self, py: Python<'py>, kernel: &impl AnyLane) -> PyResult<Bound<'py, PyAny>> {
        each_kind!(self, job => job.lane(py, kernel, Length::Rows))
    }

    /// A lane kernel that gives so many values a series.
    ///
    /// # Errors
    /// What the engine says.
    pub fn periods(self, py: Python<'py>, kernel: &impl AnyLane, n: usize) -> PyResult<Bound<'py, PyAny>> {
        each_kind!(self, job => job.lane(py, kernel, Length::Periods(n)))
    }

    /// A lane kernel of floats, of results that only floats have.
    ///
    /// # Errors
    /// Decimals or bounds, or what the engine says.
    pub fn floats<K>(self, py: Python<'py>, kernel: &K, what: &str) -> PyResult<Bound<'py, PyAny>>
    where
        K: LaneKernel<f64, Out = f64> + Figures,
    {
        match self {
            Self::Floats(job) => job.lane(py, kernel, Length::Rows),
            Self::Decimals(_) => Err(no_decimals(what)),
            _ => Err(no_bounds(what)),
        }
    }

    /// A lane kernel of marks or counts, of any kind of number.
    ///
    /// # Errors
    /// What the engine says.
    pub fn marks<K, O>(self, py: Python<'py>, kernel: &K) -> PyResult<Bound<'py, PyArrayDyn<O>>>
    where
        K: SingleLane<O> + BoundsLane<O>,
        O: Element + Copy + Default,
    {
        each_kind!(self, job => job.other(py, kernel))
    }

    /// One lane kernel for single values and another for bounds.
    ///
    /// # Errors
    /// What the engine says.
    pub fn either<O: Element + Copy + Default>(
        self,
        py: Python<'py>,
        single: &impl SingleLane<O>,
        bounds: &impl BoundsLane<Interval<f64>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Self::Floats(job) => Ok(job.other(py, single)?.into_any()),
            Self::Decimals(job) => Ok(job.other(py, single)?.into_any()),
            Self::Bounds(job) => Values::of(job.other(py, bounds)?.into_any(), Spec::NONE),
            Self::DecimalBounds(job) => Values::of(job.other(py, bounds)?.into_any(), Spec::NONE),
        }
    }

    /// A lane kernel whose results are periods: the row of each, -1 for none.
    ///
    /// # Errors
    /// Bounds, or what the engine says.
    pub fn rows(self, py: Python<'py>, kernel: &impl SingleLane<i64>, what: &str) -> PyResult<Rows<'py>> {
        match self {
            Self::Floats(job) => job.rows(py, kernel),
            Self::Decimals(job) => job.rows(py, kernel),
            _ => Err(no_bounds(what)),
        }
    }

    /// A block kernel: the parts of its results, and an array of its facts in place of the time axis.
    ///
    /// # Errors
    /// Decimals or bounds, or what the kernel says.
    pub fn blocks<K: BlockKernel>(
        self,
        py: Python<'py>,
        kernel: &K,
    ) -> PyResult<(Vec<Floats<'py>>, Floats<'py>)> {
        let Self::Floats(job) = self else { return Err(no_decimals("a filter")) };
        job.alone("a filter")?;
        let (values, shape, slots) = (job.input.values()?, job.input.shape, job.slots());
        let (stack, parts) = job.input.stack(kernel.parts())?;
        let facts = job.input.output(kernel.facts())?;
        let mut figures = Vec::new();
        stack.fill(|out| {
            figures.resize(shape.lanes() * kernel.facts(), f64::NAN);
            let parts = out.chunks_exact_mut(shape.len().max(1)).collect();
            let results = Results { parts, facts: &mut figures };
            interruptible(py, |cancel| blocks(kernel, values, shape, slots, results, cancel))
        })?;
        let facts = facts.fill(|out| {
            out.copy_from_slice(&figures);
            Ok(())
        })?;
        Ok((parts, facts))
    }
}

/// Why a result cannot be exact.
pub fn no_decimals(what: &str) -> PyErr {
    PyTypeError::new_err(format!("{what} has no exact decimal result: convert the data to floats first"))
}

/// Why a result is not known of rounded figures.
pub fn no_bounds(what: &str) -> PyErr {
    PyTypeError::new_err(format!(
        "{what} has no bounds: which of the unrounded values is meant is not known; give the values themselves (.value)"
    ))
}

/// Runs a computation under the rule for negative bases; where they are to be errors, says where the first is.
///
/// A negative base is what another rule can be computed from and the default one refuses. `axis` is the time axis
/// of the result, whose rows are those of the input.
///
/// # Errors
/// A negative base under `negative_base="raise"`, or what the computation says.
pub fn under_rule<'py>(
    negative: Negative,
    axis: isize,
    compute: impl Fn(BaseRule) -> PyResult<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let refuse = |shape: &[usize], at| {
        let (row, lane) = place(shape, axis, at);
        Ok(Error::placed(format!("the base of {{place}} {NEGATIVE}"), row, lane))
    };
    under_rule_at(negative, refuse, compute)
}

/// The same of results whose rows are not those of the input: `refuse` says where the base of one of them is, by the
/// shape of the results and its number among them.
///
/// # Errors
/// A negative base under `negative_base="raise"`, or what the computation says.
pub fn under_rule_at<'py>(
    negative: Negative,
    refuse: impl Fn(&[usize], usize) -> PyResult<Error>,
    compute: impl Fn(BaseRule) -> PyResult<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    if let Some(rule) = negative.0 {
        return compute(rule);
    }
    // A user's own array for the results holds the last ones, those of the careful rule.
    let absent = |rule| missing(&compute(rule)?);
    let (signed, absolute) = (absent(BaseRule::Signed)?, absent(BaseRule::Abs)?);
    let careful = compute(BaseRule::Missing)?;
    let others = signed.iter().zip(&absolute).map(|(&s, &a)| !s || !a);
    let Some(at) = missing(&careful)?.iter().zip(others).position(|(&c, o)| c && o) else {
        return Ok(careful);
    };
    Err(refuse(&careful.getattr("shape")?.extract::<Vec<usize>>()?, at)?.into())
}

/// What is said of a negative base.
pub const NEGATIVE: &str = "is negative, and negative_base=\"raise\" was asked for; \"missing\", \"signed\" and \
                            \"abs\" are the other rules";

/// The row of the first observed value of a series; none in a table, in which the rows of a series lie anywhere.
///
/// # Errors
/// What Python says.
pub fn first_observed(
    x: &Bound<'_, PyAny>,
    axis: isize,
    slots: Option<&Place<'_>>,
    series: usize,
) -> PyResult<Option<usize>> {
    let slots = match slots {
        None => None,
        Some(Place::Slots(slots)) => Some(slots.as_array()),
        Some(Place::Table(_)) => return Ok(None),
    };
    let shape = x.getattr("shape")?.extract::<Vec<usize>>()?;
    let observed = missing(x)?.into_iter().enumerate().filter(|(_, absent)| !absent);
    let rows = observed.map(|(at, _)| place(&shape, axis, at)).filter(|p| p.1 == series).map(|p| p.0);
    Ok(rows.min_by_key(|&row| slots.as_ref().map_or(i64::try_from(row).ok(), |s| s.get(row).copied())))
}

/// Which results are missing, in logical order.
fn missing(results: &Bound<'_, PyAny>) -> PyResult<Vec<bool>> {
    if let Ok(floats) = results.cast::<PyArrayDyn<f64>>() {
        return Ok(floats.try_readonly()?.as_array().iter().map(|v| v.is_missing()).collect());
    }
    let flags = results.call_method0("missing")?.cast_into::<PyArrayDyn<bool>>()?;
    Ok(flags.try_readonly()?.as_array().iter().copied().collect())
}
