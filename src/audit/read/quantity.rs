//! Numbers with their units, and the names of what they measure.

use super::clause::Reader;
use super::lex::{Kind, Token, currency};
use super::vocabulary::{ABOUT, HEADS, NEARLY, OVER, STOPS, among};
use crate::number::printed::Printed;
use crate::number::rational::Rational;
use crate::number::scale::in_prose as scale;

/// A number with its unit, as found in the text.
#[derive(Debug, Clone)]
pub(super) struct Quantity {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) text: String,
    pub(super) scale: &'static str,
    pub(super) unit: Option<&'static str>,
    pub(super) percent: bool,
    pub(super) points: Option<&'static str>,
    pub(super) approx: Option<&'static str>,
}

impl Reader<'_> {
    /// Numbers with a unit.
    pub(super) fn quantities(&self, from: usize, to: usize) -> Vec<Quantity> {
        let mut out: Vec<Quantity> = Vec::new();
        let mut i = from;
        while i < to {
            let free = self.used.get(i) == Some(&false);
            match self.tokens.get(i) {
                Some(t) if t.kind == Kind::Number && free => {
                    let q = self.quantity(i, from, to);
                    i = q.to.max(i + 1);
                    out.push(q);
                }
                _ => i += 1,
            }
        }
        out
    }

    pub(super) fn quantity(&self, at: usize, from: usize, to: usize) -> Quantity {
        let token = self.tokens.get(at);
        let mut text = token.map_or_else(String::new, |t| t.text.clone());
        let mut q = Quantity {
            from: at,
            to: at + 1,
            text: String::new(),
            scale: "one",
            unit: None,
            percent: false,
            points: None,
            approx: None,
        };
        // A scale glued to its number: "310m".
        let glued = text.find(|c: char| c.is_alphabetic());
        if let Some(cut) = glued {
            q.scale = scale(&text.split_off(cut).to_lowercase()).map_or("one", |s| s.0);
        }
        let (start, unit, sign) = self.sign_and_currency(at, from);
        (q.from, q.unit) = (start, unit);
        // Scale, second amount ("7 billion 28 million"), per cent, currency behind it.
        let mut end = at + 1;
        if glued.is_none()
            && let Some((name, power)) = scale(self.word(end))
            && end < to
        {
            q.scale = name;
            end += 1;
            if name == "lakh" && matches!(self.word(end), "crore" | "crores") {
                q.scale = "lakh crore";
                end += 1;
            } else if let Some(second) = self.tokens.get(end).filter(|t| t.kind == Kind::Number && end < to)
                && let Some((low_name, low)) = scale(self.word(end + 1))
                && low < power
                && let (Ok(a), Ok(b)) = (Printed::parse(&text), Printed::parse(&second.text))
            {
                let sum = &(&a.value() * &Rational::power_of_ten(power - low)) + &b.value();
                text = sum.to_decimal(b.decimals);
                q.scale = low_name;
                end += 2;
            }
        }
        if self.word(end) == "%" {
            q.percent = true;
            end += 1;
        } else if let Some(e) = self.says(end, &["per", "cent"]).or_else(|| self.says(end, &["percent"])) {
            q.percent = true;
            end = e;
        }
        for (words, scale) in [
            (&["percentage", "points"][..], "percentage point"),
            (&["percentage", "point"], "percentage point"),
            (&["points"], "percentage point"),
            (&["pp"], "percentage point"),
            (&["basis", "points"], "basis point"),
            (&["bps"], "basis point"),
            (&["bp"], "basis point"),
        ] {
            if let Some(e) = self.says(end, words)
                && (words.len() > 1 || q.percent || words != ["points"])
            {
                (q.points, q.percent, end) = (Some(scale), false, e);
            }
        }
        if let Some(code) = currency(self.word(end)).filter(|_| end < to && !q.percent && q.points.is_none())
        {
            q.unit = q.unit.or(Some(code));
            end += 1;
        } else if self.word(end) == "us" && currency(self.word(end + 1)).is_some() {
            q.unit = q.unit.or(Some("USD"));
            end += 2;
        }
        q.to = end.min(to).max(at + 1);
        q.text = format!("{sign}{text}");
        q.approx = self.approximation(q.from);
        q
    }

    /// The sign and the currency before a number: where they begin, and what they are.
    fn sign_and_currency(&self, at: usize, from: usize) -> (usize, Option<&'static str>, &'static str) {
        let (mut k, mut unit, mut sign) = (at, None, "");
        for _ in 0..3 {
            let before = k.checked_sub(1).filter(|b| *b >= from);
            let Some(b) = before else { break };
            let w = self.word(b);
            let tight = self.tokens.get(k).is_some_and(|t| !t.spaced);
            if let Some(code) = currency(w) {
                unit = Some(code);
                k = b;
            } else if w == "."
                && b.checked_sub(1).is_some_and(|c| currency(self.word(c)).is_some())
                && !tight_sentence(self.tokens, b)
            {
                unit = currency(self.word(b - 1));
                k = b - 1;
            } else if matches!(w, "-" | "−") && tight && self.sign_at(b, from) {
                sign = "-";
                k = b;
            } else if w == "+" && tight {
                k = b;
            } else {
                break;
            }
        }
        (k, unit, sign)
    }

    /// The word before a number that makes it a bound or a note.
    fn approximation(&self, at: usize) -> Option<&'static str> {
        for b in 1..=3 {
            let w = self.back(at, b);
            if among(HEADS, w) || matches!(w, "," | "." | "(" | ")") {
                break;
            }
            let over = OVER.contains(&w)
                && (w != "than" || matches!(self.back(at, b + 1), "more" | "greater" | "higher"));
            let over = over && !(w == "over" && b > 1) && (w != "least" || self.back(at, b + 1) == "at");
            let found = if over {
                Some("over")
            } else if NEARLY.contains(&w) {
                Some("nearly")
            } else if ABOUT.contains(&w) {
                Some("about")
            } else {
                None
            };
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// A minus is a sign where no word or number stands tightly before it, except a currency.
    pub(super) fn sign_at(&self, dash: usize, from: usize) -> bool {
        let tight = self.tokens.get(dash).is_some_and(|t| !t.spaced);
        let before = dash.checked_sub(1).filter(|b| *b >= from).map_or("", |b| self.word(b));
        !tight || currency(before).is_some() || matches!(before, "(" | "")
    }

    /// The name that the first noun phrase before the first number gives, or any of the sentence.
    pub(super) fn subject(&self, from: usize, to: usize, quantities: &[Quantity]) -> Option<String> {
        let first = quantities.first().map_or(to, |q| q.from);
        self.name_in(from, first).or_else(|| self.name_in(first, to))
    }

    /// The first name among some tokens.
    pub(super) fn name_in(&self, from: usize, to: usize) -> Option<String> {
        let mut at = (from..to).find(|i| among(HEADS, self.word(*i)) && self.used.get(*i) == Some(&false))?;
        while at + 1 < to && among(HEADS, self.word(at + 1)) {
            at += 1;
        }
        let mut first = at;
        while first > from && at - first < 4 && self.names(first - 1) {
            first -= 1;
        }
        let mut words: Vec<&str> =
            (first..=at).map(|i| self.word(i)).filter(|w| w.chars().all(char::is_alphanumeric)).collect();
        // "exports of services".
        if self.word(at + 1) == "of" && self.names(at + 2) && self.word(at + 2) != "%" {
            words.push("of");
            let mut k = at + 2;
            while self.names(k) && k < at + 4 {
                words.push(self.word(k));
                k += 1;
            }
        }
        let slug = words.join("_");
        (!slug.is_empty()).then_some(slug)
    }

    /// Whether a token can be part of a name.
    pub(super) fn names(&self, i: usize) -> bool {
        let Some(t) = self.tokens.get(i) else { return false };
        let plain = t.kind == Kind::Word && t.lower.chars().all(char::is_alphabetic);
        // "IT exports" are not "it exports".
        let acronym = t.text.len() > 1 && t.text.chars().all(char::is_uppercase);
        plain
            && (acronym || !among(STOPS, &t.lower))
            && currency(&t.lower).is_none()
            && self.used.get(i) == Some(&false)
    }
}

/// A full stop that ends a sentence, not an abbreviation such as "Rs.".
fn tight_sentence(tokens: &[Token], stop: usize) -> bool {
    tokens.get(stop).is_some_and(|t| t.spaced)
}
