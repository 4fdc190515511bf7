//! A scenario as written: to read, to print, to change and to compile.

use super::compile::{compile, compile_fault};
use super::model::decode::Decode;
use super::model::document::Document;
use super::model::view::View;
use super::plan::{Fault, NodeKind, Plan};
use super::read::parameter::{self, Parameters};
use super::read::{self, path, read_document};
use super::report::Known;
use crate::base::{Diagnostic, Json};

/// A scenario as written, found right.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// As written.
    written: Json,
    /// With its defaults filled in, in the order of the tables.
    full: Json,
}

impl Scenario {
    /// Reads a scenario from JSON text of at most 1 MiB.
    ///
    /// # Errors
    ///
    /// Every mistake at once, each with its JSON path and how to mend it.
    pub fn read(text: &str) -> Result<Scenario, Vec<Diagnostic>> {
        Json::parse(text).map_err(|diagnostic| vec![diagnostic]).and_then(Scenario::from_json)
    }

    /// Reads a scenario from a JSON value.
    ///
    /// # Errors
    ///
    /// Every mistake at once.
    pub fn from_json(written: Json) -> Result<Scenario, Vec<Diagnostic>> {
        let full = read_document(&written)?;
        Ok(Scenario { written, full })
    }

    /// The scenario as canonical JSON text; reading it gives the same scenario.
    pub fn print(&self) -> String {
        let mut text = self.written.pretty();
        text.push('\n');
        text
    }

    /// The scenario as a JSON value, as written.
    pub fn json(&self) -> &Json {
        &self.written
    }

    /// The scenario, typed, with its defaults filled in.
    pub fn document(&self) -> Document {
        Document::decode(&self.full)
    }

    /// What it is called.
    pub fn title(&self) -> &str {
        self.text("title")
    }

    /// What it is about.
    pub fn description(&self) -> &str {
        self.text("description")
    }

    /// The seed of every random stream.
    pub fn seed(&self) -> u64 {
        self.full.get("seed").map_or(1, u64::decode)
    }

    /// How to show it: positions, knobs, speed, charts. It never changes a result.
    pub fn view(&self) -> View {
        View::decode(self.full.get("view").unwrap_or(&Json::Null))
    }

    /// The text of a field of the whole document.
    fn text(&self, key: &str) -> &str {
        self.full.get(key).and_then(Json::as_str).unwrap_or("")
    }

    /// The value of a parameter, by path (`nodes.app2.operations.book[0].work.mean`); defaults are filled in.
    ///
    /// Null where the scenario leaves out what the language has there (a call's `timeout`, say); none where
    /// there is nothing of that name.
    pub fn get(&self, path: &str) -> Option<Json> {
        path::get(&self.full, path).ok()
    }

    /// This scenario with one parameter changed. Objects that are missing on the way are made. Knobs of its view that
    /// name nothing after that are left out.
    ///
    /// # Errors
    ///
    /// The path names nothing, or what comes of it is wrong.
    pub fn with(&self, path: &str, value: &Json) -> Result<Scenario, Vec<Diagnostic>> {
        let mut written = self.written.clone();
        path::set(&mut written, path, value.clone()).map_err(|diagnostic| vec![diagnostic])?;
        let found = match Scenario::from_json(written.clone()) {
            Err(found) if !path.starts_with("view") => found,
            read => return read,
        };
        let lame = |at: usize| {
            let place = ["view.knobs[", &at.to_string(), "]"].concat();
            found.iter().any(|wrong| wrong.path.starts_with(&place))
        };
        let knobs = self.written.get("view").and_then(|view| view.get("knobs")).map_or(&[][..], Json::items);
        let kept: Vec<Json> =
            knobs.iter().enumerate().filter(|(at, _)| !lame(*at)).map(|(_, knob)| knob.clone()).collect();
        if kept.len() == knobs.len() {
            return Err(found);
        }
        path::set(&mut written, "view.knobs", Json::Array(kept)).map_err(|diagnostic| vec![diagnostic])?;
        Scenario::from_json(written)
    }

    /// This scenario with several parameters changed at once: only what comes of it all has to be right. A node set to
    /// null is taken out.
    ///
    /// # Errors
    ///
    /// A path names nothing, or what comes of it all is wrong.
    pub fn with_all(&self, changes: &[(&str, Json)]) -> Result<Scenario, Vec<Diagnostic>> {
        let mut written = self.written.clone();
        for (path, value) in changes {
            let node =
                path.strip_prefix("nodes.").filter(|id| *value == Json::Null && !id.contains(['.', '[']));
            let nodes = match &mut written {
                Json::Object(members) => members.iter_mut().find(|(key, _)| key == "nodes"),
                _ => None,
            };
            match (node, nodes) {
                (Some(id), Some((_, Json::Object(nodes)))) => nodes.retain(|(known, _)| known != id),
                _ => path::set(&mut written, path, value.clone()).map_err(|diagnostic| vec![diagnostic])?,
            }
        }
        Scenario::from_json(written)
    }

    /// This scenario with one parameter changed to what `text` says: a JSON value if it is one, else a string.
    ///
    /// # Errors
    ///
    /// The path names nothing, or what comes of it is wrong.
    pub fn set_text(&self, path: &str, text: &str) -> Result<Scenario, Vec<Diagnostic>> {
        self.with(path, &Json::parse(text).unwrap_or_else(|_| text.into()))
    }

    /// The parameters of a node, for controls; none where there is no such node.
    pub fn node_parameters(&self, id: &str) -> Option<Parameters> {
        parameter::node_parameters(&self.full, id)
    }

    /// What holds for the messages from one node to another: those of its entry under `links`, or else those of
    /// `network`, which all links without an entry share (then the second is false).
    pub fn link_parameters(&self, from: &str, to: &str) -> (Parameters, bool) {
        parameter::link_parameters(&self.full, from, to)
    }

    /// The list of links with a further one that holds for the messages from one node to another, to be set as
    /// `links`.
    pub fn with_own_link(&self, from: &str, to: &str) -> Json {
        let mut links = self.written.get("links").map_or(&[][..], Json::items).to_vec();
        links.push(Json::Object(vec![("from".to_owned(), from.into()), ("to".to_owned(), to.into())]));
        Json::Array(links)
    }

    /// Compiles to a plan.
    ///
    /// # Errors
    ///
    /// What is too large to run, and faults and links where nothing travels.
    pub fn plan(&self) -> Result<Plan, Vec<Diagnostic>> {
        compile(&self.document())
    }
}

/// Reads one fault, as written in a timeline, against a plan.
///
/// # Errors
///
/// Everything that is wrong with it.
pub fn read_fault(fault: &Json, plan: &Plan) -> Result<Fault, Vec<Diagnostic>> {
    let nodes = plan.living_nodes().map(|(_, node)| {
        let (kind, replicas) = match node.kind {
            NodeKind::Client(_) => ("client", 0),
            NodeKind::Service(service) => ("service", plan.services[service.at()].replicas),
            NodeKind::Queue(_) => ("queue", 0),
            NodeKind::Exchange(_) => ("exchange", 0),
            NodeKind::Store(_) => ("store", 1),
            NodeKind::Log(_) => ("log", 0),
        };
        Known { id: node.id.clone(), kind: kind.to_owned(), operations: Vec::new(), replicas }
    });
    let fault = read::read_fault(fault, nodes.collect())?;
    compile_fault(&fault, plan).map_err(|diagnostic| vec![diagnostic])
}
