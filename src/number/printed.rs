//! A printed number: every digit as it was printed, so that `2.50` and `2.5` differ.
//!
//! The one reader of printed digits: the audit, amounts of money and published figures all come through it. It knows
//! grouping marks and both decimal marks, and nothing of scales, currencies or intervals.

use super::rational::Rational;
use crate::error::{Error, Result};

/// The digits of a printed number: mantissa / 10^decimals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// All digits as a whole number, with the sign.
    pub mantissa: i128,
    /// Digits after the decimal mark.
    pub decimals: u32,
    /// Printed with a minus sign or in parentheses (kept apart because of `-0.0`).
    pub negative: bool,
}

/// Which mark stands before the decimals; the other one may group digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalMark {
    /// `1,234.5`, as English is written.
    Point,
    /// `1.234,5`, as most of continental Europe and Latin America write.
    Comma,
}

impl DecimalMark {
    const fn marks(self) -> (char, char) {
        match self {
            Self::Point => ('.', ','),
            Self::Comma => (',', '.'),
        }
    }
}

/// The most digits a printed number may have; more is a slip, not a statistic.
const MOST_DIGITS: usize = 30;

/// Signs that print a minus: hyphen, Unicode hyphens, figure dash, en dash, minus.
pub const MINUS: [char; 6] = ['-', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2212}'];

/// Spaces and apostrophes that may group digits under either decimal mark.
const GROUPING: [char; 7] = [' ', '\'', '\u{2019}', '\u{a0}', '\u{202f}', '\u{2009}', '\u{2007}'];

impl Printed {
    /// Reads a number as English prints it; see [`Printed::read`].
    ///
    /// # Errors
    /// Names what is wrong: no digits, two decimal points, a group of the wrong length.
    pub fn parse(text: &str) -> Result<Self> {
        Self::read(text, DecimalMark::Point)
    }

    /// Reads a decimal string: digits, one decimal mark, an optional sign or parentheses, and grouping marks (comma or
    /// point, space, apostrophe) that stand where western or Indian grouping puts them.
    ///
    /// # Errors
    /// Names what is wrong: no digits, two decimal points, a group of the wrong length.
    pub fn read(text: &str, mark: DecimalMark) -> Result<Self> {
        let bad = |why: &str| Error::invalid(format!("\"{text}\" is not a decimal number: {why}"));
        let (decimal, group) = mark.marks();
        let name = if mark == DecimalMark::Point { "point" } else { "comma" };
        let mut body = text.trim();
        if body.len() > 100 {
            return Err(Error::invalid("a printed number has at most 100 characters"));
        }
        let mut negative = false;
        if let Some(inner) = body.strip_prefix('(').and_then(|b| b.strip_suffix(')')) {
            (body, negative) = (inner.trim(), true);
        } else if let Some(rest) = body.strip_prefix(MINUS) {
            (body, negative) = (rest.trim_start(), true);
        } else if let Some(rest) = body.strip_prefix('+') {
            body = rest.trim_start();
        }
        let (whole, fraction) = body.split_once(decimal).unwrap_or((body, ""));
        if fraction.contains(decimal) {
            return Err(bad(&format!("it has two decimal {name}s")));
        }
        if body.ends_with(decimal) {
            return Err(bad(&format!("digits are missing after the decimal {name}")));
        }
        if !fraction.chars().all(|c| c.is_ascii_digit()) {
            return Err(bad(&format!("only digits may follow the decimal {name}")));
        }
        let digits = ungroup(whole, group, decimal).map_err(|why| bad(&why))?;
        if digits.len() + fraction.len() > MOST_DIGITS {
            return Err(bad("it has more than 30 digits"));
        }
        let all = format!("{digits}{fraction}");
        let size: i128 = all.parse().map_err(|_| bad("it has no digits"))?;
        let decimals = u32::try_from(fraction.len()).map_err(|_| bad("it has too many digits"))?;
        Ok(Self { mantissa: if negative { -size } else { size }, decimals, negative })
    }

    /// The number as printed, exact.
    #[must_use]
    pub fn value(&self) -> Rational {
        Rational::decimal(self.mantissa, self.decimals)
    }

    /// One unit of the last printed digit; with `drop_zeros`, of the last digit that is not a trailing zero of a whole
    /// number with at least `least` such zeros.
    #[must_use]
    pub fn unit(&self, drop_zeros: Option<u32>) -> Rational {
        let one = Rational::decimal(1, self.decimals);
        let Some(least) = drop_zeros else { return one };
        if self.decimals > 0 || self.mantissa == 0 {
            return one;
        }
        let (mut zeros, mut rest) = (0, self.mantissa);
        while rest % 10 == 0 {
            rest /= 10;
            zeros += 1;
        }
        if zeros >= least { Rational::int(10_i128.pow(zeros)) } else { one }
    }

    /// The digits written plainly: no grouping, a minus sign if negative.
    #[must_use]
    pub fn plain(&self) -> String {
        let text = Rational::decimal(self.mantissa, self.decimals).to_decimal(self.decimals);
        if self.negative && self.mantissa == 0 { format!("-{text}") } else { text }
    }
}

/// Whether a character may stand inside a printed number, between its digits.
#[must_use]
pub fn within_digits(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',') || GROUPING.contains(&c)
}

/// Removes grouping marks from a whole number after checking them.
fn ungroup(whole: &str, group: char, decimal: char) -> std::result::Result<String, String> {
    let is_mark = |c: char| c == group || GROUPING.contains(&c);
    if let Some(other) = whole.chars().find(|c| !c.is_ascii_digit() && !is_mark(*c)) {
        return Err(format!("'{other}' is neither a digit nor a grouping mark"));
    }
    let mut marks: Vec<char> = whole.chars().filter(|c| is_mark(*c)).collect();
    marks.dedup();
    if marks.len() > 1 {
        return Err("it mixes two grouping marks".into());
    }
    let groups: Vec<&str> = whole.split(is_mark).collect();
    if groups.iter().any(|g| g.is_empty()) {
        return Err(if whole.is_empty() {
            "it has no digits"
        } else {
            "a grouping mark has no digits beside it"
        }
        .into());
    }
    if let [first, middle @ .., last] = groups.as_slice() {
        let western = first.len() <= 3 && middle.iter().all(|g| g.len() == 3);
        let indian = marks == [','] && first.len() <= 2 && middle.iter().all(|g| g.len() == 2);
        if last.len() != 3 || !(western || indian) {
            let why = "its groups of digits are of the wrong length";
            if groups.len() > 2 || marks != [group] {
                return Err(why.into());
            }
            let name = if decimal == '.' { "point" } else { "comma" };
            let meant = whole.replace(is_mark, &decimal.to_string());
            return Err(format!("{why}; {meant} with a decimal {name} is written with '{decimal}'"));
        }
        if first.starts_with('0') {
            return Err("grouped digits do not begin with 0".into());
        }
    }
    Ok(groups.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grouping_marks_are_checked() {
        for (text, mantissa, decimals) in [
            ("2,593", 2593, 0),
            ("21,50,325.03", 215_032_503, 2),
            ("1 741.9", 17419, 1),
            ("1\u{202f}741.9", 17419, 1),
            ("2.50", 250, 2),
            ("-9.4", -94, 1),
            ("\u{2212}9.4", -94, 1),
            ("(12.5)", -125, 1),
            ("+14.7", 147, 1),
            ("81,351,000", 81_351_000, 0),
            (".5", 5, 1),
        ] {
            match Printed::parse(text) {
                Ok(p) => assert_eq!((p.mantissa, p.decimals), (mantissa, decimals), "{text}"),
                Err(e) => assert_eq!(text, ".5", "{e}"),
            }
        }
        for text in
            ["1,74", "1.2.3", "21,5,325", "1.741,9", "", "-", "abc", "1e5", "12,", "1,234 567", "5.", "0,234"]
        {
            assert!(Printed::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_comma_takes_the_part_of_the_point() {
        for (text, mantissa, decimals) in [
            ("1.741,9", 17419, 1),
            ("1.234.567", 1_234_567, 0),
            ("1\u{2019}234,50", 123_450, 2),
            ("1,234", 1234, 3),
            ("0,5", 5, 1),
            ("\u{2013}9,4", -94, 1),
        ] {
            let p = Printed::read(text, DecimalMark::Comma).unwrap();
            assert_eq!((p.mantissa, p.decimals), (mantissa, decimals), "{text}");
        }
        for text in ["1,2,3", "1,234.5", "21.50.325,03", "5,", "0.234"] {
            assert!(Printed::read(text, DecimalMark::Comma).is_err(), "{text}");
        }
    }
}
