//! Upper tails of the F and chi-squared distributions, for the tests of seasonality; nothing else of statistics.

use std::f64::consts::PI;

/// The probability that an F variable with `a` and `b` degrees of freedom exceeds `x`.
pub(super) fn f_tail(x: f64, a: f64, b: f64) -> f64 {
    if x.is_nan() {
        f64::NAN
    } else if x <= 0.0 {
        1.0
    } else {
        incomplete_beta(b / (b + a * x), b / 2.0, a / 2.0)
    }
}

/// The value that an F variable exceeds with probability `p`, by bisection.
pub(super) fn f_upper_quantile(p: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    while f_tail(high, a, b) > p && high < 1e12 {
        high *= 2.0;
    }
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if f_tail(middle, a, b) > p { low = middle } else { high = middle }
    }
    high
}

/// The probability that a chi-squared variable with `df` degrees of freedom exceeds `x`.
pub(super) fn chi_squared_tail(x: f64, df: f64) -> f64 {
    if x.is_nan() {
        f64::NAN
    } else if x <= 0.0 {
        1.0
    } else {
        incomplete_gamma_tail(df / 2.0, x / 2.0)
    }
}

/// The logarithm of the gamma function for positive arguments (Lanczos, g = 7, n = 9).
fn ln_gamma(x: f64) -> f64 {
    const G: f64 = 7.0;
    const C: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    let mut sum = C[0];
    let mut at = x;
    for c in &C[1..] {
        sum += c / at;
        at += 1.0;
    }
    let t = x + G - 0.5;
    0.5 * (2.0 * PI).ln() + (x - 0.5) * t.ln() - t + sum.ln()
}

/// The regularised incomplete beta function, by Lentz's continued fraction on the side where it converges fast.
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(1.0 - x, b, a);
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (-x).ln_1p()).exp() / a;
    front
        / continued_fraction(|step| {
            let m = f64::from(step / 2);
            if step % 2 == 0 {
                m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
            } else {
                -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
            }
        })
}

/// 1 + t1/(1 + t2/(1 + ...)) by Lentz's method.
fn continued_fraction(term: impl Fn(u32) -> f64) -> f64 {
    const TINY: f64 = 1e-300;
    let (mut c, mut d, mut value) = (1.0, 0.0, 1.0);
    for step in 1..500 {
        let t = term(step);
        d = 1.0 / nonzero(1.0 + t * d, TINY);
        c = nonzero(1.0 + t / c, TINY);
        value *= c * d;
        if (c * d - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value
}

fn nonzero(x: f64, tiny: f64) -> f64 {
    if x.abs() < tiny { tiny } else { x }
}

/// The regularised upper incomplete gamma function: a series below the mean, a continued fraction above it.
fn incomplete_gamma_tail(a: f64, x: f64) -> f64 {
    let front = (a * x.ln() - x - ln_gamma(a)).exp();
    if x < a + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / a, 1.0 / a, a);
        while term > sum * 1e-17 {
            n += 1.0;
            term *= x / n;
            sum += term;
        }
        return 1.0 - front * sum;
    }
    // by Legendre's continued fraction, with Lentz's method
    let mut partial = x + 1.0 - a;
    let (mut above, mut below) = (1e300, 1.0 / partial);
    let mut value = below;
    for step in 1..1000 {
        let i = f64::from(step);
        let term = -i * (i - a);
        partial += 2.0;
        below = 1.0 / nonzero(term * below + partial, 1e-300);
        above = nonzero(partial + term / above, 1e-300);
        value *= above * below;
        if (above * below - 1.0).abs() < 1e-16 {
            break;
        }
    }
    front * value
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tables of the F and chi-squared distributions, and closed forms for small degrees of freedom.
    #[test]
    fn tails_are_those_of_closed_forms() {
        for x in [0.01, 0.3, 1.0, 2.7, 11.0, 95.0] {
            assert!((chi_squared_tail(x, 2.0) - (-x / 2.0).exp()).abs() < 1e-14);
            let four = (-x / 2.0f64).exp() * (1.0 + x / 2.0);
            assert!((chi_squared_tail(x, 4.0) - four).abs() < 1e-14);
            // F with 2 and b degrees of freedom: (1 + 2x/b)^(-b/2)
            for b in [1.0f64, 5.0, 40.0, 300.0] {
                assert!((f_tail(x, 2.0, b) - (1.0 + 2.0 * x / b).powf(-b / 2.0)).abs() < 1e-13, "{x} {b}");
            }
            // and with 1 and 1: an arctangent
            assert!((f_tail(x, 1.0, 1.0) - (1.0 - 2.0 / PI * x.sqrt().atan())).abs() < 1e-13);
        }
    }

    #[test]
    fn the_five_per_cent_points_are_the_published_ones() {
        assert!((f_tail(2.8661, 4.0, 20.0) - 0.05).abs() < 1e-5);
        assert!((f_tail(4.9646, 1.0, 10.0) - 0.05).abs() < 1e-5);
        assert!((chi_squared_tail(19.675, 11.0) - 0.05).abs() < 1e-5);
        assert!((f_tail(-1.0, 3.0, 4.0) - 1.0).abs() < 1e-15);
        assert!(f_tail(f64::NAN, 3.0, 4.0).is_nan());
    }
}
