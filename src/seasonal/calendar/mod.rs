//! The calendar as regressors: how the days of a month, quarter or week differ from one to the next.
//!
//! The idea: every effect is a column over consecutive periods, and a column is a count of days. [`Grid`] says which
//! days each period holds; trading days count them by weekday, moving holidays count the days of [`Spell`]s, and
//! outliers are steps on the same periods. No model and no series is known here: who fits the columns is elsewhere.

mod chinese;
mod easter;
mod grid;
mod hijri;
mod outlier;
#[cfg(test)]
mod tests;
mod trading;
mod umm_al_qura;
mod weekend;
mod window;

pub use chinese::chinese_new_years;
pub use easter::{EASTER_YEARS, easter, easter_stock, easter_sunday};
pub use grid::Grid;
pub use hijri::Hijri;
pub use outlier::{Outlier, temporary_change_decay};
pub use trading::{
    leap_factor, leap_year, length, stock_trading_days, trading_days, weekday_contrast, working_days,
};
pub use weekend::{Weekend, Weekends};
pub use window::{Centre, Share, Spell, season_means, shares};
