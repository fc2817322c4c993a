//! The search for outliers: one is added at a time where the t value, with a robust spread, is largest and passes its
//! critical value; then the weakest are taken out one at a time (Chang and Tiao; X-13's "addone").

use crate::error::{Error, Result};
use crate::seasonal::calendar::Outlier;

use super::candidates::Candidates;
use super::estimate::{Fit, Method, Sample, count};

/// A type of outlier searched for, with its critical value.
#[derive(Debug, Clone, PartialEq)]
pub struct Searched {
    /// "ao", "ls", "tc" or "so".
    pub kind: String,
    /// What |t| must exceed.
    pub critical: f64,
}

/// An outlier at a row of the observed series.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its type, by place in the list searched.
    pub kind: usize,
    /// Its row.
    pub row: usize,
    /// Its t value.
    pub t: f64,
}

/// A step of the search.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Whether the outlier was added (rather than taken out).
    pub added: bool,
    /// The outlier.
    pub outlier: Found,
    /// The spread of the residuals.
    pub sigma: f64,
    /// Whether another candidate had the same t value, so that the rule for ties decided.
    pub tie: bool,
}

/// What a search has done.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Search {
    /// The outliers kept, in the order in which they were added.
    pub kept: Vec<Found>,
    /// Every step.
    pub steps: Vec<Step>,
    /// Candidates that would pass with critical values lower by a half: the strongest of each period.
    pub almost: Vec<Found>,
}

/// Regressors with which a search ends in an error, as in X-13ARIMA-SEATS.
const MOST: usize = 80;
/// t values closer than this fraction are equal.
const TIE: f64 = 1e-9;
/// By how much critical values are lowered for what is reported as almost an outlier.
const ALMOST: f64 = 0.5;

/// The default critical value for a search over so many dates: Ljung's asymptotic value, carried to short series by a
/// curve through the exact one of two dates and the asymptotic ones of 100 and 200.
#[must_use]
pub fn default_critical(dates: usize) -> f64 {
    let parts = |n: f64| {
        let a = (2.0 * n.ln()).sqrt();
        let b = (n.ln().ln() + (4.0 * std::f64::consts::PI).ln()) / (2.0 * a);
        (a, b)
    };
    let level = -0.5 * (2.0 - 1.05_f64.sqrt()).ln();
    let ljung = |n: f64| {
        let (a, b) = parts(n);
        a - b - level.ln() / a
    };
    let points = [(2.0, QUANTILE_OF_TWO), (100.0, ljung(100.0)), (200.0, ljung(200.0))];
    let rows = points.iter().map(|(n, _)| {
        let (a, b) = parts(*n);
        vec![1.0, b, a]
    });
    let curve = super::dense::solve(rows.collect(), points.iter().map(|(_, c)| *c).collect());
    let n = count(dates.max(2));
    let (a, b) = parts(n);
    curve.map_or_else(|| ljung(n), |c| c[0] + c[1] * b + c[2] * a)
}

/// The normal quantile of (1 + sqrt(.95)) / 2.
const QUANTILE_OF_TWO: f64 = 2.236_476_644_557_789_5;

/// The column of an outlier over rows that begin `back` periods before the observed ones.
pub(super) fn column(kind: &str, row: usize, period: usize, back: usize, rows: usize) -> Result<Vec<f64>> {
    let signed = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let outlier = Outlier::named(kind, signed(row), None)?;
    Ok((0..rows).map(|r| outlier.value(period, signed(r) - signed(back))).collect())
}

/// The search, with what it works on.
pub(super) struct Searcher<'a> {
    method: &'a Method<'a>,
    types: &'a [Searched],
    candidates: Candidates,
}

impl<'a> Searcher<'a> {
    pub(super) fn new(method: &'a Method<'a>, types: &'a [Searched], length: usize) -> Result<Self> {
        Ok(Self { method, types, candidates: Candidates::new(&method.orders, types, length)? })
    }

    /// Forwards, then backwards; `sample` and `fit` are left with the outliers kept, as last columns.
    pub(super) fn run(&mut self, sample: &mut Sample, fit: &mut Fit) -> Result<Search> {
        let mut found = Search::default();
        let user = sample.columns.len();
        loop {
            let sigma = spread(fit);
            let Some((best, tie)) = self.strongest(&self.candidates.values(fit, sigma)) else { break };
            if sample.columns.len() >= MOST {
                return Err(Error::placed(
                    format!(
                        "the search for outliers in {{series}} has come to {MOST} regressors and finds more: raise \
                         critical, or search for fewer types"
                    ),
                    0,
                    0,
                ));
            }
            sample.columns.push(self.candidates.column(best.kind, best.row).to_vec());
            self.candidates.leave_out(best.kind, best.row);
            sample.names.push(format!("{} at row {}", self.types[best.kind].kind.to_uppercase(), best.row));
            *fit = self.method.fit(sample, Some(&fit.parameters))?;
            found.kept.push(best.clone());
            found.steps.push(Step { added: true, outlier: best, sigma, tie });
        }
        loop {
            let errors = fit.errors();
            let each = fit.regression.coefficients.iter().zip(&errors).map(|(b, se)| b / se).skip(user);
            found.kept.iter_mut().zip(each).for_each(|(outlier, t)| outlier.t = t);
            let weaker = |a: &(usize, &Found), b: &(usize, &Found)| {
                a.1.t.abs().total_cmp(&b.1.t.abs()).then(b.0.cmp(&a.0))
            };
            // types may have critical values of their own, so that the weakest of all may be strong enough
            let failing =
                found.kept.iter().enumerate().filter(|(_, o)| o.t.abs() < self.types[o.kind].critical);
            let Some((at, outlier)) = failing.min_by(weaker) else { break };
            let outlier = outlier.clone();
            let sigma = spread(fit);
            found.kept.remove(at);
            sample.columns.remove(user + at);
            sample.names.remove(user + at);
            *fit = self.method.fit(sample, Some(&fit.parameters))?;
            found.steps.push(Step { added: false, outlier, sigma, tie: false });
        }
        let values = self.candidates.values(fit, spread(fit));
        for row in 0..self.candidates.length() {
            let at_row = values.iter().enumerate().map(|(kind, t)| Found { kind, row, t: t[row] });
            let close = at_row.filter(|o| o.t.abs() > self.types[o.kind].critical - ALMOST);
            found.almost.extend(close.max_by(|a, b| a.t.abs().total_cmp(&b.t.abs())));
        }
        Ok(found)
    }

    /// The first of the largest |t| that pass, by date and then by type; and whether another equals it.
    fn strongest(&self, t: &[Vec<f64>]) -> Option<(Found, bool)> {
        let all = (0..self.candidates.length()).flat_map(|row| (0..t.len()).map(move |kind| (kind, row)));
        let passing = all.filter(|(kind, row)| t[*kind][*row].abs() > self.types[*kind].critical);
        let (mut best, mut tie): (Option<Found>, bool) = (None, false);
        for (kind, row) in passing {
            let now = t[kind][row];
            let highest = best.as_ref().map_or(0.0, |best| best.t.abs());
            if now.abs() > highest * (1.0 + TIE) {
                (best, tie) = (Some(Found { kind, row, t: now }), false);
            } else if now.abs() >= highest * (1.0 - TIE) {
                tie = true;
            }
        }
        best.map(|best| (best, tie))
    }
}

/// The robust spread of the residuals: their median size, as that of a normal variable.
fn spread(fit: &Fit) -> f64 {
    let mut sizes: Vec<f64> = fit.last().iter().map(|a| a.abs()).collect();
    let half = sizes.len() / 2;
    let odd = sizes.len() % 2 == 1;
    let (below, middle, _) = sizes.select_nth_unstable_by(half, f64::total_cmp);
    let middle = *middle;
    let median =
        if odd { middle } else { f64::midpoint(middle, below.iter().fold(0.0_f64, |m, x| m.max(*x))) };
    median / 0.6745
}
