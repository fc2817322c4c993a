//! Small dense systems: Cholesky and triangular solutions by rows, and elimination with pivots.

/// A lower triangle, row by row.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Cholesky {
    size: usize,
    rows: Vec<f64>,
}

impl Cholesky {
    /// The factor of a symmetric matrix given by rows; nothing if it is not positive definite.
    pub(super) fn of(mut a: Vec<f64>, size: usize) -> Option<Self> {
        for j in 0..size {
            for i in j..size {
                let (row_i, row_j) = (&a[i * size..i * size + j], &a[j * size..j * size + j]);
                let sum: f64 = row_i.iter().zip(row_j).map(|(x, y)| x * y).sum();
                let left = a[i * size + j] - sum;
                if i == j {
                    if left.is_nan() || left <= 0.0 {
                        return None;
                    }
                    a[j * size + j] = left.sqrt();
                } else {
                    a[i * size + j] = left / a[j * size + j];
                }
            }
        }
        Some(Self { size, rows: a })
    }

    /// The logarithm of the determinant of the matrix.
    pub(super) fn log_determinant(&self) -> f64 {
        2.0 * (0..self.size).map(|j| self.rows[j * self.size + j].ln()).sum::<f64>()
    }

    /// L x = v, in place.
    pub(super) fn lower(&self, v: &mut [f64]) {
        for i in 0..self.size {
            let row = &self.rows[i * self.size..=i * self.size + i];
            let sum: f64 = row[..i].iter().zip(v.iter()).map(|(l, x)| l * x).sum();
            v[i] = (v[i] - sum) / row[i];
        }
    }

    /// L' x = v, in place.
    pub(super) fn upper(&self, v: &mut [f64]) {
        for i in (0..self.size).rev() {
            let row = &self.rows[i * self.size..=i * self.size + i];
            v[i] /= row[i];
            let x = v[i];
            v[..i].iter_mut().zip(row).for_each(|(v, l)| *v -= l * x);
        }
    }
}

/// Solves a x = b by elimination with pivots; nothing if the matrix is singular.
pub(super) fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Option<Vec<f64>> {
    let n = b.len();
    for j in 0..n {
        let pivot = (j..n).max_by(|x, y| a[*x][j].abs().total_cmp(&a[*y][j].abs()))?;
        if a[pivot][j].is_nan() || a[pivot][j].abs() <= 0.0 {
            return None;
        }
        a.swap(j, pivot);
        b.swap(j, pivot);
        let (above, below) = a.split_at_mut(j + 1);
        let row = &above[j];
        for (i, other) in below.iter_mut().enumerate() {
            let share = other[j] / row[j];
            if share.abs() > 0.0 {
                other.iter_mut().zip(row).skip(j).for_each(|(x, r)| *x -= share * r);
                b[j + 1 + i] -= share * b[j];
            }
        }
    }
    for j in (0..n).rev() {
        let sum: f64 = (j + 1..n).map(|k| a[j][k] * b[k]).sum();
        b[j] = (b[j] - sum) / a[j][j];
    }
    b.iter().all(|x| x.is_finite()).then_some(b)
}
