//! The rules that several families share: bases that are not positive, missing values, spans of periods.

use crate::number::{Exponent, Number, Unit};

/// What growth from a negative base is; growth from a zero base is always missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BaseRule {
    /// Missing: not meaningful.
    Missing,
    /// The plain ratio (x - b)/b, sign and all.
    Signed,
    /// (x - b)/|b|: positive for a rise.
    Abs,
}

impl BaseRule {
    /// The growth of a value over its base.
    #[inline(always)]
    pub fn growth<N: Number>(self, ctx: &N::Context, x: N, b: N, unit: Unit) -> N {
        match self {
            // Computed first and chosen from afterwards: a branch before the division keeps it from the wide vectors.
            Self::Missing => {
                let rate = N::relative_change(ctx, x, b, unit);
                if b.is_positive() { rate } else { N::MISSING }
            }
            Self::Abs if b.is_negative() => N::relative_rise(ctx, x, b, unit),
            Self::Abs | Self::Signed => N::relative_change(ctx, x, b, unit),
        }
    }

    /// The growth of a value over its base, at the rate of other periods.
    ///
    /// The ratio of the two must not be negative.
    #[inline(always)]
    pub fn compound<N: Number>(self, ctx: &N::Context, x: N, b: N, exponent: Exponent, unit: Unit) -> N {
        let able = |x: N, b: N| !x.is_missing() && !x.is_negative() && b.is_positive();
        match self {
            Self::Signed if b.is_negative() && able(x.negated(), b.negated()) => {
                N::compound(ctx, x.negated(), b.negated(), exponent, unit)
            }
            Self::Abs if b.is_negative() && able(x.sub(b.times(2)), b.negated()) => {
                N::compound_rise(ctx, x, b, exponent, unit)
            }
            _ if able(x, b) => N::compound(ctx, x, b, exponent, unit),
            _ => N::MISSING,
        }
    }

    /// A part of a whole or of its growth: `den` is what the rule is about.
    #[inline(always)]
    pub fn fraction<N: Number>(self, den: N, of: impl FnOnce(N) -> N) -> N {
        match self {
            Self::Missing if !den.is_positive() => N::MISSING,
            Self::Abs if den.is_negative() => of(den.negated()),
            _ => of(den),
        }
    }
}

/// What a missing value does where a sum or a mean is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gaps {
    /// The result is missing.
    Propagate,
    /// The result is that of the values present.
    Skip,
}

/// A running sum with the count of its values.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sum<N> {
    pub value: N,
    pub count: u32,
    whole: bool,
}

impl<N: Number> Sum<N> {
    pub(super) const EMPTY: Self = Self { value: N::ZERO, count: 0, whole: true };

    /// Adds a value; a missing one spoils the sum unless gaps are skipped.
    #[inline(always)]
    pub(super) fn push(&mut self, x: N, gaps: Gaps) {
        if !x.is_missing() {
            self.value = self.value.add(x);
            self.count += 1;
        } else if gaps == Gaps::Propagate {
            self.whole = false;
        }
    }

    /// Says that periods are absent before the first value.
    pub(super) fn incomplete(&mut self, gaps: Gaps) {
        self.whole &= gaps == Gaps::Skip;
    }

    /// The sum, if it is one.
    pub(super) fn get(&self) -> Option<(N, u32)> {
        (self.whole && self.count > 0).then_some((self.value, self.count))
    }
}

/// Fills `out` with what `of` makes of each value, of the rest of the sum and of the sum, where `term` is what a value adds.
///
/// The rest is what stands before a value and what stands after it, so that each input occurs once.
#[inline(always)]
pub(super) fn each_with_rest<N: Number>(
    x: &[N],
    out: &mut [N],
    term: impl Fn(N) -> N,
    of: impl Fn(N, N, N) -> N,
) {
    let mut after = N::ZERO;
    for (o, &v) in out.iter_mut().zip(x).rev() {
        *o = after;
        after = after.add(term(v));
    }
    let sum = after;
    let mut before = N::ZERO;
    for (o, &v) in out.iter_mut().zip(x) {
        *o = of(v, before.add(*o), sum);
        before = before.add(term(v));
    }
}

/// Growth between two means, as one fraction: (s/n - t/m) / (t/m) = (s m - t n) / (t n).
#[inline(always)]
pub(super) fn growth_of_means<N: Number>(
    rule: BaseRule,
    ctx: &N::Context,
    (sum, count): (N, u32),
    (base, base_count): (N, u32),
    unit: Unit,
) -> N {
    if count == base_count {
        rule.growth(ctx, sum, base, unit)
    } else {
        rule.growth(ctx, sum.times(base_count), base.times(count), unit)
    }
}

/// How periods are cut into longer ones: fiscal years, quarters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spans {
    /// Spans of `per` periods; period 0 is number `phase` of its span.
    Regular {
        /// Periods in a span; at least 1.
        per: i64,
        /// The number of period 0 in its span, from 0.
        phase: i64,
    },
    /// Span k begins with period `starts[k]`; the last entry ends the last span.
    Starts(Vec<i64>),
}

/// A span of periods, which may begin before the first period of the data or end after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its number among the spans of the data, from 0.
    pub number: usize,
    /// Its first period.
    pub first: i64,
    /// The period after its last one.
    pub end: i64,
}

impl Span {
    /// The number of its periods.
    #[must_use]
    pub fn len(&self) -> u32 {
        u32::try_from(self.end - self.first).unwrap_or(u32::MAX)
    }

    /// The period of this span that has the number of a period of another one, if the data reach back to it.
    #[must_use]
    pub fn alike(&self, other: &Self, slot: usize) -> Option<usize> {
        let number = i64::try_from(slot).ok()? - other.first;
        usize::try_from(self.first + number).ok().filter(|_| self.first + number < self.end)
    }

    /// The part of a series of `n` periods that lies in the span, and whether that is all of it.
    #[must_use]
    pub fn within(&self, n: usize) -> (std::ops::Range<usize>, bool) {
        let first = usize::try_from(self.first).unwrap_or(0).min(n);
        let end = usize::try_from(self.end).unwrap_or(0).min(n);
        (first..end, i64::try_from(end - first).is_ok_and(|len| len == self.end - self.first))
    }
}

impl Spans {
    /// The same spans where period `first` is period 0.
    #[must_use]
    pub fn starting(&self, first: usize) -> Self {
        let first = i64::try_from(first).unwrap_or(i64::MAX);
        match self {
            Self::Regular { per, phase } => {
                Self::Regular { per: *per, phase: (phase + first).rem_euclid(*per) }
            }
            Self::Starts(starts) => Self::Starts(starts.iter().map(|start| start - first).collect()),
        }
    }

    /// The span of a period.
    #[must_use]
    pub fn of(&self, slot: usize) -> Span {
        let slot = i64::try_from(slot).unwrap_or(i64::MAX);
        match self {
            Self::Regular { per, phase } => {
                let number = (slot + phase).div_euclid(*per);
                let first = number * per - phase;
                let number = number - phase.div_euclid(*per);
                Span { number: usize::try_from(number).unwrap_or(0), first, end: first + per }
            }
            Self::Starts(starts) => {
                let number = starts.partition_point(|&s| s <= slot).saturating_sub(1);
                let bound = |k: usize| starts.get(k).copied().unwrap_or(slot + 1);
                Span { number, first: bound(number), end: bound(number + 1) }
            }
        }
    }

    /// The spans that a series of `n` periods touches, in order.
    pub fn over(&self, n: usize) -> impl Iterator<Item = Span> + '_ {
        let mut next = (n > 0).then_some(0_usize);
        std::iter::from_fn(move || {
            let span = self.of(next?);
            next = usize::try_from(span.end).ok().filter(|&slot| slot < n && slot > next.unwrap_or(0));
            Some(span)
        })
    }

    /// How many spans a series of `n` periods touches.
    #[must_use]
    pub fn count(&self, n: usize) -> usize {
        n.checked_sub(1).map_or(0, |last| self.of(last).number + 1)
    }
}
