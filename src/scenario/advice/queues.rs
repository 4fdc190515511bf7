//! Queues: nobody reads them, or their messages come back before their consumer is done.

use super::finding::{Finding, Remedy};
use super::survey::Survey;
use super::times::{self, held, seconds};
use crate::base::{Number, SimDuration};
use crate::scenario::model::node::Node;
use crate::scenario::model::step::Step;

/// A queue that something comes to and nobody reads.
pub fn unread(survey: &Survey) -> Vec<Finding> {
    let nodes = || survey.document.nodes.iter();
    let steps =
        || survey.operations.iter().flat_map(|operation| operation.places.iter().map(|place| place.step));
    let mut found = Vec::new();
    for (id, _) in nodes().filter(|(_, node)| matches!(node, Node::Queue(_))) {
        let consumed = nodes().any(|(_, node)| {
            matches!(node, Node::Service(service) if service.consumes.iter().any(|consume| consume.from == id))
        });
        let replies = steps().any(|step| matches!(step, Step::Ask(ask) if ask.reply_via == id));
        if consumed || replies {
            continue;
        }
        let published = steps().any(|step| match step {
            Step::Publish(publish) => publish.to == id,
            Step::Ask(ask) => ask.via == id,
            Step::Window(window) => window.emit_to.as_deref() == Some(id),
            _ => false,
        });
        let bound = nodes().any(|(_, node)| {
            matches!(node, Node::Exchange(exchange) if exchange.bindings.iter().any(|binding| binding.to == id))
        });
        let dead = nodes().any(|(_, node)| match node {
            Node::Queue(queue) => queue.dead_letter.as_deref() == Some(id),
            Node::Service(service) => {
                service.consumes.iter().any(|consume| consume.dead_letter.as_deref() == Some(id))
            }
            _ => false,
        });
        let problem = match (published || bound, dead) {
            (true, _) => problem!("scenario.advice-unread", id = id),
            (false, true) => problem!("scenario.advice-unread-dead", id = id),
            (false, false) => continue,
        };
        let key = if published || bound { "unread" } else { "unread-dead" };
        let remedy = Some(Remedy::Consumer(id.to_owned()));
        found.push(Finding { remedy, ..Finding::new(key, &["nodes.", id].concat(), problem) });
    }
    found
}

/// What a consumer of a queue with a visibility timeout takes.
struct Slow {
    path: String,
    queue: String,
    visibility: SimDuration,
    /// How long one message takes, in seconds.
    time: f64,
    prefetch: u32,
    workers: f64,
}

fn consumers(survey: &Survey) -> Vec<Slow> {
    let taken = times::all(survey);
    let mut found = Vec::new();
    for (id, node) in survey.document.nodes.iter() {
        let Node::Service(service) = node else { continue };
        for (at, consume) in service.consumes.iter().enumerate() {
            let (Some(Node::Queue(queue)), Some(operation)) =
                (survey.node(&consume.from), survey.find(id, &consume.operation))
            else {
                continue;
            };
            let Some(visibility) = queue.visibility_timeout else { continue };
            found.push(Slow {
                path: format!("nodes.{id}.consumes[{at}]"),
                queue: consume.from.clone(),
                visibility,
                time: taken[operation].total.max(held(service, taken[operation])),
                prefetch: consume.prefetch,
                workers: f64::from(service.workers),
            });
        }
    }
    found
}

/// A visibility timeout shorter than the work on a message: it is delivered again while somebody works on it.
pub fn short_visibility(survey: &Survey) -> Vec<Finding> {
    let mut found = Vec::new();
    for slow in consumers(survey).into_iter().filter(|slow| slow.time > seconds(slow.visibility)) {
        let path = ["nodes.", &slow.queue, ".visibility_timeout"].concat();
        let time = SimDuration(libm::ceil(slow.time * 1e9) as u64);
        let problem = problem!("scenario.advice-short-visibility", visibility = slow.visibility, time = time);
        // Six times what it takes is what AWS advises for queues that Lambda reads.
        let longer = SimDuration(libm::ceil(slow.time * 6.0) as u64 * 1_000_000_000);
        found.push(
            Finding::new("short-visibility", &path, problem)
                .set(path.clone(), longer.to_string().as_str().into()),
        );
    }
    found
}

/// More messages in hand than a consumer can do before the queue takes them back.
pub fn far_prefetch(survey: &Survey) -> Vec<Finding> {
    let mut found = Vec::new();
    for slow in consumers(survey) {
        let done = libm::floor(seconds(slow.visibility) / slow.time) * slow.workers;
        if slow.time <= seconds(slow.visibility) && f64::from(slow.prefetch) > done * 1.5 {
            let path = [&slow.path, ".prefetch"].concat();
            let problem = problem!(
                "scenario.advice-far-prefetch",
                prefetch = slow.prefetch,
                done = Number::Figures(done),
                visibility = slow.visibility
            );
            let fewer = libm::floor(done / 2.0).max(1.0);
            found.push(Finding::new("far-prefetch", &path, problem).set(path.clone(), fewer.into()));
        }
    }
    found
}
