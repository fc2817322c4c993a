//! Least squares by orthogonalisation, several regressions side by side.
//!
//! The regressors are made orthogonal one after the other (modified Gram-Schmidt), the regressand being carried along
//! as the last column; what is left of it are the residuals. On this augmented matrix the method is as stable as
//! Householder's QR (Björck 1967): the cross products of the normal equations, which square the condition, are
//! never formed.

use crate::number::pack::Pack;

/// Below this fraction of its length, what is left of a regressor is rounding: it is a combination of the ones before.
const DEPENDENT: f64 = 1e-13;

/// The sum over the rows of an expression, in four interleaved sums: the same order for every width. A macro, since what
/// is not inlined is not compiled for the processor at hand.
macro_rules! sum {
    ($n:expr, |$i:ident| $row:expr) => {{
        let zero = Pack::<W>::ZERO;
        let (n, mut a, mut b, mut c, mut d) = ($n, zero, zero, zero, zero);
        let mut four = 0;
        while four + 4 <= n {
            let $i = four;
            a += $row;
            let $i = four + 1;
            b += $row;
            let $i = four + 2;
            c += $row;
            let $i = four + 3;
            d += $row;
            four += 4;
        }
        for $i in four..n {
            a += $row;
        }
        (a + b) + (c + d)
    }};
}

#[inline(always)]
fn dot<const W: usize>(a: &[Pack<W>], b: &[Pack<W>]) -> Pack<W> {
    let n = a.len().min(b.len());
    let (a, b) = (&a[..n], &b[..n]);
    sum!(n, |i| a[i] * b[i])
}

/// Takes `share` of `own` out of `column`, and gives the sum of squares of what is left.
#[inline(always)]
fn take_out<const W: usize>(column: &mut [Pack<W>], own: &[Pack<W>], share: Pack<W>) -> Pack<W> {
    let n = column.len().min(own.len());
    let (column, own) = (&mut column[..n], &own[..n]);
    sum!(n, |i| {
        let left = column[i] - own[i] * share;
        column[i] = left;
        left * left
    })
}

/// The same, and the product of what is left with `next`.
#[inline(always)]
fn take_out_beside<const W: usize>(
    column: &mut [Pack<W>],
    own: &[Pack<W>],
    share: Pack<W>,
    next: &[Pack<W>],
) -> Pack<W> {
    let n = column.len().min(own.len()).min(next.len());
    let (column, own, next) = (&mut column[..n], &own[..n], &next[..n]);
    sum!(n, |i| {
        let left = column[i] - own[i] * share;
        column[i] = left;
        left * next[i]
    })
}

/// The regression of the last column on the ones before.
pub(super) struct Fit<const W: usize> {
    /// The unit upper triangle: row j holds what the later columns have of column j.
    shares: Vec<Vec<Pack<W>>>,
    /// The squared length of each column once the ones before are taken out.
    lengths: Vec<Pack<W>>,
}

/// Regresses the last column on the ones before, which are made orthogonal; the last becomes the residuals.
#[inline(always)]
pub(super) fn regress<const W: usize>(columns: &mut [Vec<Pack<W>>]) -> Fit<W> {
    let mut before = Vec::with_capacity(columns.len());
    for column in &*columns {
        before.push(dot(column, column));
    }
    let mut lengths = before.clone();
    let mut shares: Vec<Vec<Pack<W>>> = Vec::with_capacity(columns.len());
    // the products of the column in turn with the later ones: those of the next come as its share is taken out
    let mut products = Vec::with_capacity(columns.len());
    if let Some((first, rest)) = columns.split_first() {
        for column in rest {
            products.push(dot(first, column));
        }
    }
    for j in 0..columns.len() {
        let (done, rest) = columns.split_at_mut(j + 1);
        let (own, length) = (&done[j], lengths[j]);
        let mut inverse = Pack::<W>::ZERO;
        for k in 0..W {
            if length.0[k] > before[j].0[k] * (DEPENDENT * DEPENDENT) {
                inverse.0[k] = 1.0 / length.0[k];
            }
        }
        let row: Vec<Pack<W>> = products.iter().map(|product| *product * inverse).collect();
        if let (Some((next, later)), Some((share, others))) = (rest.split_first_mut(), row.split_first()) {
            lengths[j + 1] = take_out(next, own, *share);
            products.clear();
            for (column, share) in later.iter_mut().zip(others) {
                products.push(take_out_beside(column, own, *share, next));
            }
        }
        shares.push(row);
    }
    Fit { shares, lengths }
}

impl<const W: usize> Fit<W> {
    /// The coefficients, by substitution from the last regressor back.
    pub(super) fn coefficients(&self) -> Vec<Pack<W>> {
        let k = self.shares.len().saturating_sub(1);
        let mut coefficients = vec![Pack::<W>::ZERO; k];
        for j in (0..k).rev() {
            let row = &self.shares[j];
            let mut value = row[k - 1 - j];
            for l in j + 1..k {
                value -= row[l - j - 1] * coefficients[l];
            }
            coefficients[j] = value;
        }
        coefficients
    }
}

impl Fit<1> {
    /// The t-ratio of the last regressor in a regression over `rows` rows.
    #[allow(clippy::cast_precision_loss)]
    pub(super) fn last_t_ratio(&self, rows: usize) -> f64 {
        let k = self.shares.len().saturating_sub(1);
        let (Some(own), Some(residual), Some(share)) =
            (k.checked_sub(1).and_then(|j| self.lengths.get(j)), self.lengths.last(), k.checked_sub(1))
        else {
            return f64::NAN;
        };
        let share = self.shares[share][0].0[0];
        let variance = residual.0[0] / rows.saturating_sub(k) as f64;
        share * (own.0[0] / variance).sqrt()
    }
}
