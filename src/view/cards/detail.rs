//! How much a card shows, and the lengths that depend on it alone.

/// How much a card shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Everything.
    #[default]
    Full,
    /// The rows that matter most; fewer worker slots.
    Compact,
    /// A title, a bar and one line.
    Tiny,
}

impl Detail {
    /// From most to least.
    pub const ALL: [Detail; 3] = [Detail::Full, Detail::Compact, Detail::Tiny];

    /// Natural length of the shortest link that leaves room to see messages on it.
    pub(crate) fn least_link(self, vertical: bool) -> f32 {
        match (self, vertical) {
            (Detail::Full, false) => 72.0,
            (Detail::Compact, false) => 50.0,
            (Detail::Tiny, false) => 34.0,
            (Detail::Full, true) => 34.0,
            (_, true) => 24.0,
        }
    }

    /// The one of two that shows more.
    pub(crate) fn richer(self, other: Detail) -> Detail {
        if Detail::ALL.iter().find(|each| **each == self || **each == other) == Some(&self) {
            self
        } else {
            other
        }
    }

    /// One of three values, by how much is shown.
    pub(crate) fn pick<T>(self, full: T, compact: T, tiny: T) -> T {
        match self {
            Detail::Full => full,
            Detail::Compact => compact,
            Detail::Tiny => tiny,
        }
    }
}

/// Natural height of the line of losses below a card.
pub(crate) fn footer(detail: Detail) -> f32 {
    detail.pick(17.0, 15.0, 13.0)
}

/// Between a card's edge and what is on it, natural.
pub(crate) fn padding(detail: Detail) -> f32 {
    detail.pick(12.0, 9.0, 7.0)
}
