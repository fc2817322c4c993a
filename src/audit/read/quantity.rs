//! Numbers with their units, and the names of what they measure.

use super::clause::Reader;
use super::lex::{Kind, Money, Token};
use super::vocabulary::{ABOUT, HEADS, NEARLY, OVER, among};
use crate::number::printed::Printed;
use crate::number::rational::Rational;
use crate::number::scale::{in_prose as scale, pair_in_prose as scales};

/// A number with its unit, as found in the text.
#[derive(Debug, Clone)]
pub(super) struct Quantity {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) text: String,
    pub(super) scale: &'static str,
    pub(super) unit: Option<&'static str>,
    pub(super) percent: bool,
    pub(super) points: Option<&'static str>,
    pub(super) approx: Option<&'static str>,
    /// A plus or a minus is printed before it.
    pub(super) signed: bool,
    /// Why the number itself is not certain.
    pub(super) doubt: Option<&'static str>,
}

impl Quantity {
    /// A place in the text without a number.
    pub(super) fn none(from: usize, to: usize) -> Self {
        Self {
            from,
            to,
            text: String::new(),
            scale: "one",
            unit: None,
            percent: false,
            points: None,
            approx: None,
            signed: false,
            doubt: None,
        }
    }

    /// Takes what is said of its currency.
    fn settle(&mut self, money: Money) {
        match money {
            Money::Code(code) => self.unit = Some(code),
            Money::Unsaid => self.doubt = self.doubt.or(Some(CURRENCY)),
            Money::No => {}
        }
    }

    /// An amount without a currency.
    fn counts(&self) -> bool {
        self.unit.is_none() && !self.percent && self.points.is_none()
    }

    /// Only digits: neither a unit nor a scale.
    pub(super) fn bare(&self) -> bool {
        self.unit.is_none() && !self.percent && self.points.is_none() && self.scale == "one"
    }
}

/// What is counted or weighed, where it is not money.
const UNITS: [&str; 22] = [
    "tonnes",
    "tons",
    "barrels",
    "bales",
    "kilograms",
    "kilogrammes",
    "kg",
    "litres",
    "liters",
    "gallons",
    "kwh",
    "mwh",
    "gwh",
    "units",
    "persons",
    "people",
    "passengers",
    "tourists",
    "visitors",
    "vehicles",
    "households",
    "teu",
];

const RANGE: &str = "one end of a range";
const CURRENCY: &str = "its currency could be one of several";
const SCALE: &str = "its scale is not certain";
const DASH: &str = "the dash before it could be a minus";

impl Reader<'_> {
    /// Numbers with a unit.
    pub(super) fn quantities(&self, from: usize, to: usize) -> Vec<Quantity> {
        let mut out: Vec<Quantity> = Vec::new();
        let mut i = from;
        while i < to {
            let free = self.used.get(i) == Some(&false);
            match self.tokens.get(i) {
                Some(t) if t.kind == Kind::Number && free => {
                    let q = self.quantity(i, from, to);
                    i = q.to.max(i + 1);
                    out.push(q);
                }
                _ => i += 1,
            }
        }
        for n in 1..out.len() {
            let (Some(a), Some(b)) = (out.get(n - 1), out.get(n)) else { break };
            if self.is_range(a, b) {
                for q in out.iter_mut().skip(n - 1).take(2) {
                    q.doubt = q.doubt.or(Some(RANGE));
                }
            }
        }
        out
    }

    /// Two numbers that are the ends of a range: "5–6 per cent", "$310-$320 million", "between 5 and 6 per cent".
    fn is_range(&self, a: &Quantity, b: &Quantity) -> bool {
        let between: Vec<&str> = (a.to..b.from).map(|i| self.word(i)).collect();
        let words: Vec<&str> = between.iter().copied().filter(|w| !is_dash(w)).collect();
        // A dash between an amount and a rate parts two clauses.
        if a.percent != b.percent && !a.bare() {
            return false;
        }
        let joined = match words.as_slice() {
            [] => return !between.is_empty() || b.text.starts_with('-'),
            ["to" | "and" | "or"] => words.first().copied().unwrap_or_default(),
            _ => return false,
        };
        a.bare() || (joined != "to" && self.back(a.from, 1) == "between")
    }

    pub(super) fn quantity(&self, at: usize, from: usize, to: usize) -> Quantity {
        let token = self.tokens.get(at);
        let mut text = token.map_or_else(String::new, |t| t.text.clone());
        let mut q = Quantity::none(at, at + 1);
        let (start, money, sign) = self.sign_and_currency(at, from, &mut q.doubt);
        q.from = start;
        // Scale, second amount ("7 billion 28 million"), per cent, currency behind it.
        let mut end = at + 1;
        // "310-million".
        if self.word(end) == "-" && scale(self.word(end + 1)).is_some() && !self.spaced(end + 1) {
            end += 1;
        }
        if let Some((name, power)) = scale(self.word(end))
            && end < to
        {
            q.scale = name;
            end += 1;
            if let Some((name, _)) = scales(self.word(end - 1), self.word(end)) {
                q.scale = name;
                end += 1;
            } else if let Some(second) = self.tokens.get(end).filter(|t| t.kind == Kind::Number && end < to)
                && let Some((low_name, low)) = scale(self.word(end + 1))
                && low < power
                && let (Ok(a), Ok(b)) = (Printed::parse(&text), Printed::parse(&second.text))
            {
                let sum = &(&a.value() * &Rational::power_of_ten(power - low)) + &b.value();
                text = sum.to_decimal(b.decimals);
                q.scale = low_name;
                end += 2;
            }
        }
        if self.word(end) == "%" {
            q.percent = true;
            end += 1;
        } else if let Some(e) = ["percent", "pc"]
            .iter()
            .find_map(|w| self.says(end, &[w]))
            .or_else(|| self.says(end, &["per", "cent"]))
        {
            q.percent = true;
            end = e;
        }
        for (words, scale) in [
            (&["percentage", "points"][..], "percentage point"),
            (&["percentage", "point"], "percentage point"),
            (&["points"], "percentage point"),
            (&["pp"], "percentage point"),
            (&["pps"], "percentage point"),
            (&["ppt"], "percentage point"),
            (&["ppts"], "percentage point"),
            (&["basis", "points"], "basis point"),
            (&["bps"], "basis point"),
            (&["bp"], "basis point"),
        ] {
            if let Some(e) = self.says(end, words)
                && (words.len() > 1 || q.percent || words != ["points"])
            {
                (q.points, q.percent, end) = (Some(scale), false, e);
            }
        }
        let behind = self.money(end);
        if behind != Money::No && end < to && !q.percent && q.points.is_none() {
            q.settle(if money == Money::No { behind } else { money });
            end += 1;
        } else if self.word(end) == "us" && self.money(end + 1) != Money::No {
            q.settle(if money == Money::No { Money::Code("USD") } else { money });
            end += 2;
        } else {
            q.settle(money);
        }
        // "25.5 million tonnes": not money, whatever the release counts in.
        if let Some(unit) = UNITS.iter().find(|u| **u == self.word(end)).filter(|_| end < to && q.counts()) {
            q.unit = Some(unit);
            end += 1;
        }
        // "3.2€bn", "(5.1)%", "5.1 points".
        let left = self.word(end);
        if scale(left).is_some() && end < to && !q.percent && q.points.is_none() {
            q.doubt = q.doubt.or(Some(SCALE));
        } else if left == ")"
            && self.back(q.from, 1) == "("
            && (matches!(self.word(end + 1), "%" | "percent")
                || self.says(end + 1, &["per", "cent"]).is_some()
                || scale(self.word(end + 1)).is_some())
        {
            q.doubt = q.doubt.or(Some("a number in brackets could be a negative one"));
        } else if matches!(left, "point" | "points") {
            q.doubt = q.doubt.or(Some("points of what is not said"));
        }
        q.to = end.min(to).max(at + 1);
        q.signed = (q.from..at).any(|i| is_dash(self.word(i)) || self.word(i) == "+");
        q.text = format!("{sign}{text}");
        q.approx = self.approximation(q.from);
        q
    }

    /// The sign and the currency before a number: where they begin, and what they are.
    fn sign_and_currency(
        &self,
        at: usize,
        from: usize,
        doubt: &mut Option<&'static str>,
    ) -> (usize, Money, &'static str) {
        let (mut k, mut unit, mut sign) = (at, Money::No, "");
        for _ in 0..3 {
            let before = k.checked_sub(1).filter(|b| *b >= from);
            let Some(b) = before else { break };
            let w = self.word(b);
            let tight = !self.spaced(k);
            if self.money(b) != Money::No {
                unit = self.money(b);
                k = b;
            } else if w == "."
                && b.checked_sub(1).is_some_and(|c| self.money(c) != Money::No)
                && !tight_sentence(self.tokens, b)
            {
                unit = self.money(b - 1);
                k = b - 1;
            } else if w == "−" && (tight || self.spaced(b)) && self.sign_at(b, from)
                || matches!(w, "-" | "–") && tight && self.sign_at(b, from)
            {
                sign = "-";
                k = b;
            } else if w == "+" && tight {
                k = b;
            } else if w == ")"
                && b >= from + 2
                && self.word(b - 2) == "("
                && matches!(self.word(b - 1), "-" | "–" | "−" | "+")
            {
                // "a growth of (-) 5.1 per cent".
                sign = if self.word(b - 1) == "+" { "" } else { "-" };
                k = b - 2;
            } else {
                // "was - 5.1%", "was —5.1%".
                let loose = is_dash(w) && (!tight || w == "—" && self.spaced(b));
                let linked = matches!(
                    self.back(b, 1),
                    "was"
                        | "were"
                        | "is"
                        | "are"
                        | "at"
                        | "of"
                        | "by"
                        | "to"
                        | "from"
                        | "stood"
                        | "reached"
                        | "("
                        | ":"
                );
                if loose && (linked || w == "—" && tight) {
                    *doubt = Some(DASH);
                }
                break;
            }
        }
        (k, unit, sign)
    }

    /// The word before a number that makes it a bound or a note.
    fn approximation(&self, at: usize) -> Option<&'static str> {
        for b in 1..=3 {
            let w = self.back(at, b);
            if among(HEADS, w) || matches!(w, "," | "." | "(" | ")") {
                break;
            }
            let over = OVER.contains(&w)
                && (w != "than" || matches!(self.back(at, b + 1), "more" | "greater" | "higher"));
            let over = over && !(w == "over" && b > 1) && (w != "least" || self.back(at, b + 1) == "at");
            let under = w == "than" && matches!(self.back(at, b + 1), "less" | "fewer")
                || w == "most" && self.back(at, b + 1) == "at"
                || w == "to" && self.back(at, b + 1) == "up";
            let found = if under {
                Some("nearly")
            } else if over {
                Some("over")
            } else if NEARLY.contains(&w) {
                Some("nearly")
            } else if ABOUT.contains(&w) {
                Some("about")
            } else {
                None
            };
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// A minus is a sign where no word or number stands tightly before it, except a currency.
    pub(super) fn sign_at(&self, dash: usize, from: usize) -> bool {
        let tight = self.tokens.get(dash).is_some_and(|t| !t.spaced);
        let before = dash.checked_sub(1).filter(|b| *b >= from).map_or("", |b| self.word(b));
        !tight
            || dash.checked_sub(1).is_some_and(|b| self.money(b) != Money::No)
            || matches!(before, "(" | "" | ":" | "+")
    }
}

/// A hyphen, a minus or a dash.
fn is_dash(word: &str) -> bool {
    matches!(word, "-" | "–" | "−" | "—")
}

/// A full stop that ends a sentence, not an abbreviation such as "Rs.".
fn tight_sentence(tokens: &[Token], stop: usize) -> bool {
    tokens.get(stop).is_some_and(|t| t.spaced)
}
