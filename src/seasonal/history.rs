//! Revision history: how far first estimates lie from those made with all the data there is now.
//!
//! The series is adjusted again as it stood at the end of every period from `start` on. The first ("concurrent")
//! estimate of a period is compared with the last one (Findley et al. 1998, section 5.2).

use crate::error::{Error, Result};
use crate::trend::moving_average::SeasonalAverage;

use super::options::{Mode, Options};
use super::span::Span;
use super::x11::Adjustment;

/// First and last estimates of one quantity, from `start` to the last period but one; position 0 is `start`.
#[derive(Debug, Clone, PartialEq)]
pub struct Revisions {
    /// The estimate made when the period was the last one known.
    pub concurrent: Vec<f64>,
    /// The estimate made with all data.
    pub latest: Vec<f64>,
    /// Latest against concurrent: per cent for levels (units where additive), points for changes.
    pub revision: Vec<f64>,
}

/// What a revision history found.
#[derive(Debug, Clone, PartialEq)]
pub struct RevisionHistory {
    /// The first period with a revision.
    pub start: usize,
    /// The adjusted series.
    pub adjusted: Revisions,
    /// Its changes on the period before, in per cent; NaN where there is no positive base.
    pub changes: Revisions,
    /// The trend.
    pub trend: Revisions,
}

/// Runs a revision history from a position, or from X-13's default: 6 years in for 3x1 and the stable mean, 6 for
/// 3x3, 8 for 3x5, 12 for 3x9, 18 for 3x15, by the filters that the whole series chose.
///
/// # Errors
/// A start that leaves less than five years before it, or nothing after it; everything X-11 refuses.
pub fn revision_history(
    x: &[f64],
    span: &Span,
    options: &Options,
    start: Option<usize>,
) -> Result<RevisionHistory> {
    let latest = Adjustment::run(x, &[], &[], span, options)?;
    let (asked, least) = (start, 5 * span.period);
    let start = asked.unwrap_or_else(|| default_start(&latest.filters.filters, span.period));
    if start < least || start + 1 >= x.len() {
        let has = format!(
            "{{series}} has {} periods, and a revision history starts after at least five years, {least} periods, and \
             before the last one",
            x.len()
        );
        let way = match asked {
            Some(_) => "since= is {place}: give another period".to_owned(),
            None => {
                format!("by its filters it starts after {start}: give an earlier since=, or a longer series")
            }
        };
        return Err(Error::placed(format!("{has}; {way}"), start, 0));
    }
    let relative = options.mode != Mode::Additive;
    let change = |run: &Adjustment, i: usize| match (run.adjusted[i - 1], run.adjusted[i]) {
        (before, after) if before > 0.0 => 100.0 * (after - before) / before,
        _ => f64::NAN,
    };
    let mut found = [(); 3].map(|()| Revisions { concurrent: vec![], latest: vec![], revision: vec![] });
    for last in start..x.len() - 1 {
        let then = Span::new(span.period, span.phase, last + 1);
        let first = Adjustment::run(&x[..=last], &[], &[], &then, options)?;
        let of = |run: &Adjustment| [run.adjusted[last], change(run, last), run.trend[last]];
        for (i, (a, b)) in of(&first).into_iter().zip(of(&latest)).enumerate() {
            found[i].concurrent.push(a);
            found[i].latest.push(b);
            found[i].revision.push(if relative && i != 1 { 100.0 * (b - a) / a } else { b - a });
        }
    }
    let [adjusted, changes, trend] = found;
    Ok(RevisionHistory { start, adjusted, changes, trend })
}

fn default_start(filters: &[SeasonalAverage], period: usize) -> usize {
    let years = |filter: &SeasonalAverage| match filter {
        SeasonalAverage::S3x1 | SeasonalAverage::S3x3 | SeasonalAverage::Stable => 6,
        SeasonalAverage::S3x5 => 8,
        SeasonalAverage::S3x9 => 12,
        SeasonalAverage::S3x15 => 18,
    };
    period * filters.iter().map(years).max().unwrap_or(8)
}
