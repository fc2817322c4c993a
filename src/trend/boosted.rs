//! The boosted Hodrick-Prescott filter: the filter is applied again to the cycle that is left, until a rule says stop.
//!
//! After m rounds the trend is (I - (I - S)^m) y, S being the smoother. The rules (Phillips and Shi 2021): an information
//! criterion that weighs the variance of the cycle against the degrees of freedom spent, or a unit-root test of the
//! cycle. The trace that the criterion needs is a sum over the eigenvalues of S, which are found without a matrix.

use super::hp::{Factor, Line};
use super::least_squares::regress;
use super::near_one;
use super::no_gaps;
use super::{check_observed, check_stiffness};
use crate::error::{Error, Result};
use crate::kernel::{BlockKernel, one_by_one};
use crate::number::pack::Pack;
use std::f64::consts::PI;

/// When to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// At the round before the criterion rises.
    Bic,
    /// When the Dickey-Fuller test rejects a unit root in the cycle at 5 %.
    Adf,
    /// After all rounds.
    Never,
}

/// The filter. Its fact: the number of rounds.
pub struct Boosted {
    lamb: f64,
    stop: Stop,
    rounds: usize,
}

impl Boosted {
    /// The filter with the penalty `lamb`, at most `rounds` rounds.
    ///
    /// # Errors
    /// A penalty that is not positive; no rounds.
    pub fn new(lamb: f64, stop: Stop, rounds: usize) -> Result<Self> {
        check_stiffness(lamb)?;
        if rounds == 0 {
            return Err(Error::invalid("iterations must be at least 1"));
        }
        Ok(Self { lamb, stop, rounds })
    }

    #[allow(clippy::cast_precision_loss)]
    fn boost(&self, plan: &Plan, y: &[f64], out: &mut [Vec<f64>], facts: &mut [f64]) -> Result<()> {
        no_gaps("the boosted Hodrick-Prescott filter", y)?;
        let [trend, kept] = out else { return Ok(()) };
        let mut cycle: Vec<Pack<1>> = y.iter().map(|&v| Pack([v])).collect();
        let mut fitted = vec![Pack::ZERO; y.len()];
        let mut left = fitted.clone();
        let mut line = Line::across(&cycle);
        let (mut first, mut criterion, mut done) = (f64::NAN, f64::INFINITY, 0);
        for round in 1..=self.rounds {
            plan.factor.solve(&cycle, line, &mut fitted, &mut left);
            line = Line::ZERO; // what is left is small
            std::mem::swap(&mut cycle, &mut left);
            if self.stop == Stop::Bic {
                let variance = variance(&cycle);
                if round == 1 {
                    first = variance;
                }
                let ratio = if first > 0.0 { variance / first } else { 0.0 };
                let value = ratio + plan.penalty(round);
                if value >= criterion {
                    break;
                }
                criterion = value;
            }
            done = round;
            kept.iter_mut().zip(&cycle).for_each(|(kept, c)| *kept = c.0[0]);
            if self.stop == Stop::Adf && rejects_unit_root(kept) {
                break;
            }
        }
        trend.iter_mut().zip(y.iter().zip(kept.iter())).for_each(|(t, (y, c))| *t = y - c);
        facts[0] = done as f64;
        Ok(())
    }
}

/// What depends on the length: the factor, and 1 minus each eigenvalue of the smoother but the two that are 0.
pub struct Plan {
    factor: Factor,
    rest: Vec<f64>,
}

impl Plan {
    /// ln n/(n - tr S) times the trace of I - (I - S)^m.
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_possible_wrap)]
    fn penalty(&self, m: usize) -> f64 {
        let n = (self.rest.len() + 2) as f64;
        let unspent: f64 = self.rest.iter().sum(); // n - tr S
        let spent = n - self.rest.iter().map(|r| r.powi(m as i32)).sum::<f64>();
        n.ln() / unspent * spent
    }
}

/// The positive eigenvalues of D'D for `n` values, D taking second differences.
///
/// They are those of DD', which is the square of the matrix T = tridiag(-1, 2, -1) plus one in its two corners. In the
/// eigenvectors of T that is a diagonal plus a matrix of rank one, for the symmetric and the antisymmetric ones apart, so
/// each eigenvalue is the single root of the secular equation 1 + sum z^2/(d - x) = 0 between two neighbours d.
#[allow(clippy::cast_precision_loss)]
fn eigenvalues(n: usize) -> Vec<f64> {
    let size = n - 2;
    let angle = PI / (size + 1) as f64;
    let mut found = Vec::with_capacity(size);
    for first in 1..=2usize {
        let numbers = (first..=size).step_by(2).map(|k| k as f64 * angle);
        let poles: Vec<[f64; 2]> = numbers
            .map(|a| [(4.0 * (a / 2.0).sin().powi(2)).powi(2), 4.0 / (size + 1) as f64 * a.sin().powi(2)])
            .collect();
        let total: f64 = poles.iter().map(|[_, z]| z).sum();
        for (i, &[d, _]) in poles.iter().enumerate() {
            let above = poles.get(i + 1).map_or(d + total, |next| next[0]);
            // measured from the pole below, so that a root close to it keeps its digits
            let (mut low, mut high) = (0.0, above - d);
            for _ in 0..60 {
                let middle = f64::midpoint(low, high);
                let value: f64 = 1.0 + poles.iter().map(|[e, z]| z / ((e - d) - middle)).sum::<f64>();
                if value < 0.0 { low = middle } else { high = middle }
            }
            found.push(d + f64::midpoint(low, high));
        }
    }
    found
}

#[allow(clippy::cast_precision_loss)]
fn variance(x: &[Pack<1>]) -> f64 {
    let n = x.len() as f64;
    let mean = x.iter().map(|v| v.0[0]).sum::<f64>() / n;
    x.iter().map(|v| (v.0[0] - mean).powi(2)).sum::<f64>() / (n - 1.0)
}

/// 5 % points of the Dickey-Fuller t-ratio with constant and trend, by sample size (Fuller 1976, table 8.5.2; Banerjee et
/// al. 1993, table 4.2).
const CRITICAL: [[f64; 2]; 6] =
    [[25.0, -3.60], [50.0, -3.50], [100.0, -3.45], [250.0, -3.43], [500.0, -3.42], [100_000.0, -3.41]];

/// The augmented Dickey-Fuller test with constant and trend, and the integer part of (n-1)^(1/3) lags, at 5 %.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn rejects_unit_root(x: &[f64]) -> bool {
    let lags = ((x.len() - 1) as f64).cbrt() as usize;
    let steps: Vec<f64> = x.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let rows = steps.len().saturating_sub(lags);
    if rows < lags + 4 {
        return false;
    }
    let column = |values: &mut dyn Iterator<Item = f64>| values.map(|v| Pack([v])).collect::<Vec<Pack<1>>>();
    let mut columns = vec![column(&mut (0..rows).map(|_| 1.0)), column(&mut (0..rows).map(|t| t as f64))];
    columns.extend((1..=lags).map(|lag| column(&mut steps[lags - lag..][..rows].iter().copied())));
    columns.push(column(&mut x[lags..][..rows].iter().copied()));
    columns.push(column(&mut steps[lags..].iter().copied()));
    let ratio = regress(&mut columns).last_t_ratio(rows);
    let n = (steps.len() as f64).clamp(CRITICAL[0][0], CRITICAL[5][0]);
    let critical = CRITICAL.windows(2).find(|pair| n <= pair[1][0]).map_or(CRITICAL[5][1], |pair| {
        let [[a, low], [b, high]] = [pair[0], pair[1]];
        low + (high - low) * (n - a) / (b - a)
    });
    ratio <= critical
}

impl BlockKernel for Boosted {
    type Plan = Plan;

    fn parts(&self) -> usize {
        2
    }

    fn facts(&self) -> usize {
        1
    }

    fn plan(&self, n: usize) -> Result<Plan> {
        check_observed("the boosted Hodrick-Prescott filter", n)?;
        let rest = if self.stop == Stop::Bic { eigenvalues(n) } else { Vec::new() };
        let rest = rest.into_iter().map(|e| self.lamb * e / (1.0 + self.lamb * e)).collect();
        Ok(Plan { factor: Factor::new(self.lamb, n), rest })
    }

    #[inline(always)]
    fn run<const W: usize>(
        &self,
        plan: &Plan,
        x: &[Pack<W>],
        out: &mut [&mut [Pack<W>]],
        facts: &mut [Pack<W>],
    ) -> Result<()> {
        one_by_one(x, out, facts, |y, out, facts| {
            near_one(y, out, |y, out| self.boost(plan, y, out, facts)).map(|_| ())
        })
    }
}
