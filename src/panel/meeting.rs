//! The rows of a long table beside their bases.
//!
//! A base so many periods away is found without a search: the values of a series are laid out by period, then read so
//! many cells further on. Bases by a table of periods go through the row of each base.

use super::pairs::{PairFn, STEP, Sink, streams};
use super::shape::Base;
use super::store::{Shared, Store};
use super::table::Table;
use crate::error::Result;
use crate::number::Number;
use std::sync::atomic::AtomicBool;

/// A series with more periods than this many times its rows, and a few more, is not laid out.
const SPARSE: usize = 8;

impl Table<'_> {
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

    /// Runs a pair kernel on every row and its base so many periods before (after, if negative).
    ///
    /// # Errors
    /// The call was interrupted.
    pub fn pairs<N: Store>(
        &self,
        x: &[N],
        lag: i64,
        out: &mut [N],
        kernel: PairFn<'_, N>,
        cancel: &AtomicBool,
    ) -> Result<()> {
        let streaming = self.order.is_none() && streams::<N>(x.len());
        let out = Shared::new(out);
        self.over(cancel, &|groups| {
            let (begin, end) = (self.starts[groups.start], self.starts[groups.end]);
            let mut sink = match self.order {
                // SAFETY: every series belongs to one task, and so do the rows from the first to the last of them.
                None => Some(Sink::new(unsafe { out.range(begin, end - begin) }, kernel, streaming)),
                Some(_) => None,
            };
            let (mut now, mut results) = ([N::MISSING; STEP], [N::MISSING; STEP]);
            let mut finish = |from: usize, to: usize, bases: &[N]| {
                if let Some(sink) = &mut sink {
                    return sink.run(from - begin, &x[from..to], bases);
                }
                let (now, results) = (&mut now[..to - from], &mut results[..to - from]);
                now.iter_mut().zip(from..).for_each(|(now, place)| *now = x[self.row(place)]);
                kernel(now, bases, results);
                for (result, place) in results.iter().zip(from..) {
                    // SAFETY: every row belongs to one series, and every series to one task.
                    unsafe { out.put(self.row(place), *result) };
                }
            };
            let (mut line, mut gathered) = (Line::new(lag), Vec::new());
            let mut bases = [N::MISSING; STEP];
            let (mut from, mut filled) = (begin, 0);
            for group in groups {
                let (start, end) = (self.starts[group], self.starts[group + 1]);
                let values = match self.order {
                    None => &x[start..end],
                    Some(order) => {
                        gathered.clear();
                        gathered.extend(order[start..end].iter().map(|&row| x[row as usize]));
                        &gathered[..]
                    }
                };
                let slots = &self.slots[start..end];
                line.lay(slots, values);
                let mut at = start;
                while at < end {
                    let step = (end - at).min(STEP - filled);
                    line.bases(slots, values, at - start, &mut bases[filled..filled + step]);
                    (at, filled) = (at + step, filled + step);
                    if filled == STEP {
                        finish(from, at, &bases);
                        (from, filled) = (at, 0);
                    }
                }
            }
            finish(from, end, &bases[..filled]);
            if streaming {
                N::finish();
            }
        })
    }
}

/// A series laid out by period, with as many empty cells as the lag before it or after it.
struct Line<N> {
    /// The value of each period; empty where the series is too sparse.
    cells: Vec<N>,
    /// The cell of the value of the first period.
    to: usize,
    /// The cell of the base of the first period.
    from: usize,
    lag: i64,
}

impl<N: Number> Line<N> {
    fn new(lag: i64) -> Self {
        // A lag beyond the numbers of periods reaches as little as the longest there is.
        let lag = lag.clamp(i64::from(-i32::MAX), i64::from(i32::MAX));
        let cells = |lag: i64| usize::try_from(lag).unwrap_or(0);
        Self { cells: Vec::new(), to: cells(lag), from: cells(-lag), lag }
    }

    /// Lays out the rows of a series.
    fn lay(&mut self, slots: &[i32], values: &[N]) {
        self.cells.clear();
        let (Some(&first), Some(&last)) = (slots.first(), slots.last()) else { return };
        let span = cell(last, first) + 1;
        let lag = self.to + self.from;
        if lag >= span || span / SPARSE > slots.len() {
            return; // no base, or a long way between the rows
        }
        self.cells.resize(span + lag, N::MISSING);
        let cells = &mut self.cells[self.to..];
        for (&slot, &value) in slots.iter().zip(values) {
            if let Some(to) = cells.get_mut(cell(slot, first)) {
                *to = value;
            }
        }
    }

    /// The bases of the rows of the series from one on.
    fn bases(&self, slots: &[i32], values: &[N], at: usize, bases: &mut [N]) {
        let first = slots.first().copied().unwrap_or(0);
        if self.cells.is_empty() {
            for (base, &slot) in bases.iter_mut().zip(&slots[at..]) {
                let wanted = i32::try_from(i64::from(slot) - self.lag).ok();
                let found = wanted.and_then(|wanted| slots.binary_search(&wanted).ok());
                *base = found.and_then(|i| values.get(i).copied()).unwrap_or(N::MISSING);
            }
            return;
        }
        let cells = &self.cells[self.from..];
        for (base, &slot) in bases.iter_mut().zip(&slots[at..]) {
            *base = cells.get(cell(slot, first)).copied().unwrap_or(N::MISSING);
        }
    }
}

/// The number of a period from the first one of its series.
fn cell(slot: i32, first: i32) -> usize {
    slot.wrapping_sub(first).cast_unsigned() as usize
}
