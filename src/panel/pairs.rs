//! Pair kernels over an array: every value beside its base, in one pass over memory whatever the layout.
//!
//! A lag along the time axis is a constant distance in memory within a block, so neighbours are found without any
//! index; only rows with gaps, or out of order, go through a table of base rows.

use super::cancel::Cancel;
use super::shape::Shape;
use super::store::{Shared, Store, prefetch};
use super::threads;
use crate::error::Result;

/// A pair kernel with its context, ready for slices.
pub type PairFn<'a, N> = &'a (dyn Fn(&[N], &[N], &mut [N]) + Sync);

/// Where the bases are.
#[derive(Debug)]
pub enum Bases<'a, N> {
    /// So many rows up (down, if negative) the same lane.
    Lag(i64),
    /// The base row of every row of any lane, -1 where there is none.
    Rows(&'a [i64]),
    /// At the same place of another array of the same layout.
    Beside(&'a [N]),
}

/// The values a task works on: small enough to balance, large enough to hide its start.
const TASK: usize = 1 << 17;
/// The values computed at a time when streaming, while the next are fetched: processors fetch no more lines than theirs
/// at once.
pub(super) const STEP: usize = 1 << 7;
/// Outputs of at least so many bytes bypass the cache.
const STREAM: usize = 1 << 21;

/// The values of a step, which begin with a line of memory: vectors that lie in two lines are read and written twice.
#[repr(align(64))]
pub(super) struct Step<N>(pub(super) [N; STEP]);

impl<N: Store> Step<N> {
    pub(super) const MISSING: Self = Self([N::MISSING; STEP]);
}

/// Whether so many outputs bypass the cache.
pub(super) const fn streams<N>(size: usize) -> bool {
    size_of::<N>() * size >= STREAM
}

/// Runs a pair kernel over an array.
///
/// # Errors
/// The call was interrupted.
pub fn pairs<N: Store>(
    x: &[N],
    shape: Shape,
    bases: &Bases<'_, N>,
    out: &mut [N],
    kernel: PairFn<'_, N>,
    cancel: &Cancel<'_>,
) -> Result<()> {
    let size = shape.len().min(x.len()).min(out.len());
    let streaming = streams::<N>(size);
    let out = Shared::new(out);
    threads::run(size.div_ceil(TASK), size, cancel, &|task| {
        let start = task * TASK;
        let end = size.min(start + TASK);
        // SAFETY: tasks are disjoint ranges.
        let out = unsafe { out.range(start, end - start) };
        let mut sink = Sink::new(out, kernel, streaming);
        match bases {
            Bases::Beside(base) => sink.run(0, &x[start..end], &base[start..end]),
            Bases::Lag(lag) => by_lag(x, shape, *lag, start..end, &mut sink),
            Bases::Rows(rows) => by_rows(x, shape, rows, start..end, &mut sink),
        }
        if streaming {
            N::finish();
        }
    })
}

/// The output range of a task and the kernel that fills it, through a scratch slice when streaming.
pub(super) struct Sink<'a, N> {
    out: &'a mut [N],
    kernel: PairFn<'a, N>,
    scratch: Option<Step<N>>,
}

impl<'a, N: Store> Sink<'a, N> {
    pub(super) fn new(out: &'a mut [N], kernel: PairFn<'a, N>, streaming: bool) -> Self {
        Self { out, kernel, scratch: streaming.then_some(Step::MISSING) }
    }

    /// Puts the results of equal slices at an offset of the output.
    pub(super) fn run(&mut self, offset: usize, value: &[N], base: &[N]) {
        let out = &mut self.out[offset..offset + value.len()];
        let Some(scratch) = &mut self.scratch else { return (self.kernel)(value, base, out) };
        for (from, out) in (0..).step_by(STEP).zip(out.chunks_mut(STEP)) {
            let (here, soon) = (from..from + out.len(), from + STEP);
            prefetch(value, soon..soon + STEP);
            prefetch(base, soon..soon + STEP);
            let scratch = &mut scratch.0[..out.len()];
            (self.kernel)(&value[here.clone()], &base[here], scratch);
            N::stream(scratch, out);
        }
    }

    fn missing(&mut self, offset: usize, len: usize) {
        self.out[offset..offset + len].fill(N::MISSING);
    }
}

/// A range of memory whose bases lie at a constant distance within each block.
fn by_lag<N: Store>(x: &[N], shape: Shape, lag: i64, range: std::ops::Range<usize>, sink: &mut Sink<'_, N>) {
    let block = shape.rows * shape.inner;
    let distance =
        usize::try_from(lag.unsigned_abs()).unwrap_or(usize::MAX).saturating_mul(shape.inner).min(block);
    let mut at = range.start;
    while at < range.end {
        let first = at / block * block;
        let end = range.end.min(first + block);
        // The part of the block that has bases: all but its beginning, or all but its end.
        let (from, to) =
            if lag >= 0 { (first + distance, first + block) } else { (first, first + block - distance) };
        let (from, to) = (from.clamp(at, end), to.clamp(at, end));
        sink.missing(at - range.start, from - at);
        if from < to {
            let base = if lag >= 0 { from - distance..to - distance } else { from + distance..to + distance };
            sink.run(from - range.start, &x[from..to], &x[base]);
        }
        sink.missing(to.max(from) - range.start, end - to.max(from));
        at = end;
    }
}

/// A range of memory whose bases are found through the table of base rows.
fn by_rows<N: Store>(
    x: &[N],
    shape: Shape,
    rows: &[i64],
    range: std::ops::Range<usize>,
    sink: &mut Sink<'_, N>,
) {
    let mut gathered = Step::<N>::MISSING;
    let mut at = range.start;
    while at < range.end {
        let end = range.end.min(at + STEP);
        let (mut row, lane) = shape.place(at);
        let (mut block, mut column) = (lane / shape.inner, lane % shape.inner);
        let gathered = &mut gathered.0[..end - at];
        let mut filled = 0;
        while filled < gathered.len() {
            let width = (shape.inner - column).min(gathered.len() - filled);
            let to = &mut gathered[filled..filled + width];
            match usize::try_from(rows[row]) {
                Ok(base) => {
                    let from = (block * shape.rows + base) * shape.inner + column;
                    to.copy_from_slice(&x[from..from + width]);
                }
                Err(_) => to.fill(N::MISSING),
            }
            (filled, column, row) = (filled + width, 0, row + 1);
            if row == shape.rows {
                (row, block) = (0, block + 1);
            }
        }
        sink.run(at - range.start, &x[at..end], gathered);
        at = end;
    }
}
