//! Local regression of values at equally spaced positions, some of which may be missing (Cleveland 1979).
//!
//! At each target a line (or a constant) is fitted to the `q` nearest observed values, weighted by the tricube of their
//! distance. The positions do not change from pass to pass, so windows and weights are found once; without robustness
//! weights a fit is then a weighted sum, and in the middle of a series every target has the same weights. What is not
//! here: what is smoothed, and why (that is `stl`).

use crate::number::pack::Pack;

/// The fit at one target: which observed values it uses, and where their weights are.
#[derive(Debug, Clone, Copy)]
struct Window {
    /// The first observed value of the window.
    left: usize,
    /// The number of observed values.
    len: usize,
    /// Where the weights of the window begin; windows of the same shape share them.
    weights: usize,
    /// The observed value nearest to the target: what the fit falls back on where all weights are zero.
    nearest: usize,
}

/// The weight of one observed value in a window.
#[derive(Debug, Clone, Copy)]
struct Weight {
    /// In the fit without robustness weights.
    fixed: f64,
    /// The tricube weight, times the distance to the target to the power 0, 1 and 2.
    tricube: [f64; 3],
}

/// A local regression with its windows and weights.
#[derive(Debug, Clone)]
pub(super) struct Loess {
    windows: Vec<Window>,
    weights: Vec<Weight>,
    line: bool,
    /// The variance of the positions in a window below which a line is not determined.
    flat: f64,
}

impl Loess {
    /// Prepares the fits at `targets` to values observed at the positions `at`; both rise, and there is one at least.
    #[allow(clippy::cast_precision_loss)]
    pub(super) fn new(at: &[f64], targets: &[f64], q: usize, line: bool) -> Self {
        let n = at.len();
        let len = q.min(n);
        let range = at.last().zip(at.first()).map_or(0.0, |(last, first)| last - first);
        let flat = (0.001 * range).powi(2);
        let mut plan = Self { windows: Vec::with_capacity(targets.len()), weights: Vec::new(), line, flat };
        let (mut left, mut shape): (usize, Vec<f64>) = (0, Vec::new());
        for &target in targets {
            while left + len < n && at[left + len] - target < target - at[left] {
                left += 1;
            }
            let offsets: Vec<f64> = at[left..left + len].iter().map(|x| x - target).collect();
            let nearest = offsets.iter().enumerate().min_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
            let nearest = left + nearest.map_or(0, |(k, _)| k);
            if offsets != shape {
                // the reach grows where more values are asked for than there are
                let beyond = ((q - len) / 2) as f64;
                plan.weights.extend(weigh(&offsets, beyond, line.then_some(flat)));
                shape = offsets;
            }
            plan.windows.push(Window { left, len, weights: plan.weights.len() - len, nearest });
        }
        plan
    }

    /// The fits to the values `y`.
    #[inline(always)]
    pub(super) fn fit<const W: usize>(&self, y: &[Pack<W>], out: &mut [Pack<W>]) {
        for (window, out) in self.windows.iter().zip(out) {
            let weights = &self.weights[window.weights..window.weights + window.len];
            let mut sum = Pack::<W>::ZERO;
            for (y, weight) in y[window.left..window.left + window.len].iter().zip(weights) {
                sum += *y * weight.fixed;
            }
            *out = sum;
        }
    }

    /// The fits to the values `y` under robustness weights; `product` is the two multiplied.
    #[inline(always)]
    pub(super) fn fit_robust<const W: usize>(
        &self,
        y: &[Pack<W>],
        robust: &[Pack<W>],
        product: &[Pack<W>],
        out: &mut [Pack<W>],
    ) {
        for (window, out) in self.windows.iter().zip(out) {
            let range = window.left..window.left + window.len;
            let weights = &self.weights[window.weights..window.weights + window.len];
            let (mut s0, mut s1, mut s2) = (Pack::<W>::ZERO, Pack::<W>::ZERO, Pack::<W>::ZERO);
            let (mut t0, mut t1) = (Pack::<W>::ZERO, Pack::<W>::ZERO);
            for ((r, ry), weight) in robust[range.clone()].iter().zip(&product[range]).zip(weights) {
                let [w, wd, wdd] = weight.tricube;
                s0 += *r * w;
                s1 += *r * wd;
                s2 += *r * wdd;
                t0 += *ry * w;
                t1 += *ry * wd;
            }
            let inverse = s0.map(|s| 1.0 / s);
            let (d, level) = (s1 * inverse, t0 * inverse);
            let spread = s2 * inverse - d * d;
            let slope = (t1 * inverse - d * level) / spread;
            let fallback = y[window.nearest];
            for k in 0..W {
                let sloped = if self.line && spread.0[k] > self.flat { d.0[k] * slope.0[k] } else { 0.0 };
                out.0[k] = if s0.0[k] > 0.0 { level.0[k] - sloped } else { fallback.0[k] };
            }
        }
    }
}

/// The weights of a window of values `offsets` away from the target; for a line, `flat` says when there is none.
fn weigh(offsets: &[f64], beyond: f64, flat: Option<f64>) -> Vec<Weight> {
    let reach = offsets.iter().fold(0.0_f64, |far, d| far.max(d.abs())) + beyond;
    let tricube = |d: &f64| {
        let distance = d.abs();
        if distance <= 0.001 * reach {
            1.0
        } else if distance <= 0.999 * reach {
            let ratio = distance / reach;
            let rest = 1.0 - ratio * ratio * ratio;
            rest * rest * rest
        } else {
            0.0
        }
    };
    let mut raw: Vec<f64> = offsets.iter().map(tricube).collect();
    if raw.iter().all(|w| *w <= 0.0) {
        // only values at the very edge of the window: the nearest of them
        let near = offsets.iter().fold(f64::INFINITY, |near, d| near.min(d.abs()));
        raw = offsets.iter().map(|d| f64::from(u8::from(d.abs() <= near))).collect();
    }
    let total: f64 = raw.iter().sum();
    let mean: f64 = raw.iter().zip(offsets).map(|(w, d)| w / total * d).sum();
    let spread: f64 = raw.iter().zip(offsets).map(|(w, d)| w / total * (d - mean).powi(2)).sum();
    let slope = match flat {
        Some(flat) if spread > flat => -mean / spread,
        _ => 0.0,
    };
    raw.iter()
        .zip(offsets)
        .map(|(w, d)| Weight {
            fixed: w / total * (1.0 + slope * (d - mean)),
            tricube: [*w, w * d, w * d * d],
        })
        .collect()
}
