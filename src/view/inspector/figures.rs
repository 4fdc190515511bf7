//! Live numbers of nodes, links and messages, each with the chart that explains it.

use super::ways;
use crate::base::{EdgeIx, LinkIx, NodeIx, SimDuration, SimTime};
use crate::scenario::{EdgePlan, NodeKind};
use crate::session::Lane;
use crate::telemetry::STRETCHES;
use crate::view::chart::ChartKind;
use crate::view::name;
use crate::view::words::inspector::figure as said;
use crate::view::{format, reading, words};

/// A live number.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it is.
    pub label: String,
    /// How much, with its unit.
    pub value: String,
    /// Which chart explains it, if one does.
    pub chart: Option<Explains>,
}

/// What a chart explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Explains {
    /// What users get: offered, good, late, failed.
    Answers,
    /// How long answers take.
    Latency,
    /// Jobs in waiting rooms, messages in queues.
    Waiting,
    /// Workers busy and blocked.
    Workers,
    /// The states of circuit breakers.
    Breakers,
    /// How far consumer groups are behind.
    Lag,
    /// How far copies and read models are behind.
    Staleness,
}

impl Explains {
    /// The place of that chart among the page's.
    pub fn place(self) -> Option<usize> {
        let chart = self.chart()?;
        ChartKind::ALL.iter().position(|kind| *kind == chart)
    }

    /// The chart of the page that shows it, if it has one.
    pub fn chart(self) -> Option<ChartKind> {
        match self {
            Explains::Answers => Some(ChartKind::Answers),
            Explains::Latency => Some(ChartKind::Latency),
            Explains::Waiting => Some(ChartKind::Waiting),
            Explains::Workers => Some(ChartKind::Workers),
            Explains::Breakers => Some(ChartKind::Breakers),
            Explains::Lag => Some(ChartKind::Lag),
            Explains::Staleness => Some(ChartKind::Staleness),
        }
    }
}

/// Figures in the making.
#[derive(Default)]
struct Figures(Vec<Figure>);

impl Figures {
    fn add(&mut self, label: &str, chart: impl Into<Option<Explains>>, write: impl FnOnce(&mut String)) {
        let (label, value, chart) = (label.to_owned(), format::string(write), chart.into());
        self.0.push(Figure { label, value, chart });
    }

    fn count(&mut self, label: &str, chart: impl Into<Option<Explains>>, count: u64) {
        self.add(label, chart, |out| format::count(out, count));
    }

    /// A count that says something only where it is not zero.
    fn some(&mut self, label: &str, chart: impl Into<Option<Explains>>, count: u64) {
        if count > 0 {
            self.count(label, chart, count);
        }
    }

    fn rate(&mut self, label: &str, chart: impl Into<Option<Explains>>, rate: f64) {
        self.add(label, chart, |out| format::rate(out, rate));
    }

    fn length(&mut self, label: &str, chart: impl Into<Option<Explains>>, length: SimDuration) {
        self.add(label, chart, |out| format::duration(out, length));
    }

    fn millis(&mut self, label: &str, chart: impl Into<Option<Explains>>, millis: f64) {
        self.length(label, chart, SimDuration::from_secs(millis / 1000.0));
    }

    /// So many of so many.
    fn of(&mut self, label: &str, chart: impl Into<Option<Explains>>, part: u64, whole: Option<u64>) {
        self.add(label, chart, |out| {
            format::count(out, part);
            if let Some(whole) = whole {
                out.push_str(said::OF);
                format::count(out, whole);
            }
        });
    }
}

/// What is measured at a node. Counts are since the start, rates over the last moments.
pub(super) fn of_node(lane: &Lane, kind: NodeKind, speed: f64) -> Vec<Figure> {
    let mut out = Figures::default();
    match kind {
        NodeKind::Client(client) => {
            let now = reading::client(lane, client, speed);
            out.rate(said::OFFERED, Explains::Answers, now.offered);
            out.rate(said::GOOD, Explains::Answers, now.good);
            out.rate(said::LATE, Explains::Answers, now.late);
            out.rate(said::DEGRADED, Explains::Answers, now.degraded);
            out.rate(said::FAILED, Explains::Answers, now.failed);
            if let Some(p99) = now.p99 {
                out.length(said::P99, Explains::Latency, p99);
            }
            out.count(said::OPEN, None, now.open);
            if let Some(users) = now.users {
                out.count(said::USERS, None, users.into());
            }
            let all = lane.telemetry().statistics().client(client, lane.simulation().now());
            out.millis(said::P50, Explains::Latency, all.latency_ms.p50);
        }
        NodeKind::Service(service) => of_service(&mut out, lane, service),
        NodeKind::Queue(queue) => {
            let (now, all) = (
                reading::queue(lane, queue),
                lane.telemetry().statistics().queue(queue, lane.simulation().now()),
            );
            out.of(said::READY, Explains::Waiting, now.ready.into(), None);
            out.of(said::UNACKED, Explains::Waiting, now.unacked.into(), Some(now.prefetch));
            if let Some(oldest) = now.oldest {
                out.length(said::OLDEST, Explains::Waiting, oldest);
            }
            out.count(said::PUBLISHED, Explains::Waiting, all.published);
            out.count(said::DELIVERED, None, all.delivered);
            out.count(said::ACKED, None, all.acked);
            out.some(said::REDELIVERED, None, all.redelivered);
            out.some(said::REJECTED, Explains::Answers, all.rejected);
            out.some(said::DROPPED, None, all.dropped);
            out.some(said::EXPIRED, None, all.expired);
            out.some(said::DEAD_LETTERED, None, all.dead_lettered);
        }
        NodeKind::Exchange(exchange) => {
            let all = lane.telemetry().statistics().exchange(exchange);
            out.count(said::PUBLISHED, None, all.published);
            out.count(said::ROUTED, None, all.routed);
            out.count(said::UNROUTABLE, None, all.unroutable);
        }
        NodeKind::Store(store) => of_store(&mut out, lane, store),
        NodeKind::Log(log) => {
            let (statistics, now) = (lane.telemetry().statistics(), lane.simulation().log(log));
            let all = statistics.log(lane.plan(), log);
            out.count(said::APPENDED, None, all.appended);
            out.count(said::LAG, Explains::Lag, statistics.log_summary(log).1);
            out.of(said::LEADERLESS, None, now.leaderless.into(), Some(now.partitions.into()));
            out.count(said::DELIVERED, None, all.delivered);
            out.some(said::LEADERS, None, all.leader_changes);
            out.some(said::REBALANCES, Explains::Lag, all.rebalances.0.iter().map(|(_, count)| count).sum());
            out.some(said::REDELIVERED, None, all.duplicates);
            out.some(said::REJECTED, Explains::Answers, all.refused);
            out.some(said::LOST, None, all.lost);
        }
    }
    out.0
}

fn of_service(out: &mut Figures, lane: &Lane, service: crate::base::ServiceIx) {
    let simulation = lane.simulation();
    let plan = &lane.plan().services[service.at()];
    let states = || (0..simulation.replicas(service)).map(|replica| simulation.replica(service, replica));
    let sum = |each: fn(&crate::observation::ReplicaState) -> u32| {
        states().map(|state| u64::from(each(&state))).sum::<u64>()
    };
    let standing = states().filter(|state| !state.crashed).count() as u64;
    let workers = states().filter(|state| !state.crashed).map(|state| u64::from(state.workers)).sum::<u64>();
    let (busy, blocked) = (sum(|state| state.busy), sum(|state| state.blocked));
    let room = plan.queue.map(|places| u64::from(places) * standing);
    out.of(said::BUSY, Explains::Workers, busy, Some(workers));
    out.of(said::BLOCKED, Explains::Workers, blocked, Some(workers));
    out.count(said::FREE, Explains::Workers, workers.saturating_sub(busy + blocked));
    out.of(said::WAITING, Explains::Waiting, sum(|state| state.waiting), room);
    let all = lane.telemetry().statistics().service(lane.plan(), service, simulation.now());
    out.add(said::UTILIZATION, Explains::Workers, |text| format::percent(text, all.utilization));
    out.millis(said::WAIT, Explains::Waiting, all.waiting_ms.mean);
    out.millis(said::RESPONSE, Explains::Latency, all.response_ms.p99);
    out.count(said::COMPLETED, Explains::Answers, all.completed);
    out.count(said::FAILED, Explains::Answers, all.failed);
    out.some(said::REJECTED, Explains::Answers, all.rejected);
    out.some(said::SHED, Explains::Waiting, all.shed);
    out.some(said::WASTED, Explains::Answers, all.wasted);
}

fn of_store(out: &mut Figures, lane: &Lane, store: crate::base::StoreIx) {
    let simulation = lane.simulation();
    let now = simulation.store(store);
    let all = lane.telemetry().statistics().store(store, simulation.now());
    out.of(said::CONNECTIONS, Explains::Workers, now.busy.into(), Some(now.connections.into()));
    out.count(said::WAITING, Explains::Waiting, now.waiting.into());
    out.count(said::KEYS, None, now.keys.into());
    out.count(said::VERSIONS, None, now.versions);
    out.count(said::READS, None, all.reads);
    out.count(said::WRITES, None, all.writes);
    out.count(said::STALE, Explains::Staleness, all.stale_reads);
    if all.stale_reads > 0 {
        out.millis(said::STALENESS, Explains::Staleness, all.staleness_ms.p99);
    }
    out.some(said::DUPLICATES, None, all.duplicate_effects);
    out.some(said::LOST_UPDATES, None, all.lost_updates);
}

/// What is measured between two nodes: messages in both directions, and the calls.
pub(super) fn of_link(lane: &Lane, between: (NodeIx, NodeIx)) -> Vec<Figure> {
    let (plan, telemetry) = (lane.plan(), lane.telemetry());
    let mut out = Figures::default();
    let link = |(from, to)| plan.link(from, to);
    let links: Vec<LinkIx> = ways(between).filter_map(link).collect();
    for (label, way) in [said::SENT_RATE, said::BACK_RATE].into_iter().zip(ways(between)) {
        if let Some(link) = link(way) {
            out.rate(label, Explains::Answers, telemetry.traffic().rate(link, STRETCHES));
        }
    }
    let under_way = lane.simulation().flights().filter(|flight| links.contains(&flight.link)).count();
    out.count(said::OPEN, None, under_way as u64);
    out.some(said::LOST, None, links.iter().flat_map(|&link| telemetry.recent().vanished(link)).sum());
    let runs = |edge: &EdgePlan| ways(between).any(|way| way == (edge.from, edge.to));
    for (at, edge) in plan.edges.iter().enumerate().filter(|(_, edge)| runs(edge)) {
        let all = telemetry.statistics().call(plan, EdgeIx(at as u32));
        // Which operation is said only where it is not the one that is used where none is named.
        let is_default = plan.operations[edge.op.at()].name == DEFAULT;
        let named = name::operation(plan, edge.op);
        let named = if is_default { String::new() } else { [" (", named, ")"].concat() };
        let label = |what: &str| [what, &named].concat();
        out.count(&label(said::CALLS), Explains::Answers, all.calls);
        out.count(&label(said::ATTEMPTS), Explains::Answers, all.attempts);
        out.some(&label(said::RETRIES), Explains::Answers, all.retries);
        out.count(&label(said::OK), Explains::Answers, all.ok);
        out.count(&label(said::CALLS_FAILED), Explains::Answers, all.failed.total());
        for (reason, count) in crate::observation::Failure::ALL.into_iter().zip(all.failed.0) {
            out.some(&label(words::failure(reason)), Explains::Answers, count);
        }
        out.millis(&label(said::CALL_P99), Explains::Latency, all.latency_ms.p99);
    }
    out.0
}

/// The operation that is used where none is named.
const DEFAULT: &str = "default";

/// What is known of a message under way; nothing where it is no longer.
pub(super) fn of_message(lane: &Lane, message: u64) -> Vec<Figure> {
    let (simulation, mut out) = (lane.simulation(), Figures::default());
    let Some(flight) = simulation.flights().find(|flight| flight.message == message) else {
        return out.0;
    };
    let now = simulation.now();
    out.count(said::REQUEST, None, flight.request);
    out.count(said::ATTEMPT, None, flight.attempt.into());
    out.length(said::TRAVELLED, None, now.since(flight.sent));
    out.length(said::ARRIVES, None, flight.arrives.since(now));
    if flight.times_out != SimTime::NEVER {
        out.length(said::PATIENCE, Explains::Latency, flight.times_out.since(now));
    }
    out.0
}
