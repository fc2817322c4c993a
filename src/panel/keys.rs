//! Several columns of keys as one number a row.

use super::cancel::Cancel;
use super::dispatch::{Extent, Work, widest};
use super::layout::Key;
use super::store::{prefetch, stretches};
use super::threads;
use crate::error::{Error, Result};
use std::sync::atomic::{AtomicBool, Ordering};

/// The rows that a task works on.
const TASK: usize = 1 << 17;
/// The rows that are worked on at a time, while the next are fetched.
const STEP: usize = 1 << 9;
/// The rows at either end of a column that tell which keys to expect in it.
const SAMPLE: usize = 1 << 12;

/// A column of keys of any width.
#[derive(Debug, Clone, Copy)]
pub enum KeyColumn<'a> {
    /// Of eight bytes.
    Full(&'a [i64]),
    /// Of four.
    Half(&'a [i32]),
    /// Of two.
    Short(&'a [i16]),
    /// Of one.
    Bytes(&'a [i8]),
}

/// The same expression for the slice of keys of each width.
macro_rules! each_width {
    ($column:expr, $keys:ident => $body:expr) => {
        match $column {
            KeyColumn::Full($keys) => $body,
            KeyColumn::Half($keys) => $body,
            KeyColumn::Short($keys) => $body,
            KeyColumn::Bytes($keys) => $body,
        }
    };
}

impl KeyColumn<'_> {
    /// The number of keys.
    #[must_use]
    pub const fn rows(&self) -> usize {
        each_width!(self, keys => keys.len())
    }
}

/// The least and the greatest key: of all, or of those at either end.
fn extent<K: Key>(keys: &[K], whole: bool, cancel: &Cancel<'_>) -> Result<(i64, i64)> {
    let size = if whole { TASK } else { SAMPLE };
    let last = keys.len().div_ceil(size).saturating_sub(1);
    let (tasks, rows) = if whole { (last + 1, keys.len()) } else { (2, 2 * SAMPLE) };
    let found = threads::collect(tasks, rows, cancel, &|task| {
        let start = if whole { task } else { task * last } * size;
        let keys = &keys[start..keys.len().min(start + size)];
        keys.first().map(|&key| widest(Extent(keys, (key, key))))
    })?;
    let wider = |a: (i64, i64), b: (i64, i64)| (a.0.min(b.0), a.1.max(b.1));
    let found = found.into_iter().flatten().map(|(low, high)| (low.into(), high.into()));
    Ok(found.reduce(wider).unwrap_or_default())
}

/// Fills `out` with a number for each row, in the order of the keys of the first column, then of the second, and so on.
///
/// False, and nothing that means anything, where the combinations of keys that there may be have no room in 31 bits.
///
/// # Errors
/// Not a key of each column for each row, or the call was interrupted.
pub fn packed(columns: &[KeyColumn<'_>], out: &mut [i32], cancel: &Cancel<'_>) -> Result<bool> {
    if columns.iter().any(|column| column.rows() != out.len()) {
        return Err(Error::invalid("keys are packed from columns of as many rows"));
    }
    // The keys at either end of a column seldom leave out the least or the greatest: then one pass is enough.
    for whole in [false, true] {
        let extent = |column: &KeyColumn<'_>| each_width!(column, keys => extent(keys, whole, cancel));
        let extents = columns.iter().map(extent).collect::<Result<Vec<_>>>()?;
        let counts =
            extents.iter().map(|(low, high)| u32::try_from(high.abs_diff(*low)).ok()?.checked_add(1));
        let Some(counts) = counts.collect::<Option<Vec<u32>>>() else { return Ok(false) };
        let combinations = counts.iter().try_fold(1_u32, |all, &count| all.checked_mul(count));
        if combinations.is_none_or(|all| i32::try_from(all).is_err()) {
            return Ok(false);
        }
        let beyond = AtomicBool::new(false);
        stretches(out, TASK, cancel, &|start, out| {
            for (at, out) in (start..).step_by(STEP).zip(out.chunks_mut(STEP)) {
                if beyond.load(Ordering::Relaxed) {
                    break;
                }
                out.fill(0);
                for ((column, &(low, _)), &count) in columns.iter().zip(&extents).zip(&counts) {
                    let known = each_width!(column, keys => {
                        prefetch(keys, at + STEP..at + 2 * STEP);
                        widest(Append { keys: &keys[at..at + out.len()], low, count, out })
                    });
                    if !known {
                        beyond.store(true, Ordering::Relaxed);
                    }
                }
            }
        })?;
        if !beyond.into_inner() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Rows to each of which a key is appended, from the lowest on one of so many; false if there is another.
struct Append<'a, K> {
    keys: &'a [K],
    low: i64,
    count: u32,
    out: &'a mut [i32],
}

impl<K: Key> Work for Append<'_, K> {
    type Out = bool;

    #[inline(always)]
    fn run(self) -> bool {
        let (count, mut known) = (self.count.cast_signed(), true);
        for (number, &key) in self.out.iter_mut().zip(self.keys) {
            let key = key.into().wrapping_sub(self.low).cast_unsigned();
            known &= key < u64::from(self.count);
            #[allow(clippy::cast_possible_truncation)] // what is cut off makes the key unknown
            let key = (key as u32).cast_signed();
            *number = number.wrapping_mul(count).wrapping_add(key);
        }
        known
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    static ON: Cancel<'_> = Cancel::deaf(false);

    #[test]
    fn numbers_in_the_order_of_keys() {
        let rows = 2 * TASK + 77;
        let wide: Vec<i64> = (0..rows).map(|row| i64::MAX - i64::try_from(row % 1_000).unwrap()).collect();
        let narrow: Vec<i8> = (0..rows).map(|row| i8::try_from(row / 7 % 251).unwrap_or(-128)).collect();
        let mut half: Vec<i32> = (0..rows).map(|row| i32::try_from(row / 2_000).unwrap()).collect();
        half[TASK + 3] = -5; // the ends do not show it
        let columns = [KeyColumn::Half(&half), KeyColumn::Bytes(&narrow), KeyColumn::Full(&wide)];
        let mut out = vec![7; rows];
        assert!(packed(&columns, &mut out, &ON).unwrap());
        let mut known: Vec<_> = (0..rows).map(|row| (half[row], narrow[row], wide[row], out[row])).collect();
        known.sort_unstable();
        assert!(known.windows(2).all(|pair| {
            let ((a, b, c, number), (d, e, f, other)) = (pair[0], pair[1]);
            ((a, b, c) == (d, e, f)) == (number == other) && number <= other
        }));
    }

    #[test]
    fn what_has_no_room() {
        let ends = [i64::MIN, 0, i64::MAX];
        let mut out = [0; 3];
        assert!(!packed(&[KeyColumn::Full(&ends)], &mut out, &ON).unwrap());
        let far = [KeyColumn::Full(&[0, 1, 65_535]), KeyColumn::Half(&[0, 32_768, 0])];
        assert!(!packed(&far, &mut out, &ON).unwrap());
        let near = [KeyColumn::Full(&[0, 1, 65_535]), KeyColumn::Short(&[0, 32_766, 0])];
        assert!(packed(&near, &mut out, &ON).unwrap());
        assert_eq!(out, [0, 32_767 + 32_766, 65_535 * 32_767]);
        assert!(packed(&near, &mut out[..2], &ON).is_err());
        assert!(packed(&[KeyColumn::Bytes(&[])], &mut [], &ON).unwrap());
    }
}
