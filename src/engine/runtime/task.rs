//! A task: one running operation, as a small record with a program counter.

use super::dual_write::DualWrite;
use super::policy::Ticket;
use super::policy::retry::Retry;
use crate::base::{AccessIx, AskIx, CallIx, OpIx, Pc, PublishIx, SimDuration, SimTime};
use crate::engine::kernel::message::{DeliveryTag, RecordDelivery};
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::kernel::slab::Slot;
use crate::engine::kernel::wake::WakeToken;
use crate::observation::Failure;

/// One running operation, or one branch of it.
#[derive(Clone, Copy, Debug)]
pub struct Task {
    /// Next instruction.
    pub pc: Pc,
    /// What it is doing.
    pub state: State,
    /// Why it runs, and who is to hear of its end.
    pub origin: Origin,
    /// On whose behalf, with which key, and what else goes along.
    pub context: RequestContext,
    /// Which operation (of a service).
    pub op: OpIx,
    /// At which replica (of a service).
    pub replica: u32,
    /// When it arrived.
    pub arrived: SimTime,
    /// When it entered the waiting room.
    pub queued: SimTime,
    /// How long it has been in the waiting room, all its stays together.
    pub waited: SimDuration,
    /// It has begun.
    pub started: bool,
    /// It has a worker of its own.
    pub holds: bool,
    /// A fallback took part in its answer.
    pub degraded: bool,
    /// Its caller has its answer already.
    pub answered: bool,
    /// When it answered, nobody waited any more.
    pub wasted: bool,
    /// Its message is acknowledged already.
    pub acked: bool,
    /// How many of its branches (or itself) compute: a held worker is busy while there are any, else blocked.
    pub active: u32,
    /// Branches that have not joined.
    pub pending: u32,
    /// Newest branch, if there is one.
    pub child: Option<Slot>,
    /// The branch begun before it, for a branch.
    pub sibling: Option<Slot>,
    /// The call in progress.
    pub call: Call,
    /// What it read last from a store: by which step, and the version.
    pub read: Option<(AccessIx, u32)>,
    /// How far it is with writing to a store and publishing that.
    pub dual_write: DualWrite,
    /// What made its saga fail, while it is undone.
    pub cause: Option<Failure>,
}

/// What a task is doing. Only a `Timer` event or an answer for its present turn takes it out of a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// On the agenda.
    Ready,
    /// In the waiting room; when it gets a worker, work this long (none: it begins).
    Waiting(Option<SimDuration>),
    /// Computing, until then.
    Working(SimTime),
    /// Waiting until its job's worker has computed what other branches asked for before.
    InTurn,
    /// Computing on shared processors; the replica knows how much is left.
    Sharing,
    /// Stopped while computing, with so much left: its node is paused.
    Stopped(SimDuration),
    /// Waiting without computing.
    Sleeping,
    /// Waiting for an answer or for the timeout.
    Calling(CallIx),
    /// Waiting before the next attempt.
    BackingOff(CallIx),
    /// Waiting for a policy of the call to permit the next attempt, or permitted and about to be sent.
    Permitting(CallIx),
    /// Waiting for a broker's confirm, or for the timeout.
    Confirming(PublishIx),
    /// Waiting before the message is published again.
    Republishing(PublishIx),
    /// Waiting for a reply over messages or for the timeout.
    Asking(AskIx),
    /// Waiting for a store's answer.
    Accessing(AccessIx),
    /// Waiting for its branches, to go on there.
    Forked(Pc),
}

/// Why a task runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A client's own request.
    Client,
    /// A call: who waits for the answer, and which call step's link leads back.
    Call(WakeToken, CallIx),
    /// A message from a queue: which subscription, what to acknowledge, and where the service keeps who asked, if
    /// anyone did.
    Delivery(u32, DeliveryTag, Option<Slot>),
    /// A record of a log: which subscription, and which record.
    Record(u32, RecordDelivery),
    /// A branch of this task.
    Branch(u32),
}

/// A call in progress, or a publication that may be sent again.
#[derive(Clone, Copy, Debug, Default)]
pub struct Call {
    /// When it began.
    pub started: SimTime,
    /// When the present attempt was sent.
    pub sent: SimTime,
    /// Number of the present attempt, from 1.
    pub attempt: u32,
    /// What a guarded call is known by to its policies.
    pub ticket: Ticket,
    /// Span of the present attempt; while a confirm is awaited, of the publication.
    pub span: u64,
    /// Its retries.
    pub retry: Retry,
    /// What it knows of its requests, where it has to; of a publication, which one it is.
    pub requests: Option<Slot>,
}

impl Task {
    /// A task that is about to run from `pc`.
    pub fn new(pc: Pc, origin: Origin, context: RequestContext, now: SimTime) -> Task {
        Task {
            pc,
            state: State::Ready,
            origin,
            context,
            op: OpIx(0),
            replica: 0,
            arrived: now,
            queued: now,
            waited: SimDuration::ZERO,
            started: false,
            holds: false,
            degraded: false,
            answered: false,
            wasted: false,
            acked: false,
            active: 0,
            pending: 0,
            child: None,
            sibling: None,
            call: Call::default(),
            read: None,
            dual_write: DualWrite::default(),
            cause: None,
        }
    }
}
