//! The verdict: from a model to everything that a report says, decided in exact arithmetic.
//!
//! Order of work: find the assumption under which all entries hold together (true values first, then rates from printed
//! figures, then truncation); judge each claim alone and against the rest; if nothing holds, diagnose. The result is
//! plain data; how it looks is decided elsewhere.

use super::diagnosis::{Diagnosis, diagnose};
use super::explain::{Explained, explain};
use super::figure::Range;
use super::judge::tighter;
use super::model::{Entry, How, Model};
use super::release::RatesFrom;
use super::repair::{Repair, repairs};
use super::simplex::{Budget, Decided};
use super::system::{Form, System};
use crate::number::rational::Rational;

/// Verdict of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimVerdict {
    /// Adds up at the printed values.
    Reproduces,
    /// Adds up within rounding.
    Consistent,
    /// Only if a value sat exactly on a rounding edge.
    Boundary,
    /// Only if values were truncated.
    Truncated,
    /// Cannot all be true as printed.
    Inconsistent,
    /// Needs figures that are not in the release.
    Undetermined,
    /// The limit on work was reached first.
    Undecided,
}

impl ClaimVerdict {
    /// The term.
    #[must_use]
    pub fn term(self) -> &'static str {
        match self {
            Self::Reproduces => "reproduces",
            Self::Consistent => "consistent",
            Self::Boundary => "boundary",
            Self::Truncated => "consistent if truncated",
            Self::Inconsistent => "inconsistent",
            Self::Undetermined => "undetermined",
            Self::Undecided => "undecided",
        }
    }

    /// The words a reader sees.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Reproduces => "adds up",
            Self::Consistent => "adds up within rounding",
            Self::Boundary => "adds up only if a value sat exactly on a rounding edge",
            Self::Truncated => "adds up if values were truncated",
            Self::Inconsistent => "cannot all be true as printed",
            Self::Undetermined => "needs figures that are not in the release",
            Self::Undecided => "not decided within the limit",
        }
    }
}

/// Verdict of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReleaseVerdict {
    /// Holds together, and its statements check each other.
    Consistent,
    /// Holds together only with values on rounding edges.
    Boundary,
    /// Holds together only if truncated.
    Truncated,
    /// Does not hold together.
    Inconsistent,
    /// Holds together, and nothing in it checks anything else.
    Unchecked,
    /// The limit on work was reached first.
    Undecided,
}

impl ReleaseVerdict {
    /// The term.
    #[must_use]
    pub fn term(self) -> &'static str {
        match self {
            Self::Consistent => "consistent",
            Self::Boundary => "boundary",
            Self::Truncated => "truncated",
            Self::Inconsistent => "inconsistent",
            Self::Unchecked => "unchecked",
            Self::Undecided => "undecided",
        }
    }
}

/// What is found about a claim. Ranges are in printed units (per cent for a rate).
#[derive(Debug, Clone)]
pub struct Judged {
    /// The entry.
    pub entry: usize,
    /// Verdict.
    pub verdict: ClaimVerdict,
    /// The rest bounds it more tightly than its natural domain does.
    pub checked: bool,
    /// Its value at the printed figures.
    pub recomputed: Option<Rational>,
    /// What the printed figures it names allow, by themselves.
    pub supported: Option<Range>,
    /// What all other entries allow.
    pub rest: Option<Range>,
    /// Remarks.
    pub notes: Vec<String>,
}

/// What is found about an item. Ranges are in units of one.
#[derive(Debug, Clone)]
pub struct Implied {
    /// The variable.
    pub item: usize,
    /// Its range over all solutions; `None` if there is none.
    pub range: Option<Range>,
    /// The same with its own figures set aside.
    pub rest: Option<Range>,
    /// The rest bounds it more tightly than its natural domain does.
    pub checked: bool,
}

/// The audit of a release.
#[derive(Debug, Clone)]
pub struct Audit {
    /// What was audited.
    pub model: Model,
    /// Verdict.
    pub verdict: ReleaseVerdict,
    /// The assumption under which it was reached.
    pub how: How,
    /// One for each claim.
    pub claims: Vec<Judged>,
    /// One for each item.
    pub implied: Vec<Implied>,
    /// What is wrong, if anything is.
    pub diagnosis: Diagnosis,
    /// Its conflicts in words.
    pub explained: Vec<Explained>,
    /// What would explain it.
    pub repairs: Vec<Repair>,
    /// False if some part was left out because the limit was reached.
    pub complete: bool,
}

/// Audits a release within a budget.
#[must_use]
pub fn audit(model: Model, budget: &mut Budget) -> Audit {
    let mut audit = Audit {
        verdict: ReleaseVerdict::Undecided,
        how: How::UNROUNDED,
        claims: Vec::new(),
        implied: Vec::new(),
        diagnosis: Diagnosis::default(),
        explained: Vec::new(),
        repairs: Vec::new(),
        complete: false,
        model,
    };
    let done = audit.run(budget);
    if done.is_err() {
        audit.complete = false;
        let have: Vec<usize> = audit.claims.iter().map(|c| c.entry).collect();
        for (e, _) in
            audit.model.entries.iter().enumerate().filter(|(e, x)| x.is_claim() && !have.contains(e))
        {
            audit.claims.push(Judged {
                entry: e,
                verdict: ClaimVerdict::Undecided,
                checked: false,
                recomputed: None,
                supported: None,
                rest: None,
                notes: vec!["not decided within the limit".into()],
            });
        }
        audit.claims.sort_by_key(|c| c.entry);
    }
    audit
}

/// Whether the release holds together, and under which assumption: the question without the report.
///
/// # Errors
/// `Undecided` when the budget is used up.
pub fn decide(model: &Model, budget: &mut Budget) -> Decided<Option<How>> {
    let all = vec![true; model.entries.len()];
    for how in assumptions(model) {
        if model.system(how).holds(&all, false, budget)? {
            return Ok(Some(how));
        }
    }
    Ok(None)
}

/// The assumptions to try, in order.
fn assumptions(model: &Model) -> Vec<How> {
    let rates: &[bool] = match model.rates_from() {
        RatesFrom::Unrounded => &[false],
        RatesFrom::Printed => &[true],
        RatesFrom::Unknown => &[false, true],
    };
    let cut = [(false, false), (true, false), (true, true)];
    cut.iter()
        .flat_map(|(figures, rest)| {
            rates.iter().map(|p| How { printed: *p, figures_truncated: *figures, rates_truncated: *rest })
        })
        .collect()
}

impl Audit {
    fn run(&mut self, budget: &mut Budget) -> Decided<()> {
        let n = self.model.entries.len();
        let all = vec![true; n];
        let first = assumptions(&self.model).first().copied().unwrap_or(How::UNROUNDED);
        let found = decide(&self.model, budget)?;
        self.how = found.unwrap_or(first);
        let mut system = self.model.system(self.how);
        let cut = self.how.figures_truncated;
        // A truncated or inconsistent release is diagnosed as it is printed.
        if found.is_none() || cut {
            let mut printed = self.model.system(first);
            let mut diagnosis = diagnose(&self.model, &mut printed, budget);
            if found.is_none() {
                self.verdict = ReleaseVerdict::Inconsistent;
            }
            self.diagnosis = diagnosis.clone();
            for core in &diagnosis.conflicts {
                self.explained.push(explain(&self.model, &mut printed, first, core, budget)?);
            }
            if found.is_none() {
                self.repairs = repairs(&self.model, &mut printed, first, &mut diagnosis.sets, budget)?;
                self.diagnosis.sets = diagnosis.sets;
            }
        }
        // What remains when the likeliest slips are set aside still says something about the rest.
        let trusted: Vec<bool> = match (found, self.diagnosis.sets.first()) {
            (None, Some(set)) => (0..n).map(|e| !set.contains(&e)).collect(),
            _ => all.clone(),
        };
        let interior = found.is_none() || system.holds(&all, true, budget)?;
        if found.is_some() {
            self.verdict = match (cut, interior) {
                (true, _) => ReleaseVerdict::Truncated,
                (false, true) => ReleaseVerdict::Consistent,
                (false, false) => ReleaseVerdict::Boundary,
            };
        }
        for e in 0..n {
            if self.model.entries.get(e).is_some_and(Entry::is_claim) {
                let judged = self.judge(e, &mut system, &trusted, found.is_some(), interior, budget)?;
                self.claims.push(judged);
            }
        }
        if !interior && !self.claims.iter().any(|c| c.verdict == ClaimVerdict::Boundary) {
            let core = system.conflict(&all, true, budget)?.unwrap_or_default();
            for c in self.claims.iter_mut().filter(|c| core.contains(&c.entry)) {
                c.verdict = ClaimVerdict::Boundary;
            }
        }
        if self.verdict == ReleaseVerdict::Consistent && !self.claims.iter().any(|c| c.checked) {
            self.verdict = ReleaseVerdict::Unchecked;
        }
        self.imply(&mut system, &trusted, found.is_some(), budget)?;
        self.complete = found.is_some() || self.diagnosis.complete;
        Ok(())
    }

    fn imply(
        &mut self,
        system: &mut System,
        trusted: &[bool],
        holds: bool,
        budget: &mut Budget,
    ) -> Decided<()> {
        for i in 0..self.model.variables.len() {
            let form = Form::item(i);
            let own = self.model.variables.get(i).map(|v| v.figures.clone()).unwrap_or_default();
            let range = if holds { system.range(&form, None, trusted, budget)? } else { None };
            let rest = if own.is_empty() && holds {
                range.clone()
            } else {
                let without: Vec<bool> =
                    trusted.iter().enumerate().map(|(e, on)| *on && !own.contains(&e)).collect();
                system.range(&form, None, &without, budget)?
            };
            let positive = self.model.point(i).is_some_and(|p| p.sign() > 0)
                || self.model.variables.get(i).is_some_and(|v| v.positive);
            let checked = !own.is_empty() && rest.as_ref().is_some_and(|r| tighter(r, positive, None));
            self.implied.push(Implied { item: i, range, rest, checked });
        }
        Ok(())
    }
}
