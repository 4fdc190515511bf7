//! Lists of traces, and the ways between a trace, its messages on the stage and its point in a chart.

use std::sync::Arc;

use super::rows::end;
use crate::base::{SimDuration, SimTime, format};
use crate::observation::SpanEnd;
use crate::session::{Session, VariantRun};
use crate::telemetry::{Trace, Which, trace_id};
use crate::view::charts::Meant;
use crate::view::words::name;

/// A trace in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceRow {
    /// Number of the request: what the trace is asked for by.
    pub request: u64,
    /// Its identifier in OpenTelemetry's form, shortened: "4f2a…91".
    pub id: String,
    /// Whose request it is.
    pub client: String,
    /// How it ended: "good", "timed out".
    pub outcome: &'static str,
    /// It failed or was answered too late.
    pub bad: bool,
    /// How long the client waited, in words.
    pub takes: String,
    /// The same.
    pub latency: SimDuration,
    /// Calls that were tried and messages that were delivered again.
    pub again: u32,
    /// When it ended, or now.
    pub at: SimTime,
    /// When it was offered, as a clock.
    pub when: String,
}

/// The traces of a list, at most as many as telemetry keeps.
pub fn trace_list(variant: &VariantRun, which: Which) -> Vec<TraceRow> {
    let traces = variant.telemetry().traces().list(which);
    traces.map(|trace| trace_row(variant, trace)).collect()
}

/// A trace as it stands in a list.
pub fn trace_row(variant: &VariantRun, trace: &Trace) -> TraceRow {
    let (now, ended) = (variant.snapshot().now(), trace.ended());
    let latency = trace.latency(now);
    let plan = variant.plan();
    let client = trace.client().and_then(|client| plan.clients.get(client.at()));
    TraceRow {
        request: trace.request(),
        id: short(&trace_id(variant.plan().seed, trace.request())),
        client: client.map_or_else(String::new, |client| name::of_node(plan, client.node)),
        outcome: end(ended.map(|(_, end)| end)),
        bad: matches!(ended, Some((_, SpanEnd::Late | SpanEnd::Failed(_)))),
        takes: format::string(|out| format::duration(out, latency)),
        latency,
        again: trace.again(),
        at: ended.map_or(now, |(at, _)| at),
        when: format::string(|out| format::clock(out, trace.offered())),
    }
}

/// What has to be said of the lists: that they tell of a sample, and of how large a part. Empty where they do not.
pub fn trace_sample(variant: &VariantRun) -> String {
    let missed = variant.telemetry().traces().missed();
    if missed == 0 {
        return String::new();
    }
    say!("trace.missed", count = missed)
}

/// What a list is called.
pub fn trace_tab(which: Which) -> &'static str {
    match which {
        Which::Slowest => text!("trace.slowest"),
        Which::Failed => text!("trace.failed"),
        Which::Retried => text!("trace.retried"),
        Which::Random => text!("trace.random"),
    }
}

/// "4f2a…91".
fn short(id: &str) -> String {
    [id.get(..4).unwrap_or(id), "…", id.get(30..).unwrap_or("")].concat()
}

/// The trace of a request, if there is one of it.
pub fn trace(variant: &VariantRun, request: u64) -> Option<Arc<Trace>> {
    variant.telemetry().traces().get(request).cloned()
}

/// The request on whose behalf a message travels that is under way now.
pub fn trace_of_message(variant: &VariantRun, message: u64) -> Option<u64> {
    let flight = variant.snapshot().flights().find(|flight| flight.message == message)?;
    Some(flight.request)
}

/// The trace that is meant by points of charts of latencies, of those that have ended and are kept: its variant and its
/// request. A second is as far as twice the latency.
pub fn trace_near(session: &Session, meant: &[Meant]) -> Option<(usize, u64)> {
    let far = |meant: &Meant, trace: &Trace| {
        let (ended, _) = trace.ended()?;
        let seconds = |length: SimDuration| length.as_secs().max(1e-9);
        let apart = (ended.as_secs() - meant.at.as_secs()).abs();
        let times = meant.latency.map(|asked| libm::log2(seconds(trace.latency(ended)) / seconds(asked)));
        Some(apart + times.unwrap_or(0.0).abs())
    };
    let found = meant.iter().flat_map(|meant| {
        let variant = session.variants().get(meant.variant);
        let own = variant.map(|variant| variant.telemetry().traces());
        let own = own.into_iter().flat_map(|traces| traces.all()).filter(|trace| meant.is_of(trace.client()));
        own.filter_map(move |trace| Some((far(meant, trace)?, meant.variant, trace.request())))
    });
    let nearest = found.min_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    nearest.map(|(_, variant, request)| (variant, request))
}
