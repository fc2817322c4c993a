//! What would explain a conflict: single edits of a printed number that let the release hold together.
//!
//! For every entry of a smallest set to distrust, the rest of the release says in which interval its value must lie; an
//! edit explains the slip if its own interval meets that one. Edits are ranked by how common the slip is, then by how
//! near the result lies to what was printed. Benign explanations (a revised base) come before any edit, in words.

use super::figure::Range;
use super::linear;
use super::model::{Entry, How, Law, Model, Reading, Says};
use super::release::Measure;
use super::simplex::{Budget, Decided};
use super::system::{Form, System};
use crate::number::printed::Printed;
use crate::number::rational::Rational;

/// An edit of one entry that restores consistency (together with one edit for each other member of its set).
#[derive(Debug, Clone)]
pub struct Repair {
    /// The entry.
    pub entry: usize,
    /// The set to distrust it belongs to.
    pub set: usize,
    /// The kind of slip.
    pub slip: Slip,
    /// The printed number after the edit, or the item that takes the place of the base.
    pub becomes: String,
    /// Relative distance from what was printed.
    pub distance: Rational,
}

/// Kinds of slips, the common ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slip {
    /// Two neighbouring digits exchanged.
    Transposed,
    /// One digit wrong.
    Digit,
    /// The sign.
    Sign,
    /// The decimal point.
    Point,
    /// The unit: thousands for millions.
    Unit,
    /// One digit too many.
    ExtraDigit,
    /// One digit lost.
    LostDigit,
    /// Per cent where points are meant.
    Points,
    /// The figure of another period as the base.
    Base,
    /// The number of a neighbour.
    Copied,
}

impl Slip {
    /// In the words of a report.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Transposed => "transposed digits",
            Self::Digit => "one digit",
            Self::Sign => "sign",
            Self::Point => "decimal point",
            Self::Unit => "unit",
            Self::ExtraDigit => "extra digit",
            Self::LostDigit => "lost digit",
            Self::Points => "per cent for points",
            Self::Base => "wrong base",
            Self::Copied => "copied from a neighbour",
        }
    }
}

/// The ratio or form of an entry, and its denominator.
#[must_use]
pub fn quantity(entry: &Entry) -> Option<(Form, Option<Form>)> {
    match &entry.says {
        Says::Figure(i) => Some((Form::item(*i), None)),
        Says::Ratio(n, d, _) => Some((n.clone(), Some(d.clone()))),
        Says::Linear(f) | Says::Zero(f) => Some((f.clone(), None)),
        Says::Compare(..) | Says::Nothing(_) => None,
    }
}

/// All repairs for all sets, best first within each set; sets whose every member has one come first.
///
/// # Errors
/// `Undecided` when the budget is used up.
pub fn repairs(
    model: &Model,
    system: &mut System,
    how: How,
    sets: &mut [Vec<usize>],
    budget: &mut Budget,
) -> Decided<Vec<Repair>> {
    let mut by_set = Vec::new();
    for set in sets.iter().take(MOST_SETS) {
        let mut found = Vec::new();
        let mut bare = 0;
        for &e in set {
            let mut one = of_entry(model, system, how, set, e, budget)?;
            one.sort_by(|a, b| (a.slip, &a.distance).cmp(&(b.slip, &b.distance)));
            bare += usize::from(one.is_empty());
            found.push(one);
        }
        let cost = found.iter().filter_map(|f| f.first()).map(|r| r.slip).max();
        by_set.push((bare, cost, set.clone(), found));
    }
    by_set.sort_by(|a, b| (a.0, a.1, &a.2).cmp(&(b.0, b.1, &b.2)));
    for (slot, (.., set, _)) in sets.iter_mut().zip(&by_set) {
        slot.clone_from(set);
    }
    // The best edit of each member first, then the others.
    let mut out = Vec::new();
    for (i, (.., found)) in by_set.into_iter().enumerate() {
        let mut members: Vec<Vec<Repair>> = found;
        members.sort_by_key(|m| m.first().map(|r| (r.slip, r.entry)));
        let mut later = Vec::new();
        for member in members {
            let mut list = member.into_iter().map(|r| Repair { set: i, ..r });
            out.extend(list.next());
            later.extend(list);
        }
        out.extend(later);
    }
    Ok(out)
}

/// The most sets for which repairs are sought.
const MOST_SETS: usize = 20;

/// A repair, and the entry after it, where the edit is one that can be made.
type Proposed = (Repair, Option<Entry>);

/// The repairs of one entry of a set, each of them tried: what restores nothing is dropped.
fn of_entry(
    model: &Model,
    system: &mut System,
    how: How,
    set: &[usize],
    e: usize,
    budget: &mut Budget,
) -> Decided<Vec<Repair>> {
    let Some(entry) = model.entries.get(e) else { return Ok(vec![]) };
    let active: Vec<bool> = (0..model.entries.len()).map(|i| !set.contains(&i)).collect();
    let mut proposed = other_numbers(model, system, how, entry, e, &active, budget)?;
    if entry.is_rate() && !how.printed {
        proposed.extend(other_bases(model, entry, e));
    }
    let mut out = Vec::new();
    for (repair, edited) in proposed {
        // What the rest allows is told as one interval, and hides gaps between alternatives; and rates computed from
        // printed figures follow a figure that is edited. So the release is solved anew with the edit in it.
        if edited.map_or(Ok(true), |edited| restores(model, how, e, edited, &active, budget))? {
            out.push(repair);
        }
    }
    Ok(out)
}

/// Whether the active entries hold together with an edited one among them.
fn restores(
    model: &Model,
    how: How,
    e: usize,
    edited: Entry,
    active: &[bool],
    budget: &mut Budget,
) -> Decided<bool> {
    let with_it: Vec<bool> = active.iter().enumerate().map(|(i, on)| *on || i == e).collect();
    let mut with = model.clone();
    for v in &mut with.variables {
        // The other members of the set count as not printed, also where a rate is computed from printed figures.
        v.figures.retain(|f| with_it.get(*f) == Some(&true));
    }
    if let Some(v) = linear::single_base(&edited).and_then(|i| with.variables.get_mut(i)) {
        v.positive = true;
    }
    if let Some(entry) = with.entries.get_mut(e) {
        *entry = edited;
    }
    if !with.entries.iter().all(|x| linear::base_is_positive(&with, x)) {
        return Ok(false);
    }
    with.system(how).holds(&with_it, false, budget)
}

/// Edits of the printed number, its unit, and the number of another claim in its place.
fn other_numbers(
    model: &Model,
    system: &mut System,
    how: How,
    entry: &Entry,
    e: usize,
    active: &[bool],
    budget: &mut Budget,
) -> Decided<Vec<Proposed>> {
    let mut out = Vec::new();
    let (Some(reading), Some((num, den))) = (&entry.reading, quantity(entry)) else { return Ok(out) };
    let needed = system.range(&num, den.as_ref(), active, budget)?;
    let changed = |new: &Reading| Entry { reading: Some(new.clone()), ..entry.clone() };
    let mut fitting = |slip: Slip, becomes: String, new: &Reading| {
        let edited = changed(new);
        let fits = if how.printed && entry.is_rate() {
            linear::reproduces(model, &edited, how.rates_truncated) == Some(true)
        } else {
            needed.as_ref().zip(linear::allowed(&edited, how)).is_some_and(|(a, b)| meet(a, &b))
        };
        if fits {
            let distance = if reading.value().is_zero() {
                Rational::ONE
            } else {
                (&(&new.value() - &reading.value()) / &reading.value()).abs()
            };
            out.push((Repair { entry: e, set: 0, slip, becomes, distance }, Some(edited)));
        }
    };
    for (slip, text) in edits(&reading.text, &reading.printed) {
        if let Ok(printed) = Printed::parse(&text) {
            fitting(slip, text, &reading.with(printed));
        }
    }
    for power in [-6, -5, -3, -2, -1, 1, 2, 3, 5, 6] {
        if entry.kind == "figure" {
            let factor = Rational::power_of_ten(power);
            let new = Reading { scale: &reading.scale * &factor, ..reading.clone() };
            fitting(Slip::Unit, format!("{} x {factor}", reading.text), &new);
        }
    }
    for (other, twin) in model.entries.iter().enumerate() {
        let same = other != e && twin.kind == entry.kind && active.get(other) == Some(&true);
        if same && entry.is_claim() && twin.reading.as_ref().is_some_and(|r| r.text == reading.text) {
            let becomes = format!("the number of {} ({})", twin.name, twin.label);
            out.push((
                Repair { entry: e, set: 0, slip: Slip::Copied, becomes, distance: Rational::ONE },
                None,
            ));
        }
    }
    Ok(out)
}

/// The claim over the figure of another period; points where per cent is printed.
fn other_bases(model: &Model, entry: &Entry, e: usize) -> Vec<Proposed> {
    let mut out = Vec::new();
    let (Says::Ratio(num, den, law), Some(base)) = (&entry.says, entry.base) else { return out };
    let Some(old) = model.variables.get(base) else { return out };
    let repair = |slip, becomes, says| {
        let edited = Entry { says, ..entry.clone() };
        (Repair { entry: e, set: 0, slip, becomes, distance: Rational::ONE }, Some(edited))
    };
    let over = |i: usize| {
        if entry.kind != "contribution" {
            return (num.clone(), Form::item(i));
        }
        // The base of a contribution is what its numerator subtracts; the total below stays.
        let minus = Rational::int(-1);
        (num.plus(&Form::item(base), &Rational::ONE).plus(&Form::item(i), &minus), den.clone())
    };
    for (i, v) in model.variables.iter().enumerate() {
        let alike = v.item.concept == old.item.concept
            && v.item.span.months() == old.item.span.months()
            && v.unit == old.unit
            && model.point(i).is_some_and(|p| p.sign() > 0);
        if alike && i != base && entry.of != Some(i) {
            let (num, den) = over(i);
            out.push(repair(Slip::Base, v.label.clone(), Says::Ratio(num, den, law.clone())));
        }
    }
    if *law == Law::Growth && old.measure == Measure::Rate {
        let becomes = format!("{} points", entry.printed_text());
        out.push(repair(Slip::Points, becomes, Says::Linear(num.minus(den))));
    }
    out
}

impl Entry {
    /// The number as printed, or nothing.
    #[must_use]
    pub fn printed_text(&self) -> &str {
        self.reading.as_ref().map_or("", |r| &r.text)
    }
}

/// Whether two ranges have a number in common.
#[must_use]
pub fn meet(a: &Range, b: &Range) -> bool {
    let before = |high: &Option<super::figure::End>, low: &Option<super::figure::End>| match (high, low) {
        (Some(h), Some(l)) => h.at < l.at || (h.at == l.at && (h.open || l.open)),
        _ => false,
    };
    !before(&a.high, &b.low) && !before(&b.high, &a.low)
}

/// All single edits of a printed number, each with its kind.
fn edits(text: &str, printed: &Printed) -> Vec<(Slip, String)> {
    let plain = printed.plain();
    let (sign, body) = plain.strip_prefix('-').map_or(("", plain.as_str()), |b| ("-", b));
    let chars: Vec<char> = body.chars().collect();
    let build = |list: &[char]| format!("{sign}{}", list.iter().collect::<String>());
    let mut out: Vec<(Slip, String)> = Vec::new();
    let mut push = |slip: Slip, new: String| {
        // A changed leading zero ("02") is no number a printer sets.
        let digits = new.trim_start_matches('-');
        let odd = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
        if !odd
            && !digits.starts_with('.')
            && !digits.ends_with('.')
            && new != plain
            && new != text
            && !out.iter().any(|(_, o)| *o == new)
        {
            out.push((slip, new));
        }
    };
    let places: Vec<usize> = (0..chars.len()).filter(|i| chars.get(*i) != Some(&'.')).collect();
    for pair in places.windows(2) {
        let mut new = chars.clone();
        if let [a, b] = pair {
            new.swap(*a, *b);
        }
        push(Slip::Transposed, build(&new));
    }
    for &i in &places {
        for d in '0'..='9' {
            let mut new = chars.clone();
            if let Some(c) = new.get_mut(i) {
                *c = d;
            }
            push(Slip::Digit, build(&new));
        }
    }
    push(Slip::Sign, if sign.is_empty() { format!("-{body}") } else { body.to_string() });
    let digits: Vec<char> = chars.iter().copied().filter(|c| *c != '.').collect();
    for at in 1..=digits.len() {
        let mut new = digits.clone();
        if at < digits.len() {
            new.insert(at, '.');
        }
        push(Slip::Point, build(&new));
    }
    for &i in &places {
        let mut new = chars.clone();
        new.remove(i);
        push(Slip::ExtraDigit, build(&new));
    }
    for i in 0..=chars.len() {
        for d in '0'..='9' {
            let mut new = chars.clone();
            new.insert(i, d);
            push(Slip::LostDigit, build(&new));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_hold_every_kind_of_slip_once() {
        let all = edits("6.730", &Printed::parse("6.730").unwrap());
        let kind = |t: &str| all.iter().find(|(_, x)| x == t).map(|(s, _)| *s);
        assert_eq!(kind("6.703"), Some(Slip::Transposed));
        assert_eq!(kind("6.731"), Some(Slip::Digit));
        assert_eq!(kind("6.70"), Some(Slip::ExtraDigit));
        assert_eq!(kind("-6.730"), Some(Slip::Sign));
        assert_eq!(kind("67.30"), Some(Slip::Point));
        assert_eq!(kind("6.7930"), Some(Slip::LostDigit));
        assert_eq!(kind("6.730"), None);
        assert_eq!(all.iter().filter(|(_, t)| t == "7.630").count(), 1);
    }
}
