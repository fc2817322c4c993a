//! Least squares on whitened columns: orthogonal columns, coefficients, what is left, covariances.

/// A regression by orthogonalisation (modified Gram-Schmidt, the regressand carried along).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Regression {
    /// Orthonormal columns.
    pub(super) basis: Vec<Vec<f64>>,
    /// The inverse of the triangle R, a row per regressor.
    pub(super) inverse: Vec<Vec<f64>>,
    pub(super) coefficients: Vec<f64>,
    pub(super) residuals: Vec<f64>,
}

/// Below this fraction of its length, what is left of a regressor is rounding: it is a combination of the ones before.
pub(super) const DEPENDENT: f64 = 1e-9;

pub(super) fn dot(x: &[f64], y: &[f64]) -> f64 {
    let (xs, rest_x) = x.as_chunks::<4>();
    let (ys, rest_y) = y.as_chunks::<4>();
    let mut sums = [0.0; 4];
    for (x, y) in xs.iter().zip(ys) {
        for k in 0..4 {
            sums[k] += x[k] * y[k];
        }
    }
    let rest: f64 = rest_x.iter().zip(rest_y).map(|(x, y)| x * y).sum();
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

impl Regression {
    /// The regression of `y` on `columns`; else the number of the first column that depends on those before it.
    pub(super) fn of(mut columns: Vec<Vec<f64>>, mut y: Vec<f64>) -> Result<Self, usize> {
        let k = columns.len();
        let mut r = vec![vec![0.0; k]; k];
        let lengths: Vec<f64> = columns.iter().map(|x| dot(x, x).sqrt()).collect();
        let mut share = vec![0.0; k];
        for j in 0..k {
            let (done, later) = columns.split_at_mut(j + 1);
            let own = &mut done[j];
            let length = dot(own, own).sqrt();
            if length.is_nan() || length <= DEPENDENT * lengths[j] {
                return Err(j);
            }
            for x in own.iter_mut() {
                *x /= length;
            }
            r[j][j] = length;
            for (i, x) in later.iter_mut().enumerate() {
                r[j][j + 1 + i] = take_out(x, own);
            }
            share[j] = take_out(&mut y, own);
        }
        let mut inverse = vec![vec![0.0; k]; k];
        for j in 0..k {
            inverse[j][j] = 1.0 / r[j][j];
            for i in (0..j).rev() {
                let sum: f64 = (i + 1..=j).map(|m| r[i][m] * inverse[m][j]).sum();
                inverse[i][j] = -sum / r[i][i];
            }
        }
        let coefficients = inverse.iter().map(|row| dot(row, &share)).collect();
        Ok(Self { basis: columns, inverse, coefficients, residuals: y })
    }

    /// d'(X'X)^-1 d.
    pub(super) fn spread(&self, d: &[f64]) -> f64 {
        let k = d.len();
        (0..k).map(|j| (0..k).map(|i| d[i] * self.inverse[i][j]).sum::<f64>().powi(2)).sum()
    }

    /// The diagonal of (X'X)^-1.
    pub(super) fn variances(&self) -> Vec<f64> {
        self.inverse.iter().map(|row| dot(row, row)).collect()
    }
}

/// Takes the part along a column of length one out; gives its size.
fn take_out(x: &mut [f64], own: &[f64]) -> f64 {
    let share = dot(x, own);
    x.iter_mut().zip(own).for_each(|(x, o)| *x -= share * o);
    share
}
