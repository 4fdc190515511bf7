//! A layout: where cards and links are, and what is at a point.

use super::route::Route;
use crate::base::{LinkIx, NodeIx};
use crate::scenario::{NodeKind, Plan};
use crate::view::canvas::geometry::{Point, Rect, Size};
use crate::view::cards::detail::Detail;
use crate::view::cards::size::natural;

/// On narrower stages the flow may go down.
pub(super) const NARROW: f32 = 520.0;

/// A node's place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NodeBox {
    /// Its card.
    pub card: Rect,
    /// The card and the line of losses below it.
    pub whole: Rect,
    /// How much the card shows: at least as much as all do.
    pub detail: Detail,
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

impl Joint {
    /// Whether it joins these two nodes, in whichever direction.
    pub fn joins(&self, a: NodeIx, b: NodeIx) -> bool {
        (a, b) == (self.from, self.to) || (b, a) == (self.from, self.to)
    }
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
    pub(super) nodes: Vec<NodeBox>,
    pub(super) joints: Vec<Joint>,
    /// By [`LinkIx`]: its joint, and whether it runs from the curve's end to its beginning.
    pub(super) links: Vec<(usize, bool)>,
    /// What the layout depends on beside the size.
    pub(super) key: u64,
}

impl Layout {
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

    /// The same, `beside` pixels to the right of the way as the message goes: what comes towards it is on the other side.
    pub fn off_center(&self, link: LinkIx, progress: f32, beside: f32) -> Point {
        let at = self.at(link, progress);
        let direction = self.joint(link).and_then(|(joint, back)| {
            let route = &self.joints[joint].route;
            if back {
                let Point { x, y } = route.direction(1.0 - progress)?;
                Some(Point { x: -x, y: -y })
            } else {
                route.direction(progress)
            }
        });
        direction.map_or(at, |Point { x, y }| Point { x: at.x - y * beside, y: at.y + x * beside })
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
}

/// The part of a stage in which nodes stand: below its heading, within its margins.
pub(super) fn area(size: Size) -> Rect {
    let margin = if size.w < NARROW { 8.0 } else { 18.0 };
    let (top, bottom) = (heading(size), if size.h < 260.0 { 6.0 } else { 12.0 });
    Rect::new(margin, top, (size.w - 2.0 * margin).max(1.0), (size.h - top - bottom).max(1.0))
}

/// Height of a stage's heading.
pub(in crate::view::stage) fn heading(size: Size) -> f32 {
    if size.h < 260.0 { 28.0 } else { 40.0 }
}

/// A number that changes with everything in a plan that a layout depends on.
pub(super) fn key(plan: &Plan) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    let mut mix = |value: u64| hash = (hash ^ value).wrapping_mul(0x0000_0100_0000_01b3);
    for (at, node) in plan.nodes.iter().enumerate() {
        let size = natural(plan, NodeIx(at as u32), Detail::Full);
        [kind_number(node.kind), u64::from(size.w.to_bits()), u64::from(size.h.to_bits())]
            .into_iter()
            .for_each(&mut mix);
        node.id.bytes().for_each(|byte| mix(u64::from(byte)));
        if !plan.has(NodeIx(at as u32)) {
            mix(7);
        }
    }
    for (_, link) in plan.living_links() {
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
