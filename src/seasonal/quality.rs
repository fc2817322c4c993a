//! How good an adjustment is: the summary measures of part F, M1 to M11, and Q.
//!
//! Every M is scaled so that above 1 is a warning and clipped to 0..3. Sources: Lothian and Morry (1978); the
//! X-13ARIMA-SEATS manual, tables F2 and F3.

use super::options::{Mode, SeasonalFilter};
use super::seasonality::{
    Identifiable, Test, combined, kruskal_wallis, moving, qs, qs_of_changes, residual, residual_recent,
    stable,
};
use super::x11::Adjustment;
use crate::trend::moving_average::SeasonalAverage;

/// Mean absolute changes over 1, 2, ..., P periods: in per cent, or in units for an additive adjustment.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// Of the original.
    pub original: Vec<f64>,
    /// Of the adjusted series.
    pub adjusted: Vec<f64>,
    /// Of the irregular.
    pub irregular: Vec<f64>,
    /// Of the trend.
    pub trend: Vec<f64>,
    /// Of the seasonal factors.
    pub seasonal: Vec<f64>,
    /// Of the irregular without values of weight zero (E3).
    pub modified_irregular: Vec<f64>,
}

impl Changes {
    fn scale(&mut self, factor: f64) {
        for changes in [
            &mut self.original,
            &mut self.adjusted,
            &mut self.irregular,
            &mut self.trend,
            &mut self.seasonal,
            &mut self.modified_irregular,
        ] {
            for v in changes {
                *v *= factor;
            }
        }
    }
}

/// What judges an adjustment.
#[derive(Debug, Clone, PartialEq)]
pub struct Quality {
    /// M1 to M11, where they can be computed.
    pub m: [Option<f64>; 11],
    /// Their weighted mean.
    pub q: f64,
    /// The same without M2.
    pub q_without_m2: f64,
    /// How many M are 1 or more.
    pub failed: usize,
    /// Stable seasonality of the first SI values (B1).
    pub stable_b1: Option<Test>,
    /// Stable seasonality of the final unmodified SI values (D8).
    pub stable_d8: Option<Test>,
    /// Kruskal-Wallis on the same.
    pub kruskal_wallis: Option<Test>,
    /// Moving seasonality of the same.
    pub moving: Option<Test>,
    /// The combined test.
    pub identifiable: Option<Identifiable>,
    /// Residual seasonality of the adjusted series.
    pub residual: Option<Test>,
    /// The same in the last three years.
    pub residual_recent: Option<Test>,
    /// QS of the original, the adjusted series, and the irregular.
    pub qs: [Option<Test>; 3],
    /// I/C of the final trend's choice.
    pub ic: f64,
    /// I/S, the global moving seasonality ratio.
    pub is: f64,
    /// Months (quarters) for cyclical dominance.
    pub mcd: usize,
    /// I/C over 1, 2, ..., P periods.
    pub ic_by_span: Vec<f64>,
    /// Mean absolute changes.
    pub changes: Changes,
    /// Average duration of run: adjusted, irregular, trend.
    pub durations: [f64; 3],
    /// Parts of the variance of the detrended original: irregular, trend, seasonal (of 1; they need not sum to 1).
    pub variances: [f64; 3],
}

/// What a model took out of the series before it was adjusted, over the extended span.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prior<'a> {
    /// Outliers of all types.
    pub(super) outliers: &'a [f64],
    /// Level shifts.
    pub(super) shifts: &'a [f64],
    /// Calendar effects.
    pub(super) calendar: &'a [f64],
}

/// The weights of M1 to M11 in Q.
const WEIGHTS: [f64; 11] = [10.0, 11.0, 10.0, 8.0, 11.0, 10.0, 18.0, 7.0, 7.0, 4.0, 4.0];

impl Quality {
    /// Judges an adjustment.
    #[must_use]
    pub fn of(x11: &Adjustment) -> Self {
        Self::with(x11, None)
    }

    /// Judges an adjustment whose outliers are taken out, with the shares that they and the calendar have.
    ///
    /// A prior comes from a model, which takes no sizes that cannot be squared.
    pub(super) fn with(x11: &Adjustment, prior: Option<Prior<'_>>) -> Self {
        if prior.is_none()
            && let Some((near_one, power)) = x11.in_unit_near_one()
        {
            let mut found = Self::judged(&near_one, None);
            found.changes.scale(1.0 / power);
            return found;
        }
        Self::judged(x11, prior)
    }

    fn judged(x11: &Adjustment, prior: Option<Prior<'_>>) -> Self {
        let view = View::of(x11, prior);
        let tests = Tests::of(x11, &view);
        let changes = view.changes();
        let ic_by_span: Vec<f64> = changes.irregular.iter().zip(&changes.trend).map(|(i, c)| i / c).collect();
        let (mcd, mcd_exact) = cyclical_dominance(&ic_by_span, view.yearly);
        let (variances, of_outliers) = view.variances();
        let durations = [view.adjusted, view.irregular, view.trend].map(average_duration);
        let mut m = [None; 11];
        m[0] = Some(10.0 * view.irregular_share(&changes));
        m[1] = Some(10.0 * variances[0] / (1.0 - of_outliers));
        m[2] = Some((x11.trend_choice.ratio * view.yearly - 1.0) / 2.0);
        m[3] = Some(view.runs(durations[1]));
        m[4] = Some((mcd_exact * view.yearly - 0.5) / 5.0);
        m[5] = Some((x11.filters.msr - 4.0).abs() / 2.5);
        m[6] = tests.measures.map(|(t1, t2)| f64::midpoint(t1, t2).sqrt());
        let recent = view.seasonal_movement();
        m[7..].copy_from_slice(&recent);
        for measure in &mut m {
            *measure = measure.filter(|m| !m.is_nan()).map(|m| m.clamp(0.0, 3.0));
        }
        let (q, q_without_m2) = overall(&m, counts_m6(x11));
        let failed = m.iter().flatten().filter(|m| **m >= 1.0).count();
        Self {
            m,
            q,
            q_without_m2,
            failed,
            stable_b1: tests.stable_b1,
            stable_d8: tests.stable_d8,
            kruskal_wallis: tests.kruskal_wallis,
            moving: tests.moving,
            identifiable: tests.identifiable,
            residual: residual(view.adjusted, view.period),
            residual_recent: residual_recent(view.adjusted, view.period),
            qs: view.qs(),
            ic: x11.trend_choice.ratio,
            is: x11.filters.msr,
            mcd,
            ic_by_span,
            changes,
            durations,
            variances,
        }
    }
}

/// The tests on the SI values of B1 and D8.
struct Tests {
    stable_b1: Option<Test>,
    stable_d8: Option<Test>,
    kruskal_wallis: Option<Test>,
    moving: Option<Test>,
    measures: Option<(f64, f64)>,
    identifiable: Option<Identifiable>,
}

impl Tests {
    fn of(x11: &Adjustment, view: &View<'_>) -> Self {
        let (span, period) = (&x11.span, x11.span.period);
        let known = 0..span.observed.end;
        let stable_d8 = stable(&x11.d8[span.observed.clone()], period);
        let kruskal_wallis = kruskal_wallis(&x11.d8[known.clone()], period);
        let moving = moving(&x11.d8, x11.options.mode.neutral(), span, &known);
        let answer = match (&stable_d8, &moving, &kruskal_wallis) {
            (Some(s), Some(m), Some(k)) => Some(combined(s, m, k)),
            _ => None,
        };
        Self {
            stable_b1: stable(&x11.b.crude_si[span.inner_observed()], view.period),
            stable_d8,
            kruskal_wallis,
            moving,
            measures: answer.map(|(t1, t2, _)| (t1, t2)),
            identifiable: answer.map(|(_, _, answer)| answer),
        }
    }
}

/// The observed part of an adjustment, as the summary measures see it.
struct View<'a> {
    x11: &'a Adjustment,
    prior: Option<Prior<'a>>,
    period: usize,
    /// Months per period: 1 for months, 3 for quarters.
    yearly: f64,
    /// Whether changes are relative (all but additive).
    relative: bool,
    original: &'a [f64],
    adjusted: &'a [f64],
    trend: &'a [f64],
    seasonal: &'a [f64],
    irregular: &'a [f64],
    /// E1 and E3: the original and the irregular with values of weight zero replaced.
    modified: Vec<f64>,
    modified_irregular: Vec<f64>,
    /// Positions whose level is positive, from which relative changes can be taken (pseudo-additive mode).
    good: Vec<bool>,
}

impl<'a> View<'a> {
    fn of(x11: &'a Adjustment, prior: Option<Prior<'a>>) -> Self {
        let observed = x11.span.observed.clone();
        let mode = x11.options.mode;
        let relative = mode != Mode::Additive;
        let neutral = if relative { 1.0 } else { 0.0 };
        let [original, adjusted, trend, seasonal, irregular, weights] =
            [&x11.original, &x11.adjusted, &x11.trend, &x11.seasonal, &x11.irregular, &x11.c.weights]
                .map(|table| &table[observed.clone()]);
        let kept = |values: &[f64], other: &dyn Fn(usize) -> f64| -> Vec<f64> {
            (0..values.len()).map(|i| if weights[i] > 0.0 { values[i] } else { other(i) }).collect()
        };
        let cleaned =
            |i: usize| if relative { original[i] / irregular[i] } else { original[i] - irregular[i] };
        #[expect(clippy::cast_precision_loss, reason = "periods in a year are few")]
        let yearly = 12.0 / x11.span.period as f64;
        Self {
            x11,
            prior,
            period: x11.span.period,
            yearly,
            relative,
            original,
            adjusted,
            trend,
            seasonal,
            irregular,
            modified: kept(original, &cleaned),
            modified_irregular: kept(irregular, &|_| neutral),
            good: adjusted.iter().map(|v| mode != Mode::PseudoAdditive || *v > 0.0).collect(),
        }
    }

    fn changes(&self) -> Changes {
        let of = |values: &[f64]| (1..=self.period).map(|lag| self.mean_change(values, lag)).collect();
        Changes {
            original: of(self.original),
            adjusted: of(self.adjusted),
            irregular: of(self.irregular),
            trend: of(self.trend),
            seasonal: of(self.seasonal),
            modified_irregular: of(&self.modified_irregular),
        }
    }

    fn mean_change(&self, x: &[f64], lag: usize) -> f64 {
        let steps = x.iter().zip(&x[lag..]).zip(&self.good).filter(|(_, good)| **good);
        let (mut sum, mut count) = (0.0, 0.0);
        for ((before, after), _) in steps {
            sum += ((after - before) * if self.relative { 100.0 / before } else { 1.0 }).abs();
            count += 1.0;
        }
        sum / count
    }

    /// The part of the irregular in squared changes over a quarter.
    fn irregular_share(&self, changes: &Changes) -> f64 {
        let at = (self.period / 4).max(1) - 1;
        let square = |values: &[f64]| values[at] * values[at];
        let irregular = square(&changes.modified_irregular);
        let calendar = self
            .prior
            .map_or(0.0, |p| self.mean_change(&p.calendar[self.x11.span.observed.clone()], at + 1).powi(2));
        irregular / (irregular + square(&changes.trend) + square(&changes.seasonal) + calendar)
    }

    /// Variances of irregular, trend and seasonal over that of the original with its level shifts, all without the
    /// linear trend; and that of the outliers.
    #[expect(clippy::cast_precision_loss, reason = "lengths of series are far below 2^52")]
    fn variances(&self) -> ([f64; 3], f64) {
        let scale = |v: f64| if self.relative { v.ln() } else { v };
        let trend: Vec<f64> = self.trend.iter().map(|v| scale(*v)).collect();
        let n = trend.len() as f64;
        let moment: f64 = trend.iter().enumerate().map(|(i, v)| v * (2.0 * i as f64 - (n - 1.0))).sum();
        let slope = 6.0 * moment / (n * (n * n - 1.0));
        let detrended = |x: &[f64]| -> f64 {
            let left = x.iter().enumerate().filter(|(_, v)| !self.relative || **v > 0.0);
            let left: Vec<f64> = left.map(|(i, v)| scale(*v) - slope * i as f64).collect();
            let mean = left.iter().sum::<f64>() / left.len() as f64;
            left.iter().map(|v| (v - mean).powi(2)).sum()
        };
        let about_neutral = |x: &[f64]| -> f64 {
            x.iter().filter(|v| !self.relative || **v > 0.0).map(|v| scale(*v).powi(2)).sum()
        };
        let observed = self.x11.span.observed.clone();
        let mode = if self.relative { Mode::Multiplicative } else { Mode::Additive };
        let (original, outliers) = self.prior.map_or_else(
            || (detrended(&self.modified), 0.0),
            |prior| {
                let sizes: Vec<f64> = prior.outliers[observed.clone()].iter().map(|v| scale(*v)).collect();
                let mean = sizes.iter().sum::<f64>() / n;
                let original = mode.combine(&self.modified, &prior.shifts[observed]);
                (detrended(&original), sizes.iter().map(|v| (v - mean).powi(2)).sum())
            },
        );
        let parts =
            [about_neutral(&self.modified_irregular), detrended(self.trend), about_neutral(self.seasonal)];
        (parts.map(|variance| variance / original), outliers / original)
    }

    /// M4: how far the average duration of run of the irregular is from that of a random series.
    #[expect(clippy::cast_precision_loss, reason = "lengths of series are far below 2^52")]
    fn runs(&self, duration: f64) -> f64 {
        let n = self.x11.span.observed.end as f64;
        (3.0 * (n - 1.0) / duration - 2.0 * n + 1.0).abs() / ((1.6 * n - 2.9).sqrt() * 2.577)
    }

    /// M8 to M11: how much the factors fluctuate and drift, over all years and lately; nothing for fewer than six
    /// years, or where factors of some period are the same in all years.
    #[expect(clippy::cast_precision_loss, reason = "lengths of series are far below 2^52")]
    fn seasonal_movement(&self) -> [Option<f64>; 4] {
        let (span, period) = (&self.x11.span, self.period);
        let known = span.observed.end;
        if known / period < 6 || any_stable(self.x11) {
            return [None; 4];
        }
        let neutral = if self.relative { 1.0 } else { 0.0 };
        let factors = &self.x11.seasonal[..known];
        let size = (factors.iter().map(|s| (s - neutral).powi(2)).sum::<f64>() / known as f64).sqrt();
        let (mut steps, mut drift, mut recent_steps, mut recent_drift) =
            (Vec::new(), 0.0, Vec::new(), Vec::new());
        for month in 0..period {
            let years: Vec<f64> =
                factors[month..].iter().step_by(period).map(|s| (s - neutral) / size).collect();
            let moves: Vec<f64> = years.windows(2).map(|w| (w[1] - w[0]).abs()).collect();
            let last = years.len() - 1;
            drift += (years[last] - years[0]).abs() / last as f64;
            if let Some(from) = last.checked_sub(5) {
                recent_drift.push((years[last - 2] - years[from]).abs() / 3.0);
                recent_steps.extend_from_slice(&moves[from..last - 2]);
            }
            steps.extend(moves);
        }
        let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len().max(1) as f64;
        [mean(&steps), drift / period as f64, mean(&recent_steps), mean(&recent_drift)]
            .map(|m| Some(10.0 * m))
    }

    fn qs(&self) -> [Option<Test>; 3] {
        let neutral = if self.relative { 1.0 } else { 0.0 };
        let irregular: Vec<f64> = self.irregular.iter().map(|i| i - neutral).collect();
        [
            qs_of_changes(self.original, self.period),
            qs_of_changes(self.adjusted, self.period),
            qs(&irregular, self.period),
        ]
    }
}

/// Whether some period's filter was asked for as the mean of all years.
fn any_stable(x11: &Adjustment) -> bool {
    x11.options.seasonal.contains(&SeasonalFilter::Fixed(SeasonalAverage::Stable))
}

/// M6 counts only where every filter is 3x5, by choice or by its ratio (not by want of years).
fn counts_m6(x11: &Adjustment) -> bool {
    let by_ratio = x11.filters.tried.last().is_none_or(|ratio| (3.5..=5.5).contains(ratio));
    let asked = !x11.options.seasonal.contains(&SeasonalFilter::Msr) || !x11.filters.tried.is_empty();
    by_ratio && asked && x11.filters.filters.iter().all(|filter| *filter == SeasonalAverage::S3x5)
}

/// Periods (months) for cyclical dominance: the least span over which the trend changes more than the irregular, and
/// the same with a fraction.
#[expect(clippy::cast_precision_loss, reason = "periods in a year are few")]
fn cyclical_dominance(ratios: &[f64], yearly: f64) -> (usize, f64) {
    let period = ratios.len();
    let dominated = ratios.iter().rposition(|ratio| ratio.is_nan() || *ratio >= 1.0).map_or(0, |at| at + 1);
    let mcd = (dominated + 1).min(period);
    if mcd == 1 {
        let exact = 1.0 + (ratios[0] - 1.0) / (ratios[0] - ratios[1]);
        return (1, exact.clamp(0.5, 1.0));
    }
    let fall = ratios[mcd - 2] - ratios[mcd - 1];
    let exact = if fall <= 0.0 && mcd == period {
        15.5 * yearly
    } else {
        mcd as f64 + (ratios[mcd - 1] - 1.0) / fall
    };
    (mcd, exact)
}

/// The average duration of run: steps over monotone runs; an unchanged value continues its run.
#[expect(clippy::cast_precision_loss, reason = "lengths of series are far below 2^52")]
fn average_duration(x: &[f64]) -> f64 {
    let mut runs = 1.0;
    let mut rising = None;
    for step in x.windows(2).map(|w| w[1] - w[0]).filter(|step| *step != 0.0) {
        let up = step > 0.0;
        if rising.is_some_and(|before| before != up) {
            runs += 1.0;
        }
        rising = Some(up);
    }
    (x.len() - 1) as f64 / runs
}

/// Q and Q without M2. Without M8 to M11 their weights go to M7 (8 and 9), M1 (10) and M2 (11).
fn overall(m: &[Option<f64>; 11], with_m6: bool) -> (f64, f64) {
    let short = m[7].is_none();
    let stand_in = |i: usize| match i {
        7 | 8 if short => 6,
        9 if short => 0,
        10 if short => 1,
        _ => i,
    };
    let (mut sum, mut total) = (0.0, 0.0);
    for (i, weight) in WEIGHTS.iter().enumerate().filter(|(i, _)| with_m6 || *i != 5) {
        sum += weight * m[stand_in(i)].unwrap_or(f64::NAN);
        total += weight;
    }
    let of_m2 = if short { WEIGHTS[1] + WEIGHTS[10] } else { WEIGHTS[1] };
    (sum / total, (sum - of_m2 * m[1].unwrap_or(f64::NAN)) / (total - of_m2))
}
