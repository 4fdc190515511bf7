//! Live numbers of nodes, links and messages, each with the chart that explains it.

use crate::base::{EdgeIx, LinkIx, NodeIx, SimDuration, SimTime, Text, format, texts};
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
    /// What its label means; none where the label says it.
    pub means: Option<&'static str>,
    /// How much, with its unit.
    pub value: String,
    /// Which chart explains it, if one does.
    pub chart: Option<ChartKind>,
}

/// Figures in the making.
#[derive(Default)]
struct Figures(Vec<Figure>);

impl Figures {
    fn push(
        &mut self,
        label: String,
        of: Option<Text>,
        chart: Option<ChartKind>,
        write: impl FnOnce(&mut String),
    ) {
        let means = of.and_then(meaning);
        self.0.push(Figure { label, means, value: format::string(write), chart });
    }

    fn add(&mut self, label: Text, chart: impl Into<Option<ChartKind>>, write: impl FnOnce(&mut String)) {
        self.push(label.plain().to_owned(), Some(label), chart.into(), write);
    }

    fn count(&mut self, label: Text, chart: impl Into<Option<ChartKind>>, count: u64) {
        self.add(label, chart, |out| format::count(out, count));
    }

    /// A count that says something only where it is not zero.
    fn some(&mut self, label: Text, chart: impl Into<Option<ChartKind>>, count: u64) {
        if count > 0 {
            self.count(label, chart, count);
        }
    }

    fn rate(&mut self, label: Text, chart: impl Into<Option<ChartKind>>, rate: f64) {
        self.add(label, chart, |out| format::rate(out, rate));
    }

    fn length(&mut self, label: Text, chart: impl Into<Option<ChartKind>>, length: SimDuration) {
        self.add(label, chart, |out| format::duration(out, length));
    }

    /// What the table of metrics shows of a result here; of calls, of which operation it is.
    fn metrics<M: Measured>(&mut self, result: &M, operation: Option<&str>) {
        let of = |figure: &str| match operation {
            Some(operation) => say!("inspector.figure-of", figure = figure, operation = operation),
            None => figure.to_owned(),
        };
        for metric in M::METRICS {
            let (Some(figure), Some(value)) = (metric.figure, metric.value) else { continue };
            let (label, means) = (of(figure.label.plain()), Some(figure.label));
            let chart = metric.chart.and_then(ChartKind::with_key);
            match value(result) {
                Value::Count(0) if figure.if_any => {}
                Value::Count(count) => self.push(label, means, chart, |text| format::count(text, count)),
                Value::Share(share) => self.push(label, means, chart, |text| format::percent(text, share)),
                Value::Number(number) => {
                    self.push(label, means, chart, |text| format::number(text, number));
                }
                Value::Times(times) if figure.if_any && times.count == 0 => {}
                Value::Times(times) => {
                    let millis = figure.part.of(&times).unwrap_or(times.mean);
                    let time = SimDuration::from_secs(millis / 1000.0);
                    self.push(label, means, chart, |text| format::duration(text, time));
                }
                Value::Reasons(failures) => {
                    self.push(label, means, chart, |text| format::count(text, failures.total()));
                    let by = Failure::ALL.into_iter().zip(failures.0).filter(|(_, count)| *count > 0);
                    for (reason, count) in by {
                        let label = of(words::failure(reason));
                        self.push(label, None, chart, |text| format::count(text, count));
                    }
                }
                Value::Other => {}
            }
        }
    }

    /// So many of so many.
    fn of(&mut self, label: Text, chart: impl Into<Option<ChartKind>>, part: u64, whole: Option<u64>) {
        self.add(label, chart, |out| match whole {
            Some(all) => say!(out => "card.part-of", part = part, all = all),
            None => format::count(out, part),
        });
    }
}

/// What a label means: the text of its key with `-means` behind it; none where the label says it.
fn meaning(label: Text) -> Option<&'static str> {
    texts().get(label.then("-means"))?.plain()
}

/// What is measured at a node. Counts are since the start, rates over the last moments.
pub(super) fn of_node(variant: &VariantRun, kind: NodeKind, speed: f64) -> Vec<Figure> {
    let mut out = Figures::default();
    match kind {
        NodeKind::Client(client) => {
            let now = reading::client(variant, client, speed);
            out.rate(Text::new("figure.offered"), ChartKind::Answers, now.offered);
            out.rate(Text::new("figure.good"), ChartKind::Answers, now.good);
            out.rate(Text::new("figure.late"), ChartKind::Answers, now.late);
            out.rate(Text::new("figure.degraded"), ChartKind::Answers, now.degraded);
            out.rate(Text::new("figure.failed"), ChartKind::Answers, now.failed);
            if let Some(p99) = now.p99 {
                out.length(Text::new("figure.p99"), ChartKind::Latency, p99);
            }
            out.count(Text::new("figure.open"), None, now.open);
            if let Some(users) = now.users {
                out.count(Text::new("figure.users"), None, users.into());
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
            out.of(Text::new("figure.ready"), ChartKind::Waiting, now.ready.into(), None);
            out.of(Text::new("figure.unacked"), ChartKind::Waiting, now.unacked.into(), Some(now.prefetch));
            if let Some(oldest) = now.oldest {
                out.length(Text::new("figure.oldest"), ChartKind::Waiting, oldest);
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
            out.count(Text::new("figure.lag"), ChartKind::Lag, statistics.log_summary(log).1);
            out.of(Text::new("figure.leaderless"), None, now.leaderless.into(), Some(now.partitions.into()));
            out.some(
                Text::new("figure.rebalances"),
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
    out.of(Text::new("figure.busy"), ChartKind::Workers, busy, Some(workers));
    out.of(Text::new("figure.blocked"), ChartKind::Workers, blocked, Some(workers));
    out.count(Text::new("figure.free"), ChartKind::Workers, workers.saturating_sub(busy + blocked));
    out.of(Text::new("figure.waiting"), ChartKind::Waiting, sum(|state| state.waiting), room);
    let all = variant.telemetry().statistics().service(variant.plan(), service, snapshot.now());
    out.metrics(&all, None);
}

fn of_store(out: &mut Figures, variant: &VariantRun, store: crate::base::StoreIx) {
    let snapshot = variant.snapshot();
    let now = snapshot.store(store);
    let all = variant.telemetry().statistics().store(store, snapshot.now());
    out.of(
        Text::new("figure.connections"),
        ChartKind::Workers,
        now.busy.into(),
        Some(now.connections.into()),
    );
    out.count(Text::new("figure.waiting"), ChartKind::Waiting, now.waiting.into());
    out.count(Text::new("figure.keys"), None, now.keys.into());
    out.count(Text::new("figure.versions"), None, now.versions);
    out.metrics(&all, None);
}

/// What is measured between two nodes: messages in both directions, and the calls.
pub(super) fn of_link(variant: &VariantRun, between: (NodeIx, NodeIx)) -> Vec<Figure> {
    let (plan, telemetry) = (variant.plan(), variant.telemetry());
    let mut out = Figures::default();
    let link = |(from, to)| plan.link(from, to);
    let links: Vec<LinkIx> = ways(between).filter_map(link).collect();
    let rates = [Text::new("figure.sent-rate"), Text::new("figure.back-rate")];
    for (label, way) in rates.into_iter().zip(ways(between)) {
        if let Some(link) = link(way) {
            out.rate(label, ChartKind::Answers, telemetry.traffic().rate(link, STRETCHES));
        }
    }
    let under_way = variant.snapshot().flights().filter(|flight| links.contains(&flight.link)).count();
    out.count(Text::new("figure.open"), None, under_way as u64);
    out.some(
        Text::new("figure.lost"),
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
    out.count(Text::new("figure.request"), None, flight.request);
    out.count(Text::new("figure.attempt"), None, flight.attempt.into());
    out.length(Text::new("figure.travelled"), None, now.since(flight.sent));
    out.length(Text::new("figure.arrives"), None, flight.arrives.since(now));
    if flight.times_out != SimTime::NEVER {
        out.length(Text::new("figure.patience"), ChartKind::Latency, flight.times_out.since(now));
    }
    out.0
}
