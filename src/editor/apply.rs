//! Which edit does what, and what it is called.

use super::draft::{Draft, refuse};
use super::edit::{Edit, Refused};
use super::{clipboard, connect, next, nodes, operations, places, policies, steps};

/// Edits that contain edits nest at most this deep.
const MOST_NESTING: u32 = 4;

/// Does an edit to a draft.
pub fn apply(draft: &mut Draft, edit: Edit) -> Result<(), Refused> {
    nested(draft, edit, 0)
}

fn nested(draft: &mut Draft, edit: Edit, depth: u32) -> Result<(), Refused> {
    match edit {
        Edit::Add { preset, at } => nodes::add(draft, &preset, at).map(|_| ()),
        Edit::AddNext { from, next } => next::add_next(draft, &from, &next),
        Edit::Remove { nodes, links } => {
            links.iter().try_for_each(|(from, to)| connect::disconnect(draft, from, to))?;
            nodes::remove(draft, &nodes)
        }
        Edit::Rename { node, to } => nodes::rename(draft, &node, &to),
        Edit::Relabel { node, label } => nodes::relabel(draft, &node, &label),
        Edit::Connect { from, to, operation } => connect::connect(draft, &from, &to, operation.as_deref()),
        Edit::Disconnect { from, to } => connect::disconnect(draft, &from, &to),
        Edit::Place(spots) => places::place(draft, &spots),
        Edit::Move { nodes, by } => places::shift(draft, &nodes, by),
        Edit::Align { nodes, how } => places::align(draft, &nodes, how),
        Edit::TidyUp => {
            places::tidy_up(draft);
            Ok(())
        }
        Edit::AddStep { at, step } => steps::add(draft, &at, step),
        Edit::RemoveStep { at } => steps::remove(draft, &at),
        Edit::MoveStep { from, to } => steps::shift(draft, &from, &to),
        Edit::Wrap { at, count, into } => steps::wrap(draft, &at, count, into),
        Edit::Unwrap { at } => steps::unwrap(draft, &at),
        Edit::Set { path, value } => operations::set(draft, &path, value),
        Edit::Unset { path } => operations::unset(draft, &path),
        Edit::AddPolicy { call, preset } => policies::add(draft, &call, &preset),
        Edit::RemovePolicy { call, policy } => policies::remove(draft, &call, &policy),
        Edit::AddOperation { service, name } => operations::add(draft, &service, &name),
        Edit::RenameOperation { service, from, to } => operations::rename(draft, &service, &from, &to),
        Edit::RemoveOperation { service, name } => operations::remove(draft, &service, &name),
        Edit::Paste { text, at } => clipboard::paste(draft, &text, at),
        Edit::Duplicate { nodes } => clipboard::duplicate(draft, &nodes),
        Edit::Together(_) if depth == MOST_NESTING => refuse("", problem!("editor.no.end")),
        Edit::Together(all) => all.into_iter().try_for_each(|edit| nested(draft, edit, depth + 1)),
    }
}

/// What an edit is called, for "Undo: …".
pub fn words(edit: &Edit) -> String {
    match edit {
        Edit::Add { .. } | Edit::AddNext { .. } => text!("editor.did.add").to_owned(),
        Edit::Remove { nodes, .. } => match &nodes[..] {
            [] => text!("editor.did.disconnect").to_owned(),
            [node] => say!("editor.did.remove", node = node),
            all => say!("editor.did.remove-all", count = all.len()),
        },
        Edit::Rename { node, to } => say!("editor.did.rename", node = node, to = to),
        Edit::Relabel { node, .. } => say!("editor.did.relabel", node = node),
        Edit::Connect { from, to, .. } => say!("editor.did.connect", from = from, to = to),
        Edit::Disconnect { .. } => text!("editor.did.disconnect").to_owned(),
        Edit::Place(_) | Edit::Move { .. } => text!("editor.did.move").to_owned(),
        Edit::Align { .. } => text!("editor.did.align").to_owned(),
        Edit::TidyUp => text!("editor.did.tidy-up").to_owned(),
        Edit::AddStep { .. } => text!("editor.did.add-step").to_owned(),
        Edit::RemoveStep { .. } => text!("editor.did.remove-step").to_owned(),
        Edit::MoveStep { .. } => text!("editor.did.move-step").to_owned(),
        Edit::Wrap { .. } | Edit::Unwrap { .. } => text!("editor.did.wrap").to_owned(),
        Edit::Set { path, .. } | Edit::Unset { path } => say!("editor.did.set", path = path),
        Edit::AddPolicy { .. } => text!("editor.did.add-policy").to_owned(),
        Edit::RemovePolicy { .. } => text!("editor.did.remove-policy").to_owned(),
        Edit::Paste { .. } => text!("editor.did.paste").to_owned(),
        Edit::Duplicate { .. } => text!("editor.did.duplicate").to_owned(),
        Edit::AddOperation { name, .. } => say!("editor.did.add-operation", name = name),
        Edit::RenameOperation { from, to, .. } => say!("editor.did.rename", node = from, to = to),
        Edit::RemoveOperation { name, .. } => say!("editor.did.remove", node = name),
        Edit::Together(all) => all.last().map_or_else(|| text!("editor.did.move").to_owned(), words),
    }
}

/// What is one step together with the edit before it, if that has the same name here: a burst of typing in one field, or
/// of a key that moves nodes.
pub fn burst(edit: &Edit) -> Option<String> {
    match edit {
        Edit::Set { path, .. } => Some(["set ", path].concat()),
        Edit::Relabel { node, .. } => Some(["label ", node].concat()),
        Edit::Move { nodes, .. } => Some(["move ", &nodes.join(" ")].concat()),
        _ => None,
    }
}
