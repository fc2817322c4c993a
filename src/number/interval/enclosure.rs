//! Floats as bounds: how far a result that was rounded to the nearest must move to be surely outside.
//!
//! A rounding is wrong by half a unit of the last place at most, and what an earlier rounding of a product or quotient was
//! wrong by is at most one unit of the last place of the result: so a result moves as many steps as it was rounded. A
//! difference of published figures seldom is rounded, which is looked up. Two things need more. Where two terms cancel, the
//! error is one of the terms. And logarithms and powers are not correctly rounded by any common library, and what a
//! logarithm is wrong by is magnified by the power: so each stage is bounded by itself and carried on. (Values so small
//! that they have fewer digits are left aside.)

use super::{Endpoint, Fraction, Toward};
use crate::number::{Exponent, Level, Number, Unit};

/// How many units in the last place a logarithm or an exponential may be off. The common libraries are within one or two
/// (Innocente and Zimmermann, Accuracy of Mathematical Functions, 2024).
const LIBRARY: u32 = 3;

impl Endpoint for f64 {
    fn directed((): &(), _: Toward) {}
    #[inline(always)]
    fn fraction_toward(ctx: &(), fraction: Fraction<Self>, unit: Unit, toward: Toward) -> Self {
        let near = fraction.plain(ctx, unit);
        let rounded = |x: f64, y: f64| u32::from(sum(x, y).1 != 0.0);
        // A level that a user gave in digits is the nearest float, unless it is a whole number.
        let digits = |level: Level| u32::from(level.exact.is_none_or(|(_, scale)| scale > 0));
        let (surely, perhaps) = match fraction {
            Fraction::Mean(..) => (1, 0),
            Fraction::Ratio(..) => (2, 0),
            Fraction::RelativeChange(x, b) => (2, rounded(x, -b)),
            Fraction::SymmetricChange(x, b) => (2, rounded(2.0 * x, -2.0 * b) + rounded(x, b)),
            Fraction::PartOf(part, rest) => (2, rounded(part, rest)),
            Fraction::Contribution(x, y, _) => (2, rounded(x, -y)),
            Fraction::BaseShift(_, a, b) => (4, rounded(b, -a)),
            Fraction::Rebased(.., level) => (3, digits(level)),
            Fraction::RebasedWithin(x, rest, _, level) => (3, rounded(x, rest) + digits(level)),
        };
        let moved = near.outward(toward, surely);
        if perhaps == 0 { moved } else { moved.outward(toward, perhaps) }
    }
    #[inline(always)]
    fn times_toward(self, count: u32, toward: Toward) -> Self {
        let product = self.times(count);
        if count.is_power_of_two() { product } else { product.outward(toward, 1) }
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
        compound(x, b, exponent, unit, toward)
    }
    fn compound_rise_toward(
        (): &(),
        [x, b]: [Self; 2],
        exponent: Exponent,
        unit: Unit,
        toward: Toward,
    ) -> Self {
        let rate = |side| compound(x.add_toward(-2.0 * b, side), -b, exponent, unit, toward);
        let (one, other) = (rate(Toward::Below), rate(Toward::Above));
        if toward == Toward::Below { one.min(other) } else { one.max(other) }
    }
}

/// A sum and its error, exactly (Knuth's two-sum).
#[inline(always)]
fn sum(x: f64, y: f64) -> (f64, f64) {
    let sum = x + y;
    let virtual_y = sum - x;
    (sum, (x - (sum - virtual_y)) + (y - virtual_y))
}

trait Outward {
    /// So many floats further on one side.
    fn outward(self, toward: Toward, steps: u32) -> Self;
}

impl Outward for f64 {
    #[inline(always)]
    fn outward(self, toward: Toward, steps: u32) -> Self {
        (0..steps).fold(self, |x, _| match toward {
            Toward::Below => x.next_down(),
            Toward::Above => x.next_up(),
        })
    }
}

/// A product with the factor of a unit, outward where it is rounded.
fn in_unit(x: f64, unit: Unit, toward: Toward) -> f64 {
    match unit {
        Unit::Fraction => x,
        Unit::Percent => (x * unit.factor()).outward(toward, 1),
    }
}

/// ln(x / b) of positive x and b, rounded outward.
pub(super) fn log_ratio(x: f64, b: f64, unit: Unit, toward: Toward) -> f64 {
    in_unit(log(x, b, toward), unit, toward)
}

fn log(x: f64, b: f64, toward: Toward) -> f64 {
    // The difference of two near floats is exact (Sterbenz), so either way only a quotient is rounded before the logarithm.
    let change = (x - b) / b;
    let found =
        if change.abs() < 0.5 { change.outward(toward, 1).ln_1p() } else { (x / b).outward(toward, 1).ln() };
    found.outward(toward, LIBRARY)
}

/// (x / b)^exponent - 1 of positive x and b, rounded outward.
#[allow(clippy::cast_precision_loss)] // periods of a year, and rows
fn compound(x: f64, b: f64, exponent: Exponent, unit: Unit, toward: Toward) -> f64 {
    let (num, den) = (exponent.num as f64, exponent.den as f64);
    let power = num / den;
    // A negative power turns the order round.
    let side = match toward {
        Toward::Below if power < 0.0 => Toward::Above,
        Toward::Above if power < 0.0 => Toward::Below,
        same => same,
    };
    // The power is rounded, and the product.
    let log = (log(x, b, side) * power).outward(toward, 2);
    let rate = log.exp_m1().outward(toward, LIBRARY);
    let found = in_unit(rate, unit, toward);
    if found.is_missing() { f64::NAN } else { found.max(-unit.factor()) } // no power is negative
}
