//! What can go wrong, as one enum. Every variant is a sentence that a user can act on.
//!
//! Places (a row, a lane) are carried as numbers; the Python side turns them into the label of a period or a series.

use std::fmt;

/// An error of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// An argument that makes no sense; the sentence names it and the way out.
    Invalid(String),
}

/// The result of everything that can fail.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An argument that makes no sense.
    pub fn invalid(sentence: impl Into<String>) -> Self {
        Self::Invalid(sentence.into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(sentence) => f.write_str(sentence),
        }
    }
}

impl std::error::Error for Error {}
