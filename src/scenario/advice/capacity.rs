//! More work than workers, and waiting rooms without bound before busy ones.

use super::finding::Finding;
use super::load::{Load, patience, peaks};
use super::survey::Survey;
use super::times::{held, workers};
use crate::base::{Json, Number};
use crate::scenario::model::node::Node;
use crate::scenario::model::service::{Discipline, Service};

/// How busy workers are meant to be at most where a remedy says how many there should be.
const GOAL: f64 = 0.8;

/// More is offered than workers, or a store's connections, can do.
pub fn overload(survey: &Survey, load: &Load) -> Vec<Finding> {
    let mut found = Vec::new();
    for (id, node) in survey.document.nodes.iter() {
        let path = ["nodes.", id].concat();
        let (wanted, has, key, replicas) = match node {
            Node::Service(service) => {
                (load.wanted(survey, id, service), workers(service), "workers", f64::from(service.replicas))
            }
            Node::Store(store) => {
                let taken =
                    load.stores.iter().find(|(known, _)| known == id).map_or(0.0, |(_, taken)| *taken);
                (taken, f64::from(store.connections), "connections", 1.0)
            }
            _ => continue,
        };
        if wanted <= has * (1.0 + 1e-9) {
            continue;
        }
        let [wanted_said, has_said] = [wanted, has].map(Number::Figures);
        let problem = match node {
            Node::Store(_) => {
                problem!("scenario.advice-overload-store", wanted = wanted_said, has = has_said)
            }
            _ if peaks(survey) => {
                problem!("scenario.advice-overload-peak", wanted = wanted_said, has = has_said)
            }
            _ => problem!("scenario.advice-overload", wanted = wanted_said, has = has_said),
        };
        let finding = Finding::new("overload", &path, problem);
        let enough = libm::ceil(wanted / GOAL / replicas);
        let bounded =
            enough <= 10_000.0 && !matches!(node, Node::Service(Service { autoscale: Some(_), .. }));
        found.push(if bounded { finding.set([&path, ".", key].concat(), enough.into()) } else { finding });
    }
    found
}

/// A waiting room without bound before workers that are busy: whoever comes late waits longer than anybody's patience.
pub fn waiting_room(survey: &Survey, load: &Load) -> Vec<Finding> {
    let mut found = Vec::new();
    for (id, node) in survey.document.nodes.iter() {
        let Node::Service(service) = node else { continue };
        let shed = service.admission.as_ref().is_some_and(|admission| admission.shed.is_some());
        let shares = service.discipline == Discipline::ProcessorSharing;
        let (has, wanted) = (workers(service), load.wanted(survey, id, service));
        let Some(patience) = patience(survey, id) else { continue };
        if service.queue.is_some() || shed || shares || wanted < has * GOAL {
            continue;
        }
        let own = survey.operations.iter().enumerate().filter(|(_, operation)| operation.node == id);
        let (rate, busy) = own.fold((0.0, 0.0), |(rate, busy), (at, _)| {
            (rate + load.rates[at], busy + load.rates[at] * held(service, load.taken[at]))
        });
        let each = f64::from(service.workers) * patience / (busy / rate);
        let places = libm::floor(each).clamp(1.0, 1_000_000.0);
        let path = ["nodes.", id].concat();
        let share = Number::Percent((wanted / has).min(1.0));
        let problem = problem!("scenario.advice-waiting-room", share = share, places = places as u64);
        found.push(
            Finding::new("waiting-room", &path, problem)
                .set([&path, ".queue"].concat(), Json::Number(places)),
        );
    }
    found
}
