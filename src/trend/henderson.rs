//! The Henderson average with Musgrave's ends as a trend filter of its own; its weights are in `moving_average`.

use super::moving_average::Henderson;
use crate::error::{Error, Result};
use crate::kernel::{BlockKernel, one_by_one};
use crate::number::pack::Pack;

/// The filter; a missing value is missing in every window that holds it.
pub struct HendersonTrend {
    terms: usize,
    ic: f64,
}

impl HendersonTrend {
    /// The average of `terms` terms whose ends expect the I/C ratio `ic`.
    ///
    /// # Errors
    /// Even or too few terms; a ratio that is not positive.
    pub fn new(terms: usize, ic: f64) -> Result<Self> {
        Henderson::check(terms, ic)?;
        Ok(Self { terms, ic })
    }
}

impl BlockKernel for HendersonTrend {
    type Plan = Henderson;

    fn parts(&self) -> usize {
        2
    }

    fn plan(&self, n: usize) -> Result<Henderson> {
        let terms = self.terms;
        if n >= terms {
            return Henderson::new(terms, self.ic);
        }
        Err(Error::invalid(format!(
            "a Henderson average of {terms} terms needs at least as many values; there are {n}: choose fewer terms"
        )))
    }

    #[inline(always)]
    fn run<const W: usize>(
        &self,
        average: &Henderson,
        x: &[Pack<W>],
        out: &mut [&mut [Pack<W>]],
        facts: &mut [Pack<W>],
    ) -> Result<()> {
        one_by_one(x, out, facts, |x, out, _| {
            let [trend, rest] = out else { return Ok(()) };
            average.run(x, trend)?;
            rest.iter_mut().zip(x.iter().zip(trend.iter())).for_each(|(rest, (x, t))| *rest = x - t);
            Ok(())
        })
    }
}
