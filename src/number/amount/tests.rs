//! Amounts as people write them, exact arithmetic, and what is refused.

use super::{Amount, Format, Grouping, Reading, Style};
use crate::number::printed::DecimalMark;

fn read(text: &str) -> Amount {
    Amount::read(text, Reading::default()).unwrap()
}

fn refused(text: &str) -> String {
    Amount::read(text, Reading::default()).unwrap_err().to_string()
}

#[test]
fn amounts_are_read_as_they_are_written() {
    for (text, value, decimals, scale, currency) in [
        ("US$ 2.593 billion", "2593000000", 3, "billion", "USD"),
        ("Rs 1.78 lakh crore", "1780000000000", 2, "lakh crore", "INR"),
        ("€ 1 741.9 mn", "1741900000", 1, "million", "EUR"),
        ("21,50,325.03", "2150325.03", 2, "one", ""),
        ("(12.5)", "-12.5", 1, "one", ""),
        ("-€9.4 bn", "-9400000000", 1, "billion", "EUR"),
        ("EUR-9.4 bn", "-9400000000", 1, "billion", "EUR"),
        ("EUR \u{2212}9.4 bn", "-9400000000", 1, "billion", "EUR"),
        ("EUR \u{2013}9.4 bn", "-9400000000", 1, "billion", "EUR"),
        ("($9.4bn)", "-9400000000", 1, "billion", "USD"),
        ("$(9.4)bn", "-9400000000", 1, "billion", "USD"),
        ("1\u{202f}741.9", "1741.9", 1, "one", ""),
        ("CHF 1'234.50", "1234.50", 2, "one", "CHF"),
        ("$310m", "310000000", 0, "million", "USD"),
        ("R12.5 million", "12500000", 1, "million", "ZAR"),
        ("12.5 rand", "12.5", 1, "one", "ZAR"),
        ("Rs. 500/-", "500", 0, "one", "INR"),
        ("Rs.500", "500", 0, "one", "INR"),
        ("1.5 trn", "1500000000000", 1, "trillion", ""),
        ("U.S.$ 5", "5", 0, "one", "USD"),
        ("5 US dollars", "5", 0, "one", "USD"),
        ("CAD $5", "5", 0, "one", "CAD"),
        ("12,5 Mrd. €", "12500000000", 1, "billion", "EUR"),
        ("310 M€", "310000000", 0, "million", "EUR"),
        ("MEUR 310", "310000000", 0, "million", "EUR"),
        ("EURbn 9.4", "9400000000", 1, "billion", "EUR"),
        ("1.234,5", "1234.5", 1, "one", ""),
        ("1,234 million", "1234000000", 0, "million", ""),
        ("Rs 1,234 crore", "12340000000", 0, "crore", "INR"),
        ("0,234", "0.234", 3, "one", ""),
        ("US $ 12,5 million", "12500000", 1, "million", "USD"),
    ] {
        let a = read(text);
        assert_eq!(a.value().to_string(), value, "{text}");
        assert_eq!((a.decimals(), a.scale().name.as_str()), (decimals, scale), "{text}");
        assert_eq!(a.currency().unwrap_or_default(), currency, "{text}");
    }
}

#[test]
fn two_readings_are_an_error_that_shows_both() {
    for (text, point, comma) in [("$1,234", "$1234", "$1.234"), ("€ 1.234 m", "€ 1.234 m", "€ 1234 m")]
    {
        let said = refused(text);
        assert!(said.contains(&format!("as {point} (")) && said.contains(&format!("as {comma} (")), "{said}");
        let given = Reading { decimal: Some(DecimalMark::Comma), ..Reading::default() };
        assert!(Amount::read(text, given).is_ok());
    }
}

#[test]
fn what_is_not_understood_is_refused() {
    for (text, why) in [
        ("", "no digits"),
        ("nan", "no digits"),
        ("1.2.3", "two decimal points"),
        ("5 zillion", "\"zillion\" is neither"),
        ("1e5", "exponent"),
        ("7 billion 28 million", "more than one number"),
        ("5 million billion", "two scale words"),
        ("$5 EUR", "two currencies, USD and EUR"),
        ("5 per head", "\"per\" is neither"),
        ("5 per cent", "per cent"),
        ("5-", "sign stands behind"),
        (")5(", "do not match"),
        ("--5", "two signs"),
        ("(-5)", "two signs"),
        ("(5", "do not match"),
        ("5.", "missing after the decimal point"),
        ("$.5", "missing before the decimal point"),
        ("5 %", "per cent"),
        ("12.5r", "marks a revised figure"),
        ("5 R million", "marks a revised figure"),
        ("5 kr", "SEK, NOK, DKK, ISK"),
        ("\u{0663}", "digits 0 to 9"),
        ("12345678901234567890123456789", "28 digits"),
        ("12345678901234567890 billion", "28 digits"),
        ("1,74,5", "wrong length"),
        ("5 pct", "per cent"),
    ] {
        let said = refused(text);
        assert!(said.contains(why), "{text}: {said}");
    }
}

#[test]
fn arithmetic_is_exact_and_keeps_the_precision() {
    let (a, b) = (read("US$ 2.593 billion"), read("US$ 310 million"));
    let sum = a.plus(&b).unwrap();
    assert_eq!(sum.to_string(), "USD 2.903 billion");
    assert_eq!(sum.width().to_string(), "2000000");
    let (low, high) = a.bounds().unwrap();
    assert_eq!((low.to_string(), high.to_string()), ("2592500000".into(), "2593500000".into()));
    assert_eq!(b.times(1, 4).unwrap().to_string(), "USD 77.5 million");
    assert!(b.times(1, 3).unwrap_err().to_string().contains("no finite decimal"));
    assert_eq!(b.divided(3, 1, 2).unwrap().to_string(), "USD 103.33 million");
    assert!(b.divided(3, 1, 2).unwrap().width().to_string().starts_with("343333.33"));
    assert!(a.plus(&read("€ 1")).unwrap_err().to_string().contains("one is in USD, the other in EUR"));
    assert_eq!(read("$5").negated().to_string(), "USD -5");
}

#[test]
fn amounts_are_written_in_any_scale() {
    let a = read("Rs 1.78 lakh crore");
    let with = |f: Format<'_>| a.format(&f).unwrap();
    let plain = Format::default();
    assert_eq!(with(Format { scale: Some("billion"), ..plain.clone() }), "INR 1,780 billion");
    assert_eq!(
        with(Format { scale: Some("one"), grouping: Grouping::Indian, style: Style::Sign, ..plain.clone() }),
        "₹17,80,00,00,00,000"
    );
    assert_eq!(with(Format { decimals: Some(1), style: Style::None, ..plain.clone() }), "1.8 lakh crore");
    assert_eq!(with(Format { scale: Some("Mrd"), decimal: ',', separator: '.', ..plain }), "INR 1.780 Mrd");
    let loss = Format { parentheses: true, ..Format::default() };
    assert_eq!(read("-€9.4 bn").format(&loss).unwrap(), "(EUR 9.4 billion)");
}

#[test]
fn serde_carries_an_amount() {
    let a = read("US$ 2.590 billion");
    let back: Amount = serde_json::from_str(&serde_json::to_string(&a).unwrap()).unwrap();
    assert_eq!((back.to_string(), back.width()), (a.to_string(), a.width()));
}
