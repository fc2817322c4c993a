//! The bindings: three lines a function, one file per family. The only floor that knows Python.

// PyO3 hands the arguments of a function over by value.
#![allow(clippy::needless_pass_by_value)]

mod adjust;
mod amount;
mod array;
mod arrow;
mod audit;
mod calendar;
mod controlled;
mod error;
mod groups;
mod growth;
mod interrupt;
mod job;
mod kind;
mod objects;
mod options;
mod periods;
mod records;
mod run;
mod seasonal;
mod shares;
mod table;
mod totals;
mod trend;
mod values;

use pyo3::prelude::*;

/// The compiled core of paimana; the public functions are in the package above it.
#[pymodule(gil_used = false)]
mod _core {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::amount::module as amount;
    #[pymodule_export]
    use super::arrow::observed;
    #[pymodule_export]
    use super::audit::module as audit;
    #[pymodule_export]
    use super::calendar::module as calendar;
    #[pymodule_export]
    use super::controlled::module as controlled;
    #[pymodule_export]
    use super::error::{AbsentError, PlacedError, RepeatedError};
    #[pymodule_export]
    use super::groups::{Groups, codes_of_texts, codes_of_views, packed, places};
    #[pymodule_export]
    use super::growth::module as growth;
    #[pymodule_export]
    use super::periods::periods;
    #[pymodule_export]
    use super::records::module as records;
    #[pymodule_export]
    use super::seasonal::module as seasonal;
    #[pymodule_export]
    use super::shares::module as shares;
    #[pymodule_export]
    use super::totals::module as totals;
    #[pymodule_export]
    use super::trend::module as trend;
    #[pymodule_export]
    use super::values::Values;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        super::array::make_dtypes(module.py())?;
        module.add("MOST_THREADS", crate::panel::threads::MOST)?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }

    /// The number of threads that work on a call.
    #[pyfunction]
    fn get_threads() -> PyResult<usize> {
        Ok(crate::panel::threads::threads()?)
    }

    /// Sets the number of threads that work on a call, from 1 to `MOST_THREADS`.
    #[pyfunction]
    fn set_threads(threads: &Bound<'_, PyAny>) -> PyResult<()> {
        use crate::panel::threads::MOST;
        use pyo3::exceptions::{PyTypeError, PyValueError};
        let said =
            || format!("the number of threads must be a whole number, from 1 to {MOST}, not {threads:?}");
        if !threads.is_instance_of::<pyo3::types::PyInt>() {
            return Err(PyTypeError::new_err(said()));
        }
        let threads = threads.extract::<usize>().map_err(|_| PyValueError::new_err(said()))?;
        Ok(crate::panel::threads::set_threads(threads)?)
    }
}
