//! The series of a long table, as Python holds them, and what the place of rows in time can be.

use super::array::filled;
use super::interrupt::interruptible;
use crate::panel::periods::{Frequency, Stamp};
use crate::panel::{
    KeyColumn, Layout, Strings, Table, Texts, Views, codes_of_texts as find_codes, packed as find_packed,
    places as find_places,
};
use numpy::{IntoPyArray, PyArray1, PyArrayMethods, PyReadonlyArray1};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// Keys as they come.
#[derive(FromPyObject)]
pub enum Keys<'py> {
    /// Of eight bytes.
    Full(PyReadonlyArray1<'py, i64>),
    /// Of four.
    Half(PyReadonlyArray1<'py, i32>),
    /// Of two.
    Short(PyReadonlyArray1<'py, i16>),
    /// Of one.
    Bytes(PyReadonlyArray1<'py, i8>),
}

/// The same expression for the slice of keys of each width.
macro_rules! with_keys {
    ($keys:expr, $slice:ident => $body:expr) => { with_keys!($keys, $slice => $body; Full Half Short Bytes) };
    ($keys:expr, $slice:ident => $body:expr; $($width:ident)*) => {
        match $keys {
            $(Keys::$width(keys) => {
                let $slice = keys.as_slice()?;
                $body
            })*
        }
    };
}

impl Keys<'_> {
    /// The slice of keys.
    fn column(&self) -> PyResult<KeyColumn<'_>> {
        Ok(match self {
            Self::Full(keys) => KeyColumn::Full(keys.as_slice()?),
            Self::Half(keys) => KeyColumn::Half(keys.as_slice()?),
            Self::Short(keys) => KeyColumn::Short(keys.as_slice()?),
            Self::Bytes(keys) => KeyColumn::Bytes(keys.as_slice()?),
        })
    }
}

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
        let layout = {
            let slots = periods.as_slice()?;
            with_keys!(&keys, keys => interruptible(py, |cancel| Layout::new(keys, slots, cancel)))?
        };
        Ok(Self { layout, slots: slots.unbind() })
    }

    /// From a key for each row: rows of equal key are a group, in their order. Gives the number of each row's group, too.
    #[staticmethod]
    fn alike<'py>(py: Python<'py>, keys: Keys<'_>) -> PyResult<(Bound<'py, PyArray1<i32>>, Self)> {
        let rows = keys.column()?.rows();
        let (numbers, (slots, layout)) = filled(py, rows, |numbers| {
            filled(py, rows, |places| {
                with_keys!(&keys, keys => {
                    interruptible(py, |cancel| Layout::alike(keys, numbers, places, cancel))
                })
            })
        })?;
        Ok((numbers, Self { layout, slots: slots.unbind() }))
    }

    /// The number of series.
    fn __len__(&self) -> usize {
        self.layout.groups()
    }
}

/// Period numbers as they come.
#[derive(FromPyObject)]
enum Periods<'py> {
    Narrow(PyReadonlyArray1<'py, i32>),
    Wide(PyReadonlyArray1<'py, i64>),
}

/// The keys of several columns as one number a row, in their order; none where they may have no room in 31 bits.
#[pyfunction]
pub fn packed<'py>(py: Python<'py>, columns: Vec<Keys<'_>>) -> PyResult<Option<Bound<'py, PyArray1<i32>>>> {
    let columns = columns.iter().map(Keys::column).collect::<PyResult<Vec<_>>>()?;
    let rows = columns.first().map_or(0, KeyColumn::rows);
    let (numbers, room) =
        filled(py, rows, |numbers| interruptible(py, |cancel| find_packed(&columns, numbers, cancel)))?;
    Ok(room.then_some(numbers))
}

/// The ordinal of the earliest period, the number of periods, and the number of each row's; the series, if they were found.
type PlacesFound<'py> = (i64, i64, Bound<'py, PyArray1<i32>>, Option<Groups>);

/// The period of each of many stamps: the ordinal of the earliest, how many there are, and the number of each row's; and
/// the groups of the rows, where those of each key lie together and in order.
///
/// `unit`, `of` and `shift` are those of `periods`. None where a stamp is missing or outside of the calendar, or where
/// the stamps count periods of another frequency.
#[pyfunction]
#[pyo3(signature = (keys, stamps, unit, freq, of=None, shift=0))]
pub fn places<'py>(
    py: Python<'py>,
    keys: Keys<'py>,
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
    let (slots, found) = filled(py, stamps.len(), |slots| {
        with_keys!(&keys, keys => {
            interruptible(py, |cancel| find_places(keys, stamps, unit, frequency, slots, cancel))
        })
    })?;
    slots.call_method1("setflags", (false,))?; // the groups read them again
    Ok(found.map(|(places, layout)| {
        let groups = layout.map(|layout| Groups { layout, slots: slots.clone().unbind() });
        (places.start, places.span, slots, groups)
    }))
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
    match &offsets {
        Offsets::Large(offsets) => codes(py, &Strings { offsets: offsets.as_slice()?, bytes }),
        Offsets::Small(offsets) => codes(py, &Strings { offsets: offsets.as_slice()?, bytes }),
    }
}

/// The texts of a column of views of sixteen bytes, which lie in them and in buffers, numbered in the same way.
#[pyfunction]
pub fn codes_of_views<'py>(
    py: Python<'py>,
    views: PyReadonlyArray1<'py, u8>,
    buffers: Vec<PyReadonlyArray1<'py, u8>>,
) -> PyResult<Bound<'py, PyArray1<i32>>> {
    let (views, _) = views.as_slice()?.as_chunks();
    let buffers = buffers.iter().map(|buffer| buffer.as_slice()).collect::<Result<_, _>>()?;
    codes(py, &Views { views, buffers })
}

fn codes<'py>(py: Python<'py>, texts: &(impl Texts + Send)) -> PyResult<Bound<'py, PyArray1<i32>>> {
    let (codes, found) =
        filled(py, texts.rows(), |codes| interruptible(py, |cancel| find_codes(texts, codes, cancel)))?;
    if !found {
        return Err(PyValueError::new_err("a text lies outside of the memory of its column"));
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
