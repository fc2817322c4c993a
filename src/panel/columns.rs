//! Columns of a long table as numbers: the period of each date, the code of each text.
//!
//! Both read the memory of a column as it lies, once. They are for columns without missing values; what they cannot
//! read is left to the way of distinct values, which names what is wrong.

use super::periods::{Frequency, Stamp, day_range};
use super::store::Shared;
use super::threads;
use crate::error::Result;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::atomic::AtomicBool;

/// The rows that a task works on.
const TASK: usize = 1 << 17;
/// The rows of one text that are compared at a time.
const RUN: usize = 16;

/// The period of each row, counted from the earliest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The ordinal of the earliest period.
    pub start: i64,
    /// The number of periods from the earliest to the latest.
    pub span: i64,
    /// The number of each row's period.
    pub slots: Vec<i32>,
}

/// The period of each stamp, several of which may lie in one period; none where a stamp is missing or beyond the
/// calendar, where there is no stamp, and where the periods that the stamps count are of another frequency.
///
/// # Errors
/// The call was interrupted.
pub fn places(
    stamps: &[i64],
    unit: Stamp,
    frequency: Frequency,
    cancel: &AtomicBool,
) -> Result<Option<Places>> {
    let extent = stamps.iter().fold((i64::MAX, i64::MIN), |(low, high), &s| (low.min(s), high.max(s)));
    let Some((first, last)) = day_range(extent.0, extent.1, unit) else { return Ok(None) };
    let per = match unit {
        Stamp::Ordinals(own, shift) if own == frequency => {
            let start = extent.0 + shift;
            let slots = each(stamps, cancel, |s| i32::try_from(s - extent.0).unwrap_or(0))?;
            return Ok(Some(Places { start, span: extent.1 - extent.0 + 1, slots }));
        }
        Stamp::PerDay(per) => per,
        _ => return Ok(None),
    };
    let start = frequency.ordinal(first);
    let of_day: Vec<i32> =
        (first..=last).map(|day| i32::try_from(frequency.ordinal(day) - start).unwrap_or(0)).collect();
    // The difference to the beginning of the first day is positive and has room in 64 bits without a sign.
    let begin = first.wrapping_mul(per);
    let since = |stamp: i64| stamp.wrapping_sub(begin).cast_unsigned();
    let place = |day: u64| usize::try_from(day).ok().and_then(|day| of_day.get(day).copied()).unwrap_or(0);
    // Division by a constant is several times faster than by a variable.
    let slots = match per {
        1 => each(stamps, cancel, |s| place(since(s)))?,
        86_400_000 => each(stamps, cancel, |s| place(since(s) / 86_400_000))?,
        86_400_000_000 => each(stamps, cancel, |s| place(since(s) / 86_400_000_000))?,
        86_400_000_000_000 => each(stamps, cancel, |s| place(since(s) / 86_400_000_000_000))?,
        other => each(stamps, cancel, |s| place(since(s) / other.unsigned_abs()))?,
    };
    Ok(Some(Places { start, span: frequency.ordinal(last) - start + 1, slots }))
}

/// A number for each stamp, on all threads.
fn each(stamps: &[i64], cancel: &AtomicBool, of: impl Fn(i64) -> i32 + Sync) -> Result<Vec<i32>> {
    let mut made = vec![0; stamps.len()];
    let out = Shared::new(&mut made);
    threads::run(stamps.len().div_ceil(TASK), stamps.len(), cancel, &|task| {
        let stamps = &stamps[task * TASK..stamps.len().min((task + 1) * TASK)];
        // SAFETY: tasks are disjoint ranges.
        let out = unsafe { out.range(task * TASK, stamps.len()) };
        for (out, &stamp) in out.iter_mut().zip(stamps) {
            *out = of(stamp);
        }
    })?;
    Ok(made)
}

/// The number of each text, in the order of their first rows; none where the offsets are no offsets.
///
/// Row i is the bytes from offset i to the next. Equal texts one after another, as in a sorted table, are compared many
/// at a time; only the first of them is looked up.
pub fn codes_of_texts<O: Copy + Into<i64>>(offsets: &[O], bytes: &[u8]) -> Option<Vec<i32>> {
    let at = |row: usize| usize::try_from(offsets[row].into()).unwrap_or(usize::MAX);
    let rows = offsets.len().saturating_sub(1);
    let mut known: HashMap<&[u8], i32, BuildHasherDefault<Words>> = HashMap::default();
    let mut codes = Vec::with_capacity(rows);
    let mut row = 0;
    while row < rows {
        let text = bytes.get(at(row)..at(row + 1))?;
        let code = if let Some(&code) = known.get(text) {
            code
        } else {
            let code = i32::try_from(known.len()).ok()?;
            known.insert(text, code);
            code
        };
        codes.push(code);
        row += 1;
        while row + RUN <= rows && follow(offsets, bytes, row, text.len()) {
            codes.extend([code; RUN]);
            row += RUN;
        }
        while row < rows && bytes.get(at(row)..at(row + 1)) == Some(text) {
            codes.push(code);
            row += 1;
        }
    }
    Some(codes)
}

/// Whether the texts of so many rows are of this length and equal to the one before them.
fn follow<O: Copy + Into<i64>>(offsets: &[O], bytes: &[u8], row: usize, len: usize) -> bool {
    let Ok(step) = i64::try_from(len) else { return false };
    let Some(offsets) = offsets.get(row..=row + RUN) else { return false };
    let even = offsets.windows(2).fold(true, |even, pair| even & (pair[1].into() - pair[0].into() == step));
    let Ok(begin) = usize::try_from(offsets[0].into()) else { return false };
    let end = begin + RUN * len;
    // Each text equals the one before it where the bytes equal themselves a text further on.
    even && begin >= len
        && matches!((bytes.get(begin..end), bytes.get(begin - len..end - len)), (Some(a), Some(b)) if a == b)
}

/// A hash of a text by its words of eight bytes.
#[derive(Default)]
struct Words(u64);

impl Hasher for Words {
    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in chunks.by_ref() {
            self.write_u64(chunk.try_into().map_or(0, u64::from_le_bytes));
        }
        let rest = chunks.remainder();
        if !rest.is_empty() {
            self.write_u64(rest.iter().fold(1, |word, &byte| word << 8 | u64::from(byte)));
        }
    }

    fn write_u64(&mut self, word: u64) {
        // The constant is 2^64 over the golden ratio; the fold brings the high bits, which are mixed best, down.
        let mixed = u128::from(self.0.rotate_left(23) ^ word) * 0x9e37_79b9_7f4a_7c15;
        #[allow(clippy::cast_possible_truncation)]
        let folded = (mixed >> 64) as u64 ^ mixed as u64;
        self.0 = folded;
    }

    fn write_usize(&mut self, length: usize) {
        self.write_u64(length as u64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    static ON: AtomicBool = AtomicBool::new(false);

    #[test]
    fn stamps_find_the_periods_of_their_days() {
        let day = 86_400_000_000_000;
        let days = [19_723, 19_753, 19_754, 19_723, -1, 0, 11_016, -25_000];
        for frequency in ["A", "H", "Q", "M", "W", "D"].map(|f| Frequency::parse(f).unwrap()) {
            for (per, late) in [(1, 0), (24, 23), (86_400, 5), (86_400_000, 9), (day, day - 1)] {
                let stamps = days.map(|d| d * per + late);
                let found = places(&stamps, Stamp::PerDay(per), frequency, &ON).unwrap().unwrap();
                for (slot, day) in found.slots.iter().zip(days) {
                    assert_eq!(found.start + i64::from(*slot), frequency.ordinal(day));
                }
                assert_eq!(found.start, frequency.ordinal(-25_000));
                assert_eq!(found.span, frequency.ordinal(19_754) - found.start + 1);
            }
        }
        let monthly = Frequency::Monthly;
        let periods = Stamp::Ordinals(monthly, 23_640);
        let found = places(&[5, 3, 5], periods, monthly, &ON).unwrap().unwrap();
        assert_eq!(found, Places { start: 23_643, span: 3, slots: vec![2, 0, 2] });
        for bad in [&[i64::MIN, 0][..], &[0, i64::MAX], &[]] {
            assert_eq!(places(bad, Stamp::PerDay(1), monthly, &ON).unwrap(), None);
            assert_eq!(places(bad, periods, monthly, &ON).unwrap(), None);
        }
        assert_eq!(places(&[1], periods, Frequency::Annual, &ON).unwrap(), None);
    }

    #[test]
    fn texts_are_numbered_by_their_first_rows() {
        let words = ["tea", "", "rice", "ten", "a text of more than sixteen bytes"];
        for repeat in [1, 2, 15, 16, 17, 18, 100] {
            let rows: Vec<usize> =
                [0, 0, 1, 2, 3, 1, 4, 0, 4].iter().flat_map(|&w| vec![w; repeat]).collect();
            let (mut bytes, mut offsets) = (b"before".to_vec(), vec![6_i32]);
            for &row in &rows {
                bytes.extend(words[row].bytes());
                offsets.push(i32::try_from(bytes.len()).unwrap());
            }
            let codes = codes_of_texts(&offsets, &bytes).unwrap();
            assert!(codes.iter().zip(&rows).all(|(&code, &row)| usize::try_from(code) == Ok(row)));
            assert_eq!(codes.len(), rows.len());
        }
        assert_eq!(codes_of_texts(&[0_i64, 9], b"short"), None);
        assert_eq!(codes_of_texts::<i64>(&[], b""), Some(vec![]));
    }
}
