//! Bindings of the trend filters: each gives the parts of its result, and the figures that come with it.

use pyo3::prelude::*;

/// Trend filters: each gives the parts of its result, and the figures that come with it.
#[pymodule(submodule)]
#[pyo3(name = "trend")]
pub mod module {
    use super::super::options::word;
    use super::super::run::{Call, Floats, SlotsArg};
    use crate::trend::band_pass::{Band, BaxterKing, ChristianoFitzgerald};
    use crate::trend::beveridge_nelson::BeveridgeNelson;
    use crate::trend::boosted::{Boosted, Stop};
    use crate::trend::hamilton::Hamilton;
    use crate::trend::henderson::HendersonTrend;
    use crate::trend::hp::{Hp, OneSided};
    use crate::trend::stl::{Mstl, Options, Smoother, Stl};
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    type Any<'py> = Bound<'py, PyAny>;
    type Parts<'py> = PyResult<(Vec<Floats<'py>>, Floats<'py>)>;

    /// The Hodrick-Prescott filter: trend, cycle.
    #[pyfunction]
    fn hp<'py>(py: Python<'py>, x: &Any<'py>, axis: isize, slots: SlotsArg<'py>, lamb: f64) -> Parts<'py> {
        Call::new(x, axis, slots.as_ref())?.blocks(py, &Hp::new(lamb)?)
    }

    /// The one-sided Hodrick-Prescott filter: trend, cycle.
    #[pyfunction]
    fn one_sided_hp<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        lamb: f64,
    ) -> Parts<'py> {
        Call::new(x, axis, slots.as_ref())?.blocks(py, &OneSided::new(lamb)?)
    }

    /// The boosted Hodrick-Prescott filter: trend, cycle; the number of iterations.
    #[pyfunction]
    fn boosted_hp<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        lamb: f64,
        stop: &Any<'py>,
        iterations: isize,
    ) -> Parts<'py> {
        let stop = word(stop, "stop", &[("bic", Stop::Bic), ("adf", Stop::Adf), ("none", Stop::Never)])?;
        Call::new(x, axis, slots.as_ref())?
            .blocks(py, &Boosted::new(lamb, stop, count("iterations", iterations)?)?)
    }

    /// Hamilton's filter: trend, cycle; the coefficients.
    #[pyfunction]
    fn hamilton<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        h: isize,
        p: isize,
    ) -> Parts<'py> {
        Call::new(x, axis, slots.as_ref())?.blocks(py, &Hamilton::new(count("h", h)?, count("p", p)?)?)
    }

    /// The Baxter-King filter: the rest, cycle.
    #[pyfunction]
    fn baxter_king<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        low: f64,
        high: f64,
        k: isize,
    ) -> Parts<'py> {
        let filter = BaxterKing::new(Band::new(low, high)?, count("k", k)?)?;
        Call::new(x, axis, slots.as_ref())?.blocks(py, &filter)
    }

    /// The Christiano-Fitzgerald filter: the rest, cycle.
    #[pyfunction]
    fn christiano_fitzgerald<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        low: f64,
        high: f64,
        drift: bool,
    ) -> Parts<'py> {
        let filter = ChristianoFitzgerald::new(Band::new(low, high)?, drift);
        Call::new(x, axis, slots.as_ref())?.blocks(py, &filter)
    }

    /// The Beveridge-Nelson decomposition: trend, cycle; mean growth, constant, coefficients.
    #[pyfunction]
    fn beveridge_nelson<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        p: isize,
    ) -> Parts<'py> {
        Call::new(x, axis, slots.as_ref())?.blocks(py, &BeveridgeNelson::new(count("p", p)?)?)
    }

    /// The Henderson average: trend, the rest.
    #[pyfunction]
    fn henderson<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        terms: isize,
        ic: f64,
    ) -> Parts<'py> {
        Call::new(x, axis, slots.as_ref())?.blocks(py, &HendersonTrend::new(count("terms", terms)?, ic)?)
    }

    /// The options of STL as they come: the period; window, degree and jump of each smoother; rounds.
    type StlArg = (isize, [isize; 3], [isize; 3], [isize; 3], isize, isize);

    fn options((period, seasonal, trend, low_pass, inner, outer): StlArg) -> PyResult<Options> {
        let smoother = |name: &str, [window, degree, jump]: [isize; 3]| {
            if degree != 0 && degree != 1 {
                return Err(PyValueError::new_err(format!("{name}_degree must be 0 or 1, not {degree}")));
            }
            let (window, jump) = (count(name, window)?, count(&format!("{name}_jump"), jump)?);
            Ok(Smoother { window, line: degree == 1, jump })
        };
        Ok(Options {
            period: count("period", period)?,
            seasonal: smoother("seasonal", seasonal)?,
            trend: smoother("trend", trend)?,
            low_pass: smoother("low_pass", low_pass)?,
            inner: count("inner", inner)?,
            outer: count("outer", outer)?,
        })
    }

    /// Seasonal and trend decomposition by loess: trend, seasonal, residual.
    #[pyfunction]
    fn stl<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        options: StlArg,
    ) -> Parts<'py> {
        Call::new(x, axis, slots.as_ref())?.blocks(py, &Stl::new(self::options(options)?)?)
    }

    /// The same for several periods: trend, residual, a seasonal each.
    #[pyfunction]
    fn mstl<'py>(
        py: Python<'py>,
        x: &Any<'py>,
        axis: isize,
        slots: SlotsArg<'py>,
        options: Vec<StlArg>,
        iterations: isize,
    ) -> Parts<'py> {
        let options = options.into_iter().map(self::options).collect::<PyResult<_>>()?;
        let filter = Mstl::new(options, count("iterations", iterations)?)?;
        Call::new(x, axis, slots.as_ref())?.blocks(py, &filter)
    }

    /// A count that must not be negative.
    fn count(argument: &str, value: isize) -> PyResult<usize> {
        usize::try_from(value)
            .map_err(|_| PyValueError::new_err(format!("{argument} must not be negative, not {value}")))
    }
}
