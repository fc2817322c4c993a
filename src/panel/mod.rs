//! Where values lie: the series of an array of any rank and order, their place in time, the threads that work on them.
//!
//! Knows the shapes of kernels but no indicator, and nothing of Python.

mod abreast;
mod blocks;
mod cancel;
mod columns;
pub mod dispatch;
mod keys;
mod lanes;
mod layout;
mod meeting;
mod observed;
mod pairs;
pub mod periods;
mod shape;
mod store;
mod table;
mod texts;
pub mod threads;

pub use blocks::{Results, blocks};
pub use cancel::Cancel;
pub use columns::{Places, places};
pub use keys::{KeyColumn, packed};
pub use lanes::{LaneFn, Length, lanes};
pub use layout::{Key, Layout};
pub use observed::observed;
pub use pairs::{Bases, PairFn, pairs};
pub use shape::{Base, Shape, Slots};
pub use store::Store;
pub use table::{SeriesFn, Table};
pub use texts::{Strings, Texts, Views, codes_of_texts};

#[cfg(test)]
mod tests;
