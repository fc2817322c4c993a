//! Tests of the rules of X-11 one by one, and of a published answer; the whole is proved against the Census Bureau's
//! program from Python.

#![expect(clippy::unreadable_literal, reason = "figures as they are printed")]

use super::extremes::{cochran_critical, replace, spreads_differ, weights};
use super::factors::seasonality_ratio;
use super::trend::replace_negative;
use super::*;
use crate::trend::moving_average::SeasonalAverage;

/// International airline passengers, thousands, January 1949 to December 1960 (Box and Jenkins 1976, series G).
const AIR: [u16; 144] = [
    112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158,
    133, 114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218,
    230, 242, 209, 191, 172, 194, 196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, 204, 188, 235,
    227, 234, 264, 302, 293, 259, 229, 203, 229, 242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278,
    284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306, 315, 301, 356, 348, 355, 422, 465, 467, 404,
    347, 305, 336, 340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337, 360, 342, 406, 396, 420, 472,
    548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432,
];

fn air() -> Vec<f64> {
    AIR.iter().map(|v| f64::from(*v)).collect()
}

fn options(mode: Mode) -> Options {
    Options { mode, ..Options::new(12) }
}

fn run(mode: Mode) -> Adjustment {
    Adjustment::run(&air(), &[], &[], &Span::new(12, 0, 144), &options(mode)).unwrap()
}

/// First and last D11, last D12, last D10, sum of D11, as X-13ARIMA-SEATS 1.1 build 62 prints them.
#[test]
fn airline_passengers_are_adjusted_as_published() {
    use Mode::{Additive, LogAdditive, Multiplicative, PseudoAdditive};
    let published = [
        (Multiplicative, [124.546106578, 485.248402867, 485.311174971, 0.890265681346, 40324.2712289]),
        (Additive, [127.416543563, 477.613977525, 483.226865717, -45.6139775252, 40350.3625053]),
        (LogAdditive, [123.697928342, 481.152050569, 481.296023674, 0.897845077224, 39984.6450241]),
        (PseudoAdditive, [124.558052922, 485.502274799, 486.402346084, 0.890004077427, 40340.5855136]),
    ];
    for (mode, wanted) in published {
        let x11 = run(mode);
        let found = [
            x11.adjusted[0],
            x11.adjusted[143],
            x11.trend[143],
            x11.seasonal[143],
            x11.adjusted.iter().sum(),
        ];
        for (f, w) in found.iter().zip(wanted) {
            assert!((f / w - 1.0).abs() < 1e-11, "{mode:?}: {f} is not {w}");
        }
    }
}

#[test]
fn quality_is_as_printed() {
    let quality = Quality::of(&run(Mode::Multiplicative));
    let printed = [0.036, 0.033, 0.0, 1.029, 0.270, 0.694, 0.198, 0.419, 0.334, 0.431, 0.385];
    for (measure, wanted) in quality.m.iter().zip(printed) {
        assert!((measure.unwrap() - wanted).abs() < 5.001e-4);
    }
    assert!((quality.q - 0.27).abs() < 0.005);
    assert_eq!((quality.failed, quality.mcd, quality.identifiable), (1, 2, Some(Identifiable::Yes)));
}

#[test]
fn every_table_has_a_name_and_the_length_of_the_series() {
    let x11 = run(Mode::PseudoAdditive);
    for name in Adjustment::TABLES {
        assert_eq!(x11.table(name).map(<[f64]>::len), Some(144), "{name}");
    }
    assert_eq!(x11.table("d10a").map(<[f64]>::len), Some(12));
    for name in ["", "x", "b12", "d17", "€"] {
        assert!(x11.table(name).is_none());
    }
}

#[test]
fn where_years_begin_matters() {
    let may = Span::new(12, 4, 144);
    assert_eq!((may.whole_years_start(0), may.whole_years_end(144)), (8, 140));
    let (x, o) = (air(), options(Mode::Multiplicative));
    let from_may = Adjustment::run(&x, &[], &[], &may, &o).unwrap();
    assert!(from_may.c.weights != run(Mode::Multiplicative).c.weights);
}

#[test]
fn backcasts_move_the_phase() {
    let span = Span::new(4, 1, 20).extended(6, 3);
    assert_eq!((span.phase, span.len, span.observed.clone()), (3, 29, 6..26));
    assert_eq!(span.month(span.observed.start), 1);
}

#[test]
fn weights_fall_from_one_to_zero_between_the_limits() {
    let span = Span::new(4, 0, 16);
    let mut irregular = [0.1, -0.1].repeat(8);
    (irregular[5], irregular[9]) = (0.22, 5.0);
    let found = weights(&irregular, &span, &options_of(4, Mode::Additive), false, 0..16, &(0..16));
    // the second pass leaves 5.0 out of the spread
    let spread = ((14.0f64 * 0.01 + 0.22 * 0.22) / 15.0).sqrt();
    assert!((found[5] - (2.5 - 0.22 / spread)).abs() < 1e-12);
    assert!(found[9] == 0.0);
    assert!(found.iter().enumerate().all(|(i, w)| i == 5 || i == 9 || *w >= 1.0));
}

fn options_of(period: usize, mode: Mode) -> Options {
    Options { mode, ..Options::new(period) }
}

#[test]
fn an_extreme_value_goes_towards_four_of_its_own_period() {
    let mut si: Vec<f64> = (0..14).map(f64::from).collect(); // period 2: evens and odds
    let mut w = vec![1.0; 14];
    (w[6], w[1], w[13]) = (0.5, 0.0, 0.0);
    let replaced = replace(&mut si, &w, 2, 0..14);
    assert!((si[6] - (0.5 * 6.0 + 2.0 + 4.0 + 8.0 + 10.0) / 4.5).abs() < 1e-12);
    assert!((si[1] - (3.0 + 5.0 + 7.0 + 9.0) / 4.0).abs() < 1e-12);
    assert!((si[13] - (5.0 + 7.0 + 9.0 + 11.0) / 4.0).abs() < 1e-12);
    assert_eq!(replaced.iter().filter(|v| !v.is_nan()).count(), 3);
    // fewer than four of full weight: the mean of all years
    let (mut si, w) = (vec![1.0, 2.0, 3.0, 6.0], [0.0, 1.0, 1.0, 1.0]);
    replace(&mut si, &w, 1, 0..4);
    assert!((si[0] - 3.0).abs() < 1e-12);
}

#[test]
fn the_ratio_of_a_steady_pattern_is_large_and_that_of_a_moving_one_small() {
    let span = Span::new(4, 0, 60);
    let noise = |i: usize| if (i / 4).is_multiple_of(2) { 0.05 } else { -0.05 };
    let steady: Vec<f64> = (0..60).map(|i| 1.0 + noise(i)).collect();
    let (ratio, by_month) = seasonality_ratio(&steady, &span, Mode::Multiplicative, 0..60);
    assert!(ratio > 6.5 && by_month.len() == 4);
    let moving: Vec<f64> = (0..60).map(|i| 1.0 + 0.02 * f64::from(i / 4)).collect();
    assert!(seasonality_ratio(&moving, &span, Mode::Additive, 0..60).0 < 2.5);
}

/// Critical values as the tables of X-13ARIMA-SEATS 1.1 build 62 have them, for 1 to 40 degrees of freedom.
#[test]
fn critical_values_of_unequal_spreads_are_those_of_the_tables() {
    let months = [
        0.5410, 0.3924, 0.3264, 0.2880, 0.2624, 0.2440, 0.2299, 0.2187, 0.2096, 0.2020, 0.1955, 0.1900,
        0.1851, 0.1808, 0.1770, 0.1735, 0.1704, 0.1676, 0.1650, 0.1627, 0.1605, 0.1585, 0.1566, 0.1548,
        0.1532, 0.1517, 0.1502, 0.1488, 0.1476, 0.1463, 0.1452, 0.1441, 0.1431, 0.1421, 0.1411, 0.1402,
        0.1393, 0.1385, 0.1377, 0.1370,
    ];
    let quarters = [
        0.9065, 0.7679, 0.6839, 0.6287, 0.5894, 0.5598, 0.5365, 0.5175, 0.5018, 0.4884, 0.4769, 0.4668,
        0.4579, 0.4500, 0.4430, 0.4365, 0.4307, 0.4254, 0.4205, 0.4159, 0.4118, 0.4079, 0.4042, 0.4008,
        0.3976, 0.3946, 0.3918, 0.3891, 0.3866, 0.3842, 0.3819, 0.3797, 0.3776, 0.3756, 0.3737, 0.3719,
        0.3702, 0.3685, 0.3669, 0.3654,
    ];
    for (groups, table) in [(12, months), (4, quarters)] {
        for (i, wanted) in table.iter().enumerate() {
            assert!((cochran_critical(groups, i + 1) - wanted).abs() < 1e-12, "{groups} {i}");
        }
    }
}

#[test]
fn unequal_spreads_are_found() {
    let even: Vec<f64> = (0..120).map(|i| 1.0 + 0.01 * f64::from(i % 7 - 3)).collect();
    assert!(!spreads_differ(&even, 12, Mode::Multiplicative, 0..120));
    let odd: Vec<f64> =
        even.iter().enumerate().map(|(i, v)| if i % 12 == 3 { 4.0 * v - 3.0 } else { *v }).collect();
    assert!(spreads_differ(&odd, 12, Mode::Multiplicative, 0..120));
}

#[test]
fn a_trend_below_zero_takes_its_neighbours() {
    let span = Span::new(4, 0, 5);
    let mut trend = [-1.0, 2.0, 0.0, 4.0, -3.0];
    replace_negative(&mut trend, &span).unwrap();
    assert!(
        trend.iter().zip([2.0, 2.0, 3.0, 4.0, 4.0]).all(|(found, wanted)| (*found - wanted).abs() < 1e-15)
    );
    assert!(replace_negative(&mut [-1.0; 5], &span).is_err());
}

#[test]
fn what_makes_no_sense_is_refused() {
    let (x, span) = (air(), Span::new(12, 0, 144));
    let refused = |x: &[f64], span: &Span, options: &Options| {
        Adjustment::run(x, &[], &[], span, options).unwrap_err().to_string()
    };
    let good = options(Mode::Multiplicative);
    let short = Span::new(12, 0, 30);
    assert!(refused(&x[..30], &short, &good).contains("at least three years, 36 values"));
    assert!(refused(&[5.0; 144], &span, &good).contains("constant"));
    let mut gap = x.clone();
    gap[7] = f64::NAN;
    assert!(refused(&gap, &span, &good).contains("row 7"));
    gap[7] = 0.0;
    assert!(refused(&gap, &span, &good).contains("mode=\"add\""));
    assert!(Adjustment::run(&gap, &[], &[], &span, &options(Mode::Additive)).is_ok());
    for (bad, word) in [
        (Options { trend: Some(10), ..good.clone() }, "odd"),
        (Options { trend: Some(145), ..good.clone() }, "longer than the series"),
        (Options { trend_ic: Some(2.0), ..good.clone() }, "trend="),
        (Options { sigma: (2.0, 1.0), ..good.clone() }, "sigma"),
        (Options { seasonal: vec![SeasonalFilter::Msr; 4], ..good.clone() }, "one filter per period"),
        (Options { calendar_sigma: CalendarSigma::Select(vec![false; 12]), ..good.clone() }, "at least one"),
    ] {
        assert!(refused(&x, &span, &bad).contains(word), "{word}");
    }
    assert!(Adjustment::run(&x, &[], &[f64::NAN], &span, &good).is_err());
    assert!(sliding_spans(&x, &span, &good, None, Some(1)).is_err());
    assert!(sliding_spans(&x, &span, &good, Some(500), None).is_err());
    assert!(revision_history(&x, &span, &good, Some(143)).is_err());
    assert!(revision_history(&x, &span, &good, Some(59)).is_err());
}

#[test]
fn short_series_of_every_period_run_with_every_filter() {
    use SeasonalAverage::{S3x1, S3x3, S3x5, S3x9, S3x15, Stable};
    for period in [2, 3, 4, 7, 12] {
        for years in 3..9 {
            let x: Vec<f64> =
                (0..=period * years).map(|i| 10.0 + f64::from(u16::try_from(i * i % 17).unwrap())).collect();
            let span = Span::new(period, 1, x.len());
            for filter in [S3x1, S3x3, S3x5, S3x9, S3x15, Stable] {
                let seasonal = vec![SeasonalFilter::Fixed(filter); period];
                let x11 = Adjustment::run(&x, &[], &[], &span, &Options { seasonal, ..Options::new(period) })
                    .unwrap();
                assert!(x11.adjusted.iter().all(|v| v.is_finite()), "{period} {years} {filter:?}");
                assert!(!Quality::of(&x11).mcd.eq(&0));
            }
        }
    }
}
