//! Which entries cannot stand together: minimal conflicts, and the smallest sets of entries to distrust.
//!
//! A conflict is minimal when it dissolves with any one entry (an irreducible infeasible subset). The entries to
//! distrust are a smallest set that meets every conflict (Fellegi and Holt, JASA 71, 1976). Both are found together: a
//! smallest set that meets the conflicts known so far either restores consistency or leaves a new conflict.

use super::model::{Model, Says};
use super::simplex::{Budget, Decided, Undecided};
use super::system::System;

/// What is wrong with a release, as far as the limit allowed to find out.
#[derive(Debug, Clone, Default)]
pub struct Diagnosis {
    /// Minimal conflicts that explain the sets to distrust, small ones first.
    pub conflicts: Vec<Vec<usize>>,
    /// All smallest sets whose removal lets the rest hold together.
    pub sets: Vec<Vec<usize>>,
    /// Both lists are complete.
    pub complete: bool,
}

/// The most conflicts that are looked for.
const MOST_CONFLICTS: usize = 500;
/// The largest set to distrust that is looked for.
const LARGEST_SET: usize = 8;
/// The most sets of one size.
const MOST_SETS: usize = 2000;

/// Diagnoses an inconsistent system of `n` entries.
pub fn diagnose(model: &Model, system: &mut System, budget: &mut Budget) -> Diagnosis {
    let n = model.entries.len();
    let mut known = Vec::new();
    let alone = local(model, system, &mut known, budget).map(|()| known.len());
    let found = alone.and_then(|_| search(system, n, &mut known, budget));
    let (sets, complete) = match found {
        Ok(Some(sets)) => (sets, true),
        Ok(None) | Err(Undecided) => (Vec::new(), false),
    };
    let alone = alone.unwrap_or(0);
    Diagnosis { conflicts: telling(known, alone, &sets), sets, complete }
}

/// Conflicts of a single statement with the figures it names: the ones a reader can redo by hand.
fn local(
    model: &Model,
    system: &mut System,
    known: &mut Vec<Vec<usize>>,
    budget: &mut Budget,
) -> Decided<()> {
    let n = model.entries.len();
    for (e, entry) in model.entries.iter().enumerate() {
        let mut active = vec![false; n];
        let mut on = |i: usize| {
            if let Some(a) = active.get_mut(i) {
                *a = true;
            }
        };
        on(e);
        for v in entry.items().into_iter().filter_map(|i| model.variables.get(i)) {
            v.figures.iter().for_each(|f| on(*f));
        }
        if matches!(entry.says, Says::Nothing(_)) {
            continue;
        }
        if let Some(core) = system.conflict(&active, false, budget)? {
            let core = minimal(system, n, core, budget)?;
            if !known.contains(&core) {
                known.push(core);
            }
        }
    }
    Ok(())
}

/// Removes entries one by one as long as the rest stays in conflict.
fn minimal(system: &mut System, n: usize, mut core: Vec<usize>, budget: &mut Budget) -> Decided<Vec<usize>> {
    let mut at = 0;
    while at < core.len() {
        let mut active = vec![false; n];
        for (_, e) in core.iter().enumerate().filter(|(i, _)| *i != at) {
            if let Some(a) = active.get_mut(*e) {
                *a = true;
            }
        }
        match system.conflict(&active, false, budget)? {
            // The proof names a subset: everything else goes at once.
            Some(smaller) => core.retain(|e| smaller.contains(e)),
            None => at += 1,
        }
        if core.len() <= 1 {
            break;
        }
    }
    core.sort_unstable();
    Ok(core)
}

/// Grows the list of conflicts until every smallest set that meets them restores consistency.
fn search(
    system: &mut System,
    n: usize,
    known: &mut Vec<Vec<usize>>,
    budget: &mut Budget,
) -> Decided<Option<Vec<Vec<usize>>>> {
    if known.is_empty()
        && let Some(core) = system.conflict(&vec![true; n], false, budget)?
    {
        known.push(minimal(system, n, core, budget)?);
    }
    let mut size = 1;
    'again: loop {
        budget.step()?;
        let Some(sets) = hitting(known, size) else { return Ok(None) };
        if sets.is_empty() {
            size += 1;
            if size > LARGEST_SET {
                return Ok(None);
            }
            continue;
        }
        for set in &sets {
            let active: Vec<bool> = (0..n).map(|e| !set.contains(&e)).collect();
            if let Some(core) = system.conflict(&active, false, budget)? {
                let core = minimal(system, n, core, budget)?;
                known.push(core);
                if known.len() > MOST_CONFLICTS {
                    return Ok(None);
                }
                continue 'again;
            }
        }
        return Ok(Some(sets));
    }
}

/// All sets of exactly a size that meet every conflict, `None` if there are too many.
fn hitting(conflicts: &[Vec<usize>], size: usize) -> Option<Vec<Vec<usize>>> {
    fn grow(
        conflicts: &[Vec<usize>],
        size: usize,
        set: &mut Vec<usize>,
        out: &mut Vec<Vec<usize>>,
    ) -> Option<()> {
        let Some(open) = conflicts.iter().find(|c| !c.iter().any(|e| set.contains(e))) else {
            // Sets that meet all with fewer members were found at a smaller size, unless this is the first round.
            let mut sorted = set.clone();
            sorted.sort_unstable();
            if set.len() == size && !out.contains(&sorted) {
                out.push(sorted);
            }
            return (out.len() <= MOST_SETS).then_some(());
        };
        if set.len() == size {
            return Some(());
        }
        for e in open {
            set.push(*e);
            grow(conflicts, size, set, out)?;
            set.pop();
        }
        Some(())
    }
    let mut out = Vec::new();
    grow(conflicts, size, &mut Vec::new(), &mut out)?;
    Some(out)
}

/// The conflicts shown to a reader: those of a single statement with its figures, which can be redone by hand, and beyond
/// them the smallest ones that are needed so that every entry to distrust is seen in a conflict.
fn telling(mut known: Vec<Vec<usize>>, alone: usize, sets: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let rest = known.split_off(alone.min(known.len()));
    let mut shown = known;
    let mut rest: Vec<_> = rest.into_iter().filter(|c| !shown.contains(c)).collect();
    rest.sort_by_key(|c| (c.len(), c.clone()));
    for c in rest {
        let new = |e: &usize| sets.iter().any(|s| s.contains(e)) && !shown.iter().any(|s| s.contains(e));
        if shown.is_empty() || c.iter().any(new) {
            shown.push(c);
        }
    }
    shown.sort_by_key(|c| (c.len(), c.clone()));
    shown
}
