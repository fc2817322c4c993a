//! Extreme values: the weights of irregular values between 1 and 0, and what replaces an extreme SI value.
//!
//! An irregular within `lower` spreads of its neutral value keeps weight 1, beyond `upper` spreads it gets 0, between
//! them it falls linearly. The spread is the root mean square about the neutral value, over five calendar years
//! around the year judged, or over one period of the year, or over a group of them. Two passes: the second leaves
//! out of the spreads what the first found extreme.

use std::ops::Range;

use super::distribution::f_upper_quantile;
use super::options::{CalendarSigma, Mode, Options};
use super::span::Span;

/// Values that share one spread: where it is measured and where it is applied, every `step` positions.
struct Group<'a> {
    measured: Range<usize>,
    judged: Range<usize>,
    step: usize,
    /// Only periods of the year that are (or are not) marked.
    only: Option<(&'a [bool], bool)>,
}

impl Group<'_> {
    fn positions(&self, range: &Range<usize>, span: &Span) -> impl Iterator<Item = usize> {
        let wanted =
            move |i: &usize| self.only.is_none_or(|(marked, side)| marked.get(span.month(*i)) == Some(&side));
        range.clone().step_by(self.step).filter(wanted)
    }
}

/// The weights of irregular values on `judged`, with spreads measured on `measured`; 1 elsewhere.
///
/// `by_month` says whether Cochran's test found spreads to differ (for `CalendarSigma::Signif`).
pub(super) fn weights(
    irregular: &[f64],
    span: &Span,
    options: &Options,
    by_month: bool,
    judged: Range<usize>,
    measured: &Range<usize>,
) -> Vec<f64> {
    let groups = groups(span, &options.calendar_sigma, by_month, judged, measured);
    let (lower, upper) = options.sigma;
    let neutral = options.mode.neutral();
    let distances: Vec<f64> = irregular.iter().map(|i| (i - neutral).abs()).collect();
    let mut weights = vec![1.0; irregular.len()];
    for group in &groups {
        let spread = root_mean_square(group.positions(&group.measured, span).map(|i| distances[i]));
        if spread > 0.0 {
            for i in group.positions(&group.judged, span).filter(|&i| distances[i] / spread > upper) {
                weights[i] = 0.0;
            }
        }
    }
    let kept: Vec<bool> = weights.iter().map(|&w| w > 0.0).collect();
    for group in &groups {
        let inliers = group.positions(&group.measured, span).filter(|&i| kept[i]);
        let spread = root_mean_square(inliers.map(|i| distances[i]));
        if spread > 0.0 {
            for i in group.positions(&group.judged, span) {
                let size = distances[i] / spread;
                if size > upper {
                    // X-13 marks these with -1 and clears the mark only where it measures: what it leaves out of the
                    // spreads (`exclude_forecasts`) keeps it
                    weights[i] = if kept[i] && !measured.contains(&i) { -1.0 } else { 0.0 };
                } else if size > lower {
                    weights[i] = (upper - size) / (upper - lower);
                }
            }
        }
    }
    weights
}

fn root_mean_square(distances: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0f64);
    for distance in distances {
        sum += distance * distance;
        count += 1.0;
    }
    (sum / count.max(1.0)).sqrt()
}

fn groups<'a>(
    span: &Span,
    calendar: &'a CalendarSigma,
    by_month: bool,
    judged: Range<usize>,
    measured: &Range<usize>,
) -> Vec<Group<'a>> {
    match calendar {
        CalendarSigma::Select(chosen) => [true, false]
            .map(|side| Group {
                measured: measured.clone(),
                judged: judged.clone(),
                step: 1,
                only: Some((chosen.as_slice(), side)),
            })
            .into(),
        CalendarSigma::All => by_months(span, &judged, measured),
        CalendarSigma::Signif if by_month => by_months(span, &judged, measured),
        CalendarSigma::Signif | CalendarSigma::None => moving_years(span, &judged, measured),
    }
}

/// A group per period of the year.
///
/// Where backcasts are judged but not measured, X-13 measures the periods they begin with at the first observed
/// value, whatever its period; kept, since figures made with `excludefcst` rest on it.
fn by_months<'a>(span: &Span, judged: &Range<usize>, measured: &Range<usize>) -> Vec<Group<'a>> {
    let year = span.period;
    let month = |first: usize| Group {
        measured: first.max(measured.start)..first + (measured.end - 1 - first) / year * year + 1,
        judged: first..judged.end,
        step: year,
        only: None,
    };
    judged.clone().take(year).map(month).collect()
}

/// Moving windows of five calendar years, each judging its middle year; the first and last also judge what lies
/// outside, and take in the incomplete year at their end. Fewer than five complete years are one window.
fn moving_years<'a>(span: &Span, judged: &Range<usize>, measured: &Range<usize>) -> Vec<Group<'a>> {
    let year = span.period;
    // on the calendar: position 0 is the first period of the year that position 0 of the series belongs to
    let (from, to) = (measured.start + span.phase, measured.end + span.phase);
    let first = from / year * year;
    let first_complete = from.div_ceil(year) * year;
    let last = (to.div_ceil(year) * year).checked_sub(5 * year);
    let last_complete = (to / year * year).checked_sub(5 * year);
    let windows = match (last, last_complete) {
        (Some(last), Some(complete)) if complete >= first_complete && last > first => (first..=last)
            .step_by(year)
            .map(|y| {
                if y == first {
                    (from..first_complete + 5 * year, 0..first + 3 * year)
                } else if y == last {
                    (complete..to, last + 2 * year..usize::MAX)
                } else {
                    (y..y + 5 * year, y + 2 * year..y + 3 * year)
                }
            })
            .collect(),
        _ => vec![(from..to, 0..usize::MAX)],
    };
    let back = |at: usize| at.saturating_sub(span.phase);
    windows
        .into_iter()
        .map(|(m, j): (Range<usize>, Range<usize>)| Group {
            measured: back(m.start)..back(m.end),
            judged: back(j.start).max(judged.start)..back(j.end).min(judged.end),
            step: 1,
            only: None,
        })
        .collect()
}

/// Replaces SI values whose weight is below 1, period by period, over `range`. Returns the new values, and NaN where
/// nothing was replaced.
///
/// A value goes towards four values of its own period with full weight: two before and two after, or the four nearest
/// the end where it is one of the last two. Without four of them, the mean of all years takes its place.
pub(super) fn replace(si: &mut [f64], weights: &[f64], period: usize, range: Range<usize>) -> Vec<f64> {
    let mut replaced = vec![f64::NAN; si.len()];
    for month in range.clone().take(period) {
        let years: Vec<usize> = (month..range.end).step_by(period).collect();
        #[expect(clippy::float_cmp, reason = "full weight is exactly 1: it was never reduced")]
        if years.iter().all(|&i| weights[i] == 1.0) {
            continue;
        }
        let mean = mean_of(years.iter().map(|&i| si[i]));
        for (year, &i) in years.iter().enumerate() {
            #[expect(clippy::float_cmp, reason = "full weight is exactly 1: it was never reduced")]
            if weights[i] != 1.0 {
                let full = |at: &usize| weights[*at] >= 1.0;
                si[i] = match four_neighbours(&years, year, full) {
                    Some(four) => {
                        (four.iter().fold(weights[i] * si[i], |sum, &at| sum + si[at])) / (4.0 + weights[i])
                    }
                    None => mean,
                };
                replaced[i] = si[i];
            }
        }
    }
    replaced
}

/// The four values of full weight that stand in for the value of `year`.
fn four_neighbours(years: &[usize], year: usize, full: impl Fn(&usize) -> bool) -> Option<Vec<usize>> {
    let last = years.len() - 1;
    let four: Vec<usize> = if year <= 1 {
        years.iter().copied().filter(&full).take(4).collect()
    } else if year + 1 >= last {
        years.iter().rev().copied().filter(&full).take(4).collect()
    } else {
        let before: Vec<usize> = years[..year].iter().rev().copied().filter(&full).take(4).collect();
        let after: Vec<usize> = years[year + 1..].iter().copied().filter(&full).take(4).collect();
        let from_after = after.len().min(4 - before.len().min(2));
        let from_before = before.len().min(4 - from_after);
        after[..from_after].iter().chain(&before[..from_before]).copied().collect()
    };
    (four.len() == 4).then_some(four)
}

#[expect(clippy::cast_precision_loss, reason = "lengths of series are far below 2^52")]
fn mean_of(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len() as f64;
    values.sum::<f64>() / count
}

/// The critical value of Cochran's test at 5 % for `groups` variances, each with `df` degrees of freedom, to four
/// decimals: the tables of X-13ARIMA-SEATS 1.1 build 62 for 4 and 12 groups, and their rule for any other number.
#[expect(clippy::cast_precision_loss, reason = "years and periods are few")]
pub(super) fn cochran_critical(groups: usize, df: usize) -> f64 {
    let (groups, df) = (groups as f64, df as f64);
    let others = groups - 1.0;
    let share = 1.0 / (1.0 + others / f_upper_quantile(0.05 / groups, df, df * others));
    (share * 1e4).round() / 1e4
}

/// Cochran's test of equal spreads: whether the largest mean square of a month is too large a part of their sum.
///
/// In log-additive mode the program measures about 1 as for ratios, though logarithms of irregulars lie about 0;
/// kept, since published figures rest on it.
#[expect(clippy::cast_precision_loss, reason = "lengths of series are far below 2^52")]
pub(super) fn spreads_differ(irregular: &[f64], period: usize, mode: Mode, range: Range<usize>) -> bool {
    let neutral = if mode == Mode::Additive { 0.0 } else { 1.0 };
    let (mut largest, mut sum, mut fewest) = (0.0f64, 0.0, usize::MAX);
    for month in range.clone().take(period) {
        let squares = (month..range.end).step_by(period).map(|i| (irregular[i] - neutral).powi(2));
        let count = squares.len();
        let mean = squares.sum::<f64>() / count as f64;
        (largest, sum, fewest) = (largest.max(mean), sum + mean, fewest.min(count));
    }
    let share = if sum == 0.0 { 0.0 } else { largest / sum };
    share >= cochran_critical(period, fewest.saturating_sub(1).clamp(1, 40))
}
