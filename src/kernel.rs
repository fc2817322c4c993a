//! The three shapes of a kernel, which the engine in `panel` runs and the indicators implement.
//!
//! A kernel is a small struct, its parameters, and knows neither Python nor threads nor memory layout: it sees slices.
//! What a value is (float, decimal, interval) is its type parameter. Mark `run` as `#[inline(always)]`, so that it is
//! compiled for the processor at hand.

use crate::error::Result;
use crate::number::pack::Pack;
use crate::number::{Number, Unit};

/// What the results of a kernel are, which says how many decimals an exact result has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// A value of the series itself: as it is.
    Value,
    /// A sum or a difference of values: the scale of the series.
    Level,
    /// A mean or an index number: two decimals more.
    Mean,
    /// A rate, a share or points: two decimals of a per cent, four of a fraction.
    Rate(Unit),
}

/// A kernel whose results are numbers of the kind of its input.
pub trait Figures: Sync {
    /// What they are.
    fn figure(&self) -> Figure;
}

/// A result that depends on a value and its base: the engine finds the base, by lag or by the calendar.
pub trait PairKernel<N: Number>: Sync {
    /// Fills `out`; the three slices are equally long.
    fn run(&self, ctx: &N::Context, value: &[N], base: &[N], out: &mut [N]);
}

/// A result that depends on a whole series, one value a period of its span, absent periods being missing.
pub trait LaneKernel<N: Number>: Sync {
    /// What comes out: values, positions, or flags.
    type Out: Copy + Default + Send + Sync;

    /// Fills `out` from the series `x`. Unless the kernel changes the frequency, the two are equally long.
    fn run(&self, ctx: &N::Context, x: &[N], out: &mut [Self::Out]);

    /// The same kernel for the rows of series whose periods are all below `span`, if it can go along them without the
    /// absent periods in between: several times faster, where it is worth the writing.
    fn by_rows(&self, _span: usize) -> Option<Box<dyn RowsKernel<N, Out = Self::Out> + '_>> {
        None
    }

    /// The same kernel for a series that has rows in these periods, in any order, and begins with period `first` instead of
    /// period 0; none where that makes no difference, as long as no parameter is the number of a period.
    fn of_series(&self, _first: usize, _rows: &mut dyn Iterator<Item = usize>) -> Option<Self>
    where
        Self: Sized,
    {
        None
    }
}

/// A lane kernel as it goes along the rows of a series, of which absent periods have none.
pub trait RowsKernel<N: Number>: Sync {
    /// What comes out.
    type Out;

    /// Fills `out` from the values and the numbers of their periods, in ascending order; the three slices are equally long.
    fn run(&self, ctx: &N::Context, slots: &[i32], x: &[N], out: &mut [Self::Out]);
}

/// A result of several parts, each as long as the series, that neighbouring series can share the work of: filters.
///
/// Where all values are observed, `W` series of equal length come side by side; a series with gaps comes alone, cut to
/// the span from its first observed value to its last (what lies outside is missing in every part), its gaps NaN.
pub trait BlockKernel: Sync {
    /// What depends on the length of the series alone and is computed once for all: weights, factors.
    type Plan: Send + Sync;

    /// Whether half as many series as usual come side by side: for kernels that need much space for each.
    const HALF: bool = false;

    /// The number of parts of the result that are as long as the series.
    fn parts(&self) -> usize;

    /// The number of single figures of each series that come with it: coefficients, counts.
    fn facts(&self) -> usize {
        0
    }

    /// Prepares for series of `n` values.
    ///
    /// # Errors
    /// Too few values.
    fn plan(&self, n: usize) -> Result<Self::Plan>;

    /// Fills the parts and the facts, all of them: what they hold before means nothing.
    ///
    /// # Errors
    /// What makes no sense of a series; the row of a placed error is counted from the first value of `x`.
    fn run<const W: usize>(
        &self,
        plan: &Self::Plan,
        x: &[Pack<W>],
        out: &mut [&mut [Pack<W>]],
        facts: &mut [Pack<W>],
    ) -> Result<()>;
}

/// Runs a kernel for single series on each of those that stand side by side.
///
/// # Errors
/// What the kernel says.
pub fn one_by_one<const W: usize>(
    x: &[Pack<W>],
    out: &mut [&mut [Pack<W>]],
    facts: &mut [Pack<W>],
    kernel: impl Fn(&[f64], &mut [Vec<f64>], &mut [f64]) -> Result<()>,
) -> Result<()> {
    let mut parts: Vec<Vec<f64>> = out.iter().map(|part| vec![f64::NAN; part.len()]).collect();
    let mut figures = vec![f64::NAN; facts.len()];
    for lane in 0..W {
        let series: Vec<f64> = x.iter().map(|row| row.0[lane]).collect();
        kernel(&series, &mut parts, &mut figures)?;
        for (to, from) in out.iter_mut().zip(&parts) {
            to.iter_mut().zip(from).for_each(|(row, &value)| row.0[lane] = value);
        }
        facts.iter_mut().zip(&figures).for_each(|(row, &value)| row.0[lane] = value);
    }
    Ok(())
}
