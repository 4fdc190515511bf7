//! What must hold between the parts of a scenario, beyond the shape of each.

use super::model::{
    Arrivals, Autoscale, Budget, Call, Consume, Fault, Knob, Log, Pareto, Scalar, Scale, Spread, Step,
};
use super::reader::Reader;
use super::{Json, path};

/// Requests a second, all clients together.
const MAX_OFFERED: f64 = 1e6;

/// What to do about bounds in the wrong order.
const ORDER: &[&str] = &["write the lesser of the two first, or as \"min\""];

impl Spread<'_> {
    pub(super) fn check(self, reader: &mut Reader) {
        match self {
            Spread::Uniform((low, high)) if low > high => {
                reader.wrong_at("uniform", &["the first bound is above the second"], ORDER);
            }
            Spread::Empirical(values) if values.is_empty() => reader.wrong_at(
                "empirical",
                &["there is no value to draw"],
                &["write [[\"10ms\", 0.99], [\"1s\", 0.01]]"],
            ),
            _ => {}
        }
    }
}

impl Pareto<'_> {
    pub(super) fn check(self, reader: &mut Reader) {
        if self.min() > self.max() {
            reader.wrong(&["\"min\" is above \"max\""], ORDER);
        }
    }
}

impl Arrivals<'_> {
    pub(super) fn check(self, reader: &mut Reader) {
        let Arrivals::Profile(points) = self else { return };
        let inside = reader.enter("profile");
        if points.is_empty() {
            reader.wrong(&["there is no point"], &["write [[\"0s\", 100], [\"30s\", 500]]"]);
        }
        let mut before = None;
        for (at, (instant, _)) in points.iter().enumerate() {
            // Two points at one instant are a jump of the rate.
            if before.is_some_and(|before| instant < before) {
                let inside = reader.enter_item(at);
                reader.wrong(
                    &["this point is before the one that it follows"],
                    &["put the points in order of time"],
                );
                reader.leave(inside);
            }
            before = Some(instant);
        }
        reader.leave(inside);
    }
}

impl Consume<'_> {
    pub(super) fn check(self, reader: &mut Reader) {
        // The path begins with `nodes.` and the id of the service.
        let id = reader.path.split('.').nth(1).unwrap_or("").to_owned();
        check_operation(reader, &id, self.operation());
    }
}

impl Autoscale<'_> {
    pub(super) fn check(self, reader: &mut Reader) {
        if self.min() > self.max() {
            reader.wrong(&["\"min\" is above \"max\""], ORDER);
        }
    }
}

impl Log<'_> {
    pub(super) fn check(self, reader: &mut Reader) {
        if self.replication() > self.brokers() {
            reader.wrong(&["more copies than brokers"], &["raise \"brokers\" or lower \"replication\""]);
        }
        if self.min_in_sync() > self.replication() {
            reader.wrong(&["more copies must be in sync than there are"], &["lower \"min_in_sync\""]);
        }
    }
}

impl Step<'_> {
    pub(super) fn check(self, reader: &mut Reader) {
        match self {
            Step::Respond(_) if reader.kind == "client" => reader.wrong(
                &["a client has no caller to answer"],
                &["remove this step, or move it into an operation of a service"],
            ),
            Step::All(branches) if branches.is_empty() => reader
                .wrong(&["there is no branch to run"], &["write {\"all\": [[…], […]]}, or remove this step"]),
            Step::Choose(arms) => {
                let total: f64 = arms.iter().map(|arm| arm.weight()).sum();
                if total <= 0.0 {
                    let help = "give at least one branch a weight above 0";
                    reader.wrong(&["no branch can be chosen"], &[help]);
                }
            }
            Step::Saga(steps) if steps.is_empty() => reader
                .wrong(&["there is nothing to do"], &["write {\"saga\": [{\"do\": […], \"undo\": […]}]}"]),
            _ => {}
        }
    }
}

impl Call<'_> {
    pub(super) fn check(self, reader: &mut Reader) {
        check_operation(reader, self.to(), self.operation());
    }
}

/// A service must have the operation that is named here, in a field called `operation`.
fn check_operation(reader: &mut Reader, service: &str, name: &str) {
    let known = reader.nodes.iter().find(|node| node.id == service && node.kind == "service");
    let Some(names) = known.map(|node| node.operations.clone()) else { return };
    if !names.iter().any(|other| other == name) {
        let inside = reader.enter("operation");
        reader.unknown("operation", name, &mut names.iter().map(String::as_str));
        reader.leave(inside);
    }
}

impl Budget<'_> {
    pub(super) fn check(self, reader: &mut Reader) {
        if self.min_concurrent().is_some() && self.tokens().is_some() {
            reader.wrong(&["two kinds of budget at once"], &["keep \"min_concurrent\" or \"tokens\""]);
        }
    }
}

impl Fault<'_> {
    pub(super) fn check(self, reader: &mut Reader) {
        match self {
            Fault::Crash(crash) => {
                let node = reader.nodes.iter().find(|node| node.id == crash.node());
                let replicas = node.map_or(1, |node| node.replicas).max(1);
                if crash.replica().is_some_and(|replica| replica >= replicas) {
                    let last = (replicas - 1).to_string();
                    let inside = reader.enter("crash");
                    reader.wrong_at(
                        "replica",
                        &["\"", crash.node(), "\" has no such replica"],
                        &["its last one is ", &last, ", counted from 0; leave it out for all"],
                    );
                    reader.leave(inside);
                }
            }
            Fault::Partition(partition) if partition.between().0 == partition.between().1 => {
                reader.wrong(&["a node cannot be parted from itself"], &["name two different nodes"]);
            }
            _ => {}
        }
    }
}

impl Knob<'_> {
    pub(super) fn check(self, reader: &mut Reader) {
        let Some((low, high)) = self.range() else { return };
        let (message, help) = match (low, high) {
            (Scalar::Number(_), Scalar::Duration(_)) | (Scalar::Duration(_), Scalar::Number(_)) => {
                ("a number and a duration", "write two numbers or two durations")
            }
            _ if low.value() >= high.value() => ("the range is empty", "write the lower bound first"),
            _ if self.scale() == Scale::Log && low.value() <= 0.0 => {
                ("a logarithmic range begins above 0", "raise its lower bound")
            }
            _ => return,
        };
        reader.wrong_at("range", &[message], &[help]);
    }
}

/// What must hold in the whole document. `full` may have parts that are wrong; they were reported before.
pub(super) fn check_document(full: &Json, reader: &mut Reader) {
    check_offered(full, reader);
    let inside = reader.enter("links");
    let links = full.get("links").map_or(&[][..], Json::items);
    for (at, link) in links.iter().enumerate() {
        let same = |other: &Json| ["from", "to"].iter().all(|end| other.get(end) == link.get(end));
        if links[..at].iter().any(same) {
            let item = reader.enter_item(at);
            reader.wrong(&["this link is described twice"], &["keep one description for each direction"]);
            reader.leave(item);
        }
    }
    reader.leave(inside);
    let inside = reader.enter("view");
    reader.enter("knobs");
    let knobs = full.get("view").and_then(|view| view.get("knobs")).map_or(&[][..], Json::items);
    for (at, knob) in knobs.iter().enumerate() {
        let item = reader.enter_item(at);
        check_knob(full, knob, reader);
        reader.leave(item);
    }
    reader.leave(inside);
}

/// A knob's path must name a number or a duration, of the kind of its range.
fn check_knob(full: &Json, knob: &Json, reader: &mut Reader) {
    let Some(path) = knob.get("path").and_then(Json::as_str) else { return };
    let value = match path::get(full, path) {
        Ok(value) => value,
        Err(miss) => return reader.wrong_at("path", &[&miss.message], &[&miss.help]),
    };
    let Some(scalar) = Scalar::of(&value) else {
        if value != Json::Null {
            let message = "this is neither a number nor a duration";
            reader.wrong_at("path", &[message], &["name a single value: only that can be turned"]);
        }
        return;
    };
    let low = knob.get("range").and_then(|range| range.items().first()).and_then(Scalar::of);
    let help = match (scalar, low) {
        (Scalar::Number(_), Some(Scalar::Duration(_))) => "the parameter is a number: write two numbers",
        (Scalar::Duration(_), Some(Scalar::Number(_))) => "the parameter is a duration: write two durations",
        _ => return,
    };
    reader.wrong_at("range", &["this range does not fit the parameter"], &[help]);
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
        let total = Json::Number(total).to_string();
        reader.wrong_at(
            "nodes",
            &[&total, " requests a second are offered in total; at most 1000000 are allowed"],
            &["lower the rates of the clients"],
        );
    }
}
