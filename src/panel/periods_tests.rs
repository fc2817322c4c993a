//! Civil dates against a day-by-day calendar, and what columns of stamps are taken for.

use super::*;

fn find(stamps: &[i64], unit: &str, frequency: Option<Frequency>) -> Result<Periods> {
    periods(stamps.iter().copied(), Stamp::parse(unit)?, frequency)
}

#[test]
fn civil_dates_go_there_and_back_over_ten_thousand_years() {
    let (mut year, mut month, mut day) = (1, 1, 1);
    for number in DAYS {
        assert_eq!(civil(number), (year, month, day), "day {number}");
        assert_eq!(day_number(year, month, day), number);
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = match month {
            2 => 28 + i64::from(leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        day += 1;
        if day > length {
            (month, day) = (month + 1, 1);
        }
        if month > 12 {
            (year, month) = (year + 1, 1);
        }
    }
    assert_eq!((year, month, day), (10_000, 1, 1));
}

#[test]
fn a_period_begins_on_its_first_day() {
    use Frequency::*;
    for frequency in [Annual, HalfYearly, Quarterly, Monthly, Weekly, Daily] {
        for day in -1000..20_000 {
            let ordinal = frequency.ordinal(day);
            assert!(frequency.first_day(ordinal) <= day && day < frequency.first_day(ordinal + 1));
        }
    }
}

#[test]
fn stamps_at_the_start_middle_and_end_mean_the_same_months() {
    let months =
        |day: fn(i64, i64) -> i64| (0..30).map(|m| day(2020 + m / 12, m % 12 + 1)).collect::<Vec<_>>();
    let start = months(|y, m| day_number(y, m, 1));
    let middle = months(|y, m| day_number(y, m, 15));
    let end = months(|y, m| day_number(y + m / 12, m % 12 + 1, 1) - 1);
    for stamps in [start, middle, end] {
        let found = find(&stamps, "D", None).unwrap();
        assert_eq!(found, Periods { frequency: Frequency::Monthly, start: 2020 * 12, span: 30, slots: None });
    }
}

#[test]
fn absent_and_shuffled_rows_keep_their_slots() {
    let stamps = [day_number(2024, 6, 30), day_number(2024, 1, 31), day_number(2024, 2, 29)];
    let found = find(&stamps, "D", None).unwrap();
    assert_eq!(found.frequency, Frequency::Monthly);
    assert_eq!((found.start, found.span, found.slots), (2024 * 12, 6, Some(vec![5, 0, 1])));
}

#[test]
fn the_smallest_gap_tells_the_frequency() {
    for (gap, letter) in
        [(366, "A"), (350, "A"), (182, "H"), (90, "Q"), (31, "M"), (28, "M"), (7, "W"), (21, "W")]
    {
        let stamps = [170, 170 + gap, 170 + 4 * gap];
        assert_eq!(find(&stamps, "D", None).unwrap().frequency.letter(), letter, "{gap} days");
    }
    assert_eq!(find(&[0, 1, 4], "D", None).unwrap().frequency, Frequency::Daily);
    assert_eq!(find(&[0, 10, 100], "D", None).unwrap().frequency, Frequency::Daily);
}

#[test]
fn stamps_within_a_day_and_before_1970_belong_to_their_day() {
    let hour = 3_600_000_000_000;
    let found = find(&[-hour, 23 * hour, 24 * hour], "ns", Some(Frequency::Daily)).unwrap();
    assert_eq!((found.start, found.slots), (-1, None));
}

#[test]
fn business_days_are_days_with_the_weekends_absent() {
    // Thursday 1, Friday 2, Monday 5 January 1970; and Wednesday 31 December 1969 before them.
    let found = find(&[-1, 0, 1, 2], "B", None).unwrap();
    assert_eq!((found.start, found.slots), (-1, Some(vec![0, 1, 2, 5])));
}

#[test]
fn ordinals_are_taken_as_they_are_or_made_coarser() {
    let monthly = Stamp::Ordinals(Frequency::Monthly, 1970 * 12);
    let found = periods([0, 1, 3].into_iter(), monthly, None).unwrap();
    assert_eq!((found.start, found.span, found.slots), (1970 * 12, 4, Some(vec![0, 1, 3])));
    let found = periods([0, 3, 6].into_iter(), monthly, Some(Frequency::Quarterly)).unwrap();
    assert_eq!((found.start, found.span, found.slots), (1970 * 4, 3, None));
}

#[test]
fn duplicates_missing_and_far_dates_are_refused_by_name() {
    let message = |stamps: &[i64], frequency| find(stamps, "D", frequency).unwrap_err().to_string();
    let april = day_number(2024, 4, 1);
    assert!(
        message(&[april, april + 30, april], None).starts_with("April 2024 occurs twice, in rows 0 and 2")
    );
    assert!(message(&[april, april], None).starts_with("1 April 2024 occurs twice, in rows 0 and 1"));
    assert!(
        message(&[april + 40, april, april + 29], Some(Frequency::Monthly))
            .starts_with("April 2024 occurs twice")
    );
    assert!(message(&[april, NOT_A_TIME], None).contains("row 1 is missing"));
    assert!(message(&[april, i64::MAX], None).contains("row 1 is outside"));
    assert!(message(&[april], None).contains("a single date"));
    let years = Stamp::Ordinals(Frequency::Annual, 1970);
    let far = periods([i64::MAX].into_iter(), years, None);
    assert!(far.unwrap_err().to_string().contains("row 0 is outside"));
    let finer = periods([50, 51].into_iter(), years, Some(Frequency::Daily));
    assert!(finer.unwrap_err().to_string().contains("annual: they cannot be read as daily"));
}

#[test]
fn no_rows_need_a_frequency_but_no_dates() {
    assert_eq!(find(&[], "D", Some(Frequency::Monthly)).unwrap().span, 0);
    assert!(find(&[], "D", None).is_err());
}

#[test]
fn words_are_those_of_sentences() {
    assert_eq!(Frequency::Monthly.words(2024 * 12 + 3), "April 2024");
    assert_eq!(Frequency::Quarterly.words(2024 * 4), "2024Q1");
    assert_eq!(
        Frequency::Weekly.words(Frequency::Weekly.ordinal(day_number(2024, 2, 18))),
        "the week of 12 February 2024"
    );
    assert_eq!(Frequency::Daily.words(day_number(2024, 4, 30)), "30 April 2024");
}
