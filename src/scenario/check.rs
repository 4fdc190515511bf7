//! What must hold between the parts of a scenario, beyond the shape of each.

use super::model::{
    Arrivals, Autoscale, Budget, Call, Fault, Knob, Log, Pareto, Scalar, Scale, Service, Spread, Step,
};
use super::reader::Reader;
use super::{Json, path};

/// Requests a second, all clients together.
const MAX_OFFERED: f64 = 1e6;

impl Spread {
    pub(super) fn check(&self, reader: &mut Reader) {
        match self {
            Spread::Uniform((low, high)) if low > high => reader.within("uniform", |reader| {
                reader.wrong("the first bound is above the second", "write the lower bound first");
            }),
            Spread::Empirical(values) if values.is_empty() => reader.within("empirical", |reader| {
                reader.wrong("there is no value to draw", "write [[\"10ms\", 0.99], [\"1s\", 0.01]]");
            }),
            _ => {}
        }
    }
}

impl Pareto {
    pub(super) fn check(&self, reader: &mut Reader) {
        if self.min > self.max {
            reader.wrong("\"min\" is above \"max\"", "write the lesser of the two as \"min\"");
        }
    }
}

impl Arrivals {
    pub(super) fn check(&self, reader: &mut Reader) {
        let Arrivals::Profile(points) = self else { return };
        reader.within("profile", |reader| {
            if points.is_empty() {
                reader.wrong("there is no point", "write [[\"0s\", 100], [\"30s\", 500]]");
            }
            for at in 1..points.len() {
                // Two points at one instant are a jump of the rate.
                if points[at].0 < points[at - 1].0 {
                    reader.item(at, |reader| {
                        reader.wrong(
                            "this point is before the one that it follows",
                            "put the points in order of time",
                        );
                    });
                }
            }
        });
    }
}

impl Service {
    pub(super) fn check(&self, reader: &mut Reader) {
        let names = || self.operations.iter().map(|(name, _)| name.as_str());
        for (at, consume) in self.consumes.iter().enumerate() {
            if !names().any(|name| name == consume.operation) {
                reader.within(&format!("consumes[{at}].operation"), |reader| {
                    reader.unknown("operation", &consume.operation, names());
                });
            }
        }
    }
}

impl Autoscale {
    pub(super) fn check(&self, reader: &mut Reader) {
        if self.min > self.max {
            reader.wrong("\"min\" is above \"max\"", "write the lesser of the two as \"min\"");
        }
    }
}

impl Log {
    pub(super) fn check(&self, reader: &mut Reader) {
        if self.replication > self.brokers {
            reader.wrong("more copies than brokers", "raise \"brokers\" or lower \"replication\"");
        }
        if self.min_in_sync > self.replication {
            reader.wrong("more copies must be in sync than there are", "lower \"min_in_sync\"");
        }
    }
}

impl Step {
    pub(super) fn check(&self, reader: &mut Reader) {
        match self {
            Step::Respond(_) if reader.kind == "client" => reader.wrong(
                "a client has no caller to answer",
                "remove this step, or move it into an operation of a service",
            ),
            Step::All(branches) if branches.is_empty() => {
                reader.wrong("there is no branch to run", "write {\"all\": [[…], […]]}, or remove this step");
            }
            Step::Choose(arms) => {
                let total: f64 = arms.iter().map(|arm| arm.weight).sum();
                if total <= 0.0 {
                    reader.wrong("no branch can be chosen", "give at least one branch a weight above 0");
                }
            }
            Step::Saga(steps) if steps.is_empty() => {
                reader.wrong("there is nothing to do", "write {\"saga\": [{\"do\": […], \"undo\": […]}]}");
            }
            _ => {}
        }
    }
}

impl Call {
    pub(super) fn check(&self, reader: &mut Reader) {
        let callee = reader.nodes.iter().find(|node| node.id == self.to && node.kind == "service");
        let Some(names) = callee.map(|node| node.operations.clone()) else { return };
        if !names.contains(&self.operation) {
            reader.within("operation", |reader| {
                reader.unknown("operation", &self.operation, names.iter().map(String::as_str));
            });
        }
    }
}

impl Budget {
    pub(super) fn check(&self, reader: &mut Reader) {
        if self.min_concurrent.is_some() && self.tokens.is_some() {
            reader.wrong("two kinds of budget at once", "keep \"min_concurrent\" or \"tokens\"");
        }
    }
}

impl Fault {
    pub(super) fn check(&self, reader: &mut Reader) {
        match self {
            Fault::Crash(crash) => {
                let node = reader.nodes.iter().find(|node| node.id == crash.node);
                let replicas = node.map_or(1, |node| node.replicas);
                if crash.replica.is_some_and(|replica| replica >= replicas) {
                    let help = match replicas {
                        1 => "it has one replica: write 0, or leave it out".to_owned(),
                        _ => format!("write 0 to {}, or leave it out for all", replicas - 1),
                    };
                    let message = format!("\"{}\" has no such replica", crash.node);
                    reader.within("crash.replica", |reader| reader.wrong(message, help));
                }
            }
            Fault::Partition(partition) if partition.between.0 == partition.between.1 => {
                reader.wrong("a node cannot be parted from itself", "name two different nodes");
            }
            _ => {}
        }
    }
}

impl Knob {
    pub(super) fn check(&self, reader: &mut Reader) {
        let Some((low, high)) = self.range else { return };
        let wrong = match (low, high) {
            (Scalar::Number(_), Scalar::Duration(_)) | (Scalar::Duration(_), Scalar::Number(_)) => {
                Some(("a number and a duration", "write two numbers or two durations"))
            }
            _ if low.value() >= high.value() => Some(("the range is empty", "write the lower bound first")),
            _ if self.scale == Scale::Log && low.value() <= 0.0 => {
                Some(("a logarithmic range begins above 0", "raise its lower bound"))
            }
            _ => None,
        };
        if let Some((message, help)) = wrong {
            reader.within("range", |reader| reader.wrong(message, help));
        }
    }
}

/// What must hold in the whole document. `full` may have parts that are wrong; they were reported before.
pub(super) fn check_document(full: &Json, reader: &mut Reader) {
    check_offered(full, reader);
    let links = full.get("links").map_or(&[][..], Json::items);
    for (at, link) in links.iter().enumerate() {
        let ends = |link: &Json| (link.get("from").cloned(), link.get("to").cloned());
        if links[..at].iter().any(|before| ends(before) == ends(link)) {
            reader.within(&format!("links[{at}]"), |reader| {
                reader.wrong("this link is described twice", "keep one description for each direction");
            });
        }
    }
    let knobs = full.get("view").and_then(|view| view.get("knobs")).map_or(&[][..], Json::items);
    for (at, knob) in knobs.iter().enumerate() {
        if let Some(path) = knob.get("path").and_then(Json::as_str) {
            reader.within(&format!("view.knobs[{at}]"), |reader| check_knob(full, path, knob, reader));
        }
    }
}

/// A knob's path must name a number or a duration, of the kind of its range.
fn check_knob(full: &Json, at: &str, knob: &Json, reader: &mut Reader) {
    let value = match path::get(full, at) {
        Ok(value) => value,
        Err(miss) => return reader.within("path", |reader| reader.wrong(miss.message, miss.help)),
    };
    match (&value, Scalar::of(&value)) {
        (Json::Null, _) => {}
        (_, None) => reader.within("path", |reader| {
            reader.wrong("this is neither a number nor a duration", "name one: a knob turns a single value");
        }),
        (_, Some(value)) => {
            let low = knob.get("range").and_then(|range| range.items().first()).and_then(Scalar::of);
            let same = |low: &Scalar| std::mem::discriminant(low) == std::mem::discriminant(&value);
            if low.is_some_and(|low| !same(&low)) {
                reader.within("range", |reader| {
                    let help = match value {
                        Scalar::Number(_) => "the parameter is a number: write two numbers",
                        Scalar::Duration(_) => "the parameter is a duration: write two durations",
                    };
                    reader.wrong("this range does not fit the parameter", help);
                });
            }
        }
    }
}

/// The open clients together must not offer more than the limit. A profile counts with its highest rate.
fn check_offered(full: &Json, reader: &mut Reader) {
    let mut total = 0.0;
    for (_, node) in full.get("nodes").map_or(&[][..], Json::members) {
        let Some((_, arrivals)) = node.get("arrivals").and_then(|arrivals| arrivals.members().first()) else {
            continue;
        };
        let rates = arrivals.items().iter().filter_map(|point| point.items().get(1)?.as_f64());
        total += rates.fold(0.0, f64::max);
        total += arrivals.get("rate").and_then(Json::as_f64).unwrap_or(0.0);
    }
    if total > MAX_OFFERED {
        reader.within("nodes", |reader| {
            reader.wrong(
                format!(
                    "{} requests a second are offered in total; at most 1000000 are allowed",
                    Json::Number(total)
                ),
                "lower the rates of the clients",
            );
        });
    }
}
