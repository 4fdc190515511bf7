//! Spans laid out on tracks: on one track, each lies within another or beside it, so that a timeline can draw them.

use super::spans::{Span, index};
use crate::base::{SimTime, sort_by_key};
use crate::observation::Scope;
use crate::scenario::Plan;

/// A track: of which node, of which of its replicas, and which one there, all counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Track {
    /// Index of the node.
    pub node: u32,
    /// Index of its replica; 0 for what has none.
    pub replica: u32,
    /// Which track of that replica: as good as the number of a worker.
    pub track: u32,
}

/// Where each recorded span lies, by its place among the spans. A job lies where its work begins: while it is in the
/// waiting room, nobody works on it.
pub fn tracks(plan: &Plan, all: &[Span], now: SimTime) -> Vec<Track> {
    let mut order: Vec<usize> = (0..all.len()).collect();
    sort_by_key(&mut order, |&at| (all[at].started, all[at].number));
    let mut placed = vec![Track { node: 0, replica: 0, track: 0 }; all.len()];
    let mut rooms: Vec<Vec<Room>> = plan.nodes.iter().map(|_| Vec::new()).collect();
    for at in order {
        let span = &all[at];
        let node = span.node(plan).0;
        let parent = index(all, span.parent).filter(|&parent| all[parent].node(plan).0 == node);
        let replica = match (span.scope, parent) {
            (Scope::Job { replica, .. }, _) => replica,
            (_, Some(parent)) => placed[parent].replica,
            (_, None) => 0,
        };
        // A consumer that publishes to itself would be its own parent's neighbour, not within it.
        let within = parent.filter(|_| !matches!(span.scope, Scope::Job { .. })).map(|at| placed[at].track);
        let of_node = &mut rooms[node as usize];
        if of_node.len() <= replica as usize {
            of_node.resize_with(replica as usize + 1, Room::default);
        }
        let track = of_node[replica as usize].place(span, within, now);
        placed[at] = Track { node, replica, track };
    }
    placed
}

/// The tracks of one replica: on each, the ends of the spans that are open, the innermost last.
#[derive(Default)]
struct Room(Vec<Vec<SimTime>>);

impl Room {
    /// The track for a span: its parent's, if it lies within what is open there; else the first empty one.
    fn place(&mut self, span: &Span, within: Option<u32>, now: SimTime) -> u32 {
        let (start, end) = (span.started, span.ends(now));
        for track in &mut self.0 {
            while track.last().is_some_and(|&end| end <= start) {
                track.pop();
            }
        }
        let nests = |track: &u32| self.0[*track as usize].last().is_none_or(|&outer| end <= outer);
        let free = || self.0.iter().position(Vec::is_empty).unwrap_or(self.0.len()) as u32;
        let track = within.filter(nests).unwrap_or_else(free);
        if track as usize == self.0.len() {
            self.0.push(Vec::new());
        }
        self.0[track as usize].push(end);
        track
    }
}
