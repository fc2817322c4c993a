//! Floats as bounds: between which two floats a result lies that no float may equal.
//!
//! A fraction is computed with the errors of its roundings, each of which is a float itself (Dekker 1971): the bounds are
//! the nearest floats on both sides, or the result alone where it is exact. Logarithms and powers are not correctly rounded
//! by any common library, and what a logarithm is wrong by is magnified by the power: so each stage is bounded by itself
//! and carried on.

use super::{Endpoint, Fraction, Interval, Toward};
use crate::number::{Exponent, Number, Unit};

/// How many units in the last place a logarithm or an exponential may be off. The common libraries are within one or two
/// (Innocente and Zimmermann, Accuracy of Mathematical Functions, 2024).
const LIBRARY: u32 = 3;

impl Endpoint for f64 {
    fn directed((): &(), _: Toward) {}
    fn fraction_toward(ctx: &(), fraction: Fraction<Self>, unit: Unit, toward: Toward) -> Self {
        let near = fraction.plain(ctx, unit);
        if near.is_missing() { near } else { bounds(fraction, near, unit).at(toward) }
    }
    fn times_toward(self, count: u32, toward: Toward) -> Self {
        let (product, error) = product(self, Self::from(count));
        product.add_toward(error, toward)
    }
    fn add_toward(self, other: Self, toward: Toward) -> Self {
        let (sum, error) = sum(self, other);
        match toward {
            Toward::Below if error < 0.0 => sum.next_down(),
            Toward::Above if error > 0.0 => sum.next_up(),
            _ => sum,
        }
    }
    fn ratio_change_toward(ctx: &(), [x, a, y, b]: [Self; 4], unit: Unit, toward: Toward) -> Self {
        let near = Self::ratio_change(ctx, x, a, y, b, unit);
        // It is the sum of the smaller of two pairs of terms, each term rounded five times at most, and then the sum.
        let parts = ((x - y) / a).abs() + (y / a * ((b - a) / b)).abs();
        let rates = ((x - a) / a).abs() + ((y - b) / b).abs();
        let error = Self::EPSILON / 2.0 * 8.0 * parts.min(rates) * unit.factor();
        near.add_toward(if toward == Toward::Below { -error } else { error }, toward)
    }
    fn compound_toward((): &(), [x, b]: [Self; 2], exponent: Exponent, unit: Unit, toward: Toward) -> Self {
        compound(x, b, exponent, unit).at(toward)
    }
    fn compound_rise_toward(
        (): &(),
        [x, b]: [Self; 2],
        exponent: Exponent,
        unit: Unit,
        toward: Toward,
    ) -> Self {
        let rate = |side| compound(x.add_toward(-2.0 * b, side), -b, exponent, unit);
        let (one, other) = (rate(Toward::Below), rate(Toward::Above));
        Interval { lower: one.lower.min(other.lower), upper: one.upper.max(other.upper) }.at(toward)
    }
}

/// A number as a float and what that float lacks of it.
type Pair = (f64, f64);

/// A sum and its error, exactly (Knuth's two-sum).
fn sum(x: f64, y: f64) -> Pair {
    let sum = x + y;
    let virtual_y = sum - x;
    (sum, (x - (sum - virtual_y)) + (y - virtual_y))
}

/// A product and its error, exactly unless that is too small for a float.
fn product(x: f64, y: f64) -> Pair {
    let product = x * y;
    (product, x.mul_add(y, -product))
}

/// Where the errors of products are floats with all their digits, and no product overflows.
const SAFE: std::ops::Range<f64> = 1e-250..1e250;

/// The floats on both sides of a fraction whose nearest float is about `near`.
fn bounds(fraction: Fraction<f64>, near: f64, unit: Unit) -> Interval<f64> {
    let (factor, level) = match fraction {
        Fraction::Mean(..) => (1.0, None),
        Fraction::Rebased(.., value) | Fraction::RebasedWithin(.., value) => (value.near, Some(value)),
        _ => (unit.factor(), None),
    };
    let (num, den) = match fraction {
        Fraction::Mean(sum, count) => ((sum, 0.0), (f64::from(count), 0.0)),
        Fraction::Ratio(num, den) => ((num, 0.0), (den, 0.0)),
        Fraction::RelativeChange(x, b) => (sum(x, -b), (b, 0.0)),
        Fraction::SymmetricChange(x, b) => (sum(2.0 * x, -2.0 * b), sum(x, b)),
        Fraction::PartOf(part, rest) => ((part, 0.0), sum(part, rest)),
        Fraction::Contribution(x, y, total) => (sum(x, -y), (total, 0.0)),
        Fraction::BaseShift(y, a, b) => {
            let (rise, lacks) = sum(b, -a);
            let (num, error) = product(y, rise);
            ((num, y.mul_add(lacks, error)), product(a, b))
        }
        Fraction::Rebased(x, sum, count, _) => (product(x, f64::from(count)), (sum, 0.0)),
        Fraction::RebasedWithin(x, rest, count, _) => (product(x, f64::from(count)), sum(x, rest)),
    };
    let quotient = num.0 / den.0;
    let safe = |x: f64| x == 0.0 || SAFE.contains(&x.abs());
    let found = if [num.0, den.0, quotient].into_iter().all(safe) {
        between(num, den, quotient, factor)
    } else {
        // At the ends of the range of floats: no fraction is rounded more often than this.
        Interval::exact(near).widened(6)
    };
    // A level that a user gave in digits is the nearest float, unless it is a whole number.
    found.widened(u32::from(level.is_some_and(|l| l.exact.is_none_or(|(_, scale)| scale > 0))))
}

/// The floats on both sides of num / den * factor, where `quotient` is the nearest float to num / den.
fn between(num: Pair, den: Pair, quotient: f64, factor: f64) -> Interval<f64> {
    let left = (-quotient).mul_add(den.0, num.0); // exact: what the division leaves
    let (result, error) = product(quotient, factor);
    if [left, num.1, den.1, error].into_iter().all(|lacks| lacks == 0.0) {
        return Interval::exact(result);
    }
    let lacks = (left + (num.1 - quotient * den.1)) / den.0 * factor + error;
    // The errors are about as large as the last digit, and known to half the digits beyond it.
    let slack = result.abs() * (f64::EPSILON * f64::EPSILON) * 16.0;
    Interval {
        lower: result.add_toward(lacks - slack, Toward::Below),
        upper: result.add_toward(lacks + slack, Toward::Above),
    }
}

impl Interval<f64> {
    /// Both bounds moved outward.
    fn widened(self, steps: u32) -> Self {
        Self {
            lower: (0..steps).fold(self.lower, |x, _| x.next_down()),
            upper: (0..steps).fold(self.upper, |x, _| x.next_up()),
        }
    }

    /// Times a factor that is not negative, outward where the product is rounded.
    fn by(self, factor: f64) -> Self {
        let (lower, upper) = (self.lower * factor, self.upper * factor);
        Self {
            lower: if self.lower.mul_add(factor, -lower) < 0.0 { lower.next_down() } else { lower },
            upper: if self.upper.mul_add(factor, -upper) > 0.0 { upper.next_up() } else { upper },
        }
    }
}

/// ln(x / b) between two floats; both are positive.
pub(super) fn log_ratio(x: f64, b: f64, unit: Unit) -> Interval<f64> {
    log(x, b).by(unit.factor())
}

fn log(x: f64, b: f64) -> Interval<f64> {
    // The difference of two near floats is exact (Sterbenz), so either way only a quotient is rounded before the logarithm.
    let change = (x - b) / b;
    let found = if change.abs() < 0.5 {
        let change = Interval::exact(change).widened(1);
        Interval { lower: change.lower.ln_1p(), upper: change.upper.ln_1p() }
    } else {
        let ratio = Interval::exact(x / b).widened(1);
        Interval { lower: ratio.lower.ln(), upper: ratio.upper.ln() }
    };
    found.widened(LIBRARY)
}

/// (x / b)^exponent - 1 between two floats; both are positive.
#[allow(clippy::cast_precision_loss)] // periods of a year, and rows
fn compound(x: f64, b: f64, exponent: Exponent, unit: Unit) -> Interval<f64> {
    let (num, den) = (exponent.num as f64, exponent.den as f64);
    let near = num / den;
    let power = Interval::exact(near).widened(u32::from(near.mul_add(den, -num) != 0.0));
    let log = log(x, b);
    let products =
        [log.lower * power.lower, log.lower * power.upper, log.upper * power.lower, log.upper * power.upper];
    let log = Interval {
        lower: products.into_iter().fold(f64::INFINITY, f64::min),
        upper: products.into_iter().fold(f64::NEG_INFINITY, f64::max),
    }
    .widened(1);
    let rate = Interval { lower: log.lower.exp_m1(), upper: log.upper.exp_m1() }.widened(LIBRARY);
    // No power is negative.
    let rate = Interval { lower: rate.lower.max(-1.0), upper: rate.upper }.by(unit.factor());
    if rate.is_missing() { Interval::MISSING } else { rate }
}
