//! What a figure is about: `concept@period`, with an optional rate suffix and vintage, and the spans of periods.
//!
//! Periods are spans of months, so that `FY24`, `2023-07..2024-06` and (in a July year) the same twelve months are one
//! item. Numbers and intervals live in `figure`.

use crate::error::{Error, Result};

/// A span of months, both ends included; a month is year * 12 + (month - 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First month.
    pub first: i32,
    /// Last month.
    pub last: i32,
}

impl Span {
    /// Reads `2024`, `2024-04`, `2024Q1`, `2024H1`, `FY24`, `FY2023-24`, `10MFY24`, or two of them with `..` between.
    ///
    /// `year_start` is the first month of the fiscal year, 1 to 12; a fiscal year is named by the year in which it ends.
    ///
    /// # Errors
    /// A period that does not parse, with what would.
    pub fn parse(text: &str, year_start: i32) -> Result<Self> {
        if let Some((a, b)) = text.split_once("..") {
            let (a, b) = (one(a, year_start), one(b, year_start));
            return match (a, b) {
                (Some(a), Some(b)) if a.first <= b.last && a.first <= b.first => {
                    Ok(Self { first: a.first, last: b.last })
                }
                (Some(_), Some(_)) => Err(Error::invalid(format!("the period {text} ends before it begins"))),
                _ => Err(unreadable(text)),
            };
        }
        one(text, year_start).ok_or_else(|| unreadable(text))
    }

    /// Number of months.
    #[must_use]
    pub fn months(self) -> i32 {
        self.last - self.first + 1
    }

    /// The span in the words of a file: `2024-04`, `2024`, `2023-07..2024-04`.
    #[must_use]
    pub fn label(self) -> String {
        let month = |m: i32| format!("{:04}-{:02}", m.div_euclid(12), m.rem_euclid(12) + 1);
        if self.first == self.last {
            month(self.first)
        } else if self.months() == 12 && self.first.rem_euclid(12) == 0 {
            format!("{:04}", self.first.div_euclid(12))
        } else {
            format!("{}..{}", month(self.first), month(self.last))
        }
    }
}

fn unreadable(text: &str) -> Error {
    Error::invalid(format!(
        "the period \"{text}\" cannot be read; write 2024, 2024-04, 2024Q1, 2024H1, FY24, 10MFY24 or 2023-07..2024-04"
    ))
}

fn digits(text: &str, least: usize, most: usize) -> Option<i32> {
    let ok = (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if ok { text.parse().ok() } else { None }
}

fn one(text: &str, year_start: i32) -> Option<Span> {
    let text = text.trim().to_uppercase();
    if let Some((months, year)) = text.split_once("FY") {
        let count = match months {
            "" => 12,
            m => digits(m.strip_suffix('M')?, 1, 2).filter(|n| (1..=12).contains(n))?,
        };
        // FY24, FY2024, FY2023-24 and FY2023-2024 all name the year that ends in 2024.
        let year = year.strip_prefix('-').unwrap_or(year);
        let (start, end) = year.split_once(['-', '/']).map_or((None, year), |(s, e)| (Some(s), e));
        let full = |y: &str| digits(y, 4, 4).or_else(|| digits(y, 2, 2).map(|y| 2000 + y));
        let end = full(end)?;
        if start.is_some_and(|s| full(s).is_none_or(|s| s + 1 != end)) {
            return None;
        }
        let first = if year_start == 1 { end * 12 } else { (end - 1) * 12 + year_start - 1 };
        return Some(Span { first, last: first + count - 1 });
    }
    let year = digits(text.get(..4)?, 4, 4)?;
    let base = year * 12;
    match text.get(4..)? {
        "" => Some(Span { first: base, last: base + 11 }),
        rest => {
            if let Some(q) = rest.trim_start_matches('-').strip_prefix('Q') {
                let q = digits(q, 1, 1).filter(|q| (1..=4).contains(q))?;
                return Some(Span { first: base + 3 * (q - 1), last: base + 3 * q - 1 });
            }
            if let Some(h) = rest.trim_start_matches('-').strip_prefix('H') {
                let h = digits(h, 1, 1).filter(|h| (1..=2).contains(h))?;
                return Some(Span { first: base + 6 * (h - 1), last: base + 6 * h - 1 });
            }
            let m = digits(rest.strip_prefix('-')?, 2, 2).filter(|m| (1..=12).contains(m))?;
            Some(Span { first: base + m - 1, last: base + m - 1 })
        }
    }
}

/// The number of a month by its name or number: `JUL`, `july`, `7`.
#[must_use]
pub fn month_number(text: &str) -> Option<i32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let text = text.trim().trim_end_matches('.').to_lowercase();
    if let Some(n) = digits(&text, 1, 2) {
        return (1..=12).contains(&n).then_some(n);
    }
    let at = NAMES.iter().position(|n| {
        *n == text || (text.len() == 3 && n.starts_with(&text)) || text == "sept" && *n == "september"
    })?;
    i32::try_from(at + 1).ok()
}

/// `concept@period`, as a name: what is measured, when, which rate of it, which vintage.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Item {
    /// What is measured.
    pub concept: String,
    /// When.
    pub span: Span,
    /// A rate of it (`yoy`), empty for the level.
    pub rate: String,
    /// The vintage (`revised`), empty for the release's own.
    pub vintage: String,
}

impl Item {
    /// Reads `concept@period[:rate][#vintage]`.
    ///
    /// # Errors
    /// What is missing or unreadable.
    pub fn parse(text: &str, year_start: i32) -> Result<Self> {
        let (main, vintage) = text.trim().split_once('#').unwrap_or((text.trim(), ""));
        let Some((concept, period)) = main.split_once('@') else {
            return Err(Error::invalid(format!(
                "the item \"{text}\" has no period; an item is concept@period, such as exports@2024-04"
            )));
        };
        let (period, rate) = period.split_once(':').unwrap_or((period, ""));
        let named =
            |s: &str| !s.is_empty() && s.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'));
        if !named(concept) || concept.starts_with(['-', '.']) {
            return Err(Error::invalid(format!(
                "the item \"{text}\" has no usable concept; it consists of letters, digits, '_', '-' and '.'"
            )));
        }
        for (part, mark) in [(rate, ':'), (vintage, '#')] {
            if !part.is_empty() && !named(part) || text.contains(mark) && part.is_empty() {
                return Err(Error::invalid(format!("the item \"{text}\" has nothing usable after '{mark}'")));
            }
        }
        Ok(Self {
            concept: concept.to_string(),
            span: Span::parse(period, year_start)?,
            rate: rate.to_lowercase(),
            vintage: vintage.to_lowercase(),
        })
    }

    /// The item in the words of a file.
    #[must_use]
    pub fn label(&self) -> String {
        let mut out = format!("{}@{}", self.concept, self.span.label());
        if !self.rate.is_empty() {
            out = format!("{out}:{}", self.rate);
        }
        if !self.vintage.is_empty() {
            out = format!("{out}#{}", self.vintage);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_that_name_the_same_span_are_equal() {
        let s = |t: &str| Span::parse(t, 7).unwrap();
        assert_eq!(s("10MFY24"), s("2023-07..2024-04"));
        assert_eq!(s("FY24"), s("FY2023-24"));
        assert_eq!(s("FY24"), s("2023-07..2024-06"));
        assert_eq!(s("2024Q1"), s("2024-01..2024-03"));
        assert_eq!(s("2024H2"), s("2024-07..2024-12"));
        assert_eq!(s("2024"), s("2024-01..2024-12"));
        assert_eq!(Span::parse("FY24", 1).unwrap(), s("2024"));
        assert_eq!(s("2023-07..2024-04").months(), 10);
        for bad in
            ["2024-13", "24", "2024Q5", "FY", "13MFY24", "2024-04..2024-01", "FY2022-24", "", "April", "20é4"]
        {
            assert!(Span::parse(bad, 7).is_err(), "{bad}");
        }
    }

    #[test]
    fn items_have_a_concept_and_a_period() {
        let i = Item::parse("cpi@2022-03:yoy#Revised", 1).unwrap();
        assert_eq!((i.concept.as_str(), i.rate.as_str(), i.vintage.as_str()), ("cpi", "yoy", "revised"));
        assert_eq!(i.label(), "cpi@2022-03:yoy#revised");
        for bad in ["exports", "@2024", "a b@2024", "a@2024:", "a@2024#", "-a@2024"] {
            assert!(Item::parse(bad, 1).is_err(), "{bad}");
        }
    }
}
