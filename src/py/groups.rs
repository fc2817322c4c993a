//! The series of a long table, as Python holds them, and what the place of rows in time can be.

use crate::panel::Table;
use numpy::{PyArrayMethods, PyReadonlyArray1};
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
    /// From a key and a period number for each row, both from 0.
    #[new]
    fn new(
        py: Python<'_>,
        keys: PyReadonlyArray1<'_, i64>,
        slots: PyReadonlyArray1<'_, i64>,
    ) -> PyResult<Self> {
        let (keys, slots) = (keys.to_vec()?, slots.to_vec()?);
        Ok(Self(Arc::new(py.detach(|| Table::new(&keys, &slots))?)))
    }

    /// The number of series.
    fn __len__(&self) -> usize {
        self.0.groups()
    }
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
