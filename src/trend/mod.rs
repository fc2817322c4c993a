//! Trends and cycles: filters that split one series, over `f64` slices.

pub mod moving_average;
