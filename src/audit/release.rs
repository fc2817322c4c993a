//! The file of a release: figures and claims as a person writes them, in TOML or JSON (the same tree).
//!
//! Here the file becomes a tree whose every entry knows its line. Nothing is interpreted beyond the types: what an
//! entry means is decided in `claim`, and errors found there come back here to be given their entry and line.

use super::figure::{Rounding, TrailingZeros};
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The key under which the reader of TOML hands out a date.
const TOML_DATE: &str = "$__toml_private_datetime";

/// Text that must be written as a string, because a bare number has lost its printed digits.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Text(pub String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(d: D) -> std::result::Result<Self, D::Error> {
        match Operand::deserialize(d)? {
            Operand::One(s) => Ok(Self(s)),
            Operand::Many(_) => Err(de::Error::custom("a list stands where one string is meant")),
        }
    }
}

/// One item (or constant), or a signed list of items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Operand {
    /// A single name or number.
    One(String),
    /// Several, a leading '-' subtracts.
    Many(Vec<String>),
}

impl Operand {
    /// The members, one or many.
    #[must_use]
    pub fn members(&self) -> &[String] {
        match self {
            Self::One(s) => std::slice::from_ref(s),
            Self::Many(v) => v,
        }
    }
}

impl<'de> Deserialize<'de> for Operand {
    fn deserialize<D: Deserializer<'de>>(d: D) -> std::result::Result<Self, D::Error> {
        struct Words;
        fn bare<E: de::Error>(number: impl fmt::Display) -> E {
            E::custom(format!(
                "the bare number {number} stands where a string is meant; write \"{number}\", with every printed digit"
            ))
        }
        impl<'de> Visitor<'de> for Words {
            type Value = Operand;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_str<E: de::Error>(self, s: &str) -> std::result::Result<Operand, E> {
                Ok(Operand::One(s.to_string()))
            }
            fn visit_i64<E: de::Error>(self, n: i64) -> std::result::Result<Operand, E> {
                Err(bare(n))
            }
            fn visit_u64<E: de::Error>(self, n: u64) -> std::result::Result<Operand, E> {
                Err(bare(n))
            }
            fn visit_f64<E: de::Error>(self, n: f64) -> std::result::Result<Operand, E> {
                Err(bare(n))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> std::result::Result<Operand, A::Error> {
                let mut out = Vec::new();
                while let Some(Text(s)) = seq.next_element()? {
                    out.push(s);
                }
                Ok(Operand::Many(out))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Operand, A::Error> {
                // A date of TOML has lost nothing of how it was printed; it comes as a table with one key.
                match map.next_entry::<String, String>() {
                    Ok(Some((key, date))) if key == TOML_DATE => Ok(Operand::One(date)),
                    _ => Err(de::Error::custom("a table stands where a string is meant")),
                }
            }
        }
        d.deserialize_any(Words)
    }
}

/// What kind of quantity an item is, which decides what may be added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// Adds over time and over parts.
    #[default]
    Flow,
    /// Adds over parts, not over time.
    Stock,
    /// Does not add.
    Index,
    /// Does not add.
    Rate,
}

/// The prices an item is valued at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Prices {
    /// Of the period itself.
    #[default]
    Current,
    /// Of one fixed year.
    Constant,
    /// Chained volumes, which do not add (IMF, Quarterly National Accounts Manual 2017, chapter 8).
    Chained,
}

/// How an item is adjusted for the calendar; items adjusted in different ways are different items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Adjustment {
    /// Not seasonally adjusted.
    #[default]
    Nsa,
    /// Seasonally adjusted.
    Sa,
    /// Calendar adjusted.
    Ca,
    /// Seasonally adjusted at annual rate.
    Saar,
}

/// From what the publisher computed its rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RatesFrom {
    /// From the true values.
    Unrounded,
    /// From the printed figures, by policy.
    Printed,
    /// Not known: both are tried.
    #[default]
    Unknown,
}

/// The head of a release: what holds for every entry that does not say otherwise.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Head {
    /// What the release is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Text>,
    /// Where it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Currency or unit of its amounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// First month of its fiscal year: `JUL`, `7`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year_start: Option<Text>,
    /// How its values were rounded.
    pub rounding: Rounding,
    /// How its rates were computed.
    pub rates_from: RatesFrom,
    /// Which trailing zeros count.
    pub trailing_zeros: TrailingZeros,
    /// Kind of quantity.
    pub measure: Measure,
    /// Prices.
    pub prices: Prices,
    /// Adjustment.
    pub adjustment: Adjustment,
}

/// One printed amount.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// `concept@period`.
    pub item: Text,
    /// The number as printed.
    pub value: Text,
    /// Its scale word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<String>,
    /// Its name in reports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Text>,
    /// The words of the release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// "over", "nearly" or "about".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approx: Option<String>,
    /// Its own rounding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounding: Option<Rounding>,
    /// Its own unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Its own rule for trailing zeros.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trailing_zeros: Option<TrailingZeros>,
    /// Kind of quantity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// Prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prices: Option<Prices>,
    /// Adjustment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adjustment: Option<Adjustment>,
}

/// One statement about items, printed or not. Which fields a kind needs is decided in `claim`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// `growth`, `share`, `total` ...
    pub kind: String,
    /// What is claimed about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Operand>,
    /// What it is compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Operand>,
    /// The number as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Text>,
    /// The scale word of the value (and of constants).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<String>,
    /// The parts of a total, an average, or an aggregate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parts: Option<Operand>,
    /// What a record or a rank is among: items, or a concept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub among: Option<Operand>,
    /// The first period a record looks back to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Text>,
    /// `high` or `low`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sense: Option<String>,
    /// Months that the items of `among` accumulate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub months: Option<u32>,
    /// Periods over which an average rate compounds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub periods: Option<u32>,
    /// The rate is at annual rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annualized: Option<bool>,
    /// The total of the base period, for contributions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_base: Option<Text>,
    /// Its name in reports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Text>,
    /// The words of the release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// "over", "nearly" or "about".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approx: Option<String>,
    /// Its own rounding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounding: Option<Rounding>,
    /// Its own unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Its own rule for trailing zeros.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trailing_zeros: Option<TrailingZeros>,
    /// Kind of quantity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// Prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prices: Option<Prices>,
    /// Adjustment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adjustment: Option<Adjustment>,
}

/// An entry with the line where it begins (0 when it has none) and its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed<T> {
    /// The entry.
    pub entry: T,
    /// Line of the file, from 1; 0 for an entry without a file.
    pub line: usize,
}

/// A release: its head, its figures and its claims.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Release {
    /// What holds for every entry.
    pub head: Head,
    /// Printed amounts.
    pub figures: Vec<Placed<Figure>>,
    /// Statements about them.
    pub claims: Vec<Placed<Claim>>,
}
