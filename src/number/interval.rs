//! The interval instance: the guaranteed range of a value when its inputs are published rounded.
//!
//! A fraction of linear forms over a denominator of one sign is monotone in each input, and each input occurs once, so
//! its extremes lie at corners: the bounds are the least and the greatest of the corners, each rounded outward by its
//! endpoint type. Where the denominator's interval holds zero, the range is unbounded and the result missing.

use super::{Decimal, DecimalContext, Exponent, Level, Number, Real, Rounding, Truth, Unit};

/// The bounds of a value, `lower <= upper`; both missing where it is not known or not bounded.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
#[repr(C)]
pub struct Interval<N> {
    /// The least value the unrounded inputs allow.
    pub lower: N,
    /// The greatest one.
    pub upper: N,
}

/// A direction of rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// Towards minus infinity, for lower bounds.
    Below,
    /// Towards plus infinity, for upper bounds.
    Above,
}

/// A value that can bound an interval: every operation of [`Number`] that rounds can be told the direction.
pub trait Endpoint: Number + PartialOrd {
    /// The context whose results are rounded in this direction.
    fn directed(ctx: &Self::Context, toward: Toward) -> Self::Context;
    /// Moves a result that was rounded to the nearest safely outward; exact instances have nothing to do.
    #[must_use]
    fn outward(self, toward: Toward) -> Self;
    /// A sum rounded outward.
    #[must_use]
    fn add_toward(self, other: Self, toward: Toward) -> Self;
}

impl Endpoint for Decimal {
    fn directed(ctx: &DecimalContext, toward: Toward) -> DecimalContext {
        ctx.rounded(match toward {
            Toward::Below => Rounding::Floor,
            Toward::Above => Rounding::Ceiling,
        })
    }
    fn outward(self, _: Toward) -> Self {
        self
    }
    fn add_toward(self, other: Self, _: Toward) -> Self {
        self.add(other)
    }
}

impl Endpoint for f64 {
    fn directed((): &(), _: Toward) {}
    /// A fraction of [`Number`] makes at most three roundings, each within half a unit in the last place: two steps
    /// outward cover them.
    fn outward(self, toward: Toward) -> Self {
        match toward {
            Toward::Below => self.next_down().next_down(),
            Toward::Above => self.next_up().next_up(),
        }
    }
    fn add_toward(self, other: Self, toward: Toward) -> Self {
        let sum = self + other;
        // The error of the sum, exactly (Knuth's two-sum): an exact sum stays as it is.
        let virtual_other = sum - self;
        let error = (self - (sum - virtual_other)) + (other - virtual_other);
        match toward {
            Toward::Below if error < 0.0 => sum.next_down(),
            Toward::Above if error > 0.0 => sum.next_up(),
            _ => sum,
        }
    }
}

impl<N: Endpoint> Interval<N> {
    /// The interval of a value that is known exactly.
    #[must_use]
    pub const fn exact(value: N) -> Self {
        Self { lower: value, upper: value }
    }

    /// Whether zero lies strictly inside, or the interval is nothing but zero or touches it.
    fn holds_zero(self) -> bool {
        !(self.is_positive() || self.is_negative())
    }

    /// The range of a function that is monotone in each input, over all corners of the inputs' box.
    fn corners<const K: usize>(
        ctx: &N::Context,
        inputs: [Self; K],
        f: impl Fn(&N::Context, [N; K]) -> N,
    ) -> Self {
        if inputs.iter().any(|i| i.is_missing()) {
            return Self::MISSING;
        }
        let bound = |toward| {
            let ctx = N::directed(ctx, toward);
            let mut best: Option<N> = None;
            for corner in 0..1_usize << K {
                let mut at = [N::ZERO; K];
                for (k, (value, input)) in at.iter_mut().zip(&inputs).enumerate() {
                    *value = if corner >> k & 1 == 0 { input.lower } else { input.upper };
                }
                let value = f(&ctx, at);
                if value.is_missing() || value.is_overflow() {
                    return value;
                }
                best = Some(match (best, toward) {
                    (None, _) => value,
                    (Some(b), Toward::Below) => b.min(value),
                    (Some(b), Toward::Above) => b.max(value),
                });
            }
            best.unwrap_or(N::MISSING).outward(toward)
        };
        let (lower, upper) = (bound(Toward::Below), bound(Toward::Above));
        if lower.is_missing() || upper.is_missing() { Self::MISSING } else { Self { lower, upper } }
    }
}

impl<N: Endpoint> Number for Interval<N> {
    type Context = N::Context;

    const MISSING: Self = Self { lower: N::MISSING, upper: N::MISSING };
    const ZERO: Self = Self { lower: N::ZERO, upper: N::ZERO };
    const BOUNDED: bool = true;

    fn is_missing(self) -> bool {
        self.lower.is_missing() || self.upper.is_missing()
    }
    fn is_overflow(self) -> bool {
        self.lower.is_overflow() || self.upper.is_overflow()
    }
    fn is_positive(self) -> bool {
        self.lower.is_positive()
    }
    fn is_negative(self) -> bool {
        self.upper.is_negative()
    }
    fn exceeds(self, other: Self) -> Truth {
        if self.lower > other.upper {
            Truth::Yes
        } else if self.upper > other.lower {
            Truth::Undecided
        } else {
            Truth::No
        }
    }
    fn max(self, other: Self) -> Self {
        Self { lower: self.lower.max(other.lower), upper: self.upper.max(other.upper) }
    }
    fn min(self, other: Self) -> Self {
        Self { lower: self.lower.min(other.lower), upper: self.upper.min(other.upper) }
    }

    fn add(self, other: Self) -> Self {
        Self {
            lower: self.lower.add_toward(other.lower, Toward::Below),
            upper: self.upper.add_toward(other.upper, Toward::Above),
        }
    }
    fn sub(self, other: Self) -> Self {
        self.add(other.negated())
    }
    fn times(self, count: u32) -> Self {
        // Exact for decimals; for floats the product is rounded once.
        let (lower, upper) = (self.lower.times(count), self.upper.times(count));
        if count.is_power_of_two() {
            Self { lower, upper }
        } else {
            Self { lower: lower.outward(Toward::Below), upper: upper.outward(Toward::Above) }
        }
    }
    fn negated(self) -> Self {
        Self { lower: self.upper.negated(), upper: self.lower.negated() }
    }

    fn level(ctx: &Self::Context, x: Self) -> Self {
        let at = |value, toward| N::level(&N::directed(ctx, toward), value);
        Self { lower: at(x.lower, Toward::Below), upper: at(x.upper, Toward::Above) }
    }
    fn mean(ctx: &Self::Context, sum: Self, count: u32) -> Self {
        Self::corners(ctx, [sum], |ctx, [sum]| N::mean(ctx, sum, count))
    }
    fn ratio(ctx: &Self::Context, num: Self, den: Self, unit: Unit) -> Self {
        if den.holds_zero() {
            return Self::MISSING;
        }
        Self::corners(ctx, [num, den], |ctx, [num, den]| N::ratio(ctx, num, den, unit))
    }
    fn relative_change(ctx: &Self::Context, x: Self, b: Self, unit: Unit) -> Self {
        if b.holds_zero() {
            return Self::MISSING;
        }
        Self::corners(ctx, [x, b], |ctx, [x, b]| N::relative_change(ctx, x, b, unit))
    }
    fn symmetric_change(ctx: &Self::Context, x: Self, b: Self, unit: Unit) -> Self {
        Self::corners(ctx, [x, b], |ctx, [x, b]| N::symmetric_change(ctx, x, b, unit))
    }
    fn part_of(ctx: &Self::Context, part: Self, rest: Self, unit: Unit) -> Self {
        if part.add(rest).holds_zero() {
            return Self::MISSING;
        }
        Self::corners(ctx, [part, rest], |ctx, [part, rest]| N::part_of(ctx, part, rest, unit))
    }
    fn contribution(ctx: &Self::Context, x: Self, y: Self, total: Self, unit: Unit) -> Self {
        if total.holds_zero() {
            return Self::MISSING;
        }
        Self::corners(ctx, [x, y, total], |ctx, [x, y, total]| N::contribution(ctx, x, y, total, unit))
    }
    fn ratio_change(ctx: &Self::Context, x: Self, a: Self, y: Self, b: Self, unit: Unit) -> Self {
        if a.holds_zero() || b.holds_zero() {
            return Self::MISSING;
        }
        Self::corners(ctx, [x, a, y, b], |ctx, [x, a, y, b]| N::ratio_change(ctx, x, a, y, b, unit))
    }
    fn base_shift(ctx: &Self::Context, y: Self, a: Self, b: Self, unit: Unit) -> Self {
        if a.holds_zero() || b.holds_zero() {
            return Self::MISSING;
        }
        Self::corners(ctx, [y, a, b], |ctx, [y, a, b]| N::base_shift(ctx, y, a, b, unit))
    }
    fn rebased(ctx: &Self::Context, x: Self, sum: Self, count: u32, value: Level) -> Self {
        if sum.holds_zero() {
            return Self::MISSING;
        }
        Self::corners(ctx, [x, sum], |ctx, [x, sum]| N::rebased(ctx, x, sum, count, value))
    }
    fn rebased_within(ctx: &Self::Context, x: Self, rest: Self, count: u32, value: Level) -> Self {
        if x.add(rest).holds_zero() {
            return Self::MISSING;
        }
        let found =
            Self::corners(ctx, [x, rest], |ctx, [x, rest]| N::rebased_within(ctx, x, rest, count, value));
        // Of floats the sum is rounded, too.
        Self { lower: found.lower.outward(Toward::Below), upper: found.upper.outward(Toward::Above) }
    }
    fn compound_rise(ctx: &Self::Context, x: Self, b: Self, exponent: Exponent, unit: Unit) -> Self {
        if !(x.sub(b.times(2)).is_positive() && b.is_negative()) {
            return Self::MISSING;
        }
        Self::corners(ctx, [x, b], |ctx, [x, b]| N::compound_rise(ctx, x, b, exponent, unit))
    }
    fn compound(ctx: &Self::Context, x: Self, b: Self, exponent: Exponent, unit: Unit) -> Self {
        if !(x.is_positive() && b.is_positive()) {
            return Self::MISSING;
        }
        Self::corners(ctx, [x, b], |ctx, [x, b]| N::compound(ctx, x, b, exponent, unit))
    }
}

impl Real for Interval<f64> {
    fn log_ratio(ctx: &(), x: Self, b: Self, unit: Unit) -> Self {
        if !(x.is_positive() && b.is_positive()) {
            return Self::MISSING;
        }
        Self::corners(ctx, [x, b], |ctx, [x, b]| f64::log_ratio(ctx, x, b, unit))
    }
}
