//! The spans of a run, recorded whole: what happened for each request, where and for how long.

use crate::base::{NodeIx, SimDuration, SimTime};
use crate::observation::{Observation, Observer, Scope, SpanEnd, SpanFact};
use crate::scenario::Plan;

/// Records the first spans of a run, in the order in which they begin.
///
/// **What is recorded.** Every span of every request that is offered from the given instant on, until the limit is
/// reached; from then on no span more. A parent begins before its children, so every recorded span's parent and the
/// span that it is linked to are recorded too.
///
/// **Memory.** About 140 bytes a span.
#[derive(Clone, Debug)]
pub struct Spans {
    from: SimTime,
    limit: usize,
    spans: Vec<Span>,
    cut: bool,
}

/// The place of the span of this number among spans in the order in which they began. Numbers only grow, so they are
/// in order of them.
pub fn index(spans: &[Span], number: u64) -> Option<usize> {
    spans.binary_search_by_key(&number, |span| span.number).ok()
}

/// The place of the job that gave an answer, by the answer's span: the job's own, or below it the publication of an answer
/// over messages.
pub(super) fn worker(spans: &[Span], number: u64) -> Option<usize> {
    let at = index(spans, number)?;
    match spans[at].scope {
        Scope::Publish { .. } => index(spans, spans[at].parent),
        _ => Some(at),
    }
}

/// Which attempt of a call a span is, or was begun by; none where it is no part of a call.
pub fn attempt(spans: &[Span], span: &Span) -> Option<u32> {
    let own = match span.scope {
        Scope::Job { from: None, .. } => &spans[index(spans, span.parent)?],
        _ => span,
    };
    match own.scope {
        Scope::Attempt { attempt, .. } => Some(attempt),
        _ => None,
    }
}

/// What a span is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Nothing of it computes, and something of it waits for a worker.
    Waiting,
    /// Something of it computes.
    Working,
    /// Neither: it waits for an answer, sleeps, backs off or stands still.
    Blocked,
}

/// One span.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// Its number, from 1.
    pub number: u64,
    /// The span that caused it; 0 for none. Of a job for a message it is the span that published the message.
    pub parent: u64,
    /// The trace: number of the client's request.
    pub request: u64,
    /// The key that the request carries there, or that a store is asked for; none without one.
    pub key: Option<u32>,
    /// What it covers.
    pub scope: Scope,
    /// When it began.
    pub began: SimTime,
    /// When it got its first worker, for a job; else as `began`.
    pub started: SimTime,
    /// When and how it ended; none while it goes on.
    pub ended: Option<(SimTime, SpanEnd)>,
    /// Nobody waited for it any more when it ended.
    pub wasted: bool,
    /// How long it waited for a worker while nothing of it was computing.
    pub waited: SimDuration,
    /// How long something of it was computing.
    pub worked: SimDuration,
    /// Branches that wait and compute now, and since when.
    now: (u16, u16, SimTime),
    /// It has waited for its first worker since it began.
    fresh: bool,
}

impl Spans {
    /// Records at most `limit` spans of requests that are offered from `from` on.
    pub fn new(from: SimTime, limit: usize) -> Spans {
        Spans { from, limit, spans: Vec::new(), cut: false }
    }

    /// What was recorded, in the order in which it began.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Whether spans were left out because the limit was reached.
    pub fn cut(&self) -> bool {
        self.cut
    }

    /// The recorded span of this number.
    pub fn get(&self, number: u64) -> Option<&Span> {
        self.index(number).map(|at| &self.spans[at])
    }

    fn index(&self, number: u64) -> Option<usize> {
        index(&self.spans, number)
    }

    fn begin(&mut self, span: Span) -> bool {
        let wanted = match span.scope {
            Scope::Request { .. } => span.began >= self.from,
            _ => self.index(span.parent).is_some(),
        };
        if !wanted {
            return false;
        }
        if self.spans.len() >= self.limit {
            self.cut = true;
            return false;
        }
        self.spans.push(span);
        true
    }
}

impl Observer for Spans {
    const SPANS: bool = true;

    #[inline]
    fn observe(&mut self, _: SimTime, what: Observation) {
        if let Observation::InVain { span, .. } = what
            && let Some(place) = worker(&self.spans, span)
        {
            self.spans[place].wasted = true;
        }
    }

    fn span(&mut self, at: SimTime, what: SpanFact) -> bool {
        match what {
            SpanFact::Began { span, parent, request, key, scope } => {
                return self.begin(Span::begin(at, span, parent, request, scope).with_key(key));
            }
            SpanFact::Turned { span, waiting, working } => {
                if let Some(place) = self.index(span) {
                    self.spans[place].turn(at, waiting, working);
                }
            }
            SpanFact::Ended { span, end, wasted } => {
                if let Some(place) = self.index(span) {
                    self.spans[place].end(at, end, wasted);
                }
            }
        }
        true
    }
}

impl Span {
    /// It begins, without a key.
    pub(super) fn begin(at: SimTime, number: u64, parent: u64, request: u64, scope: Scope) -> Span {
        Span {
            number,
            parent,
            request,
            key: None,
            scope,
            began: at,
            started: at,
            ended: None,
            wasted: false,
            waited: SimDuration::ZERO,
            worked: SimDuration::ZERO,
            now: (0, 0, at),
            fresh: false,
        }
    }

    /// With the key that it is about, if there is one.
    pub(super) fn with_key(self, key: Option<u32>) -> Span {
        Span { key, ..self }
    }

    /// What it was told to be doing last.
    pub fn doing(&self) -> Doing {
        match self.now {
            (_, 1.., _) => Doing::Working,
            (1.., 0, _) => Doing::Waiting,
            (0, 0, _) => Doing::Blocked,
        }
    }

    /// The node at which it happens.
    pub fn node(&self, plan: &Plan) -> NodeIx {
        match self.scope {
            Scope::Request { client } => plan.clients[client.at()].node,
            Scope::Attempt { edge, .. } => plan.edges[edge.at()].from,
            Scope::Job { service, .. } => plan.services[service.at()].node,
            Scope::Access { access } => plan.links[plan.accesses[access.at()].out.at()].from,
            Scope::Publish { from, .. } => from,
        }
    }

    /// The span that published the message which this one handles: what OpenTelemetry links a consumer's span to.
    pub fn link(&self) -> Option<u64> {
        matches!(self.scope, Scope::Job { from: Some(_), .. }).then_some(self.parent)
    }

    /// When it ended; `now` while it goes on.
    pub fn ends(&self, now: SimTime) -> SimTime {
        self.ended.map_or(now, |(at, _)| at)
    }

    /// The span as it stands at `now`, with what it is doing at that instant counted in.
    pub fn until(&self, now: SimTime) -> Span {
        let mut span = *self;
        if span.ended.is_none() {
            span.advance(now);
        }
        span
    }

    /// How long it neither waited for a worker nor computed, up to `now`: it waited for answers, slept, backed off or
    /// stood still.
    pub fn blocked(&self, now: SimTime) -> SimDuration {
        let SimDuration(whole) = self.ends(now).since(self.began);
        SimDuration(whole.saturating_sub(self.waited.0).saturating_sub(self.worked.0))
    }

    fn advance(&mut self, at: SimTime) {
        let (waiting, working, since) = self.now;
        if working > 0 {
            self.worked = self.worked + at.since(since);
        } else if waiting > 0 {
            self.waited = self.waited + at.since(since);
        }
        self.now.2 = at;
    }

    pub(super) fn turn(&mut self, at: SimTime, waiting: i8, working: i8) {
        self.advance(at);
        if waiting > 0 && at == self.began {
            self.fresh = true;
        }
        if waiting < 0 && std::mem::take(&mut self.fresh) {
            self.started = at;
        }
        self.now.0 = self.now.0.saturating_add_signed(waiting.into());
        self.now.1 = self.now.1.saturating_add_signed(working.into());
    }

    pub(super) fn end(&mut self, at: SimTime, end: SpanEnd, wasted: bool) {
        self.advance(at);
        if self.fresh {
            self.started = at;
        }
        self.ended = Some((at, end));
        // That may be known already, of a job that answered before its end.
        self.wasted |= wasted;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{ClientIx, EdgeIx, OpIx, ServiceIx};

    const REQUEST: Scope = Scope::Request { client: ClientIx(0) };
    const ATTEMPT: Scope = Scope::Attempt { edge: EdgeIx(0), attempt: 1 };
    const JOB: Scope = Scope::Job { service: ServiceIx(0), replica: 1, op: OpIx(0), from: None };

    fn began(span: u64, parent: u64, scope: Scope) -> SpanFact {
        SpanFact::Began { span, parent, request: 7, key: None, scope }
    }

    fn turned(waiting: i8, working: i8) -> SpanFact {
        SpanFact::Turned { span: 3, waiting, working }
    }

    #[test]
    fn a_job_s_time_is_waited_worked_or_blocked() {
        let mut spans = Spans::new(SimTime(0), 100);
        let ended = SpanFact::Ended { span: 3, end: SpanEnd::Ok, wasted: true };
        for (at, fact) in [
            (0, began(1, 0, REQUEST)),
            (0, began(2, 1, ATTEMPT)),
            (10, began(3, 2, JOB)),
            (10, turned(1, 0)),
            (25, turned(-1, 0)),
            (25, turned(0, 1)),
            // A second branch computes while the first does: time counts once.
            (30, turned(0, 1)),
            (35, turned(0, -1)),
            (45, turned(0, -1)),
            (60, turned(0, 1)),
            (61, turned(0, -1)),
            (61, ended),
        ] {
            spans.span(SimTime(at), fact);
        }
        let job = spans.get(3).expect("recorded");
        assert_eq!((job.began, job.started), (SimTime(10), SimTime(25)));
        assert_eq!(job.ended, Some((SimTime(61), SpanEnd::Ok)));
        assert_eq!((job.waited, job.worked), (SimDuration(15), SimDuration(21)));
        assert_eq!(job.blocked(SimTime(99)), SimDuration(15));
        assert!(job.wasted);
        let request = spans.get(1).expect("recorded");
        assert_eq!((request.ended, request.ends(SimTime(99))), (None, SimTime(99)));
    }

    #[test]
    fn what_is_recorded_has_its_parent() {
        let mut spans = Spans::new(SimTime(10), 3);
        let mut begin = |at, number, parent, scope| {
            spans.span(SimTime(at), began(number, parent, scope));
        };
        begin(0, 1, 0, REQUEST);
        begin(10, 2, 0, REQUEST);
        // A request from before the measurement goes on; nobody asked for it.
        begin(10, 3, 1, ATTEMPT);
        begin(11, 4, 2, ATTEMPT);
        begin(12, 5, 4, JOB);
        begin(13, 6, 5, ATTEMPT);
        begin(14, 7, 6, JOB);
        let numbers: Vec<u64> = spans.spans().iter().map(|span| span.number).collect();
        assert_eq!(numbers, [2, 4, 5]);
        assert!(spans.cut());
    }
}
