//! `NumPy` arrays in and out: the only place that knows how they lie in memory.

use crate::panel::{Shape, Slots};
use ndarray::ArrayViewD;
use numpy::{
    Element, PyArrayDyn, PyArrayMethods, PyReadonlyArray1, PyReadonlyArrayDyn, PyUntypedArrayMethods,
};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

/// An array of results.
pub type Floats<'py> = Bound<'py, PyArrayDyn<f64>>;

/// A float64 array and its time axis, contiguous in one order or the other.
pub struct Input<'py> {
    array: PyReadonlyArrayDyn<'py, f64>,
    fortran: bool,
    axis: usize,
    /// How the series lie in it.
    pub shape: Shape,
}

impl<'py> Input<'py> {
    /// Reads an array; one that is not contiguous is copied.
    ///
    /// # Errors
    /// Anything but float64, or an axis that the array does not have.
    pub fn new(object: &Bound<'py, PyAny>, axis: isize) -> PyResult<Self> {
        let Ok(mut array) = object.cast::<PyArrayDyn<f64>>().cloned() else {
            return Err(PyTypeError::new_err(format!("expected a float64 array, not {}", object.get_type())));
        };
        let aligned = array.data().is_aligned();
        if !aligned || !(array.is_c_contiguous() || array.is_fortran_contiguous()) {
            array = array.call_method1("copy", ("C",))?.cast_into::<PyArrayDyn<f64>>()?;
        }
        let dims = array.shape();
        let rank = isize::try_from(dims.len())?;
        let position = if axis < 0 { axis + rank } else { axis };
        let axis = usize::try_from(position).ok().filter(|&a| a < dims.len()).ok_or_else(|| {
            PyValueError::new_err(format!("axis {axis} is out of range for an array with {rank} dimensions"))
        })?;
        let fortran = !array.is_c_contiguous();
        let shape = layout(dims, axis, fortran);
        Ok(Self { array: array.try_readonly()?, fortran, axis, shape })
    }

    /// The values in the order of memory.
    ///
    /// # Errors
    /// None: the array is contiguous.
    pub fn values(&self) -> PyResult<&[f64]> {
        Ok(self.array.as_slice()?)
    }

    /// The values by their indices.
    #[must_use]
    pub fn view(&self) -> ArrayViewD<'_, f64> {
        self.array.as_array()
    }

    /// The lengths of the axes.
    #[must_use]
    pub fn dims(&self) -> &[usize] {
        self.array.shape()
    }

    /// The time axis.
    #[must_use]
    pub fn axis(&self) -> isize {
        isize::try_from(self.axis).unwrap_or(0)
    }

    /// The values of another array that must have the same shape, in the same order of memory.
    ///
    /// # Errors
    /// Another shape.
    pub fn beside(&self, object: &Bound<'py, PyAny>) -> PyResult<Self> {
        let mut other = Self::new(object, self.axis())?;
        if other.array.shape() != self.array.shape() {
            return Err(PyValueError::new_err(format!(
                "the shapes {:?} and {:?} differ",
                self.array.shape(),
                other.array.shape()
            )));
        }
        if other.fortran != self.fortran && self.array.ndim() > 1 {
            let order = if self.fortran { "F" } else { "C" };
            let copy = object.call_method1("copy", (order,))?;
            other = Self::new(&copy, self.axis())?;
        }
        Ok(other)
    }

    /// A new array of the same shape and order, but for the length of the time axis.
    #[must_use]
    pub fn output<T: Element + Copy>(&self, rows: usize) -> Output<'py, T> {
        let mut dims = self.array.shape().to_vec();
        dims[self.axis] = rows;
        // SAFETY: every kernel fills its output whole before anybody reads it.
        let array = unsafe { PyArrayDyn::<T>::new(self.array.py(), dims, self.fortran) };
        Output { array }
    }

    /// A new array of `parts` arrays of the same shape and order, side by side in memory: one large allocation is
    /// reused from call to call where several are given back to the system, and fresh pages cost more than most kernels.
    ///
    /// # Errors
    /// No memory.
    pub fn stack(&self, parts: usize) -> PyResult<(Output<'py, f64>, Vec<Floats<'py>>)> {
        let py = self.array.py();
        let mut dims = self.array.shape().to_vec();
        dims.insert(if self.fortran { dims.len() } else { 0 }, parts);
        // SAFETY: every kernel fills its output whole before anybody reads it.
        let array = unsafe { PyArrayDyn::<f64>::new(py, dims, self.fortran) };
        let part = |i: usize| {
            let part = if self.fortran { array.get_item((py.Ellipsis(), i))? } else { array.get_item(i)? };
            Ok(part.cast_into::<PyArrayDyn<f64>>()?)
        };
        let views = (0..parts).map(part).collect::<PyResult<_>>()?;
        Ok((Output { array }, views))
    }

    /// The user's own array for the results, which must have the shape and order of the input.
    ///
    /// # Errors
    /// Another dtype, shape or order, or a read-only array.
    pub fn given(&self, out: Bound<'py, PyAny>) -> PyResult<Output<'py, f64>> {
        let dims = self.array.shape();
        match out.cast_into::<PyArrayDyn<f64>>() {
            Ok(array)
                if array.shape() == dims
                    && (array.is_c_contiguous() && !self.fortran
                        || array.is_fortran_contiguous() && self.fortran) =>
            {
                Ok(Output { array })
            }
            _ => Err(PyValueError::new_err(format!(
                "out must be a float64 array of shape {dims:?}, contiguous in {} order like the input",
                if self.fortran { "Fortran" } else { "C" }
            ))),
        }
    }
}

/// How the series lie in a contiguous array with time along `axis`.
fn layout(dims: &[usize], axis: usize, fortran: bool) -> Shape {
    let before = dims[..axis].iter().product();
    let after = dims[axis + 1..].iter().product();
    let (outer, inner) = if fortran { (after, before) } else { (before, after) };
    Shape { outer, rows: dims[axis], inner }
}

/// An array that a kernel fills.
pub struct Output<'py, T: Element> {
    array: Bound<'py, PyArrayDyn<T>>,
}

impl<'py, T: Element + Copy> Output<'py, T> {
    /// Lets `fill` write the values, in the order of memory.
    ///
    /// # Errors
    /// The array is read-only or overlaps an input, or `fill` fails.
    pub fn fill(self, fill: impl FnOnce(&mut [T]) -> PyResult<()>) -> PyResult<Bound<'py, PyArrayDyn<T>>> {
        let mut writable = self.array.try_readwrite().map_err(|error| {
            PyValueError::new_err(format!(
                "out cannot be written: {error}; it must not be (part of) the input"
            ))
        })?;
        fill(writable.as_slice_mut()?)?;
        drop(writable);
        Ok(self.array)
    }
}

/// The period numbers of the rows, which must be as many as the time axis is long.
///
/// # Errors
/// Another number of rows, or two rows in one period.
pub fn slots(slots: Option<&PyReadonlyArray1<'_, i64>>, rows: usize) -> PyResult<Option<Slots>> {
    let Some(slots) = slots else { return Ok(None) };
    let of_row = slots.to_vec()?;
    if of_row.len() != rows {
        return Err(PyValueError::new_err(format!("{} periods for {rows} rows", of_row.len())));
    }
    Ok(Some(Slots::new(&of_row)?))
}
