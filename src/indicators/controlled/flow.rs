//! A flow of least cost through a network whose arcs each carry one unit or none.
//!
//! It begins with every arc of negative cost full, which is the cheapest of all ways if the nodes need not balance, and
//! then carries what is left over at some nodes along shortest paths to those that lack it (successive shortest paths;
//! Ahuja, Magnanti and Orlin 1993, Network Flows, ch. 9). Potentials keep all costs of the residual network at or above
//! zero, so the result is optimal whenever the nodes balance.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::{Add, Sub};

/// A cost that can be added up exactly.
pub trait Cost:
    Clone + Ord + Default + for<'a> Add<&'a Self, Output = Self> + for<'a> Sub<&'a Self, Output = Self>
{
}

impl<T> Cost for T where
    T: Clone + Ord + Default + for<'a> Add<&'a T, Output = T> + for<'a> Sub<&'a T, Output = T>
{
}

/// An arc of one unit's room.
pub struct Arc<C> {
    from: usize,
    to: usize,
    cost: C,
    full: bool,
}

impl<C> From<((usize, usize), C)> for Arc<C> {
    fn from(((from, to), cost): ((usize, usize), C)) -> Self {
        Self { from, to, cost, full: false }
    }
}

/// The network: what each node has to pass on, and the arcs.
pub struct Network<C> {
    arcs: Vec<Arc<C>>,
    /// What each node has too much (too little).
    excess: Vec<i64>,
    /// The arcs that begin or end at each node.
    at: Vec<Vec<usize>>,
    potential: Vec<C>,
}

impl<C: Cost> Network<C> {
    /// A network in which every node passes on what it is supplied with; every arc joins two nodes of `supply`.
    pub fn new(supply: &[i64], arcs: Vec<Arc<C>>) -> Self {
        let mut net = Self {
            excess: supply.to_vec(),
            at: vec![vec![]; supply.len()],
            potential: vec![C::default(); supply.len()],
            arcs,
        };
        for (i, arc) in net.arcs.iter_mut().enumerate() {
            for node in [arc.from, arc.to] {
                if let Some(at) = net.at.get_mut(node) {
                    at.push(i);
                }
            }
            arc.full = arc.cost < C::default();
            if arc.full {
                carry(&mut net.excess, arc.from, arc.to);
            }
        }
        net
    }

    /// Which arcs carry their unit; or, where the nodes cannot be balanced, the first one that is not, and what is
    /// left over (lacking) there.
    pub fn least_cost(mut self) -> Result<Vec<bool>, (usize, i64)> {
        while self.excess.iter().any(|e| *e > 0) {
            if !self.augment() {
                let left = self.excess.iter().copied().enumerate().find(|(_, e)| *e != 0);
                return Err(left.unwrap_or_default());
            }
        }
        Ok(self.arcs.into_iter().map(|arc| arc.full).collect())
    }

    /// Carries one unit along a cheapest path from a node with too much to one with too little.
    fn augment(&mut self) -> bool {
        let nodes = self.excess.len();
        let mut best: Vec<Option<C>> = vec![None; nodes];
        let mut by: Vec<Option<usize>> = vec![None; nodes];
        let mut done = vec![false; nodes];
        let mut queue = BinaryHeap::new();
        for (node, _) in self.excess.iter().enumerate().filter(|(_, e)| **e > 0) {
            if let Some(b) = best.get_mut(node) {
                *b = Some(C::default());
            }
            queue.push(Reverse((C::default(), node)));
        }
        let mut reached = None;
        while let Some(Reverse((far, node))) = queue.pop() {
            match done.get_mut(node) {
                Some(done) if !*done => *done = true,
                _ => continue,
            }
            if self.excess.get(node).is_some_and(|e| *e < 0) {
                reached = Some((node, far));
                break;
            }
            for &i in self.at.get(node).map_or(&[][..], Vec::as_slice) {
                let Some((next, cost)) = self.step(i, node) else { continue };
                let length = far.clone() + &cost;
                if let (Some(b), Some(last)) = (best.get_mut(next), by.get_mut(next))
                    && b.as_ref().is_none_or(|b| length < *b)
                {
                    *b = Some(length.clone());
                    *last = Some(i);
                    queue.push(Reverse((length, next)));
                }
            }
        }
        let Some((mut node, far)) = reached else { return false };
        for ((potential, best), done) in self.potential.iter_mut().zip(best).zip(done) {
            if let Some(b) = best.filter(|_| done) {
                // Nodes that were not settled lie at least `far` away: their potential stays.
                *potential = potential.clone() + &b - &far;
            }
        }
        let mut steps = 0;
        while let Some(i) = by.get(node).copied().flatten() {
            let Some(arc) = self.arcs.get_mut(i) else { break };
            let (from, to) = if arc.full { (arc.to, arc.from) } else { (arc.from, arc.to) };
            arc.full = !arc.full;
            carry(&mut self.excess, from, to);
            node = from;
            steps += 1;
        }
        steps > 0
    }

    /// Where an arc leads from one of its nodes, and its reduced cost; none if it has no room that way.
    fn step(&self, arc: usize, node: usize) -> Option<(usize, C)> {
        let arc = self.arcs.get(arc)?;
        let potential = |n: usize| self.potential.get(n);
        if arc.full {
            let (from, to) = (potential(arc.to)?, potential(arc.from)?);
            (arc.to == node).then(|| (arc.from, C::default() - &arc.cost + from - to))
        } else {
            let (from, to) = (potential(arc.from)?, potential(arc.to)?);
            (arc.from == node).then(|| (arc.to, arc.cost.clone() + from - to))
        }
    }
}

/// Moves a unit from one node to another.
fn carry(excess: &mut [i64], from: usize, to: usize) {
    if let Some(e) = excess.get_mut(from) {
        *e -= 1;
    }
    if let Some(e) = excess.get_mut(to) {
        *e += 1;
    }
}
