//! What users write for an option, read into the enums of the core; a word that is none of them is answered with all.

use crate::indicators::records::Sense;
use crate::indicators::totals::{AnnualOf, How};
use crate::indicators::{BaseRule, Gaps, Spans};
use crate::number::Unit;
use crate::panel;
use numpy::{PyArrayMethods, PyReadonlyArray1};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

/// Reads one of a few words.
pub fn word<T: Copy>(object: &Bound<'_, PyAny>, argument: &str, words: &[(&str, T)]) -> PyResult<T> {
    let known = || {
        let all: Vec<String> = words.iter().map(|(w, _)| format!("{w:?}")).collect();
        all.join(", ")
    };
    let Ok(given) = object.extract::<&str>() else {
        return Err(PyTypeError::new_err(format!("{argument} must be one of {}, not {object:?}", known())));
    };
    words
        .iter()
        .find(|(w, _)| *w == given)
        .map(|&(_, value)| value)
        .ok_or_else(|| PyValueError::new_err(format!("{argument} must be one of {}, not {given:?}", known())))
}

/// An option read from a word: its name, its words, and what they mean.
macro_rules! option {
    ($(#[$doc:meta])* $name:ident($value:ty), $argument:literal, [$($word:literal => $meaning:expr),+ $(,)?]) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub struct $name(pub $value);

        impl<'a, 'py> FromPyObject<'a, 'py> for $name {
            type Error = PyErr;
            fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
                word(&object, $argument, &[$(($word, $meaning)),+]).map(Self)
            }
        }
    };
}

option!(
    /// `unit`.
    UnitWord(Unit), "unit", ["percent" => Unit::Percent, "fraction" => Unit::Fraction]
);
option!(
    /// `negative_base`; none means that a negative base is an error.
    Negative(Option<BaseRule>), "negative_base", [
        "missing" => Some(BaseRule::Missing),
        "signed" => Some(BaseRule::Signed),
        "abs" => Some(BaseRule::Abs),
        "raise" => None,
    ]
);
option!(
    /// `na`; none means that a missing value is an error.
    Missing(Option<Gaps>), "na", ["propagate" => Some(Gaps::Propagate), "skip" => Some(Gaps::Skip), "raise" => None]
);
option!(
    /// `sense`.
    SenseWord(Sense), "sense", ["high" => Sense::High, "low" => Sense::Low]
);
option!(
    /// `how` of a frequency conversion.
    HowWord(How), "how", ["sum" => How::Sum, "mean" => How::Mean, "last" => How::Last, "first" => How::First]
);
option!(
    /// `how` of a year to date: whether it is a mean.
    Mean(bool), "how", ["sum" => false, "mean" => true]
);
option!(
    /// `of` of annual growth.
    OfWord(AnnualOf), "of", ["average" => AnnualOf::Average, "end" => AnnualOf::End]
);
option!(
    /// `partial`: whether to keep incomplete periods.
    Partial(bool), "partial", ["missing" => false, "keep" => true]
);

/// The base of every period: a lag, a table of period numbers, or one of those on or before which the base is the last row.
pub struct BaseArg(pub panel::Base);

impl<'a, 'py> FromPyObject<'a, 'py> for BaseArg {
    type Error = PyErr;
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(table) = object.extract::<PyReadonlyArray1<'py, i64>>() {
            return Ok(Self(panel::Base::Table(table.as_array().to_vec())));
        }
        if let Ok((table,)) = object.extract::<(PyReadonlyArray1<'py, i64>,)>() {
            return Ok(Self(panel::Base::Latest(table.as_array().to_vec())));
        }
        match object.extract::<i64>() {
            Ok(lag) if !object.is_instance_of::<pyo3::types::PyBool>() => Ok(Self(panel::Base::Lag(lag))),
            _ => Err(PyTypeError::new_err(format!("lag must be an integer, not {object:?}"))),
        }
    }
}

/// Fiscal years and other spans: the pair (per, phase), or the first period of each.
pub struct SpansArg(pub Spans);

impl<'a, 'py> FromPyObject<'a, 'py> for SpansArg {
    type Error = PyErr;
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        if let Ok((per, phase)) = object.extract::<(i64, i64)>() {
            if per < 1 {
                return Err(PyValueError::new_err("a span must have at least one period"));
            }
            return Ok(Self(Spans::Regular { per, phase }));
        }
        let starts = object.extract::<PyReadonlyArray1<'py, i64>>()?.to_vec()?;
        if starts.windows(2).any(|pair| pair[0] >= pair[1]) {
            return Err(PyValueError::new_err("the starts of spans must rise"));
        }
        Ok(Self(Spans::Starts(starts)))
    }
}

/// A count of periods such as a window, which must be at least 1.
pub struct Count(pub usize);

impl<'a, 'py> FromPyObject<'a, 'py> for Count {
    type Error = PyErr;
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        let is_bool = object.is_instance_of::<pyo3::types::PyBool>();
        match object.extract::<i64>() {
            Ok(n) if !is_bool => usize::try_from(n)
                .ok()
                .filter(|&n| n > 0)
                .map(Self)
                .ok_or_else(|| PyValueError::new_err(format!("window must be at least 1, not {n}"))),
            _ => Err(PyTypeError::new_err(format!("window must be an integer, not {object:?}"))),
        }
    }
}
