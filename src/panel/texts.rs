//! The texts of a long table as numbers, in the order of their first rows.
//!
//! The memory of a column is read as it lies, once. This is for columns without missing values.

use super::cancel::Cancel;
use super::store::stretches;
use super::threads;
use crate::error::Result;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The rows that a task numbers.
const TASK: usize = 1 << 18;
/// The rows of one text that are compared at a time.
const RUN: usize = 16;

/// The number of each text that is known.
type Known<'a> = HashMap<&'a [u8], i32, BuildHasherDefault<Words>>;

/// Fills `codes` with the number of each text, in the order of their first rows; false where the offsets are no offsets.
///
/// Row i is the bytes from offset i to the next. Several threads number stretches of the rows each by itself, whose
/// numbers are then replaced by those in the whole: the order of first rows is the same.
///
/// # Errors
/// The call was interrupted.
pub fn codes_of_texts<O: Copy + Into<i64> + Sync>(
    offsets: &[O],
    bytes: &[u8],
    codes: &mut [i32],
    cancel: &Cancel<'_>,
) -> Result<bool> {
    let rows = codes.len();
    if offsets.len() != rows + 1 {
        return Ok(false);
    }
    let task = if threads::threads()? == 1 { rows } else { TASK };
    let found = stretches(codes, task, cancel, &|start, codes| number(&offsets[start..], bytes, codes))?;
    let Some(texts) = found.into_iter().collect::<Option<Vec<_>>>() else { return Ok(false) };
    if texts.len() <= 1 {
        return Ok(true);
    }
    let mut known = Known::default();
    let mut in_whole = Vec::with_capacity(texts.len());
    for texts in &texts {
        let mut numbers = Vec::with_capacity(texts.len());
        for text in texts {
            let Ok(next) = i32::try_from(known.len()) else { return Ok(false) };
            numbers.push(*known.entry(text).or_insert(next));
        }
        in_whole.push(numbers);
    }
    stretches(codes, task, cancel, &|start, codes| {
        let Some(numbers) = in_whole.get(start / task) else { return };
        for code in codes {
            *code = usize::try_from(*code).ok().and_then(|c| numbers.get(c).copied()).unwrap_or(*code);
        }
    })?;
    Ok(true)
}

/// Numbers the texts of some rows, and gives the distinct ones in the order of their numbers.
///
/// Equal texts one after another, as in a sorted table, are compared many at a time; only the first is looked up.
fn number<'a, O: Copy + Into<i64>>(
    offsets: &[O],
    bytes: &'a [u8],
    codes: &mut [i32],
) -> Option<Vec<&'a [u8]>> {
    let at = |row: usize| usize::try_from(offsets[row].into()).unwrap_or(usize::MAX);
    let rows = codes.len();
    let (mut known, mut texts) = (Known::default(), Vec::new());
    let mut row = 0;
    while row < rows {
        let text = bytes.get(at(row)..at(row + 1))?;
        let next = i32::try_from(texts.len()).ok()?;
        let code = *known.entry(text).or_insert(next);
        if code == next {
            texts.push(text);
        }
        let begin = row;
        row += 1;
        while row + RUN <= rows && follow(offsets, bytes, row, text.len()) {
            row += RUN;
        }
        while row < rows && bytes.get(at(row)..at(row + 1)) == Some(text) {
            row += 1;
        }
        codes[begin..row].fill(code);
    }
    Some(texts)
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

    static ON: Cancel<'_> = Cancel::deaf(false);

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
            let mut codes = vec![0; rows.len()];
            assert!(codes_of_texts(&offsets, &bytes, &mut codes, &ON).unwrap());
            assert!(codes.iter().zip(&rows).all(|(&code, &row)| usize::try_from(code) == Ok(row)));
        }
        assert!(!codes_of_texts(&[0_i64, 9], b"short", &mut [0], &ON).unwrap());
        assert!(codes_of_texts(&[0_i64], b"", &mut [], &ON).unwrap());
    }

    #[test]
    fn stretches_of_texts_are_numbered_alike() {
        let rows = 3 * TASK + 17;
        let word = |row: usize| (row / 100 * 7919 + row / TASK) % 5003;
        let (mut bytes, mut offsets) = (Vec::new(), vec![0_i64]);
        for row in 0..rows {
            bytes.extend(word(row).to_string().bytes());
            offsets.push(i64::try_from(bytes.len()).unwrap());
        }
        let mut codes = vec![0; rows];
        assert!(codes_of_texts(&offsets, &bytes, &mut codes, &ON).unwrap());
        let mut numbers = HashMap::new();
        for (row, &code) in codes.iter().enumerate() {
            let next = i32::try_from(numbers.len()).unwrap();
            assert_eq!(*numbers.entry(word(row)).or_insert(next), code);
        }
    }
}
