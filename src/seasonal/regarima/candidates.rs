//! The t values of all candidates of a search for outliers, with the parameters as they are.
//!
//! The column of a later date is that of an earlier one moved on, so one long column per type holds them all. Under a
//! moving average the recursion of a moved column is the moved recursion: its length comes from running sums, and its
//! products with the whitened residuals and regressors from passing these backwards through the filter once, so that
//! no candidate is filtered. With an AR part each is.

use crate::error::Result;

use super::estimate::Fit;
use super::model::Orders;
use super::outliers::{Searched, column};
use super::regression::{DEPENDENT, dot};

/// All candidates of one type.
#[derive(Debug, Clone)]
struct Kind {
    /// The differenced column over twice the length, the outlier in its middle.
    long: Vec<f64>,
    /// Whether it is zero before the outlier.
    begins: bool,
    /// Whether a row is a candidate.
    tested: Vec<bool>,
}

/// All candidates.
#[derive(Debug, Clone)]
pub(super) struct Candidates {
    kinds: Vec<Kind>,
    /// Observed values.
    length: usize,
    /// Observations lost to differencing.
    lost: usize,
}

impl Candidates {
    /// Every date and type but those that others stand for: a level shift at the first date, and where additive outliers
    /// are searched for a level shift at the second or last date and a temporary change at the last.
    pub(super) fn new(orders: &Orders, types: &[Searched], length: usize) -> Result<Self> {
        let additive = types.iter().any(|of| of.kind == "ao");
        let tested = |kind: &str, row: usize| match kind {
            "ls" => row > 0 && !(additive && (row == 1 || row + 1 == length)),
            "tc" => !(additive && row + 1 == length),
            _ => true,
        };
        let lost = orders.lost();
        let kind = |of: &Searched| -> Result<Kind> {
            let level = column(&of.kind, length, orders.period, 0, 2 * length)?;
            let long = orders.difference(&level);
            let begins = long.iter().take(length.saturating_sub(lost)).all(|x| x.abs() <= 0.0);
            Ok(Kind { long, begins, tested: (0..length).map(|row| tested(&of.kind, row)).collect() })
        };
        Ok(Self { kinds: types.iter().map(kind).collect::<Result<_>>()?, length, lost })
    }

    /// Observed values.
    pub(super) fn length(&self) -> usize {
        self.length
    }

    /// The differenced column of a candidate.
    pub(super) fn column(&self, kind: usize, row: usize) -> &[f64] {
        let from = self.length - row;
        &self.kinds[kind].long[from..from + self.length - self.lost]
    }

    /// Tests a candidate no more.
    pub(super) fn leave_out(&mut self, kind: usize, row: usize) {
        self.kinds[kind].tested[row] = false;
    }

    /// The t value of every candidate, by type and row; NaN where it is not tested or depends on the regressors.
    pub(super) fn values(&self, fit: &Fit, sigma: f64) -> Vec<Vec<f64>> {
        let lengths: Vec<Vec<f64>> = (0..self.kinds.len()).map(|kind| self.lengths(fit, kind)).collect();
        let moving = fit.filter.ar().is_empty();
        let regression = &fit.regression;
        let back = |white: &Vec<f64>| fit.filter.returned(&white[white.len() - fit.n..]);
        let (residuals, basis) = if moving {
            (back(&regression.residuals), regression.basis.iter().map(back).collect())
        } else {
            (Vec::new(), Vec::new())
        };
        let of = |kind: usize, row: usize| {
            if !self.kinds[kind].tested[row] {
                return f64::NAN;
            }
            let x = self.column(kind, row);
            let (product, explained) = if moving {
                let from = if self.kinds[kind].begins { row.saturating_sub(self.lost) } else { 0 };
                let with = |y: &Vec<f64>| dot(&y[from..], &x[from..]);
                (with(&residuals), basis.iter().map(|q| with(q).powi(2)).sum::<f64>())
            } else {
                let white = fit.filter.whiten(x);
                let explained = regression.basis.iter().map(|q| dot(q, &white).powi(2)).sum();
                (dot(&regression.residuals, &white), explained)
            };
            let length = lengths[kind][row];
            let left = length - explained;
            let dependent = left.is_nan() || left <= DEPENDENT * length;
            if dependent { f64::NAN } else { product / (left.sqrt() * sigma) }
        };
        (0..self.kinds.len()).map(|kind| (0..self.length).map(|row| of(kind, row)).collect()).collect()
    }

    /// The squared length of every whitened candidate of a type.
    fn lengths(&self, fit: &Fit, kind: usize) -> Vec<f64> {
        let filter = &fit.filter;
        let alone = |row: usize| {
            let white = filter.whiten(self.column(kind, row));
            dot(&white, &white)
        };
        if !filter.ar().is_empty() || !self.kinds[kind].begins || self.lost >= self.length {
            return (0..self.length).map(alone).collect();
        }
        let (n, q) = (fit.n, filter.ma().len());
        let mut found: Vec<f64> = (0..self.lost).map(alone).collect();
        // the first column that is whole, and the impulse, through the recursion
        let own = filter.passed(self.column(kind, self.lost));
        let mut impulse = vec![0.0; n];
        impulse[0] = 1.0;
        let impulse = filter.passed(&impulse);
        let mut squares = vec![0.0; n + 1];
        own.iter().enumerate().for_each(|(t, u)| squares[t + 1] = squares[t] + u * u);
        // products of the moved column with the impulse moved by 0 to q - 1
        let mut products: Vec<f64> = (0..q).map(|i| dot(&impulse[..n - i], &own[i..])).collect();
        for moved in 0..n {
            if moved > 0 {
                for i in (1..q).rev() {
                    products[i] = products[i - 1] - impulse[n - i] * own[n - moved];
                }
                if let Some(first) = products.first_mut() {
                    *first = dot(&impulse[moved..], &own[..n - moved]);
                }
            }
            found.push(squares[n - moved] - filter.explained_before(&products));
        }
        found
    }
}
