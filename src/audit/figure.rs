//! What a printed number says about the unrounded one: its interval, and the words that turn it into a bound.
//!
//! `Range` is the set of unrounded values behind a printed number; its digits are read in `number::printed`. What the
//! number is about (item, unit) is decided elsewhere.

use crate::error::{Error, Result};
use crate::number::printed::Printed;
use crate::number::rational::Rational;
use crate::number::scale;

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

/// The scales of rates, as powers of ten; those of amounts are in `number::scale`.
const RATES: [(&str, i32); 6] = [
    ("percent", -2),
    ("per cent", -2),
    ("percentage point", -2),
    ("percentage points", -2),
    ("basis point", -4),
    ("basis points", -4),
];

/// The factor of a scale word.
///
/// # Errors
/// An unknown word, with the known ones.
pub fn scale_factor(word: &str) -> Result<Rational> {
    let word = word.trim().to_lowercase();
    if let Some((_, power)) = RATES.iter().find(|(name, _)| *name == word) {
        return Ok(Rational::power_of_ten(*power));
    }
    match scale::phrase(&word) {
        Some(scale) => Ok(Rational::power_of_ten(scale.power.cast_signed())),
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
