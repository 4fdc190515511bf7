//! Policies on a call, in the numbers that the engine needs.

use crate::base::SimDuration;

/// A retry policy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RetryPlan {
    /// Tries in all, the first included, 1 to 100.
    pub attempts: u32,
    /// Try again after a timeout.
    pub on_timeout: bool,
    /// Try again after an error, or where nobody was there.
    pub on_error: bool,
    /// Try again after a rejection.
    pub on_rejected: bool,
    /// How long to wait before.
    pub backoff: Backoff,
    /// How many retries may be out; none: any number.
    pub budget: Option<BudgetPlan>,
}

/// How long to wait before a retry: base·factor^(n−1), then the cap, then the jitter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Backoff {
    /// Wait before the first retry.
    pub base: SimDuration,
    /// Growth per retry.
    pub factor: f64,
    /// Longest wait.
    pub cap: SimDuration,
    /// How chance spreads it.
    pub jitter: Jitter,
}

/// How chance spreads a backoff of d.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jitter {
    /// d.
    None,
    /// U(0, d).
    Full,
    /// d/2 + U(0, d/2).
    Equal,
    /// min(cap, U(base, 3·previous)), the previous one being base at first.
    Decorrelated,
}

/// How many retries may be out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BudgetPlan {
    /// A share of the calls in flight, as Envoy counts it.
    Share {
        /// The share.
        ratio: f64,
        /// Retries that are always allowed.
        min_concurrent: u32,
    },
    /// Tokens, as gRPC counts them.
    Tokens(TokensPlan),
}

/// A bucket of tokens that failures empty, in thousandths of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokensPlan {
    /// A full bucket.
    pub max_milli: u64,
    /// What a success gives back.
    pub ratio_milli: u64,
}
