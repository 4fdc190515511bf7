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
            let asked = match survey.document.nodes.get(other.node) {
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
    let mut found = Vec::new();
    for (_, place, call) in survey.calls() {
        let callee = survey.find(&call.to, &call.operation).filter(|_| call.hedge.is_some());
        let Some(callee) = callee else { continue };
        let operations = survey.called_from(callee);
        let mut steps = operations.iter().flat_map(|at| &survey.operations[*at].places);
        let written = steps.find_map(|place| match place.step {
            Step::Write(write) => Some(write.to.as_str()),
            Step::Publish(publish) => Some(publish.to.as_str()),
            _ => None,
        });
        if let Some(written) = written {
            let path = [&place.path, ".call.hedge"].concat();
            let problem = problem!("scenario.advice-hedged-write", to = &call.to, written = written);
            found.push(Finding::new("hedged-write", &path, problem).set(path.clone(), Json::Null));
        }
    }
    found
}
