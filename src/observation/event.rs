//! Observations: small facts, in the order in which they became true, and who listens to them.

use super::{
    BreakerState, CallResult, Discard, Effect, Failure, Fate, JobEnd, LogFact, LossReason, MessageKind,
    Outcome, SagaEnd, SpanFact,
};
use crate::base::{
    AccessIx, BreakerIx, ClientIx, EdgeIx, ExchangeIx, LinkIx, LogIx, NodeIx, OpIx, QueueIx, SagaIx,
    ServiceIx, SimDuration, SimTime, StoreIx, WindowIx,
};

/// Listens to a run. Dispatch is static, so an observer that ignores a fact costs nothing.
pub trait Observer {
    /// Whether it wants to hear of spans: where nobody does, the engine does not even number them.
    const SPANS: bool = false;

    /// One fact, at the instant at which it became true. Instants never go back.
    fn observe(&mut self, at: SimTime, what: Observation);

    /// One fact about a span, where it wants to hear of them. Of a span that begins it says whether it wants to hear
    /// more: of this span and of those that it causes. Its word on other facts means nothing.
    #[inline(always)]
    fn span(&mut self, _at: SimTime, _what: SpanFact) -> bool {
        false
    }
}

/// Sees nothing.
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
        // Both hear it.
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

/// One fact about the simulated system.
///
/// "Message" in the ledger means a request, a reply or an asynchronous message; confirms, acks and what passes
/// between an operation and a store are words within a connection and are not counted. A request lives from its
/// sending until its job at the callee ends (or is refused, or lost); a reply until it arrives or is lost; an asynchronous message from its publishing until
/// its queue settles it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Observation {
    /// A client offers a request to the system.
    Offered {
        /// Where.
        client: ClientIx,
        /// Number of the request: the trace it begins. Counted from 0 over the whole run.
        request: u64,
    },
    /// A client's request ended. Its latency is now − `offered`.
    Ended {
        /// Where.
        client: ClientIx,
        /// Which request.
        request: u64,
        /// How.
        outcome: Outcome,
        /// When it was offered.
        offered: SimTime,
    },
    /// A message leaves along a link.
    Sent {
        /// Number of the message, counted from 0 over the whole run.
        message: u64,
        /// What it is.
        kind: MessageKind,
        /// Along which link.
        link: LinkIx,
        /// The request (trace) on whose behalf it travels.
        request: u64,
        /// When it will be there (or vanish, if it is to be lost).
        arrives: SimTime,
    },
    /// A message arrived at the end of its link.
    Landed {
        /// Which message.
        message: u64,
        /// Along which link.
        link: LinkIx,
    },
    /// A message vanished on its link.
    Vanished {
        /// Which message.
        message: u64,
        /// On which link.
        link: LinkIx,
        /// Why.
        reason: LossReason,
    },
    /// A message (request, reply or asynchronous) came into being: the ledger's `created`.
    Created,
    /// A message's life ended: the ledger's other side.
    Settled {
        /// How.
        fate: Fate,
    },

    /// A job (from a request or a delivery) reached a service; it is now in the system unless `Refused` follows.
    Arrived {
        /// Which service.
        service: ServiceIx,
        /// Which replica.
        replica: u32,
        /// The operation that it asks for.
        op: OpIx,
        /// On whose behalf.
        request: u64,
    },
    /// The arrival just announced was refused: no room, shed, or nobody there.
    Refused {
        /// Which service.
        service: ServiceIx,
        /// Which replica.
        replica: u32,
        /// Why.
        reason: Failure,
    },
    /// A job that had left the waiting room was dropped: it had waited too long.
    Shed {
        /// Which service.
        service: ServiceIx,
        /// Which replica.
        replica: u32,
    },
    /// A job enters the waiting room (also one that comes back for a worker at a non-blocking service).
    Queued {
        /// Which service.
        service: ServiceIx,
        /// Which replica.
        replica: u32,
    },
    /// A job leaves the waiting room, having waited now − `queued`.
    Dequeued {
        /// Which service.
        service: ServiceIx,
        /// Which replica.
        replica: u32,
        /// When it entered the room.
        queued: SimTime,
    },
    /// A job got its first worker. One that finds a worker free starts at once: it waited for nothing.
    Started {
        /// Which service.
        service: ServiceIx,
        /// Which replica.
        replica: u32,
        /// When the job arrived.
        arrived: SimTime,
    },
    /// A replica's workers changed. Absolute numbers, after the change.
    Workers {
        /// Which service.
        service: ServiceIx,
        /// Which replica.
        replica: u32,
        /// Workers computing (or sleeping while held).
        busy: u32,
        /// Workers held while waiting for a downstream answer.
        blocked: u32,
        /// Workers there are (0 while crashed).
        total: u32,
    },
    /// A job ended and left the system, response time now − `arrived`.
    Finished {
        /// Which service.
        service: ServiceIx,
        /// Which replica.
        replica: u32,
        /// The operation.
        op: OpIx,
        /// How.
        end: JobEnd,
        /// When the job arrived.
        arrived: SimTime,
        /// Time that it spent in the waiting room, all its stays together.
        waited: SimDuration,
        /// Its caller had stopped waiting: the work was for nobody.
        wasted: bool,
    },

    /// A call begins (its first attempt follows).
    CallStarted {
        /// Between whom, for what.
        edge: EdgeIx,
    },
    /// An attempt of a call is sent.
    Attempted {
        /// Between whom, for what.
        edge: EdgeIx,
        /// 1 for the first try.
        attempt: u32,
    },
    /// An attempt's result is known to the caller.
    AttemptEnded {
        /// Between whom, for what.
        edge: EdgeIx,
        /// How it ended.
        result: CallResult,
        /// When the attempt was sent.
        sent: SimTime,
    },
    /// An attempt asks again while its first request is out.
    Hedged {
        /// Between whom, for what.
        edge: EdgeIx,
    },
    /// The caller's own policies refused an attempt: it is not sent, and the call is over.
    NotPermitted {
        /// Between whom, for what.
        edge: EdgeIx,
        /// By which: `BreakerOpen`, `RateLimited` or `BulkheadFull`.
        reason: Failure,
    },
    /// A circuit breaker changed its state. It begins closed.
    BreakerTurned {
        /// Which.
        breaker: BreakerIx,
        /// Into what.
        to: BreakerState,
        /// The calls that it judged by; 0 where it came there without a judgement.
        calls: u32,
        /// How many of these had failed.
        failed: u32,
    },
    /// A half-open circuit breaker lets a call out to probe, or takes a permit back that was not used.
    Probe {
        /// Which.
        breaker: BreakerIx,
        /// It was taken back.
        returned: bool,
    },
    /// A call ended for good, after all its attempts; latency now − `started`.
    CallEnded {
        /// Between whom, for what.
        edge: EdgeIx,
        /// How it ended.
        result: CallResult,
        /// When the call began.
        started: SimTime,
    },

    /// A queue took a message.
    Published {
        /// Which queue.
        queue: QueueIx,
    },
    /// A queue refused a message.
    PublishRefused {
        /// Which queue.
        queue: QueueIx,
    },
    /// A queue handed a message to a consumer.
    Delivered {
        /// Which queue.
        queue: QueueIx,
        /// It had been delivered before.
        redelivered: bool,
        /// When it was published; its age is now − this.
        published: SimTime,
    },
    /// A delivered message was acknowledged.
    Acked {
        /// Which queue.
        queue: QueueIx,
    },
    /// A delivered message came back to its place in the queue.
    Requeued {
        /// Which queue.
        queue: QueueIx,
    },
    /// A message left a queue without having been acknowledged.
    Discarded {
        /// Which queue.
        queue: QueueIx,
        /// Why.
        reason: Discard,
        /// What became of it: expired, dropped or dead-lettered.
        fate: Fate,
    },
    /// An exchange took a message and sent so many copies on; with none, the message cannot be routed.
    Routed {
        /// Which exchange.
        exchange: ExchangeIx,
        /// How many.
        copies: u32,
    },
    /// Something happened at a log.
    Log {
        /// Which log.
        log: LogIx,
        /// What.
        what: LogFact,
    },
    /// A queue's contents changed. Absolute numbers, after the change.
    Depth {
        /// Which queue.
        queue: QueueIx,
        /// Messages ready for a consumer.
        ready: u32,
        /// Messages delivered and not yet acknowledged.
        unacked: u32,
    },

    /// A store's connections changed. Absolute numbers, after the change.
    Connections {
        /// Which store.
        store: StoreIx,
        /// Connections in use.
        busy: u32,
        /// Accesses that wait for one.
        waiting: u32,
        /// Connections there are (0 while crashed).
        total: u32,
    },
    /// A store was read.
    Read {
        /// Which store.
        store: StoreIx,
        /// How many versions the answer is behind; 0 for a fresh one.
        behind: u32,
        /// Since when: the instant of the first write that it misses.
        since: SimTime,
    },
    /// A write or a projection was done.
    Wrote {
        /// Which store.
        store: StoreIx,
        /// By which step.
        access: AccessIx,
        /// On behalf of which message; 0 without one.
        message: u64,
        /// What it came to.
        effect: Effect,
    },
    /// Updates of a store were lost, or (at a read model) skipped.
    LostUpdates {
        /// Which store.
        store: StoreIx,
        /// How many.
        count: u32,
    },
    /// An update that a read model had skipped came after all.
    FoundUpdate {
        /// Which store.
        store: StoreIx,
    },
    /// A saga begins.
    SagaBegan {
        /// Which saga step.
        saga: SagaIx,
    },
    /// A saga ended.
    SagaEnded {
        /// Which saga step.
        saga: SagaIx,
        /// How.
        end: SagaEnd,
    },
    /// A record came to a window step.
    Recorded {
        /// Which window step.
        window: WindowIx,
        /// Its window had closed: it is not counted there.
        late: bool,
    },
    /// A window closed.
    WindowClosed {
        /// Which window step.
        window: WindowIx,
        /// Groups in it: so many results it gave.
        groups: u32,
    },

    /// A fault sets in. Counted from 0 over the run; timeline entries first, in order of time.
    FaultBegan {
        /// Which.
        fault: u32,
        /// A node it concerns (the first of two for a partition, the sender for a link).
        node: NodeIx,
    },
    /// A fault ends.
    FaultEnded {
        /// Which.
        fault: u32,
        /// A node it concerns.
        node: NodeIx,
    },
}
