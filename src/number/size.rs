//! The size of values: powers of two that bring them near 1, where their squares would leave the range of doubles.
//!
//! A product with a power of two is exact, so that a result does not depend on the unit of a series.

/// The largest size whose squares, and sums of them, are surely within the range.
const LARGEST: f64 = 1e100;
/// The same at the other end.
pub const SMALLEST: f64 = 1e-100;
/// The largest power that is taken: beyond it, its inverse would lose digits.
const MOST: f64 = 1020.0;

/// The power of two that brings the largest of some values near 1; nothing where it lies between `least` and 1e100, so
/// that they are fine as they are, or where all are zero or missing.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "exponents are small")]
pub fn power_near_one(values: impl IntoIterator<Item = f64>, least: f64) -> Option<f64> {
    let largest = values.into_iter().fold(0.0, |most: f64, v| most.max(v.abs()));
    if largest == 0.0 || (least..=LARGEST).contains(&largest) {
        return None;
    }
    Some(2f64.powi(-(largest.log2().clamp(-MOST, MOST).round() as i32)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_near_one() {
        for size in [5e-324, 1e-300, 1e-101, 3e100, 1e300, f64::MAX] {
            let power = power_near_one([size / 3.0, f64::NAN, -size], SMALLEST).unwrap();
            assert!((1e-24..=1e9).contains(&(size * power)), "{size}");
            assert!((1.0 / power).is_normal());
        }
        for fine in [[0.0, f64::NAN], [1e-100, -1.0], [1e100, 2.0]] {
            assert_eq!(power_near_one(fine, SMALLEST), None);
        }
        assert_eq!(power_near_one([0.25e-6], 1e-6), Some(2f64.powi(22)));
    }
}
