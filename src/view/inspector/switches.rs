//! The replicas of a service, and the circuit breakers between two nodes with their switches.

use super::faults::{FaultControl, of_replica};
use crate::base::{BreakerIx, List, NodeIx, Number, ServiceIx, format, list};
use crate::observation::BreakerState;
use crate::session::VariantRun;
use crate::view::cards::reading::replica_faults;
use crate::view::stage::breaker;
use crate::view::stage::subject::ways;
use crate::view::words::name;

/// So many replicas are listed one by one.
pub const MOST_REPLICAS: u32 = 24;

/// A replica of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct Replica {
    /// What it is called.
    pub label: String,
    /// What it is doing.
    pub words: String,
    /// What can be broken of it alone; nothing where it is not one of those that the scenario names.
    pub faults: Vec<FaultControl>,
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
pub(super) fn replicas(variant: &VariantRun, service: ServiceIx) -> Vec<Replica> {
    let snapshot = variant.snapshot();
    let named = variant.plan().services[service.at()].replicas;
    let replica = |number: u32| {
        let now = snapshot.replica(service, number);
        let words = format::string(|out| {
            if now.crashed || now.paused {
                return out.push_str(match now.crashed {
                    true => text!("state.crashed"),
                    false => text!("state.paused"),
                });
            }
            let mut facts = List::new(out, list::COMMA);
            facts.item(|out| say!(out => "card.busy", count = now.busy));
            facts.item(|out| say!(out => "card.blocked", count = now.blocked));
            facts.item(|out| say!(out => "card.waiting", count = now.waiting));
            let ill = replica_faults(variant, service, number);
            if !ill.is_empty() {
                facts.push(&ill);
            }
        });
        Replica {
            label: say!("inspector.replica", number = number + 1),
            words,
            faults: if number < named { of_replica(variant, service, number) } else { Vec::new() },
        }
    };
    (0..snapshot.replicas(service).min(MOST_REPLICAS)).map(replica).collect()
}

/// The circuit breakers between two nodes, in either direction.
pub(super) fn breakers(variant: &VariantRun, between: (NodeIx, NodeIx)) -> Vec<BreakerSwitch> {
    let plan = variant.plan();
    let mut found = Vec::new();
    for (from, to) in ways(between) {
        let own = plan
            .breakers
            .iter()
            .enumerate()
            .filter(|(at, own)| (own.from, own.to) == (from, to) && plan.has(BreakerIx(*at as u32)));
        for (number, (at, own)) in own.enumerate() {
            let meter = variant.snapshot().breaker_meter(BreakerIx(at as u32));
            let words = format::string(|out| {
                let mut facts = List::new(out, list::COMMA);
                facts.push(breaker::state(meter.state));
                if meter.calls > 0 {
                    let share = Number::Percent(f64::from(meter.failed) / f64::from(meter.calls));
                    facts.item(|out| say!(out => "guard.failed", share = share, calls = meter.calls));
                }
            });
            let label = match own.op {
                Some(op) => say!("inspector.breaker-for", operation = name::operation(plan, op)),
                None if number > 0 => say!("inspector.breaker-number", number = number + 1),
                None => text!("inspector.breaker").to_owned(),
            };
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
