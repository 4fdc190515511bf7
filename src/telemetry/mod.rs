//! What was measured, from observations alone.
//!
//! **Invariant:** never reads the engine: a number here is a fold over observations.

mod chrome;
#[cfg(test)]
mod fixture;
mod gauges;
mod latency;
mod level;
mod measure;
pub mod metrics;
mod otlp;
mod recent;
pub mod result;
mod spans;
mod spread;
mod statistics;
mod text;
mod traces;
mod tracks;
mod traffic;
mod window;
mod windows;

pub use chrome::chrome;
pub use gauges::{Change, Gauge, Gauges};
pub use latency::{Latency, Summary};
pub use level::{Level, Peak};
pub use measure::{Measure, Unit, measures};
pub use otlp::{otlp, trace_id};
pub use recent::{LOSSES, Loss, MARKS, Mark, Recent, Switch};
pub use spans::{Doing, Span, Spans};
pub use spread::Spread;
pub use statistics::{RunFacts, Statistics};
pub use text::text;
pub use traces::{FOLLOWED, Hop, LATE, LISTED, MOST_SPANS, ROOM, Trace, Traces, Turn, Which};
pub use traffic::{STRETCH, STRETCHES, Traffic};
pub use window::{MOST_LAGS, Window, Windowed};
pub use windows::{KEPT, WIDTH, Windows};

use crate::base::SimTime;
use crate::observation::{Digest, Observation, Observer, SpanFact};
use crate::scenario::Plan;

/// All that a variant of the page measures.
#[derive(Clone, Debug)]
pub struct Telemetry {
    digest: Digest,
    statistics: Statistics,
    windows: Windows,
    recent: Recent,
    traffic: Traffic,
    traces: Box<Traces>,
}

impl Telemetry {
    /// For a run of `plan` from time zero.
    pub fn new(plan: &Plan) -> Telemetry {
        let statistics = Statistics::new(plan, SimTime::ZERO);
        Telemetry {
            digest: Digest::default(),
            windows: Windows::new(plan, WIDTH, &statistics),
            statistics,
            recent: Recent::new(plan),
            traffic: Traffic::new(plan),
            traces: Box::default(),
        }
    }

    /// The run goes on under a plan that continues the one before (`Plan::merged`): there is room for what is new.
    pub fn grow(&mut self, plan: &Plan, now: SimTime) {
        self.advance(now);
        let groups = self.statistics.groups();
        self.statistics.grow(plan, now);
        self.windows.grow(plan, &groups, &self.statistics);
        self.recent.grow(plan);
        self.traffic.grow(plan);
    }

    /// The digest so far.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The figures of the run since time zero.
    pub fn statistics(&self) -> &Statistics {
        &self.statistics
    }

    /// The run in short stretches: those that are closed.
    pub fn windows(&self) -> &Windows {
        &self.windows
    }

    /// The window that is open at `now`, as far as it goes.
    pub fn open_window(&self, now: SimTime) -> Window {
        self.windows.open(now, &self.statistics)
    }

    /// What died lately and where, and the marks of faults.
    pub fn recent(&self) -> &Recent {
        &self.recent
    }

    /// How many messages set out on each link lately.
    pub fn traffic(&self) -> &Traffic {
        &self.traffic
    }

    /// Traces of late requests.
    pub fn traces(&self) -> &Traces {
        &self.traces
    }

    /// About how many bytes a clone takes. Closed windows are shared by clones and not in it.
    pub fn memory_bytes(&self) -> usize {
        let measured =
            self.statistics.memory_bytes() + self.windows.memory_bytes() + self.recent.memory_bytes();
        let traces = self.traces.memory_bytes();
        size_of::<Telemetry>() + measured + traces
    }

    /// It is `now`: closes windows that are over, though nothing may have happened. Changes no other number.
    pub fn advance(&mut self, now: SimTime) {
        self.windows.advance(now, &self.statistics);
        self.traffic.advance(now);
    }
}

impl Observer for Telemetry {
    const SPANS: bool = true;

    #[inline(always)]
    fn observe(&mut self, at: SimTime, what: Observation) {
        self.digest.observe(at, what);
        // What windows are cut from is what was counted before.
        self.windows.observe(at, what, &self.statistics);
        self.statistics.observe(at, what);
        self.recent.observe(at, what);
        self.traffic.observe(at, what);
        self.traces.observe(at, what);
    }

    fn span(&mut self, at: SimTime, what: SpanFact) -> bool {
        self.traces.span(at, what)
    }
}
