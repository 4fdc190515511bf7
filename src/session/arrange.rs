//! Other variants in the same run: swapped, copied, dropped. Time stays: past, present and future are those that the
//! variants had, and what was done to a variant goes with it.

use std::sync::Arc;

use super::variant_run::Start;
use super::{Session, TimedAction, VariantRun};

/// How many variants there can be; splitting does nothing when they are reached.
const MOST_LANES: usize = 2;

impl Session {
    /// A becomes B and B becomes A. False where there are no two variants.
    pub fn swap(&mut self) -> bool {
        self.variants.len() == 2 && self.arrange(&[1, 0])
    }

    /// The variant `to` becomes what the variant `from` is, with its settings, its past and its moment, under another
    /// label. False where there are no such two variants.
    pub fn copy(&mut self, from: usize, to: usize, label: &str) -> bool {
        let mut sources: Vec<usize> = (0..self.variants.len()).collect();
        if from == to || from >= sources.len() || to >= sources.len() {
            return false;
        }
        sources[to] = from;
        self.arrange(&sources) && self.relabel(to, label)
    }

    /// A further variant that is equal to the variant `from` up to now, under another label: from here on one can vary
    /// one parameter of it. False where there is no such variant, or no room for another.
    pub fn split(&mut self, from: usize, label: &str) -> bool {
        let count = self.variants.len();
        if from >= count || count >= MOST_LANES {
            return false;
        }
        let sources: Vec<usize> = (0..count).chain([from]).collect();
        self.arrange(&sources) && self.relabel(count, label)
    }

    /// Lets a variant go. False where there is no such variant, or no other.
    pub fn drop_variant(&mut self, variant: usize) -> bool {
        let count = self.variants.len();
        let sources: Vec<usize> = (0..count).filter(|&at| at != variant).collect();
        !sources.is_empty() && sources.len() < count && self.arrange(&sources)
    }

    /// VariantRun n becomes what variant `sources[n]` was.
    fn arrange(&mut self, sources: &[usize]) -> bool {
        self.unedited = None;
        self.start = sources.iter().map(|&at| self.start[at].clone()).collect();
        let variants = |variants: &mut Vec<VariantRun>| {
            *variants = sources.iter().map(|&at| variants[at].clone()).collect()
        };
        variants(&mut self.variants);
        // How many actions take the place of the first so many.
        let places = places(&self.log, sources);
        self.past.rearrange(&variants, &|done| places[done.min(places.len() - 1)]);
        self.done = places[self.done.min(places.len() - 1)];
        self.log = translated(&self.log, sources);
        if let Some(ghost) = &mut self.ghost {
            ghost.variants = sources.iter().map(|&at| ghost.variants[at].clone()).collect();
            ghost.shared = self::places(&ghost.log, sources)[ghost.shared.min(ghost.log.len())];
            ghost.log = translated(&ghost.log, sources);
        }
        true
    }

    /// Calls a variant something else, at every moment.
    fn relabel(&mut self, variant: usize, label: &str) -> bool {
        let label: Arc<str> = label.into();
        let name = |variants: &mut Vec<VariantRun>| variants[variant].label = Arc::clone(&label);
        name(&mut self.variants);
        for kept in self.past.kept.iter_mut().chain(&mut self.past.front) {
            name(&mut kept.variants);
        }
        let Start { scenario, .. } = &self.start[variant];
        self.start[variant] = Start { label, scenario: Arc::clone(scenario) };
        true
    }
}

/// What an action on the old variants is on the new ones: what concerned one variant concerns all that come from it.
fn translate<'a>(logged: &'a TimedAction, sources: &'a [usize]) -> Vec<TimedAction> {
    match logged.action.variant() {
        Some(only) => {
            let heirs = sources.iter().enumerate().filter(move |(_, from)| **from == only);
            let action = |heir| logged.action.clone().in_variant(heir);
            heirs.map(|(at, _)| TimedAction { at: logged.at, action: action(at) }).collect()
        }
        None => vec![logged.clone()],
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
