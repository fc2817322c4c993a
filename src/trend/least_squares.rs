//! Least squares by orthogonalisation, several regressions side by side.
//!
//! The regressors are made orthogonal one after the other (modified Gram-Schmidt), the regressand being carried along
//! as the last column; what is left of it are the residuals. On this augmented matrix the method is as stable as
//! Householder's QR (Björck 1967): the cross products of the normal equations, which square the condition, are
//! never formed.

use crate::number::pack::Pack;

/// Below this fraction of its length, what is left of a regressor is rounding: it is a combination of the ones before.
const DEPENDENT: f64 = 1e-13;

/// The product of two columns and the sum of squares of the second, each in four interleaved sums: the same order for
/// every width, and no addition waits for the one before.
#[inline(always)]
fn products_of<const W: usize>(x: &[Pack<W>], y: &[Pack<W>]) -> (Pack<W>, Pack<W>) {
    let ((fours_x, rest_x), (fours_y, rest_y)) = (x.as_chunks::<4>(), y.as_chunks::<4>());
    let (mut sums, mut squares) = ([Pack::<W>::ZERO; 4], [Pack::<W>::ZERO; 4]);
    for (x, y) in fours_x.iter().zip(fours_y) {
        for k in 0..4 {
            sums[k] += x[k] * y[k];
            squares[k] += y[k] * y[k];
        }
    }
    let (mut sum, mut square) = (Pack::ZERO, Pack::ZERO);
    for (x, y) in rest_x.iter().zip(rest_y) {
        sum += *x * *y;
        square += *y * *y;
    }
    let total = |four: [Pack<W>; 4], last: Pack<W>| ((four[0] + four[1]) + (four[2] + four[3])) + last;
    (total(sums, sum), total(squares, square))
}

/// Takes `share` of `own` out of `column`, and gives the sum of squares of what is left.
#[inline(always)]
fn take_out<const W: usize>(column: &mut [Pack<W>], own: &[Pack<W>], share: Pack<W>) -> Pack<W> {
    let ((fours, rest), (fours_own, rest_own)) = (column.as_chunks_mut::<4>(), own.as_chunks::<4>());
    let mut sums = [Pack::<W>::ZERO; 4];
    for (x, own) in fours.iter_mut().zip(fours_own) {
        for k in 0..4 {
            x[k] -= own[k] * share;
            sums[k] += x[k] * x[k];
        }
    }
    let mut last = Pack::ZERO;
    for (x, own) in rest.iter_mut().zip(rest_own) {
        *x -= *own * share;
        last += *x * *x;
    }
    ((sums[0] + sums[1]) + (sums[2] + sums[3])) + last
}

/// The same, and the product of what is left with `next`.
#[inline(always)]
fn take_out_beside<const W: usize>(
    column: &mut [Pack<W>],
    own: &[Pack<W>],
    share: Pack<W>,
    next: &[Pack<W>],
) -> Pack<W> {
    let (fours, rest) = column.as_chunks_mut::<4>();
    let ((fours_own, rest_own), (fours_next, rest_next)) = (own.as_chunks::<4>(), next.as_chunks::<4>());
    let mut sums = [Pack::<W>::ZERO; 4];
    for (x, (own, next)) in fours.iter_mut().zip(fours_own.iter().zip(fours_next)) {
        for k in 0..4 {
            x[k] -= own[k] * share;
            sums[k] += x[k] * next[k];
        }
    }
    let mut last = Pack::ZERO;
    for (x, (own, next)) in rest.iter_mut().zip(rest_own.iter().zip(rest_next)) {
        *x -= *own * share;
        last += *x * *next;
    }
    ((sums[0] + sums[1]) + (sums[2] + sums[3])) + last
}

/// The regression of the last column on the ones before.
pub(super) struct Fit<const W: usize> {
    /// The unit upper triangle: row j holds what the later columns have of column j.
    shares: Vec<Vec<Pack<W>>>,
    /// The squared length of each column once the ones before are taken out.
    lengths: Vec<Pack<W>>,
    /// The squared length of each column as it was.
    squares: Vec<Pack<W>>,
}

/// Regresses the last column on the ones before, which are made orthogonal; the last becomes the residuals.
#[inline(always)]
pub(super) fn regress<const W: usize>(columns: &mut [Vec<Pack<W>>]) -> Fit<W> {
    let mut before = Vec::with_capacity(columns.len());
    // the products of the column in turn with the later ones: those of the next come as its share is taken out
    let mut products = Vec::with_capacity(columns.len());
    if let Some(first) = columns.first() {
        for column in &*columns {
            let (product, square) = products_of(first, column);
            before.push(square);
            products.push(product);
        }
        products.remove(0);
    }
    let mut lengths = before.clone();
    let mut shares: Vec<Vec<Pack<W>>> = Vec::with_capacity(columns.len());
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
    Fit { shares, lengths, squares: before }
}

impl<const W: usize> Fit<W> {
    /// Whether squares of values are out of the range of doubles, or may be, so that the fit means nothing.
    pub(super) fn out_of_range(&self) -> bool {
        let within = |square: &f64| (1e-200..=1e200).contains(square);
        !self.squares.iter().all(|column| column.0.iter().all(within))
    }

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
