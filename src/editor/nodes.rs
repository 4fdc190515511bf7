//! Nodes: added, renamed, labelled, taken out.

use super::draft::{Draft, refuse};
use super::edit::{Refused, Spot};
use super::follow::moved;
use super::names::{Named, each_name};
use super::palette::preset;
use super::places;
use super::tree::{member_mut, put, take};
use crate::base::Json;

/// Adds a node from the palette.
pub fn add(draft: &mut Draft, key: &str, at: Option<Spot>) -> Result<String, Refused> {
    let Some(preset) = preset(key) else { return refuse("nodes", problem!("editor.no.preset", name = key)) };
    let id = draft.free_id(preset.id);
    draft.add(&id, preset.node());
    places::settle(draft, &id, at, None);
    draft.select = vec![id.clone()];
    Ok(id)
}

/// Takes nodes out, with all that names them.
pub fn remove(draft: &mut Draft, ids: &[String]) -> Result<(), Refused> {
    ids.iter().try_for_each(|id| draft.must_have(id))?;
    if let Some(nodes) = member_mut(&mut draft.json, "nodes") {
        ids.iter().for_each(|id| _ = take(nodes, id));
    }
    draft.prune(&|place| match place.named {
        Named::Node => ids.iter().any(|id| id == place.name),
        Named::Operation(service) => ids.iter().any(|id| id == service),
        Named::Path => false,
    });
    Ok(())
}

/// Gives a node another id.
pub fn rename(draft: &mut Draft, from: &str, to: &str) -> Result<(), Refused> {
    draft.must_have(from)?;
    if from == to {
        return Ok(());
    }
    if draft.kind(to).is_some() {
        return refuse(&["nodes.", from].concat(), problem!("editor.no.second", name = to));
    }
    each_name(&mut draft.json, &mut |named, name| {
        if named == Named::Node && name == from {
            to.clone_into(name);
        }
    });
    if let Some(Json::Object(nodes)) = member_mut(&mut draft.json, "nodes") {
        nodes.iter_mut().filter(|(id, _)| id == from).for_each(|(id, _)| to.clone_into(id));
    }
    moved(&mut draft.json, &["nodes.", from].concat(), &["nodes.", to].concat());
    draft.select = vec![to.to_owned()];
    Ok(())
}

/// Sets or takes away the label of a node.
pub fn relabel(draft: &mut Draft, id: &str, label: &str) -> Result<(), Refused> {
    let node = draft.node_mut(id)?;
    if label.is_empty() {
        take(node, "label");
    } else if node.get("label").is_some() {
        put(node, "label", label.into());
    } else if let Json::Object(members) = node {
        // Behind the kind, where one reads it.
        members.insert(1.min(members.len()), ("label".to_owned(), label.into()));
    }
    Ok(())
}
