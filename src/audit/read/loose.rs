//! Time phrases of more than one word: parts of years, months up to a month, and those that name no period by
//! themselves ("during the quarter", "year to date"), which keep a number from being read as a month's.

use super::lex::{Kind, Token, before, says, word};
use super::time::{Context, day, month, number_word, one, ordinal, year};
use crate::audit::item::Span;

/// Words before a relation such as "last month" that make it what a number is compared with.
const AGAINST: [&str; 13] = [
    "from",
    "than",
    "over",
    "against",
    "with",
    "to",
    "versus",
    "on",
    "relative",
    "same",
    "corresponding",
    "period",
    "month",
];

/// A phrase at a token: one past its end, and its months if it names them.
pub(super) fn loose(tokens: &[Token], i: usize, context: Context) -> Option<(usize, Option<Span>)> {
    part_of_year(tokens, i, context)
        .or_else(|| months_to(tokens, i, context))
        .or_else(|| season(tokens, i, context))
        .or_else(|| unread(tokens, i).map(|to| (to, None)))
}

/// "2023-24": a fiscal year, which is known only where the year's first month is.
fn season(tokens: &[Token], i: usize, context: Context) -> Option<(usize, Option<Span>)> {
    let first = year(tokens.get(i)?)?;
    if !matches!(word(tokens, i + 1), "-" | "–" | "/") || matches!(before(tokens, i, 1), "-" | "/" | "–")
    {
        return None;
    }
    let second: i32 = tokens.get(i + 2).filter(|t| t.kind == Kind::Number && !t.spaced)?.text.parse().ok()?;
    if second != first + 1 && (second != (first + 1) % 100 || word(tokens, i + 2).len() != 2) {
        return None;
    }
    let start = context.year_start - 1;
    let span = Span { first: first * 12 + start, last: first * 12 + start + 11 };
    Some((i + 3, (context.year_start != 1).then_some(span)))
}

/// The twelve months at a token: a year, a fiscal year, "the current fiscal year" by the latest period.
fn whole(tokens: &[Token], mut i: usize, context: Context) -> Option<(usize, Option<Span>)> {
    while matches!(word(tokens, i), "of" | "the" | "calendar" | "," | "(") {
        i += 1;
    }
    if let Some(found) = season(tokens, i, context) {
        return Some(found);
    }
    if let Some(y) = tokens.get(i).and_then(year) {
        return Some((i + 1, Some(Span { first: y * 12, last: y * 12 + 11 })));
    }
    one(tokens, i, context).filter(|(_, span)| span.is_some_and(|s| s.months() == 12))
}

fn piece(n: i32, months: i32, year: Span) -> Option<Span> {
    let first = year.first + (n - 1) * months;
    (n >= 1 && n * months <= 12).then_some(Span { first, last: first + months - 1 })
}

/// "Q3 FY24", "3QFY24", "the third quarter of FY24", "first half of 2023-24"; without a year, no period.
fn part_of_year(tokens: &[Token], i: usize, context: Context) -> Option<(usize, Option<Span>)> {
    let t = tokens.get(i)?;
    let (n, months, to) = if let Some(n) = ordinal(t) {
        let months = match word(tokens, i + 1) {
            "quarter" => 3,
            "half" => 6,
            _ => return None,
        };
        (n, months, i + 2)
    } else {
        let w = t.lower.as_str();
        let (head, fiscal) = w.find("fy").map_or((w, ""), |at| w.split_at(at));
        let digit = |c: &str| c.parse::<i32>().ok().filter(|n| (1..=4).contains(n));
        let (n, letter) = match (head.get(..1), head.get(1..2), head.len()) {
            (Some(l @ ("q" | "h")), Some(d), 2) | (Some(d), Some(l @ ("q" | "h")), 2) => (digit(d)?, l),
            _ => return None,
        };
        let months = if letter == "q" { 3 } else { 6 };
        if !fiscal.is_empty() {
            let year = Span::parse(fiscal, context.year_start).ok()?;
            return piece(n, months, year).map(|s| (i + 1, Some(s)));
        }
        (n, months, i + 1)
    };
    match whole(tokens, to, context) {
        Some((end, Some(year))) => piece(n, months, year).map(|s| (end, Some(s))),
        Some((end, None)) => Some((end, None)),
        None => Some((to, None)),
    }
}

/// "the three months to April 2024", "the year ended 30 June 2024", "the week ended 12 April".
fn months_to(tokens: &[Token], i: usize, context: Context) -> Option<(usize, Option<Span>)> {
    let t = tokens.get(i)?;
    let (n, mut k) = match t.lower.as_str() {
        "year" if before(tokens, i, 1) != "fiscal" || word(tokens, i + 1) != "to" => (12, i + 1),
        "quarter" => (3, i + 1),
        "week" | "fortnight" => (0, i + 1),
        _ => (number_word(t)?, says(tokens, i + 1, &["months"])?),
    };
    if !matches!(word(tokens, k), "to" | "ended" | "ending" | "through" | "until") {
        return None;
    }
    k += 1;
    while matches!(word(tokens, k), "in" | "on" | "the" | "of" | "end" | "-") {
        k += 1;
    }
    // "30 June 2024" or "June 30, 2024" ends the months with June.
    let day = |i: usize| tokens.get(i).is_some_and(day);
    k += usize::from(day(k));
    let m = tokens.get(k).and_then(month)?;
    k += 1;
    if day(k) {
        k += 1 + usize::from(word(tokens, k + 1) == ",");
    }
    let last = match tokens.get(k).and_then(year) {
        Some(y) => {
            k += 1;
            Some(y * 12 + m - 1)
        }
        None => context.latest.map(|l| l.last - (l.last - (m - 1)).rem_euclid(12)),
    };
    Some((k, last.filter(|_| n > 0).map(|last| Span { first: last - n + 1, last })))
}

/// Phrases of time that name no period here.
fn unread(tokens: &[Token], i: usize) -> Option<usize> {
    const PHRASES: [&[&str]; 9] = [
        &["year", "to", "date"],
        &["ytd"],
        &["so", "far", "this", "year"],
        &["so", "far", "in"],
        &["current", "fiscal", "year"],
        &["this", "fiscal", "year"],
        &["current", "financial", "year"],
        &["outgoing", "fiscal", "year"],
        &["ongoing", "fiscal", "year"],
    ];
    if let Some(to) = PHRASES.iter().find_map(|p| says(tokens, i, p)) {
        return Some(to);
    }
    let lead = before(tokens, i, 1);
    // "during the quarter", but not "quarter on quarter" or "a quarter of".
    if word(tokens, i) == "quarter" && matches!(lead, "the" | "this" | "current") {
        let relation = matches!(word(tokens, i + 1), "on" | "over" | "-" | "before");
        return (!relation).then_some(i + 1);
    }
    // "over the past two years", "in the last six months".
    if matches!(word(tokens, i), "past" | "last" | "previous" | "preceding") {
        let n = tokens
            .get(i + 1)
            .is_some_and(|t| number_word(t).is_some() || t.lower == "few" || t.kind == Kind::Number);
        let other = matches!(word(tokens, i), "previous" | "preceding") && is_against(tokens, i);
        if n && !other && matches!(word(tokens, i + 2), "years" | "months" | "weeks" | "quarters" | "days") {
            return Some(i + 3);
        }
        // "fell last year", "in the previous month": not what something is compared with.
        let to = ["year", "month", "quarter", "week"].iter().find_map(|w| says(tokens, i + 1, &[w]));
        let to = to.or_else(|| says(tokens, i + 1, &["fiscal", "year"]));
        // "last month" is what a release reports on.
        let own = word(tokens, i) == "last" && word(tokens, i + 1) == "month";
        return to.filter(|_| !own && !is_against(tokens, i));
    }
    // "12 April", "April 12": days.
    let next_is_unit = |k: usize| {
        matches!(
            word(tokens, k),
            "%" | "per" | "percent" | "million" | "billion" | "mn" | "bn" | "crore" | "lakh"
        )
    };
    let (a, b) = (tokens.get(i)?, tokens.get(i + 1)?);
    if (day(a) && month(b).is_some() && tokens.get(i + 2).and_then(year).is_none())
        || (month(a).is_some()
            && day(b)
            && !next_is_unit(i + 2)
            && tokens.get(i + 2).is_none_or(|t| t.lower != ","))
    {
        return Some(i + 2);
    }
    None
}

/// Whether a relation such as "last month" is what a number is compared with.
pub(super) fn is_against(tokens: &[Token], i: usize) -> bool {
    let mut k = i;
    while let Some(p) = k.checked_sub(1) {
        let w = word(tokens, p);
        if AGAINST.contains(&w) {
            return true;
        }
        if !matches!(w, "the" | "in" | "of" | "that" | "its" | "during" | "level") {
            return false;
        }
        k = p;
    }
    false
}
