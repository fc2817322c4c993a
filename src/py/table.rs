//! Calls that look at all parts of a period together: contributions to growth, and who leads.

use super::array::{Input, owned};
use super::interrupt::interruptible;
use super::job::Job;
use super::kind::Kind;
use super::options::BaseArg;
use super::run::{Call, no_bounds};
use super::values::Values;
use crate::indicators::BaseRule;
use crate::indicators::shares::{Contributions, leader};
use crate::kernel::Figure;
use crate::number::{Ordered, Unit};
use crate::panel::threads;
use numpy::{IntoPyArray, PyArray1, PyArrayMethods};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// The periods that a task works on.
const TASK: usize = 1 << 12;

type Any<'py> = Bound<'py, PyAny>;

/// The column of the leader, its share, the runner-up, the margin, and whether it is proven.
pub type Leaders<'py> =
    (Bound<'py, PyArray1<i64>>, Any<'py>, Bound<'py, PyArray1<i64>>, Any<'py>, Bound<'py, PyArray1<bool>>);

impl<'py> Call<'py> {
    /// What each part added to the growth of the total, of a table of periods by parts.
    ///
    /// # Errors
    /// Another shape, or a result beyond 38 digits.
    pub fn contributions(
        self,
        py: Python<'py>,
        kernel: &Contributions,
        total: Option<&Any<'py>>,
        base: &BaseArg,
    ) -> PyResult<Any<'py>> {
        match self {
            Self::Floats(job) => job.contributions(py, kernel, total, base),
            Self::Decimals(job) => job.contributions(py, kernel, total, base),
            Self::Bounds(job) => job.contributions(py, kernel, total, base),
            Self::DecimalBounds(job) => job.contributions(py, kernel, total, base),
        }
    }

    /// The largest part of every row.
    ///
    /// # Errors
    /// Bounds, another shape, or a result beyond 38 digits.
    pub fn largest(self, py: Python<'py>, total: Option<&Any<'py>>, unit: Unit) -> PyResult<Leaders<'py>> {
        match self {
            Self::Floats(job) => job.largest(py, total, unit),
            Self::Decimals(job) => job.largest(py, total, unit),
            _ => Err(no_bounds("the largest part")),
        }
    }
}

/// An array of the same kind as the parts.
fn array<'py>(object: &Any<'py>) -> Any<'py> {
    object.cast::<Values>().map_or_else(|_| object.clone(), |values| values.get().array(object.py()))
}

impl<'py, N: Kind> Job<'py, N> {
    /// The parts row by row, and the total of each row if it is given.
    fn rows_and_total(&self, total: Option<&Any<'py>>) -> PyResult<(Vec<N>, usize, Option<Vec<N>>)> {
        let rows = self.input.shape.rows;
        if self.input.dims().len() != 2 {
            return Err(PyValueError::new_err("this needs a two-dimensional array: time by parts"));
        }
        let parts = self.input.view().iter().copied().collect();
        let total = total.map(|total| Input::<N>::new(&array(total), 0)).transpose()?;
        let total: Option<Vec<N>> = total.map(|total| total.view().iter().copied().collect());
        if total.as_ref().is_some_and(|t| t.len() != rows) {
            return Err(PyValueError::new_err(format!(
                "total must have one value for each of the {rows} periods"
            )));
        }
        Ok((parts, self.input.dims()[1], total))
    }

    fn contributions(
        self,
        py: Python<'py>,
        kernel: &Contributions,
        total: Option<&Any<'py>>,
        base: &BaseArg,
    ) -> PyResult<Any<'py>> {
        self.alone("contributions")?;
        let (parts, columns, total) = self.rows_and_total(total)?;
        let bases = base.0.rows(self.input.shape.rows, self.slots());
        let figure = Figure::Rate(kernel.unit);
        let ctx = N::context(self.spec(), figure)?;
        let mut out = vec![N::MISSING; bases.len() * (columns + 1)];
        py.detach(|| kernel.run(&ctx, &parts, total.as_deref(), &bases, columns, &mut out));
        self.finish(owned(py, vec![bases.len(), columns + 1], out)?, figure)
    }

    fn largest(self, py: Python<'py>, total: Option<&Any<'py>>, unit: Unit) -> PyResult<Leaders<'py>>
    where
        N: Ordered,
    {
        let (parts, columns, total) = self.rows_and_total(total)?;
        let figure = Figure::Rate(unit);
        let ctx = N::context(self.spec(), figure)?;
        let rows = self.input.shape.rows;
        let leaders = interruptible(py, |cancel| {
            threads::collect(rows.div_ceil(TASK), parts.len(), cancel, &|task| {
                let of = |r| {
                    let row = &parts[r * columns..(r + 1) * columns];
                    leader(&ctx, row, total.as_ref().map(|t| t[r]), BaseRule::Missing, unit)
                };
                (task * TASK..rows.min((task + 1) * TASK)).map(of).collect::<Vec<_>>()
            })
        })?
        .concat();
        let column = |c: Option<usize>| c.and_then(|c| i64::try_from(c).ok()).unwrap_or(-1);
        let numbers = |of: &dyn Fn(usize) -> N| {
            let values: Vec<N> = (0..leaders.len()).map(of).collect();
            self.finish(values.into_pyarray(py).to_dyn().clone(), figure)
        };
        Ok((
            leaders.iter().map(|l| column(l.first)).collect::<Vec<_>>().into_pyarray(py),
            numbers(&|r| leaders[r].share)?,
            leaders.iter().map(|l| column(l.second)).collect::<Vec<_>>().into_pyarray(py),
            numbers(&|r| leaders[r].margin)?,
            leaders.iter().map(|l| l.proven).collect::<Vec<_>>().into_pyarray(py),
        ))
    }
}
