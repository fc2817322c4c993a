//! Bindings of shares: parts of a whole at one period.

use pyo3::prelude::*;

/// Shares: parts of a whole at one period.
#[pymodule(submodule)]
#[pyo3(name = "shares")]
pub mod module {
    use super::super::options::{BaseArg, Missing, Negative, UnitWord};
    use super::super::run::{Call, SlotsArg, under_rule};
    use super::super::table::Leaders;
    use crate::indicators::shares::{Contributions, Share, Shares};
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
    ) -> PyResult<Any<'py>> {
        under_rule(negative, axis, |rule| {
            Call::new(x, axis, slots.as_ref())?.given(out.clone())?.beside(
                py,
                &Share { rule, unit: unit.0 },
                whole,
            )
        })
    }

    /// Each part over the total along `axis`.
    #[pyfunction]
    #[pyo3(signature = (x, axis, negative, unit, na, slots=None))]
    fn shares<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        negative: Negative,
        unit: UnitWord,
        na: Missing,
        slots: SlotsArg<'py>,
    ) -> PyResult<Any<'py>> {
        under_rule(negative, axis, |rule| {
            let call = Call::new(x, axis, slots.as_ref())?;
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
        total: Option<Any<'py>>,
        base: BaseArg,
        negative: Negative,
        unit: UnitWord,
    ) -> PyResult<Any<'py>> {
        let upright = if axis == 0 { x.clone() } else { x.getattr("T")? };
        let result = under_rule(negative, 0, |rule| {
            let kernel = Contributions { rule, unit: unit.0 };
            Call::new(&upright, 0, slots.as_ref())?.contributions(py, &kernel, total.as_ref(), &base)
        })?;
        if axis == 0 { Ok(result) } else { result.getattr("T") }
    }

    /// The largest part of every row: its column (-1 for none), its share, the runner-up, the margin, and whether it is
    /// proven.
    #[pyfunction]
    #[pyo3(signature = (x, total, unit))]
    fn largest<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        total: Option<Any<'py>>,
        unit: UnitWord,
    ) -> PyResult<Leaders<'py>> {
        Call::new(x, 0, None)?.largest(py, total.as_ref(), unit.0)
    }
}
