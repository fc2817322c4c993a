//! The float instance: fast, and missing wherever the result is not a finite number.

use super::{Exponent, Level, Number, Ordered, Real, Truth, Unit};
use std::cmp::Ordering;

/// A result that is not finite is missing: an infinite or missing input, a zero denominator, an overflow.
#[inline(always)]
fn finite(x: f64) -> f64 {
    if x.is_finite() { x } else { f64::NAN }
}

/// A fraction; missing, not zero, where the denominator is infinite.
#[inline(always)]
fn over(num: f64, den: f64, unit: Unit) -> f64 {
    if den.is_finite() { finite(num / den * unit.factor()) } else { f64::NAN }
}

/// ln(x / b): where the two are near from their difference, which is exact, and else from their ratio, of which 1 plus a
/// fall to nearly nothing would leave no digits.
#[inline(always)]
fn log_ratio(x: f64, b: f64) -> f64 {
    let change = (x - b) / b; // NaN for an infinite base
    if change.is_nan() || change.abs() < 0.5 { change.ln_1p() } else { (x / b).ln() }
}

impl Number for f64 {
    type Context = ();

    const MISSING: Self = f64::NAN;
    const ZERO: Self = 0.0;

    #[inline(always)]
    fn is_missing(self) -> bool {
        !self.is_finite()
    }
    #[inline(always)]
    fn is_overflow(self) -> bool {
        false
    }
    #[inline(always)]
    fn is_positive(self) -> bool {
        self > 0.0
    }
    #[inline(always)]
    fn is_negative(self) -> bool {
        self < 0.0
    }
    #[inline(always)]
    fn exceeds(self, other: Self) -> Truth {
        if self > other { Truth::Yes } else { Truth::No }
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        if other > self { other } else { self }
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        if other < self { other } else { self }
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self + other
    }
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self - other
    }
    #[inline(always)]
    fn times(self, count: u32) -> Self {
        self * f64::from(count)
    }
    #[inline(always)]
    fn negated(self) -> Self {
        -self
    }

    #[inline(always)]
    fn level((): &(), x: Self) -> Self {
        finite(x)
    }
    #[inline(always)]
    fn mean((): &(), sum: Self, count: u32) -> Self {
        finite(sum / f64::from(count))
    }
    #[inline(always)]
    fn ratio((): &(), num: Self, den: Self, unit: Unit) -> Self {
        over(num, den, unit)
    }
    #[inline(always)]
    fn relative_change((): &(), x: Self, b: Self, unit: Unit) -> Self {
        finite((x - b) / b * unit.factor())
    }
    #[inline(always)]
    fn part_of((): &(), part: Self, rest: Self, unit: Unit) -> Self {
        over(part, part + rest, unit)
    }
    #[inline(always)]
    fn contribution((): &(), x: Self, y: Self, total: Self, unit: Unit) -> Self {
        over(x - y, total, unit)
    }
    #[inline(always)]
    fn ratio_change(ctx: &(), x: Self, a: Self, y: Self, b: Self, unit: Unit) -> Self {
        // The difference of two close ratios would cancel: what the numerators moved, then what the denominators did; or
        // the difference of the two rates, where these are smaller.
        let (moved, shifted) = ((x - y) / a * unit.factor(), Self::base_shift(ctx, y, a, b, unit));
        let (now, then) = ((x - a) / a, (y - b) / b);
        let rates = (now.abs() + then.abs()) * unit.factor() < moved.abs() + shifted.abs();
        finite(if rates { (now - then) * unit.factor() } else { moved + shifted })
    }
    #[inline(always)]
    fn base_shift((): &(), y: Self, a: Self, b: Self, unit: Unit) -> Self {
        finite(y / a * ((b - a) / b) * unit.factor())
    }
    #[inline(always)]
    fn rebased((): &(), x: Self, sum: Self, count: u32, value: Level) -> Self {
        finite(over(x, sum / f64::from(count), Unit::Fraction) * value.near)
    }
    #[inline(always)]
    fn compound((): &(), x: Self, b: Self, exponent: Exponent, unit: Unit) -> Self {
        finite((exponent.to_f64() * log_ratio(x, b)).exp_m1() * unit.factor())
    }
}

impl Real for f64 {
    #[inline(always)]
    fn log_ratio((): &(), x: Self, b: Self, unit: Unit) -> Self {
        finite(log_ratio(x, b) * unit.factor())
    }
}

impl Ordered for f64 {
    #[inline(always)]
    fn order(self, other: Self) -> Ordering {
        // Not total_cmp: -0 and 0 are equal.
        self.partial_cmp(&other).unwrap_or(Ordering::Equal)
    }
}
