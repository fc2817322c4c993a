//! The filter that makes an ARMA process white, exactly, for given parameters; made once and used for every column.
//!
//! The MA part is in presample form: with a_* the q innovations before the first value, the innovations after are
//! u + H a_*, where u is the recursion started from zeros. The best a_* is -(I + H'H)^-1 H'u; the whitened vector is
//! (a_*, u + H a_*) and the determinant that of I + H'H, which is never below I, so that nothing explodes at an MA root
//! on the unit circle. With an AR part the vector is led by the first p values given the others.

use super::dense::{Cholesky, solve};
use super::model::{Orders, product, psi_weights};

/// The whitening filter of `n` values.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    period: usize,
    ar: Vec<f64>,
    /// The MA polynomial, multiplied out.
    ma: Vec<f64>,
    regular: Vec<f64>,
    seasonal: Vec<f64>,
    presample: Cholesky,
    start: Option<Start>,
    pub(super) log_determinant: f64,
}

/// The first values of an AR process given the others.
#[derive(Debug, Clone)]
struct Start {
    /// Their covariance with the rest, whitened; a column per value.
    covariance: Vec<Vec<f64>>,
    conditional: Cholesky,
}

impl Filter {
    /// The filter; nothing where the parameters leave no finite covariance.
    pub(super) fn new(orders: &Orders, parameters: &[f64], n: usize) -> Option<Self> {
        let f = orders.factors(parameters);
        let ma = product(f.ma, f.seasonal_ma, orders.period);
        let ar = product(f.ar, f.seasonal_ar, orders.period);
        let mut filter = Self {
            period: orders.period,
            ar,
            ma,
            regular: f.ma.to_vec(),
            seasonal: f.seasonal_ma.to_vec(),
            presample: Cholesky::default(),
            start: None,
            log_determinant: 0.0,
        };
        let rest = n.checked_sub(filter.ar.len())?;
        if rest <= filter.ma.len() {
            return None;
        }
        filter.presample = filter.presample(rest)?;
        filter.log_determinant = filter.presample.log_determinant();
        if !filter.ar.is_empty() {
            let start = filter.start(rest)?;
            filter.log_determinant += start.conditional.log_determinant();
            filter.start = Some(start);
        }
        Some(filter)
    }

    /// The Cholesky factor of I + H'H, H = Pi T: Pi'Pi from its first row by shifts, then T on both sides.
    fn presample(&self, n: usize) -> Option<Cholesky> {
        let q = self.ma.len();
        let mut pi = vec![0.0; n + 1];
        pi[0] = 1.0;
        self.forward(&mut pi);
        let mut r = vec![0.0; q * q];
        for d in 0..q {
            r[d] = (0..n - d).map(|t| pi[t] * pi[t + d]).sum();
        }
        for i in 1..q {
            for j in i..q {
                r[i * q + j] = r[(i - 1) * q + j - 1] - pi[n - i] * pi[n - j];
            }
        }
        for i in 0..q {
            for j in 0..i {
                r[i * q + j] = r[j * q + i];
            }
        }
        // T[row][i] = m[q - (i - row)] for i >= row, with 1-based m
        let lags: Vec<(usize, f64)> = self.lags().collect();
        let mut rt = vec![0.0; q * q];
        for row in 0..q {
            for i in 0..q {
                let terms = lags.iter().take_while(|(k, _)| *k <= i);
                rt[row * q + i] = terms.map(|(k, m)| r[row * q + i - k] * m).sum();
            }
        }
        let mut m = vec![0.0; q * q];
        for i in 0..q {
            for (k, c) in lags.iter().take_while(|(k, _)| *k <= i) {
                for j in 0..q {
                    m[i * q + j] += c * rt[(i - k) * q + j];
                }
            }
            m[i * q + i] += 1.0;
        }
        Cholesky::of(m, q)
    }

    /// Autocovariances of the process, and what the first p values have in common with the others.
    fn start(&self, rest: usize) -> Option<Start> {
        let (p, q) = (self.ar.len(), self.ma.len());
        let psi = psi_weights(&self.ar, &self.ma, p.max(q) + 1);
        let mu = |k: usize| if k == 0 { 1.0 } else { self.ma.get(k - 1).map_or(0.0, |m| -m) };
        let mut equations = vec![vec![0.0; p + 1]; p + 1];
        for (k, row) in equations.iter_mut().enumerate() {
            row[k] += 1.0;
            self.ar.iter().enumerate().for_each(|(j, c)| row[k.abs_diff(j + 1)] -= c);
        }
        let right = (0..=p).map(|k| (k..=q).map(|j| mu(j) * psi[j - k]).sum()).collect();
        let gamma = solve(equations, right)?;
        // at first values t = 0..p and later ones s = p..: the sum over innovations u <= t of mu[s-u] psi[t-u]
        let column = |t: usize| {
            let mut column = vec![0.0; rest];
            for (s, c) in column.iter_mut().enumerate().take(q) {
                let ahead = p + s - t;
                *c = (0..=q.saturating_sub(ahead))
                    .filter(|k| ahead + k <= q)
                    .map(|k| mu(ahead + k) * psi[k])
                    .sum();
            }
            let mut white = Vec::new();
            self.moving(column, &mut white);
            white
        };
        let covariance: Vec<Vec<f64>> = (0..p).map(column).collect();
        let mut conditional = vec![0.0; p * p];
        for i in 0..p {
            for j in 0..p {
                let known: f64 = covariance[i].iter().zip(&covariance[j]).map(|(x, y)| x * y).sum();
                conditional[i * p + j] = gamma[i.abs_diff(j)] - known;
            }
        }
        Some(Start { covariance, conditional: Cholesky::of(conditional, p)? })
    }

    /// The recursion of the MA part from zeros, in place: the seasonal factor, then the other.
    fn forward(&self, u: &mut [f64]) {
        if let [c] = self.seasonal[..] {
            for t in self.period..u.len() {
                u[t] += c * u[t - self.period];
            }
        } else {
            recursion(&self.seasonal, self.period, u);
        }
        if let [c] = self.regular[..] {
            let mut last = 0.0;
            for u in u {
                *u += c * last;
                last = *u;
            }
        } else {
            recursion(&self.regular, 1, u);
        }
    }

    /// The transposed recursion, in place.
    fn backward(&self, u: &mut [f64]) {
        if let ([regular], [seasonal]) = (&self.regular[..], &self.seasonal[..]) {
            let mut last = 0.0;
            for u in u.iter_mut().rev() {
                *u += regular * last;
                last = *u;
            }
            for t in (0..u.len().saturating_sub(self.period)).rev() {
                u[t] += seasonal * u[t + self.period];
            }
            return;
        }
        for (factor, lag) in [(&self.regular, 1), (&self.seasonal, self.period)] {
            for t in (0..u.len()).rev() {
                for (k, c) in factor.iter().enumerate() {
                    let ahead = t + (k + 1) * lag;
                    if ahead < u.len() {
                        u[t] += c * u[ahead];
                    }
                }
            }
        }
    }

    /// The whitened vector of an MA process, appended to `out`: presample, then residuals.
    fn moving(&self, mut z: Vec<f64>, out: &mut Vec<f64>) {
        let q = self.ma.len();
        if q > 0 {
            let mut u = z.clone();
            self.forward(&mut u);
            self.backward(&mut u);
            let mut before = self.to_presample(&u);
            for x in &mut before {
                *x = -*x;
            }
            self.presample.lower(&mut before);
            self.presample.upper(&mut before);
            for (k, m) in self.lags() {
                z.iter_mut().zip(&before[k..]).for_each(|(z, a)| *z += m * a);
            }
            self.forward(&mut z);
            out.extend(before);
        }
        out.extend(z);
    }

    /// A column through the recursion from zeros.
    pub(super) fn passed(&self, x: &[f64]) -> Vec<f64> {
        let mut u = x.to_vec();
        self.forward(&mut u);
        u
    }

    /// Residuals back through the recursion: what a column is multiplied with to give the product of whitened vectors,
    /// where there is no AR part.
    pub(super) fn returned(&self, residuals: &[f64]) -> Vec<f64> {
        let mut u = residuals.to_vec();
        self.backward(&mut u);
        u
    }

    /// The part of the sum of squares of a recursion from zeros that innovations before it explain, from the products
    /// of that recursion with the impulse moved by 0 to q - 1.
    pub(super) fn explained_before(&self, products: &[f64]) -> f64 {
        let mut before = self.to_presample(products);
        self.presample.lower(&mut before);
        before.iter().map(|x| x * x).sum()
    }

    /// T'v, of the first q values.
    fn to_presample(&self, v: &[f64]) -> Vec<f64> {
        let q = self.ma.len();
        let mut found = vec![0.0; q];
        for (k, m) in self.lags() {
            for (i, x) in found.iter_mut().enumerate().skip(k) {
                *x += m * v[i - k];
            }
        }
        found
    }

    /// The coefficients of T that are not zero: of the place i - k in a row, m_(q-k).
    fn lags(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.ma.iter().rev().copied().enumerate().filter(|(_, m)| m.abs() > 0.0)
    }

    /// The whitened vector of a column of n values: p first values, q presample ones, n - p residuals.
    pub(super) fn whiten(&self, w: &[f64]) -> Vec<f64> {
        let p = self.ar.len();
        let mut found = Vec::with_capacity(w.len() + self.ma.len());
        let Some(start) = &self.start else {
            self.moving(w.to_vec(), &mut found);
            return found;
        };
        let mut z = w[p..].to_vec();
        for (j, c) in self.ar.iter().enumerate().filter(|(_, c)| c.abs() > 0.0) {
            z.iter_mut().zip(&w[p - 1 - j..]).for_each(|(z, before)| *z -= c * before);
        }
        found.extend(&w[..p]);
        self.moving(z, &mut found);
        let (first, rest) = found.split_at_mut(p);
        for (first, covariance) in first.iter_mut().zip(&start.covariance) {
            *first -= covariance.iter().zip(rest.iter()).map(|(c, a)| c * a).sum::<f64>();
        }
        start.conditional.lower(first);
        found
    }

    /// The AR polynomial, multiplied out.
    pub(super) fn ar(&self) -> &[f64] {
        &self.ar
    }

    /// The MA polynomial, multiplied out.
    pub(super) fn ma(&self) -> &[f64] {
        &self.ma
    }
}

/// Adds to each value its predecessors at the multiples of a lag, times the coefficients, in place.
fn recursion(factor: &[f64], lag: usize, u: &mut [f64]) {
    if factor.is_empty() {
        return;
    }
    for t in 0..u.len() {
        let known = factor.iter().enumerate().take_while(|(k, _)| (k + 1) * lag <= t);
        let more: f64 = known.map(|(k, c)| c * u[t - (k + 1) * lag]).sum();
        u[t] += more;
    }
}
