//! The words that multiply a printed number: thousand, lakh, million, crore, billion, and how they are abbreviated.
//!
//! One table for files, prose and amounts. A "billion" is 10^9, as in English.

use serde::{Deserialize, Serialize};

/// A scale: what it is called and its power of ten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    /// Its name in full, such as "million" for "mn"; "one" where there is none.
    pub name: String,
    /// The power of ten it multiplies by.
    pub power: u32,
}

/// What a scale word tells beside its power.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Voice {
    /// English, of South Asia too: where it stands, the point is the decimal mark.
    English,
    /// An abbreviation that several languages share.
    Shared,
    /// As `Shared`, and too short or too foreign to be looked for in running English text.
    Apart,
}

use Voice::{Apart, English, Shared};

/// Scale words, the names they stand for, their powers of ten.
const WORDS: [(&str, &str, u32, Voice); 42] = [
    ("thousand", "thousand", 3, English),
    ("thousands", "thousand", 3, Apart),
    ("k", "thousand", 3, Shared),
    ("tsd", "thousand", 3, Apart),
    ("lakh", "lakh", 5, English),
    ("lakhs", "lakh", 5, English),
    ("lac", "lakh", 5, English),
    ("lacs", "lakh", 5, English),
    ("million", "million", 6, English),
    ("millions", "million", 6, English),
    ("mn", "million", 6, English),
    ("mln", "million", 6, Shared),
    ("m", "million", 6, Shared),
    ("mm", "million", 6, Apart),
    ("mio", "million", 6, Apart),
    ("millionen", "million", 6, Apart),
    ("crore", "crore", 7, English),
    ("crores", "crore", 7, English),
    ("cr", "crore", 7, English),
    ("billion", "billion", 9, English),
    ("billions", "billion", 9, English),
    ("bn", "billion", 9, English),
    ("bln", "billion", 9, Shared),
    ("b", "billion", 9, Shared),
    ("mrd", "billion", 9, Apart),
    ("mia", "billion", 9, Apart),
    ("md", "billion", 9, Apart),
    ("mds", "billion", 9, Apart),
    ("mld", "billion", 9, Apart),
    ("milliard", "billion", 9, Apart),
    ("milliards", "billion", 9, Apart),
    ("milliarden", "billion", 9, Apart),
    ("milliarde", "billion", 9, Apart),
    ("thousand million", "billion", 9, English),
    ("thousand crore", "thousand crore", 10, English),
    ("lakh crore", "lakh crore", 12, English),
    ("lakh crores", "lakh crore", 12, English),
    ("lac crore", "lakh crore", 12, English),
    ("trillion", "trillion", 12, English),
    ("trillions", "trillion", 12, Apart),
    ("tn", "trillion", 12, English),
    ("trn", "trillion", 12, English),
];

/// What is said where a scale word is not known.
pub const KNOWN: &str = "thousand (k), lakh, million (mn, m, Mio), crore (cr), billion (bn, Mrd), trillion (tn, trn) \
and \"lakh crore\"";

impl Scale {
    /// No scale.
    #[must_use]
    pub fn one() -> Self {
        Self { name: "one".into(), power: 0 }
    }
}

fn find(word: &str) -> Option<(Scale, Voice)> {
    let (_, name, power, voice) = WORDS.iter().find(|(w, ..)| *w == word)?;
    Some((Scale { name: (*name).into(), power: *power }, *voice))
}

/// The scale of a word or phrase in lower case, "one" among them.
#[must_use]
pub fn phrase(words: &str) -> Option<Scale> {
    if words == "one" { Some(Scale::one()) } else { find(words).map(|(scale, _)| scale) }
}

/// Whether a scale phrase is an English one.
#[must_use]
pub fn is_english(words: &str) -> bool {
    find(words).is_some_and(|(_, voice)| voice == English)
}

/// The name and the power of ten of a single scale word in running English text.
#[must_use]
pub fn in_prose(word: &str) -> Option<(&'static str, i32)> {
    let (_, name, power, _) =
        WORDS.iter().find(|(w, _, _, voice)| *w == word && *voice != Apart && !w.contains(' '))?;
    Some((name, power.cast_signed()))
}

/// The name and the power of ten of two scale words in a row: "thousand million", "lakh crore".
#[must_use]
pub fn pair_in_prose(first: &str, second: &str) -> Option<(&'static str, i32)> {
    let both = |w: &str| w.split_once(' ').is_some_and(|(a, b)| a == first && b == second);
    let (_, name, power, _) = WORDS.iter().find(|(w, ..)| both(w))?;
    Some((name, power.cast_signed()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_one_meaning_and_its_name_the_same() {
        for (word, name, power, _) in WORDS {
            assert_eq!(WORDS.iter().filter(|(w, ..)| *w == word).count(), 1, "{word}");
            assert_eq!(phrase(word).unwrap().power, power);
            assert_eq!(phrase(name).unwrap(), Scale { name: name.into(), power });
        }
        assert_eq!(in_prose("bn"), Some(("billion", 9)));
        assert_eq!((in_prose("mm"), in_prose("lakh crore"), in_prose("one")), (None, None, None));
        assert_eq!(pair_in_prose("thousand", "million"), Some(("billion", 9)));
        assert_eq!(pair_in_prose("million", "thousand"), None);
        assert!(is_english("lakh crore") && !is_english("m"));
    }
}
