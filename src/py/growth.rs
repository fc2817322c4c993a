//! Bindings of growth: differences, rates, annual rates, and what moved the yearly rate.

use pyo3::prelude::*;

/// Growth: differences, rates, annual rates, and what moved the yearly rate.
#[pymodule(submodule)]
#[pyo3(name = "growth")]
pub mod module {
    use super::super::groups::Place;
    use super::super::options::{BaseArg, Negative, UnitWord};
    use super::super::run::{Call, NEGATIVE, SlotsArg, first_observed, under_rule, under_rule_at};
    use super::super::values::Values;
    use crate::error::Error;
    use crate::indicators::growth::{
        Annualized, AverageSince, Cagr, Change, Growth, Lag, LogGrowth, RateChange, SymmetricGrowth,
        YearlyRateChange,
    };
    use crate::number::{Exponent, Unit};
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    type Any<'py> = Bound<'py, PyAny>;

    /// The base of every value.
    #[pyfunction]
    #[pyo3(signature = (x, axis, slots, base, out=None))]
    fn lag<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        base: BaseArg,
        out: Option<Any<'py>>,
    ) -> PyResult<Any<'py>> {
        Call::new(x, axis, slots.as_ref())?.given(out)?.pair(py, &Lag, &base)
    }

    /// x - b.
    #[pyfunction]
    #[pyo3(signature = (x, axis, slots, base, out=None))]
    fn change<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        base: BaseArg,
        out: Option<Any<'py>>,
    ) -> PyResult<Any<'py>> {
        Call::new(x, axis, slots.as_ref())?.given(out)?.pair(py, &Change, &base)
    }

    /// (x - b)/b.
    #[pyfunction]
    #[pyo3(signature = (x, axis, slots, base, negative, unit, out=None))]
    #[allow(clippy::too_many_arguments)]
    fn growth<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        base: BaseArg,
        negative: Negative,
        unit: UnitWord,
        out: Option<Any<'py>>,
    ) -> PyResult<Any<'py>> {
        under_rule(negative, axis, |rule| {
            Call::new(x, axis, slots.as_ref())?.given(out.clone())?.pair(
                py,
                &Growth { rule, unit: unit.0 },
                &base,
            )
        })
    }

    /// 2 (x - b)/(x + b).
    #[pyfunction]
    #[pyo3(signature = (x, axis, slots, base, unit, out=None))]
    fn symmetric_growth<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        base: BaseArg,
        unit: UnitWord,
        out: Option<Any<'py>>,
    ) -> PyResult<Any<'py>> {
        Call::new(x, axis, slots.as_ref())?.given(out)?.pair(py, &SymmetricGrowth { unit: unit.0 }, &base)
    }

    /// 100 ln(x/b).
    #[pyfunction]
    #[pyo3(signature = (x, axis, slots, base, out=None))]
    fn log_growth<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        base: BaseArg,
        out: Option<Any<'py>>,
    ) -> PyResult<Any<'py>> {
        Call::new(x, axis, slots.as_ref())?.given(out)?.real(py, &LogGrowth, &base, "a logarithm")
    }

    /// The exponent of a compound rate as the fraction that it is: periods in a year over periods of the lag.
    pub(in crate::py) fn exponent(value: f64) -> PyResult<Exponent> {
        fraction(value).ok_or_else(|| {
            PyValueError::new_err(format!(
                "the exponent of an annual rate, periods in a year over the lag, must be a fraction of whole numbers, \
                 not {value}: give a lag that is not zero"
            ))
        })
    }

    /// The first convergent of its continued fraction that a float is the nearest one of.
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
    fn fraction(value: f64) -> Option<Exponent> {
        let size = value.abs();
        let (mut num, mut den, mut num_before, mut den_before) = (1_i64, 0_i64, 0_i64, 1_i64);
        let mut rest = size;
        while rest < 9e18 {
            let whole = rest.floor() as i64;
            let next = |now: i64, before: i64| whole.checked_mul(now)?.checked_add(before);
            (num, num_before) = (next(num, num_before)?, num);
            (den, den_before) = (next(den, den_before)?, den);
            if num > 0 && (num as f64 / den as f64 - size).abs() <= f64::EPSILON * size {
                return Some(Exponent { num: if value < 0.0 { -num } else { num }, den });
            }
            rest = 1.0 / (rest - rest.floor());
        }
        None
    }

    /// (x/b)^exponent - 1.
    #[pyfunction]
    #[pyo3(signature = (x, axis, slots, base, exponent, negative, unit, out=None))]
    #[allow(clippy::too_many_arguments)]
    fn annualized<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        base: BaseArg,
        exponent: f64,
        negative: Negative,
        unit: UnitWord,
        out: Option<Any<'py>>,
    ) -> PyResult<Any<'py>> {
        let exponent = self::exponent(exponent)?;
        under_rule(negative, axis, |rule| {
            let kernel = Annualized { exponent, rule, unit: unit.0 };
            Call::new(x, axis, slots.as_ref())?.given(out.clone())?.pair(py, &kernel, &base)
        })
    }

    /// The average yearly rate between the period `since` and each other one.
    #[pyfunction]
    #[pyo3(signature = (x, axis, slots, since, per_year, negative, unit, out=None))]
    #[allow(clippy::too_many_arguments)]
    fn average_since<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        since: usize,
        per_year: i64,
        negative: Negative,
        unit: UnitWord,
        out: Option<Any<'py>>,
    ) -> PyResult<Any<'py>> {
        under_rule(negative, axis, |rule| {
            Call::new(x, axis, slots.as_ref())?
                .given(out.clone())?
                .lane(py, &AverageSince { since, per_year, rule, unit: unit.0 })
        })
    }

    /// The compound annual rate from the first observed value to the last; the time axis is gone.
    #[pyfunction]
    #[allow(clippy::too_many_arguments)]
    fn cagr<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        per_year: i64,
        negative: Negative,
        unit: UnitWord,
    ) -> PyResult<Bound<'py, PyAny>> {
        let refuse = |_: &[usize], series| {
            Ok(match first_observed(x, axis, slots.as_ref(), series)? {
                None => Error::invalid(format!("a first value {NEGATIVE}")),
                Some(row) => Error::placed(format!("the first value ({{place}}) {NEGATIVE}"), row, series),
            })
        };
        let rates = under_rule_at(negative, refuse, |rule| {
            Call::new(x, axis, slots.as_ref())?.periods(py, &Cagr { per_year, rule, unit: unit.0 }, 1)
        })?;
        // The one row of the time axis, taken out.
        if matches!(slots, Some(Place::Table(_))) {
            return Ok(rates); // the figure of a series stands in each of its rows
        }
        let Ok(values) = rates.cast::<Values>() else { return rates.call_method1("squeeze", (axis,)) };
        Values::of(values.get().array(py).call_method1("squeeze", (axis,))?, values.get().spec)
    }

    fn rate_change<'py>(
        py: Python<'py>,
        call: impl Fn() -> PyResult<Call<'py>>,
        axis: isize,
        part: RateChange,
        base: &BaseArg,
        negative: Negative,
        unit: Unit,
    ) -> PyResult<Any<'py>> {
        under_rule(negative, axis, |rule| {
            call()?.lane(py, &YearlyRateChange { part, base: base.0.clone(), rule, unit })
        })
    }

    /// The two parts of the change in the yearly rate: what the current period did, and what the base did.
    #[pyfunction]
    #[allow(clippy::too_many_arguments)]
    fn base_effect<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        base: BaseArg,
        negative: Negative,
        unit: UnitWord,
    ) -> PyResult<(Any<'py>, Any<'py>)> {
        let part = |part| {
            rate_change(py, || Call::new(x, axis, slots.as_ref()), axis, part, &base, negative, unit.0)
        };
        Ok((part(RateChange::Current)?, part(RateChange::Base)?))
    }

    /// The change of the yearly rate, points.
    #[pyfunction]
    #[allow(clippy::too_many_arguments)]
    fn acceleration<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        base: BaseArg,
        negative: Negative,
        unit: UnitWord,
    ) -> PyResult<Any<'py>> {
        rate_change(
            py,
            || Call::new(x, axis, slots.as_ref()),
            axis,
            RateChange::Whole,
            &base,
            negative,
            unit.0,
        )
    }
}
