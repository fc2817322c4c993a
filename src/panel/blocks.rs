//! Block kernels over an array: neighbouring series side by side, as many as a vector register holds.
//!
//! Blocks are cut by the data alone. A block of series that are observed throughout is computed at once; in any other
//! one every series is computed by itself, cut to the span between its first and its last observed value. Either way
//! the arithmetic of a series is the same, so neither its neighbours nor the number of threads change its result.

use super::cancel::Cancel;
use super::dispatch;
use super::shape::{Shape, Slots};
use super::store::{Shared, prefetch};
use super::threads;
use crate::error::{Error, Result};
use crate::kernel::BlockKernel;
use crate::number::pack::Pack;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The number of series side by side: two registers of doubles with AVX-512, so that the steps of one series in time
/// hide the latency of those of another.
const WIDE: usize = 16;

/// The rows from one that is moved to the one that is fetched: rows lie too far apart to be foreseen.
const AHEAD: usize = 16;

/// Where the results go: a slice in the shape of the input per part, and one whose rows are the facts.
pub struct Results<'a> {
    /// The parts.
    pub parts: Vec<&'a mut [f64]>,
    /// The single figures; empty where there are none.
    pub facts: &'a mut [f64],
}

/// What the tasks share.
struct Job<'a, K: BlockKernel> {
    kernel: &'a K,
    x: &'a [f64],
    shape: Shape,
    slots: Option<&'a Slots>,
    parts: Vec<Shared<'a, f64>>,
    facts: Shared<'a, f64>,
    plans: Mutex<HashMap<usize, Arc<K::Plan>>>,
}

/// Runs a block kernel over an array.
///
/// # Errors
/// What the kernel says of the first series it cannot serve, or the call was interrupted.
pub fn blocks<K: BlockKernel>(
    kernel: &K,
    x: &[f64],
    shape: Shape,
    slots: Option<&Slots>,
    results: Results<'_>,
    cancel: &Cancel<'_>,
) -> Result<()> {
    let lanes = shape.lanes();
    if lanes == 0 {
        return Ok(());
    }
    if shape.rows == 0 {
        return Err(Error::invalid("x has no rows; give a series of observations in time"));
    }
    let job = Job {
        kernel,
        x,
        shape,
        slots,
        parts: results.parts.into_iter().map(Shared::new).collect(),
        facts: Shared::new(results.facts),
        plans: Mutex::new(HashMap::new()),
    };
    let failed: Mutex<Option<(usize, Error)>> = Mutex::new(None);
    let width = match lanes {
        1 => 1,
        _ if K::HALF => WIDE / 2,
        _ => WIDE,
    };
    threads::run(lanes.div_ceil(width), x.len(), cancel, &|task| {
        let first = task * width;
        let done = match width {
            1 => job.block::<1>(first),
            WIDE => job.block::<WIDE>(first),
            _ => job.block::<{ WIDE / 2 }>(first),
        };
        if let Err((lane, error)) = done {
            let mut first = failed.lock().unwrap_or_else(PoisonError::into_inner);
            if first.as_ref().is_none_or(|(known, _)| lane < *known) {
                *first = Some((lane, error));
            }
        }
    })?;
    match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some((_, error)) => Err(error),
        None => Ok(()),
    }
}

impl<K: BlockKernel> Job<'_, K> {
    fn span(&self) -> usize {
        self.slots.map_or(self.shape.rows, Slots::span)
    }

    /// The plan for series of `n` values, made once.
    fn plan(&self, n: usize) -> Result<Arc<K::Plan>> {
        if let Some(plan) = self.plans.lock().unwrap_or_else(PoisonError::into_inner).get(&n) {
            return Ok(Arc::clone(plan));
        }
        let plan = Arc::new(self.kernel.plan(n)?); // made outside of the lock: two threads may both make it
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Arc::clone(plans.entry(n).or_insert(plan)))
    }

    /// The series from `first` on, as many as there are up to `W`.
    fn block<const W: usize>(&self, first: usize) -> std::result::Result<(), (usize, Error)> {
        let width = W.min(self.shape.lanes() - first);
        // the missing neighbours of the last block are copies of its last series
        let bases: [usize; W] = std::array::from_fn(|k| self.shape.position(0, first + k.min(width - 1)));
        let (dense, complete) = self.gather(&bases);
        let mut parts = vec![vec![Pack::<W>::MISSING; dense.len()]; self.kernel.parts()];
        let mut facts = vec![Pack::<W>::MISSING; self.kernel.facts()];
        if complete && let Ok(plan) = self.plan(dense.len()) {
            let done = dispatch::block(self.kernel, &plan, &dense, &mut parts, &mut facts);
            if done.is_ok() {
                self.scatter(&bases, width, &parts, &facts);
                return Ok(());
            }
            // a series that cannot be served: find it by itself
        }
        for k in 0..width {
            let series: Vec<Pack<1>> = dense.iter().map(|row| Pack([row.0[k]])).collect();
            let (own, figures) = self.alone(&series).map_err(|e| (first + k, self.named(e, first + k)))?;
            for (to, from) in parts.iter_mut().zip(&own) {
                to.iter_mut().zip(from).for_each(|(to, from)| to.0[k] = from.0[0]);
            }
            facts.iter_mut().zip(&figures).for_each(|(to, from)| to.0[k] = from.0[0]);
        }
        self.scatter(&bases, width, &parts, &facts);
        Ok(())
    }

    /// One series between its first and last observed value.
    #[allow(clippy::type_complexity)]
    fn alone(&self, series: &[Pack<1>]) -> Result<(Vec<Vec<Pack<1>>>, Vec<Pack<1>>)> {
        let mut parts = vec![vec![Pack::<1>::MISSING; series.len()]; self.kernel.parts()];
        let mut facts = vec![Pack::<1>::MISSING; self.kernel.facts()];
        let observed = |row: &Pack<1>| !row.0[0].is_nan();
        let (Some(first), Some(last)) = (series.iter().position(observed), series.iter().rposition(observed))
        else {
            return Err(Error::placed("no value is observed in the series that begins at {place}", 0, 0));
        };
        let within = &series[first..=last];
        let shifted = |error| match error {
            Error::Placed { sentence, row, lane } => Error::Placed { sentence, row: row + first, lane },
            other => other,
        };
        let plan = self.plan(within.len())?;
        let mut own: Vec<Vec<Pack<1>>> =
            parts.iter().map(|_| vec![Pack::<1>::MISSING; within.len()]).collect();
        dispatch::block(self.kernel, &plan, within, &mut own, &mut facts).map_err(shifted)?;
        for (part, own) in parts.iter_mut().zip(&own) {
            part[first..=last].copy_from_slice(own);
        }
        Ok((parts, facts))
    }

    /// An error with the place of the series in the array.
    fn named(&self, error: Error, series: usize) -> Error {
        let row_of = |slot| match self.slots {
            None => slot,
            // an absent period has no row: the next one that has tells the place
            Some(slots) => (slot..slots.span())
                .find_map(|s| usize::try_from(slots.row(s)).ok())
                .unwrap_or(self.shape.rows.saturating_sub(1)),
        };
        match error {
            Error::Placed { sentence, row, .. } => Error::Placed { sentence, row: row_of(row), lane: series },
            Error::Invalid(sentence) if self.shape.lanes() > 1 => Error::Placed {
                sentence: format!("{sentence} (the series that begins at {{place}})"),
                row: row_of(0),
                lane: series,
            },
            other => other,
        }
    }

    /// The values by period, infinite ones missing, and whether all of them are observed.
    fn gather<const W: usize>(&self, bases: &[usize; W]) -> (Vec<Pack<W>>, bool) {
        let (rows, inner) = (self.shape.rows, self.shape.inner);
        let mut dense = vec![Pack::<W>::MISSING; self.span()];
        let mut poison = Pack::<W>::ZERO; // zero times anything but a number is missing
        let side_by_side = bases.windows(2).all(|pair| pair[1] == pair[0] + 1);
        for row in 0..rows {
            let slot = self.slots.map_or(row, |s| s.of_row()[row]);
            let from = row * inner;
            let value = if side_by_side {
                let mut value = Pack::<W>::ZERO;
                let soon = bases[0] + from + AHEAD * inner;
                prefetch(self.x, soon..soon + W);
                value.0.copy_from_slice(&self.x[bases[0] + from..bases[0] + from + W]);
                value
            } else {
                Pack(bases.map(|base| self.x[base + from]))
            };
            poison += value * 0.0;
            dense[slot] = value;
        }
        let finite = poison.0.iter().all(|p| !p.is_nan());
        if !finite {
            for value in &mut dense {
                *value = value.map(|v| if v.is_finite() { v } else { f64::NAN });
            }
        }
        let complete = finite && rows == dense.len();
        (dense, complete)
    }

    /// Puts the results of a block where they belong.
    fn scatter<const W: usize>(
        &self,
        bases: &[usize; W],
        width: usize,
        parts: &[Vec<Pack<W>>],
        facts: &[Pack<W>],
    ) {
        let inner = self.shape.inner;
        let side_by_side = width == W && bases.windows(2).all(|pair| pair[1] == pair[0] + 1);
        for (part, out) in parts.iter().zip(&self.parts) {
            for row in 0..self.shape.rows {
                let value = part[self.slots.map_or(row, |s| s.of_row()[row])];
                if side_by_side {
                    let place = bases[0] + row * inner;
                    let soon = place + AHEAD * inner;
                    out.prefetch(soon..soon + W);
                    // SAFETY: every lane belongs to one task.
                    let to = unsafe { out.range(place, W) };
                    to.copy_from_slice(&value.0);
                } else {
                    for (base, &v) in bases.iter().zip(&value.0).take(width) {
                        // SAFETY: every lane belongs to one task.
                        unsafe { out.put(base + row * inner, v) };
                    }
                }
            }
        }
        for (number, fact) in facts.iter().enumerate() {
            for (base, &v) in bases.iter().zip(&fact.0).take(width) {
                let (block, lane) = (base / (self.shape.rows * inner), base % inner);
                // SAFETY: every lane belongs to one task.
                unsafe { self.facts.put((block * facts.len() + number) * inner + lane, v) };
            }
        }
    }
}
