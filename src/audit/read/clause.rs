//! Sentences as figures and claims: the role of each number from the words around it.

use super::lex::{self, Kind, Money, Token};
use super::quantity::Quantity;
use super::time::Found;
use super::{Drafted, Unplaced};
use crate::audit::item::Span;
use serde_json::{Map, Value, json};

/// Where a number stands: its sentence from and to, the end of the number before, the start of the next one.
pub(super) type Place = (usize, usize, usize, usize);

/// The state while a text is read.
pub struct Reader<'a> {
    pub(super) chars: &'a [char],
    pub(super) tokens: &'a [Token],
    pub(super) periods: &'a [Found],
    pub(super) latest: Option<Span>,
    pub(super) used: Vec<bool>,
    pub(super) why: Vec<Option<String>>,
    /// What the last sentence was about.
    pub(super) concept: Option<String>,
    /// It was about more than that.
    pub(super) several: bool,
    /// Where the periods of earlier figures begin: "from $306 million in March".
    pub(super) taken: Vec<usize>,
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
            several: false,
            taken: Vec::new(),
            entries: Vec::new(),
        }
    }

    /// The periods that begin within a stretch of tokens.
    pub(super) fn periods_in(&self, from: usize, to: usize) -> &[Found] {
        let at = |i: usize| self.periods.partition_point(|p| p.from < i);
        self.periods.get(at(from)..at(to.max(from))).unwrap_or_default()
    }

    pub(super) fn word(&self, i: usize) -> &str {
        lex::word(self.tokens, i)
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
        lex::before(self.tokens, i, by)
    }

    /// One past these words, if the tokens from a place are these, hyphens passed over.
    pub(super) fn says(&self, i: usize, words: &[&str]) -> Option<usize> {
        lex::says(self.tokens, i, words)
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
        // "$310 m." is one.
        let scale = at >= 3 && self.tokens.get(at - 3).is_some_and(|t| t.kind == Kind::Number);
        let short = t.kind == Kind::Number && at.checked_sub(2).is_some_and(|k| self.money(k) != Money::No)
            || self.back(at, 2).chars().count() == 1 && !scale && self.back(at, 2) != "%";
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
        self.taken.clear();
        for (n, q) in quantities.iter().enumerate() {
            let next = quantities.get(n + 1).map_or(to, |o| o.from);
            if let Some(at) = self.own_period(q, next).filter(|_| self.turned(q)).map(|p| p.from) {
                self.taken.push(at);
            }
        }
        let respectively = (from..to).any(|i| self.word(i) == "respectively");
        let mut owners: Vec<String> = Vec::new();
        let mut read: Vec<(usize, &Quantity)> = Vec::new();
        let mut last: Option<(String, Span)> = None;
        for (n, q) in quantities.iter().enumerate() {
            let next = quantities.get(n + 1).map_or(to, |o| o.from);
            let before = n.checked_sub(1).and_then(|k| quantities.get(k)).map_or(from, |o| o.to);
            let place = (from, to, before, next);
            let owner = match q.doubt {
                Some(doubt) => Err(doubt.into()),
                None if q.bare() && !q.text.contains([',', '.', ' ']) => {
                    Err("a bare number: no unit says what it measures".into())
                }
                None if respectively => Err("which number is whose is not read".into()),
                None if self.counts_other(q, to) => {
                    Err(format!("it counts or describes “{}”", self.word(q.to)))
                }
                None => self.owner(q, from, to, next),
            };
            let done = owner.and_then(|owner| {
                if let Some(why) = self.aside_from_outcomes(q, &owner, place) {
                    return Err(why.into());
                }
                if q.percent || q.points.is_some() {
                    self.rate(q, place, &owner)?;
                } else {
                    self.amount(q, place, &owner, &mut last)?;
                }
                if !owners.contains(&owner) {
                    owners.push(owner);
                }
                Ok(())
            });
            match done {
                Ok(()) => {
                    (q.from..q.to).for_each(|i| self.mark(i));
                    read.push((self.entries.len() - 1, q));
                }
                Err(why) => self.leave(q, &why),
            }
        }
        self.unsay(&read);
        // What the next sentence may speak of.
        if owners.is_empty() {
            for name in self.names_in(from, to) {
                if !owners.contains(&name.slug) {
                    owners.push(name.slug);
                }
            }
        }
        if let Some(first) = owners.first() {
            self.concept = Some(first.clone());
            self.several = owners.len() > 1;
        }
        self.remarks(from, to, last.as_ref());
    }

    /// Notes why a number is not read.
    fn leave(&mut self, q: &Quantity, why: &str) {
        for i in q.from..q.to {
            if let (Some(slot), Some(used)) = (self.why.get_mut(i), self.used.get_mut(i)) {
                (*slot, *used) = (Some(why.into()), false);
            }
        }
    }

    /// Takes back what a sentence seems to say twice of the same thing with different numbers: "fell by 0.1% in
    /// the euro area and by 0.5% in the EU".
    fn unsay(&mut self, read: &[(usize, &Quantity)]) {
        let same = |a: &Drafted, b: &Drafted| {
            let equal = |keys: &[&str]| keys.iter().all(|k| a.fields.get(*k) == b.fields.get(*k));
            equal(&["kind", "item", "of", "base", "unit"])
                && !equal(&["value", "scale"])
                && !a.fields.contains_key("approx")
                && !b.fields.contains_key("approx")
        };
        let twice = |at: usize| {
            let one = self.entries.get(at);
            read.iter().any(|(o, _)| one.zip(self.entries.get(*o)).is_some_and(|(a, b)| same(a, b)))
        };
        let gone: Vec<&(usize, &Quantity)> = read.iter().filter(|(at, _)| twice(*at)).collect();
        for (at, q) in gone.into_iter().rev() {
            self.entries.remove(*at);
            self.leave(q, "the sentence has another number for the same thing");
        }
    }

    pub(super) fn mark(&mut self, i: usize) {
        if let Some(u) = self.used.get_mut(i) {
            *u = true;
        }
    }

    /// Adds an entry, unless it says what another already says.
    pub(super) fn push(
        &mut self,
        is_claim: bool,
        fields: Map<String, Value>,
        q: &Quantity,
        place: Place,
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
