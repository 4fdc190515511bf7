//! Reading a whole scenario, or one part of it: its shape, and what must hold between its parts.

use super::path;
use super::reader::Reader;
use crate::base::{Cursor, Diagnostic, Json};
use crate::scenario::model::decode::Decode;
use crate::scenario::model::document::Document;
use crate::scenario::model::fault::Fault;
use crate::scenario::model::view::Scalar;
use crate::scenario::report::{Known, Report};

/// The version of the language that is read and written.
const SCHEMA: f64 = 1.0;

/// Requests a second, all clients together.
const MAX_OFFERED: f64 = 1e6;

/// Reads a scenario: the same value with its defaults filled in, in the order of the tables.
///
/// # Errors
///
/// Everything that is wrong with it.
pub fn read_document(written: &Json) -> Result<Json, Vec<Diagnostic>> {
    // A text of another version would be full of errors that say nothing.
    if let Some(version) = written.get("schema").and_then(Json::as_f64)
        && version != SCHEMA
    {
        let version = Json::Number(version).to_string();
        return Err(vec![Diagnostic::new("schema", problem!("scenario.version", version = &version))]);
    }
    let mut reader = Reader::new(known_nodes(written));
    let full = reader.read(&Cursor::root(written), &Document::SHAPE);
    let mut report = reader.report;
    check(&full, &mut report);
    report.problems.or(full)
}

/// Reads a fault, as written in a timeline, in a system of these nodes.
///
/// # Errors
///
/// Everything that is wrong with it.
pub fn read_fault(fault: &Json, nodes: Vec<Known>) -> Result<Fault, Vec<Diagnostic>> {
    let mut reader = Reader::new(nodes);
    let full = reader.read(&Cursor::root(fault), &Fault::SHAPE);
    reader.report.problems.or(full).map(|full| Fault::decode(&full))
}

/// Reads a part of the language that refers to nothing, such as a call's `circuit_breaker`.
///
/// # Errors
///
/// Everything that is wrong with it.
pub fn read_part<T: Decode>(json: &Json) -> Result<T, Vec<Diagnostic>> {
    let mut reader = Reader::new(Vec::new());
    let full = reader.read(&Cursor::root(json), &T::SHAPE);
    reader.report.problems.or(full).map(|full| T::decode(&full))
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

/// What must hold in the whole document. `full` may have parts that are wrong; they were reported before.
fn check(full: &Json, report: &mut Report) {
    check_offered(full, report);
    let root = Cursor::root(full);
    let links = full.get("links").map_or(&[][..], Json::items);
    let at = root.child("links", full);
    for (n, link) in links.iter().enumerate() {
        let same = |other: &Json| ["from", "to"].iter().all(|end| other.get(end) == link.get(end));
        if links[..n].iter().any(same) {
            report.wrong(&at.item(n, link), problem!("scenario.link-twice"));
        }
    }
    let knobs = full.get("view").and_then(|view| view.get("knobs")).map_or(&[][..], Json::items);
    let at = root.child("view", full).child("knobs", full);
    for (n, knob) in knobs.iter().enumerate() {
        check_knob(full, &at.item(n, knob), report);
    }
}

/// A knob's path must name a number or a duration, of the kind of its range.
fn check_knob(full: &Json, knob: &Cursor, report: &mut Report) {
    let Some(path) = knob.json.get("path").and_then(Json::as_str) else { return };
    let value = match path::get(full, path) {
        Ok(value) => value,
        Err(miss) => return report.tell(knob.path_of("path"), miss.message, miss.help),
    };
    let Some(scalar) = Scalar::of(&value) else {
        if value != Json::Null {
            report.wrong_at(knob, "path", problem!("scenario.not-scalar"));
        }
        return;
    };
    let low = knob.json.get("range").and_then(|range| range.items().first()).and_then(Scalar::of);
    let problem = match (scalar, low) {
        (Scalar::Number(_), Some(Scalar::Duration(_))) => problem!("scenario.number-range"),
        (Scalar::Duration(_), Some(Scalar::Number(_))) => problem!("scenario.duration-range"),
        _ => return,
    };
    report.wrong_at(knob, "range", problem);
}

/// The open clients together must not offer more than the limit. A profile counts with its highest rate.
fn check_offered(full: &Json, report: &mut Report) {
    let mut total = 0.0;
    for (_, node) in full.get("nodes").map_or(&[][..], Json::members) {
        let Some((_, arrivals)) = node.get("arrivals").and_then(|arrivals| arrivals.members().first()) else {
            continue;
        };
        let rates = arrivals.items().iter().filter_map(|point| point.items().get(1)?.as_f64());
        total += rates.fold(0.0, f64::max);
        total += arrivals.get("rate").and_then(Json::as_f64).unwrap_or(0.0);
    }
    if total > MAX_OFFERED {
        report.problems.add("nodes", problem!("scenario.offered", rate = &Json::Number(total).to_string()));
    }
}
