//! Work without the GIL that Ctrl-C can end.

use crate::error::Result;
use crate::panel::Cancel;
use pyo3::prelude::*;
use std::sync::Mutex;

/// Runs work without the GIL; where it asks whether to end, the signals that Python received are handled.
///
/// # Errors
/// What the work says, or what a handler of a signal raised: the user's interruption.
pub fn interruptible<T: Send>(
    py: Python<'_>,
    work: impl FnOnce(&Cancel<'_>) -> Result<T> + Send,
) -> PyResult<T> {
    let raised = Mutex::new(None);
    let heard = || {
        let handled = Python::attach(|py: Python<'_>| py.check_signals());
        let ends = handled.is_err();
        if let (Err(error), Ok(mut raised)) = (handled, raised.lock()) {
            raised.get_or_insert(error);
        }
        ends
    };
    let result = py.detach(|| work(&Cancel::listening(&heard)));
    match raised.into_inner() {
        Ok(Some(error)) => Err(error),
        _ => result.map_err(PyErr::from),
    }
}
