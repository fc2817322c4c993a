//! Where the calendar lies under a row of values: which position is which month, where years begin, what was
//! observed and what was added by a model. All "per calendar year" rules of X-11 go through this file.

use std::ops::Range;

/// A row of values on the calendar: backcasts, observed values, forecasts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Periods in a year.
    pub period: usize,
    /// The period of position 0 within its year: 0 for January or the first quarter.
    pub phase: usize,
    /// All values, extended by backcasts and forecasts.
    pub len: usize,
    /// The positions that were observed.
    pub observed: Range<usize>,
}

impl Span {
    /// A span without extension.
    #[must_use]
    pub fn new(period: usize, phase: usize, len: usize) -> Self {
        let period = period.max(1);
        Self { period, phase: phase % period, len, observed: 0..len }
    }

    /// The same observed values with `backcasts` positions before and `forecasts` after them.
    #[must_use]
    pub fn extended(&self, backcasts: usize, forecasts: usize) -> Self {
        let p = self.period;
        Self {
            period: p,
            phase: (self.phase + p - backcasts % p) % p,
            len: self.len + backcasts + forecasts,
            observed: self.observed.start + backcasts..self.observed.end + backcasts,
        }
    }

    /// The period of a position within its year, from 0.
    #[must_use]
    pub fn month(&self, position: usize) -> usize {
        (self.phase + position) % self.period
    }

    /// The positions lost at each end to the centred one-year average.
    #[must_use]
    pub fn half(&self) -> usize {
        self.period / 2
    }

    /// All positions.
    #[must_use]
    pub fn all(&self) -> Range<usize> {
        0..self.len
    }

    /// The positions the centred one-year average reaches.
    #[must_use]
    pub fn inner(&self) -> Range<usize> {
        self.half()..self.len - self.half()
    }

    /// The observed positions that a range loses half a year of at each end.
    #[must_use]
    pub fn inner_observed(&self) -> Range<usize> {
        self.observed.start + self.half()..self.observed.end - self.half()
    }

    /// The end (exclusive) of the last calendar year that is complete before `end`.
    #[must_use]
    pub fn whole_years_end(&self, end: usize) -> usize {
        ((self.phase + end) / self.period * self.period).saturating_sub(self.phase)
    }

    /// The start of the first calendar year that is complete from `start` on.
    #[must_use]
    pub fn whole_years_start(&self, start: usize) -> usize {
        (self.phase + start).div_ceil(self.period) * self.period - self.phase
    }
}
