//! The joint system of a release: which bounds each entry puts on which linear form, and the three questions asked of it.
//!
//! An entry can be switched off, so that one tableau answers "do all hold together?", "which cannot?" and "what do the
//! others say about this one?". Statements with alternatives ("the third largest") hold in one of several ways; each
//! way is tried. What entries mean is decided in `claim`; here they are only linear.

use super::figure::{End, Range};
use super::simplex::{Bound, Budget, Decided, Extreme, Simplex, Undecided, Value};
use crate::number::rational::Rational;
use std::collections::HashMap;

/// A linear form over items and a constant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form {
    /// Item and coefficient, by item, no zero among them.
    pub terms: Vec<(usize, Rational)>,
    /// The constant.
    pub constant: Rational,
}

impl Form {
    /// One item.
    #[must_use]
    pub fn item(item: usize) -> Self {
        Self { terms: vec![(item, Rational::ONE)], constant: Rational::ZERO }
    }

    /// `self + c * other`.
    #[must_use]
    pub fn plus(&self, other: &Self, c: &Rational) -> Self {
        let mut terms = self.terms.clone();
        for (item, a) in &other.terms {
            let a = a * c;
            match terms.iter_mut().find(|(i, _)| i == item) {
                Some((_, b)) => *b = &*b + &a,
                None => terms.push((*item, a)),
            }
        }
        terms.retain(|(_, a)| !a.is_zero());
        terms.sort_by_key(|(i, _)| *i);
        Self { terms, constant: &self.constant + &(&other.constant * c) }
    }

    /// `self - other`.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        self.plus(other, &Rational::int(-1))
    }

    /// Its value when each item has one.
    #[must_use]
    pub fn eval(&self, value: impl Fn(usize) -> Option<Rational>) -> Option<Rational> {
        let mut sum = self.constant.clone();
        for (item, c) in &self.terms {
            sum = &sum + &(&value(*item)? * c);
        }
        Some(sum)
    }
}

/// A form and the range it must lie in.
#[derive(Debug, Clone)]
pub struct Row {
    /// The form.
    pub form: Form,
    /// Its range.
    pub range: Range,
}

/// A bound on a variable of the tableau, set by an entry (`None`: natural domain).
#[derive(Debug, Clone)]
struct Assertion {
    owner: Option<usize>,
    range: Range,
}

/// A way in which a statement with alternatives can hold: bounds on variables.
type Way = Vec<(usize, Range)>;

/// The system. Entries are numbers; what they are is known above.
#[derive(Debug, Clone)]
pub struct System {
    simplex: Simplex,
    rows: HashMap<Vec<(usize, Rational)>, usize>,
    asserted: Vec<Vec<Assertion>>,
    choices: Vec<(usize, Vec<Way>)>,
    refuted: Vec<Vec<usize>>,
    ways: Vec<Way>,
}

/// Whether values may sit exactly on a rounding edge.
#[derive(Debug, Clone, Copy)]
enum Edges<'a> {
    Included,
    Excluded,
    ExcludedFor(&'a [bool]),
}

impl Edges<'_> {
    fn excluded(self, owner: Option<usize>) -> bool {
        match self {
            Self::Included => false,
            Self::Excluded => true,
            Self::ExcludedFor(own) => owner.is_some_and(|e| own.get(e) == Some(&true)),
        }
    }
}

/// The most ways of holding that are looked at for one interval.
const MOST_WAYS: usize = 256;

impl System {
    /// A system over so many items.
    #[must_use]
    pub fn new(items: usize) -> Self {
        Self {
            simplex: Simplex::new(items),
            rows: HashMap::new(),
            asserted: vec![Vec::new(); items],
            choices: Vec::new(),
            refuted: Vec::new(),
            ways: vec![Vec::new()],
        }
    }

    /// Where a row's form lives: the variable and the range in its terms.
    fn place(&mut self, row: &Row) -> Option<(usize, Range)> {
        let lead = row.form.terms.first().map(|(_, c)| c.clone())?;
        let inverse = lead.recip();
        let mut range = row.range.map(|x| &(x - &row.form.constant) * &inverse);
        if lead.sign() < 0 {
            std::mem::swap(&mut range.low, &mut range.high);
        }
        if let [(item, _)] = row.form.terms.as_slice() {
            return Some((*item, range));
        }
        let form: Vec<_> = row.form.terms.iter().map(|(i, c)| (*i, c * &inverse)).collect();
        let var = if let Some(var) = self.rows.get(&form) {
            *var
        } else {
            let var = self.simplex.add_row(&form);
            self.asserted.push(Vec::new());
            self.rows.insert(form, var);
            var
        };
        Some((var, range))
    }

    /// Adds what an entry says. A form without items either holds or refutes its entry by itself.
    pub fn assert(&mut self, owner: Option<usize>, row: &Row) {
        match self.place(row) {
            Some((var, range)) => {
                if let Some(list) = self.asserted.get_mut(var) {
                    list.push(Assertion { owner, range });
                }
            }
            None if row.range.contains(&row.form.constant) => {}
            None => self.refuted.push(owner.into_iter().collect()),
        }
    }

    /// Adds a statement that holds if one of the alternatives does.
    pub fn choose(&mut self, owner: usize, alternatives: &[Vec<Row>]) {
        let mut ways = Vec::new();
        for rows in alternatives {
            let placed: Vec<_> = rows.iter().map(|row| (self.place(row), row)).collect();
            let open = |(p, row): &(Option<(usize, Range)>, &Row)| {
                p.is_some() || row.range.contains(&row.form.constant)
            };
            if placed.iter().all(open) {
                ways.push(placed.into_iter().filter_map(|(p, _)| p).collect());
            }
        }
        self.choices.push((owner, ways));
    }

    /// Adds a set of entries known not to hold together for a reason outside the system.
    pub fn refute(&mut self, entries: Vec<usize>) {
        self.refuted.push(entries);
    }

    /// Sets the bounds of all variables from the active entries.
    fn bound(&mut self, active: &[bool], interior: Edges, way: &[(usize, &Range)]) {
        for var in 0..self.asserted.len() {
            let (mut low, mut high): (Option<Bound>, Option<Bound>) = (None, None);
            let own = self.asserted.get(var).map_or(&[][..], |v| v);
            let listed = own.iter().filter(|a| a.owner.is_none_or(|e| active.get(e) == Some(&true)));
            let listed = listed.map(|a| (a.owner, &a.range));
            let chosen = way.iter().filter(|(v, _)| *v == var).map(|(_, r)| (None, *r));
            for (owner, range) in listed.chain(chosen) {
                let end = |e: &End, sign: i128| {
                    let open = e.open || (e.edge && interior.excluded(owner));
                    let tiny = if open { Rational::int(sign) } else { Rational::ZERO };
                    Bound { at: Value { real: e.at.clone(), tiny }, owner }
                };
                if let Some(b) = range.low.as_ref().map(|e| end(e, 1))
                    && low.as_ref().is_none_or(|l| b.at > l.at)
                {
                    low = Some(b);
                }
                if let Some(b) = range.high.as_ref().map(|e| end(e, -1))
                    && high.as_ref().is_none_or(|h| b.at < h.at)
                {
                    high = Some(b);
                }
            }
            self.simplex.set_bounds(var, low, high);
        }
    }

    /// `None` when the active entries hold together (with `interior`, off all rounding edges); otherwise a set of entries that do not (not yet minimal).
    ///
    /// # Errors
    /// `Undecided` when the budget is used up.
    pub fn conflict(
        &mut self,
        active: &[bool],
        interior: bool,
        budget: &mut Budget,
    ) -> Decided<Option<Vec<usize>>> {
        self.decide(active, if interior { Edges::Excluded } else { Edges::Included }, budget)
    }

    /// Whether all entries hold together with the given ones off their rounding edges.
    ///
    /// # Errors
    /// `Undecided` when the budget is used up.
    pub fn holds_inside(&mut self, own: &[bool], budget: &mut Budget) -> Decided<bool> {
        let all = vec![true; own.len()];
        Ok(self.decide(&all, Edges::ExcludedFor(own), budget)?.is_none())
    }

    fn decide(
        &mut self,
        active: &[bool],
        interior: Edges,
        budget: &mut Budget,
    ) -> Decided<Option<Vec<usize>>> {
        let on = |e: &usize| active.get(*e) == Some(&true);
        if let Some(set) = self.refuted.iter().find(|set| set.iter().all(on)) {
            return Ok(Some(set.clone()));
        }
        self.bound(active, interior, &[]);
        if let Some(core) = self.simplex.solve(budget)? {
            return Ok(Some(core));
        }
        self.ways = vec![Vec::new()];
        let open: Vec<(usize, Vec<Way>)> = self.choices.iter().filter(|(e, _)| on(e)).cloned().collect();
        if open.is_empty() {
            return Ok(None);
        }
        // Every combination of alternatives, extended one statement at a time while it can still hold.
        let mut blamed: Vec<usize> = open.iter().map(|(e, _)| *e).collect();
        for (_, alternatives) in &open {
            let mut next = Vec::new();
            for before in std::mem::take(&mut self.ways) {
                for way in alternatives {
                    let both: Way = before.iter().chain(way).cloned().collect();
                    let refs: Vec<_> = both.iter().map(|(v, r)| (*v, r)).collect();
                    self.bound(active, interior, &refs);
                    match self.simplex.solve(budget)? {
                        Some(core) => blamed.extend(core),
                        None if next.len() == MOST_WAYS => return Err(Undecided),
                        None => next.push(both),
                    }
                }
            }
            self.ways = next;
        }
        if self.ways.is_empty() {
            self.ways = vec![Vec::new()];
            blamed.sort_unstable();
            blamed.dedup();
            return Ok(Some(blamed));
        }
        Ok(None)
    }

    /// Whether the active entries hold together.
    ///
    /// # Errors
    /// `Undecided` when the budget is used up.
    pub fn holds(&mut self, active: &[bool], interior: bool, budget: &mut Budget) -> Decided<bool> {
        Ok(self.conflict(active, interior, budget)?.is_none())
    }

    /// The range of `num / den` (of `num` without one) over all solutions of the active entries; `None` if there is no
    /// solution. `den` must be positive on all of them.
    ///
    /// # Errors
    /// `Undecided` when the budget is used up.
    pub fn range(
        &mut self,
        num: &Form,
        den: Option<&Form>,
        active: &[bool],
        budget: &mut Budget,
    ) -> Decided<Option<Range>> {
        if !self.holds(active, false, budget)? {
            return Ok(None);
        }
        let ways = self.ways.clone();
        let mut hull: Option<Range> = None;
        for way in &ways {
            if !way.is_empty() {
                let refs: Vec<_> = way.iter().map(|(v, r)| (*v, r)).collect();
                self.bound(active, Edges::Included, &refs);
                if self.simplex.solve(budget)?.is_some() {
                    continue;
                }
            }
            let low = self.extreme(num, den, false, budget)?;
            let high = self.extreme(num, den, true, budget)?;
            hull = Some(match hull {
                None => Range { low, high },
                Some(r) => Range { low: outer(r.low, low, false), high: outer(r.high, high, true) },
            });
        }
        Ok(hull)
    }

    /// One end of a range: Dinkelbach's iteration (Management Science 13, 1967), exact and finite over rationals.
    fn extreme(
        &mut self,
        num: &Form,
        den: Option<&Form>,
        up: bool,
        budget: &mut Budget,
    ) -> Decided<Option<End>> {
        let Some(den) = den else {
            return Ok(match self.simplex.drive(&num.terms, up, budget)? {
                Extreme::At(v) => Some(end(&v.real + &num.constant, !v.tiny.is_zero())),
                Extreme::Unbounded(_) => None,
            });
        };
        let real = |s: &Simplex, f: &Form| &s.at(&f.terms).real + &f.constant;
        let mut limit = false;
        let mut ratio: Option<Rational> = None;
        loop {
            budget.step()?;
            let bottom = real(&self.simplex, den);
            // A denominator that touches zero (its bound is open) leaves the ratio without a bound on one side.
            let Some(r) = ratio
                .clone()
                .or_else(|| (bottom.sign() > 0).then(|| &real(&self.simplex, num) * &bottom.recip()))
            else {
                match self.simplex.drive(&den.terms, true, budget)? {
                    Extreme::At(v) if (&v.real + &den.constant).sign() > 0 => {}
                    Extreme::At(_) => return Ok(None),
                    Extreme::Unbounded(ray) => {
                        let rate = &self.simplex.along(ray, &num.terms)
                            * &self.simplex.along(ray, &den.terms).recip();
                        (ratio, limit) = (Some(rate), true);
                    }
                }
                continue;
            };
            let gain = num.plus(den, &-&r);
            match self.simplex.drive(&gain.terms, up, budget)? {
                Extreme::Unbounded(ray) => {
                    let (n, d) = (self.simplex.along(ray, &num.terms), self.simplex.along(ray, &den.terms));
                    if d.sign() <= 0 {
                        return Ok(None);
                    }
                    (ratio, limit) = (Some(&n * &d.recip()), true);
                }
                Extreme::At(v) => {
                    let left = &v.real + &gain.constant;
                    if left.is_zero() || (left.sign() > 0) != up {
                        return Ok(Some(end(r, limit || !v.tiny.is_zero())));
                    }
                    let bottom = real(&self.simplex, den);
                    if bottom.sign() <= 0 {
                        return Ok(None);
                    }
                    (ratio, limit) = (Some(&real(&self.simplex, num) * &bottom.recip()), false);
                }
            }
        }
    }
}

fn end(at: Rational, open: bool) -> End {
    End { at, open, edge: false }
}

/// The outer of two ends; `None` is unbounded.
fn outer(a: Option<End>, b: Option<End>, high: bool) -> Option<End> {
    let (a, b) = (a?, b?);
    let first = match a.at.cmp(&b.at) {
        std::cmp::Ordering::Equal => !a.open,
        order => order.is_gt() == high,
    };
    Some(if first { a } else { b })
}
