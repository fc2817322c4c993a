//! From a binding to the engine: reads the arrays, runs the kernel without the GIL, gives the array of results.

use super::array::{Input, slots as read_slots};
use super::options::{BaseArg, Missing, Negative};
use crate::error::{Error, Result};
use crate::indicators::{BaseRule, Gaps};
use crate::kernel::{BlockKernel, LaneKernel, PairKernel};
use crate::number::Number;
use crate::panel::{Base, Bases, Length, Results, Slots, blocks, dispatch, lanes, pairs};
use numpy::{Element, PyArrayDyn, PyArrayMethods, PyReadonlyArray1, PyUntypedArrayMethods};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// The argument every kernel takes: the period numbers of the rows.
pub type SlotsArg<'py> = Option<PyReadonlyArray1<'py, i64>>;
pub use super::array::Floats;

/// From so many values on a call listens for Ctrl-C.
const LONG: usize = 1 << 20;

/// Runs work without the GIL; a long one on a thread of its own, while this one listens for Ctrl-C.
///
/// # Errors
/// What the work says, or the user's interruption.
pub fn interruptible<T: Send>(
    py: Python<'_>,
    size: usize,
    work: impl FnOnce(&AtomicBool) -> Result<T> + Send,
) -> PyResult<T> {
    let cancel = AtomicBool::new(false);
    if size < LONG {
        return py.detach(|| work(&cancel)).map_err(PyErr::from);
    }
    py.detach(|| {
        std::thread::scope(|scope| {
            let (done, finished) = channel::<()>();
            let cancel = &cancel;
            let worker = scope.spawn(move || {
                let result = work(cancel);
                drop(done); // wakes the listener
                result
            });
            let mut raised = None;
            while finished.recv_timeout(Duration::from_millis(50)) == Err(RecvTimeoutError::Timeout) {
                if let Err(error) = Python::attach(|py: Python<'_>| Python::check_signals(py)) {
                    cancel.store(true, Ordering::Relaxed);
                    raised = Some(error);
                }
            }
            let result = worker.join();
            match (raised, result) {
                (Some(error), _) => Err(error),
                (None, Ok(result)) => result.map_err(PyErr::from),
                (None, Err(_)) => {
                    Err(PyRuntimeError::new_err("a kernel failed; please report this as a bug"))
                }
            }
        })
    })
}

/// Everything a kernel is called with but its own parameters.
pub struct Call<'py> {
    input: Input<'py>,
    slots: Option<Slots>,
    out: Option<Bound<'py, PyAny>>,
}

impl<'py> Call<'py> {
    /// Reads the values, their time axis and the periods of the rows.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn new(
        x: &Bound<'py, PyAny>,
        axis: isize,
        slots: Option<&PyReadonlyArray1<'py, i64>>,
    ) -> PyResult<Self> {
        let input = Input::new(x, axis)?;
        let slots = read_slots(slots, input.shape.rows)?;
        Ok(Self { input, slots, out: None })
    }

    /// The user's own array for the results.
    #[must_use]
    pub fn given(mut self, out: Option<Bound<'py, PyAny>>) -> Self {
        self.out = out;
        self
    }

    /// The number of periods from the first to the last.
    #[must_use]
    pub fn span(&self) -> usize {
        self.slots.as_ref().map_or(self.input.shape.rows, Slots::span)
    }

    /// The gap rule; where missing values are to be errors, says where the first is.
    ///
    /// # Errors
    /// An absent period or a missing value under `na="raise"`.
    pub fn gaps(&self, na: Missing) -> PyResult<Gaps> {
        if let Some(gaps) = na.0 {
            return Ok(gaps);
        }
        if let Some(slot) = self.slots.as_ref().and_then(Slots::first_absent) {
            return Err(Error::Absent { slot }.into());
        }
        match self.input.view().iter().position(|v| v.is_missing()) {
            None => Ok(Gaps::Propagate),
            Some(at) => {
                let (row, lane) = place(self.input.dims(), self.input.axis(), at);
                let sentence = "the value at {place} is missing or infinite, and na=\"raise\" was asked for";
                Err(Error::placed(sentence, row, lane).into())
            }
        }
    }

    /// A pair kernel against the bases of all rows.
    ///
    /// # Errors
    /// What the engine says.
    pub fn pair<K: PairKernel<f64>>(
        self,
        py: Python<'py>,
        kernel: &K,
        base: &BaseArg,
    ) -> PyResult<Floats<'py>> {
        let shape = self.input.shape;
        let rows = match (&base.0, &self.slots) {
            (Base::Lag(_), None) => None,
            (base, slots) => Some(base.rows(shape.rows, slots.as_ref())),
        };
        let bases = match (&base.0, &rows) {
            (_, Some(rows)) => Bases::Rows(rows),
            (Base::Lag(lag), None) => Bases::Lag(*lag),
            (Base::Table(table), None) => Bases::Rows(table),
        };
        self.pair_with(py, kernel, &bases)
    }

    /// A pair kernel against another array of the same shape.
    ///
    /// # Errors
    /// Another shape, or what the engine says.
    pub fn beside<K: PairKernel<f64>>(
        self,
        py: Python<'py>,
        kernel: &K,
        other: &Bound<'py, PyAny>,
    ) -> PyResult<Floats<'py>> {
        let other = self.input.beside(other)?;
        let values = other.values()?;
        self.pair_with(py, kernel, &Bases::Beside(values))
    }

    fn pair_with<K: PairKernel<f64>>(
        self,
        py: Python<'py>,
        kernel: &K,
        bases: &Bases<'_, f64>,
    ) -> PyResult<Floats<'py>> {
        let (values, shape) = (self.input.values()?, self.input.shape);
        let output = match self.out {
            Some(out) => self.input.given(out)?,
            None => self.input.output(shape.rows),
        };
        output.fill(|out| {
            interruptible(py, shape.len(), |cancel| {
                pairs(values, shape, bases, out, &|v, b, o| dispatch::pair(kernel, &(), v, b, o), cancel)
            })
        })
    }

    /// A lane kernel whose results are as long as the series.
    ///
    /// # Errors
    /// What the engine says.
    pub fn lane<K>(self, py: Python<'py>, kernel: &K) -> PyResult<Bound<'py, PyArrayDyn<K::Out>>>
    where
        K: LaneKernel<f64>,
        K::Out: Element,
    {
        let output = self.input.output(self.input.shape.rows);
        self.fill(py, kernel, output, Length::Rows)
    }

    /// A lane kernel of floats, which may go into the user's own array.
    ///
    /// # Errors
    /// What the engine says.
    pub fn floats<K: LaneKernel<f64, Out = f64>>(
        mut self,
        py: Python<'py>,
        kernel: &K,
    ) -> PyResult<Floats<'py>> {
        let output = match self.out.take() {
            Some(out) => self.input.given(out)?,
            None => self.input.output(self.input.shape.rows),
        };
        self.fill(py, kernel, output, Length::Rows)
    }

    /// A lane kernel whose results are periods: the row of each, -1 for none.
    ///
    /// # Errors
    /// What the engine says.
    pub fn rows<K: LaneKernel<f64, Out = i64>>(
        self,
        py: Python<'py>,
        kernel: &K,
    ) -> PyResult<Bound<'py, PyArrayDyn<i64>>> {
        let slots = self.slots.clone();
        let found = self.lane(py, kernel)?;
        if let Some(slots) = slots {
            for slot in found.try_readwrite()?.as_slice_mut()? {
                *slot = usize::try_from(*slot).map_or(-1, |s| slots.row(s));
            }
        }
        Ok(found)
    }

    /// A lane kernel that gives so many values a series.
    ///
    /// # Errors
    /// What the engine says.
    pub fn periods<K>(self, py: Python<'py>, kernel: &K, n: usize) -> PyResult<Floats<'py>>
    where
        K: LaneKernel<f64, Out = f64>,
    {
        let output = self.input.output(n);
        self.fill(py, kernel, output, Length::Periods(n))
    }

    /// A block kernel: the parts of its results, and an array of its facts in place of the time axis.
    ///
    /// # Errors
    /// What the kernel says.
    pub fn blocks<K: BlockKernel>(
        self,
        py: Python<'py>,
        kernel: &K,
    ) -> PyResult<(Vec<Floats<'py>>, Floats<'py>)> {
        let (values, shape, slots) = (self.input.values()?, self.input.shape, self.slots.as_ref());
        let (stack, parts) = self.input.stack(kernel.parts())?;
        let facts = self.input.output(kernel.facts());
        let mut figures = Vec::new();
        stack.fill(|out| {
            figures.resize(shape.lanes() * kernel.facts(), f64::NAN);
            let parts = out.chunks_exact_mut(shape.len().max(1)).collect();
            let results = Results { parts, facts: &mut figures };
            interruptible(py, shape.len(), |cancel| blocks(kernel, values, shape, slots, results, cancel))
        })?;
        let facts = facts.fill(|out| {
            out.copy_from_slice(&figures);
            Ok(())
        })?;
        Ok((parts, facts))
    }

    fn fill<K>(
        self,
        py: Python<'py>,
        kernel: &K,
        output: super::array::Output<'py, K::Out>,
        length: Length,
    ) -> PyResult<Bound<'py, PyArrayDyn<K::Out>>>
    where
        K: LaneKernel<f64>,
        K::Out: Element,
    {
        let (values, shape, slots) = (self.input.values()?, self.input.shape, self.slots.as_ref());
        output.fill(|out| {
            interruptible(py, shape.len(), |cancel| {
                lanes(values, shape, slots, out, length, &|x, o| dispatch::lane(kernel, &(), x, o), cancel)
            })
        })
    }
}

/// Runs a computation under the rule for negative bases; where they are to be errors, says where the first is.
///
/// A negative base is what another rule can be computed from and the default one refuses. `axis` is the time axis
/// of the result, none where its rows are not those of the input.
///
/// # Errors
/// A negative base under `negative_base="raise"`, or what the computation says.
pub fn under_rule<'py>(
    negative: Negative,
    axis: Option<isize>,
    compute: impl Fn(BaseRule) -> PyResult<Floats<'py>>,
) -> PyResult<Floats<'py>> {
    if let Some(rule) = negative.0 {
        return compute(rule);
    }
    // A user's own array for the results holds the last ones: those of the careful rule, compared with copies.
    let copied = |rule| -> PyResult<Vec<f64>> {
        Ok(compute(rule)?.try_readonly()?.as_array().iter().copied().collect())
    };
    let (signed, absolute) = (copied(BaseRule::Signed)?, copied(BaseRule::Abs)?);
    let careful = compute(BaseRule::Missing)?;
    let mut others = signed.iter().zip(&absolute).map(|(s, a)| !s.is_nan() || !a.is_nan());
    let found =
        careful.try_readonly()?.as_array().iter().position(|c| others.next() == Some(true) && c.is_nan());
    let Some(at) = found else { return Ok(careful) };
    let advice = "is negative, and negative_base=\"raise\" was asked for; \"missing\", \"signed\" and \"abs\" are the \
                  other rules";
    Err(match axis {
        None => Error::invalid(format!("a base {advice}")).into(),
        Some(axis) => {
            let (row, lane) = place(careful.shape(), axis, at);
            Error::placed(format!("the base of {{place}} {advice}"), row, lane).into()
        }
    })
}

/// The row and the series of the value number `at` of an array, counted in logical (row-major) order.
fn place(dims: &[usize], axis: isize, at: usize) -> (usize, usize) {
    let axis = usize::try_from(axis).unwrap_or(0).min(dims.len().saturating_sub(1));
    let inner: usize = dims[axis + 1..].iter().product();
    let (block, within) = (at / (dims[axis] * inner), at % (dims[axis] * inner));
    (within / inner, block * inner + within % inner)
}
