//! Spans: how an operation tells observers that want traces when its parts begin and end.
//!
//! For observers that want none, spans are neither numbered nor told. An observer may also decline a single span, and
//! then hears of nothing that happens under it.

use super::context::Context;
use crate::engine::kernel::request_context::RequestContext;
use crate::observation::{Failure, Observer, Scope, SpanEnd, SpanFact};

impl<O: Observer> Context<'_, O> {
    /// Begins a span under the one in the context, and puts it there in its place: what begins with this context is
    /// its child. The span is numbered in any case; where the observer declines it, the context goes on without one.
    #[inline(always)]
    pub fn begin_span(&mut self, scope: Scope, context: &mut RequestContext) {
        if O::SPANS {
            *self.spans += 1;
            let (span, parent, request) = (*self.spans, context.span, context.request);
            let asked = parent != 0 || matches!(scope, Scope::Request { .. });
            let key = (context.keyed || context.key != 0).then_some(context.key);
            let fact = SpanFact::Began { span, parent, request, key, scope };
            context.span = if asked && self.observer.span(self.now, fact) { span } else { 0 };
        }
    }

    /// More or fewer of the span's operation and its branches wait for a worker, or compute. Which span, is asked only
    /// where somebody wants to hear of spans.
    #[inline(always)]
    pub fn turn_span(&mut self, span: impl FnOnce() -> u64, waiting: i8, working: i8) {
        if O::SPANS {
            let span = span();
            if span != 0 {
                self.observer.span(self.now, SpanFact::Turned { span, waiting, working });
            }
        }
    }

    /// A span ended.
    #[inline(always)]
    pub fn end_span(&mut self, span: u64, end: SpanEnd, wasted: bool) {
        if O::SPANS && span != 0 {
            self.observer.span(self.now, SpanFact::Ended { span, end, wasted });
        }
    }
}

/// How the span of something that a fallback may have taken part in ended.
pub fn end_of(result: Result<(), Failure>, degraded: bool) -> SpanEnd {
    match result {
        Ok(()) if degraded => SpanEnd::Degraded,
        Ok(()) => SpanEnd::Ok,
        Err(failure) => SpanEnd::Failed(failure),
    }
}
