//! From what a link holds to an address.

use super::document::Link;
use super::packed::pack;
use super::read::MARK;
use crate::base::MAX_TEXT;

/// Links up to this many characters pass through every mail program, chat and camera; longer ones are better sent as a
/// file.
pub const EASY_LENGTH: usize = 2000;

impl Link {
    /// The fragment of an address, `#/s/1/…`, in the newest encoding; none for a run whose JSON is longer than 1 MiB.
    pub fn write(&self) -> Option<String> {
        let text = self.to_json().to_string();
        (text.len() <= MAX_TEXT).then(|| [MARK, "1/", &pack(&text)].concat())
    }
}
