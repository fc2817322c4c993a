//! The Hodrick-Prescott filter, its one-sided form and its boosted form: a penalised trend as a banded solve.
//!
//! The trend t minimises the squared distance to the observed values plus lambda times its squared second differences,
//! so (W + lambda D'D) t = W y, where W is one for an observed value and zero for a missing one. The matrix has five
//! diagonals; it is factored as L D L' in one pass, and once for all complete series of a length. What is not here:
//! the usual lambdas (they belong to frequencies, which only the Python side knows).

use super::{check_lambda, check_observed, check_stiffness};
use crate::error::Result;
use crate::kernel::BlockKernel;
use crate::number::pack::Pack;

/// A row of the factor: the entries of L one and two below the diagonal, and the inverse of D.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Row {
    one: f64,
    two: f64,
    inverse: f64,
}

/// The factorisation in the making: what the next row needs of the two before.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Pivots {
    lamb: f64,
    one: f64,
    two: [f64; 2],
    d: [f64; 2],
}

impl Pivots {
    const fn new(lamb: f64) -> Self {
        Self { lamb, one: 0.0, two: [0.0; 2], d: [0.0; 2] }
    }

    /// The row `i` of `n`, where the value has the weight `w`.
    #[inline(always)]
    fn next(&mut self, i: usize, n: usize, w: f64) -> Row {
        let square = f64::from(u8::from(i + 2 < n) + 4 * u8::from(i > 0 && i + 1 < n) + u8::from(i > 1));
        let beside = -2.0 * f64::from(u8::from(i + 2 < n) + u8::from(i > 0 && i + 1 < n));
        let below = if i + 2 < n { self.lamb } else { 0.0 };
        let d = (w + square * self.lamb)
            - self.one * self.one * self.d[0]
            - self.two[1] * self.two[1] * self.d[1];
        let inverse = 1.0 / d;
        let one = (beside * self.lamb - self.d[0] * self.one * self.two[0]) * inverse;
        let two = below * inverse;
        *self = Self { one, two: [two, self.two[0]], d: [d, self.d[0]], ..*self };
        Row { one, two, inverse }
    }
}

/// The factor of the matrix of a complete series: rows that differ, then one row repeated, then the last rows.
pub struct Factor {
    head: Vec<Row>,
    steady: Row,
    tail: Vec<Row>,
    n: usize,
}

impl Factor {
    /// Factors I + lambda D'D for `n` values.
    #[must_use]
    pub fn new(lamb: f64, n: usize) -> Self {
        let mut pivots = Pivots::new(lamb);
        let mut head = Vec::new();
        let last_two = n.saturating_sub(2);
        for i in 0..last_two {
            let before = pivots;
            head.push(pivots.next(i, n, 1.0));
            // the recursion has come to rest, to the last bit: every further row is this one
            if i > 2 && pivots == before {
                break;
            }
        }
        let steady = head.last().copied().unwrap_or(Row { one: 0.0, two: 0.0, inverse: 1.0 });
        let tail = (last_two..n).map(|i| pivots.next(i, n, 1.0)).collect();
        Self { head, steady, tail, n }
    }

    /// Solves for the trend and the cycle of `x`; `line` passes unchanged and is left out of the arithmetic.
    ///
    /// Every loop carries its state from row to row on purpose: one without would be vectorised across rows, by gathers
    /// that cost more than they save, instead of across the series.
    #[inline(always)]
    pub(super) fn solve<const W: usize>(
        &self,
        x: &[Pack<W>],
        line: Line<W>,
        trend: &mut [Pack<W>],
        cycle: &mut [Pack<W>],
    ) {
        let (body, end) = (self.head.len(), self.n - self.tail.len());
        // z[i] = y[i] - one[i-1] z[i-1] - two[i-2] z[i-2]
        let mut forward = Forward::new();
        for i in 0..body {
            trend[i] = forward.step(self.head[i], x[i] - line.at(i));
        }
        for i in body..end {
            trend[i] = forward.step(self.steady, x[i] - line.at(i));
        }
        for (row, i) in self.tail.iter().zip(end..) {
            trend[i] = forward.step(*row, x[i] - line.at(i));
        }
        // t[i] = z[i]/d[i] - one[i] t[i+1] - two[i] t[i+2]
        let mut backward = Backward { t1: Pack::ZERO, t2: Pack::ZERO };
        for i in (end..self.n).rev() {
            trend[i] = line.at(i) + backward.step(self.tail[i - end], trend[i]);
            cycle[i] = x[i] - trend[i];
        }
        for i in (body..end).rev() {
            trend[i] = line.at(i) + backward.step(self.steady, trend[i]);
            cycle[i] = x[i] - trend[i];
        }
        for i in (0..body).rev() {
            trend[i] = line.at(i) + backward.step(self.head[i], trend[i]);
            cycle[i] = x[i] - trend[i];
        }
    }
}

/// The forward pass: the two rows before, and what was solved there.
struct Forward<const W: usize> {
    z: [Pack<W>; 2],
    one: f64,
    two: [f64; 2],
}

impl<const W: usize> Forward<W> {
    #[inline(always)]
    const fn new() -> Self {
        Self { z: [Pack::ZERO; 2], one: 0.0, two: [0.0; 2] }
    }

    #[inline(always)]
    fn step(&mut self, row: Row, y: Pack<W>) -> Pack<W> {
        let z = (y - self.z[1] * self.two[1]) - self.z[0] * self.one;
        *self = Self { z: [z, self.z[0]], one: row.one, two: [row.two, self.two[0]] };
        z
    }
}

/// The backward pass: the trend of the two rows after.
struct Backward<const W: usize> {
    t1: Pack<W>,
    t2: Pack<W>,
}

impl<const W: usize> Backward<W> {
    #[inline(always)]
    fn step(&mut self, row: Row, z: Pack<W>) -> Pack<W> {
        let t = (z * row.inverse - self.t2 * row.two) - self.t1 * row.one;
        *self = Self { t1: t, t2: self.t1 };
        t
    }
}

/// The line from the first value to the last. It passes the filter unchanged; without it the values are small, and so
/// are the rounding errors that a large lambda multiplies.
#[derive(Clone, Copy)]
pub(super) struct Line<const W: usize> {
    start: Pack<W>,
    slope: Pack<W>,
}

impl<const W: usize> Line<W> {
    /// No line.
    pub(super) const ZERO: Self = Self { start: Pack::ZERO, slope: Pack::ZERO };

    #[inline(always)]
    #[allow(clippy::cast_precision_loss)]
    pub(super) fn across(x: &[Pack<W>]) -> Self {
        let (start, end) = (x[0], x[x.len() - 1]);
        Self { start, slope: (end - start) / (x.len() - 1) as f64 }
    }

    #[inline(always)]
    #[allow(clippy::cast_precision_loss)]
    fn at(&self, i: usize) -> Pack<W> {
        self.start + self.slope * i as f64
    }
}

/// Solves for the trend of one series with gaps: each has a factor of its own.
fn solve_with_gaps(lamb: f64, y: &[Pack<1>], out: &mut [Pack<1>]) {
    let mut pivots = Pivots::new(lamb);
    let line = Line::across(y);
    let mut rows: Vec<Row> = Vec::with_capacity(y.len());
    for (i, value) in y.iter().enumerate() {
        let value = (*value - line.at(i)).0[0];
        let (w, mut z) = if value.is_nan() { (0.0, 0.0) } else { (1.0, value) };
        if i > 1 {
            z -= out[i - 2].0[0] * rows[i - 2].two;
        }
        if i > 0 {
            z -= out[i - 1].0[0] * rows[i - 1].one;
        }
        rows.push(pivots.next(i, y.len(), w));
        out[i] = Pack([z]);
    }
    let (mut t1, mut t2) = (0.0, 0.0);
    for (i, (row, t)) in rows.iter().zip(out).enumerate().rev() {
        let value = (t.0[0] * row.inverse - t2 * row.two) - t1 * row.one;
        *t = line.at(i) + Pack([value]);
        (t2, t1) = (t1, value);
    }
}

/// The number of observed values, where any is missing: only series that come alone can have gaps.
fn gaps<const W: usize>(x: &[Pack<W>]) -> Option<Vec<Pack<1>>> {
    let gap = W == 1 && x.iter().any(|row| row.0[0].is_nan());
    gap.then(|| x.iter().map(|row| Pack([row.0[0]])).collect())
}

fn count(x: &[Pack<1>]) -> usize {
    x.iter().filter(|row| !row.0[0].is_nan()).count()
}

/// Writes the trend of a series that came alone, and the cycle.
fn put<const W: usize>(trend: &[Pack<1>], x: &[Pack<W>], out: &mut [&mut [Pack<W>]]) {
    for (row, t) in trend.iter().enumerate() {
        out[0][row] = Pack::splat(t.0[0]);
        out[1][row] = x[row] - t.0[0];
    }
}

/// The two-sided filter: trend and cycle.
///
/// A missing value within the series has no weight: its trend is the smoothest path across, its cycle is missing.
pub struct Hp {
    lamb: f64,
}

impl Hp {
    /// The filter with the penalty `lamb`.
    ///
    /// # Errors
    /// A penalty that is not positive.
    pub fn new(lamb: f64) -> Result<Self> {
        check_stiffness(lamb)?;
        Ok(Self { lamb })
    }
}

impl BlockKernel for Hp {
    type Plan = Factor;

    fn parts(&self) -> usize {
        2
    }

    fn plan(&self, n: usize) -> Result<Factor> {
        check_observed("the Hodrick-Prescott filter", n)?;
        Ok(Factor::new(self.lamb, n))
    }

    #[inline(always)]
    fn run<const W: usize>(
        &self,
        plan: &Factor,
        x: &[Pack<W>],
        out: &mut [&mut [Pack<W>]],
        _: &mut [Pack<W>],
    ) -> Result<()> {
        if let Some(alone) = gaps(x) {
            check_observed("the Hodrick-Prescott filter", count(&alone))?;
            let mut trend = vec![Pack::ZERO; alone.len()];
            solve_with_gaps(self.lamb, &alone, &mut trend);
            put(&trend, x, out);
            return Ok(());
        }
        let [trend, cycle] = out else { return Ok(()) };
        plan.solve(x, Line::across(x), trend, cycle);
        Ok(())
    }
}

/// The one-sided filter: the trend of each period is the end point of the two-sided filter up to that period.
///
/// It is the filtered level of a local linear trend whose level is a twice integrated noise of variance 1/lambda
/// under an observation noise of variance 1, started diffuse exactly: two observed values fix level and slope. The
/// state is (t[i], t[i-1]); the gains do not depend on the values, so complete series of a length share them.
pub struct OneSided {
    lamb: f64,
}

/// The covariance of (t[i], t[i-1]) and what follows from it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Spread {
    p11: f64,
    p12: f64,
    p22: f64,
}

impl Spread {
    /// That of two observed neighbours: the observation noise of each.
    const PAIR: Self = Self { p11: 1.0, p12: 0.0, p22: 1.0 };

    /// After the first two observed values, `steps` periods apart: the smoothest path between them is a line.
    #[allow(clippy::cast_precision_loss)]
    fn across(steps: usize, noise: f64) -> Self {
        let m = steps as f64;
        let bend = (m - 1.0) * (2.0 * m - 1.0) / (6.0 * m); // sum of (i/m)^2 for i = 1 .. m-1
        Self { p11: 1.0, p12: (m - 1.0) / m, p22: (1.0 + (m - 1.0) * (m - 1.0)) / (m * m) + noise * bend }
    }

    /// One period on, before its value is seen.
    #[inline(always)]
    fn ahead(self, noise: f64) -> Self {
        Self {
            p11: 4.0 * (self.p11 - self.p12) + (self.p22 + noise),
            p12: 2.0 * self.p11 - self.p12,
            p22: self.p11,
        }
    }

    /// The value is seen: the gains of level and level before, which are the new covariances too.
    #[inline(always)]
    fn seen(self) -> Self {
        let inverse = 1.0 / (self.p11 + 1.0);
        let (p11, p12) = (self.p11 * inverse, self.p12 * inverse);
        Self { p11, p12, p22: self.p22 - p12 * self.p12 }
    }
}

impl OneSided {
    /// The filter with the penalty `lamb`.
    ///
    /// # Errors
    /// A penalty that is not positive.
    pub fn new(lamb: f64) -> Result<Self> {
        check_lambda(lamb)?;
        Ok(Self { lamb })
    }

    /// A series with gaps: a missing value is predicted; before the second observed value there is no trend but there.
    fn with_gaps(&self, y: &[Pack<1>], trend: &mut [Pack<1>]) {
        let noise = 1.0 / self.lamb;
        trend.fill(Pack::MISSING);
        trend[0] = y[0];
        let Some(second) = (1..y.len()).find(|&i| !y[i].0[0].is_nan()) else { return };
        trend[second] = y[second];
        let mut spread = Spread::across(second, noise);
        #[allow(clippy::cast_precision_loss)]
        let slope = (y[second].0[0] - y[0].0[0]) / second as f64;
        let (mut level, mut before) = (y[second].0[0], y[second].0[0] - slope);
        for (y, trend) in y.iter().zip(trend).skip(second + 1) {
            let predicted = 2.0 * level - before;
            spread = spread.ahead(noise);
            (level, before) = if y.0[0].is_nan() {
                (predicted, level)
            } else {
                spread = spread.seen();
                let surprise = y.0[0] - predicted;
                (predicted + surprise * spread.p11, level + surprise * spread.p12)
            };
            *trend = Pack([level]);
        }
    }
}

impl BlockKernel for OneSided {
    type Plan = Vec<[f64; 2]>;

    fn parts(&self) -> usize {
        2
    }

    fn plan(&self, n: usize) -> Result<Self::Plan> {
        check_observed("the one-sided Hodrick-Prescott filter", n)?;
        let noise = 1.0 / self.lamb;
        let mut gains = Vec::with_capacity(n);
        let mut spread = Spread::PAIR;
        for _ in 2..n {
            let before = spread;
            spread = spread.ahead(noise).seen();
            gains.push([spread.p11, spread.p12]);
            if spread == before {
                break; // at rest, to the last bit
            }
        }
        gains.resize(n - 2, [spread.p11, spread.p12]);
        Ok(gains)
    }

    #[inline(always)]
    fn run<const W: usize>(
        &self,
        plan: &Self::Plan,
        x: &[Pack<W>],
        out: &mut [&mut [Pack<W>]],
        _: &mut [Pack<W>],
    ) -> Result<()> {
        if let Some(alone) = gaps(x) {
            check_observed("the one-sided Hodrick-Prescott filter", count(&alone))?;
            let mut own = vec![Pack::ZERO; alone.len()];
            self.with_gaps(&alone, &mut own);
            put(&own, x, out);
            return Ok(());
        }
        let [trend, cycle] = out else { return Ok(()) };
        trend[..2].copy_from_slice(&x[..2]);
        let (mut before, mut level) = (x[0], x[1]);
        for ((y, trend), [gain, back]) in x[2..].iter().zip(&mut trend[2..]).zip(plan) {
            let predicted = level * 2.0 - before;
            let surprise = *y - predicted;
            (level, before) = (predicted + surprise * *gain, level + surprise * *back);
            *trend = level;
        }
        for (cycle, (x, trend)) in cycle.iter_mut().zip(x.iter().zip(trend.iter())) {
            *cycle = *x - *trend;
        }
        Ok(())
    }
}
