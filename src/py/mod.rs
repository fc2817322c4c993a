//! The bindings: three lines a function, one file per family. The only floor that knows Python.

use pyo3::prelude::*;

/// The compiled core of paimana; the public functions are in the package above it.
#[pymodule(gil_used = false)]
mod _core {}
