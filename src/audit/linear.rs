//! Entries as linear statements: the ranges that printed values allow, and the rows they put into the system.

use super::figure::{End, Range};
use super::file::place;
use super::model::{Entry, How, Law, Model, Says};
use super::release::RatesFrom;
use super::system::{Form, Row, System};
use crate::error::{Error, Result};
use crate::number::rational::Rational;

/// Marks items of denominators as positive, and refuses those whose printed interval says otherwise.
///
/// # Errors
/// Names the claim.
pub fn mark_denominators(model: &mut Model) -> Result<()> {
    if let Some(e) = model.entries.iter().find(|e| !base_is_positive(model, e)) {
        return Err(Error::invalid(format!(
            "{}the base of \"{}\" may be zero or negative as printed; a rate needs a positive base (state the change \
             instead)",
            place(e.line, &e.name),
            e.label
        )));
    }
    let bases: Vec<usize> = model.entries.iter().filter_map(single_base).collect();
    for i in bases {
        if let Some(v) = model.variables.get_mut(i) {
            v.positive = true;
        }
    }
    Ok(())
}

/// Whether the denominator of an entry is positive for all that its figures print; true without a denominator.
#[must_use]
pub fn base_is_positive(model: &Model, entry: &Entry) -> bool {
    let Says::Ratio(_, den, _) = &entry.says else { return true };
    let low = |(i, c): &(usize, Rational)| -> Option<Rational> {
        let figures = model.variables.get(*i)?.figures.iter();
        let ranges = figures.filter_map(|f| Some(model.entries.get(*f)?.reading.as_ref()?.range(false)));
        let ends = ranges.filter_map(|r| if c.sign() > 0 { r.low } else { r.high }).map(|end| &end.at * c);
        ends.max()
    };
    let sum = den.terms.iter().try_fold(den.constant.clone(), |s, t| Some(&s + &low(t)?));
    sum.is_none_or(|s| s.sign() > 0)
}

/// The item that is the whole denominator of an entry, and so positive.
#[must_use]
pub fn single_base(entry: &Entry) -> Option<usize> {
    let Says::Ratio(_, den, _) = &entry.says else { return None };
    match den.terms.as_slice() {
        [(i, c)] if den.constant.is_zero() && c.sign() > 0 => Some(*i),
        _ => None,
    }
}

/// The range of the ratio or form that a printed value stands for, before scaling to units of one.
#[must_use]
pub fn allowed(entry: &Entry, how: How) -> Option<Range> {
    let reading = entry.reading.as_ref()?;
    let range = reading.range(if entry.is_claim() { how.rates_truncated } else { how.figures_truncated });
    Some(match &entry.says {
        Says::Ratio(_, _, Law::Growth) => range.map(|g| g + &Rational::ONE),
        Says::Ratio(_, _, Law::Power(a, b)) => {
            let power = |end: &End, high: bool| {
                let factor = &end.at + &Rational::ONE;
                let raised = if factor.sign() <= 0 { Rational::ZERO } else { factor.pow(*a) };
                // Roots are not rational and powers long: their bounds are rounded outward at 40 digits.
                let (low, up) = raised.root_bounds(*b, 40);
                let (low, up) = (low.bracket(40).0, up.bracket(40).1);
                End { at: if high { up } else { low }, ..end.clone() }
            };
            Range { low: range.low.map(|e| power(&e, false)), high: range.high.map(|e| power(&e, true)) }
        }
        _ => range,
    })
}

/// Puts an entry into the system under an assumption.
pub fn assert(model: &Model, system: &mut System, e: usize, entry: &Entry, how: How) {
    let zero = |low: bool, high: bool| {
        let end = || Some(End { at: Rational::ZERO, open: false, edge: false });
        Range { low: end().filter(|_| low), high: end().filter(|_| high) }
    };
    let own = Some(e);
    match &entry.says {
        Says::Nothing(_) => {}
        Says::Figure(i) => {
            if let Some(range) = allowed(entry, how) {
                system.assert(own, &Row { form: Form::item(*i), range });
            }
        }
        Says::Linear(form) => {
            if let Some(range) = allowed(entry, how) {
                system.assert(own, &Row { form: form.clone(), range });
            }
        }
        Says::Ratio(num, den, _) => {
            let Some(range) = allowed(entry, how) else { return };
            if how.printed {
                match reproduces(model, entry, how.rates_truncated) {
                    Some(true) => return,
                    Some(false) if model.rates_from() == RatesFrom::Printed => {
                        let figures = entry.items().into_iter().filter_map(|i| model.variables.get(i));
                        let mut set: Vec<usize> = figures.flat_map(|v| v.figures.iter().copied()).collect();
                        set.push(e);
                        set.sort_unstable();
                        system.refute(set);
                        return;
                    }
                    None if model.rates_from() == RatesFrom::Printed => return,
                    _ => {}
                }
            }
            // N / D >= l as N - l D >= 0; the positive denominator keeps the direction. When the denominator is a list, its
            // sign is asserted here; single items carry it as their domain.
            if den.terms.len() > 1 {
                let low = Some(End { at: Rational::ZERO, open: true, edge: false });
                system.assert(None, &Row { form: den.clone(), range: Range { low, high: None } });
            }
            for (end, is_low) in [(&range.low, true), (&range.high, false)] {
                if let Some(end) = end {
                    let form = num.plus(den, &-&end.at);
                    let side = Some(End { at: Rational::ZERO, open: end.open, edge: end.edge });
                    let range = if is_low {
                        Range { low: side, high: None }
                    } else {
                        Range { low: None, high: side }
                    };
                    system.assert(own, &Row { form, range });
                }
            }
        }
        Says::Zero(form) => system.assert(own, &Row { form: form.clone(), range: zero(true, true) }),
        Says::Compare(all, any) => {
            for (form, strict) in all {
                let low = Some(End { at: Rational::ZERO, open: *strict, edge: false });
                system.assert(own, &Row { form: form.clone(), range: Range { low, high: None } });
            }
            for ways in any {
                let row = |f: &Form| Row { form: f.clone(), range: zero(true, false) };
                let ways: Vec<Vec<Row>> = ways.iter().map(|w| w.iter().map(row).collect()).collect();
                system.choose(e, &ways);
            }
        }
    }
}

/// Whether a ratio claim reproduces, to its printed digits, at the printed figures; with one item unprinted, at some
/// value of it that could have been printed beside the other. `None` when that cannot be said.
#[must_use]
pub fn reproduces(model: &Model, entry: &Entry, truncated: bool) -> Option<bool> {
    let how = How { printed: true, figures_truncated: false, rates_truncated: truncated };
    let range = allowed(entry, how)?;
    let Says::Ratio(num, den, _) = &entry.says else { return None };
    let point = |i: usize| model.point(i);
    match (num.eval(point), den.eval(point)) {
        (Some(n), Some(d)) if d.sign() > 0 => Some(range.contains(&(&n / &d))),
        (Some(_), Some(_)) => None,
        (n, d) => {
            // One whole side is a single unprinted item: the printable values are multiples of the other's last digit.
            let (known, unknown, other_is_den) = match (n, d) {
                (Some(n), None) => (n, den, true),
                (None, Some(d)) => (d, num, false),
                _ => return None,
            };
            if unknown.terms.len() != 1 || !unknown.constant.is_zero() || known.sign() <= 0 {
                return None;
            }
            let shown = (if other_is_den { num } else { den }).terms.first()?.0;
            let unit = model
                .variables
                .get(shown)?
                .figures
                .first()
                .and_then(|f| model.entries.get(*f))?
                .reading
                .as_ref()?;
            let unit = unit.unit();
            let (low, high) = (range.low?.at, range.high?.at);
            if low.sign() <= 0 {
                return None;
            }
            let (from, to) =
                if other_is_den { (&known / &high, &known / &low) } else { (&known * &low, &known * &high) };
            Some((&from / &unit).ceil() <= (&to / &unit).floor())
        }
    }
}
