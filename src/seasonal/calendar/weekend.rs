//! Which days of the week are days of rest, and since when.

use crate::error::{Error, Result};

/// The days of the week from Monday, by the three letters that name them.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// One or two days of rest that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weekend {
    /// The last of them, from 0 (Monday) to 6 (Sunday).
    pub last: i64,
    /// How many there are, 1 or 2.
    pub days: i64,
}

impl Weekend {
    /// A weekend by its days, "sat-sun", "fri-sat" or "sun".
    ///
    /// # Errors
    ///
    /// Any text but a day of the week or two that follow each other.
    pub fn named(text: &str) -> Result<Self> {
        let find = |day: &str| DAYS.iter().zip(0..).find_map(|(name, i)| (*name == day).then_some(i));
        let found = match text.split_once('-') {
            None => find(text).map(|last| Self { last, days: 1 }),
            Some((before, after)) => match (find(before), find(after)) {
                (Some(before), Some(last)) if (before + 1) % 7 == last => Some(Self { last, days: 2 }),
                _ => None,
            },
        };
        found.ok_or_else(|| {
            Error::invalid(format!(
                "weekend={text:?} is not a weekend: give \"sat-sun\", \"fri-sat\", \"thu-fri\" or another pair of days \
                 that follow each other, or a single day such as \"sun\" or \"fri\""
            ))
        })
    }

    /// The place of a day in the week of work: 0 for the first working day, 6 for the last day of rest.
    #[must_use]
    pub const fn place(&self, day: i64) -> i64 {
        // 1 January 1970 was a Thursday
        (day + 3 - self.last - 1).rem_euclid(7)
    }

    /// Whether a day is one of rest.
    #[must_use]
    pub const fn rests(&self, day: i64) -> bool {
        self.place(day) >= 7 - self.days
    }
}

/// The weekend at every time: one, or several that came after each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weekends(Vec<(i64, Weekend)>);

impl Weekends {
    /// Weekends with the days from which they hold; before the first of these days the first weekend holds.
    ///
    /// # Errors
    ///
    /// None at all, or two from the same day on.
    pub fn new(mut dated: Vec<(i64, Weekend)>) -> Result<Self> {
        dated.sort_by_key(|&(day, _)| day);
        if dated.is_empty() {
            return Err(Error::invalid("weekend= is empty: give \"sat-sun\" or \"fri-sat\""));
        }
        if dated.windows(2).any(|pair| matches!(pair, [a, b] if a.0 == b.0)) {
            return Err(Error::invalid(
                "weekend= has two weekends from the same day on: give each its own day",
            ));
        }
        Ok(Self(dated))
    }

    /// The weekend that holds on a day.
    #[must_use]
    pub fn at(&self, day: i64) -> Weekend {
        let began = self.0.iter().take_while(|(from, _)| *from <= day).last();
        began.or(self.0.first()).map_or(Weekend { last: 6, days: 2 }, |&(_, weekend)| weekend)
    }
}
