//! Live numbers of nodes, links and messages, each with the chart that explains it.

use super::ways;
use crate::base::{EdgeIx, LinkIx, NodeIx, SimDuration, SimTime};
use crate::observation::Failure;
use crate::scenario::{EdgePlan, NodeKind};
use crate::session::Lane;
use crate::telemetry::STRETCHES;
use crate::telemetry::metrics::{Measured, Value};
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
    pub chart: Option<ChartKind>,
}

/// Figures in the making.
#[derive(Default)]
struct Figures(Vec<Figure>);

impl Figures {
    fn add(&mut self, label: &str, chart: impl Into<Option<ChartKind>>, write: impl FnOnce(&mut String)) {
        let (label, value, chart) = (label.to_owned(), format::string(write), chart.into());
        self.0.push(Figure { label, value, chart });
    }

    fn count(&mut self, label: &str, chart: impl Into<Option<ChartKind>>, count: u64) {
        self.add(label, chart, |out| format::count(out, count));
    }

    /// A count that says something only where it is not zero.
    fn some(&mut self, label: &str, chart: impl Into<Option<ChartKind>>, count: u64) {
        if count > 0 {
            self.count(label, chart, count);
        }
    }

    fn rate(&mut self, label: &str, chart: impl Into<Option<ChartKind>>, rate: f64) {
        self.add(label, chart, |out| format::rate(out, rate));
    }

    fn length(&mut self, label: &str, chart: impl Into<Option<ChartKind>>, length: SimDuration) {
        self.add(label, chart, |out| format::duration(out, length));
    }

    fn millis(&mut self, label: &str, chart: impl Into<Option<ChartKind>>, millis: f64) {
        self.length(label, chart, SimDuration::from_secs(millis / 1000.0));
    }

    /// What the table of metrics shows of a result here. `named` follows each label.
    fn metrics<M: Measured>(&mut self, result: &M, named: &str) {
        for metric in M::METRICS {
            let (Some(figure), Some(value)) = (metric.figure, metric.value) else { continue };
            let label = [figure.label, named].concat();
            let chart = metric.chart.and_then(ChartKind::with_key);
            match value(result) {
                Value::Count(0) if figure.if_any => {}
                Value::Count(count) => self.count(&label, chart, count),
                Value::Share(share) => self.add(&label, chart, |text| format::percent(text, share)),
                Value::Number(number) => self.add(&label, chart, |text| format::number(text, number)),
                Value::Times(times) if figure.if_any && times.count == 0 => {}
                Value::Times(times) => {
                    self.millis(&label, chart, figure.part.of(&times).unwrap_or(times.mean));
                }
                Value::Reasons(failures) => {
                    self.count(&label, chart, failures.total());
                    for (reason, count) in Failure::ALL.into_iter().zip(failures.0) {
                        self.some(&[words::failure(reason), named].concat(), chart, count);
                    }
                }
                Value::Other => {}
            }
        }
    }

    /// So many of so many.
    fn of(&mut self, label: &str, chart: impl Into<Option<ChartKind>>, part: u64, whole: Option<u64>) {
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
            out.rate(said::OFFERED, ChartKind::Answers, now.offered);
            out.rate(said::GOOD, ChartKind::Answers, now.good);
            out.rate(said::LATE, ChartKind::Answers, now.late);
            out.rate(said::DEGRADED, ChartKind::Answers, now.degraded);
            out.rate(said::FAILED, ChartKind::Answers, now.failed);
            if let Some(p99) = now.p99 {
                out.length(said::P99, ChartKind::Latency, p99);
            }
            out.count(said::OPEN, None, now.open);
            if let Some(users) = now.users {
                out.count(said::USERS, None, users.into());
            }
            let all = lane.telemetry().statistics().client(client, lane.snapshot().now());
            out.metrics(&all, "");
        }
        NodeKind::Service(service) => of_service(&mut out, lane, service),
        NodeKind::Queue(queue) => {
            let (now, all) = (
                reading::queue(lane, queue),
                lane.telemetry().statistics().queue(queue, lane.snapshot().now()),
            );
            out.of(said::READY, ChartKind::Waiting, now.ready.into(), None);
            out.of(said::UNACKED, ChartKind::Waiting, now.unacked.into(), Some(now.prefetch));
            if let Some(oldest) = now.oldest {
                out.length(said::OLDEST, ChartKind::Waiting, oldest);
            }
            out.metrics(&all, "");
        }
        NodeKind::Exchange(exchange) => {
            out.metrics(&lane.telemetry().statistics().exchange(exchange), "");
        }
        NodeKind::Store(store) => of_store(&mut out, lane, store),
        NodeKind::Log(log) => {
            let (statistics, now) = (lane.telemetry().statistics(), lane.snapshot().log(log));
            let all = statistics.log(lane.plan(), log);
            out.metrics(&all, "");
            out.count(said::LAG, ChartKind::Lag, statistics.log_summary(log).1);
            out.of(said::LEADERLESS, None, now.leaderless.into(), Some(now.partitions.into()));
            out.some(said::REBALANCES, ChartKind::Lag, all.rebalances.0.iter().map(|(_, count)| count).sum());
        }
    }
    out.0
}

fn of_service(out: &mut Figures, lane: &Lane, service: crate::base::ServiceIx) {
    let snapshot = lane.snapshot();
    let plan = &lane.plan().services[service.at()];
    let states = || (0..snapshot.replicas(service)).map(|replica| snapshot.replica(service, replica));
    let sum = |each: fn(&crate::observation::ReplicaState) -> u32| {
        states().map(|state| u64::from(each(&state))).sum::<u64>()
    };
    let standing = states().filter(|state| !state.crashed).count() as u64;
    let workers = states().filter(|state| !state.crashed).map(|state| u64::from(state.workers)).sum::<u64>();
    let (busy, blocked) = (sum(|state| state.busy), sum(|state| state.blocked));
    let room = plan.queue.map(|places| u64::from(places) * standing);
    out.of(said::BUSY, ChartKind::Workers, busy, Some(workers));
    out.of(said::BLOCKED, ChartKind::Workers, blocked, Some(workers));
    out.count(said::FREE, ChartKind::Workers, workers.saturating_sub(busy + blocked));
    out.of(said::WAITING, ChartKind::Waiting, sum(|state| state.waiting), room);
    let all = lane.telemetry().statistics().service(lane.plan(), service, snapshot.now());
    out.metrics(&all, "");
}

fn of_store(out: &mut Figures, lane: &Lane, store: crate::base::StoreIx) {
    let snapshot = lane.snapshot();
    let now = snapshot.store(store);
    let all = lane.telemetry().statistics().store(store, snapshot.now());
    out.of(said::CONNECTIONS, ChartKind::Workers, now.busy.into(), Some(now.connections.into()));
    out.count(said::WAITING, ChartKind::Waiting, now.waiting.into());
    out.count(said::KEYS, None, now.keys.into());
    out.count(said::VERSIONS, None, now.versions);
    out.metrics(&all, "");
}

/// What is measured between two nodes: messages in both directions, and the calls.
pub(super) fn of_link(lane: &Lane, between: (NodeIx, NodeIx)) -> Vec<Figure> {
    let (plan, telemetry) = (lane.plan(), lane.telemetry());
    let mut out = Figures::default();
    let link = |(from, to)| plan.link(from, to);
    let links: Vec<LinkIx> = ways(between).filter_map(link).collect();
    for (label, way) in [said::SENT_RATE, said::BACK_RATE].into_iter().zip(ways(between)) {
        if let Some(link) = link(way) {
            out.rate(label, ChartKind::Answers, telemetry.traffic().rate(link, STRETCHES));
        }
    }
    let under_way = lane.snapshot().flights().filter(|flight| links.contains(&flight.link)).count();
    out.count(said::OPEN, None, under_way as u64);
    out.some(said::LOST, None, links.iter().flat_map(|&link| telemetry.recent().vanished(link)).sum());
    let runs = |edge: &EdgePlan| ways(between).any(|way| way == (edge.from, edge.to));
    for (at, edge) in plan.edges.iter().enumerate().filter(|(_, edge)| runs(edge)) {
        let all = telemetry.statistics().call(plan, EdgeIx(at as u32));
        // Which operation is said only where it is not the one that is used where none is named.
        let is_default = plan.operations[edge.op.at()].name == DEFAULT;
        let named = name::operation(plan, edge.op);
        let named = if is_default { String::new() } else { [" (", named, ")"].concat() };
        out.metrics(&all, &named);
    }
    out.0
}

/// The operation that is used where none is named.
const DEFAULT: &str = "default";

/// What is known of a message under way; nothing where it is no longer.
pub(super) fn of_message(lane: &Lane, message: u64) -> Vec<Figure> {
    let (snapshot, mut out) = (lane.snapshot(), Figures::default());
    let Some(flight) = snapshot.flights().find(|flight| flight.message == message) else {
        return out.0;
    };
    let now = snapshot.now();
    out.count(said::REQUEST, None, flight.request);
    out.count(said::ATTEMPT, None, flight.attempt.into());
    out.length(said::TRAVELLED, None, now.since(flight.sent));
    out.length(said::ARRIVES, None, flight.arrives.since(now));
    if flight.times_out != SimTime::NEVER {
        out.length(said::PATIENCE, ChartKind::Latency, flight.times_out.since(now));
    }
    out.0
}
