//! x
pub mod figure;
pub mod item;
pub mod release;
