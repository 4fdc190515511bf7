//! Readings: what the cards of a lane show at this instant, taken from its state and its measurements.

use super::card_client::ClientReading;
use super::card_plain::PlainReading;
use super::card_queue::QueueReading;
use super::card_service::{MOST_CHIPS, ServiceReading};
use crate::base::{ClientIx, LogIx, NodeIx, QueueIx, ServiceIx, SimDuration, SimTime, StoreIx};
use crate::scenario::{Fault, NodeKind, Plan, ServicePlan};
use crate::session::Lane;
use crate::telemetry::Window;

/// Rates on cards are means over at least so many windows, and over what passes in one second on screen.
const LEAST_WINDOWS: usize = 4;
/// And over at most so many.
const MOST_WINDOWS: usize = 40;

/// What a client offers and what its users felt over the last windows that were closed: `speed` says how much
/// simulated time passes in a second on screen, so that fast playback shows steadier numbers.
pub fn client(lane: &Lane, client: ClientIx, speed: f64) -> ClientReading {
    let span = (speed / lane.telemetry().windows().width().as_secs()) as usize;
    let sum = last(lane, span.clamp(LEAST_WINDOWS, MOST_WINDOWS), Some(client));
    let surge: f64 = faults(lane)
        .map(|fault| match fault {
            Fault::Surge { client: whom, factor } if *whom == client => *factor,
            _ => 1.0,
        })
        .product();
    ClientReading {
        offered: sum.rate(sum.offered),
        good: sum.rate(sum.good),
        late: sum.rate(sum.late),
        degraded: sum.rate(sum.degraded),
        failed: sum.rate(sum.failed),
        p99: sum.percentile(2),
        open: lane.simulation().open_requests(client),
        surge: (surge != 1.0).then_some(surge),
    }
}

/// What the last `count` closed windows hold together, of one client or of all. Before the first window closes
/// the open one has to do, once it says something.
pub(super) fn last(lane: &Lane, count: usize, client: Option<ClientIx>) -> Sum {
    let windows = lane.telemetry().windows();
    let now = lane.simulation().now();
    let mut sum = Sum::default();
    for window in windows.closed().rev().take(count) {
        sum.add(window, client);
    }
    if sum.length == SimDuration::ZERO && now > SimTime(windows.width().0 / 5) {
        sum.add(&windows.open(now), client);
    }
    sum
}

/// Several windows together.
#[derive(Default)]
pub(super) struct Sum {
    pub(super) length: SimDuration,
    offered: u64,
    pub(super) good: u64,
    late: u64,
    degraded: u64,
    pub(super) failed: u64,
    /// Jobs that services ended for nobody.
    pub(super) wasted: u64,
    /// Workers blocked, times seconds.
    blocked: f64,
    /// Sums of the windows' percentiles, weighted by their answers, and the weights.
    latency: ([f64; 3], f64),
}

impl Sum {
    fn add(&mut self, window: &Window, client: Option<ClientIx>) {
        let length = window.end.since(window.start);
        self.length = self.length + length;
        let chosen = window.clients.iter().enumerate();
        for (_, client) in chosen.filter(|(at, _)| client.is_none_or(|client| client.at() == *at)) {
            self.offered += u64::from(client.offered);
            self.good += u64::from(client.good);
            self.late += u64::from(client.late);
            self.degraded += u64::from(client.degraded);
            self.failed += client.failed.iter().map(|&count| u64::from(count)).sum::<u64>();
            if let Some(latency) = client.latency {
                let answers = f64::from(client.good) + f64::from(client.late) + f64::from(client.degraded);
                let weight = answers.max(1.0);
                for (sum, value) in self.latency.0.iter_mut().zip(latency) {
                    *sum += value.0 as f64 * weight;
                }
                self.latency.1 += weight;
            }
        }
        for service in &window.services {
            self.wasted += u64::from(service.wasted);
            self.blocked += service.blocked * length.as_secs();
        }
    }

    /// Events per second; 0 before there is any time.
    pub(super) fn rate(&self, count: u64) -> f64 {
        let seconds = self.length.as_secs();
        if seconds > 0.0 { count as f64 / seconds } else { 0.0 }
    }

    /// Mean number of blocked workers.
    pub(super) fn blocked(&self) -> f64 {
        let seconds = self.length.as_secs();
        if seconds > 0.0 { self.blocked / seconds } else { 0.0 }
    }

    /// The mean of the windows' 50th, 95th or 99th percentiles (`which` 0 to 2), weighted by their answers; none
    /// without an answer.
    pub(super) fn percentile(&self, which: usize) -> Option<SimDuration> {
        let (sums, weight) = self.latency;
        (weight > 0.0).then(|| SimDuration((sums[which] / weight) as u64))
    }
}

/// All services of a lane, by [`ServiceIx`].
pub fn services(lane: &Lane) -> Vec<ServiceReading> {
    let plan = lane.plan();
    let mut readings: Vec<ServiceReading> = plan
        .services
        .iter()
        .enumerate()
        .map(|(at, service)| self::service(lane, ServiceIx(at as u32), service))
        .collect();
    for edge in &plan.edges {
        let (NodeKind::Service(from), NodeKind::Service(to)) =
            (plan.nodes[edge.from.at()].kind, plan.nodes[edge.to.at()].kind)
        else {
            continue;
        };
        let caller = &readings[from.at()];
        let stuck = caller.workers > 0 && caller.blocked >= caller.workers;
        let callee = &mut readings[to.at()];
        // Idle, and one who would call it has not a single worker left to do so.
        callee.starving |=
            stuck && callee.waiting == 0 && (callee.busy + callee.blocked) * 4 <= callee.workers;
    }
    readings
}

/// One service, all replicas together.
fn service(lane: &Lane, service: ServiceIx, plan: &ServicePlan) -> ServiceReading {
    let simulation = lane.simulation();
    let mut reading = ServiceReading { replicas: simulation.replicas(service), ..ServiceReading::default() };
    let mut standing = 0;
    for replica in 0..reading.replicas {
        let state = simulation.replica(service, replica);
        reading.busy = reading.busy.saturating_add(state.busy);
        reading.blocked = reading.blocked.saturating_add(state.blocked);
        reading.waiting += u64::from(state.waiting);
        reading.paused |= state.paused;
        if state.crashed {
            reading.crashed += 1;
        } else {
            reading.workers = reading.workers.saturating_add(state.workers);
            standing += 1;
        }
        if (2..=MOST_CHIPS).contains(&reading.replicas) {
            reading.chips.push(state);
        }
    }
    reading.room = plan.queue.map(|places| u64::from(places) * standing);
    let mut slow = 1.0;
    let mut fine = 1.0;
    for fault in faults(lane) {
        match fault {
            Fault::Slow { node: whom, factor } if *whom == plan.node => slow *= factor,
            Fault::Error { node: whom, probability } if *whom == plan.node => fine *= 1.0 - probability,
            _ => {}
        }
    }
    reading.slow = (slow != 1.0).then_some(slow);
    reading.errors = 1.0 - fine;
    reading
}

/// A queue.
pub fn queue(lane: &Lane, queue: QueueIx) -> QueueReading {
    let plan = lane.plan();
    let state = lane.simulation().queue(queue);
    let prefetch = plan.queues[queue.at()]
        .consumers
        .iter()
        .filter_map(|&(service, place)| {
            let service = plan.services.get(service.at())?;
            let consumer = service.consumes.get(place as usize)?;
            Some(u64::from(consumer.prefetch) * u64::from(service.replicas))
        })
        .sum();
    QueueReading {
        ready: state.ready,
        unacked: state.unacked,
        prefetch,
        oldest: state.oldest.map(|since| lane.simulation().now().since(since)),
        paused: state.paused,
    }
}

/// A store.
pub fn store(lane: &Lane, store: StoreIx) -> PlainReading {
    use super::card::State;
    use super::theme::Token;
    use super::words::{card, state};
    let now = lane.simulation().store(store);
    let figures = lane.telemetry().statistics().store(store, lane.simulation().now());
    PlainReading {
        numbers: vec![
            (now.busy.into(), card::CONNECTIONS),
            (now.waiting.into(), card::WAITING),
            (figures.stale_reads, card::STALE),
            (now.keys.into(), card::KEYS),
        ],
        state: match (now.crashed, now.paused) {
            (true, _) => State::new(state::CRASHED, Token::Failed),
            (_, true) => State::new(state::PAUSED, Token::Failed),
            _ => State::default(),
        },
    }
}

/// A log.
pub fn log(lane: &Lane, log: LogIx) -> PlainReading {
    use super::card::State;
    use super::theme::Token;
    use super::words::{card, state};
    let now = lane.simulation().log(log);
    let (appended, lag) = lane.telemetry().statistics().log_summary(log);
    PlainReading {
        numbers: vec![(lag, card::LAG), (appended, card::RECORDS), (now.partitions.into(), card::PARTITIONS)],
        state: match (now.paused, now.leaderless > 0, now.rebalancing) {
            (true, _, _) => State::new(state::PAUSED, Token::Failed),
            (_, true, _) => State::new(state::LEADERLESS, Token::Failed),
            (_, _, true) => State::new(state::REBALANCING, Token::Late),
            _ => State::default(),
        },
    }
}

/// Faults that are on.
pub(super) fn faults(lane: &Lane) -> impl Iterator<Item = &Fault> {
    lane.simulation().faults().map(|(_, fault)| fault)
}

/// Where a node was asked to stand (`view.positions` of the scenario), by [`NodeIx`].
pub fn positions(lane: &Lane) -> Vec<Option<[f32; 2]>> {
    use crate::scenario::Json;
    let given = match lane.scenario().get("view.positions") {
        Some(Json::Object(members)) => members,
        _ => Vec::new(),
    };
    let place = |id: &str| {
        let (_, value) = given.iter().find(|(name, _)| name == id)?;
        match value {
            Json::Array(pair) => match pair.as_slice() {
                [Json::Number(x), Json::Number(y)] => Some([*x as f32, *y as f32]),
                _ => None,
            },
            _ => None,
        }
    };
    lane.plan().nodes.iter().map(|node| place(&node.id)).collect()
}

/// What was lost at a node since the start, with a word for why; the largest first.
pub fn losses(lane: &Lane, node: NodeIx) -> Vec<(u64, &'static str)> {
    use super::words;
    use crate::observation::Failure;
    let (plan, recent) = (lane.plan(), lane.telemetry().recent());
    let mut losses: Vec<(u64, &'static str)> = Vec::new();
    let mut by_reason = |counts: [u64; 7]| {
        losses.extend(counts.into_iter().zip(Failure::ALL.map(words::failure)));
    };
    match plan.nodes[node.at()].kind {
        NodeKind::Client(client) => by_reason(recent.failed(client)),
        NodeKind::Service(service) => {
            by_reason(recent.refused(service));
            losses.push((recent.crashed(service), words::LOST_IN_CRASH));
            losses.push((timed_out(plan, lane, node), words::CALLS_TIMED_OUT));
        }
        NodeKind::Queue(queue) => {
            losses.push((recent.publish_refused(queue), words::PUBLISH_REFUSED));
            let ways = [words::DROPPED, words::EXPIRED, words::DEAD_LETTERED];
            losses.extend(recent.discarded(queue).into_iter().zip(ways));
        }
        NodeKind::Exchange(exchange) => {
            let counts = lane.telemetry().statistics().exchange(exchange);
            losses.push((counts.unroutable, words::UNROUTABLE));
        }
        NodeKind::Store(_) => {}
        NodeKind::Log(log) => {
            let [refused, lost] = lane.telemetry().statistics().log_losses(log);
            losses.extend([(refused, words::PUBLISH_REFUSED), (lost, words::RECORDS_LOST)]);
        }
    }
    losses.retain(|&(count, _)| count > 0);
    super::order::order_by(&mut losses, &|&(count, _)| -(count as f64));
    losses
}

/// Attempts of a node's calls that timed out since the start.
fn timed_out(plan: &Plan, lane: &Lane, node: NodeIx) -> u64 {
    let recent = lane.telemetry().recent();
    let edges = plan.edges.iter().enumerate().filter(|(_, edge)| edge.from == node);
    edges.map(|(at, _)| recent.timed_out(crate::base::EdgeIx(at as u32))).sum()
}
