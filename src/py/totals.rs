//! Bindings of totals: rolling windows, years to date, yearly growth, rebasing, longer periods.

use pyo3::prelude::*;

/// Totals: rolling windows, years to date, yearly growth, rebasing, longer periods.
#[pymodule(submodule)]
#[pyo3(name = "totals")]
pub mod module {
    use super::super::growth::module::exponent as read_exponent;
    use super::super::objects::digits;
    use super::super::options::{
        BaseArg, Count, HowWord, Mean, Missing, Negative, OfWord, Partial, SpansArg, UnitWord,
    };
    use super::super::run::{Call, NEGATIVE, SlotsArg, under_rule, under_rule_at};
    use crate::error::Error;
    use crate::indicators::rolling::{Rolling, RollingGrowth};
    use crate::indicators::totals::{
        Aggregate, AnnualGrowth, CarryOver, Rebase, YearToDate, YearToDateGrowth,
    };
    use crate::number::Level;
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    type Any<'py> = Bound<'py, PyAny>;

    /// The sum of the last `window` periods.
    #[pyfunction]
    #[pyo3(signature = (x, axis, slots, window, na, out=None))]
    fn rolling_sum<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        window: Count,
        na: Missing,
        out: Option<Any<'py>>,
    ) -> PyResult<Any<'py>> {
        let call = Call::new(x, axis, slots.as_ref())?.given(out)?;
        let kernel = Rolling { window: window.0, mean: false, gaps: call.gaps(na)? };
        call.lane(py, &kernel)
    }

    /// The mean of the last `window` periods.
    #[pyfunction]
    #[pyo3(signature = (x, axis, slots, window, na, out=None))]
    fn rolling_mean<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        window: Count,
        na: Missing,
        out: Option<Any<'py>>,
    ) -> PyResult<Any<'py>> {
        let call = Call::new(x, axis, slots.as_ref())?.given(out)?;
        let kernel = Rolling { window: window.0, mean: true, gaps: call.gaps(na)? };
        call.lane(py, &kernel)
    }

    /// The mean of the last `window` periods over the mean of the `window` before, at an annual rate if asked for.
    #[pyfunction]
    #[allow(clippy::too_many_arguments)]
    fn rolling_growth<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        window: Count,
        exponent: Option<f64>,
        negative: Negative,
        unit: UnitWord,
        na: Missing,
    ) -> PyResult<Any<'py>> {
        let (window, annualized, unit) = (window.0, exponent.map(read_exponent).transpose()?, unit.0);
        under_rule(negative, axis, |rule| {
            let call = Call::new(x, axis, slots.as_ref())?;
            let gaps = call.gaps(na)?;
            call.lane(py, &RollingGrowth { window, annualized, rule, unit, gaps })
        })
    }

    /// The sum or mean of the fiscal year so far.
    #[pyfunction]
    #[pyo3(signature = (x, axis, slots, years, how, na, out=None))]
    #[allow(clippy::too_many_arguments)]
    fn ytd<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        years: SpansArg,
        how: Mean,
        na: Missing,
        out: Option<Any<'py>>,
    ) -> PyResult<Any<'py>> {
        let call = Call::new(x, axis, slots.as_ref())?.given(out)?;
        let kernel = YearToDate { years: years.0, mean: how.0, gaps: call.gaps(na)? };
        call.lane(py, &kernel)
    }

    /// The year to date against the same span of the year before.
    #[pyfunction]
    #[allow(clippy::too_many_arguments)]
    fn ytd_growth<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        years: SpansArg,
        base: Option<BaseArg>,
        how: Mean,
        negative: Negative,
        unit: UnitWord,
        na: Missing,
    ) -> PyResult<Any<'py>> {
        under_rule(negative, axis, |rule| {
            let call = Call::new(x, axis, slots.as_ref())?;
            let (years, base, gaps) = (years.0.clone(), base.as_ref().map(|b| b.0.clone()), call.gaps(na)?);
            call.lane(py, &YearToDateGrowth { years, base, mean: how.0, rule, unit: unit.0, gaps })
        })
    }

    /// Growth from year to year, a value a year of the span.
    #[pyfunction]
    #[allow(clippy::too_many_arguments)]
    fn annual_growth<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        years: SpansArg,
        of: OfWord,
        negative: Negative,
        unit: UnitWord,
        na: Missing,
    ) -> PyResult<Any<'py>> {
        under_rule_at(
            negative,
            |_, _| Ok(Error::invalid(format!("a base {NEGATIVE}"))),
            |rule| {
                let call = Call::new(x, axis, slots.as_ref())?;
                let (n, gaps) = (years.0.count(call.span()), call.gaps(na)?);
                call.periods(
                    py,
                    &AnnualGrowth { years: years.0.clone(), of: of.0, rule, unit: unit.0, gaps },
                    n,
                )
            },
        )
    }

    /// The growth of the year if its remaining periods stay at the current one.
    #[pyfunction]
    #[allow(clippy::too_many_arguments)]
    fn carry_over<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        years: SpansArg,
        negative: Negative,
        unit: UnitWord,
    ) -> PyResult<Any<'py>> {
        under_rule(negative, axis, |rule| {
            Call::new(x, axis, slots.as_ref())?
                .lane(py, &CarryOver { years: years.0.clone(), rule, unit: unit.0 })
        })
    }

    /// The series as an index on the base span of the periods `first` to `last`.
    #[pyfunction]
    fn rebase<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        first: usize,
        last: usize,
        base_value: &Any<'py>,
    ) -> PyResult<Any<'py>> {
        let value = Level { near: base_value.extract()?, exact: digits(base_value)? };
        if !value.near.is_finite() || first > last {
            return Err(PyValueError::new_err(
                "base_value must be a finite number and the base span not empty",
            ));
        }
        Call::new(x, axis, slots.as_ref())?.lane(py, &Rebase { first, last, value })
    }

    /// A value for every longer period.
    #[pyfunction]
    #[allow(clippy::too_many_arguments)]
    fn to_frequency<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        groups: SpansArg,
        how: HowWord,
        partial: Partial,
        na: Missing,
    ) -> PyResult<Any<'py>> {
        let call = Call::new(x, axis, slots.as_ref())?;
        let (n, gaps) = (groups.0.count(call.span()), call.gaps(na)?);
        call.periods(py, &Aggregate { groups: groups.0, how: how.0, partial: partial.0, gaps }, n)
    }
}
