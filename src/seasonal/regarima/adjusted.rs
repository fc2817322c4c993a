//! Around X-11: what is taken out of the series before it, what lengthens it, and where every effect is put back.
//!
//! Calendar effects stay out of the adjusted series; outliers are in it, level shifts by way of the trend and the others
//! by way of the irregular. All in products under logarithms, in sums otherwise.

use crate::error::{Error, Result};
use crate::panel::Cancel;
use crate::seasonal::options::{Mode, Options};
use crate::seasonal::quality::{Prior, Quality};
use crate::seasonal::span::Span;
use crate::seasonal::x11::Adjustment;

use super::given::{AdjustOptions, Given, Group};
use super::run::Model;

/// Half the width of a 95 % interval, in standard errors.
const NORMAL_95: f64 = 1.959_963_984_540_054;

/// Values ahead of a series, or before it, with limits.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Forecasts {
    /// The values: medians under logarithms.
    pub values: Vec<f64>,
    /// Lower limits of 95 %.
    pub lower: Vec<f64>,
    /// Upper limits of 95 %.
    pub upper: Vec<f64>,
    /// Standard errors on the scale of the model.
    pub errors: Vec<f64>,
}

/// A series adjusted with a model.
#[derive(Debug, Clone)]
pub struct Adjusted {
    /// The model.
    pub model: Model,
    /// Forecasts.
    pub forecast: Forecasts,
    /// Backcasts.
    pub backcast: Forecasts,
    /// X-11 of the series without the effects of regressors.
    pub x11: Adjustment,
    /// Final tables that X-11 does not have, or has otherwise.
    tables: Vec<(&'static str, Vec<f64>)>,
    /// How components are put together.
    mode: Mode,
}

impl Adjusted {
    /// Finds the model and adjusts.
    ///
    /// # Errors
    /// What model or X-11 refuse; or the call was interrupted.
    pub fn run(given: &Given, options: &AdjustOptions, x11: &Options, cancel: &Cancel<'_>) -> Result<Self> {
        let model = Model::find(given, options, cancel)?;
        let mut x11 = x11.clone();
        if x11.mode == Mode::PseudoAdditive {
            return Err(Error::invalid(
                "mode=\"pseudoadd\" takes no effects of a model out: use mode=\"mult\", \"add\" or \"logadd\"",
            ));
        }
        if !model.log {
            x11.mode = Mode::Additive;
        } else if x11.mode == Mode::Additive {
            return Err(Error::invalid(
                "the model is of logarithms, whose effects multiply: use transform=\"none\" with mode=\"add\", or leave \
                 mode out",
            ));
        }
        let mode = if model.log { Mode::Multiplicative } else { Mode::Additive };
        let (log, leap) = (model.log, &model.leap);
        let n = given.values.len();
        let out = |plain: &[f64], effects: Option<&[f64]>, errors: &[f64], leap: &[f64]| {
            let level = |v: f64, leap: f64| if log { v.exp() * leap } else { v };
            let values = |width: f64| -> Vec<f64> {
                (0..plain.len())
                    .map(|h| level(plain[h] + effects.map_or(0.0, |e| e[h]) + width * errors[h], leap[h]))
                    .collect()
            };
            Forecasts {
                values: values(0.0),
                lower: values(-NORMAL_95),
                upper: values(NORMAL_95),
                errors: errors.to_vec(),
            }
        };
        let (back, ones) = (options.backcast, vec![1.0; leap.len()]);
        let forecast =
            out(&model.ahead.plain, Some(&model.ahead.effects), &model.ahead.errors, &leap[back + n..]);
        let backcast = out(&model.before.plain, Some(&model.before.effects), &model.before.errors, leap);
        for (values, what) in [(&forecast.values, "forecast"), (&backcast.values, "backcast")] {
            if !values.iter().all(|v| v.is_finite() && (!log || *v > 0.0)) {
                let sentence = format!(
                    "the {what}s of {{series}} by the model {} leave the range of numbers: use other orders, another \
                     transform, or a shorter {what}",
                    options.orders.words()
                );
                return Err(Error::placed(sentence, 0, 0));
            }
        }
        let plain_ahead = out(&model.ahead.plain, None, &model.ahead.errors, &ones).values;
        let plain_before = out(&model.before.plain, None, &model.before.errors, &ones).values;
        let factors = Factors::of(&model, mode);
        let effects = factors.all(mode);
        let input = mode.remove(&given.values, &effects[back..back + n]);
        let span = Span::new(options.orders.period, given.phase, n);
        let x11 = Adjustment::run(&input, &plain_before, &plain_ahead, &span, &x11)?;
        let original: Vec<f64> =
            backcast.values.iter().chain(&given.values).chain(&forecast.values).copied().collect();
        let tables = put_back(original, &factors, &x11, mode);
        Ok(Self { model, forecast, backcast, x11, tables, mode })
    }

    /// A table by its official name, over the extended span.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&[f64]> {
        let final_one = self.tables.iter().find(|(known, _)| *known == name);
        final_one.map(|(_, values)| values.as_slice()).or_else(|| self.x11.table(name))
    }

    /// The names of all tables.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        let place = |name: &&'static str| {
            let (letter, number) = name.split_at(1);
            let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
            (letter.to_owned(), digits.parse::<usize>().unwrap_or(0), number.len())
        };
        let own = self.tables.iter().map(|(name, _)| *name);
        let mut found: Vec<&'static str> = Adjustment::TABLES.into_iter().chain(own).collect();
        found.sort_by_key(place);
        found.dedup();
        found
    }

    /// What judges the adjustment: the measures of the series without outliers, and the shares of what was taken out.
    #[must_use]
    pub fn quality(&self) -> Quality {
        let table = |name: &str| self.table(name).unwrap_or_default();
        // a seasonal outlier is part of the seasonal factors, not of what is taken out before them
        let passing = self.mode.combine(table("a8ao"), table("a8tc"));
        let outliers = self.mode.combine(&passing, table("a8ls"));
        let (shifts, calendar) = (table("a8ls"), table("d18"));
        let mut judged = self.x11.clone();
        judged.original = self.mode.remove(table("a1"), &outliers);
        judged.adjusted = self.mode.remove(table("d11"), &outliers);
        judged.seasonal = table("d10").to_vec();
        Quality::with(&judged, Some(Prior { outliers: &outliers, shifts, calendar }))
    }
}

/// The effects of the regressors by group, over the extended span.
struct Factors {
    groups: Vec<(Group, Vec<f64>)>,
}

impl Factors {
    fn of(model: &Model, mode: Mode) -> Self {
        let of = |group: Group| {
            let mut sum = vec![0.0; model.leap.len()];
            for (column, b) in model.columns.iter().zip(&model.coefficients) {
                if column.group == group {
                    sum.iter_mut().zip(&column.values).for_each(|(s, x)| *s += b * x);
                }
            }
            if mode.is_ratio() {
                for s in &mut sum {
                    *s = s.exp();
                }
                if group == Group::TradingDay {
                    sum.iter_mut().zip(&model.leap).for_each(|(s, leap)| *s *= leap);
                }
            }
            (group, sum)
        };
        Self { groups: Group::ALL.map(of).to_vec() }
    }

    /// Several groups together.
    fn together(&self, mode: Mode, of: &[Group]) -> Vec<f64> {
        let len = self.groups.first().map_or(0, |(_, values)| values.len());
        let chosen = self.groups.iter().filter(|(group, _)| of.contains(group));
        chosen.fold(vec![mode.neutral(); len], |all, (_, values)| mode.combine(&all, values))
    }

    fn all(&self, mode: Mode) -> Vec<f64> {
        self.together(mode, &Group::ALL)
    }
}

/// The final tables.
fn put_back(
    original: Vec<f64>,
    factors: &Factors,
    x11: &Adjustment,
    mode: Mode,
) -> Vec<(&'static str, Vec<f64>)> {
    use Group::{Additive, Holiday, Level, Seasonal, Temporary, TradingDay, User};
    let of = |groups: &[Group]| factors.together(mode, groups);
    let calendar = of(&[TradingDay, Holiday]);
    let seasonal = mode.combine(&x11.seasonal, &of(&[Seasonal]));
    let combined = mode.combine(&seasonal, &calendar);
    let adjusted = mode.remove(&original, &combined);
    let trend = mode.combine(&x11.trend, &of(&[Level]));
    // the program leaves effects of the user's own out of the irregular
    let irregular = mode.remove(&mode.remove(&adjusted, &trend), &of(&[User]));
    let passing = of(&[Additive, Temporary]);
    let e = |kept: &[f64], replaced: &[f64], passing: &[f64]| -> Vec<f64> {
        let weights = x11.c.weights.iter().zip(kept.iter().zip(replaced));
        let values: Vec<f64> =
            weights.map(|(w, (kept, other))| if *w > 0.0 { *kept } else { *other }).collect();
        mode.remove(&values, passing)
    };
    let plain_irregular = mode.remove(&irregular, &passing);
    let cleaned = mode.remove(&original, &plain_irregular);
    let neutral = vec![mode.neutral(); original.len()];
    let e1 = e(&original, &cleaned, &passing);
    let e2 = e(&adjusted, &trend, &passing);
    let e3 = e(&plain_irregular, &neutral, &neutral);
    vec![
        ("a2", factors.all(mode)),
        ("a6", of(&[TradingDay])),
        ("a7", of(&[Holiday])),
        ("a8", of(&[Additive, Level, Temporary, Seasonal])),
        ("a8ao", of(&[Additive])),
        ("a8ls", of(&[Level])),
        ("a8tc", of(&[Temporary])),
        ("a8so", of(&[Seasonal])),
        ("a9", of(&[User])),
        ("a1", original),
        ("b1", x11.original.clone()),
        ("d10", seasonal),
        ("d11", adjusted),
        ("d12", trend),
        ("d13", irregular),
        ("d16", combined),
        ("d18", calendar),
        ("e1", e1),
        ("e2", e2),
        ("e3", e3),
    ]
}
