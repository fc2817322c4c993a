//! Decimals by the Arrow C data interface, in and out, without passing by Python objects; the bitmap of missing floats.
//!
//! The three structs are those of the interface's specification. What comes in is read where it lies and released; what
//! goes out owns its memory until its consumer releases it.

use super::array::{Input, owned};
use super::kind::{MOST_DIGITS, Spec};
use super::values::Values;
use crate::number::{Decimal, Number, Rounding};
use numpy::{PyArray1, PyReadonlyArray1};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};
use std::ffi::{CStr, CString, c_char, c_int, c_void};

/// A bit for each value, set where it is not missing; None where none is missing.
#[pyfunction]
pub fn observed<'py>(
    py: Python<'py>,
    values: PyReadonlyArray1<'py, f64>,
) -> PyResult<Option<Bound<'py, PyArray1<u8>>>> {
    let values = values.as_slice()?;
    let bits = py.detach(|| crate::panel::observed(values));
    Ok(bits.map(|bits| PyArray1::from_vec(py, bits)))
}

#[repr(C)]
struct Schema {
    format: *const c_char,
    name: *const c_char,
    metadata: *const c_char,
    flags: i64,
    n_children: i64,
    children: *mut *mut Schema,
    dictionary: *mut Schema,
    release: Option<unsafe extern "C" fn(*mut Schema)>,
    private_data: *mut c_void,
}

#[repr(C)]
struct Array {
    length: i64,
    null_count: i64,
    offset: i64,
    n_buffers: i64,
    n_children: i64,
    buffers: *mut *const c_void,
    children: *mut *mut Array,
    dictionary: *mut Array,
    release: Option<unsafe extern "C" fn(*mut Array)>,
    private_data: *mut c_void,
}

#[repr(C)]
struct Stream {
    get_schema: Option<unsafe extern "C" fn(*mut Stream, *mut Schema) -> c_int>,
    get_next: Option<unsafe extern "C" fn(*mut Stream, *mut Array) -> c_int>,
    get_last_error: Option<unsafe extern "C" fn(*mut Stream) -> *const c_char>,
    release: Option<unsafe extern "C" fn(*mut Stream)>,
    private_data: *mut c_void,
}

// SAFETY: the interface lets a struct be moved to, and released on, another thread.
unsafe impl Send for Schema {}
// SAFETY: as above.
unsafe impl Send for Array {}

macro_rules! released_when_dropped {
    ($($kind:ty),+) => {$(
        impl Drop for $kind {
            fn drop(&mut self) {
                if let Some(release) = self.release {
                    // SAFETY: not released before: whoever moves the contents or releases them clears the field.
                    unsafe { release(self) }
                }
            }
        }
    )+};
}
released_when_dropped!(Schema, Array);

impl Schema {
    const fn empty() -> Self {
        Self {
            format: std::ptr::null(),
            name: std::ptr::null(),
            metadata: std::ptr::null(),
            flags: 0,
            n_children: 0,
            children: std::ptr::null_mut(),
            dictionary: std::ptr::null_mut(),
            release: None,
            private_data: std::ptr::null_mut(),
        }
    }

    /// The type of the column.
    fn kind(&self) -> PyResult<Width> {
        if self.format.is_null() || !self.dictionary.is_null() {
            return Err(PyTypeError::new_err("expected a column of decimals, not a dictionary"));
        }
        // SAFETY: a format is a C string that lives as long as the schema.
        let format = unsafe { CStr::from_ptr(self.format) }.to_string_lossy();
        Width::read(&format).ok_or_else(|| {
            PyTypeError::new_err(format!("expected a column of decimals, not of format {format:?}"))
        })
    }
}

impl Array {
    const fn empty() -> Self {
        Self {
            length: 0,
            null_count: 0,
            offset: 0,
            n_buffers: 0,
            n_children: 0,
            buffers: std::ptr::null_mut(),
            children: std::ptr::null_mut(),
            dictionary: std::ptr::null_mut(),
            release: None,
            private_data: std::ptr::null_mut(),
        }
    }

    /// Appends the values of the array.
    #[allow(clippy::cast_ptr_alignment)] // the alignment is looked at before
    fn read(&self, kind: Width, into: &mut Vec<Decimal>) -> PyResult<()> {
        let count = |n: i64| usize::try_from(n).map_err(|_| PyValueError::new_err("a malformed Arrow array"));
        let (length, offset) = (count(self.length)?, count(self.offset)?);
        if length == 0 {
            return Ok(());
        }
        if self.n_buffers != 2 || self.buffers.is_null() {
            return Err(PyValueError::new_err("a malformed Arrow array: decimals have two buffers"));
        }
        // SAFETY: there are two buffers; the second holds `offset + length` values, the first, if there is one, as
        // many bits.
        let (valid, data) = unsafe { ((*self.buffers).cast::<u8>(), (*self.buffers.add(1)).cast::<u8>()) };
        if data.is_null() {
            return Err(PyValueError::new_err("a malformed Arrow array: its values are absent"));
        }
        if kind.bytes == 16 && kind.scale >= 0 && valid.is_null() && data.cast::<u64>().is_aligned() {
            // SAFETY: within the buffer, as above, and aligned as decimals are.
            let values = unsafe { std::slice::from_raw_parts(data.cast::<Decimal>().add(offset), length) };
            let start = into.len();
            into.extend_from_slice(values);
            let much = values.iter().position(|v| { v.0 }.unsigned_abs() >= 10_u128.pow(MOST_DIGITS));
            return much.map_or(Ok(()), |at| Err(too_long(start + at)));
        }
        let factor = 10_i128.pow(kind.scale.min(0).unsigned_abs().min(MOST_DIGITS));
        into.reserve(length);
        for i in offset..offset + length {
            // SAFETY: within the buffer, as above.
            if !valid.is_null() && unsafe { *valid.add(i / 8) } >> (i % 8) & 1 == 0 {
                into.push(Decimal::MISSING);
                continue;
            }
            // SAFETY: within the buffer, as above.
            let word = unsafe { std::slice::from_raw_parts(data.add(i * kind.bytes), kind.bytes) };
            let mantissa = match word.len() {
                4 => word.try_into().ok().map(|word| i128::from(i32::from_ne_bytes(word))),
                8 => word.try_into().ok().map(|word| i128::from(i64::from_ne_bytes(word))),
                16 => word.try_into().ok().map(i128::from_ne_bytes),
                _ => narrowed(word),
            };
            let scaled = mantissa.and_then(|m| m.checked_mul(factor));
            let Some(mantissa) = scaled.filter(|m| m.unsigned_abs() < 10_u128.pow(MOST_DIGITS)) else {
                return Err(too_long(into.len()));
            };
            into.push(Decimal(mantissa));
        }
        Ok(())
    }
}

fn too_long(row: usize) -> PyErr {
    let much = "the value at {place} has more than 38 digits, the most a decimal can have here";
    crate::error::Error::placed(much, row, 0).into()
}

/// A number of 256 bits, the low half first, if it fits 128.
fn narrowed(word: &[u8]) -> Option<i128> {
    let (low, high) = word.split_at_checked(16)?;
    let low = i128::from_ne_bytes(low.try_into().ok()?);
    let sign = if low < 0 { 0xff } else { 0 };
    high.iter().all(|&byte| byte == sign).then_some(low)
}

/// The width, precision and scale of a column of decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Width {
    bytes: usize,
    precision: u32,
    scale: i32,
}

impl Width {
    fn read(format: &str) -> Option<Self> {
        let mut parts = format.strip_prefix("d:")?.split(',');
        let (precision, scale) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let bits: usize = parts.next().map_or(Some(128), |bits| bits.parse().ok())?;
        matches!(bits, 32 | 64 | 128 | 256).then_some(Self { bytes: bits / 8, precision, scale })
    }
}

/// The struct in a capsule of this name.
fn contents<T>(capsule: &Bound<'_, PyAny>, name: &CStr) -> PyResult<*mut T> {
    let capsule = capsule
        .cast::<PyCapsule>()
        .map_err(|_| PyTypeError::new_err("the Arrow interface of the object gives no capsule"))?;
    Ok(capsule.pointer_checked(Some(name))?.as_ptr().cast())
}

/// The decimals of an object with an Arrow interface, of one column.
fn column(object: &Bound<'_, PyAny>) -> PyResult<(Vec<Decimal>, Width)> {
    let mut values = Vec::new();
    if !object.hasattr("__arrow_c_stream__")? {
        let pair = object.call_method0("__arrow_c_array__")?.cast_into::<PyTuple>()?;
        let schema: *mut Schema = contents(&pair.get_item(0)?, c"arrow_schema")?;
        let array: *mut Array = contents(&pair.get_item(1)?, c"arrow_array")?;
        // SAFETY: the capsules keep their structs until they are dropped, at the end of this block.
        if unsafe { (*schema).release.is_none() || (*array).release.is_none() } {
            return Err(PyValueError::new_err("the Arrow array was read before"));
        }
        // SAFETY: as above.
        let kind = unsafe { (*schema).kind()? };
        // SAFETY: as above.
        unsafe { (*array).read(kind, &mut values)? };
        return Ok((values, kind));
    }
    let capsule = object.call_method0("__arrow_c_stream__")?;
    let stream: *mut Stream = contents(&capsule, c"arrow_array_stream")?;
    // SAFETY: the capsule keeps the stream until it is dropped, and nobody else reads it.
    unsafe {
        // Who reads a stream moves it, and takes its release away; the other functions may stay.
        let (Some(get_schema), Some(get_next), Some(_)) =
            ((*stream).get_schema, (*stream).get_next, (*stream).release)
        else {
            return Err(PyValueError::new_err("the Arrow stream was read before"));
        };
        let failed = |code: c_int| -> PyResult<()> {
            if code == 0 {
                return Ok(());
            }
            let said = (*stream).get_last_error.map_or(std::ptr::null(), |error| error(stream));
            let said = if said.is_null() {
                "no reason given".into()
            } else {
                CStr::from_ptr(said).to_string_lossy()
            };
            Err(PyValueError::new_err(format!("the Arrow stream cannot be read: {said}")))
        };
        let mut schema = Schema::empty();
        failed(get_schema(stream, &raw mut schema))?;
        let kind = schema.kind()?;
        loop {
            let mut array = Array::empty();
            failed(get_next(stream, &raw mut array))?;
            if array.release.is_none() {
                return Ok((values, kind));
            }
            array.read(kind, &mut values)?;
        }
    }
}

/// The decimals of a column with an Arrow interface, as values.
///
/// # Errors
/// A column of something else, or a value beyond 38 digits.
pub fn import<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let (values, kind) = column(object)?;
    let scale = u32::try_from(kind.scale).unwrap_or(0);
    if scale > MOST_DIGITS {
        return Err(PyValueError::new_err(format!(
            "the decimals have {scale} digits after the point, and can have at most {MOST_DIGITS} here: convert them to \
             fewer"
        )));
    }
    let spec = Spec {
        scale,
        // Without a scale below zero there are as many digits more.
        precision: kind.precision.saturating_add(kind.scale.min(0).unsigned_abs()).min(MOST_DIGITS),
        decimals: None,
        rounding: Rounding::HalfUp,
    };
    Values::of(owned(object.py(), vec![values.len()], values)?.into_any(), spec)
}

/// What an exported column owns until it is released: the array whose memory holds the values, and the bits that say
/// which are valid. What stands in the place of a missing value is of no meaning.
struct Owned {
    _array: Py<PyAny>,
    valid: Vec<u8>,
    buffers: [*const c_void; 2],
}

unsafe extern "C" fn release_array(array: *mut Array) {
    // SAFETY: called once, on an array made by `export`.
    unsafe {
        drop(Box::from_raw((*array).private_data.cast::<Owned>()));
        (*array).release = None;
    }
}

unsafe extern "C" fn release_schema(schema: *mut Schema) {
    // SAFETY: called once, on a schema made by `export`.
    unsafe {
        drop(CString::from_raw((*schema).private_data.cast::<c_char>()));
        (*schema).release = None;
    }
}

/// The capsules of a schema and an array over the memory of a column of decimals; missing ones are null.
///
/// # Errors
/// Bounds instead of single values, or more axes than one.
pub fn export<'py>(array: &Bound<'py, PyAny>, spec: &Spec) -> PyResult<Bound<'py, PyTuple>> {
    let py = array.py();
    let input = Input::<Decimal>::new(array, 0)?;
    let values = input.values()?;
    if input.dims().len() != 1 {
        return Err(PyValueError::new_err("a column of Arrow has one axis: give one series at a time"));
    }
    let nulls = values.iter().filter(|v| v.is_missing()).count();
    let mut valid = vec![0_u8; if nulls > 0 { values.len().div_ceil(8) } else { 0 }];
    for (byte, values) in valid.iter_mut().zip(values.chunks(8)) {
        *byte = values.iter().enumerate().fold(0, |byte, (i, v)| byte | u8::from(!v.is_missing()) << i);
    }
    let format = CString::new(format!("d:{},{}", spec.precision.max(1), spec.scale))?.into_raw();
    let mut schema = Schema::empty();
    schema.flags = 2; // may hold nulls
    schema.name = c"".as_ptr();
    (schema.format, schema.private_data) = (format, format.cast());
    schema.release = Some(release_schema);
    let mut owned = Box::new(Owned { _array: input.object(), valid, buffers: [std::ptr::null(); 2] });
    if nulls > 0 {
        owned.buffers[0] = owned.valid.as_ptr().cast();
    }
    owned.buffers[1] = values.as_ptr().cast();
    let mut column = Array::empty();
    column.length = i64::try_from(values.len())?;
    column.null_count = i64::try_from(nulls)?;
    column.n_buffers = 2;
    let owned = Box::into_raw(owned);
    // SAFETY: `owned` is alive until `release_array`.
    column.buffers = unsafe { (&raw mut (*owned).buffers).cast() };
    column.private_data = owned.cast();
    column.release = Some(release_array);
    let schema = PyCapsule::new_with_value(py, schema, c"arrow_schema")?;
    let column = PyCapsule::new_with_value(py, column, c"arrow_array")?;
    PyTuple::new(py, [schema, column])
}
