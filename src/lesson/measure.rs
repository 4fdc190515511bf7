//! What a condition can ask of a lane: one number from its windows.

use crate::base::{ClientIx, QueueIx, ServiceIx, SimDuration, SimTime};
use crate::observation::Failure;
use crate::scenario::{NodeKind, Plan};
use crate::telemetry::{ClientWindow, Window};

/// The names of all measures, for messages and documentation: counts are per second, latencies in seconds (write
/// `500ms`), shares between 0 and 1 (write `90%`).
pub const MEASURES: [&str; 20] = [
    "offered",
    "goodput",
    "late",
    "degraded",
    "failed",
    "success",
    "p50",
    "p95",
    "p99",
    "busy",
    "blocked",
    "workers",
    "waiting",
    "utilization",
    "completed",
    "refused",
    "wasted",
    "depth",
    "published",
    "acked",
];

/// Which node a measure is of, with what it counts there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Measure {
    /// Per second.
    Client(ClientIx, ClientMeasure),
    /// Failures with one reason per second.
    Failed(ClientIx, usize),
    /// Good among all that ended, 0 to 1.
    Success(ClientIx),
    /// The largest of the windows' percentiles (0: 50th, 1: 95th, 2: 99th), seconds.
    Latency(ClientIx, usize),
    /// Mean over time, or per second.
    Service(ServiceIx, ServiceMeasure),
    /// Mean over time, or per second.
    Queue(QueueIx, QueueMeasure),
}

/// What is counted at a client.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum ClientMeasure {
    Offered,
    Good,
    Late,
    Degraded,
    Failed,
}

impl ClientMeasure {
    fn count(self, window: &ClientWindow) -> u32 {
        match self {
            ClientMeasure::Offered => window.offered,
            ClientMeasure::Good => window.good,
            ClientMeasure::Late => window.late,
            ClientMeasure::Degraded => window.degraded,
            ClientMeasure::Failed => window.failed.iter().sum(),
        }
    }
}

/// What is asked of a service.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum ServiceMeasure {
    Busy,
    Blocked,
    Workers,
    Waiting,
    Utilization,
    Completed,
    Refused,
    Wasted,
}

/// What is asked of a queue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum QueueMeasure {
    Depth,
    Published,
    Acked,
}

impl Measure {
    /// The measure called `name` of the node `id`; `reason` is what follows a comma. Errors are sentences.
    pub(super) fn named(name: &str, id: &str, reason: Option<&str>, plan: &Plan) -> Result<Measure, String> {
        if !MEASURES.contains(&name) {
            return Err(["there is no measure \"", name, "\"; measures are ", &MEASURES.join(", ")].concat());
        }
        let Some(node) = plan.node(id) else {
            return Err(["the scenario has no node \"", id, "\""].concat());
        };
        if let Some(reason) = reason {
            let reason_at = Failure::ALL.iter().position(|f| f.key() == reason);
            return match (plan.nodes[node.at()].kind, name, reason_at) {
                (NodeKind::Client(c), "failed", Some(at)) => Ok(Measure::Failed(c, at)),
                _ => Err(["\"", reason, "\" is no reason for which a client's requests fail"].concat()),
            };
        }
        let found = match plan.nodes[node.at()].kind {
            NodeKind::Client(client) => of_client(name, client),
            NodeKind::Service(service) => of_service(name).map(|what| Measure::Service(service, what)),
            NodeKind::Queue(queue) => of_queue(name).map(|what| Measure::Queue(queue, what)),
            NodeKind::Exchange(_) | NodeKind::Store(_) | NodeKind::Log(_) => None,
        };
        found.ok_or_else(|| ["\"", id, "\" is not a node that has \"", name, "\""].concat())
    }

    /// Its value over the `span` before `now`; none where nothing was measured (no answer, so no latency).
    pub(super) fn value(self, windows: &[&Window], now: SimTime, span: SimDuration) -> Option<f64> {
        let from = now.0.saturating_sub(span.0);
        let inside = || windows.iter().rev().skip_while(|w| w.start >= now).take_while(|w| w.end.0 > from);
        let seconds: f64 = inside().map(|w| w.end.since(w.start).as_secs()).sum();
        if seconds <= 0.0 {
            return None;
        }
        let count = |each: &dyn Fn(&Window) -> u32| inside().map(|w| f64::from(each(w))).sum::<f64>();
        let mean = |each: &dyn Fn(&Window) -> f64| {
            inside().map(|w| each(w) * w.end.since(w.start).as_secs()).sum::<f64>() / seconds
        };
        match self {
            Measure::Client(c, what) => Some(count(&|w| what.count(&w.clients[c.at()])) / seconds),
            Measure::Failed(c, reason) => Some(count(&|w| w.clients[c.at()].failed[reason]) / seconds),
            Measure::Success(c) => {
                let ended = count(&|w| ended(&w.clients[c.at()]));
                (ended > 0.0).then(|| count(&|w| w.clients[c.at()].good) / ended)
            }
            Measure::Latency(c, which) => inside()
                .filter_map(|w| w.clients[c.at()].latency)
                .map(|latency| latency[which].as_secs())
                .reduce(f64::max),
            Measure::Service(s, what) => Some(match what {
                ServiceMeasure::Busy => mean(&|w| w.services[s.at()].busy),
                ServiceMeasure::Blocked => mean(&|w| w.services[s.at()].blocked),
                ServiceMeasure::Workers => mean(&|w| w.services[s.at()].workers),
                ServiceMeasure::Waiting => mean(&|w| w.services[s.at()].waiting),
                ServiceMeasure::Utilization => {
                    let workers = mean(&|w| w.services[s.at()].workers);
                    let held = mean(&|w| w.services[s.at()].busy + w.services[s.at()].blocked);
                    return (workers > 0.0).then(|| held / workers);
                }
                ServiceMeasure::Completed => count(&|w| w.services[s.at()].completed) / seconds,
                ServiceMeasure::Refused => count(&|w| w.services[s.at()].refused) / seconds,
                ServiceMeasure::Wasted => count(&|w| w.services[s.at()].wasted) / seconds,
            }),
            Measure::Queue(q, what) => Some(match what {
                QueueMeasure::Depth => mean(&|w| w.queues[q.at()].ready),
                QueueMeasure::Published => count(&|w| w.queues[q.at()].published) / seconds,
                QueueMeasure::Acked => count(&|w| w.queues[q.at()].acked) / seconds,
            }),
        }
    }
}

fn ended(window: &ClientWindow) -> u32 {
    window.good + window.late + window.degraded + ClientMeasure::Failed.count(window)
}

fn of_client(name: &str, client: ClientIx) -> Option<Measure> {
    Some(match name {
        "offered" => Measure::Client(client, ClientMeasure::Offered),
        "goodput" => Measure::Client(client, ClientMeasure::Good),
        "late" => Measure::Client(client, ClientMeasure::Late),
        "degraded" => Measure::Client(client, ClientMeasure::Degraded),
        "failed" => Measure::Client(client, ClientMeasure::Failed),
        "success" => Measure::Success(client),
        "p50" => Measure::Latency(client, 0),
        "p95" => Measure::Latency(client, 1),
        "p99" => Measure::Latency(client, 2),
        _ => return None,
    })
}

fn of_service(name: &str) -> Option<ServiceMeasure> {
    Some(match name {
        "busy" => ServiceMeasure::Busy,
        "blocked" => ServiceMeasure::Blocked,
        "workers" => ServiceMeasure::Workers,
        "waiting" => ServiceMeasure::Waiting,
        "utilization" => ServiceMeasure::Utilization,
        "completed" => ServiceMeasure::Completed,
        "refused" => ServiceMeasure::Refused,
        "wasted" => ServiceMeasure::Wasted,
        _ => return None,
    })
}

fn of_queue(name: &str) -> Option<QueueMeasure> {
    Some(match name {
        "depth" => QueueMeasure::Depth,
        "published" => QueueMeasure::Published,
        "acked" => QueueMeasure::Acked,
        _ => return None,
    })
}
