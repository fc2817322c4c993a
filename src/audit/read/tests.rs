//! The reader on sentences: what it places, and what it leaves as a remark because it could be read in two ways.

use super::{Known, draft};

/// The entries of a text, a line each, then the numbers left over with a question mark.
fn read(text: &str) -> Vec<String> {
    let found = draft(text, &Known::default()).unwrap();
    let mut lines: Vec<String> = found
        .entries
        .iter()
        .map(|e| {
            let get = |k: &str| e.fields.get(k).and_then(|v| v.as_str()).unwrap_or_default();
            if e.claim {
                let base = if get("base").is_empty() { String::new() } else { format!(" / {}", get("base")) };
                format!("{} {}{base} = {}", get("kind"), get("of"), get("value"))
            } else {
                format!("{} = {} {} {}", get("item"), get("value"), get("scale"), get("unit")).trim().into()
            }
        })
        .collect();
    lines.extend(found.unplaced.iter().map(|u| format!("? {}", u.text)));
    lines
}

fn each(rows: &[(&str, &[&str])]) {
    for (text, wanted) in rows {
        assert_eq!(read(text), *wanted, "{text}");
    }
}

/// Sentences of which every number is left over.
fn left(sentences: &[&str]) {
    for text in sentences {
        let found = read(text);
        assert!(!found.is_empty() && found.iter().all(|line| line.starts_with('?')), "{text}: {found:?}");
    }
}

#[test]
fn minus_signs_and_dashes() {
    let down = &["growth exports@2024-04 / exports@2023-04 = -5.1"][..];
    each(&[
        ("The balance was –$5.1 billion in April 2024.", &["balance@2024-04 = -5.1 billion USD"]),
        ("The balance was −€5.1 bn in April 2024.", &["balance@2024-04 = -5.1 billion EUR"]),
        ("Exports changed by –5.1% year on year in April 2024.", down),
        ("Exports growth came to \u{2012}5.1% year on year in April 2024.", down),
        ("Growth in exports was − 5.1 per cent year on year in April 2024.", down),
        ("Exports registered a growth of (-) 5.1 per cent year on year in April 2024.", down),
        (
            "Exports – 5.1% higher year on year – reached $310 million in April 2024.",
            &["growth exports@2024-04 / exports@2023-04 = 5.1", "exports@2024-04 = 310 million USD"],
        ),
    ]);
    left(&[
        "Exports grew 5–6 per cent year on year in April 2024.",
        "Exports grew by between 5 and 6 per cent year on year in April 2024.",
        "Exports grew 5 to 6 per cent year on year in April 2024.",
        "Exports rose 5.1%–6.2% year on year in April 2024.",
        "Exports were $310–$320 million in April 2024.",
        "Exports growth was - 5.1% year on year in April 2024.",
        "Exports growth was —5.1% year on year in April 2024.",
        "Exports growth was (5.1)% year on year in April 2024.",
    ]);
}

#[test]
fn currencies_and_scales_glued_to_numbers() {
    for (printed, wanted) in [
        ("$310mn", "310 million USD"),
        ("$310million", "310 million USD"),
        ("$310-million", "310 million USD"),
        ("310-million dollars", "310 million USD"),
        ("Rs83.4bn", "83.4 billion INR"),
        ("PKR310m", "310 million PKR"),
        ("US$3.2bn", "3.2 billion USD"),
        ("U.S.$3.2bn", "3.2 billion USD"),
        ("A$3.2bn", "3.2 billion AUD"),
        ("HK$3.2bn", "3.2 billion HKD"),
        ("ZAR3.2bn", "3.2 billion ZAR"),
        ("₦3.2trn", "3.2 trillion NGN"),
        ("£5.4m", "5.4 million GBP"),
        ("$3.2bn1", "3.2 billion USD"),
        ("$3.2 thousand million", "3.2 billion USD"),
        ("Rs 8.34 thousand crore", "8.34 thousand crore INR"),
    ] {
        let found = read(&format!("Exports were {printed} in April 2024."));
        assert_eq!(found.first(), Some(&format!("exports@2024-04 = {wanted}")), "{printed}: {found:?}");
    }
    for printed in [
        "Sh83.4bn",
        "Shs 83.4 billion",
        "R3.2bn",
        "J$3.2bn",
        "3.2 bn kr",
        "12.5r",
        "3.2€bn",
        "$310MM",
        "€1,2bn",
    ] {
        left(&[&format!("Exports were {printed} in April 2024.")]);
    }
    each(&[
        (
            "Inflation fell 25bps in April 2024 from a month earlier.",
            &["percentage_points inflation@2024-04 / inflation@2024-03 = -25"],
        ),
        (
            "Exports rose 5.1pc in April 2024 year on year.",
            &["growth exports@2024-04 / exports@2023-04 = 5.1"],
        ),
    ]);
    left(&["The index rose by 3.2 points in April 2024 from a month earlier."]);
}
