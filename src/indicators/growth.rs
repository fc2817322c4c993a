//! Growth: a value against a base. The idea is one fraction, (x - b)/b; what differs is which base and which rate.
//!
//! Differences and lags are here too, and the parts of a change in the yearly rate. Sums against sums are in `totals`,
//! means against means in `rolling`.

use super::rules::BaseRule;
use crate::kernel::{Figure, Figures, LaneKernel, PairKernel};
use crate::number::{Exponent, Number, Real, Unit};
use crate::panel::Base;

/// Fills `out` from the pairs of value and base.
#[inline(always)]
fn each<N: Number>(value: &[N], base: &[N], out: &mut [N], f: impl Fn(N, N) -> N) {
    for ((o, &x), &b) in out.iter_mut().zip(value).zip(base) {
        *o = f(x, b);
    }
}

/// The base itself.
#[derive(Debug)]
pub struct Lag;

impl Figures for Lag {
    fn figure(&self) -> Figure {
        Figure::Value
    }
}

impl<N: Number> PairKernel<N> for Lag {
    #[inline(always)]
    fn run(&self, ctx: &N::Context, value: &[N], base: &[N], out: &mut [N]) {
        each(value, base, out, |_, b| if b.is_missing() { N::MISSING } else { N::level(ctx, b) });
    }
}

/// x - b, in the unit of the data.
#[derive(Debug)]
pub struct Change;

impl Figures for Change {
    fn figure(&self) -> Figure {
        Figure::Level
    }
}

impl<N: Number> PairKernel<N> for Change {
    #[inline(always)]
    fn run(&self, ctx: &N::Context, value: &[N], base: &[N], out: &mut [N]) {
        each(value, base, out, |x, b| N::level(ctx, x.sub(b)));
    }
}

/// (x - b)/b. A base of zero gives missing; a negative one follows the rule.
#[derive(Debug)]
pub struct Growth {
    /// What growth from a negative base is.
    pub rule: BaseRule,
    /// Per cent or fraction.
    pub unit: Unit,
}

impl Figures for Growth {
    fn figure(&self) -> Figure {
        Figure::Rate(self.unit)
    }
}

impl<N: Number> PairKernel<N> for Growth {
    #[inline(always)]
    fn run(&self, ctx: &N::Context, value: &[N], base: &[N], out: &mut [N]) {
        let unit = self.unit;
        // The rule is matched outside the loop, so that each loop is straight arithmetic.
        match self.rule {
            BaseRule::Missing => each(value, base, out, |x, b| BaseRule::Missing.growth(ctx, x, b, unit)),
            BaseRule::Signed => each(value, base, out, |x, b| BaseRule::Signed.growth(ctx, x, b, unit)),
            BaseRule::Abs => each(value, base, out, |x, b| BaseRule::Abs.growth(ctx, x, b, unit)),
        }
    }
}

/// (x - b) over the mean of x and b: a rise and the fall that undoes it are equally large.
///
/// Missing unless both are positive.
#[derive(Debug)]
pub struct SymmetricGrowth {
    /// Per cent or fraction.
    pub unit: Unit,
}

impl Figures for SymmetricGrowth {
    fn figure(&self) -> Figure {
        Figure::Rate(self.unit)
    }
}

impl<N: Number> PairKernel<N> for SymmetricGrowth {
    #[inline(always)]
    fn run(&self, ctx: &N::Context, value: &[N], base: &[N], out: &mut [N]) {
        each(value, base, out, |x, b| {
            if x.is_positive() && b.is_positive() {
                N::symmetric_change(ctx, x, b, self.unit)
            } else {
                N::MISSING
            }
        });
    }
}

/// ln(x/b) in log points (times 100). Missing unless both are positive.
#[derive(Debug)]
pub struct LogGrowth;

impl Figures for LogGrowth {
    fn figure(&self) -> Figure {
        Figure::Rate(Unit::Percent)
    }
}

impl<N: Real> PairKernel<N> for LogGrowth {
    #[inline(always)]
    fn run(&self, ctx: &N::Context, value: &[N], base: &[N], out: &mut [N]) {
        each(value, base, out, |x, b| {
            if x.is_positive() && b.is_positive() {
                N::log_ratio(ctx, x, b, Unit::Percent)
            } else {
                N::MISSING
            }
        });
    }
}

/// (x/b)^e - 1: growth over some periods at an annual rate.
#[derive(Debug)]
pub struct Annualized {
    /// Periods in a year over periods of the lag.
    pub exponent: Exponent,
    /// What growth from a negative base is.
    pub rule: BaseRule,
    /// Per cent or fraction.
    pub unit: Unit,
}

impl Figures for Annualized {
    fn figure(&self) -> Figure {
        Figure::Rate(self.unit)
    }
}

impl<N: Number> PairKernel<N> for Annualized {
    #[inline(always)]
    fn run(&self, ctx: &N::Context, value: &[N], base: &[N], out: &mut [N]) {
        each(value, base, out, |x, b| self.rule.compound(ctx, x, b, self.exponent, self.unit));
    }
}

/// The average yearly rate between a fixed period and each other one; missing at that period itself.
#[derive(Debug)]
pub struct AverageSince {
    /// The fixed period.
    pub since: usize,
    /// Periods in a year.
    pub per_year: i64,
    /// What growth from a negative base is.
    pub rule: BaseRule,
    /// Per cent or fraction.
    pub unit: Unit,
}

impl Figures for AverageSince {
    fn figure(&self) -> Figure {
        Figure::Rate(self.unit)
    }
}

impl<N: Number> LaneKernel<N> for AverageSince {
    type Out = N;

    #[inline(always)]
    fn run(&self, ctx: &N::Context, x: &[N], out: &mut [N]) {
        let base = x.get(self.since).copied().unwrap_or(N::MISSING);
        for (t, (o, &value)) in out.iter_mut().zip(x).enumerate() {
            let distance = i64::try_from(t.abs_diff(self.since)).unwrap_or(i64::MAX);
            let exponent =
                Exponent { num: self.per_year, den: if t < self.since { -distance } else { distance } };
            *o = match (base.is_missing(), distance) {
                (true, _) | (_, 0) => N::MISSING,
                _ => self.rule.compound(ctx, value, base, exponent, self.unit),
            };
        }
    }

    fn of_series(&self, first: usize, _: &mut dyn Iterator<Item = usize>) -> Option<Self> {
        Some(Self { since: self.since.checked_sub(first).unwrap_or(usize::MAX), ..*self })
    }
}

/// The compound annual rate from the first observed value to the last; missing where there is only one.
#[derive(Debug)]
pub struct Cagr {
    /// Periods in a year.
    pub per_year: i64,
    /// What growth from a negative base is.
    pub rule: BaseRule,
    /// Per cent or fraction.
    pub unit: Unit,
}

impl Figures for Cagr {
    fn figure(&self) -> Figure {
        Figure::Rate(self.unit)
    }
}

impl<N: Number> LaneKernel<N> for Cagr {
    type Out = N;

    #[inline(always)]
    fn run(&self, ctx: &N::Context, x: &[N], out: &mut [N]) {
        let first = x.iter().position(|v| !v.is_missing());
        let last = x.iter().rposition(|v| !v.is_missing());
        let rate = match (first, last) {
            (Some(a), Some(z)) if a < z => {
                let exponent = Exponent { num: self.per_year, den: i64::try_from(z - a).unwrap_or(i64::MAX) };
                self.rule.compound(ctx, x[z], x[a], exponent, self.unit)
            }
            _ => N::MISSING,
        };
        out.fill(rate);
    }
}

/// What moved the yearly rate Y between two periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateChange {
    /// All of it: Y(t) - Y(t-1).
    Whole,
    /// What the current period did: (x(t) - x(t-1)) / x(t-P).
    Current,
    /// What the base did: x(t-1)/x(t-P) - x(t-1)/x(t-1-P), which is -(1 + Y(t-1)) m(t-P)/(1 + m(t-P)).
    Base,
}

/// The change of the yearly rate in points, or one of the two parts that add up to it.
#[derive(Debug)]
pub struct YearlyRateChange {
    /// Which part.
    pub part: RateChange,
    /// The base of the yearly rate.
    pub base: Base,
    /// What growth from a negative base is.
    pub rule: BaseRule,
    /// Percentage points or fraction.
    pub unit: Unit,
}

impl Figures for YearlyRateChange {
    fn figure(&self) -> Figure {
        Figure::Rate(self.unit)
    }
}

impl<N: Number> LaneKernel<N> for YearlyRateChange {
    type Out = N;

    #[inline(always)]
    fn run(&self, ctx: &N::Context, x: &[N], out: &mut [N]) {
        let n = x.len();
        let value = |slot: Option<usize>| slot.and_then(|s| x.get(s)).copied().unwrap_or(N::MISSING);
        for (t, o) in out.iter_mut().enumerate() {
            let before = t.checked_sub(1);
            let a = value(self.base.of(t, n));
            let b = value(before.and_then(|s| self.base.of(s, n)));
            let (now, then) = (x[t], value(before));
            *o = if [now, then, a, b].iter().any(|v| v.is_missing()) {
                N::MISSING
            } else {
                self.part(ctx, [now, a, then, b])
            };
        }
    }

    fn of_series(&self, first: usize, rows: &mut dyn Iterator<Item = usize>) -> Option<Self> {
        Some(Self { base: self.base.of_series(first, rows)?, ..*self })
    }
}

impl YearlyRateChange {
    /// The part, of x(t)/a - x(t-1)/b.
    #[inline(always)]
    fn part<N: Number>(&self, ctx: &N::Context, [x, a, y, b]: [N; 4]) -> N {
        // Rates over |b| are ratios less one, or plus one where the base is negative. Of two bases of unlike signs the ones
        // do not cancel: a value whose base is negative is moved up by 2|b|, which makes it a ratio less one.
        // Each part needs both yearly rates, and so both bases, whether its own fraction divides by them or not.
        if [a, b].iter().any(|base| !(base.is_positive() || base.is_negative())) {
            return N::MISSING;
        }
        let unlike = self.rule == BaseRule::Abs && a.is_negative() != b.is_negative();
        let over = |v: N, base: N| if base.is_negative() { v.sub(base.times(2)) } else { v };
        self.rule.fraction(a, |den| {
            self.rule.fraction(b, |before| match self.part {
                RateChange::Whole if unlike => {
                    N::ratio_change(ctx, over(x, a), den, over(y, b), before, self.unit)
                }
                RateChange::Whole => N::ratio_change(ctx, x, den, y, before, self.unit),
                RateChange::Current => N::contribution(ctx, x, y, den, self.unit),
                RateChange::Base if unlike => {
                    N::ratio_change(ctx, over(y, a), den, over(y, b), before, self.unit)
                }
                RateChange::Base => N::base_shift(ctx, y, den, before, self.unit),
            })
        })
    }
}
