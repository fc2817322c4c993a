//! STL and MSTL: seasonal and trend decomposition by loess (Cleveland, Cleveland, `McRae` and Terpenning 1990; Bandara,
//! Hyndman and Bergmeir 2021).
//!
//! The inner loop takes the trend out, smooths the values of each season over the years, takes what is low-frequency
//! out of the result (that belongs to the trend), and smooths the deseasonalised series. The outer loop gives values with
//! large residuals less weight. Missing values are left out of every local fit, and get a seasonal and a trend
//! all the same; the fits themselves are in `loess`.

use super::loess::Loess;
use crate::error::{Error, Result};
use crate::kernel::BlockKernel;
use crate::number::pack::Pack;

/// One smoother: how many values a local fit uses, whether it is a line, and at which distance fits are made (values
/// between are interpolated).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Smoother {
    /// The number of values, odd.
    pub window: usize,
    /// A line, or else a constant.
    pub line: bool,
    /// The distance from fit to fit.
    pub jump: usize,
}

/// The options of STL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The number of periods in a cycle of the seasons.
    pub period: usize,
    /// Of the values of one season over the years.
    pub seasonal: Smoother,
    /// Of the deseasonalised series.
    pub trend: Smoother,
    /// Of what the seasonal has at low frequencies.
    pub low_pass: Smoother,
    /// Rounds of the inner loop.
    pub inner: usize,
    /// Rounds of robustness weights; 0 for none.
    pub outer: usize,
}

impl Options {
    fn check(&self) -> Result<()> {
        if self.period < 2 {
            return Err(Error::invalid(format!(
                "period must be at least 2, the number of seasons in a year (4 for quarters, 12 for months), not {}",
                self.period
            )));
        }
        if self.inner == 0 {
            return Err(Error::invalid("inner must be at least 1"));
        }
        for (name, smoother) in
            [("seasonal", self.seasonal), ("trend", self.trend), ("low_pass", self.low_pass)]
        {
            if smoother.window < 3 || smoother.window.is_multiple_of(2) {
                return Err(Error::invalid(format!(
                    "{name} must be an odd number of values, at least 3, not {}",
                    smoother.window
                )));
            }
            if smoother.jump == 0 {
                return Err(Error::invalid(format!("{name}_jump must be at least 1")));
            }
        }
        if self.trend.window <= self.period {
            return Err(Error::invalid(format!(
                "trend must be longer than the period, or it would follow the seasons; got {} for a period of {}",
                self.trend.window, self.period
            )));
        }
        if self.low_pass.window <= self.period {
            return Err(Error::invalid(format!(
                "low_pass must be longer than the period; got {} for a period of {}",
                self.low_pass.window, self.period
            )));
        }
        Ok(())
    }
}

/// A loess of some rows of a series, at every row of a range.
struct Smoothing {
    /// The rows that are observed.
    rows: Vec<usize>,
    loess: Loess,
    /// The places of the results at which a fit is made; those between are interpolated.
    fitted: Vec<usize>,
}

/// Space for one smoothing.
struct Scratch<const W: usize> {
    values: Vec<Pack<W>>,
    robust: Vec<Pack<W>>,
    product: Vec<Pack<W>>,
    out: Vec<Pack<W>>,
}

impl<const W: usize> Scratch<W> {
    fn new(n: usize) -> Self {
        let zeros = || vec![Pack::ZERO; n];
        Self { values: zeros(), robust: zeros(), product: zeros(), out: zeros() }
    }
}

impl Smoothing {
    /// Values at `first + stride i`, of which those in `observed` are there; the fits go from `before` places before the
    /// first to as many after the last.
    #[allow(clippy::cast_precision_loss)]
    fn new(observed: &[bool], first: usize, stride: usize, before: usize, smoother: Smoother) -> Self {
        let count = observed.len().saturating_sub(first).div_ceil(stride);
        let places = (0..count).filter(|i| observed[first + i * stride]);
        let at: Vec<f64> = places.clone().map(|i| i as f64).collect();
        let rows = places.map(|i| first + i * stride).collect();
        let mut fitted: Vec<usize> = (before..before + count).step_by(smoother.jump).collect();
        fitted.extend((before + count).checked_sub(1).filter(|last| fitted.last() != Some(last)));
        if before > 0 {
            fitted.splice(0..0, 0..before);
            fitted.extend(before + count..2 * before + count);
        }
        let targets: Vec<f64> = fitted.iter().map(|&i| i as f64 - before as f64).collect();
        Self { rows, loess: Loess::new(&at, &targets, smoother.window, smoother.line), fitted }
    }

    /// Smooths rows of `y` and hands each result with its place to `put`.
    #[inline(always)]
    fn run<const W: usize>(
        &self,
        y: &[Pack<W>],
        robust: Option<&[Pack<W>]>,
        scratch: &mut Scratch<W>,
        mut put: impl FnMut(usize, Pack<W>),
    ) {
        let n = self.rows.len();
        let (values, out) = (&mut scratch.values[..n], &mut scratch.out[..self.fitted.len()]);
        values.iter_mut().zip(&self.rows).for_each(|(value, &row)| *value = y[row]);
        match robust {
            None => self.loess.fit(values, out),
            Some(robust) => {
                let (weights, product) = (&mut scratch.robust[..n], &mut scratch.product[..n]);
                weights.iter_mut().zip(&self.rows).for_each(|(weight, &row)| *weight = robust[row]);
                for (product, (value, weight)) in product.iter_mut().zip(values.iter().zip(weights.iter())) {
                    *product = *value * *weight;
                }
                self.loess.fit_robust(values, weights, product, out);
            }
        }
        let mut before: Option<(usize, Pack<W>)> = None;
        for (&place, &value) in self.fitted.iter().zip(out.iter()) {
            if let Some((from, start)) = before
                && place > from + 1
            {
                #[allow(clippy::cast_precision_loss)]
                let step = (value - start) / (place - from) as f64;
                for between in from + 1..place {
                    #[allow(clippy::cast_precision_loss)]
                    put(between, start + step * (between - from) as f64);
                }
            }
            put(place, value);
            before = Some((place, value));
        }
    }
}

/// What STL prepares for series of a length and a pattern of gaps.
pub struct Plan {
    options: Options,
    n: usize,
    seasons: Vec<Smoothing>,
    low_pass: Smoothing,
    trend: Smoothing,
}

impl Plan {
    fn new(options: Options, observed: &[bool]) -> Result<Self> {
        let (n, period) = (observed.len(), options.period);
        if n < 2 * period {
            return Err(Error::invalid(format!(
                "STL with a period of {period} needs at least two whole cycles, {} values; there are {n}",
                2 * period
            )));
        }
        let seasons: Vec<Smoothing> =
            (0..period).map(|first| Smoothing::new(observed, first, period, 1, options.seasonal)).collect();
        if let Some(empty) = seasons.iter().position(|season| season.rows.is_empty()) {
            let sentence =
                "no value is observed in the season of {place}, in any year: STL needs one at least";
            return Err(Error::placed(sentence, empty, 0));
        }
        let low_pass = Smoothing::new(&vec![true; n], 0, 1, 0, options.low_pass);
        let trend = Smoothing::new(observed, 0, 1, 0, options.trend);
        Ok(Self { options, n, seasons, low_pass, trend })
    }

    /// Decomposes `y` into `seasonal` and `trend`.
    #[inline(always)]
    fn decompose<const W: usize>(&self, y: &[Pack<W>], seasonal: &mut [Pack<W>], trend: &mut [Pack<W>]) {
        let (n, period) = (self.n, self.options.period);
        let mut scratch = Scratch::new(n + 2);
        let mut work = vec![Pack::<W>::ZERO; n];
        let mut cycles = vec![Pack::<W>::ZERO; n + 2 * period];
        let mut averages = vec![Pack::<W>::ZERO; n + 2 * period];
        let mut robust = vec![Pack::<W>::ZERO; n];
        trend.fill(Pack::ZERO);
        for round in 0..=self.options.outer {
            let weights = (round > 0).then_some(robust.as_slice());
            for _ in 0..self.options.inner {
                work.iter_mut().zip(y.iter().zip(trend.iter())).for_each(|(w, (y, t))| *w = *y - *t);
                for (first, season) in self.seasons.iter().enumerate() {
                    season.run(&work, weights, &mut scratch, |place, v| cycles[first + place * period] = v);
                }
                low_frequencies(&cycles, period, &mut averages);
                self.low_pass.run(&averages, None, &mut scratch, |row, v| {
                    seasonal[row] = cycles[period + row] - v;
                });
                work.iter_mut().zip(y.iter().zip(seasonal.iter())).for_each(|(w, (y, s))| *w = *y - *s);
                self.trend.run(&work, weights, &mut scratch, |row, v| trend[row] = v);
            }
            if round < self.options.outer {
                self.weigh(y, seasonal, trend, &mut robust);
            }
        }
    }

    /// Bisquare weights of the residuals against six times their median size.
    #[inline(always)]
    fn weigh<const W: usize>(
        &self,
        y: &[Pack<W>],
        seasonal: &[Pack<W>],
        trend: &[Pack<W>],
        out: &mut [Pack<W>],
    ) {
        for (out, (y, (s, t))) in out.iter_mut().zip(y.iter().zip(seasonal.iter().zip(trend))) {
            *out = (*y - (*t + *s)).map(f64::abs);
        }
        let mut scale = Pack::<W>::ZERO;
        // positive floats are in the order of their bits
        let mut sizes = vec![0_u64; self.trend.rows.len()];
        for (k, scale) in scale.0.iter_mut().enumerate() {
            sizes.iter_mut().zip(&self.trend.rows).for_each(|(size, &row)| *size = out[row].0[k].to_bits());
            let middle = sizes.len() / 2;
            let even = sizes.len().is_multiple_of(2);
            let (below, &mut upper, _) = sizes.select_nth_unstable(middle);
            let lower = if even { below.iter().max().copied().unwrap_or(upper) } else { upper };
            *scale = 3.0 * (f64::from_bits(lower) + f64::from_bits(upper));
        }
        for out in out {
            for (value, scale) in out.0.iter_mut().zip(scale.0) {
                let ratio = *value / scale;
                let rest = 1.0 - ratio * ratio;
                let inside = if *value <= 0.999 * scale { rest * rest } else { 0.0 };
                *value = if *value <= 0.001 * scale { 1.0 } else { inside };
            }
        }
    }
}

/// Averages over one cycle, over one cycle again, and over three: `out[row]` for the rows of the series.
#[inline(always)]
#[allow(clippy::cast_precision_loss)]
fn low_frequencies<const W: usize>(cycles: &[Pack<W>], period: usize, out: &mut [Pack<W>]) {
    out.copy_from_slice(cycles);
    let mut len = cycles.len();
    for terms in [period, period, 3] {
        let mut sum = Pack::<W>::ZERO;
        for value in &out[..terms] {
            sum += *value;
        }
        let share = 1.0 / terms as f64;
        for row in 0..len - terms {
            let leaving = out[row];
            out[row] = sum * share;
            sum = (sum - leaving) + out[row + terms];
        }
        out[len - terms] = sum * share;
        len -= terms - 1;
    }
}

/// Which values of a series that came alone are observed; complete series need no plan of their own.
fn pattern<const W: usize>(x: &[Pack<W>]) -> Option<Vec<bool>> {
    let observed = || x.iter().map(|row| !row.0[0].is_nan());
    (W == 1 && !observed().all(|o| o)).then(|| observed().collect())
}

/// Seasonal and trend decomposition by loess: trend, seasonal, residual.
pub struct Stl {
    options: Options,
}

impl Stl {
    /// The decomposition with these options.
    ///
    /// # Errors
    /// A period below 2, windows that are even or too short, no rounds.
    pub fn new(options: Options) -> Result<Self> {
        options.check()?;
        Ok(Self { options })
    }
}

impl BlockKernel for Stl {
    type Plan = Plan;

    fn parts(&self) -> usize {
        3
    }

    fn plan(&self, n: usize) -> Result<Plan> {
        Plan::new(self.options, &vec![true; n])
    }

    #[inline(always)]
    fn run<const W: usize>(
        &self,
        plan: &Plan,
        x: &[Pack<W>],
        out: &mut [&mut [Pack<W>]],
        _: &mut [Pack<W>],
    ) -> Result<()> {
        let own = pattern(x).map(|observed| Plan::new(self.options, &observed)).transpose()?;
        let [trend, seasonal, residual] = out else { return Ok(()) };
        own.as_ref().unwrap_or(plan).decompose(x, seasonal, trend);
        for (row, residual) in residual.iter_mut().enumerate() {
            *residual = (x[row] - seasonal[row]) - trend[row];
        }
        Ok(())
    }
}

/// Several seasonal patterns, each found in the series without the others: trend, residual, and one seasonal a period.
pub struct Mstl {
    options: Vec<Options>,
    rounds: usize,
}

impl Mstl {
    /// The decomposition with the options of each period, shortest first, and so many rounds.
    ///
    /// # Errors
    /// Options that make no sense, none at all, periods that do not rise, no rounds.
    pub fn new(options: Vec<Options>, rounds: usize) -> Result<Self> {
        options.iter().try_for_each(Options::check)?;
        if options.is_empty() || rounds == 0 {
            return Err(Error::invalid("mstl needs at least one period and one iteration"));
        }
        if options.windows(2).any(|pair| pair[0].period >= pair[1].period) {
            return Err(Error::invalid("periods must differ, the shortest first"));
        }
        Ok(Self { options, rounds })
    }

    fn plans(&self, observed: &[bool]) -> Result<Vec<Plan>> {
        self.options.iter().map(|&options| Plan::new(options, observed)).collect()
    }
}

impl BlockKernel for Mstl {
    type Plan = Vec<Plan>;

    fn parts(&self) -> usize {
        2 + self.options.len()
    }

    fn plan(&self, n: usize) -> Result<Vec<Plan>> {
        self.plans(&vec![true; n])
    }

    #[inline(always)]
    fn run<const W: usize>(
        &self,
        plans: &Vec<Plan>,
        x: &[Pack<W>],
        out: &mut [&mut [Pack<W>]],
        _: &mut [Pack<W>],
    ) -> Result<()> {
        let own = pattern(x).map(|observed| self.plans(&observed)).transpose()?;
        let plans = own.as_ref().unwrap_or(plans);
        let [trend, residual, seasonal @ ..] = out else { return Ok(()) };
        for part in seasonal.iter_mut() {
            part.fill(Pack::ZERO);
        }
        let mut rest = x.to_vec();
        let rounds = if plans.len() == 1 { 1 } else { self.rounds };
        for _ in 0..rounds {
            for (plan, part) in plans.iter().zip(seasonal.iter_mut()) {
                rest.iter_mut().zip(part.iter()).for_each(|(rest, s)| *rest += *s);
                plan.decompose(&rest, part, trend);
                rest.iter_mut().zip(part.iter()).for_each(|(rest, s)| *rest -= *s);
            }
        }
        for (row, residual) in residual.iter_mut().enumerate() {
            *residual = rest[row] - trend[row];
        }
        Ok(())
    }
}
