//! What a value can be.

pub mod rational;
