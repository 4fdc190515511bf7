//! What services and their replicas are doing.

use super::faults::{replica_faults, work_faults};
use crate::base::{EdgeIx, ServiceIx};
use crate::scenario::{NodeKind, ServicePlan};
use crate::session::VariantRun;
use crate::view::cards::service::{Chip, MOST_CHIPS, ServiceReading};

/// All services of a variant, by [`ServiceIx`].
pub fn services(variant: &VariantRun) -> Vec<ServiceReading> {
    let plan = variant.plan();
    let mut readings: Vec<ServiceReading> = plan
        .services
        .iter()
        .enumerate()
        .map(|(at, service)| self::service(variant, ServiceIx(at as u32), service))
        .collect();
    let edges = (0..).map(EdgeIx).zip(&plan.edges).filter(|(at, _)| plan.has(*at));
    for (_, edge) in edges {
        let (NodeKind::Service(from), NodeKind::Service(to)) =
            (plan.nodes[edge.from.at()].kind, plan.nodes[edge.to.at()].kind)
        else {
            continue;
        };
        let caller = &readings[from.at()];
        let stuck = caller.workers > 0 && caller.blocked >= caller.workers;
        let callee = &mut readings[to.at()];
        // Idle, and one who would call it has not a single worker left to do so.
        callee.starving |=
            stuck && callee.waiting == 0 && (callee.busy + callee.blocked) * 4 <= callee.workers;
    }
    readings
}

/// One service, all replicas together.
fn service(variant: &VariantRun, service: ServiceIx, plan: &ServicePlan) -> ServiceReading {
    let snapshot = variant.snapshot();
    let mut reading = ServiceReading { replicas: snapshot.replicas(service), ..ServiceReading::default() };
    let (mut standing, mut paused) = (0, 0);
    for replica in 0..reading.replicas {
        let state = snapshot.replica(service, replica);
        reading.busy = reading.busy.saturating_add(state.busy);
        reading.blocked = reading.blocked.saturating_add(state.blocked);
        reading.waiting += u64::from(state.waiting);
        let mut word = replica_faults(variant, service, replica);
        if state.paused {
            paused += 1;
            word = text!("state.paused").to_owned();
        }
        if state.crashed {
            reading.crashed += 1;
        } else {
            reading.workers = reading.workers.saturating_add(state.workers);
            standing += 1;
        }
        if state.crashed {
            word = text!("state.crashed").to_owned();
        } else if !word.is_empty() && reading.replicas > 1 {
            reading.ill += 1;
            if reading.ill == 1 {
                reading.first_ill = say!("state.replica", number = replica + 1, what = &word);
            }
        }
        if reading.replicas <= MOST_CHIPS {
            let shunned = snapshot.ejected_by(service, replica) + snapshot.unhealthy_to(service, replica);
            let out = shunned > 0;
            reading.chips.push(Chip { state, word, out });
        }
    }
    reading.paused = paused > 0 && paused == reading.replicas;
    reading.room = plan.queue.map(|places| u64::from(places) * standing);
    let (slow, errors) = work_faults(variant, plan.node);
    reading.slow = (slow != 1.0).then_some(slow);
    reading.errors = errors;
    let scaling = snapshot.scaling(service);
    (reading.starting, reading.leaving) = (scaling.starting, scaling.leaving);
    if scaling.starting > 0 {
        let left = scaling.ready_at.since(snapshot.now());
        let whole = plan.autoscale.map_or(left, |scale| scale.startup).0.max(1);
        reading.ready_in = Some(left);
        reading.started = 1.0 - (left.0 as f64 / whole as f64).min(1.0) as f32;
    }
    reading
}
