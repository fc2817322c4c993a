//! Values that are more than floats: exact decimals, and bounds of rounded figures.
//!
//! [`Values`] is what Python holds: an array of one of the structured dtypes of `array`, the scale of its decimals, and
//! the digits and the rounding that the user asked for.

use super::array::{Input, owned};
use super::kind::{Kind, Spec, decimals as read_decimals, refuse_overflow, rounding as read_rounding};
use crate::error::Error;
use crate::number::{Decimal, DecimalContext, Interval, Number, Rounding};
use numpy::{PyArrayDyn, PyArrayMethods};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

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
        let spec =
            Spec { scale, precision, decimals: read_decimals(decimals)?, rounding: read_rounding(rounding)? };
        Ok(Self { array, spec })
    }

    /// The decimals of a column with an Arrow interface, `__arrow_c_stream__` or `__arrow_c_array__`.
    #[staticmethod]
    fn from_arrow<'py>(column: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        super::arrow::import(column)
    }

    /// The decimals of a list of `decimal.Decimal`; None and NaN are missing.
    #[staticmethod]
    fn from_decimals<'py>(decimals: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        super::objects::import(super::objects::list(decimals)?)
    }

    /// Bounds of equal shape: arrays of floats, or decimals of one scale.
    #[staticmethod]
    fn between<'py>(lower: &Bound<'py, PyAny>, upper: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        between(lower, upper)
    }

    /// The same values, with the digits and the rounding of their results.
    fn asked<'py>(
        &self,
        py: Python<'py>,
        decimals: Option<&Bound<'py, PyAny>>,
        rounding: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (decimals, rounding) = (read_decimals(decimals)?, read_rounding(rounding)?);
        Self::of(self.array(py), Spec { decimals, rounding, ..self.spec })
    }

    /// These less others of the same scale and shape, exactly.
    fn minus<'py>(&self, py: Python<'py>, other: &Self) -> PyResult<Bound<'py, PyAny>> {
        let (ours, theirs) = (Input::<Decimal>::new(self.array.bind(py), 0)?, other.decimals_of(py)?);
        let mut left = theirs.into_iter();
        let mut difference = |v: Decimal| v.sub(left.next().unwrap_or(Decimal::MISSING));
        let made: Vec<Decimal> = ours.view().iter().map(|&v| difference(v)).collect();
        let made = owned(py, ours.dims().to_vec(), made)?;
        refuse_overflow(&made, &|at| {
            Error::placed("the difference at {place} has more than 38 digits", at, 0)
        })?;
        Self::of(made.into_any(), self.spec)
    }

    /// A list of `decimal.Decimal` in logical order, None for missing ones.
    fn to_decimals<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(super::objects::export(py, &self.decimals_of(py)?, self.spec.scale)?.into_any())
    }

    /// The nearest floats, of the same shape.
    fn to_floats<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArrayDyn<f64>>> {
        let input = Input::<Decimal>::new(self.array.bind(py), 0)?;
        let scale = self.spec.scale;
        let near = |v: Decimal| -> f64 {
            if v.is_missing() {
                return f64::NAN;
            }
            // The text is exact, and reading it gives the nearest float.
            format!("{}e-{scale}", { v.0 }).parse().unwrap_or(f64::NAN)
        };
        let view = input.view();
        let floats = py.detach(|| view.mapv(near));
        Ok(PyArrayDyn::from_owned_array(py, floats))
    }

    /// The Arrow interface of a column of decimals.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let _ = requested_schema; // a consumer that wants another type casts
        Ok(super::arrow::export(self.array.bind(py), &self.spec)?.into_any())
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
        let array = self.array.bind(py);
        if scale == self.spec.scale || array.cast::<PyArrayDyn<Interval<f64>>>().is_ok() {
            return Self::of(array.clone(), self.spec);
        }
        if array.cast::<PyArrayDyn<Decimal>>().is_ok() {
            return rescaled::<Decimal>(array, &self.spec, scale);
        }
        rescaled::<Interval<Decimal>>(array, &self.spec, scale)
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

fn rescaled<'py, N: Kind<Context = DecimalContext>>(
    array: &Bound<'py, PyAny>,
    spec: &Spec,
    scale: u32,
) -> PyResult<Bound<'py, PyAny>> {
    if scale < spec.scale {
        return Err(PyValueError::new_err("a smaller scale would lose digits"));
    }
    let input = Input::<N>::new(array, 0)?;
    let ctx = DecimalContext { scale: spec.scale, digits: scale, rounding: Rounding::Down };
    let output = input.output::<N>(input.shape.rows)?;
    let values = input.values()?;
    let made = output.fill(|out| {
        for (o, &v) in out.iter_mut().zip(values) {
            *o = if v.is_missing() { v } else { N::level(&ctx, v) };
        }
        Ok(())
    })?;
    refuse_overflow(&made, &|at| {
        Error::invalid(format!(
            "value number {at} (from 0) has more than 38 digits when it has {scale} decimals"
        ))
    })?;
    Values::of(made.into_any(), Spec { scale, ..*spec })
}

fn between<'py>(lower: &Bound<'py, PyAny>, upper: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    fn paired<'py, N>(
        lower: &Bound<'py, PyAny>,
        upper: &Bound<'py, PyAny>,
        spec: Spec,
    ) -> PyResult<Bound<'py, PyAny>>
    where
        N: Kind + PartialOrd,
        Interval<N>: Kind,
    {
        let py = lower.py();
        let (lower, upper) = (Input::<N>::new(lower, 0)?, Input::<N>::new(upper, 0)?);
        if lower.dims() != upper.dims() {
            return Err(PyValueError::new_err("the lower and the upper bounds have different shapes"));
        }
        let mut bounds =
            ndarray::ArrayD::from_elem(lower.dims(), Interval::<N> { lower: N::MISSING, upper: N::MISSING });
        let pairs = lower.view().iter().copied().zip(upper.view().iter().copied()).collect::<Vec<_>>();
        for (at, (bounds, (lower, upper))) in bounds.iter_mut().zip(pairs).enumerate() {
            if lower > upper {
                let sentence = "the lower bound at {place} is above the upper one";
                return Err(Error::placed(sentence, at, 0).into());
            }
            *bounds = Interval { lower, upper };
        }
        Values::of(PyArrayDyn::from_owned_array(py, bounds).into_any(), spec)
    }
    match (lower.cast::<Values>(), upper.cast::<Values>()) {
        (Ok(l), Ok(u)) if l.get().spec.scale == u.get().spec.scale => {
            let py = lower.py();
            paired::<Decimal>(&l.get().array(py), &u.get().array(py), l.get().spec)
        }
        (Err(_), Err(_)) => paired::<f64>(lower, upper, Spec::NONE),
        _ => Err(PyTypeError::new_err("the bounds must be both floats, or both decimals of one scale")),
    }
}

fn missing<'py, T: Kind>(array: &Bound<'py, PyArrayDyn<T>>) -> PyResult<Bound<'py, PyArrayDyn<bool>>> {
    let flags = array.try_readonly()?.as_array().mapv(Number::is_missing);
    Ok(PyArrayDyn::from_owned_array(array.py(), flags))
}
