//! What each kind of claim says, as forms over items (the table of kinds is in the documentation of `audit`).
//!
//! A kind checks its fields, its units and whether its items may be added, and becomes a ratio, a linear form, an
//! equation or a comparison. How these are solved is not known here.

mod compare;
mod totals;

pub use totals::check_cycles;

use super::figure::{Approx, scale_factor};
use super::item::Item;
use super::model::{Declared, Entry, Law, Model, Reading, Says};
use super::release::{Claim, Measure, Operand};
use super::system::Form;
use crate::error::{Error, Result};
use crate::number::printed::Printed;
use crate::number::rational::Rational;

/// The kinds, the fields each one needs, and those it may have beside the common ones.
const KINDS: [(&str, &[&str], &[&str]); 16] = [
    ("growth", &["of", "base", "value"], &["periods", "annualized"]),
    ("change", &["of", "base", "value"], &[]),
    ("multiple", &["of", "base", "value"], &[]),
    ("share", &["of", "base", "value"], &[]),
    ("total", &["of", "parts"], &[]),
    ("average", &["of", "parts"], &[]),
    ("at_least", &["of", "base"], &[]),
    ("record", &["of", "among"], &["since", "sense", "months"]),
    ("highest_since", &["of", "since"], &[]),
    ("lowest_since", &["of", "since"], &[]),
    ("streak", &["of", "value"], &["sense"]),
    ("rank", &["of", "among", "value"], &[]),
    ("contribution", &["of", "base", "total_base", "value"], &[]),
    ("percentage_points", &["of", "base", "value"], &[]),
    ("between", &["of", "parts"], &[]),
    ("statement", &[], &["of"]),
];

fn bad<T>(sentence: impl Into<String>) -> Result<T> {
    Err(Error::invalid(sentence))
}

/// Checks that a claim has the fields of its kind and no others.
fn check_fields(c: &Claim) -> Result<()> {
    let Some((kind, needs, may)) = KINDS.iter().find(|(k, ..)| *k == c.kind) else {
        let all: Vec<&str> = KINDS.iter().map(|(k, ..)| *k).collect();
        return bad(format!("kind = \"{}\" is not known; it is one of {}", c.kind, all.join(", ")));
    };
    let has = [
        ("of", c.of.is_some()),
        ("base", c.base.is_some()),
        ("value", c.value.is_some()),
        ("parts", c.parts.is_some()),
        ("among", c.among.is_some()),
        ("since", c.since.is_some()),
        ("sense", c.sense.is_some()),
        ("months", c.months.is_some()),
        ("periods", c.periods.is_some()),
        ("annualized", c.annualized.is_some()),
        ("total_base", c.total_base.is_some()),
    ];
    for (field, there) in has {
        if needs.contains(&field) && !there {
            return bad(format!("a claim of kind {kind} needs `{field}`"));
        }
        if there && !needs.contains(&field) && !may.contains(&field) {
            return bad(format!("a claim of kind {kind} has no `{field}`"));
        }
    }
    if *kind == "statement" && c.quote.is_none() {
        return bad("a statement without a number needs its `quote`");
    }
    Ok(())
}

/// One claim while it is read.
struct Reader<'a> {
    model: &'a mut Model,
    claim: &'a Claim,
    declared: Declared,
}

/// Reads a claim into an entry (its name and place are filled in by the caller).
///
/// # Errors
/// What is wrong with it, without the place.
pub fn read(model: &mut Model, c: &Claim) -> Result<Entry> {
    check_fields(c)?;
    let declared =
        Declared { unit: c.unit.clone(), measure: c.measure, prices: c.prices, adjustment: c.adjustment };
    let mut r = Reader { model, claim: c, declared };
    let reading = r.reading()?;
    let (of, base) = (r.one(c.of.as_ref())?, r.one(c.base.as_ref())?);
    let mut missing = None;
    let mut notes = Vec::new();
    let (says, label) = match c.kind.as_str() {
        "growth" => r.growth()?,
        "change" | "percentage_points" => {
            let (x, y) = (r.form(c.of.as_ref())?, r.form(c.base.as_ref())?);
            let difference = x.minus(&y);
            r.not_empty(&difference)?;
            r.same_unit(&difference)?;
            if c.kind == "percentage_points" {
                r.rates_only(&difference)?;
            }
            (
                Says::Linear(difference),
                format!(
                    "{} of {} over {}",
                    words(&c.kind),
                    Reader::text(c.of.as_ref()),
                    Reader::text(c.base.as_ref())
                ),
            )
        }
        "multiple" | "share" => {
            let (x, y) = (r.form(c.of.as_ref())?, r.form(c.base.as_ref())?);
            r.denominator(&x, &y)?;
            if c.kind == "share" {
                r.same_unit(&x.plus(&y, &Rational::ONE))?;
            }
            let sign = if c.kind == "share" { "share of {} in {}" } else { "{} as a multiple of {}" };
            let label = sign.replacen("{}", &Reader::text(c.of.as_ref()), 1).replacen(
                "{}",
                &Reader::text(c.base.as_ref()),
                1,
            );
            (r.undetermined(&[&x, &y]).unwrap_or(Says::Ratio(x, y, Law::Plain)), label)
        }
        "contribution" => {
            let (x, y) = (r.form(c.of.as_ref())?, r.form(c.base.as_ref())?);
            let whole = Operand::One(c.total_base.clone().unwrap_or_default().0);
            let total = r.form(Some(&whole))?;
            let change = x.minus(&y);
            r.not_empty(&change)?;
            r.same_unit(&change)?;
            if total.terms.is_empty() {
                return bad("total_base must be an item");
            }
            let all = change.plus(&total, &Rational::ONE);
            let says = r.do_not_add(&all).map_or(Says::Ratio(change, total, Law::Plain), Says::Nothing);
            (
                says,
                format!(
                    "contribution of {} over {} to {}",
                    Reader::text(c.of.as_ref()),
                    Reader::text(c.base.as_ref()),
                    whole.members().concat()
                ),
            )
        }
        "total" | "average" => r.total()?,
        "at_least" => {
            let gap = r.form(c.of.as_ref())?.minus(&r.form(c.base.as_ref())?);
            r.not_empty(&gap)?;
            r.same_unit(&gap)?;
            (
                Says::Compare(vec![(gap, false)], vec![]),
                format!("{} at least {}", Reader::text(c.of.as_ref()), Reader::text(c.base.as_ref())),
            )
        }
        "record" | "rank" => r.among(&mut missing, &mut notes)?,
        "highest_since" | "lowest_since" => r.since(&mut missing)?,
        "streak" => r.streak(&mut missing)?,
        "between" => r.between()?,
        _ => (Says::Nothing("a statement without a number is listed, not judged".into()), "statement".into()),
    };
    Ok(Entry {
        name: String::new(),
        id: String::new(),
        line: 0,
        label,
        kind: c.kind.clone(),
        reading: reading.filter(|_| !matches!(c.kind.as_str(), "streak" | "rank")),
        says,
        quote: None,
        notes,
        share: c.kind == "share",
        missing,
        of,
        base,
    })
}

fn words(kind: &str) -> &str {
    if kind == "percentage_points" { "change in points" } else { kind }
}

impl Reader<'_> {
    /// Items in words.
    fn text(o: Option<&Operand>) -> String {
        o.map_or_else(String::new, |o| {
            if let [first, .., last] = o.members()
                && o.members().len() > 6
            {
                return format!("{} items from {first} to {last}", o.members().len());
            }
            o.members().iter().enumerate().fold(String::new(), |out, (i, m)| match (i, m.strip_prefix('-')) {
                (0, _) => m.clone(),
                (_, Some(rest)) => format!("{out} - {rest}"),
                (_, None) => format!("{out} + {m}"),
            })
        })
    }

    /// The printed value with its scale and interval.
    fn reading(&self) -> Result<Option<Reading>> {
        let Some(value) = &self.claim.value else { return Ok(None) };
        let usual = match self.claim.kind.as_str() {
            "growth" | "share" => "percent",
            "contribution" | "percentage_points" => "percentage point",
            _ => "one",
        };
        let scale_word = self.claim.scale.clone().unwrap_or_else(|| usual.into());
        let head = &self.model.head;
        Ok(Some(Reading {
            printed: Printed::parse(&value.0)?,
            text: value.0.trim().to_string(),
            scale: scale_factor(&scale_word)?,
            scale_word,
            rounding: (self.claim.rounding.unwrap_or(head.rounding), self.claim.rounding.is_some()),
            zeros: self.claim.trailing_zeros.unwrap_or(head.trailing_zeros),
            approx: self.claim.approx.as_deref().map(Approx::parse).transpose()?,
        }))
    }

    fn var(&mut self, name: &str) -> Result<usize> {
        let item = Item::parse(name, self.model.year_start)?;
        self.model.resolve(&item, &self.declared, name)
    }

    /// The variable of a single positive item.
    fn one(&mut self, o: Option<&Operand>) -> Result<Option<usize>> {
        match o.map(Operand::members) {
            Some([name]) if name.contains('@') && !name.starts_with('-') => self.var(name).map(Some),
            _ => Ok(None),
        }
    }

    /// An item, a constant ("50", "300 million"), or a signed list.
    fn form(&mut self, o: Option<&Operand>) -> Result<Form> {
        let mut sum = Form::default();
        let members = o.map_or(&[][..], Operand::members);
        if members.is_empty() {
            return bad("an empty list stands where items are meant");
        }
        for m in members {
            let (sign, name) = match m.trim().strip_prefix('-') {
                Some(rest) if rest.contains('@') => (-1, rest),
                _ => (1, m.trim()),
            };
            let form = if name.contains('@') { Form::item(self.var(name)?) } else { self.constant(name)? };
            sum = sum.plus(&form, &Rational::int(sign));
        }
        Ok(sum)
    }

    fn constant(&self, text: &str) -> Result<Form> {
        let body = text.trim_start_matches(['-', '+']);
        let split = body.find(|c: char| c.is_alphabetic()).unwrap_or(body.len());
        let (number, scale) = text.split_at(text.len() - body.len() + split);
        let number = Printed::parse(number).map_err(|e| {
            Error::invalid(format!("\"{text}\" is neither an item (concept@period) nor a constant: {e}"))
        })?;
        let usual = self.claim.scale.as_deref().filter(|_| self.claim.value.is_none()).unwrap_or("one");
        let scale = scale_factor(if scale.trim().is_empty() { usual } else { scale })?;
        Ok(Form { terms: vec![], constant: &number.value() * &scale })
    }

    fn not_empty(&self, form: &Form) -> Result<()> {
        if form.terms.is_empty() {
            return bad(format!("the claim compares {} with itself", Reader::text(self.claim.of.as_ref())));
        }
        Ok(())
    }

    /// A ratio's parts: different things, and a denominator that is not zero by itself.
    fn denominator(&self, x: &Form, y: &Form) -> Result<()> {
        if x == y {
            return bad(format!("the claim compares {} with itself", Reader::text(self.claim.of.as_ref())));
        }
        if y.terms.is_empty() && y.constant.sign() <= 0 {
            return bad("the base is zero or negative; a ratio needs a positive one");
        }
        if x.terms.is_empty() && y.terms.is_empty() {
            return bad("the claim is about constants only");
        }
        Ok(())
    }

    fn same_unit(&self, form: &Form) -> Result<()> {
        let mut units = form.terms.iter().filter_map(|(i, _)| self.model.variables.get(*i));
        if let Some(first) = units.next()
            && let Some(other) = units.find(|v| v.unit != first.unit)
        {
            return bad(format!(
                "the units do not match: {} is in {} and {} in {}",
                first.label,
                unit_word(&first.unit),
                other.label,
                unit_word(&other.unit)
            ));
        }
        Ok(())
    }

    fn rates_only(&self, form: &Form) -> Result<()> {
        let levels = form.terms.iter().filter_map(|(i, _)| self.model.variables.get(*i));
        match levels.into_iter().find(|v| v.measure != Measure::Rate && v.unit != "percent") {
            Some(v) => bad(format!(
                "percentage points are between rates, and {} is not one; give it measure = \"rate\" or a suffix such as \
                 :yoy",
                v.label
            )),
            None => Ok(()),
        }
    }

    /// A ratio of a rate to a level would need the product of two unknowns.
    fn undetermined(&self, forms: &[&Form]) -> Option<Says> {
        let vars = || forms.iter().flat_map(|f| &f.terms).filter_map(|(i, _)| self.model.variables.get(*i));
        let rate = vars().find(|v| v.measure == Measure::Rate)?;
        let level = vars().find(|v| v.measure != Measure::Rate)?;
        Some(Says::Nothing(format!(
            "{} is a rate and {} a level: their link needs the product of two unknowns",
            rate.label, level.label
        )))
    }

    fn growth(&mut self) -> Result<(Says, String)> {
        let c = self.claim;
        let (x, y) = (self.form(c.of.as_ref())?, self.form(c.base.as_ref())?);
        self.denominator(&x, &y)?;
        self.same_unit(&x.plus(&y, &Rational::ONE))?;
        let label =
            format!("growth of {} over {}", Reader::text(c.of.as_ref()), Reader::text(c.base.as_ref()));
        let law = match (c.periods, c.annualized.unwrap_or(false)) {
            (None | Some(1), false) => Law::Growth,
            (Some(0), _) => return bad("periods = 0 compounds over nothing"),
            (Some(n), _) if n > 120 => return bad("periods is at most 120"),
            (Some(n), false) => Law::Power(n, 1),
            (n, true) => {
                let spans = self.one(c.of.as_ref())?.zip(self.one(c.base.as_ref())?);
                let vars =
                    spans.and_then(|(a, b)| self.model.variables.get(a).zip(self.model.variables.get(b)));
                let Some((a, b)) = vars else { return bad("an annualized rate is between two single items") };
                let months = match n {
                    Some(n) => a.item.span.months() * i32::try_from(n).unwrap_or(1),
                    None => a.item.span.first - b.item.span.first,
                };
                match u32::try_from(months) {
                    Ok(m) if (1..=360).contains(&m) => Law::Power(m, 12),
                    _ => {
                        return bad(
                            "an annualized rate needs a base that lies before it, by at most 30 years",
                        );
                    }
                }
            }
        };
        let says = self.undetermined(&[&x, &y]).unwrap_or(Says::Ratio(x, y, law));
        Ok((says, label))
    }
}

fn unit_word(unit: &str) -> &str {
    if unit.is_empty() { "no stated unit" } else { unit }
}
