//! A node's state in a word.

use crate::view::canvas::theme::Token;

/// A node's state in a word, with the colour of its border.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The word; empty when all is well.
    pub word: String,
    /// The colour of the word and of the card's border; none: neutral.
    pub token: Option<Token>,
}

impl State {
    /// A state that is told in a colour.
    pub(crate) fn new(word: impl Into<String>, token: Token) -> State {
        State { word: word.into(), token: Some(token) }
    }
}
