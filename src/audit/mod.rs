//! The audit of a release: do its printed figures and claims have a common unrounded solution, what do they imply about
//! what was not printed, and if they have none, which entries cannot stand together?
//!
//! A release is a list of rounded amounts (`figure`) and statements about them (`claim`). Every entry is a set of linear
//! inequalities over unknown true values (`system`), so the questions above are exact linear programs (`simplex`) over
//! rationals: no float and no tolerance enters a verdict.
//!
//! | kind | fields | meaning |
//! |---|---|---|
//! | growth | of, base, value, periods, annualized | x = y (1 + g), g in the printed interval |
//! | change | of, base, value, scale | x - y in the interval |
//! | multiple | of, base, value | x / y in the interval |
//! | share | of, base, value | x / y in the interval, in per cent |
//! | total | of, parts | x = sum of parts, a leading "-" subtracts |
//! | average | of, parts | x = mean of parts |
//! | `at_least` | of, base | x >= y |
//! | record | of, among, since, sense, months | x beyond each |
//! | `highest_since`, `lowest_since` | of, since | beyond all after that period, not beyond the period itself |
//! | streak | of, value, sense | so many rises (falls) in a row |
//! | rank | of, among, value | x is the k-th largest |
//! | contribution | of, base, `total_base`, value | (x - y) / T in the interval, in points |
//! | `percentage_points` | of, base, value | difference of two rates |
//! | between | of, parts | an aggregate's rate lies within its parts' rates |
//! | statement | quote | a sentence without a number: listed, not judged |

pub mod claim;
pub mod diagnosis;
pub mod entry;
pub mod explain;
pub mod figure;
pub mod file;
pub mod item;
mod judge;
pub mod linear;
pub mod model;
pub mod read;
pub mod release;
pub mod repair;
pub mod report;
pub mod simplex;
#[cfg(test)]
mod simplex_tests;
pub mod system;
#[cfg(test)]
mod tests;
pub mod verdict;
pub mod words;
