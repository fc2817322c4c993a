//! Totals and averages: what may be added up, over which periods, and in no circle.

use super::super::file::place;
use super::super::model::{Entry, Model, Says};
use super::super::release::{Adjustment, Measure, Prices};
use super::super::system::Form;
use super::{Reader, bad};
use crate::error::{Error, Result};
use crate::number::rational::Rational;

impl Reader<'_> {
    pub(super) fn total(&mut self) -> Result<(Says, String)> {
        let c = self.claim;
        let of = self.form(c.of.as_ref())?;
        let parts = c.parts.clone();
        let members = parts.as_ref().map_or(0, |p| p.members().len());
        let sum = self.form(parts.as_ref())?;
        let average = c.kind == "average";
        if members < 1
            || (average && parts.as_ref().is_some_and(|p| p.members().iter().any(|m| m.starts_with('-'))))
        {
            return bad("an average is of items, none of them subtracted");
        }
        let n = Rational::int(i128::try_from(members).unwrap_or(1));
        let weight = if average { -&n.recip() } else { Rational::int(-1) };
        let equation = of.plus(&sum, &weight);
        if of.terms.iter().any(|(i, _)| sum.terms.iter().any(|(j, _)| i == j)) || equation.terms.is_empty() {
            return bad(format!("{} is among its own parts", Reader::text(c.of.as_ref())));
        }
        self.same_unit(&of.plus(&sum, &Rational::ONE))?;
        let label = format!(
            "{} as the {} of {}",
            Reader::text(c.of.as_ref()),
            c.kind,
            Reader::text(c.parts.as_ref())
        );
        let all = of.plus(&sum, &Rational::ONE);
        // Averages of indices and rates over time are means by definition; they do not have to add.
        if let Some(reason) = self.do_not_add(&all).filter(|_| !average) {
            return Ok((Says::Nothing(reason), label));
        }
        if !average {
            self.check_spans(&of, &sum)?;
            if let Some(reason) = self.stocks(&of, &sum) {
                return Ok((Says::Nothing(reason), label));
            }
        }
        Ok((Says::Zero(equation), label))
    }

    /// Stocks add over parts, not over time.
    pub(super) fn stocks(&self, of: &Form, sum: &Form) -> Option<String> {
        let vars: Vec<_> =
            of.terms.iter().chain(&sum.terms).filter_map(|(i, _)| self.model.variables.get(*i)).collect();
        let stock = vars.iter().find(|v| v.measure == Measure::Stock)?;
        let flows = vars.iter().any(|v| v.measure == Measure::Flow);
        let moved = vars.iter().any(|v| v.item.span != stock.item.span);
        (moved && !flows).then(|| format!("{} is a stock, and stocks do not add over time", stock.label))
    }

    /// Parts must lie in the same period as the total, or make it up: months beside years are an error.
    pub(super) fn check_spans(&self, of: &Form, sum: &Form) -> Result<()> {
        let var = |i: &usize| self.model.variables.get(*i);
        let vars: Vec<_> = of.terms.iter().chain(&sum.terms).filter_map(|(i, _)| var(i)).collect();
        let Some(whole) = vars.first() else { return Ok(()) };
        let stocked = vars.iter().any(|v| v.measure == Measure::Stock);
        if stocked || vars.iter().all(|v| v.item.span == whole.item.span) {
            return Ok(());
        }
        let span = whole.item.span;
        let (first, last) = (
            vars.iter().map(|v| v.item.span.first).min().unwrap_or(0),
            vars.iter().map(|v| v.item.span.last).max().unwrap_or(0),
        );
        // Months covered by the parts: each sign alone evenly over the span, or both together exactly once.
        let cover = |sign: Option<i8>| -> Vec<i64> {
            (first..=last)
                .map(|m| {
                    let parts = sum.terms.iter().filter(|(_, c)| sign.is_none_or(|s| c.sign() == s));
                    let on = parts.filter(|(i, _)| {
                        var(i).is_some_and(|v| v.item.span.first <= m && m <= v.item.span.last)
                    });
                    on.map(|(_, c)| i64::from(c.sign())).sum()
                })
                .collect()
        };
        let even = |list: &[i64]| {
            let inside = |m: i32| span.first <= m && m <= span.last;
            let mut depth = None;
            (first..=last)
                .zip(list)
                .all(|(m, n)| if inside(m) { *depth.get_or_insert(*n) == *n } else { *n == 0 })
        };
        if even(&cover(None)) || (even(&cover(Some(1))) && even(&cover(Some(-1)))) {
            return Ok(());
        }
        let other = vars.iter().find(|v| v.item.span != span).unwrap_or(whole);
        bad(format!(
            "the total mixes periods that do not make up {}: {} beside {}",
            span.label(),
            other.label,
            whole.label
        ))
    }

    /// Why the items of a form may not be added up.
    pub(super) fn do_not_add(&self, form: &Form) -> Option<String> {
        let vars: Vec<_> = form.terms.iter().filter_map(|(i, _)| self.model.variables.get(*i)).collect();
        let first = vars.first()?;
        for v in &vars {
            if v.measure == Measure::Rate {
                return Some(format!(
                    "{} is a rate, and rates do not add (a rate of a total weighs those of its parts by their levels, \
                     the product of two unknowns)",
                    v.label
                ));
            }
            if v.measure == Measure::Index {
                return Some(format!("{} is an index, and indices do not add", v.label));
            }
            if v.prices == Prices::Chained {
                return Some(format!("{} is a chained volume, and chained volumes do not add", v.label));
            }
            if v.adjustment != first.adjustment {
                return Some(format!("{} and {} are adjusted differently", first.label, v.label));
            }
            if v.prices != first.prices {
                return Some(format!("{} and {} are valued at different prices", first.label, v.label));
            }
            if v.adjustment == Adjustment::Saar && v.item.span != first.item.span {
                return Some(format!("{} is at annual rate, which does not add over time", v.label));
            }
        }
        None
    }
}

/// Refuses totals that lead back to themselves: such a chain states one equation twice or none.
///
/// # Errors
/// Names a claim of the cycle.
pub fn check_cycles(model: &Model) -> Result<()> {
    let totals: Vec<(&Entry, usize, Vec<usize>)> = model
        .entries
        .iter()
        .filter(|e| matches!(e.kind.as_str(), "total" | "average"))
        .filter_map(|e| {
            let of = e.of?;
            Some((e, of, e.items().into_iter().filter(|i| *i != of).collect()))
        })
        .collect();
    let mut done = vec![false; totals.len()];
    for start in 0..totals.len() {
        // Depth first over "is made up of"; `open` is the present path.
        let (mut open, mut stack) = (Vec::new(), vec![(start, false)]);
        while let Some((at, leaving)) = stack.pop() {
            if leaving {
                open.pop();
                if let Some(d) = done.get_mut(at) {
                    *d = true;
                }
                continue;
            }
            if open.contains(&at) || done.get(at) == Some(&true) {
                continue;
            }
            open.push(at);
            stack.push((at, true));
            let Some((e, _, parts)) = totals.get(at) else { continue };
            for (next, (other, of, _)) in totals.iter().enumerate() {
                if parts.contains(of) {
                    if open.contains(&next) {
                        return Err(Error::invalid(format!(
                            "{}\"{}\" closes a cycle of totals with {}; keep one of them",
                            place(e.line, &e.name),
                            e.label,
                            other.name
                        )));
                    }
                    stack.push((next, false));
                }
            }
        }
    }
    Ok(())
}
