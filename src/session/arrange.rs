//! Other lanes in the same run: swapped, copied, dropped. Time stays: past, present and future are those that the
//! lanes had, and what was done to a lane goes with it.

use std::sync::Arc;

use super::lane::Start;
use super::{Action, Lane, Session, TimedAction};

/// How many lanes there can be; splitting does nothing when they are reached.
const MOST_LANES: usize = 2;

impl Session {
    /// A becomes B and B becomes A. False where there are no two lanes.
    pub fn swap(&mut self) -> bool {
        self.lanes.len() == 2 && self.arrange(&[1, 0])
    }

    /// The lane `to` becomes what the lane `from` is, with its settings, its past and its moment, under another label.
    /// False where there are no such two lanes.
    pub fn copy(&mut self, from: usize, to: usize, label: &str) -> bool {
        let mut sources: Vec<usize> = (0..self.lanes.len()).collect();
        if from == to || from >= sources.len() || to >= sources.len() {
            return false;
        }
        sources[to] = from;
        self.arrange(&sources) && self.relabel(to, label)
    }

    /// A further lane that is equal to the lane `from` up to now, under another label: from here on one can vary one
    /// parameter of it. False where there is no such lane, or no room for another.
    pub fn split(&mut self, from: usize, label: &str) -> bool {
        let count = self.lanes.len();
        if from >= count || count >= MOST_LANES {
            return false;
        }
        let sources: Vec<usize> = (0..count).chain([from]).collect();
        self.arrange(&sources) && self.relabel(count, label)
    }

    /// Lets a lane go. False where there is no such lane, or no other.
    pub fn drop_lane(&mut self, lane: usize) -> bool {
        let count = self.lanes.len();
        let sources: Vec<usize> = (0..count).filter(|&at| at != lane).collect();
        !sources.is_empty() && sources.len() < count && self.arrange(&sources)
    }

    /// Lane n becomes what lane `sources[n]` was.
    fn arrange(&mut self, sources: &[usize]) -> bool {
        self.start = sources.iter().map(|&at| self.start[at].clone()).collect();
        let lanes = |lanes: &mut Vec<Lane>| *lanes = sources.iter().map(|&at| lanes[at].clone()).collect();
        lanes(&mut self.lanes);
        // How many actions take the place of the first so many.
        let places = places(&self.log, sources);
        self.past.rearrange(&lanes, &|done| places[done.min(places.len() - 1)]);
        self.done = places[self.done.min(places.len() - 1)];
        self.log = translated(&self.log, sources);
        if let Some(ghost) = &mut self.ghost {
            ghost.lanes = sources.iter().map(|&at| ghost.lanes[at].clone()).collect();
            ghost.shared = self::places(&ghost.log, sources)[ghost.shared.min(ghost.log.len())];
            ghost.log = translated(&ghost.log, sources);
        }
        true
    }

    /// Calls a lane something else, at every moment.
    fn relabel(&mut self, lane: usize, label: &str) -> bool {
        let label: Arc<str> = label.into();
        let name = |lanes: &mut Vec<Lane>| lanes[lane].label = Arc::clone(&label);
        name(&mut self.lanes);
        for kept in self.past.kept.iter_mut().chain(&mut self.past.front) {
            name(&mut kept.lanes);
        }
        let Start { scenario, .. } = &self.start[lane];
        self.start[lane] = Start { label, scenario: Arc::clone(scenario) };
        true
    }
}

/// What an action on the old lanes is on the new ones: what concerned one lane concerns all that come from it.
fn translate<'a>(logged: &'a TimedAction, sources: &'a [usize]) -> Vec<TimedAction> {
    match &logged.action {
        Action::Set { variant: Some(only), .. } | Action::Breaker { variant: Some(only), .. } => {
            let heirs = sources.iter().enumerate().filter(|(_, from)| *from == only);
            let action = |heir| {
                let mut action = logged.action.clone();
                if let Action::Set { variant, .. } | Action::Breaker { variant, .. } = &mut action {
                    *variant = Some(heir);
                }
                action
            };
            heirs.map(|(at, _)| TimedAction { at: logged.at, action: action(at) }).collect()
        }
        _ => vec![logged.clone()],
    }
}

fn translated(log: &[TimedAction], sources: &[usize]) -> Vec<TimedAction> {
    log.iter().flat_map(|logged| translate(logged, sources)).collect()
}

/// For every number of actions of the old log, how many actions of the new one that is.
fn places(log: &[TimedAction], sources: &[usize]) -> Vec<usize> {
    let mut places = vec![0];
    for logged in log {
        places.push(places[places.len() - 1] + translate(logged, sources).len());
    }
    places
}
