//! Prose as tokens: words, numbers with every printed digit, and marks. What they mean is decided by the reader.

use crate::number::currency::codes;
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
    /// In lower case.
    pub lower: String,
    /// White space stands before it.
    pub spaced: bool,
    /// An empty line stands before it.
    pub paragraph: bool,
}

/// The currency words and signs that are looked for in prose; what they mean is in `number::currency`.
const CURRENCIES: [&str; 34] = [
    "us$", "usd", "$", "dollars", "dollar", "eur", "€", "euro", "euros", "gbp", "£", "pounds", "rs", "inr",
    "₹", "rupees", "pkr", "ksh", "kes", "kshs", "egp", "yuan", "cny", "rmb", "yen", "jpy", "¥", "taka", "tk",
    "bdt", "naira", "ngn", "chf", "aud",
];

/// The code of a currency word or sign.
#[must_use]
pub fn currency(word: &str) -> Option<&'static str> {
    let word = CURRENCIES.iter().find(|w| **w == word)?;
    codes(word).and_then(|codes| codes.first().copied())
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
                word if scale(word).is_some() => Kind::Number,
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
            if (start..at).map(get).collect::<String>().eq_ignore_ascii_case("us") && get(at) == '$' {
                at += 1;
            }
            // "EUR14.7", "Rs500": a currency glued to its number.
            let word: String = (start..at).map(get).collect();
            let letters = word.chars().take_while(|c| c.is_alphabetic()).count();
            let glued: String = word.chars().take(letters).collect::<String>().to_lowercase();
            if letters < word.chars().count() && currency(&glued).is_some() {
                at = start + letters;
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
        let lower = text.to_lowercase();
        out.push(Token { kind, start, end: at, text, lower, spaced, paragraph: breaks > 1 });
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
    let money = before.is_some_and(|t| currency(&t.lower).is_some() || t.lower == ".");
    if money || scale(&word).is_some() || get(next) == '%' { wide } else { end }
}
