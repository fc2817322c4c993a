//! Band-pass filters: the fluctuations whose period lies between two lengths (Baxter-King; Christiano-Fitzgerald).
//!
//! Both cut the ideal filter, whose weights are b[0] = (b - a)/pi and b[j] = (sin jb - sin ja)/(pi j) with a = 2 pi/high
//! and b = 2 pi/low, to what data there are: Baxter and King at `k` terms a side, shifted to sum to zero, which loses
//! `k` periods at each end; Christiano and Fitzgerald at the ends of the sample, where the end values take the weight of
//! all that lies beyond, which is optimal for a random walk.

use super::no_gaps;
use crate::error::{Error, Result};
use crate::kernel::BlockKernel;
use crate::number::pack::Pack;
use std::f64::consts::{PI, TAU};

/// The band: periods between `low` and `high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    low: f64,
    high: f64,
}

impl Band {
    /// Fluctuations of `low` to `high` periods.
    ///
    /// # Errors
    /// Periods below 2, or `low` not below `high`.
    pub fn new(low: f64, high: f64) -> Result<Self> {
        if !(low >= 2.0 && low.is_finite()) {
            return Err(Error::invalid(format!(
                "low must be at least 2 periods, the shortest fluctuation that can be seen, not {low}"
            )));
        }
        if !(high > low && high.is_finite()) {
            return Err(Error::invalid(format!(
                "low must be below high, and both finite; got low={low} and high={high} (6 and 32 quarters, 18 and 96 \
                 months, are usual)"
            )));
        }
        Ok(Self { low, high })
    }

    /// The ideal weights of lag 0 to `n` - 1.
    #[allow(clippy::cast_precision_loss)]
    fn weights(&self, n: usize) -> Vec<f64> {
        let (a, b) = (TAU / self.high, TAU / self.low);
        let (a_waves, b_waves) = (Waves::new(a, n), Waves::new(b, n));
        let lag = |j: usize| (b_waves.sin(j) - a_waves.sin(j)) / (PI * j as f64);
        (0..n).map(|j| if j == 0 { (b - a) / PI } else { lag(j) }).collect()
    }
}

/// sin(j w) for many j, from tables of fine and of coarse steps: two products instead of a sine.
struct Waves {
    fine: Vec<(f64, f64)>,
    coarse: Vec<(f64, f64)>,
}

const STEP: usize = 32;

impl Waves {
    #[allow(clippy::cast_precision_loss)]
    fn new(w: f64, n: usize) -> Self {
        let table = |count: usize, step: f64| (0..count).map(|j| (j as f64 * step * w).sin_cos()).collect();
        Self { fine: table(STEP, 1.0), coarse: table(n / STEP + 1, STEP as f64) }
    }

    #[inline(always)]
    fn sin(&self, j: usize) -> f64 {
        let ((s, c), (t, d)) = (self.fine[j % STEP], self.coarse[j / STEP]);
        s * d + c * t
    }
}

/// The Baxter-King filter: cycle within the band, and the rest.
pub struct BaxterKing {
    band: Band,
    k: usize,
}

impl BaxterKing {
    /// The filter of `k` terms a side.
    ///
    /// # Errors
    /// No terms.
    pub fn new(band: Band, k: usize) -> Result<Self> {
        if k == 0 {
            return Err(Error::invalid(
                "k must be at least 1; 12 is usual for quarterly data, 36 for monthly",
            ));
        }
        Ok(Self { band, k })
    }
}

impl BlockKernel for BaxterKing {
    /// The weight of lag 0 to k.
    type Plan = Vec<f64>;

    fn parts(&self) -> usize {
        2
    }

    #[allow(clippy::cast_precision_loss)]
    fn plan(&self, n: usize) -> Result<Vec<f64>> {
        let (k, fewest) = (self.k, self.k.saturating_mul(2).saturating_add(1));
        if n >= fewest {
            let mut weights = self.band.weights(k + 1);
            let shift = (weights[0] + 2.0 * weights[1..].iter().sum::<f64>()) / fewest as f64;
            for weight in &mut weights {
                *weight -= shift;
            }
            return Ok(weights);
        }
        Err(Error::invalid(format!(
            "the Baxter-King filter with k={k} needs at least {fewest} values; there are {n}: choose a smaller k, or \
             cf_filter, which loses no ends"
        )))
    }

    #[inline(always)]
    fn run<const W: usize>(
        &self,
        weights: &Vec<f64>,
        x: &[Pack<W>],
        out: &mut [&mut [Pack<W>]],
        _: &mut [Pack<W>],
    ) -> Result<()> {
        let [trend, cycle] = out else { return Ok(()) };
        let (k, end) = (self.k, x.len() - self.k);
        for part in [&mut *trend, &mut *cycle] {
            part[..k].fill(Pack::MISSING);
            part[end..].fill(Pack::MISSING);
        }
        for t in k..end {
            let mut sum = x[t] * weights[0];
            for (j, &weight) in weights.iter().enumerate().skip(1) {
                sum += (x[t - j] + x[t + j]) * weight;
            }
            cycle[t] = sum;
            trend[t] = x[t] - sum;
        }
        Ok(())
    }
}

/// The Christiano-Fitzgerald filter, asymmetric, for a random walk: cycle within the band, and the rest.
pub struct ChristianoFitzgerald {
    band: Band,
    drift: bool,
}

impl ChristianoFitzgerald {
    /// The filter; with `drift` the line from the first value to the last is taken out before.
    #[must_use]
    pub const fn new(band: Band, drift: bool) -> Self {
        Self { band, drift }
    }
}

/// The ideal weights, mirrored (lag j at `n - 1 + j`), and their running sums from lag 1 on.
pub struct Ideal {
    mirrored: Vec<f64>,
    sums: Vec<f64>,
}

/// Results computed together: their sums stay in registers while the series goes by.
const TOGETHER: usize = 32;

impl BlockKernel for ChristianoFitzgerald {
    type Plan = Ideal;

    fn parts(&self) -> usize {
        2
    }

    fn plan(&self, n: usize) -> Result<Ideal> {
        if n < 3 {
            return Err(Error::invalid(format!(
                "the Christiano-Fitzgerald filter needs at least 3 values; there are {n}"
            )));
        }
        let weights = self.band.weights(n);
        let mut mirrored: Vec<f64> = weights[1..].iter().rev().copied().collect();
        mirrored.extend(&weights);
        mirrored.extend([0.0; TOGETHER]); // read, not used, by the last results
        let mut sums = vec![0.0; n];
        for j in 1..n {
            sums[j] = sums[j - 1] + weights[j];
        }
        Ok(Ideal { mirrored, sums })
    }

    #[inline(always)]
    #[allow(clippy::cast_precision_loss)]
    fn run<const W: usize>(
        &self,
        plan: &Ideal,
        x: &[Pack<W>],
        out: &mut [&mut [Pack<W>]],
        _: &mut [Pack<W>],
    ) -> Result<()> {
        if W == 1 {
            let alone: Vec<f64> = x.iter().map(|row| row.0[0]).collect();
            no_gaps("the Christiano-Fitzgerald filter", &alone)?;
        }
        let [trend, cycle] = out else { return Ok(()) };
        let n = x.len();
        let drift = if self.drift { (x[n - 1] - x[0]) / (n - 1) as f64 } else { Pack::ZERO };
        let level: Vec<Pack<W>> = x.iter().enumerate().map(|(t, x)| *x - drift * t as f64).collect();
        if W == 1 {
            inner_sums::<W, TOGETHER>(&plan.mirrored, &level, cycle);
        } else {
            inner_sums::<W, 4>(&plan.mirrored, &level, cycle);
        }
        let b0 = plan.mirrored[n - 1];
        for t in 0..n {
            // all weights beyond an end, half of the middle one counted to each side, belong to the end value
            let (before, after) = (t, n - 1 - t);
            let first = if t == 0 { b0 / 2.0 } else { -b0 / 2.0 - plan.sums[before - 1] };
            let last = if after == 0 { b0 / 2.0 } else { -b0 / 2.0 - plan.sums[after - 1] };
            cycle[t] = cycle[t] + level[0] * first + level[n - 1] * last;
            trend[t] = x[t] - cycle[t];
        }
        Ok(())
    }
}

/// For each t the sum of weight[t - s] level[s] over all s but the two ends, `U` of them at a time.
#[inline(always)]
fn inner_sums<const W: usize, const U: usize>(mirrored: &[f64], level: &[Pack<W>], out: &mut [Pack<W>]) {
    let n = level.len();
    for (block, out) in out.chunks_mut(U).enumerate() {
        let first = block * U;
        let mut sums = [Pack::<W>::ZERO; U];
        for (s, value) in level.iter().enumerate().take(n - 1).skip(1) {
            let from = n - 1 + first - s;
            if let Some(weights) = mirrored.get(from..).and_then(<[f64]>::first_chunk::<U>) {
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += *value * *weight;
                }
            }
        }
        out.iter_mut().zip(sums).for_each(|(out, sum)| *out = sum);
    }
}
