//! Live numbers of nodes, links and messages, each with the chart that explains it.

use crate::base::{EdgeIx, LinkIx, NodeIx, SimDuration, SimTime, format};
use crate::observation::Failure;
use crate::scenario::{EdgePlan, NodeKind};
use crate::session::VariantRun;
use crate::telemetry::STRETCHES;
use crate::telemetry::metrics::{Measured, Value};
use crate::view::cards::reading;
use crate::view::charts::ChartKind;
use crate::view::stage::subject::ways;
use crate::view::words::{self, name};

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

    /// What the table of metrics shows of a result here; of calls, of which operation it is.
    fn metrics<M: Measured>(&mut self, result: &M, operation: Option<&str>) {
        let of = |figure: &str| match operation {
            Some(operation) => say!("inspector.figure-of", figure = figure, operation = operation),
            None => figure.to_owned(),
        };
        for metric in M::METRICS {
            let (Some(figure), Some(value)) = (metric.figure, metric.value) else { continue };
            let label = of(figure.label.plain());
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
                        self.some(&of(words::failure(reason)), chart, count);
                    }
                }
                Value::Other => {}
            }
        }
    }

    /// So many of so many.
    fn of(&mut self, label: &str, chart: impl Into<Option<ChartKind>>, part: u64, whole: Option<u64>) {
        self.add(label, chart, |out| match whole {
            Some(all) => say!(out => "card.part-of", part = part, all = all),
            None => format::count(out, part),
        });
    }
}

/// What is measured at a node. Counts are since the start, rates over the last moments.
pub(super) fn of_node(variant: &VariantRun, kind: NodeKind, speed: f64) -> Vec<Figure> {
    let mut out = Figures::default();
    match kind {
        NodeKind::Client(client) => {
            let now = reading::client(variant, client, speed);
            out.rate(text!("figure.offered"), ChartKind::Answers, now.offered);
            out.rate(text!("figure.good"), ChartKind::Answers, now.good);
            out.rate(text!("figure.late"), ChartKind::Answers, now.late);
            out.rate(text!("figure.degraded"), ChartKind::Answers, now.degraded);
            out.rate(text!("figure.failed"), ChartKind::Answers, now.failed);
            if let Some(p99) = now.p99 {
                out.length(text!("figure.p99"), ChartKind::Latency, p99);
            }
            out.count(text!("figure.open"), None, now.open);
            if let Some(users) = now.users {
                out.count(text!("figure.users"), None, users.into());
            }
            let all = variant.telemetry().statistics().client(client, variant.snapshot().now());
            out.metrics(&all, None);
        }
        NodeKind::Service(service) => of_service(&mut out, variant, service),
        NodeKind::Queue(queue) => {
            let (now, all) = (
                reading::queue(variant, queue),
                variant.telemetry().statistics().queue(queue, variant.snapshot().now()),
            );
            out.of(text!("figure.ready"), ChartKind::Waiting, now.ready.into(), None);
            out.of(text!("figure.unacked"), ChartKind::Waiting, now.unacked.into(), Some(now.prefetch));
            if let Some(oldest) = now.oldest {
                out.length(text!("figure.oldest"), ChartKind::Waiting, oldest);
            }
            out.metrics(&all, None);
        }
        NodeKind::Exchange(exchange) => {
            out.metrics(&variant.telemetry().statistics().exchange(exchange), None);
        }
        NodeKind::Store(store) => of_store(&mut out, variant, store),
        NodeKind::Log(log) => {
            let (statistics, now) = (variant.telemetry().statistics(), variant.snapshot().log(log));
            let all = statistics.log(variant.plan(), log, variant.snapshot().now());
            out.metrics(&all, None);
            out.count(text!("figure.lag"), ChartKind::Lag, statistics.log_summary(log).1);
            out.of(text!("figure.leaderless"), None, now.leaderless.into(), Some(now.partitions.into()));
            out.some(
                text!("figure.rebalances"),
                ChartKind::Lag,
                all.rebalances.0.iter().map(|(_, count)| count).sum(),
            );
        }
    }
    out.0
}

fn of_service(out: &mut Figures, variant: &VariantRun, service: crate::base::ServiceIx) {
    let snapshot = variant.snapshot();
    let plan = &variant.plan().services[service.at()];
    let states = || (0..snapshot.replicas(service)).map(|replica| snapshot.replica(service, replica));
    let sum = |each: fn(&crate::observation::ReplicaState) -> u32| {
        states().map(|state| u64::from(each(&state))).sum::<u64>()
    };
    let standing = states().filter(|state| !state.crashed).count() as u64;
    let workers = states().filter(|state| !state.crashed).map(|state| u64::from(state.workers)).sum::<u64>();
    let (busy, blocked) = (sum(|state| state.busy), sum(|state| state.blocked));
    let room = plan.queue.map(|places| u64::from(places) * standing);
    out.of(text!("figure.busy"), ChartKind::Workers, busy, Some(workers));
    out.of(text!("figure.blocked"), ChartKind::Workers, blocked, Some(workers));
    out.count(text!("figure.free"), ChartKind::Workers, workers.saturating_sub(busy + blocked));
    out.of(text!("figure.waiting"), ChartKind::Waiting, sum(|state| state.waiting), room);
    let all = variant.telemetry().statistics().service(variant.plan(), service, snapshot.now());
    out.metrics(&all, None);
}

fn of_store(out: &mut Figures, variant: &VariantRun, store: crate::base::StoreIx) {
    let snapshot = variant.snapshot();
    let now = snapshot.store(store);
    let all = variant.telemetry().statistics().store(store, snapshot.now());
    out.of(text!("figure.connections"), ChartKind::Workers, now.busy.into(), Some(now.connections.into()));
    out.count(text!("figure.waiting"), ChartKind::Waiting, now.waiting.into());
    out.count(text!("figure.keys"), None, now.keys.into());
    out.count(text!("figure.versions"), None, now.versions);
    out.metrics(&all, None);
}

/// What is measured between two nodes: messages in both directions, and the calls.
pub(super) fn of_link(variant: &VariantRun, between: (NodeIx, NodeIx)) -> Vec<Figure> {
    let (plan, telemetry) = (variant.plan(), variant.telemetry());
    let mut out = Figures::default();
    let link = |(from, to)| plan.link(from, to);
    let links: Vec<LinkIx> = ways(between).filter_map(link).collect();
    for (label, way) in [text!("figure.sent-rate"), text!("figure.back-rate")].into_iter().zip(ways(between))
    {
        if let Some(link) = link(way) {
            out.rate(label, ChartKind::Answers, telemetry.traffic().rate(link, STRETCHES));
        }
    }
    let under_way = variant.snapshot().flights().filter(|flight| links.contains(&flight.link)).count();
    out.count(text!("figure.open"), None, under_way as u64);
    out.some(
        text!("figure.lost"),
        None,
        links.iter().flat_map(|&link| telemetry.recent().vanished(link)).sum(),
    );
    let runs = |edge: &EdgePlan| ways(between).any(|way| way == (edge.from, edge.to));
    for (at, edge) in
        plan.edges.iter().enumerate().filter(|(at, edge)| plan.has(EdgeIx(*at as u32)) && runs(edge))
    {
        let all = telemetry.statistics().call(plan, EdgeIx(at as u32), variant.snapshot().now());
        // Which operation is said only where it is not the one that is used where none is named.
        let is_default = plan.operations[edge.op.at()].name == DEFAULT;
        out.metrics(&all, (!is_default).then(|| name::operation(plan, edge.op)));
    }
    out.0
}

/// The operation that is used where none is named.
const DEFAULT: &str = "default";

/// What is known of a message under way; nothing where it is no longer.
pub(super) fn of_message(variant: &VariantRun, message: u64) -> Vec<Figure> {
    let (snapshot, mut out) = (variant.snapshot(), Figures::default());
    let Some(flight) = snapshot.flights().find(|flight| flight.message == message) else {
        return out.0;
    };
    let now = snapshot.now();
    out.count(text!("figure.request"), None, flight.request);
    out.count(text!("figure.attempt"), None, flight.attempt.into());
    out.length(text!("figure.travelled"), None, now.since(flight.sent));
    out.length(text!("figure.arrives"), None, flight.arrives.since(now));
    if flight.times_out != SimTime::NEVER {
        out.length(text!("figure.patience"), ChartKind::Latency, flight.times_out.since(now));
    }
    out.0
}
