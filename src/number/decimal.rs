//! The exact decimal instance: a mantissa of up to 38 digits; the scale, which a column shares, is in the context.
//!
//! Sums are exact. A fraction is one integer division, rounded once by the rule of the context. The numerator is kept
//! in 128 bits where it fits and in a big integer where it does not. Missing and overflow are the two lowest values of
//! `i128`, beyond 38 digits.

use super::{Exponent, Level, Number, Ordered, Truth, Unit, power};
use num_bigint::{BigInt, Sign};
use std::cmp::Ordering;

/// The greatest mantissa: 38 digits.
const LARGEST: i128 = 10_i128.pow(38) - 1;

/// How a quotient is rounded to its last digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest, ties away from zero.
    HalfUp,
    /// To the nearest, ties to the even digit.
    HalfEven,
    /// To the nearest, ties towards zero.
    HalfDown,
    /// Away from zero.
    Up,
    /// Towards zero: truncation.
    Down,
    /// Towards plus infinity.
    Ceiling,
    /// Towards minus infinity.
    Floor,
}

impl Rounding {
    /// Whether the truncated quotient moves one unit away from zero.
    ///
    /// `negative` is the sign of the exact quotient, `odd` says whether the truncated one is odd, `inexact` whether
    /// there is a remainder, and `half` how twice the remainder compares with the divisor.
    fn away(self, negative: bool, odd: bool, inexact: bool, half: Ordering) -> bool {
        match self {
            Self::HalfUp => half != Ordering::Less,
            Self::HalfEven => half == Ordering::Greater || (half == Ordering::Equal && odd),
            Self::HalfDown => half == Ordering::Greater,
            Self::Up => inexact,
            Self::Down => false,
            Self::Ceiling => inexact && !negative,
            Self::Floor => inexact && negative,
        }
    }
}

/// The scale of the inputs, the digits of the result, and the rounding between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecimalContext {
    /// Digits after the point in the inputs.
    pub scale: u32,
    /// Digits after the point in the result.
    pub digits: u32,
    /// How the result is rounded.
    pub rounding: Rounding,
}

impl DecimalContext {
    /// The same context with another rounding.
    #[must_use]
    pub const fn rounded(self, rounding: Rounding) -> Self {
        Self { rounding, ..self }
    }

    /// num / den in the unit asked for, at the digits of the result; both in units of one.
    fn divide(self, num: i128, den: i128, unit: Unit) -> Decimal {
        self.quotient(num, den, self.digits + hundred(unit))
    }

    /// (x - y) / den: a difference of two values of 38 digits may need one bit more than there are.
    fn divide_gap(self, x: Decimal, y: Decimal, den: Decimal, unit: Unit) -> Decimal {
        match x.0.checked_sub(y.0) {
            Some(gap) => self.divide(gap, den.0, unit),
            None => self.divide_wide(BigInt::from(x.0) - y.0, BigInt::from(den.0), unit),
        }
    }

    fn divide_wide(self, num: BigInt, den: BigInt, unit: Unit) -> Decimal {
        self.wide(num * power_of_ten(self.digits + hundred(unit)), den)
    }

    /// num · 10^shift / den, rounded once.
    fn quotient(self, num: i128, den: i128, shift: u32) -> Decimal {
        if den == 0 {
            return Decimal::MISSING;
        }
        let scaled = 10_i128.checked_pow(shift).and_then(|power| num.checked_mul(power));
        let Some(scaled) = scaled else {
            return self.wide(BigInt::from(num) * power_of_ten(shift), BigInt::from(den));
        };
        // Most money fits 64 bits, where the processor divides in a tenth of the time.
        let (quotient, remainder) = match (i64::try_from(scaled), i64::try_from(den)) {
            (Ok(n), Ok(d)) if d != -1 => (i128::from(n / d), i128::from(n % d)),
            _ => match (scaled.checked_div(den), scaled.checked_rem(den)) {
                (Some(q), Some(r)) => (q, r),
                _ => return Decimal::OVERFLOW,
            },
        };
        let negative = (scaled < 0) != (den < 0);
        let half = (remainder.unsigned_abs() * 2).cmp(&den.unsigned_abs());
        let away = self.rounding.away(negative, quotient & 1 == 1, remainder != 0, half);
        Decimal::checked(Some(quotient + i128::from(away) * if negative { -1 } else { 1 }))
    }

    /// num / den over numbers of any size, rounded once.
    fn wide(self, num: BigInt, den: BigInt) -> Decimal {
        if den.sign() == Sign::NoSign {
            return Decimal::MISSING;
        }
        let negative = (num.sign() == Sign::Minus) != (den.sign() == Sign::Minus);
        let (num, den) = (num.into_parts().1, den.into_parts().1);
        let quotient = &num / &den;
        let remainder = num - &quotient * &den;
        let inexact = remainder != 0u32.into();
        let half = (remainder * 2u32).cmp(&den);
        let odd = quotient.bit(0);
        let Ok(quotient) = i128::try_from(BigInt::from(quotient)) else { return Decimal::OVERFLOW };
        let magnitude = quotient.saturating_add(i128::from(self.rounding.away(negative, odd, inexact, half)));
        Decimal::checked(Some(if negative { -magnitude } else { magnitude }))
    }
}

/// The decimal places that a unit moves.
pub(super) const fn hundred(unit: Unit) -> u32 {
    match unit {
        Unit::Percent => 2,
        Unit::Fraction => 0,
    }
}

pub(super) fn power_of_ten(exponent: u32) -> BigInt {
    BigInt::from(10u32).pow(exponent)
}

/// A mantissa whose scale is in the context.
///
/// Packed to the alignment of a word, so that it lies in the memory of an array as two words do.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(C, packed(8))]
pub struct Decimal(pub i128);

impl Decimal {
    /// A result beyond 38 digits.
    pub const OVERFLOW: Self = Self(i128::MIN + 1);

    /// A result if it was computed and has at most 38 digits, else an overflow.
    pub(super) fn checked(value: Option<i128>) -> Self {
        match value {
            Some(v) if (-LARGEST..=LARGEST).contains(&v) => Self(v),
            _ => Self::OVERFLOW,
        }
    }

    /// What a computation on these operands gives without computing: missing beats overflow.
    fn absent<const K: usize>(operands: [Self; K]) -> Option<Self> {
        if operands.iter().any(|d| d.is_missing()) {
            Some(Self::MISSING)
        } else if operands.iter().any(|d| d.is_overflow()) {
            Some(Self::OVERFLOW)
        } else {
            None
        }
    }
}

impl Number for Decimal {
    type Context = DecimalContext;

    const MISSING: Self = Self(i128::MIN);
    const ZERO: Self = Self(0);

    fn is_missing(self) -> bool {
        self == Self::MISSING
    }
    fn is_overflow(self) -> bool {
        self == Self::OVERFLOW
    }
    fn is_positive(self) -> bool {
        self.0 > 0
    }
    fn is_negative(self) -> bool {
        self.0 < 0 && !self.is_missing() && !self.is_overflow()
    }
    fn exceeds(self, other: Self) -> Truth {
        if self > other { Truth::Yes } else { Truth::No }
    }
    fn max(self, other: Self) -> Self {
        Ord::max(self, other)
    }
    fn min(self, other: Self) -> Self {
        Ord::min(self, other)
    }

    fn add(self, other: Self) -> Self {
        Self::absent([self, other]).unwrap_or_else(|| Self::checked(self.0.checked_add(other.0)))
    }
    fn sub(self, other: Self) -> Self {
        Self::absent([self, other]).unwrap_or_else(|| Self::checked(self.0.checked_sub(other.0)))
    }
    fn times(self, count: u32) -> Self {
        Self::absent([self]).unwrap_or_else(|| Self::checked(self.0.checked_mul(i128::from(count))))
    }
    fn negated(self) -> Self {
        Self::absent([self]).unwrap_or(Self(-self.0))
    }

    fn level(ctx: &DecimalContext, x: Self) -> Self {
        if let Some(absent) = Self::absent([x]) {
            return absent;
        }
        match ctx.digits.checked_sub(ctx.scale) {
            Some(0) => x,
            Some(more) => ctx.quotient(x.0, 1, more),
            None => match 10_i128.checked_pow(ctx.scale - ctx.digits) {
                Some(power) => ctx.quotient(x.0, power, 0),
                None => Self::OVERFLOW,
            },
        }
    }
    fn mean(ctx: &DecimalContext, sum: Self, count: u32) -> Self {
        if let Some(absent) = Self::absent([sum]) {
            return absent;
        }
        let less = ctx.scale.saturating_sub(ctx.digits);
        match 10_i128.checked_pow(less).and_then(|power| power.checked_mul(i128::from(count))) {
            Some(den) => ctx.quotient(sum.0, den, ctx.digits.saturating_sub(ctx.scale)),
            None => Self::OVERFLOW,
        }
    }
    fn ratio(ctx: &DecimalContext, num: Self, den: Self, unit: Unit) -> Self {
        Self::absent([num, den]).unwrap_or_else(|| ctx.divide(num.0, den.0, unit))
    }
    fn relative_change(ctx: &DecimalContext, x: Self, b: Self, unit: Unit) -> Self {
        Self::absent([x, b]).unwrap_or_else(|| ctx.divide_gap(x, b, b, unit))
    }
    fn part_of(ctx: &DecimalContext, part: Self, rest: Self, unit: Unit) -> Self {
        Self::absent([part, rest]).unwrap_or_else(|| match part.0.checked_add(rest.0) {
            Some(total) => ctx.divide(part.0, total, unit),
            None => ctx.divide_wide(BigInt::from(part.0), BigInt::from(part.0) + rest.0, unit),
        })
    }
    fn relative_rise(ctx: &DecimalContext, x: Self, b: Self, unit: Unit) -> Self {
        Self::contribution(ctx, x, b, b.negated(), unit)
    }
    fn part_of_negative(ctx: &DecimalContext, part: Self, rest: Self, unit: Unit) -> Self {
        Self::absent([part, rest])
            .unwrap_or_else(|| ctx.divide_wide(BigInt::from(part.0), -(BigInt::from(part.0) + rest.0), unit))
    }
    fn contribution(ctx: &DecimalContext, x: Self, y: Self, total: Self, unit: Unit) -> Self {
        Self::absent([x, y, total]).unwrap_or_else(|| ctx.divide_gap(x, y, total, unit))
    }
    fn ratio_change(ctx: &DecimalContext, x: Self, a: Self, y: Self, b: Self, unit: Unit) -> Self {
        if let Some(absent) = Self::absent([x, a, y, b]) {
            return absent;
        }
        let [x, a, y, b] = [x, a, y, b].map(|d| BigInt::from(d.0));
        ctx.wide((x * &b - y * &a) * power_of_ten(ctx.digits + hundred(unit)), a * b)
    }
    fn base_shift(ctx: &DecimalContext, y: Self, a: Self, b: Self, unit: Unit) -> Self {
        Self::ratio_change(ctx, y, a, y, b, unit)
    }
    fn rebased(ctx: &DecimalContext, x: Self, sum: Self, count: u32, value: Level) -> Self {
        if let Some(absent) = Self::absent([x, sum]) {
            return absent;
        }
        let Some((digits, scale)) = value.exact else { return Self::OVERFLOW };
        let num = BigInt::from(x.0) * count * digits * power_of_ten(ctx.digits);
        ctx.wide(num, BigInt::from(sum.0) * power_of_ten(scale))
    }
    fn compound(ctx: &DecimalContext, x: Self, b: Self, exponent: Exponent, unit: Unit) -> Self {
        Self::absent([x, b]).unwrap_or_else(|| power::compound(*ctx, x.0, b.0, exponent, unit))
    }
}

impl Ordered for Decimal {
    fn order(self, other: Self) -> Ordering {
        self.cmp(&other)
    }
}
