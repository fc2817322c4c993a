//! The three instances agree, and the bounds hold what they must.

#![allow(clippy::cast_precision_loss, clippy::cast_possible_wrap)]

use super::*;

const CTX: DecimalContext = DecimalContext { scale: 2, digits: 2, rounding: Rounding::HalfUp };

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * b.abs().max(1.0)
}

/// A small generator (splitmix64): the tests need many numbers and no crate.
fn draws(seed: u64) -> impl Iterator<Item = i64> {
    let mut state = seed;
    std::iter::repeat_with(move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % 2_000_001) as i64 - 1_000_000
    })
}

#[test]
fn the_articles_rates_in_decimals() {
    let growth = |x, b| Decimal::relative_change(&CTX, Decimal(x), Decimal(b), Unit::Percent);
    assert_eq!(growth(31000, 30600), Decimal(131));
    assert_eq!(growth(31000, 19100), Decimal(6230));
    assert_eq!(growth(31000, 0), Decimal::MISSING);
    assert_eq!(Decimal::MISSING.add(Decimal(1)), Decimal::MISSING);
}

#[test]
fn the_articles_rates_as_intervals() {
    let rounded = |v: f64| Interval { lower: v - 0.5, upper: v + 0.5 };
    let got = Interval::<f64>::relative_change(&(), rounded(310.0), rounded(306.0), Unit::Percent);
    assert!(near(got.lower, 0.978_792_822_185_97) && near(got.upper, 1.636_661_211_129_3), "{got:?}");
    let exact = |v: i128| Interval { lower: Decimal(v - 50), upper: Decimal(v + 50) };
    let got = Interval::<Decimal>::relative_change(&CTX, exact(31000), exact(30600), Unit::Percent);
    assert_eq!((got.lower, got.upper), (Decimal(97), Decimal(164)));
    let got = Interval::<Decimal>::relative_change(&CTX, exact(31000), exact(19100), Unit::Percent);
    assert_eq!((got.lower, got.upper), (Decimal(6161), Decimal(6300)));
}

#[test]
fn a_base_that_holds_zero_is_unbounded() {
    let around = Interval { lower: -0.5, upper: 0.5 };
    assert!(Interval::<f64>::relative_change(&(), Interval::exact(1.0), around, Unit::Percent).is_missing());
}

#[test]
fn rounding_rules_at_ties() {
    let mean = |sum, rounding| Decimal::mean(&CTX.rounded(rounding), Decimal(sum), 2).0;
    let all = [
        (Rounding::HalfUp, [3, -3, 2, -2]),
        (Rounding::HalfEven, [2, -2, 2, -2]),
        (Rounding::HalfDown, [2, -2, 1, -1]),
        (Rounding::Up, [3, -3, 2, -2]),
        (Rounding::Down, [2, -2, 1, -1]),
        (Rounding::Ceiling, [3, -2, 2, -1]),
        (Rounding::Floor, [2, -3, 1, -2]),
    ];
    for (rounding, expected) in all {
        assert_eq!([5, -5, 3, -3].map(|s| mean(s, rounding)), expected, "{rounding:?}");
    }
}

#[test]
fn overflow_is_said_and_survives() {
    let most = Decimal(10_i128.pow(38) - 1);
    assert!(most.add(Decimal(1)).is_overflow());
    assert!(most.times(2).sub(Decimal(5)).is_overflow());
    assert!(Decimal::ratio(&CTX, most, Decimal(1), Unit::Percent).is_overflow());
    // A numerator beyond 128 bits is no overflow where the quotient fits.
    assert_eq!(Decimal::ratio(&CTX, most, most, Unit::Percent), Decimal(10000));
}

#[test]
fn compound_rates_are_correctly_rounded() {
    let rate = |x, b, num, den, digits| {
        let ctx = DecimalContext { scale: 0, digits, rounding: Rounding::HalfUp };
        Decimal::compound(&ctx, Decimal(x), Decimal(b), Exponent { num, den }, Unit::Percent).0
    };
    assert_eq!(rate(121, 100, 1, 2, 2), 1000); // exact: ten per cent a year over two years
    assert_eq!(rate(310, 249, 12, 24, 2), 1158);
    assert_eq!(rate(81, 100, 1, 2, 2), -1000);
    assert_eq!(rate(2, 1, 1, 2, 10), 414_213_562_373);
    assert_eq!(rate(1, 2, -1, 2, 10), 414_213_562_373);
}

#[test]
fn the_instances_agree_on_random_fractions() {
    let ctx = DecimalContext { scale: 2, digits: 10, rounding: Rounding::HalfEven };
    let mut numbers = draws(7);
    let mut next = || numbers.next().unwrap_or(1);
    for _ in 0..20_000 {
        let [x, y, a, b] = [next(), next(), next(), next()].map(|v| if v == 0 { 1 } else { v });
        let [fx, fy, fa, fb] = [x, y, a, b].map(|v| v as f64 / 100.0);
        let [dx, dy, da, db] = [x, y, a, b].map(|v| Decimal(v.into()));
        let pairs = [
            (
                f64::relative_change(&(), fx, fa, Unit::Percent),
                Decimal::relative_change(&ctx, dx, da, Unit::Percent),
            ),
            (
                f64::contribution(&(), fx, fy, fa, Unit::Percent),
                Decimal::contribution(&ctx, dx, dy, da, Unit::Percent),
            ),
            (
                f64::ratio_change(&(), fx, fa, fy, fb, Unit::Percent),
                Decimal::ratio_change(&ctx, dx, da, dy, db, Unit::Percent),
            ),
            (f64::ratio(&(), fx, fa, Unit::Fraction), Decimal::ratio(&ctx, dx, da, Unit::Fraction)),
        ];
        for (float, decimal) in pairs {
            let decimal = decimal.0 as f64 / 1e10;
            assert!(
                (float - decimal).abs()
                    <= 1e-9 + 1e-11 * (fx / fa * (fb - fa) / fb * 100.0).abs().max(decimal.abs()),
                "{float} {decimal}"
            );
        }
        let [ix, ia] = [fx, fa].map(|v| Interval { lower: v - 0.005, upper: v + 0.005 });
        let bounds = Interval::<f64>::relative_change(&(), ix, ia, Unit::Percent);
        let value = f64::relative_change(&(), fx, fa, Unit::Percent);
        assert!(bounds.is_missing() || (bounds.lower <= value && value <= bounds.upper));
    }
}
