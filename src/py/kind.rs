//! The kinds of number that Python can hold: the context of each in the engine, and how its results go back.

use super::options::word;
use super::values::Values;
use crate::error::{Error, Result};
use crate::kernel::Figure;
use crate::number::{Decimal, DecimalContext, Interval, Rounding, Unit};
use crate::panel::Store;
use numpy::{Element, PyArrayDyn, PyArrayMethods};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

/// The most digits a decimal has.
pub const MOST_DIGITS: u32 = 38;

/// The words for the ways of rounding.
pub const ROUNDINGS: [(&str, Rounding); 7] = [
    ("half_up", Rounding::HalfUp),
    ("half_even", Rounding::HalfEven),
    ("half_down", Rounding::HalfDown),
    ("up", Rounding::Up),
    ("down", Rounding::Down),
    ("ceiling", Rounding::Ceiling),
    ("floor", Rounding::Floor),
];

/// What the results of exact values and of bounds depend on beyond these.
#[derive(Debug, Clone, Copy)]
pub struct Spec {
    /// Digits after the point; 0 for floats.
    pub scale: u32,
    /// The digits that the column had room for.
    pub precision: u32,
    /// Digits asked for in results; none for those of the indicator.
    pub decimals: Option<u32>,
    /// How results are rounded to them.
    pub rounding: Rounding,
}

impl Spec {
    /// What plain floats need: nothing.
    pub const NONE: Self =
        Self { scale: 0, precision: MOST_DIGITS, decimals: None, rounding: Rounding::HalfUp };

    /// The digits after the point of a result.
    fn digits(&self, figure: Figure) -> Result<u32> {
        let usual = match figure {
            Figure::Value => return Ok(self.scale),
            Figure::Level => self.scale,
            Figure::Mean => self.scale + 2,
            Figure::Rate(Unit::Percent) => 2,
            Figure::Rate(Unit::Fraction) => 4,
        };
        let digits = self.decimals.unwrap_or(usual);
        if digits > MOST_DIGITS {
            return Err(Error::invalid(format!(
                "the result would have {digits} decimals, and a decimal has {MOST_DIGITS} digits in all: give decimals="
            )));
        }
        Ok(digits)
    }

    fn context(&self, figure: Figure) -> Result<DecimalContext> {
        Ok(DecimalContext { scale: self.scale, digits: self.digits(figure)?, rounding: self.rounding })
    }

    /// What the results themselves are.
    fn after(&self, figure: Figure) -> Result<Self> {
        let precision = if figure == Figure::Value { self.precision } else { MOST_DIGITS };
        Ok(Self { scale: self.digits(figure)?, precision, ..*self })
    }
}

/// A kind of number that Python can hold.
pub trait Kind: Store + Element {
    /// The context of a kernel with results of this figure.
    ///
    /// # Errors
    /// More digits than there are.
    fn context(spec: &Spec, figure: Figure) -> Result<Self::Context>;

    /// The results as Python holds them.
    ///
    /// # Errors
    /// A result beyond 38 digits: its place in the logical order of the array.
    fn give<'py>(
        results: Bound<'py, PyArrayDyn<Self>>,
        spec: &Spec,
        figure: Figure,
        placed: &dyn Fn(usize) -> Error,
    ) -> PyResult<Bound<'py, PyAny>>;
}

impl Kind for f64 {
    fn context(_: &Spec, _: Figure) -> Result<()> {
        Ok(())
    }

    fn give<'py>(
        results: Bound<'py, PyArrayDyn<Self>>,
        _: &Spec,
        _: Figure,
        _: &dyn Fn(usize) -> Error,
    ) -> PyResult<Bound<'py, PyAny>> {
        Ok(results.into_any())
    }
}

/// Decimals and bounds of decimals: rounded by the engine, and only to be looked at for results that are too long.
macro_rules! exact_kinds {
    ($($kind:ty),+) => {$(
        impl Kind for $kind {
            fn context(spec: &Spec, figure: Figure) -> Result<DecimalContext> {
                spec.context(figure)
            }

            fn give<'py>(
                results: Bound<'py, PyArrayDyn<Self>>,
                spec: &Spec,
                figure: Figure,
                placed: &dyn Fn(usize) -> Error,
            ) -> PyResult<Bound<'py, PyAny>> {
                refuse_overflow(&results, placed)?;
                Values::of(results.into_any(), spec.after(figure)?)
            }
        }
    )+};
}
exact_kinds!(Decimal, Interval<Decimal>);

impl Kind for Interval<f64> {
    fn context(_: &Spec, _: Figure) -> Result<()> {
        Ok(())
    }

    fn give<'py>(
        results: Bound<'py, PyArrayDyn<Self>>,
        spec: &Spec,
        figure: Figure,
        _: &dyn Fn(usize) -> Error,
    ) -> PyResult<Bound<'py, PyAny>> {
        if let Some(decimals) = spec.decimals.filter(|_| figure != Figure::Value) {
            let mut writable = results.try_readwrite()?;
            for bounds in writable.as_slice_mut()? {
                *bounds = outward(*bounds, decimals);
            }
        }
        Values::of(results.into_any(), *spec)
    }
}

/// Bounds at so many decimals, rounded outward.
fn outward(bounds: Interval<f64>, decimals: u32) -> Interval<f64> {
    let power = 10_f64.powi(i32::try_from(decimals).unwrap_or(i32::MAX));
    let floor = |x: f64| {
        let units = (x * power).floor();
        match units / power {
            _ if units.abs() >= 9e15 => x, // finer than the spacing of floats: nothing to round
            below if below <= x => below,
            _ => (units - 1.0) / power, // the product was rounded up past a whole number
        }
    };
    Interval { lower: floor(bounds.lower), upper: -floor(-bounds.upper) }
}

/// Refuses results with an overflow among them.
///
/// # Errors
/// Its place, as `placed` says it.
pub fn refuse_overflow<T: Kind>(
    results: &Bound<'_, PyArrayDyn<T>>,
    placed: &dyn Fn(usize) -> Error,
) -> PyResult<()> {
    let readonly = results.try_readonly()?;
    match readonly.as_array().iter().position(|v| v.is_overflow()) {
        None => Ok(()),
        Some(at) => Err(placed(at).into()),
    }
}

/// `decimals=`: a whole number from 0 to 38.
pub fn decimals(given: Option<&Bound<'_, PyAny>>) -> PyResult<Option<u32>> {
    let Some(given) = given else { return Ok(None) };
    let said = || format!("decimals must be a whole number from 0 to {MOST_DIGITS}, not {given:?}");
    if given.is_instance_of::<pyo3::types::PyBool>() {
        return Err(PyTypeError::new_err(said()));
    }
    let count = given.extract::<i64>().map_err(|_| PyTypeError::new_err(said()))?;
    match u32::try_from(count) {
        Ok(count) if count <= MOST_DIGITS => Ok(Some(count)),
        _ => Err(PyValueError::new_err(said())),
    }
}

/// `rounding=`: one of the words.
pub fn rounding(given: Option<&Bound<'_, PyAny>>) -> PyResult<Rounding> {
    given.map_or(Ok(Rounding::HalfUp), |given| word(given, "rounding", &ROUNDINGS))
}
