//! Long tables: the rows of many series, told apart by their keys, and the place of each in time.
//!
//! Rows that lie series by series, each in order, are taken as they lie; others are sorted once, by one radix sort of key
//! and period packed into a number. Everything a kernel needs to know then follows from runs of rows.

use super::pairs::{PairFn, STEP, Sink, streams};
use super::shape::Base;
use super::store::{Shared, Store};
use super::threads;
use crate::error::{Error, Result};
use crate::number::Number;
use std::sync::atomic::AtomicBool;

/// The rows that a task works on, at least.
const TASK: usize = 1 << 16;

/// A lane kernel with its context, ready for a series and the number of its first period.
pub type FromFn<'a, N, O> = &'a (dyn Fn(usize, &[N], &mut [O]) + Sync);

/// A whole number that tells series apart, of any width: codes of categories are often of one byte or two.
pub trait Key: Copy + Ord + Send + Sync + Into<i64> {}

impl<K: Copy + Ord + Send + Sync + Into<i64>> Key for K {}

/// The series of a long table.
#[derive(Debug)]
pub struct Table {
    /// The rows by key and period; none where they lie series by series already.
    order: Option<Vec<u32>>,
    /// The period number of each row, in that order.
    slots: Vec<i32>,
    /// Where each series begins in that order, and the number of rows.
    starts: Vec<usize>,
}

impl Table {
    /// Finds the series: rows of equal key. Periods are counted from the first one of the table.
    ///
    /// # Errors
    /// Two rows of one key in one period (the placed error has the later row and, as its series, the earlier one), a
    /// negative period, or more rows than can be told apart.
    pub fn new<K: Key>(keys: &[K], slots: &[i32]) -> Result<Self> {
        if keys.len() != slots.len() || u32::try_from(keys.len()).is_err() {
            return Err(Error::invalid(
                "a table needs a key and a period for each of at most 4,294,967,295 rows",
            ));
        }
        if slots.iter().fold(0, |sign, &slot| sign | slot) < 0 {
            return Err(Error::invalid("a period of the table is missing"));
        }
        if let Some(starts) = runs(keys, slots) {
            return Ok(Self { order: None, slots: slots.to_vec(), starts });
        }
        let order = order_of(keys, slots);
        let slots: Vec<i32> = order.iter().map(|&row| slots[row as usize]).collect();
        let mut starts = Vec::new();
        let mut before = None;
        for (i, &row) in order.iter().enumerate() {
            let key = keys[row as usize];
            if before != Some(key) {
                starts.push(i);
            } else if slots[i] == slots[i - 1] {
                let (a, b) = (order[i - 1] as usize, row as usize);
                return Err(Error::placed("two rows of one key in one period", a.max(b), a.min(b)));
            }
            before = Some(key);
        }
        starts.push(keys.len());
        Ok(Self { order: Some(order), slots, starts })
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
                        Base::Lag(lag) => i64::from(slot).checked_sub(*lag),
                        Base::Table(table) => usize::try_from(slot).ok().and_then(|s| table.get(s).copied()),
                    };
                    let wanted = wanted.and_then(|w| i32::try_from(w).ok());
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

    /// The lag of bases that are met in one pass: they lie before their rows, and the rows series by series.
    fn backward(&self, base: &Base) -> Option<i32> {
        match (&self.order, base) {
            (None, Base::Lag(lag)) => i32::try_from(*lag).ok().filter(|&lag| lag > 0),
            _ => None,
        }
    }

    /// Whether `pairs` is made for these bases; others go through the table of `bases`.
    #[must_use]
    pub fn in_one_pass(&self, base: &Base) -> bool {
        self.backward(base).is_some()
    }

    /// Runs a pair kernel on every row and its base, in one pass.
    ///
    /// # Errors
    /// Bases that take a table, other lengths than that of the table, or the call was interrupted.
    pub fn pairs<N: Store>(
        &self,
        x: &[N],
        base: &Base,
        out: &mut [N],
        kernel: PairFn<'_, N>,
        cancel: &AtomicBool,
    ) -> Result<()> {
        let lag = self.backward(base).filter(|_| x.len() == self.rows() && out.len() == self.rows());
        let Some(lag) = lag else {
            return Err(Error::invalid("these bases are not met in one pass: take the table of bases"));
        };
        let streaming = streams::<N>(x.len());
        let out = Shared::new(out);
        self.over(cancel, &|groups| {
            let (begin, end) = (self.starts[groups.start], self.starts[groups.end]);
            // SAFETY: every series belongs to one task, and so do the rows from the first to the last of them.
            let mut sink = Sink::new(unsafe { out.range(begin, end - begin) }, kernel, streaming);
            let mut found = [N::MISSING; STEP];
            let (mut from, mut filled) = (begin, 0);
            for group in groups {
                let (start, end) = (self.starts[group], self.starts[group + 1]);
                let (slots, x_here) = (&self.slots[start..end], &x[start..end]);
                let mut near = 0;
                for (i, &slot) in slots.iter().enumerate() {
                    let wanted = slot - lag; // both are positive: no overflow
                    // The base lies before the row, so `near` ends at the row at the latest; most often it is the next.
                    near += usize::from(slots[near] < wanted);
                    while slots[near] < wanted {
                        near += 1;
                    }
                    found[filled] = if slots[near] == wanted { x_here[near] } else { N::MISSING };
                    filled += 1;
                    if filled == STEP {
                        let to = start + i + 1;
                        sink.run(from - begin, &x[from..to], &found);
                        (from, filled) = (to, 0);
                    }
                }
            }
            sink.run(from - begin, &x[from..end], &found[..filled]);
            if streaming {
                N::finish();
            }
        })
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
                    let at = i32::try_from(*local + i64::from(first))
                        .ok()
                        .and_then(|s| slots.binary_search(&s).ok());
                    *local = at.and_then(|i| i64::try_from(self.row(ends[0] + i)).ok()).unwrap_or(-1);
                }
            }
        }
    }
}

/// Where each series begins, and the number of rows, if the rows lie series by series and each series in order.
fn runs<K: Key>(keys: &[K], slots: &[i32]) -> Option<Vec<usize>> {
    let mut starts = Vec::new();
    let mut ascending = true;
    let mut before: Option<(K, i32)> = None;
    for (i, (&key, &slot)) in keys.iter().zip(slots).enumerate() {
        match before {
            Some((last, period)) if last == key => {
                if slot <= period {
                    return None;
                }
            }
            other => {
                ascending &= other.is_none_or(|(last, _)| last < key);
                starts.push(i);
            }
        }
        before = Some((key, slot));
    }
    if !ascending {
        // Keys in another order than that of their numbers: a series must not come back.
        let mut heads: Vec<K> = starts.iter().map(|&start| keys[start]).collect();
        heads.sort_unstable();
        if heads.windows(2).any(|pair| pair[0] == pair[1]) {
            return None;
        }
    }
    starts.push(keys.len());
    Some(starts)
}

/// The rows in the order of keys and periods, by a radix sort of the two packed into one number.
fn order_of<K: Key>(keys: &[K], slots: &[i32]) -> Vec<u32> {
    let span = slots.iter().max().map_or(1, |&last| i64::from(last) + 1);
    let low = keys.iter().min().map_or(0, |&key| key.into());
    let high = keys.iter().max().map_or(0, |&key| key.into());
    let most = high.checked_sub(low).and_then(|most| most.checked_add(1)?.checked_mul(span));
    let packed = |key: i64, slot: i32| (key * span + i64::from(slot)).unsigned_abs();
    let Some(most) = most else {
        // Keys too far apart to be packed: by their ranks, of which there are at most as many as rows.
        let mut distinct: Vec<K> = keys.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let rank = |key: &K| distinct.partition_point(|known| known < key).try_into().unwrap_or(0);
        let most = span.unsigned_abs() * distinct.len() as u64;
        return radix(keys.iter().zip(slots).map(|(key, &slot)| packed(rank(key), slot)), most);
    };
    let most = most.unsigned_abs();
    let numbers = keys.iter().zip(slots).map(|(&key, &slot)| packed(key.into() - low, slot));
    if u32::try_from(most).is_ok() {
        return radix(numbers.map(|number| u32::try_from(number).unwrap_or(u32::MAX)), most);
    }
    radix(numbers, most)
}

/// The places of numbers, all below `most`, in their order.
fn radix<P: Copy + Default + Into<u64>>(numbers: impl Iterator<Item = P>, most: u64) -> Vec<u32> {
    let mut rows: Vec<(P, u32)> = numbers.zip(0_u32..).collect();
    let mut spare = vec![(P::default(), 0); rows.len()];
    let bits = u64::BITS - most.leading_zeros();
    for digit in (0..bits).step_by(11) {
        let of = |number: P| usize::try_from(number.into() >> digit & 0x7ff).unwrap_or(0);
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
    drop(spare);
    rows.into_iter().map(|(_, row)| row).collect()
}
