//! Circles of services that wait for each other for good: a deadlock, in which every latency looks healthy, for nobody is
//! answered any more.

use std::collections::{BTreeMap, BTreeSet};

use super::Simulation;
use crate::base::{NodeIx, ServiceIx, SimTime};
use crate::engine::kernel::wake::WakeToken;
use crate::engine::nodes::service::blocked::{Present, Strand};
use crate::observation::Circle;

/// A task in one of its waits.
type Waits = (NodeIx, u32, u32);

fn waits(token: WakeToken) -> Waits {
    (token.address.node(), token.task, token.generation)
}

/// A strand of a job, and whether anything could still wake it.
struct Thread {
    service: ServiceIx,
    strand: Strand,
    /// Where the request lies for which it waits.
    callee: Option<(ServiceIx, Present)>,
    stuck: bool,
}

impl Thread {
    /// Since when the request lies there.
    fn since(&self) -> SimTime {
        let began = self.strand.calls_since.unwrap_or_default();
        self.callee.and_then(|(_, callee)| callee.waits_since).map_or(began, |waits| waits.max(began))
    }
}

impl Simulation {
    /// Services that wait for each other in a circle, if there are such.
    ///
    /// A job is stuck that waits for an answer without any timeout, where what it asked for is done by a job that is
    /// stuck, or lies in the waiting room of a replica whose workers are all held by jobs that are stuck. Nothing but a
    /// crash or a change from outside ever ends that.
    pub fn blocked_in_a_circle(&self) -> Option<Circle> {
        let services = || self.plan.services.iter().enumerate().map(|(at, _)| ServiceIx(at as u32));
        let here = || services().filter_map(|at| self.service(at));
        // What nearly always holds is found out at once.
        if !here().any(|service| service.has_blocked_replica()) {
            return None;
        }
        let calls = |present: &Present| {
            !matches!(self.nodes[present.caller.address.node().at()], super::Node::Client(_))
        };
        let asked: BTreeMap<Waits, (ServiceIx, Present)> = here()
            .flat_map(|service| {
                let own = service.present().filter(calls);
                own.map(|present| (waits(present.caller), (service.index(), present)))
            })
            .collect();
        let mut threads: Vec<Thread> = here()
            .flat_map(|service| {
                service.strands(&self.generations, &self.plan).map(|strand| {
                    let callee = asked.get(&waits(strand.task)).copied();
                    let stuck = strand.calls_since.is_some() && callee.is_some();
                    Thread { service: service.index(), strand, callee, stuck }
                })
            })
            .collect();
        loop {
            let freed = self.freed(&threads);
            if freed.is_empty() {
                break;
            }
            freed.into_iter().for_each(|at| threads[at].stuck = false);
        }
        around(&threads)
    }

    /// Those of the stuck threads that something may wake after all.
    fn freed(&self, threads: &[Thread]) -> Vec<usize> {
        // Jobs and replicas with a thread that is not stuck.
        let mut moving = BTreeSet::new();
        for thread in threads.iter().filter(|thread| !thread.stuck) {
            moving.insert((thread.service, false, thread.strand.job));
            moving.insert((thread.service, true, thread.strand.replica));
        }
        let wakes = |thread: &Thread| {
            thread.callee.is_some_and(|(service, callee)| match callee.waits_since {
                None => moving.contains(&(service, false, callee.job)),
                Some(_) => {
                    moving.contains(&(service, true, callee.replica))
                        || !self.service(service).is_some_and(|service| service.is_blocked(callee.replica))
                }
            })
        };
        let stuck = threads.iter().enumerate().filter(|(_, thread)| thread.stuck);
        stuck.filter(|(_, thread)| wakes(thread)).map(|(at, _)| at).collect()
    }
}

/// The circle that one comes to by going from a stuck thread to one for which it waits, and so on.
fn around(threads: &[Thread]) -> Option<Circle> {
    let stuck = || threads.iter().filter(|thread| thread.stuck);
    let mut way = vec![stuck().next()?];
    loop {
        let (service, callee) = way.last()?.callee?;
        let next = stuck().find(|thread| {
            let own = match callee.waits_since {
                None => thread.strand.job == callee.job,
                Some(_) => thread.strand.replica == callee.replica,
            };
            own && thread.service == service
        })?;
        let Some(first) = way.iter().position(|thread| thread.service == next.service) else {
            way.push(next);
            continue;
        };
        let mut services: Vec<ServiceIx> = way[first..].iter().map(|thread| thread.service).collect();
        let lowest =
            services.iter().min().and_then(|lowest| services.iter().position(|own| own == lowest))?;
        services.rotate_left(lowest);
        let own = stuck().filter(|thread| services.contains(&thread.service));
        let since = own.map(Thread::since).max()?;
        return Some(Circle { services, since });
    }
}
