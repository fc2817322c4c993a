//! Block kernels over an array: neighbouring series side by side, as many as a vector register holds.
//!
//! Blocks are cut by the data alone. A block of series that are observed throughout is computed at once; in any other
//! one every series is computed by itself, cut to the span between its first and its last observed value. Either way
//! the arithmetic of a series is the same, so neither its neighbours nor the number of threads change its result.

use super::abreast::{self, Abreast};
use super::cancel::Cancel;
use super::dispatch;
use super::shape::{Shape, Slots};
use super::store::Shared;
use super::threads;
use crate::error::{Error, Result};
use crate::kernel::BlockKernel;
use crate::number::pack::Pack;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The number of series side by side: two registers of doubles with AVX-512, so that the steps of one series in time
/// hide the latency of those of another.
const WIDE: usize = 16;

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

/// The values of a block by period and its results: made once a thread, used for block after block.
struct Scratch<const W: usize> {
    dense: Vec<Pack<W>>,
    parts: Vec<Vec<Pack<W>>>,
    facts: Vec<Pack<W>>,
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
    match lanes {
        1 => job.single(cancel),
        _ if K::HALF => job.all::<{ WIDE / 2 }>(cancel),
        _ => job.all::<WIDE>(cancel),
    }
}

impl<K: BlockKernel> Job<'_, K> {
    /// The plan for series of `n` values, made once.
    fn plan(&self, n: usize) -> Result<Arc<K::Plan>> {
        if let Some(plan) = self.plans.lock().unwrap_or_else(PoisonError::into_inner).get(&n) {
            return Ok(Arc::clone(plan));
        }
        let plan = Arc::new(self.kernel.plan(n)?); // made outside of the lock: two threads may both make it
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Arc::clone(plans.entry(n).or_insert(plan)))
    }

    /// The only series of an array, which stays where it is while it is complete.
    fn single(&self, cancel: &Cancel<'_>) -> Result<()> {
        let finite = |values: &[f64]| values.iter().fold(true, |all, v| all & v.is_finite());
        if self.slots.is_none() && self.x.chunks(1024).all(finite) {
            // SAFETY: there is one task.
            let parts = self.parts.iter().map(|part| unsafe { part.range(0, self.shape.rows) });
            let mut parts: Vec<_> = parts.map(abreast::alone_mut).collect();
            // SAFETY: there is one task.
            let facts = abreast::alone_mut(unsafe { self.facts.range(0, self.kernel.facts()) });
            if self.run(abreast::alone(self.x), &mut parts, facts).is_ok() {
                return Ok(());
            }
        }
        self.all::<1>(cancel)
    }

    /// All series, `W` of them at a time.
    fn all<const W: usize>(&self, cancel: &Cancel<'_>) -> Result<()> {
        let spare: Mutex<Vec<Scratch<W>>> = Mutex::new(Vec::new());
        let failed: Mutex<Option<(usize, Error)>> = Mutex::new(None);
        threads::run(self.shape.lanes().div_ceil(W), self.x.len(), cancel, &|task| {
            let known = spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut scratch = known.unwrap_or_else(|| self.scratch());
            if let Err((lane, error)) = self.block(task * W, &mut scratch) {
                let mut first = failed.lock().unwrap_or_else(PoisonError::into_inner);
                if first.as_ref().is_none_or(|(known, _)| lane < *known) {
                    *first = Some((lane, error));
                }
            }
            spare.lock().unwrap_or_else(PoisonError::into_inner).push(scratch);
        })?;
        match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some((_, error)) => Err(error),
            None => Ok(()),
        }
    }

    fn scratch<const W: usize>(&self) -> Scratch<W> {
        let span = self.slots.map_or(self.shape.rows, Slots::span);
        Scratch {
            dense: vec![Pack::MISSING; span],
            parts: vec![vec![Pack::MISSING; span]; self.kernel.parts()],
            facts: vec![Pack::MISSING; self.kernel.facts()],
        }
    }

    /// The series from `first` on, as many as there are up to `W`.
    fn block<const W: usize>(
        &self,
        first: usize,
        scratch: &mut Scratch<W>,
    ) -> std::result::Result<(), (usize, Error)> {
        let series = Abreast::<W>::new(self.shape, self.slots, first);
        let Scratch { dense, parts, facts } = scratch;
        let complete = series.take(self.x, dense);
        let mut slices: Vec<&mut [Pack<W>]> = parts.iter_mut().map(Vec::as_mut_slice).collect();
        // a series that cannot be served is found by itself
        if !(complete && self.run(dense, &mut slices, facts).is_ok()) {
            for k in 0..series.width() {
                let (own, figures) =
                    self.trimmed(dense, k).map_err(|e| (first + k, self.named(e, first + k)))?;
                for (to, from) in slices.iter_mut().zip(&own) {
                    to.iter_mut().zip(from).for_each(|(to, from)| to.0[k] = from.0[0]);
                }
                facts.iter_mut().zip(&figures).for_each(|(to, from)| to.0[k] = from.0[0]);
            }
        }
        for (part, out) in parts.iter().zip(&self.parts) {
            // SAFETY: every series belongs to one task.
            unsafe { series.put(part, out) };
        }
        // SAFETY: every series belongs to one task.
        unsafe { series.put_facts(facts, &self.facts) };
        Ok(())
    }

    /// One series of a block by itself, cut to the span between its first and its last observed value.
    #[allow(clippy::type_complexity)]
    fn trimmed<const W: usize>(
        &self,
        dense: &[Pack<W>],
        k: usize,
    ) -> Result<(Vec<Vec<Pack<1>>>, Vec<Pack<1>>)> {
        let series: Vec<Pack<1>> = dense.iter().map(|row| Pack([row.0[k]])).collect();
        let observed = |row: &Pack<1>| !row.0[0].is_nan();
        let (Some(first), Some(last)) = (series.iter().position(observed), series.iter().rposition(observed))
        else {
            return Err(Error::placed("no value is observed in the series that begins at {place}", 0, 0));
        };
        let mut parts = vec![vec![Pack::<1>::MISSING; series.len()]; self.kernel.parts()];
        let mut facts = vec![Pack::<1>::MISSING; self.kernel.facts()];
        let mut within: Vec<&mut [Pack<1>]> = parts.iter_mut().map(|part| &mut part[first..=last]).collect();
        self.run(&series[first..=last], &mut within, &mut facts).map_err(|error| match error {
            Error::Placed { sentence, row, lane } => Error::Placed { sentence, row: row + first, lane },
            other => other,
        })?;
        Ok((parts, facts))
    }

    /// Plans and runs the kernel.
    fn run<const W: usize>(
        &self,
        x: &[Pack<W>],
        parts: &mut [&mut [Pack<W>]],
        facts: &mut [Pack<W>],
    ) -> Result<()> {
        let plan = self.plan(x.len())?;
        dispatch::block(self.kernel, &plan, x, parts, facts)
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
            Error::Placed { sentence, row, .. } => {
                let absent = self.slots.is_some_and(|slots| usize::try_from(slots.row(row)).is_err());
                let sentence = if absent {
                    sentence.replace("{place}", "an absent period before {place}")
                } else {
                    sentence
                };
                Error::Placed { sentence, row: row_of(row), lane: series }
            }
            Error::Invalid(sentence) if self.shape.lanes() > 1 => Error::Placed {
                sentence: format!("{sentence} (the series that begins at {{place}})"),
                row: row_of(0),
                lane: series,
            },
            other => other,
        }
    }
}
