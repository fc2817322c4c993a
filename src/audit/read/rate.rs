//! Percentages and points as claims: growth, shares, changes in points.

use super::clause::{Reader, back, claim, item};
use super::context::Base;
use super::quantity::Quantity;
use crate::number::printed::Printed;

impl Reader<'_> {
    /// A percentage or a number of points.
    pub(super) fn rate(
        &mut self,
        q: &Quantity,
        place: (usize, usize, usize, usize),
        concept: &str,
    ) -> Result<(), String> {
        let (from, to, before, next) = place;
        let (span, stated) = self.period(q, place).ok_or("no period is named")?;
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
        let tail = self.bases(q.to, next);
        let lead = self.bases(before, q.from);
        let base = tail.first().or(lead.last()).map(|(_, b)| *b);
        let base = base.or_else(|| self.bases(from, to).first().map(|(_, b)| *b));
        let Some(base) = base else { return Err("what it is compared with is not said".into()) };
        let sign = self.direction(q, place);
        if sign.is_none() && q.points.is_none() && !value.starts_with('-') && !matches!(base, Base::Months(_))
        {
            return Err("no word says whether it rose or fell".into());
        }
        let signed = match (sign, value.strip_prefix('-')) {
            (Some(-1), None) => format!("-{value}"),
            _ => value,
        };
        let earlier = back(span, base);
        let (kind, mut fields) = match q.points {
            Some(scale) => {
                ("percentage_points", vec![("scale", scale.to_string()), ("measure", "rate".to_string())])
            }
            None => ("growth", vec![]),
        };
        if q.points.is_none() && self.annual_rate(from, to) {
            fields.push(("adjustment", "saar".into()));
        }
        let (of, base) = (item(concept, span, ""), item(concept, earlier, ""));
        let mut all: Vec<(&str, &str)> = vec![("of", &of), ("base", &base), ("value", &signed)];
        all.extend(fields.iter().map(|(k, v)| (*k, v.as_str())));
        let map = claim(kind, &all);
        self.push(true, map, q, place, stated);
        Ok(())
    }

    /// "at a seasonally adjusted annual rate".
    pub(super) fn annual_rate(&self, from: usize, to: usize) -> bool {
        (from..to).any(|i| self.says(i, &["adjusted", "annual", "rate"]).is_some() || self.word(i) == "saar")
    }
}
