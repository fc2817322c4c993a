//! Exact rational numbers: a pair of machine integers while they fit, arbitrary precision beyond.
//!
//! The audit decides in these, so that no float and no tolerance enters a verdict. Printed figures have few digits, so
//! nearly every number of a release stays in the small form, which allocates nothing. Only what the audit needs lives
//! here; decimals that are money live in `number::decimal`.

use num_bigint::BigInt;
use num_integer::Integer;
use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// A rational number in lowest terms with a positive denominator.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Rational(Repr);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    /// Numerator and denominator; both below 2^126 in size, so that a sign change never overflows.
    Small(i128, i128),
    /// The same beyond that size.
    Big(Box<(BigInt, BigInt)>),
}

const LIMIT: u128 = 1 << 126;

/// Greatest common divisor; the loop falls to 64-bit steps as soon as the numbers allow.
fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        if let (Ok(x), Ok(y)) = (u64::try_from(a), u64::try_from(b)) {
            return u128::from(gcd64(x, y));
        }
        (a, b) = (b, a % b);
    }
    a
}

/// Stein's algorithm: shifts and differences only.
fn gcd64(mut a: u64, mut b: u64) -> u64 {
    if a == 0 || b == 0 {
        return a | b;
    }
    let shift = (a | b).trailing_zeros();
    a >>= a.trailing_zeros();
    while b != 0 {
        b >>= b.trailing_zeros();
        if a > b {
            std::mem::swap(&mut a, &mut b);
        }
        b -= a;
    }
    a << shift
}

impl Default for Rational {
    fn default() -> Self {
        Self::ZERO
    }
}

impl Rational {
    /// Zero.
    pub const ZERO: Self = Self(Repr::Small(0, 1));
    /// One.
    pub const ONE: Self = Self(Repr::Small(1, 1));

    /// The fraction `n / d`; a zero denominator gives zero (callers exclude it before).
    #[must_use]
    pub fn new(n: i128, d: i128) -> Self {
        if n.unsigned_abs() < LIMIT && d.unsigned_abs() < LIMIT {
            Self::small(n, d)
        } else {
            Self::big(BigInt::from(n), BigInt::from(d))
        }
    }

    /// A whole number.
    #[must_use]
    pub fn int(n: i128) -> Self {
        Self::new(n, 1)
    }

    /// `mantissa / 10^decimals`.
    #[must_use]
    pub fn decimal(mantissa: i128, decimals: u32) -> Self {
        match 10_i128.checked_pow(decimals) {
            Some(d) => Self::new(mantissa, d),
            None => Self::big(BigInt::from(mantissa), BigInt::from(10).pow(decimals)),
        }
    }

    /// `10^exponent`, the exponent of either sign.
    #[must_use]
    pub fn power_of_ten(exponent: i32) -> Self {
        let one = Self::decimal(1, exponent.unsigned_abs());
        if exponent > 0 { &Self::ONE / &one } else { one }
    }

    /// Numerator and denominator as arbitrary-precision integers.
    #[must_use]
    pub fn from_big(n: BigInt, d: BigInt) -> Self {
        Self::big(n, d)
    }

    fn small(n: i128, d: i128) -> Self {
        if n == 0 || d == 0 {
            return Self::ZERO;
        }
        if d == 1 {
            return Self(Repr::Small(n, 1));
        }
        let g = gcd(n.unsigned_abs(), d.unsigned_abs()).cast_signed();
        let s = if d < 0 { -1 } else { 1 };
        Self(Repr::Small(s * (n / g), s * (d / g)))
    }

    fn big(mut n: BigInt, mut d: BigInt) -> Self {
        let zero = BigInt::from(0);
        if n == zero || d == zero {
            return Self::ZERO;
        }
        let g = n.gcd(&d);
        n /= &g;
        d /= &g;
        if d < zero {
            n = -n;
            d = -d;
        }
        if let (Ok(a), Ok(b)) = (i128::try_from(&n), i128::try_from(&d))
            && a.unsigned_abs() < LIMIT
            && b.unsigned_abs() < LIMIT
        {
            return Self(Repr::Small(a, b));
        }
        Self(Repr::Big(Box::new((n, d))))
    }

    /// Both parts as arbitrary-precision integers.
    #[must_use]
    pub fn parts(&self) -> (BigInt, BigInt) {
        match &self.0 {
            Repr::Small(n, d) => (BigInt::from(*n), BigInt::from(*d)),
            Repr::Big(b) => (b.0.clone(), b.1.clone()),
        }
    }

    /// True for zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Repr::Small(0, _))
    }

    /// -1, 0 or 1.
    #[must_use]
    pub fn sign(&self) -> i8 {
        match &self.0 {
            Repr::Small(n, _) => i8::from(*n > 0) - i8::from(*n < 0),
            Repr::Big(b) => {
                if b.0 > BigInt::from(0) {
                    1
                } else {
                    -1
                }
            }
        }
    }

    /// The size without the sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.sign() < 0 { -self } else { self.clone() }
    }

    /// One over the number; zero for zero (callers exclude it).
    #[must_use]
    pub fn recip(&self) -> Self {
        &Self::ONE / self
    }

    /// A rough count of machine words, for limits on work.
    #[must_use]
    pub fn words(&self) -> usize {
        match &self.0 {
            Repr::Small(..) => 1,
            Repr::Big(b) => usize::try_from((b.0.bits() + b.1.bits()) / 64).unwrap_or(usize::MAX).max(2),
        }
    }

    /// The greatest whole number not above.
    #[must_use]
    pub fn floor(&self) -> BigInt {
        match &self.0 {
            Repr::Small(n, d) => BigInt::from(n.div_euclid(*d)),
            Repr::Big(b) => b.0.div_floor(&b.1),
        }
    }

    /// The least whole number not below.
    #[must_use]
    pub fn ceil(&self) -> BigInt {
        -(-self).floor()
    }

    /// A power with a whole exponent, by squaring.
    #[must_use]
    pub fn pow(&self, exponent: u32) -> Self {
        let (mut base, mut left, mut out) = (self.clone(), exponent, Self::ONE);
        while left > 0 {
            if left & 1 == 1 {
                out = &out * &base;
            }
            left >>= 1;
            if left > 0 {
                base = &base * &base;
            }
        }
        out
    }

    /// The nearest numbers of so many decimals below and above; the number itself where it is short already.
    #[must_use]
    pub fn bracket(&self, digits: u32) -> (Self, Self) {
        if self.words() == 1 {
            return (self.clone(), self.clone());
        }
        let unit = BigInt::from(10).pow(digits);
        let scaled = self * &Self::big(unit.clone(), BigInt::from(1));
        (Self::big(scaled.floor(), unit.clone()), Self::big(scaled.ceil(), unit))
    }

    /// Bounds of the `n`-th root of a positive number, `digits` decimals apart: the true root lies between them.
    #[must_use]
    pub fn root_bounds(&self, n: u32, digits: u32) -> (Self, Self) {
        if n <= 1 || self.sign() <= 0 {
            return (self.clone(), self.clone());
        }
        let unit = BigInt::from(10).pow(digits);
        let (a, b) = self.parts();
        let scaled = a * unit.pow(n) / b;
        let low = scaled.nth_root(n);
        let high = &low + 1;
        (Self::big(low, unit.clone()), Self::big(high, unit))
    }

    /// The number rounded to so many decimals (ties away from zero), as text.
    #[must_use]
    pub fn to_decimal(&self, decimals: u32) -> String {
        let unit = BigInt::from(10).pow(decimals);
        let (n, d) = self.abs().parts();
        let twice: BigInt = (n * &unit * 2 + &d) / (d * 2);
        let digits = format!("{:0>width$}", twice.to_string(), width = decimals as usize + 1);
        let sign = if self.sign() < 0 && twice != BigInt::from(0) { "-" } else { "" };
        let (whole, fraction) = digits.split_at(digits.len() - decimals as usize);
        if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }

    /// The nearest float, for pictures only.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        self.to_decimal(25).parse().unwrap_or(f64::NAN)
    }
}

/// `(a / b) * (c / d)` in lowest terms by cross reduction, `None` on overflow.
fn mul_small(a: i128, b: i128, c: i128, d: i128) -> Option<Repr> {
    if a == 0 || c == 0 {
        return Some(Repr::Small(0, 1));
    }
    let g = gcd(a.unsigned_abs(), d.unsigned_abs()).max(1).cast_signed();
    let h = gcd(c.unsigned_abs(), b.unsigned_abs()).max(1).cast_signed();
    let n = (a / g).checked_mul(c / h)?;
    let m = (b / h).checked_mul(d / g)?;
    (n.unsigned_abs() < LIMIT && m.unsigned_abs() < LIMIT).then_some(Repr::Small(n, m))
}

/// `a / b + c / d` in lowest terms, `None` on overflow (Knuth, The Art of Computer Programming, 4.5.1).
fn add_small(a: i128, b: i128, c: i128, d: i128) -> Option<Repr> {
    if a == 0 || c == 0 {
        return Some(if a == 0 { Repr::Small(c, d) } else { Repr::Small(a, b) });
    }
    let g = if b == 1 || d == 1 { 1 } else { gcd(b.unsigned_abs(), d.unsigned_abs()).cast_signed() };
    let n = a.checked_mul(d / g)?.checked_add(c.checked_mul(b / g)?)?;
    if n == 0 {
        return Some(Repr::Small(0, 1));
    }
    let h = if g == 1 { 1 } else { gcd(n.unsigned_abs(), g.unsigned_abs()).cast_signed() };
    let (n, m) = (n / h, (b / g).checked_mul(d / h)?);
    (n.unsigned_abs() < LIMIT && m.unsigned_abs() < LIMIT).then_some(Repr::Small(n, m))
}

impl Add for &Rational {
    type Output = Rational;
    fn add(self, o: &Rational) -> Rational {
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &o.0)
            && let Some(r) = add_small(*a, *b, *c, *d)
        {
            return Rational(r);
        }
        let ((a, b), (c, d)) = (self.parts(), o.parts());
        Rational::big(&a * &d + &c * &b, b * d)
    }
}

impl Neg for &Rational {
    type Output = Rational;
    fn neg(self) -> Rational {
        Rational(match &self.0 {
            Repr::Small(n, d) => Repr::Small(-n, *d),
            Repr::Big(b) => Repr::Big(Box::new((-b.0.clone(), b.1.clone()))),
        })
    }
}

impl Sub for &Rational {
    type Output = Rational;
    fn sub(self, o: &Rational) -> Rational {
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &o.0)
            && let Some(r) = add_small(*a, *b, -c, *d)
        {
            return Rational(r);
        }
        self + &-o
    }
}

impl Mul for &Rational {
    type Output = Rational;
    fn mul(self, o: &Rational) -> Rational {
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &o.0)
            && let Some(r) = mul_small(*a, *b, *c, *d)
        {
            return Rational(r);
        }
        let ((a, b), (c, d)) = (self.parts(), o.parts());
        Rational::big(a * c, b * d)
    }
}

impl Div for &Rational {
    type Output = Rational;
    fn div(self, o: &Rational) -> Rational {
        match &o.0 {
            Repr::Small(0, _) => Rational::ZERO,
            Repr::Small(n, d) if *n < 0 => self * &Rational(Repr::Small(-d, -n)),
            Repr::Small(n, d) => self * &Rational(Repr::Small(*d, *n)),
            Repr::Big(_) => {
                let ((a, b), (c, d)) = (self.parts(), o.parts());
                Rational::big(a * d, b * c)
            }
        }
    }
}

impl Ord for Rational {
    fn cmp(&self, o: &Self) -> Ordering {
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &o.0) {
            if b == d {
                return a.cmp(c);
            }
            if let (Some(x), Some(y)) = (a.checked_mul(*d), c.checked_mul(*b)) {
                return x.cmp(&y);
            }
        }
        let ((a, b), (c, d)) = (self.parts(), o.parts());
        (a * d).cmp(&(c * b))
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, o: &Self) -> Option<Ordering> {
        Some(self.cmp(o))
    }
}

/// `n/d`, or `n` for a whole number.
impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (n, d) = self.parts();
        if d == BigInt::from(1) { write!(f, "{n}") } else { write!(f, "{n}/{d}") }
    }
}

impl fmt::Debug for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn r(n: i128, d: i128) -> Rational {
        Rational::new(n, d)
    }

    #[test]
    fn arithmetic_is_exact_in_lowest_terms() {
        assert_eq!(&r(1, 2) + &r(1, 3), r(5, 6));
        assert_eq!(&r(1, 2) - &r(1, 2), Rational::ZERO);
        assert_eq!(&r(-3, 4) * &r(2, 9), r(-1, 6));
        assert_eq!(&r(-3, 4) / &r(-3, 8), r(2, 1));
        assert_eq!(r(6, -4).to_string(), "-3/2");
        assert!(r(-1, 3) < r(-1, 4) && r(7, 3) > r(2, 1));
    }

    #[test]
    fn it_falls_to_big_numbers_and_comes_back() {
        let big = r(1_i128 << 120, 1).pow(3);
        let back = &big / &r(1_i128 << 120, 1).pow(2);
        assert_eq!(back, r(1_i128 << 120, 1));
        assert!(big > back && -&big < back);
        assert_eq!(&(&big + &Rational::ONE) - &big, Rational::ONE);
    }

    #[test]
    fn printing_rounds_half_away() {
        assert_eq!(r(5, 1000).to_decimal(2), "0.01");
        assert_eq!(r(-5, 1000).to_decimal(2), "-0.01");
        assert_eq!(r(-1, 1000).to_decimal(2), "0.00");
        assert_eq!(r(12_345, 100).to_decimal(1), "123.5");
    }

    #[test]
    fn roots_are_enclosed() {
        let (low, high) = r(2, 1).root_bounds(12, 40);
        assert!(low.pow(12) < r(2, 1) && high.pow(12) > r(2, 1));
    }
}
