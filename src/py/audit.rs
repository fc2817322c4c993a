//! The bindings of the audit: a release goes in as text, what is found comes out as JSON.

use pyo3::prelude::*;

/// The audit of releases.
#[pymodule(submodule)]
#[pyo3(name = "audit")]
pub mod module {
    use crate::audit::model::Model;
    use crate::audit::release::Release;
    use crate::audit::simplex::Budget;
    use crate::audit::{read, report, verdict};
    use crate::error::Result;
    use pyo3::prelude::*;

    /// Reads a release from "toml", "json", or a "tree" (JSON made by a program, whose lines mean nothing).
    fn parse(source: &[u8], form: &str) -> Result<Release> {
        if form == "toml" { Release::from_toml(source) } else { Release::from_json(source, form == "json") }
    }

    /// Audits a release within so many seconds; gives the result as JSON.
    #[pyfunction]
    fn audit(py: Python<'_>, source: Vec<u8>, form: &str, limit: f64) -> PyResult<String> {
        let found = py.detach(|| -> Result<_> {
            let model = Model::new(&parse(&source, form)?)?;
            Ok(report::tree(&verdict::audit(model, &mut Budget::seconds(limit))))
        })?;
        Ok(found.to_string())
    }

    /// Decides only whether a release holds together, without the report: "consistent", "inconsistent" or "undecided".
    #[pyfunction]
    fn decide(py: Python<'_>, source: Vec<u8>, form: &str, limit: f64) -> PyResult<String> {
        let found = py.detach(|| -> Result<_> {
            let model = Model::new(&parse(&source, form)?)?;
            Ok(verdict::decide(&model, &mut Budget::seconds(limit)))
        })?;
        let words = found.map_or("undecided".into(), |how| {
            how.map_or("inconsistent".into(), crate::audit::entry::How::words)
        });
        Ok(words)
    }

    /// Checks a release and gives its tree as JSON.
    #[pyfunction]
    fn tree(source: Vec<u8>, form: &str) -> PyResult<String> {
        let release = parse(&source, form)?;
        Model::new(&release)?;
        Ok(release.to_json()?)
    }

    /// Checks a release and gives it as TOML.
    #[pyfunction]
    fn toml(source: Vec<u8>, form: &str) -> PyResult<String> {
        let release = parse(&source, form)?;
        Model::new(&release)?;
        Ok(release.to_toml()?)
    }

    /// What each figure of a release prints, its value and its interval, as JSON.
    #[pyfunction]
    fn figures(source: Vec<u8>, form: &str) -> PyResult<String> {
        Ok(report::figures(&Model::new(&parse(&source, form)?)?).to_string())
    }

    /// First and last month of each period, as year * 12 + month - 1; vintages and rates are passed over.
    #[pyfunction]
    fn spans(periods: Vec<String>, year_start: &str) -> PyResult<Vec<(i32, i32)>> {
        let start = crate::audit::item::month_number(year_start).unwrap_or(1);
        let bare = |p: &str| p.split(['#', ':']).next().unwrap_or_default().to_string();
        let spans = periods.iter().map(|p| Ok(crate::audit::item::Span::parse(&bare(p), start)?));
        spans.map(|s: PyResult<_>| s.map(|s| (s.first, s.last))).collect()
    }

    /// Drafts figures and claims from prose; gives the draft as JSON.
    #[pyfunction]
    #[pyo3(signature = (text, year_start=None, period=None))]
    fn draft(
        py: Python<'_>,
        text: &str,
        year_start: Option<String>,
        period: Option<String>,
    ) -> PyResult<String> {
        let known = read::Known { year_start, period };
        Ok(py.detach(|| read::draft(text, &known)).map(|d| d.tree().to_string())?)
    }
}
