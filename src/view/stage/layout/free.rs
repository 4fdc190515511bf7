//! Given positions: kept as they lie to each other, with cards as large as they can be without overlap.

use super::bound::{Bound, GAP, READABLE, largest};
use super::route::{self, Route};
use super::shape::{Joint, Layout, NodeBox};
use crate::base::NodeIx;
use crate::scenario::Plan;
use crate::view::canvas::geometry::{Rect, Size};
use crate::view::cards::detail::{self, Detail};
use crate::view::cards::size;

/// From one tried scale to the next.
const STEP: f32 = 0.94;

/// Cards smaller than this are no longer worth keeping positions for.
const SMALLEST: f32 = 0.35;

impl Layout {
    /// Puts every node where it was asked to be. False, and nothing is changed, where some node has no position
    /// or the cards would overlap.
    pub(super) fn given(
        &mut self,
        plan: &Plan,
        positions: &[Option<[f32; 2]>],
        pairs: &[(usize, usize)],
        area: Rect,
        bound: Bound,
    ) -> bool {
        // What an edit took out is nowhere: it stands where another does, and has no size.
        let is_there = |at: usize| plan.has(NodeIx(at as u32));
        let some = positions.iter().enumerate().find(|(at, _)| is_there(*at)).and_then(|(_, place)| *place);
        let wanted: Option<Vec<[f32; 2]>> = positions
            .iter()
            .enumerate()
            .map(|(at, place)| if is_there(at) { *place } else { some })
            .collect();
        let Some(wanted) = wanted.filter(|wanted| wanted.len() == plan.nodes.len() && !wanted.is_empty())
        else {
            return false;
        };
        if wanted.iter().flatten().any(|value| !value.is_finite()) {
            return false;
        }
        for &detail in bound.details {
            let mut scale = largest(area).min(bound.scale);
            let least = if detail == Detail::Tiny { SMALLEST } else { READABLE.min(scale) };
            while scale >= least {
                if let Some(nodes) = boxes(plan, &wanted, detail, scale, area) {
                    (self.scale, self.detail, self.vertical) = (scale, detail, false);
                    self.joints = joints(pairs, &nodes, scale);
                    self.nodes = nodes;
                    return true;
                }
                scale *= STEP;
            }
        }
        false
    }
}

/// The nodes' places at a scale; none where two come too near to each other.
fn boxes(plan: &Plan, wanted: &[[f32; 2]], detail: Detail, scale: f32, area: Rect) -> Option<Vec<NodeBox>> {
    let footer = detail::footer(detail) * scale;
    let sizes: Vec<Size> = (0..plan.nodes.len())
        .map(|node| {
            if !plan.has(NodeIx(node as u32)) {
                return Size { w: 0.0, h: 0.0 };
            }
            let natural = size::natural(plan, NodeIx(node as u32), detail);
            Size { w: natural.w * scale, h: natural.h * scale + footer }
        })
        .collect();
    let x = middles(wanted, 0, sizes.iter().map(|size| size.w), area.x, area.w)?;
    let y = middles(wanted, 1, sizes.iter().map(|size| size.h), area.y, area.h)?;
    let nodes: Vec<NodeBox> = sizes
        .iter()
        .zip(x.iter().zip(&y))
        .map(|(size, (x, y))| {
            let whole = Rect::new(x - size.w / 2.0, y - size.h / 2.0, size.w, size.h);
            NodeBox { card: Rect { h: (whole.h - footer).max(0.0), ..whole }, whole, detail }
        })
        .collect();
    // A link between two cards must be long enough to be seen.
    let apart = detail.least_link(true) * scale * 0.5;
    let near = |a: &NodeBox, b: &NodeBox| a.whole.inset(-apart / 2.0).overlaps(b.whole.inset(-apart / 2.0));
    let there: Vec<&NodeBox> = nodes
        .iter()
        .enumerate()
        .filter(|(at, _)| plan.has(NodeIx(*at as u32)))
        .map(|(_, node)| node)
        .collect();
    let free = there.iter().enumerate().all(|(at, a)| there[at + 1..].iter().all(|b| !near(a, b)));
    free.then_some(nodes)
}

/// Wanted coordinates along one axis, stretched so that the outermost cards reach the edges; none where a card
/// is larger than the room.
fn middles(
    wanted: &[[f32; 2]],
    axis: usize,
    lengths: impl Iterator<Item = f32>,
    start: f32,
    room: f32,
) -> Option<Vec<f32>> {
    let values = || wanted.iter().map(|position| position[axis]);
    let (low, high) = (values().fold(f32::MAX, f32::min), values().fold(f32::MIN, f32::max));
    let half = lengths.fold(0.0, f32::max) / 2.0;
    let spread = high - low;
    if 2.0 * half > room || !spread.is_finite() {
        return None;
    }
    let share = |value: f32| if spread > 0.0 { (value - low) / spread } else { 0.5 };
    Some(values().map(|value| start + half + share(value) * (room - 2.0 * half)).collect())
}

pub(super) fn joints(pairs: &[(usize, usize)], nodes: &[NodeBox], scale: f32) -> Vec<Joint> {
    pairs
        .iter()
        .map(|&(a, b)| {
            let curve = if a == b {
                route::around(nodes[a].card, GAP * 2.0 * scale)
            } else {
                route::facing(nodes[a].card, nodes[b].card)
            };
            Joint { from: NodeIx(a as u32), to: NodeIx(b as u32), route: Route::new(vec![curve]) }
        })
        .collect()
}
