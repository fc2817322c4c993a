//! What surrounds a number: its period, what it is compared with, and whether it rose or fell.

use super::clause::Reader;
use super::quantity::Quantity;
use super::time::Found;
use super::vocabulary::{DOWN, UP, among};
use crate::audit::item::Span;

/// What a rate or a change is measured against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Base {
    Months(i32),
    Period(Span),
}

impl Reader<'_> {
    /// What a rate or change is measured against, in a stretch of tokens: the relation and its place.
    pub(super) fn bases(&self, from: usize, to: usize) -> Vec<(usize, Base)> {
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
        for p in self.periods_in(from, to).iter().filter(|p| p.to <= to && p.is_base) {
            if let Some(span) = p.span {
                out.push((p.from, Base::Period(span)));
            }
        }
        out.sort_by_key(|(i, _)| *i);
        out
    }

    /// The period that a number is about: the nearest one of its sentence that is not a base.
    pub(super) fn period(
        &self,
        q: &Quantity,
        (from, to, before, next): (usize, usize, usize, usize),
    ) -> Option<(Span, bool)> {
        // "The highest since June 2022" is not about June 2022.
        let inside = |p: &&Found, a: usize, b: usize| {
            p.from >= a && p.to <= b && !p.is_base && self.back(p.from, 1) != "since"
        };
        let span = |p: &Found| p.span;
        let after = self.periods_in(q.to, next).iter().filter(|p| inside(p, q.to, next)).find_map(span);
        let near = self
            .periods_in(before, q.from)
            .iter()
            .filter(|p| inside(p, before, q.from))
            .filter_map(span)
            .next_back();
        let lead = self
            .periods_in(from, q.from)
            .iter()
            .filter(|p| inside(p, from, q.from))
            .filter_map(span)
            .next_back();
        let tail = self.periods_in(q.to, to).iter().filter(|p| inside(p, q.to, to)).find_map(span);
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
    pub(super) fn direction(
        &self,
        q: &Quantity,
        (from, _, before, next): (usize, usize, usize, usize),
    ) -> Option<i8> {
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
}
