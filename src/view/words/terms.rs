//! What the fields and the words of the scenario language are called where a reader meets them.
//!
//! The keys are the language's own and stay as they are in every tongue; a test sees to it that each has its text, and
//! that nothing else has (`tests/inspector.rs`).

use crate::base::Text;

/// What a field is called, or a step; none for a key that is not of the language.
pub fn field(key: &str) -> Option<&'static str> {
    Text::new("term.field.").then(key).known()
}

/// What a word of a choice is called, or a form that a value may have; none for one that is not of the language.
pub fn word(word: &str) -> Option<&'static str> {
    Text::new("term.word.").then(word).known()
}
