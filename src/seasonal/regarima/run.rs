//! The model of one series from beginning to end: the transformation, the choices among regressors, the outliers, the
//! forecasts. Every decision is kept with the numbers it rests on.

use crate::error::{Error, Result};
use crate::panel::Cancel;

use super::estimate::{Fit, Method, Sample, count};
use super::forecast::{Ahead, aicc, backcast, forecast};
use super::given::{AdjustOptions, Candidate, Choice, Column, Given, Group, Transform};
use super::outliers::{Search, Searched, Searcher, column};

/// The AICC of every candidate of a choice, by label.
pub type Table = Vec<(String, f64)>;

/// By how much AICC may be worse for logarithms to be taken, monthly and quarterly.
const FOR_LOGARITHMS: f64 = 2.0;

/// The choices that X-13ARIMA-SEATS makes, once and in this order.
const AUTOMATIC: [&str; 2] = ["td", "easter"];
/// How often the other choices are made at most.
const ROUNDS: usize = 10;

/// The model of a series.
#[derive(Debug, Clone)]
pub struct Model {
    /// Whether it is one of logarithms.
    pub log: bool,
    /// The winner of each choice.
    pub chosen: Vec<(String, String)>,
    /// AICC of every candidate of every choice.
    pub tables: Vec<(String, Table)>,
    /// The log likelihood of the series, and its information criteria.
    pub loglik: f64,
    /// Akaike's criterion, corrected.
    pub aicc: f64,
    /// The Bayesian criterion.
    pub bic: f64,
    /// The variance of the innovations.
    pub variance: f64,
    /// Observations after differencing.
    pub nobs: usize,
    /// The regressors, outliers found included.
    pub columns: Vec<Column>,
    /// Their coefficients.
    pub coefficients: Vec<f64>,
    /// The standard errors of these.
    pub errors: Vec<f64>,
    /// ARMA parameters by name, with their standard errors.
    pub arma: Vec<(String, f64, f64)>,
    /// Residuals of the differenced series.
    pub residuals: Vec<f64>,
    /// Steps of the last estimation.
    pub iterations: usize,
    /// Whether the last estimation began away from a root next to the unit circle.
    pub shrunk: bool,
    /// The search for outliers.
    pub search: Search,
    /// The types searched for and their critical values.
    pub searched: Vec<Searched>,
    /// The length of February, 1 where the model does not divide by it.
    pub leap: Vec<f64>,
    pub(super) ahead: Ahead,
    pub(super) before: Ahead,
}

/// A model on the way: the regressors taken so far.
#[derive(Debug, Clone)]
struct State {
    log: bool,
    leap: bool,
    columns: Vec<Column>,
}

/// A fit with what it was of.
struct Fitted {
    sample: Sample,
    fit: Fit,
    aicc: f64,
}

struct Run<'a> {
    given: &'a Given,
    options: &'a AdjustOptions,
    method: Method<'a>,
}

impl Model {
    /// Finds the model of a series.
    ///
    /// # Errors
    /// What the options, the series or its regressors make impossible; or the call was interrupted.
    pub fn find(given: &Given, options: &AdjustOptions, cancel: &Cancel<'_>) -> Result<Self> {
        options.check()?;
        given.check(options)?;
        let method = Method {
            orders: options.orders,
            compat: options.compat,
            max_iterations: options.max_iterations,
            cancel,
        };
        Run { given, options, method }.find()
    }
}

impl Run<'_> {
    fn find(&self) -> Result<Model> {
        let mut tables = Vec::new();
        let (mut state, mut fitted) = self.transformed(&mut tables)?;
        let mut chosen = Vec::new();
        let automatic = |choice: &&Choice| AUTOMATIC.contains(&choice.title.as_str());
        for choice in self.given.choices.iter().filter(automatic) {
            let (table, label);
            (state, fitted, table, label) = self.chosen(choice, state, fitted)?;
            tables.push((choice.title.clone(), table));
            chosen.push((choice.title.clone(), label));
        }
        let named: Vec<&Choice> = self.given.choices.iter().filter(|c| !automatic(c)).collect();
        (state, fitted) = self.in_rounds(&named, &state, fitted, &mut tables, &mut chosen)?;
        let searched = self.options.searched(self.given.values.len());
        let search = self.outliers(&searched, &mut state, &mut fitted)?;
        Ok(self.finished(&state, &fitted, Decisions { tables, chosen, searched, search }))
    }

    /// Choices among holidays that overlap, which hide each other or stand in for each other: each is made again
    /// with the others as they are, until none changes. Every change makes AICC smaller, so this ends.
    fn in_rounds(
        &self,
        choices: &[&Choice],
        base: &State,
        fitted: Fitted,
        tables: &mut Vec<(String, Table)>,
        chosen: &mut Vec<(String, String)>,
    ) -> Result<(State, Fitted)> {
        let mut labels = vec!["none".to_owned(); choices.len()];
        let mut last: Vec<Table> = vec![Table::new(); choices.len()];
        let (mut state, mut fitted) = (base.clone(), fitted);
        // choices since the last that changed something
        let (mut same, mut turn) = (0, 0);
        while same < choices.len() && turn < ROUNDS * choices.len() {
            let k = turn % choices.len();
            if labels[k] != "none" {
                state = base.clone();
                for (choice, label) in
                    choices.iter().zip(&labels).filter(|(c, _)| c.title != choices[k].title)
                {
                    if let Some(taken) = choice.candidates.iter().find(|c| c.label == *label) {
                        state = self.with(&state, &taken.columns, taken.leap);
                    }
                }
                fitted = self.fit(&state)?;
            }
            let (table, label);
            (state, fitted, table, label) = self.chosen(choices[k], state, fitted)?;
            same = if label == labels[k] { same + 1 } else { 1 };
            (last[k], labels[k]) = (table, label);
            turn += 1;
        }
        for (choice, (table, label)) in choices.iter().zip(last.into_iter().zip(labels)) {
            tables.push((choice.title.clone(), table));
            chosen.push((choice.title.clone(), label));
        }
        Ok((state, fitted))
    }

    fn outliers(&self, searched: &[Searched], state: &mut State, fitted: &mut Fitted) -> Result<Search> {
        if searched.is_empty() {
            return Ok(Search::default());
        }
        let length = self.given.values.len();
        let mut hunt = Searcher::new(&self.method, searched, length)?;
        let search = hunt.run(&mut fitted.sample, &mut fitted.fit)?;
        let (back, rows) = (self.options.backcast, self.rows());
        for found in &search.kept {
            let kind = &searched[found.kind].kind;
            let values = column(kind, found.row, self.method.orders.period, back, rows)?;
            let name = format!("{kind}@{}", found.row);
            state.columns.push(Column { name, group: Group::named(kind)?, values });
        }
        Ok(search)
    }

    fn rows(&self) -> usize {
        self.options.backcast + self.given.values.len() + self.options.forecast
    }

    /// The fixed regressors with the length of February, on a scale.
    fn state(&self, log: bool) -> State {
        let start = State { log, leap: false, columns: Vec::new() };
        self.with(&start, &self.given.fixed, self.given.fixed_leap)
    }

    /// More regressors.
    fn with(&self, state: &State, columns: &[Column], leap: bool) -> State {
        let mut more = state.clone();
        if leap && !state.leap {
            more.leap = true;
            if !state.log && self.leaps_tell() {
                let values = self.given.lpyear.clone();
                more.columns.push(Column { name: "lpyear".to_owned(), group: Group::TradingDay, values });
            }
        }
        more.columns.extend_from_slice(columns);
        more
    }

    /// Whether the column of leap years is more than a part of the season: there is a 29 February.
    fn leaps_tell(&self) -> bool {
        let within = self.options.backcast..self.options.backcast + self.given.values.len();
        self.method.orders.difference(&self.given.lpyear[within]).iter().any(|x| *x != 0.0)
    }

    /// The series on the scale of the model.
    fn scaled(&self, state: &State) -> Vec<f64> {
        let x = &self.given.values;
        if !state.log {
            return x.clone();
        }
        let leap = &self.given.leap[self.options.backcast..];
        let of = |(x, leap): (&f64, &f64)| if state.leap { (x / leap).ln() } else { x.ln() };
        x.iter().zip(leap).map(of).collect()
    }

    fn fit(&self, state: &State) -> Result<Fitted> {
        let orders = &self.method.orders;
        let (back, n) = (self.options.backcast, self.given.values.len());
        let sample = Sample {
            w: orders.difference(&self.scaled(state)),
            columns: state.columns.iter().map(|c| orders.difference(&c.values[back..back + n])).collect(),
            names: state.columns.iter().map(|c| c.name.clone()).collect(),
        };
        let fit = self.method.fit(&sample, None)?;
        let aicc = aicc(self.loglik(state, &fit), fit.estimates(), fit.n);
        Ok(Fitted { sample, fit, aicc })
    }

    /// The log likelihood of the series itself.
    fn loglik(&self, state: &State, fit: &Fit) -> f64 {
        let lost = self.method.orders.lost();
        let scale: f64 = if state.log { self.given.values[lost..].iter().map(|x| x.ln()).sum() } else { 0.0 };
        fit.loglik - scale
    }

    /// The first model, in logarithms or not.
    fn transformed(&self, tables: &mut Vec<(String, Table)>) -> Result<(State, Fitted)> {
        let log = self.state(true);
        let level = self.state(false);
        let positive = self.given.values.iter().all(|x| *x > 0.0);
        match self.options.transform {
            Transform::Auto if positive => {
                let (of_level, of_log) = (self.fit(&level)?, self.fit(&log)?);
                let table = [("none", of_level.aicc), ("log", of_log.aicc)];
                tables.push(("transform".to_owned(), table.map(|(l, a)| (l.to_owned(), a)).to_vec()));
                let allowed = if [4, 12].contains(&self.method.orders.period) { FOR_LOGARITHMS } else { 0.0 };
                Ok(if of_log.aicc - allowed < of_level.aicc { (log, of_log) } else { (level, of_level) })
            }
            Transform::Log => {
                if let Some(row) = self.given.values.iter().position(|x| *x <= 0.0) {
                    let sentence = "the value of {place} is not positive and has no logarithm: use \
                                    transform=\"none\" or \"auto\"";
                    return Err(Error::placed(sentence, row, 0));
                }
                let fitted = self.fit(&log)?;
                Ok((log, fitted))
            }
            Transform::Auto | Transform::None => {
                let fitted = self.fit(&level)?;
                Ok((level, fitted))
            }
        }
    }

    /// A choice: the best candidate, if it is better than none.
    fn chosen(
        &self,
        choice: &Choice,
        none: State,
        without: Fitted,
    ) -> Result<(State, Fitted, Table, String)> {
        let mut table: Table = vec![("none".to_owned(), without.aicc)];
        let mut best: Option<(&Candidate, State, Fitted)> = None;
        let ties_win = choice.title == "td";
        for candidate in &choice.candidates {
            let state = self.with(&none, &candidate.columns, candidate.leap);
            let fitted = self.fit(&state)?;
            table.push((candidate.label.clone(), fitted.aicc));
            let better = best
                .as_ref()
                .is_none_or(|(_, _, best)| fitted.aicc < best.aicc || (ties_win && fitted.aicc <= best.aicc));
            if better {
                best = Some((candidate, state, fitted));
            }
        }
        Ok(match best {
            Some((candidate, state, fitted)) if without.aicc - fitted.aicc > 0.0 => {
                (state, fitted, table, candidate.label.clone())
            }
            _ => (none, without, table, "none".to_owned()),
        })
    }

    fn finished(&self, state: &State, fitted: &Fitted, decisions: Decisions) -> Model {
        let (fit, orders) = (&fitted.fit, &self.method.orders);
        let loglik = self.loglik(state, fit);
        let x = self.scaled(state);
        let (back, n) = (self.options.backcast, x.len());
        let part = |from: usize, to: usize| -> Vec<Vec<f64>> {
            state.columns.iter().map(|c| c.values[from..to].to_vec()).collect()
        };
        let ahead = forecast(orders, fit, &x, &part(back, self.rows()), self.options.forecast);
        let before = backcast(orders, fit, &x, &part(0, back + n), back);
        let leap = state.leap && state.log;
        let errors = self.method.errors(&fitted.sample, fit);
        let named = orders.names().into_iter().zip(&fit.parameters).zip(errors);
        Model {
            log: state.log,
            chosen: decisions.chosen,
            tables: decisions.tables,
            loglik,
            aicc: aicc(loglik, fit.estimates(), fit.n),
            bic: count(fit.estimates()) * count(fit.n).ln() - 2.0 * loglik,
            variance: fit.variance,
            nobs: fit.n,
            columns: state.columns.clone(),
            coefficients: fit.regression.coefficients.clone(),
            errors: fit.errors(),
            arma: named.map(|((name, value), error)| (name, *value, error)).collect(),
            residuals: fit.residuals(orders),
            iterations: fit.iterations,
            shrunk: fit.shrunk,
            search: decisions.search,
            searched: decisions.searched,
            leap: if leap { self.given.leap.clone() } else { vec![1.0; self.rows()] },
            ahead,
            before,
        }
    }
}

/// What was decided on the way.
struct Decisions {
    tables: Vec<(String, Table)>,
    chosen: Vec<(String, String)>,
    searched: Vec<Searched>,
    search: Search,
}
