//! Errors of the core as Python exceptions.

use crate::error::Error;
use pyo3::PyErr;
use pyo3::exceptions::{PyKeyboardInterrupt, PyValueError};

pyo3::create_exception!(
    paimana._core,
    PlacedError,
    PyValueError,
    "Something wrong at one place of the data: the sentence, with \"{place}\" in it, the row and the series."
);

pyo3::create_exception!(
    paimana._core,
    AbsentError,
    PyValueError,
    "A period that no row lies in, where that is an error: its number from the first period."
);

pyo3::create_exception!(
    paimana._core,
    RepeatedError,
    PyValueError,
    "Two rows of one period, where each must have its own."
);

impl From<Error> for PyErr {
    fn from(error: Error) -> Self {
        match error {
            Error::Placed { sentence, row, lane } => PlacedError::new_err((sentence, row, lane)),
            Error::Absent { slot } => AbsentError::new_err(slot),
            Error::Repeated(sentence) => RepeatedError::new_err(sentence),
            Error::Interrupted => PyKeyboardInterrupt::new_err(()),
            Error::Invalid(sentence) => PyValueError::new_err(sentence),
        }
    }
}
