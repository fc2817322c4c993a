//! Trends and cycles: filters that split one series, over `f64` slices.
//!
//! The filters are block kernels (see [`crate::kernel`]): neighbouring series are computed side by side.

pub mod band_pass;
pub mod beveridge_nelson;
pub mod boosted;
pub mod hamilton;
pub mod henderson;
pub mod hp;
mod least_squares;
mod loess;
pub mod moving_average;
pub mod stl;

use crate::error::{Error, Result};
use crate::number::size::{SMALLEST, power_near_one};

/// The values without which a straight line fits everything.
const FEWEST: usize = 3;

fn check_lambda(lamb: f64) -> Result<()> {
    if lamb > 0.0 && lamb.is_finite() {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "lamb must be positive and finite, not {lamb}; usual are 6.25 for annual, 1600 for quarterly and 129600 for \
         monthly data"
    )))
}

/// The largest lambda that doubles solve for: beyond, the equations lose the values beside the penalty.
const STIFFEST: f64 = 1e14;

fn check_stiffness(lamb: f64) -> Result<()> {
    check_lambda(lamb)?;
    if lamb <= STIFFEST {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "lamb={lamb} is beyond {STIFFEST:e}, where doubles no longer tell the trend: what is wanted is a straight line, \
         by least squares"
    )))
}

fn check_observed(filter: &str, observed: usize) -> Result<()> {
    if observed >= FEWEST {
        return Ok(());
    }
    Err(Error::invalid(format!("{filter} needs at least {FEWEST} observed values; there are {observed}")))
}

/// Refuses gaps, for filters in which every result needs every value.
fn no_gaps(filter: &str, x: &[f64]) -> Result<()> {
    match x.iter().position(|v| v.is_nan()) {
        None => Ok(()),
        Some(row) => Err(Error::placed(
            format!(
                "{filter} needs a series without gaps, and the value at {{place}} is missing or infinite; fill it first, or \
                 use a filter that allows gaps (hp_filter, one_sided_hp_filter, hamilton_filter, stl)"
            ),
            row,
            0,
        )),
    }
}

/// Runs a filter that squares its values on a series brought near 1, where squares would leave the range of doubles. Gives
/// the power that brought it there, by which figures in the unit of the series are still to be divided.
fn near_one(
    y: &[f64],
    out: &mut [Vec<f64>],
    filter: impl FnOnce(&[f64], &mut [Vec<f64>]) -> Result<()>,
) -> Result<f64> {
    let Some(power) = power_near_one(y.iter().copied(), SMALLEST) else {
        return filter(y, out).map(|()| 1.0);
    };
    let brought: Vec<f64> = y.iter().map(|v| v * power).collect();
    filter(&brought, out)?;
    out.iter_mut().flatten().for_each(|v| *v /= power);
    Ok(power)
}

#[cfg(test)]
mod tests;
