//! The dates of a long table as numbers: the period of each.
//!
//! The memory of a column is read as it lies. This is for columns without missing values; what cannot be read is left to
//! the way of distinct values, which names what is wrong.

use super::dispatch;
use super::periods::{Frequency, Stamp, day_range};
use super::store::stretches;
use super::threads;
use crate::error::Result;
use std::sync::atomic::AtomicBool;

/// The rows that a task works on.
const TASK: usize = 1 << 17;

/// The periods of a column, which are counted from the earliest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    /// The ordinal of the earliest period.
    pub start: i64,
    /// The number of periods from the earliest to the latest.
    pub span: i64,
}

/// Fills `slots` with the period of each stamp, several of which may lie in one period; none where a stamp is missing or beyond the
/// calendar, where there is no stamp, and where the periods that the stamps count are of another frequency.
///
/// # Errors
/// The call was interrupted.
pub fn places(
    stamps: &[i64],
    unit: Stamp,
    frequency: Frequency,
    slots: &mut [i32],
    cancel: &AtomicBool,
) -> Result<Option<Places>> {
    let extent = extent(stamps, cancel)?;
    let Some((first, last)) = day_range(extent.0, extent.1, unit) else { return Ok(None) };
    let per = match unit {
        Stamp::Ordinals(own, shift) if own == frequency => {
            let start = extent.0 + shift;
            each(stamps, slots, cancel, move |s| i32::try_from(s - extent.0).unwrap_or(0))?;
            return Ok(Some(Places { start, span: extent.1 - extent.0 + 1 }));
        }
        Stamp::PerDay(per) => per,
        _ => return Ok(None),
    };
    let start = frequency.ordinal(first);
    let of_day: Vec<i32> =
        (first..=last).map(|day| i32::try_from(frequency.ordinal(day) - start).unwrap_or(0)).collect();
    // The difference to the beginning of the first day is positive and has room in 64 bits without a sign.
    let begin = first.wrapping_mul(per);
    let of_day = &of_day[..];
    let since = move |stamp: i64| stamp.wrapping_sub(begin).cast_unsigned();
    let place =
        move |day: u64| usize::try_from(day).ok().and_then(|day| of_day.get(day).copied()).unwrap_or(0);
    // Division by a constant is several times faster than by a variable.
    match per {
        1 => each(stamps, slots, cancel, move |s| place(since(s)))?,
        86_400_000 => each(stamps, slots, cancel, move |s| place(since(s) / 86_400_000))?,
        86_400_000_000 => each(stamps, slots, cancel, move |s| place(since(s) / 86_400_000_000))?,
        86_400_000_000_000 => each(stamps, slots, cancel, move |s| place(since(s) / 86_400_000_000_000))?,
        other => each(stamps, slots, cancel, move |s| place(since(s) / other.unsigned_abs()))?,
    }
    Ok(Some(Places { start, span: frequency.ordinal(last) - start + 1 }))
}

/// The earliest and the latest stamp.
fn extent(stamps: &[i64], cancel: &AtomicBool) -> Result<(i64, i64)> {
    let tasks = stamps.len().div_ceil(TASK);
    let found = threads::collect(tasks, stamps.len(), cancel, &|task| {
        let stamps = &stamps[task * TASK..stamps.len().min((task + 1) * TASK)];
        dispatch::widest(dispatch::Extent(stamps, (i64::MAX, i64::MIN)))
    })?;
    Ok(found.iter().fold((i64::MAX, i64::MIN), |(low, high), here| (low.min(here.0), high.max(here.1))))
}

/// A number for each stamp, on all threads.
fn each<F: Fn(i64) -> i32 + Copy + Sync>(
    stamps: &[i64],
    slots: &mut [i32],
    cancel: &AtomicBool,
    of: F,
) -> Result<()> {
    // Each task has a copy of `of` on its stack, which no result can overlap.
    let fill = |slots: &mut [i32], stamps: &[i64], of: F| {
        slots.iter_mut().zip(stamps).for_each(|(slot, &stamp)| *slot = of(stamp));
    };
    stretches(slots, TASK, cancel, &|start, slots| fill(slots, &stamps[start..], of))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    static ON: AtomicBool = AtomicBool::new(false);

    /// The periods, and the number of each row's.
    fn found(stamps: &[i64], unit: Stamp, frequency: Frequency) -> Option<(Places, Vec<i32>)> {
        let mut slots = vec![0; stamps.len()];
        places(stamps, unit, frequency, &mut slots, &ON).unwrap().map(|found| (found, slots))
    }

    #[test]
    fn stamps_find_the_periods_of_their_days() {
        let day = 86_400_000_000_000;
        let days = [19_723, 19_753, 19_754, 19_723, -1, 0, 11_016, -25_000];
        for frequency in ["A", "H", "Q", "M", "W", "D"].map(|f| Frequency::parse(f).unwrap()) {
            for (per, late) in [(1, 0), (24, 23), (86_400, 5), (86_400_000, 9), (day, day - 1)] {
                let stamps = days.map(|d| d * per + late);
                let (found, slots) = found(&stamps, Stamp::PerDay(per), frequency).unwrap();
                for (slot, day) in slots.iter().zip(days) {
                    assert_eq!(found.start + i64::from(*slot), frequency.ordinal(day));
                }
                assert_eq!(found.start, frequency.ordinal(-25_000));
                assert_eq!(found.span, frequency.ordinal(19_754) - found.start + 1);
            }
        }
        let monthly = Frequency::Monthly;
        let periods = Stamp::Ordinals(monthly, 23_640);
        let expected = (Places { start: 23_643, span: 3 }, vec![2, 0, 2]);
        assert_eq!(found(&[5, 3, 5], periods, monthly), Some(expected));
        for bad in [&[i64::MIN, 0][..], &[0, i64::MAX], &[]] {
            assert_eq!(found(bad, Stamp::PerDay(1), monthly), None);
            assert_eq!(found(bad, periods, monthly), None);
        }
        assert_eq!(found(&[1], periods, Frequency::Annual), None);
    }
}
