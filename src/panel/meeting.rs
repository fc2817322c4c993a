//! The rows of a long table beside their bases.
//!
//! A base so many periods away is found without a search. In a series with few gaps it is one of the rows about so many
//! rows away, which are compared for many rows at once; a series with more gaps is laid out by period, and its values are
//! read so many cells further on. Bases by a table of periods go through the row of each base.

use super::cancel::Cancel;
use super::dispatch;
use super::pairs::{PairFn, STEP, Sink, Step, streams};
use super::shape::Base;
use super::store::{Shared, Store, prefetch};
use super::table::Table;
use crate::error::Result;
use crate::number::Number;

/// So many rows before they are compared, those that lie in order are fetched.
const AHEAD: usize = 384;
/// A series with more periods than this many times its rows, and a few more, is not laid out.
const SPARSE: usize = 8;

impl Table<'_> {
    /// The base row of every row, -1 where there is none.
    ///
    /// # Errors
    /// The call was interrupted.
    pub fn bases(&self, base: &Base, cancel: &Cancel<'_>) -> Result<Vec<i64>> {
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
                        Base::Table(table) | Base::Latest(table) => {
                            usize::try_from(slot).ok().and_then(|s| table.get(s).copied())
                        }
                    };
                    let wanted = wanted.and_then(|w| i32::try_from(w).ok());
                    let Some(wanted) = wanted.filter(|&w| w >= 0) else { continue };
                    if slots.get(near).is_some_and(|&s| s > wanted) {
                        near = slots.partition_point(|&s| s < wanted);
                    }
                    while slots.get(near).is_some_and(|&s| s < wanted) {
                        near += 1;
                    }
                    let there = slots.get(near) == Some(&wanted);
                    let found = match base {
                        Base::Latest(_) if !there => near.checked_sub(1),
                        _ => there.then_some(near),
                    };
                    if let Some(found) = found {
                        let row = i64::try_from(self.row(start + found)).unwrap_or(-1);
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
        cancel: &Cancel<'_>,
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
            let (mut now, mut results) = (Step::<N>::MISSING, Step::<N>::MISSING);
            let mut finish = |from: usize, to: usize, bases: &[N]| {
                if let Some(sink) = &mut sink {
                    return sink.run(from - begin, &x[from..to], bases);
                }
                let (now, results) = (&mut now.0[..to - from], &mut results.0[..to - from]);
                now.iter_mut().zip(from..).for_each(|(now, place)| *now = x[self.row(place)]);
                kernel(now, bases, results);
                for (result, place) in results.iter().zip(from..) {
                    // SAFETY: every row belongs to one series, and every series to one task.
                    unsafe { out.put(self.row(place), *result) };
                }
            };
            let (mut line, mut gathered) = (Line::new(lag), Vec::new());
            let mut bases = Step::<N>::MISSING;
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
                    if self.order.is_none() {
                        let soon = at + AHEAD;
                        prefetch(x, soon..soon + step);
                        prefetch(self.slots, soon..soon + step);
                    }
                    line.bases(slots, values, at - start, &mut bases.0[filled..filled + step]);
                    (at, filled) = (at + step, filled + step);
                    if filled == STEP {
                        finish(from, at, &bases.0);
                        (from, filled) = (at, 0);
                    }
                }
            }
            finish(from, end, &bases.0[..filled]);
            if streaming {
                N::finish();
            }
        })
    }
}

/// How the bases of a series are found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// There are none: the lag is longer than the series.
    None,
    /// Among the rows about so many rows away, which skip few gaps.
    Near,
    /// In the cells by period.
    Cells,
    /// By a search for each row, where there is a long way between rows.
    Search,
}

/// The rows of a series and, if need be, its values laid out by period, with as many empty cells as the lag before or after.
struct Line<N> {
    way: Way,
    /// The value of each period.
    cells: Vec<N>,
    lag: i32,
}

impl<N: Number> Line<N> {
    fn new(lag: i64) -> Self {
        // A lag beyond the numbers of periods reaches as little as the longest there is.
        let lag = i32::try_from(lag).unwrap_or(if lag < 0 { -i32::MAX } else { i32::MAX });
        Self { way: Way::None, cells: Vec::new(), lag }
    }

    /// The number of periods to a base.
    const fn reach(&self) -> usize {
        self.lag.unsigned_abs() as usize
    }

    /// Chooses the way for a series, and lays its rows out if that is the one.
    fn lay(&mut self, slots: &[i32], values: &[N]) {
        let (Some(&first), Some(&last)) = (slots.first(), slots.last()) else { return };
        let (span, reach) = (cell(last, first) + 1, self.reach());
        let gaps = span.saturating_sub(slots.len());
        self.way = if reach >= span {
            Way::None
        } else if gaps.saturating_mul(reach) <= span {
            Way::Near // on the way to a base there is at most one gap, on average
        } else if span / SPARSE <= slots.len() {
            Way::Cells
        } else {
            Way::Search
        };
        if self.way == Way::Cells {
            self.cells.clear();
            self.cells.resize(span + reach, N::MISSING);
            let to = if self.lag > 0 { reach } else { 0 };
            for (&slot, &value) in slots.iter().zip(values) {
                if let Some(cell) = self.cells.get_mut(to + cell(slot, first)) {
                    *cell = value;
                }
            }
        }
    }

    /// The bases of the rows of the series from one on.
    fn bases(&self, slots: &[i32], values: &[N], at: usize, bases: &mut [N]) {
        match (self.way, self.reach()) {
            (Way::None, _) => bases.fill(N::MISSING),
            (Way::Near, 0) => self.near::<1>(slots, values, at, bases),
            (Way::Near, ..3) => self.near::<2>(slots, values, at, bases),
            (Way::Near, _) => self.near::<4>(slots, values, at, bases),
            (Way::Cells, reach) => {
                let first = slots.first().copied().unwrap_or(0);
                let from = if self.lag > 0 { 0 } else { reach };
                for (base, &slot) in bases.iter_mut().zip(&slots[at..]) {
                    *base = self.cells.get(from + cell(slot, first)).copied().unwrap_or(N::MISSING);
                }
            }
            (Way::Search, _) => self.search(slots, values, at, bases),
        }
    }

    /// The bases of rows that are looked for one by one.
    fn search(&self, slots: &[i32], values: &[N], at: usize, bases: &mut [N]) {
        let (Some(&first), Some(&last)) = (slots.first(), slots.last()) else { return };
        for (base, &slot) in bases.iter_mut().zip(&slots[at..]) {
            let wanted = slot.wrapping_sub(self.lag);
            // At either end of a series most rows want what lies beyond it.
            let there = if self.lag >= 0 {
                first <= wanted && wanted <= slot
            } else {
                slot < wanted && wanted <= last
            };
            let found = there.then(|| slots.binary_search(&wanted).ok()).flatten();
            *base = found.and_then(|i| values.get(i).copied()).unwrap_or(N::MISSING);
        }
    }

    /// The bases of rows, each of which is compared with the `D` rows that it would be with up to `D - 1` gaps on the way;
    /// the few that have more are looked for. The lag has at least `D - 1` periods.
    fn near<const D: usize>(&self, slots: &[i32], values: &[N], at: usize, bases: &mut [N]) {
        let (rows, reach, end) = (slots.len(), self.reach(), at + bases.len());
        // The rows so many rows from the beginning, or from the end, of the series.
        let inner = if self.lag >= 0 { reach.min(rows)..rows } else { 0..rows.saturating_sub(reach) };
        let (from, to) = (inner.start.clamp(at, end), inner.end.clamp(at, end));
        let (before, rest) = bases.split_at_mut(from - at);
        let (bases, after) = rest.split_at_mut(to.max(from) - from);
        self.search(slots, values, at, before);
        self.search(slots, values, to.max(from), after);
        if bases.is_empty() {
            return;
        }
        let first = if self.lag >= 0 { from - reach } else { from + reach + 1 - D };
        let window = first..first + bases.len() + D - 1;
        let near = Near::<N, D> {
            slots: &slots[from..to],
            lag: self.lag,
            others: &slots[window.clone()],
            values: &values[window.clone()],
            bases,
        };
        if !dispatch::widest(near) {
            return;
        }
        let others = slots[window].windows(D);
        for (i, (&slot, others)) in slots[from..to].iter().zip(others).enumerate() {
            if further(others, slot.wrapping_sub(self.lag), self.lag) {
                self.search(slots, values, from + i, &mut bases[i..=i]);
            }
        }
    }
}

/// Whether the row of a period, if there is one, lies between the rows that it was compared with and the one that wants it.
#[inline(always)]
const fn further(others: &[i32], wanted: i32, lag: i32) -> bool {
    if lag >= 0 { others[others.len() - 1] < wanted } else { others[0] > wanted }
}

/// Some rows, and others among which their bases are: the first row's among the first `D`, and so on.
struct Near<'a, N, const D: usize> {
    slots: &'a [i32],
    lag: i32,
    others: &'a [i32],
    values: &'a [N],
    bases: &'a mut [N],
}

impl<N: Number, const D: usize> dispatch::Work for Near<'_, N, D> {
    /// Whether a base may lie further away.
    type Out = bool;

    #[inline(always)]
    fn run(self) -> bool {
        let windows = self.others.windows(D).zip(self.values.windows(D));
        let mut any = false;
        for ((base, &slot), (others, values)) in self.bases.iter_mut().zip(self.slots).zip(windows) {
            let wanted = slot.wrapping_sub(self.lag);
            let mut found = N::MISSING;
            for place in 0..D {
                found = if others[place] == wanted { values[place] } else { found };
            }
            *base = found;
            any |= further(others, wanted, self.lag);
        }
        any
    }
}

/// The number of a period from the first one of its series.
fn cell(slot: i32, first: i32) -> usize {
    slot.wrapping_sub(first).cast_unsigned() as usize
}
