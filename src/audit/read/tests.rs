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

#[test]
fn a_number_belongs_to_its_own_subject() {
    each(&[
        (
            "Exports rose 5.1% to $3.2bn while imports fell 2.0% to $4.1bn in April 2024 from a year earlier.",
            &[
                "growth exports@2024-04 / exports@2023-04 = 5.1",
                "exports@2024-04 = 3.2 billion USD",
                "growth imports@2024-04 / imports@2023-04 = -2.0",
                "imports@2024-04 = 4.1 billion USD",
            ],
        ),
        (
            "In April 2024 exports fell 5.1% year on year, imports 2.0%.",
            &[
                "growth exports@2024-04 / exports@2023-04 = -5.1",
                "growth imports@2024-04 / imports@2023-04 = -2.0",
            ],
        ),
        (
            "While imports rose 2.0%, exports fell 5.1% year on year in April 2024.",
            &[
                "growth imports@2024-04 / imports@2023-04 = 2.0",
                "growth exports@2024-04 / exports@2023-04 = -5.1",
            ],
        ),
        (
            "In April 2024, services exports reached $600 million, of which IT contributed $310 million.",
            &["services_exports@2024-04 = 600 million USD", "? 310"],
        ),
        (
            "The trade deficit was $2.4bn in April 2024 as imports rose 5.1% year on year.",
            &["trade_deficit@2024-04 = 2.4 billion USD", "growth imports@2024-04 / imports@2023-04 = 5.1"],
        ),
        (
            "Exports rose 5.1% year on year in April 2024 as textiles jumped 12.3%.",
            &["growth exports@2024-04 / exports@2023-04 = 5.1", "? 12.3"],
        ),
        (
            "Exports to China rose 5.1% year on year in April 2024 and to the US 2.0%.",
            &["growth exports_to_china@2024-04 / exports_to_china@2023-04 = 5.1", "? 2.0"],
        ),
        (
            "Exports of goods and services rose 5.1% year on year in April 2024, the bureau said.",
            &["growth exports_of_goods_and_services@2024-04 / exports_of_goods_and_services@2023-04 = 5.1"],
        ),
        (
            "Exports in April 2024 were $3.2bn. Tourism rose 4.2% year on year.",
            &["exports@2024-04 = 3.2 billion USD", "? 4.2"],
        ),
        (
            "Exports were $310 m in April 2024. Imports were $410 m in April 2024.",
            &["exports@2024-04 = 310 million USD", "imports@2024-04 = 410 million USD"],
        ),
        (
            "Exports rose to $3.2bn in April 2024 while imports hit their highest since June 2022.",
            &["exports@2024-04 = 3.2 billion USD", "highest_since imports@2024-04 = "],
        ),
        (
            "Output at 25.5 million tonnes in May 2024 was 3.1% higher than a year earlier.",
            &["output@2024-05 = 25.5 million tonnes", "growth output@2024-05 / output@2023-05 = 3.1"],
        ),
        (
            "Imports were $4.1bn and exports $3.2bn in April 2024. This was 5.1% more than a year earlier.",
            &["imports@2024-04 = 4.1 billion USD", "exports@2024-04 = 3.2 billion USD", "? 5.1"],
        ),
    ]);
    left(&[
        "Exports and imports rose 5.1% and 2.0% year on year respectively in April 2024.",
        "Exports and imports were $3.2bn in April 2024.",
        "Industrial production fell by 0.1% in the euro area and fell by 0.5% in the EU in April 2024 from a year earlier.",
        "A $3bn loan from the fund would support reserves in April 2024.",
        "Budget documents showed $1.2bn in April 2024.",
        "Textiles accounted for 60% of exports in April 2024.",
    ]);
}

#[test]
fn a_rate_is_compared_with_the_period_of_the_figure_beside_it() {
    let found = ["exports@2024-03 = 306", "exports@2024-04 = 310"].map(|f| format!("{f} million USD"));
    let [before, now] = &found;
    for text in [
        "Exports were $310 million in April 2024 on a yearly basis, up 1.31% from $306 million in March.",
        "Exports rose 1.31% to $310 million in April 2024 from $306 million in March 2024.",
        "Exports were $310 million in April 2024 compared with $306 million in March 2024, a rise of 1.31 per cent.",
    ] {
        let mut found = read(text);
        found.sort();
        assert_eq!(found, [before, now, "growth exports@2024-04 / exports@2024-03 = 1.31"], "{text}");
    }
}

#[test]
fn times_are_read_as_what_they_are() {
    for (phrase, wanted) in [
        ("in Jul–Apr 2023-24", "2023-07..2024-04"),
        ("in the four months to April 2024", "2024-01..2024-04"),
        ("in the year to April 2024", "2023-05..2024-04"),
        ("in the twelve months ended 30 June 2024", "2023-07..2024-06"),
        ("in H1 2024", "2024-01..2024-06"),
        ("in the third quarter of 2024", "2024-07..2024-09"),
    ] {
        let found = read(&format!("Exports were $25.3bn {phrase}."));
        assert_eq!(found, [format!("exports@{wanted} = 25.3 billion USD")], "{phrase}");
    }
    for (phrase, wanted) in [
        ("in 2023–24", "2023-07..2024-06"),
        ("in 1QFY24", "2023-07..2023-09"),
        ("in Q3 of FY24", "2024-01..2024-03"),
        ("in the second half of 2023-24", "2024-01..2024-06"),
        ("in the first ten months of FY24", "2023-07..2024-04"),
    ] {
        let found = read(&format!("Pakistan's exports were $25.3bn {phrase}."));
        assert_eq!(found, [format!("exports@{wanted} = 25.3 billion USD")], "{phrase}");
    }
    each(&[
        (
            "Exports were $3.2bn in April 2024. During the quarter imports were $9.1bn.",
            &["exports@2024-04 = 3.2 billion USD", "? 9.1"],
        ),
        (
            "Exports were $3.2bn in April 2024, bringing the year-to-date total to $12.1bn.",
            &["exports@2024-04 = 3.2 billion USD", "? 12.1"],
        ),
        (
            "Exports were $3.2bn in April 2024 against $3.0bn in the same month of 2022.",
            &["exports@2024-04 = 3.2 billion USD", "exports@2022-04 = 3.0 billion USD"],
        ),
        (
            "In April 2024 exports rose 5.1% year on year; in March they fell 2.0%.",
            &[
                "growth exports@2024-04 / exports@2023-04 = 5.1",
                "growth exports@2024-03 / exports@2023-03 = -2.0",
            ],
        ),
        (
            "Exports in April 2024 rose 5.1% compared with April last year.",
            &["growth exports@2024-04 / exports@2023-04 = 5.1"],
        ),
        (
            "Exports in the three months to April 2024 rose 2.1% from the previous three months.",
            &["growth exports@2024-02..2024-04 / exports@2023-11..2024-01 = 2.1"],
        ),
        (
            "Exports in April 2024 grew 3.1% year on year, down from 4.0% in March.",
            &[
                "growth exports@2024-04 / exports@2023-04 = 3.1",
                "growth exports@2024-03 / exports@2023-03 = 4.0",
            ],
        ),
        (
            "The bureau said on 30 April 2024 that exports were $3.2bn in March 2024.",
            &["exports@2024-03 = 3.2 billion USD"],
        ),
    ]);
    left(&[
        "Exports so far this year reached $12.1bn in April 2024.",
        "Cumulative exports reached $12.1bn in April 2024.",
        "Exports since January 2024 were $12.1bn.",
        "Exports in 2023–24 were $25.3bn.",
        "Exports in the first quarter were $9bn in April 2024.",
        "Exports in the week ended 12 April 2024 were $0.7bn.",
        "Reserves stood at $8.0bn on 12 April 2024.",
        "Exports rose 5.1% over the past two years in April 2024.",
        "Exports in April 2024 rose 3.1% compared with 2022.",
        "Exports were $3.2bn in May, said the bureau in April 2024.",
        "GDP rose at an annualised rate of 2.1% in the first quarter of 2024 from the previous quarter.",
        "Exports averaged $3.1bn a month in 2024.",
        "Oil exports in April 2024 were sold at $83.4 a barrel.",
        "Exports are expected to reach $3.3bn in May 2024.",
    ]);
}

#[test]
fn which_way_it_went() {
    let rate = |concept: &str, value: &str| format!("growth {concept}@2024-04 / {concept}@2023-04 = {value}");
    for (sentence, concept, value) in [
        ("The trade deficit narrowed by 5.1%", "trade_deficit", "-5.1"),
        ("The trade deficit widened 5.1%", "trade_deficit", "5.1"),
        ("The trade surplus narrowed by 5.1%", "trade_surplus", "-5.1"),
        ("The trade deficit shrank 5.1%", "trade_deficit", "-5.1"),
        ("Exports shed 5.1%", "exports", "-5.1"),
        ("Exports fell more than 5.1%", "exports", "-5.1"),
        ("Exports improved 5.1%", "exports", "5.1"),
        ("Exports rose despite falling prices by 5.1%", "exports", "5.1"),
        ("The decline in exports was 5.1%", "exports", "-5.1"),
        ("Exports saw a 5.1% year-on-year decline", "exports", "-5.1"),
        ("Exports were 5.1% lower", "exports", "-5.1"),
        ("Exports: +5.1%", "exports", "5.1"),
        ("Growth in exports rose to 5.1%", "exports", "5.1"),
    ] {
        let text = format!("{sentence} in April 2024 from a year earlier.");
        assert_eq!(read(&text), [rate(concept, value)], "{text}");
    }
    for (sentence, value) in [
        ("The balance worsened by $1.2bn", "-1.2"),
        ("The balance improved by $1.2bn", "1.2"),
        ("The balance was up $1.2bn", "1.2"),
        ("The balance saw a fall of $1.2bn", "-1.2"),
        ("The balance was $1.2bn lower", "-1.2"),
    ] {
        let text = format!("{sentence} in April 2024 than a year earlier.");
        let found = read(&text);
        assert_eq!(found, [format!("change balance@2024-04 / balance@2023-04 = {value}")], "{text}");
    }
    each(&[
        (
            "The trade balance showed a deficit of $0.5bn in April 2024.",
            &["trade_balance@2024-04 = -0.5 billion USD"],
        ),
        (
            "Exports rose $1.2bn to $3.2bn in April 2024 from a year earlier.",
            &["change exports@2024-04 / exports@2023-04 = 1.2", "exports@2024-04 = 3.2 billion USD"],
        ),
        (
            "Exports rose 62.3% y/y, or $119 million, in April 2024 from a year earlier and 0.3% m/m ($1 million).",
            &[
                "growth exports@2024-04 / exports@2023-04 = 62.3",
                "change exports@2024-04 / exports@2023-04 = 119",
                "growth exports@2024-04 / exports@2024-03 = 0.3",
                "? 1",
            ],
        ),
        (
            "Unemployment rose to 4.1% in April 2024, up 0.2 percentage points from a year earlier.",
            &["percentage_points unemployment@2024-04 / unemployment@2023-04 = 0.2", "? 4.1"],
        ),
    ]);
    left(&[
        "Exports fell by -3% year on year in April 2024.",
        "Exports were –5.1% lower year on year in April 2024.",
        "The trade deficit improved 5.1% year on year in April 2024.",
        "The trade balance worsened 5.1% year on year in April 2024.",
        "The trade deficit was -$2.4bn in April 2024.",
        "Exports eased 5.1% year on year in April 2024.",
        "Exports did not fall 5.1% year on year in April 2024.",
        "The fall in exports slowed to 5.1% year on year in April 2024.",
        "Inflation was 17.3% year on year in April 2024.",
        "Exports exceeded imports by $1.2bn in April 2024, up from a year earlier.",
        "Exports rose 2.0% or fell 5.1% in April 2024 from a year earlier.",
    ]);
}

#[test]
fn numbers_that_measure_nothing() {
    each(&[
        (
            "Table 3 gives exports in April 2024 of $3.2bn (see notes 1 and 2.5).",
            &["exports@2024-04 = 3.2 billion USD", "? 3", "? 1", "? 2.5"],
        ),
        (
            "The EU-27 exports were €3.2bn in April 2024, published at 10.30 on the 1st.",
            &["exports@2024-04 = 3.2 billion EUR", "? 27", "? 10.30", "? 1st"],
        ),
        (
            "Exports of 1,200 firms were $3.2bn in April 2024.",
            &["exports@2024-04 = 3.2 billion USD", "? 1,200"],
        ),
    ]);
    left(&[
        "Exports on the 1st of the month were open 24/7 for the G20, 5G and COVID-19 in April 2024.",
        "For exports in April 2024 call +92 51 9205075 or 021-111-222.",
        "The rupee traded at 278.3 per dollar as exports rose in April 2024.",
        "Exports rose by 3.2 times in April 2024 from a year earlier.",
        "Section 3.2 covers exports in April 2024.",
    ]);
}

#[test]
fn what_narrows_a_quantity_is_in_its_name() {
    for (phrase, concept) in [
        ("Exports to China", "exports_to_china"),
        ("Sales at non-food stores", "sales_at_non_food_stores"),
        ("Imports excluding oil", "imports_excluding_oil"),
        ("Output in the services sector", "output_in_services_sector"),
        ("Retail trade volumes", "retail_trade_volume"),
        ("Euro area exports", "euro_area_exports"),
        ("Exports of rice and raw cotton", "exports_of_rice_and_raw_cotton"),
        ("The country’s exports of goods and services", "exports_of_goods_and_services"),
        (
            "Exports of information and communication technology services",
            "exports_of_information_and_communication_technology_services",
        ),
        ("Public sector net borrowing", "public_sector_net_borrowing"),
        ("The value of exports", "exports"),
    ] {
        let found = read(&format!("{phrase} rose 5.1% y-o-y in April 2024."));
        assert_eq!(found, [format!("growth {concept}@2024-04 / {concept}@2023-04 = 5.1")], "{phrase}");
    }
    left(&[
        "Exports of rice and imports of cotton rose 5.1% year on year in April 2024.",
        "The average price of exports rose 5.1% year on year in April 2024.",
        "The unit value of exports rose 5.1% year on year in April 2024.",
        "The number of arrivals rose 5.1% year on year in April 2024.",
    ]);
    each(&[
        (
            "Exports during July-April FY24 were $25.3bn compared to $23.2bn in the corresponding period of FY23.",
            &["exports@2023-07..2024-04 = 25.3 billion USD", "exports@2022-07..2023-04 = 23.2 billion USD"],
        ),
        (
            "Exports were $401 million in April 2024, a 25.1% increase from $320 million in April 2023.",
            &[
                "exports@2024-04 = 401 million USD",
                "growth exports@2024-04 / exports@2023-04 = 25.1",
                "exports@2023-04 = 320 million USD",
            ],
        ),
        (
            "Exports rose 5.1% in April 2024 from a year earlier to $3.2bn.",
            &["growth exports@2024-04 / exports@2023-04 = 5.1", "exports@2024-04 = 3.2 billion USD"],
        ),
    ]);
}
