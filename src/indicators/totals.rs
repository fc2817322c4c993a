//! Totals: sums and means over fiscal years and other spans of periods, their growth, and index levels on a base span.

use super::rules::{BaseRule, Gaps, Span, Spans, Sum, each_with_rest, growth_of_means};
use crate::kernel::{Figure, Figures, LaneKernel, RowsKernel};
use crate::number::{Level, Number, Unit};
use crate::panel::Base;
use crate::panel::dispatch::{Work, widest};
use std::hint::select_unpredictable;

/// Calls `put(t, sum)` with the sum of each year up to each period t of it.
#[inline(always)]
fn cumulate<N: Number>(x: &[N], years: &Spans, gaps: Gaps, mut put: impl FnMut(usize, &Sum<N>)) {
    for year in years.over(x.len()) {
        let mut sum = Sum::EMPTY;
        if year.first < 0 {
            sum.incomplete(gaps);
        }
        for t in year.within(x.len()).0 {
            sum.push(x[t], gaps);
            put(t, &sum);
        }
    }
}

/// The sum or mean of the fiscal year so far.
///
/// From an absent period on it is missing, and throughout a first year whose beginning is not in the data.
#[derive(Debug)]
pub struct YearToDate {
    /// The fiscal years.
    pub years: Spans,
    /// The mean instead of the sum.
    pub mean: bool,
    /// What a missing value does.
    pub gaps: Gaps,
}

impl Figures for YearToDate {
    fn figure(&self) -> Figure {
        if self.mean { Figure::Mean } else { Figure::Level }
    }
}

impl<N: Number> LaneKernel<N> for YearToDate {
    type Out = N;

    #[inline(always)]
    fn run(&self, ctx: &N::Context, x: &[N], out: &mut [N]) {
        cumulate(x, &self.years, self.gaps, |t, sum| {
            out[t] = match sum.get() {
                None => N::MISSING,
                Some((sum, count)) if self.mean => N::mean(ctx, sum, count),
                Some((sum, _)) => N::level(ctx, sum),
            };
        });
    }

    fn of_series(&self, first: usize, _: &mut dyn Iterator<Item = usize>) -> Option<Self> {
        Some(Self { years: self.years.starting(first), ..*self })
    }

    fn by_rows(&self, span: usize) -> Option<Box<dyn RowsKernel<N, Out = N> + '_>> {
        if self.gaps == Gaps::Skip {
            return None;
        }
        let first = |slot| i32::try_from(self.years.of(slot).first).ok();
        let first = (0..span).map(first).collect::<Option<Vec<i32>>>()?;
        Some(Box::new(YearToDateRows { first, mean: self.mean }))
    }
}

/// The fiscal year so far, row by row, where an absent period makes the rest of its year missing.
///
/// What a row adds to is chosen, not branched to: years end at odd places among the rows, which would be guessed wrong.
struct YearToDateRows {
    /// The first period of the year of each period.
    first: Vec<i32>,
    mean: bool,
}

impl<N: Number> RowsKernel<N> for YearToDateRows {
    type Out = N;

    fn run(&self, ctx: &N::Context, slots: &[i32], x: &[N], out: &mut [N]) {
        widest(AlongYears { years: self, ctx, slots, x, out });
    }
}

/// The sums that are made before they are rounded into the results: were they rounded where they lie, only those that
/// change would be stored, which some processors do slowly.
const STEP: usize = 128;

struct AlongYears<'a, N: Number> {
    years: &'a YearToDateRows,
    ctx: &'a N::Context,
    slots: &'a [i32],
    x: &'a [N],
    out: &'a mut [N],
}

impl<N: Number> Work for AlongYears<'_, N> {
    type Out = ();

    #[inline(always)]
    fn run(self) {
        let Self { years, ctx, slots, x, out } = self;
        let first = &years.first[..];
        let first = |slot: i32| first.get(slot.cast_unsigned() as usize).copied().unwrap_or(i32::MIN);
        // A sum that is missing once stays so, whatever is added to it; and bounds of which one is missing are missing.
        let (mut sum, mut next) = (N::MISSING, i32::MIN);
        let mut sums = [N::MISSING; STEP];
        for ((slots, x), out) in slots.chunks(STEP).zip(x.chunks(STEP)).zip(out.chunks_mut(STEP)) {
            for ((&slot, &value), here) in slots.iter().zip(x).zip(&mut sums) {
                let value = select_unpredictable(value.is_missing(), N::MISSING, value);
                let so_far = select_unpredictable(slot == next, sum, N::MISSING);
                sum = select_unpredictable(slot == first(slot), N::ZERO, so_far).add(value);
                next = slot.wrapping_add(1);
                *here = sum;
            }
            if years.mean {
                for ((o, &sum), &slot) in out.iter_mut().zip(&sums).zip(slots) {
                    *o = N::mean(ctx, sum, slot.wrapping_sub(first(slot)).cast_unsigned().wrapping_add(1));
                }
            } else {
                out.iter_mut().zip(&sums).for_each(|(o, &sum)| *o = N::level(ctx, sum));
            }
        }
    }
}

/// The year to date against the same span of the year before.
#[derive(Debug)]
pub struct YearToDateGrowth {
    /// The fiscal years.
    pub years: Spans,
    /// The period of the year before at which each span ends; without it the one of the same number in its year, so
    /// that n weeks are compared with n weeks.
    pub base: Option<Base>,
    /// Compares means instead of sums.
    pub mean: bool,
    /// What growth from a negative base is.
    pub rule: BaseRule,
    /// Per cent or fraction.
    pub unit: Unit,
    /// What a missing value does.
    pub gaps: Gaps,
}

impl Figures for YearToDateGrowth {
    fn figure(&self) -> Figure {
        Figure::Rate(self.unit)
    }
}

impl<N: Number> LaneKernel<N> for YearToDateGrowth {
    type Out = N;

    #[inline(always)]
    fn run(&self, ctx: &N::Context, x: &[N], out: &mut [N]) {
        let mut sums = vec![None; x.len()];
        cumulate(x, &self.years, self.gaps, |t, sum| sums[t] = sum.get());
        let mut before = None;
        for year in self.years.over(x.len()) {
            for t in year.within(x.len()).0 {
                let base = match &self.base {
                    Some(base) => base.of(t, x.len()),
                    None => before.and_then(|b: Span| b.alike(&year, t)),
                };
                out[t] = match (sums[t], base.and_then(|b| sums[b])) {
                    (Some(now), Some(then)) if self.mean => {
                        growth_of_means(self.rule, ctx, now, then, self.unit)
                    }
                    (Some((now, _)), Some((then, _))) => self.rule.growth(ctx, now, then, self.unit),
                    _ => N::MISSING,
                };
            }
            before = Some(year);
        }
    }

    fn of_series(&self, first: usize, rows: &mut dyn Iterator<Item = usize>) -> Option<Self> {
        let base = self.base.as_ref().map(|base| base.of_series(first, rows).unwrap_or_else(|| base.clone()));
        Some(Self { years: self.years.starting(first), base, ..*self })
    }
}

/// What of a year is compared with the year before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnnualOf {
    /// Its average.
    Average,
    /// Its last period.
    End,
}

/// Growth from year to year, a value for every year that the series touches; incomplete years are missing.
#[derive(Debug)]
pub struct AnnualGrowth {
    /// The fiscal years.
    pub years: Spans,
    /// Average on average, or end on end.
    pub of: AnnualOf,
    /// What growth from a negative base is.
    pub rule: BaseRule,
    /// Per cent or fraction.
    pub unit: Unit,
    /// What a missing value does.
    pub gaps: Gaps,
}

impl AnnualGrowth {
    #[inline(always)]
    fn year<N: Number>(&self, x: &[N], year: Span) -> Option<(N, u32)> {
        let (range, whole) = year.within(x.len());
        match self.of {
            AnnualOf::Average => {
                // What na= says is about values: a year that the data begin or end in is none.
                let mut sum = Sum::EMPTY;
                range.for_each(|t| sum.push(x[t], self.gaps));
                sum.get().filter(|_| whole)
            }
            AnnualOf::End => {
                let last = usize::try_from(year.end - 1).ok().and_then(|t| x.get(t)).copied();
                last.filter(|v| !v.is_missing()).map(|v| (v, 1))
            }
        }
    }
}

impl Figures for AnnualGrowth {
    fn figure(&self) -> Figure {
        Figure::Rate(self.unit)
    }
}

impl<N: Number> LaneKernel<N> for AnnualGrowth {
    type Out = N;

    #[inline(always)]
    fn run(&self, ctx: &N::Context, x: &[N], out: &mut [N]) {
        out.fill(N::MISSING);
        let mut before = None;
        for year in self.years.over(x.len()) {
            let now = self.year(x, year);
            if let (Some(now), Some(then), Some(o)) = (now, before, out.get_mut(year.number)) {
                *o = growth_of_means(self.rule, ctx, now, then, self.unit);
            }
            before = now;
        }
    }
}

/// The growth that the year will have if all its remaining periods stay at the current one.
#[derive(Debug)]
pub struct CarryOver {
    /// The fiscal years.
    pub years: Spans,
    /// What growth from a negative base is.
    pub rule: BaseRule,
    /// Per cent or fraction.
    pub unit: Unit,
}

impl Figures for CarryOver {
    fn figure(&self) -> Figure {
        Figure::Rate(self.unit)
    }
}

impl<N: Number> LaneKernel<N> for CarryOver {
    type Out = N;

    #[inline(always)]
    fn run(&self, ctx: &N::Context, x: &[N], out: &mut [N]) {
        out.fill(N::MISSING);
        let mut before = None;
        for year in self.years.over(x.len()) {
            let (range, whole) = year.within(x.len());
            let mut sum = Sum::EMPTY;
            if year.first < 0 {
                sum.incomplete(Gaps::Propagate);
            }
            for t in range {
                sum.push(x[t], Gaps::Propagate);
                if let (Some((so_far, count)), Some((base, _))) = (sum.get(), before) {
                    let year_total = so_far.add(x[t].times(year.len().saturating_sub(count)));
                    out[t] = self.rule.growth(ctx, year_total, base, self.unit);
                }
            }
            before = sum.get().filter(|_| whole);
        }
    }

    fn of_series(&self, first: usize, _: &mut dyn Iterator<Item = usize>) -> Option<Self> {
        Some(Self { years: self.years.starting(first), ..*self })
    }
}

/// The series as an index whose mean over the periods `first..=last` is `value`.
///
/// Missing throughout where a value of the base span is missing or its mean not positive.
#[derive(Debug)]
pub struct Rebase {
    /// The first period of the base span.
    pub first: usize,
    /// Its last period.
    pub last: usize,
    /// The level in the base span, usually 100.
    pub value: Level,
}

impl Figures for Rebase {
    fn figure(&self) -> Figure {
        Figure::Mean
    }
}

impl<N: Number> LaneKernel<N> for Rebase {
    type Out = N;

    #[inline(always)]
    fn run(&self, ctx: &N::Context, x: &[N], out: &mut [N]) {
        let span = x.get(self.first..=self.last).unwrap_or(&[]);
        let mut sum = Sum::EMPTY;
        for &v in span {
            sum.push(v, Gaps::Propagate);
        }
        let Some((sum, count)) = sum.get().filter(|(sum, _)| sum.is_positive()) else {
            return out.fill(N::MISSING);
        };
        for (o, &v) in out.iter_mut().zip(x) {
            *o = if v.is_missing() { N::MISSING } else { N::rebased(ctx, v, sum, count, self.value) };
        }
        // Of bounds a value of the base span is in the sum, too, and counts once.
        if N::BOUNDED {
            let within = |v, rest, _| N::rebased_within(ctx, v, rest, count, self.value);
            each_with_rest(span, &mut out[self.first..=self.last], |v| v, within);
        }
    }

    fn of_series(&self, first: usize, _: &mut dyn Iterator<Item = usize>) -> Option<Self> {
        // A base span that begins before the series has no mean there.
        let first_base = self.first.checked_sub(first).unwrap_or(usize::MAX - 1);
        Some(Self { first: first_base, last: self.last.saturating_sub(first), ..*self })
    }
}

/// How the periods of a span become one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Their sum.
    Sum,
    /// Their mean.
    Mean,
    /// The last of them.
    Last,
    /// The first of them.
    First,
}

/// A value for every longer span: quarters from months, years from quarters.
#[derive(Debug)]
pub struct Aggregate {
    /// The longer spans.
    pub groups: Spans,
    /// How their periods become one value.
    pub how: How,
    /// Whether a span of which not all periods are there gets the value of those that are.
    pub partial: bool,
    /// What a missing value does.
    pub gaps: Gaps,
}

impl Figures for Aggregate {
    fn figure(&self) -> Figure {
        if self.how == How::Mean { Figure::Mean } else { Figure::Level }
    }
}

impl<N: Number> LaneKernel<N> for Aggregate {
    type Out = N;

    #[inline(always)]
    fn run(&self, ctx: &N::Context, x: &[N], out: &mut [N]) {
        out.fill(N::MISSING);
        let gaps = if self.partial { Gaps::Skip } else { self.gaps };
        for group in self.groups.over(x.len()) {
            let (range, whole) = group.within(x.len());
            let Some(o) = out.get_mut(group.number) else { continue };
            if !whole && !self.partial {
                continue;
            }
            let values = &x[range];
            let mut sum = Sum::EMPTY;
            for &v in values {
                sum.push(v, gaps);
            }
            let mut present = values.iter().filter(|v| !v.is_missing());
            *o = match (sum.get(), self.how) {
                (None, _) => N::MISSING,
                (Some((sum, _)), How::Sum) => N::level(ctx, sum),
                (Some((sum, count)), How::Mean) => N::mean(ctx, sum, count),
                (_, How::First) => present.next().map_or(N::MISSING, |&v| N::level(ctx, v)),
                (_, How::Last) => present.next_back().map_or(N::MISSING, |&v| N::level(ctx, v)),
            };
        }
    }
}
