//! Amounts as text: in any scale, with western or Indian groups, rounded once where fewer decimals are asked for.

use super::{Amount, parts, read, too_long};
use crate::error::{Error, Result};
use crate::number::{Decimal, DecimalContext, Number, Rounding, currency};
use std::fmt;

/// How digits before the decimal mark are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// By threes.
    Western,
    /// The last three, then by twos.
    Indian,
    /// Not at all.
    None,
}

/// How the currency is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// "USD 2.593 billion".
    Code,
    /// "US$ 2.593 billion".
    Sign,
    /// "2.593 billion".
    None,
}

/// How an amount is written.
#[derive(Debug, Clone)]
pub struct Format<'a> {
    /// A scale word, written as given; by default the amount's own.
    pub scale: Option<&'a str>,
    /// Digits after the decimal mark; by default all.
    pub decimals: Option<u32>,
    /// How it is rounded where that is fewer.
    pub rounding: Rounding,
    /// How digits are grouped.
    pub grouping: Grouping,
    /// What stands between groups.
    pub separator: char,
    /// What stands before the decimals.
    pub decimal: char,
    /// How the currency is written.
    pub style: Style,
    /// Whether negative amounts stand in parentheses instead of behind a minus.
    pub parentheses: bool,
}

impl Default for Format<'_> {
    fn default() -> Self {
        Self {
            scale: None,
            decimals: None,
            rounding: Rounding::HalfUp,
            grouping: Grouping::Western,
            separator: ',',
            decimal: '.',
            style: Style::Code,
            parentheses: false,
        }
    }
}

impl Amount {
    /// Writes the amount.
    ///
    /// # Errors
    /// An unknown scale word, the same mark for groups and decimals, more than 28 digits.
    pub fn format(&self, how: &Format<'_>) -> Result<String> {
        if how.separator == how.decimal {
            let mark = how.decimal;
            return Err(Error::invalid(format!(
                "'{mark}' cannot both stand between groups of digits and before the decimals"
            )));
        }
        let (amount, word) = match how.scale {
            None => (self.clone(), self.scale.name.clone()),
            Some(word) => (self.rescaled(read::named(word)?)?, word.trim().to_string()),
        };
        let (mantissa, decimals) = parts(amount.number);
        let decimals = u32::try_from(decimals).unwrap_or(0);
        let digits = how.decimals.unwrap_or(decimals);
        let context = DecimalContext { scale: decimals, digits, rounding: how.rounding };
        let rounded = Decimal::level(&context, Decimal(mantissa));
        if rounded.is_overflow() || digits > super::MOST_DIGITS {
            return Err(too_long(&format!("{self} with {digits} decimals")));
        }
        let text = written(rounded.0.unsigned_abs(), digits, how);
        let text = match word.as_str() {
            "one" => text,
            word => format!("{text} {word}"),
        };
        let minus = if rounded.0 < 0 && !how.parentheses { "-" } else { "" };
        let text = match (how.style, &self.currency) {
            (Style::Code, Some(code)) => format!("{code} {minus}{text}"),
            (Style::Sign, Some(code)) => {
                let sign = currency::sign(code);
                let space = if sign.chars().any(char::is_alphabetic) { " " } else { "" };
                format!("{minus}{sign}{space}{text}")
            }
            _ => format!("{minus}{text}"),
        };
        Ok(if rounded.0 < 0 && how.parentheses { format!("({text})") } else { text })
    }
}

/// Digits with their groups and decimals.
fn written(size: u128, decimals: u32, how: &Format<'_>) -> String {
    let places = decimals as usize;
    let digits = format!("{size:0>width$}", width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let mut out = String::new();
    for (i, digit) in whole.chars().enumerate() {
        let left = whole.len() - i;
        let starts = match how.grouping {
            Grouping::Western => left.is_multiple_of(3),
            Grouping::Indian => left == 3 || (left > 3 && left % 2 == 1),
            Grouping::None => false,
        };
        if i > 0 && starts {
            out.push(how.separator);
        }
        out.push(digit);
    }
    if places > 0 {
        out.push(how.decimal);
        out.push_str(fraction);
    }
    out
}

/// With all digits and western groups: "USD 2.593 billion".
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.format(&Format::default()) {
            Ok(text) => f.write_str(&text),
            Err(_) => write!(f, "{} {}", self.number, self.scale.name),
        }
    }
}
