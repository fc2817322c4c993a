//! The interval instance: the guaranteed range of a value when its inputs are published rounded.
//!
//! A fraction of linear forms over a denominator of one sign is monotone in each input, and each input occurs once, so
//! its extremes lie at corners: the bounds are the least and the greatest of the corners, each rounded outward by its
//! endpoint type; for floats this is done in `enclosure`. Where the denominator's interval holds zero, the range is
//! unbounded and the result missing.

mod enclosure;

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

/// The fractions of [`Number`], of two linear forms or of two products.
#[derive(Debug, Clone, Copy)]
pub enum Fraction<N> {
    /// sum / count.
    Mean(N, u32),
    /// num / den.
    Ratio(N, N),
    /// (x - b) / b.
    RelativeChange(N, N),
    /// (x - b) over the mean of x and b.
    SymmetricChange(N, N),
    /// part / (part + rest).
    PartOf(N, N),
    /// (x - y) / total.
    Contribution(N, N, N),
    /// y / a - y / b.
    BaseShift(N, N, N),
    /// x / (sum / count) * value.
    Rebased(N, N, u32, Level),
    /// x / ((x + rest) / count) * value.
    RebasedWithin(N, N, u32, Level),
}

impl<N: Number> Fraction<N> {
    /// The fraction as the number computes it.
    #[inline(always)]
    fn plain(self, ctx: &N::Context, unit: Unit) -> N {
        match self {
            Self::Mean(sum, count) => N::mean(ctx, sum, count),
            Self::Ratio(num, den) => N::ratio(ctx, num, den, unit),
            Self::RelativeChange(x, b) => N::relative_change(ctx, x, b, unit),
            Self::SymmetricChange(x, b) => N::symmetric_change(ctx, x, b, unit),
            Self::PartOf(part, rest) => N::part_of(ctx, part, rest, unit),
            Self::Contribution(x, y, total) => N::contribution(ctx, x, y, total, unit),
            Self::BaseShift(y, a, b) => N::base_shift(ctx, y, a, b, unit),
            Self::Rebased(x, sum, count, value) => N::rebased(ctx, x, sum, count, value),
            Self::RebasedWithin(x, rest, count, value) => N::rebased_within(ctx, x, rest, count, value),
        }
    }
}

/// A value that can bound an interval: every operation of [`Number`] that rounds can be told the direction.
pub trait Endpoint: Number + PartialOrd {
    /// The context whose results are rounded in this direction.
    fn directed(ctx: &Self::Context, toward: Toward) -> Self::Context;
    /// A fraction rounded outward.
    fn fraction_toward(ctx: &Self::Context, fraction: Fraction<Self>, unit: Unit, toward: Toward) -> Self;
    /// A product with a count rounded outward.
    #[must_use]
    fn times_toward(self, count: u32, toward: Toward) -> Self;
    /// A sum rounded outward.
    #[must_use]
    fn add_toward(self, other: Self, toward: Toward) -> Self;
    /// x / a - y / b, rounded outward.
    fn ratio_change_toward(ctx: &Self::Context, terms: [Self; 4], unit: Unit, toward: Toward) -> Self;
    /// (x / b)^exponent - 1 of positive x and b, rounded outward.
    fn compound_toward(
        ctx: &Self::Context,
        ratio: [Self; 2],
        exponent: Exponent,
        unit: Unit,
        toward: Toward,
    ) -> Self;
    /// ((x - 2 b) / -b)^exponent - 1 of a negative b, rounded outward.
    fn compound_rise_toward(
        ctx: &Self::Context,
        ratio: [Self; 2],
        exponent: Exponent,
        unit: Unit,
        toward: Toward,
    ) -> Self;
}

impl Endpoint for Decimal {
    fn directed(ctx: &DecimalContext, toward: Toward) -> DecimalContext {
        ctx.rounded(match toward {
            Toward::Below => Rounding::Floor,
            Toward::Above => Rounding::Ceiling,
        })
    }
    fn fraction_toward(ctx: &DecimalContext, fraction: Fraction<Self>, unit: Unit, _: Toward) -> Self {
        fraction.plain(ctx, unit)
    }
    fn times_toward(self, count: u32, _: Toward) -> Self {
        self.times(count)
    }
    fn add_toward(self, other: Self, _: Toward) -> Self {
        self.add(other)
    }
    fn ratio_change_toward(ctx: &DecimalContext, [x, a, y, b]: [Self; 4], unit: Unit, _: Toward) -> Self {
        Self::ratio_change(ctx, x, a, y, b, unit)
    }
    fn compound_toward(
        ctx: &DecimalContext,
        [x, b]: [Self; 2],
        exponent: Exponent,
        unit: Unit,
        _: Toward,
    ) -> Self {
        Self::compound(ctx, x, b, exponent, unit)
    }
    fn compound_rise_toward(
        ctx: &DecimalContext,
        [x, b]: [Self; 2],
        exponent: Exponent,
        unit: Unit,
        _: Toward,
    ) -> Self {
        Self::compound_rise(ctx, x, b, exponent, unit)
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

    /// The range of a function that is monotone in each input, over all corners of the inputs' box; `f` rounds outward.
    fn corners<const K: usize>(
        ctx: &N::Context,
        inputs: [Self; K],
        f: impl Fn(&N::Context, [N; K], Toward) -> N,
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
                let value = f(&ctx, at, toward);
                if value.is_missing() || value.is_overflow() {
                    return value;
                }
                best = Some(match (best, toward) {
                    (None, _) => value,
                    (Some(b), Toward::Below) => b.min(value),
                    (Some(b), Toward::Above) => b.max(value),
                });
            }
            best.unwrap_or(N::MISSING)
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
        Self {
            lower: self.lower.times_toward(count, Toward::Below),
            upper: self.upper.times_toward(count, Toward::Above),
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
        Self::corners(ctx, [sum], |ctx, [sum], toward| {
            N::fraction_toward(ctx, Fraction::Mean(sum, count), Unit::Fraction, toward)
        })
    }
    fn ratio(ctx: &Self::Context, num: Self, den: Self, unit: Unit) -> Self {
        if den.holds_zero() {
            return Self::MISSING;
        }
        Self::corners(ctx, [num, den], |ctx, [num, den], toward| {
            N::fraction_toward(ctx, Fraction::Ratio(num, den), unit, toward)
        })
    }
    fn relative_change(ctx: &Self::Context, x: Self, b: Self, unit: Unit) -> Self {
        if b.holds_zero() {
            return Self::MISSING;
        }
        Self::corners(ctx, [x, b], |ctx, [x, b], toward| {
            N::fraction_toward(ctx, Fraction::RelativeChange(x, b), unit, toward)
        })
    }
    fn symmetric_change(ctx: &Self::Context, x: Self, b: Self, unit: Unit) -> Self {
        Self::corners(ctx, [x, b], |ctx, [x, b], toward| {
            N::fraction_toward(ctx, Fraction::SymmetricChange(x, b), unit, toward)
        })
    }
    fn part_of(ctx: &Self::Context, part: Self, rest: Self, unit: Unit) -> Self {
        if part.add(rest).holds_zero() {
            return Self::MISSING;
        }
        Self::corners(ctx, [part, rest], |ctx, [part, rest], toward| {
            N::fraction_toward(ctx, Fraction::PartOf(part, rest), unit, toward)
        })
    }
    fn contribution(ctx: &Self::Context, x: Self, y: Self, total: Self, unit: Unit) -> Self {
        if total.holds_zero() {
            return Self::MISSING;
        }
        Self::corners(ctx, [x, y, total], |ctx, [x, y, total], toward| {
            N::fraction_toward(ctx, Fraction::Contribution(x, y, total), unit, toward)
        })
    }
    fn ratio_change(ctx: &Self::Context, x: Self, a: Self, y: Self, b: Self, unit: Unit) -> Self {
        if a.holds_zero() || b.holds_zero() {
            return Self::MISSING;
        }
        Self::corners(ctx, [x, a, y, b], |ctx, terms, toward| {
            N::ratio_change_toward(ctx, terms, unit, toward)
        })
    }
    fn base_shift(ctx: &Self::Context, y: Self, a: Self, b: Self, unit: Unit) -> Self {
        if a.holds_zero() || b.holds_zero() {
            return Self::MISSING;
        }
        Self::corners(ctx, [y, a, b], |ctx, [y, a, b], toward| {
            N::fraction_toward(ctx, Fraction::BaseShift(y, a, b), unit, toward)
        })
    }
    fn rebased(ctx: &Self::Context, x: Self, sum: Self, count: u32, value: Level) -> Self {
        if sum.holds_zero() {
            return Self::MISSING;
        }
        Self::corners(ctx, [x, sum], |ctx, [x, sum], toward| {
            N::fraction_toward(ctx, Fraction::Rebased(x, sum, count, value), Unit::Fraction, toward)
        })
    }
    fn rebased_within(ctx: &Self::Context, x: Self, rest: Self, count: u32, value: Level) -> Self {
        if x.add(rest).holds_zero() {
            return Self::MISSING;
        }
        Self::corners(ctx, [x, rest], |ctx, [x, rest], toward| {
            N::fraction_toward(ctx, Fraction::RebasedWithin(x, rest, count, value), Unit::Fraction, toward)
        })
    }
    fn compound_rise(ctx: &Self::Context, x: Self, b: Self, exponent: Exponent, unit: Unit) -> Self {
        if !(x.sub(b.times(2)).is_positive() && b.is_negative()) {
            return Self::MISSING;
        }
        Self::corners(ctx, [x, b], |ctx, ratio, toward| {
            N::compound_rise_toward(ctx, ratio, exponent, unit, toward)
        })
    }
    fn compound(ctx: &Self::Context, x: Self, b: Self, exponent: Exponent, unit: Unit) -> Self {
        if !(x.is_positive() && b.is_positive()) {
            return Self::MISSING;
        }
        Self::corners(ctx, [x, b], |ctx, ratio, toward| {
            N::compound_toward(ctx, ratio, exponent, unit, toward)
        })
    }
}

impl Real for Interval<f64> {
    fn log_ratio(ctx: &(), x: Self, b: Self, unit: Unit) -> Self {
        if !(x.is_positive() && b.is_positive()) {
            return Self::MISSING;
        }
        Self::corners(ctx, [x, b], |(), [x, b], toward| enclosure::log_ratio(x, b, unit, toward))
    }
}
