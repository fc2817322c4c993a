//! From the file to the model: items become variables, figures become ranges, claims become linear statements.
//!
//! The idea that carries the audit: a quoted percentage is an interval of constants, so "linear form over positive
//! linear form lies in [l, u]" is a pair of linear inequalities, whatever unprinted items it mentions. What each kind
//! of claim says is in `claim`; this file resolves names, units and declarations and holds the result.

use super::claim;
use super::figure::{Approx, Printed, Range, Rounding, TrailingZeros, scale_factor};
use super::item::{Item, month_number};
use super::release::{Adjustment, Claim, Head, Measure, Prices, RatesFrom, Release, place};
use super::system::{Form, Row, System};
use crate::error::{Error, Result};
use crate::number::rational::Rational;
use std::collections::HashMap;

/// A variable: an item in one unit, one adjustment, one kind of prices.
#[derive(Debug, Clone)]
pub struct Variable {
    /// The item.
    pub item: Item,
    /// Its name in reports.
    pub label: String,
    /// Currency or unit.
    pub unit: String,
    /// Kind of quantity.
    pub measure: Measure,
    /// Prices.
    pub prices: Prices,
    /// Adjustment.
    pub adjustment: Adjustment,
    /// The entries that print it.
    pub figures: Vec<usize>,
    /// It stands in a denominator, so it is positive.
    pub positive: bool,
}

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
    /// Each form is at least zero; and of each list of alternatives one holds.
    Compare(Vec<Form>, Vec<Vec<Vec<Form>>>),
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
                all.iter().for_each(&mut add);
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

/// The release as variables and entries.
#[derive(Debug, Clone)]
pub struct Model {
    /// The head of the file.
    pub head: Head,
    /// First month of the fiscal year.
    pub year_start: i32,
    /// Variables.
    pub variables: Vec<Variable>,
    /// Figures first, then claims.
    pub entries: Vec<Entry>,
    index: HashMap<Item, Vec<usize>>,
}

/// What an entry declares about its items.
#[derive(Debug, Clone, Default)]
pub struct Declared {
    /// Unit.
    pub unit: Option<String>,
    /// Measure.
    pub measure: Option<Measure>,
    /// Prices.
    pub prices: Option<Prices>,
    /// Adjustment.
    pub adjustment: Option<Adjustment>,
}

impl Model {
    /// Reads a release.
    ///
    /// # Errors
    /// Names the entry and the line.
    pub fn new(release: &Release) -> Result<Self> {
        let head = release.head.clone();
        let year_start = match &head.year_start {
            None => 1,
            Some(text) => month_number(&text.0).ok_or_else(|| {
                Error::invalid(format!("year_start = \"{}\" is not a month; write \"JUL\" or \"7\"", text.0))
            })?,
        };
        if let Some(unit) = &head.unit {
            check_unit(unit).map_err(|e| Error::invalid(format!("the head of the release: {e}")))?;
        }
        let mut model =
            Self { head, year_start, variables: Vec::new(), entries: Vec::new(), index: HashMap::new() };
        for (i, placed) in release.figures.iter().enumerate() {
            let name = format!("figure {}", i + 1);
            let entry =
                model.figure(&placed.entry, &name, placed.line).map_err(|e| at(placed.line, &name, &e))?;
            model.entries.push(entry);
        }
        for (i, placed) in release.claims.iter().enumerate() {
            let name = format!("claim {}", i + 1);
            let entry =
                model.claim(&placed.entry, &name, placed.line).map_err(|e| at(placed.line, &name, &e))?;
            model.entries.push(entry);
        }
        claim::check_cycles(&model)?;
        claim::mark_denominators(&mut model)?;
        model.unique_ids()?;
        Ok(model)
    }

    fn unique_ids(&self) -> Result<()> {
        let mut seen: HashMap<&str, &Entry> = HashMap::new();
        for e in &self.entries {
            if let Some(other) = seen.insert(&e.id, e) {
                let why = Error::invalid(format!("the id \"{}\" is already that of {}", e.id, other.name));
                return Err(at(e.line, &e.name, &why));
            }
        }
        Ok(())
    }

    fn figure(&mut self, f: &super::release::Figure, name: &str, line: usize) -> Result<Entry> {
        let item = Item::parse(&f.item.0, self.year_start)?;
        let rate = !item.rate.is_empty() || f.measure.unwrap_or(self.head.measure) == Measure::Rate;
        let declared =
            Declared { unit: f.unit.clone(), measure: f.measure, prices: f.prices, adjustment: f.adjustment };
        let var = self.declare(&item, &declared, &f.item.0)?;
        let percent = rate || self.variables.get(var).is_some_and(|v| v.unit == "percent");
        let scale_word = f.scale.clone().unwrap_or_else(|| if percent { "percent" } else { "one" }.into());
        let reading = Reading {
            printed: Printed::parse(&f.value.0)?,
            text: f.value.0.trim().to_string(),
            scale: scale_factor(&scale_word)?,
            scale_word,
            rounding: (f.rounding.unwrap_or(self.head.rounding), f.rounding.is_some()),
            zeros: f.trailing_zeros.unwrap_or(self.head.trailing_zeros),
            approx: f.approx.as_deref().map(Approx::parse).transpose()?,
        };
        let index = self.entries.len();
        if let Some(v) = self.variables.get_mut(var) {
            v.figures.push(index);
        }
        Ok(Entry {
            name: name.to_string(),
            id: f.id.as_ref().map_or_else(|| name.to_string(), |t| t.0.clone()),
            line,
            label: self.label(var),
            kind: "figure".into(),
            reading: Some(reading),
            says: Says::Figure(var),
            quote: f.quote.clone(),
            notes: Vec::new(),
            share: false,
            missing: None,
            of: Some(var),
            base: None,
        })
    }

    fn claim(&mut self, c: &Claim, name: &str, line: usize) -> Result<Entry> {
        let mut entry = claim::read(self, c)?;
        entry.name = name.to_string();
        entry.id = c.id.as_ref().map_or_else(|| name.to_string(), |t| t.0.clone());
        entry.line = line;
        entry.quote.clone_from(&c.quote);
        Ok(entry)
    }

    /// The variable of a figure's item: its declarations are part of what it is.
    fn declare(&mut self, item: &Item, d: &Declared, text: &str) -> Result<usize> {
        let unit = self.unit(item, d)?;
        let prices = d.prices.unwrap_or(self.head.prices);
        let adjustment = d.adjustment.unwrap_or(self.head.adjustment);
        let same = |v: &Variable| v.unit == unit && v.prices == prices && v.adjustment == adjustment;
        if let Some(&i) = self.known(item).iter().find(|i| self.variables.get(**i).is_some_and(same)) {
            return Ok(i);
        }
        let measure =
            if item.rate.is_empty() { d.measure.unwrap_or(self.head.measure) } else { Measure::Rate };
        let i = self.variables.len();
        self.index.entry(item.clone()).or_default().push(i);
        self.variables.push(Variable {
            // As the release writes it: FY24 stays FY24.
            label: text.trim().to_string(),
            item: item.clone(),
            unit,
            measure,
            prices,
            adjustment,
            figures: Vec::new(),
            positive: false,
        });
        Ok(i)
    }

    /// The variable that a claim's item means: the one there is, unless the claim or an ambiguity decides otherwise.
    ///
    /// # Errors
    /// An unknown unit.
    pub fn resolve(&mut self, item: &Item, d: &Declared, text: &str) -> Result<usize> {
        let fits = |v: &Variable| {
            d.unit.as_ref().is_none_or(|u| *u == v.unit || !item.rate.is_empty())
                && d.prices.is_none_or(|p| p == v.prices)
                && d.adjustment.is_none_or(|a| a == v.adjustment)
        };
        let found: Vec<usize> =
            self.known(item).iter().copied().filter(|i| self.variables.get(*i).is_some_and(fits)).collect();
        match found.as_slice() {
            [one] => Ok(*one),
            _ => self.declare(item, d, text),
        }
    }

    /// Variables of an item.
    #[must_use]
    pub fn known(&self, item: &Item) -> &[usize] {
        self.index.get(item).map_or(&[], |v| v)
    }

    fn unit(&self, item: &Item, d: &Declared) -> Result<String> {
        let rate = !item.rate.is_empty() || d.measure.unwrap_or(self.head.measure) == Measure::Rate;
        let unit = match (&d.unit, rate) {
            (Some(unit), _) => unit.clone(),
            (None, true) => "percent".into(),
            (None, false) => self.head.unit.clone().unwrap_or_default(),
        };
        check_unit(&unit)?;
        Ok(unit)
    }

    /// The name of a variable, with what tells it from its namesakes.
    #[must_use]
    pub fn label(&self, var: usize) -> String {
        let Some(v) = self.variables.get(var) else { return String::new() };
        let others: Vec<&Variable> =
            self.known(&v.item).iter().filter_map(|i| self.variables.get(*i)).collect();
        let mut out = v.label.clone();
        if others.iter().any(|o| o.adjustment != v.adjustment) {
            out = format!("{out} ({})", format!("{:?}", v.adjustment).to_lowercase());
        }
        if others.iter().any(|o| o.prices != v.prices) {
            out = format!("{out} ({} prices)", format!("{:?}", v.prices).to_lowercase());
        }
        if others.iter().any(|o| o.unit != v.unit) {
            out = format!("{out} ({})", v.unit);
        }
        out
    }

    /// The printed point value of a variable, from its first figure among the active ones.
    #[must_use]
    pub fn point(&self, var: usize) -> Option<Rational> {
        let v = self.variables.get(var)?;
        let readings = v.figures.iter().filter_map(|e| self.entries.get(*e)?.reading.as_ref());
        readings.filter(|r| r.approx.is_none()).map(Reading::value).next()
    }

    /// The joint system under an assumption.
    #[must_use]
    pub fn system(&self, how: How) -> System {
        let mut system = System::new(self.variables.len());
        let positive = Range {
            low: Some(super::figure::End { at: Rational::ZERO, open: true, edge: false }),
            high: None,
        };
        for (i, _) in self.variables.iter().enumerate().filter(|(_, v)| v.positive) {
            system.assert(None, &Row { form: Form::item(i), range: positive.clone() });
        }
        for (e, entry) in self.entries.iter().enumerate() {
            claim::assert(self, &mut system, e, entry, how);
        }
        system
    }

    /// Whether the release says how its rates were computed.
    #[must_use]
    pub fn rates_from(&self) -> RatesFrom {
        self.head.rates_from
    }
}

fn at(line: usize, name: &str, e: &Error) -> Error {
    Error::invalid(format!("{}{e}", place(line, name)))
}

/// Currency codes of ISO 4217 in use, with some recent ones.
const CURRENCIES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN \
BZD CAD CDF CHF CLF CLP CNH CNY COP CRC CUP CVE CZK DEM DJF DKK DOP DZD EGP ERN ESP ETB EUR FJD FKP FRF GBP GEL GHS GIP GMD \
GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK ITL JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR \
LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN \
PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS \
UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XDR XOF XPF YER ZAR ZMW ZWL ZWG";

/// A unit is a currency code or a plain word.
fn check_unit(unit: &str) -> Result<()> {
    let code = unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase());
    if code && !CURRENCIES.split_whitespace().any(|c| c == unit) {
        return Err(Error::invalid(format!(
            "unit = \"{unit}\" is not a currency code; write an ISO 4217 code such as USD, or a word such as jobs"
        )));
    }
    if unit.len() > 60 || unit.chars().any(char::is_control) {
        return Err(Error::invalid("a unit is a currency code or a short word"));
    }
    Ok(())
}
