//! Which services of a plan are textbook queues, and why the others are none.
//!
//! Poisson arrivals at a constant rate, independent work, c workers, one waiting room. Formulas: A. K. Erlang 1917
//! (M/M/c); F. Pollaczek 1930, A. Khinchine 1932 (M/G/1); A. Allen, J. Cunneen (M/G/c, an approximation, exact for M/M/c
//! and M/G/1).

use super::formulas::erlang_c;
use crate::base::{CallIx, Dist, OpIx, ServiceIx};
use crate::scenario::{ArrivalPlan, Balance, ClientPlan, Discipline, Instruction, Plan, ServicePlan};

/// A textbook queue with the numbers put in: rates per second, times in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextbookQueue {
    /// Workers of one replica.
    pub workers: u32,
    /// Requests a second for one replica.
    pub arrivals: f64,
    /// Jobs a second that one worker does.
    pub service: f64,
    /// Squared coefficient of variation of the work; 1 where it is exponential, 0 where it is always the same.
    pub variation: f64,
    /// Replicas, each with a waiting room of its own.
    pub replicas: u32,
}

impl TextbookQueue {
    /// Share of the time that a worker computes.
    pub fn utilization(&self) -> f64 {
        self.arrivals / (self.service * f64::from(self.workers))
    }

    /// Erlang C: the probability that a job finds no worker free.
    pub fn waits(&self) -> f64 {
        erlang_c(self.workers, self.arrivals / self.service)
    }

    /// Mean wait for a worker in seconds, those that find one free included.
    pub fn wait(&self) -> f64 {
        let free = f64::from(self.workers) * self.service - self.arrivals;
        self.waits() / free * (1.0 + self.variation) / 2.0
    }

    /// Mean number of jobs that wait, in all replicas together.
    pub fn waiting(&self) -> f64 {
        self.arrivals * f64::from(self.replicas) * self.wait()
    }

    /// Whether a waiting room of so many places is as good as one without bounds: P(line longer than the room) of
    /// M/M/c, C·ρ^room, is at most 0.1 %.
    pub fn fits(&self, room: u32) -> bool {
        self.waits() * libm::pow(self.utilization(), f64::from(room)) <= TAIL
    }
}

/// Why a service is no textbook queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoQueue {
    /// Requests do not come by chance at one constant rate.
    NotPoisson,
    /// Not all of its requests come straight from clients.
    Callers,
    /// Its callers try again, so that what comes depends on how it fares.
    Retried,
    /// A policy stands before it and does not let every request in.
    Guarded,
    /// Requests get lost on their way.
    Lossy,
    /// Its replicas change, or are not picked at random.
    Replicas,
    /// Its operation does more than work.
    NotWork,
    /// Its workers are shared among all jobs.
    Sharing,
    /// More comes than it can do.
    Overloaded,
    /// Its waiting room is too small for the line.
    Bounded,
}

/// Lines above this share of their room are taken for cut by it.
const TAIL: f64 = 0.001;
/// A client's program is followed for so many calls at most.
const MOST_CALLS: usize = 32;

/// The textbook queue that a service is while nothing is broken.
///
/// # Errors
///
/// Why it is none.
pub fn textbook_queue(plan: &Plan, service: ServiceIx) -> Result<TextbookQueue, NoQueue> {
    let found = queue(plan, service, 0)?;
    if found.utilization() >= 1.0 {
        return Err(NoQueue::Overloaded);
    }
    if plan.services[service.at()].queue.is_some_and(|room| !found.fits(room)) {
        return Err(NoQueue::Bounded);
    }
    Ok(found)
}

/// What a plan makes of a service, whatever the load and the faults.
fn queue(plan: &Plan, at: ServiceIx, depth: usize) -> Result<TextbookQueue, NoQueue> {
    let service = &plan.services[at.at()];
    if service.discipline == Discipline::ProcessorSharing {
        return Err(NoQueue::Sharing);
    }
    let steady = service.autoscale.is_none() && service.discovery.is_none();
    if !steady || service.replicas > 1 && service.balance != Balance::Random {
        return Err(NoQueue::Replicas);
    }
    if service.admits.is_some() || service.shed_above.is_some() {
        return Err(NoQueue::Guarded);
    }
    let from_client = |from: &crate::base::NodeIx| plan.clients.iter().any(|client| client.node == *from);
    let mut edges = plan.edges.iter().filter(|edge| edge.to == service.node);
    if !service.consumes.is_empty() || edges.any(|edge| !from_client(&edge.from)) {
        return Err(NoQueue::Callers);
    }
    let mut rate = 0.0;
    let mut called: Option<OpIx> = None;
    for client in &plan.clients {
        let Some(op) = calls(plan, client, service, depth)? else { continue };
        if called.replace(op).is_some_and(|before| before != op) {
            return Err(NoQueue::NotWork);
        }
        rate += constant_rate(client)?;
    }
    let op = called.ok_or(NoQueue::Callers)?;
    let (mean, variation) = work(plan, op)?;
    Ok(TextbookQueue {
        workers: service.workers,
        arrivals: rate / f64::from(service.replicas),
        service: 1.0 / mean,
        variation,
        replicas: service.replicas,
    })
}

/// The rate of a client whose requests come by chance at one constant rate.
fn constant_rate(client: &ClientPlan) -> Result<f64, NoQueue> {
    match &client.arrivals {
        ArrivalPlan::Open { profile, even: false } if !client.propagate => {
            let first = profile.first().map_or(0.0, |(_, rate)| *rate);
            let constant = profile.iter().all(|(_, rate)| *rate == first);
            if constant { Ok(first) } else { Err(NoQueue::NotPoisson) }
        }
        _ => Err(NoQueue::NotPoisson),
    }
}

/// Which operation of a service each request of a client calls: exactly once, straight or after textbook queues with
/// exponential work (whose departures are Poisson again: P. J. Burke 1956); none where it does not call it.
fn calls(
    plan: &Plan,
    client: &ClientPlan,
    service: &ServicePlan,
    depth: usize,
) -> Result<Option<OpIx>, NoQueue> {
    let mut found = None;
    let mut at = client.entry;
    for _ in 0..MOST_CALLS {
        let Some(Instruction::Call(call)) = plan.code.get(at.at()).copied() else { break };
        let CallIx(number) = call;
        let call = &plan.calls[number as usize];
        let called = plan.operations[call.op.at()].service;
        if plan.services[called.at()].node == service.node {
            if found.replace(call.op).is_some() {
                return Err(NoQueue::Callers);
            }
            if call.retry.attempts > 1 {
                return Err(NoQueue::Retried);
            }
            if call.policies.is_some() {
                return Err(NoQueue::Guarded);
            }
            if plan.links[call.out.at()].loss > 0.0 {
                return Err(NoQueue::Lossy);
            }
        } else if found.is_none()
            && plan.edges.iter().any(|edge| edge.from == client.node && edge.to == service.node)
        {
            // What comes before decides how requests come here.
            let before = if depth < MOST_CALLS {
                queue(plan, called, depth + 1)?
            } else {
                return Err(NoQueue::Callers);
            };
            if before.variation != 1.0 || before.utilization() >= 1.0 || call.retry.attempts > 1 {
                return Err(NoQueue::NotPoisson);
            }
        }
        at = call.next;
    }
    let expected = plan.edges.iter().any(|edge| edge.from == client.node && edge.to == service.node);
    // It calls it, but not in a plain series of calls.
    if expected && found.is_none() { Err(NoQueue::Callers) } else { Ok(found) }
}

/// Mean in seconds and squared coefficient of variation of an operation that does nothing but work.
fn work(plan: &Plan, op: OpIx) -> Result<(f64, f64), NoQueue> {
    let mut at = plan.operations[op.at()].entry.at();
    let (mut mean, mut variance) = (0.0, 0.0);
    loop {
        match plan.code.get(at) {
            Some(Instruction::Work(dist)) => {
                let (m, cv) = moments(&plan.dists[dist.at()]);
                mean += m;
                variance += cv * m * m;
            }
            Some(Instruction::Respond) => {}
            Some(Instruction::End) if mean > 0.0 => return Ok((mean, variance / (mean * mean))),
            _ => return Err(NoQueue::NotWork),
        }
        at += 1;
    }
}

/// Mean in seconds and squared coefficient of variation.
fn moments(dist: &Dist) -> (f64, f64) {
    let mean = dist.mean();
    let of_square = |square: f64| square / (mean * mean) - 1.0;
    let variation = match dist {
        Dist::Constant(_) => 0.0,
        Dist::Exponential(_) => 1.0,
        Dist::Uniform(low, high) => (high - low) * (high - low) / (12.0 * mean * mean),
        Dist::Erlang { k, .. } => 1.0 / f64::from(*k),
        Dist::Hyperexponential { p, first, second } => {
            of_square(2.0 * (p * first * first + (1.0 - p) * second * second))
        }
        Dist::Lognormal { sigma, .. } => libm::expm1(sigma * sigma),
        Dist::Pareto { min, alpha, max, truncated } => {
            // ∫ 2x·P(X > x) dx from 0 to the cut.
            let tail = if *alpha == 2.0 {
                2.0 * min * min * libm::log(max / min)
            } else {
                let power = libm::pow(max / min, 2.0 - alpha);
                2.0 * min * min * (power - 1.0) / (2.0 - alpha)
            };
            let gathered = min * min + tail;
            let spread = || Dist::truncated([*min, *alpha, *max], gathered, max * max);
            of_square(if *truncated { spread() } else { gathered })
        }
        Dist::Empirical(values) => {
            let mut before = 0.0;
            let squares = values.iter().map(|(value, cumulative)| {
                let weight = cumulative - std::mem::replace(&mut before, *cumulative);
                weight * value.0 as f64 * value.0 as f64
            });
            of_square(squares.sum())
        }
    };
    (mean / 1e9, variation.max(0.0))
}
