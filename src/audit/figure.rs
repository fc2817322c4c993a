//! A printed number: its exact digits, and the interval of true values that would have printed so.
//!
//! `Printed` keeps every digit as printed (`2.50` and `2.5` differ); `Range` is the set of unrounded values behind it.
//! What the number is about (item, unit) is decided elsewhere.

use crate::error::{Error, Result};
use crate::number::rational::Rational;

/// The digits of a printed number: mantissa / 10^decimals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// All digits as a whole number, with the sign.
    pub mantissa: i128,
    /// Digits after the decimal point.
    pub decimals: u32,
    /// Printed with a minus sign or in parentheses (kept apart because of `-0.0`).
    pub negative: bool,
}

/// The most digits a printed number may have; more is a slip, not a statistic.
const MOST_DIGITS: usize = 30;

impl Printed {
    /// Reads a decimal string: digits, one point, an optional sign or parentheses, and grouping marks (comma, space,
    /// apostrophe) that stand where western or Indian grouping puts them.
    ///
    /// # Errors
    /// Names what is wrong: no digits, two decimal points, a group of the wrong length.
    pub fn parse(text: &str) -> Result<Self> {
        let bad = |why: &str| Error::invalid(format!("\"{text}\" is not a decimal number: {why}"));
        let mut body = text.trim();
        if body.len() > 100 {
            return Err(Error::invalid("a printed number has at most 100 characters"));
        }
        let mut negative = false;
        if let Some(inner) = body.strip_prefix('(').and_then(|b| b.strip_suffix(')')) {
            (body, negative) = (inner.trim(), true);
        } else if let Some(rest) = body.strip_prefix(['-', '\u{2212}']) {
            (body, negative) = (rest.trim_start(), true);
        } else if let Some(rest) = body.strip_prefix('+') {
            body = rest.trim_start();
        }
        let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
        if fraction.contains('.') {
            return Err(bad("it has two decimal points"));
        }
        if body.ends_with('.') {
            return Err(bad("digits are missing after the decimal point"));
        }
        if !fraction.chars().all(|c| c.is_ascii_digit()) {
            return Err(bad("only digits may follow the decimal point"));
        }
        let digits = ungroup(whole).map_err(|why| bad(&why))?;
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

/// Removes grouping marks from a whole number after checking them.
fn ungroup(whole: &str) -> std::result::Result<String, String> {
    let is_mark = |c: char| matches!(c, ',' | ' ' | '\'' | '\u{2019}' | '\u{a0}' | '\u{202f}' | '\u{2009}');
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
            return Err(format!(
                "its groups of digits are of the wrong length; {} with a decimal point is written with '.'",
                whole.replace(is_mark, ".")
            ));
        }
    }
    Ok(groups.concat())
}

/// How a value was rounded before it was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Rounding {
    /// To the nearest printable value (either way on a tie).
    #[default]
    Half,
    /// Towards zero.
    Truncate,
}

/// What a word before the number says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approx {
    /// "Over", "more than", "crossed": the number is a lower bound of the size.
    Over,
    /// "Nearly", "almost": an upper bound of the size.
    Nearly,
    /// "About", "around", a number in words: a note without effect on a verdict.
    About,
}

impl Approx {
    /// The meaning of the word.
    ///
    /// # Errors
    /// An unknown word, with the known ones.
    pub fn parse(word: &str) -> Result<Self> {
        Ok(match word.trim().to_lowercase().as_str() {
            "over" | "more than" | "above" | "crossed" | "exceeding" | "surpassing" | "at least" => {
                Self::Over
            }
            "nearly" | "almost" | "less than" | "below" | "under" | "up to" | "at most" | "close to" => {
                Self::Nearly
            }
            "about" | "around" | "approximately" | "roughly" | "some" | "word" => Self::About,
            _ => {
                return Err(Error::invalid(format!(
                    "approx = \"{word}\" is not known; it is \"over\", \"nearly\" or \"about\""
                )));
            }
        })
    }
}

/// Which trailing zeros of a whole number were measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TrailingZeros {
    /// Not significant from the thousands on when the scale is one; significant elsewhere.
    #[default]
    Auto,
    /// All significant.
    Significant,
    /// None known to be significant.
    Unknown,
}

/// One end of a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// Where it lies.
    pub at: Rational,
    /// The value itself is excluded.
    pub open: bool,
    /// A rounding edge: the interior test asks for a solution that does not touch it.
    pub edge: bool,
}

/// The set of true values behind a printed number; a missing end is unbounded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Range {
    /// Lower end.
    pub low: Option<End>,
    /// Upper end.
    pub high: Option<End>,
}

impl Range {
    /// All numbers.
    #[must_use]
    pub fn all() -> Self {
        Self::default()
    }

    /// What printing `printed * scale` says of the true value (see section 1 of the specification of the audit: with
    /// u one unit of the last digit, [v - u/2, v + u/2], or [v, v + u) towards zero when truncated).
    #[must_use]
    pub fn of(
        printed: &Printed,
        scale: &Rational,
        rounding: Rounding,
        zeros: TrailingZeros,
        approx: Option<Approx>,
    ) -> Self {
        let v = &printed.value() * scale;
        let closed = |at: Rational| Some(End { at, open: false, edge: false });
        match (approx, printed.negative) {
            (Some(Approx::About), _) => return Self::all(),
            (Some(Approx::Over), false) | (Some(Approx::Nearly), true) => {
                return Self { low: closed(v), high: None };
            }
            (Some(Approx::Nearly), false) | (Some(Approx::Over), true) => {
                return Self { low: None, high: closed(v) };
            }
            (None, _) => {}
        }
        let u = &printed.unit(dropped(zeros, scale)) * scale;
        match rounding {
            Rounding::Half => {
                let h = &u * &Rational::new(1, 2);
                let end = |at| Some(End { at, open: false, edge: true });
                Self { low: end(&v - &h), high: end(&v + &h) }
            }
            Rounding::Truncate => {
                let open = |at| Some(End { at, open: true, edge: false });
                match (printed.mantissa == 0, printed.negative) {
                    (true, _) => Self { low: open(&v - &u), high: open(&v + &u) },
                    (_, false) => Self { low: closed(v.clone()), high: open(&v + &u) },
                    (_, true) => Self { low: open(&v - &u), high: closed(v) },
                }
            }
        }
    }

    /// Whether the number lies in the range (its ends included unless open).
    #[must_use]
    pub fn contains(&self, x: &Rational) -> bool {
        let above = self.low.as_ref().is_none_or(|e| if e.open { *x > e.at } else { *x >= e.at });
        let below = self.high.as_ref().is_none_or(|e| if e.open { *x < e.at } else { *x <= e.at });
        above && below
    }

    /// High minus low, `None` when unbounded.
    #[must_use]
    pub fn width(&self) -> Option<Rational> {
        Some(&self.high.as_ref()?.at - &self.low.as_ref()?.at)
    }

    /// The image under an increasing map of both ends.
    #[must_use]
    pub fn map(&self, f: impl Fn(&Rational) -> Rational) -> Self {
        let g = |e: &Option<End>| e.as_ref().map(|e| End { at: f(&e.at), open: e.open, edge: e.edge });
        Self { low: g(&self.low), high: g(&self.high) }
    }
}

/// How many trailing zeros make them insignificant under a rule and a scale.
fn dropped(zeros: TrailingZeros, scale: &Rational) -> Option<u32> {
    match zeros {
        TrailingZeros::Significant => None,
        TrailingZeros::Unknown => Some(1),
        TrailingZeros::Auto => (*scale == Rational::ONE).then_some(3),
    }
}

/// The scale words and their factors, as powers of ten.
const SCALES: [(&str, i32); 18] = [
    ("one", 0),
    ("thousand", 3),
    ("lakh", 5),
    ("million", 6),
    ("crore", 7),
    ("billion", 9),
    ("lakh crore", 12),
    ("trillion", 12),
    ("percent", -2),
    ("per cent", -2),
    ("percentage point", -2),
    ("percentage points", -2),
    ("basis point", -4),
    ("basis points", -4),
    ("mn", 6),
    ("bn", 9),
    ("tn", 12),
    ("k", 3),
];

/// The factor of a scale word.
///
/// # Errors
/// An unknown word, with the known ones.
pub fn scale_factor(word: &str) -> Result<Rational> {
    let word = word.trim().to_lowercase();
    match SCALES.iter().find(|(name, _)| *name == word) {
        Some((_, power)) => Ok(Rational::power_of_ten(*power)),
        None => Err(Error::invalid(format!(
            "scale = \"{word}\" is not known; it is one, thousand, lakh, million, crore, billion, trillion, \"lakh \
             crore\", percent, \"percentage point\" or \"basis point\""
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str, scale: &str, rounding: Rounding, zeros: TrailingZeros) -> (String, String) {
        let printed = Printed::parse(text).unwrap();
        let r = Range::of(&printed, &scale_factor(scale).unwrap(), rounding, zeros, None);
        (r.low.unwrap().at.to_string(), r.high.unwrap().at.to_string())
    }

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
        for text in ["1,74", "1.2.3", "21,5,325", "1.741,9", "", "-", "abc", "1e5", "12,", "1,234 567", "5."]
        {
            assert!(Printed::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_string_sets_the_interval() {
        use Rounding::{Half, Truncate};
        use TrailingZeros::{Auto, Significant, Unknown};
        let s = |a: &str, b: &str| (a.to_string(), b.to_string());
        assert_eq!(range("310", "million", Half, Auto), s("309500000", "310500000"));
        assert_eq!(range("2.593", "billion", Half, Auto), s("2592500000", "2593500000"));
        assert_eq!(range("81,351,000", "one", Half, Auto), s("81350500", "81351500"));
        assert_eq!(range("81,351,000", "one", Half, Significant), s("162701999/2", "162702001/2"));
        assert_eq!(range("310", "million", Half, Unknown), s("305000000", "315000000"));
        assert_eq!(range("2.5", "one", Truncate, Auto), s("5/2", "13/5"));
        assert_eq!(range("-2.5", "one", Truncate, Auto), s("-13/5", "-5/2"));
        assert_eq!(range("0.0", "one", Truncate, Auto), s("-1/10", "1/10"));
        assert_eq!(range("1.78", "lakh crore", Half, Auto), s("1775000000000", "1785000000000"));
    }
}
