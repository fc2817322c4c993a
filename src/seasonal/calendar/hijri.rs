//! The lunar calendars of Islam: on which days the months of the Hijra begin.
//!
//! A year has twelve months of 29 or 30 days and is 11 days shorter than the sun's, so that every feast runs through
//! all seasons in 33 years. Which evening a month begins is told by the table of Umm al-Qura, or by arithmetic.

use super::umm_al_qura::{FIRST_DAY, FIRST_YEAR, YEARS};
use crate::error::{Error, Result};
use crate::panel::periods::day_number;

/// One of the calendars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hijri {
    /// Saudi Arabia's: a table, from 1343 to 1500.
    UmmAlQura,
    /// Arithmetic: 11 leap years in 30, counted from Friday, 16 July 622 of the Julian calendar.
    Civil,
    /// The same from Thursday, 15 July 622: the tables of the astronomers.
    Tabular,
}

/// The last year of the arithmetic calendars: it ends within the Gregorian year 9998.
const LAST_YEAR: i64 = 9660;

impl Hijri {
    /// A calendar by its name.
    ///
    /// # Errors
    ///
    /// Any other name.
    pub fn named(name: &str) -> Result<Self> {
        match name {
            "umm_al_qura" => Ok(Self::UmmAlQura),
            "civil" => Ok(Self::Civil),
            "tabular" => Ok(Self::Tabular),
            _ => Err(Error::invalid(format!(
                "hijri={name:?} is not a calendar: give \"umm_al_qura\", \"civil\" or \"tabular\""
            ))),
        }
    }

    /// The first day of a month (1 to 12) of every year from the first to the last, in days since 1970.
    #[must_use]
    pub fn months(self, month: u32) -> Vec<i64> {
        match self {
            Self::UmmAlQura => table(month),
            Self::Civil => arithmetic(day_number(622, 7, 19), month),
            Self::Tabular => arithmetic(day_number(622, 7, 18), month),
        }
    }

    /// The first and the last day of the calendar, and how many years it has.
    #[must_use]
    pub fn range(self) -> (i64, i64, usize) {
        match self {
            Self::UmmAlQura => {
                let days: i64 = YEARS.iter().map(|&year| year_length(year)).sum();
                (FIRST_DAY, FIRST_DAY + days - 1, YEARS.len())
            }
            Self::Civil => arithmetic_range(day_number(622, 7, 19)),
            Self::Tabular => arithmetic_range(day_number(622, 7, 18)),
        }
    }

    /// The year of the first month that [`Hijri::months`] gives.
    #[must_use]
    pub const fn first_year(self) -> i64 {
        match self {
            Self::UmmAlQura => FIRST_YEAR,
            Self::Civil | Self::Tabular => 1,
        }
    }
}

/// The length of a month (from 0) of a year of the table.
const fn length(year: u32, month: u32) -> i64 {
    28 + ((year >> (2 * month)) & 3) as i64
}

fn year_length(year: u32) -> i64 {
    (0..12).map(|month| length(year, month)).sum()
}

fn table(month: u32) -> Vec<i64> {
    let mut day = FIRST_DAY;
    YEARS
        .iter()
        .map(|&year| {
            let begin = day + (0..month.saturating_sub(1)).map(|before| length(year, before)).sum::<i64>();
            day += year_length(year);
            begin
        })
        .collect()
}

/// The first day of a year: 354 days each, and 11 leap days in 30 years.
const fn new_year(epoch: i64, year: i64) -> i64 {
    epoch + 354 * (year - 1) + (3 + 11 * year) / 30
}

fn arithmetic(epoch: i64, month: u32) -> Vec<i64> {
    // months of 30 and of 29 days by turns
    let within = 29 * (i64::from(month) - 1) + i64::from(month / 2);
    (1..=LAST_YEAR).map(|year| new_year(epoch, year) + within).collect()
}

fn arithmetic_range(epoch: i64) -> (i64, i64, usize) {
    (epoch, new_year(epoch, LAST_YEAR + 1) - 1, usize::try_from(LAST_YEAR).unwrap_or(0))
}
