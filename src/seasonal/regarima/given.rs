//! What an adjustment with a model begins with: the series, the columns of its regressors, the choices among them, and
//! the options, with what makes no sense refused.

use crate::error::{Error, Result};

use super::model::Orders;
use super::outliers::{Searched, default_critical};

/// The largest size of a series, and one over the smallest.
const LARGEST: f64 = 1e100;

/// Whether the model is one of logarithms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transform {
    /// Chosen by AICC.
    Auto,
    /// Logarithms.
    Log,
    /// The values as they are.
    None,
}

impl Transform {
    /// The transform of a name.
    ///
    /// # Errors
    /// An unknown name.
    pub fn named(name: &str) -> Result<Self> {
        match name {
            "auto" => Ok(Self::Auto),
            "log" => Ok(Self::Log),
            "none" => Ok(Self::None),
            _ => Err(Error::invalid(format!("transform is \"auto\", \"log\" or \"none\"; got {name:?}"))),
        }
    }
}

/// What an effect is, by which it is put back into one table or another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Trading days and leap years.
    TradingDay,
    /// Easter and other moving holidays.
    Holiday,
    /// Additive outliers.
    Additive,
    /// Level shifts and ramps.
    Level,
    /// Temporary changes.
    Temporary,
    /// Seasonal outliers.
    Seasonal,
    /// What the user gives without a type.
    User,
}

impl Group {
    /// All groups.
    pub const ALL: [Self; 7] = [
        Self::TradingDay,
        Self::Holiday,
        Self::Additive,
        Self::Level,
        Self::Temporary,
        Self::Seasonal,
        Self::User,
    ];

    /// The group of a name.
    ///
    /// # Errors
    /// An unknown name.
    pub fn named(name: &str) -> Result<Self> {
        Ok(match name {
            "td" => Self::TradingDay,
            "holiday" => Self::Holiday,
            "ao" => Self::Additive,
            "ls" | "rp" => Self::Level,
            "tc" => Self::Temporary,
            "so" => Self::Seasonal,
            "user" => Self::User,
            _ => {
                return Err(Error::invalid(format!(
                    "the group of a regressor is \"td\", \"holiday\", \"ao\", \"ls\", \"tc\", \"so\", \"rp\" or \
                     \"user\"; got {name:?}"
                )));
            }
        })
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TradingDay => "td",
            Self::Holiday => "holiday",
            Self::Additive => "ao",
            Self::Level => "ls",
            Self::Temporary => "tc",
            Self::Seasonal => "so",
            Self::User => "user",
        }
    }
}

/// A regressor over backcasts, observed values and forecasts.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it is.
    pub group: Group,
    /// Its values.
    pub values: Vec<f64>,
}

/// Regressors that are taken or left together.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Their name.
    pub label: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// Whether the length of February goes with them: by division under logarithms, else as a column.
    pub leap: bool,
}

/// Candidates of which AICC takes one, or none.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What is chosen: "td", "easter".
    pub title: String,
    /// The candidates besides none.
    pub candidates: Vec<Candidate>,
}

/// A series with its regressors.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// The observed values.
    pub values: Vec<f64>,
    /// The period of the year of the first.
    pub phase: usize,
    /// The length of the period over its mean length in leap and other years; 1 where it is always the same.
    pub leap: Vec<f64>,
    /// The same as a column.
    pub lpyear: Vec<f64>,
    /// Regressors always in the model.
    pub fixed: Vec<Column>,
    /// Whether the length of February goes with these.
    pub fixed_leap: bool,
    /// Choices, in the order in which they are made.
    pub choices: Vec<Choice>,
}

/// The options of an adjustment with a model.
#[derive(Debug, Clone, PartialEq)]
pub struct AdjustOptions {
    /// Logarithms or not.
    pub transform: Transform,
    /// Types of outliers searched for: "ao", "ls", "tc", "so".
    pub types: Vec<String>,
    /// A critical value per type; by the number of dates where there is none.
    pub critical: Option<Vec<f64>>,
    /// Orders of the model; the period is that of the call.
    pub orders: Orders,
    /// Forecasts that lengthen the series.
    pub forecast: usize,
    /// Backcasts that lengthen it.
    pub backcast: usize,
    /// Whether estimation stops and starts again as that of X-13ARIMA-SEATS.
    pub compat: bool,
    /// Steps of an estimation, at most.
    pub max_iterations: usize,
}

impl AdjustOptions {
    /// Refuses what makes no sense.
    ///
    /// # Errors
    /// Unknown or repeated types of outliers, critical values that are not positive or not one per type.
    pub fn check(&self) -> Result<()> {
        self.orders.check()?;
        for (at, kind) in self.types.iter().enumerate() {
            if !["ao", "ls", "tc", "so"].contains(&kind.as_str()) {
                return Err(Error::invalid(format!(
                    "outliers are of the types \"ao\", \"ls\", \"tc\" and \"so\"; got {kind:?}"
                )));
            }
            if self.types[..at].contains(kind) {
                return Err(Error::invalid(format!("outliers name the type {kind:?} twice")));
            }
        }
        if let Some(critical) = &self.critical {
            if critical.len() != self.types.len() {
                return Err(Error::invalid(format!(
                    "critical holds a value per type of outlier, {} in all; got {}",
                    self.types.len(),
                    critical.len()
                )));
            }
            if let Some(wrong) = critical.iter().find(|c| !(c.is_finite() && **c > 0.0)) {
                return Err(Error::invalid(format!("critical holds positive numbers; got {wrong}")));
            }
        }
        if self.max_iterations == 0 {
            return Err(Error::invalid("max_iterations is at least 1; got 0"));
        }
        Ok(())
    }

    /// The types with their critical values, for a series of so many dates.
    pub(super) fn searched(&self, dates: usize) -> Vec<Searched> {
        let default = default_critical(dates);
        let critical = |at: usize| self.critical.as_ref().and_then(|c| c.get(at)).copied().unwrap_or(default);
        let of = |(at, kind): (usize, &String)| Searched { kind: kind.clone(), critical: critical(at) };
        self.types.iter().enumerate().map(of).collect()
    }
}

impl Given {
    /// Refuses values that no model can hold and columns of another length.
    ///
    /// # Errors
    /// A missing value, values out of range, a column that is too long, too short or not finite.
    pub(super) fn check(&self, options: &AdjustOptions) -> Result<()> {
        if let Some(row) = self.values.iter().position(|v| !v.is_finite()) {
            return Err(Error::placed(
                "the value of {place} is missing: a model needs every period; fill the gap first, or begin after it",
                row,
                0,
            ));
        }
        // squares of what is further out leave the range of numbers, or vanish
        let largest = self.values.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
        if largest > LARGEST || (largest > 0.0 && largest < 1.0 / LARGEST) {
            let sentence = format!(
                "the values of {{series}} reach {largest:e}: a model takes sizes from 1e-100 to 1e100; use another unit"
            );
            return Err(Error::placed(sentence, 0, 0));
        }
        let rows = options.backcast + self.values.len() + options.forecast;
        let chosen = self.choices.iter().flat_map(|c| &c.candidates).flat_map(|c| &c.columns);
        let columns = self.fixed.iter().chain(chosen).map(|c| (c.name.as_str(), &c.values));
        for (name, values) in columns.chain([("leap", &self.leap), ("lpyear", &self.lpyear)]) {
            if values.len() != rows {
                return Err(Error::invalid(format!(
                    "the regressor {name} needs {rows} rows: {} backcasts, {} observed, {} forecasts; it has {}",
                    options.backcast,
                    self.values.len(),
                    options.forecast,
                    values.len()
                )));
            }
            if let Some(row) = values.iter().position(|v| !v.is_finite()) {
                return Err(Error::invalid(format!(
                    "the regressor {name} has no number at row {} of {rows} (backcasts and forecasts included)",
                    row + 1
                )));
            }
        }
        Ok(())
    }
}
