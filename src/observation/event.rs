//! Observations: facts about a run in the order in which they happen.

use super::{
    BreakerState, CallResult, Discard, Effect, Failure, Fate, HostFact, JobEnd, LogFact, LossReason,
    MessageKind, Outcome, SagaEnd,
};
use crate::base::{
    AccessIx, BreakerIx, ClientIx, EdgeIx, ExchangeIx, HealthIx, LinkIx, LogIx, NodeIx, OpIx, QueueIx,
    SagaIx, ServiceIx, SimDuration, SimTime, StoreIx, WindowIx,
};

/// One fact about the simulated system.
///
/// In the ledger, "message" means a request, a reply or an asynchronous message. Confirms, acks and the traffic between
/// an operation and a store are not counted. A request lives from when it is sent until its job at the callee ends, or
/// until it is refused or lost. A reply lives until it arrives or is lost, and an asynchronous message from when it is
/// published until its queue settles it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Observation {
    /// A client offers a request to the system.
    Offered {
        /// Where.
        client: ClientIx,
        /// Number of the request and of the trace that it begins, from 0 over the whole run.
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
    /// A message was sent along a link.
    Sent {
        /// Number of the message, from 0 over the whole run.
        message: u64,
        /// What it is.
        kind: MessageKind,
        /// Along which link.
        link: LinkIx,
        /// The request (trace) that it belongs to.
        request: u64,
        /// When it arrives, or is lost on the way.
        arrives: SimTime,
    },
    /// A message arrived at the end of its link.
    Landed {
        /// Which message.
        message: u64,
        /// Along which link.
        link: LinkIx,
    },
    /// A message was lost on its link.
    Vanished {
        /// Which message.
        message: u64,
        /// On which link.
        link: LinkIx,
        /// Why.
        reason: LossReason,
    },
    /// A message (request, reply or asynchronous) was created: the ledger's `created`.
    Created,
    /// A message's life ended: the other side of the ledger.
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
        /// The operation that it calls.
        op: OpIx,
        /// The request (trace) that it belongs to.
        request: u64,
    },
    /// The job that just arrived was refused: no room, shed, or the service is down.
    Refused {
        /// Which service.
        service: ServiceIx,
        /// Which replica.
        replica: u32,
        /// Why.
        reason: Failure,
    },
    /// A job that left the waiting room was dropped because it had waited too long: now − `arrived`.
    Shed {
        /// Which service.
        service: ServiceIx,
        /// Which replica.
        replica: u32,
        /// When the job arrived.
        arrived: SimTime,
    },
    /// A job entered the waiting room, also when it comes back for a worker at a non-blocking service.
    Queued {
        /// Which service.
        service: ServiceIx,
        /// Which replica.
        replica: u32,
    },
    /// A job left the waiting room after waiting now − `queued`.
    Dequeued {
        /// Which service.
        service: ServiceIx,
        /// Which replica.
        replica: u32,
        /// When it entered the waiting room.
        queued: SimTime,
    },
    /// A job got its first worker. If one was free on arrival, the job starts at once without queueing.
    Started {
        /// Which service.
        service: ServiceIx,
        /// Which replica.
        replica: u32,
        /// When the job arrived.
        arrived: SimTime,
    },
    /// The number of busy, blocked or existing workers of a replica changed. Absolute numbers, after the change.
    Workers {
        /// Which service.
        service: ServiceIx,
        /// Which replica.
        replica: u32,
        /// Workers that compute, or sleep while held.
        busy: u32,
        /// Workers held while their job waits for a downstream answer.
        blocked: u32,
        /// All workers; 0 while crashed.
        total: u32,
    },
    /// A service's number of replicas changed: set by hand or by its autoscaler. Crashed ones count as there.
    Scaled {
        /// Which service.
        service: ServiceIx,
        /// How many there were.
        from: u32,
        /// How many there are.
        to: u32,
    },
    /// A job ended and left the system. Its response time is now − `arrived`.
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
        /// Total time that it spent in the waiting room.
        waited: SimDuration,
        /// It had begun, and its answer is of no use to anybody: its caller had stopped waiting, or its deadline was
        /// past. So the work was wasted. What turns out only on the answer's way back follows as `InVain`.
        wasted: bool,
    },
    /// The answer of a job came back to nobody, or was lost on its way: its caller had stopped waiting, or another
    /// request of the same attempt had been answered before. So the work was wasted. Not told of a job that was
    /// `Finished` as wasted, nor of one that had not begun.
    InVain {
        /// The service that did the work.
        service: ServiceIx,
        /// When the job arrived.
        arrived: SimTime,
        /// The job's span, which has ended unless it answered before its end, or that of the publication of its answer;
        /// 0 where nobody wants to hear of spans. A digest leaves it out.
        span: u64,
    },

    /// A call began; its first attempt follows.
    CallStarted {
        /// Caller, callee and operation.
        edge: EdgeIx,
    },
    /// An attempt of a call was sent.
    Attempted {
        /// Caller, callee and operation.
        edge: EdgeIx,
        /// Number of the attempt, from 1.
        attempt: u32,
    },
    /// The caller learned the result of an attempt.
    AttemptEnded {
        /// Caller, callee and operation.
        edge: EdgeIx,
        /// How it ended.
        result: CallResult,
        /// When the attempt was sent.
        sent: SimTime,
    },
    /// An attempt sent a hedge while its first request is still unanswered.
    Hedged {
        /// Caller, callee and operation.
        edge: EdgeIx,
    },
    /// One of the caller's own policies refused an attempt: it is not sent, and the call ends.
    NotPermitted {
        /// Caller, callee and operation.
        edge: EdgeIx,
        /// The policy: `BreakerOpen`, `RateLimited` or `BulkheadFull`.
        reason: Failure,
    },
    /// A circuit breaker changed its state. Initially it is closed.
    BreakerTurned {
        /// Which.
        breaker: BreakerIx,
        /// The new state.
        to: BreakerState,
        /// The calls in its window that decided the change; 0 if the change was not decided by calls.
        calls: u32,
        /// How many of those calls failed.
        failed: u32,
        /// How many of them were slow.
        slow: u32,
    },
    /// A half-open circuit breaker granted a probe, or took back a permit that was not used.
    Probe {
        /// Which.
        breaker: BreakerIx,
        /// It was taken back.
        returned: bool,
    },
    /// A caller has learnt something of the health of a replica.
    Host {
        /// What it keeps of whose health.
        health: HealthIx,
        /// Which replica.
        replica: u32,
        /// What.
        what: HostFact,
    },
    /// A call ended, after all its attempts. Its latency is now − `started`.
    CallEnded {
        /// Caller, callee and operation.
        edge: EdgeIx,
        /// How it ended.
        result: CallResult,
        /// When the call began.
        started: SimTime,
    },

    /// A queue accepted a message.
    Published {
        /// Which queue.
        queue: QueueIx,
    },
    /// A queue refused a message.
    PublishRefused {
        /// Which queue.
        queue: QueueIx,
    },
    /// A publisher sends a message again, because no confirm came in time or the broker refused it.
    Republished {
        /// The broker.
        to: NodeIx,
    },
    /// A queue accepted a message that it had accepted before: its publisher sent it again. `Published` precedes.
    StoredAgain {
        /// Which queue.
        queue: QueueIx,
    },
    /// A queue handed a message to a consumer.
    Delivered {
        /// Which queue.
        queue: QueueIx,
        /// It was delivered before.
        redelivered: bool,
        /// When it was published; its age is now − `published`.
        published: SimTime,
    },
    /// A delivered message was acknowledged.
    Acked {
        /// Which queue.
        queue: QueueIx,
    },
    /// An acknowledgement came after the visibility timeout of its delivery.
    LateAck {
        /// Which queue.
        queue: QueueIx,
        /// It counts all the same: `Acked` follows.
        counts: bool,
    },
    /// A delivered message returned to its place in the queue.
    Requeued {
        /// Which queue.
        queue: QueueIx,
    },
    /// A message left a queue without being acknowledged.
    Discarded {
        /// Which queue.
        queue: QueueIx,
        /// Why.
        reason: Discard,
        /// What happened to it: expired, dropped or dead-lettered.
        fate: Fate,
    },
    /// An exchange routed a message. With no copies, the message was unroutable.
    Routed {
        /// Which exchange.
        exchange: ExchangeIx,
        /// Number of copies.
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
        /// All connections; 0 while crashed.
        total: u32,
    },
    /// A store was read.
    Read {
        /// Which store.
        store: StoreIx,
        /// How many versions the answer is behind; 0 if it is up to date.
        behind: u32,
        /// The instant of the first write that the answer misses.
        since: SimTime,
    },
    /// A write or a projection reached the store.
    Wrote {
        /// Which store.
        store: StoreIx,
        /// The step that wrote.
        access: AccessIx,
        /// The message that caused it; 0 without one.
        message: u64,
        /// Its effect.
        effect: Effect,
    },
    /// Updates of a store were lost or, at a read model, skipped.
    LostUpdates {
        /// Which store.
        store: StoreIx,
        /// How many.
        count: u32,
    },
    /// An update that a read model had skipped arrived after all.
    FoundUpdate {
        /// Which store.
        store: StoreIx,
    },
    /// A saga began.
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
    /// A record reached a window step.
    Recorded {
        /// Which window step.
        window: WindowIx,
        /// Its window was already closed, so it is not counted there.
        late: bool,
    },
    /// A window closed.
    WindowClosed {
        /// Which window step.
        window: WindowIx,
        /// Groups in the window; each gives one result.
        groups: u32,
    },

    /// A fault began. Faults are numbered from 0 over the run, those of the timeline first, in order of time.
    FaultBegan {
        /// Which.
        fault: u32,
        /// A node that it affects (the first of two for a partition, the sender for a link).
        node: NodeIx,
    },
    /// A fault ended.
    FaultEnded {
        /// Which.
        fault: u32,
        /// A node that it affects.
        node: NodeIx,
    },
}
