//! The bindings: three lines a function, one file per family. The only floor that knows Python.

use pyo3::prelude::*;

mod seasonal;

/// The compiled core of paimana; the public functions are in the package above it.
#[pymodule(gil_used = false)]
mod _core {
    #[pymodule_export]
    use super::seasonal::{X11Options, X11Run, x11};
}
