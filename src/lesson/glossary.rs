//! The glossary: one entry a word, as the site's build writes it: `[ { "word": "timeout", "text": […], "stage":
//! "retry" } ]`. What is on the stage of what a word means is its [`Counterpart`].

use super::text::{Span, Term};
use crate::base::Diagnostic;

/// All words that lessons explain, in the order of the alphabet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Glossary {
    /// The entries.
    pub entries: Vec<Explained>,
}

/// A word with what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// The word.
    pub word: String,
    /// What it means.
    pub text: Vec<Span>,
    /// Where it is seen on a stage; none where it is nothing that one could point at.
    pub stage: Option<Counterpart>,
}

impl Glossary {
    /// The entry of a word.
    pub fn entry(&self, word: &str) -> Option<&Explained> {
        self.entries.iter().find(|entry| entry.word == word)
    }
}

/// What a word means on a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counterpart {
    /// What looks as the term does: messages of a kind, nodes with workers in a state, a variant.
    Term(Term),
    /// Circuit breakers.
    Breaker,
    /// Queues for what could not be delivered.
    DeadLetter,
    /// Nodes of a kind.
    Client,
    /// See above.
    Service,
    /// See above.
    Queue,
    /// See above.
    Exchange,
    /// See above.
    Store,
    /// See above.
    Log,
}

impl Counterpart {
    /// Those that are no terms, with what they are called in a glossary.
    pub const OTHERS: [(Counterpart, &str); 8] = [
        (Counterpart::Breaker, "breaker"),
        (Counterpart::DeadLetter, "dead letters"),
        (Counterpart::Client, "client"),
        (Counterpart::Service, "service"),
        (Counterpart::Queue, "queue"),
        (Counterpart::Exchange, "exchange"),
        (Counterpart::Store, "store"),
        (Counterpart::Log, "log"),
    ];

    /// The one of this name; else what is wrong, at no path.
    pub fn read(name: &str) -> Result<Counterpart, Diagnostic> {
        Counterpart::named(name).ok_or_else(|| {
            let names: Vec<&str> = Counterpart::OTHERS.iter().map(|(_, name)| *name).collect();
            Diagnostic::new("", problem!("lesson.no-counterpart", name = name, names = &names.join(", ")))
        })
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Counterpart> {
        let term = Term::named(name).map(Counterpart::Term);
        term.or_else(|| Counterpart::OTHERS.iter().find(|(_, own)| *own == name).map(|(each, _)| *each))
    }
}
