//! Records: a value among the earlier values of its series. Records, ranks, streaks, distances from the peak, z-scores.
//!
//! Observed values are compared with observed values; a missing one is neither a record nor in the way of one.

use crate::kernel::{Figure, Figures, LaneKernel};
use crate::number::{Number, Ordered, Truth, Unit};
use crate::panel::Base;
use std::cmp::Ordering;

/// Which end of the scale a record is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// The highest.
    High,
    /// The lowest.
    Low,
}

impl Sense {
    /// The value for which highest means what is asked for.
    #[inline(always)]
    fn upward<N: Number>(self, x: N) -> N {
        match self {
            Self::High => x,
            Self::Low => x.negated(),
        }
    }
}

/// The greatest value so far, for each season or for all periods together.
struct Best<T> {
    of: Vec<Option<T>>,
}

impl<T: Copy> Best<T> {
    fn new(season: Option<usize>) -> Self {
        Self { of: vec![None; season.unwrap_or(1).max(1)] }
    }

    fn at(&mut self, t: usize) -> &mut Option<T> {
        let season = t % self.of.len();
        &mut self.of[season]
    }
}

/// Whether a value lies strictly beyond all earlier observed ones: 0 no, 1 yes, 2 undecided (of rounded values).
///
/// The first value and missing ones are no records.
#[derive(Debug)]
pub struct Record {
    /// Highest or lowest.
    pub sense: Sense,
    /// Compare with the same month or quarter only: the number of them in a year.
    pub season: Option<usize>,
}

impl<N: Number> LaneKernel<N> for Record {
    type Out = u8;

    #[inline(always)]
    fn run(&self, _: &N::Context, x: &[N], out: &mut [u8]) {
        let mut best = Best::new(self.season);
        for (t, (o, &v)) in out.iter_mut().zip(x).enumerate() {
            *o = 0;
            if v.is_missing() {
                continue;
            }
            let v = self.sense.upward(v);
            let best = best.at(t);
            if let Some(record) = best {
                *o = match v.exceeds(*record) {
                    Truth::No => 0,
                    Truth::Yes => 1,
                    Truth::Undecided => 2,
                };
            }
            *best = Some(best.map_or(v, |b: N| b.max(v)));
        }
    }
}

/// The period of the record that stood before each period; -1 before any was observed.
#[derive(Debug)]
pub struct PreviousRecord {
    /// Highest or lowest.
    pub sense: Sense,
    /// Compare with the same month or quarter only: the number of them in a year.
    pub season: Option<usize>,
}

impl<N: Ordered> LaneKernel<N> for PreviousRecord {
    type Out = i64;

    #[inline(always)]
    fn run(&self, _: &N::Context, x: &[N], out: &mut [i64]) {
        let mut best = Best::new(self.season);
        for (t, (o, &v)) in out.iter_mut().zip(x).enumerate() {
            let best = best.at(t);
            *o = best.map_or(-1, |(at, _)| at);
            let v = self.sense.upward(v);
            if !v.is_missing() && best.is_none_or(|(_, b): (i64, N)| v.order(b) == Ordering::Greater) {
                *best = Some((i64::try_from(t).unwrap_or(-1), v));
            }
        }
    }
}

/// The last earlier period at least as high (as low); -1 where none was.
#[derive(Debug)]
pub struct ExtremeSince {
    /// Highest or lowest.
    pub sense: Sense,
}

impl<N: Ordered> LaneKernel<N> for ExtremeSince {
    type Out = i64;

    #[inline(always)]
    fn run(&self, _: &N::Context, x: &[N], out: &mut [i64]) {
        // Candidates fall in value from the bottom to the top: whoever is passed is in nobody's way any more.
        let mut candidates: Vec<(i64, N)> = Vec::new();
        for (t, (o, &v)) in out.iter_mut().zip(x).enumerate() {
            *o = -1;
            if v.is_missing() {
                continue;
            }
            let v = self.sense.upward(v);
            while candidates.last().is_some_and(|(_, c)| c.order(v) == Ordering::Less) {
                candidates.pop();
            }
            *o = candidates.last().map_or(-1, |&(at, _)| at);
            candidates.push((i64::try_from(t).unwrap_or(-1), v));
        }
    }
}

/// The rank of a value, 1 for the highest and ties sharing the better one (1-2-2-4); missing stays missing.
#[derive(Debug)]
pub struct Rank {
    /// Compare with the same month or quarter only: the number of them in a year.
    pub season: Option<usize>,
    /// Among all values of the series, not only those up to the period.
    pub whole: bool,
}

impl<N: Ordered> LaneKernel<N> for Rank {
    type Out = f64;

    #[inline(always)]
    fn run(&self, _: &N::Context, x: &[N], out: &mut [f64]) {
        out.fill(f64::NAN);
        let seasons = self.season.unwrap_or(1).max(1);
        for season in 0..seasons {
            let mut order: Vec<usize> =
                (season..x.len()).step_by(seasons).filter(|&t| !x[t].is_missing()).collect();
            order.sort_by(|&a, &b| x[b].order(x[a]).then(a.cmp(&b)));
            // The number of greater values is the place of the first of one's equals.
            let mut first = vec![0; order.len()];
            for i in 1..order.len() {
                first[i] =
                    if x[order[i]].order(x[order[i - 1]]) == Ordering::Equal { first[i - 1] } else { i };
            }
            let mut places: Vec<(usize, usize)> = order.into_iter().zip(first).collect();
            if !self.whole {
                places.sort_unstable();
            }
            let mut seen = Counts::new(places.len());
            for (t, place) in places {
                out[t] = if self.whole { one_more(place) } else { one_more(seen.below(place)) };
                seen.add(place);
            }
        }
    }
}

#[allow(clippy::cast_precision_loss)] // a position in an array in memory
fn one_more(count: usize) -> f64 {
    (count + 1) as f64
}

/// How many of the numbers seen lie below a given one (a Fenwick tree).
struct Counts(Vec<usize>);

impl Counts {
    fn new(n: usize) -> Self {
        Self(vec![0; n + 1])
    }

    fn add(&mut self, number: usize) {
        let mut i = number + 1;
        while let Some(count) = self.0.get_mut(i) {
            *count += 1;
            i += i & i.wrapping_neg();
        }
    }

    fn below(&self, number: usize) -> usize {
        let (mut i, mut sum) = (number, 0);
        while i > 0 {
            sum += self.0[i];
            i &= i - 1;
        }
        sum
    }
}

/// How many periods in a row the value rose (+n) or fell (-n) against its base; 0 where it did neither.
///
/// A missing value is missing and ends the streak; a value without a base starts one at 0.
#[derive(Debug)]
pub struct Streak {
    /// What a value is compared with: the period before, or the year before.
    pub base: Base,
}

impl<N: Number> LaneKernel<N> for Streak {
    type Out = f64;

    #[inline(always)]
    fn run(&self, _: &N::Context, x: &[N], out: &mut [f64]) {
        let mut streak = 0.0_f64;
        for (t, o) in out.iter_mut().enumerate() {
            let base = self.base.of(t, x.len()).map(|b| x[b]).filter(|b| !b.is_missing());
            streak = match base {
                _ if x[t].is_missing() => f64::NAN,
                None => 0.0,
                Some(b) => match (x[t].exceeds(b), b.exceeds(x[t])) {
                    (Truth::Yes, _) => streak.max(0.0) + 1.0,
                    (_, Truth::Yes) => streak.min(0.0) - 1.0,
                    (Truth::No, Truth::No) => 0.0,
                    _ => f64::NAN,
                },
            };
            *o = streak;
        }
    }
}

/// The distance from the highest value so far, at most 0; missing where that is not positive.
#[derive(Debug)]
pub struct FromPeak {
    /// Per cent or fraction.
    pub unit: Unit,
}

impl Figures for FromPeak {
    fn figure(&self) -> Figure {
        Figure::Rate(self.unit)
    }
}

impl<N: Number> LaneKernel<N> for FromPeak {
    type Out = N;

    #[inline(always)]
    fn run(&self, ctx: &N::Context, x: &[N], out: &mut [N]) {
        let mut peak: Option<N> = None;
        for (o, &v) in out.iter_mut().zip(x) {
            *o = N::MISSING;
            if v.is_missing() {
                continue;
            }
            // Against the earlier peak, and no more than 0: so v occurs once, and bounds stay tight.
            *o = match peak {
                Some(earlier) if v.is_positive() && v.exceeds(earlier) == Truth::Yes => N::ZERO,
                Some(earlier) if earlier.is_positive() => {
                    N::relative_change(ctx, v, earlier, self.unit).min(N::ZERO)
                }
                _ if v.is_positive() => N::ZERO,
                _ => N::MISSING,
            };
            peak = Some(peak.map_or(v, |p| p.max(v)));
        }
    }
}

/// The distance from the mean in standard deviations, of the whole sample or of the last `window` periods.
#[derive(Debug)]
pub struct ZScore {
    /// The periods of the sample up to the current one; all of them if none.
    pub window: Option<usize>,
    /// What is taken off the count in the variance.
    pub ddof: usize,
}

impl Figures for ZScore {
    fn figure(&self) -> Figure {
        Figure::Rate(Unit::Fraction)
    }
}

impl LaneKernel<f64> for ZScore {
    type Out = f64;

    #[inline(always)]
    fn run(&self, (): &(), x: &[f64], out: &mut [f64]) {
        match self.window {
            None => {
                let observed = x.iter().filter(|v| !v.is_missing());
                let all = Scaled::of(Moments::of(observed.clone().copied()), observed.copied());
                for (o, &v) in out.iter_mut().zip(x) {
                    *o = all.score(v, self.ddof);
                }
            }
            Some(window) => {
                let len = out.len();
                out[..len.min(window - 1)].fill(f64::NAN);
                // As in `rolling`: a window is the end of one block and the beginning of the next.
                let mut suffix = vec![Moments::NONE; if window > len { 0 } else { window }];
                for (number, block) in x.chunks(window).enumerate() {
                    let mut prefix = Moments::NONE;
                    for (j, &v) in block.iter().enumerate() {
                        prefix = prefix.with(v);
                        let rest = suffix.get(j + 1).copied().unwrap_or(Moments::NONE);
                        if number > 0 || j + 1 == window {
                            let end = number * window + j;
                            let sample = x[end + 1 - window..=end].iter().copied();
                            out[end] = Scaled::of(rest.and(prefix), sample).score(v, self.ddof);
                        }
                    }
                    let mut sum = Moments::NONE;
                    for (s, &v) in suffix.iter_mut().zip(block).rev() {
                        sum = sum.with(v);
                        *s = sum;
                    }
                }
            }
        }
    }
}

/// Where the range of a sample lies whose squares neither overflow nor fall among the numbers of few digits.
const SQUARED: std::ops::Range<f64> = 1e-140..1e140;

/// The moments of a sample in a unit in which they can be squared: a power of two, which changes no digit.
struct Scaled {
    moments: Moments,
    unit: f64,
}

impl Scaled {
    /// The moments as they are, or those of the sample anew in a smaller or larger unit.
    #[inline(always)]
    fn of(moments: Moments, sample: impl Iterator<Item = f64>) -> Self {
        let range = moments.greatest - moments.least;
        if SQUARED.contains(&range) || range.partial_cmp(&0.0) != Some(Ordering::Greater) {
            return Self { moments, unit: 1.0 };
        }
        Self::anew(range, sample)
    }

    #[cold]
    #[inline(never)]
    fn anew(range: f64, sample: impl Iterator<Item = f64>) -> Self {
        let unit = 2_f64.powi(if range > 1.0 { -600 } else { 600 });
        Self { moments: Moments::of(sample.map(|v| v * unit)), unit }
    }

    #[inline(always)]
    fn score(&self, v: f64, ddof: usize) -> f64 {
        self.moments.score(v * self.unit, ddof)
    }
}

/// Count, mean and sum of squared deviations of a sample, and its extremes, which tell a constant one exactly.
///
/// The mean is measured from a value of the sample, so that a high level takes no digits from the deviations.
#[derive(Debug, Clone, Copy)]
struct Moments {
    n: f64,
    origin: f64,
    mean: f64,
    squares: f64,
    least: f64,
    greatest: f64,
}

impl Moments {
    const NONE: Self = Self {
        n: 0.0,
        origin: 0.0,
        mean: 0.0,
        squares: 0.0,
        least: f64::INFINITY,
        greatest: f64::NEG_INFINITY,
    };

    #[inline(always)]
    fn of(sample: impl Iterator<Item = f64>) -> Self {
        sample.fold(Self::NONE, Self::with)
    }

    /// The sample with one more value (Welford 1962).
    #[inline(always)]
    fn with(self, v: f64) -> Self {
        let n = self.n + 1.0;
        let origin = if self.n == 0.0 { v } else { self.origin };
        let off = (v - origin) - self.mean;
        let mean = self.mean + off / n;
        Self {
            n,
            origin,
            mean,
            squares: self.squares + off * ((v - origin) - mean),
            least: if v < self.least { v } else { self.least },
            greatest: if v > self.greatest { v } else { self.greatest },
        }
    }

    /// Two samples as one (Chan, Golub and `LeVeque` 1979).
    #[inline(always)]
    fn and(self, other: Self) -> Self {
        if self.n == 0.0 {
            return other;
        }
        let n = self.n + other.n;
        let off = (other.origin - self.origin) + (other.mean - self.mean);
        Self {
            n,
            origin: self.origin,
            mean: self.mean + off * (other.n / n),
            squares: self.squares + other.squares + off * off * (self.n * other.n / n),
            least: self.least.min(other.least),
            greatest: self.greatest.max(other.greatest),
        }
    }

    /// The score of a value; missing for a constant or too small sample, and for one with a missing value.
    #[inline(always)]
    #[allow(clippy::cast_precision_loss)] // a small number off a count
    fn score(self, v: f64, ddof: usize) -> f64 {
        let left = self.n - ddof as f64;
        if left > 0.0 && self.squares.is_finite() && self.least < self.greatest {
            f64::level(&(), ((v - self.origin) - self.mean) / (self.squares / left).sqrt())
        } else {
            f64::NAN
        }
    }
}
