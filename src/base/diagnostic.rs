//! Diagnostics: what is wrong with a document, where, and how to mend it.

use std::fmt;

use super::text::Problem;

/// One mistake in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// JSON path of the place (`nodes.app1.workers`); empty for the document as a whole.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl Diagnostic {
    /// At this path, this problem.
    pub fn new(path: &str, problem: Problem) -> Diagnostic {
        let [message, help] = problem.say();
        Diagnostic { path: path.to_owned(), message, help }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "scenario" } else { &self.path };
        write!(f, "{path}: {} ({})", self.message, self.help)
    }
}
