//! Correctly rounded compound rates of decimals: (x/b)^(p/q) - 1, whose value is a root and seldom a decimal.
//!
//! With the rate r = m / 10^d, the exact root lies above r just where (1 + r)^q b^p < x^p, a comparison of integers. So
//! the integer part of the root is found by an integer q-th root and its rounding by one more comparison: no float
//! and no tolerance.

use super::decimal::{Decimal, DecimalContext, Rounding, hundred, power_of_ten};
use super::{Exponent, Number, Unit};
use num_bigint::BigUint;
use std::cmp::Ordering;

/// The compound rate of two mantissas that are not negative, at the digits of the context.
pub(super) fn compound(ctx: DecimalContext, x: i128, b: i128, exponent: Exponent, unit: Unit) -> Decimal {
    let common = gcd(exponent.num.unsigned_abs(), exponent.den.unsigned_abs());
    let (Ok(p), Ok(q)) = (
        u32::try_from(exponent.num.unsigned_abs() / common),
        u32::try_from(exponent.den.unsigned_abs() / common),
    ) else {
        return Decimal::OVERFLOW;
    };
    // A negative exponent swaps the two ends.
    let (x, b) = if (exponent.num < 0) == (exponent.den < 0) { (x, b) } else { (b, x) };
    if x < 0 || b <= 0 || exponent.den == 0 {
        return Decimal::MISSING;
    }
    let digits = ctx.digits + hundred(unit);
    let (top, bottom) = (BigUint::from(x.unsigned_abs()).pow(p), BigUint::from(b.unsigned_abs()).pow(p));
    let one = power_of_ten(digits).into_parts().1;
    // root = floor(10^digits (x/b)^(p/q)), from floor(q-th root of 10^(digits q) x^p / b^p).
    let scaled = one.pow(q) * &top;
    let root = (&scaled / &bottom).nth_root(q);
    let exact = root.pow(q) * &bottom == scaled;
    // Twice the root plus one against twice the value: is the rest above one half?
    let half = if exact {
        Ordering::Less
    } else {
        (scaled * BigUint::from(2u32).pow(q)).cmp(&((&root * 2u32 + 1u32).pow(q) * bottom))
    };
    let Ok(floor) = i128::try_from(num_bigint::BigInt::from(root) - num_bigint::BigInt::from(one)) else {
        return Decimal::OVERFLOW;
    };
    Decimal::checked(floor.checked_add(i128::from(upwards(ctx.rounding, floor, exact, half))))
}

/// Whether the floor of a value moves up one unit; `half` says how the rest compares with one half.
fn upwards(rounding: Rounding, floor: i128, exact: bool, half: Ordering) -> bool {
    if exact {
        return false;
    }
    let negative = floor < 0;
    match rounding {
        Rounding::HalfUp => half == Ordering::Greater || (half == Ordering::Equal && !negative),
        Rounding::HalfDown => half == Ordering::Greater || (half == Ordering::Equal && negative),
        Rounding::HalfEven => half == Ordering::Greater || (half == Ordering::Equal && floor & 1 == 1),
        Rounding::Up => !negative,
        Rounding::Down => negative,
        Rounding::Ceiling => true,
        Rounding::Floor => false,
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a.max(1) } else { gcd(b, a % b) }
}
