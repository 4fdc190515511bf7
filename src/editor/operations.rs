//! Operations of services: added, renamed, taken out; and single fields, set and taken out.

use super::draft::{Draft, nothing_at, refuse};
use super::edit::Refused;
use super::follow::moved;
use super::names::{Named, each_name};
use super::tree::{at_mut, item, member_mut, member_or, object, put, take};
use crate::base::Json;
use crate::scenario::set_parameter;

/// Adds an operation that does a little work.
pub fn add(draft: &mut Draft, service: &str, name: &str) -> Result<(), Refused> {
    let path = ["nodes.", service].concat();
    if draft.kind(service).is_some_and(|kind| kind != "service") {
        return refuse(&path, problem!("editor.no.service", node = service));
    }
    let node = draft.node_mut(service)?;
    let Some(operations) = member_or(node, "operations", object([])) else { return Err(nothing_at(&path)) };
    if operations.get(name).is_some() {
        return refuse(&path, problem!("editor.no.second", name = name));
    }
    put(operations, name, Json::Array(vec![object([("work", "20ms".into())])]));
    Ok(())
}

/// Gives an operation another name.
pub fn rename(draft: &mut Draft, service: &str, from: &str, to: &str) -> Result<(), Refused> {
    let path = ["nodes.", service, ".operations.", from].concat();
    draft.at(&path)?;
    if from == to {
        return Ok(());
    }
    let operations = draft.node_mut(service)?;
    let Some(operations) = member_mut(operations, "operations") else { return Err(nothing_at(&path)) };
    if operations.get(to).is_some() {
        return refuse(&path, problem!("editor.no.second", name = to));
    }
    if let Json::Object(members) = operations {
        members.iter_mut().filter(|(name, _)| name == from).for_each(|(name, _)| to.clone_into(name));
    }
    each_name(&mut draft.json, &mut |named, name| {
        if named == Named::Operation(service) && name == from {
            to.clone_into(name);
        }
    });
    moved(&mut draft.json, &path, &["nodes.", service, ".operations.", to].concat());
    moved(
        &mut draft.json,
        &["nodes.", service, ".operation_labels.", from].concat(),
        &["nodes.", service, ".operation_labels.", to].concat(),
    );
    Ok(())
}

/// Takes an operation out, with the calls and subscriptions that name it.
pub fn remove(draft: &mut Draft, service: &str, name: &str) -> Result<(), Refused> {
    let node = draft.node_mut(service)?;
    let gone = member_mut(node, "operations").and_then(|operations| take(operations, name));
    if gone.is_none() {
        return Err(nothing_at(&["nodes.", service, ".operations.", name].concat()));
    }
    draft.prune(&|place| place.named == Named::Operation(service) && place.name == name);
    Ok(())
}

/// Sets a parameter; null takes out what can be left out.
pub fn set(draft: &mut Draft, path: &str, value: Json) -> Result<(), Refused> {
    if value == Json::Null {
        return match super::tree::at(&draft.json, path) {
            Some(_) => unset(draft, path),
            None => Ok(()),
        };
    }
    set_parameter(&mut draft.json, path, value).map_err(|found| vec![found])
}

/// Takes a written field, or an item of a list, out.
pub fn unset(draft: &mut Draft, path: &str) -> Result<(), Refused> {
    if item(path).is_some() {
        draft.loosens = true;
        return draft.remove(path).map(|_| ());
    }
    let (above, key) = path.rsplit_once('.').unwrap_or(("", path));
    let gone = at_mut(&mut draft.json, above).and_then(|above| take(above, key));
    gone.map(|_| ()).ok_or_else(|| nothing_at(path))
}
