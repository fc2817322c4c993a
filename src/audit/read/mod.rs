//! A release read from prose: a draft of figures and claims for a person to confirm.
//!
//! Deterministic, and it never rounds: every printed digit is kept, every draft entry has its span in the text, and a
//! number that cannot be placed is listed with the reason. Nothing drafted here is audited before it is confirmed.

mod amount;
mod clause;
mod context;
mod lex;
mod loose;
mod quantity;
mod rate;
mod remarks;
mod signs;
mod subjects;
#[cfg(test)]
mod tests;
mod time;
mod vocabulary;

use crate::audit::item::{Span, month_number};
use crate::error::{Error, Result};
use lex::{Kind, Token};
use serde_json::{Map, Value, json};

/// The longest text that is read.
const MOST_CHARACTERS: usize = 1_000_000;

/// What may be known about the text besides the text.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// First month of the fiscal year, a name or number.
    pub year_start: Option<String>,
    /// The period that "this month" means, such as the month before publication.
    pub period: Option<String>,
}

/// A drafted entry: its fields as in a file, its place, and what a person should look at.
#[derive(Debug, Clone)]
pub struct Drafted {
    /// The fields.
    pub fields: Map<String, Value>,
    /// It is a claim.
    pub claim: bool,
    /// First character and one past the last.
    pub span: (usize, usize),
    /// The sentence it stands in.
    pub quote: String,
    /// What was assumed.
    pub note: String,
}

/// A number that could not be placed.
#[derive(Debug, Clone)]
pub struct Unplaced {
    /// As printed.
    pub text: String,
    /// Its place.
    pub span: (usize, usize),
    /// Why.
    pub why: String,
}

/// The draft of a release.
#[derive(Debug, Clone)]
pub struct Draft {
    /// First month of the fiscal year that was assumed.
    pub year_start: i32,
    /// Currency that most amounts are in.
    pub unit: Option<String>,
    /// Entries in the order of the text.
    pub entries: Vec<Drafted>,
    /// Numbers left over.
    pub unplaced: Vec<Unplaced>,
}

/// Reads a text.
///
/// # Errors
/// A text that is too long, or a `year_start` or `period` that cannot be read.
pub fn draft(text: &str, known: &Known) -> Result<Draft> {
    let chars: Vec<char> = text.chars().take(MOST_CHARACTERS + 1).collect();
    if chars.len() > MOST_CHARACTERS {
        return Err(Error::invalid(format!(
            "the text has more than {MOST_CHARACTERS} characters; give one release"
        )));
    }
    let tokens = lex::lex(&chars);
    let year_start = match &known.year_start {
        Some(name) => month_number(name).ok_or_else(|| {
            Error::invalid(format!("year_start = \"{name}\" is not a month; write \"JUL\" or \"7\""))
        })?,
        None => likely_year_start(&tokens),
    };
    let latest = known.period.as_ref().map(|p| Span::parse(p, year_start)).transpose()?;
    let context = time::Context { year_start, latest };
    // Once to learn the latest period named, once more with it for those that leave the year out.
    let (_, learnt) = time::periods(&tokens, context);
    let start = time::Context { latest: latest.or_else(|| first_period(&tokens, learnt)), ..context };
    let (periods, _) = time::periods(&tokens, start);
    let mut reader = clause::Reader::new(&chars, &tokens, &periods, start.latest.or(learnt.latest));
    reader.read();
    let (mut entries, unplaced) = reader.finish();
    // "Rs" is the rupee of the country that the text speaks of.
    if tokens.iter().any(|t| t.lower.starts_with("pakistan")) {
        for e in &mut entries {
            if e.fields.get("unit").and_then(Value::as_str) == Some("INR") {
                e.fields.insert("unit".into(), json!("PKR"));
            }
        }
    }
    let unit = common_unit(&entries);
    Ok(Draft { year_start, unit, entries, unplaced })
}

/// The first period of data named, which headlines give.
fn first_period(tokens: &[Token], learnt: time::Context) -> Option<Span> {
    let (periods, _) = time::periods(tokens, learnt);
    periods.iter().find(|p| !p.is_base && p.span.is_some_and(|s| s.months() <= 3)).and_then(|p| p.span)
}

/// The fiscal year of the country that the text speaks of; calendar years otherwise.
fn likely_year_start(tokens: &[Token]) -> i32 {
    let has = |words: &[&str]| {
        tokens.iter().any(|t| t.kind == Kind::Word && words.iter().any(|w| t.lower.starts_with(w)))
    };
    // "July-April 2023-24" and "July-April FY24" begin with the fiscal year.
    let named = (0..tokens.len()).find_map(|i| {
        let word = |k: usize| lex::word(tokens, i + k);
        let dash = |k: usize| matches!(word(k), "-" | "–" | "/");
        let first = time::month(tokens.get(i)?)?;
        let last = tokens.get(i + 2).filter(|_| dash(1)).and_then(time::month)?;
        let k = if word(3) == "," { 4 } else { 3 };
        let year = word(k).starts_with("fy")
            || tokens.get(i + k).and_then(time::year).is_some() && dash(k + 1) && word(k + 2).len() == 2;
        (last < first && year).then_some(first)
    });
    if let Some(first) = named {
        first
    } else if has(&["pakistan", "bangladesh"]) {
        7
    } else if has(&["india", "japan"]) {
        4
    } else {
        1
    }
}

fn common_unit(entries: &[Drafted]) -> Option<String> {
    let units: Vec<&str> = entries.iter().filter_map(|e| e.fields.get("unit")?.as_str()).collect();
    let first = units.iter().max_by_key(|u| units.iter().filter(|o| o == u).count())?;
    Some((*first).to_string())
}

impl Draft {
    /// The draft as a tree: figures, claims and leftovers, each with its span.
    #[must_use]
    pub fn tree(&self) -> Value {
        let list = |claim: bool| -> Vec<Value> {
            let kept = self.entries.iter().filter(|e| e.claim == claim);
            kept.map(|e| {
                let mut fields = e.fields.clone();
                if fields.get("unit").and_then(Value::as_str) == self.unit.as_deref() {
                    fields.remove("unit");
                }
                json!({"fields": fields, "span": [e.span.0, e.span.1], "quote": e.quote, "note": e.note})
            })
            .collect()
        };
        let months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
        let start = usize::try_from(self.year_start - 1).ok().and_then(|i| months.get(i));
        let unplaced: Vec<Value> = self
            .unplaced
            .iter()
            .map(|u| json!({"text": u.text, "span": [u.span.0, u.span.1], "why": u.why}))
            .collect();
        json!({"year_start": start, "unit": self.unit, "figures": list(false), "claims": list(true), "unplaced": unplaced})
    }
}
