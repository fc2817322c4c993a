//! The bindings of controlled rounding: numbers cross as texts, exact as Python writes them.

use crate::error::{Error, Result};
use crate::number::rational::Rational;
use num_bigint::BigInt;
use pyo3::prelude::*;

/// The greatest power of ten of a number; a float has at most 10^308, and what is beyond is a slip.
const MOST: i64 = 1000;

/// A number as Python writes it: an integer, a decimal with or without exponent, or a fraction `n/d`.
fn number(text: &str) -> Result<Rational> {
    let bad = || Error::invalid(format!("{text} is not a finite number"));
    let whole = |t: &str| t.parse::<BigInt>().map_err(|_| bad());
    if let Some((n, d)) = text.split_once('/') {
        return Ok(Rational::from_big(whole(n)?, whole(d)?));
    }
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i64 = exponent.parse().map_err(|_| bad())?;
    let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
    let power = i64::try_from(after.len()).map_err(|_| bad())?.saturating_sub(exponent);
    if power.abs() > MOST || before.len() + after.len() > 1000 {
        return Err(Error::invalid(format!("{text:.40} has too many digits")));
    }
    // Most numbers fit the machine's integers.
    if let (Ok(mantissa), Ok(power)) = (format!("{before}{after}").parse(), u32::try_from(power))
        && power <= 30
    {
        return Ok(Rational::decimal(mantissa, power));
    }
    let mantissa = whole(&format!("{before}{after}"))?;
    let shift = BigInt::from(10).pow(u32::try_from(power.abs()).map_err(|_| bad())?);
    let one = BigInt::from(1);
    Ok(if power > 0 {
        Rational::from_big(mantissa, shift)
    } else {
        Rational::from_big(mantissa * shift, one)
    })
}

/// Numbers in units of the last digit.
fn units(texts: &[String], decimals: u32) -> Result<Vec<Rational>> {
    let unit = Rational::from_big(BigInt::from(10).pow(decimals), BigInt::from(1));
    if decimals == 0 {
        return texts.iter().map(|text| number(text)).collect();
    }
    texts.iter().map(|text| Ok(&number(text)? * &unit)).collect()
}

/// A number of units as a decimal.
fn text(units: &BigInt, decimals: u32) -> String {
    if decimals == 0 {
        return units.to_string();
    }
    Rational::from_big(units.clone(), BigInt::from(10).pow(decimals)).to_decimal(decimals)
}

/// The sentence of an error with its numbers of units, which stand in braces, written as decimals.
fn worded(error: Error, decimals: u32) -> Error {
    let Error::Invalid(sentence) = error else { return error };
    let mut out = String::new();
    for (i, piece) in sentence.split('{').enumerate() {
        match piece.split_once('}') {
            Some((n, rest)) if i > 0 => {
                out.push_str(&n.parse().map_or_else(|_| n.to_string(), |n| text(&n, decimals)));
                out.push_str(rest);
            }
            _ => out.push_str(piece),
        }
    }
    Error::Invalid(out)
}

/// Controlled rounding.
#[pymodule(submodule)]
#[pyo3(name = "controlled")]
pub mod module {
    use super::{text, units, worded};
    use crate::error::Result;
    use crate::indicators::controlled::{Given, nearest, one_total, table, total_of};
    use crate::number::rational::Rational;
    use pyo3::prelude::*;

    /// Numbers rounded each by itself, ties away from zero.
    #[pyfunction]
    fn ordinary(py: Python<'_>, values: Vec<String>, decimals: u32) -> PyResult<Vec<String>> {
        Ok(py.detach(|| -> Result<_> {
            Ok(units(&values, decimals)?.iter().map(|x| text(&nearest(x), decimals)).collect())
        })?)
    }

    /// The sums of rows and columns of a table, and of all of it, rounded each by itself.
    #[pyfunction]
    fn sums(
        py: Python<'_>,
        values: Vec<String>,
        width: usize,
        decimals: u32,
    ) -> PyResult<(Vec<String>, Vec<String>, String)> {
        Ok(py.detach(|| -> Result<_> {
            let cells = units(&values, decimals)?;
            let rounded = |x: &Rational| text(&nearest(x), decimals);
            let rows = cells.chunks(width.max(1)).map(|row| rounded(&total_of(row.iter())));
            let columns = (0..width).map(|j| rounded(&total_of(cells.iter().skip(j).step_by(width))));
            Ok((rows.collect(), columns.collect(), rounded(&total_of(cells.iter()))))
        })?)
    }

    /// Parts rounded to sum to a total, which comes last.
    #[pyfunction]
    #[pyo3(signature = (parts, decimals, total))]
    fn round_parts(
        py: Python<'_>,
        parts: Vec<String>,
        decimals: u32,
        total: Option<String>,
    ) -> PyResult<(Vec<String>, String)> {
        Ok(py.detach(|| -> Result<_> {
            let total = total.map(|t| units(&[t], decimals)).transpose()?;
            let total = total.as_deref().and_then(<[_]>::first).map(nearest);
            let made =
                one_total(&units(&parts, decimals)?, total.as_ref()).map_err(|e| worded(e, decimals))?;
            Ok((made.cells.iter().map(|n| text(n, decimals)).collect(), text(&made.total, decimals)))
        })?)
    }

    /// A table rounded to sum both ways: its cells, the totals of its rows and columns, the total.
    #[pyfunction]
    #[pyo3(signature = (cells, width, decimals, total, rows, columns))]
    #[allow(clippy::type_complexity)]
    fn round_table(
        py: Python<'_>,
        cells: Vec<String>,
        width: usize,
        decimals: u32,
        total: Option<String>,
        rows: Option<Vec<String>>,
        columns: Option<Vec<String>>,
    ) -> PyResult<(Vec<String>, Vec<String>, Vec<String>, String)> {
        Ok(py.detach(|| -> Result<_> {
            let printed = |texts: Vec<String>| -> Result<Vec<_>> {
                Ok(units(&texts, decimals)?.iter().map(nearest).collect())
            };
            let given = Given {
                total: total.map(|t| printed(vec![t])).transpose()?.and_then(|mut t| t.pop()),
                rows: rows.map(printed).transpose()?,
                columns: columns.map(printed).transpose()?,
            };
            let made = table(&units(&cells, decimals)?, width, &given).map_err(|e| worded(e, decimals))?;
            let texts = |all: &[_]| all.iter().map(|n| text(n, decimals)).collect();
            Ok((texts(&made.cells), texts(&made.rows), texts(&made.columns), text(&made.total, decimals)))
        })?)
    }
}
