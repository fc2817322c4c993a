//! Bindings of shares: parts of a whole at one period.

use pyo3::prelude::*;

/// Shares: parts of a whole at one period.
#[pymodule(submodule)]
#[pyo3(name = "shares")]
pub mod module {
    use super::super::array::{Input, slots as read_slots};
    use super::super::options::{BaseArg, Missing, Negative, UnitWord};
    use super::super::run::{Call, Floats, SlotsArg, under_rule};
    use crate::indicators::BaseRule;
    use crate::indicators::shares::{Contributions, Share, Shares, leader};
    use numpy::{IntoPyArray, PyArray1, PyArray2, PyArrayMethods, PyReadonlyArray1, PyReadonlyArray2};
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    type Any<'py> = Bound<'py, PyAny>;

    /// part/whole, value by value.
    #[pyfunction]
    #[pyo3(signature = (x, axis, slots, whole, negative, unit, out=None))]
    #[allow(clippy::too_many_arguments)]
    fn share<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        whole: &Any<'py>,
        negative: Negative,
        unit: UnitWord,
        out: Option<Any<'py>>,
    ) -> PyResult<Floats<'py>> {
        under_rule(negative, Some(axis), |rule| {
            Call::new(x, axis, slots.as_ref())?.given(out.clone()).beside(
                py,
                &Share { rule, unit: unit.0 },
                whole,
            )
        })
    }

    /// Each part over the total along `axis`.
    #[pyfunction]
    #[pyo3(signature = (x, axis, negative, unit, na))]
    fn shares<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        negative: Negative,
        unit: UnitWord,
        na: Missing,
    ) -> PyResult<Floats<'py>> {
        under_rule(negative, Some(axis), |rule| {
            let call = Call::new(x, axis, None)?;
            let gaps = call.gaps(na)?;
            call.lane(py, &Shares { rule, unit: unit.0, gaps })
        })
    }

    /// What each part (column) added to the growth of the total, and what the parts leave.
    #[pyfunction]
    #[pyo3(signature = (x, axis, slots, total, base, negative, unit))]
    #[allow(clippy::too_many_arguments)]
    fn contributions<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        total: Option<PyReadonlyArray1<'py, f64>>,
        base: BaseArg,
        negative: Negative,
        unit: UnitWord,
    ) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let ordered = if axis == 0 {
            x.call_method1("copy", ("C",))?
        } else {
            x.getattr("T")?.call_method1("copy", ("C",))?
        };
        let parts: PyReadonlyArray2<'py, f64> = ordered.extract().map_err(|_| {
            PyValueError::new_err("contributions need a two-dimensional array: time by parts")
        })?;
        let (rows, columns) = parts.as_array().dim();
        let total = total.map(|t| t.to_vec()).transpose()?;
        if total.as_ref().is_some_and(|t| t.len() != rows) {
            return Err(PyValueError::new_err(format!(
                "total must have one value for each of the {rows} periods"
            )));
        }
        let bases = base.0.rows(rows, read_slots(slots.as_ref(), rows)?.as_ref());
        let compute = |rule| -> PyResult<Floats<'py>> {
            let kernel = Contributions { rule, unit: unit.0 };
            let mut out = vec![0.0; rows * (columns + 1)];
            kernel.run(&(), parts.as_slice()?, total.as_deref(), &bases, columns, &mut out);
            Ok(out.into_pyarray(py).reshape([rows, columns + 1])?.to_dyn().clone())
        };
        let result = under_rule(negative, Some(0), compute)?;
        let result = if axis == 0 { result.into_any() } else { result.getattr("T")? };
        Ok(result.cast_into::<PyArray2<f64>>()?)
    }

    type Leaders<'py> = (
        Bound<'py, PyArray1<i64>>,
        Bound<'py, PyArray1<f64>>,
        Bound<'py, PyArray1<i64>>,
        Bound<'py, PyArray1<f64>>,
        Bound<'py, PyArray1<bool>>,
    );

    /// The largest part of every row: its column (-1 for none), its share, the runner-up, the margin, and whether it is
    /// proven.
    #[pyfunction]
    #[pyo3(signature = (x, total, unit))]
    fn largest<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        total: Option<PyReadonlyArray1<'py, f64>>,
        unit: UnitWord,
    ) -> PyResult<Leaders<'py>> {
        let ordered = x.call_method1("copy", ("C",))?;
        let input = Input::new(&ordered, 0)?;
        let (rows, columns) = (input.shape.rows, input.shape.inner);
        let total = total.map(|t| t.to_vec()).transpose()?;
        if input.shape.outer != 1 || total.as_ref().is_some_and(|t| t.len() != rows) {
            return Err(PyValueError::new_err(format!(
                "total must have one value for each of the {rows} rows"
            )));
        }
        let values = input.values()?;
        let leaders: Vec<_> = (0..rows)
            .map(|r| {
                let row = &values[r * columns..(r + 1) * columns];
                leader(&(), row, total.as_ref().map(|t| t[r]), BaseRule::Missing, unit.0)
            })
            .collect();
        let column = |c: Option<usize>| c.and_then(|c| i64::try_from(c).ok()).unwrap_or(-1);
        Ok((
            leaders.iter().map(|l| column(l.first)).collect::<Vec<_>>().into_pyarray(py),
            leaders.iter().map(|l| l.share).collect::<Vec<_>>().into_pyarray(py),
            leaders.iter().map(|l| column(l.second)).collect::<Vec<_>>().into_pyarray(py),
            leaders.iter().map(|l| l.margin).collect::<Vec<_>>().into_pyarray(py),
            leaders.iter().map(|l| l.proven).collect::<Vec<_>>().into_pyarray(py),
        ))
    }
}
