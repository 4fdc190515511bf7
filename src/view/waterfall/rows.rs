//! The rows of a waterfall: a call with the job that it led to, a message at its broker, a job for a message, a store.

use crate::base::{NodeIx, SimTime};
use crate::observation::{Failure, Scope, SpanEnd};
use crate::scenario::Plan;
use crate::telemetry::{Doing, Span, Trace};
use crate::view::words;
use crate::view::words::name;

/// What goes on in a stretch of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Waits for a worker.
    Waiting,
    /// Computes.
    Working,
    /// Waits for an answer, sleeps or backs off.
    Blocked,
    /// Travels, or its answer does.
    Network,
    /// Lies at a broker.
    Queue,
    /// At a store, with the way there and back.
    Store,
}

impl Part {
    /// All, in the order in which they are listed.
    pub const ALL: [Part; 6] =
        [Part::Waiting, Part::Working, Part::Blocked, Part::Network, Part::Queue, Part::Store];
}

/// From when to when what goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Since when.
    pub from: SimTime,
    /// Until when.
    pub to: SimTime,
    /// What.
    pub part: Part,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// How deep it lies below the request.
    pub depth: usize,
    /// Where it happens, as a title.
    pub name: String,
    /// What is special about it: "key 7", "try 2", "delivered again"; else empty.
    pub note: String,
    /// What goes on, in order of time, without overlaps.
    pub stretches: Vec<Stretch>,
    /// Since when.
    pub from: SimTime,
    /// Until when; the present instant for what goes on.
    pub to: SimTime,
    /// How it ended for whoever began it; none while it goes on.
    pub end: Option<SpanEnd>,
    /// When whoever began it stopped waiting, though it went on.
    pub given_up: Option<SimTime>,
    /// The row of the publication whose message it handles, and when the message was handed over.
    pub link: Option<(usize, SimTime)>,
    /// A message that nobody has been given yet.
    pub pending: bool,
}

impl Row {
    /// How much of it is this, in nanoseconds.
    pub fn sum(&self, part: Part) -> u64 {
        let of = self.stretches.iter().filter(|stretch| stretch.part == part);
        of.map(|stretch| stretch.to.since(stretch.from).0).sum()
    }

    fn push(&mut self, from: SimTime, to: SimTime, part: Part) {
        if to > from {
            self.stretches.push(Stretch { from, to, part });
        }
    }
}

/// The rows of a trace: each below what caused it, siblings in the order in which they began. None where it is a trace
/// of another system.
pub fn rows(plan: &Plan, trace: &Trace, now: SimTime) -> Vec<Row> {
    let mut writer = Writer { plan, trace, now, rows: Vec::new() };
    if !trace.spans().is_empty() && trace.fits(plan) {
        writer.span(0, 0, None);
    }
    let last = writer.rows.iter().map(|row| row.to).max().unwrap_or(now);
    // What is still at a broker is there as long as there is anything to see.
    for row in writer.rows.iter_mut().filter(|row| row.pending) {
        let from = row.to;
        row.push(from, last, Part::Queue);
        row.to = last;
    }
    writer.rows
}

struct Writer<'a> {
    plan: &'a Plan,
    trace: &'a Trace,
    now: SimTime,
    rows: Vec<Row>,
}

impl Writer<'_> {
    /// Writes a span and all below it. The depth is that of spans: a trace has few enough of them.
    fn span(&mut self, at: usize, depth: usize, publication: Option<usize>) {
        let span = self.trace.spans()[at];
        match span.scope {
            Scope::Request { client } => {
                let mut row = self.row(&span, depth, self.plan.clients[client.at()].node);
                row.note = span.key.map_or(String::new(), |key| say!("trace.key", key = key));
                self.did(&mut row, at);
                self.rows.push(row);
                self.below(&span, depth + 1, None);
            }
            Scope::Attempt { edge, attempt } => {
                self.attempt(&span, depth, self.plan.edges[edge.at()].to, attempt)
            }
            Scope::Job { service, .. } => {
                let mut row = self.row(&span, depth, self.plan.services[service.at()].node);
                if let Some(publication) = publication {
                    self.delivered(&mut row, at, publication);
                }
                self.did(&mut row, at);
                self.rows.push(row);
                self.below(&span, depth + 1, None);
            }
            Scope::Access { access } => {
                let access = &self.plan.accesses[access.at()];
                let mut row = self.row(&span, depth, self.plan.stores[access.store.at()].node);
                row.push(row.from, row.to, Part::Store);
                self.rows.push(row);
                self.below(&span, depth + 1, None);
            }
            Scope::Publish { from, to } => self.publication(&span, depth, (from, to)),
        }
    }

    fn row(&self, span: &Span, depth: usize, node: NodeIx) -> Row {
        Row {
            depth,
            name: name::of_node(self.plan, node),
            note: String::new(),
            stretches: Vec::new(),
            from: span.began,
            to: span.ends(self.now),
            end: span.ended.map(|(_, end)| end),
            given_up: None,
            link: None,
            pending: false,
        }
    }

    /// The places of a span's children.
    fn children(&self, parent: &Span) -> impl Iterator<Item = usize> + use<'_> {
        let number = parent.number;
        let spans = self.trace.spans().iter().enumerate();
        spans.filter(move |(_, span)| span.parent == number).map(|(at, _)| at)
    }

    fn below(&mut self, parent: &Span, depth: usize, publication: Option<usize>) {
        let children: Vec<usize> = self.children(parent).collect();
        for child in children {
            self.span(child, depth, publication);
        }
    }

    /// What a span did.
    fn did(&self, row: &mut Row, at: usize) {
        for (from, to, doing) in self.trace.stretches(at, self.now) {
            let part = match doing {
                Doing::Waiting => Part::Waiting,
                Doing::Working => Part::Working,
                Doing::Blocked => Part::Blocked,
            };
            row.push(from, to, part);
        }
    }

    /// An attempt of a call, with the job that it led to: there, the job, and back.
    fn attempt(&mut self, span: &Span, depth: usize, callee: NodeIx, attempt: u32) {
        let mut row = self.row(span, depth, callee);
        if attempt > 1 {
            row.note = say!("trace.try", number = attempt);
        }
        let children: Vec<usize> = self.children(span).collect();
        let first = children.iter().copied().find(|&child| self.is_job(child));
        match first {
            Some(first) => {
                let job = self.trace.spans()[first];
                row.push(span.began, job.began, Part::Network);
                self.did(&mut row, first);
                let over = job.ends(self.now);
                if span.ended.is_none_or(|(at, _)| at > over) {
                    row.push(over, row.to, Part::Network);
                } else {
                    row.given_up = span.ended.map(|(at, _)| at).filter(|at| *at < over);
                    row.to = over;
                }
            }
            None => row.push(row.from, row.to, Part::Network),
        }
        self.rows.push(row);
        for child in children {
            if Some(child) == first {
                let job = self.trace.spans()[child];
                self.below(&job, depth + 1, None);
            } else {
                // A hedge: the same attempt asked again.
                let row = self.rows.len();
                self.span(child, depth, None);
                if let Some(hedge) = self.rows.get_mut(row) {
                    hedge.note = text!("trace.hedge").to_owned();
                }
            }
        }
    }

    fn is_job(&self, at: usize) -> bool {
        matches!(self.trace.spans()[at].scope, Scope::Job { .. })
    }

    /// A message: on its way to the broker, there, until the first consumer has it.
    fn publication(&mut self, span: &Span, depth: usize, (from, to): (NodeIx, NodeIx)) {
        let mut row = self.row(span, depth, to);
        let link = self.plan.link(from, to);
        let hop = self.trace.hops().iter().find(|hop| Some(hop.link) == link && hop.sent == span.began);
        let there = hop.map_or(span.began, |hop| hop.arrives.min(self.now));
        row.push(span.began, there, Part::Network);
        row.to = there.max(row.to);
        let first = self.children(span).find(|&child| self.is_job(child));
        match first {
            Some(first) => {
                let handed = self.handed(first).max(there);
                row.push(there, handed, Part::Queue);
                row.to = row.to.max(handed);
            }
            None => {
                row.pending = !matches!(row.end, Some(SpanEnd::Failed(_)));
                row.to = there;
            }
        }
        let number = self.rows.len();
        self.rows.push(row);
        self.below(span, depth + 1, Some(number));
    }

    /// When the message that a job handles left its broker.
    fn handed(&self, job: usize) -> SimTime {
        let span = &self.trace.spans()[job];
        let Scope::Job { service, from: Some(broker), .. } = span.scope else { return span.began };
        let link = self.plan.link(broker, self.plan.services[service.at()].node);
        let hops = self.trace.hops().iter().rev();
        let hop = hops.filter(|hop| Some(hop.link) == link).find(|hop| hop.arrives == span.began);
        hop.map_or(span.began, |hop| hop.sent)
    }

    /// The way from the broker; of what is delivered again also the time that it lay there once more.
    fn delivered(&self, row: &mut Row, job: usize, publication: usize) {
        let spans = self.trace.spans();
        let same = |other: &Span| match (other.scope, spans[job].scope) {
            (Scope::Job { service: a, .. }, Scope::Job { service: b, .. }) => a == b,
            _ => false,
        };
        let parent = spans[job].parent;
        let before = spans[..job].iter().rev().find(|other| other.parent == parent && same(other));
        let handed = self.handed(job);
        if let Some(before) = before {
            row.note = text!("trace.again").to_owned();
            let over = before.ends(self.now).min(handed);
            row.push(over, handed, Part::Queue);
            row.from = over;
        } else {
            row.from = handed;
        }
        row.push(handed, spans[job].began, Part::Network);
        row.link = Some((publication, handed));
    }
}

/// How something ended, in words; while it goes on, that.
pub fn end(end: Option<SpanEnd>) -> &'static str {
    match end {
        None => text!("trace.end.goes-on"),
        Some(SpanEnd::Ok) => text!("trace.end.good"),
        Some(SpanEnd::Late) => text!("trace.end.late"),
        Some(SpanEnd::Degraded) => text!("trace.end.degraded"),
        Some(SpanEnd::Failed(Failure::Error)) => text!("trace.end.error"),
        Some(SpanEnd::Failed(failure)) => words::failure(failure),
        Some(SpanEnd::Abandoned) => text!("trace.end.abandoned"),
        Some(SpanEnd::Crashed) => text!("trace.end.crashed"),
    }
}
