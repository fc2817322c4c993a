//! The engine against loops that know only rows and lanes.

#![allow(clippy::unwrap_used, clippy::float_cmp)]

use super::*;
use crate::number::Number;
use std::sync::atomic::AtomicBool;

static ON: AtomicBool = AtomicBool::new(false);

fn numbered(shape: Shape) -> Vec<f64> {
    (0..shape.len()).map(|i| f64::from(u32::try_from(i).unwrap_or(0))).collect()
}

fn difference(value: &[f64], base: &[f64], out: &mut [f64]) {
    for ((o, v), b) in out.iter_mut().zip(value).zip(base) {
        *o = v - b;
    }
}

fn same(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a == b || (a.is_nan() && b.is_nan()))
}

#[test]
fn lags_in_every_layout_and_direction() {
    for (outer, rows, inner) in
        [(1, 7, 1), (3, 7, 1), (1, 7, 5), (2, 7, 3), (3, 40_000, 2), (70_000, 2, 1), (2, 3, 40_000)]
    {
        let shape = Shape { outer, rows, inner };
        let x = numbered(shape);
        for lag in [0, 1, 2, 6, 7, 100, -1, -6, -100] {
            let base = Base::Lag(lag);
            let expected: Vec<f64> = (0..x.len())
                .map(|i| {
                    let (row, lane) = shape.place(i);
                    base.of(row, rows).map_or(f64::NAN, |b| x[i] - x[shape.position(b, lane)])
                })
                .collect();
            let mut out = vec![0.0; x.len()];
            pairs(&x, shape, &Bases::Lag(lag), &mut out, &difference, &ON).unwrap();
            assert!(same(&out, &expected), "{shape:?} {lag}");
            let rows = base.rows(rows, None);
            out.fill(0.0);
            pairs(&x, shape, &Bases::Rows(&rows), &mut out, &difference, &ON).unwrap();
            assert!(same(&out, &expected), "{shape:?} {lag} by rows");
        }
    }
}

#[test]
fn gaps_and_shuffled_rows_find_their_periods() {
    let of_row = [5, 0, 2, 9, 3];
    let slots = Slots::new(&of_row).unwrap();
    assert_eq!(slots.span(), 10);
    for (outer, inner) in [(1, 1), (2, 1), (1, 11), (2, 9)] {
        let shape = Shape { outer, rows: 5, inner };
        let x = numbered(shape);
        let rows = Base::Lag(3).rows(5, Some(&slots));
        assert_eq!(rows, [2, -1, -1, -1, 1]);
        // The running count of observed values, as a lane kernel that needs order and gaps.
        let count = |x: &[f64], out: &mut [i64]| {
            let mut n = 0;
            for (o, v) in out.iter_mut().zip(x) {
                n += i64::from(!v.is_missing());
                *o = n;
            }
        };
        let mut out = vec![0; x.len()];
        lanes(&x, shape, Some(&slots), &mut out, Length::Rows, &count, &ON).unwrap();
        for (i, &n) in out.iter().enumerate() {
            assert_eq!(n, [4, 1, 2, 5, 3][shape.place(i).0]);
        }
        let mut last = vec![0; shape.lanes()];
        let total = |x: &[f64], out: &mut [i64]| {
            out[0] = i64::try_from(x.iter().filter(|v| !v.is_nan()).count()).unwrap_or(0);
        };
        lanes(&x, shape, Some(&slots), &mut last, Length::Periods(1), &total, &ON).unwrap();
        assert!(last.iter().all(|&n| n == 5));
    }
}

#[test]
fn sparse_periods_and_duplicates() {
    let slots = Slots::new(&[0, 1_000_000, 400]).unwrap();
    assert_eq!((slots.row(400), slots.row(401), slots.row(1_000_000)), (2, -1, 1));
    for rows in [[0, 3, 3], [7, 1_000_000, 7]] {
        let error = Slots::new(&rows).unwrap_err();
        assert!(error.to_string().contains("two rows"), "{error}");
    }
    assert!(Slots::new(&[-1]).is_err());
}

#[test]
fn an_interrupted_call_says_so() {
    let x = vec![1.0; 10];
    let shape = Shape { outer: 1, rows: 10, inner: 1 };
    let stop = AtomicBool::new(true);
    let mut out = vec![0.0; 10];
    assert!(pairs(&x, shape, &Bases::Lag(1), &mut out, &difference, &stop).is_err());
}
