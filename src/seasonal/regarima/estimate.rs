//! Exact maximum likelihood of a regression with ARIMA errors.
//!
//! The minimand is the sum of squares of the whitened residuals times the n-th root of the determinant. Two ways to
//! its minimum: with the coefficients solved for at every evaluation, to the end; or in turns with the coefficients,
//! stopped early, as X-13ARIMA-SEATS does it (`compat`).

use crate::error::{Error, Result};
use crate::panel::Cancel;

use super::filter::Filter;
use super::least_squares::{jacobian, minimise};
use super::model::Orders;
use super::regression::{Regression, dot};

/// The tolerance of X-13ARIMA-SEATS on the likelihood.
const LOOSE: f64 = 1e-5;
/// The tolerance of an estimation to the end.
const TIGHT: f64 = 1e-9;
/// Steps of the parameters with the coefficients fixed, at most.
const STEPS_A_ROUND: usize = 40;
/// Steps of an estimation to the end before it is helped on, and how often a stride is made longer at most.
const STEPS_A_LEG: usize = 20;
const STRIDES: usize = 12;
/// What every parameter begins with.
const FIRST: f64 = 0.1;

/// How estimations run.
#[derive(Clone, Copy)]
pub struct Method<'a> {
    /// The model.
    pub orders: Orders,
    /// Whether to stop where X-13ARIMA-SEATS does.
    pub compat: bool,
    /// Steps of an estimation, at most.
    pub max_iterations: usize,
    /// Whether the user has asked to end.
    pub cancel: &'a Cancel<'a>,
}

/// A differenced series and its differenced regressors.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    pub(super) w: Vec<f64>,
    pub(super) columns: Vec<Vec<f64>>,
    /// The names of the columns, for messages.
    pub(super) names: Vec<String>,
}

/// An estimated model.
#[derive(Debug, Clone)]
pub(super) struct Fit {
    pub(super) parameters: Vec<f64>,
    pub(super) filter: Filter,
    pub(super) regression: Regression,
    /// Effective observations.
    pub(super) n: usize,
    /// The variance of the innovations.
    pub(super) variance: f64,
    /// The log likelihood of the differenced, transformed series.
    pub(super) loglik: f64,
    pub(super) iterations: usize,
    pub(super) shrunk: bool,
}

impl Fit {
    /// The residuals on which the spread for outliers rests: the last n of the whitened vector.
    pub(super) fn last(&self) -> &[f64] {
        let residuals = &self.regression.residuals;
        &residuals[residuals.len() - self.n..]
    }

    /// The residuals of the effective observations, without the presample.
    pub(super) fn residuals(&self, orders: &Orders) -> Vec<f64> {
        let (p, q) = (orders.ar_degree(), orders.ma_degree());
        let all = &self.regression.residuals;
        all[..p].iter().chain(&all[p + q..]).copied().collect()
    }

    /// The number of estimates, the variance among them.
    pub(super) fn estimates(&self) -> usize {
        self.regression.coefficients.len() + self.parameters.len() + 1
    }

    /// Standard errors of the coefficients.
    pub(super) fn errors(&self) -> Vec<f64> {
        self.regression.variances().iter().map(|v| (v * self.variance).sqrt()).collect()
    }
}

impl Sample {
    /// The filter and the regression at given parameters.
    fn solve(&self, orders: &Orders, parameters: &[f64]) -> Result<(Filter, Regression)> {
        let Some(filter) = Filter::new(orders, parameters, self.w.len()) else {
            return Err(Error::placed(
                format!(
                    "the likelihood of the model {} for {{series}} cannot be computed at {}: use a model of lower \
                     orders",
                    orders.words(),
                    listed(orders, parameters)
                ),
                0,
                0,
            ));
        };
        let whitened = self.columns.iter().map(|x| filter.whiten(x)).collect();
        match Regression::of(whitened, filter.whiten(&self.w)) {
            Ok(regression) => Ok((filter, regression)),
            Err(at) => Err(self.dependent(at)),
        }
    }

    fn dependent(&self, at: usize) -> Error {
        let name = self.names.get(at).map_or("", String::as_str);
        let column = &self.columns[at];
        let sentence = if column.iter().all(|x| x.abs() < 1e-12) {
            format!(
                "the regressor {name} is zero in the whole span of {{series}} (after differencing): drop {name}"
            )
        } else {
            format!(
                "the regressor {name} is a combination of others in the span of {{series}} ({}): drop {name}, or \
                 one of those",
                self.names[..at].join(", ")
            )
        };
        Error::placed(sentence, 0, 0)
    }
}

/// Parameters by name, for messages.
fn listed(orders: &Orders, parameters: &[f64]) -> String {
    let each: Vec<String> =
        orders.names().iter().zip(parameters).map(|(name, v)| format!("{name} = {v:.4}")).collect();
    if each.is_empty() { "no parameters".to_owned() } else { each.join(", ") }
}

impl Method<'_> {
    /// Estimates from `from`, or from the beginning.
    ///
    /// # Errors
    /// Too few observations, regressors that depend on each other, no convergence, or the call was interrupted.
    pub(super) fn fit(&self, sample: &Sample, from: Option<&[f64]>) -> Result<Fit> {
        let orders = &self.orders;
        self.enough(sample)?;
        let mut parameters = from.map_or_else(|| vec![FIRST; orders.parameters()], <[f64]>::to_vec);
        let shrunk = from.is_some() && orders.shrink(&mut parameters);
        let iterations = if parameters.is_empty() {
            0
        } else if self.compat {
            self.in_turns(sample, &mut parameters)?
        } else {
            self.on_the_profile(sample, &mut parameters)?
        };
        if self.cancel.asked() {
            return Err(Error::Interrupted);
        }
        let (filter, regression) = sample.solve(orders, &parameters)?;
        let n = count(sample.w.len());
        let squares = dot(&regression.residuals, &regression.residuals);
        let variance = squares / n;
        if variance.is_nan() || variance <= 1e-24 * dot(&sample.w, &sample.w) / n {
            return Err(Error::placed(
                "the model explains {series} without error, so that nothing can be estimated: the series is too \
                 regular, or has too many regressors",
                0,
                0,
            ));
        }
        let loglik =
            -0.5 * (filter.log_determinant + n * ((2.0 * std::f64::consts::PI * variance).ln() + 1.0));
        let n = sample.w.len();
        Ok(Fit { parameters, filter, regression, n, variance, loglik, iterations, shrunk })
    }

    fn enough(&self, sample: &Sample) -> Result<()> {
        let orders = &self.orders;
        let estimates = sample.columns.len() + orders.parameters() + 1;
        let needed = (estimates + 2).max(orders.ar_degree() + orders.ma_degree() + 1);
        if sample.w.len() >= needed {
            return Ok(());
        }
        Err(Error::placed(
            format!(
                "{{series}} is too short for the model {} with {} regressors: {} values are left after \
                 differencing, and {needed} are needed; use a model of lower orders or fewer regressors",
                orders.words(),
                sample.columns.len(),
                sample.w.len()
            ),
            0,
            0,
        ))
    }

    /// The whitened vector of a column times the root of the determinant; a wall of constants where the parameters
    /// are not admissible.
    fn vector(&self, sample: &Sample, parameters: &[f64], wall: f64, of: &Minimand<'_>) -> Vec<f64> {
        let n = sample.w.len();
        let found = || -> Option<Vec<f64>> {
            if !self.orders.admissible(parameters) || self.cancel.asked() {
                return None; // an interrupted search ends at the wall
            }
            let filter = Filter::new(&self.orders, parameters, n)?;
            let mut vector = match of {
                Minimand::Fixed(y) => filter.whiten(y),
                Minimand::Profile => {
                    let columns = sample.columns.iter().map(|x| filter.whiten(x)).collect();
                    Regression::of(columns, filter.whiten(&sample.w)).ok()?.residuals
                }
            };
            let root = (filter.log_determinant / (2.0 * count(n))).exp();
            for a in &mut vector {
                *a *= root;
            }
            vector.iter().all(|a| a.is_finite()).then_some(vector)
        };
        found().unwrap_or_else(|| vec![wall; n + self.orders.ma_degree()])
    }

    /// The height of that wall: the largest residual at the start.
    fn wall(filter: &Filter, residuals: &[f64], n: f64) -> f64 {
        let largest = residuals.iter().fold(0.0_f64, |m, e| m.max(e.abs()));
        largest * (filter.log_determinant / (2.0 * n)).exp()
    }

    /// Parameters and coefficients in turns, until the likelihood moves little.
    fn in_turns(&self, sample: &Sample, parameters: &mut Vec<f64>) -> Result<usize> {
        let n = count(sample.w.len());
        let (mut before, mut wall, mut iterations) = (None, 0.0, 0);
        for round in 0.. {
            let (filter, regression) = sample.solve(&self.orders, parameters)?;
            let e = &regression.residuals;
            let now = dot(e, e) * (filter.log_determinant / n).exp();
            if let Some(before) = before {
                let change: f64 = before / now - 1.0;
                if change.abs() < 2.0 / n * LOOSE {
                    break;
                }
            } else {
                wall = Self::wall(&filter, e, n);
            }
            if iterations >= self.max_iterations {
                return Err(self.stopped(parameters, iterations));
            }
            before = Some(now);
            let y = without(&sample.w, &sample.columns, &regression.coefficients);
            let of = Minimand::Fixed(&y);
            let first = self.vector(sample, parameters, wall, &of);
            let loose = round < 2 && !sample.columns.is_empty();
            let tolerance = 2.0 / n * if loose { 100.0 * LOOSE } else { LOOSE };
            let most = STEPS_A_ROUND.min(self.max_iterations - iterations);
            let outcome = minimise(parameters, first, tolerance, most, |parameters| {
                self.vector(sample, parameters, wall, &of)
            });
            iterations += outcome.steps;
            if outcome.steps == 0 || (sample.columns.is_empty() && outcome.converged) {
                break;
            }
        }
        Ok(iterations)
    }

    /// Parameters alone, the coefficients solved for at every evaluation.
    fn on_the_profile(&self, sample: &Sample, parameters: &mut Vec<f64>) -> Result<usize> {
        let n = count(sample.w.len());
        let (filter, regression) = sample.solve(&self.orders, parameters)?;
        let wall = Self::wall(&filter, &regression.residuals, n);
        let of = Minimand::Profile;
        let mut steps = 0;
        loop {
            let before = parameters.clone();
            let first = self.vector(sample, parameters, wall, &of);
            let most = STEPS_A_LEG.min(self.max_iterations - steps);
            let outcome = minimise(parameters, first, 2.0 / n * TIGHT, most, |parameters| {
                self.vector(sample, parameters, wall, &of)
            });
            steps += outcome.steps;
            if outcome.converged {
                return Ok(steps);
            }
            if steps >= self.max_iterations {
                return Err(self.stopped(parameters, steps));
            }
            self.stride(sample, &before, parameters, wall);
        }
    }

    /// Goes on in the direction of a leg as long as that is downhill, twice as far each time: next to a root on the
    /// unit circle the likelihood is flat, and single steps are short without end.
    fn stride(&self, sample: &Sample, before: &[f64], parameters: &mut Vec<f64>, wall: f64) {
        let height = |at: &[f64]| {
            let vector = self.vector(sample, at, wall, &Minimand::Profile);
            dot(&vector, &vector)
        };
        let step: Vec<f64> = parameters.iter().zip(before).map(|(now, before)| now - before).collect();
        let (from, mut lowest, mut length) = (parameters.clone(), height(parameters), 1.0);
        for _ in 0..STRIDES {
            let trial: Vec<f64> = from.iter().zip(&step).map(|(x, step)| x + length * step).collect();
            let reached = height(&trial);
            if reached.is_nan() || reached >= lowest {
                break;
            }
            (*parameters, lowest, length) = (trial, reached, 2.0 * length);
        }
    }

    fn stopped(&self, parameters: &[f64], iterations: usize) -> Error {
        Error::placed(
            format!(
                "the estimation of the model {} for {{series}} has not converged after {iterations} iterations; it \
                 stands at {}: use other orders, another transform or fewer regressors",
                self.orders.words(),
                listed(&self.orders, parameters)
            ),
            0,
            0,
        )
    }

    /// Standard errors of the parameters, from the Jacobian at the end with the coefficients fixed.
    pub(super) fn errors(&self, sample: &Sample, fit: &Fit) -> Vec<f64> {
        let y = without(&sample.w, &sample.columns, &fit.regression.coefficients);
        let of = Minimand::Fixed(&y);
        let first = self.vector(sample, &fit.parameters, f64::NAN, &of);
        let columns = jacobian(&fit.parameters, &first, &mut |at| self.vector(sample, at, f64::NAN, &of));
        match Regression::of(columns, first) {
            Ok(found) => found.variances().iter().map(|v| (v * fit.variance).sqrt()).collect(),
            Err(_) => vec![f64::NAN; fit.parameters.len()],
        }
    }
}

/// What is whitened: a column with the coefficients fixed, or the series with all regressors.
enum Minimand<'a> {
    Fixed(&'a [f64]),
    Profile,
}

/// A series less the effects of its regressors.
pub(super) fn without(x: &[f64], columns: &[Vec<f64>], coefficients: &[f64]) -> Vec<f64> {
    let mut left = x.to_vec();
    for (column, b) in columns.iter().zip(coefficients) {
        left.iter_mut().zip(column).for_each(|(x, c)| *x -= b * c);
    }
    left
}

#[expect(clippy::cast_precision_loss, reason = "lengths of series are far below 2^52")]
pub(super) fn count(n: usize) -> f64 {
    n as f64
}
