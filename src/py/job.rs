//! A call on one kind of number: reads the array, runs the kernel without the GIL, gives the array of results.

use super::array::{Input, Output, slots as read_slots};
use super::groups::{Place, Rows as TableRows};
use super::interrupt::interruptible;
use super::kind::{Kind, Spec};
use super::options::Missing;
use crate::error::Error;
use crate::indicators::Gaps;
use crate::kernel::{Figure, Figures, LaneKernel, PairKernel};
use crate::panel::{
    Base, Bases, Cancel, Length, PairFn, SeriesFn, Shape, Slots, Table, dispatch, lanes, pairs,
};
use numpy::{Element, PyArrayDyn, PyArrayMethods, PyUntypedArrayMethods};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

/// An array of row numbers.
pub type Rows<'py> = Bound<'py, PyArrayDyn<i64>>;

/// What meets the values with their bases: values, shape, output, kernel, and whether the call was interrupted.
type Engine<'a, N> =
    &'a (dyn Fn(&[N], Shape, &mut [N], PairFn<'_, N>, &Cancel<'_>) -> crate::error::Result<()> + Sync);

/// Everything a kernel is called with but its own parameters, for one kind of number.
pub struct Job<'py, N: Kind> {
    /// The values and their time axis.
    pub input: Input<'py, N>,
    slots: Option<Slots>,
    table: Option<TableRows<'py>>,
    /// The user's own array for the results.
    pub out: Option<Bound<'py, PyAny>>,
    spec: Spec,
}

impl<'py, N: Kind> Job<'py, N> {
    pub(super) fn new(
        x: &Bound<'py, PyAny>,
        axis: isize,
        place: Option<&Place<'py>>,
        spec: Spec,
    ) -> PyResult<Self> {
        let input = Input::new(x, axis)?;
        let (slots, table) = match place {
            None => (None, None),
            Some(Place::Slots(slots)) => (read_slots(Some(slots), input.shape.rows)?, None),
            Some(Place::Table(groups)) => (None, Some(TableRows::new(groups)?)),
        };
        let rows = table.as_ref().map(TableRows::table).transpose()?.map(|table| table.rows());
        if rows.is_some_and(|rows| rows != input.shape.len() || input.dims().len() != 1) {
            return Err(PyValueError::new_err("a long table needs one value for each of its rows"));
        }
        Ok(Self { input, slots, table, out: None, spec })
    }

    /// The long table that the values are a column of.
    fn table(&self) -> PyResult<Option<Table<'_>>> {
        self.table.as_ref().map(TableRows::table).transpose()
    }

    pub(super) fn span(&self) -> usize {
        self.slots.as_ref().map_or(self.input.shape.rows, Slots::span)
    }

    pub(super) fn gaps(&self, na: Missing) -> PyResult<Gaps> {
        if let Some(gaps) = na.0 {
            return Ok(gaps);
        }
        if let Some(row) = self.table()?.and_then(|table| table.after_gap()) {
            let sentence = "a period before {place} has no row, and na=\"raise\" was asked for";
            return Err(Error::placed(sentence, row, 0).into());
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

    /// The array for results as long as the series: the user's own, or a new one.
    fn output(&mut self) -> PyResult<Output<'py, N>> {
        match self.out.take() {
            Some(out) => self.input.given(out),
            None => self.input.output(self.input.shape.rows),
        }
    }

    pub(super) fn pair<K: PairKernel<N> + Figures>(
        mut self,
        py: Python<'py>,
        kernel: &K,
        base: &Base,
    ) -> PyResult<Bound<'py, PyAny>> {
        let shape = self.input.shape;
        if let Some(rows) = self.table.take() {
            let table = rows.table()?;
            if let Base::Lag(lag) = *base {
                return self
                    .run_pairs(py, kernel, &|x, _, out, run, cancel| table.pairs(x, lag, out, run, cancel));
            }
            let rows = interruptible(py, |cancel| table.bases(base, cancel))?;
            return self.pair_with(py, kernel, &Bases::Rows(&rows));
        }
        let rows = match (base, &self.slots) {
            (Base::Lag(_), None) => None,
            (base, slots) => Some(base.rows(shape.rows, slots.as_ref())),
        };
        let bases = match (base, &rows) {
            (_, Some(rows)) => Bases::Rows(rows),
            (Base::Lag(lag), None) => Bases::Lag(*lag),
            (Base::Table(table) | Base::Latest(table), None) => Bases::Rows(table),
        };
        self.pair_with(py, kernel, &bases)
    }

    pub(super) fn beside<K: PairKernel<N> + Figures>(
        self,
        py: Python<'py>,
        kernel: &K,
        other: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let other = self.input.beside(other)?;
        if let Some(out) = &self.out {
            other.refuse_out(out)?;
        }
        let values = other.values()?;
        self.pair_with(py, kernel, &Bases::Beside(values))
    }

    fn pair_with<K: PairKernel<N> + Figures>(
        self,
        py: Python<'py>,
        kernel: &K,
        bases: &Bases<'_, N>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.run_pairs(py, kernel, &|x, shape, out, run, cancel| pairs(x, shape, bases, out, run, cancel))
    }

    /// A pair kernel, by an engine that meets each value with its base.
    fn run_pairs<K: PairKernel<N> + Figures>(
        mut self,
        py: Python<'py>,
        kernel: &K,
        engine: Engine<'_, N>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let output = self.output()?;
        let (values, shape) = (self.input.values()?, self.input.shape);
        let ctx = N::context(&self.spec, kernel.figure())?;
        let results = output.fill(|out| {
            interruptible(py, |cancel| {
                engine(values, shape, out, &|v, b, o| dispatch::pair(kernel, &ctx, v, b, o), cancel)
            })
        })?;
        self.finish(results, kernel.figure())
    }

    /// A lane kernel of numbers of the same kind.
    pub(super) fn lane<K: LaneKernel<N, Out = N> + Figures>(
        mut self,
        py: Python<'py>,
        kernel: &K,
        length: Length,
    ) -> PyResult<Bound<'py, PyAny>> {
        // A single figure of a series stands in each of its rows of a long table.
        let length = match (length, &self.table) {
            (Length::Periods(1), Some(_)) => Length::Rows,
            (Length::Periods(_), Some(_)) => {
                return Err(PyTypeError::new_err(
                    "this gives other periods than those of the rows, which a long table has no place for: take one \
                     series, or a table with a column for each",
                ));
            }
            (length, _) => length,
        };
        let output = match length {
            Length::Rows => self.output()?,
            Length::Periods(n) => self.input.output(n)?,
        };
        let ctx = N::context(&self.spec, kernel.figure())?;
        let results = self.fill(py, kernel, &ctx, output, length)?;
        self.finish(results, kernel.figure())
    }

    /// A lane kernel of something else: flags, positions, counts.
    pub(super) fn other<K>(&self, py: Python<'py>, kernel: &K) -> PyResult<Bound<'py, PyArrayDyn<K::Out>>>
    where
        K: LaneKernel<N>,
        K::Out: Element,
    {
        let output = self.input.output(self.input.shape.rows)?;
        let ctx = N::context(&self.spec, Figure::Value)?;
        self.fill(py, kernel, &ctx, output, Length::Rows)
    }

    /// A lane kernel whose results are periods: the row of each, -1 for none.
    pub(super) fn rows<K: LaneKernel<N, Out = i64>>(
        self,
        py: Python<'py>,
        kernel: &K,
    ) -> PyResult<Rows<'py>> {
        let found = self.other(py, kernel)?;
        if let Some(table) = self.table()? {
            table.rows_of(found.try_readwrite()?.as_slice_mut()?);
        }
        if let Some(slots) = &self.slots {
            for slot in found.try_readwrite()?.as_slice_mut()? {
                *slot = usize::try_from(*slot).map_or(-1, |s| slots.row(s));
            }
        }
        Ok(found)
    }

    fn fill<K>(
        &self,
        py: Python<'py>,
        kernel: &K,
        ctx: &N::Context,
        output: Output<'py, K::Out>,
        length: Length,
    ) -> PyResult<Bound<'py, PyArrayDyn<K::Out>>>
    where
        K: LaneKernel<N>,
        K::Out: Element,
    {
        let (values, shape, slots) = (self.input.values()?, self.input.shape, self.slots.as_ref());
        let table = self.table()?;
        output.fill(|out| {
            interruptible(py, |cancel| {
                if let Some(table) = table {
                    let run = |slots: &[i32], x: &[N], o: &mut [K::Out]| {
                        let mut rows = slots.iter().filter_map(|&slot| usize::try_from(slot).ok());
                        let first = rows.clone().next().unwrap_or(0);
                        match kernel.of_series(first, &mut rows) {
                            Some(kernel) => dispatch::lane(&kernel, ctx, x, o),
                            None => dispatch::lane(kernel, ctx, x, o),
                        }
                    };
                    // What is known of each period is only worth finding out where there are as many rows.
                    let dense = table.span() <= table.rows();
                    let Some(by_rows) = dense.then(|| kernel.by_rows(table.span())).flatten() else {
                        return table.lanes(values, out, SeriesFn::Periods(&run), cancel);
                    };
                    let run = |slots: &[i32], x: &[N], o: &mut [K::Out]| by_rows.run(ctx, slots, x, o);
                    return table.lanes(values, out, SeriesFn::Rows(&run), cancel);
                }
                let own = slots.and_then(|slots| kernel.of_series(0, &mut slots.of_row().iter().copied()));
                let kernel = own.as_ref().unwrap_or(kernel);
                lanes(values, shape, slots, out, length, &|x, o| dispatch::lane(kernel, ctx, x, o), cancel)
            })
        })
    }

    /// The period numbers of the rows.
    pub(super) fn slots(&self) -> Option<&Slots> {
        self.slots.as_ref()
    }

    /// Refuses the rows of a long table.
    pub(super) fn alone(&self, what: &str) -> PyResult<()> {
        match self.table {
            None => Ok(()),
            Some(_) => Err(PyTypeError::new_err(format!(
                "{what} is not made for long tables: take one series, or a table with a column for each"
            ))),
        }
    }

    /// What goes with the values.
    pub(super) fn spec(&self) -> &Spec {
        &self.spec
    }

    /// The results as Python holds them.
    pub(super) fn finish(
        &self,
        results: Bound<'py, PyArrayDyn<N>>,
        figure: Figure,
    ) -> PyResult<Bound<'py, PyAny>> {
        let dims = results.shape().to_vec();
        let same = dims.get(self.input.axis().unsigned_abs()) == Some(&self.input.shape.rows);
        let placed = |at| {
            let (row, lane) = place(&dims, self.input.axis(), at);
            let much = "has more than 38 digits: give fewer decimals=, or measure in a larger unit";
            if same {
                Error::placed(format!("the result of {{place}} {much}"), row, lane)
            } else {
                Error::invalid(format!("result number {row} of series {lane} (from 0) {much}"))
            }
        };
        N::give(results, &self.spec, figure, &placed)
    }
}

/// The row and the series of the value number `at` of an array, counted in logical (row-major) order.
pub(super) fn place(dims: &[usize], axis: isize, at: usize) -> (usize, usize) {
    let axis = usize::try_from(axis).unwrap_or(0).min(dims.len().saturating_sub(1));
    let inner: usize = dims[axis + 1..].iter().product();
    let (block, within) = (at / (dims[axis] * inner), at % (dims[axis] * inner));
    (within / inner, block * inner + within % inner)
}
