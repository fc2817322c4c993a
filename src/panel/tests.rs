//! The engine against loops that know only rows and lanes.

#![allow(clippy::unwrap_used, clippy::float_cmp)]

use super::*;
use crate::number::Number;

static ON: Cancel<'_> = Cancel::deaf(false);

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
    let stop = Cancel::deaf(true);
    let mut out = vec![0.0; 10];
    assert!(pairs(&x, shape, &Bases::Lag(1), &mut out, &difference, &stop).is_err());
}

#[test]
fn bases_in_series_with_few_gaps_many_and_far_apart() {
    let mut state = 7_u64;
    let mut chance = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let (mut keys, mut slots) = (Vec::new(), Vec::new());
    for series in 0..60_i64 {
        // Of a hundred periods so many are absent; in some series periods are thousands apart, or all in two blocks.
        let (absent, apart, break_at) =
            [(0, 1, 0), (3, 1, 0), (8, 1, 0), (40, 1, 0), (5, 997, 0), (2, 1, 60)]
                [usize::try_from(series % 6).unwrap()];
        let many = if series < 12 { 3 + series } else { 40 + 17 * series };
        for period in 0..i32::try_from(many).unwrap() {
            if chance() % 100 >= absent {
                keys.push(series);
                slots.push(period * apart + if break_at > 0 && period >= break_at { 500 } else { 0 });
            }
        }
    }
    let x: Vec<f64> = (0..keys.len()).map(|_| f64::from(u32::try_from(chance() % 1000).unwrap())).collect();
    // The same rows upside down, which have to be put in order.
    let turned: Vec<usize> = (0..keys.len()).rev().collect();
    for order in [(0..keys.len()).collect::<Vec<_>>(), turned] {
        let (keys, slots, x): (Vec<i64>, Vec<i32>, Vec<f64>) = (
            order.iter().map(|&row| keys[row]).collect(),
            order.iter().map(|&row| slots[row]).collect(),
            order.iter().map(|&row| x[row]).collect(),
        );
        let rows: std::collections::HashMap<(i64, i64), usize> =
            keys.iter().zip(&slots).enumerate().map(|(row, (&k, &s))| ((k, i64::from(s)), row)).collect();
        let layout = Layout::new(&keys, &slots, &ON).unwrap();
        for lag in
            [0, 1, 2, 3, 4, 5, 12, 13, 40, 997, 5000, i64::MAX, -1, -2, -3, -4, -12, -40, -997, i64::MIN]
        {
            let expected: Vec<f64> = (0..x.len())
                .map(|row| {
                    let wanted = i64::from(slots[row]).checked_sub(lag);
                    let base = wanted.and_then(|wanted| rows.get(&(keys[row], wanted)));
                    base.map_or(f64::NAN, |&base| x[row] - x[base])
                })
                .collect();
            let mut out = vec![0.0; x.len()];
            layout.table(&slots).unwrap().pairs(&x, lag, &mut out, &difference, &ON).unwrap();
            assert!(same(&out, &expected), "lag {lag}");
        }
    }
}
