//! Easter Sunday, and the regressors of the days before it as X-13 makes them.

use super::grid::{Grid, year_of};
use super::window::{Centre, Share, Spell, season_means, seasons, shares};
use crate::error::{Error, Result};
use crate::panel::periods::{Frequency, day_number};

/// The 500 Easters whose mean is taken off: X-13 centres by those of the years 1600 to 2099.
pub const EASTER_YEARS: (i64, i64) = (1600, 2099);

/// The most days before Easter that X-13 knows an effect for.
const LONGEST: i64 = 25;

/// Easter Sunday of a year in the Gregorian calendar, in days since 1 January 1970.
///
/// The anonymous computus of 1876: Meeus, Astronomical Algorithms, 2nd edition (1998), chapter 8.
#[must_use]
pub const fn easter_sunday(year: i64) -> i64 {
    let (golden, century, of_century) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let moon_correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - moon_correction + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * to_sunday) / 451;
    let from_march = epact + to_sunday - 7 * late + 114;
    day_number(year, from_march / 31, from_march % 31 + 1)
}

/// The spells of `before` days that end the day before Easter, for all years from the first to the last.
fn spells(before: i64, from: i64, to: i64) -> Vec<Spell> {
    (from..=to)
        .map(|year| {
            let sunday = easter_sunday(year);
            Spell { first: sunday - before, last: sunday - 1 }
        })
        .collect()
}

fn check(grid: &Grid, name: &str, before: i64) -> Result<()> {
    grid.need_months_or_quarters(&format!("\"{name}[{before}]\""))?;
    if (1..=LONGEST).contains(&before) {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "\"{name}[{before}]\" must name from 1 to {LONGEST} days before Easter, such as \"{name}[8]\""
    )))
}

/// The mean share of each month, to the seven digits that X-13 keeps of it; of a quarter the sum over its months.
fn means(grid: &Grid, before: i64) -> Vec<f64> {
    let (from, to) = EASTER_YEARS;
    let months = Grid { frequency: Frequency::Monthly, ..*grid };
    let exact = season_means(&months, &spells(before, from, to), Share::Event, from, to);
    let kept: Vec<f64> = exact.iter().map(|&mean| seven_digits(mean)).collect();
    let length = if grid.frequency == Frequency::Quarterly { 3 } else { 1 };
    kept.chunks(length).map(|months| months.iter().sum()).collect()
}

/// A number below 1, rounded to seven significant digits.
fn seven_digits(value: f64) -> f64 {
    let mut scale = 1e7;
    while value > 0.0 && value * scale < 1e6 {
        scale *= 10.0;
    }
    (value * scale).round() / scale
}

/// `easter[w]`: the share of the `before` days before Easter Sunday that falls into each period, less the mean of its
/// month or quarter over [`EASTER_YEARS`].
///
/// # Errors
///
/// Periods that are neither months nor quarters; a number of days that is not within 1 to 25.
pub fn easter(grid: &Grid, before: i64) -> Result<Vec<f64>> {
    check(grid, "easter", before)?;
    let days = grid.all_days();
    let reach = spells(before, year_of(days.start), year_of(days.end));
    let mut values = shares(grid, &reach, Share::Event, Centre::Nothing);
    for (value, mean) in values.iter_mut().zip(seasons(grid, &means(grid, before))) {
        *value -= mean;
    }
    Ok(values)
}

/// `easterstock[w]`: the same for stocks measured at the end of each period, the sum of the flow's regressor from the
/// beginning of the year.
///
/// # Errors
///
/// As [`easter`].
pub fn easter_stock(grid: &Grid, before: i64) -> Result<Vec<f64>> {
    check(grid, "easterstock", before)?;
    let days = grid.all_days();
    let years = Grid::of_years(grid.frequency, year_of(days.start), year_of(days.end));
    let reach = spells(before, year_of(days.start), year_of(days.end));
    let flow = shares(&years, &reach, Share::Event, Centre::Nothing);
    let means = means(grid, before);
    let mut stock = Vec::with_capacity(flow.len());
    for year in flow.chunks(means.len().max(1)) {
        let mut sum = 0.0;
        for (value, mean) in year.iter().zip(&means) {
            sum += value - mean;
            stock.push(sum);
        }
    }
    let skip = usize::try_from(grid.first - years.first).unwrap_or(0);
    Ok(stock.into_iter().skip(skip).take(grid.len).collect())
}
