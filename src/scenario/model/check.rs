//! What must hold between the fields of a value, beyond the shape of each.

use super::broker::Log;
use super::client::{Arrivals, Closed};
use super::dist::{Pareto, Spread};
use super::fault::Fault;
use super::service::{AutoscalePlan, Consume, Service};
use super::step::{Call, Step};
use super::view::{Knob, Scalar, Scale};
use crate::base::{Cursor, Number, SimDuration};
use crate::scenario::report::{OPERATION, Report};

impl Spread {
    pub(super) fn check(&self, at: &Cursor, report: &mut Report) {
        match self {
            Spread::Uniform((low, high)) if low > high => {
                report.wrong_at(at, "uniform", problem!("scenario.bounds-turned"));
            }
            Spread::Empirical(values) if values.is_empty() => {
                report.wrong_at(at, "empirical", problem!("scenario.nothing-to-draw"));
            }
            _ => {}
        }
    }
}

impl Pareto {
    pub(super) fn check(&self, at: &Cursor, report: &mut Report) {
        if self.min > self.max {
            report.wrong(at, problem!("scenario.min-above-max"));
        }
    }
}

impl Arrivals {
    pub(super) fn check(&self, at: &Cursor, report: &mut Report) {
        let Arrivals::Profile(points) = self else { return };
        let inside = at.child("profile", at.json);
        if points.is_empty() {
            report.wrong(&inside, problem!("scenario.no-point"));
        }
        for (n, pair) in points.windows(2).enumerate() {
            // Two points at one instant are a jump of the rate.
            if pair[1].0 < pair[0].0 {
                report.problems.add(&inside.path_of_item(n + 1), problem!("scenario.point-before"));
            }
        }
    }
}

/// Users who think for less, and for longer than nothing, would ask a million times a second each.
const SHORTEST_THINK: SimDuration = SimDuration(1_000);

impl Closed {
    pub(super) fn check(&self, at: &Cursor, report: &mut Report) {
        let mean = self.think.compile().mean();
        if mean > 0.0 && mean < SHORTEST_THINK.0 as f64 {
            let least = &SHORTEST_THINK.to_string();
            report.wrong_at(at, "think", problem!("scenario.short-think", least = least));
        }
    }
}

impl Service {
    pub(super) fn check(&self, at: &Cursor, report: &mut Report) {
        let known: Vec<&str> = self.operations.names().collect();
        let labels = at.path_of("operation_labels");
        if let Some(AutoscalePlan { min, max, .. }) = self.autoscale
            && min <= max
            && !(min..=max).contains(&self.replicas)
        {
            let [replicas, min, max] = [self.replicas, min, max].map(|count| Number::Digits(count.into()));
            report.wrong_at(
                at,
                "replicas",
                problem!("scenario.outside-scaling", replicas = replicas, min = min, max = max),
            );
        }
        for name in self.operation_labels.names().filter(|name| !known.contains(name)) {
            report.unknown(&[&labels, ".", name].concat(), OPERATION, name, &known);
        }
    }
}

impl Consume {
    pub(super) fn check(&self, at: &Cursor, report: &mut Report) {
        // The path begins with `nodes.` and the id of the service.
        let id = at.path.split('.').nth(1).unwrap_or("");
        report.operation(at, id, &self.operation);
    }
}

impl AutoscalePlan {
    pub(super) fn check(&self, at: &Cursor, report: &mut Report) {
        if self.min > self.max {
            report.wrong(at, problem!("scenario.min-above-max"));
        }
    }
}

impl Log {
    pub(super) fn check(&self, at: &Cursor, report: &mut Report) {
        if self.replication > self.brokers {
            report.wrong(at, problem!("scenario.more-copies"));
        }
        if self.min_in_sync > self.replication {
            report.wrong(at, problem!("scenario.more-in-sync"));
        }
    }
}

impl Step {
    pub(super) fn check(&self, at: &Cursor, report: &mut Report) {
        match self {
            Step::Respond(_) if report.kind == "client" => {
                report.wrong(at, problem!("scenario.client-answers"))
            }
            Step::All(branches) if branches.is_empty() => report.wrong(at, problem!("scenario.no-branch")),
            Step::Choose(arms) => {
                let total: f64 = arms.iter().map(|arm| arm.weight).sum();
                if total <= 0.0 {
                    report.wrong(at, problem!("scenario.no-weight"));
                }
            }
            Step::Saga(steps) if steps.is_empty() => report.wrong(at, problem!("scenario.empty-saga")),
            _ => {}
        }
    }
}

impl Call {
    pub(super) fn check(&self, at: &Cursor, report: &mut Report) {
        report.operation(at, &self.to, &self.operation);
    }
}

impl Fault {
    pub(super) fn check(&self, at: &Cursor, report: &mut Report) {
        match self {
            Fault::Crash(crash) => {
                let node = report.nodes.iter().find(|node| node.id == crash.node);
                let replicas = node.map_or(1, |node| node.replicas).max(1);
                if crash.replica.is_some_and(|replica| replica >= replicas) {
                    let last = Number::Digits((replicas - 1).into());
                    let path = at.child("crash", at.json).path_of("replica");
                    report
                        .problems
                        .add(&path, problem!("scenario.no-replica", node = &crash.node, last = last));
                }
            }
            Fault::Partition(partition) if partition.between.0 == partition.between.1 => {
                report.wrong(at, problem!("scenario.self-partition"));
            }
            _ => {}
        }
    }
}

impl Knob {
    pub(super) fn check(&self, at: &Cursor, report: &mut Report) {
        let Some((low, high)) = self.range else { return };
        let problem = match (low, high) {
            (Scalar::Number(_), Scalar::Duration(_)) | (Scalar::Duration(_), Scalar::Number(_)) => {
                problem!("scenario.mixed-range")
            }
            _ if low.value() >= high.value() => problem!("scenario.empty-range"),
            _ if self.scale == Scale::Log && low.value() <= 0.0 => problem!("scenario.log-range"),
            _ => return,
        };
        report.wrong_at(at, "range", problem);
    }
}
