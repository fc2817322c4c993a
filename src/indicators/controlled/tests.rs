//! Rounded parts and tables that add up, against cases worked by hand.

use super::{Given, nearest, one_total, table};
use crate::number::rational::Rational;
use num_bigint::BigInt;

fn tenths(values: &[i128]) -> Vec<Rational> {
    values.iter().map(|v| Rational::new(*v, 10)).collect()
}

fn whole(values: &[i64]) -> Vec<BigInt> {
    values.iter().map(|v| BigInt::from(*v)).collect()
}

#[test]
fn the_largest_remainders_go_up() {
    let printed = one_total(&tenths(&[333, 333, 334]), None).unwrap();
    assert_eq!((printed.cells, printed.total), (whole(&[33, 33, 34]), BigInt::from(100)));
    // Of equal remainders the larger part, then the earlier.
    let printed = one_total(&tenths(&[5, 15, 15, -25]), Some(&BigInt::from(1))).unwrap();
    assert_eq!(printed.cells, whole(&[0, 2, 1, -2]));
    let said = one_total(&tenths(&[300, 305]), Some(&BigInt::from(70))).unwrap_err().to_string();
    assert!(said.contains("only {60} to {61}; the total {70} is {9} away"), "{said}");
}

#[test]
fn ties_go_away_from_zero() {
    assert_eq!(nearest(&Rational::new(5, 2)), BigInt::from(3));
    assert_eq!(nearest(&Rational::new(-5, 2)), BigInt::from(-3));
    assert_eq!(nearest(&Rational::new(-12, 5)), BigInt::from(-2));
}

#[test]
fn a_table_adds_up_both_ways() {
    let cells = tenths(&[4, 4, 4, 4, 4, 4, 4, 4, 4]);
    let printed = table(&cells, 3, &Given::default()).unwrap();
    let sum = |x: &[BigInt]| x.iter().sum::<BigInt>();
    assert_eq!((sum(&printed.rows), sum(&printed.columns)), (printed.total.clone(), printed.total.clone()));
    for (i, row) in printed.rows.iter().enumerate() {
        assert_eq!(&sum(&printed.cells[3 * i..3 * i + 3]), row);
    }
    assert!(printed.total == BigInt::from(3) || printed.total == BigInt::from(4));
    // Margins of 2 in every line fix a total of 6, though the exact one lies between 3 and 4.
    let margins = Given { rows: Some(whole(&[2, 2, 2])), columns: Some(whole(&[2, 2, 2])), total: None };
    let printed = table(&cells, 3, &margins).unwrap();
    assert_eq!((sum(&printed.cells), printed.total), (BigInt::from(6), BigInt::from(6)));
    let given = Given { rows: Some(whole(&[5, 1, 1])), ..Given::default() };
    let said = table(&cells, 3, &given).unwrap_err().to_string();
    assert!(said.contains("away"), "{said}");
}
