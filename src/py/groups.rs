//! The series of a long table, as Python holds them, and what the place of rows in time can be.

use super::interrupt::interruptible;
use crate::panel::periods::{Frequency, Stamp};
use crate::panel::{Key, Layout, Table, codes_of_texts as find_codes, places as find_places};
use numpy::{Element, IntoPyArray, PyArray1, PyArrayMethods, PyReadonlyArray1};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// The rows of a long table, told apart by key and period.
#[pyclass(frozen, module = "paimana._core")]
pub struct Groups {
    layout: Layout,
    /// The period number of each row, in the memory where they were found: a copy would cost as much as a kernel.
    slots: Py<PyArray1<i32>>,
}

/// The series of a long table while a call works on them.
pub struct Rows<'py> {
    groups: Bound<'py, Groups>,
    slots: PyReadonlyArray1<'py, i32>,
}

impl<'py> Rows<'py> {
    /// Borrows the period numbers.
    ///
    /// # Errors
    /// Somebody is writing them.
    pub fn new(groups: &Bound<'py, Groups>) -> PyResult<Self> {
        let slots = groups.get().slots.bind(groups.py()).try_readonly()?;
        Ok(Self { groups: groups.clone(), slots })
    }

    /// The table.
    ///
    /// # Errors
    /// None: the period numbers are those that the series were found with.
    pub fn table(&self) -> PyResult<Table<'_>> {
        Ok(self.groups.get().layout.table(self.slots.as_slice()?)?)
    }
}

#[pymethods]
impl Groups {
    /// From a key, a whole number of any width, and a period number from 0 for each row.
    #[new]
    fn new(py: Python<'_>, keys: Keys<'_>, slots: Periods<'_>) -> PyResult<Self> {
        let slots = match &slots {
            Periods::Narrow(slots) => (**slots).clone(),
            Periods::Wide(slots) => {
                let narrow = slots.as_array().iter().map(|&slot| i32::try_from(slot)).collect();
                let beyond = |_| PyValueError::new_err("a period number has more than 31 bits");
                Result::<Vec<i32>, _>::map_err(narrow, beyond)?.into_pyarray(py)
            }
        };
        let periods = slots.try_readonly()?;
        let layout = match keys {
            Keys::Bytes(keys) => layout(py, &keys, periods.as_slice()?),
            Keys::Short(keys) => layout(py, &keys, periods.as_slice()?),
            Keys::Half(keys) => layout(py, &keys, periods.as_slice()?),
            Keys::Full(keys) => layout(py, &keys, periods.as_slice()?),
        };
        Ok(Self { layout: layout?, slots: slots.unbind() })
    }

    /// The number of series.
    fn __len__(&self) -> usize {
        self.layout.groups()
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

fn layout<K: Key + Element>(
    py: Python<'_>,
    keys: &PyReadonlyArray1<'_, K>,
    slots: &[i32],
) -> PyResult<Layout> {
    let keys = keys.as_slice()?;
    interruptible(py, slots.len(), |cancel| Layout::new(keys, slots, cancel))
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
    let slots = PyArray1::<i32>::zeros(py, stamps.len(), false);
    let mut writable = slots.try_readwrite()?;
    let out = writable.as_slice_mut()?;
    let found = interruptible(py, stamps.len(), |cancel| find_places(stamps, unit, frequency, out, cancel))?;
    drop(writable);
    Ok(found.map(|found| (found.start, found.span, slots)))
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
    let rows = match &offsets {
        Offsets::Large(offsets) => offsets.len()?,
        Offsets::Small(offsets) => offsets.len()?,
    };
    let codes = PyArray1::<i32>::zeros(py, rows.saturating_sub(1), false);
    let mut writable = codes.try_readwrite()?;
    let out = writable.as_slice_mut()?;
    let found = match &offsets {
        Offsets::Large(offsets) => {
            let offsets = offsets.as_slice()?;
            interruptible(py, rows, |cancel| find_codes(offsets, bytes, out, cancel))
        }
        Offsets::Small(offsets) => {
            let offsets = offsets.as_slice()?;
            interruptible(py, rows, |cancel| find_codes(offsets, bytes, out, cancel))
        }
    };
    drop(writable);
    if !found? {
        return Err(PyValueError::new_err("the offsets of the texts lie outside of their bytes"));
    }
    Ok(codes)
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
