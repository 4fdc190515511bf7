//! What must hold between the parts of a scenario, beyond the shape of each.

use super::model::{
    Arrivals, Autoscale, Budget, Call, Consume, Fault, Knob, Log, Pareto, Scalar, Scale, Spread, Step,
};
use super::reader::Reader;
use super::{path, words};
use crate::base::Json;

/// Requests a second, all clients together.
const MAX_OFFERED: f64 = 1e6;

impl Spread<'_> {
    pub(super) fn check(self, reader: &mut Reader) {
        match self {
            Spread::Uniform((low, high)) if low > high => {
                reader.wrong_at("uniform", &words::BOUNDS_TURNED, &[]);
            }
            Spread::Empirical(values) if values.is_empty() => {
                reader.wrong_at("empirical", &words::NOTHING_TO_DRAW, &[]);
            }
            _ => {}
        }
    }
}

impl Pareto<'_> {
    pub(super) fn check(self, reader: &mut Reader) {
        if self.min() > self.max() {
            reader.wrong(&words::MIN_ABOVE_MAX, &[]);
        }
    }
}

impl Arrivals<'_> {
    pub(super) fn check(self, reader: &mut Reader) {
        let Arrivals::Profile(points) = self else { return };
        let inside = reader.enter("profile");
        if points.is_empty() {
            reader.wrong(&words::NO_POINT, &[]);
        }
        let mut before = None;
        for (at, (instant, _)) in points.iter().enumerate() {
            // Two points at one instant are a jump of the rate.
            if before.is_some_and(|before| instant < before) {
                let inside = reader.enter_item(at);
                reader.wrong(&words::POINT_BEFORE, &[]);
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
            reader.wrong(&words::MIN_ABOVE_MAX, &[]);
        }
    }
}

impl Log<'_> {
    pub(super) fn check(self, reader: &mut Reader) {
        if self.replication() > self.brokers() {
            reader.wrong(&words::MORE_COPIES, &[]);
        }
        if self.min_in_sync() > self.replication() {
            reader.wrong(&words::MORE_IN_SYNC, &[]);
        }
    }
}

impl Step<'_> {
    pub(super) fn check(self, reader: &mut Reader) {
        match self {
            Step::Respond(_) if reader.kind == "client" => reader.wrong(&words::CLIENT_ANSWERS, &[]),
            Step::All(branches) if branches.is_empty() => reader.wrong(&words::NO_BRANCH, &[]),
            Step::Choose(arms) => {
                let total: f64 = arms.iter().map(|arm| arm.weight()).sum();
                if total <= 0.0 {
                    reader.wrong(&words::NO_WEIGHT, &[]);
                }
            }
            Step::Saga(steps) if steps.is_empty() => reader.wrong(&words::EMPTY_SAGA, &[]),
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
        reader.unknown(words::OPERATION, name, &mut names.iter().map(String::as_str));
        reader.leave(inside);
    }
}

impl Budget<'_> {
    pub(super) fn check(self, reader: &mut Reader) {
        if self.min_concurrent().is_some() && self.tokens().is_some() {
            reader.wrong(&words::TWO_BUDGETS, &[]);
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
                    reader.wrong_at("replica", &words::NO_REPLICA, &[crash.node(), &last]);
                    reader.leave(inside);
                }
            }
            Fault::Partition(partition) if partition.between().0 == partition.between().1 => {
                reader.wrong(&words::SELF_PARTITION, &[]);
            }
            _ => {}
        }
    }
}

impl Knob<'_> {
    pub(super) fn check(self, reader: &mut Reader) {
        let Some((low, high)) = self.range() else { return };
        let problem = match (low, high) {
            (Scalar::Number(_), Scalar::Duration(_)) | (Scalar::Duration(_), Scalar::Number(_)) => {
                words::MIXED_RANGE
            }
            _ if low.value() >= high.value() => words::EMPTY_RANGE,
            _ if self.scale() == Scale::Log && low.value() <= 0.0 => words::LOG_RANGE,
            _ => return,
        };
        reader.wrong_at("range", &problem, &[]);
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
            reader.wrong(&words::LINK_TWICE, &[]);
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
        Err(miss) => return reader.wrong_at("path", &words::AS_SAID, &[&miss.message, &miss.help]),
    };
    let Some(scalar) = Scalar::of(&value) else {
        if value != Json::Null {
            reader.wrong_at("path", &words::NOT_SCALAR, &[]);
        }
        return;
    };
    let low = knob.get("range").and_then(|range| range.items().first()).and_then(Scalar::of);
    let problem = match (scalar, low) {
        (Scalar::Number(_), Some(Scalar::Duration(_))) => words::NUMBER_RANGE,
        (Scalar::Duration(_), Some(Scalar::Number(_))) => words::DURATION_RANGE,
        _ => return,
    };
    reader.wrong_at("range", &problem, &[]);
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
        reader.wrong_at("nodes", &words::OFFERED, &[&total]);
    }
}
