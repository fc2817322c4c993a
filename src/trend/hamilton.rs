//! Hamilton's filter: the cycle is what a regression on the values `h` periods before and earlier cannot foresee.
//!
//! y(t+h) is regressed on a constant and y(t), ..., y(t-p+1); the residual is the cycle of period t+h, the fitted value
//! its trend. With `p = 0` the regression is replaced by the random walk: the cycle is y(t+h) - y(t).

use super::least_squares::regress;
use crate::error::{Error, Result};
use crate::kernel::BlockKernel;
use crate::number::pack::Pack;
use crate::number::size::{SMALLEST, power_near_one};

/// The filter with horizon `h` and `p` lags.
pub struct Hamilton {
    h: usize,
    p: usize,
}

impl Hamilton {
    /// The filter with horizon `h` (at least 1) and `p` lags, 0 for the random walk.
    ///
    /// # Errors
    /// A horizon of zero.
    pub fn new(h: usize, p: usize) -> Result<Self> {
        if h == 0 {
            return Err(Error::invalid("h must be at least 1; two years are usual (8 quarters, 24 months)"));
        }
        Ok(Self { h, p })
    }

    /// The values lost at the start.
    fn lost(&self) -> usize {
        self.h + self.p.max(1) - 1
    }

    fn check(&self, rows: usize) -> Result<()> {
        let fewest = if self.p == 0 { 1 } else { self.p + 2 };
        if rows >= fewest {
            return Ok(());
        }
        Err(Error::invalid(format!(
            "Hamilton's filter with h={} and p={} needs at least {} periods in which the value, and those it is \
             regressed on, are observed; there are {rows}: the series is too short or its gaps too many, so choose a \
             smaller h or p",
            self.h, self.p, fewest
        )))
    }
}

impl BlockKernel for Hamilton {
    type Plan = ();
    const HALF: bool = true; // the columns of a regression shall stay in the cache

    fn parts(&self) -> usize {
        2
    }

    fn facts(&self) -> usize {
        if self.p == 0 { 0 } else { self.p + 1 }
    }

    fn plan(&self, n: usize) -> Result<()> {
        self.check(n.saturating_sub(self.lost()))
    }

    #[inline(always)]
    fn run<const W: usize>(
        &self,
        (): &(),
        x: &[Pack<W>],
        out: &mut [&mut [Pack<W>]],
        facts: &mut [Pack<W>],
    ) -> Result<()> {
        let [trend, cycle] = out else { return Ok(()) };
        let Self { h, p } = *self;
        if p == 0 {
            trend[..h].fill(Pack::MISSING);
            cycle[..h].fill(Pack::MISSING);
            for (row, before) in (h..x.len()).zip(x) {
                cycle[row] = x[row] - *before;
                trend[row] = x[row] - cycle[row];
            }
            return Ok(());
        }
        let lost = self.lost();
        let observed = |row: &usize| (0..p).all(|l| !x[row - h - l].0[0].is_nan()) && !x[*row].0[0].is_nan();
        let complete = W > 1 || x.iter().all(|row| !row.0[0].is_nan());
        let rows: Vec<usize> = (lost..x.len()).filter(|row| complete || observed(row)).collect();
        self.check(rows.len())?;
        let lagged = |lag: usize| -> Vec<Pack<W>> {
            if complete {
                x[lost - lag..x.len() - lag].to_vec()
            } else {
                rows.iter().map(|row| x[row - lag]).collect()
            }
        };
        let columns_of = || -> Vec<Vec<Pack<W>>> {
            let lags = (0..p).map(|l| lagged(h + l)).chain(std::iter::once_with(|| lagged(0)));
            std::iter::once_with(|| vec![Pack::splat(1.0); rows.len()]).chain(lags).collect()
        };
        let mut columns = columns_of();
        let mut fit = regress(&mut columns);
        let mut powers = None;
        if fit.out_of_range() {
            let of = |k| power_near_one(x.iter().map(|row| row.0[k]), SMALLEST).unwrap_or(1.0);
            let power = Pack(std::array::from_fn::<f64, W, _>(of));
            columns = columns_of();
            columns[1..].iter_mut().flatten().for_each(|v| *v = *v * power);
            fit = regress(&mut columns);
            columns.last_mut().into_iter().flatten().for_each(|v| *v = *v / power);
            powers = Some(power);
        }
        let open = if complete { lost } else { x.len() };
        trend[..open].fill(Pack::MISSING);
        cycle[..open].fill(Pack::MISSING);
        facts.iter_mut().zip(fit.coefficients()).for_each(|(fact, coefficient)| *fact = coefficient);
        if let (Some(power), Some(constant)) = (powers, facts.first_mut()) {
            *constant = *constant / power;
        }
        for (&row, residual) in rows.iter().zip(columns.last().into_iter().flatten()) {
            trend[row] = x[row] - *residual;
            cycle[row] = *residual;
        }
        Ok(())
    }
}
