//! The replicas of a service, and the circuit breakers between two nodes with their switches.

use super::faults::{FaultControl, of_replica};
use super::{MOST_REPLICAS, ways};
use crate::base::{BreakerIx, NodeIx, ServiceIx};
use crate::observation::BreakerState;
use crate::session::Lane;
use crate::view::format;
use crate::view::name;
use crate::view::words::inspector::{breaker as on, replica as said, state};

/// A replica of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct Replica {
    /// What it is called.
    pub label: String,
    /// What it is doing.
    pub words: String,
    /// What crashes it; none where it is not one of those that the scenario names.
    pub fault: Option<FaultControl>,
}

/// A circuit breaker with its switch.
#[derive(Clone, Debug, PartialEq)]
pub struct BreakerSwitch {
    /// What it is called.
    pub label: String,
    /// Its state, in words, and what it judges by.
    pub words: String,
    /// Ids of the caller and the callee.
    pub between: (String, String),
    /// Which of the breakers between the two.
    pub number: usize,
    /// What it is set to: a place in [`BY_HAND`].
    pub set: usize,
}

/// What a breaker can be set to: left to itself, held open, disabled.
pub const BY_HAND: [BreakerState; 3] =
    [BreakerState::Closed, BreakerState::ForcedOpen, BreakerState::Disabled];

/// The replicas of a service, the first ones.
pub(super) fn replicas(lane: &Lane, service: ServiceIx, id: &str) -> Vec<Replica> {
    let snapshot = lane.snapshot();
    let named = lane.plan().services[service.at()].replicas;
    let replica = |number: u32| {
        let now = snapshot.replica(service, number);
        let words = format::string(|out| {
            if now.crashed || now.paused {
                return out.push_str(if now.crashed { said::CRASHED } else { said::PAUSED });
            }
            for (at, (count, word)) in
                [(now.busy, said::BUSY), (now.blocked, said::BLOCKED), (now.waiting, said::WAITING)]
                    .into_iter()
                    .enumerate()
            {
                out.push_str(if at > 0 { said::AND } else { "" });
                format::count(out, count.into());
                out.push_str(word);
            }
        });
        Replica {
            label: [said::REPLICA, &(number + 1).to_string()].concat(),
            words,
            fault: (number < named).then(|| of_replica(lane, id, number)),
        }
    };
    (0..snapshot.replicas(service).min(MOST_REPLICAS)).map(replica).collect()
}

/// The circuit breakers between two nodes, in either direction.
pub(super) fn breakers(lane: &Lane, between: (NodeIx, NodeIx)) -> Vec<BreakerSwitch> {
    let plan = lane.plan();
    let mut found = Vec::new();
    for (from, to) in ways(between) {
        let own = plan.breakers.iter().enumerate().filter(|(_, own)| (own.from, own.to) == (from, to));
        for (number, (at, own)) in own.enumerate() {
            let meter = lane.snapshot().breaker_meter(BreakerIx(at as u32));
            let words = format::string(|out| {
                out.push_str(state(meter.state));
                if meter.calls > 0 {
                    out.push_str(on::AND);
                    format::percent(out, f64::from(meter.failed) / f64::from(meter.calls));
                    out.push_str(on::OF);
                    format::count(out, meter.calls.into());
                    out.push_str(on::FAILED);
                }
            });
            let label = format::string(|out| {
                out.push_str(on::BREAKER);
                match own.op {
                    Some(op) => {
                        out.push_str(on::FOR);
                        out.push_str(name::operation(plan, op));
                    }
                    None if number > 0 => format::count(out, number as u64 + 1),
                    None => {}
                }
            });
            found.push(BreakerSwitch {
                label,
                words,
                between: (plan.id(from).to_owned(), plan.id(to).to_owned()),
                number,
                set: BY_HAND.iter().position(|state| *state == meter.state).unwrap_or(0),
            });
        }
    }
    found
}
