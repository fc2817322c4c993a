//! The rows of a long table read once: the period of each date, and the series that begin there.
//!
//! The memory of a column is read as it lies. This is for columns without missing values; what cannot be read is left to
//! the way of distinct values, which names what is wrong.

use super::cancel::Cancel;
use super::dispatch;
use super::layout::{Key, Layout, Runs};
use super::periods::{Frequency, Stamp, day_range};
use super::store::{prefetch, stretches};
use super::threads;
use crate::error::{Error, Result};
use std::sync::atomic::{AtomicBool, Ordering};

/// The rows that a task works on.
const TASK: usize = 1 << 17;
/// The rows that are read at a time, while the next are fetched: processors fetch no more lines than theirs at once.
const STEP: usize = 1 << 7;
/// The rows at either end of a column that tell which dates to expect in it.
const SAMPLE: usize = 1 << 12;

/// The period of a stamp that was not expected.
const ABSENT: i32 = -1;

/// The periods of a column, which are counted from the earliest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    /// The ordinal of the earliest period.
    pub start: i64,
    /// The number of periods from the earliest to the latest.
    pub span: i64,
}

/// Fills `slots` with the period of each stamp, and finds the series where the rows of each key lie together, in order.
///
/// None where a stamp is missing or beyond the calendar, where there is no stamp, and where the periods that the stamps
/// count are of another frequency.
///
/// # Errors
/// Not a key for each stamp, or the call was interrupted.
pub fn places<K: Key>(
    keys: &[K],
    stamps: &[i64],
    unit: Stamp,
    frequency: Frequency,
    slots: &mut [i32],
    cancel: &Cancel<'_>,
) -> Result<Option<(Places, Option<Layout>)>> {
    if keys.len() != stamps.len() || slots.len() != stamps.len() {
        return Err(Error::invalid("a table needs a key and a date for each row"));
    }
    // The dates at either end of a column seldom leave out the earliest or the latest: then one pass is enough.
    let ends = [&stamps[..stamps.len().min(SAMPLE)], &stamps[stamps.len().saturating_sub(SAMPLE)..]];
    let expected = ends.map(|end| dispatch::widest(dispatch::Extent(end, NOTHING)));
    let expected = (expected[0].0.min(expected[1].0), expected[0].1.max(expected[1].1));
    for known in [false, true] {
        let extent = if known { extent(stamps, cancel)? } else { expected };
        let Some((calendar, places)) = Calendar::new(extent, unit, frequency) else { return Ok(None) };
        if let Some(found) = calendar.read(keys, stamps, slots, cancel)? {
            return Ok(Some((places, Layout::in_order(found, keys, slots, places.span))));
        }
    }
    Ok(None)
}

/// The extent of no stamps.
const NOTHING: (i64, i64) = (i64::MAX, i64::MIN);

/// The earliest and the latest stamp.
fn extent(stamps: &[i64], cancel: &Cancel<'_>) -> Result<(i64, i64)> {
    let tasks = stamps.len().div_ceil(TASK);
    let found = threads::collect(tasks, stamps.len(), cancel, &|task| {
        let stamps = &stamps[task * TASK..stamps.len().min((task + 1) * TASK)];
        dispatch::widest(dispatch::Extent(stamps, NOTHING))
    })?;
    Ok(found.iter().fold(NOTHING, |(low, high), here| (low.min(here.0), high.max(here.1))))
}

/// 2^52, of which the last bit is one: a whole number below it, put into the last bits, is added to it by that.
const UNIT: f64 = 4_503_599_627_370_496.0;

/// The period of each stamp from the earliest one expected to the latest.
enum Calendar {
    /// Stamps that are periods themselves: the earliest, and how many there are.
    Ordinals(i64, u64),
    /// Stamps within days.
    Days {
        /// The beginning of the first day; the difference to it has room in 64 bits without a sign.
        begin: i64,
        /// The stamps in a day are 2 to this power times its parts, whose number is odd.
        halvings: u32,
        /// The parts of the days that are known, below 2^52; what comes later counts as the first after them.
        known: u64,
        /// 2^52 and the parts of half a day, less half a part.
        middle: f64,
        /// One over the parts of a day.
        per_part: f64,
        /// The period of each day.
        of_day: Vec<i32>,
    },
}

impl Calendar {
    /// None where a stamp is no date, and where it counts periods of another frequency.
    fn new((low, high): (i64, i64), unit: Stamp, frequency: Frequency) -> Option<(Self, Places)> {
        let (first, last) = day_range(low, high, unit)?;
        match unit {
            Stamp::Ordinals(own, shift) if own == frequency => {
                let count = high.abs_diff(low) + 1;
                let places = Places { start: low + shift, span: i64::try_from(count).ok()? };
                Some((Self::Ordinals(low, count), places))
            }
            Stamp::PerDay(per) => {
                let start = frequency.ordinal(first);
                let place = |day| i32::try_from(frequency.ordinal(day) - start).ok();
                let of_day = (first..=last).map(place).collect::<Option<Vec<i32>>>()?;
                let halvings = per.trailing_zeros();
                // There are less than 2^18 days of 2^31 parts each, and less than 2^22 of 2^24.
                let parts = u32::try_from(per >> halvings).ok()?;
                let calendar = Self::Days {
                    begin: first.wrapping_mul(per),
                    halvings,
                    known: u64::from(parts) * of_day.len() as u64,
                    middle: UNIT + f64::from(parts / 2),
                    per_part: 1.0 / f64::from(parts),
                    of_day,
                };
                Some((calendar, Places { start, span: frequency.ordinal(last) - start + 1 }))
            }
            _ => None,
        }
    }

    /// Fills the periods of all rows and finds the series of each task, none where its rows are in no order; nothing
    /// where a stamp is not among those expected.
    fn read<K: Key>(
        &self,
        keys: &[K],
        stamps: &[i64],
        slots: &mut [i32],
        cancel: &Cancel<'_>,
    ) -> Result<Option<Vec<Option<Runs>>>> {
        let beyond = AtomicBool::new(false);
        let found = stretches(slots, TASK, cancel, &|start, slots| {
            let (keys, stamps) = (&keys[start..], &stamps[start..]);
            let mut runs = Some(Runs::new(start));
            for from in (0..slots.len()).step_by(STEP) {
                let to = slots.len().min(from + STEP);
                prefetch(stamps, to..to + STEP);
                prefetch(keys, to..to + STEP);
                if beyond.load(Ordering::Relaxed) {
                    break;
                }
                if !dispatch::widest(Fill(self, &stamps[from..to], &mut slots[from..to])) {
                    beyond.store(true, Ordering::Relaxed);
                }
                let rows = from.saturating_sub(1)..to; // from the last one that is known
                runs = runs.and_then(|runs| runs.look(start + rows.start, &keys[rows.clone()], &slots[rows]));
            }
            runs
        })?;
        Ok((!beyond.into_inner()).then_some(found))
    }
}

/// Replaces days by their periods.
///
/// By itself, so that it is not compiled for wide vectors, which would gather: many processors do that more slowly.
#[inline(never)]
fn look_up(of_day: &[i32], days: &mut [i32]) {
    for day in days {
        *day = of_day.get(day.cast_unsigned() as usize).copied().unwrap_or(ABSENT);
    }
}

/// Some rows to fill with the periods of their stamps; false if one of these is not among those expected.
struct Fill<'a>(&'a Calendar, &'a [i64], &'a mut [i32]);

impl dispatch::Work for Fill<'_> {
    type Out = bool;

    #[inline(always)]
    fn run(self) -> bool {
        let Self(calendar, stamps, slots) = self;
        match calendar {
            Calendar::Ordinals(low, count) => {
                for (slot, &stamp) in slots.iter_mut().zip(stamps) {
                    let place = stamp.wrapping_sub(*low).cast_unsigned();
                    *slot = if place < *count { i32::try_from(place).unwrap_or(ABSENT) } else { ABSENT };
                }
            }
            Calendar::Days { begin, halvings, known, middle, per_part, of_day } => {
                // In floats there is a wide division. A day is the whole number nearest to the quotient of its parts, less
                // those of half a day, and the parts of a day, which is at least half a part from being as near to another:
                // far more than its error. What lies before the first day lies, without a sign, beyond the last. Not every
                // processor converts many numbers of 64 bits at once, hence the use of the last bits.
                #[allow(clippy::cast_possible_truncation)]
                for (slot, &stamp) in slots.iter_mut().zip(stamps) {
                    let parts = (stamp.wrapping_sub(*begin).cast_unsigned() >> halvings).min(*known);
                    let days = (f64::from_bits(UNIT.to_bits() | parts) - middle) * per_part;
                    *slot = ((days + 1.5 * UNIT).to_bits() as u32).cast_signed();
                }
                look_up(of_day, slots);
            }
        }
        slots.iter().fold(0, |all, &slot| all | slot) >= 0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    static ON: Cancel<'_> = Cancel::deaf(false);

    /// The periods, and the number of each row's.
    fn found(stamps: &[i64], unit: Stamp, frequency: Frequency) -> Option<(Places, Vec<i32>)> {
        let (keys, mut slots) = (vec![0_i64; stamps.len()], vec![0; stamps.len()]);
        places(&keys, stamps, unit, frequency, &mut slots, &ON).unwrap().map(|found| (found.0, slots))
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

    #[test]
    fn stamps_at_the_edges_of_days_belong_to_their_days() {
        for (per, days) in [
            (1, -719_162..=2_932_896_i64),
            (24, -719_162..=2_932_896),
            (86_400, -719_162..=2_932_896),
            (86_400_000, -719_162..=2_932_896),
            (86_400_000_000, -719_162..=2_932_896),
            (86_400_000_000_000, -106_751..=106_750),
        ] {
            let (first, last) = days.into_inner();
            let stamps: Vec<i64> = (first..=last)
                .step_by(97)
                .chain([last])
                .flat_map(|day| {
                    [0, 1, per / 3, per - 2, per - 1].map(|late| day * per + late.clamp(0, per - 1))
                })
                .collect();
            let (found, slots) = found(&stamps, Stamp::PerDay(per), Frequency::Daily).unwrap();
            assert_eq!(found, Places { start: first, span: last - first + 1 });
            for (&slot, stamp) in slots.iter().zip(&stamps) {
                assert_eq!(first + i64::from(slot), stamp.div_euclid(per));
            }
        }
    }

    #[test]
    fn dates_that_the_ends_of_a_column_do_not_show() {
        let rows = 4 * TASK + 5;
        let number = |row: usize| i64::try_from(row).unwrap();
        let keys: Vec<i64> = (0..rows).map(|row| number(row) / 300).collect();
        let mut stamps: Vec<i64> = (0..rows).map(|row| 20_000 + number(row) % 300).collect();
        let read = |stamps: &[i64]| {
            let mut slots = vec![0; rows];
            places(&keys, stamps, Stamp::PerDay(1), Frequency::Daily, &mut slots, &ON)
                .unwrap()
                .map(|(found, layout)| (found, layout.map(|layout| layout.groups()), slots))
        };
        let groups = rows.div_ceil(300);
        let whole = read(&stamps).unwrap();
        assert_eq!((whole.0, whole.1), (Places { start: 20_000, span: 300 }, Some(groups)));
        // The first row of a series in the middle, long before all others; the last of one long after.
        (stamps[90_000], stamps[119_999]) = (10_000, 30_000);
        let (found, groups_found, slots) = read(&stamps).unwrap();
        assert_eq!((found, groups_found), (Places { start: 10_000, span: 20_001 }, Some(groups)));
        assert!(slots.iter().zip(&stamps).all(|(&slot, &stamp)| i64::from(slot) == stamp - 10_000));
        // Out of order, and beyond the calendar.
        stamps.swap(TASK + 1, TASK + 2);
        assert_eq!(read(&stamps).unwrap().1, None);
        stamps[2 * TASK] = i64::MIN;
        assert_eq!(read(&stamps), None);
    }
}
