//! The model against dense matrices, against figures of the literature and against itself the long way round.

use super::candidates::Candidates;
use super::estimate::{Method, Sample};
use super::filter::Filter;
use super::forecast::{backcast, forecast};
use super::least_squares::minimise;
use super::model::{product, psi_weights, roots_outside};
use super::regression::dot;
use super::*;
use crate::panel::Cancel;
use crate::seasonal::Options;

static ON: Cancel<'_> = Cancel::deaf(false);

/// International airline passengers in thousands, 1949 to 1960 (Box and Jenkins, series G).
const PASSENGERS: [f64; 144] = [
    112., 118., 132., 129., 121., 135., 148., 148., 136., 119., 104., 118., 115., 126., 141., 135., 125.,
    149., 170., 170., 158., 133., 114., 140., 145., 150., 178., 163., 172., 178., 199., 199., 184., 162.,
    146., 166., 171., 180., 193., 181., 183., 218., 230., 242., 209., 191., 172., 194., 196., 196., 236.,
    235., 229., 243., 264., 272., 237., 211., 180., 201., 204., 188., 235., 227., 234., 264., 302., 293.,
    259., 229., 203., 229., 242., 233., 267., 269., 270., 315., 364., 347., 312., 274., 237., 278., 284.,
    277., 317., 313., 318., 374., 413., 405., 355., 306., 271., 306., 315., 301., 356., 348., 355., 422.,
    465., 467., 404., 347., 305., 336., 340., 318., 362., 348., 363., 435., 491., 505., 404., 359., 310.,
    337., 360., 342., 406., 396., 420., 472., 548., 559., 463., 407., 362., 405., 417., 391., 419., 461.,
    472., 535., 622., 606., 508., 461., 390., 432.,
];

const AIRLINE: Orders = Orders { regular: (0, 1, 1), seasonal: (0, 1, 1), period: 12 };

fn options(types: &[&str], compat: bool) -> AdjustOptions {
    AdjustOptions {
        transform: Transform::Auto,
        types: types.iter().map(|kind| (*kind).to_owned()).collect(),
        critical: None,
        orders: AIRLINE,
        forecast: 12,
        backcast: 0,
        compat,
        max_iterations: 1500,
    }
}

fn given(values: &[f64], rows: usize, fixed: Vec<Column>) -> Given {
    Given {
        values: values.to_vec(),
        phase: 0,
        leap: vec![1.0; rows],
        lpyear: vec![0.0; rows],
        fixed,
        fixed_leap: false,
        choices: Vec::new(),
    }
}

fn x11() -> Options {
    Options::new(12)
}

/// A number in -1..1 that looks random.
fn noise(state: &mut u64) -> f64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    f64::from(u32::try_from(*state >> 33).unwrap()) / f64::from(u32::MAX >> 1) * 2.0 - 1.0
}

fn column(name: &str, group: Group, values: Vec<f64>) -> Column {
    Column { name: name.to_owned(), group, values }
}

#[test]
fn polynomials() {
    assert_eq!(AIRLINE.differencing()[..2], [1.0, -1.0]);
    assert_eq!(AIRLINE.differencing()[12..], [-1.0, 1.0]);
    // (1 - .5 B)(1 - .2 B^3)
    assert_eq!(product(&[0.5], &[0.2], 3), [0.5, 0.0, 0.2, -0.1]);
    assert!(roots_outside(&[1.2, -0.5]) && !roots_outside(&[1.2, -0.1]) && !roots_outside(&[1.0]));
    let (mut away, mut close) = ([0.3, 0.9], [0.95, 0.95]);
    assert!(!AIRLINE.shrink(&mut away));
    assert_eq!(away.map(f64::to_bits), [0.3_f64, 0.9].map(f64::to_bits));
    assert!(AIRLINE.shrink(&mut close));
    assert!((close[0] - 0.855).abs() < 1e-15 && (close[1] - 0.95 * 0.9_f64.powi(12)).abs() < 1e-15);
    assert_eq!(AIRLINE.names(), ["ma[1]", "maS[12]"]);
}

#[test]
fn critical_values() {
    let known = [(60, 3.686), (120, 3.851), (144, 3.890), (228, 3.982), (355, 4.063)];
    for (dates, value) in known {
        assert!((default_critical(dates) - value).abs() < 6e-4, "{dates}: {}", default_critical(dates));
    }
}

#[test]
fn least_squares_of_a_bent_valley() {
    let mut x = vec![-1.2, 1.0];
    let of = |x: &[f64]| vec![10.0 * (x[1] - x[0] * x[0]), 1.0 - x[0], 1e-3 * x[0]];
    let first = of(&x);
    let outcome = minimise(&mut x, first, 1e-14, 200, of);
    assert!(outcome.converged && outcome.steps > 5);
    assert!((x[0] - 1.0 / (1.0 + 1e-6)).abs() < 1e-6 && (x[1] - x[0] * x[0]).abs() < 1e-6);
}

/// The covariance of an ARMA process, from a long sum of its weights.
fn covariance(ar: &[f64], ma: &[f64], n: usize) -> Vec<Vec<f64>> {
    let psi = psi_weights(ar, ma, 4000);
    let gamma: Vec<f64> = (0..n).map(|lag| dot(&psi[..4000 - lag], &psi[lag..])).collect();
    (0..n).map(|i| (0..n).map(|j| gamma[i.abs_diff(j)]).collect()).collect()
}

#[test]
fn the_filter_is_the_inverse_of_the_covariance() {
    let models = [
        ((0, 0, 1), (0, 0, 1), vec![0.4, 0.7]),
        ((0, 0, 2), (0, 0, 0), vec![0.5, -0.3]),
        ((2, 0, 1), (1, 0, 1), vec![0.5, -0.2, 0.6, 0.3, -0.4]),
        ((1, 0, 0), (0, 0, 0), vec![-0.8]),
        ((3, 0, 0), (1, 0, 1), vec![0.2, 0.1, 0.1, 0.3, 0.8]),
    ];
    for (regular, seasonal, parameters) in models {
        let orders = Orders { regular, seasonal, period: 4 };
        let (n, mut state) = (30, 7);
        let filter = Filter::new(&orders, &parameters, n).unwrap();
        let dense = covariance(filter.ar(), filter.ma(), n);
        let columns: Vec<Vec<f64>> = (0..2).map(|_| (0..n).map(|_| noise(&mut state)).collect()).collect();
        let solved = super::dense::solve(dense.clone(), columns[0].clone()).unwrap();
        let white: Vec<Vec<f64>> = columns.iter().map(|x| filter.whiten(x)).collect();
        assert!((dot(&white[0], &white[1]) - dot(&solved, &columns[1])).abs() < 1e-9);
        let rows = dense.into_iter().flatten().collect();
        let determinant = super::dense::Cholesky::of(rows, n).unwrap().log_determinant();
        assert!((filter.log_determinant - determinant).abs() < 1e-9, "{}", orders.words());
    }
}

#[test]
fn the_airline_model_of_the_airline_passengers() {
    // the program stops a little before the maximum
    for (compat, close) in [(true, 2e-5), (false, 2e-6)] {
        let model = Model::find(&given(&PASSENGERS, 156, Vec::new()), &options(&[], compat), &ON).unwrap();
        assert!(model.log);
        let [theta, seasonal] = [model.arma[0].1, model.arma[1].1];
        // Box and Jenkins: .4 and .6; the likelihood of the differenced logarithms is 244.6965 at its maximum
        assert!((theta - 0.401_823).abs() < close && (seasonal - 0.556_937).abs() < close);
        assert!((model.variance - 0.001_348_10).abs() < 1e-8);
        let scale: f64 = PASSENGERS[13..].iter().map(|x| x.ln()).sum();
        assert!((model.loglik + scale - 244.6965).abs() < 5e-5);
        assert!((model.aicc - 987.3845).abs() < 5e-5);
        assert_eq!(model.residuals.len(), 131);
    }
}

#[test]
fn candidates_are_as_if_each_were_filtered() {
    let log: Vec<f64> = PASSENGERS.iter().map(|x| x.ln()).collect();
    for orders in
        [AIRLINE, Orders { regular: (1, 1, 1), ..AIRLINE }, Orders { regular: (0, 1, 2), ..AIRLINE }]
    {
        let method = Method { orders, compat: true, max_iterations: 1500, cancel: &ON };
        let mut trend = vec![0.0; 144];
        trend.iter_mut().enumerate().for_each(|(t, x)| *x = f64::from(u8::from(t % 7 == 3)));
        let sample = Sample {
            w: orders.difference(&log),
            columns: vec![orders.difference(&trend)],
            names: vec!["user".to_owned()],
        };
        let fit = method.fit(&sample, None).unwrap();
        let types: Vec<Searched> =
            ["ao", "ls", "tc", "so"].map(|kind| Searched { kind: kind.to_owned(), critical: 3.0 }).to_vec();
        let candidates = Candidates::new(&orders, &types, 144).unwrap();
        let found = candidates.values(&fit, 1.0);
        for (kind, of) in types.iter().enumerate() {
            for (row, now) in found[kind].iter().enumerate() {
                let level = super::outliers::column(&of.kind, row, 12, 0, 144).unwrap();
                let differenced = orders.difference(&level);
                assert_eq!(candidates.column(kind, row), differenced);
                let white = fit.filter.whiten(&differenced);
                let explained: f64 = fit.regression.basis.iter().map(|q| dot(q, &white).powi(2)).sum();
                let t = dot(&white, &fit.regression.residuals) / (dot(&white, &white) - explained).sqrt();
                assert!(
                    now.is_nan() || (now - t).abs() < 1e-9 * (1.0 + t.abs()),
                    "{} {row}: {now} {t}",
                    of.kind
                );
            }
        }
        assert!(found[0].iter().all(|t| t.is_finite()));
        assert!(found[1][0].is_nan() && found[1][1].is_nan() && found[1][143].is_nan());
        assert!(found[2][143].is_nan());
    }
}

#[test]
fn forecasts_of_an_autoregression() {
    let orders = Orders { regular: (1, 0, 0), seasonal: (0, 0, 0), period: 12 };
    let method = Method { orders, compat: false, max_iterations: 100, cancel: &ON };
    let mut state = 3;
    let mut x = vec![0.0];
    for t in 0..80 {
        x.push(0.7 * x[t] + noise(&mut state));
    }
    let sample = Sample { w: x.clone(), columns: Vec::new(), names: Vec::new() };
    let fit = method.fit(&sample, None).unwrap();
    let phi = fit.parameters[0];
    let ahead = forecast(&orders, &fit, &x, &[], 3);
    let before = backcast(&orders, &fit, &x, &[], 2);
    for (h, value) in ahead.plain.iter().enumerate() {
        let power = i32::try_from(h + 1).unwrap();
        assert!((value - phi.powi(power) * x[80]).abs() < 1e-12);
        let variance: f64 = (0..power).map(|k| phi.powi(2 * k)).sum::<f64>() * fit.variance;
        assert!((ahead.errors[h] - variance.sqrt()).abs() < 1e-12);
    }
    assert!(
        (before.plain[1] - phi * x[0]).abs() < 1e-12 && (before.plain[0] - phi * phi * x[0]).abs() < 1e-12
    );
}

#[test]
fn a_break_is_found_and_stays_in_the_trend() {
    let mut values = PASSENGERS.to_vec();
    values[80..].iter_mut().for_each(|x| *x *= 1.25);
    values[40] *= 1.3;
    let found =
        Adjusted::run(&given(&values, 156, Vec::new()), &options(&["ao", "ls"], false), &x11(), &ON).unwrap();
    let mut kept: Vec<(usize, usize)> = found.model.search.kept.iter().map(|o| (o.kind, o.row)).collect();
    kept.sort_unstable();
    assert!(kept.contains(&(0, 40)) && kept.contains(&(1, 80)), "{kept:?}");
    let table = |name: &str| found.table(name).unwrap()[..144].to_vec();
    let (adjusted, seasonal, trend, irregular) = (table("d11"), table("d10"), table("d12"), table("d13"));
    for t in 0..144 {
        assert!((adjusted[t] * seasonal[t] / values[t] - 1.0).abs() < 1e-12);
        assert!((trend[t] * irregular[t] / adjusted[t] - 1.0).abs() < 1e-12);
    }
    assert!(irregular[40] > 1.2 && trend[80] / trend[79] > 1.15);
    assert!((table("b1")[79] / values[79] - 1.25).abs() < 0.05, "the level is brought to the latest");
    assert_eq!(found.forecast.values.len(), 12);
    assert_eq!(found.table("d11").unwrap().len(), 156);
}

#[test]
fn calendar_effects_leave_the_adjusted_series() {
    let mut state = 11;
    let effect: Vec<f64> = (0..156).map(|_| noise(&mut state).round()).collect();
    let values: Vec<f64> = PASSENGERS.iter().zip(&effect).map(|(x, e)| x * (0.03 * e).exp()).collect();
    let fixed = vec![column("market", Group::Holiday, effect)];
    let found = Adjusted::run(&given(&values, 156, fixed), &options(&[], false), &x11(), &ON).unwrap();
    let (b, se) = (found.model.coefficients[0], found.model.errors[0]);
    assert!((b - 0.03).abs() < 3.0 * se, "{b} {se}");
    let (d10, d16, d18) =
        (found.table("d10").unwrap(), found.table("d16").unwrap(), found.table("d18").unwrap());
    assert!((0..156).all(|t| (d10[t] * d18[t] / d16[t] - 1.0).abs() < 1e-12));
    assert!((0..144).all(|t| (found.table("d11").unwrap()[t] * d16[t] / values[t] - 1.0).abs() < 1e-12));
}

fn refused(given: &Given, options: &AdjustOptions) -> String {
    Adjusted::run(given, options, &x11(), &ON).unwrap_err().to_string()
}

#[test]
fn what_is_refused_says_why() {
    let plain = options(&["ao", "ls"], false);
    let zero = vec![column("easter[8]", Group::Holiday, vec![0.0; 156])];
    let said = refused(&given(&PASSENGERS, 156, zero), &plain);
    assert!(said.contains("easter[8] is zero") && said.contains("drop easter[8]"), "{said}");
    let mut state = 5;
    let a: Vec<f64> = (0..156).map(|_| noise(&mut state)).collect();
    let twice = a.iter().map(|x| 2.0 * x).collect();
    let both = vec![column("a", Group::User, a), column("b", Group::User, twice)];
    let said = refused(&given(&PASSENGERS, 156, both), &plain);
    assert!(said.contains("regressor b is a combination") && said.contains("(a)"), "{said}");
    let said = refused(&given(&PASSENGERS[..24], 36, Vec::new()), &plain);
    assert!(said.contains("too short for the model (0,1,1)(0,1,1)"), "{said}");
    let mut gap = PASSENGERS.to_vec();
    gap[7] = f64::NAN;
    assert!(refused(&given(&gap, 156, Vec::new()), &plain).contains("missing"));
    gap[7] = -1.0;
    let logs = AdjustOptions { transform: Transform::Log, ..plain.clone() };
    assert!(refused(&given(&gap, 156, Vec::new()), &logs).contains("not positive"));
    assert!(refused(&given(&PASSENGERS, 150, Vec::new()), &plain).contains("needs 156 rows"));
    let hasty = AdjustOptions { max_iterations: 1, ..plain.clone() };
    let said = refused(&given(&PASSENGERS, 156, Vec::new()), &hasty);
    assert!(said.contains("has not converged after 1 iterations") && said.contains("ma[1] = "), "{said}");
    for wrong in [
        AdjustOptions { types: vec!["xx".to_owned()], ..plain.clone() },
        AdjustOptions { types: vec!["ao".to_owned(); 2], ..plain.clone() },
        AdjustOptions { critical: Some(vec![3.0]), ..plain.clone() },
        AdjustOptions { critical: Some(vec![3.0, -1.0]), ..plain.clone() },
        AdjustOptions { max_iterations: 0, ..plain.clone() },
        AdjustOptions { orders: Orders { regular: (40, 0, 0), ..AIRLINE }, ..plain.clone() },
    ] {
        assert!(wrong.check().is_err());
    }
    let exact: Vec<f64> = (0..144_u8).map(|t| f64::from(t) + f64::from(t % 12)).collect();
    let said = refused(&given(&exact, 156, Vec::new()), &plain);
    assert!(said.contains("without error"), "{said}");
}
