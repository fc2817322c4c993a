//! Percentages and points as claims: growth, shares, changes in points.

use super::clause::{Place, Reader, claim, item};
use super::context::Base;
use super::quantity::Quantity;
use super::signs::{Nature, nature};
use super::vocabulary::{DOWN, MOVES, among};
use crate::number::printed::Printed;

impl Reader<'_> {
    /// A percentage or a number of points.
    pub(super) fn rate(&mut self, q: &Quantity, place: Place, concept: &str) -> Result<(), String> {
        let (from, to, before, next) = place;
        let (span, stated) = self.period(q, place)?;
        let value = q.text.clone();
        Printed::parse(&value).map_err(|e| e.to_string())?;
        // "40.25% of the total export of services".
        if q.percent && self.word(q.to) == "of" {
            let mut k = q.to + 1;
            while matches!(self.word(k), "the" | "total" | "overall" | "all" | "country's" | "its" | "their")
            {
                k += 1;
            }
            let phrase_end = (k..next.min(k + 6))
                .find(|i| matches!(self.word(*i), "," | "." | "in" | "and" | "("))
                .unwrap_or(next.min(k + 6));
            let whole = self.name_in(k, phrase_end.max(k)).ok_or("what it is a share of is not named")?;
            let fields = claim(
                "share",
                &[("of", &item(concept, span, "")), ("base", &item(&whole, span, "")), ("value", &value)],
            );
            self.push(true, fields, q, place, stated);
            return Ok(());
        }
        if q.percent && self.annualised(from, to) {
            return Err("it is at an annual rate".into());
        }
        if self.turned(q) {
            return self.earlier_rate(q, place, concept);
        }
        let base = self.base(q, place)?;
        let of = nature(concept);
        let sign = self.direction(q, place, of, true)?;
        let lead = self.led_by(q, from);
        let grows = self.grows(q, before.max(from));
        if q.percent && matches!(self.word(lead), "to" | "at") && !grows && !q.signed {
            return Err("it may be a level in per cent".into());
        }
        if q.percent && of == Nature::Rate {
            return Err("a rate in per cent by itself is no growth of it".into());
        }
        let minus = value.starts_with('-');
        if sign.is_none() && !q.signed {
            return Err("no word says whether it rose or fell".into());
        }
        // "fell by -3%"; "growth of -3%" is one fall.
        if minus && sign.is_some() && !(sign == Some(1) && grows && self.word(lead) != "by") {
            return Err("a word and a minus both say which way it went".into());
        }
        let signed = if sign == Some(-1) && !minus { format!("-{value}") } else { value };
        let earlier = base.before(span)?;
        let (kind, fields) = match q.points {
            Some(scale) => {
                ("percentage_points", vec![("scale", scale.to_string()), ("measure", "rate".to_string())])
            }
            None => ("growth", vec![]),
        };
        let mut fields = fields;
        if let Some(approx) = q.approx {
            fields.push(("approx", approx.to_string()));
        }
        let (of, base) = (item(concept, span, ""), item(concept, earlier, ""));
        let mut all: Vec<(&str, &str)> = vec![("of", &of), ("base", &base), ("value", &signed)];
        all.extend(fields.iter().map(|(k, v)| (*k, v.as_str())));
        let map = claim(kind, &all);
        self.push(true, map, q, place, stated);
        Ok(())
    }

    /// The rate of an earlier period: "up from 2.0% in March", with the comparison that the first one has.
    fn earlier_rate(&mut self, q: &Quantity, place: Place, concept: &str) -> Result<(), String> {
        let (from, to, _, next) = place;
        let span = self.own_period(q, next).filter(|p| !p.same).and_then(|p| p.span);
        let span = span.ok_or("the period it belongs to is not said")?;
        let bases = self.bases(from, q.from);
        let base = match bases.as_slice() {
            [(_, base @ Base::Months(_))] if q.points.is_none() => base.before(span)?,
            _ => return Err("what it is compared with is not said".into()),
        };
        // "Fell 3.1%, compared with 2.0% in March": a fall too, or not; "up from" says only which one is greater.
        let falls =
            (from..q.from).any(|i| among(DOWN, self.word(i)) && !matches!(self.word(i + 1), "from" | "than"));
        if falls || (q.to..next.min(q.to + 3)).any(|i| among(MOVES, self.word(i))) {
            return Err("no word says whether it rose or fell".into());
        }
        let (of, base) = (item(concept, span, ""), item(concept, base, ""));
        let map = claim("growth", &[("of", &of), ("base", &base), ("value", &q.text)]);
        self.push(true, map, q, (from, to, from, next), true);
        Ok(())
    }

    /// "at a seasonally adjusted annual rate".
    pub(super) fn annual_rate(&self, from: usize, to: usize) -> bool {
        (from..to).any(|i| self.says(i, &["adjusted", "annual", "rate"]).is_some() || self.word(i) == "saar")
    }

    /// At any annual rate.
    pub(super) fn annualised(&self, from: usize, to: usize) -> bool {
        let rate = |i: usize| self.says(i, &["annual", "rate"]).is_some();
        (from..to).any(|i| rate(i) || matches!(self.word(i), "saar" | "annualised" | "annualized"))
    }
}
