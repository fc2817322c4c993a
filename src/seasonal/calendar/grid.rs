//! Consecutive periods and the days that each of them holds.

use crate::error::{Error, Result};
use crate::panel::periods::{Frequency, civil, day_number};
use std::ops::Range;

/// `len` consecutive periods from the one with the ordinal `first` (see `panel::periods` for the ordinals).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
    /// How long a period is.
    pub frequency: Frequency,
    /// The ordinal of the first period.
    pub first: i64,
    /// The number of periods.
    pub len: usize,
}

impl Grid {
    /// `len` periods from the ordinal `first` on.
    ///
    /// # Errors
    ///
    /// Periods that do not lie within the years 1 to 9999, for which the arithmetic of dates holds.
    pub fn new(frequency: Frequency, first: i64, len: usize) -> Result<Self> {
        let (low, high) =
            (frequency.ordinal(day_number(1, 1, 8)), frequency.ordinal(day_number(9999, 12, 24)));
        let last = i64::try_from(len).ok().and_then(|n| first.checked_add(n));
        if first < low || last.is_none_or(|last| last > high) {
            return Err(Error::invalid(format!(
                "{len} {frequency} periods from number {first} on do not lie within the years 1 to 9999"
            )));
        }
        Ok(Self { frequency, first, len })
    }

    /// All periods of the years `from` to `to` (both included); for frequencies of which a year has a fixed number.
    pub(crate) fn of_years(frequency: Frequency, from: i64, to: i64) -> Self {
        let first = frequency.ordinal(day_number(from, 1, 1));
        let after = frequency.ordinal(day_number(to + 1, 1, 1));
        Self { frequency, first, len: usize::try_from(after - first).unwrap_or(0) }
    }

    /// The ordinals.
    #[must_use]
    pub fn ordinals(&self) -> impl ExactSizeIterator<Item = i64> + Clone + use<> {
        let first = self.first;
        (0..self.len).map(move |i| first.saturating_add_unsigned(i as u64))
    }

    /// The days of the period of an ordinal, since 1 January 1970.
    #[must_use]
    pub fn days(&self, ordinal: i64) -> Range<i64> {
        self.frequency.first_day(ordinal)..self.frequency.first_day(ordinal + 1)
    }

    /// The days of all periods.
    #[must_use]
    pub fn all_days(&self) -> Range<i64> {
        let after = self.first.saturating_add_unsigned(self.len as u64);
        self.frequency.first_day(self.first)..self.frequency.first_day(after)
    }

    /// A value for each period, from the days it holds.
    pub fn column(&self, value: impl Fn(Range<i64>) -> f64) -> Vec<f64> {
        self.ordinals().map(|ordinal| value(self.days(ordinal))).collect()
    }

    /// Periods in a year, where all years have the same number.
    #[must_use]
    pub const fn per_year(&self) -> Option<usize> {
        match self.frequency {
            Frequency::Annual => Some(1),
            Frequency::HalfYearly => Some(2),
            Frequency::Quarterly => Some(4),
            Frequency::Monthly => Some(12),
            Frequency::Weekly | Frequency::Daily => None,
        }
    }

    /// Months or quarters, which the regressors of X-13 are for.
    pub(crate) fn need_months_or_quarters(&self, what: &str) -> Result<()> {
        if matches!(self.frequency, Frequency::Monthly | Frequency::Quarterly) {
            return Ok(());
        }
        let way_out = match self.frequency {
            Frequency::Weekly => ": every week has the same days of the week",
            Frequency::Daily => ": a day has no composition",
            _ => "",
        };
        Err(Error::invalid(format!(
            "{what} is for monthly and quarterly data, and these are {}{way_out}",
            self.frequency
        )))
    }
}

/// Whether a year has a 29 February.
pub(crate) const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The year of a day.
pub(crate) const fn year_of(day: i64) -> i64 {
    civil(day).0
}
