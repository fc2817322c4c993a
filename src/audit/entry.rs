//! An entry of a release: its printed number with all that sets its interval, and what it says.

use super::figure::{Approx, Range, Rounding, TrailingZeros};
use super::system::Form;
use crate::number::printed::Printed;
use crate::number::rational::Rational;

/// A printed number with all that sets its interval.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Its digits.
    pub printed: Printed,
    /// As written in the file.
    pub text: String,
    /// Factor of its scale.
    pub scale: Rational,
    /// The scale word.
    pub scale_word: String,
    /// Its rounding, and whether the entry itself states it.
    pub rounding: (Rounding, bool),
    /// Trailing zeros.
    pub zeros: TrailingZeros,
    /// A word before it.
    pub approx: Option<Approx>,
}

impl Reading {
    /// The interval of true values; `truncated` overrides a rounding that the entry does not state.
    #[must_use]
    pub fn range(&self, truncated: bool) -> Range {
        let rounding = if truncated && !self.rounding.1 { Rounding::Truncate } else { self.rounding.0 };
        Range::of(&self.printed, &self.scale, rounding, self.zeros, self.approx)
    }

    /// The printed value in units of one.
    #[must_use]
    pub fn value(&self) -> Rational {
        &self.printed.value() * &self.scale
    }

    /// One unit of the last printed digit, in units of one.
    #[must_use]
    pub fn unit(&self) -> Rational {
        &self.printed.unit(None) * &self.scale
    }

    /// The same with another printed text, for repairs.
    #[must_use]
    pub fn with(&self, printed: Printed) -> Self {
        Self { text: printed.plain(), printed, ..self.clone() }
    }
}

/// What an entry says, linearly.
#[derive(Debug, Clone)]
pub enum Says {
    /// The item has this value.
    Figure(usize),
    /// `num / den`, mapped by `Law`, is the printed value.
    Ratio(Form, Form, Law),
    /// The form is the printed value.
    Linear(Form),
    /// The form is zero.
    Zero(Form),
    /// Each form is at least zero (above zero where marked strict); and of each list of alternatives one holds.
    Compare(Vec<(Form, bool)>, Vec<Vec<Vec<Form>>>),
    /// Nothing that can be judged, and why.
    Nothing(String),
}

/// How a ratio is printed.
#[derive(Debug, Clone, PartialEq)]
pub enum Law {
    /// 100 (r - 1).
    Growth,
    /// As it is, times the scale of the value.
    Plain,
    /// 100 (r^(b/a) - 1): a rate of which the ratio is the power a/b.
    Power(u32, u32),
}

/// An entry of the release: a figure or a claim.
#[derive(Debug, Clone)]
pub struct Entry {
    /// "figure 3" or "claim 2".
    pub name: String,
    /// The id given in the file, or the name.
    pub id: String,
    /// Line in the file, 0 without.
    pub line: usize,
    /// What it is about, in words.
    pub label: String,
    /// The kind; "figure" for figures.
    pub kind: String,
    /// The printed number, if it has one.
    pub reading: Option<Reading>,
    /// What it says.
    pub says: Says,
    /// The words of the release.
    pub quote: Option<String>,
    /// Remarks found while it was read.
    pub notes: Vec<String>,
    /// Share of a whole: its natural domain ends at one.
    pub share: bool,
    /// Some figures it needs are not in the release, and what that means.
    pub missing: Option<String>,
    /// Its `of` item when that is single.
    pub of: Option<usize>,
    /// Its `base` item when that is single.
    pub base: Option<usize>,
}

impl Entry {
    /// A statement, as opposed to a figure.
    #[must_use]
    pub fn is_claim(&self) -> bool {
        self.kind != "figure"
    }

    /// A quoted ratio, which an office may compute from its printed figures.
    #[must_use]
    pub fn is_rate(&self) -> bool {
        matches!(self.says, Says::Ratio(..))
    }

    /// All items it mentions.
    #[must_use]
    pub fn items(&self) -> Vec<usize> {
        let mut out = Vec::new();
        let mut add = |f: &Form| out.extend(f.terms.iter().map(|(i, _)| *i));
        match &self.says {
            Says::Figure(i) => add(&Form::item(*i)),
            Says::Ratio(n, d, _) => {
                add(n);
                add(d);
            }
            Says::Linear(f) | Says::Zero(f) => add(f),
            Says::Compare(all, any) => {
                for (f, _) in all {
                    add(f);
                }
                any.iter().flatten().flatten().for_each(&mut add);
            }
            Says::Nothing(_) => {}
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// Under what assumption the system is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct How {
    /// Rates that reproduce at the printed figures are taken to be computed from them.
    pub printed: bool,
    /// Figures are truncated.
    pub figures_truncated: bool,
    /// Rates are truncated.
    pub rates_truncated: bool,
}

impl How {
    /// True values, as the entries say.
    pub const UNROUNDED: Self = Self { printed: false, figures_truncated: false, rates_truncated: false };

    /// In the words of a report.
    #[must_use]
    pub fn words(self) -> String {
        let rates = if self.printed { "printed" } else { "unrounded" };
        match (self.figures_truncated, self.rates_truncated) {
            (false, _) => rates.to_string(),
            (true, false) => format!("{rates}, figures truncated"),
            (true, true) => format!("{rates}, figures and rates truncated"),
        }
    }
}
