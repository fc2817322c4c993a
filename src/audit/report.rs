//! The audit as a JSON tree: what every report, frame and page is made from. Numbers are exact fractions as text.

use super::figure::{End, Range};
use super::model::{Entry, Model};
use super::verdict::{Audit, ClaimVerdict, Judged, ReleaseVerdict};
use super::words;
use serde_json::{Value, json};

fn ends(r: Option<&Range>) -> Value {
    let at = |e: &Option<End>| e.as_ref().map(|e| e.at.to_string());
    let open = |e: &Option<End>| e.as_ref().is_some_and(|e| e.open);
    match r {
        Some(r) => {
            json!({"low": at(&r.low), "high": at(&r.high), "low_open": open(&r.low), "high_open": open(&r.high)})
        }
        None => Value::Null,
    }
}

/// Statements that add up, conflict, are not checked, and were not reached within the limit.
fn counts(audit: &Audit) -> (usize, usize, usize, usize) {
    let (mut up, mut conflict, mut open, mut late) = (0, 0, 0, 0);
    for c in counted(audit) {
        match c.verdict {
            ClaimVerdict::Inconsistent => conflict += 1,
            ClaimVerdict::Undetermined => open += 1,
            ClaimVerdict::Undecided => late += 1,
            _ => up += 1,
        }
    }
    (up, conflict, open, late)
}

/// Claims that are judged: sentences without a number are listed only.
fn counted(audit: &Audit) -> impl Iterator<Item = &Judged> {
    audit.claims.iter().filter(|c| audit.model.entries.get(c.entry).is_some_and(|e| e.kind != "statement"))
}

/// "14 statements: 11 add up, 3 conflict".
fn headline(audit: &Audit) -> String {
    let n = counted(audit).count();
    let (up, conflict, open, late) = counts(audit);
    let verb = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let only = |verdict| counted(audit).filter(|c| c.verdict == verdict).count();
    let (edges, cut) = (only(ClaimVerdict::Boundary), only(ClaimVerdict::Truncated));
    let mut parts = Vec::new();
    for (n, condition) in
        [(up - edges - cut, ""), (edges, " only on a rounding edge"), (cut, " only if values were truncated")]
    {
        if n > 0 {
            parts.push(verb(n, "adds up", "add up") + condition);
        }
    }
    if conflict > 0 {
        parts.push(verb(conflict, "conflicts", "conflict"));
    }
    for (n, word) in [(open, "unchecked"), (late, "not decided within the limit")] {
        if n > 0 {
            parts.push(format!("{n} {word}"));
        }
    }
    let what = verb(n, "statement", "statements");
    if parts.is_empty() { what } else { format!("{what}: {}", parts.join(", ")) }
}

fn printed(entry: &Entry) -> Value {
    match &entry.reading {
        Some(r) => {
            let approx = r.approx.map(|a| format!("{a:?}").to_lowercase());
            let interval = r.range(false).map(|x| x / &r.scale);
            json!({"text": r.text, "scale": r.scale_word, "factor": r.scale.to_string(), "value": r.value().to_string(),
                   "decimals": r.printed.decimals, "approx": approx, "interval": ends(Some(&interval))})
        }
        None => Value::Null,
    }
}

/// What each figure prints: its value and its interval.
#[must_use]
pub fn figures(model: &Model) -> Value {
    model.entries.iter().filter(|e| !e.is_claim()).map(printed).collect()
}

/// The audit as a tree.
#[must_use]
pub fn tree(audit: &Audit) -> Value {
    let model = &audit.model;
    let entry = |e: usize| model.entries.get(e);
    let id = |e: usize| entry(e).map_or("", |x| &x.id);
    let ids = |set: &[usize]| set.iter().map(|e| id(*e)).collect::<Vec<_>>();
    let base = |e: &Entry| {
        let items: Vec<_> = e.items().into_iter().map(|i| model.label(i)).collect();
        json!({"id": e.id, "name": e.name, "line": e.line, "kind": e.kind, "label": e.label, "quote": e.quote,
               "printed": printed(e), "items": items})
    };
    let claims: Vec<Value> = audit
        .claims
        .iter()
        .filter_map(|c| {
            let e = entry(c.entry)?;
            let mut out = base(e);
            let decimals = e.reading.as_ref().map_or(2, |r| r.printed.decimals + 2);
            let fields = json!({
                "verdict": c.verdict.term(), "words": c.verdict.words(), "checked": c.checked, "notes": c.notes,
                "recomputed": c.recomputed.as_ref().map(ToString::to_string),
                "recomputed_text": c.recomputed.as_ref().map(|x| x.to_decimal(decimals)),
                "supported": ends(c.supported.as_ref()), "rest": ends(c.rest.as_ref()),
                "supported_text": c.supported.as_ref().map(|r| words::range_text(r, decimals, None)),
                "rest_text": c.rest.as_ref().map(|r| words::range_text(r, decimals, None)),
            });
            if let (Value::Object(a), Value::Object(b)) = (&mut out, fields) {
                a.extend(b);
            }
            Some(out)
        })
        .collect();
    let figures: Vec<Value> = model.entries.iter().filter(|e| !e.is_claim()).map(base).collect();
    let implied: Vec<Value> = audit
        .implied
        .iter()
        .filter_map(|i| {
            let v = model.variables.get(i.item)?;
            let first = v.figures.first().and_then(|f| entry(*f)).and_then(|e| e.reading.as_ref());
            Some(json!({
                "item": model.label(i.item), "concept": v.item.concept, "period": v.item.span.label(),
                "first_month": v.item.span.first, "last_month": v.item.span.last,
                "unit": v.unit, "printed": first.map(|r| r.text.clone()), "scale": first.map(|r| r.scale_word.clone()),
                "factor": first.map(|r| r.scale.to_string()),
                "range": ends(i.range.as_ref()), "rest": ends(i.rest.as_ref()), "checked": i.checked,
            }))
        })
        .collect();
    let conflicts: Vec<Value> = audit
        .explained
        .iter()
        .map(|c| json!({"entries": ids(&c.entries), "arithmetic": c.arithmetic, "benign": c.benign}))
        .collect();
    let repairs: Vec<Value> = audit
        .repairs
        .iter()
        .filter_map(|r| {
            let e = entry(r.entry)?;
            Some(json!({"entry": e.id, "name": e.name, "label": e.label, "printed": e.printed_text(),
                        "becomes": r.becomes, "slip": r.slip.words(), "set": r.set}))
        })
        .collect();
    let n = counted(audit).count();
    let checked = counted(audit).filter(|c| c.checked).count();
    let (up, conflict, open, late) = counts(audit);
    json!({
        "title": model.head.title, "published": model.head.published, "source": model.head.source,
        "verdict": audit.verdict.term(), "hypothesis": audit.how.words(), "headline": headline(audit),
        "checked": [checked, n], "counts": {"add_up": up, "conflict": conflict, "unchecked": open, "undecided": late},
        "complete": audit.complete, "claims": claims, "figures": figures, "implied": implied,
        "conflicts": conflicts, "distrust": audit.diagnosis.sets.iter().map(|s| ids(s)).collect::<Vec<_>>(),
        "repairs": repairs, "assumptions": assumptions(audit),
    })
}

/// What the verdict rests on, in sentences.
fn assumptions(audit: &Audit) -> Vec<String> {
    let rounding = match audit.model.head.rounding {
        super::figure::Rounding::Half => "values are rounded to the nearest printed digit",
        super::figure::Rounding::Truncate => "values are cut towards zero",
    };
    let rates = match (audit.how.printed, audit.model.rates_from()) {
        (true, _) => "rates that reproduce at the printed figures were computed from them",
        (false, super::release::RatesFrom::Unknown) => {
            "how rates were computed is not stated; they were taken to come from unrounded values"
        }
        (false, _) => "rates were computed from unrounded values",
    };
    let mut out = vec![rounding.to_string(), rates.to_string()];
    if audit.how.figures_truncated {
        out.push(format!("the entries hold together only under: {}", audit.how.words()));
    }
    if audit.verdict == ReleaseVerdict::Inconsistent && !audit.diagnosis.sets.is_empty() {
        out.push("what the rest implies was computed with the first set to distrust set aside".into());
    }
    out.push("bases of rates are positive; flows in current prices, not adjusted, add up unless declared otherwise".into());
    out
}
