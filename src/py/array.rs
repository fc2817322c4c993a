//! `NumPy` arrays in and out: the only place that knows how they lie in memory.
//!
//! Exact decimals and intervals travel in arrays too, of structured dtypes as wide as they are: a decimal is two words,
//! an interval two bounds. So they have the shapes, orders and slices of any array.

use crate::number::{Decimal, Interval};
use crate::panel::{Shape, Slots};
use ndarray::ArrayViewD;
use numpy::{
    Element, PyArray1, PyArrayDescr, PyArrayDyn, PyArrayMethods, PyReadonlyArray1, PyReadonlyArrayDyn,
    PyUntypedArrayMethods, npyffi::NPY_ORDER,
};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PySlice;

/// The dtype of a kind of number, made once when the module is loaded.
type Dtype = PyOnceLock<Py<PyArrayDescr>>;

static DECIMAL: Dtype = Dtype::new();
static BOUNDS: Dtype = Dtype::new();
static DECIMAL_BOUNDS: Dtype = Dtype::new();

/// Makes the dtypes; to be called when the module is loaded, before any array is.
///
/// # Errors
/// `NumPy` cannot be imported.
pub fn make_dtypes(py: Python<'_>) -> PyResult<()> {
    fn make<'py>(dtype: &Dtype, names: [&str; 2], field: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = field.py();
        let made = dtype.get_or_try_init(py, || {
            let fields = pyo3::types::PyList::new(py, names.map(|name| (name, field)))?;
            Ok::<_, PyErr>(PyArrayDescr::new(py, fields)?.unbind())
        })?;
        Ok(made.clone_ref(py).into_bound(py).into_any())
    }
    let word = |name: &str| pyo3::types::PyString::new(py, name).into_any();
    let decimal = make(&DECIMAL, ["first", "second"], &word("i8"))?;
    make(&BOUNDS, ["lower", "upper"], &word("f8"))?;
    make(&DECIMAL_BOUNDS, ["lower", "upper"], &decimal)?;
    Ok(())
}

/// The dtype of an element; without one there is no memory layout to go on with.
fn dtype<'py>(py: Python<'py>, made: &Dtype) -> Bound<'py, PyArrayDescr> {
    match made.get(py) {
        Some(dtype) => dtype.clone_ref(py).into_bound(py),
        None => std::process::abort(), // `make_dtypes` failed, and with it the import of the module
    }
}

macro_rules! element {
    ($kind:ty, $dtype:ident) => {
        // SAFETY: the type is plain words, as many and in the order of the fields of its dtype, packed as they are.
        unsafe impl Element for $kind {
            const IS_COPY: bool = true;
            fn get_dtype(py: Python<'_>) -> Bound<'_, PyArrayDescr> {
                dtype(py, &$dtype)
            }
            fn clone_ref(&self, _: Python<'_>) -> Self {
                *self
            }
        }
    };
}

element!(Decimal, DECIMAL);
element!(Interval<f64>, BOUNDS);
element!(Interval<Decimal>, DECIMAL_BOUNDS);

const _: () = assert!(size_of::<Decimal>() == 16 && align_of::<Decimal>() == 8);
const _: () = assert!(size_of::<Interval<f64>>() == 16 && size_of::<Interval<Decimal>>() == 32);

/// An array of results.
pub type Floats<'py> = Bound<'py, PyArrayDyn<f64>>;

/// An array of one kind of number and its time axis, contiguous in one order or the other.
pub struct Input<'py, T: Element = f64> {
    array: PyReadonlyArrayDyn<'py, T>,
    fortran: bool,
    axis: usize,
    /// How the series lie in it.
    pub shape: Shape,
}

impl<'py, T: Element + Copy> Input<'py, T> {
    /// Reads an array; one that is not contiguous is copied.
    ///
    /// # Errors
    /// Another dtype, or an axis that the array does not have.
    pub fn new(object: &Bound<'py, PyAny>, axis: isize) -> PyResult<Self> {
        let Ok(mut array) = object.cast::<PyArrayDyn<T>>().cloned() else {
            return Err(PyTypeError::new_err(format!(
                "expected an array of {}, not {}",
                T::get_dtype(object.py()),
                object.get_type()
            )));
        };
        let aligned = array.data().is_aligned();
        if !aligned || !(array.is_c_contiguous() || array.is_fortran_contiguous()) {
            array = array.call_method1("copy", ("C",))?.cast_into::<PyArrayDyn<T>>()?;
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
    pub fn values(&self) -> PyResult<&[T]> {
        Ok(self.array.as_slice()?)
    }

    /// The values by their indices.
    #[must_use]
    pub fn view(&self) -> ArrayViewD<'_, T> {
        self.array.as_array()
    }

    /// The lengths of the axes.
    #[must_use]
    pub fn dims(&self) -> &[usize] {
        self.array.shape()
    }

    /// The array itself, which keeps its memory alive.
    #[must_use]
    pub fn object(&self) -> Py<PyAny> {
        self.array.as_any().clone().unbind()
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
    ///
    /// # Errors
    /// No memory.
    pub fn output<O: Element + Copy>(&self, rows: usize) -> PyResult<Output<'py, O>> {
        let mut dims = self.array.shape().to_vec();
        dims[self.axis] = rows;
        // SAFETY: every kernel fills its output whole before anybody reads it.
        Ok(Output { array: unsafe { fresh(self.array.py(), dims, self.fortran) }? })
    }

    /// Refuses an array for results that lies in the memory of this one, in part at least, whatever the two are views of.
    ///
    /// # Errors
    /// It does.
    pub fn refuse_out(&self, out: &Bound<'py, PyAny>) -> PyResult<()> {
        let Ok(out) = out.cast::<PyArrayDyn<T>>() else { return Ok(()) };
        let bytes = |array: &Bound<'py, PyArrayDyn<T>>| {
            let start = array.data().addr();
            start..start + array.len() * size_of::<T>()
        };
        let (own, other) = (bytes(&self.array), bytes(out));
        if own.start < other.end && other.start < own.end {
            return Err(PyValueError::new_err("out must not be (part of) the input"));
        }
        Ok(())
    }

    /// The user's own array for the results, which must have the shape and order of the input.
    ///
    /// # Errors
    /// Another dtype, shape or order, or a read-only array.
    pub fn given(&self, out: Bound<'py, PyAny>) -> PyResult<Output<'py, T>> {
        let dims = self.array.shape();
        self.refuse_out(&out)?;
        match out.cast_into::<PyArrayDyn<T>>() {
            Ok(array)
                if array.shape() == dims
                    && array.data().is_aligned()
                    && (array.is_c_contiguous() && !self.fortran
                        || array.is_fortran_contiguous() && self.fortran) =>
            {
                Ok(Output { array })
            }
            _ => Err(PyValueError::new_err(format!(
                "out must be a {} array of shape {dims:?}, contiguous in {} order like the input",
                T::get_dtype(self.array.py()),
                if self.fortran { "Fortran" } else { "C" }
            ))),
        }
    }
}

impl<'py> Input<'py> {
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
        let array = unsafe { fresh(py, dims, self.fortran) }?;
        let part = |i: usize| {
            let part = if self.fortran { array.get_item((py.Ellipsis(), i))? } else { array.get_item(i)? };
            Ok(part.cast_into::<PyArrayDyn<f64>>()?)
        };
        let views = (0..parts).map(part).collect::<PyResult<_>>()?;
        Ok((Output { array }, views))
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

/// From so many bytes on `NumPy` asks Linux for large pages.
const LARGE: usize = 1 << 22;
/// The bytes of a large page.
const PAGE: usize = 1 << 21;

/// A new array whose values are still to be written.
///
/// A large one begins with a large page of Linux and has room to its last one's end. As `NumPy` makes arrays, one begins
/// and ends in small pages, hundreds of them, and to touch each for the first time takes longer than most kernels.
///
/// # Safety
/// Nobody may read a value before it is written.
///
/// # Errors
/// No memory.
unsafe fn fresh<T: Element>(
    py: Python<'_>,
    dims: Vec<usize>,
    fortran: bool,
) -> PyResult<Bound<'_, PyArrayDyn<T>>> {
    static EMPTY: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let len = dims.iter().fold(1_usize, |len, &dim| len.saturating_mul(dim));
    if len.saturating_mul(size_of::<T>()) < LARGE {
        // SAFETY: the caller's promise.
        return Ok(unsafe { PyArrayDyn::new(py, dims, fortran) });
    }
    let room = len.saturating_add(2 * PAGE / size_of::<T>());
    let room =
        EMPTY.import(py, "numpy", "empty")?.call1((room, T::get_dtype(py)))?.cast_into::<PyArray1<T>>()?;
    let start = room.data().addr();
    let start = isize::try_from((start.next_multiple_of(PAGE) - start).div_ceil(size_of::<T>()))?;
    let values = room.get_item(PySlice::new(py, start, start + isize::try_from(len)?, 1))?;
    let order = if fortran { NPY_ORDER::NPY_FORTRANORDER } else { NPY_ORDER::NPY_CORDER };
    values.cast_into::<PyArray1<T>>()?.reshape_with_order(dims, order)
}

/// An array over values that are there, in the order of rows.
///
/// # Errors
/// Another number of values than the axes have room for.
pub fn owned<T: Element>(
    py: Python<'_>,
    dims: Vec<usize>,
    values: Vec<T>,
) -> PyResult<Bound<'_, PyArrayDyn<T>>> {
    let array = ndarray::ArrayD::from_shape_vec(dims, values)
        .map_err(|error| PyValueError::new_err(error.to_string()))?;
    Ok(PyArrayDyn::from_owned_array(py, array))
}

/// A new array of so many values, which `fill` writes all of before it reads any, and what it gives besides.
///
/// # Errors
/// No memory, or `fill` fails.
pub fn filled<T: Element, R>(
    py: Python<'_>,
    len: usize,
    fill: impl FnOnce(&mut [T]) -> PyResult<R>,
) -> PyResult<(Bound<'_, PyArray1<T>>, R)> {
    // SAFETY: whoever fills it writes before reading, and without being filled the array is given to nobody.
    let array = unsafe { fresh::<T>(py, vec![len], false) }?.cast_into::<PyArray1<T>>()?;
    let mut writable = array.try_readwrite()?;
    let found = fill(writable.as_slice_mut()?)?;
    drop(writable);
    Ok((array, found))
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
