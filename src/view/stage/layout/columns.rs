//! Columns along the flow: where nodes stand that nobody has given a place, and the links between them.

use super::bound::{Bound, GAP, READABLE, largest};
use super::layers::{self, Layers};
use super::place;
use super::route::{self, Route};
use super::shape::{Joint, Layout, NARROW, NodeBox};
use crate::base::{NodeIx, order_by, within_f32};
use crate::scenario::{NodeKind, NodePlan, Plan};
use crate::view::canvas::geometry::{Point, Rect};
use crate::view::cards::detail::{Detail, footer};
use crate::view::cards::size::natural;

/// Room across the flow for a link that passes a column, natural.
const PASSAGE: f32 = 22.0;
/// Cards below each other are at most so many times as wide as natural.
const WIDEST: f32 = 1.8;
/// Longest distance between two columns, in pixels per unit of scale.
const LONGEST_GAP: f32 = 330.0;

impl Layout {
    /// Columns along the flow.
    pub(super) fn automatic(&mut self, plan: &Plan, pairs: &[(usize, usize)], area: Rect, bound: Bound) {
        let clients = plan.clients.iter().filter(|client| plan.has(client.node));
        let clients: Vec<usize> = clients.map(|client| client.node.at()).collect();
        let mut layers = layers::layers(plan.nodes.len(), pairs, &clients);
        // What an edit took out has no place.
        let is_there = |vertex: &usize| *vertex >= plan.nodes.len() || plan.has(NodeIx(*vertex as u32));
        layers.columns.iter_mut().for_each(|column| column.retain(is_there));
        let mut best: Option<Fit> = None;
        for &detail in bound.details {
            for vertical in [false, true] {
                if bound.vertical.unwrap_or(vertical && self.size.w < NARROW) != vertical {
                    continue;
                }
                let fit = Fit::new(plan, &layers, detail, vertical, area, bound.scale);
                if best.as_ref().is_none_or(|best| fit.scale > best.scale * 1.02) {
                    best = Some(fit);
                }
            }
            if best.as_ref().is_some_and(|best| best.scale >= READABLE.min(bound.scale)) {
                break;
            }
        }
        if let Some(fit) = best {
            (self.scale, self.detail, self.vertical) = (fit.scale, fit.detail, fit.vertical);
            self.nodes = fit.boxes(&layers, plan.nodes.len(), area);
            self.joints = fit.joints(&layers, pairs.len(), &self.nodes);
            self.nodes.truncate(plan.nodes.len());
        }
    }
}

/// A layout of columns at one detail in one direction; along is the direction of the flow.
struct Fit {
    detail: Detail,
    vertical: bool,
    scale: f32,
    /// Scaled size of each vertex, along and across.
    along: Vec<f32>,
    across: Vec<f32>,
    /// Beginning and length of each column, along.
    columns: Vec<(f32, f32)>,
    /// Middle of each vertex, across.
    middle: Vec<f32>,
    /// How much each node's card shows.
    details: Vec<Detail>,
    /// Exchanges: all their links meet in the middle of a side.
    hubs: Vec<bool>,
}

impl Fit {
    fn new(plan: &Plan, layers: &Layers, detail: Detail, vertical: bool, area: Rect, limit: f32) -> Fit {
        let nodes = plan.nodes.len();
        let mut along = vec![0.0; layers.column.len()];
        let mut across = vec![PASSAGE; layers.column.len()];
        across[..nodes].fill(0.0);
        let natural = |node: usize, detail: Detail| {
            let size = natural(plan, NodeIx(node as u32), detail);
            let (w, h) = (size.w, size.h + footer(detail));
            if vertical { (h, w) } else { (w, h) }
        };
        for node in (0..nodes).filter(|node| plan.has(NodeIx(*node as u32))) {
            (along[node], across[node]) = natural(node, detail);
        }
        let longest = |column: &Vec<usize>| column.iter().map(|&v| along[v]).fold(0.0, f32::max);
        let lengths: Vec<f32> = layers.columns.iter().map(longest).collect();
        let link = detail.least_link(vertical);
        let needed = lengths.iter().sum::<f32>() + link * lengths.len().saturating_sub(1) as f32;
        let breadth = |column: &Vec<usize>| column.iter().map(|&v| across[v] + GAP).sum::<f32>() - GAP;
        let broad = layers.columns.iter().map(breadth).fold(1.0, f32::max);
        let (room_along, room_across) = if vertical { (area.h, area.w) } else { (area.w, area.h) };
        let scale = (room_along / needed.max(1.0)).min(room_across / broad).min(largest(area)).min(limit);
        // A log has the most to show. Alone in its column it shows more than the others, where there is room.
        let (mut lengths, mut needed, mut broad, mut details) = (lengths, needed, broad, vec![detail; nodes]);
        let alone = layers.columns.iter().enumerate().filter_map(|(column, own)| match own[..] {
            [node] if node < nodes && matches!(plan.nodes[node].kind, NodeKind::Log(_)) => {
                Some((column, node))
            }
            _ => None,
        });
        for (column, node) in alone {
            let richer = Detail::ALL.iter().take_while(|richer| **richer != detail);
            for &richer in richer {
                let (length, breadth) = natural(node, richer);
                let longer = needed - lengths[column] + length;
                if longer * scale <= room_along && breadth * scale <= room_across {
                    (along[node], across[node], details[node]) = (length, breadth, richer);
                    (lengths[column], needed, broad) = (length, longer, broad.max(breadth));
                    break;
                }
            }
        }
        along.iter_mut().chain(&mut across).for_each(|length| *length *= scale);
        if vertical {
            // Cards below each other may be wide.
            let stretch = within_f32(room_across / (broad * scale), 1.0, WIDEST);
            across[..nodes].iter_mut().for_each(|width| *width *= stretch);
        }
        let middle = place::places(layers, &across, GAP * scale, room_across);
        let columns = columns(&lengths, scale, room_along);
        let is_hub = |node: &NodePlan| matches!(node.kind, NodeKind::Exchange(_));
        let hubs = plan.nodes.iter().map(is_hub).collect();
        Fit { detail, vertical, scale, along, across, columns, middle, details, hubs }
    }

    /// A rectangle from its place along and across the flow.
    fn rect(&self, along: f32, across: f32, length: f32, breadth: f32, area: Rect) -> Rect {
        if self.vertical {
            Rect::new(area.x + across, area.y + along, breadth, length)
        } else {
            Rect::new(area.x + along, area.y + across, length, breadth)
        }
    }

    fn boxes(&self, layers: &Layers, nodes: usize, area: Rect) -> Vec<NodeBox> {
        (0..layers.column.len())
            .map(|vertex| {
                let (start, length) = self.columns[layers.column[vertex]];
                let stand_in = vertex >= nodes;
                let own = if stand_in { length } else { self.along[vertex] };
                let (along, across) =
                    (start + (length - own) / 2.0, self.middle[vertex] - self.across[vertex] / 2.0);
                let whole = self.rect(along, across, own, self.across[vertex], area);
                let detail = self.details.get(vertex).copied().unwrap_or(self.detail);
                let footer = footer(detail) * self.scale;
                let card = if stand_in { whole } else { Rect { h: whole.h - footer, ..whole } };
                NodeBox { card, whole, detail }
            })
            .collect()
    }

    /// The joints between the boxes of all vertices, stand-ins included.
    fn joints(&self, layers: &Layers, count: usize, boxes: &[NodeBox]) -> Vec<Joint> {
        let ports = Ports::new(layers, boxes, &self.hubs, self.vertical, self.scale);
        let mut joints = Vec::with_capacity(count);
        for (at, chain) in layers.chains.iter().enumerate() {
            let (first, last) = (chain[0], chain[chain.len() - 1]);
            let mut curves = Vec::with_capacity(2 * chain.len());
            if first == last {
                curves.push(route::around(boxes[first].card, GAP * 2.0 * self.scale));
            } else if layers.column[first] == layers.column[last] {
                curves.push(route::facing(boxes[first].card, boxes[last].card));
            } else {
                let mut from = ports.of(at, true);
                for &stand_in in &chain[1..chain.len() - 1] {
                    let (enter, leave) = ends(boxes[stand_in].card, self.vertical);
                    curves.push(route::flow(from, enter, self.vertical));
                    curves.push(route::flow(enter, leave, self.vertical));
                    from = leave;
                }
                curves.push(route::flow(from, ports.of(at, false), self.vertical));
            }
            let (from, to) = (NodeIx(first as u32), NodeIx(last as u32));
            joints.push(Joint { from, to, route: Route::new(curves) });
        }
        joints
    }
}

/// The middles of a rectangle's sides against and along the flow.
fn ends(rect: Rect, vertical: bool) -> (Point, Point) {
    let middle = rect.center();
    if vertical {
        (Point { x: middle.x, y: rect.y }, Point { x: middle.x, y: rect.bottom() })
    } else {
        (Point { x: rect.x, y: middle.y }, Point { x: rect.right(), y: middle.y })
    }
}

/// Where chains leave and reach their cards: spread over the side, in the order of their other ends.
struct Ports {
    leave: Vec<Point>,
    reach: Vec<Point>,
}

impl Ports {
    fn new(layers: &Layers, boxes: &[NodeBox], hubs: &[bool], vertical: bool, scale: f32) -> Ports {
        let across = |vertex: usize| {
            let middle = boxes[vertex].card.center();
            f64::from(if vertical { middle.x } else { middle.y })
        };
        let ends = |chain: &[usize], leave: bool| match (chain, leave) {
            ([own, other, ..], true) | ([.., other, own], false) => (*own, across(*other)),
            _ => (0, 0.0),
        };
        let spread = |leave: bool| {
            // Chain, its card, and where its other end lies.
            let mut sides: Vec<(usize, usize, f64)> = Vec::with_capacity(layers.chains.len());
            for (at, chain) in layers.chains.iter().enumerate() {
                let (own, other) = ends(chain, leave);
                sides.push((at, own, other));
            }
            order_by(&mut sides, &|side| side.2);
            order_by(&mut sides, &|side| side.1 as f64);
            let mut points = vec![Point::default(); layers.chains.len()];
            for side in sides.chunk_by(|a, b| a.1 == b.1) {
                let card = boxes[side[0].1].card;
                let (enter, out) = self::ends(card, vertical);
                let length = if vertical { card.w } else { card.h };
                let hub = hubs.get(side[0].1).copied().unwrap_or(false);
                let step = if hub { 0.0 } else { (24.0 * scale).min(0.7 * length / side.len() as f32) };
                for (place, (at, ..)) in side.iter().enumerate() {
                    let off = (place as f32 - (side.len() - 1) as f32 / 2.0) * step;
                    let mut point = if leave { out } else { enter };
                    if vertical {
                        point.x += off
                    } else {
                        point.y += off
                    }
                    points[*at] = point;
                }
            }
            points
        };
        Ports { leave: spread(true), reach: spread(false) }
    }

    fn of(&self, chain: usize, leave: bool) -> Point {
        if leave { self.leave[chain] } else { self.reach[chain] }
    }
}

/// Beginning and length of each column: the room that is left goes between them.
fn columns(lengths: &[f32], scale: f32, room: f32) -> Vec<(f32, f32)> {
    let total = lengths.iter().sum::<f32>() * scale;
    let gaps = lengths.len().saturating_sub(1) as f32;
    let gap = if gaps > 0.0 { within_f32((room - total) / gaps, 0.0, LONGEST_GAP * scale) } else { 0.0 };
    let mut at = ((room - total - gap * gaps) / 2.0).max(0.0);
    lengths
        .iter()
        .map(|length| {
            let start = at;
            at += length * scale + gap;
            (start, length * scale)
        })
        .collect()
}
