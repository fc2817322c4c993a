//! What surrounds a number: its period, what it is compared with, and whether it rose or fell.

use super::clause::{Place, Reader};
use super::loose::is_against;
use super::quantity::Quantity;
use super::time::Found;
use super::vocabulary::{EXPECTED, REPORTS, among};
use crate::audit::item::Span;

/// What a rate or a change is measured against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Base {
    Months(i32),
    Period(Span),
    /// What corresponds to the period in a year.
    Within(Span),
}

impl Base {
    /// The period that one is compared with.
    pub(super) fn before(self, span: Span) -> Result<Span, String> {
        let step = |n: i32| Span { first: span.first - n, last: span.last - n };
        match self {
            Self::Months(12) => Ok(step(12)),
            Self::Months(n) if n == span.months() => Ok(step(n)),
            Self::Months(_) => Err("it is compared with a period of another length".into()),
            Self::Period(p) if p == span => Err("it would be compared with its own period".into()),
            Self::Period(p) if p.months() != span.months() => {
                Err("it is compared with a period of another length".into())
            }
            Self::Period(p) => Ok(p),
            Self::Within(year) => (1..=30)
                .map(|n| step(12 * n))
                .find(|s| s.last >= year.first && s.last <= year.last)
                .ok_or_else(|| "what it is compared with is not said".into()),
        }
    }
}

const UNREAD: &str = "the time it belongs to is not read here";
const WHICH: &str = "more than one period could be meant";

impl Reader<'_> {
    /// What a rate or change is measured against, in a stretch of tokens: the relation and its place.
    pub(super) fn bases(&self, from: usize, to: usize) -> Vec<(usize, Base)> {
        const YEAR: [&[&str]; 22] = [
            &["y", "o", "y"],
            &["on", "the", "year"],
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
        const MONTH: [&[&str]; 11] = [
            &["m", "o", "m"],
            &["a", "month", "ago"],
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
        const QUARTER: [&[&str]; 9] = [
            &["q", "o", "q"],
            &["quarter", "on", "quarter"],
            &["quarter", "over", "quarter"],
            &["qoq"],
            &["q", "/", "q"],
            &["a", "quarter", "earlier"],
            &["previous", "quarter"],
            &["preceding", "quarter"],
            &["previous", "three", "months"],
        ];
        let mut out: Vec<(usize, Base)> = Vec::new();
        for i in from..to {
            for (lists, months) in [(&YEAR[..], 12), (&MONTH[..], 1), (&QUARTER[..], 3)] {
                // "Rose 5% last month" is no comparison with last month.
                let alone =
                    matches!(self.word(i), "last" | "previous" | "preceding") && !is_against(self.tokens, i);
                if !alone
                    && lists.iter().any(|w| self.says(i, w).is_some_and(|e| e <= to))
                    && !out.iter().any(|(_, b)| *b == Base::Months(months))
                {
                    out.push((i, Base::Months(months)));
                }
            }
        }
        for p in self.periods_in(from, to).iter().filter(|p| p.to <= to && p.is_base) {
            if let Some(span) = p.span {
                out.push((p.from, if p.same { Base::Within(span) } else { Base::Period(span) }));
            }
        }
        out.sort_by_key(|(i, _)| *i);
        out
    }

    /// What a number is compared with: what its own clause says, or the only comparison of the sentence.
    pub(super) fn base(&self, q: &Quantity, (from, to, before, next): Place) -> Result<Base, String> {
        let near = (q.to..next).find(|i| self.parts(*i)).unwrap_or(next);
        let own = [self.bases(q.to, near), self.bases(before, q.from), self.bases(near, next)];
        let [tight, lead, tail] = &own;
        // "up 1.31% from $306 million in March", "compared with $407.8 million in March, a decline of 1.7 per cent".
        let turned = |comma: bool| {
            let joined = |i| !self.parts(i) || comma && self.word(i) == ",";
            let ahead = |at: usize| at >= next && (q.to..at).all(joined);
            let behind = |at: usize| comma && at < q.from && (at..q.from).all(joined);
            let at = *self.taken.iter().find(|at| ahead(**at) || behind(**at))?;
            self.periods_in(at, at + 1).first()?.span.map(Base::Period)
        };
        let near = tight.first().map(|(_, base)| *base).or_else(|| turned(false));
        if let Some(base) = near.or_else(|| lead.last().or(tail.first()).map(|(_, base)| *base)) {
            return Ok(base);
        }
        let all = self.bases(from, to);
        match all.as_slice() {
            [] => turned(true).ok_or_else(|| "what it is compared with is not said".into()),
            [(_, base)] => Ok(*base),
            _ => Err("it could be compared with more than one period".into()),
        }
    }

    /// What kind of number the words of its clause make of it that is neither an outcome nor a total.
    pub(super) fn aside_from_outcomes(
        &self,
        q: &Quantity,
        concept: &str,
        (from, _, _, next): Place,
    ) -> Option<&'static str> {
        let near = (q.to..next).find(|i| self.parts(*i)).unwrap_or(next);
        let split = |i: &usize| matches!(self.word(*i), "," | ";" | "(" | "while" | "but" | "whereas");
        let start = (from..q.from).rev().find(split).unwrap_or(from);
        let clause = || (start..near).filter(|i| !(q.from..q.to).contains(i));
        let expected = clause().any(|i| {
            among(EXPECTED, self.word(i)) && !matches!(self.back(i, 1), "than" | "as")
                || self.word(i) == "target" && self.word(i + 1) == "of"
        });
        if expected {
            return Some("it is expected, not an outcome");
        }
        let mean =
            (from..near).any(|i| matches!(self.word(i), "average" | "averaged" | "averaging" | "averages"));
        let per = matches!(self.word(q.to), "a" | "an" | "per" | "each" | "every")
            && !matches!(self.word(q.to + 2), "earlier" | "ago" | "before")
            || matches!(self.word(q.to), "daily" | "apiece");
        (!q.percent && q.points.is_none() && (per || mean && !concept.contains("average")))
            .then_some("it is an average or a price, not a total")
    }

    /// Words such as "from" or "compared with" before a number make it one of an earlier period.
    pub(super) fn turned(&self, q: &Quantity) -> bool {
        let lead: Vec<&str> = (1..=5).map(|b| self.back(q.from, b)).collect();
        let more_than =
            lead.first() == Some(&"than") && matches!(lead.get(1), Some(&("more" | "greater" | "less")));
        let at = lead.iter().position(|w| matches!(*w, "from" | "against" | "than" | "versus"));
        let at = at.or_else(|| lead.windows(2).position(|w| matches!(w, ["with" | "to", "compared"])));
        // "Rose from a year earlier to $3.2 bn" is no figure of the year before.
        let turned = at.is_some_and(|at| {
            let between = lead.get(..at).unwrap_or_default();
            between.iter().all(|w| !matches!(*w, "earlier" | "ago" | "to" | "before" | "," | ";"))
        });
        turned && !more_than
    }

    /// The period right behind a number: "$306 million in March".
    pub(super) fn own_period(&self, q: &Quantity, next: usize) -> Option<&Found> {
        self.periods_in(q.to, next).iter().find(|p| {
            p.to <= next
                && p.from <= q.to + 2
                && (q.to..p.from).all(|i| !self.parts(i) && self.word(i) != ")")
        })
    }

    /// The period that a number is about: the one of its own clause, or the only one of its sentence.
    pub(super) fn period(
        &self,
        q: &Quantity,
        (from, to, before, next): Place,
    ) -> Result<(Span, bool), String> {
        let inside = |a: usize, b: usize| -> Vec<&Found> {
            let all = self.periods_in(a, b.max(a)).iter();
            all.filter(|p| p.to <= b && !p.is_base && !self.taken.contains(&p.from) && !self.aside(p, to))
                .collect()
        };
        let near = (q.to..next).find(|i| self.parts(*i)).unwrap_or(next);
        let (tight, lead, loose) = (inside(q.to, near), inside(before, q.from), inside(near, next));
        let own = tight.first().or(lead.last()).or(loose.first()).copied();
        let only = |all: Vec<&Found>| -> Result<Option<Found>, String> {
            let first = all.first().copied().cloned();
            let more = first.as_ref().is_some_and(|f| all.iter().any(|p| p.span != f.span));
            if more { Err(WHICH.into()) } else { Ok(first) }
        };
        let found = match own {
            Some(p) => Some(p.clone()),
            None => match only(inside(from, q.from))? {
                Some(p) => Some(p),
                None => only(inside(q.to, to))?,
            },
        };
        // "Exports so far this year reached $12.1 bn in April 2024", "since January".
        let open = |p: &Found| p.span.is_none() || self.back(p.from, 1) == "since";
        if inside(from, near).into_iter().any(open) {
            return Err(UNREAD.into());
        }
        let found = match found {
            Some(p) => (p.span.filter(|_| !open(&p)).ok_or(UNREAD)?, true),
            None => (self.latest.ok_or("no period is named")?, false),
        };
        // "12-month cumulative", "in the 12 months to April".
        let year = (from..to).any(|i| {
            self.word(i) == "12"
                && (self.says(i, &["12", "month"]).is_some() || self.says(i, &["12", "months"]).is_some())
        });
        if year && found.0.months() == 1 {
            return Ok((Span { first: found.0.last - 11, last: found.0.last }, true));
        }
        let sum = (from..to).any(|i| matches!(self.word(i), "cumulative" | "cumulatively"));
        if found.0.months() == 1 && sum { Err(UNREAD.into()) } else { Ok(found) }
    }

    /// A period beside the point: "the highest since June 2022", "the bureau said on 30 April", a date line.
    fn aside(&self, p: &Found, to: usize) -> bool {
        let since = (p.from.saturating_sub(8)..p.from).any(|i| {
            matches!(
                self.word(i),
                "highest" | "lowest" | "high" | "low" | "largest" | "biggest" | "best" | "worst"
            )
        });
        if self.back(p.from, 1) == "since" {
            return since;
        }
        let said = (1..=4).any(|b| {
            let w = self.back(p.from, b);
            among(REPORTS, w) || matches!(w, "released" | "published" | "issued" | "release" | "publication")
        });
        let line = matches!(self.word(p.to), ":" | "-" | "–" | "—" | ")") || p.to >= to;
        p.span.is_none() && (said || line && p.from < 8)
    }
}
