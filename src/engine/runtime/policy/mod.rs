//! Policies on a call: each a pure state machine in its own file, which takes its numbers from the plan at every
//! step, so that a slider takes effect at once.

pub mod bulkhead;
pub mod chain;
pub mod circuit_breaker;
pub mod rate_limit;
pub mod retry;
pub mod retry_budget;
