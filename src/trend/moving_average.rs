//! Moving averages with stated ends: everything that replaces a value by a weighted mean of its neighbours.
//!
//! A moving average is its weights in the middle *and* its weights where the window no longer fits; both are stated
//! here, so that a reader sees the whole filter in one place. Three kinds:
//!
//! * plain averages, M consecutive N-term means averaged again ([`m_of_n`], [`centred`]): no ends, the lost positions
//!   are missing;
//! * seasonal averages of the values of one calendar month ([`SeasonalAverage`]): 3x1 to 3x15 and the stable mean;
//! * Henderson averages for trends ([`Henderson`]) with Musgrave's ends.
//!
//! What is not here: how a filter is *chosen* (that is seasonal adjustment, `seasonal`), and penalised or spectral
//! filters (their own files beside this one). All functions take complete values: a missing one spreads over the
//! window that holds it.

use crate::error::{Error, Result};

/// The M-of-N average: M consecutive N-term means, averaged again, where the whole window fits.
///
/// `out[t]` is the average centred on `x[t]`; the `(M + N)/2 - 1` positions at each end where the window does not fit
/// are NaN. `M + N` must be even for the window to have a centre. Every window is summed anew: a running sum would be
/// faster for long ones and carry rounding errors along.
pub fn m_of_n(x: &[f64], m: usize, n: usize, out: &mut [f64]) {
    out.fill(f64::NAN);
    let width = m + n - 1;
    let Some(windows) = (x.len() + 1).checked_sub(width).filter(|&windows| windows > 0) else { return };
    let lost = width / 2;
    let body = &mut out[lost..lost + windows];
    body.fill(0.0);
    #[expect(clippy::cast_precision_loss, reason = "window lengths are small")]
    for lag in 0..width {
        // how many of the M sums a value is in
        let weight = (lag + 1).min(width - lag).min(m).min(n) as f64;
        body.iter_mut().zip(&x[lag..]).for_each(|(sum, value)| *sum += weight * value);
    }
    #[expect(clippy::cast_precision_loss, reason = "window lengths are small")]
    let terms = (m * n) as f64;
    for sum in body {
        *sum /= terms;
    }
}

/// The centred average over one period: 2xP for an even period, the plain P-term mean for an odd one.
///
/// `period / 2` positions are lost (NaN) at each end. This is the crude trend that no stable seasonal pattern passes.
pub fn centred(x: &[f64], period: usize, out: &mut [f64]) {
    m_of_n(x, if period.is_multiple_of(2) { 2 } else { 1 }, period, out);
}

/// An average of the values of one calendar month (or quarter) over the years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeasonalAverage {
    /// Three years.
    S3x1,
    /// Three 3-year means: five years.
    S3x3,
    /// Three 5-year means: seven years.
    S3x5,
    /// Three 9-year means: eleven years.
    S3x9,
    /// Three 15-year means: seventeen years.
    S3x15,
    /// The mean of all years.
    Stable,
}

/// End weights, a row per position from the end inward; in a row the end value comes first. Rows are divided by their
/// own sum when applied. Source: Census Bureau X-11 (Shiskin, Young and Musgrave 1967), as used by X-13ARIMA-SEATS.
type Ends = &'static [&'static [f64]];

const ENDS_3X1: Ends = &[&[0.61, 0.39]];
const ENDS_3X3: Ends = &[&[11., 11., 5.], &[7., 10., 7., 3.]];
const ENDS_3X5: Ends = &[&[17., 17., 17., 9.], &[15., 15., 15., 11., 4.], &[9., 13., 13., 13., 8., 4.]];
const ENDS_3X9: Ends = &[
    &[0.246, 0.221, 0.197, 0.173, 0.112, 0.051],
    &[0.208, 0.192, 0.176, 0.160, 0.144, 0.092, 0.028],
    &[0.173, 0.163, 0.154, 0.143, 0.133, 0.123, 0.079, 0.032],
    &[0.141, 0.137, 0.132, 0.128, 0.123, 0.117, 0.113, 0.075, 0.034],
    &[0.084, 0.120, 0.118, 0.117, 0.116, 0.114, 0.113, 0.111, 0.073, 0.034],
];
/// One fifteenth, as the published table rounds it.
const A: f64 = 0.06667;
const ENDS_3X15: Ends = &[
    &[0.16, 0.16, 0.16, 0.16, 0.16, A, A, 0.04444, 0.02222],
    &[0.14667, 0.14667, 0.14667, 0.14667, 0.14667, A, A, A, 0.04444, 0.0222],
    &[0.13333, 0.13333, 0.13333, 0.13333, 0.13333, A, A, A, A, 0.04444, 0.02223],
    &[0.12, 0.12, 0.12, 0.12, 0.12, A, A, A, A, A, 0.04444, 0.02221],
    &[0.10667, 0.10667, 0.10667, 0.10667, 0.10667, A, A, A, A, A, A, 0.04444, 0.02219],
    &[0.09333, 0.09333, 0.09333, 0.09333, 0.09333, A, A, A, A, A, A, A, 0.04444, 0.02222],
    &[0.08, 0.08, 0.08, 0.08, 0.08, A, A, A, A, A, A, A, A, 0.04444, 0.0222],
    &[0.04889, 0.07111, 0.07111, 0.07111, 0.07111, A, A, A, A, A, A, A, A, A, 0.04444, 0.0222],
];

impl SeasonalAverage {
    /// The N of 3xN and its end weights; nothing for the stable mean.
    fn shape(self) -> Option<(usize, Ends)> {
        Some(match self {
            Self::S3x1 => (1, ENDS_3X1),
            Self::S3x3 => (3, ENDS_3X3),
            Self::S3x5 => (5, ENDS_3X5),
            Self::S3x9 => (9, ENDS_3X9),
            Self::S3x15 => (15, ENDS_3X15),
            Self::Stable => return None,
        })
    }

    /// Its usual name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::S3x1 => "3x1",
            Self::S3x3 => "3x3",
            Self::S3x5 => "3x5",
            Self::S3x9 => "3x9",
            Self::S3x15 => "3x15",
            Self::Stable => "stable",
        }
    }

    /// Averages one month's values, oldest first.
    ///
    /// Where an end row has more weights than there are years, the mean of all years takes its place; the ends are
    /// filled pairwise inward until they meet. The 3x15 needs twenty years and is the stable mean below.
    pub fn run(self, x: &[f64], out: &mut [f64]) {
        let years = x.len();
        let Some((n, ends)) = self.shape().filter(|_| self != Self::S3x15 || years >= 20) else {
            out.fill(mean(x));
            return;
        };
        // 3xN has N + 2 terms; the mean of three single values is the one-of-three average
        if n == 1 {
            m_of_n(x, 1, 3, out);
        } else {
            m_of_n(x, 3, n, out);
        }
        for (front, weights) in ends.iter().enumerate().take(years.div_ceil(2)) {
            let back = years - 1 - front;
            if weights.len() > years {
                let all = mean(x);
                (out[front], out[back]) = (all, all);
            } else {
                let sum: f64 = weights.iter().sum();
                let at_back = dot(weights, x.iter().rev()) / sum;
                (out[back], out[front]) = (at_back, dot(weights, x.iter()) / sum);
            }
        }
    }
}

/// A Henderson average: the symmetric weights that follow a cubic exactly and are smoothest, with Musgrave's ends.
///
/// The ends minimise the revision when the series goes on as a straight line with noise, `ic` being the ratio of the
/// mean change of the irregular to that of the trend: large for a noisy series, small for a smooth one.
#[derive(Debug, Clone, PartialEq)]
pub struct Henderson {
    /// The weight of lag 0, 1, ..., (terms - 1)/2.
    half: Vec<f64>,
    /// For the position `i` from the end: the weights of the end value, the one before it, and so on.
    ends: Vec<Vec<f64>>,
}

impl Henderson {
    /// The average of `terms` terms (odd, at least 3) whose ends expect the I/C ratio `ic` (above 0).
    ///
    /// # Errors
    /// Even or too few terms; a ratio that is not positive.
    pub fn new(terms: usize, ic: f64) -> Result<Self> {
        Self::check(terms, ic)?;
        let half = henderson_weights(terms);
        let ends = (half.len()..terms).map(|points| musgrave_weights(&half, points, ic)).collect();
        Ok(Self { half, ends })
    }

    /// Whether there is such an average.
    ///
    /// # Errors
    /// Even or too few terms; a ratio that is not positive.
    pub fn check(terms: usize, ic: f64) -> Result<()> {
        if terms < 3 || terms.is_multiple_of(2) {
            return Err(Error::invalid(format!(
                "a Henderson average has an odd number of terms, 3 or more; got {terms}"
            )));
        }
        if ic.is_nan() || ic <= 0.0 {
            return Err(Error::invalid(format!(
                "the I/C ratio of the Henderson ends must be positive; got {ic}"
            )));
        }
        Ok(())
    }

    /// The number of terms.
    #[must_use]
    pub fn terms(&self) -> usize {
        2 * self.half.len() - 1
    }

    /// The symmetric weights of lag 0, 1, ...: the other side is their mirror image.
    #[cfg(test)]
    fn half_weights(&self) -> &[f64] {
        &self.half
    }

    /// The end weights, a row per position from the end inward; in a row the end value comes first.
    #[cfg(test)]
    fn end_weights(&self) -> &[Vec<f64>] {
        &self.ends
    }

    /// Averages a series: symmetric where the window fits, Musgrave's weights at the ends, mirrored at the start.
    ///
    /// # Errors
    /// A series shorter than the average.
    pub fn run(&self, x: &[f64], out: &mut [f64]) -> Result<()> {
        if x.len() < self.terms() {
            return Err(Error::invalid(format!(
                "a Henderson average of {} terms needs at least as many values; the series has {}",
                self.terms(),
                x.len()
            )));
        }
        self.run_symmetric(x, out);
        let last = x.len() - 1;
        for (position, weights) in self.ends.iter().enumerate() {
            out[position] = dot(weights, x.iter());
            out[last - position] = dot(weights, x.iter().rev());
        }
        Ok(())
    }

    /// Only the symmetric part: `out` is untouched where the window does not fit.
    pub fn run_symmetric(&self, x: &[f64], out: &mut [f64]) {
        let reach = self.half.len() - 1;
        let windows = (x.len() + 1).saturating_sub(self.terms());
        let Some((centre, sides)) = self.half.split_first().filter(|_| windows > 0) else { return };
        let body = &mut out[reach..reach + windows];
        body.iter_mut().zip(&x[reach..]).for_each(|(sum, value)| *sum = centre * value);
        for (lag, weight) in sides.iter().enumerate().map(|(i, weight)| (i + 1, weight)) {
            let (before, after) = (&x[reach - lag..], &x[reach + lag..]);
            for (sum, (b, a)) in body.iter_mut().zip(before.iter().zip(after)) {
                *sum += weight * (b + a);
            }
        }
    }
}

/// The symmetric Henderson weights of lag 0, 1, ..., (terms - 1)/2 (Henderson 1916; Kenny and Durbin 1982).
#[expect(clippy::cast_precision_loss, reason = "filter lengths are small")]
fn henderson_weights(terms: usize) -> Vec<f64> {
    let y = terms.midpoint(3) as f64;
    let (below, square, above) = ((y - 1.0).powi(2), y * y, (y + 1.0).powi(2));
    let scale =
        8.0 * y * (square - 1.0) * (4.0 * square - 1.0) * (4.0 * square - 9.0) * (4.0 * square - 25.0)
            / 315.0;
    (0..terms.div_ceil(2))
        .map(|lag| {
            let i = (lag * lag) as f64;
            (below - i) * (square - i) * (above - i) * (3.0 * square - 16.0 - 11.0 * i) / scale
        })
        .collect()
}

/// Musgrave's weights with `points` values at hand, the end value first (Musgrave 1964, in the form of Doherty 2001).
///
/// The weights of the values that do not exist yet go to those at hand: an equal part each, and a part by distance
/// so that a straight line passes as well as the noise allows.
#[expect(clippy::cast_precision_loss, reason = "filter lengths are small")]
fn musgrave_weights(half: &[f64], points: usize, ic: f64) -> Vec<f64> {
    let terms = 2 * half.len() - 1;
    let (m, middle) = (points as f64, (points + 1) as f64 / 2.0);
    let weight = |number: usize| half[number.abs_diff(half.len())]; // numbered 1..terms from the oldest
    let slope = 4.0 / (std::f64::consts::PI * ic * ic);
    let (mut lost, mut moment) = (0.0, 0.0);
    for number in points + 1..=terms {
        lost += weight(number);
        moment += (number as f64 - middle) * weight(number);
    }
    let spread = 1.0 + m * (m - 1.0) * (m + 1.0) / 12.0 * slope;
    (1..=points)
        .rev()
        .map(|number| weight(number) + lost / m + moment * ((number as f64 - middle) * slope / spread))
        .collect()
}

fn dot<'a>(weights: &[f64], values: impl Iterator<Item = &'a f64>) -> f64 {
    weights.iter().zip(values).map(|(w, v)| w * v).sum()
}

#[expect(clippy::cast_precision_loss, reason = "lengths of series are far below 2^52")]
fn mean(x: &[f64]) -> f64 {
    x.iter().sum::<f64>() / x.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_close(found: &[f64], wanted: &[f64], tolerance: f64) {
        assert_eq!(found.len(), wanted.len());
        for (f, w) in found.iter().zip(wanted) {
            assert!((f - w).abs() <= tolerance, "{found:?} is not {wanted:?}");
        }
    }

    /// The 13-term weights as X-11 users know them (Ladiray and Quenneville 2001, table 3.9).
    #[test]
    fn henderson_13_is_the_published_one() {
        let published = [0.24006, 0.21434, 0.14736, 0.06549, 0.0, -0.02786, -0.01935];
        assert_close(Henderson::new(13, 3.5).unwrap().half_weights(), &published, 5e-6);
    }

    /// The last-point weights for I/C = 3.5 (same source, table 3.10).
    #[test]
    fn the_last_end_of_henderson_13_is_the_published_one() {
        let published = [0.42113, 0.35315, 0.24390, 0.11977, 0.01202, -0.05811, -0.09186];
        assert_close(&Henderson::new(13, 3.5).unwrap().end_weights()[0], &published, 5e-6);
    }

    #[test]
    fn every_row_of_weights_sums_to_one() {
        for terms in [5, 7, 9, 13, 23, 101] {
            let filter = Henderson::new(terms, 2.0).unwrap();
            let [centre, sides @ ..] = filter.half_weights() else { panic!("no weights") };
            assert!((centre + 2.0 * sides.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            assert!(filter.end_weights().iter().all(|row| (row.iter().sum::<f64>() - 1.0).abs() < 1e-12));
        }
    }

    #[test]
    fn henderson_keeps_a_cubic_in_the_middle_and_a_constant_everywhere() {
        let cubic: Vec<f64> = (0..40).map(f64::from).map(|t| t.powi(3) - 4.0 * t * t + 7.0).collect();
        let mut out = vec![0.0; 40];
        let filter = Henderson::new(13, 3.5).unwrap();
        filter.run(&cubic, &mut out).unwrap();
        assert_close(&out[6..34], &cubic[6..34], 1e-8);
        filter.run(&[3.0; 40], &mut out).unwrap();
        assert_close(&out, &[3.0; 40], 1e-13);
        assert!(
            filter.run(&cubic[..12], &mut out[..12]).unwrap_err().to_string().contains("the series has 12")
        );
        assert!(Henderson::new(12, 3.5).is_err());
        assert!(Henderson::new(13, 0.0).is_err());
        assert!(Henderson::new(13, f64::NAN).is_err());
    }

    #[test]
    fn a_centred_average_has_half_weights_at_its_ends_and_loses_half_a_year() {
        let mut out = [0.0; 6];
        centred(&[1.0, 2.0, 3.0, 4.0, 10.0, 6.0], 4, &mut out);
        assert!(out[..2].iter().chain(&out[4..]).all(|v| v.is_nan()));
        assert_close(
            &out[2..4],
            &[(0.5 + 2.0 + 3.0 + 4.0 + 5.0) / 4.0, (1.0 + 3.0 + 4.0 + 10.0 + 3.0) / 4.0],
            1e-15,
        );
        centred(&[1.0, 2.0, 6.0], 3, &mut out[..3]);
        assert!(out[1].to_bits() == 3.0f64.to_bits());
        centred(&[1.0, 2.0, 6.0], 4, &mut out[..3]);
        assert!(out[..3].iter().all(|v| v.is_nan()));
    }

    #[test]
    fn seasonal_averages_state_their_ends() {
        let x = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0];
        let mut out = [0.0; 6];
        SeasonalAverage::S3x3.run(&x, &mut out);
        let first = (11.0 + 22.0 + 20.0) / 27.0;
        let second = (7.0 + 20.0 + 28.0 + 24.0) / 27.0;
        let third = (1.0 + 4.0 + 12.0 + 16.0 + 16.0) / 9.0;
        assert_close(&out[..3], &[first, second, third], 1e-14);
        SeasonalAverage::S3x1.run(&x, &mut out);
        assert_close(&out[..2], &[0.61 + 0.78, 7.0 / 3.0], 1e-14);
        SeasonalAverage::S3x5.run(&x[..5], &mut out[..5]);
        let all = 31.0 / 5.0;
        assert_close(&out[..3], &[(17.0 * 7.0 + 72.0) / 60.0, (15.0 * 7.0 + 88.0 + 64.0) / 60.0, all], 1e-14);
    }

    #[test]
    fn too_few_years_for_an_end_take_the_mean_of_all() {
        for filter in [SeasonalAverage::S3x9, SeasonalAverage::S3x15, SeasonalAverage::Stable] {
            let mut out = [0.0; 5];
            filter.run(&[1.0, 2.0, 3.0, 4.0, 10.0], &mut out);
            assert_close(&out, &[4.0; 5], 1e-15);
        }
    }

    #[test]
    fn every_seasonal_average_keeps_a_constant() {
        use SeasonalAverage::{S3x1, S3x3, S3x5, S3x9, S3x15, Stable};
        for filter in [S3x1, S3x3, S3x5, S3x9, S3x15, Stable] {
            for years in 1..30 {
                let mut out = vec![0.0; years];
                filter.run(&vec![7.0; years], &mut out);
                assert_close(&out, &vec![7.0; years], 1e-13);
            }
        }
    }
}
