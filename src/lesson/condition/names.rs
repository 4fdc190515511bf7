//! What names in a condition mean in a plan.

use crate::base::{BreakerIx, list};
use crate::observation::BreakerState;
use crate::scenario::Plan;
use crate::telemetry::metrics::Subject;

use super::measure::{Measure, entries};
use super::subject::{find, ledger, pair, places, things};
use super::unit::Unit;
use super::value::{Event, Fact};

/// The measure of this name: of the thing that is written, or of the one that is meant. The error: what is wrong, and
/// what to do.
pub(super) fn measure(
    name: &str,
    inside: Option<(&str, Option<&str>)>,
    plan: &Plan,
    primary: Option<&str>,
) -> Result<(Measure, Unit), [String; 2]> {
    let entries = || entries().filter(|entry| entry.name == name);
    if let Some((thing, further)) = inside {
        let found = entries()
            .find_map(|entry| Some((entry.of(find(entry.of, thing, further, plan)?, plan)?, entry.unit)));
        return found.ok_or_else(|| {
            let known = plan.node(thing).is_some();
            let candidates = candidates(name, plan);
            let message = match further {
                Some(reason) if known => say!("condition.no-reason", reason = reason),
                _ if known => say!("condition.has-not", thing = thing, name = name),
                _ => say!("condition.no-thing", thing = thing),
            };
            [message, candidates]
        });
    }
    let mut all = Vec::new();
    for entry in entries() {
        all.extend(things(entry.of, plan).into_iter().map(|(id, thing)| (entry, id, thing)));
    }
    let wanted = match all.as_slice() {
        [only] => Some(only),
        _ => all.iter().find(|(_, id, _)| primary == Some(id)),
    };
    let found = wanted.and_then(|(entry, _, thing)| Some((entry.of(*thing, plan)?, entry.unit)));
    found.ok_or_else(|| [say!("condition.not-clear", name = name), candidates(name, plan)])
}

/// What may stand in the parentheses of a measure.
fn candidates(name: &str, plan: &Plan) -> String {
    let mut names = Vec::new();
    for entry in entries().filter(|entry| entry.name == name) {
        match entry.of {
            Subject::Call => names.push("caller→callee".to_owned()),
            Subject::Ledger => names.extend(ledger().map(|count| count.name().to_owned())),
            of => names.extend(things(of, plan).into_iter().map(|(id, _)| id)),
        }
    }
    if names.is_empty() {
        return say!("condition.nothing-has", name = name);
    }
    let named: Vec<String> = names.iter().map(|id| [name, "(", id, ")"].concat()).collect();
    let names = list::of(list::OR, named.iter().map(String::as_str));
    say!("condition.write", names = &names)
}

/// The fact of this name about a thing.
pub(super) fn fact(
    name: &str,
    thing: &str,
    state: Option<(BreakerState, bool)>,
    plan: &Plan,
) -> Result<Fact, [String; 2]> {
    match (name, state) {
        ("breaker", Some((state, turned))) => {
            let ends = pair(thing).and_then(|(from, to)| Some((plan.node(from)?, plan.node(to)?)));
            let own = plan
                .breakers
                .iter()
                .enumerate()
                .filter(|(at, b)| plan.has(BreakerIx(*at as u32)) && Some((b.from, b.to)) == ends);
            let own: Vec<usize> = own.map(|(at, _)| at).collect();
            if own.is_empty() {
                return Err(problem!("condition.no-breaker", thing = thing).say());
            }
            if !turned {
                return Ok(Fact::Stands(own, state));
            }
            let events = own.into_iter().map(|at| Event::Turned(at, state)).collect();
            Ok(Fact::Happened { events, first_counts: true })
        }
        ("crashed", _) => {
            let found = find(Subject::Service, thing, None, plan);
            found
                .map(|at| Fact::Crashed(at.index))
                .ok_or_else(|| problem!("condition.no-service", thing = thing, name = name).say())
        }
        ("broken", _) => plan
            .node(thing)
            .map(Fact::Broken)
            .ok_or_else(|| problem!("condition.no-such-node", thing = thing, name = name).say()),
        _ => {
            let found = find(Subject::Group, thing, None, plan);
            let found = found.and_then(|at| places(Subject::Group, at, plan));
            let groups = found.ok_or_else(|| problem!("condition.no-group", thing = thing).say())?;
            let events = groups.into_iter().map(Event::Rebalanced).collect();
            Ok(Fact::Happened { events, first_counts: false })
        }
    }
}
