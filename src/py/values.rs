//! Values that are more than floats: exact decimals, bounds of rounded figures, and what their results need.
//!
//! [`Values`] is what Python holds: an array of one of the structured dtypes of `array`, the scale of its decimals, and
//! the digits and the rounding that the user asked for. [`Kind`] is what the engine asks of a kind of number: its
//! context, and how its results go back.

use super::array::Input;
use super::options::word;
use crate::error::{Error, Result};
use crate::kernel::Figure;
use crate::number::{Decimal, DecimalContext, Interval, Number, Rounding, Unit};
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

impl Kind for Decimal {
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

impl Kind for Interval<Decimal> {
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

fn refuse_overflow<T: Kind>(
    results: &Bound<'_, PyArrayDyn<T>>,
    placed: &dyn Fn(usize) -> Error,
) -> PyResult<()> {
    let readonly = results.try_readonly()?;
    match readonly.as_array().iter().position(|v| v.is_overflow()) {
        None => Ok(()),
        Some(at) => Err(placed(at).into()),
    }
}

/// Exact decimals, or bounds: an array of them with their scale, and the digits and rounding asked for in results.
#[pyclass(frozen, module = "paimana._core")]
pub struct Values {
    /// The array: of decimals, of bounds of floats, or of bounds of decimals.
    #[pyo3(get)]
    array: Py<PyAny>,
    /// What goes with it.
    pub spec: Spec,
}

impl Values {
    /// Values of an array and what goes with it.
    ///
    /// # Errors
    /// No memory.
    pub fn of(array: Bound<'_, PyAny>, spec: Spec) -> PyResult<Bound<'_, PyAny>> {
        let py = array.py();
        Ok(Bound::new(py, Self { array: array.unbind(), spec })?.into_any())
    }

    /// The array.
    #[must_use]
    pub fn array<'py>(&self, py: Python<'py>) -> Bound<'py, PyAny> {
        self.array.bind(py).clone()
    }

    /// The decimals of a column, whatever their shape, in logical order.
    ///
    /// # Errors
    /// Bounds.
    pub fn decimals_of(&self, py: Python<'_>) -> PyResult<Vec<Decimal>> {
        let array = self.array.bind(py).cast::<PyArrayDyn<Decimal>>().map_err(|_| {
            PyTypeError::new_err("these are bounds, not single values: take .lower or .upper")
        })?;
        Ok(array.try_readonly()?.as_array().iter().copied().collect())
    }
}

#[pymethods]
impl Values {
    #[new]
    #[pyo3(signature = (array, scale=0, precision=38, decimals=None, rounding=None))]
    fn new(
        array: Py<PyAny>,
        scale: u32,
        precision: u32,
        decimals: Option<&Bound<'_, PyAny>>,
        rounding: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let spec = Spec {
            scale,
            precision,
            decimals: self::decimals(decimals)?,
            rounding: self::rounding(rounding)?,
        };
        Ok(Self { array, spec })
    }

    /// Digits after the point.
    #[getter]
    fn scale(&self) -> u32 {
        self.spec.scale
    }

    /// The digits that a column of these has room for.
    #[getter]
    fn precision(&self) -> u32 {
        self.spec.precision
    }

    /// The lengths of the axes.
    #[getter]
    fn shape<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.array.bind(py).getattr("shape")
    }

    /// The number of axes.
    #[getter]
    fn ndim<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.array.bind(py).getattr("ndim")
    }

    /// The same values with the axes turned round.
    #[getter]
    #[pyo3(name = "T")]
    fn turned<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Self::of(self.array.bind(py).getattr("T")?, self.spec)
    }

    /// Whether these are bounds.
    #[getter]
    fn bounded(&self, py: Python<'_>) -> bool {
        self.array.bind(py).cast::<PyArrayDyn<Decimal>>().is_err()
    }

    /// The lower bounds: floats as an array, decimals as values.
    #[getter]
    fn lower<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.bound(py, "lower")
    }

    /// The upper bounds: floats as an array, decimals as values.
    #[getter]
    fn upper<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.bound(py, "upper")
    }

    /// Which values are missing.
    fn missing<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArrayDyn<bool>>> {
        let array = self.array.bind(py);
        if let Ok(array) = array.cast::<PyArrayDyn<Decimal>>() {
            return missing(array);
        }
        if let Ok(array) = array.cast::<PyArrayDyn<Interval<f64>>>() {
            return missing(array);
        }
        missing(array.cast::<PyArrayDyn<Interval<Decimal>>>()?)
    }

    /// The same values at a greater scale, exactly.
    fn rescaled<'py>(&self, py: Python<'py>, scale: u32) -> PyResult<Bound<'py, PyAny>> {
        let spec = Spec { scale, ..self.spec };
        if scale == self.spec.scale {
            return Self::of(self.array(py), spec);
        }
        let input = Input::<Decimal>::new(self.array.bind(py), 0)?;
        let Some(more) = scale.checked_sub(self.spec.scale) else {
            return Err(PyValueError::new_err("a smaller scale would lose digits"));
        };
        let ctx = DecimalContext { scale: self.spec.scale, digits: scale, rounding: Rounding::Down };
        let output = input.output::<Decimal>(input.shape.rows);
        let values = input.values()?;
        let made = output.fill(|out| {
            for (o, &v) in out.iter_mut().zip(values) {
                *o = if v.is_missing() { v } else { Decimal::level(&ctx, v) };
            }
            Ok(())
        })?;
        refuse_overflow(&made, &|at| {
            Error::placed(
                format!("{{place}}: with {more} more decimals the value has more than 38 digits"),
                at,
                0,
            )
        })?;
        Self::of(made.into_any(), spec)
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Self::of(self.array.bind(py).get_item(index)?, self.spec)
    }

    fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
        self.array.bind(py).len()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("<{} exact or bounded values of scale {}>", self.array.bind(py).len()?, self.spec.scale))
    }
}

impl Values {
    fn bound<'py>(&self, py: Python<'py>, side: &str) -> PyResult<Bound<'py, PyAny>> {
        let array = self.array.bind(py);
        if array.cast::<PyArrayDyn<Decimal>>().is_ok() {
            return Self::of(array.clone(), self.spec);
        }
        let side = array.get_item(side)?;
        if side.cast::<PyArrayDyn<f64>>().is_ok() { Ok(side) } else { Self::of(side, self.spec) }
    }
}

fn missing<'py, T: Kind>(array: &Bound<'py, PyArrayDyn<T>>) -> PyResult<Bound<'py, PyArrayDyn<bool>>> {
    let flags = array.try_readonly()?.as_array().mapv(Number::is_missing);
    Ok(PyArrayDyn::from_owned_array(array.py(), flags))
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
