//! The keys under which texts are looked up.

/// A text of the page, by its key in the files of texts (`static/texts`): the names of the groups that it stands in and
/// its own, with dots between them.
///
/// It is the key's hash, made when the program is compiled: so a text in a table costs eight bytes, and is found
/// without comparing strings. A test sees to it that no two keys have the same one (`tests/texts`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text(pub(super) u64);

impl Text {
    /// Nothing yet: what every key begins with.
    pub(super) const EMPTY: Text = Text(0xcbf2_9ce4_8422_2325);

    /// The text with this key.
    pub const fn new(key: &str) -> Text {
        Text::EMPTY.then(key)
    }

    /// The text whose key goes on like this (FNV-1a).
    pub const fn then(self, key: &str) -> Text {
        let (bytes, mut hash, mut at) = (key.as_bytes(), self.0, 0);
        while at < bytes.len() {
            hash = (hash ^ bytes[at] as u64).wrapping_mul(0x100_0000_01b3);
            at += 1;
        }
        Text(hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_same_in_one_piece_and_in_several() {
        assert_eq!(Text::new("card").then(".").then("busy"), Text::new("card.busy"));
        assert_ne!(Text::new("card.busy"), Text::new("card.buzy"));
    }
}
