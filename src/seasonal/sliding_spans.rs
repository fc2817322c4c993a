//! Sliding spans: how much an adjustment depends on the years it is made from.
//!
//! Up to four spans of equal length, each beginning a year after the one before, the last ending with the series, are
//! adjusted on their own. Where a value lies in several spans its estimates should hardly differ (Findley, Monsell,
//! Shulman and Pugh 1990).

use crate::error::{Error, Result};
use crate::trend::moving_average::SeasonalAverage;

use super::options::{Mode, Options, SeasonalFilter};
use super::span::Span;
use super::x11::Adjustment;

/// One quantity in all spans.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// A row per span, over the whole series; NaN outside the span.
    pub spans: Vec<Vec<f64>>,
    /// The largest difference between spans: per cent of the smaller value (factors, adjusted series in ratio modes),
    /// percentage points (changes), or units (additive); NaN below two spans.
    pub difference: Vec<f64>,
}

/// What sliding spans found.
#[derive(Debug, Clone, PartialEq)]
pub struct SlidingSpans {
    /// The first position of every span.
    pub starts: Vec<usize>,
    /// Their length.
    pub length: usize,
    /// Seasonal factors.
    pub seasonal: Spread,
    /// The adjusted series.
    pub adjusted: Spread,
    /// Its changes on the period before, in per cent (units where additive).
    pub changes: Spread,
    /// Its changes on the year before.
    pub yearly_changes: Spread,
}

/// Runs sliding spans, each with the trend it chooses and the seasonal filters asked for.
///
/// As in X-13, a span does not choose seasonal filters by the moving seasonality ratio: periods left to it take 3x5.
/// `length` and `count` default to X-13's: 6 years for 3x1, 7 for 3x3, 8 for 3x5, 11 for 3x9, 17 for 3x15, begun with
/// a first period of the year where there is room, and as many spans as fit, up to four.
///
/// # Errors
/// Too short a series for two spans; everything X-11 refuses.
pub fn sliding_spans(
    x: &[f64],
    span: &Span,
    options: &Options,
    length: Option<usize>,
    count: Option<usize>,
) -> Result<SlidingSpans> {
    let whole = Adjustment::run(x, &[], &[], span, options)?;
    let mut of_spans = options.clone();
    for filter in of_spans.seasonal.iter_mut().filter(|filter| **filter == SeasonalFilter::Msr) {
        *filter = SeasonalFilter::Default;
    }
    let (length, count) = layout(span, &whole.filters.filters, length, count)?;
    let starts: Vec<usize> = (0..count).map(|i| span.len - length - (count - 1 - i) * span.period).collect();
    let mut runs = Vec::with_capacity(count);
    for &start in &starts {
        let own = Span::new(span.period, span.month(start), length);
        runs.push(Adjustment::run(&x[start..start + length], &[], &[], &own, &of_spans)?);
    }
    let placed = |of: &dyn Fn(&Adjustment) -> Vec<f64>| -> Vec<Vec<f64>> {
        starts.iter().zip(&runs).map(|(&start, run)| place(&of(run), start, span.len)).collect()
    };
    let relative = options.mode != Mode::Additive;
    Ok(SlidingSpans {
        seasonal: Spread::of(placed(&|run| run.seasonal.clone()), relative),
        adjusted: Spread::of(placed(&|run| run.adjusted.clone()), relative),
        changes: Spread::of(placed(&|run| changes(&run.adjusted, 1, relative)), false),
        yearly_changes: Spread::of(placed(&|run| changes(&run.adjusted, span.period, relative)), false),
        starts,
        length,
    })
}

impl Spread {
    fn of(spans: Vec<Vec<f64>>, relative: bool) -> Self {
        let len = spans.first().map_or(0, Vec::len);
        let at = |i: usize| {
            let known = spans.iter().map(|row| row[i]).filter(|v| !v.is_nan());
            let (least, most, count) =
                known.fold((f64::INFINITY, f64::NEG_INFINITY, 0), |(l, m, n), v| (l.min(v), m.max(v), n + 1));
            match count {
                0 | 1 => f64::NAN,
                _ if relative => 100.0 * (most - least) / least,
                _ => most - least,
            }
        };
        Self { difference: (0..len).map(at).collect(), spans }
    }
}

/// The years of a span that a filter needs to show what it does.
fn years_of(filter: SeasonalAverage) -> usize {
    match filter {
        SeasonalAverage::S3x1 => 6,
        SeasonalAverage::S3x3 => 7,
        SeasonalAverage::S3x5 => 8,
        SeasonalAverage::S3x9 => 11,
        SeasonalAverage::S3x15 | SeasonalAverage::Stable => 17,
    }
}

/// The length of the spans and their number.
fn layout(
    span: &Span,
    filters: &[SeasonalAverage],
    length: Option<usize>,
    count: Option<usize>,
) -> Result<(usize, usize)> {
    let (len, year) = (span.len, span.period);
    if count.is_some_and(|count| count < 2) {
        return Err(Error::invalid(
            "count must be at least 2: one span alone has nothing to be compared with",
        ));
    }
    let asked = length.is_some();
    let stable = filters.contains(&SeasonalAverage::Stable);
    let years = filters.iter().copied().map(years_of).max().unwrap_or(8);
    let mut length = length.unwrap_or(years * year);
    if stable && !asked {
        // every year helps the mean of all years: what four spans leave, up to 17 years
        length = len.saturating_sub((count.unwrap_or(4) - 1) * year).max(3 * year);
        if length > 17 * year {
            length = (17 - usize::from(!(span.phase + len).is_multiple_of(year))) * year;
        }
    }
    let fit = len.checked_sub(length).map_or(0, |left| left / year + 1);
    if length < 3 * year {
        return Err(Error::invalid(format!(
            "length={length} is too short: a span needs three years at least, {} periods",
            3 * year
        )));
    }
    let count = count.unwrap_or(fit.min(4)).max(2);
    if fit < count {
        return Err(Error::placed(
            format!(
                "{{series}} has {len} periods, and sliding spans need at least two spans a year apart: {count} of {length} \
                 periods need {}; give a smaller length= or count=, or a longer series",
                (count - 1).saturating_mul(year).saturating_add(length)
            ),
            0,
            0,
        ));
    }
    let start = len - length - (count - 1) * year;
    if start > 0 && !asked && years < 17 {
        length += stretch(span, start);
    }
    Ok((length, count))
}

/// How far back to stretch the spans so that the first begins with the year, or where the series does.
fn stretch(span: &Span, start: usize) -> usize {
    let (first, month) = (span.phase, span.month(start));
    let same_year = start < span.period - first;
    if (first == 0 && month != 0) || (first < month && same_year) {
        month - first
    } else if month > 0 && !same_year {
        month
    } else {
        0
    }
}

/// Changes on the value `lag` periods before: per cent, or units.
fn changes(x: &[f64], lag: usize, relative: bool) -> Vec<f64> {
    let mut out = vec![f64::NAN; x.len()];
    for (to, (before, after)) in out[lag..].iter_mut().zip(x.iter().zip(&x[lag..])) {
        *to = (after - before) * if relative { 100.0 / before } else { 1.0 };
    }
    out
}

/// A span's values at their place in the whole series.
fn place(values: &[f64], start: usize, len: usize) -> Vec<f64> {
    let mut out = vec![f64::NAN; len];
    out[start..start + values.len()].copy_from_slice(values);
    out
}
