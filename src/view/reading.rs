//! Readings: what the cards of a lane show at this instant, taken from its state and its measurements.

use super::card::State;
use super::card_client::ClientReading;
use super::card_service::{MOST_CHIPS, ServiceReading};
use super::format;
pub use super::reading_messaging::{log, queue, store};
use super::theme::Token;
use super::words::{card, state};
use crate::base::{ClientIx, NodeIx, ServiceIx, SimDuration, SimTime};
use crate::scenario::{ArrivalPlan, Fault, NodeKind, Plan, Scenario, ServicePlan};
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
        open: lane.snapshot().open_requests(client),
        surge: (surge != 1.0).then_some(surge),
        poison: poison(lane, client),
        users: match lane.plan().clients[client.at()].arrivals {
            ArrivalPlan::Closed { users, .. } => Some(users),
            _ => None,
        },
    }
}

/// How likely a client's requests are poison, by faults.
fn poison(lane: &Lane, client: ClientIx) -> f64 {
    let harmless = |fault: &Fault| match fault {
        Fault::Poison { client: whom, probability } if *whom == client => 1.0 - probability,
        _ => 1.0,
    };
    1.0 - faults(lane).map(harmless).product::<f64>()
}

/// What the last `count` closed windows hold together, of one client or of all. Before the first window closes
/// the open one has to do, once it says something.
pub(super) fn last(lane: &Lane, count: usize, client: Option<ClientIx>) -> Sum {
    let windows = lane.telemetry().windows();
    let now = lane.snapshot().now();
    let mut sum = Sum::default();
    for window in windows.closed().rev().take(count) {
        sum.add(window, client);
    }
    if sum.length == SimDuration::ZERO && now > SimTime(windows.width().0 / 5) {
        sum.add(&lane.telemetry().open_window(now), client);
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
    /// Sums of the windows' percentiles, weighted by their answers, and the weights.
    latency: ([f64; 3], f64),
}

impl Sum {
    fn add(&mut self, window: &Window, client: Option<ClientIx>) {
        let length = window.end.since(window.start);
        self.length = self.length + length;
        let chosen = window.clients.iter().enumerate();
        for (at, client) in chosen.filter(|(at, _)| client.is_none_or(|client| client.at() == *at)) {
            self.offered += u64::from(client.offered);
            self.good += u64::from(client.good);
            self.late += u64::from(client.late);
            self.degraded += u64::from(client.degraded);
            self.failed += client.failed.iter().map(|&count| u64::from(count)).sum::<u64>();
            if let Some(percentiles) = window.percentiles[at] {
                let weight = f64::from(client.latency).max(1.0);
                for (sum, value) in self.latency.0.iter_mut().zip(percentiles) {
                    *sum += value.0 as f64 * weight;
                }
                self.latency.1 += weight;
            }
        }
    }

    /// Events per second; 0 before there is any time.
    pub(super) fn rate(&self, count: u64) -> f64 {
        let seconds = self.length.as_secs();
        if seconds > 0.0 { count as f64 / seconds } else { 0.0 }
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
    let snapshot = lane.snapshot();
    let mut reading = ServiceReading { replicas: snapshot.replicas(service), ..ServiceReading::default() };
    let mut standing = 0;
    for replica in 0..reading.replicas {
        let state = snapshot.replica(service, replica);
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
        if reading.replicas <= MOST_CHIPS {
            reading.chips.push(state);
        }
    }
    reading.room = plan.queue.map(|places| u64::from(places) * standing);
    let (slow, errors) = work_faults(lane, plan.node);
    reading.slow = (slow != 1.0).then_some(slow);
    reading.errors = errors;
    let scaling = snapshot.scaling(service);
    (reading.starting, reading.leaving) = (scaling.starting, scaling.leaving);
    if scaling.starting > 0 {
        let left = scaling.ready_at.since(snapshot.now());
        let whole = plan.autoscale.map_or(left, |scale| scale.startup).0.max(1);
        reading.ready_in = Some(left);
        reading.started = 1.0 - (left.0 as f64 / whole as f64).min(1.0) as f32;
    }
    reading
}

/// The state of a store by its faults, the worst first; all well without one.
pub(super) fn node_faults(lane: &Lane, node: NodeIx, crashed: bool, paused: bool) -> State {
    if crashed || paused {
        return State::new(if crashed { state::CRASHED } else { state::PAUSED }, Token::Failed);
    }
    let (slow, errors) = work_faults(lane, node);
    let mut word = String::new();
    if slow != 1.0 {
        word.push_str(state::SLOW);
        format::factor(&mut word, slow);
    }
    if errors > 0.0 {
        word.push_str(if word.is_empty() { "" } else { card::DOT });
        word.push_str(state::ERRORS);
        format::percent(&mut word, errors);
    }
    let token = (!word.is_empty()).then_some(Token::Failed);
    State { word, token }
}

/// How many times as long as usual a node's work takes, and how likely it fails, by faults.
fn work_faults(lane: &Lane, node: NodeIx) -> (f64, f64) {
    let (mut slow, mut fine) = (1.0, 1.0);
    for fault in faults(lane) {
        match fault {
            Fault::Slow { node: whom, factor } if *whom == node => slow *= factor,
            Fault::Error { node: whom, probability } if *whom == node => fine *= 1.0 - probability,
            _ => {}
        }
    }
    (slow, 1.0 - fine)
}

/// Faults that are on.
pub(super) fn faults(lane: &Lane) -> impl Iterator<Item = &Fault> {
    lane.snapshot().faults().map(|(_, fault)| fault)
}

/// Where a node was asked to stand (`view.positions` of the scenario), by [`NodeIx`].
pub fn positions(lane: &Lane) -> Vec<Option<[f32; 2]>> {
    places(lane.scenario(), lane.plan())
}

/// The same of a scenario that does not run.
pub fn places(scenario: &Scenario, plan: &Plan) -> Vec<Option<[f32; 2]>> {
    use crate::base::Json;
    let given = match scenario.get("view.positions") {
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
    plan.nodes.iter().map(|node| place(&node.id)).collect()
}

/// What was lost at a node since the start, with a word for why; the largest first.
pub fn losses(lane: &Lane, node: NodeIx) -> Vec<(u64, &'static str)> {
    use super::words;
    use crate::observation::Failure;
    let (plan, recent) = (lane.plan(), lane.telemetry().recent());
    let mut losses: Vec<(u64, &'static str)> = Vec::new();
    let mut by_reason = |counts: [u64; Failure::COUNT]| {
        losses.extend(counts.into_iter().zip(Failure::ALL.map(words::failure)));
    };
    match plan.nodes[node.at()].kind {
        NodeKind::Client(client) => by_reason(recent.failed(client)),
        NodeKind::Service(service) => {
            let (mut refused, shed) = (recent.refused(service), recent.shed(service));
            refused[Failure::Rejected as usize] -= shed;
            by_reason(refused);
            losses.push((shed, words::SHED));
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
        NodeKind::Store(store) => {
            let [_, duplicates, lost] = lane.telemetry().statistics().mishaps(store);
            losses.extend([(lost, words::LOST_UPDATES), (duplicates, words::DUPLICATE_EFFECTS)]);
        }
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
