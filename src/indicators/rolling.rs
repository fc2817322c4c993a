//! Rolling sums and means, and growth between adjoining windows.
//!
//! The series is cut into blocks as long as the window. A window then is the end of one block and the beginning of the
//! next, so its sum is a suffix sum plus a prefix sum: a constant cost a value, and only values of the window ever enter
//! its sum. One 1e16 or infinity leaves with its window, which running sums that add and subtract never recover from.

use super::rules::{BaseRule, Gaps, growth_of_means};
use crate::kernel::{Figure, Figures, LaneKernel};
use crate::number::{Exponent, Number, Unit};

/// Calls `put(t, sum, count)` for every t that ends a full window; `count` values of it are present.
#[inline(always)]
fn windows<N: Number>(x: &[N], window: usize, gaps: Gaps, mut put: impl FnMut(usize, N, u32)) {
    let full = u32::try_from(window).unwrap_or(u32::MAX);
    let skip = gaps == Gaps::Skip;
    let value = |v: N| if skip && v.is_missing() { N::ZERO } else { v };
    let mut suffix = vec![N::ZERO; window];
    let mut count = 0_u32;
    for (number, block) in x.chunks(window).enumerate() {
        let start = number * window;
        let mut prefix = N::ZERO;
        for (j, &v) in block.iter().enumerate() {
            prefix = prefix.add(value(v));
            if skip {
                count += u32::from(!v.is_missing());
                count -= u32::from(number > 0 && !x[start + j - window].is_missing());
            }
            let present = if skip { count } else { full };
            if j + 1 == window {
                put(start + j, prefix, present);
            } else if number > 0 {
                put(start + j, suffix[j + 1].add(prefix), present);
            }
        }
        let mut sum = N::ZERO;
        for (s, &v) in suffix.iter_mut().zip(block).rev() {
            sum = value(v).add(sum);
            *s = sum;
        }
    }
}

/// The sum or mean of the last `window` periods; missing until there are as many.
#[derive(Debug)]
pub struct Rolling {
    /// The number of periods; at least 1.
    pub window: usize,
    /// The mean instead of the sum.
    pub mean: bool,
    /// What a missing value does.
    pub gaps: Gaps,
}

impl Figures for Rolling {
    fn figure(&self) -> Figure {
        if self.mean { Figure::Mean } else { Figure::Level }
    }
}

impl<N: Number> LaneKernel<N> for Rolling {
    type Out = N;

    #[inline(always)]
    fn run(&self, ctx: &N::Context, x: &[N], out: &mut [N]) {
        let len = out.len();
        out[..len.min(self.window - 1)].fill(N::MISSING);
        if self.window > len {
            return;
        }
        if self.mean {
            windows(x, self.window, self.gaps, |t, sum, count| {
                out[t] = if count > 0 { N::mean(ctx, sum, count) } else { N::MISSING };
            });
        } else {
            windows(x, self.window, self.gaps, |t, sum, count| {
                out[t] = if count > 0 { N::level(ctx, sum) } else { N::MISSING };
            });
        }
    }
}

/// The mean of the last `window` periods over the mean of the `window` before them.
#[derive(Debug)]
pub struct RollingGrowth {
    /// The number of periods; at least 1.
    pub window: usize,
    /// Periods in a year over the window, for an annual rate.
    pub annualized: Option<Exponent>,
    /// What growth from a negative base is.
    pub rule: BaseRule,
    /// Per cent or fraction.
    pub unit: Unit,
    /// What a missing value does.
    pub gaps: Gaps,
}

impl Figures for RollingGrowth {
    fn figure(&self) -> Figure {
        Figure::Rate(self.unit)
    }
}

impl<N: Number> LaneKernel<N> for RollingGrowth {
    type Out = N;

    #[inline(always)]
    fn run(&self, ctx: &N::Context, x: &[N], out: &mut [N]) {
        out.fill(N::MISSING);
        if self.window > x.len() {
            return;
        }
        let mut sums = vec![(N::MISSING, 0); x.len()];
        windows(x, self.window, self.gaps, |t, sum, count| sums[t] = (sum, count));
        for t in 2 * self.window - 1..x.len().max(2 * self.window - 1) {
            let ((sum, count), (base, base_count)) = (sums[t], sums[t - self.window]);
            if sum.is_missing() || base.is_missing() || count == 0 || base_count == 0 {
                continue;
            }
            out[t] = match self.annualized {
                None => growth_of_means(self.rule, ctx, sums[t], sums[t - self.window], self.unit),
                Some(e) => self.rule.compound(ctx, sum.times(base_count), base.times(count), e, self.unit),
            };
        }
    }
}
