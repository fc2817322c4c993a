//! Long tables: the rows of many series, told apart by their keys, and the place of each in time.
//!
//! Rows in the order of keys and periods are taken as they lie; others are sorted once, by one radix sort of key and
//! period packed into a number. Everything a kernel needs to know then follows from runs of rows.

use super::shape::Base;
use super::store::Shared;
use super::threads;
use crate::error::{Error, Result};
use crate::number::Number;
use std::sync::atomic::AtomicBool;

/// The rows that a task works on, at least.
const TASK: usize = 1 << 16;

/// A lane kernel with its context, ready for a series and the number of its first period.
pub type FromFn<'a, N, O> = &'a (dyn Fn(usize, &[N], &mut [O]) + Sync);

/// The series of a long table.
#[derive(Debug)]
pub struct Table {
    /// The rows by key and period; none where they lie so already.
    order: Option<Vec<u32>>,
    /// The period number of each row, in that order.
    slots: Vec<i64>,
    /// Where each series begins in that order, and the number of rows.
    starts: Vec<usize>,
}

impl Table {
    /// Finds the series: rows of equal key. Periods are counted from the first one of the table.
    ///
    /// # Errors
    /// Two rows of one key in one period (the placed error has the later row and, as its series, the earlier one), a
    /// negative key or period, or more rows and keys than can be told apart.
    pub fn new(keys: &[i64], slots: &[i64]) -> Result<Self> {
        if keys.len() != slots.len() || u32::try_from(keys.len()).is_err() {
            return Err(Error::invalid(
                "a table needs a key and a period for each of at most 4,294,967,295 rows",
            ));
        }
        if keys.iter().chain(slots).any(|&n| n < 0) {
            return Err(Error::invalid("a key or a period of the table is missing"));
        }
        let pairs = || keys.iter().copied().zip(slots.iter().copied());
        let sorted = pairs().zip(pairs().skip(1)).all(|(a, b)| a < b);
        let order = if sorted { None } else { Some(order_of(keys, slots)?) };
        let row = |i: usize| order.as_ref().map_or(i, |order| order[i] as usize);
        let slots: Vec<i64> = (0..keys.len()).map(|i| slots[row(i)]).collect();
        let mut starts = Vec::new();
        for i in 0..keys.len() {
            let same = i > 0 && keys[row(i)] == keys[row(i - 1)];
            if same && slots[i] == slots[i - 1] {
                let (first, second) = (row(i - 1).min(row(i)), row(i - 1).max(row(i)));
                return Err(Error::placed("two rows of one key in one period", second, first));
            }
            if !same {
                starts.push(i);
            }
        }
        starts.push(keys.len());
        Ok(Self { order, slots, starts })
    }

    /// The number of rows.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.slots.len()
    }

    /// The number of series.
    #[must_use]
    pub const fn groups(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The row at a place in the order of keys and periods.
    fn row(&self, place: usize) -> usize {
        self.order.as_ref().map_or(place, |order| order[place] as usize)
    }

    /// The row after the first gap of a series, if one has a gap.
    #[must_use]
    pub fn after_gap(&self) -> Option<usize> {
        self.starts.windows(2).find_map(|ends| {
            let (start, end) = (ends[0], ends[1]);
            (start + 1..end).find(|&i| self.slots[i] != self.slots[i - 1] + 1).map(|i| self.row(i))
        })
    }

    /// Runs `task` on ranges of whole series.
    fn over(&self, cancel: &AtomicBool, task: &(dyn Fn(std::ops::Range<usize>) + Sync)) -> Result<()> {
        // The series that begin in a stretch of rows are a task.
        let tasks = self.rows().div_ceil(TASK);
        let first = |k: usize| self.starts.partition_point(|&s| s < k * TASK).min(self.groups());
        threads::run(tasks, self.rows(), cancel, &|k| task(first(k)..first(k + 1)))
    }

    /// The base row of every row, -1 where there is none.
    ///
    /// # Errors
    /// The call was interrupted.
    pub fn bases(&self, base: &Base, cancel: &AtomicBool) -> Result<Vec<i64>> {
        let mut found = vec![-1_i64; self.rows()];
        let out = Shared::new(&mut found);
        self.over(cancel, &|groups| {
            for group in groups {
                let (start, end) = (self.starts[group], self.starts[group + 1]);
                let slots = &self.slots[start..end];
                // The base of the next row seldom lies before that of the last one: the search begins there.
                let mut near = 0;
                for (i, &slot) in slots.iter().enumerate() {
                    let wanted = match base {
                        Base::Lag(lag) => slot.checked_sub(*lag),
                        Base::Table(table) => usize::try_from(slot).ok().and_then(|s| table.get(s).copied()),
                    };
                    let Some(wanted) = wanted.filter(|&w| w >= 0) else { continue };
                    if slots.get(near).is_some_and(|&s| s > wanted) {
                        near = slots.partition_point(|&s| s < wanted);
                    }
                    while slots.get(near).is_some_and(|&s| s < wanted) {
                        near += 1;
                    }
                    if slots.get(near) == Some(&wanted) {
                        let row = i64::try_from(self.row(start + near)).unwrap_or(-1);
                        // SAFETY: every row belongs to one series, and every series to one task.
                        unsafe { out.put(self.row(start + i), row) };
                    }
                }
            }
        })?;
        Ok(found)
    }

    /// Runs a lane kernel on every series, from its own first period to its last one, absent periods being missing.
    ///
    /// # Errors
    /// The call was interrupted.
    pub fn lanes<N: Number, O: Copy + Default + Send + Sync>(
        &self,
        x: &[N],
        out: &mut [O],
        kernel: FromFn<'_, N, O>,
        cancel: &AtomicBool,
    ) -> Result<()> {
        let out = Shared::new(out);
        self.over(cancel, &|groups| {
            let (mut dense, mut results) = (Vec::new(), Vec::new());
            for group in groups {
                let (start, end) = (self.starts[group], self.starts[group + 1]);
                let slots = &self.slots[start..end];
                let (Some(&first), Some(&last)) = (slots.first(), slots.last()) else { continue };
                let span = usize::try_from(last - first + 1).unwrap_or(0);
                let begin = usize::try_from(first).unwrap_or(0);
                let place = |i: usize| usize::try_from(slots[i] - first).unwrap_or(0);
                if self.order.is_none() && span == slots.len() {
                    // SAFETY: series are disjoint ranges.
                    kernel(begin, &x[start..end], unsafe { out.range(start, span) });
                    continue;
                }
                dense.clear();
                dense.resize(span, N::MISSING);
                results.clear();
                results.resize(span, O::default());
                for i in 0..slots.len() {
                    dense[place(i)] = x[self.row(start + i)];
                }
                kernel(begin, &dense, &mut results);
                for i in 0..slots.len() {
                    // SAFETY: every row belongs to one series.
                    unsafe { out.put(self.row(start + i), results[place(i)]) };
                }
            }
        })
    }

    /// Turns period numbers counted from the first period of each row's series into rows, -1 where there is none.
    pub fn rows_of(&self, found: &mut [i64]) {
        for ends in self.starts.windows(2) {
            let slots = &self.slots[ends[0]..ends[1]];
            let first = slots.first().copied().unwrap_or(0);
            for place in ends[0]..ends[1] {
                let Some(local) = found.get_mut(self.row(place)) else { continue };
                if *local >= 0 {
                    let at = slots.binary_search(&(*local + first));
                    *local = at.ok().and_then(|i| i64::try_from(self.row(ends[0] + i)).ok()).unwrap_or(-1);
                }
            }
        }
    }
}

/// The rows in the order of keys and periods, by a radix sort of the two packed into one number.
fn order_of(keys: &[i64], slots: &[i64]) -> Result<Vec<u32>> {
    let span = slots.iter().max().map_or(1, |&last| last + 1);
    let packed = |key: i64, slot: i64| key.checked_mul(span).and_then(|k| k.checked_add(slot));
    let most = keys.iter().max().map_or(Some(0), |&key| packed(key, span - 1));
    let Some(most) = most else {
        return Err(Error::invalid(
            "the keys and periods of the table are too many to be packed into 63 bits",
        ));
    };
    let mut rows: Vec<(u64, u32)> = keys
        .iter()
        .zip(slots)
        .zip(0_u32..)
        .map(|((&key, &slot), row)| ((key * span + slot).unsigned_abs(), row))
        .collect();
    let mut spare = vec![(0, 0); rows.len()];
    let bits = u64::BITS - most.unsigned_abs().leading_zeros();
    for digit in (0..bits).step_by(11) {
        let of = |number: u64| usize::try_from(number >> digit & 0x7ff).unwrap_or(0);
        let mut places = [0_usize; 2048];
        for &(number, _) in &rows {
            places[of(number)] += 1;
        }
        let mut sum = 0;
        for place in &mut places {
            sum += std::mem::replace(place, sum);
        }
        for &(number, row) in &rows {
            let place = &mut places[of(number)];
            spare[*place] = (number, row);
            *place += 1;
        }
        std::mem::swap(&mut rows, &mut spare);
    }
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}
