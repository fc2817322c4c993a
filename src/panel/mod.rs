//! Where values lie: the series of an array of any rank and order, their place in time, the threads that work on them.
//!
//! Knows the shapes of kernels but no indicator, and nothing of Python.

mod blocks;
mod columns;
pub mod dispatch;
mod lanes;
mod pairs;
pub mod periods;
mod shape;
mod store;
mod table;
pub mod threads;

pub use blocks::{Results, blocks};
pub use columns::{Places, codes_of_texts, places};
pub use lanes::{LaneFn, Length, lanes};
pub use pairs::{Bases, PairFn, pairs};
pub use shape::{Base, Shape, Slots};
pub use store::Store;
pub use table::{FromFn, Key, Table};

#[cfg(test)]
mod tests;
