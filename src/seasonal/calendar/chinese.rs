//! Chinese New Year, the second new moon after the winter solstice in all years but few: a table.
//!
//! The dates are facts: as tabulated by the Hong Kong Observatory (Gregorian-lunar calendar conversion table, 1901 to
//! 2100) and carried by the MIT-licensed package holidays.

use crate::panel::periods::day_number;

/// The first year of the table.
const FIRST_YEAR: i64 = 1901;

/// Days from 20 January to the New Year, for each year.
const DAYS: [u8; 200] = [
    30, 19, 9, 27, 15, 5, 24, 13, 2, 21, 10, 29, 17, 6, 25, 15, 3, 22, 12, 31, 19, 8, 27, 16, 4, 24, 13, 3,
    21, 10, 28, 17, 6, 25, 15, 4, 22, 11, 30, 19, 7, 26, 16, 5, 24, 13, 2, 21, 9, 28, 17, 7, 25, 14, 4, 23,
    11, 29, 19, 8, 26, 16, 5, 24, 13, 1, 20, 10, 28, 17, 7, 26, 14, 3, 22, 11, 29, 18, 8, 27, 16, 5, 24, 13,
    31, 20, 9, 28, 17, 7, 26, 15, 3, 21, 11, 30, 18, 8, 27, 16, 4, 23, 12, 2, 20, 9, 29, 18, 6, 25, 14, 3,
    21, 11, 30, 19, 8, 27, 16, 5, 23, 12, 2, 21, 9, 28, 17, 6, 24, 14, 3, 22, 11, 30, 19, 8, 26, 15, 4, 23,
    12, 2, 21, 10, 28, 17, 6, 25, 13, 3, 22, 12, 30, 19, 8, 26, 15, 4, 23, 13, 1, 20, 9, 28, 16, 6, 25, 14,
    3, 22, 11, 30, 18, 7, 26, 16, 4, 23, 13, 2, 20, 9, 28, 17, 6, 25, 14, 4, 21, 10, 29, 18, 7, 26, 16, 5,
    23, 12, 1, 20,
];

/// The first day of each Chinese year of the table, in days since 1970.
#[must_use]
pub fn chinese_new_years() -> Vec<i64> {
    (FIRST_YEAR..).zip(DAYS).map(|(year, days)| day_number(year, 1, 20) + i64::from(days)).collect()
}
