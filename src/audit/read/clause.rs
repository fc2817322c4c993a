//! Sentences as figures and claims: the role of each number from the words around it.

use super::context::Base;
use super::lex::{Kind, Money, Token};
use super::quantity::Quantity;
use super::time::Found;
use super::{Drafted, Unplaced};
use crate::audit::item::Span;
use crate::number::printed::Printed;
use serde_json::{Map, Value, json};

/// The state while a text is read.
pub struct Reader<'a> {
    pub(super) chars: &'a [char],
    pub(super) tokens: &'a [Token],
    pub(super) periods: &'a [Found],
    pub(super) latest: Option<Span>,
    pub(super) used: Vec<bool>,
    pub(super) why: Vec<Option<String>>,
    pub(super) concept: Option<String>,
    pub(super) entries: Vec<Drafted>,
}

impl<'a> Reader<'a> {
    /// A reader of a text whose periods are known.
    pub fn new(chars: &'a [char], tokens: &'a [Token], periods: &'a [Found], latest: Option<Span>) -> Self {
        let mut used = vec![false; tokens.len()];
        for p in periods {
            for u in used.iter_mut().take(p.to).skip(p.from) {
                *u = true;
            }
        }
        Self {
            chars,
            tokens,
            periods,
            latest,
            used,
            why: vec![None; tokens.len()],
            concept: None,
            entries: Vec::new(),
        }
    }

    /// The periods that begin within a stretch of tokens.
    pub(super) fn periods_in(&self, from: usize, to: usize) -> &[Found] {
        let at = |i: usize| self.periods.partition_point(|p| p.from < i);
        self.periods.get(at(from)..at(to.max(from))).unwrap_or_default()
    }

    pub(super) fn word(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| &t.lower)
    }

    /// What a token says of a currency.
    pub(super) fn money(&self, i: usize) -> Money {
        self.tokens.get(i).map_or(Money::No, |t| t.money)
    }

    /// White space stands before a token.
    pub(super) fn spaced(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.spaced)
    }

    pub(super) fn back(&self, i: usize, by: usize) -> &str {
        i.checked_sub(by).map_or("", |k| self.word(k))
    }

    /// Whether the tokens from a place are these words, hyphens passed over.
    pub(super) fn says(&self, mut i: usize, words: &[&str]) -> Option<usize> {
        for w in words {
            while self.word(i) == "-" || self.word(i) == "–" {
                i += 1;
            }
            if self.word(i) != *w {
                return None;
            }
            i += 1;
        }
        Some(i)
    }

    /// Reads sentence by sentence.
    pub fn read(&mut self) {
        let mut from = 0;
        while from < self.tokens.len() {
            let mut to = from + 1;
            while to < self.tokens.len() && !self.ends(to) {
                to += 1;
            }
            self.sentence(from, to);
            from = to;
        }
    }

    /// Whether a sentence begins at a token.
    pub(super) fn ends(&self, at: usize) -> bool {
        let Some(t) = self.tokens.get(at) else { return true };
        let stop = matches!(self.back(at, 1), "." | "!" | "?") && t.spaced;
        let capital =
            t.text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || c == '“');
        // "Rs. 500" and "U.S. exports" are not ends.
        let short = at.checked_sub(2).is_some_and(|k| self.money(k) != Money::No)
            || self.back(at, 2).chars().count() == 1;
        t.paragraph || (stop && capital && !short)
    }

    pub(super) fn sentence(&mut self, from: usize, to: usize) {
        // "12-month cumulative": the twelve is a period, not an amount.
        for i in from..to {
            if self.says(i, &["12", "month"]).is_some() || self.says(i, &["12", "months"]).is_some() {
                self.mark(i);
            }
        }
        let quantities = self.quantities(from, to);
        let name = self.subject(from, to, &quantities);
        if name.is_some() {
            self.concept.clone_from(&name);
        }
        let mut last: Option<(String, Span)> = None;
        for (n, q) in quantities.iter().enumerate() {
            let next = quantities.get(n + 1).map_or(to, |o| o.from);
            let before = n.checked_sub(1).and_then(|k| quantities.get(k)).map_or(from, |o| o.to);
            let place = (from, to, before, next);
            let done = if let Some(doubt) = q.doubt {
                Err(doubt.into())
            } else if q.percent || q.points.is_some() {
                self.rate(q, place)
            } else {
                self.amount(q, place, &mut last)
            };
            match done {
                Ok(()) => (q.from..q.to).for_each(|i| self.mark(i)),
                Err(why) => {
                    for i in q.from..q.to {
                        if let Some(slot) = self.why.get_mut(i) {
                            *slot = Some(why.clone());
                        }
                    }
                }
            }
        }
        self.remarks(from, to, last);
    }

    pub(super) fn mark(&mut self, i: usize) {
        if let Some(u) = self.used.get_mut(i) {
            *u = true;
        }
    }

    /// A percentage or a number of points.
    pub(super) fn rate(&mut self, q: &Quantity, place: (usize, usize, usize, usize)) -> Result<(), String> {
        let (from, to, before, next) = place;
        let concept = self.concept.clone().ok_or("no quantity is named that it could be about")?;
        let (span, stated) = self.period(q, place).ok_or("no period is named")?;
        let value = q.text.clone();
        Printed::parse(&value).map_err(|e| e.to_string())?;
        // "40.25% of the total export of services".
        if q.percent && self.word(q.to) == "of" {
            let mut k = q.to + 1;
            while matches!(self.word(k), "the" | "total" | "overall" | "all" | "country's" | "its" | "their")
            {
                k += 1;
            }
            let phrase_end = (k..next.min(k + 6))
                .find(|i| matches!(self.word(*i), "," | "." | "in" | "and" | "("))
                .unwrap_or(next.min(k + 6));
            let whole = self.name_in(k, phrase_end.max(k)).ok_or("what it is a share of is not named")?;
            let fields = claim(
                "share",
                &[("of", &item(&concept, span, "")), ("base", &item(&whole, span, "")), ("value", &value)],
            );
            self.push(true, fields, q, place, stated);
            return Ok(());
        }
        let tail = self.bases(q.to, next);
        let lead = self.bases(before, q.from);
        let base = tail.first().or(lead.last()).map(|(_, b)| *b);
        let base = base.or_else(|| self.bases(from, to).first().map(|(_, b)| *b));
        let Some(base) = base else { return Err("what it is compared with is not said".into()) };
        let sign = self.direction(q, place);
        if sign.is_none() && q.points.is_none() && !value.starts_with('-') && !matches!(base, Base::Months(_))
        {
            return Err("no word says whether it rose or fell".into());
        }
        let signed = match (sign, value.strip_prefix('-')) {
            (Some(-1), None) => format!("-{value}"),
            _ => value,
        };
        // "an increase of 1.31% in ICT exports from March to April".
        let named = (q.from.saturating_sub(2)..next).find(|i| {
            matches!(self.word(*i), "increase" | "decrease" | "growth" | "rise" | "fall" | "decline" | "drop")
        });
        let concept = named
            .filter(|i| matches!(self.word(i + 1), "in" | "of"))
            .and_then(|i| self.name_in(i + 2, next))
            .unwrap_or(concept);
        let earlier = back(span, base);
        let (kind, mut fields) = match q.points {
            Some(scale) => {
                ("percentage_points", vec![("scale", scale.to_string()), ("measure", "rate".to_string())])
            }
            None => ("growth", vec![]),
        };
        if q.points.is_none() && self.annual_rate(from, to) {
            fields.push(("adjustment", "saar".into()));
        }
        let (of, base) = (item(&concept, span, ""), item(&concept, earlier, ""));
        let mut all: Vec<(&str, &str)> = vec![("of", &of), ("base", &base), ("value", &signed)];
        all.extend(fields.iter().map(|(k, v)| (*k, v.as_str())));
        let map = claim(kind, &all);
        self.push(true, map, q, place, stated);
        Ok(())
    }

    /// "at a seasonally adjusted annual rate".
    pub(super) fn annual_rate(&self, from: usize, to: usize) -> bool {
        (from..to).any(|i| self.says(i, &["adjusted", "annual", "rate"]).is_some() || self.word(i) == "saar")
    }

    /// An amount: a figure, or the size of a change.
    pub(super) fn amount(
        &mut self,
        q: &Quantity,
        place: (usize, usize, usize, usize),
        last: &mut Option<(String, Span)>,
    ) -> Result<(), String> {
        let (from, to, before, next) = place;
        if q.unit.is_none() && q.scale == "one" && !q.text.contains([',', '.', ' ']) {
            return Err("a bare number: no unit says what it measures".into());
        }
        Printed::parse(&q.text).map_err(|e| e.to_string())?;
        let concept = self.concept.clone().ok_or("no quantity is named that it could be about")?;
        let (span, stated) = self.period(q, place).ok_or("no period is named")?;
        let lead: Vec<&str> = (1..=5).map(|b| self.back(q.from, b)).collect();
        let mut extra: Vec<(&str, String)> = vec![("scale", q.scale.to_string())];
        if let Some(unit) = q.unit {
            extra.push(("unit", unit.to_string()));
        }
        if let Some(approx) = q.approx {
            extra.push(("approx", approx.to_string()));
        }
        if self.annual_rate(from, to) {
            extra.push(("adjustment", "saar".into()));
        }
        let with = |list: &[(&str, &str)], extra: &[(&str, String)]| {
            let mut map = Map::new();
            for (k, v) in list {
                map.insert((*k).to_string(), json!(v));
            }
            for (k, v) in extra {
                map.insert((*k).to_string(), json!(v));
            }
            map
        };
        // "exceeded the target by", "rose by 4 million".
        let by = lead.first() == Some(&"by") || (lead.get(1) == Some(&"by") && q.approx.is_some());
        if by {
            let target = (before..q.from).any(|i| self.word(i) == "target");
            let over = (before..q.from).any(|i| matches!(self.word(i), "missed" | "short"));
            let of = item(&concept, span, "");
            let (base, sign) = if target {
                (item(&format!("{concept}_target"), span, ""), if over { -1 } else { 1 })
            } else {
                let bases =
                    [self.bases(q.to, next), self.bases(before, q.from), self.bases(from, to)].concat();
                let Some((_, base)) = bases.first() else {
                    return Err("what it is compared with is not said".into());
                };
                (item(&concept, back(span, *base), ""), self.direction(q, place).unwrap_or(1))
            };
            let value = if sign < 0 { format!("-{}", q.text) } else { q.text.clone() };
            let map = with(&[("kind", "change"), ("of", &of), ("base", &base), ("value", &value)], &extra);
            self.push(true, map, q, place, stated);
            return Ok(());
        }
        // The same amount in another currency: "Ksh 13.7 billion (USD 137.5 million)".
        let paren = lead.first() == Some(&"(") && before + 1 >= q.from.saturating_sub(1) && before > from;
        // A figure of the base: "from 191 million", "against ...", "compared with March 2023 (270.4 bn)".
        let revised = lead.contains(&"revised");
        let turned = lead.iter().position(|w| matches!(*w, "from" | "against" | "than" | "versus"));
        let compared = lead.windows(2).any(|w| matches!(w, ["with" | "to", "compared"]));
        let more_than =
            lead.first() == Some(&"than") && matches!(lead.get(1), Some(&("more" | "greater" | "less")));
        let base_like = (turned.is_some() || compared) && !more_than;
        let base_span = {
            let own = self.periods_in(q.to, next).iter().find(|p| p.to <= next).and_then(|p| p.span);
            let tail = self.bases(q.to, next).first().map(|(_, b)| back(span, *b));
            let step = if span.months() == 1 { 1 } else { 12 };
            own.or(tail).or(revised.then_some(Span { first: span.first - step, last: span.last - step }))
        };
        let bracket = self
            .periods_in(from, q.from)
            .iter()
            .find(|p| p.to + 1 == q.from && p.is_base && lead.first() == Some(&"("))
            .and_then(|p| p.span);
        let (at, known) = match (bracket, base_like, base_span) {
            (Some(s), ..) | (None, true, Some(s)) => (s, true),
            (None, true, None) => return Err("the period it belongs to is not said".into()),
            _ => (span, stated),
        };
        let name = match (&last, paren && bracket.is_none()) {
            (Some((name, _)), true) => name.clone(),
            _ if base_like || bracket.is_some() => concept,
            // After an earlier number the clause names its own quantity: "imports around 5 billion".
            (last, _) if before > from => {
                let same = last.as_ref().map(|(name, _)| name.clone());
                self.name_in(before, q.from).or(same).unwrap_or(concept)
            }
            _ => concept,
        };
        let label = item(&name, at, if revised { "revised" } else { "" });
        let map = with(&[("item", &label), ("value", &q.text)], &extra);
        if !base_like && bracket.is_none() {
            *last = Some((name, at));
        }
        self.push(false, map, q, place, known);
        Ok(())
    }

    /// Adds an entry, unless it says what another already says.
    pub(super) fn push(
        &mut self,
        is_claim: bool,
        fields: Map<String, Value>,
        q: &Quantity,
        place: (usize, usize, usize, usize),
        stated: bool,
    ) {
        if self.entries.iter().any(|e| e.fields == fields) {
            return;
        }
        let start = self.tokens.get(q.from).map_or(0, |t| t.start);
        let end = self.tokens.get(q.to.saturating_sub(1)).map_or(start, |t| t.end);
        let first = self.tokens.get(place.0).map_or(0, |t| t.start);
        let last = self.tokens.get(place.1.saturating_sub(1)).map_or(end, |t| t.end);
        let text: String = self.chars.get(first..last).unwrap_or_default().iter().collect();
        let quote = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let note = if stated { String::new() } else { "its period is not in the sentence".into() };
        self.entries.push(Drafted { fields, claim: is_claim, span: (start, end), quote, note });
    }

    /// The entries, and every number that was not used.
    pub fn finish(self) -> (Vec<Drafted>, Vec<Unplaced>) {
        let mut unplaced = Vec::new();
        for (i, t) in self.tokens.iter().enumerate() {
            let digits = t.text.chars().any(|c| c.is_ascii_digit());
            if digits && self.used.get(i) == Some(&false) {
                let why = self.why.get(i).cloned().flatten();
                let why = why.unwrap_or_else(|| {
                    if t.kind == Kind::Word {
                        "part of a name, or in a unit that is not known".into()
                    } else {
                        "no unit says what it measures".into()
                    }
                });
                unplaced.push(Unplaced { text: t.text.clone(), span: (t.start, t.end), why });
            }
        }
        (self.entries, unplaced)
    }
}

pub(super) fn back(span: Span, base: Base) -> Span {
    match base {
        Base::Months(n) => {
            // "On the previous month" steps by the period's own length; a year is always twelve months.
            let step = if n == 12 { 12 } else { n.max(span.months()) };
            Span { first: span.first - step, last: span.last - step }
        }
        Base::Period(p) if p == span => span,
        Base::Period(p) => p,
    }
}

pub(super) fn item(concept: &str, span: Span, vintage: &str) -> String {
    let mark = if vintage.is_empty() { "" } else { "#" };
    format!("{concept}@{}{mark}{vintage}", span.label())
}

pub(super) fn claim(kind: &str, fields: &[(&str, &str)]) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("kind".into(), json!(kind));
    for (k, v) in fields {
        map.insert((*k).to_string(), json!(v));
    }
    map
}
