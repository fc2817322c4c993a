//! Several floats side by side: the same period of neighbouring series, computed on at once.
//!
//! A `Pack<1>` is a plain float, a `Pack<8>` a vector register; arithmetic goes value by value, in the same order for
//! every width, so a series has the same result to the last bit whichever others stand beside it.

use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// `W` floats.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(transparent)]
pub struct Pack<const W: usize>(pub [f64; W]);

impl<const W: usize> Pack<W> {
    /// All zero.
    pub const ZERO: Self = Self([0.0; W]);
    /// All missing.
    pub const MISSING: Self = Self([f64::NAN; W]);

    /// The same value everywhere.
    #[inline(always)]
    #[must_use]
    pub const fn splat(value: f64) -> Self {
        Self([value; W])
    }

    /// A function of each value.
    #[inline(always)]
    #[must_use]
    pub fn map(self, f: impl Fn(f64) -> f64) -> Self {
        Self(self.0.map(f))
    }
}

macro_rules! by_value {
    ($trait:ident, $method:ident, $assign:tt) => {
        impl<const W: usize> $trait for Pack<W> {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                let mut out = self;
                for (a, b) in out.0.iter_mut().zip(other.0) {
                    *a $assign b;
                }
                out
            }
        }

        impl<const W: usize> $trait<f64> for Pack<W> {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: f64) -> Self {
                let mut out = self;
                for a in &mut out.0 {
                    *a $assign other;
                }
                out
            }
        }
    };
}

by_value!(Add, add, +=);
by_value!(Sub, sub, -=);
by_value!(Mul, mul, *=);
by_value!(Div, div, /=);

impl<const W: usize> Neg for Pack<W> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        self.map(|a| -a)
    }
}

impl<const W: usize> AddAssign for Pack<W> {
    #[inline(always)]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl<const W: usize> SubAssign for Pack<W> {
    #[inline(always)]
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}
