//! What is said without a number of its own: records, streaks, multiples in words.

use super::clause::{Reader, claim, item};
use super::lex::Kind;
use super::quantity::Quantity;
use super::signs::nature;
use crate::audit::item::Span;

impl Reader<'_> {
    /// Records, streaks and multiples in words.
    pub(super) fn remarks(&mut self, from: usize, to: usize, last: Option<&(String, Span)>) {
        for i in from..to {
            let place = Quantity::none(i, i + 1);
            let spoken = matches!(
                self.word(i),
                "highest" | "lowest" | "record" | "unprecedented" | "first" | "all" | "historic"
            ) || self.fold(i).is_some()
                || self.tokens.get(i).is_some_and(|t| t.kind == Kind::Ordinal);
            // A record that could be about something else is not drafted.
            let Some(concept) = spoken.then(|| self.owner(&place, from, to, to).ok()).flatten() else {
                continue;
            };
            let figure = last.as_ref().filter(|(name, _)| *name == concept).map(|(_, span)| *span);
            let Some(span) =
                figure.or_else(|| self.period(&place, (from, to, from, to)).ok().map(|(s, _)| s))
            else {
                continue;
            };
            let of = item(&concept, span, "");
            let sense = match self.word(i) {
                "highest" => Some("highest_since"),
                "lowest" => Some("lowest_since"),
                _ => None,
            };
            let since = self
                .periods_in(i, to)
                .iter()
                .find(|p| p.from > i && p.to <= to && p.from < i + 8 && self.back(p.from, 1) == "since")
                .and_then(|p| p.span);
            if let (Some(kind), Some(since)) = (sense, since) {
                let map = claim(kind, &[("of", &of), ("since", &since.label())]);
                self.push(true, map, &place, (from, to, from, to), true);
                continue;
            }
            let streak = self.tokens.get(i).is_some_and(|t| t.kind == Kind::Ordinal)
                && ((i..to.min(i + 4))
                    .any(|k| matches!(self.word(k), "consecutive" | "straight" | "successive"))
                    || (i..to.min(i + 3)).any(|k| self.says(k, &["in", "a", "row"]).is_some()));
            if streak {
                let n: String = self.word(i).chars().take_while(char::is_ascii_digit).collect();
                let down =
                    self.direction(&place, (from, to, from, to), nature(&concept), true) == Ok(Some(-1));
                let sense = if down { "low" } else { "high" };
                let map = claim("streak", &[("of", &of), ("value", &n), ("sense", sense)]);
                self.push(true, map, &place, (from, to, from, to), true);
                self.mark(i);
                continue;
            }
            let base = self.base(&place, (from, to, from, to)).and_then(|b| b.before(span)).ok();
            if let (Some(n), Some(base)) = (self.fold(i), base) {
                let map = claim(
                    "multiple",
                    &[("of", &of), ("base", &item(&concept, base, "")), ("value", n), ("approx", "word")],
                );
                self.push(true, map, &place, (from, to, from, to), true);
            }
            let high = self.says(i, &["all", "time", "high"]).or_else(|| self.says(i, &["historic", "high"]));
            let record = figure.is_some()
                && (matches!(self.word(i), "record" | "unprecedented")
                    || high.or_else(|| self.says(i, &["highest", "ever"])).is_some())
                || (self.word(i) == "first" && (i..to.min(i + 5)).any(|k| self.word(k) == "history"));
            if record {
                let map = claim("record", &[("of", &of), ("among", &concept)]);
                self.push(true, map, &place, (from, to, from, to), true);
            }
        }
    }

    /// A multiple in words.
    fn fold(&self, i: usize) -> Option<&'static str> {
        match self.word(i) {
            "doubled" | "twofold" | "double" => Some("2"),
            "tripled" | "threefold" => Some("3"),
            "quadrupled" | "fourfold" => Some("4"),
            "fivefold" => Some("5"),
            "tenfold" => Some("10"),
            _ => None,
        }
    }
}
