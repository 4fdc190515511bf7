//! What is known while a scenario is read, and the mistakes found so far.

use super::nearest::nearest;
use super::words;
use crate::base::{Cursor, Problems, Wording, fill};

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
    /// Reports a mistake here; `parts` fill the placeholders of its text.
    pub fn wrong(&mut self, at: &Cursor, problem: &Wording, parts: &[&str]) {
        self.problems.add(&at.path, problem, parts);
    }

    /// Reports a mistake in what is below this place under `key`.
    pub fn wrong_at(&mut self, at: &Cursor, key: &str, problem: &Wording, parts: &[&str]) {
        self.problems.add(&at.path_of(key), problem, parts);
    }

    /// Reports an unknown `noun` called `name`, where there are `known` ones.
    pub fn unknown(&mut self, path: &str, noun: &str, name: &str, known: &[&str]) {
        let help = meant(name, &mut known.iter().copied())
            .unwrap_or_else(|| one_of(words::KNOWN_HERE, &mut known.iter().copied()));
        self.problems.add(path, &words::UNKNOWN, &[noun, short(name), &help]);
    }

    /// Checks a reference to a node of one of these kinds; of any kind where there are none.
    pub fn node(&mut self, at: &Cursor, id: &str, kinds: &[&str]) {
        let Some(node) = self.nodes.iter().find(|node| node.id == id) else {
            let fits = |node: &&Known| kinds.is_empty() || kinds.contains(&node.kind.as_str());
            let ids = || self.nodes.iter().filter(fits).map(|node| node.id.as_str());
            let help = meant(id, &mut ids()).unwrap_or_else(|| one_of(words::NAME_A_NODE, &mut ids()));
            return self.wrong(at, &words::NO_NODE, &[short(id), &help]);
        };
        if kinds.is_empty() || node.kind.is_empty() || kinds.contains(&node.kind.as_str()) {
            return;
        }
        let problem = match (node.kind.as_str(), kinds) {
            ("queue" | "exchange" | "log", ["service"]) => words::NOT_CALLED,
            ("store", ["service"]) => words::NOT_ASKED,
            ("service", ["queue", ..]) => words::NOT_SENT_TO,
            _ => words::OTHER_KIND,
        };
        let kind = node.kind.clone();
        self.wrong(at, &problem, &[id, &kind, &any_of(kinds)]);
    }

    /// Checks that a service has an operation. `at` is the value whose field `operation` names it.
    pub fn operation(&mut self, at: &Cursor, service: &str, name: &str) {
        let known = self.nodes.iter().find(|node| node.id == service && node.kind == "service");
        let Some(names) = known.map(|node| node.operations.clone()) else { return };
        if !names.iter().any(|other| other == name) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            self.unknown(&at.path_of("operation"), words::OPERATION, name, &names);
        }
    }
}

/// Which of the `known` names was probably meant.
pub fn meant(name: &str, known: &mut dyn Iterator<Item = &str>) -> Option<String> {
    nearest(name, known).map(|near| fill(words::DID_YOU_MEAN, &[near]))
}

/// "queue or exchange".
pub fn any_of(kinds: &[&str]) -> String {
    kinds.join(words::OR)
}

/// "lead: a, b, c".
pub fn one_of(lead: &str, names: &mut dyn Iterator<Item = &str>) -> String {
    fill(lead, &[&list(names)])
}

/// "a, b, c", at most sixteen of them.
pub fn list(names: &mut dyn Iterator<Item = &str>) -> String {
    let mut out = String::new();
    for (at, name) in names.enumerate() {
        out.push_str(if at == 0 { "" } else { ", " });
        if at == 16 {
            out.push('…');
            return out;
        }
        out.push_str(name);
    }
    if out.is_empty() {
        out.push_str(words::NONE_YET);
    }
    out
}

/// The text, or a sign for one that is too long to be shown.
pub fn short(text: &str) -> &str {
    if text.len() <= 100 { text } else { "…" }
}
