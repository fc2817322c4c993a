//! Work without the GIL that Ctrl-C can end.

use crate::error::Result;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// From so many values on a call listens for Ctrl-C.
const LONG: usize = 1 << 20;

/// Runs work without the GIL; a long one on a thread of its own, while this one listens for Ctrl-C.
///
/// # Errors
/// What the work says, or the user's interruption.
pub fn interruptible<T: Send>(
    py: Python<'_>,
    size: usize,
    work: impl FnOnce(&AtomicBool) -> Result<T> + Send,
) -> PyResult<T> {
    let cancel = AtomicBool::new(false);
    if size < LONG {
        return py.detach(|| work(&cancel)).map_err(PyErr::from);
    }
    py.detach(|| {
        std::thread::scope(|scope| {
            let (done, finished) = channel::<()>();
            let cancel = &cancel;
            let worker = scope.spawn(move || {
                let result = work(cancel);
                drop(done); // wakes the listener
                result
            });
            let mut raised = None;
            while finished.recv_timeout(Duration::from_millis(50)) == Err(RecvTimeoutError::Timeout) {
                if let Err(error) = Python::attach(|py: Python<'_>| Python::check_signals(py)) {
                    cancel.store(true, Ordering::Relaxed);
                    raised = Some(error);
                }
            }
            let result = worker.join();
            match (raised, result) {
                (Some(error), _) => Err(error),
                (None, Ok(result)) => result.map_err(PyErr::from),
                (None, Err(_)) => {
                    Err(PyRuntimeError::new_err("a kernel failed; please report this as a bug"))
                }
            }
        })
    })
}
