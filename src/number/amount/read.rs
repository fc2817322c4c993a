//! Amounts from text: a sign, a currency, a number and a scale word in any order that people write.
//!
//! What is not understood is an error, never passed over; what can be read in two ways is an error that shows both.

use super::{Amount, too_long};
use crate::error::{Error, Result};
use crate::number::currency;
use crate::number::printed::{DecimalMark, MINUS, Printed, within_digits};
use crate::number::scale::{self, Scale};

/// What the caller says about a text beforehand.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading<'a> {
    /// The decimal mark; by default what the text itself shows.
    pub decimal: Option<DecimalMark>,
    /// The code of the currency.
    pub currency: Option<&'a str>,
    /// The scale of a number that has no scale word.
    pub scale: Option<&'a str>,
}

/// What stands beside the number.
#[derive(Default)]
struct Beside {
    negative: bool,
    signs: u32,
    opened: u32,
    closed: u32,
    scale: Option<(Scale, bool)>,
    codes: Option<Vec<&'static str>>,
    open: Option<String>,
}

/// Marks after a whole amount that say "and no cents".
const NO_CENTS: [&str; 8] = ["/-", "/=", ".-", ",-", ".\u{2013}", ",\u{2013}", ".\u{2014}", ",\u{2014}"];

impl Amount {
    /// Reads an amount.
    ///
    /// # Errors
    /// No or two numbers, scales or currencies; an unknown word; two readings; more than 28 digits.
    pub fn read(text: &str, given: Reading<'_>) -> Result<Self> {
        let bad = |why: &str| Error::invalid(format!("\"{}\" is not an amount: {why}", text.trim()));
        if text.len() > 200 {
            return Err(Error::invalid("an amount has at most 200 characters"));
        }
        let (before, digits, after) = split(text).map_err(|why| bad(&why))?;
        let mut beside = Beside::default();
        beside.add(before, Side::Before).map_err(|why| bad(&why))?;
        let after = after.trim_start();
        let after = NO_CENTS.iter().find_map(|mark| after.strip_prefix(mark)).unwrap_or(after);
        beside.add(after, Side::Behind).map_err(|why| bad(&why))?;
        if beside.opened != beside.closed || beside.opened > 1 {
            return Err(bad("its parentheses do not match"));
        }
        if beside.signs + beside.opened > 1 {
            return Err(bad("it has two signs"));
        }
        let english = beside.scale.as_ref().is_some_and(|(_, english)| *english);
        let printed = number(digits, given.decimal, english, text.trim())?;
        let scale = match (beside.scale.take(), given.scale) {
            (Some((scale, _)), None) => scale,
            (None, None) => Scale::one(),
            (None, Some(word)) => named(word)?,
            (Some((own, _)), Some(word)) if named(word)? == own => own,
            (Some((own, _)), Some(word)) => {
                return Err(bad(&format!("it says {} itself, and scale=\"{word}\" was given", own.name)));
            }
        };
        let currency = beside.currency(given.currency).map_err(|why| bad(&why))?;
        let negative = beside.negative || beside.opened == 1;
        let mantissa = if negative { -printed.mantissa } else { printed.mantissa };
        let decimals = i64::from(printed.decimals);
        let fits =
            |m: i128, d: i64| super::exact(m, d).ok_or_else(|| too_long(&format!("\"{}\"", text.trim())));
        let width = fits(1, decimals - i64::from(scale.power))?;
        Self::new(fits(mantissa, decimals)?, scale, currency, width)
    }
}

impl Amount {
    /// The scale that an option names.
    ///
    /// # Errors
    /// An unknown word, with the known ones.
    pub fn scale_named(word: &str) -> Result<Scale> {
        named(word)
    }
}

pub(super) fn named(word: &str) -> Result<Scale> {
    scale::phrase(&word.trim().trim_end_matches('.').to_lowercase()).ok_or_else(|| {
        Error::invalid(format!("scale=\"{word}\" is not known; scales are one, {}", scale::KNOWN))
    })
}

/// What stands before the number, the number, and what stands behind it.
fn split(text: &str) -> std::result::Result<(&str, &str, &str), String> {
    if let Some(other) = text.chars().find(|c| c.is_numeric() && !c.is_ascii_digit()) {
        return Err(format!("'{other}' is not among the digits 0 to 9"));
    }
    let no_digits = || "it has no digits".to_string();
    let first = text.find(|c: char| c.is_ascii_digit()).ok_or_else(no_digits)?;
    let last = text.rfind(|c: char| c.is_ascii_digit()).ok_or_else(no_digits)? + 1;
    let (before, rest) = text.split_at_checked(first).ok_or_else(no_digits)?;
    let (digits, after) = rest.split_at_checked(last - first).ok_or_else(no_digits)?;
    if digits.contains(['e', 'E']) && digits.chars().all(|c| within_digits(c) || "eE+-".contains(c)) {
        return Err(
            "it has an exponent, which is no printed figure; write its digits and a scale word".into()
        );
    }
    if !digits.chars().all(within_digits) {
        return Err("it holds more than one number; read each by itself and add the amounts".into());
    }
    Ok((before, digits, after))
}

/// The digits under the decimal mark that was given, or the one they show.
fn number(digits: &str, given: Option<DecimalMark>, english: bool, text: &str) -> Result<Printed> {
    if let Some(mark) = given {
        return Printed::read(digits, mark);
    }
    let readings = (Printed::read(digits, DecimalMark::Point), Printed::read(digits, DecimalMark::Comma));
    match readings {
        (Ok(point), Ok(comma)) if point == comma || english => Ok(point),
        (Ok(point), Ok(comma)) => Err(Error::invalid(format!(
            "\"{text}\" can be read in two ways: as {} (decimal=\".\") or as {} (decimal=\",\"); say which",
            text.replace(digits, &point.plain()),
            text.replace(digits, &comma.plain())
        ))),
        (Ok(point), Err(_)) => Ok(point),
        (Err(_), Ok(comma)) => Ok(comma),
        (Err(error), Err(_)) => Err(error),
    }
}

/// On which side of the number something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    Behind,
}

impl Side {
    /// Where the digits are missing that a decimal mark on this side wants.
    const fn words(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Behind => "after",
        }
    }
}

/// What is said of rates.
const RATE: &str = "a per cent is a rate and not an amount";

/// A piece of what stands beside the number.
struct Token {
    text: String,
    /// No white space stands before it.
    tight: bool,
}

/// Words (runs of letters, their full stops dropped) and single signs.
fn tokens(side: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut tight = false;
    let mut word = false;
    for c in side.chars() {
        if c.is_whitespace() {
            (tight, word) = (false, false);
            continue;
        }
        match out.last_mut() {
            Some(last) if word && tight && c.is_alphabetic() => last.text.extend(c.to_lowercase()),
            // "Rs.", "U.S."
            Some(_) if word && tight && c == '.' => {}
            _ => {
                out.push(Token { text: c.to_lowercase().collect(), tight });
                word = c.is_alphabetic();
            }
        }
        tight = true;
    }
    out
}

impl Beside {
    /// Takes in what stands on one side of the number.
    fn add(&mut self, text: &str, side: Side) -> std::result::Result<(), String> {
        let tokens = tokens(text);
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let pair = tokens.get(at + 1);
            let spaced = pair.map(|next| format!("{} {}", token.text, next.text));
            // "US$", "US $"
            let glued = pair.filter(|next| next.tight || !next.text.starts_with(char::is_alphabetic));
            let glued = glued.map(|next| format!("{}{}", token.text, next.text));
            if let Some((scale, words)) = spaced.as_ref().and_then(|w| Some((scale::phrase(w)?, w))) {
                self.scaled(scale, scale::is_english(words))?;
                at += 2;
            } else if let Some(words) =
                [spaced, glued].into_iter().flatten().find(|w| currency::codes(w).is_some())
            {
                self.named(&words)?;
                at += 2;
            } else {
                if token.text == "per" && pair.is_some_and(|next| next.text == "cent") {
                    return Err(RATE.into());
                }
                self.word(&token.text, side)?;
                at += 1;
            }
        }
        Ok(())
    }

    /// Takes in one word or sign.
    fn word(&mut self, word: &str, side: Side) -> std::result::Result<(), String> {
        let sign = word.starts_with(MINUS) || word == "+";
        if sign && side == Side::Behind {
            return Err("a sign stands behind the number; write it in front".into());
        } else if sign {
            self.negative = word != "+";
            self.signs += 1;
        } else if word == "(" && side == Side::Before {
            self.opened += 1;
        } else if word == ")" && side == Side::Behind {
            self.closed += 1;
        } else if word != "one"
            && let Some(scale) = scale::phrase(word)
        {
            self.scaled(scale, scale::is_english(word))?;
        } else if word == "r" && side == Side::Behind {
            return Err("\"r\" behind a number marks a revised figure in many tables; leave the mark out, or write the \
                        rand in front or as ZAR"
                .into());
        } else if currency::codes(word).is_some() {
            self.named(word)?;
        } else if let Some((first, second)) = fused(word) {
            self.word(first, side)?;
            self.word(second, side)?;
        } else if matches!(word, "%" | "percent" | "pct" | "pp" | "bp" | "bps" | "points") {
            return Err(RATE.into());
        } else if matches!(word, "." | ",") {
            let name = if word == "." { "point" } else { "comma" };
            return Err(format!("digits are missing {} the decimal {name}", side.words()));
        } else if matches!(word, "(" | ")") {
            return Err("its parentheses do not match".into());
        } else {
            return Err(format!(
                "\"{word}\" is neither a scale word nor a currency; scale words are {}, currencies the codes of ISO \
                 4217 and their signs",
                scale::KNOWN
            ));
        }
        Ok(())
    }

    fn scaled(&mut self, scale: Scale, english: bool) -> std::result::Result<(), String> {
        match self.scale.replace((scale, english)) {
            None => Ok(()),
            Some(_) => Err("it has two scale words".into()),
        }
    }

    /// Takes in a currency; two names of one ("CAD $") are one.
    fn named(&mut self, word: &str) -> std::result::Result<(), String> {
        let new = currency::codes(word).unwrap_or_default();
        let both = match self.codes.take() {
            None => new,
            Some(old) => {
                let both: Vec<_> = old.iter().copied().filter(|code| new.contains(code)).collect();
                if both.is_empty() {
                    let name = |codes: &[&str]| codes.first().copied().unwrap_or_default().to_string();
                    return Err(format!("it names two currencies, {} and {}", name(&old), name(&new)));
                }
                both
            }
        };
        self.open = (currency::is_open(word) && both.len() > 1).then(|| word.to_string());
        self.codes = Some(both);
        Ok(())
    }

    /// The code of the currency, if there is one.
    fn currency(&self, given: Option<&str>) -> std::result::Result<Option<String>, String> {
        let codes = self.codes.as_deref().unwrap_or_default();
        let Some(given) = given else {
            if let Some(word) = &self.open {
                return Err(format!(
                    "\"{word}\" may be any of {}; say which with currency=",
                    codes.join(", ")
                ));
            }
            return Ok(codes.first().map(|code| (*code).to_string()));
        };
        let Some(code) = currency::code(given.trim()) else {
            return Err(format!("currency=\"{given}\" is not a code of ISO 4217, such as \"USD\""));
        };
        if self.codes.is_some() && !codes.contains(&code) {
            return Err(format!("it is in {}, and currency=\"{given}\" was given", codes.join(" or ")));
        }
        Ok(Some(code.to_string()))
    }
}

/// A currency and a scale written as one word: `EURbn`, `kUSD`.
fn fused(word: &str) -> Option<(&str, &str)> {
    word.char_indices().skip(1).find_map(|(cut, _)| {
        let (a, b) = word.split_at_checked(cut)?;
        let money = |w: &str| currency::code(w).is_some();
        let scaled = |w: &str| scale::phrase(w).is_some();
        ((money(a) && scaled(b)) || (scaled(a) && money(b))).then_some((a, b))
    })
}
