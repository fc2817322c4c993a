//! paimana: economic indicators, exact and by the calendar, and the audit of economic releases.
//!
//! Each module is one family and knows only the floors below it: `error` and `number` on the ground, the
//! indicators above, `panel` beside them (where values lie, knowing no indicator), and `py`, the only module that
//! knows Python, on top.

pub mod audit;
pub mod error;
pub mod indicators;
pub mod kernel;
pub mod number;
pub mod panel;
#[cfg(feature = "python")]
mod py;
pub mod seasonal;
pub mod trend;
