//! The passes B, C and D of X-11, written once: from a series cleaned of the extremes known so far to factors, an
//! irregular, and a series cleaned a little better.
//!
//! A pass has two sections. The first finds a crude trend by a one-year average and factors by 3x3 averages; the
//! second a Henderson trend from the series so adjusted, and factors by 3x5. In part B, which knows nothing of
//! extremes yet, each section also replaces extreme SI values before it averages them.

use std::ops::Range;

use crate::error::{Error, Result};
use crate::trend::moving_average::{SeasonalAverage, centred};

use super::extremes::{replace, spreads_differ, weights};
use super::factors::{pass_filters, seasonal_factors};
use super::options::{CalendarSigma, Mode, Options};
use super::span::Span;
use super::trend::{AutoTrend, TrendChoice};

/// The tables of one part; the comment gives the official number within it. NaN where a table has no value.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Part {
    /// 1: the series it starts from.
    pub input: Vec<f64>,
    /// 2: the crude trend.
    pub crude_trend: Vec<f64>,
    /// 3 (B), 4 (C, D): SI values about the crude trend.
    pub crude_si: Vec<f64>,
    /// 4 (B): what replaced extreme SI values.
    pub crude_replaced: Vec<f64>,
    /// 5: factors from them.
    pub crude_factors: Vec<f64>,
    /// 6: the series so adjusted.
    pub crude_adjusted: Vec<f64>,
    /// 7: the Henderson trend.
    pub trend: Vec<f64>,
    /// 8 (B), 9 (C): SI values about it.
    pub si: Vec<f64>,
    /// 9 (B): what replaced extreme SI values.
    pub replaced: Vec<f64>,
    /// 10 (B, C): seasonal factors.
    pub factors: Vec<f64>,
    /// 11 (B, C): the series so adjusted.
    pub adjusted: Vec<f64>,
    /// 13 (B, C): the irregular.
    pub irregular: Vec<f64>,
    /// 17 (B, C): weights of the irregular.
    pub weights: Vec<f64>,
    /// 20 (B, C): what is extreme in the irregular.
    pub extremes: Vec<f64>,
    /// The trend chosen for table 7.
    pub trend_choice: Option<TrendChoice>,
}

impl Part {
    /// Multiplies every table in the unit of the series.
    pub(super) fn scale(&mut self, factor: f64) {
        for table in [
            &mut self.input,
            &mut self.crude_trend,
            &mut self.crude_si,
            &mut self.crude_replaced,
            &mut self.crude_factors,
            &mut self.crude_adjusted,
            &mut self.trend,
            &mut self.si,
            &mut self.replaced,
            &mut self.factors,
            &mut self.adjusted,
            &mut self.irregular,
            &mut self.extremes,
        ] {
            for v in table {
                *v *= factor;
            }
        }
    }
}

/// What the passes share: the options, the calendar, the series of B1, and the two states carried from pass to pass.
pub(super) struct Passes<'a> {
    pub(super) options: &'a Options,
    pub(super) span: &'a Span,
    /// B1: the series, in logarithms in log-additive mode.
    pub(super) original: &'a [f64],
    pub(super) trend: AutoTrend,
    /// Whether Cochran's test found the spreads of the months to differ.
    pub(super) by_month: bool,
}

impl Passes<'_> {
    /// Parts B and C: both sections, then the weights of the irregular. Also returns the input of the next part.
    pub(super) fn run(&mut self, input: &[f64], first: bool) -> Result<(Part, Vec<f64>)> {
        let mut part = self.sections(input, first)?;
        part.factors = if first {
            part.replaced = part.si.clone();
            let factors =
                self.factors_without_extremes(&mut part.replaced, SeasonalAverage::S3x5, self.span.all());
            part.replaced = changed(&part.si, &part.replaced);
            factors
        } else {
            self.factors(&part.si, SeasonalAverage::S3x5, self.span.all())
        };
        part.adjusted = self.adjust(self.original, &part.factors, &part.trend);
        part.irregular = self.options.mode.remove(&part.adjusted, &part.trend);
        if first {
            self.decide_by_month(&part.irregular, 0..self.span.observed.end);
        }
        part.weights = self.weights(&part.irregular, self.span.all());
        part.extremes = self.extreme_component(&part.irregular, &part.weights);
        let next = self.without_extremes(&part);
        Ok((part, next))
    }

    /// Tables 1 to 8 (9 in part C), which all three parts share.
    pub(super) fn sections(&mut self, input: &[f64], first: bool) -> Result<Part> {
        let (span, mode) = (self.span, self.options.mode);
        let mut crude_trend = vec![f64::NAN; span.len];
        centred(input, span.period, &mut crude_trend);
        let crude_si = mode.remove(input, &crude_trend);
        let mut cleaned = crude_si.clone();
        let (mut crude_factors, crude_replaced) = if first {
            let factors = self.factors_without_extremes(&mut cleaned, SeasonalAverage::S3x3, span.inner());
            (factors, changed(&crude_si, &cleaned))
        } else {
            (self.factors(&crude_si, SeasonalAverage::S3x3, span.inner()), Vec::new())
        };
        repeat_at_ends(&mut crude_factors, span.period, span.inner());
        let crude_adjusted = self.crude_adjusted(input, &crude_factors, &crude_trend)?;
        let (trend, choice) = self.trend.run(&crude_adjusted, span, self.options, first)?;
        let si = mode.remove(input, &trend);
        Ok(Part {
            input: input.to_vec(),
            crude_trend,
            crude_si,
            crude_replaced,
            crude_factors,
            crude_adjusted,
            trend,
            si,
            trend_choice: Some(choice),
            ..Part::default()
        })
    }

    fn factors(&self, si: &[f64], of_pass: SeasonalAverage, range: Range<usize>) -> Vec<f64> {
        seasonal_factors(si, self.span, self.options, &pass_filters(self.options, of_pass), range)
    }

    /// Part B: factors, the irregular they leave, its extremes, SI values replaced there (in place), factors again.
    fn factors_without_extremes(
        &mut self,
        si: &mut [f64],
        of_pass: SeasonalAverage,
        range: Range<usize>,
    ) -> Vec<f64> {
        let first = self.factors(si, of_pass, range.clone());
        let irregular: Vec<f64> = match self.options.mode {
            Mode::PseudoAdditive => si.iter().zip(&first).map(|(v, s)| v - s + 1.0).collect(),
            mode => mode.remove(si, &first),
        };
        if of_pass == SeasonalAverage::S3x3 {
            self.decide_by_month(&irregular, self.measured(&range));
        }
        let weights = self.weights(&irregular, range.clone());
        replace(si, &weights, self.span.period, range.clone());
        self.factors(si, of_pass, range)
    }

    fn decide_by_month(&mut self, irregular: &[f64], range: Range<usize>) {
        if self.options.calendar_sigma == CalendarSigma::Signif {
            self.by_month = spreads_differ(irregular, self.span.period, self.options.mode, range);
        }
    }

    /// Where spreads are measured: everywhere judged, or the observed part of it (half a year shorter in section 1).
    fn measured(&self, judged: &Range<usize>) -> Range<usize> {
        if !self.options.exclude_forecasts {
            judged.clone()
        } else if judged.len() == self.span.len {
            self.span.observed.clone()
        } else {
            self.span.inner_observed()
        }
    }

    fn weights(&self, irregular: &[f64], judged: Range<usize>) -> Vec<f64> {
        let measured = self.measured(&judged);
        weights(irregular, self.span, self.options, self.by_month, judged, &measured)
    }

    /// Table 6. Where the pseudo-additive mode has no crude trend yet, it divides by the factor.
    fn crude_adjusted(&self, input: &[f64], factors: &[f64], trend: &[f64]) -> Result<Vec<f64>> {
        if self.options.mode != Mode::PseudoAdditive {
            return Ok(self.options.mode.remove(input, factors));
        }
        let inner = self.span.inner();
        (0..input.len())
            .map(|i| match factors[i] {
                factor if inner.contains(&i) => Ok(input[i] - trend[i] * (factor - 1.0)),
                0.0 => Err(Error::placed(
                    "a first seasonal factor of {series} is zero, so that the pseudo-additive adjustment cannot \
                     start: use mode=\"add\"",
                    0,
                    0,
                )),
                factor => Ok(input[i] / factor),
            })
            .collect()
    }

    /// A series without its seasonal component.
    pub(super) fn adjust(&self, x: &[f64], factors: &[f64], trend: &[f64]) -> Vec<f64> {
        match self.options.mode {
            Mode::PseudoAdditive => (0..x.len()).map(|i| x[i] - trend[i] * (factors[i] - 1.0)).collect(),
            mode => mode.remove(x, factors),
        }
    }

    /// Table 20: the part of the irregular that its weight takes away.
    fn extreme_component(&self, irregular: &[f64], weights: &[f64]) -> Vec<f64> {
        let pairs = irregular.iter().zip(weights);
        if self.options.mode.is_ratio() {
            pairs.map(|(i, w)| i / (1.0 + w * (i - 1.0))).collect()
        } else {
            pairs.map(|(i, w)| i * (1.0 - w)).collect()
        }
    }

    /// The input of the next part: the series without its extremes.
    fn without_extremes(&self, part: &Part) -> Vec<f64> {
        match self.options.mode {
            Mode::PseudoAdditive => (0..part.trend.len())
                .map(|i| part.trend[i] * (part.factors[i] + (part.irregular[i] / part.extremes[i] - 1.0)))
                .collect(),
            mode => mode.remove(self.original, &part.extremes),
        }
    }
}

/// Values that were changed, NaN where not.
fn changed(before: &[f64], after: &[f64]) -> Vec<f64> {
    before.iter().zip(after).map(|(b, a)| if b.to_bits() == a.to_bits() { f64::NAN } else { *a }).collect()
}

/// Repeats the factors of the nearest year where the one-year average left none.
fn repeat_at_ends(factors: &mut [f64], period: usize, inner: Range<usize>) {
    for i in inner.end..factors.len() {
        factors[i] = factors[i - period];
    }
    for i in (0..inner.start).rev() {
        factors[i] = factors[i + period];
    }
}
