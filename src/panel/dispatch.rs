//! Kernels compiled for the processor at hand: the same code three times, chosen at run time.
//!
//! Only the width of the vectors differs, never the order of operations (no fused multiply-add is introduced), so
//! results are the same on every processor.

use crate::error::Result;
use crate::kernel::{BlockKernel, LaneKernel, PairKernel};
use crate::number::Number;
use crate::number::pack::Pack;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Base,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

fn level() -> Level {
    #[cfg(target_arch = "x86_64")]
    {
        // The standard library caches what it detects.
        if is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl")
        {
            return Level::Avx512;
        }
        if is_x86_feature_detected!("avx2") {
            return Level::Avx2;
        }
    }
    Level::Base
}

/// Some work on slices; mark `run` as `#[inline(always)]`, which a closure cannot be.
pub trait Work {
    /// What comes of it.
    type Out;

    /// Does it.
    fn run(self) -> Self::Out;
}

/// Does some work with the widest vectors there are.
pub fn widest<W: Work>(work: W) -> W::Out {
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "avx512f,avx512dq,avx512vl")]
        fn avx512<W: Work>(work: W) -> W::Out {
            work.run()
        }
        #[target_feature(enable = "avx2")]
        fn avx2<W: Work>(work: W) -> W::Out {
            work.run()
        }
        match level() {
            // SAFETY: the features were detected.
            Level::Avx512 => return unsafe { avx512(work) },
            // SAFETY: the feature was detected.
            Level::Avx2 => return unsafe { avx2(work) },
            Level::Base => {}
        }
    }
    work.run()
}

/// The least and the greatest of some numbers, with these among them.
pub(super) struct Extent<'a, T>(pub &'a [T], pub (T, T));

impl<T: Copy + Ord> Work for Extent<'_, T> {
    type Out = (T, T);

    #[inline(always)]
    fn run(self) -> (T, T) {
        self.0.iter().fold(self.1, |(low, high), &number| (low.min(number), high.max(number)))
    }
}

/// A pair kernel, its context, the values, the bases and the results.
struct Pair<'a, N: Number, K>(&'a K, &'a N::Context, &'a [N], &'a [N], &'a mut [N]);

impl<N: Number, K: PairKernel<N>> Work for Pair<'_, N, K> {
    type Out = ();

    #[inline(always)]
    fn run(self) {
        self.0.run(self.1, self.2, self.3, self.4);
    }
}

/// Runs a pair kernel with the widest vectors there are.
pub fn pair<N: Number, K: PairKernel<N>>(
    kernel: &K,
    ctx: &N::Context,
    value: &[N],
    base: &[N],
    out: &mut [N],
) {
    widest(Pair(kernel, ctx, value, base, out));
}

/// A lane kernel, its context, the series and the results.
struct Lane<'a, N: Number, K: LaneKernel<N>>(&'a K, &'a N::Context, &'a [N], &'a mut [K::Out]);

impl<N: Number, K: LaneKernel<N>> Work for Lane<'_, N, K> {
    type Out = ();

    #[inline(always)]
    fn run(self) {
        self.0.run(self.1, self.2, self.3);
    }
}

/// Runs a lane kernel with the widest vectors there are.
pub fn lane<N: Number, K: LaneKernel<N>>(kernel: &K, ctx: &N::Context, x: &[N], out: &mut [K::Out]) {
    widest(Lane(kernel, ctx, x, out));
}

/// A block kernel, its plan, the series, the parts of the results and the facts.
struct Block<'a, 'b, K: BlockKernel, const W: usize>(
    &'a K,
    &'a K::Plan,
    &'a [Pack<W>],
    &'a mut [&'b mut [Pack<W>]],
    &'a mut [Pack<W>],
);

impl<K: BlockKernel, const W: usize> Work for Block<'_, '_, K, W> {
    type Out = Result<()>;

    #[inline(always)]
    fn run(self) -> Result<()> {
        self.0.run(self.1, self.2, self.3, self.4)
    }
}

/// Runs a block kernel with the widest vectors there are.
///
/// # Errors
/// What the kernel says.
pub fn block<K: BlockKernel, const W: usize>(
    kernel: &K,
    plan: &K::Plan,
    x: &[Pack<W>],
    out: &mut [&mut [Pack<W>]],
    facts: &mut [Pack<W>],
) -> Result<()> {
    widest(Block(kernel, plan, x, out, facts))
}
