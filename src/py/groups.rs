//! The series of a long table, as Python holds them, and what the place of rows in time can be.

use super::interrupt::interruptible;
use crate::panel::periods::{Frequency, Stamp};
use crate::panel::{Key, Table, codes_of_texts as find_codes, places as find_places};
use numpy::{Element, IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::sync::Arc;

/// The rows of a long table, told apart by key and period.
#[pyclass(frozen, module = "paimana._core")]
pub struct Groups(Arc<Table>);

impl Groups {
    /// The table.
    #[must_use]
    pub fn table(&self) -> Arc<Table> {
        Arc::clone(&self.0)
    }
}

#[pymethods]
impl Groups {
    /// From a key, a whole number of any width, and a period number from 0 for each row.
    #[new]
    fn new(py: Python<'_>, keys: Keys<'_>, slots: Periods<'_>) -> PyResult<Self> {
        let narrowed;
        let slots = match &slots {
            Periods::Narrow(slots) => slots.as_slice()?,
            Periods::Wide(slots) => {
                let narrow = slots.as_array().iter().map(|&slot| i32::try_from(slot)).collect();
                let beyond = |_| PyValueError::new_err("a period number has more than 31 bits");
                narrowed = Result::<Vec<i32>, _>::map_err(narrow, beyond)?;
                &narrowed
            }
        };
        let table = match keys {
            Keys::Bytes(keys) => table(py, &keys, slots),
            Keys::Short(keys) => table(py, &keys, slots),
            Keys::Half(keys) => table(py, &keys, slots),
            Keys::Full(keys) => table(py, &keys, slots),
        };
        Ok(Self(Arc::new(table?)))
    }

    /// The number of series.
    fn __len__(&self) -> usize {
        self.0.groups()
    }
}

/// Keys as they come.
#[derive(FromPyObject)]
enum Keys<'py> {
    Full(PyReadonlyArray1<'py, i64>),
    Half(PyReadonlyArray1<'py, i32>),
    Short(PyReadonlyArray1<'py, i16>),
    Bytes(PyReadonlyArray1<'py, i8>),
}

/// Period numbers as they come.
#[derive(FromPyObject)]
enum Periods<'py> {
    Narrow(PyReadonlyArray1<'py, i32>),
    Wide(PyReadonlyArray1<'py, i64>),
}

fn table<K: Key + Element>(py: Python<'_>, keys: &PyReadonlyArray1<'_, K>, slots: &[i32]) -> PyResult<Table> {
    let keys = keys.as_slice()?;
    Ok(py.detach(|| Table::new(keys, slots))?)
}

/// The ordinal of the earliest period, the number of periods, and the number of each row's.
type PlacesFound<'py> = (i64, i64, Bound<'py, PyArray1<i32>>);

/// The period of each of many stamps: the ordinal of the earliest, how many there are, and the number of each row's.
///
/// `unit`, `of` and `shift` are those of `periods`. None where a stamp is missing or outside of the calendar, or where
/// the stamps count periods of another frequency.
#[pyfunction]
#[pyo3(signature = (stamps, unit, freq, of=None, shift=0))]
pub fn places<'py>(
    py: Python<'py>,
    stamps: PyReadonlyArray1<'py, i64>,
    unit: &str,
    freq: &str,
    of: Option<&str>,
    shift: i64,
) -> PyResult<Option<PlacesFound<'py>>> {
    let frequency = Frequency::parse(freq)?;
    let unit = match of {
        Some(own) => Stamp::Ordinals(Frequency::parse(own)?, shift),
        None => Stamp::parse(unit)?,
    };
    let stamps = stamps.as_slice()?;
    let found = interruptible(py, stamps.len(), |cancel| find_places(stamps, unit, frequency, cancel))?;
    Ok(found.map(|found| (found.start, found.span, found.slots.into_pyarray(py))))
}

/// The offsets of texts as Arrow has them.
#[derive(FromPyObject)]
pub enum Offsets<'py> {
    /// Of large strings.
    Large(PyReadonlyArray1<'py, i64>),
    /// Of strings.
    Small(PyReadonlyArray1<'py, i32>),
}

/// The texts that lie in `data` from each offset to the next, numbered from 0 in the order of their first rows.
#[pyfunction]
pub fn codes_of_texts<'py>(
    py: Python<'py>,
    offsets: Offsets<'py>,
    data: PyReadonlyArray1<'py, u8>,
) -> PyResult<Bound<'py, PyArray1<i32>>> {
    let bytes = data.as_slice()?;
    let found = match offsets {
        Offsets::Large(offsets) => {
            let offsets = offsets.as_slice()?;
            py.detach(|| find_codes(offsets, bytes))
        }
        Offsets::Small(offsets) => {
            let offsets = offsets.as_slice()?;
            py.detach(|| find_codes(offsets, bytes))
        }
    };
    let codes =
        found.ok_or_else(|| PyValueError::new_err("the offsets of the texts lie outside of their bytes"))?;
    Ok(codes.into_pyarray(py))
}

/// The place of the rows in time: period numbers of one series or of several beside each other, or a long table.
pub enum Place<'py> {
    /// The period number of each row.
    Slots(PyReadonlyArray1<'py, i64>),
    /// The series that the rows belong to.
    Table(Bound<'py, Groups>),
}

impl<'a, 'py> FromPyObject<'a, 'py> for Place<'py> {
    type Error = PyErr;
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(groups) = object.cast::<Groups>() {
            return Ok(Self::Table(groups.to_owned()));
        }
        Ok(Self::Slots(object.extract()?))
    }
}
