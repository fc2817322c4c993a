//! Lane kernels over an array: one series at a time, absent periods inserted as missing.
//!
//! A series that lies contiguous and complete is handed over as it is. Others are gathered into scratch, several lanes
//! of a row at once (a cache line holds eight floats), and their results scattered back to the rows they came from.

use super::cancel::Cancel;
use super::shape::{Shape, Slots};
use super::store::Shared;
use super::threads;
use crate::error::Result;
use crate::number::Number;

/// A lane kernel with its context, ready for slices.
pub type LaneFn<'a, N, O> = &'a (dyn Fn(&[N], &mut [O]) + Sync);

/// How long the time axis of a result is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// That of the input: a result a row.
    Rows,
    /// Another: a year or a quarter each, or one value in all.
    Periods(usize),
}

/// The lanes gathered together: a cache line of floats at least, and as many more as leave the scratch in the
/// second-level cache (a page of memory then serves several lanes before it is left).
fn together(span: usize) -> usize {
    ((1 << 15) / span.max(1)).clamp(8, 64)
}

/// Runs a lane kernel over an array; `out` has the shape of `x` but for the length of its time axis.
///
/// # Errors
/// The call was interrupted.
pub fn lanes<N: Number, O: Copy + Default + Send + Sync>(
    x: &[N],
    shape: Shape,
    slots: Option<&Slots>,
    out: &mut [O],
    length: Length,
    kernel: LaneFn<'_, N, O>,
    cancel: &Cancel<'_>,
) -> Result<()> {
    let span = slots.map_or(shape.rows, Slots::span);
    let (out_span, out_rows) = match length {
        Length::Rows => (span, shape.rows),
        Length::Periods(n) => (n, n),
    };
    let into_slots = slots.filter(|_| length == Length::Rows);
    let target = shape.with_rows(out_rows);
    let out = Shared::new(out);
    if shape.inner == 1 && slots.is_none() {
        return threads::run(shape.outer, x.len(), cancel, &|lane| {
            // SAFETY: lanes are disjoint ranges.
            let out = unsafe { out.range(lane * out_rows, out_rows) };
            kernel(&x[lane * shape.rows..(lane + 1) * shape.rows], out);
        });
    }
    let together = together(span);
    let groups = shape.inner.div_ceil(together);
    threads::run(shape.outer * groups, x.len(), cancel, &|task| {
        let (block, first) = (task / groups, task % groups * together);
        let width = together.min(shape.inner - first);
        let lane = block * shape.inner + first;
        let mut dense = vec![N::MISSING; span * width];
        for row in 0..shape.rows {
            let slot = slots.map_or(row, |s| s.of_row()[row]);
            let from = shape.position(row, lane);
            for (k, &value) in x[from..from + width].iter().enumerate() {
                dense[k * span + slot] = value;
            }
        }
        let mut results = vec![O::default(); out_span * width];
        for k in 0..width {
            kernel(&dense[k * span..(k + 1) * span], &mut results[k * out_span..(k + 1) * out_span]);
        }
        for row in 0..out_rows {
            let slot = into_slots.map_or(row, |s| s.of_row()[row]);
            let to = target.position(row, lane);
            for k in 0..width {
                // SAFETY: every lane belongs to one task.
                unsafe { out.put(to + k, results[k * out_span + slot]) };
            }
        }
    })
}
