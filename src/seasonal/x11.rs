//! X-11 from a series to its components: parts B and C find the extremes, part D the final seasonal factors, trend
//! and irregular. The steps within a part are in `passes`, the choice of filters in `factors` and `trend`.

use crate::error::{Error, Result};
use crate::number::size::power_near_one;

use super::extremes::replace;
use super::factors::{FilterChoice, choose_filters, seasonal_factors};
use super::options::{CalendarSigma, Mode, Options};
use super::passes::{Part, Passes};
use super::seasonality::LEAST;
use super::span::Span;
use super::trend::{AutoTrend, TrendChoice, henderson, replace_negative};

/// A seasonally adjusted series with every table on the way, over the extended span.
#[derive(Debug, Clone, PartialEq)]
pub struct Adjustment {
    /// The calendar, with what was added before and after the observed values.
    pub span: Span,
    /// The options, as they applied to this series.
    pub options: Options,
    /// The extended series.
    pub original: Vec<f64>,
    /// Part B.
    pub b: Part,
    /// Part C.
    pub c: Part,
    /// Part D up to table 7 (with `si` about it).
    pub d: Part,
    /// D8: SI values with their extremes (log scale in log-additive mode).
    pub d8: Vec<f64>,
    /// D9: SI values that replaced extreme ones; NaN elsewhere.
    pub d9: Vec<f64>,
    /// D10: the seasonal factors.
    pub seasonal: Vec<f64>,
    /// D11: the seasonally adjusted series.
    pub adjusted: Vec<f64>,
    /// D12: the trend.
    pub trend: Vec<f64>,
    /// D13: the irregular.
    pub irregular: Vec<f64>,
    /// D10a: the factors of the year after the last value.
    pub year_ahead: Vec<f64>,
    /// The seasonal filters of D10.
    pub filters: FilterChoice,
    /// The trend of D12.
    pub trend_choice: TrendChoice,
}

impl Adjustment {
    /// Adjusts a series on a calendar; `backcasts` and `forecasts` lengthen it while the filters run.
    ///
    /// # Errors
    /// Options that make no sense; values that are missing, not positive where ratios are taken, or all equal.
    pub fn run(
        x: &[f64],
        backcasts: &[f64],
        forecasts: &[f64],
        span: &Span,
        options: &Options,
    ) -> Result<Self> {
        let all = x.iter().chain(backcasts).chain(forecasts).copied();
        let Some(power) = near_one(all, options.mode) else {
            return Self::run_near_one(x, backcasts, forecasts, span, options);
        };
        let brought =
            [x, backcasts, forecasts].map(|part| part.iter().map(|v| v * power).collect::<Vec<_>>());
        let [x, backcasts, forecasts] = &brought;
        let mut found = Self::run_near_one(x, backcasts, forecasts, span, options)?;
        found.scale(1.0 / power);
        Ok(found)
    }

    /// The same for an additive adjustment in a unit near 1, where squares of its values are within the range of doubles.
    #[must_use]
    pub(super) fn in_unit_near_one(&self) -> Option<(Self, f64)> {
        let power = near_one(self.original.iter().copied(), self.options.mode)?;
        let mut found = self.clone();
        found.scale(power);
        Some((found, power))
    }

    /// Multiplies every table in the unit of the series, as those of an additive adjustment are.
    fn scale(&mut self, factor: f64) {
        for part in [&mut self.b, &mut self.c, &mut self.d] {
            part.scale(factor);
        }
        for table in [
            &mut self.original,
            &mut self.d8,
            &mut self.d9,
            &mut self.seasonal,
            &mut self.adjusted,
            &mut self.trend,
            &mut self.irregular,
            &mut self.year_ahead,
        ] {
            for v in table {
                *v *= factor;
            }
        }
        for [irregular, seasonal, _] in &mut self.filters.by_month {
            *irregular *= factor;
            *seasonal *= factor;
        }
    }

    fn run_near_one(
        x: &[f64],
        backcasts: &[f64],
        forecasts: &[f64],
        span: &Span,
        options: &Options,
    ) -> Result<Self> {
        let span = span.extended(backcasts.len(), forecasts.len());
        let original: Vec<f64> = backcasts.iter().chain(x).chain(forecasts).copied().collect();
        options.check(&span)?;
        check_values(&original, &span, options.mode)?;
        let options = &options.for_span(&span);
        let log = options.mode == Mode::LogAdditive;
        let working: Vec<f64> =
            if log { original.iter().map(|v| v.ln()).collect() } else { original.clone() };
        let trend = AutoTrend::new(options, span.period);
        let mut passes = Passes { options, span: &span, original: &working, trend, by_month: false };
        let (b, cleaned) = passes.run(&working, true)?;
        let (c, cleaned) = passes.run(&cleaned, false)?;
        let d = passes.sections(&cleaned, false)?;
        let seasonal = FinalFactors::find(&d, &c, &span, options);
        let modified = passes.adjust(&d.input, &seasonal.factors, &d.trend);
        let (trend, trend_choice) = passes.trend.run(&modified, &span, options, false)?;
        let FinalFactors { d8, d9, filters, factors, year_ahead } = seasonal;
        let mut found = Self {
            span: span.clone(),
            options: options.clone(),
            original,
            b,
            c,
            d,
            d8,
            d9,
            seasonal: factors,
            adjusted: Vec::new(),
            trend,
            irregular: Vec::new(),
            year_ahead,
            filters,
            trend_choice,
        };
        if log {
            found.leave_logarithms()?;
        }
        found.split();
        Ok(found)
    }

    /// D11 and D13 from the original, D10 and D12.
    fn split(&mut self) {
        let mode =
            if self.options.mode == Mode::LogAdditive { Mode::Multiplicative } else { self.options.mode };
        self.adjusted = if mode == Mode::PseudoAdditive {
            let rows = self.original.iter().zip(self.trend.iter().zip(&self.seasonal));
            rows.map(|(x, (trend, factor))| x - trend * (factor - 1.0)).collect()
        } else {
            mode.remove(&self.original, &self.seasonal)
        };
        self.irregular = mode.remove(&self.adjusted, &self.trend);
    }

    /// From logarithms to levels. The exponential of a mean is too low a trend: it is raised by half the variance of
    /// the irregular, and by what the smoothed factors miss of 1 (Thomson and Ozaki 1992).
    fn leave_logarithms(&mut self) -> Result<()> {
        for values in [&mut self.seasonal, &mut self.year_ahead, &mut self.trend] {
            for value in values {
                *value = value.exp();
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "lengths of series are far below 2^52")]
        let count = self.c.irregular.len() as f64;
        let variance = self.c.irregular.iter().map(|i| i * i).sum::<f64>() / (2.0 * count);
        let mut level = vec![0.0; self.seasonal.len()];
        let terms = (2 * self.span.period - 1).max(5);
        henderson(&self.seasonal, terms, 4.5, self.options.true_7_term, &mut level)?;
        self.trend.iter_mut().zip(&level).for_each(|(t, smooth)| *t *= variance.exp() * smooth);
        replace_negative(&mut self.trend, &self.span)
    }
}

/// The power of two that brings the values of an additive adjustment near 1, where they are too large or too small to be
/// squared; ratios, which the other modes square, have no unit.
fn near_one(values: impl Iterator<Item = f64>, mode: Mode) -> Option<f64> {
    if mode == Mode::Additive { power_near_one(values, LEAST) } else { None }
}

/// D8, D9, the choice of filters, D10 and the factors a year ahead (in logarithms in log-additive mode).
struct FinalFactors {
    d8: Vec<f64>,
    d9: Vec<f64>,
    filters: FilterChoice,
    factors: Vec<f64>,
    year_ahead: Vec<f64>,
}

impl FinalFactors {
    fn find(d: &Part, c: &Part, span: &Span, options: &Options) -> Self {
        let d8 = options.mode.combine(&d.si, &c.extremes);
        let mut si = d.si.clone();
        // with spreads by month, the last SI values are replaced month by month rather than cleaned through C20
        if matches!(options.calendar_sigma, CalendarSigma::All | CalendarSigma::Select(_)) {
            let known = 0..span.observed.end;
            si[known.clone()].copy_from_slice(&d8[known.clone()]);
            replace(&mut si, &c.weights, span.period, known);
        }
        let neutral = options.mode.neutral();
        let extreme = c.extremes.iter().map(|e| (e - neutral).abs() > 0.0);
        let d9 = si.iter().zip(extreme).map(|(v, extreme)| if extreme { *v } else { f64::NAN }).collect();
        let filters = choose_filters(&si, span, options);
        let factors = seasonal_factors(&si, span, options, &filters.filters, span.all());
        let year_ahead = year_ahead(&factors, span.period);
        Self { d8, d9, filters, factors, year_ahead }
    }
}

/// The factors of the next year: those of the last, and half of their last change.
fn year_ahead(factors: &[f64], period: usize) -> Vec<f64> {
    let last = factors.len() - period;
    (last..factors.len()).map(|i| factors[i] + 0.5 * (factors[i] - factors[i - period])).collect()
}

/// Every period needs a value, ratios need positive ones, and a constant series has no seasons.
fn check_values(x: &[f64], span: &Span, mode: Mode) -> Result<()> {
    let observed = &x[span.observed.clone()];
    let added = x[..span.observed.start].iter().chain(&x[span.observed.end..]);
    let positive = mode != Mode::Additive;
    if let Some(row) = observed.iter().position(|v| !v.is_finite()) {
        return Err(Error::placed("the value of {place} is missing: X-11 needs every period", row, 0));
    }
    if positive && let Some(row) = observed.iter().position(|v| *v <= 0.0) {
        return Err(Error::placed("the value of {place} is not positive: use mode=\"add\"", row, 0));
    }
    if added.clone().any(|v| !v.is_finite() || (positive && *v <= 0.0)) {
        return Err(Error::invalid(
            "forecast and backcast must hold numbers, and positive ones unless mode=\"add\"",
        ));
    }
    if observed.windows(2).all(|w| w[0].to_bits() == w[1].to_bits()) {
        return Err(Error::placed("the series of {place} is constant: it has no seasonal pattern", 0, 0));
    }
    Ok(())
}

impl Adjustment {
    /// A table by its official name in lower case, over the extended span; nothing for a name that does not exist.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&[f64]> {
        let found: &[f64] = match name {
            "a1" => &self.original,
            "d8" => &self.d8,
            "d9" => &self.d9,
            "d10" => &self.seasonal,
            "d10a" => &self.year_ahead,
            "d11" => &self.adjusted,
            "d12" => &self.trend,
            "d13" => &self.irregular,
            _ => return self.table_of_part(name),
        };
        Some(found)
    }

    fn table_of_part(&self, name: &str) -> Option<&[f64]> {
        let (letter, number) = name.split_at_checked(1)?;
        let part = match letter {
            "b" => &self.b,
            "c" => &self.c,
            "d" => &self.d,
            _ => return None,
        };
        let found: &[f64] = match (letter, number) {
            (_, "1") => &part.input,
            (_, "2") => &part.crude_trend,
            ("b", "3") | ("c" | "d", "4") => &part.crude_si,
            ("b", "4") => &part.crude_replaced,
            (_, "5") => &part.crude_factors,
            (_, "6") => &part.crude_adjusted,
            (_, "7") => &part.trend,
            ("b", "8") | ("c", "9") => &part.si,
            ("b", "9") => &part.replaced,
            ("b" | "c", "10") => &part.factors,
            ("b" | "c", "11") => &part.adjusted,
            ("b" | "c", "13") => &part.irregular,
            ("b" | "c", "17") => &part.weights,
            ("b" | "c", "20") => &part.extremes,
            _ => return None,
        };
        Some(found)
    }

    /// The names of all tables, in the order in which they are made.
    pub const TABLES: [&str; 39] = [
        "a1", "b1", "b2", "b3", "b4", "b5", "b6", "b7", "b8", "b9", "b10", "b11", "b13", "b17", "b20", "c1",
        "c2", "c4", "c5", "c6", "c7", "c9", "c10", "c11", "c13", "c17", "c20", "d1", "d2", "d4", "d5", "d6",
        "d7", "d8", "d9", "d10", "d11", "d12", "d13",
    ];
}
