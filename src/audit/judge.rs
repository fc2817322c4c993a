//! The judgement of one claim: at its printed values, by its own figures, and against the rest.

use super::figure::{Approx, End, Range};
use super::model::{Entry, Law, Says};
use super::repair::quantity;
use super::simplex::{Budget, Decided};
use super::system::{Form, Row, System};
use super::verdict::{Audit, ClaimVerdict, Judged, ReleaseVerdict};
use super::{linear, words};
use crate::number::rational::Rational;
use std::collections::HashMap;

impl Audit {
    /// Judges one claim, alone and against the rest.
    pub(super) fn judge(
        &self,
        e: usize,
        system: &mut System,
        trusted: &[bool],
        holds: bool,
        interior: bool,
        budget: &mut Budget,
    ) -> Decided<Judged> {
        let model = &self.model;
        let mut out = Judged {
            entry: e,
            verdict: ClaimVerdict::Undetermined,
            checked: false,
            recomputed: None,
            supported: None,
            rest: None,
            notes: Vec::new(),
        };
        let Some(entry) = model.entries.get(e) else { return Ok(out) };
        out.notes.clone_from(&entry.notes);
        if let Says::Nothing(reason) = &entry.says {
            out.notes.push(reason.clone());
            return Ok(out);
        }
        let without: Vec<bool> = trusted.iter().enumerate().map(|(i, on)| *on && i != e).collect();
        let about = entry.reading.as_ref().is_some_and(|r| r.approx == Some(Approx::About));
        let printed =
            entry.items().iter().all(|i| model.variables.get(*i).is_some_and(|v| !v.figures.is_empty()));
        let mut alone = None;
        if let Some((num, den)) = quantity(entry) {
            let rest = system.range(&num, den.as_ref(), &without, budget)?;
            out.checked = !about && rest.as_ref().is_some_and(|r| Self::checks(entry, r));
            out.rest = rest.map(|r| words::range_in_printed_units(entry, &r));
            alone = self.alone(entry, &num, den.as_ref(), budget)?;
            out.supported = alone.as_ref().map(|r| words::range_in_printed_units(entry, r));
            let value = match (num.eval(|i| model.point(i)), &den) {
                (Some(n), None) => Some(n),
                (Some(n), Some(d)) => d.eval(|i| model.point(i)).filter(|d| d.sign() > 0).map(|d| &n / &d),
                (None, _) => None,
            };
            let compound = matches!(&entry.says, Says::Ratio(_, _, Law::Power(..)));
            let value = value.filter(|x| !compound || x.sign() >= 0);
            out.recomputed = value.map(|x| words::in_printed_units(entry, &x));
        } else if let Says::Compare(every, any) = &entry.says {
            let ways: Vec<&Form> =
                every.iter().map(|(f, _)| f).chain(any.iter().flatten().flatten()).collect();
            let mut checked = !ways.is_empty() && entry.missing.is_none();
            for form in ways {
                let rest = system.range(form, None, &without, budget)?;
                checked &= rest.is_some_and(|r| r.low.is_some() || r.high.is_some());
            }
            out.checked = checked;
        }
        let conflicting = self.diagnosis.conflicts.iter().any(|c| c.contains(&e));
        out.verdict = if conflicting && self.verdict == ReleaseVerdict::Inconsistent {
            ClaimVerdict::Inconsistent
        } else if conflicting {
            ClaimVerdict::Truncated
        } else if self.at_points(entry) && entry.missing.is_none() {
            ClaimVerdict::Reproduces
        } else if about || entry.missing.is_some() || (!printed && !out.checked) {
            ClaimVerdict::Undetermined
        } else if holds && !interior && !self.inside(e, system, budget)? {
            ClaimVerdict::Boundary
        } else {
            ClaimVerdict::Consistent
        };
        if about && out.verdict == ClaimVerdict::Undetermined {
            out.notes.push("an approximation is a note; it is not judged".into());
        }
        if let Some(missing) = &entry.missing {
            out.notes.push(missing.clone());
        }
        self.precision_notes(entry, alone.as_ref(), &mut out);
        Ok(out)
    }

    /// Whether the rest bounds an entry's quantity more tightly than its natural domain does.
    fn checks(entry: &Entry, rest: &Range) -> bool {
        match &entry.says {
            Says::Ratio(..) => tighter(rest, true, entry.share.then_some(&Rational::ONE)),
            _ => tighter(rest, false, None),
        }
    }

    /// The range that the printed figures named by a claim allow, by themselves.
    fn alone(
        &self,
        entry: &Entry,
        num: &Form,
        den: Option<&Form>,
        budget: &mut Budget,
    ) -> Decided<Option<Range>> {
        let items = entry.items();
        let at: HashMap<usize, usize> = items.iter().enumerate().map(|(k, i)| (*i, k)).collect();
        let local = |f: &Form| Form {
            terms: f.terms.iter().filter_map(|(i, c)| Some((*at.get(i)?, c.clone()))).collect(),
            constant: f.constant.clone(),
        };
        let mut system = System::new(items.len());
        for (k, i) in items.iter().enumerate() {
            let Some(v) = self.model.variables.get(*i) else { return Ok(None) };
            if v.figures.is_empty() {
                return Ok(None);
            }
            for f in v.figures.iter().filter_map(|f| self.model.entries.get(*f)) {
                if let Some(range) = linear::allowed(f, self.how) {
                    system.assert(None, &Row { form: Form::item(k), range });
                }
            }
        }
        system.range(&local(num), den.map(local).as_ref(), &[], budget)
    }

    /// Whether a claim holds at the printed values themselves.
    fn at_points(&self, entry: &Entry) -> bool {
        let point = |i: usize| self.model.point(i);
        let holds =
            |f: &Form, strict: bool| f.eval(point).is_some_and(|x| x.sign() > 0 || (!strict && x.is_zero()));
        match &entry.says {
            Says::Ratio(num, den, _) => {
                let Some(reading) = &entry.reading else { return false };
                // A word such as "over" does not change what the digits would round to.
                let exact = Entry {
                    reading: Some(super::model::Reading {
                        approx: reading.approx.filter(|a| *a != Approx::About),
                        ..reading.clone()
                    }),
                    ..entry.clone()
                };
                let range = linear::allowed(&exact, self.how);
                let value =
                    num.eval(point).zip(den.eval(point)).filter(|(_, d)| d.sign() > 0).map(|(n, d)| &n / &d);
                value.zip(range).is_some_and(|(x, r)| r.contains(&x))
                    || (self.how.printed
                        && linear::reproduces(&self.model, entry, self.how.rates_truncated) == Some(true))
            }
            Says::Linear(form) => {
                form.eval(point).zip(linear::allowed(entry, self.how)).is_some_and(|(x, r)| r.contains(&x))
            }
            Says::Zero(form) => {
                // The sum of the printed parts rounds to the printed total.
                let Some(of) = entry.of else { return false };
                let parts = form.minus(&Form::item(of));
                let figures = self.model.variables.get(of).map(|v| v.figures.clone()).unwrap_or_default();
                let total =
                    figures.first().and_then(|f| linear::allowed(self.model.entries.get(*f)?, self.how));
                parts.eval(point).zip(total).is_some_and(|(x, r)| r.contains(&-&x))
            }
            Says::Compare(all, any) => {
                all.iter().all(|(f, strict)| holds(f, *strict))
                    && any.iter().all(|ways| ways.iter().any(|w| w.iter().all(|f| holds(f, false))))
                    && !(all.is_empty() && any.is_empty())
            }
            Says::Figure(_) | Says::Nothing(_) => false,
        }
    }

    /// Whether a claim and its figures can hold off their rounding edges while everything else stays closed.
    fn inside(&self, e: usize, system: &mut System, budget: &mut Budget) -> Decided<bool> {
        let mut own = vec![false; self.model.entries.len()];
        let mut on = |i: usize| {
            if let Some(x) = own.get_mut(i) {
                *x = true;
            }
        };
        on(e);
        if let Some(entry) = self.model.entries.get(e) {
            for v in entry.items().into_iter().filter_map(|i| self.model.variables.get(i)) {
                v.figures.iter().for_each(|f| on(*f));
            }
        }
        system.holds_inside(&own, budget)
    }

    /// "Finer than its amounts" and "informative".
    fn precision_notes(&self, entry: &Entry, alone: Option<&Range>, out: &mut Judged) {
        let (Some(alone), Some(printed)) = (alone, linear::allowed(entry, self.how)) else { return };
        if !matches!(entry.says, Says::Ratio(_, _, Law::Growth | Law::Plain)) {
            return;
        }
        if let (Some(wide), Some(narrow)) = (alone.width(), printed.width())
            && narrow.sign() > 0
        {
            let times = &wide / &narrow;
            if times >= Rational::int(10) && out.verdict != ClaimVerdict::Inconsistent {
                let n = times.to_decimal(0);
                let mut note = format!("finer than its amounts: {n} times finer than they allow");
                if out.verdict == ClaimVerdict::Reproduces {
                    note = format!("{note}; computed from printed figures, probably (by chance 1 in {n})");
                }
                out.notes.push(note);
            }
        }
        if out.verdict != ClaimVerdict::Inconsistent && self.narrows(entry, &printed) {
            out.notes.push("informative: it narrows a printed figure".into());
        }
    }

    /// Whether a ratio cuts off an end of a printed figure, given the others it names.
    fn narrows(&self, entry: &Entry, printed: &Range) -> bool {
        let Says::Ratio(num, den, _) = &entry.says else { return false };
        let end = |i: usize, high: bool| -> Option<End> {
            let f = self.model.variables.get(i)?.figures.first()?;
            let r = linear::allowed(self.model.entries.get(*f)?, self.how)?;
            if high { r.high } else { r.low }
        };
        // For N - l D >= 0 (and its mirror): an item is cut if at its worse end even the best of the others fails.
        let cut = |form: &Form| {
            form.terms.iter().any(|(i, _)| {
                let mut best = form.constant.clone();
                for (j, a) in &form.terms {
                    let rising = (a.sign() > 0) != (i == j);
                    let Some(x) = end(*j, rising) else { return false };
                    best = &best + &(&x.at * a);
                }
                best.sign() < 0
            })
        };
        let minus = Rational::int(-1);
        printed.low.as_ref().is_some_and(|l| cut(&num.plus(den, &-&l.at)))
            || printed
                .high
                .as_ref()
                .is_some_and(|h| cut(&Form::default().plus(&num.plus(den, &-&h.at), &minus)))
    }
}

/// Whether a range is tighter than the natural domain: all numbers, the positive ones, or those up to an end.
pub(super) fn tighter(r: &Range, positive: bool, top: Option<&Rational>) -> bool {
    let low = r.low.as_ref().is_some_and(|l| !positive || l.at.sign() > 0);
    let high = r.high.as_ref().is_some_and(|h| top.is_none_or(|t| h.at < *t));
    low || high
}
