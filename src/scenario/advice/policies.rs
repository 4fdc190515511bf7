//! Policies that never do anything, or do harm.

use super::finding::Finding;
use super::load::{Load, most_asked};
use super::survey::Survey;
use super::times::workers;
use crate::base::{Json, Number};
use crate::scenario::model::node::Node;
use crate::scenario::model::policy::{BreakerScope, BreakerWindow};
use crate::scenario::model::service::WhileWaiting;
use crate::scenario::model::step::Step;

/// A breaker whose window never holds the calls that it needs to decide.
pub fn breaker_never_decides(survey: &Survey, load: &Load) -> Vec<Finding> {
    let mut found = Vec::new();
    for (operation, place, call) in survey.calls() {
        let Some(breaker) = call.circuit_breaker else { continue };
        let BreakerWindow::Seconds(seconds) = breaker.window else { continue };
        // All calls that it counts, at their peak.
        let mut rate = 0.0;
        for (at, other) in
            survey.operations.iter().enumerate().filter(|(_, other)| other.node == operation.node)
        {
            let asked = match survey.node(other.node) {
                Some(Node::Client(client)) => most_asked(client),
                _ => load.rates[at],
            };
            for place in &other.places {
                let Step::Call(counted) = place.step else { continue };
                let same = counted.circuit_breaker == call.circuit_breaker
                    && counted.to == call.to
                    && (breaker.per == BreakerScope::Callee || counted.operation == call.operation);
                let tries = counted.retry.map_or(1.0, |retry| f64::from(retry.attempts));
                rate += if same { asked * place.times * tries } else { 0.0 };
            }
        }
        let most = rate * seconds as f64;
        if most > 0.0 && most < f64::from(breaker.minimum_calls) {
            let path = [&place.path, ".call.circuit_breaker.minimum_calls"].concat();
            let (least, most_said) = (breaker.minimum_calls, Number::Figures(most));
            let problem = problem!("scenario.advice-idle-breaker", least = least, most = most_said);
            let fewer = libm::floor(most / 2.0).max(1.0);
            found.push(Finding::new("idle-breaker", &path, problem).set(path.clone(), fewer.into()));
        }
    }
    found
}

/// A bulkhead that lets every worker of its caller through: it keeps none free.
pub fn wide_bulkhead(survey: &Survey) -> Vec<Finding> {
    let mut found = Vec::new();
    for (operation, place, call) in survey.calls() {
        let (Some(bulkhead), Some(service)) = (call.bulkhead, survey.service(operation.node)) else {
            continue;
        };
        let (all, places) = (workers(service), f64::from(bulkhead.max_concurrent));
        if service.while_waiting == WhileWaiting::HoldWorker && places >= all && all > 1.0 {
            let path = [&place.path, ".call.bulkhead.max_concurrent"].concat();
            let problem = problem!(
                "scenario.advice-wide-bulkhead",
                places = bulkhead.max_concurrent,
                workers = all as u64
            );
            found.push(
                Finding::new("wide-bulkhead", &path, problem)
                    .set(path.clone(), libm::floor(all / 2.0).into()),
            );
        }
    }
    found
}

/// A hedge of something that writes: the second request has its effect too.
pub fn hedged_write(survey: &Survey) -> Vec<Finding> {
    let written = written(survey);
    let mut found = Vec::new();
    for (_, place, call) in survey.calls().filter(|(_, _, call)| call.hedge.is_some()) {
        let callee = survey.find(&call.to, &call.operation);
        if let Some(written) = callee.and_then(|callee| written[callee]) {
            let path = [&place.path, ".call.hedge"].concat();
            let problem = problem!("scenario.advice-hedged-write", to = &call.to, written = written);
            found.push(Finding::new("hedged-write", &path, problem).set(path.clone(), Json::Null));
        }
    }
    found
}

/// For each operation something that it writes or publishes to, itself or by calls, as far as these are followed.
fn written<'d>(survey: &Survey<'d>) -> Vec<Option<&'d str>> {
    let mut known: Vec<Option<&str>> = vec![None; survey.operations.len()];
    for _ in 0..DEEPEST {
        let mut next = known.clone();
        for (at, operation) in survey.operations.iter().enumerate().filter(|(at, _)| known[*at].is_none()) {
            next[at] = operation.places.iter().find_map(|place| match place.step {
                Step::Write(write) => Some(write.to.as_str()),
                Step::Publish(publish) => Some(publish.to.as_str()),
                Step::Call(call) => survey.find(&call.to, &call.operation).and_then(|callee| known[callee]),
                _ => None,
            });
        }
        if next == known {
            break;
        }
        known = next;
    }
    known
}

/// How deep calls are followed.
const DEEPEST: usize = 24;
