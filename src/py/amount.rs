//! The bindings of amounts of money: an opaque exact amount; numbers cross as decimal strings.

use pyo3::prelude::*;

/// Amounts of money.
#[pymodule(submodule)]
#[pyo3(name = "amount")]
pub mod module {
    use super::super::kind::ROUNDINGS;
    use super::super::options::word;
    use crate::error::Error;
    use crate::number::amount::{Amount, Format, Grouping, Reading, Style};
    use crate::number::printed::DecimalMark;
    use pyo3::prelude::*;
    use std::cmp::Ordering;

    const GROUPINGS: [(&str, Grouping); 3] =
        [("western", Grouping::Western), ("indian", Grouping::Indian), ("none", Grouping::None)];
    const STYLES: [(&str, Style); 3] = [("code", Style::Code), ("sign", Style::Sign), ("none", Style::None)];
    const MARKS: [(&str, DecimalMark); 2] = [(".", DecimalMark::Point), (",", DecimalMark::Comma)];

    /// An exact amount.
    #[pyclass(frozen, name = "Money")]
    pub struct Money(Amount);

    /// Reads an amount; `decimal` None means what the text shows.
    #[pyfunction]
    #[pyo3(signature = (text, decimal, currency, scale))]
    fn read(
        text: &str,
        decimal: Option<&Bound<'_, PyAny>>,
        currency: Option<&str>,
        scale: Option<&str>,
    ) -> PyResult<Money> {
        let decimal = decimal.map(|mark| word(mark, "decimal", &MARKS)).transpose()?;
        Ok(Money(Amount::read(text, Reading { decimal, currency, scale })?))
    }

    /// An amount from its JSON.
    #[pyfunction]
    fn restore(json: &str) -> PyResult<Money> {
        let broken = |e: serde_json::Error| Error::invalid(format!("this is no stored amount: {e}"));
        Ok(Money(serde_json::from_str(json).map_err(broken)?))
    }

    #[pymethods]
    impl Money {
        /// Value, number, width, decimals, scale, currency, and the power of ten of the scale.
        fn parts(&self) -> (String, String, String, u32, String, Option<String>, u32) {
            let a = &self.0;
            (
                a.value().to_string(),
                a.number().to_string(),
                a.width().to_string(),
                a.decimals(),
                a.scale().name.clone(),
                a.currency().map(str::to_string),
                a.scale().power,
            )
        }

        /// The amount as JSON.
        fn json(&self) -> PyResult<String> {
            let broken = |e: serde_json::Error| Error::invalid(format!("the amount cannot be stored: {e}"));
            Ok(serde_json::to_string(&self.0).map_err(broken)?)
        }

        /// The sum.
        fn plus(&self, other: &Self) -> PyResult<Self> {
            Ok(Self(self.0.plus(&other.0)?))
        }

        /// The amount with its sign turned.
        fn negated(&self) -> Self {
            Self(self.0.negated())
        }

        /// The amount times n/d.
        fn times(&self, n: i128, d: i128) -> PyResult<Self> {
            Ok(Self(self.0.times(n, d)?))
        }

        /// The amount over n/d, rounded to so many decimals.
        fn divided(&self, n: i128, d: i128, decimals: u32) -> PyResult<Self> {
            Ok(Self(self.0.divided(n, d, decimals)?))
        }

        /// -1, 0 or 1: how two amounts of one currency compare.
        fn order(&self, other: &Self) -> PyResult<i8> {
            Ok(match self.0.order(&other.0)? {
                Ordering::Less => -1,
                Ordering::Equal => 0,
                Ordering::Greater => 1,
            })
        }

        /// The interval of unrounded amounts.
        fn bounds(&self) -> PyResult<(String, String)> {
            let (low, high) = self.0.bounds()?;
            Ok((low.to_string(), high.to_string()))
        }

        /// The same amount in another scale.
        fn rescaled(&self, scale: &str) -> PyResult<Self> {
            Ok(Self(self.0.rescaled(Amount::scale_named(scale)?)?))
        }

        /// The amount in words and digits.
        #[pyo3(signature = (scale, decimals, rounding, grouping, separator, decimal, currency, parentheses))]
        #[allow(clippy::too_many_arguments)]
        fn format(
            &self,
            scale: Option<&str>,
            decimals: Option<u32>,
            rounding: &Bound<'_, PyAny>,
            grouping: &Bound<'_, PyAny>,
            separator: char,
            decimal: char,
            currency: &Bound<'_, PyAny>,
            parentheses: bool,
        ) -> PyResult<String> {
            Ok(self.0.format(&Format {
                scale,
                decimals,
                rounding: word(rounding, "rounding", &ROUNDINGS)?,
                grouping: word(grouping, "grouping", &GROUPINGS)?,
                separator,
                decimal,
                style: word(currency, "currency", &STYLES)?,
                parentheses,
            })?)
        }

        fn __repr__(&self) -> String {
            format!("<{}>", self.0)
        }
    }
}
