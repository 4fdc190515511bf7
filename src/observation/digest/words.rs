//! The numbers that stand for the values of enums in a digest.

use crate::observation::{
    BreakerState, CallResult, Discard, Effect, Failure, Fate, HostFact, JobEnd, LossReason, MessageKind,
    Outcome, SagaEnd,
};

#[inline(always)]
pub(super) fn failure_word(failure: Failure) -> u32 {
    match failure {
        Failure::Timeout => 0,
        Failure::Error => 1,
        Failure::Rejected => 2,
        Failure::BreakerOpen => 3,
        Failure::RateLimited => 4,
        Failure::BulkheadFull => 5,
        Failure::Unavailable => 6,
    }
}

#[inline(always)]
pub(super) fn outcome_word(outcome: Outcome) -> u32 {
    match outcome {
        Outcome::Good => 1,
        Outcome::Late => 2,
        Outcome::Degraded => 3,
        Outcome::Failed(failure) => 16 + failure_word(failure),
    }
}

#[inline(always)]
pub(super) fn result_word(result: CallResult) -> u32 {
    match result {
        CallResult::Ok => 1,
        CallResult::Abandoned => 2,
        CallResult::Failed(failure) => 16 + failure_word(failure),
    }
}

#[inline(always)]
pub(super) fn kind_word(kind: MessageKind) -> u32 {
    match kind {
        MessageKind::Request => 1,
        MessageKind::Reply => 2,
        MessageKind::Publish => 3,
        MessageKind::Delivery { redelivered } => 4 + u32::from(redelivered),
        MessageKind::Confirm { accepted } => 6 + u32::from(accepted),
        MessageKind::Ack { positive } => 8 + u32::from(positive),
        MessageKind::Query => 10,
        MessageKind::Result { done } => 11 + u32::from(done),
        MessageKind::Failure(failure) => 16 + failure_word(failure),
    }
}

#[inline(always)]
pub(super) fn loss_word(reason: LossReason) -> u32 {
    match reason {
        LossReason::Partition => 0,
        LossReason::Link => 1,
        LossReason::Removed => 2,
    }
}

#[inline(always)]
pub(super) fn fate_word(fate: Fate) -> u32 {
    match fate {
        Fate::Consumed => 0,
        Fate::DeadLettered => 1,
        Fate::Expired => 2,
        Fate::Dropped => 3,
        Fate::Lost => 4,
        Fate::Refused => 5,
        Fate::Removed => 6,
    }
}

#[inline(always)]
pub(super) fn end_word(end: JobEnd) -> u32 {
    match end {
        JobEnd::Completed => 0,
        JobEnd::Failed => 1,
        JobEnd::Crashed => 2,
        JobEnd::Expired => 3,
    }
}

#[inline(always)]
pub(super) fn discard_word(reason: Discard) -> u32 {
    match reason {
        Discard::MaxLen => 0,
        Discard::Rejected => 1,
        Discard::Expired => 2,
        Discard::DeliveryLimit => 3,
    }
}

/// Below 4: the access's index is beside it.
#[inline(always)]
pub(super) fn effect_word(effect: Effect) -> u32 {
    match effect {
        Effect::Applied => 0,
        Effect::Duplicated => 1,
        Effect::Ignored => 2,
        Effect::Overtaken => 3,
    }
}

#[inline(always)]
pub(super) fn saga_end_word(end: SagaEnd) -> u32 {
    match end {
        SagaEnd::Completed => 0,
        SagaEnd::Compensated => 1,
        SagaEnd::Stuck => 2,
    }
}

pub(super) fn host_word(what: HostFact) -> u32 {
    match what {
        HostFact::Ejected => 0,
        HostFact::Returned => 1,
        HostFact::CheckPassed => 2,
        HostFact::CheckFailed => 3,
        HostFact::Unhealthy => 4,
        HostFact::Healthy => 5,
    }
}

#[inline(always)]
pub(super) fn breaker_word(state: BreakerState) -> u32 {
    match state {
        BreakerState::Closed => 0,
        BreakerState::Open => 1,
        BreakerState::HalfOpen => 2,
        BreakerState::ForcedOpen => 3,
        BreakerState::Disabled => 4,
    }
}
