//! Where nodes stand: placed, moved, aligned, and new ones where there is room.
//!
//! The stage keeps to places only where every node has one. So a new node gets one where all others have theirs, and
//! none where the stage lays the system out by itself.

use super::draft::{Draft, refuse};
use super::edit::{Alignment, Refused, Spot};
use super::tree::{member_or, object, put, take};
use crate::base::{Json, sort_by};

/// How far apart nodes are where nothing else says.
const GAP: f64 = 200.0;

/// The place of a node.
pub fn place_of(json: &Json, id: &str) -> Option<Spot> {
    let place = json.get("view")?.get("positions")?.get(id)?.items();
    Some([place.first()?.as_f64()?, place.get(1)?.as_f64()?])
}

/// Puts a node somewhere.
pub fn put_at(draft: &mut Draft, id: &str, at: Spot) {
    let view = member_or(&mut draft.json, "view", object([]));
    if let Some(places) = view.and_then(|view| member_or(view, "positions", object([]))) {
        // Positions are shown to a hundredth; what a pointer says has many more digits.
        let at = at.map(|number| Json::Number(libm::round(number.clamp(-1e6, 1e6) * 100.0) / 100.0));
        put(places, id, Json::Array(at.to_vec()));
    }
}

/// Finds a place for a new node: where it is dropped, or beside another one, or below all.
pub fn settle(draft: &mut Draft, id: &str, at: Option<Spot>, beside: Option<&str>) {
    let others: Vec<&str> =
        draft.nodes().iter().map(|(id, _)| id.as_str()).filter(|other| *other != id).collect();
    let places: Vec<Spot> = others.iter().filter_map(|id| place_of(&draft.json, id)).collect();
    if let Some(at) = at {
        return put_at(draft, id, at);
    }
    if places.is_empty() || places.len() < others.len() {
        return;
    }
    let gap = gap(&places);
    let mut spot = match beside.and_then(|id| place_of(&draft.json, id)) {
        Some([x, y]) => [x + gap, y],
        None => [least(&places, 0), greatest(&places, 1) + gap],
    };
    let near =
        |spot: Spot| places.iter().any(|other| (0..2).all(|at| (other[at] - spot[at]).abs() < gap * 0.5));
    while near(spot) {
        spot[1] += gap * 0.5;
    }
    put_at(draft, id, spot);
}

/// How far apart the nearest nodes are.
pub fn gap(places: &[Spot]) -> f64 {
    let apart = |a: &Spot, b: &Spot| (a[0] - b[0]).abs().max((a[1] - b[1]).abs());
    let pairs = places.iter().enumerate().flat_map(|(at, a)| places[..at].iter().map(move |b| apart(a, b)));
    let nearest = pairs.filter(|apart| *apart > 1e-3).fold(f64::INFINITY, f64::min);
    if nearest.is_finite() { nearest } else { GAP }
}

/// The least coordinate of some places.
pub fn least(places: &[Spot], axis: usize) -> f64 {
    places.iter().map(|place| place[axis]).fold(f64::INFINITY, f64::min)
}

/// The greatest coordinate of some places.
pub fn greatest(places: &[Spot], axis: usize) -> f64 {
    places.iter().map(|place| place[axis]).fold(f64::NEG_INFINITY, f64::max)
}

/// Puts nodes at places.
pub fn place(draft: &mut Draft, places: &[(String, Spot)]) -> Result<(), Refused> {
    for (id, at) in places {
        draft.must_have(id)?;
        if !at.iter().all(|number| number.is_finite()) {
            return refuse("view.positions", problem!("editor.no.spot"));
        }
        put_at(draft, id, *at);
    }
    Ok(())
}

/// Moves nodes that have a place.
pub fn shift(draft: &mut Draft, ids: &[String], by: Spot) -> Result<(), Refused> {
    let moved = |id: &String| place_of(&draft.json, id).map(|[x, y]| (id.clone(), [x + by[0], y + by[1]]));
    let places: Vec<_> = ids.iter().filter_map(moved).collect();
    place(draft, &places)
}

/// Aligns nodes, or spreads them evenly.
pub fn align(draft: &mut Draft, ids: &[String], how: Alignment) -> Result<(), Refused> {
    let mut places: Vec<(String, Spot)> =
        ids.iter().filter_map(|id| Some((id.clone(), place_of(&draft.json, id)?))).collect();
    if places.len() < 2 {
        return refuse("view.positions", problem!("editor.no.two"));
    }
    let axis = match how {
        Alignment::Left | Alignment::Center | Alignment::Right | Alignment::Across => 0,
        Alignment::Top | Alignment::Middle | Alignment::Bottom | Alignment::Down => 1,
    };
    let spots: Vec<Spot> = places.iter().map(|(_, spot)| *spot).collect();
    let (low, high) = (least(&spots, axis), greatest(&spots, axis));
    let line = match how {
        Alignment::Left | Alignment::Top => low,
        Alignment::Right | Alignment::Bottom => high,
        Alignment::Center | Alignment::Middle => (low + high) / 2.0,
        Alignment::Across | Alignment::Down => {
            sort_by(&mut places, &|a: &(String, Spot), b: &(String, Spot)| a.1[axis].total_cmp(&b.1[axis]));
            let each = (high - low) / (places.len() - 1) as f64;
            places.iter_mut().enumerate().for_each(|(at, (_, spot))| spot[axis] = low + each * at as f64);
            return place(draft, &places);
        }
    };
    places.iter_mut().for_each(|(_, spot)| spot[axis] = line);
    place(draft, &places)
}

/// Gives up all places.
pub fn tidy_up(draft: &mut Draft) {
    if let Some(view) = super::tree::member_mut(&mut draft.json, "view") {
        take(view, "positions");
    }
}
