//! Shares: parts of a whole at one period. Shares, contributions to growth, and who leads.

use super::rules::{BaseRule, Gaps, each_with_rest};
use crate::kernel::{Figure, Figures, LaneKernel, PairKernel};
use crate::number::{Number, Ordered, Truth, Unit};
use std::cmp::Ordering;

/// part/whole, value by value; the whole is the base.
#[derive(Debug)]
pub struct Share {
    /// What a share of a negative whole is.
    pub rule: BaseRule,
    /// Per cent or fraction.
    pub unit: Unit,
}

impl Figures for Share {
    fn figure(&self) -> Figure {
        Figure::Rate(self.unit)
    }
}

impl<N: Number> PairKernel<N> for Share {
    #[inline(always)]
    fn run(&self, ctx: &N::Context, value: &[N], base: &[N], out: &mut [N]) {
        for ((o, &part), &whole) in out.iter_mut().zip(value).zip(base) {
            *o = self.rule.fraction(whole, |whole| N::ratio(ctx, part, whole, self.unit));
        }
    }
}

/// Each part over the sum of all; the lane is the parts of one period.
#[derive(Debug)]
pub struct Shares {
    /// What a share of a negative total is.
    pub rule: BaseRule,
    /// Per cent or fraction.
    pub unit: Unit,
    /// Whether a missing part leaves the total of the others.
    pub gaps: Gaps,
}

impl Figures for Shares {
    fn figure(&self) -> Figure {
        Figure::Rate(self.unit)
    }
}

impl<N: Number> LaneKernel<N> for Shares {
    type Out = N;

    #[inline(always)]
    fn run(&self, ctx: &N::Context, x: &[N], out: &mut [N]) {
        if self.gaps == Gaps::Propagate && x.iter().any(|v| v.is_missing()) {
            return out.fill(N::MISSING);
        }
        let term = |v: N| if v.is_missing() { N::ZERO } else { v };
        each_with_rest(x, out, term, |v, rest, total| match self.rule {
            _ if v.is_missing() => N::MISSING,
            BaseRule::Missing if !total.is_positive() => N::MISSING,
            BaseRule::Abs if total.is_negative() => N::part_of_negative(ctx, v, rest, self.unit),
            _ => N::part_of(ctx, v, rest, self.unit),
        });
    }
}

/// What each part added to the growth of the total: (x - b)/B, in points; the last column is what the parts leave.
#[derive(Debug)]
pub struct Contributions {
    /// What growth from a negative total is.
    pub rule: BaseRule,
    /// Percentage points or fraction.
    pub unit: Unit,
}

impl Contributions {
    /// Fills `out`, a row of parts and the residual for every row of `parts`.
    ///
    /// `total` is the sum of the parts where it is not given; `bases` holds the base row of every row, -1 for none.
    pub fn run<N: Number>(
        &self,
        ctx: &N::Context,
        parts: &[N],
        total: Option<&[N]>,
        bases: &[i64],
        columns: usize,
        out: &mut [N],
    ) {
        let row = |r: usize| &parts[r * columns..(r + 1) * columns];
        let sum = |r: usize| row(r).iter().fold(N::ZERO, |sum, &v| sum.add(v));
        let whole = |r: usize| total.map_or_else(|| sum(r), |t| t[r]);
        for (r, (out, &base)) in out.chunks_exact_mut(columns + 1).zip(bases).enumerate() {
            let Ok(base) = usize::try_from(base) else {
                out.fill(N::MISSING);
                continue;
            };
            let share = |x: N, b: N| {
                let of = |whole: N| N::contribution(ctx, x, b, whole, self.unit);
                let absent = x.is_missing() || b.is_missing() || whole(base).is_missing();
                if absent { N::MISSING } else { self.rule.fraction(whole(base), of) }
            };
            for ((o, &x), &b) in out.iter_mut().zip(row(r)).zip(row(base)) {
                *o = share(x, b);
            }
            out[columns] = match total {
                Some(t) => share(t[r].sub(sum(r)), t[base].sub(sum(base))),
                None if sum(r).is_missing() || sum(base).is_missing() => N::MISSING,
                None => share(N::ZERO, N::ZERO),
            };
        }
    }
}

/// The largest part of a period and its distance from the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Leader<N> {
    /// The column of the largest part, if there is one.
    pub first: Option<usize>,
    /// Its share of the total.
    pub share: N,
    /// The column of the next.
    pub second: Option<usize>,
    /// The difference of their shares.
    pub margin: N,
    /// Whether nothing that is not listed can be as large: the share is above one half, or the part is larger than the
    /// runner-up and than all that is not listed together.
    pub proven: bool,
}

/// Finds the largest of the parts; of equals, the first. Without a total the parts are all there is.
pub fn leader<N: Ordered>(
    ctx: &N::Context,
    parts: &[N],
    total: Option<N>,
    rule: BaseRule,
    unit: Unit,
) -> Leader<N> {
    let mut order: Vec<usize> = (0..parts.len()).filter(|&i| !parts[i].is_missing()).collect();
    order.sort_by(|&a, &b| parts[b].order(parts[a]).then(a.cmp(&b)));
    let listed = order.iter().fold(N::ZERO, |sum, &i| sum.add(parts[i]));
    let complete = order.len() == parts.len();
    let total = match total {
        Some(total) => total,
        None if complete => listed,
        None => N::MISSING,
    };
    let value = |i: usize| order.get(i).map_or(N::MISSING, |&k| parts[k]);
    let (first, second) = (value(0), value(1));
    let known = !first.is_missing() && !total.is_missing();
    let fraction = |x: N, y: N| {
        let absent = !known || x.is_missing() || y.is_missing();
        if absent { N::MISSING } else { rule.fraction(total, |t| N::contribution(ctx, x, y, t, unit)) }
    };
    let beats = |other: N| other.is_missing() || first.exceeds(other) == Truth::Yes;
    // What is not listed is taken as parts that are not negative, of a total that then is positive.
    let rest = total.sub(listed);
    let half = known && total.order(first.add(first)) == Ordering::Less;
    let unlisted_smaller = known && (rest == N::ZERO || (total.is_positive() && (half || beats(rest))));
    Leader {
        first: order.first().copied(),
        share: fraction(first, N::ZERO),
        second: order.get(1).copied(),
        margin: fraction(first, second),
        proven: unlisted_smaller && beats(second),
    }
}
