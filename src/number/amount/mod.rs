//! An amount of money: an exact decimal with the precision it was printed in, a scale word, and a currency.
//!
//! Arithmetic is exact or an error; nothing is rounded but what is written by `format`. How amounts are read from text
//! is in `read`, how they are written in `format`.

mod format;
mod read;

pub use format::{Format, Grouping, Style};
pub use read::Reading;

use super::rational::Rational;
use super::scale::Scale;
use crate::error::{Error, Result};
use num_bigint::BigInt;
use num_integer::Integer;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// An amount of money.
///
/// `number` times the power of ten of `scale` is the value. The unrounded amount lies within half of `width` of it:
/// `width` is one unit of the last printed digit, and grows in sums as uncertainties do.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Amount {
    number: Decimal,
    scale: Scale,
    currency: Option<String>,
    width: Decimal,
}

/// The most digits of an amount.
const MOST_DIGITS: u32 = 28;

/// Above every mantissa of a width that was rounded.
const WIDEST: i128 = 10_i128.pow(18);

/// What is said where exact arithmetic leaves 28 digits.
fn too_long(what: &str) -> Error {
    Error::invalid(format!("{what} has more than {MOST_DIGITS} digits, which an amount cannot hold"))
}

/// mantissa · 10^−decimals with just so many decimals; none where they do not fit.
fn exact(mantissa: i128, decimals: i64) -> Option<Decimal> {
    let up = u32::try_from(-decimals).unwrap_or(0);
    let mantissa = 10_i128.checked_pow(up)?.checked_mul(mantissa)?;
    let fits = mantissa.unsigned_abs() < 10_u128.pow(MOST_DIGITS);
    let decimals = u32::try_from(decimals.max(0)).ok().filter(|d| fits && *d <= MOST_DIGITS)?;
    Decimal::try_from_i128_with_scale(mantissa, decimals).ok()
}

/// The same without the zeros at the end that do not fit.
fn shortest(mut mantissa: i128, mut decimals: i64) -> Option<Decimal> {
    loop {
        let made = exact(mantissa, decimals);
        if made.is_some() || decimals <= 0 || mantissa % 10 != 0 {
            return made;
        }
        (mantissa, decimals) = (mantissa / 10, decimals - 1);
    }
}

/// The sum of two mantissas with their decimals, exact.
fn sum(a: (i128, i64), b: (i128, i64)) -> Option<(i128, i64)> {
    let decimals = a.1.max(b.1);
    let at = |(m, d): (i128, i64)| 10_i128.checked_pow(u32::try_from(decimals - d).ok()?)?.checked_mul(m);
    Some((at(a)?.checked_add(at(b)?)?, decimals))
}

fn parts(x: Decimal) -> (i128, i64) {
    (x.mantissa(), i64::from(x.scale()))
}

/// x · n / d, where that is a finite decimal.
fn times_fraction((mantissa, decimals): (i128, i64), n: i128, d: i128) -> Option<(BigInt, i64)> {
    let num = BigInt::from(mantissa) * n;
    let den = BigInt::from(d);
    let common = num.gcd(&den);
    let (mut num, mut rest) = (num / &common, den / common);
    // Each decimal more brings a factor of 2 and one of 5.
    for digits in 0..200 {
        if rest == BigInt::from(1) {
            return Some((num, decimals + digits));
        }
        let wanted = rest.gcd(&BigInt::from(10));
        if wanted == BigInt::from(1) {
            return None;
        }
        num *= BigInt::from(10) / &wanted;
        rest /= wanted;
    }
    None
}

impl Amount {
    fn new(number: Decimal, scale: Scale, currency: Option<String>, width: Decimal) -> Result<Self> {
        let made = Self { number, scale, currency, width };
        if made.value_of(number).is_none() {
            return Err(too_long(&format!("{number} {}", made.scale.name)));
        }
        Ok(made)
    }

    /// The number before the scale word, with its decimals.
    #[must_use]
    pub fn number(&self) -> Decimal {
        self.number
    }

    /// Digits after the decimal mark.
    #[must_use]
    pub fn decimals(&self) -> u32 {
        self.number.scale()
    }

    /// The scale.
    #[must_use]
    pub fn scale(&self) -> &Scale {
        &self.scale
    }

    /// The code of the currency, if one is known.
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        self.currency.as_deref()
    }

    /// How wide the interval of unrounded amounts is, in units of one.
    #[must_use]
    pub fn width(&self) -> Decimal {
        self.width
    }

    fn power(&self) -> i64 {
        i64::from(self.scale.power)
    }

    fn value_of(&self, number: Decimal) -> Option<Decimal> {
        let (mantissa, decimals) = parts(number);
        exact(mantissa, decimals - self.power())
    }

    /// The amount in units of one.
    #[must_use]
    pub fn value(&self) -> Decimal {
        self.value_of(self.number).unwrap_or_default() // it was made so that it fits
    }

    /// The order of two amounts of one currency.
    ///
    /// # Errors
    /// Two currencies.
    pub fn order(&self, other: &Self) -> Result<Ordering> {
        self.like(other, "compared")?;
        Ok(self.value().cmp(&other.value()))
    }

    /// Refuses two currencies.
    fn like(&self, other: &Self, done: &str) -> Result<()> {
        if self.currency == other.currency {
            return Ok(());
        }
        let name = |a: &Self| a.currency.clone().unwrap_or_else(|| "no currency".into());
        Err(Error::invalid(format!(
            "{self} and {other} cannot be {done}: one is in {}, the other in {}; convert one of them first, or name \
             its currency with amount(..., currency=)",
            name(self),
            name(other)
        )))
    }

    /// The sum, in the scale of the first; the widths of their intervals add up.
    ///
    /// # Errors
    /// Two currencies, or more than 28 digits.
    pub fn plus(&self, other: &Self) -> Result<Self> {
        self.like(other, "added")?;
        let (mantissa, decimals) = parts(other.number);
        let other_number = (mantissa, decimals - other.power() + self.power());
        let what = || too_long(&format!("the sum of {self} and {other}"));
        let (mantissa, decimals) = sum(parts(self.number), other_number).ok_or_else(what)?;
        let number = exact(mantissa, decimals).ok_or_else(what)?;
        let (wide, places) = sum(parts(self.width), parts(other.width)).ok_or_else(what)?;
        let width = shortest(wide, places).ok_or_else(what)?;
        Self::new(number, self.scale.clone(), self.currency.clone(), width)
    }

    /// The amount with its sign turned.
    #[must_use]
    pub fn negated(&self) -> Self {
        Self { number: if self.number.is_zero() { self.number } else { -self.number }, ..self.clone() }
    }

    /// The amount times n/d, d above zero.
    ///
    /// # Errors
    /// A product that is not a finite decimal, or has more than 28 digits.
    pub fn times(&self, n: i128, d: i128) -> Result<Self> {
        let what = || too_long(&format!("{self} times {}", Rational::new(n, d)));
        let Some((mantissa, decimals)) = times_fraction(parts(self.number), n, d) else {
            return Err(Error::invalid(format!(
                "{self} times {} is no finite decimal, and an amount is exact: round it with \
                 divided(..., decimals=), or share its value out with pm.round_to_total",
                Rational::new(n, d)
            )));
        };
        let number = i128::try_from(mantissa).ok().and_then(|m| exact(m, decimals)).ok_or_else(what)?;
        let width = self.width_times(n, d).ok_or_else(what)?;
        Self::new(number, self.scale.clone(), self.currency.clone(), width)
    }

    /// The amount over n/d, rounded half up to so many decimals of its scale. What was rounded off widens the interval.
    ///
    /// # Errors
    /// More than 28 digits.
    pub fn divided(&self, n: i128, d: i128, decimals: u32) -> Result<Self> {
        let what = || too_long(&format!("{self} divided by {}", Rational::new(n, d)));
        let (mantissa, places) = parts(self.number);
        let wanted = &Rational::decimal(mantissa, u32::try_from(places).unwrap_or(0)) * &Rational::new(d, n);
        let text = wanted.to_decimal(decimals.min(MOST_DIGITS));
        let number: Decimal = text.parse().map_err(|_| what())?;
        let number = exact(number.mantissa(), i64::from(decimals)).ok_or_else(what)?;
        let sign = n.signum();
        let (mut wide, mut digits) = self
            .width_times(sign.checked_mul(d).ok_or_else(what)?, n.checked_abs().ok_or_else(what)?)
            .map(parts)
            .ok_or_else(what)?;
        let (rounded, printed) = parts(number);
        if Rational::decimal(rounded, decimals) != wanted {
            (wide, digits) = sum((wide, digits), (1, printed - self.power())).ok_or_else(what)?;
        }
        let width = shortest(wide, digits).ok_or_else(what)?;
        Self::new(number, self.scale.clone(), self.currency.clone(), width)
    }

    /// The width times |n|/d, rounded up where it would have more than 18 digits, so that there is room for bounds.
    fn width_times(&self, n: i128, d: i128) -> Option<Decimal> {
        let n = n.checked_abs()?;
        if let Some((mantissa, decimals)) = times_fraction(parts(self.width), n, d)
            && let Some(width) = i128::try_from(mantissa).ok().and_then(|m| shortest(m, decimals))
            && width.mantissa() < WIDEST
        {
            return Some(width);
        }
        let (mantissa, decimals) = parts(self.width);
        (decimals..=i64::from(MOST_DIGITS)).rev().find_map(|places| {
            let shift = BigInt::from(10).pow(u32::try_from(places - decimals).ok()?);
            let up = (BigInt::from(mantissa) * n * shift).div_ceil(&BigInt::from(d));
            exact(i128::try_from(up).ok().filter(|up| *up < WIDEST)?, places)
        })
    }

    /// The least and the greatest amount that the printed digits stand for, in units of one.
    ///
    /// # Errors
    /// More than 28 digits.
    pub fn bounds(&self) -> Result<(Decimal, Decimal)> {
        let (wide, places) = parts(self.width);
        let end = |half: i128| {
            let (mantissa, decimals) = sum(parts(self.value()), (half, places + 1))?;
            Some(shortest(mantissa, decimals)?.normalize())
        };
        let half = wide.checked_mul(5);
        half.and_then(|h| Some((end(-h)?, end(h)?))).ok_or_else(|| too_long(&format!("a bound of {self}")))
    }

    /// The same amount in another scale: "2.593 billion" as "2593 million".
    ///
    /// # Errors
    /// More than 28 digits.
    pub fn rescaled(&self, scale: Scale) -> Result<Self> {
        let (mantissa, decimals) = parts(self.number);
        let decimals = decimals - self.power() + i64::from(scale.power);
        let number = exact(mantissa, decimals)
            .ok_or_else(|| too_long(&format!("{self} in the scale \"{}\"", scale.name)))?;
        Self::new(number, scale, self.currency.clone(), self.width)
    }
}

#[cfg(test)]
mod tests;
