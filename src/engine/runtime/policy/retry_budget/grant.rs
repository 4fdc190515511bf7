//! What an attempt holds of a retry budget.

/// What an attempt is to a retry budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Try {
    /// The first of its call.
    First,
    /// A retry that is decided and waits in its backoff: nothing of its call is active.
    BackingOff,
    /// A retry that is made.
    Retry,
}
