//! Which of the two variants that run beside each other.

/// One of two places side by side; a variant that is alone stands at A.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// The left one.
    #[default]
    A,
    /// The right one.
    B,
}

impl Side {
    /// Both, A first.
    pub const BOTH: [Side; 2] = [Side::A, Side::B];

    /// Its place among the session's variants.
    pub fn at(self) -> usize {
        self as usize
    }

    /// The side of the n-th of the session's variants.
    pub fn of(at: usize) -> Option<Side> {
        Side::BOTH.get(at).copied()
    }
}
