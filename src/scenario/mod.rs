//! What the user describes: the scenario language, its diagnostics, and the plan it compiles to.
//!
//! **Invariant:** a `Plan` that comes out of here needs no further check; a scenario that cannot become one
//! comes back as diagnostics, all of them at once.
//!
//! Text becomes [`Json`](crate::base::Json). The reader walks it along the tables of [`model`], checks shapes, bounds and
//! references, and fills in defaults. [`Scenario::plan`] compiles the views of `model` to instructions (`compile`).
//! Paths (`path`) and the JSON Schema (`schema`) follow the same tables: to add to the language, add to `model`;
//! and give what is new its place in `compile`.

#[macro_use]
mod codec;

mod check;
mod compile;
mod complain;
pub mod model;
mod nearest;
mod parameter;
mod path;
mod plan;
mod reader;
mod schema;
mod shape;
mod topic;
mod words;

pub use compile::policy::{
    read_assignor, read_backoff, read_breaker, read_budget, read_bulkhead, read_rate_limit,
};
pub use parameter::{Choice, Control, MOST_PARAMETERS, Parameter, Parameters};
pub use plan::*;
pub use schema::schema;
pub use topic::topic_matches;

use crate::base::{Diagnostic, Json};
use model::{Document, View};
use reader::{Known, Reader};
use shape::Coded;

/// The version of the language that is read and written.
const SCHEMA: f64 = 1.0;

/// A scenario as written, found right.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// As written.
    written: Json,
    /// With its defaults filled in, in the order of the tables.
    full: Json,
}

impl Scenario {
    /// Reads a scenario from JSON text; every diagnostic at once where it is not one.
    pub fn read(text: &str) -> Result<Scenario, Vec<Diagnostic>> {
        Json::parse(text).map_err(|diagnostic| vec![diagnostic]).and_then(Scenario::from_json)
    }

    /// Reads a scenario from a JSON value.
    pub fn from_json(written: Json) -> Result<Scenario, Vec<Diagnostic>> {
        // A text of another version would be full of errors that say nothing.
        if let Some(version) = written.get("schema").and_then(Json::as_f64)
            && version != SCHEMA
        {
            let version = Json::Number(version).to_string();
            return Err(vec![Diagnostic::new("schema", &words::VERSION, &[&version])]);
        }
        let mut reader = Reader::new(known_nodes(&written));
        let full = reader.read(&written, &model::DOCUMENT);
        check::check_document(&full, &mut reader);
        if !reader.found.is_empty() {
            return Err(reader.found);
        }
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

    /// The scenario, typed.
    pub fn document(&self) -> Document<'_> {
        Document::decode(&self.full)
    }

    /// What it is called.
    pub fn title(&self) -> &str {
        self.document().title()
    }

    /// What it is about.
    pub fn description(&self) -> &str {
        self.document().description()
    }

    /// The seed of every random stream.
    pub fn seed(&self) -> u64 {
        self.document().seed()
    }

    /// How to show it: positions, knobs, speed, charts. It never changes a result.
    pub fn view(&self) -> View<'_> {
        self.document().view()
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
    pub fn set_text(&self, path: &str, text: &str) -> Result<Scenario, Vec<Diagnostic>> {
        self.with(path, &Json::parse(text).unwrap_or_else(|_| text.into()))
    }

    /// Compiles to a plan, or says what cannot be run.
    pub fn plan(&self) -> Result<Plan, Vec<Diagnostic>> {
        compile::compile(self.document())
    }
}

/// Reads one fault, as written in a timeline, against a plan.
pub fn read_fault(fault: &Json, plan: &Plan) -> Result<Fault, Vec<Diagnostic>> {
    let nodes = plan.nodes.iter().map(|node| {
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
    let mut reader = Reader::new(nodes.collect());
    let full = reader.read(fault, &model::Fault::SHAPE);
    if !reader.found.is_empty() {
        return Err(reader.found);
    }
    compile::compile_fault(model::Fault::decode(&full), plan).map_err(|diagnostic| vec![diagnostic])
}

/// The nodes of a scenario as written, right or not, for references to them.
fn known_nodes(written: &Json) -> Vec<Known> {
    let nodes = written.get("nodes").map_or(&[][..], Json::members);
    nodes
        .iter()
        .take(256)
        .map(|(id, node)| {
            let operations = node.get("operations").map_or(&[][..], Json::members);
            Known {
                id: id.clone(),
                kind: node.get("kind").and_then(Json::as_str).unwrap_or("").to_owned(),
                operations: operations.iter().map(|(name, _)| name.clone()).collect(),
                replicas: node.get("replicas").and_then(Json::as_f64).unwrap_or(1.0) as u32,
            }
        })
        .collect()
}
