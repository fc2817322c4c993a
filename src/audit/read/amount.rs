//! Amounts as figures, or as the size of a change.

use super::clause::{Place, Reader, item};
use super::quantity::Quantity;
use super::signs::{Nature, nature};
use crate::audit::item::Span;
use crate::number::printed::Printed;
use serde_json::{Map, json};

const SIGN: &str = "whether it is a deficit or a surplus is not certain";

/// Whether a quantity is counted, so that its numbers need no unit.
fn counted(concept: &str) -> bool {
    concept.split('_').any(|w| {
        matches!(
            w,
            "jobs"
                | "payrolls"
                | "employment"
                | "unemployment"
                | "workers"
                | "arrivals"
                | "output"
                | "production"
                | "sales"
                | "shipments"
                | "orders"
        )
    })
}

impl Reader<'_> {
    /// An amount: a figure, or the size of a change.
    pub(super) fn amount(
        &mut self,
        q: &Quantity,
        place: Place,
        concept: &str,
        last: &mut Option<(String, Span)>,
    ) -> Result<(), String> {
        let (from, to, before, next) = place;
        Printed::parse(&q.text).map_err(|e| e.to_string())?;
        if q.bare() && !concept.contains("index") && (q.text.contains('.') || !counted(concept)) {
            return Err("no unit says what it measures".into());
        }
        let (span, stated) = self.period(q, place)?;
        let lead: Vec<&str> = (1..=5).map(|b| self.back(q.from, b)).collect();
        let mut extra: Vec<(&str, String)> = vec![("scale", q.scale.to_string())];
        if let Some(unit) = q.unit {
            extra.push(("unit", unit.to_string()));
        }
        if let Some(approx) = q.approx {
            extra.push(("approx", approx.to_string()));
        }
        if self.annualised(from, to) && !self.annual_rate(from, to) {
            return Err("it is at an annual rate".into());
        }
        if self.annual_rate(from, to) {
            extra.push(("adjustment", "saar".into()));
        }
        let with = |list: &[(&str, &str)], extra: &[(&str, String)]| {
            let mut map = Map::new();
            for (k, v) in list {
                map.insert((*k).to_string(), json!(v));
            }
            for (k, v) in extra {
                map.insert((*k).to_string(), json!(v));
            }
            map
        };
        let of_nature = nature(concept);
        // "exceeded the target by", "rose by 4 million", "an increase of 4 million".
        let by = self.is_movement(q, place, of_nature);
        if by {
            let target = (before..q.from).any(|i| self.word(i) == "target");
            let over = (before..q.from).any(|i| matches!(self.word(i), "missed" | "short"));
            let of = item(concept, span, "");
            let (base, sign) = if target {
                (item(&format!("{concept}_target"), span, ""), if over { -1 } else { 1 })
            } else {
                let exceeds = |i: usize| {
                    matches!(self.word(i), "exceeded" | "exceeding" | "exceeds" | "surpassed" | "outpaced")
                };
                if (before..q.from).any(exceeds) {
                    return Err("it is the difference of two quantities".into());
                }
                let earlier = self.base(q, place)?.before(span)?;
                let sign = self.direction(q, place, of_nature, false)?;
                (item(concept, earlier, ""), sign.ok_or("no word says whether it rose or fell")?)
            };
            if q.text.starts_with('-') {
                return Err("a word and a minus both say which way it went".into());
            }
            let value = if sign < 0 { format!("-{}", q.text) } else { q.text.clone() };
            let map = with(&[("kind", "change"), ("of", &of), ("base", &base), ("value", &value)], &extra);
            self.push(true, map, q, place, stated);
            return Ok(());
        }
        // "The balance showed a deficit of $0.5 bn".
        let says = |words: &[&str]| (before..q.from).any(|i| words.contains(&self.word(i)));
        let (short, over) = (says(&["deficit", "shortfall"]), says(&["surplus"]));
        let minus = q.text.starts_with('-');
        let value = match of_nature {
            Nature::Balance if short && !minus => format!("-{}", q.text),
            Nature::Balance if short || over && minus => return Err(SIGN.into()),
            Nature::Deficit if minus || over => return Err(SIGN.into()),
            Nature::Surplus if short => return Err(SIGN.into()),
            _ => q.text.clone(),
        };
        // "fell 5.1% ($3.2 bn)".
        if lead.first() == Some(&"(") && self.after_rate(q.from, before) {
            return Err("it could be a change or a level".into());
        }
        // The same amount in another currency: "Ksh 13.7 billion (USD 137.5 million)".
        let paren = lead.first() == Some(&"(") && before + 1 >= q.from.saturating_sub(1) && before > from;
        // A figure of the base: "from 191 million", "against ...", "compared with March 2023 (270.4 bn)".
        let revised = lead.contains(&"revised");
        let base_like = self.turned(q);
        let base_span = {
            // "from $306 million in March", "against $2.1 bn in the same period of 2023", "... a year earlier".
            let tail = self.bases(q.to, next).first().and_then(|(_, b)| b.before(span).ok());
            let own = self.own_period(q, next).filter(|p| !p.same).and_then(|p| p.span);
            let step = if span.months() == 1 { 1 } else { 12 };
            own.or(tail).or(revised.then_some(Span { first: span.first - step, last: span.last - step }))
        };
        let bracket = self
            .periods_in(from, q.from)
            .iter()
            .find(|p| p.to + 1 == q.from && p.is_base && lead.first() == Some(&"("))
            .and_then(|p| p.span);
        let (at, known) = match (bracket, base_like, base_span) {
            (Some(s), ..) | (None, true, Some(s)) => (s, true),
            (None, true, None) => return Err("the period it belongs to is not said".into()),
            _ => (span, stated),
        };
        let name = match (&last, paren && bracket.is_none()) {
            (Some((name, _)), true) => name.clone(),
            _ => concept.to_string(),
        };
        let label = item(&name, at, if revised { "revised" } else { "" });
        let map = with(&[("item", &label), ("value", &value)], &extra);
        if !base_like && bracket.is_none() {
            *last = Some((name, at));
        }
        self.push(false, map, q, place, known);
        Ok(())
    }
}
