//! Periods in prose: "April 2024", "July-April", "10MFY24", "the first ten months of the current fiscal year".

use super::lex::{Kind, Token};
use super::loose::loose;
use super::vocabulary::{HEADS, among};
use crate::audit::item::{Span, month_number};

/// A period found among the tokens.
#[derive(Debug, Clone)]
pub struct Found {
    /// First token.
    pub from: usize,
    /// One past the last token.
    pub to: usize,
    /// The months; `None` for a date of the calendar (with a day), which is no period of data.
    pub span: Option<Span>,
    /// Words such as "from", "over" or "than" before it make it a base.
    pub is_base: bool,
    /// "The same month of 2023": what corresponds to a period within this one.
    pub same: bool,
}

/// What is known when a period leaves something out.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// First month of the fiscal year.
    pub year_start: i32,
    /// The latest single period named so far.
    pub latest: Option<Span>,
}

pub(super) fn number_word(t: &Token) -> Option<i32> {
    const WORDS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    if t.kind == Kind::Number {
        return t.text.parse().ok().filter(|n| (1..=12).contains(n));
    }
    i32::try_from(WORDS.iter().position(|w| *w == t.lower)? + 1).ok()
}

pub(super) fn ordinal(t: &Token) -> Option<i32> {
    match t.lower.as_str() {
        "first" | "1st" => Some(1),
        "second" | "2nd" => Some(2),
        "third" | "3rd" => Some(3),
        "fourth" | "4th" => Some(4),
        _ => None,
    }
}

pub(super) fn year(t: &Token) -> Option<i32> {
    (t.kind == Kind::Number && t.text.len() == 4)
        .then(|| t.text.parse().ok())?
        .filter(|y| (1900..=2100).contains(y))
}

/// A month by its name; "may" only with a capital.
pub(super) fn month(t: &Token) -> Option<i32> {
    let lower = t.lower.trim_end_matches("'s").trim_end_matches("’s");
    let name = t.kind == Kind::Word && lower.len() >= 3 && lower.chars().all(char::is_alphabetic);
    (name && t.text.chars().next().is_some_and(char::is_uppercase)).then(|| month_number(lower)).flatten()
}

fn at(year: i32, month: i32) -> i32 {
    year * 12 + month - 1
}

fn single(m: i32) -> Span {
    Span { first: m, last: m }
}

/// All periods of a text, in order.
#[must_use]
pub fn periods(tokens: &[Token], mut context: Context) -> (Vec<Found>, Context) {
    let mut out = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        match loose(tokens, i, context).or_else(|| one(tokens, i, context)) {
            Some((to, span)) => {
                let before = (1..=3)
                    .filter_map(|k| tokens.get(i.checked_sub(k)?))
                    .take_while(|t| t.kind == Kind::Word);
                let before: Vec<&str> = before.map(|t| t.lower.as_str()).collect();
                let joined = matches!(
                    before.first(),
                    Some(&("from" | "over" | "than" | "against" | "with" | "versus"))
                );
                let is_base = joined
                    || (before.first() == Some(&"to")
                        && matches!(before.get(1), Some(&("compared" | "relative"))))
                    || (before.first() == Some(&"in")
                        && matches!(before.get(1), Some(&("than" | "from" | "against" | "with"))));
                if let Some(s) = span
                    && !is_base
                    && s.months() <= 3
                {
                    context.latest = Some(context.latest.map_or(s, |l| if s.last > l.last { s } else { l }));
                }
                // "The same month of 2023" is no whole year.
                let same = matches!(before.first(), Some(&("of" | "in")))
                    && matches!(before.get(1), Some(&("month" | "period" | "quarter" | "months")))
                    && i.checked_sub(3).and_then(|k| tokens.get(k)).is_some_and(|t| {
                        matches!(
                            t.lower.as_str(),
                            "same" | "corresponding" | "comparable" | "similar" | "like"
                        )
                    })
                    && span.is_some_and(|s| s.months() == 12);
                out.push(Found { from: i, to, span, is_base: is_base || same, same });
                i = to;
            }
            None => i += 1,
        }
    }
    (out, context)
}

pub(super) fn one(tokens: &[Token], i: usize, context: Context) -> Option<(usize, Option<Span>)> {
    let t = tokens.get(i)?;
    let get = |k: usize| tokens.get(i + k);
    let is = |k: usize, words: &[&str]| get(k).is_some_and(|t| words.contains(&t.lower.as_str()));
    let fiscal = |label: &str| Span::parse(label, context.year_start).ok();
    if t.kind == Kind::Word && (t.lower.contains("fy") || t.lower.starts_with(|c: char| c.is_ascii_digit())) {
        return fiscal_word(tokens, i, context);
    }
    if let Some(found) = first_months(tokens, i, context) {
        return Some(found);
    }
    // "fiscal year 2023-24", "the current fiscal year".
    if is(0, &["fiscal", "financial"]) && is(1, &["year"]) {
        let n = get(2).filter(|n| n.kind == Kind::Number)?;
        if is(3, &["-", "/", "–"])
            && let Some(m) = get(4)
            && let Some(span) = fiscal(&format!("FY{}-{}", n.text, m.text))
        {
            return Some((i + 5, Some(span)));
        }
        return fiscal(&format!("FY{}", n.text)).map(|s| (i + 3, Some(s)));
    }
    if let Some(m) = month(t) {
        return from_month(tokens, i, m, context);
    }
    // "14 August 2023": a date.
    if day(t) && get(1).and_then(month).is_some() && get(2).and_then(year).is_some() {
        return Some((i + 3, None));
    }
    // A year by itself.
    let y = year(t)?;
    let lead = tokens.get(i.checked_sub(1)?)?;
    let preposition = matches!(
        lead.lower.as_str(),
        "in" | "of"
            | "for"
            | "since"
            | "during"
            | "year"
            | "from"
            | "to"
            | "over"
            | "than"
            | "calendar"
            | "with"
            | "("
            | "until"
            | "before"
    );
    (preposition && !is(1, &["%", "million", "billion", "crore", "lakh"]))
        .then(|| (i + 1, Some(Span { first: y * 12, last: y * 12 + 11 })))
}

/// The number of a day: "14", "1st".
pub(super) fn day(token: &Token) -> bool {
    matches!(token.kind, Kind::Number | Kind::Ordinal)
        && token.text.trim_end_matches(char::is_alphabetic).parse().is_ok_and(|d: i32| (1..=31).contains(&d))
}

/// FY24, 10MFY24, 2024Q1, 2024H1, FY2023-24.
fn fiscal_word(tokens: &[Token], i: usize, context: Context) -> Option<(usize, Option<Span>)> {
    let t = tokens.get(i)?;
    let get = |k: usize| tokens.get(i + k);
    let is = |k: usize, words: &[&str]| get(k).is_some_and(|t| words.contains(&t.lower.as_str()));
    let fiscal = |label: &str| Span::parse(label, context.year_start).ok();
    if is(1, &["-", "/", "–"])
        && let Some(n) = get(2).filter(|n| n.kind == Kind::Number)
        && let Some(span) = fiscal(&format!("{}-{}", t.text, n.text))
    {
        return Some((i + 3, Some(span)));
    }
    if let Some(span) = fiscal(&t.text) {
        return Some((i + 1, Some(span)));
    }
    if t.lower == "fy"
        && let Some(n) = get(1).filter(|n| n.kind == Kind::Number)
    {
        if is(2, &["-", "/", "–"])
            && let Some(m) = get(3)
            && let Some(span) = fiscal(&format!("FY{}-{}", n.text, m.text))
        {
            return Some((i + 4, Some(span)));
        }
        return fiscal(&format!("FY{}", n.text)).map(|s| (i + 2, Some(s)));
    }
    None
}

/// "first ten months of the current fiscal year".
fn first_months(tokens: &[Token], i: usize, context: Context) -> Option<(usize, Option<Span>)> {
    let get = |k: usize| tokens.get(i + k);
    let is = |k: usize, words: &[&str]| get(k).is_some_and(|t| words.contains(&t.lower.as_str()));
    if is(0, &["first"])
        && let Some(n) = get(1).and_then(number_word)
        && is(2, &["months"])
        && is(3, &["of"])
    {
        let mut k = 4;
        while is(k, &["the", "current", "ongoing", "this", "outgoing"]) {
            k += 1;
        }
        let last = is(k, &["last", "previous"]);
        k += usize::from(last);
        if let Some((to, Some(year))) = one(tokens, i + k, context)
            && year.months() == 12
        {
            return Some((to, Some(Span { first: year.first, last: year.first + n - 1 })));
        }
        if is(k, &["fiscal", "financial"]) && is(k + 1, &["year"]) || is(k, &["year"]) {
            let to = i + k + if is(k, &["year"]) { 1 } else { 2 };
            if let Some((to, Some(year))) = one(tokens, to, context)
                && year.months() == 12
            {
                return Some((to, Some(Span { first: year.first, last: year.first + n - 1 })));
            }
            let l = context.latest?;
            let start = context.year_start - 1;
            let first = l.last - (l.last - start).rem_euclid(12) - if last { 12 } else { 0 };
            return Some((to, Some(Span { first, last: first + n - 1 })));
        }
    }
    None
}

/// Periods that begin with a month's name.
fn from_month(tokens: &[Token], i: usize, m: i32, context: Context) -> Option<(usize, Option<Span>)> {
    let get = |k: usize| tokens.get(i + k);
    let is = |k: usize, words: &[&str]| get(k).is_some_and(|t| words.contains(&t.lower.as_str()));
    if let Some(y) = get(1).and_then(year) {
        if is(2, &["-", "–", "to"])
            && let Some(end) = get(3).and_then(month)
            && let Some(last) = get(4).and_then(year)
            && at(last, end) > at(y, m)
            && is(2, &["-", "–"])
        {
            return Some((i + 5, Some(Span { first: at(y, m), last: at(last, end) })));
        }
        return Some((i + 2, Some(single(at(y, m)))));
    }
    // "April 14, 2024": a date.
    if get(1).is_some_and(|t| matches!(t.kind, Kind::Number | Kind::Ordinal) && t.text.len() <= 4) {
        let k = if is(2, &[","]) { 3 } else { 2 };
        let small = get(1).is_some_and(|t| {
            t.text.trim_end_matches(char::is_alphabetic).parse().is_ok_and(|d: i32| d <= 31)
        });
        if small && get(k).and_then(year).is_some() {
            return Some((i + k + 1, None));
        }
    }
    // "July-April", "July to April", with or without a year.
    if is(1, &["-", "–", "to"])
        && let Some(end) = get(2).and_then(month)
    {
        let mut k = 3;
        if is(k, &["of", "in", ","]) {
            k += 1;
        }
        let (to, last) = if let Some(y) = get(k).and_then(year) {
            // "July-April 2023-24" names the fiscal year; "January-April 2018" the calendar one.
            let second = get(k + 2)
                .filter(|t| t.kind == Kind::Number && t.text.len() == 2 && is(k + 1, &["-", "–", "/"]));
            match second {
                Some(_) if end < m => (i + k + 3, at(y + 1, end)),
                Some(_) => (i + k + 3, if m >= context.year_start { at(y, end) } else { at(y + 1, end) }),
                None => (i + k + 1, at(y, end)),
            }
        } else if let Some((to, Some(fy))) = get(k)
            .filter(|t| t.lower.contains("fy") || t.lower == "fiscal")
            .and_then(|_| one(tokens, i + k, context))
        {
            (to, fy.first + (end - 1 - fy.first).rem_euclid(12))
        } else {
            let l = context.latest?.last;
            (i + 3, l - (l - (end - 1)).rem_euclid(12))
        };
        let length = (end - m).rem_euclid(12);
        return Some((to, Some(Span { first: last - length, last })));
    }
    // "April last year", "April this year".
    let l = context.latest?.last;
    let k = usize::from(is(1, &["of"])) + 1;
    let k = k + usize::from(is(k, &["the"]));
    if is(k + 1, &["year"]) && is(k, &["last", "previous", "this"]) {
        let back = i32::from(!is(k, &["this"]));
        return Some((i + k + 2, Some(single(at(l.div_euclid(12) - back, m)))));
    }
    // A month without a year: the latest one, not after what was named before. "March" and "May" also begin sentences.
    let first = i.checked_sub(1).and_then(|k| tokens.get(k)).is_none_or(|t| t.lower == ".");
    let ambiguous = matches!(m, 3 | 5) && first && !get(1).is_some_and(|t| among(HEADS, &t.lower));
    // A month or two after the latest one: of this year or of the last, which is not known.
    let back = (l - (m - 1)).rem_euclid(12);
    (!ambiguous).then(|| (i + 1, (back < 10).then_some(single(l - back))))
}
