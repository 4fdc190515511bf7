//! One trace: the spans of a request, what each did when, and the hops of its messages.

use crate::base::{ClientIx, LinkIx, NodeIx, SimDuration, SimTime};
use crate::observation::{Scope, SpanEnd};
use crate::scenario::Plan;
use crate::telemetry::spans::{Doing, Span, index};

/// A trace has at most so many spans. What would begin after that is left out with all that it causes, and the trace
/// says that it is cut.
pub const MOST_SPANS: usize = 256;

/// At most so many changes of what its spans do are remembered one by one; after that only their sums are right.
pub const MOST_TURNS: usize = 4 * MOST_SPANS;

/// At most so many hops of asynchronous messages are remembered.
pub const MOST_HOPS: usize = 2 * MOST_SPANS;

/// All that happened for one request of a client, as far as it was recorded.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    pub(super) spans: Vec<Span>,
    pub(super) turns: Vec<Turn>,
    pub(super) hops: Vec<Hop>,
    pub(super) again: u32,
    pub(super) cut: bool,
}

/// From an instant on, a span does this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Which span, by its place in the trace.
    pub span: u32,
    /// Since when.
    pub at: SimTime,
    /// What.
    pub doing: Doing,
}

/// An asynchronous message on a link: to a broker or from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hop {
    /// Along which link.
    pub link: LinkIx,
    /// When it left.
    pub sent: SimTime,
    /// When it will be there, unless it is lost.
    pub arrives: SimTime,
}

impl Trace {
    /// Its spans in the order in which they began; the first is the client's request.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Hops of its asynchronous messages, in the order in which they left.
    pub fn hops(&self) -> &[Hop] {
        &self.hops
    }

    /// Number of the request.
    pub fn request(&self) -> u64 {
        self.spans.first().map_or(0, |root| root.request)
    }

    /// Whose request it is; none of a trace that is empty.
    pub fn client(&self) -> Option<ClientIx> {
        match self.spans.first()?.scope {
            Scope::Request { client } => Some(client),
            _ => None,
        }
    }

    /// When the request was offered.
    pub fn offered(&self) -> SimTime {
        self.spans.first().map_or(SimTime::ZERO, |root| root.began)
    }

    /// When and how the request ended; none while it goes on.
    pub fn ended(&self) -> Option<(SimTime, SpanEnd)> {
        self.spans.first()?.ended
    }

    /// How long the client has waited, or waited.
    pub fn latency(&self, now: SimTime) -> SimDuration {
        self.spans.first().map_or(SimDuration::ZERO, |root| root.ends(now).since(root.began))
    }

    /// Calls that were tried again, and messages that were delivered again.
    pub fn again(&self) -> u32 {
        self.again
    }

    /// Whether spans were left out: there were too many of them.
    pub fn cut(&self) -> bool {
        self.cut
    }

    /// Whether all that it names is there in a plan: a trace of another run may have other nodes.
    pub fn fits(&self, plan: &Plan) -> bool {
        let node = |node: NodeIx| node.at() < plan.nodes.len();
        self.spans.iter().all(|span| match span.scope {
            Scope::Request { client } => client.at() < plan.clients.len(),
            Scope::Attempt { edge, .. } => edge.at() < plan.edges.len(),
            Scope::Job { service, op, from, .. } => {
                service.at() < plan.services.len() && op.at() < plan.operations.len() && from.is_none_or(node)
            }
            Scope::Access { access } => access.at() < plan.accesses.len(),
            Scope::Publish { from, to } => node(from) && node(to),
        })
    }

    /// The place of the span of this number.
    pub fn index(&self, number: u64) -> Option<usize> {
        index(&self.spans, number)
    }

    /// What a span did from when to when, up to `now`, without gaps. Where its changes were too many to remember, the
    /// last stretch is longer than it was.
    pub fn stretches(&self, span: usize, now: SimTime) -> Vec<(SimTime, SimTime, Doing)> {
        let Some(whole) = self.spans.get(span) else { return Vec::new() };
        let mut found: Vec<(SimTime, SimTime, Doing)> = Vec::new();
        let mut doing = (whole.began, Doing::Blocked);
        let turns = self.turns.iter().filter(|turn| turn.span as usize == span);
        let end = whole.ends(now).max(whole.began);
        for (at, next) in turns.map(|turn| (turn.at, turn.doing)).chain([(end, Doing::Blocked)]) {
            match found.last_mut() {
                Some(last) if last.2 == doing.1 => last.1 = at,
                _ if at > doing.0 => found.push((doing.0, at, doing.1)),
                _ => {}
            }
            doing = (at, next);
        }
        found
    }

    /// About how many bytes it takes.
    pub fn memory_bytes(&self) -> usize {
        size_of::<Trace>()
            + self.spans.capacity() * size_of::<Span>()
            + self.turns.capacity() * size_of::<Turn>()
            + self.hops.capacity() * size_of::<Hop>()
    }

    pub(super) fn clear(&mut self) {
        self.spans.clear();
        self.turns.clear();
        self.hops.clear();
        (self.again, self.cut) = (0, false);
    }

    /// Whether a message was sent on its behalf, which may be handled long after the request has ended.
    pub(super) fn publishes(&self) -> bool {
        self.spans.iter().any(|span| matches!(span.scope, Scope::Publish { .. }))
    }

    /// Whether this span would do again what one before it has done: a further attempt, a further delivery.
    pub(super) fn repeats(&self, parent: u64, scope: Scope) -> bool {
        match scope {
            Scope::Attempt { attempt, .. } => attempt > 1,
            Scope::Job { service, from: Some(_), .. } => self.spans.iter().any(|span| {
                span.parent == parent && matches!(span.scope, Scope::Job { service: at, .. } if at == service)
            }),
            _ => false,
        }
    }

    pub(super) fn turn(&mut self, at: SimTime, span: usize, waiting: i8, working: i8) {
        let before = self.spans[span].doing();
        self.spans[span].turn(at, waiting, working);
        let turn = Turn { span: span as u32, at, doing: self.spans[span].doing() };
        // Of several changes at one instant, the last is what can be seen.
        if let Some(last) = self.turns.last_mut()
            && (last.span, last.at) == (turn.span, at)
        {
            *last = turn;
        } else if turn.doing != before && self.turns.len() < MOST_TURNS {
            self.turns.push(turn);
        }
    }
}
