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

/// The texts of a column, as they lie in memory.
pub trait Texts: Sync {
    /// The number of rows.
    fn rows(&self) -> usize;

    /// The text of a row; none where it lies outside of the memory.
    fn text(&self, row: usize) -> Option<&[u8]>;

    /// Whether the texts of `RUN` rows from one on are known to be equal to the one before them, which is `len` long.
    fn follow(&self, row: usize, len: usize) -> bool;
}

/// Texts one after another: row i is the bytes from offset i to the next.
pub struct Strings<'a, O> {
    /// The offsets, one more than rows.
    pub offsets: &'a [O],
    /// The bytes of all texts.
    pub bytes: &'a [u8],
}

impl<O: Copy + Into<i64>> Strings<'_, O> {
    fn at(&self, row: usize) -> usize {
        usize::try_from(self.offsets[row].into()).unwrap_or(usize::MAX)
    }
}

impl<O: Copy + Into<i64> + Sync> Texts for Strings<'_, O> {
    fn rows(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    fn text(&self, row: usize) -> Option<&[u8]> {
        self.bytes.get(self.at(row)..self.at(row + 1))
    }

    fn follow(&self, row: usize, len: usize) -> bool {
        let Ok(step) = i64::try_from(len) else { return false };
        let Some(offsets) = self.offsets.get(row..=row + RUN) else { return false };
        let even =
            offsets.windows(2).fold(true, |even, pair| even & (pair[1].into() - pair[0].into() == step));
        let Ok(begin) = usize::try_from(offsets[0].into()) else { return false };
        let end = begin + RUN * len;
        // Each text equals the one before it where the bytes equal themselves a text further on.
        even && begin >= len
            && matches!((self.bytes.get(begin..end), self.bytes.get(begin - len..end - len)), (Some(a), Some(b)) if a == b)
    }
}

/// Texts by their views: the length, then the text itself, or, of one of more than twelve bytes, the first four, the
/// number of a buffer and the place in it.
pub struct Views<'a> {
    /// A view of sixteen bytes a row.
    pub views: &'a [[u8; 16]],
    /// The buffers.
    pub buffers: Vec<&'a [u8]>,
}

impl Texts for Views<'_> {
    fn rows(&self) -> usize {
        self.views.len()
    }

    fn text(&self, row: usize) -> Option<&[u8]> {
        let view = self.views.get(row)?;
        let number = |at: usize| {
            let bytes = view.get(at..at + 4)?.try_into().ok()?;
            usize::try_from(u32::from_le_bytes(bytes)).ok()
        };
        let len = number(0)?;
        if let Some(text) = view.get(4..4 + len) {
            return Some(text);
        }
        let begin = number(12)?;
        self.buffers.get(number(8)?)?.get(begin..begin.checked_add(len)?)
    }

    fn follow(&self, row: usize, _: usize) -> bool {
        // Equal views are equal texts; texts whose views differ are looked at themselves.
        let Some(before) = row.checked_sub(1).and_then(|before| self.views.get(before)) else { return false };
        self.views.get(row..row + RUN).is_some_and(|views| views.iter().all(|view| view == before))
    }
}

/// Fills `codes` with the number of each text, in the order of their first rows; false where a text lies outside of the
/// memory.
///
/// Several threads number stretches of the rows each by itself, whose numbers are then replaced by those in the whole:
/// the order of first rows is the same.
///
/// # Errors
/// The call was interrupted.
pub fn codes_of_texts(texts: &impl Texts, codes: &mut [i32], cancel: &Cancel<'_>) -> Result<bool> {
    let rows = codes.len();
    if texts.rows() != rows {
        return Ok(false);
    }
    let task = if threads::threads()? == 1 { rows } else { TASK };
    let found = stretches(codes, task, cancel, &|start, codes| number(texts, start, codes))?;
    let Some(distinct) = found.into_iter().collect::<Option<Vec<_>>>() else { return Ok(false) };
    if distinct.len() <= 1 {
        return Ok(true);
    }
    let mut known = Known::default();
    let mut in_whole = Vec::with_capacity(distinct.len());
    for texts in &distinct {
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
fn number<'a>(texts: &'a impl Texts, start: usize, codes: &mut [i32]) -> Option<Vec<&'a [u8]>> {
    let rows = codes.len();
    let (mut known, mut distinct) = (Known::default(), Vec::new());
    let mut row = 0;
    while row < rows {
        let text = texts.text(start + row)?;
        let next = i32::try_from(distinct.len()).ok()?;
        let code = *known.entry(text).or_insert(next);
        if code == next {
            distinct.push(text);
        }
        let begin = row;
        row += 1;
        while row + RUN <= rows && texts.follow(start + row, text.len()) {
            row += RUN;
        }
        while row < rows && texts.text(start + row) == Some(text) {
            row += 1;
        }
        codes[begin..row].fill(code);
    }
    Some(distinct)
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
            assert!(codes_of_texts(&Strings { offsets: &offsets, bytes: &bytes }, &mut codes, &ON).unwrap());
            assert!(codes.iter().zip(&rows).all(|(&code, &row)| usize::try_from(code) == Ok(row)));
            // As views, the long text at one place or, every other time, at another.
            let long = words[4].as_bytes();
            let buffers = vec![long, &long[..3], long];
            let views: Vec<[u8; 16]> = rows
                .iter()
                .enumerate()
                .map(|(at, &row)| {
                    let mut view = [0; 16];
                    let word = words[row].as_bytes();
                    view[..4].copy_from_slice(&u32::try_from(word.len()).unwrap().to_le_bytes());
                    if word.len() <= 12 {
                        view[4..4 + word.len()].copy_from_slice(word);
                    } else {
                        view[4..8].copy_from_slice(&word[..4]);
                        view[8] = if at % 2 == 0 { 0 } else { 2 };
                    }
                    view
                })
                .collect();
            codes.fill(-1);
            assert!(codes_of_texts(&Views { views: &views, buffers }, &mut codes, &ON).unwrap());
            assert!(codes.iter().zip(&rows).all(|(&code, &row)| usize::try_from(code) == Ok(row)));
            codes.fill(-1);
            assert!(!codes_of_texts(&Views { views: &views, buffers: vec![] }, &mut codes, &ON).unwrap());
        }
        let beyond = Strings { offsets: &[0_i64, 9], bytes: b"short" };
        assert!(!codes_of_texts(&beyond, &mut [0], &ON).unwrap());
        let empty = Strings { offsets: &[0_i64], bytes: b"" };
        assert!(codes_of_texts(&empty, &mut [], &ON).unwrap());
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
        assert!(codes_of_texts(&Strings { offsets: &offsets, bytes: &bytes }, &mut codes, &ON).unwrap());
        let mut numbers = HashMap::new();
        for (row, &code) in codes.iter().enumerate() {
            let next = i32::try_from(numbers.len()).unwrap();
            assert_eq!(*numbers.entry(word(row)).or_insert(next), code);
        }
    }
}
