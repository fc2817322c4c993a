//! The exact simplex method for variables with bounds, in two phases and over rationals.
//!
//! Every variable, an item or the value of a linear form over items (a row), has an optional lower and upper bound.
//! Phase one moves a basic solution into all bounds or ends in a row that proves there is none; phase two then drives a
//! linear form to its extreme. The tableau stays valid when bounds change, so each question starts where the last one
//! ended. An open bound is held as `a + b e` with an infinitesimal e (Dutertre and de Moura, A fast linear-arithmetic
//! solver, CAV 2006), so strictness is exact as well. Smallest-index pivoting (Bland 1977) makes both phases end.

use crate::number::rational::Rational;
use std::cmp::Ordering;
use std::time::{Duration, Instant};

/// The work allowed was used up before the question was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undecided;

/// Results of questions that may run out of allowed work.
pub type Decided<T> = Result<T, Undecided>;

/// How long a release may be worked on.
#[derive(Debug, Clone)]
pub struct Budget {
    until: Instant,
    /// Pivots made so far.
    pub pivots: u64,
}

impl Budget {
    /// So many seconds from now.
    #[must_use]
    pub fn seconds(seconds: f64) -> Self {
        let allowed = Duration::try_from_secs_f64(seconds.clamp(0.0, 1e6)).unwrap_or(Duration::from_secs(10));
        Self { until: Instant::now() + allowed, pivots: 0 }
    }

    /// Counts one step.
    ///
    /// # Errors
    /// `Undecided` when the time is over.
    pub fn step(&mut self) -> Decided<()> {
        self.pivots += 1;
        if Instant::now() > self.until { Err(Undecided) } else { Ok(()) }
    }
}

/// `a + b e`, e infinitesimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Value {
    /// The number.
    pub real: Rational,
    /// The multiple of the infinitesimal.
    pub tiny: Rational,
}

impl Value {
    /// A plain number.
    #[must_use]
    pub fn plain(real: Rational) -> Self {
        Self { real, tiny: Rational::ZERO }
    }

    fn plus(&self, o: &Self) -> Self {
        Self { real: &self.real + &o.real, tiny: &self.tiny + &o.tiny }
    }

    fn minus(&self, o: &Self) -> Self {
        Self { real: &self.real - &o.real, tiny: &self.tiny - &o.tiny }
    }

    fn times(&self, c: &Rational) -> Self {
        Self { real: &self.real * c, tiny: &self.tiny * c }
    }

    fn sign(&self) -> i8 {
        if self.real.is_zero() { self.tiny.sign() } else { self.real.sign() }
    }
}

/// A bound and the entry that set it (`None` for the natural domain of a quantity).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// Where.
    pub at: Value,
    /// Whose.
    pub owner: Option<usize>,
}

#[derive(Debug, Clone, Copy)]
enum Place {
    Row(usize),
    Column(usize),
}

/// The tableau: each basic variable as a combination of the nonbasic ones.
#[derive(Debug, Clone)]
pub struct Simplex {
    rows: Vec<Vec<Rational>>,
    basic: Vec<usize>,
    nonbasic: Vec<usize>,
    place: Vec<Place>,
    value: Vec<Value>,
    low: Vec<Option<Bound>>,
    high: Vec<Option<Bound>>,
}

/// Where a form ends when driven to its extreme.
#[derive(Debug, Clone)]
pub enum Extreme {
    /// At this value.
    At(Value),
    /// Nowhere: it grows along a column in a direction.
    Unbounded(Ray),
}

/// A direction that never leaves the bounds.
#[derive(Debug, Clone, Copy)]
pub struct Ray {
    column: usize,
    up: bool,
}

/// A sparse linear form over variables.
pub type Terms = [(usize, Rational)];

// Indices here are made by this file alone: rows, columns and variables never shrink, so indexing cannot fail.
impl Simplex {
    /// A system of `n` items without rows and bounds.
    #[must_use]
    pub fn new(n: usize) -> Self {
        Self {
            rows: Vec::new(),
            basic: Vec::new(),
            nonbasic: (0..n).collect(),
            place: (0..n).map(Place::Column).collect(),
            value: vec![Value::plain(Rational::ZERO); n],
            low: vec![None; n],
            high: vec![None; n],
        }
    }

    /// Adds a row for a form over the items and gives its variable.
    pub fn add_row(&mut self, form: &Terms) -> usize {
        let var = self.value.len();
        let mut row = vec![Rational::ZERO; self.nonbasic.len()];
        let mut value = Value::plain(Rational::ZERO);
        for (item, c) in form {
            value = value.plus(&self.value[*item].times(c));
            match self.place[*item] {
                Place::Column(j) => row[j] = &row[j] + c,
                Place::Row(i) => {
                    for (cell, other) in row.iter_mut().zip(&self.rows[i]) {
                        *cell = &*cell + &(other * c);
                    }
                }
            }
        }
        self.place.push(Place::Row(self.rows.len()));
        self.basic.push(var);
        self.rows.push(row);
        self.value.push(value);
        self.low.push(None);
        self.high.push(None);
        var
    }

    /// Replaces the bounds of a variable.
    pub fn set_bounds(&mut self, var: usize, low: Option<Bound>, high: Option<Bound>) {
        self.low[var] = low;
        self.high[var] = high;
    }

    fn below(&self, var: usize) -> bool {
        self.low[var].as_ref().is_some_and(|b| self.value[var] < b.at)
    }

    fn above(&self, var: usize) -> bool {
        self.high[var].as_ref().is_some_and(|b| self.value[var] > b.at)
    }

    fn may_rise(&self, var: usize) -> bool {
        self.high[var].as_ref().is_none_or(|b| self.value[var] < b.at)
    }

    fn may_fall(&self, var: usize) -> bool {
        self.low[var].as_ref().is_none_or(|b| self.value[var] > b.at)
    }

    /// Moves the nonbasic variable of a column and with it every basic one.
    fn shift(&mut self, column: usize, by: &Value) {
        if by.sign() == 0 {
            return;
        }
        let var = self.nonbasic[column];
        self.value[var] = self.value[var].plus(by);
        for (row, &b) in self.rows.iter().zip(&self.basic) {
            if !row[column].is_zero() {
                self.value[b] = self.value[b].plus(&by.times(&row[column]));
            }
        }
    }

    fn pivot(&mut self, r: usize, c: usize) {
        let inverse = self.rows[r][c].recip();
        let mut row = std::mem::take(&mut self.rows[r]);
        let mut filled = Vec::with_capacity(row.len());
        for (j, cell) in row.iter_mut().enumerate() {
            if j == c {
                *cell = inverse.clone();
            } else if !cell.is_zero() {
                *cell = -&(&*cell * &inverse);
                filled.push(j);
            }
        }
        for (i, other) in self.rows.iter_mut().enumerate() {
            if i == r || other[c].is_zero() {
                continue;
            }
            let factor = std::mem::replace(&mut other[c], Rational::ZERO);
            for &j in &filled {
                other[j] = &other[j] + &(&factor * &row[j]);
            }
            other[c] = &factor * &inverse;
        }
        self.rows[r] = row;
        std::mem::swap(&mut self.basic[r], &mut self.nonbasic[c]);
        self.place[self.basic[r]] = Place::Row(r);
        self.place[self.nonbasic[c]] = Place::Column(c);
    }

    /// Phase one. `None` when all bounds can hold together; otherwise the owners of bounds that cannot.
    ///
    /// # Errors
    /// `Undecided` when the budget is used up.
    pub fn solve(&mut self, budget: &mut Budget) -> Decided<Option<Vec<usize>>> {
        for (l, h) in self.low.iter().zip(&self.high) {
            if let (Some(l), Some(h)) = (l, h)
                && l.at > h.at
            {
                return Ok(Some(owners([l.owner, h.owner])));
            }
        }
        for j in 0..self.nonbasic.len() {
            let var = self.nonbasic[j];
            let bound = if self.below(var) {
                &self.low[var]
            } else if self.above(var) {
                &self.high[var]
            } else {
                continue;
            };
            if let Some(b) = bound {
                let by = b.at.minus(&self.value[var]);
                self.shift(j, &by);
            }
        }
        // Cheap columns first; smallest index only once this has taken suspiciously long, to be sure of an end.
        let patience = 4 * (self.rows.len() + self.nonbasic.len()) as u64 + budget.pivots;
        loop {
            let violated = (0..self.rows.len())
                .filter(|&i| self.below(self.basic[i]) || self.above(self.basic[i]))
                .min_by_key(|&i| self.basic[i]);
            let Some(r) = violated else { return Ok(None) };
            budget.step()?;
            let var = self.basic[r];
            let rise = self.below(var);
            let usable = |&j: &usize| {
                let (a, x) = (self.rows[r][j].sign(), self.nonbasic[j]);
                a != 0 && if (a > 0) == rise { self.may_rise(x) } else { self.may_fall(x) }
            };
            let candidates = (0..self.nonbasic.len()).filter(usable);
            let column = if budget.pivots > patience {
                candidates.min_by_key(|&j| self.nonbasic[j])
            } else {
                candidates.min_by_key(|&j| {
                    (self.rows.iter().filter(|row| !row[j].is_zero()).count(), self.nonbasic[j])
                })
            };
            let Some(c) = column else { return Ok(Some(self.proof(r, rise))) };
            let target = if rise { &self.low[var] } else { &self.high[var] };
            if let Some(b) = target {
                let by = b.at.minus(&self.value[var]).times(&self.rows[r][c].recip());
                self.shift(c, &by);
            }
            self.pivot(r, c);
        }
    }

    /// The bounds that hold a basic variable outside its own.
    fn proof(&self, r: usize, rise: bool) -> Vec<usize> {
        let side = |var: usize, high: bool| {
            (if high { &self.high[var] } else { &self.low[var] }).as_ref().and_then(|b| b.owner)
        };
        let own = side(self.basic[r], !rise);
        let rest = self.rows[r].iter().zip(&self.nonbasic).filter(|(a, _)| !a.is_zero());
        owners(rest.map(|(a, &x)| side(x, (a.sign() > 0) == rise)).chain([own]))
    }

    /// Phase two: the largest (`up`) or smallest value of a form over the items. Call after a successful `solve`.
    ///
    /// # Errors
    /// `Undecided` when the budget is used up.
    pub fn drive(&mut self, form: &Terms, up: bool, budget: &mut Budget) -> Decided<Extreme> {
        loop {
            budget.step()?;
            let mut cost = vec![Rational::ZERO; self.nonbasic.len()];
            for (var, c) in form {
                match self.place[*var] {
                    Place::Column(j) => cost[j] = &cost[j] + c,
                    Place::Row(i) => {
                        for (d, a) in cost.iter_mut().zip(&self.rows[i]).filter(|(_, a)| !a.is_zero()) {
                            *d = &*d + &(a * c);
                        }
                    }
                }
            }
            let helps = |&j: &usize| {
                let (d, x) = (cost[j].sign(), self.nonbasic[j]);
                d != 0 && if (d > 0) == up { self.may_rise(x) } else { self.may_fall(x) }
            };
            let Some(c) = (0..cost.len()).filter(helps).min_by_key(|&j| self.nonbasic[j]) else {
                let zero = Value::plain(Rational::ZERO);
                return Ok(Extreme::At(form.iter().fold(zero, |s, (v, c)| s.plus(&self.value[*v].times(c)))));
            };
            let rise = (cost[c].sign() > 0) == up;
            let Some((step, blocking)) = self.longest_step(c, rise) else {
                return Ok(Extreme::Unbounded(Ray { column: c, up: rise }));
            };
            self.shift(c, &if rise { step } else { step.times(&Rational::int(-1)) });
            if let Some(r) = blocking {
                self.pivot(r, c);
            }
        }
    }

    /// How far a column may move, and the row that stops it (`None`: its own opposite bound).
    fn longest_step(&self, c: usize, rise: bool) -> Option<(Value, Option<usize>)> {
        let own = self.nonbasic[c];
        let room = |var: usize, rise: bool| {
            let bound = if rise { &self.high[var] } else { &self.low[var] };
            bound
                .as_ref()
                .map(|b| if rise { b.at.minus(&self.value[var]) } else { self.value[var].minus(&b.at) })
        };
        let mut best: Option<(Value, usize, Option<usize>)> = room(own, rise).map(|step| (step, own, None));
        for (i, row) in self.rows.iter().enumerate() {
            let a = &row[c];
            if a.is_zero() {
                continue;
            }
            let var = self.basic[i];
            if let Some(free) = room(var, (a.sign() > 0) == rise) {
                let step = free.times(&a.abs().recip());
                let better = best.as_ref().is_none_or(|(s, v, _)| match step.cmp(s) {
                    Ordering::Less => true,
                    Ordering::Equal => var < *v,
                    Ordering::Greater => false,
                });
                if better {
                    best = Some((step, var, Some(i)));
                }
            }
        }
        best.map(|(step, _, row)| (step, row))
    }

    /// How fast a form changes along a ray.
    #[must_use]
    pub fn along(&self, ray: Ray, form: &Terms) -> Rational {
        let mut rate = Rational::ZERO;
        for (var, c) in form {
            match self.place[*var] {
                Place::Column(j) if j == ray.column => rate = &rate + c,
                Place::Column(_) => {}
                Place::Row(i) => rate = &rate + &(&self.rows[i][ray.column] * c),
            }
        }
        if ray.up { rate } else { -&rate }
    }

    /// The value of a form at the present solution.
    #[must_use]
    pub fn at(&self, form: &Terms) -> Value {
        let zero = Value::plain(Rational::ZERO);
        form.iter().fold(zero, |s, (v, c)| s.plus(&self.value[*v].times(c)))
    }
}

fn owners(list: impl IntoIterator<Item = Option<usize>>) -> Vec<usize> {
    let mut out: Vec<usize> = list.into_iter().flatten().collect();
    out.sort_unstable();
    out.dedup();
    out
}
