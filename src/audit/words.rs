//! Numbers and intervals as a reader meets them: in printed units, with the digits that matter.

use super::figure::{End, Range};
use super::model::{Entry, Law, Model, Says};
use crate::number::printed::Printed;
use crate::number::rational::Rational;

/// The printed value that a ratio or form would give: per cent for a growth rate, millions for a figure in millions.
#[must_use]
pub fn in_printed_units(entry: &Entry, x: &Rational) -> Rational {
    let Some(reading) = &entry.reading else { return x.clone() };
    let raw = match &entry.says {
        Says::Ratio(_, _, Law::Growth) => x - &Rational::ONE,
        Says::Ratio(_, _, Law::Power(a, b)) => {
            // Not rational in general: 40 digits, far below any printed one. Compounding ends at -100 per cent: no rate
            // leads below zero.
            let (low, _) = x.pow(*b).root_bounds(*a, 40);
            if x.sign() > 0 { &low - &Rational::ONE } else { Rational::int(-1) }
        }
        _ => x.clone(),
    };
    &raw / &reading.scale
}

/// A range in printed units.
#[must_use]
pub fn range_in_printed_units(entry: &Entry, r: &Range) -> Range {
    r.map(|x| in_printed_units(entry, x))
}

/// "1 figure", "2 figures".
#[must_use]
pub fn counted(n: i32, one: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}

/// "21.40 to 21.50", with as many decimals as needed to show that a printed interval lies beside it.
#[must_use]
pub fn range_text(r: &Range, decimals: u32, beside: Option<&Range>) -> String {
    for extra in 0..6 {
        let d = decimals + extra;
        let round = |e: &End| e.at.to_decimal(d);
        let honest = beside.is_none_or(|b| {
            // The texts must not overlap where the intervals do not.
            let gap = |high: &Option<End>, low: &Option<End>| match (high, low) {
                (Some(h), Some(l)) if h.at < l.at => {
                    Printed::parse(&round(h)).is_ok_and(|p| p.value() <= l.at)
                }
                _ => true,
            };
            gap(&r.high, &b.low) && {
                match (&b.high, &r.low) {
                    (Some(h), Some(l)) if h.at < l.at => {
                        Printed::parse(&round(l)).is_ok_and(|p| p.value() >= h.at)
                    }
                    _ => true,
                }
            }
        });
        if honest || extra == 5 {
            return match (&r.low, &r.high) {
                (Some(l), Some(h)) if round(l) == round(h) => round(l),
                (Some(l), Some(h)) => format!("{} to {}", round(l), round(h)),
                (Some(l), None) => format!("{} or more", round(l)),
                (None, Some(h)) => format!("{} or less", round(h)),
                (None, None) => "anything".into(),
            };
        }
    }
    String::new()
}

/// The number of a figure with its scale word: "2.593 billion".
#[must_use]
pub fn printed(entry: &Entry) -> String {
    let Some(r) = &entry.reading else { return String::new() };
    match r.scale_word.as_str() {
        "one" => r.text.clone(),
        "percent" | "per cent" => format!("{} per cent", r.text),
        "percentage point" => format!("{} percentage points", r.text),
        word => format!("{} {word}", r.text),
    }
}

/// The arithmetic of a ratio or sum at its printed figures: "2.593 billion / 2.135 billion".
#[must_use]
pub fn arithmetic(model: &Model, entry: &Entry) -> Option<String> {
    let figure = |i: usize| {
        let f = model.variables.get(i)?.figures.first()?;
        model.entries.get(*f).map(printed)
    };
    let sum = |f: &super::system::Form| {
        let mut out = String::new();
        for (n, (i, c)) in f.terms.iter().enumerate() {
            let text = figure(*i)?;
            let size = c.abs();
            let text = if size == Rational::ONE { text } else { format!("{size} x {text}") };
            out = match (n, c.sign() < 0) {
                (0, false) => text,
                (0, true) => format!("-{text}"),
                (_, false) => format!("{out} + {text}"),
                (_, true) => format!("{out} - {text}"),
            };
        }
        if !f.constant.is_zero() {
            out = if out.is_empty() { f.constant.to_string() } else { format!("{out} + {}", f.constant) };
        }
        Some(out)
    };
    let single = |f: &super::system::Form, t: String| if f.terms.len() > 1 { format!("({t})") } else { t };
    match &entry.says {
        Says::Ratio(n, d, _) => Some(format!("{} / {}", single(n, sum(n)?), single(d, sum(d)?))),
        Says::Linear(f) => sum(f),
        _ => None,
    }
}
