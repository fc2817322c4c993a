//! The series of a long table, as Python holds them, and what the place of rows in time can be.

use crate::panel::Table;
use numpy::{IntoPyArray, PyArray1, PyArrayMethods, PyReadonlyArray1};
use pyo3::prelude::*;
use std::sync::Arc;

type Numbers<'py> = Bound<'py, PyArray1<i64>>;

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

    /// Whether the rows lie in the order of keys and periods.
    #[getter]
    fn sorted(&self) -> bool {
        self.0.is_sorted()
    }

    /// The first row and the last row of each series, and the number of its rows.
    fn ends<'py>(&self, py: Python<'py>) -> (Numbers<'py>, Numbers<'py>, Numbers<'py>) {
        let number = |n: usize| i64::try_from(n).unwrap_or(-1);
        let column = |of: &dyn Fn(&[usize]) -> usize| -> Numbers<'py> {
            self.0.starts().windows(2).map(|ends| number(of(ends))).collect::<Vec<_>>().into_pyarray(py)
        };
        (
            column(&|ends| self.0.row(ends[0])),
            column(&|ends| self.0.row(ends[1] - 1)),
            column(&|ends| ends[1] - ends[0]),
        )
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
