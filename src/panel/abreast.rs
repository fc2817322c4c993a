//! Series abreast: the same period of neighbouring series side by side, taken out of an array and put back into one.

use super::dispatch::{Work, widest};
use super::shape::{Shape, Slots};
use super::store::{Shared, prefetch};
use crate::number::pack::Pack;

/// The rows from one that is moved to the one that is fetched: rows lie too far apart to be foreseen.
const AHEAD: usize = 16;

/// The rows of series that lie one after the other that are moved at a time: few enough to stay in the fastest cache.
const STRETCH: usize = 64;

/// A series by itself.
pub(super) const fn alone(x: &[f64]) -> &[Pack<1>] {
    // SAFETY: a `Pack<1>` is a float.
    unsafe { std::slice::from_raw_parts(x.as_ptr().cast(), x.len()) }
}

/// A series by itself, to be written.
pub(super) const fn alone_mut(x: &mut [f64]) -> &mut [Pack<1>] {
    // SAFETY: a `Pack<1>` is a float.
    unsafe { std::slice::from_raw_parts_mut(x.as_mut_ptr().cast(), x.len()) }
}

/// Some series of an array.
#[derive(Clone, Copy)]
pub(super) struct Abreast<'a, const W: usize> {
    /// The position of the first row of each; beyond `width`, copies of the last.
    starts: [usize; W],
    width: usize,
    shape: Shape,
    slots: Option<&'a Slots>,
}

impl<'a, const W: usize> Abreast<'a, W> {
    /// The series from `first` on, as many as there are up to `W`.
    pub(super) fn new(shape: Shape, slots: Option<&'a Slots>, first: usize) -> Self {
        let width = W.min(shape.lanes() - first);
        Self {
            starts: std::array::from_fn(|k| shape.position(0, first + k.min(width - 1))),
            width,
            shape,
            slots,
        }
    }

    /// How many there are.
    pub(super) const fn width(&self) -> usize {
        self.width
    }

    /// Fills `dense` with the values by period, infinite ones missing; gives whether all of them are observed.
    pub(super) fn take(self, x: &[f64], dense: &mut [Pack<W>]) -> bool {
        let complete = self.shape.rows == dense.len();
        if !complete {
            dense.fill(Pack::MISSING);
        }
        let finite = widest(Take { series: self, x, dense });
        if !finite {
            for value in dense {
                *value = value.map(|v| if v.is_finite() { v } else { f64::NAN });
            }
        }
        finite && complete
    }

    /// Puts values by period where the series lie.
    ///
    /// # Safety
    /// No other task may write these series.
    pub(super) unsafe fn put(self, part: &[Pack<W>], out: &Shared<'_, f64>) {
        widest(Put { series: self, part, out });
    }

    /// Puts the facts of the series, a row each, into their array, whose time axis counts facts.
    ///
    /// # Safety
    /// No other task may write the facts of these series.
    pub(super) unsafe fn put_facts(self, facts: &[Pack<W>], out: &Shared<'_, f64>) {
        let Shape { rows, inner, .. } = self.shape;
        for (number, fact) in facts.iter().enumerate() {
            for (start, &v) in self.starts.iter().zip(&fact.0).take(self.width) {
                let (block, lane) = (start / (rows * inner), start % inner);
                // SAFETY: the caller's promise.
                unsafe { out.put((block * facts.len() + number) * inner + lane, v) };
            }
        }
    }

    /// Whether a row of the array holds several, one after the other.
    fn side_by_side(&self) -> bool {
        W > 1 && self.width == W && self.starts.windows(2).all(|pair| pair[1] == pair[0] + 1)
    }
}

/// The series, the array and the values by period, which are filled; gives whether all are finite.
struct Take<'a, const W: usize> {
    series: Abreast<'a, W>,
    x: &'a [f64],
    dense: &'a mut [Pack<W>],
}

impl<const W: usize> Work for Take<'_, W> {
    type Out = bool;

    #[inline(always)]
    fn run(self) -> bool {
        match self.series.slots.map(Slots::of_row) {
            None => self.by(|row| row),
            Some(slots) => self.by(|row| slots[row]),
        }
    }
}

impl<const W: usize> Take<'_, W> {
    #[inline(always)]
    fn by(self, slot: impl Fn(usize) -> usize) -> bool {
        let Self { series, x, dense } = self;
        let Shape { rows, inner, .. } = series.shape;
        let mut poison = Pack::<W>::ZERO; // zero times anything but a number is missing
        if series.side_by_side() {
            for row in 0..rows {
                let from = series.starts[0] + row * inner;
                let soon = from + AHEAD * inner;
                prefetch(x, soon..soon + W);
                let mut value = Pack::ZERO;
                value.0.copy_from_slice(&x[from..from + W]);
                poison += value * 0.0;
                dense[slot(row)] = value;
            }
        } else if inner == 1 {
            let lanes = series.starts.map(|start| &x[start..start + rows]);
            for row in 0..rows {
                let mut value = Pack::ZERO;
                for (to, lane) in value.0.iter_mut().zip(&lanes) {
                    *to = lane[row];
                }
                poison += value * 0.0;
                dense[slot(row)] = value;
            }
        } else {
            for row in 0..rows {
                let value = &mut dense[slot(row)];
                for (to, start) in value.0.iter_mut().zip(&series.starts) {
                    *to = x[start + row * inner];
                }
                poison += *value * 0.0;
            }
        }
        poison.0.iter().all(|p| !p.is_nan())
    }
}

/// The series, their values by period and the array, which nobody else writes these series of.
struct Put<'a, const W: usize> {
    series: Abreast<'a, W>,
    part: &'a [Pack<W>],
    out: &'a Shared<'a, f64>,
}

impl<const W: usize> Work for Put<'_, W> {
    type Out = ();

    #[inline(always)]
    fn run(self) {
        match self.series.slots.map(Slots::of_row) {
            None => self.by(|row| row),
            Some(slots) => self.by(|row| slots[row]),
        }
    }
}

impl<const W: usize> Put<'_, W> {
    #[inline(always)]
    fn by(self, slot: impl Fn(usize) -> usize) {
        let Self { series, part, out } = self;
        let Shape { rows, inner, .. } = series.shape;
        if series.side_by_side() {
            for row in 0..rows {
                let place = series.starts[0] + row * inner;
                let soon = place + AHEAD * inner;
                out.prefetch(soon..soon + W);
                // SAFETY: the promise of `put`.
                unsafe { out.range(place, W) }.copy_from_slice(&part[slot(row)].0);
            }
            return;
        }
        for from in (0..rows).step_by(STRETCH) {
            let stretch = from..rows.min(from + STRETCH);
            for (k, start) in series.starts.iter().enumerate().take(series.width) {
                if inner == 1 {
                    // SAFETY: the promise of `put`.
                    let to = unsafe { out.range(start + stretch.start, stretch.len()) };
                    for (to, row) in to.iter_mut().zip(stretch.clone()) {
                        *to = part[slot(row)].0[k];
                    }
                } else {
                    for row in stretch.clone() {
                        // SAFETY: the promise of `put`.
                        unsafe { out.put(start + row * inner, part[slot(row)].0[k]) };
                    }
                }
            }
        }
    }
}
