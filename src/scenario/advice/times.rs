//! How long an operation takes at least, on average: where nobody waits for a worker, and nothing fails.

use super::survey::{Survey, turns};
use crate::base::SimDuration;
use crate::scenario::model::dist::Dist;
use crate::scenario::model::service::{Discipline, Service, WhileWaiting};
use crate::scenario::model::step::{Call, Step, Steps};
use crate::scenario::model::store::Store;

/// How deep calls are followed.
const DEEPEST: usize = 24;

/// What an operation takes, in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Taken {
    /// Computing.
    pub work: f64,
    /// From its start to its end.
    pub total: f64,
}

/// What each operation takes, by its number.
pub fn all(survey: &Survey) -> Vec<Taken> {
    let mut known = vec![Taken::default(); survey.operations.len()];
    // Each round follows calls one deeper.
    for _ in 0..DEEPEST {
        let operations = survey.operations.iter();
        let next: Vec<Taken> = operations
            .map(|operation| steps(&Known { survey, node: operation.node, taken: &known }, operation.steps))
            .collect();
        if next == known {
            break;
        }
        known = next;
    }
    known
}

/// What is known when the steps of a node are looked at.
struct Known<'a> {
    survey: &'a Survey<'a>,
    node: &'a str,
    /// What each operation takes, as far as calls were followed.
    taken: &'a [Taken],
}

/// How long a job holds its worker.
pub fn held(service: &Service, taken: Taken) -> f64 {
    let released = service.while_waiting == WhileWaiting::ReleaseWorker
        || service.discipline == Discipline::ProcessorSharing;
    if released { taken.work } else { taken.total }
}

/// All workers of a service, with as many replicas as it may have.
pub fn workers(service: &Service) -> f64 {
    let replicas = service.autoscale.map_or(service.replicas, |scale| scale.max.max(service.replicas));
    f64::from(replicas) * f64::from(service.workers)
}

/// Seconds.
pub fn seconds(duration: SimDuration) -> f64 {
    duration.0 as f64 / 1e9
}

/// The mean in seconds.
pub fn mean(dist: &Dist) -> f64 {
    dist.compile().mean() / 1e9
}

fn steps(known: &Known, all: &Steps) -> Taken {
    let mut taken = Taken::default();
    let mut left = 1.0;
    for step in all.iter() {
        let next = self::step(known, step);
        taken.work += left * next.work;
        taken.total += left * next.total;
        if let Step::Fail(fail) = step {
            left *= 1.0 - fail.probability;
        }
    }
    taken
}

fn step(known: &Known, step: &Step) -> Taken {
    let Known { survey, node, .. } = *known;
    let waits = |total: f64| Taken { work: 0.0, total };
    let there_and_back = |to: &str| survey.latency(node, to) + survey.latency(to, node);
    let access = |id: &str, time: &dyn Fn(&Store) -> &Dist| {
        waits(there_and_back(id) + survey.store(id).map_or(0.0, |store| mean(time(store))))
    };
    match step {
        Step::Work(work) => Taken { work: mean(work), total: mean(work) },
        Step::Sleep(time) => waits(mean(time)),
        Step::Call(call) => waits(self::call(known, call)),
        Step::All(branches) => {
            let each = branches.iter().map(|branch| steps(known, branch));
            // A worker is one thread: work is done one after the other.
            each.fold(Taken::default(), |sum, next| {
                let work = sum.work + next.work;
                Taken { work, total: sum.total.max(next.total).max(work) }
            })
        }
        Step::Choose(arms) => {
            let whole: f64 = arms.iter().map(|arm| arm.weight).sum();
            arms.iter().fold(Taken::default(), |sum, arm| {
                let next = steps(known, &arm.then);
                let share = arm.weight / whole;
                Taken { work: sum.work + share * next.work, total: sum.total + share * next.total }
            })
        }
        Step::Repeat(repeat) => {
            let (each, times) = (steps(known, &repeat.steps), turns(repeat));
            Taken { work: each.work * times, total: each.total * times }
        }
        Step::Saga(parts) => parts.iter().fold(Taken::default(), |sum, part| {
            let next = steps(known, &part.act);
            Taken { work: sum.work + next.work, total: sum.total + next.total }
        }),
        Step::Read(read) => access(&read.from, &|store| &store.read),
        Step::Write(write) => access(&write.to, &|store| &store.write),
        Step::Project(project) => access(&project.to, &|store| &store.write),
        Step::Publish(publish) if publish.confirm => waits(there_and_back(&publish.to)),
        Step::Publish(_) | Step::Ask(_) | Step::Respond(_) | Step::Fail(_) | Step::Window(_) => {
            Taken::default()
        }
    }
}

/// How long a call takes: its caller waits no longer than its timeout.
fn call(known: &Known, call: &Call) -> f64 {
    let Known { survey, node, taken } = *known;
    let callee = survey.find(&call.to, &call.operation);
    let whole = callee.map_or(0.0, |callee| taken[callee].total)
        + survey.latency(node, &call.to)
        + survey.latency(&call.to, node);
    call.timeout.map_or(whole, |timeout| whole.min(seconds(timeout)))
}
