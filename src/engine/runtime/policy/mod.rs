//! Policies on a call: what stands between a caller and the service that it calls.
//!
//! Each policy is a state machine in a file of its own. It is asked ([`Policy::admit`], [`Policy::waited`]), told
//! ([`Policy::result`], [`Policy::release`]), and answers with a [`Verdict`]. It sends nothing, waits for nothing and
//! knows no other policy. The [`chain`] composes the policies in the documented order, outermost first:
//!
//! > fallback, retry (and its budget), circuit breaker, rate limit, bulkhead, timeout, hedge.
//!
//! The call step acts on the chain's verdicts: it alone sends, waits and fails. A policy takes its numbers from the
//! plan at every question, so that a change takes effect at once.

pub mod bulkhead;
mod call_window;
pub mod chain;
pub mod circuit_breaker;
pub mod fallback;
pub mod hedge;
pub mod rate_limit;
pub mod retry;
pub mod retry_budget;
pub mod shared;
pub mod timeout;

use crate::base::SimTime;
use crate::observation::Failure;

/// A policy on a call.
pub trait Policy {
    /// Its numbers.
    type Plan;
    /// What an attempt holds of it from its admission to its result.
    type Grant;

    /// An attempt wants to go on. What is granted ends with `result` or `release`, and a wait with `waited` or
    /// `withdraw`, or with `next`, which names the attempt.
    fn admit(&mut self, plan: &Self::Plan, attempt: &Attempt) -> Verdict<Self::Grant>;

    /// The wait that [`Verdict::WaitUntil`] asked for is over by the clock.
    fn waited(&mut self, plan: &Self::Plan, attempt: &Attempt) -> Verdict<Self::Grant> {
        self.admit(plan, attempt)
    }

    /// An attempt that waits gives up: its operation went away.
    fn withdraw(&mut self, _waits: Ticket) {}

    /// The attempt that holds this has its result.
    fn result(&mut self, _plan: &Self::Plan, _granted: Self::Grant, _ended: &Ended) {}

    /// The attempt that holds this was never sent, or its operation went away: nothing was learnt of the callee.
    fn release(&mut self, _plan: &Self::Plan, _granted: Self::Grant, _now: SimTime) {}

    /// An attempt that waits and may go on now, with what it is granted. Ask until there is none, after each result
    /// and release and whenever the numbers change.
    fn next(&mut self, _plan: &Self::Plan, _now: SimTime) -> Option<(Ticket, Self::Grant)> {
        None
    }
}

/// What a policy answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict<Grant> {
    /// The attempt goes on and holds this.
    Granted(Grant),
    /// The attempt waits until then, unless the policy lets it go on before.
    WaitUntil(SimTime),
    /// The attempt does not go on.
    Refused(Refusal),
}

impl<Grant> Verdict<Grant> {
    /// When the wait that it asks for is over; [`SimTime::NEVER`] if it asks for none.
    #[inline(always)]
    pub fn wait(&self) -> SimTime {
        match self {
            Verdict::WaitUntil(until) => *until,
            Verdict::Granted(_) | Verdict::Refused(_) => SimTime::NEVER,
        }
    }
}

/// Why a policy refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The time for the answer is over.
    TimedOut,
    /// The retry policy covers no such failure, or its attempts are used up.
    NotRetried,
    /// The retry budget is spent.
    BudgetSpent,
    /// The circuit breaker is open.
    BreakerOpen,
    /// The rate limit has no token.
    RateLimited,
    /// The bulkhead has no place.
    BulkheadFull,
    /// All hedges are sent.
    HedgesSent,
    /// There is no fallback.
    NoFallback,
}

impl Refusal {
    /// How a call fails that was to be made; `None` for what refuses only more than was made already.
    pub fn failure(self) -> Option<Failure> {
        match self {
            Refusal::TimedOut => Some(Failure::Timeout),
            Refusal::BreakerOpen => Some(Failure::BreakerOpen),
            Refusal::RateLimited => Some(Failure::RateLimited),
            Refusal::BulkheadFull => Some(Failure::BulkheadFull),
            Refusal::NotRetried | Refusal::BudgetSpent | Refusal::HedgesSent | Refusal::NoFallback => None,
        }
    }
}

/// A guarded call among those of its node, as policies remember it while its attempt waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticket(pub u32);

/// The attempt that a policy is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Attempt {
    /// The present instant.
    pub now: SimTime,
    /// The call that it belongs to.
    pub ticket: Ticket,
    /// Its number, from 1.
    pub number: u32,
    /// How the attempt before it failed, if that is why it is asked for.
    pub failed: Option<Failure>,
    /// When the time of the request itself is over, whatever policies say.
    pub deadline: SimTime,
}

impl Attempt {
    /// The first attempt of a call whose request has all the time in the world.
    pub fn first(now: SimTime, ticket: Ticket) -> Attempt {
        Attempt { now, ticket, number: 1, failed: None, deadline: SimTime::NEVER }
    }
}

/// How an attempt that was sent ended.
#[derive(Clone, Copy, Debug)]
pub struct Ended {
    /// The present instant.
    pub now: SimTime,
    /// Why it failed, if it did.
    pub failed: Option<Failure>,
    /// It failed in a way that the retry policy covers.
    pub retryable: bool,
}
