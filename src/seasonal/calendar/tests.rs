//! Tests of the calendar that need no other program; the Census Bureau's own figures are compared from Python.

use super::*;
use crate::panel::periods::{Frequency, civil, day_number};

fn months(year: i64, month: i64, len: usize) -> Grid {
    Grid::new(Frequency::Monthly, 12 * year + month - 1, len).unwrap()
}

fn usual() -> Weekends {
    Weekends::new(vec![(0, Weekend::named("sat-sun").unwrap())]).unwrap()
}

#[test]
fn easter_falls_where_the_tables_have_it() {
    for (year, month, day) in
        [(1818, 3, 22), (1943, 4, 25), (2000, 4, 23), (2008, 3, 23), (2024, 3, 31), (2038, 4, 25)]
    {
        assert_eq!(civil(easter_sunday(year)), (year, month, day));
    }
}

#[test]
fn a_common_february_has_no_trading_days() {
    let grid = months(2023, 2, 1);
    assert!(trading_days(&grid, &usual()).unwrap().iter().all(|column| column == &[0.0]));
    assert_eq!(weekday_contrast(&grid, &usual()).unwrap(), [0.0]);
}

#[test]
fn the_weekend_moves_with_a_dated_switch() {
    let switch = day_number(2013, 6, 29);
    let of = |name| Weekend::named(name).unwrap();
    let saudi = Weekends::new(vec![(switch - 1000, of("thu-fri")), (switch, of("fri-sat"))]).unwrap();
    let grid = months(2013, 5, 4);
    // May 2013 began on a Wednesday and had five Thursdays and Fridays; July began on a Monday
    assert_eq!(working_days(&grid, &saudi, &[]), [21.0, 21.0, 23.0, 21.0]);
    assert!(Weekend::named("fri-sun").is_err());
}

#[test]
fn windows_add_up_to_their_events() {
    let grid = months(1999, 1, 72);
    let spells: Vec<Spell> =
        (0..40).map(|i| Spell { first: 10_700 + 41 * i, last: 10_700 + 47 * i }).collect();
    let values = shares(&grid, &spells, Share::Event, Centre::Nothing);
    assert!((values.iter().sum::<f64>() - 40.0).abs() < 1e-12);
}

#[test]
fn outliers_run_as_they_are_defined() {
    assert_eq!(Outlier::LevelShift(2).column(12, -1, 5), [-1.0, -1.0, -1.0, 0.0, 0.0]);
    assert_eq!(Outlier::Ramp(1, 3).column(12, 0, 6), [-2.0, -2.0, -1.0, 0.0, 0.0, 0.0]);
    assert_eq!(Outlier::Additive(1).column(12, 0, 3), [0.0, 1.0, 0.0]);
    let seasonal = Outlier::Seasonal(5).column(4, 0, 7);
    assert_eq!(seasonal, [1.0 / 3.0, -1.0, 1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0, 0.0, 0.0]);
    assert!((temporary_change_decay(4) - 0.343).abs() < 1e-15);
}

#[test]
fn months_of_the_hijra_begin_on_their_days() {
    let of = |calendar: Hijri, year: i64, month| {
        calendar.months(month)[usize::try_from(year - calendar.first_year()).unwrap()]
    };
    // Eid al-Fitr of 2000 (two) and 2024
    assert_eq!(civil(of(Hijri::UmmAlQura, 1420, 10)), (2000, 1, 8));
    assert_eq!(civil(of(Hijri::UmmAlQura, 1421, 10)), (2000, 12, 27));
    assert_eq!(civil(of(Hijri::UmmAlQura, 1445, 10)), (2024, 4, 10));
    // 1 Muharram 1400, which is given as 21 November 1979 of the civil calendar
    assert_eq!(civil(of(Hijri::Civil, 1400, 1)), (1979, 11, 21));
    assert_eq!(civil(of(Hijri::Tabular, 1400, 1)), (1979, 11, 20));
    assert_eq!(of(Hijri::Civil, 31, 1) - of(Hijri::Civil, 1, 1), 10_631);
}

#[test]
fn each_calendar_ends_where_it_says() {
    assert_eq!(civil(Hijri::UmmAlQura.range().1), (2077, 11, 16));
    assert!(civil(Hijri::Civil.range().1).0 < 9999);
    assert_eq!(chinese_new_years().last().map(|&day| civil(day)), Some((2100, 2, 9)));
}
