//! Traces as files: OpenTelemetry's and Chrome's.

use crate::base::sort_by_key;
use crate::session::VariantRun;
use crate::telemetry::{Span, Trace, Which, chrome, otlp};

/// Traces as OTLP/JSON, as on the command line: one that is given, else all that are kept on a list.
pub fn trace_otlp(variant: &VariantRun, one: Option<&Trace>) -> String {
    otlp(variant.plan(), &spans(variant, one), variant.snapshot().now())
}

/// Traces as Chrome trace events, as on the command line: one that is given, else all that are kept on a list.
pub fn trace_chrome(variant: &VariantRun, one: Option<&Trace>) -> String {
    chrome(variant.plan(), &spans(variant, one), &[], variant.snapshot().now())
}

/// The spans of a trace, or of all on a list, in the order in which they began.
fn spans(variant: &VariantRun, one: Option<&Trace>) -> Vec<Span> {
    if let Some(one) = one {
        return if one.fits(variant.plan()) { one.spans().to_vec() } else { Vec::new() };
    }
    let traces = variant.telemetry().traces();
    let lists = Which::ALL.into_iter().flat_map(|which| traces.list(which));
    let mut spans: Vec<Span> = lists.flat_map(|trace| trace.spans().iter().copied()).collect();
    sort_by_key(&mut spans, |span| span.number);
    // Many a trace is on two lists.
    spans.dedup_by_key(|span| span.number);
    spans
}
