//! Periods: civil dates, the frequency that a column of stamps has, and the period number of every row.
//!
//! Time is handled by period *ordinals*, never by day stamps, so that a stamp at the start, in the middle or at the
//! end of a month means that month. The ordinals are
//!
//! | frequency | ordinal |
//! |---|---|
//! | A | year |
//! | H | 2 year + half (0, 1) |
//! | Q | 4 year + quarter (0 .. 3) |
//! | M | 12 year + month (0 .. 11) |
//! | W | weeks since Monday 5 January 1970 |
//! | D | days since 1 January 1970 |
//!
//! Fiscal years and the bases of yearly rates are the business of the layer above; here is only what must be fast.

use std::fmt;

use crate::error::{Error, Result};

/// The stamp of a missing date, as `NumPy`, pandas and Arrow write it.
pub const NOT_A_TIME: i64 = i64::MIN;

/// From 1 January of year 1 to 31 December of year 9999, in days since 1 January 1970.
const DAYS: std::ops::RangeInclusive<i64> = -719_162..=2_932_896;

/// 5 January 1970 was a Monday.
const FIRST_MONDAY: i64 = 4;

/// How often the data come, from rarely to often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Frequency {
    /// Years.
    Annual,
    /// Half-years.
    HalfYearly,
    /// Quarters.
    Quarterly,
    /// Months.
    Monthly,
    /// Weeks from Monday to Sunday.
    Weekly,
    /// Days.
    Daily,
}

impl Frequency {
    /// The frequency that a letter names.
    ///
    /// # Errors
    ///
    /// Any text but A, H, Q, M, W and D.
    pub fn parse(text: &str) -> Result<Self> {
        Ok(match text {
            "A" => Self::Annual,
            "H" => Self::HalfYearly,
            "Q" => Self::Quarterly,
            "M" => Self::Monthly,
            "W" => Self::Weekly,
            "D" => Self::Daily,
            _ => {
                return Err(Error::invalid(format!(
                    "freq={text:?} is not a frequency: give \"A\" (annual), \"H\" (half-yearly), \"Q\" (quarterly), \
                     \"M\" (monthly), \"W\" (weekly) or \"D\" (daily)"
                )));
            }
        })
    }

    /// The letter.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Annual => "A",
            Self::HalfYearly => "H",
            Self::Quarterly => "Q",
            Self::Monthly => "M",
            Self::Weekly => "W",
            Self::Daily => "D",
        }
    }

    /// The frequency whose smallest distance between two stamps is `days`.
    ///
    /// The thresholds lie under the shortest distance that two stamps of neighbouring periods can have at the same
    /// place in the period, business-day ends included, and above the longest of the next finer frequency.
    #[must_use]
    pub const fn of_gap(days: i64) -> Self {
        match days {
            350.. => Self::Annual,
            175.. => Self::HalfYearly,
            85.. => Self::Quarterly,
            28.. => Self::Monthly,
            7 | 14 | 21 => Self::Weekly,
            _ => Self::Daily,
        }
    }

    /// The ordinal of the period in which a day lies.
    #[must_use]
    #[inline]
    pub const fn ordinal(self, day: i64) -> i64 {
        match self {
            Self::Daily => day,
            Self::Weekly => (day - FIRST_MONDAY).div_euclid(7),
            Self::Annual | Self::HalfYearly | Self::Quarterly | Self::Monthly => {
                let (year, month, _) = civil(day);
                match self {
                    Self::Annual => year,
                    Self::HalfYearly => 2 * year + (month - 1) / 6,
                    Self::Quarterly => 4 * year + (month - 1) / 3,
                    _ => 12 * year + month - 1,
                }
            }
        }
    }

    /// The first day of a period.
    #[must_use]
    pub const fn first_day(self, ordinal: i64) -> i64 {
        match self {
            Self::Annual => day_number(ordinal, 1, 1),
            Self::HalfYearly => day_number(ordinal.div_euclid(2), 6 * ordinal.rem_euclid(2) + 1, 1),
            Self::Quarterly => day_number(ordinal.div_euclid(4), 3 * ordinal.rem_euclid(4) + 1, 1),
            Self::Monthly => day_number(ordinal.div_euclid(12), ordinal.rem_euclid(12) + 1, 1),
            Self::Weekly => 7 * ordinal + FIRST_MONDAY,
            Self::Daily => ordinal,
        }
    }

    /// A period in words, as sentences name it: "April 2024", "2024Q1", "the week of 12 February 2024".
    #[must_use]
    pub fn words(self, ordinal: i64) -> String {
        let (year, month, day) = civil(self.first_day(ordinal));
        match self {
            Self::Annual => format!("{year:04}"),
            Self::HalfYearly => format!("{year:04}H{}", (month - 1) / 6 + 1),
            Self::Quarterly => format!("{year:04}Q{}", (month - 1) / 3 + 1),
            Self::Monthly => format!("{} {year:04}", month_name(month)),
            Self::Weekly => format!("the week of {day} {} {year:04}", month_name(month)),
            Self::Daily => format!("{day} {} {year:04}", month_name(month)),
        }
    }
}

impl fmt::Display for Frequency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Annual => "annual",
            Self::HalfYearly => "half-yearly",
            Self::Quarterly => "quarterly",
            Self::Monthly => "monthly",
            Self::Weekly => "weekly",
            Self::Daily => "daily",
        })
    }
}

/// What the stamps of a column count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stamp {
    /// So many of these in a day, since 1 January 1970.
    PerDay(i64),
    /// Business days, Monday to Friday, since Thursday 1 January 1970.
    BusinessDays,
    /// Periods of a frequency, as ordinals less a constant.
    Ordinals(Frequency, i64),
}

impl Stamp {
    /// The unit that a text names, as in `datetime64[ns]`; `"B"` counts business days.
    ///
    /// # Errors
    ///
    /// Any other text.
    pub fn parse(unit: &str) -> Result<Self> {
        Ok(Self::PerDay(match unit {
            "D" => 1,
            "h" => 24,
            "m" => 1440,
            "s" => 86_400,
            "ms" => 86_400_000,
            "us" => 86_400_000_000,
            "ns" => 86_400_000_000_000,
            "B" => return Ok(Self::BusinessDays),
            _ => return Err(Error::invalid(format!("dates in units of {unit:?} are not supported"))),
        }))
    }

    /// The day of a stamp; of an ordinal, the first day of its period.
    const fn day(self, stamp: i64) -> i64 {
        match self {
            // Division by a constant is several times faster than by a variable.
            Self::PerDay(1) => stamp,
            Self::PerDay(86_400_000_000) => stamp.div_euclid(86_400_000_000),
            Self::PerDay(86_400_000_000_000) => stamp.div_euclid(86_400_000_000_000),
            Self::PerDay(per) => stamp.div_euclid(per),
            Self::BusinessDays => {
                let since_monday = stamp.saturating_add(3);
                since_monday.div_euclid(5) * 7 + since_monday.rem_euclid(5) - 3
            }
            Self::Ordinals(frequency, shift) => frequency.first_day(stamp.saturating_add(shift)),
        }
    }
}

/// Where the rows of a column lie in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Periods {
    /// The frequency, given or found.
    pub frequency: Frequency,
    /// The ordinal of the earliest row's period, which is slot 0.
    pub start: i64,
    /// The number of periods from the earliest row to the latest.
    pub span: i64,
    /// The slot of each row; none where row i is period i.
    pub slots: Option<Vec<i64>>,
}

/// The days of the earliest and of the latest stamp; none where they are missing or outside of the calendar.
#[must_use]
pub(super) fn day_range(low: i64, high: i64, unit: Stamp) -> Option<(i64, i64)> {
    let known = |stamp: i64| days(std::iter::once(stamp), unit).ok().and_then(|days| days.first().copied());
    Some((known(low)?, known(high)?))
}

/// Find the period of each stamp, and their frequency where it is not given.
///
/// The frequency follows from the smallest gap between two stamps, so absent periods do not disturb it. Rows may come
/// in any order.
///
/// # Errors
///
/// A missing stamp, one outside of the years 1 to 9999, two in one period, or too few to find a frequency.
pub fn periods<I>(stamps: I, unit: Stamp, frequency: Option<Frequency>) -> Result<Periods>
where
    I: ExactSizeIterator<Item = i64> + Clone,
{
    if let (Stamp::Ordinals(own, _), Some(wanted)) = (unit, frequency)
        && wanted > own
    {
        return Err(Error::invalid(format!(
            "the periods of the index are {own}: they cannot be read as {wanted} data; leave freq= out"
        )));
    }
    match unit {
        Stamp::Ordinals(own, shift) if frequency.is_none_or(|wanted| wanted == own) => {
            slots(own, shifted(stamps, own, shift)?)
        }
        _ => {
            let mut ordinals = days(stamps, unit)?;
            let frequency = match frequency {
                Some(frequency) => frequency,
                None => infer(&ordinals)?,
            };
            // The match is outside of the loop, which is then simple enough for vectors.
            match frequency {
                Frequency::Daily => {}
                Frequency::Monthly => replace(&mut ordinals, |day| Frequency::Monthly.ordinal(day)),
                other => replace(&mut ordinals, |day| other.ordinal(day)),
            }
            slots(frequency, ordinals)
        }
    }
}

fn replace(values: &mut [i64], with: impl Fn(i64) -> i64) {
    for value in values {
        *value = with(*value);
    }
}

/// Stamps that are ordinals already, but for a constant.
fn shifted(stamps: impl ExactSizeIterator<Item = i64>, own: Frequency, shift: i64) -> Result<Vec<i64>> {
    let range = own.ordinal(*DAYS.start())..=own.ordinal(*DAYS.end());
    let mut ordinals = Vec::with_capacity(stamps.len());
    for (row, stamp) in stamps.enumerate() {
        let ordinal = stamp.saturating_add(shift);
        if stamp == NOT_A_TIME || !range.contains(&ordinal) {
            return Err(bad_stamp(row, stamp));
        }
        ordinals.push(ordinal);
    }
    Ok(ordinals)
}

/// The day of each stamp.
fn days(stamps: impl ExactSizeIterator<Item = i64>, unit: Stamp) -> Result<Vec<i64>> {
    // Periods are checked before the calendar arithmetic, which must not leave the range of i64.
    let far = if matches!(unit, Stamp::PerDay(_)) { u64::MAX } else { 10_000_000 };
    let mut days = Vec::with_capacity(stamps.len());
    for (row, stamp) in stamps.enumerate() {
        let day = if stamp.unsigned_abs() > far { NOT_A_TIME } else { unit.day(stamp) };
        if stamp == NOT_A_TIME || !DAYS.contains(&day) {
            return Err(bad_stamp(row, stamp));
        }
        days.push(day);
    }
    Ok(days)
}

/// The frequency with the smallest gap between two of the days.
fn infer(days: &[i64]) -> Result<Frequency> {
    if days.len() < 2 {
        return Err(Error::invalid(
            "a single date does not tell its frequency: give freq=\"M\" (or \"A\", \"H\", \"Q\", \"W\", \"D\")",
        ));
    }
    let gap = if let Some(gap) = smallest_gap(days) {
        gap
    } else {
        let mut sorted = days.to_vec();
        sorted.sort_unstable();
        smallest_gap(&sorted).unwrap_or(i64::MAX)
    };
    // The same day twice is no gap: the duplicate is reported as one of the frequency of the others.
    Ok(if gap == i64::MAX { Frequency::Daily } else { Frequency::of_gap(gap) })
}

/// The smallest distance between two different days, at most `i64::MAX`; none where they are not in order.
fn smallest_gap(days: &[i64]) -> Option<i64> {
    let (mut smallest, mut sorted) = (i64::MAX, true);
    for pair in days.windows(2) {
        if let [before, after] = *pair {
            let gap = after - before;
            sorted &= gap >= 0;
            smallest = smallest.min(if gap > 0 { gap } else { i64::MAX });
        }
    }
    sorted.then_some(smallest)
}

/// Count the ordinals from the earliest, and refuse two in one period.
fn slots(frequency: Frequency, mut ordinals: Vec<i64>) -> Result<Periods> {
    let (Some(&first), Some(&last)) = (ordinals.first(), ordinals.last()) else {
        return Ok(Periods { frequency, start: 0, span: 0, slots: None });
    };
    let n = ordinals.len();
    if ordinals.windows(2).all(|pair| matches!(pair, [a, b] if a < b)) {
        let span = last - first + 1;
        if usize::try_from(span) == Ok(n) {
            return Ok(Periods { frequency, start: first, span, slots: None });
        }
        for ordinal in &mut ordinals {
            *ordinal -= first;
        }
        return Ok(Periods { frequency, start: first, span, slots: Some(ordinals) });
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by_key(|&row| ordinals.get(row).copied());
    for pair in order.windows(2) {
        if let [a, b] = *pair
            && let (Some(&x), Some(&y)) = (ordinals.get(a), ordinals.get(b))
            && x == y
        {
            return Err(Error::Repeated(format!(
                "{} occurs twice, in rows {a} and {b}: every period must occur once in {frequency} data; aggregate the \
                 rows of a period first, give a table of several series one column each, or give freq= if the data \
                 are not {frequency}",
                frequency.words(x)
            )));
        }
    }
    let earliest = ordinals.iter().copied().min().unwrap_or(first);
    let latest = ordinals.iter().copied().max().unwrap_or(last);
    for ordinal in &mut ordinals {
        *ordinal -= earliest;
    }
    Ok(Periods { frequency, start: earliest, span: latest - earliest + 1, slots: Some(ordinals) })
}

fn bad_stamp(row: usize, stamp: i64) -> Error {
    Error::invalid(if stamp == NOT_A_TIME {
        format!("the date in row {row} is missing: give every row a date, or drop that row first")
    } else {
        format!("the date in row {row} is outside of the years 1 to 9999")
    })
}

/// Year, month (1 .. 12) and day (1 .. 31) of a day number, in the proleptic Gregorian calendar from year 0 on.
///
/// Years are taken from March on, so that a leap day is the last one. Years and months come from multiplications that
/// hold for the 36,525 days of a century: the affine functions of Neri and Schneider, Euclidean affine functions and
/// their application to calendar algorithms, Software: Practice and Experience 53 (2023), 937-970. All fits in 32
/// bits, which lets a loop over many days use vectors.
#[must_use]
#[inline]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub const fn civil(day: i64) -> (i64, i64, i64) {
    let quarter_days = 4 * ((day + 719_468) as u32) + 3;
    let (century, day_of_century) = (quarter_days / 146_097, quarter_days % 146_097 / 4);
    let scaled = 2_939_745 * (4 * day_of_century as u64 + 3);
    let (year_of_century, day_of_year) = ((scaled >> 32) as u32, scaled as u32 / 2_939_745 / 4);
    let scaled = 2141 * day_of_year + 197_913;
    let (month, day_of_month) = (scaled >> 16, (scaled & 0xffff) / 2141 + 1);
    let late = (day_of_year >= 306) as u32;
    let year = 100 * century + year_of_century + late;
    (year as i64, (month - 12 * late) as i64, day_of_month as i64)
}

/// The day number of a date of the proleptic Gregorian calendar.
#[must_use]
pub const fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month_from_march = (month + 9) % 12;
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    era * 146_097 + 365 * year_of_era + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The English name of a month (1 .. 12).
const fn month_name(month: i64) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

#[cfg(test)]
#[path = "periods_tests.rs"]
mod tests;
