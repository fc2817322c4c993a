//! A conflict in words: its arithmetic, which a reader can redo, and the benign explanations that come before any slip.

use super::figure::Range;
use super::linear;
use super::model::{Entry, How, Model, Says};
use super::repair::quantity;
use super::simplex::{Budget, Decided};
use super::system::System;
use super::words;

/// A conflict as a reader meets it.
#[derive(Debug, Clone, Default)]
pub struct Explained {
    /// The entries.
    pub entries: Vec<usize>,
    /// The arithmetic in one sentence.
    pub arithmetic: String,
    /// What would explain it without a slip.
    pub benign: Vec<String>,
}

/// Puts a minimal conflict into words.
///
/// # Errors
/// `Undecided` when the budget is used up.
pub fn explain(
    model: &Model,
    system: &mut System,
    how: How,
    core: &[usize],
    budget: &mut Budget,
) -> Decided<Explained> {
    let mut out = Explained { entries: core.to_vec(), ..Explained::default() };
    let entry = |e: usize| model.entries.get(e);
    let claims: Vec<usize> =
        core.iter().copied().filter(|e| entry(*e).is_some_and(Entry::is_claim)).collect();
    let rank = |e: &usize| match entry(*e).map(|x| &x.says) {
        Some(Says::Ratio(..)) => 0,
        Some(Says::Linear(_)) => 1,
        Some(Says::Zero(_)) => 2,
        _ => 3,
    };
    let Some(target) = claims.iter().copied().min_by_key(rank) else {
        let printed =
            core.iter().filter_map(|e| entry(*e)).map(|f| format!("{} ({})", words::printed(f), f.name));
        let label = core.first().and_then(|e| entry(*e)).map_or("", |f| &f.label);
        out.arithmetic = format!("{label} is printed as {}.", printed.collect::<Vec<_>>().join(" and as "));
        out.benign.push("a revision: mark the later figure with a vintage, such as #revised".into());
        return Ok(out);
    };
    let Some(told) = entry(target) else { return Ok(out) };
    // A total is told through its figure, anything else through the claim itself.
    let total = match (&told.says, told.of) {
        (Says::Zero(_), Some(of)) => core
            .iter()
            .copied()
            .find(|e| matches!(entry(*e).map(|x| &x.says), Some(Says::Figure(i)) if *i == of)),
        _ => None,
    };
    let shown = total.unwrap_or(target);
    let Some(about) = entry(shown) else { return Ok(out) };
    let alone = claims.len() == 1;
    let sums = alone.then(|| match (total, &told.says) {
        (Some(_), Says::Zero(form)) => {
            let parts = told.of.map(|of| super::system::Form::item(of).minus(form))?;
            words::arithmetic(model, &Entry { says: Says::Linear(parts), ..told.clone() })
        }
        _ => words::arithmetic(model, told),
    });
    let source = sums.flatten();
    let mut range = None;
    if source.is_some() {
        // The sum shows every figure of the claim, also those that the conflict does not need.
        let named = told.items().into_iter().filter(|i| total.is_none() || told.of != Some(*i));
        let figures = named.filter_map(|i| model.variables.get(i)?.figures.first().copied());
        let both: Vec<usize> = core.iter().copied().chain(figures).collect();
        range = other_range(model, system, &both, shown, budget)?;
    }
    if range.is_none() {
        range = other_range(model, system, core, shown, budget)?;
    }
    let printed = linear::allowed(about, how).map(|r| words::range_in_printed_units(about, &r));
    let decimals = about.reading.as_ref().map_or(0, |r| r.printed.decimals);
    out.arithmetic = if let Some(r) = range.map(|r| words::range_in_printed_units(about, &r)) {
        let text = words::range_text(&r, decimals, printed.as_ref());
        let with_scale = |t: &str| match about.reading.as_ref().map(|r| r.scale_word.as_str()) {
            Some("one" | "percent" | "per cent" | "percentage point") | None => t.to_string(),
            Some(word) => format!("{t} {word}"),
        };
        let source = source.unwrap_or_else(|| {
            let others = core.iter().filter(|e| **e != shown).filter_map(|e| entry(*e));
            others.map(|o| o.label.clone()).collect::<Vec<_>>().join("; ")
        });
        format!("{source} allows {}; printed {} ({}).", with_scale(&text), words::printed(about), about.label)
    } else {
        let all = core.iter().filter_map(|e| entry(*e)).map(|o| o.label.clone()).collect::<Vec<_>>();
        format!("Not all of these hold together: {}.", all.join("; "))
    };
    if told.is_rate() {
        if let Some(base) = told.base.and_then(|b| figure_in(model, core, b))
            && let Some(figure) = entry(base)
            && let Some(range) = other_range(model, system, core, base, budget)?
        {
            let range = words::range_in_printed_units(figure, &range);
            let decimals = figure.reading.as_ref().map_or(0, |r| r.printed.decimals);
            let own = linear::allowed(figure, how).map(|r| words::range_in_printed_units(figure, &r));
            let scale = figure.reading.as_ref().map_or("", |r| &r.scale_word);
            out.benign.push(format!(
                "a revised base: {} would have to be {} {scale}; printed {}",
                figure.label,
                words::range_text(&range, decimals, own.as_ref()),
                figure.printed_text()
            ));
        }
        out.benign.push(
            "another adjustment or vintage: the rate may belong to other figures than those printed".into(),
        );
    } else {
        out.benign.push("mixed vintages: some of the figures may have been revised since the others".into());
    }
    Ok(out)
}

/// What the other entries of a conflict allow for the quantity of one.
fn other_range(
    model: &Model,
    system: &mut System,
    core: &[usize],
    own: usize,
    budget: &mut Budget,
) -> Decided<Option<Range>> {
    let Some((num, den)) = model.entries.get(own).and_then(quantity) else { return Ok(None) };
    let active: Vec<bool> = (0..model.entries.len()).map(|e| e != own && core.contains(&e)).collect();
    system.range(&num, den.as_ref(), &active, budget)
}

/// The figure of an item among the entries of a conflict.
fn figure_in(model: &Model, core: &[usize], item: usize) -> Option<usize> {
    let says =
        |e: &usize| matches!(model.entries.get(*e).map(|x| &x.says), Some(Says::Figure(i)) if *i == item);
    core.iter().copied().find(says)
}
