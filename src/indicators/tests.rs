//! The kernels on the figures of the first release, and the instances against each other.

#![allow(clippy::cast_precision_loss, clippy::float_cmp)]

use super::growth::{Cagr, Growth, RateChange, YearlyRateChange};
use super::records::{ExtremeSince, FromPeak, PreviousRecord, Rank, Record, Sense, Streak};
use super::rolling::{Rolling, RollingGrowth};
use super::shares::{Contributions, Shares, leader};
use super::totals::{Aggregate, CarryOver, How, YearToDate, YearToDateGrowth};
use super::{BaseRule, Gaps, Spans};
use crate::kernel::{LaneKernel, PairKernel};
use crate::number::{Decimal, DecimalContext, Interval, Number, Rounding, Unit};
use crate::panel::Base;

/// Pakistan's ICT services exports, July 2022 to April 2024, US$ million.
const EXPORTS: [i32; 22] = [
    199, 228, 206, 221, 233, 246, 190, 196, 225, 191, 236, 236, // fiscal year 2023
    214, 235, 206, 238, 259, 303, 265, 257, 306, 310,
];
const YEARS: Spans = Spans::Regular { per: 12, phase: 0 };
const MONEY: DecimalContext = DecimalContext { scale: 0, digits: 2, rounding: Rounding::HalfUp };

fn floats() -> Vec<f64> {
    EXPORTS.iter().map(|&v| f64::from(v)).collect()
}

fn lane<N: Number, K: LaneKernel<N>>(kernel: &K, ctx: &N::Context, x: &[N], n: usize) -> Vec<K::Out> {
    let mut out = vec![K::Out::default(); n];
    kernel.run(ctx, x, &mut out);
    out
}

fn last<K: LaneKernel<f64>>(kernel: &K) -> K::Out {
    lane(kernel, &(), &floats(), EXPORTS.len())[EXPORTS.len() - 1]
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

#[test]
fn april_2024() {
    let rate =
        |part| YearlyRateChange { part, base: Base::Lag(12), rule: BaseRule::Missing, unit: Unit::Percent };
    let (all, current, base) =
        (last(&rate(RateChange::Whole)), last(&rate(RateChange::Current)), last(&rate(RateChange::Base)));
    assert!(near(all, (310.0 / 191.0 - 306.0 / 225.0) * 100.0) && near(current + base, all));
    assert_eq!(format!("{all:.1} {base:.1}"), "26.3 24.2");

    let so_far = YearToDate { years: YEARS, mean: false, gaps: Gaps::Propagate };
    assert!(near(last(&so_far), 2593.0));
    let growth = YearToDateGrowth {
        years: YEARS,
        base: None,
        mean: false,
        rule: BaseRule::Missing,
        unit: Unit::Percent,
        gaps: Gaps::Propagate,
    };
    assert!(near(last(&growth), (2593.0 / 2135.0 - 1.0) * 100.0));
    assert_eq!(last(&Record { sense: Sense::High, season: None }), 1);
    assert_eq!(last(&PreviousRecord { sense: Sense::High, season: None }), 20);
    assert_eq!(last(&ExtremeSince { sense: Sense::High }), -1);
    assert!(near(last(&Rank { season: None, whole: false }), 1.0));
    assert!(near(last(&Streak { base: Base::Lag(1) }), 2.0));
    assert!(near(last(&Streak { base: Base::Lag(12) }), 7.0));
    assert!(near(last(&FromPeak { unit: Unit::Percent }), 0.0));
    assert!(near(
        last(&CarryOver { years: YEARS, rule: BaseRule::Missing, unit: Unit::Percent }),
        (2593.0 + 620.0) / 2607.0 * 100.0 - 100.0
    ));
}

#[test]
fn decimals_and_intervals_follow_the_floats() {
    let floats = floats();
    let decimals: Vec<Decimal> = EXPORTS.iter().map(|&v| Decimal(v.into())).collect();
    let exact: Vec<Interval<f64>> = floats.iter().map(|&v| Interval { lower: v, upper: v }).collect();
    macro_rules! agree {
        ($kernel:expr) => {
            let kernel = $kernel;
            let f: Vec<f64> = lane(&kernel, &(), &floats, floats.len());
            let d: Vec<Decimal> = lane(&kernel, &MONEY, &decimals, floats.len());
            let i: Vec<Interval<f64>> = lane(&kernel, &(), &exact, floats.len());
            for ((f, d), i) in f.iter().zip(d).zip(i) {
                assert_eq!(f.is_nan(), d.is_missing());
                assert_eq!(f.is_nan(), i.is_missing());
                let rounded = d.0 as f64 / 100.0;
                assert!(
                    f.is_nan() || ((f - rounded).abs() < 0.005_000_001 && i.lower <= *f && *f <= i.upper),
                    "{f} {d:?} {i:?}"
                );
                assert!(f.is_nan() || i.upper - i.lower <= 1e-12 * f.abs().max(1.0), "{i:?}");
            }
        };
    }
    agree!(Rolling { window: 5, mean: true, gaps: Gaps::Propagate });
    agree!(Rolling { window: 4, mean: false, gaps: Gaps::Skip });
    agree!(RollingGrowth {
        window: 3,
        annualized: None,
        rule: BaseRule::Missing,
        unit: Unit::Percent,
        gaps: Gaps::Propagate
    });
    agree!(YearToDate { years: YEARS, mean: false, gaps: Gaps::Propagate });
    agree!(FromPeak { unit: Unit::Percent });
    agree!(CarryOver { years: YEARS, rule: BaseRule::Missing, unit: Unit::Percent });
}

#[test]
fn rolling_windows_forget_what_left_them() {
    let mut x: Vec<f64> = (0..60).map(|i| f64::from(i % 7) + 0.1).collect();
    let kernel = Rolling { window: 12, mean: true, gaps: Gaps::Propagate };
    let clean = lane(&kernel, &(), &x, 60);
    for poison in [1e16, f64::INFINITY, f64::NAN] {
        let good = std::mem::replace(&mut x[20], poison);
        let got = lane(&kernel, &(), &x, 60);
        x[20] = good;
        assert_eq!(got[11..20], clean[11..20]);
        assert_eq!(got[32..], clean[32..]);
        assert!(poison.is_finite() || got[20..32].iter().all(|v| v.is_nan()));
    }
    assert!(
        lane(&Rolling { window: 61, mean: false, gaps: Gaps::Propagate }, &(), &x, 60)
            .iter()
            .all(|v| v.is_nan())
    );
}

#[test]
fn negative_and_zero_bases_by_rule() {
    let growth = |rule| {
        let mut out = [0.0; 3];
        Growth { rule, unit: Unit::Percent }.run(&(), &[5.0, 5.0, -5.0], &[-10.0, 0.0, -10.0], &mut out);
        out.map(|v: f64| if v.is_nan() { None } else { Some(v) })
    };
    assert_eq!(growth(BaseRule::Missing), [None, None, None]);
    assert_eq!(growth(BaseRule::Signed), [Some(-150.0), None, Some(-50.0)]);
    assert_eq!(growth(BaseRule::Abs), [Some(150.0), None, Some(50.0)]);
    let cagr = |rule, x: &[f64]| lane(&Cagr { per_year: 1, rule, unit: Unit::Percent }, &(), x, 1)[0];
    assert!(near(cagr(BaseRule::Missing, &[100.0, f64::NAN, 121.0]), 10.0));
    assert!(near(cagr(BaseRule::Missing, &[100.0, 0.0]), -100.0));
    assert!(cagr(BaseRule::Missing, &[-100.0, 121.0]).is_nan());
    assert!(near(cagr(BaseRule::Signed, &[-100.0, 0.0, -121.0]), 10.0));
    assert!(near(cagr(BaseRule::Abs, &[-100.0, 21.0]), 121.0));
}

#[test]
fn spans_that_the_data_cut() {
    let spans = Spans::Regular { per: 3, phase: 1 };
    let numbers: Vec<_> = spans.over(6).map(|s| (s.number, s.first, s.end)).collect();
    assert_eq!(numbers, [(0, -1, 2), (1, 2, 5), (2, 5, 8)]);
    assert_eq!((spans.count(6), spans.count(0)), (3, 0));
    let starts = Spans::Starts(vec![-1, 2, 5, 8]);
    assert!(starts.over(6).eq(spans.over(6)));
    let x = [1.0, 2.0, 3.0, f64::NAN, 5.0, 6.0];
    let groups =
        |how, partial, gaps| lane(&Aggregate { groups: starts.clone(), how, partial, gaps }, &(), &x, 3);
    let show = |v: Vec<f64>| format!("{v:?}");
    assert_eq!(show(groups(How::Sum, false, Gaps::Propagate)), "[NaN, NaN, NaN]");
    assert_eq!(show(groups(How::Sum, false, Gaps::Skip)), "[NaN, 8.0, NaN]");
    assert_eq!(show(groups(How::Sum, true, Gaps::Propagate)), "[3.0, 8.0, 6.0]");
    assert_eq!(show(groups(How::Last, false, Gaps::Propagate)), "[NaN, NaN, NaN]");
    assert_eq!(show(groups(How::Last, false, Gaps::Skip)), "[NaN, 5.0, NaN]");
    assert_eq!(show(groups(How::First, true, Gaps::Propagate)), "[1.0, 3.0, 6.0]");
}

#[test]
fn parts_of_a_whole() {
    let shares = Shares { rule: BaseRule::Missing, unit: Unit::Percent, gaps: Gaps::Propagate };
    assert_eq!(lane(&shares, &(), &[1.0, 2.0, 5.0], 3), [12.5, 25.0, 62.5]);
    let mut out = [0.0; 6];
    Contributions { rule: BaseRule::Missing, unit: Unit::Percent }.run(
        &(),
        &[60.0, 30.0, 66.0, 29.0],
        Some(&[100.0, 108.0]),
        &[-1, 0],
        2,
        &mut out,
    );
    assert!(out[..3].iter().all(|v| v.is_nan()));
    assert_eq!(out[3..], [6.0, -1.0, 3.0]);
    let lead = |parts: &[f64], total| leader(&(), parts, total, BaseRule::Missing, Unit::Percent);
    let two = lead(&[40.0, 25.0], Some(100.0));
    assert_eq!(
        (two.first, two.second, two.share, two.margin, two.proven),
        (Some(0), Some(1), 40.0, 15.0, true)
    );
    assert!(!lead(&[34.0, 25.0], Some(100.0)).proven);
    assert!(lead(&[51.0], Some(100.0)).proven);
    assert!(!lead(&[5.0, 5.0], None).proven);
}
