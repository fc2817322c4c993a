//! What can go wrong, as one enum. Every variant is a sentence that a user can act on.
//!
//! Places (a row, a lane) are carried as numbers; the Python side turns them into the label of a period or a series.

use std::fmt;

/// An error of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// An argument that makes no sense; the sentence names it and the way out.
    Invalid(String),
    /// Something wrong at one place; `{place}` in the sentence stands for the period and the series, `{series}` for the
    /// series alone.
    Placed {
        /// What is wrong there and what to do.
        sentence: String,
        /// The row of the input.
        row: usize,
        /// The series.
        lane: usize,
    },
    /// A period of the span that no row lies in, where that is an error.
    Absent {
        /// Its number from the first period.
        slot: usize,
    },
    /// Two rows of one period, where each must have its own; the sentence names them.
    Repeated(String),
    /// The user interrupted the call.
    Interrupted,
}

/// The result of everything that can fail.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An argument that makes no sense.
    pub fn invalid(sentence: impl Into<String>) -> Self {
        Self::Invalid(sentence.into())
    }

    /// Something wrong at a row of a series; `{place}` in the sentence stands for them.
    pub fn placed(sentence: impl Into<String>, row: usize, lane: usize) -> Self {
        Self::Placed { sentence: sentence.into(), row, lane }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(sentence) | Self::Repeated(sentence) => f.write_str(sentence),
            Self::Placed { sentence, row, lane } => {
                let series = format!("series {lane}");
                let sentence = sentence.replace("{place}", &format!("row {row} of {series}"));
                f.write_str(&sentence.replace("{series}", &series))
            }
            Self::Absent { slot } => {
                write!(f, "there is no row for period {slot}, and na=\"raise\" was asked for")
            }
            Self::Interrupted => f.write_str("the call was interrupted"),
        }
    }
}

impl std::error::Error for Error {}
