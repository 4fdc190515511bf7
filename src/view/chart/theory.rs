//! Theory beside practice: what queueing theory predicts for a service that is a textbook queue, and why others are none.
//!
//! Poisson arrivals at a constant rate, independent work, c workers, one waiting room, nothing broken. Formulas: A. K.
//! Erlang 1917 (M/M/c); F. Pollaczek 1930, A. Khinchine 1932 (M/G/1); A. Allen, J. Cunneen (M/G/c, an approximation,
//! exact for M/M/c and M/G/1).

use crate::base::{CallIx, Dist, OpIx, ServiceIx, SimDuration};
use crate::scenario::{ArrivalPlan, Balance, ClientPlan, Discipline, Instruction, Plan, ServicePlan};
use crate::session::{Lane, Session};
use crate::view::format;
use crate::view::words::{self, theory as said};

use super::kind::{ChartId, ChartKind};

/// A textbook queue with the numbers put in: rates per second, times in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Theory {
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

impl Theory {
    /// Share of the time that a worker computes.
    pub fn utilization(&self) -> f64 {
        self.arrivals / (self.service * f64::from(self.workers))
    }

    /// Erlang C: the probability that a job finds no worker free.
    pub fn waits(&self) -> f64 {
        let offered = self.arrivals / self.service;
        // Erlang B, by its recursion.
        let full = (1..=self.workers).fold(1.0, |b, n| offered * b / (f64::from(n) + offered * b));
        full / (1.0 - self.utilization() * (1.0 - full))
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

    /// "M/M/4".
    pub fn name(&self) -> String {
        format::string(|out| {
            out.push_str(match self.variation {
                1.0 => said::MARKOV,
                0.0 => said::FIXED,
                _ => said::GENERAL,
            });
            format::count(out, self.workers.into());
        })
    }

    /// The formula and the same with the numbers put in: "M/M/4, Erlang C: Wq = C(c, a) / (cµ − λ) = …".
    pub fn formula(&self) -> String {
        let (one, markov) = (self.workers == 1, self.variation == 1.0);
        format::string(|out| {
            out.push_str(&self.name());
            out.push_str(match (one, markov) {
                (true, true) => said::ONE,
                (true, false) => said::POLLACZEK,
                (false, true) => said::ERLANG,
                (false, false) => said::ALLEN,
            });
            let number = |out: &mut String, value: f64| format::fixed(out, value, 3);
            if one {
                number(out, self.utilization());
            } else {
                number(out, self.waits());
            }
            if one && !markov {
                out.push_str(" · (1 + ");
                number(out, self.variation);
                out.push_str(") / (2 · (");
            } else {
                out.push_str(" / (");
            }
            if !one {
                format::count(out, self.workers.into());
                out.push_str(" · ");
            }
            format::number(out, self.service);
            out.push_str("/s − ");
            format::rate(out, self.arrivals);
            out.push_str(if one && !markov { "))" } else { ")" });
            if !one && !markov {
                out.push_str(" · (1 + ");
                number(out, self.variation);
                out.push_str(") / 2");
            }
            out.push_str(if one || markov { " = " } else { " ≈ " });
            format::duration(out, SimDuration::from_secs(self.wait()));
            out.push_str(said::WAITING);
            format::number(out, self.waiting());
        })
    }
}

/// Lines above this share of their room are taken for cut by it.
const TAIL: f64 = 0.001;
/// A client's program is followed for so many calls at most.
const MOST_CALLS: usize = 32;

/// The textbook queue that a service is, or why it is none.
pub fn theory(lane: &Lane, service: ServiceIx) -> Result<Theory, &'static str> {
    let plan = lane.plan();
    let found = queue(plan, service, 0)?;
    if lane.simulation().faults().next().is_some() {
        return Err(said::FAULTY);
    }
    if found.utilization() >= 1.0 {
        return Err(said::OVERLOADED);
    }
    // P(line longer than the room) of M/M/c: C·ρ^room.
    let room = plan.services[service.at()].queue.map(f64::from);
    if room.is_some_and(|room| found.waits() * libm::pow(found.utilization(), room) > TAIL) {
        return Err(said::BOUNDED);
    }
    Ok(found)
}

/// What a plan makes of a service, whatever the load and the faults.
fn queue(plan: &Plan, at: ServiceIx, depth: usize) -> Result<Theory, &'static str> {
    let service = &plan.services[at.at()];
    if service.discipline == Discipline::ProcessorSharing {
        return Err(said::SHARING);
    }
    let steady = service.autoscale.is_none() && service.discovery.is_none();
    if !steady || service.replicas > 1 && service.balance != Balance::Random {
        return Err(said::REPLICAS);
    }
    if service.admits.is_some() || service.shed_above.is_some() {
        return Err(said::GUARDED);
    }
    let from_client = |from: &crate::base::NodeIx| plan.clients.iter().any(|client| client.node == *from);
    let mut edges = plan.edges.iter().filter(|edge| edge.to == service.node);
    if !service.consumes.is_empty() || edges.any(|edge| !from_client(&edge.from)) {
        return Err(said::CALLERS);
    }
    let mut rate = 0.0;
    let mut called: Option<OpIx> = None;
    for client in &plan.clients {
        let Some(op) = calls(plan, client, service, depth)? else { continue };
        if called.replace(op).is_some_and(|before| before != op) {
            return Err(said::NOT_WORK);
        }
        rate += constant_rate(client)?;
    }
    let op = called.ok_or(said::CALLERS)?;
    let (mean, variation) = work(plan, op)?;
    Ok(Theory {
        workers: service.workers,
        arrivals: rate / f64::from(service.replicas),
        service: 1.0 / mean,
        variation,
        replicas: service.replicas,
    })
}

/// The rate of a client whose requests come by chance at one constant rate.
fn constant_rate(client: &ClientPlan) -> Result<f64, &'static str> {
    match &client.arrivals {
        ArrivalPlan::Open { profile, even: false } if !client.propagate => {
            let first = profile.first().map_or(0.0, |(_, rate)| *rate);
            let constant = profile.iter().all(|(_, rate)| *rate == first);
            if constant { Ok(first) } else { Err(said::NOT_POISSON) }
        }
        _ => Err(said::NOT_POISSON),
    }
}

/// Which operation of a service each request of a client calls: exactly once, straight or after textbook queues with
/// exponential work (whose departures are Poisson again: P. J. Burke 1956); none where it does not call it.
fn calls(
    plan: &Plan,
    client: &ClientPlan,
    service: &ServicePlan,
    depth: usize,
) -> Result<Option<OpIx>, &'static str> {
    let mut found = None;
    let mut at = client.entry;
    for _ in 0..MOST_CALLS {
        let Some(Instruction::Call(call)) = plan.code.get(at.at()).copied() else { break };
        let CallIx(number) = call;
        let call = &plan.calls[number as usize];
        let called = plan.operations[call.op.at()].service;
        if plan.services[called.at()].node == service.node {
            if found.replace(call.op).is_some() {
                return Err(said::CALLERS);
            }
            if call.retry.attempts > 1 {
                return Err(said::AGAIN);
            }
            if call.policies.is_some() {
                return Err(said::GUARDED);
            }
            if plan.links[call.out.at()].loss > 0.0 {
                return Err(said::LOSSY);
            }
        } else if found.is_none()
            && plan.edges.iter().any(|edge| edge.from == client.node && edge.to == service.node)
        {
            // What comes before decides how requests come here.
            let before =
                if depth < MOST_CALLS { queue(plan, called, depth + 1)? } else { return Err(said::CALLERS) };
            if before.variation != 1.0 || before.utilization() >= 1.0 || call.retry.attempts > 1 {
                return Err(said::NOT_POISSON);
            }
        }
        at = call.next;
    }
    let expected = plan.edges.iter().any(|edge| edge.from == client.node && edge.to == service.node);
    // It calls it, but not in a plain series of calls.
    if expected && found.is_none() { Err(said::CALLERS) } else { Ok(found) }
}

/// Mean in seconds and squared coefficient of variation of an operation that does nothing but work.
fn work(plan: &Plan, op: OpIx) -> Result<(f64, f64), &'static str> {
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
            _ => return Err(said::NOT_WORK),
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
        Dist::Pareto { min, alpha, max } => {
            // ∫ 2x·P(X > x) dx from 0 to the cut.
            let tail = if *alpha == 2.0 {
                2.0 * min * min * libm::log(max / min)
            } else {
                let power = libm::pow(max / min, 2.0 - alpha);
                2.0 * min * min * (power - 1.0) / (2.0 - alpha)
            };
            of_square(min * min + tail)
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

/// The service that a chart is of: the node's, or the only one that there is.
pub(super) fn service_of(plan: &Plan, id: &ChartId) -> Option<ServiceIx> {
    let mut all = 0..plan.services.len();
    let at = match &id.of {
        Some(node) => all.find(|at| plan.id(plan.services[*at].node) == node.as_str())?,
        None if all.len() == 1 => 0,
        None => return None,
    };
    Some(ServiceIx(at as u32))
}

/// What theory says of the service that a chart is of, a line for each lane that is shown: the formula with its numbers,
/// or why there is none. Empty where the chart is of no single service, or not of waiting.
pub fn explained(session: &Session, shown: &[usize], id: &ChartId) -> Vec<String> {
    if !matches!(id.kind, ChartKind::Wait | ChartKind::Waiting) {
        return Vec::new();
    }
    let lanes = session.lanes().iter().enumerate().filter(|(at, _)| shown.contains(at));
    let said = lanes.filter_map(|(at, lane)| {
        let service = service_of(lane.plan(), id)?;
        let mut line = String::new();
        if shown.len() > 1 {
            line.push_str(words::LETTERS.get(at).copied().unwrap_or(""));
            line.push_str(": ");
        }
        match theory(lane, service) {
            Ok(theory) => line.push_str(&theory.formula()),
            Err(why) => {
                line.push_str(said::NONE);
                line.push_str(why);
            }
        }
        Some(line)
    });
    said.collect()
}
