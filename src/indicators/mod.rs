//! The headline indicators as kernels: what a release quotes, written once for floats, decimals and intervals.
//!
//! A kernel is its parameters and one screen of arithmetic. It never sees a calendar: the engine hands it a value with
//! its base, or a series with a value for every period of its span, absent ones missing.

pub mod bounds;
pub mod controlled;
pub mod growth;
pub mod records;
pub mod rolling;
mod rules;
pub mod shares;
pub mod totals;

pub use rules::{BaseRule, Gaps, Spans};

#[cfg(test)]
mod tests;
