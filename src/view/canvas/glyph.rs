//! Glyphs: every kind of message and every state of a worker, told apart by shape and by colour.

/// In how many steps a request's ring drains.
pub const RING_STEPS: u8 = 16;

/// A small picture with a meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Glyph {
    /// A request: a blue disc with a ring that drains with its timeout. How much of the ring is left, 0 to
    /// [`RING_STEPS`]; none without a timeout.
    Request(Option<u8>),
    /// A request sent again: a blue disc in a dashed amber ring, of which so much is left.
    Retry(Option<u8>),
    /// An answer: a green rounded square.
    Reply,
    /// A failed answer, or a message that was lost: a red cross.
    Failed,
    /// An asynchronous message: a violet diamond.
    Message,
    /// One delivered before: a violet diamond in a dashed ring.
    Redelivered,
    /// A message whose processing always fails, or a dead letter: a red diamond with a cross cut out.
    Poison,
    /// One delivered before: the same in a dashed ring.
    PoisonAgain,
    /// A broker's or consumer's good word: small and faint.
    Confirm,
    /// A broker's or consumer's bad word: small, in red.
    Refusal,
    /// A worker that computes: filled blue.
    Busy,
    /// A worker that waits for a downstream answer: amber outline with a pause sign.
    Blocked,
    /// A free worker: grey.
    Free,
}

impl Glyph {
    /// How many different pictures there are.
    pub const COUNT: usize = 2 * (RING_STEPS as usize + 2) + 11;

    /// The number of this picture, below [`Glyph::COUNT`].
    pub fn index(self) -> usize {
        let ring = |left: Option<u8>| left.map_or(0, |left| 1 + usize::from(left.min(RING_STEPS)));
        let rings = RING_STEPS as usize + 2;
        match self {
            Glyph::Request(left) => ring(left),
            Glyph::Retry(left) => rings + ring(left),
            Glyph::Reply => 2 * rings,
            Glyph::Failed => 2 * rings + 1,
            Glyph::Message => 2 * rings + 2,
            Glyph::Redelivered => 2 * rings + 3,
            Glyph::Poison => 2 * rings + 4,
            Glyph::PoisonAgain => 2 * rings + 5,
            Glyph::Confirm => 2 * rings + 6,
            Glyph::Refusal => 2 * rings + 7,
            Glyph::Busy => 2 * rings + 8,
            Glyph::Blocked => 2 * rings + 9,
            Glyph::Free => 2 * rings + 10,
        }
    }
}
