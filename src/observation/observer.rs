//! The trait that receives the facts of a run, and the simplest implementations of it.

use super::event::Observation;
use super::span::SpanFact;
use crate::base::SimTime;

/// Receives the facts of a run. Dispatch is static, so an observer that ignores a fact costs nothing.
/// The documentation of the engine has an example.
pub trait Observer {
    /// Whether it wants spans. If no observer does, the engine does not number them.
    const SPANS: bool = false;

    /// Receives one fact and the instant at which it happened. Instants never decrease.
    fn observe(&mut self, at: SimTime, what: Observation);

    /// Receives one fact about a span, if [`Observer::SPANS`]. For a span that begins, returns whether to report the
    /// rest of it and the spans that it causes; for other facts the returned value is ignored.
    #[inline(always)]
    fn span(&mut self, _at: SimTime, _what: SpanFact) -> bool {
        false
    }
}

/// Ignores everything.
impl Observer for () {
    #[inline]
    fn observe(&mut self, _: SimTime, _: Observation) {}
}

impl<A: Observer, B: Observer> Observer for (A, B) {
    const SPANS: bool = A::SPANS || B::SPANS;

    #[inline(always)]
    fn observe(&mut self, at: SimTime, what: Observation) {
        self.0.observe(at, what);
        self.1.observe(at, what);
    }

    #[inline(always)]
    fn span(&mut self, at: SimTime, what: SpanFact) -> bool {
        // No short circuit: both must receive it.
        self.0.span(at, what) | self.1.span(at, what)
    }
}

impl<O: Observer> Observer for &mut O {
    const SPANS: bool = O::SPANS;

    #[inline(always)]
    fn observe(&mut self, at: SimTime, what: Observation) {
        (**self).observe(at, what);
    }

    #[inline(always)]
    fn span(&mut self, at: SimTime, what: SpanFact) -> bool {
        (**self).span(at, what)
    }
}
