//! What a value can be: a float, an exact decimal, the interval of a rounded figure, or (for the audit) a rational.
//!
//! Most headline indicators are a fraction of two linear forms of the series: growth is (x - b)/b, a share
//! part/(part + rest), a mean sum/n. So a kernel walks, sums, and ends in one of the few fractions of [`Number`]; it is written
//! once and serves every instance. The fractions are arranged so that each input occurs once, which is what makes the
//! decimal result rounded only once and the bounds of an interval tight. What needs more than arithmetic (logarithms,
//! standard deviations) asks for [`Real`]; what needs a total order of single values asks for [`Ordered`].

pub mod amount;
pub mod currency;
mod decimal;
mod float;
mod interval;
pub mod pack;
mod power;
pub mod printed;
pub mod rational;
pub mod scale;
pub mod size;

pub use decimal::{Decimal, DecimalContext, Rounding};
pub use interval::{Endpoint, Interval, Toward};

use std::cmp::Ordering;

/// Whether rates and shares come as per cent (percentage points) or as fractions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// 100 times the fraction, as releases print it.
    Percent,
    /// The plain fraction.
    Fraction,
}

impl Unit {
    /// The factor on the plain fraction.
    #[must_use]
    #[inline(always)]
    pub const fn factor(self) -> f64 {
        match self {
            Self::Percent => 100.0,
            Self::Fraction => 1.0,
        }
    }
}

/// The answer to "is x greater than y?" where x and y may be known only to within rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// For no unrounded values.
    No,
    /// For all unrounded values.
    Yes,
    /// For some of them.
    Undecided,
}

/// A value that headline kernels can work on.
///
/// Sums and differences keep the scale of the input; the fractions give the scale of the result, which the context
/// holds. Whatever cannot be computed is [`Number::MISSING`]: a missing input, a zero denominator. An overflow, which
/// only exact values know, survives every operation and is found by [`Number::is_overflow`] in the result.
pub trait Number: Copy + Default + Send + Sync + PartialEq + std::fmt::Debug + 'static {
    /// What the fractions need to know beyond their inputs: scales, digits and rounding for decimals.
    type Context: Clone + Send + Sync;

    /// The missing value.
    const MISSING: Self;
    /// The neutral element of sums.
    const ZERO: Self;
    /// Whether a value is a pair of bounds, which widen where one input occurs twice.
    const BOUNDED: bool = false;

    /// Whether the value is missing; for floats an infinity is.
    fn is_missing(self) -> bool;
    /// Whether a computation left the range of exact values.
    fn is_overflow(self) -> bool;
    /// Greater than zero, for all unrounded values.
    fn is_positive(self) -> bool;
    /// Less than zero, for all unrounded values.
    fn is_negative(self) -> bool;
    /// Whether this is greater than `other`; neither may be missing.
    fn exceeds(self, other: Self) -> Truth;
    /// The greater of two, neither missing (of intervals: bound by bound).
    #[must_use]
    fn max(self, other: Self) -> Self;
    /// The lesser of two, neither missing (of intervals: bound by bound).
    #[must_use]
    fn min(self, other: Self) -> Self;

    /// The sum.
    #[must_use]
    fn add(self, other: Self) -> Self;
    /// The difference.
    #[must_use]
    fn sub(self, other: Self) -> Self;
    /// The value times a count.
    #[must_use]
    fn times(self, count: u32) -> Self;
    /// The value with its sign turned.
    #[must_use]
    fn negated(self) -> Self;

    /// A level, a sum or a difference, given at the scale of the result.
    fn level(ctx: &Self::Context, x: Self) -> Self;
    /// sum / count.
    fn mean(ctx: &Self::Context, sum: Self, count: u32) -> Self;
    /// num / den.
    fn ratio(ctx: &Self::Context, num: Self, den: Self, unit: Unit) -> Self;
    /// (x - b) / b.
    fn relative_change(ctx: &Self::Context, x: Self, b: Self, unit: Unit) -> Self;
    /// (x - b) / |b| of a negative b, rounded once.
    #[inline(always)]
    fn relative_rise(ctx: &Self::Context, x: Self, b: Self, unit: Unit) -> Self {
        Self::relative_change(ctx, x, b, unit).negated()
    }
    /// (x - b) over the mean of x and b, which is positive.
    #[inline(always)]
    fn symmetric_change(ctx: &Self::Context, x: Self, b: Self, unit: Unit) -> Self {
        Self::contribution(ctx, x.times(2), b.times(2), x.add(b), unit)
    }
    /// part / (part + rest).
    fn part_of(ctx: &Self::Context, part: Self, rest: Self, unit: Unit) -> Self;
    /// part / |part + rest| where that sum is negative, rounded once.
    #[inline(always)]
    fn part_of_negative(ctx: &Self::Context, part: Self, rest: Self, unit: Unit) -> Self {
        Self::part_of(ctx, part, rest, unit).negated()
    }
    /// (x - y) / total.
    fn contribution(ctx: &Self::Context, x: Self, y: Self, total: Self, unit: Unit) -> Self;
    /// x / a - y / b: the change between two ratios.
    fn ratio_change(ctx: &Self::Context, x: Self, a: Self, y: Self, b: Self, unit: Unit) -> Self;
    /// y / a - y / b: what a change of the denominator does.
    fn base_shift(ctx: &Self::Context, y: Self, a: Self, b: Self, unit: Unit) -> Self;
    /// x / (sum / count) * value: the level of an index whose mean over its base span is `value`.
    fn rebased(ctx: &Self::Context, x: Self, sum: Self, count: u32, value: Level) -> Self;
    /// The same within the base span, where x and the rest are the sum.
    #[inline(always)]
    fn rebased_within(ctx: &Self::Context, x: Self, rest: Self, count: u32, value: Level) -> Self {
        Self::rebased(ctx, x, x.add(rest), count, value)
    }
    /// (x / b)^(num/den) - 1: a rate over some periods as a rate over others. x and b must be positive.
    fn compound(ctx: &Self::Context, x: Self, b: Self, exponent: Exponent, unit: Unit) -> Self;
    /// The same of a negative b, where x/b is moved to 2 - x/b: one plus (x - b)/|b|. That must be positive.
    #[inline(always)]
    fn compound_rise(ctx: &Self::Context, x: Self, b: Self, exponent: Exponent, unit: Unit) -> Self {
        Self::compound(ctx, x.sub(b.times(2)), b.negated(), exponent, unit)
    }
}

/// A level that a user gave: the nearest float, and what was written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    /// As a float.
    pub near: f64,
    /// All its digits, and how many of them stand after the point; none where a decimal has no room for them.
    pub exact: Option<(i128, u32)>,
}

/// The exponent of a compound rate: periods in a year over the periods of the rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exponent {
    /// Numerator: the number of periods in a year.
    pub num: i64,
    /// Denominator: the number of periods the rate spans; not zero.
    pub den: i64,
}

impl Exponent {
    /// The exponent as a float.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn to_f64(self) -> f64 {
        self.num as f64 / self.den as f64
    }
}

/// A value of which logarithms can be taken.
pub trait Real: Number {
    /// ln(x / b). x and b must be positive.
    fn log_ratio(ctx: &Self::Context, x: Self, b: Self, unit: Unit) -> Self;
}

/// A single value, which can be ordered among others.
pub trait Ordered: Number {
    /// The order of two values, neither missing.
    fn order(self, other: Self) -> Ordering;
}

#[cfg(test)]
mod tests;
