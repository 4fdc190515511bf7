//! What an attempt holds of a retry budget.

/// What an attempt is to a retry budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Try {
    /// The first of its call.
    First,
    /// A retry, from the decision to make it to its end, the backoff included.
    Retry,
}
