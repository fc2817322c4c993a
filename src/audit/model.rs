//! From the file to the model: items become variables, figures become ranges, claims become linear statements.
//!
//! The idea that carries the audit: a quoted percentage is an interval of constants, so "linear form over positive
//! linear form lies in [l, u]" is a pair of linear inequalities, whatever unprinted items it mentions. What each kind
//! of claim says is in `claim`; this file resolves names, units and declarations and holds the result.

pub use super::entry::{Entry, How, Law, Reading, Says};
use super::figure::{Approx, Range, scale_factor};
use super::file::place;
use super::item::{Item, month_number};
use super::release::{Adjustment, Claim, Head, Measure, Prices, RatesFrom, Release};
use super::system::{Form, Row, System};
use super::{claim, linear};
use crate::error::{Error, Result};
use crate::number::printed::Printed;
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
        linear::mark_denominators(&mut model)?;
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
            linear::assert(self, &mut system, e, entry, how);
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
