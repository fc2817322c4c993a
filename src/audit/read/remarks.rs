//! What is said without a number of its own: records, streaks, multiples in words.

use super::clause::{Reader, back, claim, item};
use super::lex::Kind;
use super::quantity::Quantity;
use super::vocabulary::{DOWN, HEADS, among};
use crate::audit::item::Span;

impl Reader<'_> {
    /// Records, streaks and multiples in words.
    pub(super) fn remarks(&mut self, from: usize, to: usize, last: Option<(String, Span)>) {
        let last_known = last.is_some();
        let subject = last.or_else(|| {
            let at = Quantity::none(to, to);
            Some((self.concept.clone()?, self.period(&at, (from, to, from, to))?.0))
        });
        let figure = last_known;
        let Some((subject, span)) = subject else { return };
        for i in from..to {
            // A verb takes the quantity just before it: "and imports doubled".
            let near =
                self.name_in(i.saturating_sub(2).max(from), i).filter(|_| among(HEADS, self.back(i, 1)));
            let concept = near.unwrap_or_else(|| subject.clone());
            let of = item(&concept, span, "");
            let place = Quantity::none(i, i + 1);
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
                let sense = if (from..to).any(|k| among(DOWN, self.word(k))) { "low" } else { "high" };
                let map = claim("streak", &[("of", &of), ("value", &n), ("sense", sense)]);
                self.push(true, map, &place, (from, to, from, to), true);
                self.mark(i);
                continue;
            }
            let fold = match self.word(i) {
                "doubled" | "twofold" | "double" => Some("2"),
                "tripled" | "threefold" => Some("3"),
                "quadrupled" | "fourfold" => Some("4"),
                "fivefold" => Some("5"),
                "tenfold" => Some("10"),
                _ => None,
            };
            let base = self.bases(from, to).first().map(|(_, b)| back(span, *b));
            if let (Some(n), Some(base)) = (fold, base) {
                let map = claim(
                    "multiple",
                    &[("of", &of), ("base", &item(&concept, base, "")), ("value", n), ("approx", "word")],
                );
                self.push(true, map, &place, (from, to, from, to), true);
            }
            let high = self.says(i, &["all", "time", "high"]).or_else(|| self.says(i, &["historic", "high"]));
            let record = figure
                && (matches!(self.word(i), "record" | "unprecedented")
                    || high.or_else(|| self.says(i, &["highest", "ever"])).is_some())
                || (self.word(i) == "first" && (i..to.min(i + 5)).any(|k| self.word(k) == "history"));
            if record {
                let map = claim("record", &[("of", &of), ("among", &concept)]);
                self.push(true, map, &place, (from, to, from, to), true);
            }
        }
    }
}
