//! Seasonal adjustment with a model: a regression with ARIMA errors (regARIMA) before X-11, as X-13ARIMA-SEATS has it.
//!
//! The idea: `model` says which polynomials, `filter` makes a column white for given parameters, `regression` and
//! `least_squares` solve the two halves of `estimate`; `outliers` searches with such fits, `run` chooses among them and
//! keeps every decision, `forecast` carries the series on, and `adjusted` takes the effects out, runs X-11 and puts them
//! back. [`Adjusted::run`] does it all.

mod adjusted;
mod candidates;
mod dense;
mod estimate;
mod filter;
mod forecast;
mod given;
mod least_squares;
mod model;
mod outliers;
mod regression;
mod run;
#[cfg(test)]
mod tests;

pub use adjusted::{Adjusted, Forecasts};
pub use given::{AdjustOptions, Candidate, Choice, Column, Given, Group, Transform};
pub use model::Orders;
pub use outliers::{Found, Search, Searched, Step, default_critical};
pub use run::{Model, Table};
