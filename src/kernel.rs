//! The two shapes of a kernel, which the engine in `panel` runs and the indicators implement.
//!
//! A kernel is a small struct, its parameters, and knows neither Python nor threads nor memory layout: it sees slices.
//! What a value is (float, decimal, interval) is its type parameter. Mark `run` as `#[inline(always)]`, so that it is
//! compiled for the processor at hand.

use crate::number::Number;

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
}
