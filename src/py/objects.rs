//! Decimals as objects of Python, in and out: `decimal.Decimal` by its text, which is exact in both directions.

use super::array::owned;
use super::kind::{MOST_DIGITS, Spec};
use super::values::Values;
use crate::error::Error;
use crate::number::{Decimal, Number, Rounding};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyList, PyType};

fn class(py: Python<'_>) -> PyResult<Bound<'_, PyType>> {
    static CLASS: pyo3::sync::PyOnceLock<Py<PyType>> = pyo3::sync::PyOnceLock::new();
    Ok(CLASS.import(py, "decimal", "Decimal")?.clone())
}

/// What one object is: missing, or a mantissa and its scale.
fn read(object: &Bound<'_, PyAny>, class: &Bound<'_, PyType>, row: usize) -> PyResult<Option<(i128, i32)>> {
    let whole = object.is_instance_of::<PyInt>() && !object.is_instance_of::<PyBool>();
    if object.is_instance(class)? || whole {
        let text = object.str()?;
        return parse(text.to_str()?).map_err(|()| {
            let much = "the value at {place} has more than 38 digits, the most a decimal can have here";
            Error::placed(much, row, 0).into()
        });
    }
    let missing = object.is_none()
        || object.cast::<PyFloat>().is_ok_and(|float| !float.value().is_finite())
        || matches!(object.get_type().name()?.to_str()?, "NAType" | "NaTType");
    if missing {
        return Ok(None);
    }
    let sentence = format!(
        "the value at {{place}} is {}, not a Decimal: its exact value is not known; give Decimals only, or floats only",
        object.repr()?.to_str()?.replace('{', "{{").replace('}', "}}")
    );
    Err(Error::placed(sentence, row, 0).into())
}

/// The mantissa and the scale of a decimal's text; none for NaN and infinities.
fn parse(text: &str) -> Result<Option<(i128, i32)>, ()> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return Ok(None);
    }
    let (digits, exponent) = match digits.split_once(['E', 'e']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().map_err(|_| ())?),
        None => (digits, 0),
    };
    let (mut mantissa, mut scale, mut point) = (0_i128, 0_i32, false);
    for c in digits.bytes() {
        if c == b'.' {
            point = true;
            continue;
        }
        mantissa = mantissa
            .checked_mul(10)
            .and_then(|m| m.checked_add(i128::from(c.wrapping_sub(b'0'))))
            .ok_or(())?;
        scale += i32::from(point);
    }
    scale = scale.checked_sub(exponent).ok_or(())?;
    if scale < 0 || mantissa == 0 {
        let zeros = scale.min(0).unsigned_abs();
        let power = if mantissa == 0 { Some(1) } else { 10_i128.checked_pow(zeros) };
        mantissa = power.and_then(|power| mantissa.checked_mul(power)).ok_or(())?;
        scale = scale.max(0);
    }
    if mantissa.unsigned_abs() >= 10_u128.pow(MOST_DIGITS) || scale > i32::try_from(MOST_DIGITS).unwrap_or(38)
    {
        return Err(());
    }
    Ok(Some((if negative { -mantissa } else { mantissa }, scale)))
}

/// The digits of a decimal and how many stand after the point; none where it is no number, or has too many.
///
/// # Errors
/// It has no text.
pub fn digits(decimal: &Bound<'_, PyAny>) -> PyResult<Option<(i128, u32)>> {
    let read = parse(decimal.str()?.to_str()?).ok().flatten();
    Ok(read.and_then(|(mantissa, scale)| Some((mantissa, u32::try_from(scale).ok()?))))
}

/// The decimals of a list, at the scale of the one with the most digits after the point.
///
/// # Errors
/// Something that is no Decimal, or a value beyond 38 digits at that scale.
pub fn import<'py>(objects: &Bound<'py, PyList>) -> PyResult<Bound<'py, PyAny>> {
    let py = objects.py();
    let class = class(py)?;
    let mut read_values = Vec::with_capacity(objects.len());
    for (row, object) in objects.iter().enumerate() {
        read_values.push(read(&object, &class, row)?);
    }
    let scale = read_values.iter().flatten().map(|&(_, scale)| scale).max().unwrap_or(0);
    let mut values = Vec::with_capacity(read_values.len());
    for (row, value) in read_values.into_iter().enumerate() {
        let Some((mantissa, own)) = value else {
            values.push(Decimal::MISSING);
            continue;
        };
        let more = (scale - own).unsigned_abs();
        let aligned = 10_i128.checked_pow(more).and_then(|power| mantissa.checked_mul(power));
        let Some(mantissa) = aligned.filter(|m| m.unsigned_abs() < 10_u128.pow(MOST_DIGITS)) else {
            let much = format!(
                "the value at {{place}} has more than 38 digits when it is given the {scale} decimals of the column"
            );
            return Err(Error::placed(much, row, 0).into());
        };
        values.push(Decimal(mantissa));
    }
    let scale = u32::try_from(scale)?;
    let spec = Spec { scale, precision: MOST_DIGITS, decimals: None, rounding: Rounding::HalfUp };
    Values::of(owned(py, vec![values.len()], values)?.into_any(), spec)
}

/// The decimals as objects, None where they are missing.
///
/// # Errors
/// No memory.
pub fn export<'py>(py: Python<'py>, values: &[Decimal], scale: u32) -> PyResult<Bound<'py, PyList>> {
    let class = class(py)?;
    let made = PyList::empty(py);
    for value in values {
        if value.is_missing() {
            made.append(py.None())?;
        } else {
            made.append(class.call1((text(value.0, scale),))?)?;
        }
    }
    Ok(made)
}

/// A mantissa with its point.
fn text(mantissa: i128, scale: u32) -> String {
    let scale = scale as usize;
    let sign = if mantissa < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", mantissa.unsigned_abs(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    if scale == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// Refuses what is not a list, in words.
///
/// # Errors
/// Something else.
pub fn list<'a, 'py>(object: &'a Bound<'py, PyAny>) -> PyResult<&'a Bound<'py, PyList>> {
    object.cast::<PyList>().map_err(|_| PyTypeError::new_err("expected a list of Decimals"))
}
