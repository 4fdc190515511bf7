//! Copies: to the clipboard as text, from there, and duplicates in place.

use std::collections::BTreeMap;

use super::draft::{Draft, refuse};
use super::edit::{Refused, Spot};
use super::names::{Named, each_name};
use super::places::{gap, least, place_of, put_at, settle};
use super::prune::{Place, prune};
use super::tree::{member_or, object};
use crate::base::Json;
use crate::scenario::Scenario;

/// Nodes as text for the clipboard: as they are written, with the settings of the links among them and their places.
pub fn copy(scenario: &Scenario, nodes: &[String]) -> String {
    fragment(scenario.json(), nodes).pretty() + "\n"
}

fn fragment(json: &Json, ids: &[String]) -> Json {
    let chosen = |id: &str| ids.iter().any(|chosen| chosen == id);
    let nodes = json.get("nodes").map_or(&[][..], Json::members).iter().filter(|(id, _)| chosen(id));
    let end = |link: &Json, end: &str| link.get(end).and_then(Json::as_str).is_some_and(chosen);
    let links = json.get("links").map_or(&[][..], Json::items);
    let links = links.iter().filter(|link| end(link, "from") && end(link, "to"));
    let places = json.get("view").and_then(|view| view.get("positions")).map_or(&[][..], Json::members);
    let places = places.iter().filter(|(id, _)| chosen(id));
    object([
        ("schema", 1.0.into()),
        ("nodes", Json::Object(nodes.cloned().collect())),
        ("links", Json::Array(links.cloned().collect())),
        ("view", object([("positions", Json::Object(places.cloned().collect()))])),
    ])
}

/// Adds what a text describes.
pub fn paste(draft: &mut Draft, text: &str, at: Option<Spot>) -> Result<(), Refused> {
    let json = Json::parse(text).map_err(|found| vec![found])?;
    merge(draft, json, at)
}

/// Adds copies of nodes.
pub fn duplicate(draft: &mut Draft, ids: &[String]) -> Result<(), Refused> {
    ids.iter().try_for_each(|id| draft.must_have(id))?;
    let copy = fragment(&draft.json, ids);
    merge(draft, copy, None)
}

/// Adds the nodes of another scenario under ids that are free. What they name outside of them they keep to where it is
/// here too; else the step, subscription or binding that names it is left out.
fn merge(draft: &mut Draft, mut other: Json, at: Option<Spot>) -> Result<(), Refused> {
    let ids: Vec<String> =
        other.get("nodes").map_or(&[][..], Json::members).iter().map(|(id, _)| id.clone()).collect();
    if ids.is_empty() {
        return refuse("nodes", problem!("editor.no.nodes"));
    }
    let mut named = BTreeMap::new();
    for id in &ids {
        let taken = |new: &str| draft.kind(new).is_some() || named.values().any(|other| other == new);
        let new =
            super::draft::free(id, &|new| !taken(new) && (new == id || !ids.iter().any(|id| id == new)));
        named.insert(id.clone(), new);
    }
    each_name(&mut other, &mut |kind, name| {
        if let (Named::Node, Some(new)) = (kind, named.get(name)) {
            name.clone_from(new);
        }
    });
    if let Some(Json::Object(nodes)) = super::tree::member_mut(&mut other, "nodes") {
        nodes.iter_mut().for_each(|(id, _)| id.clone_from(&named[id]));
    }
    let own = |id: &str| named.values().any(|new| new == id);
    prune(&mut other, &|place: Place| match place.named {
        Named::Node if own(place.name) => false,
        Named::Node => {
            draft.kind(place.name).is_none_or(|kind| !place.kinds.is_empty() && !place.kinds.contains(&kind))
        }
        Named::Operation(service) => {
            let node = draft.json.get("nodes").and_then(|nodes| nodes.get(service));
            !own(service)
                && node
                    .is_none_or(|node| node.get("operations").and_then(|all| all.get(place.name)).is_none())
        }
        Named::Path => false,
    });
    let before: Vec<Spot> = draft.nodes().iter().filter_map(|(id, _)| place_of(&draft.json, id)).collect();
    let all_placed = before.len() == draft.nodes().len();
    let links = other.get("links").map_or(&[][..], Json::items).iter();
    let ends =
        |link: &&Json| ["from", "to"].iter().all(|end| link.get(end).and_then(Json::as_str).is_some_and(own));
    let links: Vec<Json> = links.filter(ends).cloned().collect();
    for (id, node) in other.get("nodes").map_or(&[][..], Json::members) {
        draft.add(id, node.clone());
        draft.select.push(id.clone());
    }
    if !links.is_empty()
        && let Some(Json::Array(all)) = member_or(&mut draft.json, "links", Json::Array(Vec::new()))
    {
        all.extend(links);
    }
    if at.is_some() || all_placed {
        arrange(draft, &other, &before, at);
    }
    Ok(())
}

/// Places what came: as it lay, with its corner where it is dropped, or else beside where it came from.
fn arrange(draft: &mut Draft, other: &Json, before: &[Spot], at: Option<Spot>) {
    let came = draft.select.clone();
    let places: Vec<Option<Spot>> = came.iter().map(|id| place_of(other, id)).collect();
    let known: Vec<Spot> = places.iter().flatten().copied().collect();
    let corner = [least(&known, 0), least(&known, 1)];
    let step = gap(if before.len() > 1 { before } else { &known }) * 0.4;
    let mut by = at.map_or([step, step], |at| [at[0] - corner[0], at[1] - corner[1]]);
    let meets = |by: Spot| {
        known.iter().any(|place| {
            before
                .iter()
                .any(|other| (0..2).all(|axis| (place[axis] + by[axis] - other[axis]).abs() < step * 0.5))
        })
    };
    // A second copy does not hide the first.
    for _ in 0..256 {
        if at.is_some() || !meets(by) {
            break;
        }
        by = [by[0] + step, by[1] + step];
    }
    for (id, place) in came.iter().zip(places) {
        match place {
            Some([x, y]) => put_at(draft, id, [x + by[0], y + by[1]]),
            None => settle(draft, id, at.filter(|_| came.len() == 1), None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pasted(draft: &mut Draft, text: &str) -> String {
        draft.select.clear();
        paste(draft, text, None).expect("nodes");
        draft.json.get("nodes").map(|nodes| nodes.to_string()).unwrap_or_default()
    }

    #[test]
    fn taken_ids_get_a_number_and_inner_links_stay() {
        let text = r#"{"nodes": {"a": {"kind": "service", "operations": {"default": [{"call": {"to": "a2"}}, {"read": {"from": "db"}}]}},
            "a2": {"kind": "service", "operations": {"default": []}}}}"#;
        let nothing = Scenario::read(r#"{"schema": 1, "nodes": {}}"#).expect("a scenario");
        let mut draft = Draft::of(&nothing);
        let first = pasted(&mut draft, text);
        let expected = r#"{"a": {"kind": "service", "operations": {"default": [{"call": {"to": "a2"}}]}}, "a2": {"kind": "service", "operations": {"default": []}}}"#;
        assert_eq!(first, expected, "nothing is read from a database that is not there");
        let second = pasted(&mut draft, text);
        assert!(
            second.contains(
                r#""a3": {"kind": "service", "operations": {"default": [{"call": {"to": "a4"}}]}}"#
            ),
            "{second}"
        );
        assert!(paste(&mut draft, "{}", None).is_err() && paste(&mut draft, "no JSON", None).is_err());
    }
}
