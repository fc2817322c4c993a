//! Sentences as figures and claims: the role of each number from the words around it.

use super::lex::{Kind, Token, currency, scale};
use super::time::Found;
use super::{Drafted, Unplaced};
use crate::audit::figure::Printed;
use crate::audit::item::Span;
use crate::number::rational::Rational;
use serde_json::{Map, Value, json};

/// Nouns that name what is measured.
const HEADS: &str = "exports export imports import remittances remittance inflows outflows deficit surplus balance gdp \
inflation cpi output production sales revenue revenues collection collections receipts reserves debt trade investment fdi \
jobs payrolls employment unemployment wages earnings index prices income turnover shipments deposits loans credit borrowing \
spending expenditure budget tax taxes gst sector industry expenditures profits profit orders workers arrivals";
/// Words that end a name.
const STOPS: &str = "the a an of in to for from by with and or its their his this that these has have had was were is are be \
been total overall at on as it which while but up down rose fell grew increased decreased declined stood reached hit recorded \
registered surged jumped dropped than over under about around nearly almost some during compared against also said monthly \
record highest lowest new historic unprecedented revised previous last current year month corresponding same into momentum \
growth increase decrease decline rise fall drop surge jump target exceeding exceeded crossed surpassing surpassed amounted \
totalled totaled negative positive growing rising falling towards after before since until more less its being will would \
cumulative seasonally adjusted annual rate value worth goods-and whose when where per cent percent share emerged frontrunner";
const DOWN: &str = "fell fall falls fallen falling decline declined declines declining decrease decreased decreases drop \
dropped drops dropping down lower contracted contraction shrank slid slipped slumped plunged negative reduction loss fewer";
const UP: &str = "rose rise rises risen rising increase increased increases increasing grew grow grows growth growing surge \
surged surging jump jumped jumping up higher gain gained climbed climb expanded expansion advanced soared improved improvement \
more accelerated widened uptick hike";
const OVER: [&str; 12] = [
    "over",
    "than",
    "above",
    "crossed",
    "crossing",
    "surpassing",
    "surpassed",
    "exceeding",
    "exceeded",
    "least",
    "topped",
    "topping",
];
const NEARLY: [&str; 4] = ["nearly", "almost", "under", "below"];
const ABOUT: [&str; 6] = ["around", "about", "approximately", "roughly", "some", "nearby"];

fn among(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|w| w == word)
}

/// What a rate or a change is measured against.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Base {
    Months(i32),
    Period(Span),
}

/// A number with its unit, as found in the text.
#[derive(Debug, Clone)]
struct Quantity {
    from: usize,
    to: usize,
    text: String,
    scale: &'static str,
    unit: Option<&'static str>,
    percent: bool,
    points: Option<&'static str>,
    approx: Option<&'static str>,
}

/// The state while a text is read.
pub struct Reader<'a> {
    chars: &'a [char],
    tokens: &'a [Token],
    periods: &'a [Found],
    latest: Option<Span>,
    used: Vec<bool>,
    why: Vec<Option<String>>,
    concept: Option<String>,
    entries: Vec<Drafted>,
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

    fn word(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| &t.lower)
    }

    fn back(&self, i: usize, by: usize) -> &str {
        i.checked_sub(by).map_or("", |k| self.word(k))
    }

    /// Whether the tokens from a place are these words, hyphens passed over.
    fn says(&self, mut i: usize, words: &[&str]) -> Option<usize> {
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
    fn ends(&self, at: usize) -> bool {
        let Some(t) = self.tokens.get(at) else { return true };
        let stop = matches!(self.back(at, 1), "." | "!" | "?") && t.spaced;
        let capital =
            t.text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || c == '“');
        // "Rs. 500" and "U.S. exports" are not ends.
        let short = currency(self.back(at, 2)).is_some() || self.back(at, 2).chars().count() == 1;
        t.paragraph || (stop && capital && !short)
    }

    fn sentence(&mut self, from: usize, to: usize) {
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
            let done = if q.percent || q.points.is_some() {
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

    fn mark(&mut self, i: usize) {
        if let Some(u) = self.used.get_mut(i) {
            *u = true;
        }
    }

    /// Numbers with a unit.
    fn quantities(&self, from: usize, to: usize) -> Vec<Quantity> {
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

    fn quantity(&self, at: usize, from: usize, to: usize) -> Quantity {
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
        // Sign and currency before it.
        let mut k = at;
        let mut sign = "";
        let mut look = |k: &mut usize| {
            for _ in 0..3 {
                let before = k.checked_sub(1).filter(|b| *b >= from);
                let Some(b) = before else { return };
                let w = self.word(b);
                let tight = self.tokens.get(*k).is_some_and(|t| !t.spaced);
                if let Some(code) = currency(w) {
                    q.unit = Some(code);
                    *k = b;
                } else if w == "."
                    && b.checked_sub(1).is_some_and(|c| currency(self.word(c)).is_some())
                    && !tight_sentence(self.tokens, b)
                {
                    q.unit = currency(self.word(b - 1));
                    *k = b - 1;
                } else if matches!(w, "-" | "−") && tight && self.sign_at(b, from) {
                    sign = "-";
                    *k = b;
                } else if w == "+" && tight {
                    *k = b;
                } else {
                    return;
                }
            }
        };
        look(&mut k);
        q.from = k;
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
        for b in 1..=3 {
            let w = self.back(q.from, b);
            if among(HEADS, w) || matches!(w, "," | "." | "(" | ")") {
                break;
            }
            let over = OVER.contains(&w)
                && (w != "than" || matches!(self.back(q.from, b + 1), "more" | "greater" | "higher"));
            let over = over && !(w == "over" && b > 1) && (w != "least" || self.back(q.from, b + 1) == "at");
            q.approx = q.approx.or(if over {
                Some("over")
            } else if NEARLY.contains(&w) {
                Some("nearly")
            } else if ABOUT.contains(&w) {
                Some("about")
            } else {
                None
            });
        }
        q
    }

    /// A minus is a sign where no word or number stands tightly before it, except a currency.
    fn sign_at(&self, dash: usize, from: usize) -> bool {
        let tight = self.tokens.get(dash).is_some_and(|t| !t.spaced);
        let before = dash.checked_sub(1).filter(|b| *b >= from).map_or("", |b| self.word(b));
        !tight || currency(before).is_some() || matches!(before, "(" | "")
    }

    /// The name that the first noun phrase before the first number gives, or any of the sentence.
    fn subject(&self, from: usize, to: usize, quantities: &[Quantity]) -> Option<String> {
        let first = quantities.first().map_or(to, |q| q.from);
        self.name_in(from, first).or_else(|| self.name_in(first, to))
    }

    /// The first name among some tokens.
    fn name_in(&self, from: usize, to: usize) -> Option<String> {
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
    fn names(&self, i: usize) -> bool {
        let Some(t) = self.tokens.get(i) else { return false };
        let plain = t.kind == Kind::Word && t.lower.chars().all(char::is_alphabetic);
        // "IT exports" are not "it exports".
        let acronym = t.text.len() > 1 && t.text.chars().all(char::is_uppercase);
        plain
            && (acronym || !among(STOPS, &t.lower))
            && currency(&t.lower).is_none()
            && self.used.get(i) == Some(&false)
    }

    /// What a rate or change is measured against, in a stretch of tokens: the relation and its place.
    fn bases(&self, from: usize, to: usize) -> Vec<(usize, Base)> {
        const YEAR: [&[&str]; 20] = [
            &["year", "on", "year"],
            &["yoy"],
            &["y", "/", "y"],
            &["year", "over", "year"],
            &["a", "year", "earlier"],
            &["a", "year", "ago"],
            &["one", "year", "earlier"],
            &["period", "last", "year"],
            &["month", "last", "year"],
            &["period", "of", "last", "year"],
            &["month", "of", "last", "year"],
            &["period", "of", "the", "last", "year"],
            &["period", "of", "the", "previous", "year"],
            &["month", "of", "the", "previous", "year"],
            &["period", "of", "previous", "year"],
            &["previous", "year"],
            &["the", "year", "before"],
            &["period", "of", "the", "last", "fiscal", "year"],
            &["previous", "fiscal", "year"],
            &["last", "fiscal", "year"],
        ];
        const MONTH: [&[&str]; 9] = [
            &["month", "on", "month"],
            &["mom"],
            &["m", "/", "m"],
            &["month", "over", "month"],
            &["previous", "month"],
            &["a", "month", "earlier"],
            &["preceding", "month"],
            &["last", "month"],
            &["month", "before"],
        ];
        const QUARTER: [&[&str]; 4] =
            [&["quarter", "on", "quarter"], &["qoq"], &["previous", "quarter"], &["preceding", "quarter"]];
        let mut out: Vec<(usize, Base)> = Vec::new();
        for i in from..to {
            for (lists, months) in [(&YEAR[..], 12), (&MONTH[..], 1), (&QUARTER[..], 3)] {
                if lists.iter().any(|w| self.says(i, w).is_some_and(|e| e <= to))
                    && !out.iter().any(|(_, b)| *b == Base::Months(months))
                {
                    out.push((i, Base::Months(months)));
                }
            }
        }
        for p in self.periods.iter().filter(|p| p.from >= from && p.to <= to && p.is_base) {
            if let Some(span) = p.span {
                out.push((p.from, Base::Period(span)));
            }
        }
        out.sort_by_key(|(i, _)| *i);
        out
    }

    /// The period that a number is about: the nearest one of its sentence that is not a base.
    fn period(
        &self,
        q: &Quantity,
        (from, to, before, next): (usize, usize, usize, usize),
    ) -> Option<(Span, bool)> {
        let inside = |p: &&Found, a: usize, b: usize| p.from >= a && p.to <= b && !p.is_base;
        let span = |p: &Found| p.span;
        let after = self.periods.iter().filter(|p| inside(p, q.to, next)).find_map(span);
        let near = self.periods.iter().filter(|p| inside(p, before, q.from)).filter_map(span).last();
        let lead = self.periods.iter().filter(|p| inside(p, from, q.from)).filter_map(span).last();
        let tail = self.periods.iter().filter(|p| inside(p, q.to, to)).find_map(span);
        let found = after.or(near).or(lead).or(tail);
        let found = found.map(|s| (s, true)).or_else(|| self.latest.map(|s| (s, false)))?;
        // "12-month cumulative", "in the 12 months to April".
        let year = (from..to).any(|i| {
            self.word(i) == "12"
                && (self.says(i, &["12", "month"]).is_some() || self.says(i, &["12", "months"]).is_some())
        });
        if year && found.0.months() == 1 {
            return Some((Span { first: found.0.last - 11, last: found.0.last }, true));
        }
        Some(found)
    }

    /// The sign that the words around a number give it.
    fn direction(&self, q: &Quantity, (from, _, before, next): (usize, usize, usize, usize)) -> Option<i8> {
        let of = |w: &str| {
            if among(DOWN, w) {
                Some(-1)
            } else if among(UP, w) {
                Some(1)
            } else {
                None
            }
        };
        let lead = (before.max(from)..q.from).rev().take(6).find_map(|i| {
            // "negative growth of".
            if among(UP, self.word(i)) && self.back(i, 1) == "negative" { Some(-1) } else { of(self.word(i)) }
        });
        let tail = (q.to..next.min(q.to + 4)).find_map(|i| of(self.word(i)));
        lead.or(tail).or_else(|| (from..q.from).rev().find_map(|i| of(self.word(i))))
    }

    /// A percentage or a number of points.
    fn rate(&mut self, q: &Quantity, place: (usize, usize, usize, usize)) -> Result<(), String> {
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
    fn annual_rate(&self, from: usize, to: usize) -> bool {
        (from..to).any(|i| self.says(i, &["adjusted", "annual", "rate"]).is_some() || self.word(i) == "saar")
    }

    /// An amount: a figure, or the size of a change.
    fn amount(
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
            let own = self.periods.iter().find(|p| p.from >= q.to && p.to <= next).and_then(|p| p.span);
            let tail = self.bases(q.to, next).first().map(|(_, b)| back(span, *b));
            let step = if span.months() == 1 { 1 } else { 12 };
            own.or(tail).or(revised.then_some(Span { first: span.first - step, last: span.last - step }))
        };
        let bracket = self
            .periods
            .iter()
            .find(|p| p.to + 1 == q.from && p.is_base && lead.first() == Some(&"("))
            .and_then(|p| p.span);
        let (at, known) = match (bracket, base_like, base_span) {
            (Some(s), ..) => (s, true),
            (None, true, Some(s)) => (s, true),
            (None, true, None) => return Err("the period it belongs to is not said".into()),
            _ => (span, stated),
        };
        let name = match (&last, paren && bracket.is_none()) {
            (Some((name, _)), true) => name.clone(),
            _ if base_like || bracket.is_some() => concept,
            // After an earlier number the clause names its own quantity: "imports around 5 billion".
            _ => self.name_in(before, q.from).filter(|_| before > from).unwrap_or(concept),
        };
        let label = item(&name, at, if revised { "revised" } else { "" });
        let map = with(&[("item", &label), ("value", &q.text)], &extra);
        if !base_like && bracket.is_none() {
            *last = Some((name, at));
        }
        self.push(false, map, q, place, known);
        Ok(())
    }

    /// Records, streaks and multiples in words.
    fn remarks(&mut self, from: usize, to: usize, last: Option<(String, Span)>) {
        let last_known = last.is_some();
        let subject = last.or_else(|| {
            let at = Quantity {
                from: to,
                to,
                text: String::new(),
                scale: "one",
                unit: None,
                percent: false,
                points: None,
                approx: None,
            };
            Some((self.concept.clone()?, self.period(&at, (from, to, from, to))?.0))
        });
        let figure = last_known;
        let Some((subject, span)) = subject else { return };
        for i in from..to {
            // A verb takes the quantity just before it: "and imports doubled".
            let near =
                self.name_in(i.saturating_sub(2).max(from), i).filter(|_| among(HEADS, self.back(i, 1)));
            let concept = near.unwrap_or_else(|| subject.clone());
            let of = item(&concept, span, "");
            let place = Quantity {
                from: i,
                to: i + 1,
                text: String::new(),
                scale: "one",
                unit: None,
                percent: false,
                points: None,
                approx: None,
            };
            let sense = match self.word(i) {
                "highest" => Some("highest_since"),
                "lowest" => Some("lowest_since"),
                _ => None,
            };
            let since = self
                .periods
                .iter()
                .find(|p| p.from > i && p.to <= to && p.from < i + 8 && self.back(p.from, 1) == "since")
                .and_then(|p| p.span);
            if let (Some(kind), Some(since)) = (sense, since) {
                let map = claim(kind, &[("of", &of), ("since", &since.label())]);
                self.push(true, map, &place, (from, to, from, to), true);
                continue;
            }
            let streak = self.tokens.get(i).is_some_and(|t| t.kind == Kind::Ordinal)
                && ((i..to.min(i + 4))
                    .any(|k| matches!(self.word(k), "consecutive" | "straight" | "successive"))
                    || (i..to.min(i + 3)).any(|k| self.says(k, &["in", "a", "row"]).is_some()));
            if streak {
                let n: String = self.word(i).chars().take_while(char::is_ascii_digit).collect();
                let sense = if (from..to).any(|k| among(DOWN, self.word(k))) { "low" } else { "high" };
                let map = claim("streak", &[("of", &of), ("value", &n), ("sense", sense)]);
                self.push(true, map, &place, (from, to, from, to), true);
                self.mark(i);
                continue;
            }
            let fold = match self.word(i) {
                "doubled" | "twofold" | "double" => Some("2"),
                "tripled" | "threefold" => Some("3"),
                "quadrupled" | "fourfold" => Some("4"),
                "fivefold" => Some("5"),
                "tenfold" => Some("10"),
                _ => None,
            };
            let base = self.bases(from, to).first().map(|(_, b)| back(span, *b));
            if let (Some(n), Some(base)) = (fold, base) {
                let map = claim(
                    "multiple",
                    &[("of", &of), ("base", &item(&concept, base, "")), ("value", n), ("approx", "word")],
                );
                self.push(true, map, &place, (from, to, from, to), true);
            }
            let high = self.says(i, &["all", "time", "high"]).or_else(|| self.says(i, &["historic", "high"]));
            let record = figure
                && (matches!(self.word(i), "record" | "unprecedented")
                    || high.or_else(|| self.says(i, &["highest", "ever"])).is_some())
                || (self.word(i) == "first" && (i..to.min(i + 5)).any(|k| self.word(k) == "history"));
            if record {
                let map = claim("record", &[("of", &of), ("among", &concept)]);
                self.push(true, map, &place, (from, to, from, to), true);
            }
        }
    }

    /// Adds an entry, unless it says what another already says.
    fn push(
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
                        "part of a name".into()
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

/// A full stop that ends a sentence, not an abbreviation such as "Rs.".
fn tight_sentence(tokens: &[Token], stop: usize) -> bool {
    tokens.get(stop).is_some_and(|t| t.spaced)
}

fn back(span: Span, base: Base) -> Span {
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

fn item(concept: &str, span: Span, vintage: &str) -> String {
    let mark = if vintage.is_empty() { "" } else { "#" };
    format!("{concept}@{}{mark}{vintage}", span.label())
}

fn claim(kind: &str, fields: &[(&str, &str)]) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("kind".into(), json!(kind));
    for (k, v) in fields {
        map.insert((*k).to_string(), json!(v));
    }
    map
}
