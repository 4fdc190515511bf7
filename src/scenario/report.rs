//! What is known while a scenario is read, and the mistakes found so far.

use super::nearest::nearest;
use crate::base::{Cursor, Diagnostic, Problem, Problems, list};

/// A node that references may name.
#[derive(Debug)]
pub struct Known {
    /// Its id.
    pub id: String,
    /// Its kind; empty where that is not known.
    pub kind: String,
    /// The operations of a service.
    pub operations: Vec<String>,
    /// The replicas of a service.
    pub replicas: u32,
}

/// The mistakes of a scenario, and what its parts may refer to.
#[derive(Debug, Default)]
pub struct Report {
    /// The mistakes, in the order of the text.
    pub problems: Problems,
    /// The nodes there are.
    pub nodes: Vec<Known>,
    /// The kind of the node that is being read.
    pub kind: String,
}

impl Report {
    /// Reports what is wrong here.
    pub fn wrong(&mut self, at: &Cursor, problem: Problem) {
        self.problems.add(&at.path, problem);
    }

    /// Reports what is wrong with what is below this place under `key`.
    pub fn wrong_at(&mut self, at: &Cursor, key: &str, problem: Problem) {
        self.problems.add(&at.path_of(key), problem);
    }

    /// Reports a mistake whose remedy depends on what was found.
    pub fn tell(&mut self, path: String, message: String, help: String) {
        self.problems.push(Diagnostic { path, message, help });
    }

    /// Reports that there is no `name` where there are `known` ones: a `field`, a `value`, an `operation`, or a variant of
    /// the type of this name.
    pub fn unknown(&mut self, path: &str, what: &str, name: &str, known: &[&str]) {
        let help = meant(name, &mut known.iter().copied())
            .unwrap_or_else(|| say!("scenario.known-here", names = &names(&mut known.iter().copied())));
        let message = say!("scenario.unknown", what = what, name = short(name));
        self.tell(path.to_owned(), message, help);
    }

    /// Checks a reference to a node of one of these kinds; of any kind where there are none.
    pub fn node(&mut self, at: &Cursor, id: &str, kinds: &[&str]) {
        let Some(node) = self.nodes.iter().find(|node| node.id == id) else {
            let fits = |node: &&Known| kinds.is_empty() || kinds.contains(&node.kind.as_str());
            let ids = || self.nodes.iter().filter(fits).map(|node| node.id.as_str());
            let help = meant(id, &mut ids())
                .unwrap_or_else(|| say!("scenario.name-a-node", names = &names(&mut ids())));
            return self.tell(at.path.clone(), say!("scenario.no-node", id = short(id)), help);
        };
        if kinds.is_empty() || node.kind.is_empty() || kinds.contains(&node.kind.as_str()) {
            return;
        }
        let (kind, expected) = (&node.kind.clone(), &any_of(kinds));
        let problem = match (kind.as_str(), kinds) {
            ("queue" | "exchange" | "log", ["service"]) => {
                problem!("scenario.not-called", id = id, kind = kind, expected = expected).say()
            }
            ("store", ["service"]) => {
                problem!("scenario.not-asked", id = id, kind = kind, expected = expected).say()
            }
            ("service", ["queue", ..]) => {
                problem!("scenario.not-sent-to", id = id, kind = kind, expected = expected).say()
            }
            _ => problem!("scenario.other-kind", id = id, kind = kind, expected = expected).say(),
        };
        let [message, help] = problem;
        self.tell(at.path.clone(), message, help);
    }

    /// Checks that a service has an operation. `at` is the value whose field `operation` names it.
    pub fn operation(&mut self, at: &Cursor, service: &str, name: &str) {
        let known = self.nodes.iter().find(|node| node.id == service && node.kind == "service");
        let Some(names) = known.map(|node| node.operations.clone()) else { return };
        if !names.iter().any(|other| other == name) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            self.unknown(&at.path_of("operation"), OPERATION, name, &names);
        }
    }
}

/// What [`Report::unknown`] calls an operation.
pub const OPERATION: &str = "operation";

/// Which of the `known` names was probably meant.
pub fn meant(name: &str, known: &mut dyn Iterator<Item = &str>) -> Option<String> {
    nearest(name, known).map(|near| say!("scenario.did-you-mean", name = near))
}

/// "queue or exchange".
pub fn any_of(kinds: &[&str]) -> String {
    list::of(list::OR, kinds.iter().copied())
}

/// "a, b, c", at most sixteen of them.
pub fn names(all: &mut dyn Iterator<Item = &str>) -> String {
    let mut all: Vec<&str> = all.take(17).collect();
    if let Some(last) = all.get_mut(16) {
        *last = "…";
    }
    if all.is_empty() { text!("scenario.none-yet").to_owned() } else { list::of(list::COMMA, all) }
}

/// The text, or a sign for one that is too long to be shown.
pub fn short(text: &str) -> &str {
    if text.len() <= 100 { text } else { "…" }
}
