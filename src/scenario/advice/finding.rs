//! What is found, and what would mend it.

use crate::base::{Diagnostic, Json, Problem};

/// Something to think of.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What kind of finding it is: the name of the function that found it.
    pub key: &'static str,
    /// Where, what, and what to do about it.
    pub diagnostic: Diagnostic,
    /// What mends it, where there is one sensible thing to do.
    pub remedy: Option<Remedy>,
}

/// What mends a finding.
#[derive(Clone, Debug, PartialEq)]
pub enum Remedy {
    /// Parameters set: path and value; null takes out what can be left out.
    Set(Vec<(String, Json)>),
    /// A service that consumes from this queue.
    Consumer(String),
}

impl Finding {
    /// A finding at a path.
    pub fn new(key: &'static str, path: &str, problem: Problem) -> Finding {
        Finding { key, diagnostic: Diagnostic::new(path, problem), remedy: None }
    }

    /// With one parameter to set.
    pub fn set(self, path: String, value: Json) -> Finding {
        Finding { remedy: Some(Remedy::Set(vec![(path, value)])), ..self }
    }
}
