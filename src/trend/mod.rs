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

#[cfg(test)]
mod tests;
