//! The orders of a seasonal ARIMA model and what follows from them: differencing, the polynomials of given parameters,
//! whether these are admissible.
//!
//! A polynomial 1 - c1 B - c2 B^2 - ... is kept as its coefficients c1, c2, ...; seasonal factors as those of B^P.
//! Parameters lie in the order AR, seasonal AR, MA, seasonal MA.

use crate::error::{Error, Result};

/// The orders (p,d,q)(P,D,Q) and the periods of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Orders {
    /// AR, differences, MA.
    pub regular: (usize, usize, usize),
    /// The same at the lag of a year.
    pub seasonal: (usize, usize, usize),
    /// Periods in a year.
    pub period: usize,
}

/// The coefficients of the four factors.
#[derive(Debug, Clone, Copy)]
pub(super) struct Factors<'a> {
    pub(super) ar: &'a [f64],
    pub(super) seasonal_ar: &'a [f64],
    pub(super) ma: &'a [f64],
    pub(super) seasonal_ma: &'a [f64],
}

/// The smallest modulus of a root from which an estimation sets out again as it is.
const CLOSE_TO_UNIT: f64 = 1.06;
/// By what a factor closer to the unit circle is shrunk, to the power of the lag.
const SHRINKAGE: f64 = 0.9;
/// The largest orders taken: what is above has no use, and makes systems of thousands of equations.
const LARGEST: (usize, usize) = (12, 3);

impl Orders {
    /// Orders that make sense.
    ///
    /// # Errors
    /// Orders far above what any series can bear.
    pub fn check(&self) -> Result<()> {
        let ((p, d, q), (sp, sd, sq)) = (self.regular, self.seasonal);
        let (most, seasonal_most) = LARGEST;
        if p.max(q) > most || d > 3 || sp.max(sq) > seasonal_most || sd > 2 {
            return Err(Error::invalid(format!(
                "model has orders up to ({most},3,{most})({seasonal_most},2,{seasonal_most}); got {}",
                self.words()
            )));
        }
        Ok(())
    }

    /// As economists write them.
    #[must_use]
    pub fn words(&self) -> String {
        let ((p, d, q), (sp, sd, sq)) = (self.regular, self.seasonal);
        format!("({p},{d},{q})({sp},{sd},{sq})")
    }

    /// Observations lost to differencing.
    #[must_use]
    pub fn lost(&self) -> usize {
        self.regular.1 + self.seasonal.1 * self.period
    }

    /// The number of ARMA parameters.
    #[must_use]
    pub fn parameters(&self) -> usize {
        self.regular.0 + self.seasonal.0 + self.regular.2 + self.seasonal.2
    }

    /// The degree of the AR polynomial.
    #[must_use]
    pub fn ar_degree(&self) -> usize {
        self.regular.0 + self.seasonal.0 * self.period
    }

    /// The degree of the MA polynomial.
    #[must_use]
    pub fn ma_degree(&self) -> usize {
        self.regular.2 + self.seasonal.2 * self.period
    }

    /// The names of the parameters.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let of = |word: &'static str, count: usize, lag: usize| {
            (1..=count).map(move |k| format!("{word}[{}]", k * lag))
        };
        let ((p, _, q), (sp, _, sq)) = (self.regular, self.seasonal);
        of("ar", p, 1)
            .chain(of("arS", sp, self.period))
            .chain(of("ma", q, 1))
            .chain(of("maS", sq, self.period))
            .collect()
    }

    /// The differencing polynomial from the power 0 on, its first coefficient being 1.
    #[must_use]
    pub fn differencing(&self) -> Vec<f64> {
        let mut found = vec![1.0];
        let lags = [(1, self.regular.1), (self.period, self.seasonal.1)];
        for lag in lags.into_iter().flat_map(|(lag, times)| std::iter::repeat_n(lag, times)) {
            let mut next = found.clone();
            next.resize(found.len() + lag, 0.0);
            found.iter().enumerate().for_each(|(k, c)| next[k + lag] -= c);
            found = next;
        }
        found
    }

    /// A column differenced.
    #[must_use]
    pub fn difference(&self, x: &[f64]) -> Vec<f64> {
        let mut found = x.to_vec();
        let lags = [(1, self.regular.1), (self.period, self.seasonal.1)];
        for lag in lags.into_iter().flat_map(|(lag, times)| std::iter::repeat_n(lag, times)) {
            found = found.iter().zip(found.get(lag..).unwrap_or_default()).map(|(a, b)| b - a).collect();
        }
        found
    }

    pub(super) fn factors<'a>(&self, parameters: &'a [f64]) -> Factors<'a> {
        let (ar, rest) = parameters.split_at(self.regular.0);
        let (seasonal_ar, rest) = rest.split_at(self.seasonal.0);
        let (ma, seasonal_ma) = rest.split_at(self.regular.2);
        Factors { ar, seasonal_ar, ma, seasonal_ma }
    }

    /// Whether every factor has its roots outside the unit circle.
    pub(super) fn admissible(&self, parameters: &[f64]) -> bool {
        let f = self.factors(parameters);
        [f.ar, f.seasonal_ar, f.ma, f.seasonal_ma].into_iter().all(roots_outside)
    }

    /// Moves MA factors with a root next to the unit circle away from it; whether there was one.
    pub(super) fn shrink(&self, parameters: &mut [f64]) -> bool {
        let (_, moving) = parameters.split_at_mut(self.regular.0 + self.seasonal.0);
        let (regular, seasonal) = moving.split_at_mut(self.regular.2);
        let mut shrunk = false;
        for (factor, lag) in [(regular, 1), (seasonal, self.period)] {
            let scaled = |by: f64, lag: usize, factor: &[f64]| -> Vec<f64> {
                let mut power = 1.0;
                let step = (0..lag).fold(1.0, |product, _| product * by);
                let of = |c: &f64| {
                    power *= step;
                    c * power
                };
                factor.iter().map(of).collect()
            };
            if !roots_outside(&scaled(CLOSE_TO_UNIT, 1, factor)) {
                factor.copy_from_slice(&scaled(SHRINKAGE, lag, factor));
                shrunk = true;
            }
        }
        shrunk
    }
}

/// The coefficients of the product of a factor and a seasonal one.
pub(super) fn product(regular: &[f64], seasonal: &[f64], period: usize) -> Vec<f64> {
    let mut found = vec![0.0; regular.len() + seasonal.len() * period];
    found[..regular.len()].copy_from_slice(regular);
    for (k, s) in seasonal.iter().enumerate() {
        let lag = (k + 1) * period;
        found[lag - 1] += s;
        regular.iter().enumerate().for_each(|(j, r)| found[lag + j] -= r * s);
    }
    found
}

/// Whether 1 - c1 x - ... has all its roots outside the unit circle: all partial coefficients are below 1 (the
/// recursion of Durbin and Levinson, backwards).
pub(super) fn roots_outside(coefficients: &[f64]) -> bool {
    let mut c = coefficients.to_vec();
    while let Some(last) = c.pop() {
        if last.is_nan() || last.abs() >= 1.0 {
            return false;
        }
        let scale = 1.0 / (1.0 - last * last);
        let before = c.clone();
        c.iter_mut().zip(before.iter().rev()).for_each(|(c, mirrored)| *c = (*c + last * mirrored) * scale);
    }
    true
}

/// The first weights of the MA form of an ARMA process, from the weight 1 at lag 0 on.
pub(super) fn psi_weights(ar: &[f64], ma: &[f64], count: usize) -> Vec<f64> {
    let mut psi = vec![0.0; count];
    for k in 0..count {
        let own = if k == 0 { 1.0 } else { -ma.get(k - 1).copied().unwrap_or(0.0) };
        psi[k] = own + ar.iter().take(k).enumerate().map(|(j, c)| c * psi[k - 1 - j]).sum::<f64>();
    }
    psi
}
