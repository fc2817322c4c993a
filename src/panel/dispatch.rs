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

/// Runs a pair kernel with the widest vectors there are.
pub fn pair<N: Number, K: PairKernel<N>>(
    kernel: &K,
    ctx: &N::Context,
    value: &[N],
    base: &[N],
    out: &mut [N],
) {
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "avx512f,avx512dq,avx512vl")]
        fn avx512<N: Number, K: PairKernel<N>>(k: &K, c: &N::Context, v: &[N], b: &[N], o: &mut [N]) {
            k.run(c, v, b, o);
        }
        #[target_feature(enable = "avx2")]
        fn avx2<N: Number, K: PairKernel<N>>(k: &K, c: &N::Context, v: &[N], b: &[N], o: &mut [N]) {
            k.run(c, v, b, o);
        }
        match level() {
            // SAFETY: the features were detected.
            Level::Avx512 => return unsafe { avx512(kernel, ctx, value, base, out) },
            // SAFETY: the feature was detected.
            Level::Avx2 => return unsafe { avx2(kernel, ctx, value, base, out) },
            Level::Base => {}
        }
    }
    kernel.run(ctx, value, base, out);
}

/// Runs a lane kernel with the widest vectors there are.
pub fn lane<N: Number, K: LaneKernel<N>>(kernel: &K, ctx: &N::Context, x: &[N], out: &mut [K::Out]) {
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "avx512f,avx512dq,avx512vl")]
        fn avx512<N: Number, K: LaneKernel<N>>(k: &K, c: &N::Context, x: &[N], o: &mut [K::Out]) {
            k.run(c, x, o);
        }
        #[target_feature(enable = "avx2")]
        fn avx2<N: Number, K: LaneKernel<N>>(k: &K, c: &N::Context, x: &[N], o: &mut [K::Out]) {
            k.run(c, x, o);
        }
        match level() {
            // SAFETY: the features were detected.
            Level::Avx512 => return unsafe { avx512(kernel, ctx, x, out) },
            // SAFETY: the feature was detected.
            Level::Avx2 => return unsafe { avx2(kernel, ctx, x, out) },
            Level::Base => {}
        }
    }
    kernel.run(ctx, x, out);
}

/// Runs a block kernel with the widest vectors there are.
///
/// # Errors
/// What the kernel says.
pub fn block<K: BlockKernel, const W: usize>(
    kernel: &K,
    plan: &K::Plan,
    x: &[Pack<W>],
    out: &mut [Vec<Pack<W>>],
    facts: &mut [Pack<W>],
) -> Result<()> {
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "avx512f,avx512dq,avx512vl")]
        fn avx512<K: BlockKernel, const W: usize>(
            k: &K,
            plan: &K::Plan,
            x: &[Pack<W>],
            out: &mut [Vec<Pack<W>>],
            facts: &mut [Pack<W>],
        ) -> Result<()> {
            k.run(plan, x, out, facts)
        }
        #[target_feature(enable = "avx2")]
        fn avx2<K: BlockKernel, const W: usize>(
            k: &K,
            plan: &K::Plan,
            x: &[Pack<W>],
            out: &mut [Vec<Pack<W>>],
            facts: &mut [Pack<W>],
        ) -> Result<()> {
            k.run(plan, x, out, facts)
        }
        match level() {
            // SAFETY: the features were detected.
            Level::Avx512 => return unsafe { avx512(kernel, plan, x, out, facts) },
            // SAFETY: the feature was detected.
            Level::Avx2 => return unsafe { avx2(kernel, plan, x, out, facts) },
            Level::Base => {}
        }
    }
    kernel.run(plan, x, out, facts)
}
