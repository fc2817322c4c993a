//! Finding the series of a long table: where each begins, and in which order its rows come.
//!
//! Rows that lie series by series, each in order, are taken as they lie. Others are put in order once: by a cell for each
//! key and period where most cells have a row, else by a radix sort of the two packed into a number.

use super::cancel::Cancel;
use super::dispatch;
use super::table::Table;
use super::threads;
use crate::error::{Error, Result};
use std::cmp::Ordering;

/// The rows that a task looks through.
const TASK: usize = 1 << 17;
/// The rows that are compared at a time.
const RUN: usize = 32;
/// Up to so many cells a row, rows are put in order by cells, which then take no more memory than a sort.
const CELLS: u64 = 4;

/// A whole number that tells series apart, of any width: codes of categories are often of one byte or two.
pub trait Key: Copy + Ord + Send + Sync + Into<i64> {}

impl<K: Copy + Ord + Send + Sync + Into<i64>> Key for K {}

/// How the rows of a long table make series.
#[derive(Debug)]
pub struct Layout {
    /// The rows by key and period, and the period number of each in that order; none where they lie so already.
    order: Option<(Vec<u32>, Vec<i32>)>,
    /// Where each series begins in that order, and the number of rows.
    starts: Vec<usize>,
    /// The number of periods from the first one of the table to the last.
    span: usize,
}

impl Layout {
    /// Finds the series: rows of equal key. Periods are counted from the first one of the table.
    ///
    /// # Errors
    /// Two rows of one key in one period (the placed error has the later row and, as its series, the earlier one), a
    /// negative period, more rows than can be told apart, or the call was interrupted.
    pub fn new<K: Key>(keys: &[K], slots: &[i32], cancel: &Cancel<'_>) -> Result<Self> {
        if keys.len() != slots.len() || u32::try_from(keys.len()).is_err() {
            return Err(Error::invalid(
                "a table needs a key and a period for each of at most 4,294,967,295 rows",
            ));
        }
        let (low, high) = dispatch::widest(dispatch::Extent(slots, (0, 0)));
        if low < 0 {
            return Err(Error::invalid("a period of the table is missing"));
        }
        let span = usize::try_from(high).unwrap_or(0) + 1;
        let rows = keys.len();
        let found = threads::collect(rows.div_ceil(TASK), rows, cancel, &|task| {
            let range = task * TASK..rows.min((task + 1) * TASK);
            Runs::new(range.start).look(range.start, &keys[range.clone()], &slots[range])
        })?;
        if let Some(starts) = Runs::joined(found, keys, slots) {
            return Ok(Self { order: None, starts, span });
        }
        let order = order_of(keys, slots, cancel);
        if cancel.asked() {
            return Err(Error::Interrupted);
        }
        let sorted: Vec<i32> = order.iter().map(|&row| slots[row as usize]).collect();
        let mut starts = Vec::new();
        let mut before = None;
        for (i, &row) in order.iter().enumerate() {
            let key = keys[row as usize];
            if before != Some(key) {
                starts.push(i);
            } else if sorted[i] == sorted[i - 1] {
                let (a, b) = (order[i - 1] as usize, row as usize);
                return Err(Error::placed("two rows of one key in one period", a.max(b), a.min(b)));
            }
            before = Some(key);
        }
        starts.push(keys.len());
        Ok(Self { order: Some((order, sorted)), starts, span })
    }

    /// The rows of equal key as groups, in the order of keys and, within one, of rows. Fills the number of each row's group
    /// and the row's place in it.
    ///
    /// # Errors
    /// More rows than can be told apart, not a number and a place for each, or the call was interrupted.
    pub fn alike<K: Key>(
        keys: &[K],
        numbers: &mut [i32],
        places: &mut [i32],
        cancel: &Cancel<'_>,
    ) -> Result<Self> {
        let rows = keys.len();
        if i32::try_from(rows).is_err() || numbers.len() != rows || places.len() != rows {
            return Err(Error::invalid("groups are made of at most 2,147,483,647 rows, each with its key"));
        }
        let groups = number(keys, numbers, cancel);
        if cancel.asked() {
            return Err(Error::Interrupted);
        }
        let mut counts = vec![0_u32; groups];
        for (&number, place) in numbers.iter().zip(&mut *places) {
            if let Some(count) = counts.get_mut(number.cast_unsigned() as usize) {
                *place = count.cast_signed();
                *count += 1;
            }
        }
        let mut starts = Vec::with_capacity(groups + 1);
        starts.push(0);
        starts.extend(counts.iter().scan(0, |sum, &count| {
            *sum += count as usize;
            Some(*sum)
        }));
        let span = counts.iter().max().map_or(0, |&count| count as usize);
        let order = (!numbers.is_sorted()).then(|| {
            let (mut order, mut sorted) = (vec![0; rows], vec![0; rows]);
            for ((row, &number), &place) in (0_u32..).zip(&*numbers).zip(&*places) {
                let at = starts[number.cast_unsigned() as usize] + place.cast_unsigned() as usize;
                (order[at], sorted[at]) = (row, place);
            }
            (order, sorted)
        });
        Ok(Self { order, starts, span })
    }

    /// The series that tasks found; none if a row is out of order.
    pub(super) fn in_order<K: Key>(
        found: Vec<Option<Runs>>,
        keys: &[K],
        slots: &[i32],
        span: i64,
    ) -> Option<Self> {
        let starts = Runs::joined(found, keys, slots)?;
        Some(Self { order: None, starts, span: usize::try_from(span).ok()? })
    }

    /// The number of series.
    #[must_use]
    pub const fn groups(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The table of these series and the period numbers that they were found with.
    ///
    /// # Errors
    /// Period numbers of another table.
    pub fn table<'a>(&'a self, slots: &'a [i32]) -> Result<Table<'a>> {
        if self.starts.last() != Some(&slots.len()) {
            return Err(Error::invalid("these are not the periods that the series were found with"));
        }
        let (starts, span) = (&self.starts, self.span);
        Ok(match &self.order {
            None => Table { order: None, slots, starts, span },
            Some((order, sorted)) => Table { order: Some(order), slots: sorted, starts, span },
        })
    }
}

/// The series that a task finds in its rows; the first one may have begun before.
#[derive(Debug)]
pub(super) struct Runs {
    starts: Vec<usize>,
    ascending: bool,
}

impl Runs {
    /// Those that are known from the first row alone.
    pub(super) fn new(row: usize) -> Self {
        Self { starts: vec![row], ascending: true }
    }

    /// Looks through rows from `row` on, of which the first is known; none if one is out of order.
    pub(super) fn look<K: Key>(self, row: usize, keys: &[K], slots: &[i32]) -> Option<Self> {
        dispatch::widest(Look { runs: self, row, keys, slots })
    }

    /// Where each series begins, and the number of rows, from what the tasks found; none if a row is out of order.
    fn joined<K: Key>(found: Vec<Option<Self>>, keys: &[K], slots: &[i32]) -> Option<Vec<usize>> {
        let (mut starts, mut ascending) = (Vec::new(), true);
        for runs in found {
            let runs = runs?;
            ascending &= runs.ascending;
            let mut here = &runs.starts[..];
            if let Some(&row) = here.first().filter(|&&row| row > 0) {
                match keys[row - 1].cmp(&keys[row]) {
                    Ordering::Equal if slots[row - 1] >= slots[row] => return None,
                    Ordering::Equal => here = &here[1..],
                    other => ascending &= other == Ordering::Less,
                }
            }
            starts.extend_from_slice(here);
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
}

/// Rows to look for series in.
struct Look<'a, K> {
    runs: Runs,
    row: usize,
    keys: &'a [K],
    slots: &'a [i32],
}

impl<K: Key> dispatch::Work for Look<'_, K> {
    type Out = Option<Runs>;

    #[inline(always)]
    fn run(self) -> Option<Runs> {
        let Self { mut runs, row, keys, slots } = self;
        let mut at = 1;
        while at < keys.len() {
            let end = keys.len().min(at + RUN);
            // Most rows go on with the series of the row before: many are compared at once, without a branch.
            let breaks = keys[at..end]
                .iter()
                .zip(&keys[at - 1..])
                .fold(0_u8, |n, (a, b)| n | u8::from(a != b))
                | slots[at..end].iter().zip(&slots[at - 1..]).fold(0_u8, |n, (a, b)| n | u8::from(a <= b));
            for i in if breaks == 0 { end..end } else { at..end } {
                match keys[i - 1].cmp(&keys[i]) {
                    Ordering::Equal if slots[i - 1] >= slots[i] => return None,
                    Ordering::Equal => {}
                    other => {
                        runs.ascending &= other == Ordering::Less;
                        runs.starts.push(row + i);
                    }
                }
            }
            at = end;
        }
        Some(runs)
    }
}

/// Fills the place of each row's key among those that occur, and gives how many do; nothing if the call was interrupted.
fn number<K: Key>(keys: &[K], numbers: &mut [i32], cancel: &Cancel<'_>) -> usize {
    let Some(&first) = keys.first() else { return 0 };
    let (low, high) = dispatch::widest(dispatch::Extent(keys, (first, first)));
    let (low, high): (i64, i64) = (low.into(), high.into());
    let from_low = |key: K| key.into().abs_diff(low);
    let most = high.abs_diff(low);
    let mut groups = 0;
    if most < CELLS * keys.len() as u64 {
        let mut cells = vec![0_i32; usize::try_from(most).unwrap_or(0) + 1];
        for &key in keys {
            cells[usize::try_from(from_low(key)).unwrap_or(0)] = 1;
        }
        for cell in &mut cells {
            groups += std::mem::replace(cell, groups);
        }
        for (number, &key) in numbers.iter_mut().zip(keys) {
            *number = cells[usize::try_from(from_low(key)).unwrap_or(0)];
        }
    } else {
        let mut before = None;
        for row in radix(keys.iter().map(|&key| from_low(key)), most, cancel) {
            let key = keys[row as usize];
            groups += i32::from(before.is_some_and(|before| before != key));
            numbers[row as usize] = groups;
            before = Some(key);
        }
        groups += 1;
    }
    usize::try_from(groups).unwrap_or(0)
}

/// The rows in the order of keys and periods; in none if the call was interrupted.
fn order_of<K: Key>(keys: &[K], slots: &[i32], cancel: &Cancel<'_>) -> Vec<u32> {
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
        return radix(keys.iter().zip(slots).map(|(key, &slot)| packed(rank(key), slot)), most, cancel);
    };
    let most = most.unsigned_abs();
    let numbers = keys.iter().zip(slots).map(|(&key, &slot)| packed(key.into() - low, slot));
    if most <= CELLS * keys.len() as u64
        && let Some(order) = by_cells(numbers.clone(), most)
    {
        return order;
    }
    if u32::try_from(most).is_ok() {
        return radix(numbers.map(|number| u32::try_from(number).unwrap_or(u32::MAX)), most, cancel);
    }
    radix(numbers, most, cancel)
}

/// The places of numbers, all below `most`, in their order; none if two are equal.
fn by_cells(numbers: impl ExactSizeIterator<Item = u64>, most: u64) -> Option<Vec<u32>> {
    const EMPTY: u32 = u32::MAX; // there are fewer rows than that
    let mut order = Vec::with_capacity(numbers.len());
    let mut cells = vec![EMPTY; usize::try_from(most).ok()?];
    for (number, row) in numbers.zip(0_u32..) {
        let cell = cells.get_mut(usize::try_from(number).ok()?)?;
        if std::mem::replace(cell, row) != EMPTY {
            return None;
        }
    }
    order.extend(cells.into_iter().filter(|&row| row != EMPTY));
    Some(order)
}

/// The places of numbers, all below `most`, in their order; in none if the call was interrupted.
fn radix<P: Copy + Default + Into<u64>>(
    numbers: impl Iterator<Item = P>,
    most: u64,
    cancel: &Cancel<'_>,
) -> Vec<u32> {
    let mut rows: Vec<(P, u32)> = numbers.zip(0_u32..).collect();
    let mut spare = vec![(P::default(), 0); rows.len()];
    let bits = u64::BITS - most.leading_zeros();
    for digit in (0..bits).step_by(11).take_while(|_| !cancel.asked()) {
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
