//! Facts about a run: the one vocabulary between the engine and everything that counts or draws.
//!
//! **Invariant:** inert data. Nothing here knows how the engine works or who observes it.

mod digest;
mod event;
mod kind;
mod log;
mod observer;
mod sight;
mod span;
mod state;

pub use digest::Digest;
pub use event::Observation;
pub use kind::{
    CallResult, Discard, Effect, Failure, Fate, HostFact, JobEnd, LossReason, MessageKind, Outcome, SagaEnd,
};
pub use log::LogFact;
pub use observer::Observer;
pub use sight::{BreakerMeter, GroupState, Lag, PolicyState, QueuedMessage, ScalingState};
pub use span::{Scope, SpanEnd, SpanFact, SpanKind};
pub use state::{
    BreakerState, Circle, ClaimState, Flight, LogState, PartitionState, QueueState, ReplicaState, StoreState,
};
