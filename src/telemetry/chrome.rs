//! Recorded spans and gauges as Chrome trace-event JSON, which Perfetto and `chrome://tracing` read.
//!
//! A process is a node, a thread a track of one of its replicas (a worker, or a user at a client). Complete events are
//! spans, flow events lead from a call to its job and from a publication to its consumers, counters show workers and
//! queues. Instants are microseconds since the start of the run, with three decimals: exact nanoseconds.

use super::gauges::{Change, Gauge};
use super::otlp::name;
use super::spans::{Span, attempt, index};
use super::tracks::{Track, tracks};
use crate::base::{Json, NodeIx, SimTime, sort};
use crate::observation::{Scope, SpanEnd, SpanKind};
use crate::scenario::{NodeKind, Plan};

/// What was recorded up to `now`. A span that goes on ends then.
/// `spans` are in the order in which they began.
pub fn chrome(plan: &Plan, spans: &[Span], changes: &[Change], now: SimTime) -> String {
    let placed = tracks(plan, spans, now);
    // Threads are numbered per process, in order of replica and track.
    let mut threads = placed.clone();
    sort(&mut threads);
    threads.dedup();
    let first = |node: u32| threads.partition_point(|track| track.node < node);
    let thread = |track: &Track| threads.partition_point(|other| other <= track) - first(track.node);

    let mut events = Vec::new();
    describe(plan, &threads, &thread, &mut events);
    let place = |at: usize| format!("\"pid\":{},\"tid\":{}", placed[at].node + 1, thread(&placed[at]));
    for (at, span) in spans.iter().enumerate() {
        events.push(complete(plan, &span.until(now), attempt(spans, span), now, &place(at)));
        if let (Scope::Job { .. }, Some(parent)) = (span.scope, index(spans, span.parent)) {
            let cause = &spans[parent];
            let flow = |phase: &str, at: SimTime, place: &str| {
                let id = span.number;
                format!(
                    "{{\"ph\":{phase},\"name\":\"cause\",\"cat\":\"flow\",\"id\":{id},\"ts\":{},{place}}}",
                    micros(at)
                )
            };
            events.push(flow("\"s\"", cause.started, &place(parent)));
            events.push(flow("\"f\",\"bp\":\"e\"", span.started, &place(at)));
        }
    }
    events.extend(changes.iter().map(|change| counter(change.gauge, change.reading, change.at)));
    ["{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n", &events.join(",\n"), "\n]}\n"].concat()
}

/// Names of processes and threads.
fn describe(plan: &Plan, threads: &[Track], thread: &dyn Fn(&Track) -> usize, events: &mut Vec<String>) {
    let meta = |what: &str, pid: u32, tid: usize, args: String| {
        format!("{{\"ph\":\"M\",\"name\":\"{what}\",\"pid\":{pid},\"tid\":{tid},\"args\":{{{args}}}}}")
    };
    for (at, node) in plan.nodes.iter().enumerate() {
        let pid = at as u32 + 1;
        events.push(meta("process_name", pid, 0, format!("\"name\":{}", Json::from(node.id.as_str()))));
        events.push(meta("process_sort_index", pid, 0, format!("\"sort_index\":{at}")));
    }
    for track in threads {
        let tid = thread(track);
        let name = match plan.nodes[track.node as usize].kind {
            NodeKind::Client(_) => format!("user {}", track.track + 1),
            _ => format!("replica {} worker {}", track.replica, track.track + 1),
        };
        events.push(meta("thread_name", track.node + 1, tid, format!("\"name\":\"{name}\"")));
        events.push(meta("thread_sort_index", track.node + 1, tid, format!("\"sort_index\":{tid}")));
    }
}

/// A span as a complete event.
fn complete(plan: &Plan, span: &Span, attempt: Option<u32>, now: SimTime, place: &str) -> String {
    let category = match span.scope.kind() {
        SpanKind::Internal => "request",
        SpanKind::Server => "server",
        SpanKind::Client => "client",
        SpanKind::Producer => "producer",
        SpanKind::Consumer => "consumer",
    };
    let end = match span.ended.map(|(_, end)| end) {
        Some(SpanEnd::Ok) => "ok",
        Some(SpanEnd::Late) => "late",
        Some(SpanEnd::Degraded) => "degraded",
        Some(SpanEnd::Failed(failure)) => failure.key(),
        Some(SpanEnd::Abandoned) => "abandoned",
        Some(SpanEnd::Crashed) => "crashed",
        None => "unfinished",
    };
    let mut args = format!("\"request\":{},\"span\":{},\"end\":\"{end}\"", span.request, span.number);
    for (name, number) in [("attempt", attempt), ("key", span.key)] {
        args += &number.map_or(String::new(), |number| format!(",\"{name}\":{number}"));
    }
    if let Scope::Job { .. } = span.scope {
        args += &format!(
            ",\"waiting_us\":{},\"working_us\":{},\"blocked_us\":{},\"wasted\":{}",
            micros(SimTime(span.waited.0)),
            micros(SimTime(span.worked.0)),
            micros(SimTime(span.blocked(now).0)),
            span.wasted
        );
    }
    let lasts = span.ends(now).since(span.started);
    format!(
        "{{\"ph\":\"X\",\"name\":{},\"cat\":\"{category}\",\"ts\":{},\"dur\":{},{place},\"args\":{{{args}}}}}",
        Json::from(name(plan, span).as_str()),
        micros(span.started),
        micros(SimTime(lasts.0))
    )
}

/// A gauge's reading as a counter event.
fn counter(gauge: Gauge, [first, second]: [u32; 2], at: SimTime) -> String {
    let event = |node: NodeIx, name: &str, keys: [&str; 2]| {
        format!(
            "{{\"ph\":\"C\",\"name\":\"{name}\",\"pid\":{},\"ts\":{},\"args\":{{\"{}\":{first},\"{}\":{second}}}}}",
            node.0 + 1,
            micros(at),
            keys[0],
            keys[1]
        )
    };
    match gauge {
        Gauge::Workers(node, replica) => {
            event(node, &format!("workers of replica {replica}"), ["busy", "blocked"])
        }
        Gauge::Messages(node) => event(node, "messages", ["ready", "unacked"]),
    }
}

/// Nanoseconds as microseconds with three decimals.
fn micros(at: SimTime) -> String {
    format!("{}.{:03}", at.0 / 1000, at.0 % 1000)
}
