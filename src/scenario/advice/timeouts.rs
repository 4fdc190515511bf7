//! Timeouts: longer than the caller's, none where a call can hang, a hedge that comes too late.

use std::collections::BTreeMap;

use super::finding::Finding;
use super::survey::{Place, Survey};
use crate::base::{Json, SimDuration};
use crate::scenario::model::fault::Fault;
use crate::scenario::model::step::Call;

/// A call that waits longer than whoever called waits for its operation: it works for nobody.
pub fn longer_than_the_callers(survey: &Survey) -> Vec<Finding> {
    // Where several call, nobody waits longer than the most patient one; none: somebody waits for good.
    let mut patience: BTreeMap<(&str, &str), Option<SimDuration>> = BTreeMap::new();
    for (_, _, call) in survey.calls() {
        let key = (call.to.as_str(), call.operation.as_str());
        let longest = patience.entry(key).or_insert(Some(SimDuration::ZERO));
        *longest = longest.zip(call.timeout).map(|(a, b)| a.max(b));
    }
    let mut found = Vec::new();
    for (operation, place, call) in survey.calls() {
        let Some(own) = call.timeout else { continue };
        let Some(&Some(patience)) = patience.get(&(operation.node, operation.name)) else { continue };
        if own > patience {
            let problem = problem!("scenario.advice-long-timeout", own = own, caller = patience);
            let path = [&place.path, ".call.timeout"].concat();
            let shorter = rounded(patience.scaled(0.8));
            found.push(Finding::new("long-timeout", &path, problem).set(path.clone(), shorter));
        }
    }
    found
}

/// A duration that reads well: whole milliseconds where there are some.
fn rounded(duration: SimDuration) -> Json {
    let whole = duration.0 / 1_000_000 * 1_000_000;
    SimDuration(if whole == 0 { duration.0.max(1) } else { whole }).to_string().as_str().into()
}

/// A call without a timeout to a service that a fault can silence, or over a link that loses messages: its caller waits
/// for good.
pub fn none_where_it_can_hang(survey: &Survey) -> Vec<Finding> {
    let mut found = Vec::new();
    for (operation, place, call) in survey.calls() {
        if call.timeout.is_none() && can_hang(survey, operation.node, &call.to) {
            let path = [&place.path, ".call"].concat();
            let problem = problem!("scenario.advice-no-timeout", to = &call.to);
            found.push(
                Finding::new("no-timeout", &path, problem).set([&path, ".timeout"].concat(), "1s".into()),
            );
        }
    }
    found
}

fn can_hang(survey: &Survey, from: &str, to: &str) -> bool {
    let both = |a: &str, b: &str| (a, b) == (from, to) || (b, a) == (from, to);
    let faults = survey.document.timeline.iter().any(|entry| match &entry.fault {
        Fault::Pause(pause) => pause.node == to && entry.lasts.is_none(),
        Fault::Partition(partition) => both(&partition.between.0, &partition.between.1),
        Fault::Loss(loss) => both(&loss.from, &loss.to) && loss.probability > 0.0,
        _ => false,
    });
    let loses = |a: &str, b: &str| {
        let own = survey.document.links.iter().find(|link| link.from == a && link.to == b);
        own.and_then(|link| link.loss).unwrap_or(survey.document.network.loss) > 0.0
    };
    faults || loses(from, to) || loses(to, from)
}

/// A hedge that is due when the timeout is over: it is never sent.
pub fn hedge_after_the_timeout(survey: &Survey) -> Vec<Finding> {
    let late = |(_, place, call): (_, &Place, &Call)| {
        let (hedge, timeout) = (call.hedge?, call.timeout?);
        let path = [&place.path, ".call.hedge.after"].concat();
        let problem = problem!("scenario.advice-late-hedge", after = hedge.after, timeout = timeout);
        let half = rounded(timeout.scaled(0.5));
        (hedge.after >= timeout).then(|| Finding::new("late-hedge", &path, problem).set(path.clone(), half))
    };
    survey.calls().filter_map(late).collect()
}
