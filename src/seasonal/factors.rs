//! Seasonal factors: the averages over the years of each period, centred, and the choice among them by the global
//! moving seasonality ratio (MSR, the global I/S).

use std::ops::Range;

use crate::trend::moving_average::{SeasonalAverage, centred, m_of_n};

use super::options::{Mode, Options, SeasonalFilter};
use super::span::Span;

/// The seasonal filters of the final pass.
#[derive(Debug, Clone, PartialEq)]
pub struct FilterChoice {
    /// The filter of every period of the year.
    pub filters: Vec<SeasonalAverage>,
    /// The ratio that decided, and every one before it (a year was dropped each time); empty if nothing was to choose.
    pub tried: Vec<f64>,
    /// The global ratio of the whole series.
    pub msr: f64,
    /// Mean change of the irregular, of the seasonal, and their ratio, per period of the year.
    pub by_month: Vec<[f64; 3]>,
}

/// Seasonal factors of `si` on `range`, and missing elsewhere: one filter per period of the year, then centred.
///
/// A range of less than five years takes the mean of all years.
pub(super) fn seasonal_factors(
    si: &[f64],
    span: &Span,
    options: &Options,
    filters: &[SeasonalAverage],
    range: Range<usize>,
) -> Vec<f64> {
    let mut factors = vec![f64::NAN; si.len()];
    let short = range.len() < 5 * span.period;
    let (mut values, mut smooth) = (Vec::new(), Vec::new());
    for first in range.clone().take(span.period) {
        let month = || si[first..range.end].iter().step_by(span.period);
        values.clear();
        values.extend(month());
        smooth.resize(values.len(), 0.0);
        let filter = filters[span.month(first)];
        if short { SeasonalAverage::Stable } else { filter }.run(&values, &mut smooth);
        factors[first..range.end].iter_mut().step_by(span.period).zip(&smooth).for_each(|(f, s)| *f = *s);
    }
    centre(&mut factors, span, options, range);
    factors
}

/// Makes the factors of a year average to the neutral value.
///
/// Half a year at each end has no average of its own: it takes the nearest one, or for a period whose filter was asked
/// for as stable the one a year inward, so that its factors stay equal in all years.
fn centre(factors: &mut [f64], span: &Span, options: &Options, range: Range<usize>) {
    let own = &mut factors[range.clone()];
    let (len, half, year) = (own.len(), span.half(), span.period);
    let mut average = vec![0.0; len];
    centred(own, year, &mut average);
    for i in 0..half {
        let (front, back) = (half - 1 - i, len - half + i);
        let stable = |at: usize| options.is_stable(span.month(range.start + at));
        average[front] = average[if stable(front) { front + year } else { half }];
        average[back] = average[if stable(back) { back - year } else { len - half - 1 }];
    }
    own.copy_from_slice(&options.mode.remove(own, &average));
}

/// The filters of an intermediate pass: the pass's own unless the user fixed one.
pub(super) fn pass_filters(options: &Options, of_pass: SeasonalAverage) -> Vec<SeasonalAverage> {
    let fixed = |filter: &SeasonalFilter| match filter {
        SeasonalFilter::Fixed(average) => *average,
        SeasonalFilter::Msr | SeasonalFilter::Default => of_pass,
    };
    options.seasonal.iter().map(fixed).collect()
}

/// Chooses the filters of the final pass from the SI values of D9.
///
/// On whole calendar years, the ratio picks 3x3 up to 2.5, 3x5 from 3.5 to 5.5, 3x9 from 6.5; between them a year is
/// dropped from the end and the ratio taken again, and below five years it is 3x5.
pub(super) fn choose_filters(si: &[f64], span: &Span, options: &Options) -> FilterChoice {
    let known = span.observed.end;
    let (msr, by_month) = seasonality_ratio(si, span, options.mode, 0..known);
    let mut tried = Vec::new();
    let mut chosen = SeasonalAverage::S3x5;
    // X-13 looks for "msr" only if the first period's filter is not 3x1; such a list takes 3x5 instead
    let first_is_3x1 = options.seasonal.first() == Some(&SeasonalFilter::Fixed(SeasonalAverage::S3x1));
    if options.seasonal.contains(&SeasonalFilter::Msr) && !first_is_3x1 {
        let mut end = span.whole_years_end(known);
        while end >= 5 * span.period {
            let ratio = if end == known { msr } else { seasonality_ratio(si, span, options.mode, 0..end).0 };
            tried.push(ratio);
            chosen = match ratio {
                ..=2.5 => SeasonalAverage::S3x3,
                3.5..=5.5 => SeasonalAverage::S3x5,
                6.5.. => SeasonalAverage::S3x9,
                _ => {
                    end -= span.period;
                    continue;
                }
            };
            break;
        }
    }
    let filter = |filter: &SeasonalFilter| match filter {
        SeasonalFilter::Msr => chosen,
        SeasonalFilter::Default => SeasonalAverage::S3x5,
        SeasonalFilter::Fixed(average) => *average,
    };
    let filters = options.seasonal.iter().map(filter).collect();
    FilterChoice { filters, tried, msr, by_month }
}

/// The global ratio I/S of the SI values in `range`, and I, S, I/S per period of the year (by its number).
pub(super) fn seasonality_ratio(
    si: &[f64],
    span: &Span,
    mode: Mode,
    range: Range<usize>,
) -> (f64, Vec<[f64; 3]>) {
    let (mut irregular, mut seasonal) = (0.0, 0.0);
    let mut by_month = vec![[f64::NAN; 3]; span.period];
    for first in range.clone().take(span.period) {
        let values: Vec<f64> = si[first..range.end].iter().step_by(span.period).copied().collect();
        let [i, s] = changes(&values, mode);
        (irregular, seasonal) = (irregular + i, seasonal + s);
        #[expect(clippy::cast_precision_loss, reason = "years are few")]
        let steps = values.len().saturating_sub(1).max(1) as f64;
        by_month[span.month(first)] = [i / steps, s / steps, ratio(i, s)];
    }
    (ratio(irregular, seasonal), by_month)
}

/// I over S, or 999.99 where S hardly moves.
fn ratio(irregular: f64, seasonal: f64) -> f64 {
    if seasonal == 0.0 || irregular > 999.0 * seasonal { 999.99 } else { irregular / seasonal }
}

/// The sums of changes of one period's irregular and seasonal, split by a 7-year average and corrected for length.
#[expect(clippy::cast_precision_loss, reason = "years are few")]
fn changes(values: &[f64], mode: Mode) -> [f64; 2] {
    let years = values.len();
    if years < 3 {
        return [0.0, 0.0];
    }
    let (first, last) =
        (values[..3].iter().sum::<f64>() / 3.0, values[years - 3..].iter().rev().sum::<f64>() / 3.0);
    let padded: Vec<f64> = [first; 3].iter().chain(values).chain(&[last; 3]).copied().collect();
    let mut smooth = vec![0.0; padded.len()];
    m_of_n(&padded, 1, 7, &mut smooth);
    let seasonal = &smooth[3..3 + years];
    let irregular: Vec<f64> = match mode {
        Mode::PseudoAdditive => values.iter().zip(seasonal).map(|(v, s)| v - s + 1.0).collect(),
        _ => mode.remove(values, seasonal),
    };
    let sum = |x: &[f64]| -> f64 {
        x.windows(2).map(|w| (w[1] - w[0]).abs() / if mode.is_ratio() { w[0] } else { 1.0 }).sum()
    };
    let steps = (years - 1) as f64;
    // the mean changes of a 7-year average and its residual in white noise, for few years (X-11 manual)
    let (of_irregular, of_seasonal) = match years - 1 {
        2 => (1.0, 1.0),
        3 => (1.02584, 3.0),
        4 => (1.01779, 1.55291),
        5 => (1.01383, 1.30095),
        _ => (
            steps * 12.247_449 / (73.239_334 + (steps - 6.0) * 12.247_449),
            steps * 1.732_051 / (8.485_281 + (steps - 6.0) * 1.732_051),
        ),
    };
    [sum(&irregular) * of_irregular, sum(seasonal) * of_seasonal]
}
