//! Nonlinear least squares: Levenberg and Marquardt's method as MINPACK's `lmdif` runs it (Moré 1978): forward
//! differences, scaled by the columns of the Jacobian, the step bound by a trust region.

use super::regression::dot;

/// How the minimisation went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Outcome {
    /// Steps taken.
    pub(super) steps: usize,
    /// Whether a test of convergence was met (rather than the limit of steps).
    pub(super) converged: bool,
}

/// The triangle of the Jacobian and the vector rotated with it.
struct Triangle {
    /// Rows of R.
    r: Vec<Vec<f64>>,
    qtf: Vec<f64>,
    /// Lengths of the columns of the Jacobian.
    lengths: Vec<f64>,
}

fn norm(x: &[f64]) -> f64 {
    dot(x, x).sqrt()
}

/// The Jacobian by forward differences, column by column.
pub(super) fn jacobian(x: &[f64], f: &[f64], of: &mut impl FnMut(&[f64]) -> Vec<f64>) -> Vec<Vec<f64>> {
    let relative = f64::EPSILON.sqrt();
    let mut moved = x.to_vec();
    let column = |j: usize| {
        let step = if x[j].abs() > 0.0 { relative * x[j].abs() } else { relative };
        moved[j] = x[j] + step;
        let found = of(&moved).iter().zip(f).map(|(after, before)| (after - before) / step).collect();
        moved[j] = x[j];
        found
    };
    (0..x.len()).map(column).collect()
}

/// Householder's reflections of columns, a vector along.
fn triangle(mut columns: Vec<Vec<f64>>, mut f: Vec<f64>) -> Triangle {
    let n = columns.len();
    let lengths = columns.iter().map(|c| norm(c)).collect();
    let mut r = vec![vec![0.0; n]; n];
    for j in 0..n {
        let (done, later) = columns.split_at_mut(j + 1);
        let own = &mut done[j];
        let tail = norm(&own[j..]);
        let length = if own[j] > 0.0 { -tail } else { tail };
        r[j][j] = length;
        if tail > 0.0 {
            own[j] -= length;
            let scale = 2.0 / dot(&own[j..], &own[j..]);
            let reflect = |x: &mut Vec<f64>| {
                let share = scale * dot(&own[j..], &x[j..]);
                x[j..].iter_mut().zip(&own[j..]).for_each(|(x, o)| *x -= share * o);
            };
            later.iter_mut().for_each(&reflect);
            reflect(&mut f);
        }
        later.iter().enumerate().for_each(|(k, x)| r[j][j + 1 + k] = x[j]);
    }
    f.truncate(n);
    Triangle { r, qtf: f, lengths }
}

/// R x = b; a zero on the diagonal gives a zero.
fn solve_upper(r: &[Vec<f64>], b: &[f64]) -> Vec<f64> {
    let n = b.len();
    let mut x = b.to_vec();
    for j in (0..n).rev() {
        let sum: f64 = (j + 1..n).map(|k| r[j][k] * x[k]).sum();
        x[j] = if r[j][j].abs() > 0.0 { (x[j] - sum) / r[j][j] } else { 0.0 };
    }
    x
}

/// R' x = b.
fn solve_lower(r: &[Vec<f64>], b: &[f64]) -> Vec<f64> {
    let mut x = b.to_vec();
    for j in 0..b.len() {
        let sum: f64 = (0..j).map(|k| r[k][j] * x[k]).sum();
        x[j] = if r[j][j].abs() > 0.0 { (x[j] - sum) / r[j][j] } else { 0.0 };
    }
    x
}

fn scaled(x: &[f64], diag: &[f64]) -> Vec<f64> {
    x.iter().zip(diag).map(|(x, d)| x * d).collect()
}

/// The step within the trust region: (parameter, step, where the step solves the damped least squares).
fn damped_step(t: &Triangle, diag: &[f64], delta: f64, mut par: f64) -> (f64, Vec<f64>) {
    let n = diag.len();
    let mut x = solve_upper(&t.r, &t.qtf);
    let mut length = norm(&scaled(&x, diag));
    let mut excess = length - delta;
    if excess <= 0.1 * delta {
        return (0.0, x);
    }
    let direction = |x: &[f64], length: f64| -> Vec<f64> {
        x.iter().zip(diag).map(|(x, d)| d * (d * x / length)).collect()
    };
    let full = t.r.iter().enumerate().all(|(j, row)| row[j].abs() > 0.0);
    let mut low = if full {
        let w = norm(&solve_lower(&t.r, &direction(&x, length)));
        excess / delta / w / w
    } else {
        0.0
    };
    let gradient: Vec<f64> =
        (0..n).map(|j| (0..=j).map(|i| t.r[i][j] * t.qtf[i]).sum::<f64>() / diag[j]).collect();
    let steepest = norm(&gradient);
    let mut high = steepest / delta;
    if high <= 0.0 {
        high = f64::MIN_POSITIVE / delta.min(0.1);
    }
    par = par.max(low).min(high);
    if par <= 0.0 {
        par = steepest / length;
    }
    for round in 1..=10 {
        if par <= 0.0 {
            par = f64::MIN_POSITIVE.max(0.001 * high);
        }
        // the triangle of R on top of sqrt(par) diag
        let mut columns: Vec<Vec<f64>> = (0..n).map(|j| t.r.iter().map(|row| row[j]).collect()).collect();
        for (j, column) in columns.iter_mut().enumerate() {
            column.resize(2 * n, 0.0);
            column[n + j] = par.sqrt() * diag[j];
        }
        let mut right = t.qtf.clone();
        right.resize(2 * n, 0.0);
        let damped = triangle(columns, right);
        x = solve_upper(&damped.r, &damped.qtf);
        length = norm(&scaled(&x, diag));
        let before = excess;
        excess = length - delta;
        let settled = low <= 0.0 && excess <= before && before < 0.0;
        if excess.abs() <= 0.1 * delta || settled || round == 10 {
            break;
        }
        let w = norm(&solve_lower(&damped.r, &direction(&x, length)));
        let correction = excess / delta / w / w;
        if excess > 0.0 {
            low = low.max(par);
        } else {
            high = high.min(par);
        }
        par = low.max(par + correction);
    }
    (par, x)
}

/// Minimises the sum of squares of `of` from `x`, which is left at the minimum; `f` is its value at the start.
pub(super) fn minimise(
    x: &mut Vec<f64>,
    mut f: Vec<f64>,
    tolerance: f64,
    most_steps: usize,
    mut of: impl FnMut(&[f64]) -> Vec<f64>,
) -> Outcome {
    let mut fnorm = norm(&f);
    let (mut par, mut steps) = (0.0, 0);
    let (mut delta, mut xnorm) = (0.0, 0.0);
    let mut diag: Vec<f64> = Vec::new();
    if x.is_empty() {
        return Outcome { steps, converged: true };
    }
    while steps < most_steps {
        let t = triangle(jacobian(x, &f, &mut of), f.clone());
        if diag.is_empty() {
            diag = t.lengths.iter().map(|l| if *l > 0.0 { *l } else { 1.0 }).collect();
            xnorm = norm(&scaled(x, &diag));
            delta = if xnorm > 0.0 { 100.0 * xnorm } else { 100.0 };
        }
        let slope = |j: usize| (0..=j).map(|i| t.r[i][j] * t.qtf[i]).sum::<f64>() / fnorm;
        let gradient = (0..x.len()).filter(|j| t.lengths[*j] > 0.0);
        let gnorm = gradient.map(|j| (slope(j) / t.lengths[j]).abs()).fold(0.0, f64::max);
        if fnorm <= 0.0 || gnorm <= 0.0 || gnorm.is_nan() {
            return Outcome { steps, converged: !gnorm.is_nan() };
        }
        diag.iter_mut().zip(&t.lengths).for_each(|(d, l)| *d = d.max(*l));
        loop {
            let (damping, step) = damped_step(&t, &diag, delta, par);
            par = damping;
            let trial: Vec<f64> = x.iter().zip(&step).map(|(x, s)| x - s).collect();
            let pnorm = norm(&scaled(&step, &diag));
            if steps == 0 {
                delta = delta.min(pnorm);
            }
            let next = of(&trial);
            let fnorm1 = norm(&next);
            let actual = if 0.1 * fnorm1 < fnorm { 1.0 - (fnorm1 / fnorm).powi(2) } else { -1.0 };
            let along: Vec<f64> =
                t.r.iter().map(|row| row.iter().zip(&step).map(|(r, s)| r * s).sum()).collect();
            let (linear, damped) = (norm(&along) / fnorm, par.sqrt() * pnorm / fnorm);
            let predicted = linear * linear + damped * damped / 0.5;
            let slope = -(linear * linear + damped * damped);
            let ratio = if predicted > 0.0 { actual / predicted } else { 0.0 };
            if ratio <= 0.25 {
                let mut shorter = if actual >= 0.0 { 0.5 } else { 0.5 * slope / (slope + 0.5 * actual) };
                if 0.1 * fnorm1 >= fnorm || shorter < 0.1 {
                    shorter = 0.1;
                }
                delta = shorter * delta.min(pnorm / 0.1);
                par /= shorter;
            } else if par <= 0.0 || ratio >= 0.75 {
                delta = pnorm / 0.5;
                par *= 0.5;
            }
            if ratio >= 1e-4 {
                *x = trial;
                f = next;
                xnorm = norm(&scaled(x, &diag));
                fnorm = fnorm1;
                steps += 1;
            }
            let close = |limit: f64| actual.abs() <= limit && predicted <= limit && 0.5 * ratio <= 1.0;
            let stuck = delta.is_nan() || delta <= f64::EPSILON * xnorm;
            if close(tolerance) || close(f64::EPSILON) || stuck || gnorm <= f64::EPSILON {
                return Outcome { steps, converged: true };
            }
            if ratio >= 1e-4 {
                break;
            }
        }
    }
    Outcome { steps, converged: false }
}
