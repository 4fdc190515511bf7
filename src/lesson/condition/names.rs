//! What names in a condition mean in a plan.

use crate::base::{BreakerIx, fill};
use crate::lesson::words;
use crate::observation::BreakerState;
use crate::scenario::Plan;
use crate::telemetry::{AtBreaker, AtGroup, Places};

use super::measure::{ENTRIES, Measure};
use super::subject::{Kind, LEDGER, pair};
use super::unit::Unit;
use super::value::Fact;

/// The measure of this name: of the thing that is written, or of the one that is meant. The error: what is wrong, and
/// what to do.
pub(super) fn measure(
    name: &str,
    inside: Option<(&str, Option<&str>)>,
    plan: &Plan,
    primary: Option<&str>,
) -> Result<(Measure, Unit), [String; 2]> {
    let entries = || ENTRIES.iter().enumerate().filter(|(_, entry)| entry.name == name);
    let made = |at: usize, thing| Some((Measure::new(at, thing, plan)?, ENTRIES[at].unit));
    if let Some((thing, further)) = inside {
        let found = entries().find_map(|(at, entry)| made(at, entry.of.find(thing, further, plan)?));
        return found.ok_or_else(|| {
            let known = plan.node(thing).is_some();
            let candidates = candidates(name, plan);
            match further {
                Some(reason) if known => words::NO_REASON.say(&[reason, &candidates]),
                _ if known => words::HAS_NOT.say(&[thing, &candidates, name]),
                _ => words::NO_THING.say(&[thing, &candidates]),
            }
        });
    }
    let mut all = Vec::new();
    for (at, entry) in entries() {
        all.extend(entry.of.nodes(plan).into_iter().map(|(id, thing)| (at, id, thing)));
    }
    let wanted = match all.as_slice() {
        [only] => Some(only),
        _ => all.iter().find(|(_, id, _)| primary == Some(id)),
    };
    let found = wanted.and_then(|(at, _, thing)| made(*at, *thing));
    found.ok_or_else(|| words::NOT_CLEAR.say(&[name, &candidates(name, plan)]))
}

/// What may stand in the parentheses of a measure.
fn candidates(name: &str, plan: &Plan) -> String {
    let mut names = Vec::new();
    for entry in ENTRIES.iter().filter(|entry| entry.name == name) {
        match entry.of {
            Kind::Pair => names.push("caller→callee".to_owned()),
            Kind::Ledger => names.extend(LEDGER.iter().map(|name| (*name).to_owned())),
            of => names.extend(of.nodes(plan).into_iter().map(|(id, _)| id)),
        }
    }
    if names.is_empty() {
        return fill(words::NOTHING_HAS, &[name]);
    }
    let named: Vec<String> = names.iter().map(|id| [name, "(", id, ")"].concat()).collect();
    fill(words::WRITE, &[&named.join(words::OR)])
}

/// The fact of this name about a thing.
pub(super) fn fact(
    name: &str,
    thing: &str,
    state: Option<(BreakerState, bool)>,
    plan: &Plan,
) -> Result<Fact, [String; 2]> {
    let places = Places::of(plan);
    match (name, state) {
        ("breaker", Some((state, turned))) => {
            let ends = pair(thing).and_then(|(from, to)| Some((plan.node(from)?, plan.node(to)?)));
            let own = plan.breakers.iter().enumerate().filter(|(_, b)| Some((b.from, b.to)) == ends);
            let own: Vec<usize> = own.map(|(at, _)| at).collect();
            if own.is_empty() {
                return Err(words::NO_BREAKER.say(&[thing]));
            }
            if !turned {
                return Ok(Fact::Stands(own, state));
            }
            let what = match state {
                BreakerState::Open => AtBreaker::Opened,
                BreakerState::HalfOpen => AtBreaker::HalfOpened,
                _ => AtBreaker::Closed,
            };
            let counters = own.iter().map(|at| places.breaker(BreakerIx(*at as u32), what)).collect();
            Ok(Fact::Happened { counters, first_counts: true })
        }
        ("crashed", _) => {
            let found = Kind::Service.find(thing, None, plan);
            found.map(|at| Fact::Crashed(at.index)).ok_or_else(|| words::NO_SERVICE.say(&[thing, name]))
        }
        ("broken", _) => {
            plan.node(thing).map(Fact::Broken).ok_or_else(|| words::NO_SUCH_NODE.say(&[thing, name]))
        }
        _ => {
            let found = Kind::Group.find(thing, None, plan).and_then(|at| Some((at, at.part?)));
            let (at, group) = found.ok_or_else(|| words::NO_GROUP.say(&[thing]))?;
            let counters = vec![places.group(at.of(), group, AtGroup::Rebalances)];
            Ok(Fact::Happened { counters, first_counts: false })
        }
    }
}
