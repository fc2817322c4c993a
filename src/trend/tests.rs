//! Tests of the filters: slow twins in plain loops, lines and constants that must pass, and what is refused.

use super::band_pass::{Band, BaxterKing, ChristianoFitzgerald};
use super::beveridge_nelson::BeveridgeNelson;
use super::boosted::{Boosted, Stop};
use super::hamilton::Hamilton;
use super::henderson::HendersonTrend;
use super::hp::{Hp, OneSided};
use super::stl::{Mstl, Options, Smoother, Stl};
use crate::error::Result;
use crate::kernel::BlockKernel;
use crate::number::pack::Pack;

/// The parts and the facts of one series.
fn alone<K: BlockKernel>(kernel: &K, x: &[f64]) -> Result<(Vec<Vec<f64>>, Vec<f64>)> {
    let series: Vec<Pack<1>> = x.iter().map(|&v| Pack([v])).collect();
    let mut parts = vec![vec![Pack::MISSING; x.len()]; kernel.parts()];
    let mut facts = vec![Pack::MISSING; kernel.facts()];
    let mut slices: Vec<&mut [Pack<1>]> = parts.iter_mut().map(Vec::as_mut_slice).collect();
    kernel.run(&kernel.plan(x.len())?, &series, &mut slices, &mut facts)?;
    let plain = |packs: &Vec<Pack<1>>| packs.iter().map(|p| p.0[0]).collect();
    Ok((parts.iter().map(plain).collect(), plain(&facts)))
}

/// Eight series side by side, each of which must equal itself alone to the last bit.
fn beside<K: BlockKernel>(kernel: &K, n: u32) {
    let all: Vec<Vec<f64>> = (0..8).map(|k| walk(n, k)).collect();
    let rows: Vec<Pack<8>> = (0..all[0].len()).map(|t| Pack(std::array::from_fn(|k| all[k][t]))).collect();
    // what lies in the results before must not matter
    let mut parts = vec![vec![Pack::splat(7.0); rows.len()]; kernel.parts()];
    let mut facts = vec![Pack::splat(7.0); kernel.facts()];
    let mut slices: Vec<&mut [Pack<8>]> = parts.iter_mut().map(Vec::as_mut_slice).collect();
    kernel.run(&kernel.plan(rows.len()).unwrap(), &rows, &mut slices, &mut facts).unwrap();
    for (k, series) in all.iter().enumerate() {
        let (own, figures) = alone(kernel, series).unwrap();
        for (part, own) in parts.iter().zip(&own) {
            let found: Vec<u64> = part.iter().map(|row| row.0[k].to_bits()).collect();
            assert_eq!(found, own.iter().map(|v| v.to_bits()).collect::<Vec<_>>());
        }
        for (fact, own) in facts.iter().zip(figures) {
            assert_eq!(fact.0[k].to_bits(), own.to_bits());
        }
    }
}

/// A wandering series with seasons, without a generator of random numbers.
fn walk(n: u32, seed: u32) -> Vec<f64> {
    let (mut level, mut state) = (100.0, 12_345 + 77 * u64::from(seed));
    let step = |state: &mut u64| {
        *state = (*state * 1_103_515_245 + 12_345) % (1 << 31);
        f64::from(u32::try_from(*state).unwrap()) / f64::from(1 << 30) - 1.0
    };
    let mut value = |t: u32| {
        level += step(&mut state) + 0.1;
        level + 3.0 * (f64::from(t) * std::f64::consts::FRAC_PI_6).sin()
    };
    (0..n).map(&mut value).collect()
}

fn assert_close(found: &[f64], wanted: &[f64], tolerance: f64) {
    assert_eq!(found.len(), wanted.len());
    for (t, (f, w)) in found.iter().zip(wanted).enumerate() {
        assert!((f - w).abs() <= tolerance, "{f} is not {w} at {t}");
    }
}

/// Solves a full system by elimination with pivots.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for i in 0..n {
        let best = (i..n).max_by(|&p, &q| a[p][i].abs().total_cmp(&a[q][i].abs())).unwrap();
        a.swap(i, best);
        b.swap(i, best);
        for row in i + 1..n {
            let share = a[row][i] / a[i][i];
            let pivot = a[i].clone();
            a[row].iter_mut().zip(&pivot).skip(i).for_each(|(value, p)| *value -= share * p);
            b[row] -= share * b[i];
        }
    }
    for i in (0..n).rev() {
        b[i] = (b[i] - (i + 1..n).map(|j| a[i][j] * b[j]).sum::<f64>()) / a[i][i];
    }
    b
}

/// The Hodrick-Prescott trend by the full matrix.
fn dense_hp(x: &[f64], lamb: f64) -> Vec<f64> {
    let n = x.len();
    let mut a = vec![vec![0.0; n]; n];
    for (i, value) in x.iter().enumerate() {
        a[i][i] = f64::from(u8::from(!value.is_nan()));
    }
    for row in 0..n - 2 {
        for (i, p) in [1.0, -2.0, 1.0].into_iter().enumerate() {
            for (j, q) in [1.0, -2.0, 1.0].into_iter().enumerate() {
                a[row + i][row + j] += lamb * p * q;
            }
        }
    }
    solve(a, x.iter().map(|&v| if v.is_nan() { 0.0 } else { v }).collect())
}

#[test]
fn hp_is_the_dense_solve() {
    for (n, lamb) in [(3, 1600.0), (4, 6.25), (5, 0.1), (40, 1600.0), (200, 6.25)] {
        let x = walk(n, 0);
        let (parts, _) = alone(&Hp::new(lamb).unwrap(), &x).unwrap();
        assert_close(&parts[0], &dense_hp(&x, lamb), 1e-8);
        let sum: Vec<f64> = parts[0].iter().zip(&parts[1]).map(|(t, c)| t + c).collect();
        assert_close(&sum, &x, 1e-12);
    }
}

#[test]
fn hp_gives_gaps_no_weight() {
    let mut x = walk(60, 1);
    for gap in [1, 2, 20, 21, 22, 40, 58] {
        x[gap] = f64::NAN;
    }
    let (parts, _) = alone(&Hp::new(100.0).unwrap(), &x).unwrap();
    assert_close(&parts[0], &dense_hp(&x, 100.0), 1e-8);
    assert!(parts[1].iter().zip(&x).all(|(c, x)| c.is_nan() == x.is_nan()));
}

#[test]
fn one_sided_hp_is_the_end_point() {
    let mut x = walk(50, 2);
    for gaps in [false, true] {
        if gaps {
            (x[1], x[2], x[30]) = (f64::NAN, f64::NAN, f64::NAN);
        }
        let (parts, _) = alone(&OneSided::new(1600.0).unwrap(), &x).unwrap();
        let second = if gaps { 3 } else { 1 };
        for last in second + 1..x.len() {
            let end = dense_hp(&x[..=last], 1600.0)[last];
            assert!((parts[0][last] - end).abs() < 1e-8, "{last}");
        }
        assert_close(&[parts[0][0], parts[0][second]], &[x[0], x[second]], 0.0);
        assert_eq!(parts[0][1].is_nan(), gaps);
    }
}

#[test]
fn boosting_once_is_hp_and_many_times_follows_the_data() {
    let x = walk(80, 3);
    let once = alone(&Boosted::new(1600.0, Stop::Never, 1).unwrap(), &x).unwrap();
    let (hp, _) = alone(&Hp::new(1600.0).unwrap(), &x).unwrap();
    assert_close(&once.0[0], &hp[0], 1e-9);
    let (many, rounds) = alone(&Boosted::new(1600.0, Stop::Never, 100).unwrap(), &x).unwrap();
    assert_close(&rounds, &[100.0], 0.0);
    let size = |cycle: &[f64]| cycle.iter().map(|c| c * c).sum::<f64>();
    assert!(size(&many[1]) < size(&hp[1]));
    for stop in [Stop::Bic, Stop::Adf] {
        let (_, rounds) = alone(&Boosted::new(1600.0, stop, 100).unwrap(), &x).unwrap();
        assert!((1.0..=100.0).contains(&rounds[0]));
    }
}

#[test]
fn hamilton_finds_an_autoregression() {
    let mut x = vec![1.0, 4.0];
    for t in 2..60 {
        x.push(2.0 + 1.2 * x[t - 1] - 0.5 * x[t - 2]);
    }
    let (parts, facts) = alone(&Hamilton::new(1, 2).unwrap(), &x[..30]).unwrap();
    assert_close(&facts, &[2.0, 1.2, -0.5], 1e-9);
    assert_close(&parts[1][2..], &[0.0; 28], 1e-10);
    assert!(parts[1][..2].iter().all(|c| c.is_nan()));
    let (parts, _) = alone(&Hamilton::new(3, 0).unwrap(), &x).unwrap();
    assert_close(&[parts[1][10]], &[x[10] - x[7]], 1e-12);
}

#[test]
fn residuals_of_hamilton_are_orthogonal_to_the_regressors() {
    let x = walk(200, 4);
    let (parts, _) = alone(&Hamilton::new(8, 4).unwrap(), &x).unwrap();
    let cycle = &parts[1];
    assert!(cycle[11..].iter().sum::<f64>().abs() < 1e-9);
    for lag in 8..12 {
        let product: f64 = (11..200).map(|t| cycle[t] * x[t - lag]).sum();
        assert!(product.abs() < 1e-7, "{product}");
    }
}

#[test]
fn band_pass_filters_keep_a_wave_of_the_band_and_drop_a_slow_one() {
    let band = Band::new(6.0, 32.0).unwrap();
    let wave = |period: f64| -> Vec<f64> {
        (0..400).map(|t| (f64::from(t) * std::f64::consts::TAU / period).sin()).collect()
    };
    let size = |x: &[f64]| x.iter().map(|v| v * v).sum::<f64>();
    for (period, kept) in [(12.0, true), (150.0, false), (3.0, false)] {
        let x = wave(period);
        let (bk, _) = alone(&BaxterKing::new(band, 24).unwrap(), &x).unwrap();
        let (cf, _) = alone(&ChristianoFitzgerald::new(band, false), &x).unwrap();
        for cycle in [&bk[1][100..300], &cf[1][100..300]] {
            let share = size(cycle) / size(&x[100..300]);
            assert!(if kept { share > 0.9 } else { share < 0.1 }, "{period}: {share}");
        }
    }
    let line: Vec<f64> = (0..50).map(|t| 3.0 + 0.5 * f64::from(t)).collect();
    let (cf, _) = alone(&ChristianoFitzgerald::new(band, true), &line).unwrap();
    assert_close(&cf[1], &[0.0; 50], 1e-12);
}

#[test]
fn beveridge_nelson_of_a_random_walk_has_little_cycle() {
    let x = walk(40, 5);
    let (parts, facts) = alone(&BeveridgeNelson::new(1).unwrap(), &x).unwrap();
    let [mean, constant, phi] = facts.as_slice() else { panic!("three figures") };
    assert!((mean - constant / (1.0 - phi)).abs() < 1e-12);
    for t in 1..40 {
        let cycle = -phi / (1.0 - phi) * (x[t] - x[t - 1] - mean);
        assert!((parts[1][t] - cycle).abs() < 1e-12);
    }
    let doubling: Vec<f64> = (0..30).map(|t| 2.0_f64.powi(t)).collect();
    assert!(alone(&BeveridgeNelson::new(1).unwrap(), &doubling).is_err());
}

fn stl_options(period: usize, outer: usize) -> Options {
    let smoother = |window| Smoother { window, line: true, jump: 1 };
    Options {
        period,
        seasonal: smoother(7),
        trend: smoother(2 * period - 1 + 2 * (period % 2)),
        low_pass: smoother(period + 1 + period % 2),
        inner: if outer == 0 { 5 } else { 2 },
        outer,
    }
}

#[test]
fn stl_takes_a_line_and_fixed_seasons_apart() {
    let pattern = [3.0, -1.0, -4.0, 2.0];
    let mut x: Vec<f64> =
        pattern.iter().cycle().take(40).zip(0..).map(|(s, t)| 5.0 + 0.5 * f64::from(t) + s).collect();
    let line: Vec<f64> = (0..40).map(|t| 5.0 + 0.5 * f64::from(t)).collect();
    for outer in [0, 15] {
        for gap in [0, 17, 30, 31] {
            let (parts, _) = alone(&Stl::new(stl_options(4, outer)).unwrap(), &x).unwrap();
            assert_close(&parts[0], &line, 1e-9);
            assert_close(&parts[1][..4], &pattern, 1e-9);
            if gap > 0 {
                x[gap] = f64::NAN;
            }
        }
    }
}

#[test]
fn robust_stl_does_not_follow_an_outlier() {
    let mut x = walk(120, 6);
    let clean = alone(&Stl::new(stl_options(12, 15)).unwrap(), &x).unwrap().0;
    x[60] += 500.0;
    let robust = alone(&Stl::new(stl_options(12, 15)).unwrap(), &x).unwrap().0;
    let plain = alone(&Stl::new(stl_options(12, 0)).unwrap(), &x).unwrap().0;
    assert!((robust[0][60] - clean[0][60]).abs() < 1.0);
    assert!((plain[0][60] - clean[0][60]).abs() > 5.0);
}

#[test]
fn series_side_by_side_do_not_touch() {
    beside(&Hp::new(1600.0).unwrap(), 70);
    beside(&OneSided::new(1600.0).unwrap(), 70);
    beside(&Boosted::new(1600.0, Stop::Bic, 100).unwrap(), 70);
    beside(&Hamilton::new(8, 4).unwrap(), 70);
    beside(&Hamilton::new(8, 0).unwrap(), 70);
    beside(&BaxterKing::new(Band::new(6.0, 32.0).unwrap(), 12).unwrap(), 70);
    beside(&ChristianoFitzgerald::new(Band::new(6.0, 32.0).unwrap(), true), 70);
    beside(&BeveridgeNelson::new(2).unwrap(), 70);
    beside(&HendersonTrend::new(13, 3.5).unwrap(), 70);
    beside(&Stl::new(stl_options(12, 0)).unwrap(), 70);
    beside(&Stl::new(stl_options(12, 15)).unwrap(), 70);
    beside(&Mstl::new(vec![stl_options(4, 0), stl_options(12, 0)], 2).unwrap(), 70);
}

#[test]
fn what_makes_no_sense_is_refused() {
    assert!(Hp::new(0.0).is_err() && Hp::new(f64::NAN).is_err() && OneSided::new(-1.0).is_err());
    assert!(Boosted::new(1.0, Stop::Bic, 0).is_err());
    assert!(Hamilton::new(0, 4).is_err());
    assert!(Band::new(32.0, 6.0).is_err() && Band::new(1.0, 6.0).is_err());
    assert!(BaxterKing::new(Band::new(6.0, 32.0).unwrap(), 0).is_err());
    assert!(BeveridgeNelson::new(0).is_err());
    assert!(HendersonTrend::new(12, 3.5).is_err() && HendersonTrend::new(13, 0.0).is_err());
    assert!(Stl::new(stl_options(1, 0)).is_err());
    assert!(Mstl::new(vec![], 2).is_err());
    assert!(Mstl::new(vec![stl_options(12, 0), stl_options(4, 0)], 2).is_err());
    let short = walk(10, 0);
    assert!(alone(&Hp::new(1.0).unwrap(), &short[..2]).is_err());
    assert!(alone(&Hamilton::new(8, 4).unwrap(), &short).is_err());
    assert!(alone(&BaxterKing::new(Band::new(6.0, 32.0).unwrap(), 5).unwrap(), &short).is_err());
    assert!(alone(&HendersonTrend::new(13, 3.5).unwrap(), &short).is_err());
    assert!(alone(&Stl::new(stl_options(12, 0)).unwrap(), &short).is_err());
    let mut gap = walk(30, 0);
    gap[7] = f64::NAN;
    for error in [
        alone(&ChristianoFitzgerald::new(Band::new(6.0, 32.0).unwrap(), true), &gap).unwrap_err(),
        alone(&BeveridgeNelson::new(1).unwrap(), &gap).unwrap_err(),
        alone(&Boosted::new(1.0, Stop::Bic, 9).unwrap(), &gap).unwrap_err(),
    ] {
        assert!(error.to_string().contains("row 7"), "{error}");
    }
}
