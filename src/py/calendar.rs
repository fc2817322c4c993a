//! Bindings of the calendar: columns over `n` consecutive periods from the ordinal `first` of a frequency.

use pyo3::prelude::*;

/// Regressors of the calendar: trading days, leap years, Easter, outliers.
#[pymodule(submodule)]
#[pyo3(name = "calendar")]
pub mod module {
    use crate::error::{Error, Result};
    use crate::panel::periods::Frequency;
    use crate::seasonal::calendar::{self, Centre, Grid, Hijri, Outlier, Share, Spell, Weekend, Weekends};
    use numpy::{IntoPyArray, PyArray1};
    use pyo3::prelude::*;

    type Column<'py> = Bound<'py, PyArray1<f64>>;

    fn grid(freq: &str, first: i64, n: usize) -> Result<Grid> {
        Grid::new(Frequency::parse(freq)?, first, n)
    }

    /// Weekends by name, each with the day from which it holds.
    fn weekends(dated: Vec<(i64, String)>) -> Result<Weekends> {
        let named: Result<Vec<_>> =
            dated.into_iter().map(|(from, name)| Ok((from, Weekend::named(&name)?))).collect();
        Weekends::new(named?)
    }

    /// The six contrasts of trading days.
    #[pyfunction]
    fn trading_days<'py>(
        py: Python<'py>,
        freq: &str,
        first: i64,
        n: usize,
        weekend: Vec<(i64, String)>,
    ) -> PyResult<Vec<Column<'py>>> {
        let columns = calendar::trading_days(&grid(freq, first, n)?, &weekends(weekend)?)?;
        Ok(columns.map(|column| column.into_pyarray(py)).into())
    }

    /// The six contrasts for stocks measured on a day of the month.
    #[pyfunction]
    fn stock_trading_days<'py>(
        py: Python<'py>,
        freq: &str,
        first: i64,
        n: usize,
        weekend: Vec<(i64, String)>,
        day: i64,
    ) -> PyResult<Vec<Column<'py>>> {
        let columns = calendar::stock_trading_days(&grid(freq, first, n)?, &weekends(weekend)?, day)?;
        Ok(columns.map(|column| column.into_pyarray(py)).into())
    }

    /// Working days less weighted days of rest.
    #[pyfunction]
    fn weekday_contrast<'py>(
        py: Python<'py>,
        freq: &str,
        first: i64,
        n: usize,
        weekend: Vec<(i64, String)>,
    ) -> PyResult<Column<'py>> {
        Ok(calendar::weekday_contrast(&grid(freq, first, n)?, &weekends(weekend)?)?.into_pyarray(py))
    }

    /// The number of days that are neither days of rest nor holidays.
    #[pyfunction]
    fn working_days<'py>(
        py: Python<'py>,
        freq: &str,
        first: i64,
        n: usize,
        weekend: Vec<(i64, String)>,
        holidays: Vec<i64>,
    ) -> PyResult<Column<'py>> {
        let mut holidays = holidays;
        holidays.sort_unstable();
        Ok(calendar::working_days(&grid(freq, first, n)?, &weekends(weekend)?, &holidays).into_pyarray(py))
    }

    /// A column of lengths by its name: `lpyear`, `leap_factor`, `lom` or `loq`.
    #[pyfunction]
    fn length<'py>(py: Python<'py>, freq: &str, first: i64, n: usize, name: &str) -> PyResult<Column<'py>> {
        let grid = grid(freq, first, n)?;
        let column = match name {
            "lpyear" => calendar::leap_year(&grid),
            "leap_factor" => calendar::leap_factor(&grid),
            "lom" => calendar::length(&grid, Frequency::Monthly),
            "loq" => calendar::length(&grid, Frequency::Quarterly),
            _ => {
                Err(Error::invalid(format!("{name:?} is not a length: give lpyear, leap_factor, lom or loq")))
            }
        };
        Ok(column?.into_pyarray(py))
    }

    /// The days before Easter; of stocks at the end of the period if `stock`.
    #[pyfunction]
    fn easter<'py>(
        py: Python<'py>,
        freq: &str,
        first: i64,
        n: usize,
        days: i64,
        stock: bool,
    ) -> PyResult<Column<'py>> {
        let (grid, of) =
            (grid(freq, first, n)?, if stock { calendar::easter_stock } else { calendar::easter });
        Ok(of(&grid, days)?.into_pyarray(py))
    }

    /// Easter Sunday of each year from the first to the last, in days since 1970.
    #[pyfunction]
    fn easter_sundays(first: i64, last: i64) -> Vec<i64> {
        (first..=last).map(calendar::easter_sunday).collect()
    }

    /// The first day of a month (1 to 12) of every year of a calendar of the Hijra, in days since 1970.
    #[pyfunction]
    fn hijri_months(calendar: &str, month: u32) -> Result<Vec<i64>> {
        if !(1..=12).contains(&month) {
            return Err(Error::invalid(format!("a year has no month {month}: give 1 to 12")));
        }
        Ok(Hijri::named(calendar)?.months(month))
    }

    /// The first and the last day of a calendar of the Hijra, the number of its years, and the first of them.
    #[pyfunction]
    fn hijri_range(calendar: &str) -> Result<(i64, i64, usize, i64)> {
        let calendar = Hijri::named(calendar)?;
        let (first, last, years) = calendar.range();
        Ok((first, last, years, calendar.first_year()))
    }

    /// The first day of each Chinese year that is known, in days since 1970.
    #[pyfunction]
    fn chinese_new_years() -> Vec<i64> {
        calendar::chinese_new_years()
    }

    /// An outlier at a position counted from the first observed value; the column begins at the position `first`.
    #[pyfunction]
    #[pyo3(signature = (kind, at, last, period, first, n))]
    fn outlier<'py>(
        py: Python<'py>,
        kind: &str,
        at: i64,
        last: Option<i64>,
        period: usize,
        first: i64,
        n: usize,
    ) -> PyResult<Column<'py>> {
        Ok(Outlier::named(kind, at, last)?.column(period, first, n).into_pyarray(py))
    }

    /// The share of spells of days in each period; "event" or "period" says of what.
    ///
    /// `mean` is taken off all periods, or the means of the seasons over the years `seasons`.
    #[pyfunction]
    #[pyo3(signature = (freq, first, n, spells, of, mean=None, seasons=None))]
    #[expect(clippy::too_many_arguments, reason = "the grid takes three")]
    fn window<'py>(
        py: Python<'py>,
        freq: &str,
        first: i64,
        n: usize,
        spells: Vec<(i64, i64)>,
        of: &str,
        mean: Option<f64>,
        seasons: Option<(i64, i64)>,
    ) -> PyResult<Column<'py>> {
        let spells: Vec<Spell> = spells.into_iter().map(|(first, last)| Spell { first, last }).collect();
        let share = if of == "period" { Share::Period } else { Share::Event };
        let centre = match (mean, seasons) {
            (Some(mean), _) => Centre::Overall(mean),
            (None, Some((from, to))) => Centre::Season(from, to),
            (None, None) => Centre::Nothing,
        };
        Ok(calendar::shares(&grid(freq, first, n)?, &spells, share, centre).into_pyarray(py))
    }
}
