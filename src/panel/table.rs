//! The series of a long table, and the kernels that go along each of them.

use super::cancel::Cancel;
use super::store::Shared;
use super::threads;
use crate::error::Result;
use crate::number::Number;

/// The rows that a task works on, at least.
const TASK: usize = 1 << 16;

/// A kernel for the period number of each row of a series, the values and the results.
type OneFn<'a, N, O> = dyn Fn(&[i32], &[N], &mut [O]) + Sync + 'a;

/// A kernel with its context, ready for one series.
#[derive(Clone, Copy)]
pub enum SeriesFn<'a, N, O> {
    /// For the values of a series period by period, absent ones being missing.
    Periods(&'a OneFn<'a, N, O>),
    /// For the values of its rows.
    Rows(&'a OneFn<'a, N, O>),
}

/// The rows of a long table, series by series.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    /// The rows by key and period; none where they lie series by series already.
    pub(super) order: Option<&'a [u32]>,
    /// The period number of each row, in that order.
    pub(super) slots: &'a [i32],
    /// Where each series begins in that order, and the number of rows.
    pub(super) starts: &'a [usize],
    /// The number of periods from the first one of the table to the last.
    pub(super) span: usize,
}

impl Table<'_> {
    /// The number of rows.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.slots.len()
    }

    /// The row at a place in the order of keys and periods.
    #[inline]
    pub(super) fn row(&self, place: usize) -> usize {
        self.order.map_or(place, |order| order[place] as usize)
    }

    /// The row after the first gap of a series, if one has a gap.
    #[must_use]
    pub fn after_gap(&self) -> Option<usize> {
        self.starts.windows(2).find_map(|ends| {
            let (start, end) = (ends[0], ends[1]);
            (start + 1..end).find(|&i| self.slots[i] != self.slots[i - 1] + 1).map(|i| self.row(i))
        })
    }

    /// The number of periods from the first one of the table to the last.
    #[must_use]
    pub const fn span(&self) -> usize {
        self.span
    }

    /// The number of series.
    const fn groups(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Runs `task` on ranges of whole series.
    pub(super) fn over(
        &self,
        cancel: &Cancel<'_>,
        task: &(dyn Fn(std::ops::Range<usize>) + Sync),
    ) -> Result<()> {
        // The series that begin in a stretch of rows are a task.
        let tasks = self.rows().div_ceil(TASK);
        let first = |k: usize| self.starts.partition_point(|&s| s < k * TASK).min(self.groups());
        threads::run(tasks, self.rows(), cancel, &|k| task(first(k)..first(k + 1)))
    }

    /// Runs a lane kernel on every series.
    ///
    /// # Errors
    /// The call was interrupted.
    pub fn lanes<N: Number, O: Copy + Default + Send + Sync>(
        &self,
        x: &[N],
        out: &mut [O],
        kernel: SeriesFn<'_, N, O>,
        cancel: &Cancel<'_>,
    ) -> Result<()> {
        let out = Shared::new(out);
        self.over(cancel, &|groups| {
            let (mut values, mut results) = (Vec::new(), Vec::new());
            for group in groups {
                let (start, end) = (self.starts[group], self.starts[group + 1]);
                let slots = &self.slots[start..end];
                let (Some(&first), Some(&last)) = (slots.first(), slots.last()) else { continue };
                let span = usize::try_from(last - first + 1).unwrap_or(0);
                let (SeriesFn::Periods(run) | SeriesFn::Rows(run)) = kernel;
                if self.order.is_none() && (span == slots.len() || matches!(kernel, SeriesFn::Rows(_))) {
                    // SAFETY: series are disjoint ranges.
                    let out = unsafe { out.range(start, end - start) };
                    run(slots, &x[start..end], out);
                    continue;
                }
                values.clear();
                results.clear();
                let place = |i: usize| match kernel {
                    SeriesFn::Periods(_) => usize::try_from(slots[i] - first).unwrap_or(0),
                    SeriesFn::Rows(_) => i,
                };
                let len = place(slots.len() - 1) + 1;
                values.resize(len, N::MISSING);
                results.resize(len, O::default());
                for i in 0..slots.len() {
                    values[place(i)] = x[self.row(start + i)];
                }
                run(slots, &values, &mut results);
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
