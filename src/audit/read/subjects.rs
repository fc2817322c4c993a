//! Whose number it is: the names in a sentence, and which of them a number belongs to.
//!
//! A number belongs to the nearest name before it that stands as a subject, unless something between them could be
//! a subject of its own: "exports rose as textiles jumped 12%". What is not certain is an error with the reason.

use super::clause::Reader;
use super::lex::{Kind, Money};
use super::quantity::Quantity;
use super::vocabulary::{
    ADJECTIVES, ASPECTS, DOWN, HEADS, MOVES, NARROWS, NEUTRAL, OBJECTS, PARTICLES, REPORTS, SIZES, STOPS, UP,
    among,
};
use std::ops::Range;

/// A noun phrase that names what is measured.
#[derive(Debug, Clone)]
pub(super) struct Name {
    /// First token.
    pub(super) from: usize,
    /// One past the last.
    pub(super) to: usize,
    /// As it is written in an item.
    pub(super) slug: String,
}

/// How a name stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Stand {
    Subject,
    Object,
    /// After a word that is not known: a verb perhaps.
    Unclear,
}

const OTHER: &str = "it could be about something else that the sentence names";
const NOBODY: &str = "no quantity is named that it could be about";
const BOTH: &str = "two quantities share the numbers";
const WHICH: &str = "more than one quantity was named before";

impl Reader<'_> {
    /// The first name among some tokens.
    pub(super) fn name_in(&self, from: usize, to: usize) -> Option<String> {
        self.name(from, to).map(|n| n.slug)
    }

    /// All names among some tokens, in order.
    pub(super) fn names_in(&self, from: usize, to: usize) -> Vec<Name> {
        let (mut out, mut at) = (Vec::new(), from);
        while let Some(name) = self.name(at, to) {
            at = name.to;
            out.push(name);
        }
        out
    }

    fn name(&self, from: usize, to: usize) -> Option<Name> {
        let mut at = (from..to).find(|i| among(HEADS, self.word(*i)) && self.used.get(*i) == Some(&false))?;
        loop {
            // "workers' remittances".
            let next = at + 1 + usize::from(matches!(self.word(at + 1), "'" | "’") && !self.spaced(at + 1));
            // "public sector net borrowing".
            let next = next + usize::from(matches!(self.word(next), "net" | "gross" | "new") && next > at);
            if next >= to || !among(HEADS, self.word(next)) {
                break;
            }
            at = next;
        }
        let mut first = at;
        while first > from && at - first < 6 {
            if self.names(first - 1) {
                first -= 1;
            } else if first >= from + 2 && self.names(first - 2) && self.compound(first - 1) {
                // "large-scale output", "the goods and services deficit".
                first -= 2;
            } else {
                break;
            }
        }
        let mut words: Vec<&str> =
            (first..=at).map(|i| self.word(i)).filter(|w| w.chars().all(char::is_alphanumeric)).collect();
        let mut end = at + 1;
        // "exports of services".
        if self.word(at + 1) == "of" && self.names(at + 2) && self.word(at + 2) != "%" {
            words.push("of");
            let mut k = at + 2;
            while self.names(k) && k < at + 4 || k > at + 2 && k < at + 4 && self.compound(k) {
                words.push(self.word(k));
                k += 1;
            }
            if self.word(k - 1) == "and" {
                words.push(self.word(k));
                k += 1;
            }
            let both = self.other_half(k);
            words.extend(both.clone().map(|i| self.word(i)));
            k = both.end;
            words.retain(|w| *w != "-");
            end = k;
        }
        let (more, end) = self.qualifier(end, to);
        words.extend(more);
        let slug = words.join("_");
        (!slug.is_empty()).then_some(Name { from: first, to: end, slug })
    }

    /// What narrows a name: "exports to China", "sales at non-food stores", "trade volumes", "imports excluding oil" are
    /// not all exports, all sales, all imports.
    fn qualifier(&self, end: usize, to: usize) -> (Vec<&str>, usize) {
        if matches!(self.word(end), "volume" | "volumes") {
            return (vec!["volume"], end + 1);
        }
        if self.word(end) == "per" && self.word(end + 1) == "capita" {
            return (vec!["per_capita"], end + 2);
        }
        if !among(NARROWS, self.word(end)) {
            return (Vec::new(), end);
        }
        let first = end + 1 + usize::from(self.word(end + 1) == "the");
        let fits = |k: usize| {
            let w = self.word(k);
            let other = [UP, DOWN, MOVES, NEUTRAL].iter().any(|list| among(list, w)) && !self.proper(k);
            self.names(k) && !other && !w.ends_with("ed") && w != "tune"
        };
        let mut k = first;
        while k < to.min(first + 4) && (fits(k) || k > first && self.compound(k) && fits(k + 1)) {
            k += 1;
        }
        if k == first || among(HEADS, self.word(first)) {
            return (Vec::new(), end);
        }
        let words = (first..k).map(|i| self.word(i)).filter(|w| *w != "-");
        (std::iter::once(self.word(end)).chain(words).collect(), k)
    }

    /// The rest of what two words of a name have in common: of "exports of information and communication technology
    /// services rose" all from "and" up to the verb; nothing where a name of its own follows.
    fn other_half(&self, and: usize) -> Range<usize> {
        let any = |i: usize, lists: &[&str]| lists.iter().any(|list| among(list, self.word(i)));
        let noun = |i| self.names(i) && !any(i, &[HEADS, UP, DOWN, MOVES, NEUTRAL]);
        let end = (and + 1..and + 6).find(|i| !noun(*i)).unwrap_or(and);
        let over = any(end, &[UP, DOWN, OBJECTS, NEUTRAL, STOPS]) && !self.parts(end);
        if self.word(and) == "and" && end > and + 1 && over { and..end } else { and..and }
    }

    /// A hyphen within a word, or the "and" of "goods and services".
    fn compound(&self, i: usize) -> bool {
        self.word(i) == "-" && !self.spaced(i) && !self.spaced(i + 1)
            || self.word(i) == "and" && self.back(i, 1) == "goods" && self.word(i + 1) == "services"
    }

    /// A word with a capital that is not the name of a month.
    fn proper(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| {
            t.kind == Kind::Word
                && t.money == Money::No
                && t.lower.chars().all(char::is_alphabetic)
                && t.text.chars().next().is_some_and(char::is_uppercase)
        }) && self.used.get(i) == Some(&false)
    }

    /// Whether a token can be part of a name.
    pub(super) fn names(&self, i: usize) -> bool {
        let Some(t) = self.tokens.get(i) else { return false };
        let plain = t.kind == Kind::Word && t.lower.chars().all(char::is_alphabetic);
        // "IT exports" are not "it exports".
        let acronym = t.text.len() > 1 && t.text.chars().all(char::is_uppercase);
        plain
            && (acronym || ![STOPS, OBJECTS, REPORTS].iter().any(|list| among(list, &t.lower)))
            && (t.money == Money::No || t.lower == "euro" && self.word(i + 1) == "area")
            && self.used.get(i) == Some(&false)
    }

    /// A mark or word after which another subject may stand.
    pub(super) fn parts(&self, i: usize) -> bool {
        matches!(
            self.word(i),
            "," | ";"
                | ":"
                | "("
                | "—"
                | "and"
                | "or"
                | "but"
                | "while"
                | "whereas"
                | "although"
                | "though"
                | "as"
                | "when"
                | "with"
                | "because"
                | "yet"
                | "nor"
        ) || self.word(i) == "." && self.spaced(i + 1)
            || matches!(self.word(i), "–" | "-") && self.spaced(i) && self.spaced(i + 1)
    }

    /// A word that cannot be a subject of its own.
    fn neutral(&self, i: usize) -> bool {
        let Some(t) = self.tokens.get(i) else { return true };
        let w = t.lower.as_str();
        let acronym = t.text.len() > 1 && t.text.chars().all(char::is_uppercase) && among(STOPS, w);
        t.kind != Kind::Word
            || self.used.get(i) == Some(&true)
            || t.money != Money::No
            || !acronym
                && (w.len() == 1
                    || w.ends_with("ly") && !matches!(w, "supply" | "assembly" | "family" | "poultry")
                    || [STOPS, UP, DOWN, MOVES, NEUTRAL, REPORTS].iter().any(|list| among(list, w)))
    }

    /// How a name stands: after a mark, a conjunction or nothing it is a subject, after a preposition an object.
    fn stand(&self, name: &Name, from: usize) -> Stand {
        let mut k = name.from;
        loop {
            let Some(p) = k.checked_sub(1).filter(|p| *p >= from) else { return Stand::Subject };
            let w = self.word(p);
            if among(ADJECTIVES, w) || w.ends_with("'s") || w.ends_with("’s") || matches!(w, "'" | "’") {
                k = p;
                continue;
            }
            // "In April 2024 exports rose", "a $2.4 bn trade deficit".
            if self.used.get(p) == Some(&true) || self.tokens.get(p).is_some_and(|t| t.kind == Kind::Number) {
                return Stand::Subject;
            }
            if among(PARTICLES, w) {
                // "a decline in exports", "the value of exports".
                let noun = self.back(p, 1);
                let sized = w == "of" && among(SIZES, noun) || matches!(w, "in" | "of") && among(MOVES, noun);
                return if sized { Stand::Subject } else { Stand::Object };
            }
            if self.parts(p)
                || matches!(
                    w,
                    "that" | "said" | "say" | "says" | "was" | "were" | "is" | "are" | "!" | "?" | "."
                )
            {
                return Stand::Subject;
            }
            return if among(OBJECTS, w) { Stand::Object } else { Stand::Unclear };
        }
    }

    /// Whether a name stands as a subject.
    pub(super) fn subject(&self, name: &Name, from: usize) -> bool {
        self.stand(name, from) == Stand::Subject
    }

    /// What a number is about.
    pub(super) fn owner(&self, q: &Quantity, from: usize, to: usize, next: usize) -> Result<String, String> {
        if let Some(name) = self.named_after(q, next)? {
            return Ok(name);
        }
        let names = self.names_in(from, q.from);
        let mut found = None;
        for (n, name) in names.iter().enumerate().rev() {
            match self.stand(name, from) {
                Stand::Unclear if n > 0 => return Err(OTHER.into()),
                // "outpaced imports, which rose 2.0%".
                Stand::Object if self.relative(name.to, q.from) => return Err(OTHER.into()),
                Stand::Object => {}
                _ => {
                    found = Some(n);
                    break;
                }
            }
        }
        let found = found.or((!names.is_empty()).then_some(0));
        let Some((n, name)) = found.and_then(|n| Some((n, names.get(n)?))) else {
            return self.unnamed(q, from, to, next);
        };
        // "The price of exports", "the unit value of exports", "the share of exports".
        let the = usize::from(matches!(self.back(name.from, 1), "the" | "its" | "total"));
        if self.back(name.from, 1 + the) == "of" && among(ASPECTS, self.back(name.from, 2 + the))
            || self.back(name.from, 3 + the) == "unit"
        {
            return Err(OTHER.into());
        }
        // "Exports and imports were $3.2 bn and $4.1 bn".
        let joint = n.checked_sub(1).and_then(|k| names.get(k)).is_some_and(|before| {
            (before.to..name.from)
                .all(|i| matches!(self.word(i), "and" | "or" | "," | "the" | "both" | "its"))
        });
        if joint {
            return Err(BOTH.into());
        }
        // "debt repayments", "exports" of something.
        let more = name.to < q.from
            && self.tokens.get(name.to).is_some_and(|t| t.kind == Kind::Word)
            && !self.neutral(name.to)
            && !self.word(name.to).ends_with("ed");
        if more || self.other_between(name.to, q.from, false, &names) {
            Err(OTHER.into())
        } else {
            Ok(name.slug.clone())
        }
    }

    /// A relative clause on what was just named holds the number.
    fn relative(&self, at: usize, number: usize) -> bool {
        let which = at + usize::from(self.word(at) == ",");
        matches!(self.word(which), "which" | "that" | "who")
            && (which..number).all(|i| !matches!(self.word(i), "," | ";"))
    }

    /// The name behind a number: "a 1.31% increase in exports", "a $2.4 bn trade deficit".
    fn named_after(&self, q: &Quantity, next: usize) -> Result<Option<String>, String> {
        let mut k = q.to;
        let adjacent = |k: usize| {
            let i = (k..next.min(k + 5)).find(|i| !self.names(*i)).unwrap_or(next.min(k + 5));
            self.name(k, i.max(k)).filter(|n| n.from == k)
        };
        if let Some(name) = adjacent(k).filter(|_| self.tokens.get(k).is_some_and(|t| t.kind == Kind::Word)) {
            return Ok(Some(name.slug));
        }
        while k < next
            && (among(ADJECTIVES, self.word(k))
                || matches!(self.word(k), "year" | "on" | "month" | "-" | "yoy"))
        {
            k += 1;
        }
        let moved = among(MOVES, self.word(k));
        let behind = (1..=3).any(|b| {
            among(MOVES, self.back(q.from, b))
                && (1..b).all(|c| self.back(q.from, c) == "of" || !self.parts(q.from - c))
        });
        let at = if moved {
            k + 1
        } else if behind {
            q.to
        } else {
            return Ok(None);
        };
        if !matches!(self.word(at), "in" | "of") || at >= next {
            return Ok(None);
        }
        let end = (at + 1..next)
            .find(|i| {
                self.parts(*i)
                    || self.used.get(*i) == Some(&true)
                    || among(PARTICLES, self.word(*i)) && self.word(*i) != "of"
            })
            .unwrap_or(next);
        if let Some(name) = self.name(at + 1, next).filter(|n| n.from < end) {
            return Ok(Some(name.slug));
        }
        let other =
            (at + 1..end).any(|i| !self.neutral(i)) && !(at + 1..end).any(|i| self.word(i) == "terms");
        if other { Err(OTHER.into()) } else { Ok(None) }
    }

    /// A number before which its sentence names nothing.
    fn unnamed(&self, q: &Quantity, from: usize, to: usize, next: usize) -> Result<String, String> {
        let later = self.name(q.to, to);
        // "earned $310 million from exports".
        if let Some(name) = &later
            && name.from <= q.to + 3
            && name.from > q.to
            && !q.percent
            && (q.to..name.from)
                .all(|i| matches!(self.word(i), "in" | "of" | "on" | "from" | "worth" | "the" | "its"))
        {
            return Ok(name.slug.clone());
        }
        if self.other_between(from, q.from, true, &[]) {
            return Err(NOBODY.into());
        }
        let pronoun = (from..q.from).any(|i| {
            matches!(self.word(i), "it" | "they" | "this" | "that" | "these" | "which" | "its" | "their")
        });
        if let Some(name) = later.filter(|n| !pronoun && n.to <= next.max(n.from))
            && (q.to..name.from).any(|i| self.word(i) == ",")
            && self.stand(&name, q.to) == Stand::Subject
            && !self.other_between(q.to, name.from, false, &[])
        {
            return Ok(name.slug);
        }
        if self.several {
            return Err(WHICH.into());
        }
        self.concept.clone().ok_or_else(|| NOBODY.into())
    }

    /// Whether a word that is not known stands where a subject could, between a name and a number.
    fn other_between(&self, from: usize, to: usize, opened: bool, names: &[Name]) -> bool {
        let (mut open, mut sure, mut maybe) = (opened, false, false);
        let mut outside = None;
        let mut i = from;
        while i < to {
            let w = self.word(i);
            if let Some(name) = names.iter().find(|n| n.from == i) {
                i = name.to;
                continue;
            }
            if w == "(" {
                outside = Some((open, sure, maybe));
                open = true;
            } else if let (")", Some(was)) = (w, outside) {
                // What was in brackets is over.
                (open, sure, maybe) = was;
            } else if w == "according" {
                while i < to && self.word(i) != "," {
                    i += 1;
                }
                continue;
            } else if among(REPORTS, w) {
                // "the bureau said".
                maybe = false;
            } else if self.parts(i) {
                sure |= maybe;
                maybe = false;
                open = true;
            } else if open && !self.neutral(i) {
                maybe = true;
            }
            i += 1;
        }
        sure || maybe
    }

    /// Whether what follows a number says that it counts or describes something else: "1,200 firms", "a 5% stake".
    pub(super) fn counts_other(&self, q: &Quantity, to: usize) -> bool {
        let i = q.to;
        i < to
            && self.tokens.get(i).is_some_and(|t| t.kind == Kind::Word)
            && !self.neutral(i)
            && !self.heads(i, to)
    }

    /// Whether a name begins at a token.
    fn heads(&self, i: usize, to: usize) -> bool {
        let end = (i..to.min(i + 5)).find(|k| !self.names(*k)).unwrap_or(to.min(i + 5));
        self.name(i, end.max(i)).is_some_and(|n| n.from == i)
    }
}
