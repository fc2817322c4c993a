//! The Beveridge-Nelson decomposition with an autoregression of growth: the trend is the long-run forecast.
//!
//! Growth dy follows an AR(p) with mean mu, fitted by least squares. With the companion matrix F and the last p deviations
//! Z(t) of growth from its mean, cycle(t) = -e1' F (I - F)^-1 Z(t), and the trend is y - cycle.

use super::least_squares::regress;
use super::{near_one, no_gaps};
use crate::error::{Error, Result};
use crate::kernel::{BlockKernel, one_by_one};
use crate::number::pack::Pack;

/// The decomposition with `p` lags of growth. Its facts: the mean growth, the constant, and the coefficients.
pub struct BeveridgeNelson {
    p: usize,
}

impl BeveridgeNelson {
    /// The decomposition with `p` lags of growth, at least 1.
    ///
    /// # Errors
    /// No lags.
    pub fn new(p: usize) -> Result<Self> {
        if p == 0 {
            return Err(Error::invalid("p must be at least 1: without lags of growth there is no cycle"));
        }
        Ok(Self { p })
    }

    fn decompose(&self, y: &[f64], out: &mut [Vec<f64>], facts: &mut [f64]) -> Result<()> {
        let p = self.p;
        no_gaps("the Beveridge-Nelson decomposition", y)?;
        let growth: Vec<f64> = y.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let rows = growth.len() - p;
        let mut columns: Vec<Vec<Pack<1>>> = vec![vec![Pack([1.0]); rows]];
        columns.extend((1..=p).map(|lag| growth[p - lag..][..rows].iter().map(|&g| Pack([g])).collect()));
        columns.push(growth[p..].iter().map(|&g| Pack([g])).collect());
        let coefficients: Vec<f64> = regress(&mut columns).coefficients().iter().map(|c| c.0[0]).collect();
        let [constant, phi @ ..] = coefficients.as_slice() else { return Ok(()) };
        if !stationary(phi) {
            return Err(Error::invalid(
                "the autoregression of growth is not stationary, so there is no long-run forecast: x may need \
                 differencing once more, logarithms, or another p",
            ));
        }
        let rest = 1.0 - phi.iter().sum::<f64>();
        let mean = constant / rest;
        // -e1' F (I - F)^-1 has the closed form: weight of lag j is -(phi[j] + ... + phi[p]) / (1 - sum of phi)
        let mut weights = vec![0.0; p];
        let mut sum = 0.0;
        for (weight, phi) in weights.iter_mut().zip(phi).rev() {
            sum += phi;
            *weight = -sum / rest;
        }
        let [trend, cycle] = out else { return Ok(()) };
        trend[..p].fill(f64::NAN);
        cycle[..p].fill(f64::NAN);
        for t in p..y.len() {
            let recent = growth[t - p..t].iter().rev();
            cycle[t] = weights.iter().zip(recent).map(|(w, g)| w * (g - mean)).sum();
            trend[t] = y[t] - cycle[t];
        }
        facts[0] = mean;
        facts[1..].copy_from_slice(&coefficients);
        Ok(())
    }
}

/// Whether the roots of an autoregression lie outside the unit circle: the step-down recursion of Durbin and Levinson
/// finds every partial autocorrelation below one.
fn stationary(phi: &[f64]) -> bool {
    let mut phi = phi.to_vec();
    while let Some(last) = phi.pop() {
        if last.is_nan() || last.abs() >= 1.0 - 1e-12 {
            return false;
        }
        let mirrored: Vec<f64> = phi.iter().rev().copied().collect();
        for (own, mirror) in phi.iter_mut().zip(mirrored) {
            *own = (*own + last * mirror) / (1.0 - last * last);
        }
    }
    true
}

impl BlockKernel for BeveridgeNelson {
    type Plan = ();

    fn parts(&self) -> usize {
        2
    }

    fn facts(&self) -> usize {
        self.p + 2
    }

    fn plan(&self, n: usize) -> Result<()> {
        let fewest = 2 * self.p + 3;
        if n >= fewest {
            return Ok(());
        }
        Err(Error::invalid(format!(
            "the Beveridge-Nelson decomposition with p={} needs at least {fewest} values; there are {n}",
            self.p
        )))
    }

    #[inline(always)]
    fn run<const W: usize>(
        &self,
        (): &(),
        x: &[Pack<W>],
        out: &mut [&mut [Pack<W>]],
        facts: &mut [Pack<W>],
    ) -> Result<()> {
        one_by_one(x, out, facts, |y, out, facts| {
            let power = near_one(y, out, |y, out| self.decompose(y, out, facts))?;
            facts[..2].iter_mut().for_each(|fact| *fact /= power); // the mean and the constant
            Ok(())
        })
    }
}
