//! The trend of X-11: which Henderson average, and what its ends expect. The average itself is in `trend`.

use crate::error::Result;
use crate::trend::moving_average::Henderson;

use super::options::{IcState, Mode, Options};
use super::span::Span;

/// What one run of the automatic trend chose.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrendChoice {
    /// The terms of the Henderson average.
    pub terms: usize,
    /// Mean change of the irregular over that of the trend, per period.
    pub ratio: f64,
    /// The I/C ratio that the ends expect.
    pub end_ic: f64,
}

/// The automatic trend with the I/C ratio it carries from call to call.
///
/// X-13ARIMA-SEATS changes the ratio only when it chooses 9 or 23 terms (7 for quarters) and keeps it when it later
/// returns to 13: the ends of a 13-term trend may then expect a ratio of 1.
#[derive(Debug, Clone)]
pub(super) struct AutoTrend {
    end_ic: f64,
}

/// The I/C ratio that goes with a number of terms: small where the noise is small.
fn ic_of(terms: usize, period: usize) -> f64 {
    match (period >= 12, terms) {
        (true, ..=9) => 1.0,
        (true, ..=13) => 3.5,
        (false, ..=5) => 0.001,
        _ => 4.5,
    }
}

/// The terms of the first Henderson average: a year and one.
fn usual_terms(period: usize) -> usize {
    period + 1 - period % 2
}

impl AutoTrend {
    pub(super) fn new(options: &Options, period: usize) -> Self {
        // without a given length, 3.5 for months and 0.001 for quarters
        let terms = options.trend.unwrap_or(if period >= 12 { 13 } else { 5 });
        Self { end_ic: options.trend_ic.unwrap_or_else(|| ic_of(terms, period)) }
    }

    /// Smooths an adjusted series. `first_part` is part B, where a noisy series does not get the longer trend yet.
    pub(super) fn run(
        &mut self,
        x: &[f64],
        span: &Span,
        options: &Options,
        first_part: bool,
    ) -> Result<(Vec<f64>, TrendChoice)> {
        let ratio = irregular_to_trend(x, span, options.mode)?;
        let terms = options.trend.unwrap_or_else(|| self.choose(ratio, span.period, first_part));
        if options.ic_state == IcState::ByLength && options.trend_ic.is_none() {
            self.end_ic = ic_of(terms, span.period);
        }
        let mut trend = vec![0.0; x.len()];
        if terms == 7 && !options.true_7_term {
            self.end_ic = 0.001;
        }
        henderson(x, terms, self.end_ic, options.true_7_term, &mut trend)?;
        if options.mode.is_ratio() {
            replace_negative(&mut trend, span)?;
        }
        Ok((trend, TrendChoice { terms, ratio, end_ic: self.end_ic }))
    }

    fn choose(&mut self, ratio: f64, period: usize, first_part: bool) -> usize {
        #[expect(clippy::cast_precision_loss, reason = "periods in a year are few")]
        let yearly = if ratio >= 999.0 { ratio } else { ratio * 12.0 / period as f64 };
        if yearly < 1.0 && period >= 12 {
            self.end_ic = 1.0;
            (3 * period / 4) | 1
        } else if yearly < 3.5 || first_part {
            usual_terms(period)
        } else {
            self.end_ic = 4.5;
            (2 * period - 1).max(5)
        }
    }
}

/// A Henderson average with X-13's rule for 7 terms: where it does not fit, the 5-term one and its ends.
pub(super) fn henderson(x: &[f64], terms: usize, ic: f64, true_7_term: bool, out: &mut [f64]) -> Result<()> {
    if terms != 7 || true_7_term {
        return Henderson::new(terms, ic)?.run(x, out);
    }
    Henderson::new(5, 0.001)?.run(x, out)?;
    Henderson::new(7, ic)?.run_symmetric(x, out);
    Ok(())
}

/// I/C: the mean relative change of the irregular over that of the trend, by the first Henderson average.
///
/// Backcasts count, forecasts do not. A trend that never changes gives 999.
fn irregular_to_trend(x: &[f64], span: &Span, mode: Mode) -> Result<f64> {
    let filter = Henderson::new(usual_terms(span.period).max(3), 1.0)?;
    let reach = filter.terms() / 2;
    let mut trend = vec![0.0; x.len()];
    filter.run_symmetric(x, &mut trend);
    let known = reach..span.observed.end - reach;
    let (trend, x) = (&trend[known.clone()], &x[known]);
    let irregular = mode.remove(x, trend);
    let change = |values: &[f64]| -> f64 {
        values.windows(2).map(|w| (w[1] - w[0]).abs() / if mode.is_ratio() { w[0] } else { 1.0 }).sum()
    };
    let of_trend = change(trend);
    Ok(if of_trend == 0.0 { 999.0 } else { change(&irregular) / of_trend })
}

/// A trend of a multiplicative series must be positive: a value that is not becomes the mean of its nearest positive
/// observed neighbours, or the nearest one where there is no other side.
pub(super) fn replace_negative(trend: &mut [f64], span: &Span) -> Result<()> {
    for i in 0..trend.len() {
        if trend[i] > 0.0 {
            continue;
        }
        let observed = span.observed.clone();
        let before = trend[..i.min(observed.end)].iter().skip(observed.start).rev().find(|v| **v > 0.0);
        let after = trend[..observed.end].iter().skip(observed.start.max(i + 1)).find(|v| **v > 0.0);
        trend[i] = match (before, after) {
            (Some(b), Some(a)) => f64::midpoint(*b, *a),
            (Some(one), None) | (None, Some(one)) => *one,
            (None, None) => {
                return Err(crate::error::Error::placed(
                    "no part of the trend of {series} is positive, so that it cannot be adjusted by ratios: use \
                     mode=\"add\", or transform=\"none\" where there is a model",
                    0,
                    0,
                ));
            }
        };
    }
    Ok(())
}
