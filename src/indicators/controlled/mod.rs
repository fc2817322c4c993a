//! Controlled rounding: printed components that add up to their printed totals, with least change.
//!
//! Every value stays at one of its two neighbouring printable values, and one that is printable already stays as it
//! is ("zero-restricted"). A value x between k and k + 1 units changes by f = x − k if it goes down and by 1 − f if it
//! goes up: going up costs 1 − 2f more, whether changes are summed by size or by their squares. So one linear programme
//! serves both: for a single total it is solved by largest remainders, for a table by a flow (`flow`), whose optimum is
//! whole because the network's matrix is totally unimodular. The fractions themselves are a flow between the bounds,
//! so with free margins there is always a solution.

mod flow;

use crate::error::{Error, Result};
use crate::number::rational::Rational;
use flow::{Arc, Network};
use num_bigint::BigInt;
use num_integer::Integer;
use std::cmp::Ordering;

/// Values with their total, or a table with its margins, in units of the last printed digit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The parts, row by row.
    pub cells: Vec<BigInt>,
    /// The total of each row of a table.
    pub rows: Vec<BigInt>,
    /// The total of each column of a table.
    pub columns: Vec<BigInt>,
    /// The total.
    pub total: BigInt,
}

/// Totals that were printed already; those that are not given are rounded along.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The total.
    pub total: Option<BigInt>,
    /// The total of each row.
    pub rows: Option<Vec<BigInt>>,
    /// The total of each column.
    pub columns: Option<Vec<BigInt>>,
}

/// The nearest whole number, ties away from zero.
#[must_use]
pub fn nearest(x: &Rational) -> BigInt {
    let half = Rational::new(1, 2);
    if x.sign() < 0 { (x - &half).ceil() } else { (x + &half).floor() }
}

fn whole(n: &BigInt) -> Rational {
    Rational::from_big(n.clone(), BigInt::from(1))
}

/// The exact sum.
pub fn total_of<'a>(x: impl Iterator<Item = &'a Rational>) -> Rational {
    x.fold(Rational::ZERO, |sum, v| &sum + v)
}

/// What lies above the whole number below.
fn fraction(x: &Rational) -> Rational {
    x - &whole(&x.floor())
}

/// Rounds parts so that they sum to their total: the largest remainders go up. Of equal ones the larger part in size
/// does, then the earlier.
///
/// # Errors
/// A given total that no rounding to neighbouring values reaches; says how far it is.
pub fn one_total(parts: &[Rational], given: Option<&BigInt>) -> Result<Printed> {
    let total = given.cloned().unwrap_or_else(|| nearest(&total_of(parts.iter())));
    let mut cells: Vec<BigInt> = parts.iter().map(Rational::floor).collect();
    let fractions: Vec<Rational> = parts.iter().map(fraction).collect();
    let lowest: BigInt = cells.iter().sum();
    let movable = fractions.iter().filter(|f| !f.is_zero()).count();
    let raised = usize::try_from(&total - &lowest).ok().filter(|n| *n <= movable);
    let Some(raised) = raised else {
        let highest = &lowest + movable;
        let far = if total < lowest { &lowest - &total } else { &total - &highest };
        return Err(unreachable("the parts", &lowest, &highest, &total, &far));
    };
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let by = |i: usize| Some((fractions.get(i)?, parts.get(i)?.abs()));
    order.sort_by(|&i, &j| match (by(i), by(j)) {
        (Some((f, x)), Some((g, y))) => g.cmp(f).then_with(|| y.cmp(&x)),
        _ => Ordering::Equal,
    });
    for &i in order.iter().take(raised) {
        if let Some(cell) = cells.get_mut(i) {
            *cell += 1;
        }
    }
    Ok(Printed { cells, rows: vec![], columns: vec![], total })
}

/// The sentence for a total out of reach; `{n}` stands for a number of units, which the caller writes as printed.
fn unreachable(what: &str, low: &BigInt, high: &BigInt, total: &BigInt, far: &BigInt) -> Error {
    let range = if low == high { format!("only {{{low}}}") } else { format!("only {{{low}}} to {{{high}}}") };
    Error::invalid(format!(
        "{what}, each rounded to one of its two neighbours, reach {range}; the total {{{total}}} is {{{far}}} away: \
         check the total, or leave it out to have it rounded along"
    ))
}

/// Rounds a table so that its cells sum to the printed totals of rows and columns, and these to the total.
///
/// # Errors
/// Given totals that contradict each other or that no rounding to neighbouring values reaches.
pub fn table(cells: &[Rational], columns: usize, given: &Given) -> Result<Printed> {
    let rows = cells.len().checked_div(columns).unwrap_or(0);
    let row_sums: Vec<Rational> = cells.chunks(columns.max(1)).map(|row| total_of(row.iter())).collect();
    let column_sums: Vec<Rational> =
        (0..columns).map(|j| total_of(cells.iter().skip(j).step_by(columns))).collect();
    let sum = total_of(row_sums.iter());
    let sums = [
        ("the total", given.total.clone()),
        ("the row totals", given.rows.as_ref().map(|r| r.iter().sum())),
        ("the column totals", given.columns.as_ref().map(|c| c.iter().sum())),
    ];
    // What the given totals sum to is the total, be it a neighbour of the exact one or not.
    let mut known = sums.into_iter().filter_map(|(name, sum)| Some((name, sum?)));
    let whole = known.next();
    if let Some((name, first)) = &whole
        && let Some((other, second)) = known.find(|(_, sum)| sum != first)
    {
        let says =
            |name, sum| format!("{name} {} {{{sum}}}", if name == "the total" { "is" } else { "sum to" });
        return Err(Error::invalid(format!(
            "{}, {}: they must agree",
            says(*name, first),
            says(other, &second)
        )));
    }

    // Nodes: the rows, the columns, and the two ends where the margins meet.
    let (top, bottom) = (rows + columns, rows + columns + 1);
    let mut net = Builder::new(rows + columns + 2);
    for (i, row) in cells.chunks(columns.max(1)).enumerate() {
        for (j, x) in row.iter().enumerate() {
            net.value(i, rows + j, x, None);
        }
    }
    for (i, x) in row_sums.iter().enumerate() {
        net.value(top, i, x, given.rows.as_ref().and_then(|g| g.get(i)));
    }
    for (j, x) in column_sums.iter().enumerate() {
        net.value(rows + j, bottom, x, given.columns.as_ref().and_then(|g| g.get(j)));
    }
    net.value(bottom, top, &sum, whole.as_ref().map(|(_, sum)| sum));
    let amounts = net.solve(|node, far| {
        let place = match node.checked_sub(rows) {
            None => format!("[row {node}]"),
            Some(j) if j < columns => format!("[column {j}]"),
            Some(_) => "the total".into(),
        };
        Error::invalid(format!(
            "no rounding of each value to one of its two neighbours reaches the given totals: {place} is {{{far}}} away \
             at the nearest; check them, or leave some out to have them rounded along"
        ))
    })?;
    let mut amounts = amounts.into_iter();
    let mut take = |n: usize| amounts.by_ref().take(n).collect::<Vec<_>>();
    let (cells, rows, columns) = (take(rows * columns), take(rows), take(columns));
    let total = take(1).pop().unwrap_or_default();
    Ok(Printed { cells, rows, columns, total })
}

/// A network whose arcs carry the values: the whole part below, and at most one unit more.
struct Builder {
    nodes: usize,
    /// For each value its ends, the whole number below, and the fraction if it may go up.
    values: Vec<(usize, usize, BigInt, Option<Rational>)>,
}

impl Builder {
    fn new(nodes: usize) -> Self {
        Self { nodes, values: vec![] }
    }

    fn value(&mut self, from: usize, to: usize, x: &Rational, fixed: Option<&BigInt>) {
        let below = fixed.cloned().unwrap_or_else(|| x.floor());
        let free = Some(fraction(x)).filter(|f| fixed.is_none() && !f.is_zero());
        self.values.push((from, to, below, free));
    }

    /// The values at least cost; `fail` words what is left over at a node.
    fn solve(self, fail: impl Fn(usize, BigInt) -> Error) -> Result<Vec<BigInt>> {
        let mut supply = vec![BigInt::from(0); self.nodes];
        for (from, to, below, _) in &self.values {
            if let Some(s) = supply.get_mut(*to) {
                *s += below;
            }
            if let Some(s) = supply.get_mut(*from) {
                *s -= below;
            }
        }
        // No more than its arcs can leave or reach a node, so what does not fit is out of reach.
        let room = i64::try_from(self.values.len()).unwrap_or(i64::MAX);
        let small: Option<Vec<i64>> =
            supply.iter().map(|s| i64::try_from(s).ok().filter(|s| s.abs() <= room)).collect();
        let Some(small) = small else {
            let worst = supply.iter().enumerate().max_by_key(|(_, s)| s.magnitude().clone());
            let (node, far) = worst.map_or((0, BigInt::from(0)), |(node, s)| (node, s.clone()));
            return Err(fail(node, BigInt::from(far.magnitude().clone())));
        };
        let movable: Vec<_> = self.values.iter().filter_map(|v| Some((v.0, v.1, v.3.as_ref()?))).collect();
        let costs = whole_costs(movable.iter().map(|m| m.2));
        let ends = || movable.iter().map(|m| (m.0, m.1));
        let small_costs: Option<Vec<i128>> = costs.iter().map(|c| i128::try_from(c).ok()).collect();
        // Sums along a path must fit too.
        let limit = i128::MAX / i128::from(room.max(1)) / 4;
        let raised = match small_costs.filter(|c| c.iter().all(|c| c.abs() < limit)) {
            Some(costs) => Network::new(&small, ends().zip(costs).map(Arc::from).collect()).least_cost(),
            None => Network::new(&small, ends().zip(costs).map(Arc::from).collect()).least_cost(),
        };
        let mut raised = match raised {
            Ok(raised) => raised.into_iter(),
            Err((node, left)) => return Err(fail(node, BigInt::from(left.unsigned_abs()))),
        };
        Ok(self
            .values
            .into_iter()
            .map(|(_, _, below, free)| {
                let up = free.is_some() && raised.next().unwrap_or(false);
                below + i32::from(up)
            })
            .collect())
    }
}

/// 1 − 2f for each fraction, times their common denominator.
fn whole_costs<'a>(fractions: impl Iterator<Item = &'a Rational> + Clone) -> Vec<BigInt> {
    let common = fractions.clone().fold(BigInt::from(1), |all, f| all.lcm(&f.parts().1));
    fractions
        .map(|f| {
            let (n, d) = f.parts();
            (&d - n * 2) * (&common / d)
        })
        .collect()
}

#[cfg(test)]
mod tests;
