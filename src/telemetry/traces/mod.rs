//! Traces of late requests, for the page: those that say most, whole, in bounded memory.
//!
//! **What is followed.** Every request while it goes on, as far as there is room: there are [`FOLLOWED`] places, and a
//! request has the one of its number modulo that. A request whose place is taken by one that still goes on is not
//! followed, and none is while the traces hold [`ROOM`] spans that are still needed. So a system with fewer requests
//! under way than that is seen whole, and a crowded one by an even sample. A request that sent messages is followed
//! after its end too, until its place is needed or there are many of them.
//!
//! **What is kept** when it is over: what is on one of the lists ([`Which`]). It is followed as long as it is on one, so
//! that a message of it that is delivered late still shows.
//!
//! **Bounds.** [`MOST_SPANS`] spans a trace, [`ROOM`] spans that are followed, [`LISTED`] entries a list (twice that
//! where a list looks back to the stretch before). All that is followed takes at most some 700 KB, and what is kept at
//! most some 4 MB where every trace is as long as it may be. Clones share the traces until one of them changes.
//!
//! All of this is decided by what was simulated, so any moment of a run has the same traces however one came there.

mod list;
mod trace;

use std::sync::Arc;

pub use list::{LATE, LISTED};
use list::{List, stretch};
use trace::MOST_HOPS;
pub use trace::{Hop, MOST_SPANS, Trace, Turn};

use super::spans::{Span, worker};
use crate::base::{SimTime, mix};
use crate::observation::{MessageKind, Observation, Observer, Scope, SpanEnd, SpanFact};

/// So many requests are followed at once at most.
pub const FOLLOWED: usize = 512;

/// What is followed has at most about so many spans together; then no further request is followed, and the traces that
/// are get no further spans and say that they are cut.
pub const ROOM: usize = 4096;

/// Traces of requests that are over, and sent messages, are let go when all that is followed has more spans than this.
const LINGER: usize = 512;

/// So many places of spans are known by their numbers; the few others are searched for.
const PLACES: usize = 8192;

/// The memory of so many traces that are gone is used again, if it is no more than this.
const SPARE: usize = 64;
const SPARE_BYTES: usize = 4096;

/// When room is needed, so many places are looked at for a trace that can go.
const SWEPT: usize = 8;

/// Why a trace is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those whose good answers took longest, of late.
    Slowest,
    /// The last that failed, or were answered too late.
    Failed,
    /// The last of which a call was tried again, or a message delivered again.
    Retried,
    /// A uniform sample, of late.
    Random,
}

impl Which {
    /// All, in the order in which they are shown.
    pub const ALL: [Which; 4] = [Which::Slowest, Which::Failed, Which::Retried, Which::Random];
}

/// Follows requests and keeps the traces that say most.
#[derive(Clone, Debug)]
pub struct Traces {
    /// By a request's number modulo their count.
    followed: Vec<Slot>,
    /// On a list, and their place was needed.
    kept: Vec<Slot>,
    lists: [List; Which::ALL.len()],
    /// In which slot a span is, by its number modulo their count: as it was when the span began.
    places: Vec<u16>,
    /// Spans of the traces in `followed`.
    room: usize,
    /// Which place is looked at next when room is needed.
    hand: usize,
    missed: u64,
    /// What empty places hold.
    nothing: Arc<Trace>,
    spare: Spare,
}

/// Empty traces with memory. A clone of the run has no use for it.
#[derive(Debug, Default)]
struct Spare(Vec<Arc<Trace>>);

impl Clone for Spare {
    fn clone(&self) -> Spare {
        Spare::default()
    }
}

/// A trace with what it is needed for.
#[derive(Clone, Debug)]
struct Slot {
    request: u64,
    trace: Arc<Trace>,
    /// Spans of it that go on.
    open: u32,
    /// On so many lists.
    lists: u32,
}

impl Slot {
    fn is_empty(&self) -> bool {
        self.trace.spans.is_empty()
    }
}

impl Default for Traces {
    fn default() -> Traces {
        let nothing = Arc::default();
        let empty = Slot { request: 0, trace: Arc::clone(&nothing), open: 0, lists: 0 };
        Traces {
            followed: vec![empty; FOLLOWED],
            kept: Vec::new(),
            lists: Default::default(),
            places: vec![0; PLACES],
            room: 0,
            hand: 0,
            missed: 0,
            nothing,
            spare: Spare::default(),
        }
    }
}

impl Traces {
    /// The traces on a list: the slowest first, the latest first, or in an order that means nothing.
    pub fn list(&self, which: Which) -> impl Iterator<Item = &Arc<Trace>> {
        self.lists[which as usize].best().into_iter().filter_map(|request| self.get(request))
    }

    /// The trace of a request, if it is followed or kept.
    pub fn get(&self, request: u64) -> Option<&Arc<Trace>> {
        Some(&self.slot(self.find(request)?)?.trace)
    }

    /// All there are: of requests that go on, of those that ended and are not yet forgotten, and on lists.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Trace>> {
        self.followed.iter().chain(&self.kept).filter(|slot| !slot.is_empty()).map(|slot| &slot.trace)
    }

    /// How many requests were not followed because there was no room: then the lists tell of a sample.
    pub fn missed(&self) -> u64 {
        self.missed
    }

    /// About how many bytes a clone takes, once what it shares with this has changed here or is forgotten.
    pub fn memory_bytes(&self) -> usize {
        // What is on a list stays there for a minute or two: several clones of that time share it.
        let bytes = |slot: &Slot| match (slot.open, slot.lists) {
            _ if slot.is_empty() => 0,
            (0, 1..) => slot.trace.memory_bytes() / 4,
            _ => slot.trace.memory_bytes(),
        };
        let traces: usize = self.followed.iter().chain(&self.kept).map(bytes).sum();
        let places = size_of_val(&self.followed[..]) + size_of_val(&self.places[..]);
        size_of::<Traces>() + places + size_of_val(&self.kept[..]) + traces
    }

    fn slot(&self, id: usize) -> Option<&Slot> {
        self.followed.get(id).or_else(|| self.kept.get(id.checked_sub(FOLLOWED)?))
    }

    fn slot_mut(&mut self, id: usize) -> &mut Slot {
        if id < FOLLOWED { &mut self.followed[id] } else { &mut self.kept[id - FOLLOWED] }
    }

    /// The slot of a request.
    fn find(&self, request: u64) -> Option<usize> {
        let at = place(request);
        let here = &self.followed[at];
        if here.request == request && !here.is_empty() {
            return Some(at);
        }
        Some(FOLLOWED + self.kept.iter().position(|slot| slot.request == request)?)
    }

    /// The slot of a span that goes on, and its place there.
    fn at(&self, span: u64) -> Option<(usize, usize)> {
        let within = |id: usize| Some((id, self.slot(id)?.trace.index(span)?));
        let known = usize::from(self.places[(span % PLACES as u64) as usize]);
        // Another span had the same place since, or the trace went from the followed to the kept.
        within(known).or_else(|| (0..FOLLOWED + self.kept.len()).find_map(within))
    }

    fn begin(&mut self, at: SimTime, span: Span) -> bool {
        let id = match span.scope {
            Scope::Request { .. } => self.free(span.request),
            _ => self
                .find(span.request)
                .filter(|&id| self.slot(id).is_some_and(|slot| slot.trace.index(span.parent).is_some())),
        };
        let Some(id) = id else { return false };
        let followed = id < FOLLOWED;
        let full = followed && self.room >= ROOM && !self.sweep(id);
        let slot = self.slot_mut(id);
        let trace = Arc::make_mut(&mut slot.trace);
        if full || trace.spans.len() >= MOST_SPANS {
            trace.cut = true;
            return false;
        }
        let repeats = trace.repeats(span.parent, span.scope);
        trace.spans.push(span);
        slot.request = span.request;
        slot.open += 1;
        self.room += usize::from(followed);
        self.places[(span.number % PLACES as u64) as usize] = id as u16;
        if repeats {
            self.repeated(at, id);
        }
        true
    }

    fn repeated(&mut self, at: SimTime, id: usize) {
        let slot = self.slot_mut(id);
        let trace = Arc::make_mut(&mut slot.trace);
        trace.again += 1;
        if trace.again == 1 {
            let request = slot.request;
            self.enlist(Which::Retried, 0, at.0, request);
        }
    }

    fn end(&mut self, at: SimTime, span: u64, end: SpanEnd, wasted: bool) {
        let Some((id, index)) = self.at(span) else { return };
        let slot = self.slot_mut(id);
        let trace = Arc::make_mut(&mut slot.trace);
        trace.spans[index].end(at, end, wasted);
        slot.open = slot.open.saturating_sub(1);
        if index == 0 {
            let (request, latency) = (slot.request, at.since(trace.spans[0].began));
            let late = stretch(at);
            match end {
                SpanEnd::Ok => self.enlist(Which::Slowest, late, latency.0, request),
                SpanEnd::Late | SpanEnd::Failed(_) => self.enlist(Which::Failed, 0, at.0, request),
                _ => {}
            }
            self.enlist(Which::Random, late, mix(request + 1), request);
        }
        self.tidy(id);
    }

    /// Offers a request to a list; what leaves it for that goes if nothing else needs it.
    fn enlist(&mut self, which: Which, stretch: u64, rank: u64, request: u64) {
        let mut gone = [None; 2 * LISTED];
        let mut count = 0;
        let list = &mut self.lists[which as usize];
        let came = list.offer(stretch, rank, request, |left| {
            gone[count] = Some(left);
            count += 1;
        });
        if came && let Some(id) = self.find(request) {
            self.slot_mut(id).lists += 1;
        }
        for left in gone.into_iter().flatten() {
            let Some(id) = self.find(left) else { continue };
            let slot = self.slot_mut(id);
            slot.lists = slot.lists.saturating_sub(1);
            self.tidy(id);
        }
    }

    /// Lets a trace go that nothing needs.
    fn tidy(&mut self, id: usize) {
        let Some(slot) = self.slot(id) else { return };
        if slot.lists > 0 || id < FOLLOWED && slot.open > 0 {
            return;
        }
        if id < FOLLOWED && slot.trace.publishes() {
            if self.room > LINGER {
                self.sweep(id);
            }
            return;
        }
        if id < FOLLOWED {
            self.empty(id);
        } else {
            self.kept.swap_remove(id - FOLLOWED);
        }
    }

    /// Empties the place of a trace that is over; one that is on a list is kept elsewhere.
    fn empty(&mut self, id: usize) {
        let empty = Slot { request: 0, trace: Arc::clone(&self.nothing), open: 0, lists: 0 };
        let mut slot = std::mem::replace(&mut self.followed[id], empty);
        self.room -= slot.trace.spans.len().min(self.room);
        if slot.lists > 0 {
            self.kept.push(slot);
        } else if let Some(trace) = Arc::get_mut(&mut slot.trace)
            && trace.memory_bytes() <= SPARE_BYTES
            && self.spare.0.len() < SPARE
        {
            trace.clear();
            self.spare.0.push(slot.trace);
        }
    }

    /// The place for a request that begins, if it is free or can be.
    fn free(&mut self, request: u64) -> Option<usize> {
        let id = place(request);
        if self.followed[id].open > 0 || self.room >= ROOM && !self.sweep(id) {
            self.missed += 1;
            return None;
        }
        if !self.followed[id].is_empty() {
            self.empty(id);
        }
        self.followed[id].trace = self.spare.0.pop().unwrap_or_default();
        Some(id)
    }

    /// Looks for traces that are over and makes room of them, but leaves one alone; whether there is room now.
    fn sweep(&mut self, alone: usize) -> bool {
        for _ in 0..SWEPT {
            self.hand = (self.hand + 1) % FOLLOWED;
            let slot = &self.followed[self.hand];
            if self.hand != alone && slot.open == 0 && !slot.is_empty() {
                self.empty(self.hand);
            }
        }
        self.room < ROOM
    }

    fn hop(&mut self, request: u64, hop: Hop) {
        let Some(id) = self.find(request) else { return };
        let trace = Arc::make_mut(&mut self.slot_mut(id).trace);
        if trace.hops.len() < MOST_HOPS {
            trace.hops.push(hop);
        }
    }
}

fn place(request: u64) -> usize {
    (request % FOLLOWED as u64) as usize
}

impl Observer for Traces {
    const SPANS: bool = true;

    #[inline]
    fn observe(&mut self, at: SimTime, what: Observation) {
        if let Observation::Sent {
            kind: MessageKind::Publish | MessageKind::Delivery { .. },
            link,
            request,
            arrives,
            ..
        } = what
        {
            self.hop(request, Hop { link, sent: at, arrives });
        }
        if let Observation::InVain { span, .. } = what
            && span != 0
            && let Some((id, _)) = self.at(span)
            && let Some(index) = self.slot(id).and_then(|slot| worker(&slot.trace.spans, span))
        {
            Arc::make_mut(&mut self.slot_mut(id).trace).spans[index].wasted = true;
        }
    }

    fn span(&mut self, at: SimTime, what: SpanFact) -> bool {
        match what {
            SpanFact::Began { span, parent, request, key, scope } => {
                return self.begin(at, Span::begin(at, span, parent, request, scope).with_key(key));
            }
            SpanFact::Turned { span, waiting, working } => {
                if let Some((id, index)) = self.at(span) {
                    Arc::make_mut(&mut self.slot_mut(id).trace).turn(at, index, waiting, working);
                }
            }
            SpanFact::Ended { span, end, wasted } => self.end(at, span, end, wasted),
        }
        true
    }
}
