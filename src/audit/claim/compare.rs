//! Claims that compare: records, ranks, streaks, and rates between those of the parts.

use super::super::item::Span;
use super::super::model::Says;
use super::super::system::Form;
use super::super::words::counted;
use super::{Reader, bad};
use crate::error::Result;
use crate::number::printed::Printed;
use crate::number::rational::Rational;

/// The most alternatives of one statement ("the fifth largest of forty").
const MOST_ALTERNATIVES: usize = 2000;

impl Reader<'_> {
    pub(super) fn sense(&self) -> Result<i128> {
        match self.claim.sense.as_deref() {
            None | Some("high" | "rise") => Ok(1),
            Some("low" | "fall") => Ok(-1),
            Some(other) => bad(format!("sense = \"{other}\" is not known; it is \"high\" or \"low\"")),
        }
    }

    /// The single item of `of`, which records and streaks are about.
    pub(super) fn subject(&mut self) -> Result<usize> {
        let of = self.claim.of.clone();
        match self.one(of.as_ref())? {
            Some(i) => Ok(i),
            None => bad(format!("a claim of kind {} is about one item", self.claim.kind)),
        }
    }

    /// Known variables like the subject (same rate, vintage, adjustment, length), by their span.
    pub(super) fn alike(&self, subject: usize, concept: &str, keep: impl Fn(Span) -> bool) -> Vec<usize> {
        let Some(x) = self.model.variables.get(subject) else { return vec![] };
        let mut out: Vec<usize> = (0..self.model.variables.len())
            .filter(|i| *i != subject)
            .filter(|i| {
                self.model.variables.get(*i).is_some_and(|v| {
                    v.item.concept == concept
                        && v.item.rate == x.item.rate
                        && v.adjustment == x.adjustment
                        && v.prices == x.prices
                        && v.unit == x.unit
                        && v.item.span.months() == x.item.span.months()
                        && !v.figures.is_empty()
                        && keep(v.item.span)
                })
            })
            .collect();
        out.sort_by_key(|i| self.model.variables.get(*i).map(|v| v.item.span));
        out
    }

    /// `record` and `rank`.
    pub(super) fn among(
        &mut self,
        missing: &mut Option<String>,
        notes: &mut Vec<String>,
    ) -> Result<(Says, String)> {
        let c = self.claim;
        let x = self.subject()?;
        let span = self.model.variables.get(x).map_or(Span { first: 0, last: 0 }, |v| v.item.span);
        let members = c.among.clone().map(|o| o.members().to_vec()).unwrap_or_default();
        let since = c.since.as_ref().map(|t| Span::parse(&t.0, self.model.year_start)).transpose()?;
        let concept = match members.as_slice() {
            [one] if !one.contains('@') => Some(one.clone()),
            [] => return bad("`among` is empty"),
            _ => None,
        };
        let others = match &concept {
            Some(concept) => {
                let from = since.map_or(i32::MIN, |s| s.first);
                let record = c.kind == "record";
                let found = self.alike(x, concept, |s| {
                    s.first >= from
                        && (if record { s.last < span.first } else { s.last <= span.last || s == span })
                });
                let first = found.first().and_then(|i| self.model.variables.get(*i)).map(|v| v.item.span);
                let length = span.months().max(1);
                let needed = since.or(first).map_or(0, |s| (span.first - s.first) / length);
                let have = i32::try_from(found.len()).unwrap_or(i32::MAX);
                if found.is_empty() {
                    *missing = Some(format!("needs the series of {concept}"));
                } else if record && have < needed {
                    let figures = counted(needed - have, "figure");
                    *missing = Some(format!("needs {figures} of {concept} that are not in the release"));
                } else if since.is_none()
                    && let Some(s) = first
                {
                    notes.push(format!("since {}, where the sample starts", s.label()));
                }
                found
            }
            None if since.is_some() => {
                return bad("`since` goes with a concept in `among`, not with a list of items");
            }
            None => {
                let mut list = Vec::new();
                for m in &members {
                    let i = self.var(m)?;
                    if i != x {
                        list.push(i);
                    }
                }
                if list.is_empty() {
                    return bad(format!("{} is compared with itself", Reader::text(c.of.as_ref())));
                }
                list
            }
        };
        let months = Rational::int(i128::from(c.months.unwrap_or(1).max(1)));
        let x = Form::item(x);
        let gaps: Vec<Form> = others.iter().map(|i| x.plus(&Form::item(*i), &-&months.recip())).collect();
        for g in &gaps {
            self.same_unit(g)?;
        }
        if c.kind == "record" {
            let sense = Rational::int(self.sense()?);
            let beyond = gaps.iter().map(|g| (Form::default().plus(g, &sense), true)).collect();
            return Ok((Says::Compare(beyond, vec![]), format!("{} a record", Reader::text(c.of.as_ref()))));
        }
        self.rank(&gaps, concept.is_some(), missing)
    }

    /// `rank`: so many are at least as large, the others not larger.
    fn rank(&self, gaps: &[Form], open: bool, missing: &mut Option<String>) -> Result<(Says, String)> {
        let c = self.claim;
        let k = c
            .value
            .as_ref()
            .map(|v| Printed::parse(&v.0))
            .transpose()?
            .filter(|p| p.decimals == 0 && p.mantissa > 0);
        let Some(k) = k.and_then(|p| usize::try_from(p.mantissa).ok()) else {
            return bad("the value of a rank is a whole number from 1");
        };
        let label = format!("{} the {k} of {} by size", Reader::text(c.of.as_ref()), gaps.len() + 1);
        if k > gaps.len() + 1 {
            if open {
                *missing = Some(format!("needs at least {k} figures to rank"));
                return Ok((Says::Compare(vec![], vec![]), label));
            }
            return bad(format!("a rank of {k} among {} items", gaps.len() + 1));
        }
        let Some(above) = subsets(gaps.len(), k - 1) else {
            return Ok((Says::Nothing("too many ways to be of that rank to try them all".into()), label));
        };
        let minus = Rational::int(-1);
        let ways = above
            .iter()
            .map(|set| {
                let turn = |(i, g): (usize, &Form)| {
                    if set.contains(&i) { Form::default().plus(g, &minus) } else { g.clone() }
                };
                gaps.iter().enumerate().map(turn).collect()
            })
            .collect();
        Ok((
            if k == 1 {
                Says::Compare(gaps.iter().map(|g| (g.clone(), false)).collect(), vec![])
            } else {
                Says::Compare(vec![], vec![ways])
            },
            label,
        ))
    }

    /// `highest_since` and `lowest_since`: beyond everything after the period, not beyond the period itself.
    pub(super) fn since(&mut self, missing: &mut Option<String>) -> Result<(Says, String)> {
        let c = self.claim;
        let x = self.subject()?;
        let (span, concept) = match self.model.variables.get(x) {
            Some(v) => (v.item.span, v.item.concept.clone()),
            None => return bad("the item is not known"),
        };
        let since = Span::parse(&c.since.clone().unwrap_or_default().0, self.model.year_start)?;
        if since.months() != span.months() || since.last >= span.first {
            return bad(format!("`since` must be an earlier period of the same length as {}", span.label()));
        }
        let after = self.alike(x, &concept, |s| s.first > since.last && s.last < span.first);
        let then = self.alike(x, &concept, |s| s == since);
        let needed = (span.first - since.last - 1) / span.months();
        let short = needed + 1 - i32::try_from(after.len() + then.len()).unwrap_or(0);
        if short > 0 {
            let figures = counted(short, "figure");
            *missing = Some(format!("needs {figures} of {concept} that are not in the release"));
        }
        let sense = Rational::int(if c.kind == "highest_since" { 1 } else { -1 });
        let x = Form::item(x);
        let gap = |i: &usize, sign: &Rational| Form::default().plus(&x.minus(&Form::item(*i)), sign);
        let mut all: Vec<(Form, bool)> = after.iter().map(|i| (gap(i, &sense), true)).collect();
        all.extend(then.iter().map(|i| (gap(i, &-&sense), false)));
        let word = c.kind.replace('_', " ");
        Ok((
            Says::Compare(all, vec![]),
            format!("{} the {word} {}", Reader::text(c.of.as_ref()), since.label()),
        ))
    }

    /// So many rises (falls) in a row, and before them none.
    pub(super) fn streak(&mut self, missing: &mut Option<String>) -> Result<(Says, String)> {
        let c = self.claim;
        let x = self.subject()?;
        let n = c.value.as_ref().map(|v| Printed::parse(&v.0)).transpose()?.filter(|p| p.decimals == 0);
        let Some(n) = n.and_then(|p| i32::try_from(p.mantissa).ok()).filter(|n| (1..=10_000).contains(n))
        else {
            return bad("the value of a streak is a whole number of periods from 1 to 10,000");
        };
        let (span, concept) = match self.model.variables.get(x) {
            Some(v) => (v.item.span, v.item.concept.clone()),
            None => return bad("the item is not known"),
        };
        let sense = Rational::int(self.sense()?);
        let at = |back: i32, this: &Self| -> Option<usize> {
            let by = span.months() * back;
            let s = Span { first: span.first - by, last: span.last - by };
            if back == 0 { Some(x) } else { this.alike(x, &concept, |o| o == s).first().copied() }
        };
        let (mut all, mut short) = (Vec::new(), 0);
        for back in 0..=n {
            match (at(back, self), at(back + 1, self)) {
                (Some(now), Some(before)) => {
                    let gap = Form::item(now).minus(&Form::item(before));
                    let ended = back == n;
                    let turned = Form::default().plus(&gap, &if ended { -&sense } else { sense.clone() });
                    all.push((turned, !ended));
                }
                _ if back < n => short += 1,
                _ => {}
            }
        }
        if short > 0 {
            let more = counted(short, "more comparison");
            *missing = Some(format!("needs {more} of {concept} than the release allows"));
        }
        let moves = counted(n, if sense.sign() > 0 { "rise" } else { "fall" });
        Ok((Says::Compare(all, vec![]), format!("{} after {moves} in a row", Reader::text(c.of.as_ref()))))
    }

    /// An aggregate's rate lies between the least and the greatest of its parts' rates.
    pub(super) fn between(&mut self) -> Result<(Says, String)> {
        let c = self.claim;
        let x = Form::item(self.subject()?);
        let mut gaps = Vec::new();
        for m in c.parts.clone().map(|o| o.members().to_vec()).unwrap_or_default() {
            let gap = x.minus(&Form::item(self.var(&m)?));
            self.not_empty(&gap)?;
            self.same_unit(&gap)?;
            gaps.push(gap);
        }
        if gaps.len() < 2 {
            return bad("a rate lies between those of at least two parts");
        }
        let minus = Rational::int(-1);
        let above = gaps.iter().map(|g| vec![g.clone()]).collect();
        let below = gaps.iter().map(|g| vec![Form::default().plus(g, &minus)]).collect();
        Ok((
            Says::Compare(vec![], vec![above, below]),
            format!("{} between its parts", Reader::text(c.of.as_ref())),
        ))
    }
}

/// All subsets of `0..n` of a size, `None` if there are too many.
fn subsets(n: usize, k: usize) -> Option<Vec<Vec<usize>>> {
    let mut out = vec![vec![]];
    for _ in 0..k {
        let mut next = Vec::new();
        for set in &out {
            let from = set.last().map_or(0, |l| l + 1);
            for i in from..n {
                let mut larger: Vec<usize> = set.clone();
                larger.push(i);
                next.push(larger);
            }
            if next.len() > 50 * MOST_ALTERNATIVES {
                return None;
            }
        }
        out = next;
    }
    (out.len() <= MOST_ALTERNATIVES).then_some(out)
}
