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
            if frequency != Frequency::Daily {
                for ordinal in &mut ordinals {
                    *ordinal = frequency.ordinal(*ordinal);
                }
            }
            slots(frequency, ordinals)
        }
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
    // The same day twice is no gap: the duplicate is reported as one of the frequency of the others.
    let smallest = |days: &[i64]| {
        let gaps = days.windows(2).filter_map(|pair| Some(pair.last()? - pair.first()?));
        gaps.filter(|&gap| gap > 0).min()
    };
    let gap = if days.is_sorted() {
        smallest(days)
    } else {
        let mut sorted = days.to_vec();
        sorted.sort_unstable();
        smallest(&sorted)
    };
    Ok(gap.map_or(Frequency::Daily, Frequency::of_gap))
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
            return Err(Error::invalid(format!(
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

/// Year, month (1 .. 12) and day (1 .. 31) of a day number, in the proleptic Gregorian calendar.
///
/// Years are taken from March on, so that a leap day is the last one. Years and months come from multiplications that
/// hold for the 36,525 days of a century: the affine functions of Neri and Schneider, Euclidean affine functions and
/// their application to calendar algorithms, Software: Practice and Experience 53 (2023), 937-970.
#[must_use]
#[inline]
#[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, clippy::cast_sign_loss)] // Within a century everything fits in 32 bits.
pub const fn civil(day: i64) -> (i64, i64, i64) {
    let quarter_days = 4 * (day + 719_468) + 3;
    let (century, day_of_century) =
        (quarter_days.div_euclid(146_097), quarter_days.rem_euclid(146_097) as u64 / 4);
    let scaled = 2_939_745 * (4 * day_of_century + 3);
    let (year_of_century, day_of_year) = ((scaled >> 32) as i64, (scaled as u32 / 2_939_745 / 4) as i64);
    let scaled = 2141 * day_of_year + 197_913;
    let (month, day_of_month) = (scaled >> 16, (scaled & 0xffff) / 2141 + 1);
    let late = day_of_year >= 306;
    let year = 100 * century + year_of_century + late as i64;
    (year, if late { month - 12 } else { month }, day_of_month)
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
mod tests {
    use super::*;

    fn find(stamps: &[i64], unit: &str, frequency: Option<Frequency>) -> Result<Periods> {
        periods(stamps.iter().copied(), Stamp::parse(unit)?, frequency)
    }

    #[test]
    fn civil_dates_go_there_and_back_over_ten_thousand_years() {
        let (mut year, mut month, mut day) = (1, 1, 1);
        for number in DAYS {
            assert_eq!(civil(number), (year, month, day), "day {number}");
            assert_eq!(day_number(year, month, day), number);
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let length = match month {
                2 => 28 + i64::from(leap),
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            day += 1;
            if day > length {
                (month, day) = (month + 1, 1);
            }
            if month > 12 {
                (year, month) = (year + 1, 1);
            }
        }
        assert_eq!((year, month, day), (10_000, 1, 1));
    }

    #[test]
    fn a_period_begins_on_its_first_day() {
        use Frequency::*;
        for frequency in [Annual, HalfYearly, Quarterly, Monthly, Weekly, Daily] {
            for day in -1000..20_000 {
                let ordinal = frequency.ordinal(day);
                assert!(frequency.first_day(ordinal) <= day && day < frequency.first_day(ordinal + 1));
            }
        }
    }

    #[test]
    fn stamps_at_the_start_middle_and_end_mean_the_same_months() {
        let months =
            |day: fn(i64, i64) -> i64| (0..30).map(|m| day(2020 + m / 12, m % 12 + 1)).collect::<Vec<_>>();
        let start = months(|y, m| day_number(y, m, 1));
        let middle = months(|y, m| day_number(y, m, 15));
        let end = months(|y, m| day_number(y + m / 12, m % 12 + 1, 1) - 1);
        for stamps in [start, middle, end] {
            let found = find(&stamps, "D", None).unwrap();
            assert_eq!(
                found,
                Periods { frequency: Frequency::Monthly, start: 2020 * 12, span: 30, slots: None }
            );
        }
    }

    #[test]
    fn absent_and_shuffled_rows_keep_their_slots() {
        let stamps = [day_number(2024, 6, 30), day_number(2024, 1, 31), day_number(2024, 2, 29)];
        let found = find(&stamps, "D", None).unwrap();
        assert_eq!(found.frequency, Frequency::Monthly);
        assert_eq!((found.start, found.span, found.slots), (2024 * 12, 6, Some(vec![5, 0, 1])));
    }

    #[test]
    fn the_smallest_gap_tells_the_frequency() {
        for (gap, letter) in
            [(366, "A"), (350, "A"), (182, "H"), (90, "Q"), (31, "M"), (28, "M"), (7, "W"), (21, "W")]
        {
            let stamps = [170, 170 + gap, 170 + 4 * gap];
            assert_eq!(find(&stamps, "D", None).unwrap().frequency.letter(), letter, "{gap} days");
        }
        assert_eq!(find(&[0, 1, 4], "D", None).unwrap().frequency, Frequency::Daily);
        assert_eq!(find(&[0, 10, 100], "D", None).unwrap().frequency, Frequency::Daily);
    }

    #[test]
    fn stamps_within_a_day_and_before_1970_belong_to_their_day() {
        let hour = 3_600_000_000_000;
        let found = find(&[-hour, 23 * hour, 24 * hour], "ns", Some(Frequency::Daily)).unwrap();
        assert_eq!((found.start, found.slots), (-1, None));
    }

    #[test]
    fn business_days_are_days_with_the_weekends_absent() {
        // Thursday 1, Friday 2, Monday 5 January 1970; and Wednesday 31 December 1969 before them.
        let found = find(&[-1, 0, 1, 2], "B", None).unwrap();
        assert_eq!((found.start, found.slots), (-1, Some(vec![0, 1, 2, 5])));
    }

    #[test]
    fn ordinals_are_taken_as_they_are_or_made_coarser() {
        let monthly = Stamp::Ordinals(Frequency::Monthly, 1970 * 12);
        let found = periods([0, 1, 3].into_iter(), monthly, None).unwrap();
        assert_eq!((found.start, found.span, found.slots), (1970 * 12, 4, Some(vec![0, 1, 3])));
        let found = periods([0, 3, 6].into_iter(), monthly, Some(Frequency::Quarterly)).unwrap();
        assert_eq!((found.start, found.span, found.slots), (1970 * 4, 3, None));
    }

    #[test]
    fn duplicates_missing_and_far_dates_are_refused_by_name() {
        let message = |stamps: &[i64], frequency| find(stamps, "D", frequency).unwrap_err().to_string();
        let april = day_number(2024, 4, 1);
        assert!(
            message(&[april, april + 30, april], None)
                .starts_with("April 2024 occurs twice, in rows 0 and 2")
        );
        assert!(message(&[april, april], None).starts_with("1 April 2024 occurs twice, in rows 0 and 1"));
        assert!(
            message(&[april + 40, april, april + 29], Some(Frequency::Monthly))
                .starts_with("April 2024 occurs twice")
        );
        assert!(message(&[april, NOT_A_TIME], None).contains("row 1 is missing"));
        assert!(message(&[april, i64::MAX], None).contains("row 1 is outside"));
        assert!(message(&[april], None).contains("a single date"));
        let years = Stamp::Ordinals(Frequency::Annual, 1970);
        let far = periods([i64::MAX].into_iter(), years, None);
        assert!(far.unwrap_err().to_string().contains("row 0 is outside"));
        let finer = periods([50, 51].into_iter(), years, Some(Frequency::Daily));
        assert!(finer.unwrap_err().to_string().contains("annual: they cannot be read as daily"));
    }

    #[test]
    fn no_rows_need_a_frequency_but_no_dates() {
        assert_eq!(find(&[], "D", Some(Frequency::Monthly)).unwrap().span, 0);
        assert!(find(&[], "D", None).is_err());
    }

    #[test]
    fn words_are_those_of_sentences() {
        assert_eq!(Frequency::Monthly.words(2024 * 12 + 3), "April 2024");
        assert_eq!(Frequency::Quarterly.words(2024 * 4), "2024Q1");
        assert_eq!(
            Frequency::Weekly.words(Frequency::Weekly.ordinal(day_number(2024, 2, 18))),
            "the week of 12 February 2024"
        );
        assert_eq!(Frequency::Daily.words(day_number(2024, 4, 30)), "30 April 2024");
    }
}
