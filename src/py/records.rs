//! Bindings of records: a value among the earlier values of its series.

use pyo3::prelude::*;

/// Records: a value among the earlier values of its series.
#[pymodule(submodule)]
#[pyo3(name = "records")]
pub mod module {
    use super::super::options::{BaseArg, Count, SenseWord, UnitWord};
    use super::super::run::{Call, Rows, SlotsArg};
    use crate::indicators::bounds::{RankBounds, StreakBounds};
    use crate::indicators::records::{ExtremeSince, FromPeak, PreviousRecord, Rank, Record, Streak, ZScore};
    use crate::panel::Base;
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    type Any<'py> = Bound<'py, PyAny>;

    /// Whether a value lies strictly beyond all earlier ones: booleans; of bounds 0 no, 1 yes, 2 undecided.
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
        let call = Call::new(x, axis, slots.as_ref())?;
        let bounded = call.bounded();
        let marks = call.marks(py, &Record { sense: sense.0, season })?;
        if bounded { Ok(marks.into_any()) } else { marks.call_method1("view", ("bool",)) }
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
        Call::new(x, axis, slots.as_ref())?.rows(
            py,
            &PreviousRecord { sense: sense.0, season },
            "the previous record",
        )
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
        Call::new(x, axis, slots.as_ref())?.rows(
            py,
            &ExtremeSince { sense: sense.0 },
            "the last period as high (as low)",
        )
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
    ) -> PyResult<Any<'py>> {
        Call::new(x, axis, slots.as_ref())?.either(py, &Rank { season, whole }, &RankBounds { season, whole })
    }

    /// How many periods in a row the value rose (+) or fell (-) against its base.
    #[pyfunction]
    fn streak<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        base: BaseArg,
    ) -> PyResult<Any<'py>> {
        let call = Call::new(x, axis, slots.as_ref())?;
        let lag = match base.0 {
            Base::Lag(lag) => usize::try_from(lag).unwrap_or(0),
            Base::Table(_) | Base::Latest(_) => 0,
        };
        if call.bounded() && lag == 0 {
            return Err(PyValueError::new_err("a streak of rounded figures needs a lag of at least 1"));
        }
        call.either(py, &Streak { base: base.0 }, &StreakBounds { lag })
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
    ) -> PyResult<Any<'py>> {
        Call::new(x, axis, slots.as_ref())?.given(out)?.lane(py, &FromPeak { unit: unit.0 })
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
    ) -> PyResult<Any<'py>> {
        let kernel = ZScore { window: window.map(|w| w.0), ddof };
        Call::new(x, axis, slots.as_ref())?.given(out)?.floats(
            py,
            &kernel,
            "a z-score, which takes a square root,",
        )
    }
}
