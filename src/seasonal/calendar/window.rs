//! Moving holidays: what share of a spell of days falls into each period, less what falls there on average.
//!
//! Spells are added up, never overwritten: two of them may fall into one year, and one may reach over two periods.

use super::grid::Grid;

/// Days from the first to the last, both included, since 1 January 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spell {
    /// The first day.
    pub first: i64,
    /// The last day.
    pub last: i64,
}

impl Spell {
    /// The number of days; 0 where the last is before the first.
    #[must_use]
    pub fn len(&self) -> i64 {
        (self.last - self.first + 1).max(0)
    }

    /// Whether it has no day.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What the days of a spell within a period are a share of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// Of the spell: the periods of one spell add up to 1.
    Event,
    /// Of the period: 1 where all its days are within spells.
    Period,
}

/// What is taken off a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Centre {
    /// Nothing.
    Nothing,
    /// The same for all periods.
    Overall(f64),
    /// The mean of each season (month or quarter) over the years from the first to the last.
    Season(i64, i64),
}

/// The share of the spells in each period, centred.
#[must_use]
pub fn shares(grid: &Grid, spells: &[Spell], share: Share, centre: Centre) -> Vec<f64> {
    let mut values = plain(grid, spells, share);
    match centre {
        Centre::Nothing => {}
        Centre::Overall(mean) => {
            for value in &mut values {
                *value -= mean;
            }
        }
        Centre::Season(from, to) => {
            let means = season_means(grid, spells, share, from, to);
            for (value, mean) in values.iter_mut().zip(seasons(grid, &means)) {
                *value -= mean;
            }
        }
    }
    values
}

/// The mean share in each season of the years `from` to `to` (both included); empty for weeks and days.
#[must_use]
pub fn season_means(grid: &Grid, spells: &[Spell], share: Share, from: i64, to: i64) -> Vec<f64> {
    let years = Grid::of_years(grid.frequency, from, to);
    let Some(per_year) = grid.per_year() else { return Vec::new() };
    let mut sums = vec![0.0; per_year];
    let values = plain(&years, spells, share);
    for year in values.chunks(per_year) {
        for (sum, value) in sums.iter_mut().zip(year) {
            *sum += value;
        }
    }
    let count = f64::from(u32::try_from(values.len() / per_year).unwrap_or(u32::MAX)).max(1.0);
    sums.iter().map(|sum| sum / count).collect()
}

/// The value of each period's season.
pub(crate) fn seasons<'a>(grid: &Grid, means: &'a [f64]) -> impl Iterator<Item = f64> + use<'a> {
    let per_year = i64::try_from(means.len()).unwrap_or(1).max(1);
    let of = move |ordinal: i64| usize::try_from(ordinal.rem_euclid(per_year)).unwrap_or(0);
    grid.ordinals().map(move |ordinal| means.get(of(ordinal)).copied().unwrap_or(0.0))
}

/// The share of the spells in each period.
fn plain(grid: &Grid, spells: &[Spell], share: Share) -> Vec<f64> {
    let mut values = vec![0.0; grid.len];
    let all = grid.all_days();
    for spell in spells.iter().filter(|spell| !spell.is_empty()) {
        let (from, to) = (spell.first.max(all.start), spell.last.min(all.end - 1));
        if from > to {
            continue;
        }
        for ordinal in grid.frequency.ordinal(from)..=grid.frequency.ordinal(to) {
            let days = grid.days(ordinal);
            let within = to.min(days.end - 1) - from.max(days.start) + 1;
            let whole = match share {
                Share::Event => spell.len(),
                Share::Period => days.end - days.start,
            };
            let at = usize::try_from(ordinal - grid.first).ok();
            if let Some(value) = at.and_then(|at| values.get_mut(at)) {
                *value += number(within) / number(whole);
            }
        }
    }
    values
}

/// A number of days as a float.
fn number(days: i64) -> f64 {
    f64::from(i32::try_from(days).unwrap_or(i32::MAX))
}
