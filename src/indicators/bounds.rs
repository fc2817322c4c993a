//! Counts among rounded figures: between which whole numbers a rank and a streak lie.
//!
//! Unlike the fractions, these are no functions of single inputs: every value is compared with many, and its unrounded
//! value must be the same in all comparisons. The bounds are attained by some unrounded values, together.

use crate::kernel::LaneKernel;
use crate::number::{Endpoint, Interval, Number, Truth};

/// Bounds of the rank of a value, 1 for the highest; missing stays missing.
#[derive(Debug)]
pub struct RankBounds {
    /// Compare with the same month or quarter only: the number of them in a year.
    pub season: Option<usize>,
    /// Among all values of the series, not only those up to the period.
    pub whole: bool,
}

impl<N: Endpoint> LaneKernel<Interval<N>> for RankBounds {
    type Out = Interval<f64>;

    fn run(&self, _: &N::Context, x: &[Interval<N>], out: &mut [Interval<f64>]) {
        out.fill(Interval::MISSING);
        let seasons = self.season.unwrap_or(1).max(1);
        for season in 0..seasons {
            let at: Vec<usize> = (season..x.len()).step_by(seasons).filter(|&t| !x[t].is_missing()).collect();
            let (mut lowers, mut uppers) = (Vec::new(), Vec::new());
            if self.whole {
                lowers = sorted(at.iter().map(|&t| x[t].lower).collect());
                uppers = sorted(at.iter().map(|&t| x[t].upper).collect());
            }
            for t in at {
                if !self.whole {
                    insert(&mut lowers, x[t].lower);
                    insert(&mut uppers, x[t].upper);
                }
                // Surely above: even their least is above our greatest. Possibly above, besides ourselves: their
                // greatest is above our least.
                let surely = above(&lowers, x[t].upper);
                let itself = usize::from(x[t].upper > x[t].lower);
                let possibly = above(&uppers, x[t].lower) - itself;
                out[t] = Interval { lower: count(surely + 1), upper: count(possibly + 1) };
            }
        }
    }
}

fn sorted<N: Endpoint>(mut values: Vec<N>) -> Vec<N> {
    values.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    values
}

fn insert<N: Endpoint>(sorted: &mut Vec<N>, value: N) {
    sorted.insert(sorted.partition_point(|v| *v <= value), value);
}

/// How many of the sorted values lie above one.
fn above<N: Endpoint>(sorted: &[N], value: N) -> usize {
    sorted.len() - sorted.partition_point(|v| *v <= value)
}

#[allow(clippy::cast_precision_loss)] // a position in an array in memory
const fn count(n: usize) -> f64 {
    n as f64
}

/// Bounds of the streak of rises (+) and falls (-) against the value `lag` periods before.
#[derive(Debug)]
pub struct StreakBounds {
    /// The distance of the comparison, at least 1.
    pub lag: usize,
}

impl<N: Endpoint> LaneKernel<Interval<N>> for StreakBounds {
    type Out = Interval<f64>;

    fn run(&self, _: &N::Context, x: &[Interval<N>], out: &mut [Interval<f64>]) {
        let turned: Vec<Interval<N>> = x.iter().map(|v| v.negated()).collect();
        let (rises, falls) = (Chains::of(x, self.lag), Chains::of(&turned, self.lag));
        for (t, o) in out.iter_mut().enumerate() {
            // The longest streak upwards that is possible; failing that, the shortest downwards that is certain.
            let most = |up: &Chains, down: &Chains| {
                if down.certain[t] > 0 { -count(down.certain[t]) } else { count(up.possible[t]) }
            };
            *o = if x[t].is_missing() {
                Interval::MISSING
            } else {
                Interval { lower: 0.0 - most(&falls, &rises), upper: most(&rises, &falls) }
            };
        }
    }
}

/// For every period the number of rises in a row that are possible together, and the number that are certain.
struct Chains {
    possible: Vec<usize>,
    certain: Vec<usize>,
}

impl Chains {
    fn of<N: Endpoint>(x: &[Interval<N>], lag: usize) -> Self {
        let lag = lag.max(1);
        let mut chains = Self { possible: vec![0; x.len()], certain: vec![0; x.len()] };
        // Rises in a row at s..=t are possible together if no value of the chains x(i), x(i + lag), ... has its lower
        // bound at or above the upper bound of a later one: `first` is the earliest such s.
        let mut first = 0;
        let mut before: Vec<Vec<(usize, N)>> = vec![Vec::new(); lag.min(x.len())];
        for (t, &v) in x.iter().enumerate() {
            let chain = &mut before[t % lag];
            if v.is_missing() {
                chain.clear();
                first = t + 1;
                continue;
            }
            let base = t.checked_sub(lag).map(|b| x[b]).filter(|b| !b.is_missing());
            // The last earlier value of the chain that v cannot exceed: lower bounds fall from the bottom of the stack.
            let in_the_way = chain.partition_point(|(_, lower)| *lower >= v.upper);
            if let Some(&(i, _)) = in_the_way.checked_sub(1).and_then(|k| chain.get(k)) {
                first = first.max(i + lag + 1);
            }
            if base.is_none() {
                first = t + 1;
            }
            chains.possible[t] = (t + 1).saturating_sub(first);
            let rises = base.is_some_and(|b| v.exceeds(b) == Truth::Yes);
            let so_far = t.checked_sub(1).map_or(0, |before| chains.certain[before]);
            chains.certain[t] = if rises { so_far + 1 } else { 0 };
            while chain.last().is_some_and(|(_, lower)| *lower <= v.lower) {
                chain.pop();
            }
            chain.push((t, v.lower));
        }
        chains
    }
}
