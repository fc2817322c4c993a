//! Tests of seasonality: does the mean of a value depend on its month, does the pattern move, and is any left?
//!
//! Statistics are those of X-13ARIMA-SEATS; probabilities are upper tails. A test that cannot be made (no variance
//! left within months, too few years) is nothing rather than a number.

use std::ops::Range;

use super::distribution::{chi_squared_tail, f_tail};
use super::span::Span;
use crate::number::size::power_near_one;

/// A test statistic with its degrees of freedom and the probability of one as large without seasonality.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Test {
    /// The statistic.
    pub statistic: f64,
    /// Degrees of freedom, of the numerator for F and the only ones for chi-squared.
    pub df: usize,
    /// Degrees of freedom of the denominator for F; 0 for chi-squared.
    pub df_within: usize,
    /// The probability of a value at least as large.
    pub p: f64,
}

#[expect(clippy::cast_precision_loss, reason = "lengths of series are far below 2^52")]
impl Test {
    fn f(statistic: f64, between: usize, within: usize) -> Option<Self> {
        let p = f_tail(statistic, between as f64, within as f64);
        statistic.is_finite().then_some(Self { statistic, df: between, df_within: within, p })
    }

    fn chi_squared(statistic: f64, df: usize) -> Option<Self> {
        let p = chi_squared_tail(statistic, df as f64);
        statistic.is_finite().then_some(Self { statistic, df, df_within: 0, p })
    }
}

/// The size of a series below which what is left of its squares would count as nothing.
pub(super) const LEAST: f64 = 1e-6;

/// A series in a unit near 1 where its own is too large or too small to be squared: tests do not depend on the unit.
#[must_use]
pub fn in_unit_near_one(mut x: Vec<f64>) -> Vec<f64> {
    if let Some(power) = power_near_one(x.iter().copied(), LEAST) {
        for v in &mut x {
            *v *= power;
        }
    }
    x
}

/// One-way analysis of variance by period of the year ("stable seasonality").
///
/// F is the sum of squares between periods over P - 1, divided by that within periods over N - P.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "lengths of series are far below 2^52")]
pub fn stable(x: &[f64], period: usize) -> Option<Test> {
    let (count, all) = (x.len() as f64, x.iter().sum::<f64>());
    let squares: f64 = x.iter().map(|v| v * v).sum();
    let between: f64 = (0..period.min(x.len()))
        .map(|month| {
            let values = x[month..].iter().step_by(period);
            let n = values.len() as f64;
            values.sum::<f64>().powi(2) / n
        })
        .sum();
    let correction = all * all / count;
    let within = x.len().checked_sub(period).filter(|&df| df > 0)?;
    let (explained, total) = (between - correction, squares - correction);
    let residual = (total - explained) / within as f64;
    if residual.abs() < 1e-20 {
        return None;
    }
    Test::f(explained / (period - 1) as f64 / residual, period - 1, within)
}

/// Kruskal-Wallis: the stable test on ranks, without a correction for ties (of which the first in time is the lower).
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "lengths of series are far below 2^52")]
pub fn kruskal_wallis(x: &[f64], period: usize) -> Option<Test> {
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|&a, &b| x[a].total_cmp(&x[b]));
    let mut sums = vec![0.0; period];
    for (rank, &at) in order.iter().enumerate() {
        sums[at % period] += (rank + 1) as f64;
    }
    let n = x.len() as f64;
    let counts = (0..period).map(|month| x[month.min(x.len())..].iter().step_by(period).len() as f64);
    let squares: f64 = sums.iter().zip(counts).map(|(sum, count)| sum * sum / count).sum();
    Test::chi_squared(12.0 * squares / (n * (n + 1.0)) - 3.0 * (n + 1.0), period - 1)
}

/// Friedman: Kruskal-Wallis within years, on whole years, with ties sharing their mean rank and the correction for
/// them (Conover 1999, section 5.8).
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "lengths of series are far below 2^52")]
pub fn friedman(x: &[f64], period: usize) -> Option<Test> {
    let (k, n) = (period as f64, (x.len() / period) as f64);
    let (mut sums, mut ties) = (vec![0.0; period], 0.0);
    for year in x.chunks_exact(period) {
        for (month, value) in year.iter().enumerate() {
            let lower = year.iter().filter(|v| *v < value).count() as f64;
            #[expect(clippy::float_cmp, reason = "ties are equal values")]
            let equal = year.iter().filter(|v| *v == value).count() as f64;
            sums[month] += lower + f64::midpoint(equal, 1.0);
            ties += equal * equal - 1.0; // summed over a tie of t values: t^3 - t
        }
    }
    let centre = n * (k + 1.0) / 2.0;
    let spread: f64 = sums.iter().map(|sum| (sum - centre).powi(2)).sum();
    Test::chi_squared(12.0 * spread / (n * k * (k + 1.0) - ties / (k - 1.0)), period - 1)
}

/// Moving seasonality: two-way analysis of variance of |SI - neutral| by year and period, on whole calendar years.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "lengths of series are far below 2^52")]
pub fn moving(si: &[f64], neutral: f64, span: &Span, range: &Range<usize>) -> Option<Test> {
    let period = span.period;
    let (start, end) = (span.whole_years_start(range.start), span.whole_years_end(range.end));
    let distances: Vec<f64> = si.get(start..end)?.iter().map(|v| (v - neutral).abs()).collect();
    let (years, months) = ((distances.len() / period) as f64, period as f64);
    if years < 2.0 {
        return None;
    }
    let mean = distances.iter().sum::<f64>() / (years * months);
    let square = |sum: f64, count: f64| (sum / count - mean).powi(2);
    let by_month: f64 =
        (0..period).map(|m| square(distances[m..].iter().step_by(period).sum(), years)).sum::<f64>() * years;
    let by_year: f64 =
        distances.chunks_exact(period).map(|year| square(year.iter().sum(), months)).sum::<f64>() * months;
    let total: f64 = distances.iter().map(|d| (d - mean).powi(2)).sum();
    let df = distances.len() / period - 1;
    let error = (total - by_month - by_year) / ((months - 1.0) * (years - 1.0));
    if error.abs() < 1e-20 {
        return None;
    }
    Test::f(by_year / (years - 1.0) / error, df, df * (period - 1))
}

/// Residual seasonality: the stable test on changes over a quarter of a year.
#[must_use]
pub fn residual(adjusted: &[f64], period: usize) -> Option<Test> {
    stable(&quarter_changes(adjusted, period), period)
}

/// The same on the last three years of changes; nothing for a series without them.
#[must_use]
pub fn residual_recent(adjusted: &[f64], period: usize) -> Option<Test> {
    let changes = quarter_changes(adjusted, period);
    stable(&changes[changes.len().checked_sub(3 * period)?..], period)
}

fn quarter_changes(x: &[f64], period: usize) -> Vec<f64> {
    let lag = (period / 4).max(1);
    x.iter().zip(x.get(lag..).unwrap_or_default()).map(|(before, after)| after - before).collect()
}

/// The answer of the combined test for identifiable seasonality (Lothian and Morry 1978).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identifiable {
    /// Seasonality that can be told from its own movement.
    Yes,
    /// Probably not identifiable.
    ProbablyNo,
    /// Not present, or it moves too much.
    No,
}

impl Identifiable {
    /// The answer as a word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::ProbablyNo => "probably not",
            Self::No => "no",
        }
    }
}

/// The two measures of the combined test and its answer: T1 = 7/Fs, T2 = 3 Fm/Fs, both at most 9.
#[must_use]
pub fn combined(stable: &Test, moving: &Test, kruskal_wallis: &Test) -> (f64, f64, Identifiable) {
    let t1 = if stable.statistic * 9.0 >= 7.0 { 7.0 / stable.statistic } else { 9.0 };
    let t2 = if stable.statistic > 0.0 { (3.0 * moving.statistic / stable.statistic).min(9.0) } else { 9.0 };
    let moves = moving.p <= 0.05 && f64::midpoint(t1, t2) >= 1.0;
    let answer = if stable.p >= 0.001 || moves {
        Identifiable::No
    } else if t1 < 1.0 && t2 < 1.0 && kruskal_wallis.p <= 0.001 {
        Identifiable::Yes
    } else {
        Identifiable::ProbablyNo
    };
    (t1, t2, answer)
}

/// QS: Ljung-Box on the autocorrelations at one and two years, counting positive ones only; nothing seasonal if the
/// first is not positive. Chi-squared with 2 degrees of freedom (Pierce; Maravall 2003).
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "lengths of series are far below 2^52")]
pub fn qs(x: &[f64], period: usize) -> Option<Test> {
    let n = x.len() as f64;
    let [first, second] = [period, 2 * period].map(|lag| autocorrelation(x, lag));
    if first <= 0.0 {
        return Test::chi_squared(0.0, 2);
    }
    let term = |r: f64, lag: usize| if r > 0.0 { r * r / (n - lag as f64) } else { 0.0 };
    Test::chi_squared(n * (n + 2.0) * (term(first, period) + term(second, 2 * period)), 2)
}

/// QS of a series with a trend: on changes about their mean, and on changes of changes where those still move slowly.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "lengths of series are far below 2^52")]
pub fn qs_of_changes(x: &[f64], period: usize) -> Option<Test> {
    let difference = |x: &[f64]| -> Vec<f64> { x.windows(2).map(|w| w[1] - w[0]).collect() };
    let mut changes = difference(x);
    let mean = changes.iter().sum::<f64>() / changes.len() as f64;
    for change in &mut changes {
        *change -= mean;
    }
    let slow = if period > 4 {
        autocorrelation(&changes, period) > 0.0 && (1..=4).all(|lag| autocorrelation(&changes, lag) > 0.0)
    } else {
        (1..=period).all(|lag| autocorrelation(&changes, lag) > 0.2)
    };
    qs(&if slow { difference(&changes) } else { changes }, period)
}

/// The autocorrelation of values that have a mean of zero.
fn autocorrelation(x: &[f64], lag: usize) -> f64 {
    let lagged: f64 = x.iter().zip(x.get(lag..).unwrap_or_default()).map(|(a, b)| a * b).sum();
    lagged / x.iter().map(|v| v * v).sum::<f64>()
}
