//! Least squares by orthogonalisation, several regressions side by side.
//!
//! The regressors are made orthogonal one after the other (modified Gram-Schmidt), the regressand being carried along
//! as the last column; what is left of it are the residuals. On this augmented matrix the method is as stable as
//! Householder's QR (Björck 1967): the cross products of the normal equations, which square the condition, are
//! never formed.

use crate::number::pack::Pack;

/// Below this fraction of its length, what is left of a regressor is rounding: it is a combination of the ones before.
const DEPENDENT: f64 = 1e-13;

/// Sum of products, in four interleaved sums: the same order for every width.
#[inline(always)]
fn dot<const W: usize>(a: &[Pack<W>], b: &[Pack<W>]) -> Pack<W> {
    let mut sums = [Pack::<W>::ZERO; 4];
    let (mut fours_a, mut fours_b) = (a.chunks_exact(4), b.chunks_exact(4));
    for (a, b) in fours_a.by_ref().zip(fours_b.by_ref()) {
        for k in 0..4 {
            sums[k] += a[k] * b[k];
        }
    }
    for (a, b) in fours_a.remainder().iter().zip(fours_b.remainder()) {
        sums[0] += *a * *b;
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3])
}

/// Takes `share` of `own` out of `column`, and gives the sum of squares of what is left.
#[inline(always)]
fn take_out<const W: usize>(column: &mut [Pack<W>], own: &[Pack<W>], share: Pack<W>) -> Pack<W> {
    let mut sums = [Pack::<W>::ZERO; 4];
    let (mut fours, mut fours_own) = (column.chunks_exact_mut(4), own.chunks_exact(4));
    for (column, own) in fours.by_ref().zip(fours_own.by_ref()) {
        for k in 0..4 {
            let left = column[k] - own[k] * share;
            column[k] = left;
            sums[k] += left * left;
        }
    }
    for (column, own) in fours.into_remainder().iter_mut().zip(fours_own.remainder()) {
        *column -= *own * share;
        sums[0] += *column * *column;
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3])
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
    let before: Vec<Pack<W>> = columns.iter().map(|column| dot(column, column)).collect();
    let mut lengths = before.clone();
    let mut shares = Vec::with_capacity(columns.len());
    for j in 0..columns.len() {
        let (done, rest) = columns.split_at_mut(j + 1);
        let (own, length) = (&done[j], lengths[j]);
        let mut inverse = Pack::<W>::ZERO;
        for k in 0..W {
            if length.0[k] > before[j].0[k] * (DEPENDENT * DEPENDENT) {
                inverse.0[k] = 1.0 / length.0[k];
            }
        }
        let mut row = Vec::with_capacity(rest.len());
        for (column, length) in rest.iter_mut().zip(&mut lengths[j + 1..]) {
            let share = dot(own, column) * inverse;
            *length = take_out(column, own, share);
            row.push(share);
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
