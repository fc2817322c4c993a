//! Trading days: what follows from which days of the week, and how many days, a month or a quarter holds.
//!
//! A place in the week of work stands for a day of the week: with Saturday and Sunday as the weekend, 0 to 5 are
//! Monday to Saturday and 6, which the others are contrasted with, is Sunday. Where the weekend moves to other days
//! the places move with it, so that the first working day stays the first working day.

use super::grid::{Grid, is_leap, year_of};
use super::weekend::Weekends;
use crate::error::{Error, Result};
use crate::panel::periods::Frequency;

/// The mean length of February in the four years of a leap cycle.
const FEBRUARY: f64 = 28.25;

/// The mean length of the first quarter in the four years of a leap cycle.
const FIRST_QUARTER: f64 = 90.25;

/// The mean length of a month in the four years of a leap cycle.
const MONTH: f64 = 30.4375;

/// Six contrasts: days at each place of the week less those at the last, which is a day of rest.
///
/// # Errors
///
/// Periods that are neither months nor quarters.
pub fn trading_days(grid: &Grid, weekends: &Weekends) -> Result<[Vec<f64>; 6]> {
    grid.need_months_or_quarters("\"td\"")?;
    let counts: Vec<[i32; 7]> = grid
        .ordinals()
        .map(|ordinal| {
            let mut count = [0; 7];
            for day in grid.days(ordinal) {
                let place = weekends.at(day).place(day);
                for (at, number) in (0..).zip(&mut count) {
                    *number += i32::from(at == place);
                }
            }
            count
        })
        .collect();
    Ok(std::array::from_fn(|place| {
        let contrast =
            |count: &[i32; 7]| count.get(place).zip(count.last()).map_or(0, |(day, rest)| day - rest);
        counts.iter().map(|count| f64::from(contrast(count))).collect()
    }))
}

/// One contrast: working days less days of rest, weighted so that a whole week counts for nothing.
///
/// # Errors
///
/// Periods that are neither months nor quarters.
pub fn weekday_contrast(grid: &Grid, weekends: &Weekends) -> Result<Vec<f64>> {
    grid.need_months_or_quarters("\"td1\"")?;
    Ok(grid.column(|days| {
        days.map(|day| {
            let weekend = weekends.at(day);
            if !weekend.rests(day) {
                1.0
            } else if weekend.days == 1 {
                -6.0
            } else {
                -2.5
            }
        })
        .sum()
    }))
}

/// The number of days that are neither days of rest nor in `holidays`, which are days in ascending order.
#[must_use]
pub fn working_days(grid: &Grid, weekends: &Weekends, holidays: &[i64]) -> Vec<f64> {
    let works = |day: &i64| !weekends.at(*day).rests(*day) && holidays.binary_search(day).is_err();
    grid.column(|days| days.map(|day| f64::from(u8::from(works(&day)))).sum())
}

/// The leap year: .75 in a February (or first quarter) with a leap day, -.25 in one without, 0 otherwise.
///
/// # Errors
///
/// Periods that are neither months nor quarters.
pub fn leap_year(grid: &Grid) -> Result<Vec<f64>> {
    grid.need_months_or_quarters("\"lpyear\"")?;
    Ok(by_leap_day(grid, 0.75, -0.25, 0.0))
}

/// What a series is divided by before logarithms where trading days are in the model: the length of February (or of
/// the first quarter) over its mean, 1 in other periods.
///
/// # Errors
///
/// Periods that are neither months nor quarters.
pub fn leap_factor(grid: &Grid) -> Result<Vec<f64>> {
    grid.need_months_or_quarters("the leap year")?;
    let mean = if grid.frequency == Frequency::Monthly { FEBRUARY } else { FIRST_QUARTER };
    Ok(by_leap_day(grid, (mean + 0.75) / mean, (mean - 0.25) / mean, 1.0))
}

/// One of three values, by whether a period holds the end of February and in which kind of year.
fn by_leap_day(grid: &Grid, leap: f64, common: f64, other: f64) -> Vec<f64> {
    let per_year = grid.per_year().unwrap_or(1);
    let february = i64::from(per_year == 12);
    let of = |ordinal: i64| {
        if ordinal.rem_euclid(i64::try_from(per_year).unwrap_or(1)) != february {
            other
        } else if is_leap(year_of(grid.frequency.first_day(ordinal))) {
            leap
        } else {
            common
        }
    };
    grid.ordinals().map(of).collect()
}

/// The length of each period in days less the mean length of a month (30.4375) or a quarter (91.3125).
///
/// # Errors
///
/// Periods that are not of the frequency that the name `what` is for.
pub fn length(grid: &Grid, of: Frequency) -> Result<Vec<f64>> {
    if grid.frequency != of {
        let (name, other) = if of == Frequency::Monthly { ("lom", "loq") } else { ("loq", "lom") };
        let instead = match grid.frequency {
            Frequency::Monthly | Frequency::Quarterly => format!(": use \"{other}\""),
            _ => String::new(),
        };
        return Err(Error::invalid(format!(
            "\"{name}\" is for {of} data, and these are {}{instead}",
            grid.frequency
        )));
    }
    let mean = if of == Frequency::Monthly { MONTH } else { 3.0 * MONTH };
    Ok(grid.column(|days| f64::from(i32::try_from(days.end - days.start).unwrap_or(0)) - mean))
}

/// Six contrasts for stocks measured on day `day` of each month, or on its last day where it is shorter: 1 for the
/// place of the week on which that day falls, -1 in all six where it is the last place.
///
/// # Errors
///
/// Periods other than months, or a day that is not within 1 to 31.
pub fn stock_trading_days(grid: &Grid, weekends: &Weekends, day: i64) -> Result<[Vec<f64>; 6]> {
    if grid.frequency != Frequency::Monthly {
        return Err(Error::invalid(format!(
            "\"tdstock[{day}]\" is for monthly data, and these are {}",
            grid.frequency
        )));
    }
    if !(1..=31).contains(&day) {
        return Err(Error::invalid(format!(
            "\"tdstock[{day}]\" must name a day of the month from 1 to 31 (31 is the end of every month)"
        )));
    }
    let places: Vec<i64> = grid
        .ordinals()
        .map(|ordinal| {
            let days = grid.days(ordinal);
            let measured = (days.start + day).min(days.end) - 1;
            weekends.at(measured).place(measured)
        })
        .collect();
    Ok(std::array::from_fn(|column| {
        let column = i64::try_from(column).unwrap_or(-1);
        let value = |&place: &i64| if place == 6 { -1.0 } else { f64::from(u8::from(place == column)) };
        places.iter().map(value).collect()
    }))
}
