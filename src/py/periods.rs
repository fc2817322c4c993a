//! Binding of `panel::periods`: from the stamps of an index to the frequency and the period number of every row.

use numpy::{IntoPyArray, PyArray1, PyArrayMethods};
use pyo3::prelude::*;

use crate::panel::periods::{Frequency, Periods, Stamp, periods as find};

type Found<'py> = (&'static str, i64, Option<Bound<'py, PyArray1<i64>>>, i64);

/// The frequency, the ordinal of the first period, the slot of each row (None where row i is period i) and the number
/// of periods from the first to the last, of `stamps` that count `unit` since 1970.
///
/// With `unit="ordinal"` the stamps are periods of the frequency `of`, and `shift` is added to give ordinals.
#[pyfunction]
#[pyo3(signature = (stamps, unit, freq=None, of=None, shift=0))]
pub fn periods<'py>(
    py: Python<'py>,
    stamps: &Bound<'py, PyArray1<i64>>,
    unit: &str,
    freq: Option<&str>,
    of: Option<&str>,
    shift: i64,
) -> PyResult<Found<'py>> {
    let stamp = match of {
        Some(own) => Frequency::parse(own).map(|frequency| Stamp::Ordinals(frequency, shift)),
        None => Stamp::parse(unit),
    };
    let frequency = freq.map(Frequency::parse).transpose();
    let readonly = stamps.try_readonly()?;
    let view = readonly.as_array();
    let Periods { frequency, start, span, slots } =
        py.detach(|| find(view.iter().copied(), stamp?, frequency?))?;
    Ok((frequency.letter(), start, slots.map(|slots| slots.into_pyarray(py)), span))
}
