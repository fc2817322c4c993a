//! Outliers and breaks at known periods: the columns that a model adds where the series leaves its path.

use crate::error::{Error, Result};

/// How an outlier runs; positions count from the first value of the series, which may be followed by forecasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlier {
    /// AO, an additive outlier: one period.
    Additive(i64),
    /// LS, a level shift: for ever from this period on.
    LevelShift(i64),
    /// TC, a temporary change: from this period on, fading away.
    TemporaryChange(i64),
    /// SO, a seasonal outlier: this period of the year changes for ever, and the others make up for it.
    Seasonal(i64),
    /// RP, a ramp: a level that goes straight from that of the first period to that of the second.
    Ramp(i64, i64),
}

/// The share of a temporary change that is left a period later: .7 monthly, .343 quarterly, .7^(12/P) in general.
#[must_use]
pub fn temporary_change_decay(period: usize) -> f64 {
    match i32::try_from(period) {
        // exact where the months are whole, as in .7 * .7 * .7
        Ok(period) if period > 0 && 12 % period == 0 => 0.7_f64.powi(12 / period),
        Ok(period) => 0.7_f64.powf(12.0 / f64::from(period.max(1))),
        Err(_) => 1.0,
    }
}

impl Outlier {
    /// An outlier by the letters of its kind; `last` is the end of a ramp.
    ///
    /// # Errors
    ///
    /// Any other letters; a ramp without an end, or one that ends before it has begun.
    pub fn named(kind: &str, at: i64, last: Option<i64>) -> Result<Self> {
        Ok(match (kind, last) {
            ("ao", None) => Self::Additive(at),
            ("ls", None) => Self::LevelShift(at),
            ("tc", None) => Self::TemporaryChange(at),
            ("so", None) => Self::Seasonal(at),
            ("rp", Some(last)) if last > at => Self::Ramp(at, last),
            ("rp", Some(_)) => return Err(Error::invalid("a ramp must end after it begins")),
            _ => {
                return Err(Error::invalid(format!("{kind:?} is not an outlier: give ao, ls, tc, so or rp")));
            }
        })
    }

    /// The value of the column at a position; `period` is the number of periods in a year.
    #[must_use]
    pub fn value(&self, period: usize, position: i64) -> f64 {
        match *self {
            Self::Additive(at) => f64::from(u8::from(position == at)),
            Self::LevelShift(at) => number((position >= at).into()) - 1.0,
            Self::TemporaryChange(at) if position < at => 0.0,
            Self::TemporaryChange(at) => {
                let since = i32::try_from(position - at).unwrap_or(i32::MAX);
                temporary_change_decay(period).powi(since)
            }
            Self::Seasonal(at) if position >= at => 0.0,
            Self::Seasonal(at) => {
                let (year, others) = (i64::try_from(period).unwrap_or(1).max(1), period.max(2) - 1);
                let same = (at - position).rem_euclid(year) == 0;
                if same { -1.0 } else { 1.0 / f64::from(u32::try_from(others).unwrap_or(u32::MAX)) }
            }
            Self::Ramp(first, last) => number(position.clamp(first, last) - last),
        }
    }

    /// The column at the positions from `first` (negative for backcasts) on.
    #[must_use]
    pub fn column(&self, period: usize, first: i64, len: usize) -> Vec<f64> {
        (0..len).map(|i| self.value(period, first.saturating_add_unsigned(i as u64))).collect()
    }
}

/// A number of periods as a float.
fn number(periods: i64) -> f64 {
    f64::from(i32::try_from(periods).unwrap_or(if periods < 0 { i32::MIN } else { i32::MAX }))
}
