//! Forecasts and backcasts: the difference equation from the last values and the last innovations, its error variance,
//! and what is added for the uncertainty of the coefficients.

use super::estimate::{Fit, count, without};
use super::filter::Filter;
use super::model::{Orders, psi_weights};

/// Values ahead of a series on the scale of the model, and their standard errors.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Ahead {
    /// Of the series without regressors.
    pub(super) plain: Vec<f64>,
    /// What regressors add.
    pub(super) effects: Vec<f64>,
    pub(super) errors: Vec<f64>,
}

/// The polynomial of differences and AR together, as coefficients of 1 - c1 B - ...
fn full(orders: &Orders, ar: &[f64]) -> Vec<f64> {
    let differencing = orders.differencing();
    let mut found = vec![0.0; differencing.len() + ar.len()];
    for (k, d) in differencing.iter().enumerate() {
        found[k] += d;
        ar.iter().enumerate().for_each(|(j, a)| found[k + j + 1] -= a * d);
    }
    found[1..].iter().map(|c| -c).collect()
}

/// Carries a series on by its difference equation, from its last values and innovations.
fn carried(orders: &Orders, filter: &Filter, polynomial: &[f64], x: &[f64], ahead: usize) -> Vec<f64> {
    let innovations = filter.whiten(&orders.difference(x));
    let (n, last) = (x.len(), innovations.len());
    let mut all = x.to_vec();
    for h in 0..ahead {
        let past: f64 = polynomial.iter().zip(all[..n + h].iter().rev()).map(|(c, v)| c * v).sum();
        let moving = filter.ma().iter().enumerate().skip(h);
        let shocks: f64 = moving.map(|(j, m)| m * innovations[last + h - 1 - j]).sum();
        all.push(past - shocks);
    }
    all.split_off(n)
}

/// Forecasts of `x` with regressors whose columns go on for `ahead` rows.
pub(super) fn forecast(orders: &Orders, fit: &Fit, x: &[f64], columns: &[Vec<f64>], ahead: usize) -> Ahead {
    if ahead == 0 {
        return Ahead::default();
    }
    let n = x.len();
    let polynomial = full(orders, fit.filter.ar());
    let b = &fit.regression.coefficients;
    let observed: Vec<Vec<f64>> = columns.iter().map(|c| c[..n].to_vec()).collect();
    let plain = carried(orders, &fit.filter, &polynomial, &without(x, &observed, b), ahead);
    let future: Vec<Vec<f64>> = columns.iter().map(|c| c[n..].to_vec()).collect();
    let effects = without(&vec![0.0; ahead], &future, b).iter().map(|e| -e).collect();
    let missed: Vec<Vec<f64>> = observed
        .iter()
        .zip(&future)
        .map(|(x, future)| {
            let expected = carried(orders, &fit.filter, &polynomial, x, ahead);
            future.iter().zip(expected).map(|(f, e)| f - e).collect()
        })
        .collect();
    let psi = psi_weights(&polynomial, fit.filter.ma(), ahead);
    let mut squares = 0.0;
    let mut error = |h: usize| {
        squares += psi[h] * psi[h];
        let d: Vec<f64> = missed.iter().map(|m| m[h]).collect();
        (fit.variance * (squares + fit.regression.spread(&d))).sqrt()
    };
    let errors = (0..ahead).map(&mut error).collect();
    Ahead { plain, effects, errors }
}

/// Backcasts: forecasts of the reversed series, in the order of time.
pub(super) fn backcast(orders: &Orders, fit: &Fit, x: &[f64], columns: &[Vec<f64>], ahead: usize) -> Ahead {
    let reversed = |x: &[f64]| -> Vec<f64> { x.iter().rev().copied().collect() };
    let columns: Vec<Vec<f64>> = columns.iter().map(|c| reversed(c)).collect();
    let found = forecast(orders, fit, &reversed(x), &columns, ahead);
    Ahead {
        plain: reversed(&found.plain),
        effects: reversed(&found.effects),
        errors: reversed(&found.errors),
    }
}

/// AICC of a log likelihood with so many estimates from n observations.
pub(super) fn aicc(loglik: f64, estimates: usize, n: usize) -> f64 {
    let (k, n) = (count(estimates), count(n));
    -2.0 * loglik + 2.0 * k * n / (n - k - 1.0)
}
