//! The simplex method on systems small enough to solve by hand.

use super::simplex::*;
use crate::number::rational::Rational;

fn r(n: i128) -> Rational {
    Rational::int(n)
}

fn bound(n: i128, owner: usize) -> Bound {
    Bound { at: Value::plain(r(n)), owner: Some(owner) }
}

#[test]
fn two_phases_on_a_small_system() {
    // x in [0, 10], y in [2, 5], x + y <= 8, x - y >= 1
    let mut s = Simplex::new(2);
    let (sum, gap) = (s.add_row(&[(0, r(1)), (1, r(1))]), s.add_row(&[(0, r(1)), (1, r(-1))]));
    s.set_bounds(0, Some(bound(0, 0)), Some(bound(10, 0)));
    s.set_bounds(1, Some(bound(2, 1)), Some(bound(5, 1)));
    s.set_bounds(sum, None, Some(bound(8, 2)));
    s.set_bounds(gap, Some(bound(1, 3)), None);
    let b = &mut Budget::seconds(5.0);
    assert_eq!(s.solve(b).unwrap(), None);
    let mut extreme = |form: &Terms, up| match s.drive(form, up, b).unwrap() {
        Extreme::At(v) => v.real.to_string(),
        Extreme::Unbounded(_) => "unbounded".into(),
    };
    assert_eq!(extreme(&[(0, r(1))], true), "6");
    assert_eq!(extreme(&[(0, r(1))], false), "3");
    assert_eq!(extreme(&[(1, r(1))], true), "7/2");
    assert_eq!(extreme(&[(0, r(2)), (1, r(3))], true), "39/2");
    s.set_bounds(gap, Some(bound(7, 3)), None);
    assert_eq!(s.solve(b).unwrap(), Some(vec![1, 2, 3]));
    s.set_bounds(sum, None, None);
    assert_eq!(s.solve(b).unwrap(), None);
    s.set_bounds(0, Some(bound(0, 0)), None);
    assert!(matches!(s.drive(&[(0, r(1))], true, b).unwrap(), Extreme::Unbounded(_)));
}

#[test]
fn open_bounds_are_strict() {
    let mut s = Simplex::new(1);
    let open = Some(Bound { at: Value { real: r(5), tiny: r(-1) }, owner: Some(0) });
    s.set_bounds(0, Some(bound(5, 1)), open);
    assert_eq!(s.solve(&mut Budget::seconds(5.0)).unwrap(), Some(vec![0, 1]));
}

#[test]
fn the_limit_ends_the_work() {
    let mut s = Simplex::new(1);
    s.set_bounds(0, Some(bound(0, 0)), Some(bound(9, 0)));
    assert_eq!(s.drive(&[(0, r(1))], true, &mut Budget::seconds(0.0)).err(), Some(Undecided));
}
