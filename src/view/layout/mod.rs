//! Where everything stands: cards in columns along the flow of requests, links as curves between them.
//!
//! The flow goes from left to right, on narrow stages from top to bottom where that leaves more room. Given
//! positions are kept as far as the cards do not overlap. Cards show less where there is less room
//! ([`Detail`]) before their text becomes too small to read.

mod free;
mod layers;
mod magnify;
mod pairs;
mod place;
mod route;

use super::card::{self, Detail};
use super::geometry::{Point, Rect, Size};
use super::order::order_by;
use crate::base::{LinkIx, NodeIx, within_f32};
use crate::scenario::{NodeKind, NodePlan, Plan};
use layers::Layers;
pub(in crate::view) use pairs::pairs;
pub use route::Route;

/// Below this scale a card gives up detail rather than become smaller.
const READABLE: f32 = 0.84;
/// Cards grow to this scale on a stage of [`HIGH`] pixels, less on lower ones: long links show more than large
/// cards.
const LARGEST: f32 = 1.6;
/// See [`LARGEST`].
const HIGH: f32 = 520.0;
/// On narrower stages the flow may go down.
const NARROW: f32 = 520.0;
/// Natural distance between cards across the flow.
const GAP: f32 = 14.0;
/// Room across the flow for a link that passes a column, natural.
const PASSAGE: f32 = 22.0;
/// Cards below each other are at most so many times as wide as natural.
const WIDEST: f32 = 1.8;
/// Longest distance between two columns, in pixels per unit of scale.
const LONGEST_GAP: f32 = 330.0;

/// A node's place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NodeBox {
    /// Its card.
    pub card: Rect,
    /// The card and the line of losses below it.
    pub whole: Rect,
}

/// How two nodes are joined: one curve for both directions.
#[derive(Clone, Debug, PartialEq)]
pub struct Joint {
    /// The node at the curve's beginning.
    pub from: NodeIx,
    /// The node at its end.
    pub to: NodeIx,
    /// The curve.
    pub route: Route,
}

/// A stage's layout for one plan and one size.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The stage.
    pub size: Size,
    /// The part of it that is seen: all of it, unless it is magnified.
    pub window: Rect,
    /// How much larger than natural everything is.
    pub scale: f32,
    /// How much a card shows.
    pub detail: Detail,
    /// The flow goes from top to bottom.
    pub vertical: bool,
    nodes: Vec<NodeBox>,
    joints: Vec<Joint>,
    /// By [`LinkIx`]: its joint, and whether it runs from the curve's end to its beginning.
    links: Vec<(usize, bool)>,
    /// What the layout depends on beside the size.
    key: u64,
}

impl Layout {
    /// Lays a plan out on a stage. `positions`, by [`NodeIx`], are kept where every node has one; their unit does
    /// not matter, only how they lie to each other.
    pub fn new(plan: &Plan, positions: &[Option<[f32; 2]>], size: Size) -> Layout {
        Layout::bounded(
            plan,
            positions,
            size,
            Bound { details: &Detail::ALL, scale: f32::MAX, vertical: None },
        )
    }

    /// The same for a stage that is compared with another: no larger, no more detailed than there, and with the
    /// flow in the same direction.
    pub fn beside(plan: &Plan, positions: &[Option<[f32; 2]>], size: Size, other: &Layout) -> Layout {
        let first = Detail::ALL.iter().position(|detail| *detail == other.detail).unwrap_or(0);
        let vertical = Some(other.vertical);
        Layout::bounded(
            plan,
            positions,
            size,
            Bound { details: &Detail::ALL[first..], scale: other.scale, vertical },
        )
    }

    fn bounded(plan: &Plan, positions: &[Option<[f32; 2]>], size: Size, bound: Bound) -> Layout {
        let size = Size { w: within_f32(size.w, 1.0, 20_000.0), h: within_f32(size.h, 1.0, 20_000.0) };
        let (pairs, links) = pairs(plan);
        let window = Rect::new(0.0, 0.0, size.w, size.h);
        let mut layout = Layout { size, window, links, key: key(plan), ..Layout::default() };
        let area = area(size);
        if !layout.given(plan, positions, &pairs, area, bound) {
            layout.automatic(plan, &pairs, area, bound);
        }
        layout
    }

    /// Whether it is still right: same size, same nodes and links, same contents of cards.
    pub fn fits(&self, plan: &Plan, size: Size) -> bool {
        self.size == size && self.key == key(plan)
    }

    /// How much there is to see of each node: more detail counts more than a larger scale.
    pub fn measure(&self) -> f32 {
        let less = Detail::ALL.iter().position(|detail| *detail == self.detail).unwrap_or(0);
        self.scale - 10.0 * less as f32
    }

    /// Where a node stands.
    pub fn node(&self, node: NodeIx) -> NodeBox {
        self.nodes.get(node.at()).copied().unwrap_or_default()
    }

    /// All nodes' places, by [`NodeIx`].
    pub fn nodes(&self) -> &[NodeBox] {
        &self.nodes
    }

    /// All joints.
    pub fn joints(&self) -> &[Joint] {
        &self.joints
    }

    /// The joint of a link, and whether the link runs against its curve.
    pub fn joint(&self, link: LinkIx) -> Option<(usize, bool)> {
        self.links.get(link.at()).copied().filter(|&(joint, _)| joint < self.joints.len())
    }

    /// Where on the stage a message is that has `progress` (0 to 1) of its link behind it.
    pub fn at(&self, link: LinkIx, progress: f32) -> Point {
        match self.joint(link) {
            Some((joint, true)) => self.joints[joint].route.at(1.0 - progress),
            Some((joint, false)) => self.joints[joint].route.at(progress),
            None => Point::default(),
        }
    }

    /// Where links reach a node's card.
    pub fn ends(&self, node: NodeIx) -> Vec<Point> {
        let mut ends = Vec::new();
        for joint in &self.joints {
            ends.extend((joint.from == node).then(|| joint.route.at(0.0)));
            ends.extend((joint.to == node).then(|| joint.route.at(1.0)));
        }
        ends
    }

    /// Width that is free between the cards of a joint, around its middle.
    pub fn room(&self, joint: &Joint) -> f32 {
        let (a, b) = (self.node(joint.from).card, self.node(joint.to).card);
        let between = (b.x - a.right()).max(a.x - b.right());
        // Cards that stand one above the other leave the whole width.
        if between > 0.0 { between } else { self.size.w }
    }

    /// The node whose card holds this point.
    pub fn node_at(&self, point: Point) -> Option<NodeIx> {
        self.nodes.iter().position(|node| node.card.contains(point)).map(|at| NodeIx(at as u32))
    }

    /// Columns along the flow.
    fn automatic(&mut self, plan: &Plan, pairs: &[(usize, usize)], area: Rect, bound: Bound) {
        let clients: Vec<usize> = plan.clients.iter().map(|client| client.node.at()).collect();
        let layers = layers::layers(plan.nodes.len(), pairs, &clients);
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

/// What a layout may look like.
#[derive(Clone, Copy)]
struct Bound<'a> {
    /// How much cards may show, from most to least.
    details: &'a [Detail],
    /// How large they may be.
    scale: f32,
    /// In which direction the flow goes; none: whatever leaves more room.
    vertical: Option<bool>,
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
    /// Exchanges: all their links meet in the middle of a side.
    hubs: Vec<bool>,
}

impl Fit {
    fn new(plan: &Plan, layers: &Layers, detail: Detail, vertical: bool, area: Rect, limit: f32) -> Fit {
        let nodes = plan.nodes.len();
        let mut along = vec![0.0; layers.column.len()];
        let mut across = vec![PASSAGE; layers.column.len()];
        for node in 0..nodes {
            let size = card::natural(plan, NodeIx(node as u32), detail);
            let (w, h) = (size.w, size.h + card::footer(detail));
            (along[node], across[node]) = if vertical { (h, w) } else { (w, h) };
        }
        let longest = |column: &Vec<usize>| column.iter().map(|&v| along[v]).fold(0.0, f32::max);
        let lengths: Vec<f32> = layers.columns.iter().map(longest).collect();
        let link = detail.least_link(vertical);
        let needed = lengths.iter().sum::<f32>() + link * lengths.len().saturating_sub(1) as f32;
        let breadth = |column: &Vec<usize>| column.iter().map(|&v| across[v] + GAP).sum::<f32>() - GAP;
        let broad = layers.columns.iter().map(breadth).fold(1.0, f32::max);
        let (room_along, room_across) = if vertical { (area.h, area.w) } else { (area.w, area.h) };
        let scale = (room_along / needed.max(1.0)).min(room_across / broad).min(largest(area)).min(limit);
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
        Fit { detail, vertical, scale, along, across, columns, middle, hubs }
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
        let footer = card::footer(self.detail) * self.scale;
        (0..layers.column.len())
            .map(|vertex| {
                let (start, length) = self.columns[layers.column[vertex]];
                let stand_in = vertex >= nodes;
                let own = if stand_in { length } else { self.along[vertex] };
                let (along, across) =
                    (start + (length - own) / 2.0, self.middle[vertex] - self.across[vertex] / 2.0);
                let whole = self.rect(along, across, own, self.across[vertex], area);
                let card = if stand_in { whole } else { Rect { h: whole.h - footer, ..whole } };
                NodeBox { card, whole }
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

/// The largest scale on a stage with this room for nodes.
fn largest(area: Rect) -> f32 {
    within_f32(area.h.min(area.w * 0.6) / HIGH * LARGEST, 1.05, LARGEST)
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

/// The part of a stage in which nodes stand: below its heading, within its margins.
pub(super) fn area(size: Size) -> Rect {
    let margin = if size.w < NARROW { 8.0 } else { 18.0 };
    let (top, bottom) = (heading(size), if size.h < 260.0 { 6.0 } else { 12.0 });
    Rect::new(margin, top, (size.w - 2.0 * margin).max(1.0), (size.h - top - bottom).max(1.0))
}

/// Height of a stage's heading.
pub(super) fn heading(size: Size) -> f32 {
    if size.h < 260.0 { 28.0 } else { 40.0 }
}

/// A number that changes with everything in a plan that a layout depends on.
fn key(plan: &Plan) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    let mut mix = |value: u64| hash = (hash ^ value).wrapping_mul(0x0000_0100_0000_01b3);
    for (at, node) in plan.nodes.iter().enumerate() {
        let size = card::natural(plan, NodeIx(at as u32), Detail::Full);
        [kind_number(node.kind), u64::from(size.w.to_bits()), u64::from(size.h.to_bits())]
            .into_iter()
            .for_each(&mut mix);
        node.id.bytes().for_each(|byte| mix(u64::from(byte)));
    }
    for link in &plan.links {
        mix(u64::from(link.from.0) << 32 | u64::from(link.to.0));
    }
    hash
}

/// A number for a kind of node, different for each.
fn kind_number(kind: NodeKind) -> u64 {
    match kind {
        NodeKind::Client(_) => 1,
        NodeKind::Service(_) => 2,
        NodeKind::Queue(_) => 3,
        NodeKind::Exchange(_) => 4,
        NodeKind::Log(_) => 5,
        NodeKind::Store(_) => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{ClientIx, ExchangeIx, LogIx, QueueIx, ServiceIx, StoreIx};

    #[test]
    fn every_kind_of_node_has_a_number_of_its_own() {
        let kinds = [
            NodeKind::Client(ClientIx(0)),
            NodeKind::Service(ServiceIx(0)),
            NodeKind::Queue(QueueIx(0)),
            NodeKind::Exchange(ExchangeIx(0)),
            NodeKind::Log(LogIx(0)),
            NodeKind::Store(StoreIx(0)),
        ];
        let mut numbers = kinds.map(kind_number).to_vec();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), kinds.len());
    }
}
