//! What each kind of claim says, as forms over items (the table of kinds is in the documentation of `audit`).
//!
//! A kind checks its fields, its units and whether its items may be added, and becomes a ratio, a linear form, an
//! equation or a comparison. How these are solved is not known here.

use super::figure::{Approx, End, Printed, Range, scale_factor};
use super::item::{Item, Span};
use super::model::{Declared, Entry, How, Law, Model, Reading, Says};
use super::release::{Adjustment, Claim, Measure, Operand, Prices, RatesFrom, place};
use super::system::{Form, Row, System};
use crate::error::{Error, Result};
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

/// The most alternatives of one statement ("the fifth largest of forty").
const MOST_ALTERNATIVES: usize = 2000;

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
                format!("{} of {} over {}", words(&c.kind), r.text(&c.of), r.text(&c.base)),
            )
        }
        "multiple" | "share" => {
            let (x, y) = (r.form(c.of.as_ref())?, r.form(c.base.as_ref())?);
            r.denominator(&x, &y)?;
            if c.kind == "share" {
                r.same_unit(&x.plus(&y, &Rational::ONE))?;
            }
            let sign = if c.kind == "share" { "share of {} in {}" } else { "{} as a multiple of {}" };
            let label = sign.replacen("{}", &r.text(&c.of), 1).replacen("{}", &r.text(&c.base), 1);
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
                    r.text(&c.of),
                    r.text(&c.base),
                    whole.members().concat()
                ),
            )
        }
        "total" | "average" => r.total()?,
        "at_least" => {
            let gap = r.form(c.of.as_ref())?.minus(&r.form(c.base.as_ref())?);
            r.not_empty(&gap)?;
            r.same_unit(&gap)?;
            (Says::Compare(vec![gap], vec![]), format!("{} at least {}", r.text(&c.of), r.text(&c.base)))
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
    fn text(&self, o: &Option<Operand>) -> String {
        o.as_ref().map_or_else(String::new, |o| {
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
            return bad(format!("the claim compares {} with itself", self.text(&self.claim.of)));
        }
        Ok(())
    }

    /// A ratio's parts: different things, and a denominator that is not zero by itself.
    fn denominator(&self, x: &Form, y: &Form) -> Result<()> {
        if x == y {
            return bad(format!("the claim compares {} with itself", self.text(&self.claim.of)));
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

    /// Why the items of a form may not be added up.
    fn do_not_add(&self, form: &Form) -> Option<String> {
        let vars: Vec<_> = form.terms.iter().filter_map(|(i, _)| self.model.variables.get(*i)).collect();
        let first = vars.first()?;
        for v in &vars {
            if v.measure == Measure::Rate {
                return Some(format!(
                    "{} is a rate, and rates do not add (a rate of a total weighs those of its parts by their levels, \
                     the product of two unknowns)",
                    v.label
                ));
            }
            if v.measure == Measure::Index {
                return Some(format!("{} is an index, and indices do not add", v.label));
            }
            if v.prices == Prices::Chained {
                return Some(format!("{} is a chained volume, and chained volumes do not add", v.label));
            }
            if v.adjustment != first.adjustment {
                return Some(format!("{} and {} are adjusted differently", first.label, v.label));
            }
            if v.prices != first.prices {
                return Some(format!("{} and {} are valued at different prices", first.label, v.label));
            }
            if v.adjustment == Adjustment::Saar && v.item.span != first.item.span {
                return Some(format!("{} is at annual rate, which does not add over time", v.label));
            }
        }
        None
    }

    fn growth(&mut self) -> Result<(Says, String)> {
        let c = self.claim;
        let (x, y) = (self.form(c.of.as_ref())?, self.form(c.base.as_ref())?);
        self.denominator(&x, &y)?;
        self.same_unit(&x.plus(&y, &Rational::ONE))?;
        let label = format!("growth of {} over {}", self.text(&c.of), self.text(&c.base));
        let law = match (c.periods, c.annualized.unwrap_or(false)) {
            (None | Some(1), false) => Law::Growth,
            (Some(0), _) => return bad("periods = 0 compounds over nothing"),
            (Some(n), _) if n > 1000 => return bad("periods is at most 1000"),
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
                    Ok(m) if (1..=1200).contains(&m) => Law::Power(m, 12),
                    _ => return bad("an annualized rate needs a base that lies before it"),
                }
            }
        };
        let says = self.undetermined(&[&x, &y]).unwrap_or(Says::Ratio(x, y, law));
        Ok((says, label))
    }

    fn total(&mut self) -> Result<(Says, String)> {
        let c = self.claim;
        let of = self.form(c.of.as_ref())?;
        let parts = c.parts.clone();
        let members = parts.as_ref().map_or(0, |p| p.members().len());
        let sum = self.form(parts.as_ref())?;
        let average = c.kind == "average";
        if members < 1
            || (average && parts.as_ref().is_some_and(|p| p.members().iter().any(|m| m.starts_with('-'))))
        {
            return bad("an average is of items, none of them subtracted");
        }
        let n = Rational::int(i128::try_from(members).unwrap_or(1));
        let weight = if average { -&n.recip() } else { Rational::int(-1) };
        let equation = of.plus(&sum, &weight);
        if of.terms.iter().any(|(i, _)| sum.terms.iter().any(|(j, _)| i == j)) || equation.terms.is_empty() {
            return bad(format!("{} is among its own parts", self.text(&c.of)));
        }
        self.same_unit(&of.plus(&sum, &Rational::ONE))?;
        let label = format!("{} as the {} of {}", self.text(&c.of), c.kind, self.text(&c.parts));
        let all = of.plus(&sum, &Rational::ONE);
        // Averages of indices and rates over time are means by definition; they do not have to add.
        if let Some(reason) = self.do_not_add(&all).filter(|_| !average) {
            return Ok((Says::Nothing(reason), label));
        }
        if !average {
            self.check_spans(&of, &sum)?;
            if let Some(reason) = self.stocks(&of, &sum) {
                return Ok((Says::Nothing(reason), label));
            }
        }
        Ok((Says::Zero(equation), label))
    }

    /// Stocks add over parts, not over time.
    fn stocks(&self, of: &Form, sum: &Form) -> Option<String> {
        let vars: Vec<_> =
            of.terms.iter().chain(&sum.terms).filter_map(|(i, _)| self.model.variables.get(*i)).collect();
        let stock = vars.iter().find(|v| v.measure == Measure::Stock)?;
        let flows = vars.iter().any(|v| v.measure == Measure::Flow);
        let moved = vars.iter().any(|v| v.item.span != stock.item.span);
        (moved && !flows).then(|| format!("{} is a stock, and stocks do not add over time", stock.label))
    }

    /// Parts must lie in the same period as the total, or make it up: months beside years are an error.
    fn check_spans(&self, of: &Form, sum: &Form) -> Result<()> {
        let var = |i: &usize| self.model.variables.get(*i);
        let vars: Vec<_> = of.terms.iter().chain(&sum.terms).filter_map(|(i, _)| var(i)).collect();
        let Some(whole) = vars.first() else { return Ok(()) };
        let stocked = vars.iter().any(|v| v.measure == Measure::Stock);
        if stocked || vars.iter().all(|v| v.item.span == whole.item.span) {
            return Ok(());
        }
        let span = whole.item.span;
        let (first, last) = (
            vars.iter().map(|v| v.item.span.first).min().unwrap_or(0),
            vars.iter().map(|v| v.item.span.last).max().unwrap_or(0),
        );
        // Months covered by the parts: each sign alone evenly over the span, or both together exactly once.
        let cover = |sign: Option<i8>| -> Vec<i64> {
            (first..=last)
                .map(|m| {
                    let parts = sum.terms.iter().filter(|(_, c)| sign.is_none_or(|s| c.sign() == s));
                    let on = parts.filter(|(i, _)| {
                        var(i).is_some_and(|v| v.item.span.first <= m && m <= v.item.span.last)
                    });
                    on.map(|(_, c)| i64::from(c.sign())).sum()
                })
                .collect()
        };
        let even = |list: &[i64]| {
            let inside = |m: i32| span.first <= m && m <= span.last;
            let mut depth = None;
            (first..=last)
                .zip(list)
                .all(|(m, n)| if inside(m) { *depth.get_or_insert(*n) == *n } else { *n == 0 })
        };
        if even(&cover(None)) || (even(&cover(Some(1))) && even(&cover(Some(-1)))) {
            return Ok(());
        }
        let other = vars.iter().find(|v| v.item.span != span).unwrap_or(whole);
        bad(format!(
            "the total mixes periods that do not make up {}: {} beside {}",
            span.label(),
            other.label,
            whole.label
        ))
    }

    fn sense(&self) -> Result<i128> {
        match self.claim.sense.as_deref() {
            None | Some("high" | "rise") => Ok(1),
            Some("low" | "fall") => Ok(-1),
            Some(other) => bad(format!("sense = \"{other}\" is not known; it is \"high\" or \"low\"")),
        }
    }

    /// The single item of `of`, which records and streaks are about.
    fn subject(&mut self) -> Result<usize> {
        let of = self.claim.of.clone();
        match self.one(of.as_ref())? {
            Some(i) => Ok(i),
            None => bad(format!("a claim of kind {} is about one item", self.claim.kind)),
        }
    }

    /// Known variables like the subject (same rate, vintage, adjustment, length), by their span.
    fn alike(&self, subject: usize, concept: &str, keep: impl Fn(Span) -> bool) -> Vec<usize> {
        let Some(x) = self.model.variables.get(subject) else { return vec![] };
        let mut out: Vec<usize> = (0..self.model.variables.len())
            .filter(|i| *i != subject)
            .filter(|i| {
                self.model.variables.get(*i).is_some_and(|v| {
                    v.item.concept == concept
                        && v.item.rate == x.item.rate
                        && v.adjustment == x.adjustment
                        && v.prices == x.prices
                        && v.unit == x.unit
                        && v.item.span.months() == x.item.span.months()
                        && !v.figures.is_empty()
                        && keep(v.item.span)
                })
            })
            .collect();
        out.sort_by_key(|i| self.model.variables.get(*i).map(|v| v.item.span));
        out
    }

    /// `record` and `rank`.
    fn among(&mut self, missing: &mut Option<String>, notes: &mut Vec<String>) -> Result<(Says, String)> {
        let c = self.claim;
        let x = self.subject()?;
        let span = self.model.variables.get(x).map_or(Span { first: 0, last: 0 }, |v| v.item.span);
        let members = c.among.clone().map(|o| o.members().to_vec()).unwrap_or_default();
        let since = c.since.as_ref().map(|t| Span::parse(&t.0, self.model.year_start)).transpose()?;
        let concept = match members.as_slice() {
            [one] if !one.contains('@') => Some(one.clone()),
            [] => return bad("`among` is empty"),
            _ => None,
        };
        let others = match &concept {
            Some(concept) => {
                let from = since.map_or(i32::MIN, |s| s.first);
                let record = c.kind == "record";
                let found = self.alike(x, concept, |s| {
                    s.first >= from
                        && (if record { s.last < span.first } else { s.last <= span.last || s == span })
                });
                let first = found.first().and_then(|i| self.model.variables.get(*i)).map(|v| v.item.span);
                let length = span.months().max(1);
                let needed = since.or(first).map_or(0, |s| (span.first - s.first) / length);
                let have = i32::try_from(found.len()).unwrap_or(i32::MAX);
                if found.is_empty() {
                    *missing = Some(format!("needs the series of {concept}"));
                } else if record && have < needed {
                    *missing = Some(format!(
                        "needs {} figures of {concept} that are not in the release",
                        needed - have
                    ));
                } else if since.is_none()
                    && let Some(s) = first
                {
                    notes.push(format!("since {}, where the sample starts", s.label()));
                }
                found
            }
            None if since.is_some() => {
                return bad("`since` goes with a concept in `among`, not with a list of items");
            }
            None => {
                let mut list = Vec::new();
                for m in &members {
                    let i = self.var(m)?;
                    if i != x {
                        list.push(i);
                    }
                }
                if list.is_empty() {
                    return bad(format!("{} is compared with itself", self.text(&c.of)));
                }
                list
            }
        };
        let months = Rational::int(i128::from(c.months.unwrap_or(1).max(1)));
        let x = Form::item(x);
        let gaps: Vec<Form> = others.iter().map(|i| x.plus(&Form::item(*i), &-&months.recip())).collect();
        for g in &gaps {
            self.same_unit(g)?;
        }
        if c.kind == "record" {
            let sense = Rational::int(self.sense()?);
            let beyond = gaps.iter().map(|g| Form::default().plus(g, &sense)).collect();
            return Ok((Says::Compare(beyond, vec![]), format!("{} a record", self.text(&c.of))));
        }
        let k = c
            .value
            .as_ref()
            .map(|v| Printed::parse(&v.0))
            .transpose()?
            .filter(|p| p.decimals == 0 && p.mantissa > 0);
        let Some(k) = k.and_then(|p| usize::try_from(p.mantissa).ok()) else {
            return bad("the value of a rank is a whole number from 1");
        };
        let label = format!("{} the {k} of {} by size", self.text(&c.of), others.len() + 1);
        if k > gaps.len() + 1 {
            if concept.is_some() {
                *missing = Some(format!("needs at least {k} figures to rank"));
                return Ok((Says::Compare(vec![], vec![]), label));
            }
            return bad(format!("a rank of {k} among {} items", gaps.len() + 1));
        }
        let Some(above) = subsets(gaps.len(), k - 1) else {
            return Ok((Says::Nothing("too many ways to be of that rank to try them all".into()), label));
        };
        let minus = Rational::int(-1);
        let ways = above
            .iter()
            .map(|set| {
                let turn = |(i, g): (usize, &Form)| {
                    if set.contains(&i) { Form::default().plus(g, &minus) } else { g.clone() }
                };
                gaps.iter().enumerate().map(turn).collect()
            })
            .collect();
        Ok((if k == 1 { Says::Compare(gaps, vec![]) } else { Says::Compare(vec![], vec![ways]) }, label))
    }

    /// `highest_since` and `lowest_since`: beyond everything after the period, not beyond the period itself.
    fn since(&mut self, missing: &mut Option<String>) -> Result<(Says, String)> {
        let c = self.claim;
        let x = self.subject()?;
        let (span, concept) = match self.model.variables.get(x) {
            Some(v) => (v.item.span, v.item.concept.clone()),
            None => return bad("the item is not known"),
        };
        let since = Span::parse(&c.since.clone().unwrap_or_default().0, self.model.year_start)?;
        if since.months() != span.months() || since.last >= span.first {
            return bad(format!("`since` must be an earlier period of the same length as {}", span.label()));
        }
        let after = self.alike(x, &concept, |s| s.first > since.last && s.last < span.first);
        let then = self.alike(x, &concept, |s| s == since);
        let needed = (span.first - since.last - 1) / span.months();
        let short = needed + 1 - i32::try_from(after.len() + then.len()).unwrap_or(0);
        if short > 0 {
            *missing = Some(format!("needs {short} figures of {concept} that are not in the release"));
        }
        let sense = Rational::int(if c.kind == "highest_since" { 1 } else { -1 });
        let x = Form::item(x);
        let gap = |i: &usize, sign: &Rational| Form::default().plus(&x.minus(&Form::item(*i)), sign);
        let mut all: Vec<Form> = after.iter().map(|i| gap(i, &sense)).collect();
        all.extend(then.iter().map(|i| gap(i, &-&sense)));
        let word = c.kind.replace('_', " ");
        Ok((Says::Compare(all, vec![]), format!("{} the {word} {}", self.text(&c.of), since.label())))
    }

    /// So many rises (falls) in a row, and before them none.
    fn streak(&mut self, missing: &mut Option<String>) -> Result<(Says, String)> {
        let c = self.claim;
        let x = self.subject()?;
        let n = c.value.as_ref().map(|v| Printed::parse(&v.0)).transpose()?.filter(|p| p.decimals == 0);
        let Some(n) = n.and_then(|p| i32::try_from(p.mantissa).ok()).filter(|n| (1..=10_000).contains(n))
        else {
            return bad("the value of a streak is a whole number of periods from 1 to 10,000");
        };
        let (span, concept) = match self.model.variables.get(x) {
            Some(v) => (v.item.span, v.item.concept.clone()),
            None => return bad("the item is not known"),
        };
        let sense = Rational::int(self.sense()?);
        let at = |back: i32, this: &Self| -> Option<usize> {
            let by = span.months() * back;
            let s = Span { first: span.first - by, last: span.last - by };
            if back == 0 { Some(x) } else { this.alike(x, &concept, |o| o == s).first().copied() }
        };
        let (mut all, mut short) = (Vec::new(), 0);
        for back in 0..=n {
            match (at(back, self), at(back + 1, self)) {
                (Some(now), Some(before)) => {
                    let gap = Form::item(now).minus(&Form::item(before));
                    all.push(Form::default().plus(&gap, &if back == n { -&sense } else { sense.clone() }));
                }
                _ if back < n => short += 1,
                _ => {}
            }
        }
        if short > 0 {
            *missing = Some(format!("needs {short} more comparisons of {concept} than the release allows"));
        }
        let word = if sense.sign() > 0 { "rises" } else { "falls" };
        Ok((Says::Compare(all, vec![]), format!("{} after {n} {word} in a row", self.text(&c.of))))
    }

    /// An aggregate's rate lies between the least and the greatest of its parts' rates.
    fn between(&mut self) -> Result<(Says, String)> {
        let c = self.claim;
        let x = Form::item(self.subject()?);
        let mut gaps = Vec::new();
        for m in c.parts.clone().map(|o| o.members().to_vec()).unwrap_or_default() {
            let gap = x.minus(&Form::item(self.var(&m)?));
            self.not_empty(&gap)?;
            self.same_unit(&gap)?;
            gaps.push(gap);
        }
        if gaps.len() < 2 {
            return bad("a rate lies between those of at least two parts");
        }
        let minus = Rational::int(-1);
        let above = gaps.iter().map(|g| vec![g.clone()]).collect();
        let below = gaps.iter().map(|g| vec![Form::default().plus(g, &minus)]).collect();
        Ok((Says::Compare(vec![], vec![above, below]), format!("{} between its parts", self.text(&c.of))))
    }
}

fn unit_word(unit: &str) -> &str {
    if unit.is_empty() { "no stated unit" } else { unit }
}

/// All subsets of `0..n` of a size, `None` if there are too many.
fn subsets(n: usize, k: usize) -> Option<Vec<Vec<usize>>> {
    let mut out = vec![vec![]];
    for _ in 0..k {
        let mut next = Vec::new();
        for set in &out {
            let from = set.last().map_or(0, |l| l + 1);
            for i in from..n {
                let mut larger: Vec<usize> = set.clone();
                larger.push(i);
                next.push(larger);
            }
            if next.len() > 50 * MOST_ALTERNATIVES {
                return None;
            }
        }
        out = next;
    }
    (out.len() <= MOST_ALTERNATIVES).then_some(out)
}

/// Marks items of denominators as positive, and refuses those whose printed interval says otherwise.
///
/// # Errors
/// Names the claim.
pub fn mark_denominators(model: &mut Model) -> Result<()> {
    let mut positive = Vec::new();
    for e in &model.entries {
        let Says::Ratio(_, den, _) = &e.says else { continue };
        let low = |(i, c): &(usize, Rational)| -> Option<Rational> {
            let figures = model.variables.get(*i)?.figures.iter();
            let ranges = figures.filter_map(|f| Some(model.entries.get(*f)?.reading.as_ref()?.range(false)));
            let ends =
                ranges.filter_map(|r| if c.sign() > 0 { r.low } else { r.high }).map(|end| &end.at * c);
            ends.max()
        };
        let sum = den.terms.iter().try_fold(den.constant.clone(), |s, t| Some(&s + &low(t)?));
        if sum.is_some_and(|s| s.sign() <= 0) {
            return Err(Error::invalid(format!(
                "{}the base of \"{}\" may be zero or negative as printed; a rate needs a positive base (state the change \
                 instead)",
                place(e.line, &e.name),
                e.label
            )));
        }
        if let ([(i, c)], true) = (den.terms.as_slice(), den.constant.is_zero())
            && c.sign() > 0
        {
            positive.push(*i);
        }
    }
    for i in positive {
        if let Some(v) = model.variables.get_mut(i) {
            v.positive = true;
        }
    }
    Ok(())
}

/// Refuses totals that lead back to themselves: such a chain states one equation twice or none.
///
/// # Errors
/// Names a claim of the cycle.
pub fn check_cycles(model: &Model) -> Result<()> {
    let totals: Vec<(&Entry, usize, Vec<usize>)> = model
        .entries
        .iter()
        .filter(|e| matches!(e.kind.as_str(), "total" | "average"))
        .filter_map(|e| {
            let of = e.of?;
            Some((e, of, e.items().into_iter().filter(|i| *i != of).collect()))
        })
        .collect();
    let mut done = vec![false; totals.len()];
    for start in 0..totals.len() {
        // Depth first over "is made up of"; `open` is the present path.
        let (mut open, mut stack) = (Vec::new(), vec![(start, false)]);
        while let Some((at, leaving)) = stack.pop() {
            if leaving {
                open.pop();
                if let Some(d) = done.get_mut(at) {
                    *d = true;
                }
                continue;
            }
            if open.contains(&at) || done.get(at) == Some(&true) {
                continue;
            }
            open.push(at);
            stack.push((at, true));
            let Some((e, _, parts)) = totals.get(at) else { continue };
            for (next, (other, of, _)) in totals.iter().enumerate() {
                if parts.contains(of) {
                    if open.contains(&next) {
                        return Err(Error::invalid(format!(
                            "{}\"{}\" closes a cycle of totals with {}; keep one of them",
                            place(e.line, &e.name),
                            e.label,
                            other.name
                        )));
                    }
                    stack.push((next, false));
                }
            }
        }
    }
    Ok(())
}

/// The range of the ratio or form that a printed value stands for, before scaling to units of one.
#[must_use]
pub fn allowed(entry: &Entry, how: How) -> Option<Range> {
    let reading = entry.reading.as_ref()?;
    let range = reading.range(if entry.is_claim() { how.rates_truncated } else { how.figures_truncated });
    Some(match &entry.says {
        Says::Ratio(_, _, Law::Growth) => range.map(|g| g + &Rational::ONE),
        Says::Ratio(_, _, Law::Power(a, b)) => {
            let power = |end: &End, high: bool| {
                let factor = &end.at + &Rational::ONE;
                let raised = if factor.sign() <= 0 { Rational::ZERO } else { factor.pow(*a) };
                // The root is not rational: its bounds are rounded outward at 40 digits.
                let (low, up) = raised.root_bounds(*b, 40);
                End { at: if high { up } else { low }, ..end.clone() }
            };
            Range { low: range.low.map(|e| power(&e, false)), high: range.high.map(|e| power(&e, true)) }
        }
        _ => range,
    })
}

/// Puts an entry into the system under an assumption.
pub fn assert(model: &Model, system: &mut System, e: usize, entry: &Entry, how: How) {
    let zero = |low: bool, high: bool| {
        let end = || Some(End { at: Rational::ZERO, open: false, edge: false });
        Range { low: end().filter(|_| low), high: end().filter(|_| high) }
    };
    let own = Some(e);
    match &entry.says {
        Says::Nothing(_) => {}
        Says::Figure(i) => {
            if let Some(range) = allowed(entry, how) {
                system.assert(own, &Row { form: Form::item(*i), range });
            }
        }
        Says::Linear(form) => {
            if let Some(range) = allowed(entry, how) {
                system.assert(own, &Row { form: form.clone(), range });
            }
        }
        Says::Ratio(num, den, _) => {
            let Some(range) = allowed(entry, how) else { return };
            if how.printed {
                match reproduces(model, entry, how.rates_truncated) {
                    Some(true) => return,
                    Some(false) if model.rates_from() == RatesFrom::Printed => {
                        let figures = entry.items().into_iter().filter_map(|i| model.variables.get(i));
                        let mut set: Vec<usize> = figures.flat_map(|v| v.figures.iter().copied()).collect();
                        set.push(e);
                        set.sort_unstable();
                        system.refute(set);
                        return;
                    }
                    None if model.rates_from() == RatesFrom::Printed => return,
                    _ => {}
                }
            }
            // N / D >= l as N - l D >= 0; the positive denominator keeps the direction. When the denominator is a list, its
            // sign is asserted here; single items carry it as their domain.
            if den.terms.len() > 1 {
                let low = Some(End { at: Rational::ZERO, open: true, edge: false });
                system.assert(None, &Row { form: den.clone(), range: Range { low, high: None } });
            }
            for (end, is_low) in [(&range.low, true), (&range.high, false)] {
                if let Some(end) = end {
                    let form = num.plus(den, &-&end.at);
                    let side = Some(End { at: Rational::ZERO, open: end.open, edge: end.edge });
                    let range = if is_low {
                        Range { low: side, high: None }
                    } else {
                        Range { low: None, high: side }
                    };
                    system.assert(own, &Row { form, range });
                }
            }
        }
        Says::Zero(form) => system.assert(own, &Row { form: form.clone(), range: zero(true, true) }),
        Says::Compare(all, any) => {
            for form in all {
                system.assert(own, &Row { form: form.clone(), range: zero(true, false) });
            }
            for ways in any {
                let row = |f: &Form| Row { form: f.clone(), range: zero(true, false) };
                let ways: Vec<Vec<Row>> = ways.iter().map(|w| w.iter().map(row).collect()).collect();
                system.choose(e, &ways);
            }
        }
    }
}

/// Whether a ratio claim reproduces, to its printed digits, at the printed figures; with one item unprinted, at some
/// value of it that could have been printed beside the other. `None` when that cannot be said.
#[must_use]
pub fn reproduces(model: &Model, entry: &Entry, truncated: bool) -> Option<bool> {
    let how = How { printed: true, figures_truncated: false, rates_truncated: truncated };
    let range = allowed(entry, how)?;
    let Says::Ratio(num, den, _) = &entry.says else { return None };
    let point = |i: usize| model.point(i);
    match (num.eval(point), den.eval(point)) {
        (Some(n), Some(d)) if d.sign() > 0 => Some(range.contains(&(&n / &d))),
        (Some(_), Some(_)) => None,
        (n, d) => {
            // One whole side is a single unprinted item: the printable values are multiples of the other's last digit.
            let (known, unknown, other_is_den) = match (n, d) {
                (Some(n), None) => (n, den, true),
                (None, Some(d)) => (d, num, false),
                _ => return None,
            };
            if unknown.terms.len() != 1 || !unknown.constant.is_zero() || known.sign() <= 0 {
                return None;
            }
            let shown = (if other_is_den { num } else { den }).terms.first()?.0;
            let unit = model
                .variables
                .get(shown)?
                .figures
                .first()
                .and_then(|f| model.entries.get(*f))?
                .reading
                .as_ref()?;
            let unit = unit.unit();
            let (low, high) = (range.low?.at, range.high?.at);
            if low.sign() <= 0 {
                return None;
            }
            let (from, to) =
                if other_is_den { (&known / &high, &known / &low) } else { (&known * &low, &known * &high) };
            Some((&from / &unit).ceil() <= (&to / &unit).floor())
        }
    }
}
