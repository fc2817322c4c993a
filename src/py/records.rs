//! Bindings of records: a value among the earlier values of its series.

use pyo3::prelude::*;

/// Records: a value among the earlier values of its series.
#[pymodule(submodule)]
#[pyo3(name = "records")]
pub mod module {
    use super::super::options::{BaseArg, Count, SenseWord, UnitWord};
    use super::super::run::{Call, Floats, SlotsArg};
    use crate::indicators::records::{ExtremeSince, FromPeak, PreviousRecord, Rank, Record, Streak, ZScore};
    use numpy::PyArrayDyn;
    use pyo3::prelude::*;

    type Any<'py> = Bound<'py, PyAny>;
    type Rows<'py> = Bound<'py, PyArrayDyn<i64>>;

    /// Whether a value lies strictly beyond all earlier ones.
    #[pyfunction]
    #[pyo3(signature = (x, axis, slots, sense, season=None))]
    fn record<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        sense: SenseWord,
        season: Option<usize>,
    ) -> PyResult<Any<'py>> {
        let flags = Call::new(x, axis, slots.as_ref())?.lane(py, &Record { sense: sense.0, season })?;
        flags.call_method1("view", ("bool",))
    }

    /// The row of the record that stood before each row, -1 for none.
    #[pyfunction]
    #[pyo3(signature = (x, axis, slots, sense, season=None))]
    fn previous_record<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        sense: SenseWord,
        season: Option<usize>,
    ) -> PyResult<Rows<'py>> {
        Call::new(x, axis, slots.as_ref())?.rows(py, &PreviousRecord { sense: sense.0, season })
    }

    /// The row of the last earlier period at least as high (as low), -1 for none.
    #[pyfunction]
    fn highest_since<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        sense: SenseWord,
    ) -> PyResult<Rows<'py>> {
        Call::new(x, axis, slots.as_ref())?.rows(py, &ExtremeSince { sense: sense.0 })
    }

    /// The rank of every value, 1 for the highest.
    #[pyfunction]
    #[pyo3(signature = (x, axis, slots, season=None, whole=false))]
    fn rank<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        season: Option<usize>,
        whole: bool,
    ) -> PyResult<Floats<'py>> {
        Call::new(x, axis, slots.as_ref())?.lane(py, &Rank { season, whole })
    }

    /// How many periods in a row the value rose (+) or fell (-) against its base.
    #[pyfunction]
    fn streak<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        base: BaseArg,
    ) -> PyResult<Floats<'py>> {
        Call::new(x, axis, slots.as_ref())?.lane(py, &Streak { base: base.0 })
    }

    /// The distance from the highest value so far.
    #[pyfunction]
    #[pyo3(signature = (x, axis, slots, unit, out=None))]
    fn from_peak<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        unit: UnitWord,
        out: Option<Any<'py>>,
    ) -> PyResult<Floats<'py>> {
        Call::new(x, axis, slots.as_ref())?.given(out).floats(py, &FromPeak { unit: unit.0 })
    }

    /// The distance from the mean in standard deviations.
    #[pyfunction]
    #[pyo3(signature = (x, axis, slots, window, ddof, out=None))]
    fn zscore<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        window: Option<Count>,
        ddof: usize,
        out: Option<Any<'py>>,
    ) -> PyResult<Floats<'py>> {
        let kernel = ZScore { window: window.map(|w| w.0), ddof };
        Call::new(x, axis, slots.as_ref())?.given(out).floats(py, &kernel)
    }
}
