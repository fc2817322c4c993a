//! The audit against published answers: the thirteen public releases and the exact intervals of the article.

use super::model::Model;
use super::release::Release;
use super::simplex::Budget;
use super::verdict::{Audit, ClaimVerdict, ReleaseVerdict, audit};
use crate::number::rational::Rational;

fn run(toml: &str) -> Audit {
    let release = Release::from_toml(toml.as_bytes()).unwrap();
    audit(Model::new(&release).unwrap(), &mut Budget::seconds(20.0))
}

fn oracle(name: &str) -> String {
    let path = format!("{}/tests/oracles/releases/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

fn name(a: &Audit, e: usize) -> String {
    a.model.entries[e].label.clone()
}

#[test]
fn the_public_releases_have_their_verdicts() {
    let answers: serde_json::Value = serde_json::from_str(&oracle("verdicts.json")).unwrap();
    for (id, answer) in answers["releases"].as_object().unwrap() {
        let a = run(&oracle(&format!("{id}.toml")));
        let consistent = answer["consistent"].as_bool().unwrap();
        assert_eq!(a.verdict == ReleaseVerdict::Consistent, consistent, "{id}: {:?}", a.verdict);
        assert!(a.complete, "{id}");
        if consistent {
            continue;
        }
        let mut sets: Vec<Vec<String>> =
            a.diagnosis.sets.iter().map(|s| s.iter().map(|e| name(&a, *e)).collect()).collect();
        for s in &mut sets {
            s.sort();
        }
        sets.sort();
        let mut wanted: Vec<Vec<String>> = serde_json::from_value(answer["distrust"].clone()).unwrap();
        wanted.sort();
        assert_eq!(sets, wanted, "{id}");
        // Every repair of the published answer is found.
        for repair in answer["repairs"].as_array().unwrap() {
            for edit in repair[1].as_array().unwrap() {
                let (slip, text) = edit.as_str().unwrap().split_once(": ").unwrap();
                let found = a.repairs.iter().find(|r| name(&a, r.entry) == repair[0] && r.becomes == text);
                let words = found.map(|r| r.slip.words()).unwrap_or_default();
                assert!(words.contains(slip), "{id}: {edit} {words}");
            }
        }
    }
}

#[test]
fn the_two_slips_of_p04_come_first() {
    let a = run(&oracle("P04.toml"));
    let first: Vec<_> = a.repairs.iter().take(2).map(|r| (name(&a, r.entry), r.becomes.clone())).collect();
    assert!(first.contains(&("growth of ict@10MFY24 over ict@10MFY23".into(), "21.41".into())), "{first:?}");
    assert!(first.contains(&("news@10MFY24".into(), "6.703".into())), "{first:?}");
}

/// The article's statement as in the specification, with other entries appended.
fn article(rates: &str, more: &str) -> String {
    format!(
        r#"
[release]
title = "ICT services exports, April 2024"
unit = "USD"
year_start = "JUL"
rates_from = "{rates}"
[[figure]]
item = "ict_exports@2024-04"
value = "310"
scale = "million"
[[figure]]
item = "ict_exports@2023-07..2024-04"
value = "2.593"
scale = "billion"
[[claim]]
kind = "growth"
of = "ict_exports@2024-04"
base = "ict_exports@2023-04"
value = "62.3"
[[claim]]
kind = "growth"
of = "ict_exports@2024-04"
base = "ict_exports@2024-03"
value = "1.31"
[[claim]]
kind = "share"
of = "ict_exports@10MFY24"
base = "services_exports@2023-07..2024-04"
value = "40.25"
[[claim]]
kind = "record"
of = "ict_exports@2024-04"
among = "ict_exports"
{more}"#
    )
}

/// The interval of an item in millions, exact.
fn implied(a: &Audit, item: &str) -> (String, String) {
    let i = a.model.variables.iter().position(|v| v.label == item).unwrap();
    let range = a.implied[i].range.clone().unwrap();
    let text = |e: Option<super::figure::End>| {
        e.map_or("none".into(), |e| (&e.at * &Rational::decimal(1, 6)).to_string())
    };
    (text(range.low), text(range.high))
}

fn pair(a: &str, b: &str) -> (String, String) {
    (a.into(), b.into())
}

#[test]
fn the_article_implies_what_can_be_checked_by_hand() {
    let a = run(&article("unrounded", ""));
    assert_eq!(implied(&a, "ict_exports@2023-04"), pair("619000/3247", "124200/649"));
    assert_eq!(implied(&a, "ict_exports@2024-03"), pair("6190000/20263", "6210000/20261"));
    assert_eq!(implied(&a, "services_exports@2023-07..2024-04"), pair("51850000/8051", "17290000/2683"));
    assert_eq!(a.verdict, ReleaseVerdict::Unchecked);
    assert_eq!((a.claims.len(), a.claims.iter().filter(|c| c.checked).count()), (4, 0));
    assert!(a.claims.iter().all(|c| c.verdict == ClaimVerdict::Undetermined));
    let other = "[[claim]]\nkind = \"total\"\nof = \"services_exports@10MFY24\"\nparts = [\"ict_exports@10MFY24\", \
                 \"other@10MFY24\"]\n";
    let a = run(&article("unrounded", other));
    let (low, high) = implied(&a, "other@10MFY24");
    let as_millions = |t: &str| {
        let (n, d) = t.split_once('/').unwrap();
        Rational::new(n.parse().unwrap(), d.parse().unwrap()).to_decimal(2)
    };
    assert_eq!((as_millions(&low), as_millions(&high)), pair("3847.69", "3850.78"));
}

#[test]
fn rates_from_printed_figures_constrain_nothing_else() {
    let p01 = oracle("P01.toml");
    let a = run(&p01.replace("unrounded", "printed"));
    assert_eq!(a.verdict, ReleaseVerdict::Consistent);
    assert_eq!(implied(&a, "ict@2023-04"), pair("381/2", "383/2"));
    assert_eq!(a.how.words(), "printed");
    let a = run(&p01);
    assert_eq!(implied(&a, "ict@2023-04"), pair("619000/3247", "124200/649"));
    let notes = |e: usize| a.claims[e].notes.join("; ");
    assert!(notes(0).contains("14 times finer") && notes(0).contains("by chance 1 in 14"), "{}", notes(0));
    assert!(notes(0).contains("informative"));
    let supported = a.claims[0].supported.clone().unwrap();
    assert_eq!(super::words::range_text(&supported, 2, None), "61.62 to 62.99");
}

#[test]
fn the_monthly_rate_is_66_times_finer_where_march_is_printed() {
    let march = "[[figure]]\nitem = \"ict_exports@2024-03\"\nvalue = \"306\"\nscale = \"million\"\n";
    let a = run(&article("unrounded", march));
    let monthly = &a.claims[1];
    assert_eq!(monthly.verdict, ClaimVerdict::Reproduces);
    assert!(monthly.notes.join(" ").contains("66 times finer"), "{:?}", monthly.notes);
    let r = monthly.supported.clone().unwrap();
    assert_eq!(super::words::range_text(&r, 3, None), "0.979 to 1.637");
}

#[test]
fn a_record_month_bounds_the_cumulative() {
    let record = |months: u32, among: &str| {
        let more = format!(
            "[[claim]]\nkind = \"record\"\nof = \"ict_exports@2024-04\"\namong = [\"{among}\"]\nmonths = {months}\n"
        );
        run(&article("unrounded", &more)).verdict
    };
    assert_eq!(record(8, "ict_exports@2023-07..2024-04"), ReleaseVerdict::Inconsistent);
    assert_eq!(record(9, "ict_exports@2023-07..2024-04"), ReleaseVerdict::Consistent);
    assert_eq!(record(10, "ict_exports@2023-07..2024-04"), ReleaseVerdict::Consistent);
}

#[test]
fn scale_and_order_do_not_matter() {
    for id in ["P03", "P04", "P05", "P11"] {
        let text = oracle(&format!("{id}.toml"));
        let a = run(&text);
        let scaled = text
            .replace("\"billion\"", "\"TEMP\"")
            .replace("\"million\"", "\"billion\"")
            .replace("\"TEMP\"", "\"trillion\"");
        let b = run(&scaled);
        let mut blocks: Vec<&str> = text.split("\n\n").collect();
        blocks.reverse();
        let c = run(&blocks.join("\n\n"));
        let sets = |a: &Audit| {
            let mut s: Vec<Vec<String>> =
                a.diagnosis.sets.iter().map(|s| s.iter().map(|e| name(a, *e)).collect()).collect();
            for names in &mut s {
                names.sort();
            }
            s.sort();
            s
        };
        let verdicts = |a: &Audit| {
            let mut v: Vec<_> = a.claims.iter().map(|c| (name(a, c.entry), c.verdict.term())).collect();
            v.sort();
            v
        };
        for other in [&b, &c] {
            assert_eq!(a.verdict, other.verdict, "{id}");
            assert_eq!(sets(&a), sets(other), "{id}");
            assert_eq!(verdicts(&a), verdicts(other), "{id}");
        }
    }
}

#[test]
fn the_limit_is_said() {
    let release = Release::from_toml(oracle("P04.toml").as_bytes()).unwrap();
    let a = audit(Model::new(&release).unwrap(), &mut Budget::seconds(0.0));
    assert_eq!(a.verdict, ReleaseVerdict::Undecided);
    assert!(!a.complete);
    assert!(a.claims.iter().all(|c| c.verdict == ClaimVerdict::Undecided));
}

#[test]
fn conflicts_are_told_in_arithmetic() {
    let words = |id: &str| {
        let a = run(&oracle(&format!("{id}.toml")));
        println!("{}", super::report::tree(&a)["headline"]);
        a.explained
            .iter()
            .flat_map(|c| std::iter::once(c.arithmetic.clone()).chain(c.benign.clone()))
            .collect::<Vec<_>>()
    };
    for id in ["P03", "P04", "P11"] {
        for w in words(id) {
            println!("{id} {w}");
        }
    }
    let p04 = words("P04");
    assert!(
        p04.iter()
            .any(|w| w.starts_with("2.593 billion / 2.135 billion allows 21.40 to 21.50; printed 20.41")),
        "{p04:?}"
    );
}
