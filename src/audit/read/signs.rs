//! Which way a number went: the words of rising and falling around it, and what they mean for what is measured.
//!
//! A deficit that narrows falls, a balance that improves rises; whether a deficit that "improves" is a smaller number
//! depends on how it is printed, so that it is left open, as is what only slowed down.

use super::clause::{Place, Reader};
use super::quantity::Quantity;
use super::vocabulary::{ADJECTIVES, DOWN, GROWTH, MOVES, PARTICLES, UP, among};

/// What a word says.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Sense {
    Up,
    Down,
    /// It moved, but the word alone does not say which way.
    Open,
}

const OPEN: &str = "whether it rose or fell is not certain";

/// What a quantity is, as far as the meaning of a sign depends on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Nature {
    /// A gap printed without a sign.
    Deficit,
    Surplus,
    Balance,
    /// A rate in per cent by itself.
    Rate,
    Plain,
}

/// The nature of what a name in an item measures.
pub(super) fn nature(concept: &str) -> Nature {
    let words: Vec<&str> = concept.split('_').collect();
    let has = |w: &str| words.contains(&w);
    if has("deficit") {
        Nature::Deficit
    } else if has("surplus") {
        Nature::Surplus
    } else if has("balance") {
        Nature::Balance
    } else if has("inflation") {
        Nature::Rate
    } else {
        Nature::Plain
    }
}

impl Reader<'_> {
    /// What a word says of a quantity.
    fn sense(&self, i: usize, of: Nature, rate: bool) -> Option<Sense> {
        let w = self.word(i);
        let gap = matches!(of, Nature::Deficit | Nature::Surplus);
        let sense = match w {
            "narrowed" | "narrowing" | "narrows" | "narrower" if gap => Sense::Down,
            "widened" | "widening" | "widens" | "wider" if gap => Sense::Up,
            "improved" | "improving" | "improves" | "improvement" => match of {
                Nature::Plain => Sense::Up,
                Nature::Balance if !rate => Sense::Up,
                _ => Sense::Open,
            },
            "worsened" | "worsening" | "deteriorated" | "deteriorating" | "deterioration"
                if of == Nature::Balance && !rate =>
            {
                Sense::Down
            }
            "narrowed" | "narrowing" | "narrows" | "widened" | "widening" | "widens" | "worsened"
            | "worsening" | "deteriorated" | "deteriorating" | "deterioration" | "strengthened"
            | "weakened" | "slowed" | "slowing" | "slowdown" | "eased" | "easing" | "moderated"
            | "moderating" | "cooled" | "accelerated" | "accelerating" | "quickened" | "changed"
            | "swung" | "reversed" | "fluctuated" => Sense::Open,
            // "A negative growth of" falls.
            "growth" if self.back(i, 1) == "negative" => Sense::Down,
            // "More than 5%" and "up to 5%" are bounds.
            "more" | "less" | "higher" | "lower" | "fewer" | "greater" if self.word(i + 1) == "than" => {
                return None;
            }
            "up" | "down" if matches!(self.word(i + 1), "to" | "from") => return None,
            _ if among(ADJECTIVES, w) && w != "negative" && self.names(i + 1) => return None,
            _ if among(DOWN, w) => Sense::Down,
            _ if among(UP, w) => Sense::Up,
            _ => return None,
        };
        let denied = (1..=3).any(|b| {
            matches!(
                self.back(i, b),
                "not" | "without" | "never" | "failed" | "didn't" | "didn’t" | "neither" | "unlikely"
            )
        });
        Some(if denied { Sense::Open } else { sense })
    }

    /// The sign that the words around a number give it; an error where they leave it open.
    pub(super) fn direction(
        &self,
        q: &Quantity,
        (from, _, before, next): Place,
        of: Nature,
        rate: bool,
    ) -> Result<Option<i8>, String> {
        let names = self.names_in(before.max(from), q.from);
        let start = names.iter().rev().find(|n| self.subject(n, from)).map_or(before.max(from), |n| n.to);
        let sign = |s: Sense| match s {
            Sense::Up => Ok(Some(1)),
            Sense::Down => Ok(Some(-1)),
            Sense::Open => Err(OPEN.to_string()),
        };
        // "Changed by -5.1%": the number's own sign says what the word leaves open.
        let said = |s: &Sense| !(q.signed && *s == Sense::Open);
        let lead: Vec<Sense> = (start..q.from).filter_map(|i| self.sense(i, of, rate)).filter(said).collect();
        if let Some(first) = lead.first() {
            return if lead.iter().all(|s| s == first) { sign(*first) } else { Err(OPEN.into()) };
        }
        // "5.1% lower", "a 12.4% year-on-year growth", but not "5.1% on higher prices".
        let stops = |i: &usize| {
            let relation =
                self.word(*i) == "on" && matches!(self.back(*i, 1), "-" | "year" | "month" | "quarter");
            self.parts(*i) || among(PARTICLES, self.word(*i)) && !relation
        };
        let far = next.min(q.to + 8);
        let near = (q.to..far).find(stops).unwrap_or(far).max(q.to + usize::from(q.to < next));
        let tail = (q.to..near).find_map(|i| match self.word(i) {
            "below" | "lower" | "less" | "fewer" | "short" => Some(Sense::Down),
            "above" | "higher" | "more" | "greater" => Some(Sense::Up),
            _ => self.sense(i, of, rate),
        });
        if let Some(tail) = tail {
            return sign(tail);
        }
        // A number with its own sign needs no word from further away.
        if q.signed {
            return Ok(None);
        }
        // "The decline in exports was 5.1%"; "exports fell 5.1%, imports 2.0%".
        let noun = (from..start).rev().find(|i| {
            among(MOVES, self.word(*i)) && matches!(self.word(i + 1), "in" | "of") && *i + 8 >= start
        });
        let gap = (start..q.from).all(|i| self.fills(i));
        let wide = noun.or_else(|| {
            gap.then(|| (from..start).rev().find(|i| self.sense(*i, of, rate).is_some())).flatten()
        });
        wide.and_then(|i| self.sense(i, of, rate)).map_or(Ok(None), sign)
    }

    /// What may stand between a subject and the number of a verb that is not said again.
    fn fills(&self, i: usize) -> bool {
        self.used.get(i) == Some(&true)
            || !self.word(i).chars().any(char::is_alphabetic)
            || matches!(
                self.word(i),
                "by" | "about"
                    | "around"
                    | "nearly"
                    | "almost"
                    | "over"
                    | "some"
                    | "and"
                    | "or"
                    | "to"
                    | "from"
                    | "a"
                    | "an"
                    | "the"
                    | "in"
                    | "only"
                    | "just"
                    | "more"
                    | "than"
                    | "year"
                    | "on"
                    | "month"
                    | "y"
                    | "m"
                    | "yoy"
                    | "mom"
                    | "earlier"
                    | "ago"
                    | "basis"
            )
    }

    /// Whether a word of growth stands between what grew and the number: such a rate may be "at" or "to" a number.
    pub(super) fn grows(&self, q: &Quantity, from: usize) -> bool {
        (from..q.from).any(|i| among(GROWTH, self.word(i)))
    }

    /// The word right before a number, approximations passed over.
    pub(super) fn led_by(&self, q: &Quantity, from: usize) -> usize {
        let mut k = q.from;
        while let Some(p) = k.checked_sub(1).filter(|p| *p >= from) {
            let than = self.word(p) == "than"
                || matches!(self.word(p), "more" | "less" | "fewer" | "greater")
                    && self.word(p + 1) == "than";
            let about = matches!(
                self.word(p),
                "about"
                    | "around"
                    | "approximately"
                    | "roughly"
                    | "some"
                    | "nearly"
                    | "almost"
                    | "over"
                    | "a"
                    | "just"
                    | "only"
                    | "further"
                    | "another"
                    | "whopping"
                    | "massive"
            );
            k = p;
            if !than && !about {
                break;
            }
        }
        k
    }

    /// Whether only relations of time stand between a rate and a token.
    pub(super) fn after_rate(&self, i: usize, before: usize) -> bool {
        matches!(self.back(before, 1), "%" | "percent" | "cent" | "pc") && (before..i).all(|k| self.fills(k))
    }

    /// Whether a number is the size of a movement: "rose $1.2 bn", "an increase of", "up", "$1.2 bn more than".
    pub(super) fn is_movement(&self, q: &Quantity, (from, _, before, _): Place, of: Nature) -> bool {
        let k = self.led_by(q, from);
        let w = self.word(k);
        let behind = self.word(q.to);
        // "rose 62.3%, or $119 million".
        let percent = self.after_rate(k, before);
        w == "by"
            || w == "or" && percent
            || w == "of" && among(MOVES, self.back(k, 1))
            || k < q.from && self.sense(k, of, false).is_some() && w != "negative"
            || among(MOVES, behind)
            || matches!(behind, "more" | "higher" | "lower" | "less" | "fewer" | "above" | "below")
    }
}
