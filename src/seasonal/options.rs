//! What the user may choose, and what makes no sense: modes, filters, limits for extreme values. No computation but
//! the two operations a mode stands for, taking a component out of a series and its neutral value.

use crate::error::{Error, Result};
use crate::trend::moving_average::SeasonalAverage;

use super::span::Span;

/// How the components make up the series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Trend x seasonal x irregular.
    Multiplicative,
    /// Trend + seasonal + irregular.
    Additive,
    /// Additive in logarithms, with the bias of the trend corrected.
    LogAdditive,
    /// Trend x (seasonal + irregular - 1): for series that come near zero in some months.
    PseudoAdditive,
}

impl Mode {
    /// The mode of a name.
    ///
    /// # Errors
    /// An unknown name.
    pub fn named(name: &str) -> Result<Self> {
        Ok(match name {
            "mult" => Self::Multiplicative,
            "add" => Self::Additive,
            "logadd" => Self::LogAdditive,
            "pseudoadd" => Self::PseudoAdditive,
            _ => {
                return Err(Error::invalid(format!(
                    "mode is \"mult\", \"add\", \"logadd\" or \"pseudoadd\"; got {name:?}"
                )));
            }
        })
    }

    /// Whether components are ratios around 1 (rather than differences, or differences of logarithms, around 0).
    #[must_use]
    pub fn is_ratio(self) -> bool {
        matches!(self, Self::Multiplicative | Self::PseudoAdditive)
    }

    /// The value of a component that changes nothing.
    #[must_use]
    pub fn neutral(self) -> f64 {
        if self.is_ratio() { 1.0 } else { 0.0 }
    }

    /// Takes a component out of values.
    #[must_use]
    pub fn remove(self, values: &[f64], component: &[f64]) -> Vec<f64> {
        let pairs = values.iter().zip(component);
        if self.is_ratio() {
            pairs.map(|(v, c)| v / c).collect()
        } else {
            pairs.map(|(v, c)| v - c).collect()
        }
    }

    /// Puts a component into values.
    #[must_use]
    pub fn combine(self, values: &[f64], component: &[f64]) -> Vec<f64> {
        let pairs = values.iter().zip(component);
        if self.is_ratio() {
            pairs.map(|(v, c)| v * c).collect()
        } else {
            pairs.map(|(v, c)| v + c).collect()
        }
    }
}

/// The seasonal filter asked for, of one period of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeasonalFilter {
    /// 3x3, then 3x5, then chosen by the global moving seasonality ratio.
    Msr,
    /// 3x3, then 3x5.
    Default,
    /// One filter in every pass.
    Fixed(SeasonalAverage),
}

impl SeasonalFilter {
    /// The filter of a name.
    ///
    /// # Errors
    /// An unknown name.
    pub fn named(name: &str) -> Result<Self> {
        Ok(match name {
            "msr" => Self::Msr,
            "x11default" => Self::Default,
            "3x1" => Self::Fixed(SeasonalAverage::S3x1),
            "3x3" => Self::Fixed(SeasonalAverage::S3x3),
            "3x5" => Self::Fixed(SeasonalAverage::S3x5),
            "3x9" => Self::Fixed(SeasonalAverage::S3x9),
            "3x15" => Self::Fixed(SeasonalAverage::S3x15),
            "stable" => Self::Fixed(SeasonalAverage::Stable),
            _ => {
                return Err(Error::invalid(format!(
                    "seasonal is \"msr\", \"x11default\", \"3x1\", \"3x3\", \"3x5\", \"3x9\", \"3x15\" or \"stable\", \
                     or a list of these, one per period of the year; got {name:?}"
                )));
            }
        })
    }
}

/// Whether the spread that marks extreme values differs by period of the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalendarSigma {
    /// Moving five-year spreads.
    None,
    /// A spread per period of the year.
    All,
    /// A spread per period if Cochran's test finds them unequal.
    Signif,
    /// Two spreads: one for the periods marked, one for the others.
    Select(Vec<bool>),
}

impl CalendarSigma {
    /// The choice of a name; `chosen` marks the periods of `"select"`.
    ///
    /// # Errors
    /// An unknown name, or periods marked without `"select"`.
    pub fn named(name: &str, chosen: Option<Vec<bool>>) -> Result<Self> {
        match (name, chosen) {
            ("none", None) => Ok(Self::None),
            ("all", None) => Ok(Self::All),
            ("signif", None) => Ok(Self::Signif),
            ("select", chosen) => Ok(Self::Select(chosen.unwrap_or_default())),
            ("none" | "all" | "signif", Some(_)) => Err(Error::invalid(format!(
                "periods are named for calendar_sigma=\"select\" only; got calendar_sigma={name:?}"
            ))),
            _ => Err(Error::invalid(format!(
                "calendar_sigma is \"none\", \"all\", \"signif\" or \"select\"; got {name:?}"
            ))),
        }
    }
}

/// Where the I/C ratio that the Henderson ends expect comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IcState {
    /// As X-13ARIMA-SEATS: a choice of 9 or 23 terms sets it, and a later choice of 13 keeps it.
    X13,
    /// The textbook: by the number of terms, every time.
    ByLength,
}

impl IcState {
    /// The convention of a name.
    ///
    /// # Errors
    /// An unknown name.
    pub fn named(name: &str) -> Result<Self> {
        match name {
            "x13" => Ok(Self::X13),
            "by_length" => Ok(Self::ByLength),
            _ => Err(Error::invalid(format!("ic_state is \"x13\" or \"by_length\"; got {name:?}"))),
        }
    }
}

/// All choices of an X-11 run.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// How the components make up the series.
    pub mode: Mode,
    /// The seasonal filter of every period of the year.
    pub seasonal: Vec<SeasonalFilter>,
    /// The terms of every Henderson average; chosen by I/C if not given.
    pub trend: Option<usize>,
    /// Lower and upper limit, in spreads, between which an irregular value loses its weight.
    pub sigma: (f64, f64),
    /// Whether spreads differ by period.
    pub calendar_sigma: CalendarSigma,
    /// Where the I/C ratio of the Henderson ends comes from.
    pub ic_state: IcState,
    /// Use Musgrave's ends of the 7-term Henderson average (rather than those of the 5-term).
    pub true_7_term: bool,
    /// The I/C ratio of the Henderson ends to start with.
    pub trend_ic: Option<f64>,
    /// Leave forecasts and backcasts out of the spreads that mark extreme values.
    pub exclude_forecasts: bool,
}

impl Options {
    /// The defaults of X-13ARIMA-SEATS for a number of periods in a year.
    #[must_use]
    pub fn new(period: usize) -> Self {
        Self {
            mode: Mode::Multiplicative,
            seasonal: vec![SeasonalFilter::Msr; period],
            trend: None,
            sigma: (1.5, 2.5),
            calendar_sigma: CalendarSigma::None,
            ic_state: IcState::X13,
            true_7_term: false,
            trend_ic: None,
            exclude_forecasts: false,
        }
    }

    /// Whether a period's filter was asked for as the mean of all years.
    pub(super) fn is_stable(&self, month: usize) -> bool {
        self.seasonal.get(month) == Some(&SeasonalFilter::Fixed(SeasonalAverage::Stable))
    }

    /// The options as they apply to a series: 3x15 is the stable mean where fewer than twenty calendar years are touched.
    pub(super) fn for_span(&self, span: &Span) -> Self {
        let mut options = self.clone();
        if (span.phase + span.len).div_ceil(span.period) < 20 {
            for filter in &mut options.seasonal {
                if *filter == SeasonalFilter::Fixed(SeasonalAverage::S3x15) {
                    *filter = SeasonalFilter::Fixed(SeasonalAverage::Stable);
                }
            }
        }
        options
    }

    /// Checks the options against each other and the series they are for.
    ///
    /// # Errors
    /// A sentence for every choice that makes no sense.
    pub fn check(&self, span: &Span) -> Result<()> {
        let (period, len) = (span.period, span.observed.len());
        if period < 2 {
            return Err(Error::invalid(format!(
                "seasonal adjustment needs at least 2 periods in a year; got {period}"
            )));
        }
        if len < 3 * period {
            return Err(Error::invalid(format!(
                "X-11 needs at least three years, {} values at {period} periods a year; the series has {len}",
                3 * period
            )));
        }
        if self.seasonal.len() != period {
            return Err(Error::invalid(format!(
                "seasonal lists one filter per period of the year, {period}; got {}",
                self.seasonal.len()
            )));
        }
        self.check_trend(span)?;
        let (lower, upper) = self.sigma;
        if !(lower.is_finite() && upper.is_finite() && 0.0 < lower && lower < upper) {
            return Err(Error::invalid(format!(
                "sigma is a lower and a higher positive limit, such as (1.5, 2.5); got ({lower}, {upper})"
            )));
        }
        match &self.calendar_sigma {
            CalendarSigma::Select(chosen) if chosen.len() != period || !chosen.contains(&true) => {
                Err(Error::invalid(
                    "calendar_sigma=\"select\" needs the periods that share a spread: name at least one",
                ))
            }
            _ => Ok(()),
        }
    }

    fn check_trend(&self, span: &Span) -> Result<()> {
        if let Some(terms) = self.trend {
            if terms < 3 || terms.is_multiple_of(2) {
                return Err(Error::invalid(format!(
                    "trend is \"auto\" or an odd number of Henderson terms, 3 or more; got {terms}"
                )));
            }
            if terms > span.len {
                return Err(Error::invalid(format!(
                    "trend={terms} is longer than the series, which has {} values; choose fewer terms",
                    span.len
                )));
            }
        }
        match self.trend_ic {
            Some(_) if self.trend.is_none() => Err(Error::invalid(
                "trend_ic sets the ends of a Henderson average of a given length: give trend= too, since trend=\"auto\" \
                 chooses both",
            )),
            Some(ic) if !(ic.is_finite() && ic > 0.0) => Err(Error::invalid(format!(
                "trend_ic, the I/C ratio of the trend's ends, must be positive; got {ic}"
            ))),
            _ => Ok(()),
        }
    }
}
