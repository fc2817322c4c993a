//! Prose as tokens: words, numbers with every printed digit, and marks. What they mean is decided by the reader.

use crate::number::currency::{code, codes};
use crate::number::scale::in_prose as scale;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters, possibly with digits (`FY24`).
    Word,
    /// A number with its grouping marks and decimal point.
    Number,
    /// "38th".
    Ordinal,
    /// Anything else, one character.
    Mark,
}

/// A token with its place, counted in characters.
#[derive(Debug, Clone)]
pub struct Token {
    /// Kind.
    pub kind: Kind,
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// As printed, with line breaks inside numbers removed.
    pub text: String,
    /// In lower case; hyphens and dashes of one meaning are written as one character.
    pub lower: String,
    /// The currency it names.
    pub money: Money,
    /// White space stands before it.
    pub spaced: bool,
    /// An empty line stands before it.
    pub paragraph: bool,
}

/// What a token says of a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Money {
    /// Nothing.
    No,
    /// A code of ISO 4217.
    Code(&'static str),
    /// A currency, but it is not said which of several.
    Unsaid,
}

/// Signs and words that several currencies share, none of them the usual one: shillings, kroner, francs.
const UNSAID: [&str; 8] = ["sh", "shs", "shilling", "shillings", "kr", "kroner", "francs", "pesos"];

/// Codes that are English words too, which a headline may print in capitals.
const WORDS_TOO: [&str; 6] = ["all", "cup", "mad", "sos", "top", "try"];

/// What glued to a number says that it is a rate.
const RATES: [&str; 8] = ["pp", "pps", "ppt", "ppts", "bp", "bps", "pc", "percent"];

/// The currency words and signs that are looked for in prose; what they mean is in `number::currency`.
const CURRENCIES: [&str; 34] = [
    "us$", "usd", "$", "dollars", "dollar", "eur", "€", "euro", "euros", "gbp", "£", "pounds", "rs", "inr",
    "₹", "rupees", "pkr", "ksh", "kes", "kshs", "egp", "yuan", "cny", "rmb", "yen", "jpy", "¥", "taka", "tk",
    "bdt", "naira", "ngn", "chf", "aud",
];

/// A token in lower case; nothing beyond the last.
#[must_use]
pub fn word(tokens: &[Token], i: usize) -> &str {
    tokens.get(i).map_or("", |t| &t.lower)
}

/// The token so many before another.
#[must_use]
pub fn before(tokens: &[Token], i: usize, by: usize) -> &str {
    i.checked_sub(by).map_or("", |k| word(tokens, k))
}

/// One past these words, if the tokens from a place are these, hyphens passed over.
#[must_use]
pub fn says(tokens: &[Token], mut i: usize, words: &[&str]) -> Option<usize> {
    for w in words {
        while matches!(word(tokens, i), "-" | "–") {
            i += 1;
        }
        if word(tokens, i) != *w {
            return None;
        }
        i += 1;
    }
    Some(i)
}

/// What a word or sign, as printed, says of a currency.
fn money(text: &str, lower: &str) -> Money {
    let first =
        |word: &str| codes(word).and_then(|codes| codes.first().copied()).map_or(Money::No, Money::Code);
    if CURRENCIES.contains(&lower) {
        return first(lower);
    }
    if UNSAID.contains(&lower) {
        return Money::Unsaid;
    }
    // "A$" and "HK$"; what "J$" is, is not known here.
    if lower.ends_with('$') {
        return codes(lower).and_then(|c| c.first().copied()).map_or(Money::Unsaid, Money::Code);
    }
    let mark = lower.chars().all(|c| !c.is_alphanumeric());
    let iso = text.len() == 3 && text.chars().all(|c| c.is_ascii_uppercase()) && !WORDS_TOO.contains(&lower);
    match code(lower) {
        Some(code) if iso => Money::Code(code),
        _ if mark => first(lower),
        _ => Money::No,
    }
}

/// A mark in the form that the reader knows: one hyphen, one minus, one short dash.
fn plain(text: &str) -> String {
    match text {
        "\u{2010}" | "\u{2011}" | "\u{fe63}" | "\u{ff0d}" => "-".into(),
        "\u{2012}" => "–".into(),
        "\u{2015}" => "—".into(),
        _ => text.to_lowercase(),
    }
}

fn space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// Splits text into tokens.
#[must_use]
pub fn lex(chars: &[char]) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut at = 0;
    let (mut spaced, mut breaks) = (true, 0);
    let get = |i: usize| chars.get(i).copied().unwrap_or('\0');
    while at < chars.len() {
        let c = get(at);
        if space(c) {
            spaced = true;
            breaks += usize::from(c == '\n');
            at += 1;
            continue;
        }
        let start = at;
        let kind = if c.is_ascii_digit() {
            at = number_end(chars, at, out.last());
            let mut suffix = at;
            while get(suffix).is_alphabetic() {
                suffix += 1;
            }
            let letters: String = (at..suffix).map(|i| get(i).to_ascii_lowercase()).collect();
            match letters.as_str() {
                "" => Kind::Number,
                "st" | "nd" | "rd" | "th" => {
                    at = suffix;
                    Kind::Ordinal
                }
                word if scale(word).is_some() || RATES.contains(&word) => Kind::Number,
                _ => {
                    while get(at).is_alphanumeric() {
                        at += 1;
                    }
                    Kind::Word
                }
            }
        } else if c.is_alphabetic() {
            while get(at).is_alphanumeric() || (matches!(get(at), '\'' | '’') && get(at + 1).is_alphabetic())
            {
                at += 1;
            }
            let word: String = (start..at).map(get).collect();
            let letters = word.chars().take_while(|c| c.is_alphabetic()).count();
            let glued: String = word.chars().take(letters).collect();
            let lower = glued.to_lowercase();
            let after_number = out.last().is_some_and(|t| t.kind == Kind::Number && t.end == start)
                && scale(&lower).is_some();
            if get(at) == '$' && letters == at - start && letters <= 3 {
                at += 1;
            } else if letters < at - start && (after_number || money(&glued, &lower) != Money::No) {
                // "EUR14.7", "Rs500": a currency glued to its number; "3.2bn1": a footnote glued to its scale.
                at = start + letters;
            } else if letters < at - start && matches!(get(at), '.' | ',') && get(at + 1).is_ascii_digit() {
                // "R3.2bn": letters that are no currency known here do not leave "2bn" behind.
                while get(at).is_alphanumeric()
                    || (matches!(get(at), '.' | ',') && get(at + 1).is_ascii_digit())
                {
                    at += 1;
                }
            }
            Kind::Word
        } else {
            at += 1;
            Kind::Mark
        };
        let raw: String = (start..at).map(get).collect();
        let text = if kind == Kind::Number && raw.contains('\n') {
            raw.chars().filter(|c| !c.is_whitespace()).collect()
        } else {
            raw
        };
        let lower = plain(&text);
        let mut money = money(&text, &lower);
        // "U.S.$3.2bn".
        if lower == "s$" && out.last().is_some_and(|t| t.lower == "." && t.end == start) {
            money = Money::Code("USD");
        }
        out.push(Token { kind, start, end: at, text, lower, money, spaced, paragraph: breaks > 1 });
        (spaced, breaks) = (false, 0);
    }
    out
}

/// Where a number that begins at a place ends, with grouping by marks, spaces, and across a line break.
fn number_end(chars: &[char], start: usize, before: Option<&Token>) -> usize {
    let get = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let digits = |from: usize| {
        let mut end = from;
        while get(end).is_ascii_digit() {
            end += 1;
        }
        end
    };
    let mut end = digits(start);
    let first = end - start;
    let mut marked = false;
    loop {
        if matches!(get(end), ',' | '.') && get(end + 1).is_ascii_digit() {
            marked = true;
            end = digits(end + 1);
            continue;
        }
        // A comma at the end of a line, and the next group on the next line.
        if get(end) == ',' && space(get(end + 1)) {
            let mut next = end + 1;
            let mut broken = false;
            while space(get(next)) {
                broken |= get(next) == '\n';
                next += 1;
            }
            let length = digits(next) - next;
            if broken && (length == 3 || (length == 2 && get(next + 2) == ',')) {
                marked = true;
                end = digits(next);
                continue;
            }
        }
        break;
    }
    if marked || first > 3 {
        return end;
    }
    // "1 741.9 bn": groups of three after single spaces, where a currency stands before or a scale behind.
    let mut wide = end;
    while space(get(wide)) && get(wide) != '\n' && digits(wide + 1) == wide + 4 {
        wide += 4;
        if get(wide) == '.' && get(wide + 1).is_ascii_digit() {
            wide = digits(wide + 1);
            break;
        }
    }
    if wide == end {
        return end;
    }
    let mut next = wide;
    while space(get(next)) {
        next += 1;
    }
    let word: String =
        (next..).map(get).take_while(|c| c.is_alphabetic()).take(12).collect::<String>().to_lowercase();
    let money = before.is_some_and(|t| t.money != Money::No || t.lower == ".");
    if money || scale(&word).is_some() || get(next) == '%' { wide } else { end }
}
