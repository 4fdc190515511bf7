//! Recorded spans as OTLP/JSON, the OpenTelemetry protocol's file format, which Jaeger and others read.
//!
//! Follows opentelemetry-proto's `TracesData` in the JSON mapping of the OTLP specification: identifiers are
//! hexadecimal, instants are nanoseconds in strings, enumerations are numbers. Names of attributes are those of the
//! semantic conventions where there is one, else they begin with `cascade.`.
//!
//! A trace is a client's request, a resource is a node. A job that handles a message is a child of the span that
//! published it, and linked to it as well.

use super::spans::{Span, attempt};
use crate::base::{AccessIx, Json, SimTime, mix};
use crate::observation::{Scope, SpanEnd, SpanKind};
use crate::scenario::{Action, Plan};

/// Simulated time zero: 2025-01-01T00:00:00Z, in nanoseconds since 1970. An instant of zero would mean "unknown".
const EPOCH_NS: u64 = 1_735_689_600_000_000_000;

/// What was recorded up to `now`. A span that goes on ends then, and says so (`cascade.unfinished`).
///
/// `spans` are in the order in which they began.
pub fn otlp(plan: &Plan, spans: &[Span], now: SimTime) -> String {
    let all = spans;
    let mut of_node: Vec<Vec<&Span>> = vec![Vec::new(); plan.nodes.len()];
    for span in spans {
        of_node[span.node(plan).at()].push(span);
    }
    let resources = plan.nodes.iter().zip(&of_node).filter(|(_, spans)| !spans.is_empty());
    let mut text = String::from("{\"resourceSpans\":[");
    for (at, (node, spans)) in resources.enumerate() {
        text += if at == 0 { "\n" } else { ",\n" };
        text += &format!(
            "{{\"resource\":{{\"attributes\":[{}]}},\"scopeSpans\":[{{\"scope\":{{\"name\":\"cascade\",\"version\":\"{}\"}},\"spans\":[",
            string("service.name", &node.id),
            env!("CARGO_PKG_VERSION")
        );
        for (at, span) in spans.iter().enumerate() {
            text += if at == 0 { "\n" } else { ",\n" };
            let attempt = attempt(all, span);
            write_span(&mut text, plan, &span.until(now), attempt, now);
        }
        text += "]}]}";
    }
    text += "]}\n";
    text
}

/// A trace's identifier: 32 hexadecimal digits, never all zero, different for different requests.
pub fn trace_id(seed: u64, request: u64) -> String {
    let high = mix(mix(seed) ^ request);
    format!("{high:016x}{:016x}", mix(high ^ 0x9e37_79b9_7f4a_7c15))
}

/// A span's identifier: 16 hexadecimal digits, never all zero, different for different spans.
fn span_id(seed: u64, number: u64) -> String {
    // No span's number has this bit, so what is mixed is never zero.
    let base = mix(seed ^ 0x5851_f42d_4c95_7f2d) | 1 << 63;
    format!("{:016x}", mix(base ^ number))
}

fn write_span(text: &mut String, plan: &Plan, span: &Span, attempt: Option<u32>, now: SimTime) {
    let trace = trace_id(plan.seed, span.request);
    *text += &format!("{{\"traceId\":\"{trace}\",\"spanId\":\"{}\"", span_id(plan.seed, span.number));
    if span.parent != 0 {
        *text += &format!(",\"parentSpanId\":\"{}\"", span_id(plan.seed, span.parent));
    }
    let kind = match span.scope.kind() {
        SpanKind::Internal => 1,
        SpanKind::Server => 2,
        SpanKind::Client => 3,
        SpanKind::Producer => 4,
        SpanKind::Consumer => 5,
    };
    let instant = |at: SimTime| EPOCH_NS.saturating_add(at.0);
    *text += &format!(
        ",\"name\":{},\"kind\":{kind},\"startTimeUnixNano\":\"{}\",\"endTimeUnixNano\":\"{}\",\"attributes\":[{}]",
        Json::from(name(plan, span).as_str()),
        instant(span.began),
        instant(span.ends(now)),
        attributes(plan, span, attempt, now).join(",")
    );
    if let Some(link) = span.link() {
        *text +=
            &format!(",\"links\":[{{\"traceId\":\"{trace}\",\"spanId\":\"{}\"}}]", span_id(plan.seed, link));
    }
    *text += &format!(",\"status\":{}}}", status(span.ended.map(|(_, end)| end)));
}

/// What a span is called: by what is asked of whom.
pub(super) fn name(plan: &Plan, span: &Span) -> String {
    let asked = |op: crate::base::OpIx| {
        let operation = &plan.operations[op.at()];
        let service = plan.id(plan.services[operation.service.at()].node);
        [service, "/", &operation.name].concat()
    };
    match span.scope {
        Scope::Request { .. } => "request".to_owned(),
        Scope::Attempt { edge, .. } => asked(plan.edges[edge.at()].op),
        Scope::Job { op, from: None, .. } => asked(op),
        Scope::Job { from: Some(broker), .. } => ["process ", plan.id(broker)].concat(),
        Scope::Access { access } => {
            let (word, store) = accessed(plan, access);
            [word, " ", store].concat()
        }
        Scope::Publish { to, .. } => ["send ", plan.id(to)].concat(),
    }
}

/// What a step does at a store, and at which.
fn accessed(plan: &Plan, access: AccessIx) -> (&'static str, &str) {
    let access = &plan.accesses[access.at()];
    let word = match access.action {
        Action::Read | Action::ReadFollower => "read",
        Action::Write => "write",
        Action::Project => "project",
    };
    (word, plan.id(plan.stores[access.store.at()].node))
}

/// OpenTelemetry's status: 1 is fine, 2 an error, 0 neither.
fn status(end: Option<SpanEnd>) -> String {
    match end {
        Some(SpanEnd::Ok | SpanEnd::Late | SpanEnd::Degraded) => "{\"code\":1}".to_owned(),
        Some(SpanEnd::Failed(failure)) => format!("{{\"code\":2,\"message\":\"{}\"}}", failure.key()),
        Some(SpanEnd::Crashed) => "{\"code\":2,\"message\":\"crashed\"}".to_owned(),
        Some(SpanEnd::Abandoned) | None => "{\"code\":0}".to_owned(),
    }
}

fn attributes(plan: &Plan, span: &Span, attempt: Option<u32>, now: SimTime) -> Vec<String> {
    let mut all = Vec::new();
    match span.scope {
        Scope::Request { .. } => all.push(integer("cascade.request", span.request)),
        Scope::Attempt { edge, .. } => all.extend(asked(plan, plan.edges[edge.at()].op)),
        Scope::Job { op, replica, from, .. } => {
            match from {
                None => all.extend(asked(plan, op)),
                Some(broker) => {
                    all.extend(messaging(plan.id(broker), "process"));
                    all.push(string("cascade.operation", &plan.operations[op.at()].name));
                }
            }
            all.push(integer("cascade.replica", replica.into()));
            all.push(integer("cascade.waiting_ns", span.waited.0));
            all.push(integer("cascade.working_ns", span.worked.0));
            all.push(integer("cascade.blocked_ns", span.blocked(now).0));
        }
        Scope::Access { access } => {
            let (word, store) = accessed(plan, access);
            all.push(string("db.system.name", "cascade"));
            all.push(string("db.namespace", store));
            all.push(string("db.operation.name", word));
        }
        Scope::Publish { to, .. } => all.extend(messaging(plan.id(to), "send")),
    }
    let numbers = [("cascade.attempt", attempt), ("cascade.key", span.key)];
    all.extend(numbers.into_iter().filter_map(|(name, number)| Some(integer(name, number?.into()))));
    match span.ended {
        None => all.push(flag("cascade.unfinished")),
        Some((_, SpanEnd::Failed(failure))) => all.push(string("error.type", failure.key())),
        Some((_, SpanEnd::Crashed)) => all.push(string("error.type", "crashed")),
        Some((_, SpanEnd::Late)) => all.push(flag("cascade.late")),
        Some((_, SpanEnd::Degraded)) => all.push(flag("cascade.degraded")),
        Some((_, SpanEnd::Abandoned)) => all.push(flag("cascade.abandoned")),
        Some((_, SpanEnd::Ok)) => {}
    }
    if span.wasted {
        all.push(flag("cascade.wasted"));
    }
    all
}

/// Which operation of which service is asked for.
fn asked(plan: &Plan, op: crate::base::OpIx) -> [String; 2] {
    let operation = &plan.operations[op.at()];
    let service = plan.id(plan.services[operation.service.at()].node);
    [string("rpc.service", service), string("rpc.method", &operation.name)]
}

/// Which message system does what with which destination.
fn messaging(destination: &str, operation: &str) -> [String; 3] {
    [
        string("messaging.system", "cascade"),
        string("messaging.destination.name", destination),
        string("messaging.operation.type", operation),
    ]
}

fn string(key: &str, value: &str) -> String {
    format!("{{\"key\":\"{key}\",\"value\":{{\"stringValue\":{}}}}}", Json::from(value))
}

/// A 64-bit integer is a string in the JSON mapping of protocol buffers.
fn integer(key: &str, value: u64) -> String {
    format!("{{\"key\":\"{key}\",\"value\":{{\"intValue\":\"{value}\"}}}}")
}

fn flag(key: &str) -> String {
    format!("{{\"key\":\"{key}\",\"value\":{{\"boolValue\":true}}}}")
}
