//! Where the series of an array lie, and which period each row is.

use crate::error::{Error, Result};
use std::collections::HashMap;

/// A contiguous array of any rank, seen from its time axis: `outer` blocks of `rows` rows of `inner` values.
///
/// A C-order matrix with time along axis 0 is one block whose rows hold a value of every series; a vector, or an F-order
/// matrix, is a block a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// The number of blocks.
    pub outer: usize,
    /// The length of the time axis.
    pub rows: usize,
    /// The number of values in a row of a block.
    pub inner: usize,
}

impl Shape {
    /// The number of values.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.outer * self.rows * self.inner
    }

    /// Whether there are no values.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of series.
    #[must_use]
    pub const fn lanes(&self) -> usize {
        self.outer * self.inner
    }

    /// The same array with another length of the time axis.
    #[must_use]
    pub const fn with_rows(self, rows: usize) -> Self {
        Self { rows, ..self }
    }

    /// The row and the lane of a position in memory.
    #[must_use]
    pub const fn place(&self, position: usize) -> (usize, usize) {
        let (block, within) = (position / (self.rows * self.inner), position % (self.rows * self.inner));
        (within / self.inner, block * self.inner + within % self.inner)
    }

    /// The position in memory of a row of a lane.
    #[must_use]
    pub const fn position(&self, row: usize, lane: usize) -> usize {
        (lane / self.inner * self.rows + row) * self.inner + lane % self.inner
    }
}

/// The period number of every row, where rows are not simply the periods in order, and the way back.
#[derive(Debug, Clone)]
pub struct Slots {
    of_row: Vec<usize>,
    span: usize,
    rows: Rows,
}

/// The row of every period: a table while it is dense enough, a map for sparse daily data.
#[derive(Debug, Clone)]
enum Rows {
    Table(Vec<i64>),
    Map(HashMap<usize, i64>),
}

/// Beyond so many periods a row, a table of periods would be mostly empty.
const SPARSE: usize = 64;

impl Slots {
    /// Reads the period numbers, which must be distinct and not negative.
    ///
    /// # Errors
    /// A negative number, or two rows in one period.
    pub fn new(of_row: &[i64]) -> Result<Self> {
        let of_row: Vec<usize> = of_row
            .iter()
            .map(|&slot| usize::try_from(slot).map_err(|_| Error::invalid("a period number is negative")))
            .collect::<Result<_>>()?;
        let span = of_row.iter().max().map_or(0, |&last| last + 1);
        let duplicate =
            |row| Error::placed("two rows lie in one period, {place}; aggregate them first", row, 0);
        let rows = if span <= SPARSE * of_row.len() {
            let mut table = vec![-1; span];
            for (row, (&slot, number)) in of_row.iter().zip(0_i64..).enumerate() {
                if std::mem::replace(&mut table[slot], number) >= 0 {
                    return Err(duplicate(row));
                }
            }
            Rows::Table(table)
        } else {
            let mut map = HashMap::with_capacity(of_row.len());
            for (row, (&slot, number)) in of_row.iter().zip(0_i64..).enumerate() {
                if map.insert(slot, number).is_some() {
                    return Err(duplicate(row));
                }
            }
            Rows::Map(map)
        };
        Ok(Self { of_row, span, rows })
    }

    /// The number of periods from the first to the last.
    #[must_use]
    pub const fn span(&self) -> usize {
        self.span
    }

    /// The period number of every row.
    #[must_use]
    pub fn of_row(&self) -> &[usize] {
        &self.of_row
    }

    /// The first period of the span that no row lies in.
    #[must_use]
    pub fn first_absent(&self) -> Option<usize> {
        if self.span == self.of_row.len() {
            return None;
        }
        (0..self.span).find(|&slot| self.row(slot) < 0)
    }

    /// The row of a period, -1 where it has none.
    #[must_use]
    pub fn row(&self, slot: usize) -> i64 {
        match &self.rows {
            Rows::Table(table) => table.get(slot).copied().unwrap_or(-1),
            Rows::Map(map) => map.get(&slot).copied().unwrap_or(-1),
        }
    }
}

/// Which period is the base of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// The period so many before; after, if negative.
    Lag(i64),
    /// The base of every period of the span, -1 where there is none.
    Table(Vec<i64>),
    /// The last period of the series, on or before these, that has a row.
    Latest(Vec<i64>),
}

impl Base {
    /// The bases of a series that has rows in these periods, in any order, where `first`, its first one, is period 0; none
    /// where that makes no difference.
    #[must_use]
    pub fn of_series(&self, first: usize, rows: &mut dyn Iterator<Item = usize>) -> Option<Self> {
        let table = match self {
            Self::Table(table) if first > 0 => table,
            Self::Latest(table) => table,
            _ => return None,
        };
        let mut latest = Vec::new();
        if matches!(self, Self::Latest(_)) {
            for place in rows.filter_map(|period| period.checked_sub(first)) {
                if latest.len() <= place {
                    latest.resize(place + 1, -1);
                }
                latest[place] = i64::try_from(place).unwrap_or(-1);
            }
            for place in 1..latest.len() {
                latest[place] = latest[place].max(latest[place - 1]);
            }
        }
        let base = |&base: &i64| {
            let Ok(base) = usize::try_from(base) else { return -1 };
            let Some(base) = base.checked_sub(first) else { return -1 };
            latest.get(base).or(latest.last()).copied().unwrap_or_else(|| i64::try_from(base).unwrap_or(-1))
        };
        Some(Self::Table(table.get(first..).unwrap_or(&[]).iter().map(base).collect()))
    }

    /// The base of a period within a span, if there is one.
    #[must_use]
    #[inline]
    pub fn of(&self, slot: usize, span: usize) -> Option<usize> {
        let base = match self {
            Self::Lag(lag) => i64::try_from(slot).ok()?.checked_sub(*lag)?,
            Self::Table(table) | Self::Latest(table) => *table.get(slot)?,
        };
        usize::try_from(base).ok().filter(|&b| b < span)
    }

    /// The base row of every row, -1 where there is none.
    #[must_use]
    pub fn rows(&self, rows: usize, slots: Option<&Slots>) -> Vec<i64> {
        let span = slots.map_or(rows, Slots::span);
        let own = slots.and_then(|slots| self.of_series(0, &mut slots.of_row().iter().copied()));
        let base = own.as_ref().unwrap_or(self);
        (0..rows)
            .map(|row| {
                let slot = slots.map_or(row, |s| s.of_row()[row]);
                match (base.of(slot, span), slots) {
                    (None, _) => -1,
                    (Some(base), Some(s)) => s.row(base),
                    (Some(base), None) => i64::try_from(base).unwrap_or(-1),
                }
            })
            .collect()
    }
}
