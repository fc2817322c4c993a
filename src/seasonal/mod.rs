//! Seasonal adjustment by moving averages: X-11 as the Census Bureau's X-13ARIMA-SEATS runs it, and what judges it.
//!
//! The idea: a series is split by averaging it with filters whose ends are stated (`trend::moving_average`), three
//! times over, each time with extreme values weighed down a little better. [`Options`] say which filters,
//! [`Span`] where the calendar years lie, [`Adjustment::run`] does it; [`Quality`] judges the result, and
//! [`sliding_spans`] and [`revision_history`] run it again on parts of the series. Everything works on `f64` slices.

pub mod calendar;
mod distribution;
mod extremes;
mod factors;
mod history;
mod options;
mod passes;
mod quality;
pub mod regarima;
mod seasonality;
mod sliding_spans;
mod span;
#[cfg(test)]
mod tests;
mod trend;
mod x11;

pub use factors::FilterChoice;
pub use history::{RevisionHistory, Revisions, revision_history};
pub use options::{CalendarSigma, IcState, Mode, Options, SeasonalFilter};
pub use passes::Part;
pub use quality::{Changes, Quality};
pub use seasonality::{
    Identifiable, Test, friedman, in_unit_near_one, kruskal_wallis, qs, qs_of_changes, stable,
};
pub use sliding_spans::{SlidingSpans, Spread, sliding_spans};
pub use span::Span;
pub use trend::TrendChoice;
pub use x11::Adjustment;
