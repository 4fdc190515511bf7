//! Circles of services that wait for each other for good: a deadlock, in which every latency looks healthy, for nobody is
//! answered any more.

use super::Simulation;
use crate::base::{ServiceIx, SimTime};
use crate::engine::nodes::service::blocked::{Present, Strand};
use crate::observation::Circle;
use crate::scenario::{CallPlan, NodeKind, Plan};

/// Whether calls that wait without any limit lead around: else nothing can block in a circle, whatever is blocked. What
/// services wait for is known before a run, so this costs nothing that grows with it.
fn may_block(plan: &Plan) -> bool {
    let ends = |call: &CallPlan| {
        let caller = plan.links[call.out.at()].from;
        let NodeKind::Service(caller) = plan.nodes[caller.at()].kind else { return None };
        let waits = call.timeout.is_none() && !call.hedges();
        waits.then(|| (caller, plan.operations[call.op.at()].service))
    };
    // Those that wait for nobody are taken away, then those that waited only for them, and so on.
    let mut left: Vec<(ServiceIx, ServiceIx)> = plan.calls.iter().filter_map(ends).collect();
    loop {
        let before = left.len();
        let callers: Vec<ServiceIx> = left.iter().map(|(caller, _)| *caller).collect();
        left.retain(|(_, callee)| callers.contains(callee));
        if left.len() == before {
            return before > 0;
        }
    }
}

/// Marks of things that are numbered within each service.
struct Marks(Vec<Vec<bool>>);

impl Marks {
    fn set(&mut self, service: ServiceIx, number: u32) {
        let own = &mut self.0[service.at()];
        own.resize(own.len().max(number as usize + 1), false);
        own[number as usize] = true;
    }

    fn has(&self, service: ServiceIx, number: u32) -> bool {
        self.0[service.at()].get(number as usize) == Some(&true)
    }
}

/// Jobs and replicas with a thread that is not stuck.
struct Moving {
    jobs: Marks,
    replicas: Marks,
}

impl Moving {
    fn add(&mut self, thread: &Thread) {
        self.jobs.set(thread.service, thread.strand.job);
        self.replicas.set(thread.service, thread.strand.replica);
    }
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
        if !here().any(|service| service.has_blocked_replica()) || !may_block(&self.plan) {
            return None;
        }
        // Where the request lies that a task waits for, by the task's node and slot.
        let mut asked = vec![Vec::new(); self.nodes.len()];
        for service in here() {
            for present in service.present() {
                let caller = present.caller;
                let (node, task) = (caller.address.node().at(), caller.task as usize);
                if self.generations.is_waiting(caller) && !matches!(self.nodes[node], super::Node::Client(_))
                {
                    let own: &mut Vec<Option<(ServiceIx, Present)>> = &mut asked[node];
                    own.resize(own.len().max(task + 1), None);
                    own[task] = Some((service.index(), present));
                }
            }
        }
        let mut threads: Vec<Thread> = Vec::new();
        for service in here() {
            threads.extend(service.strands(&self.generations, &self.plan).map(|strand| {
                let own = &asked[strand.task.address.node().at()];
                let callee = own.get(strand.task.task as usize).copied().flatten();
                let stuck = strand.calls_since.is_some() && callee.is_some();
                Thread { service: service.index(), strand, callee, stuck }
            }));
        }
        let none = || Marks(vec![Vec::new(); self.plan.services.len()]);
        let mut moving = Moving { jobs: none(), replicas: none() };
        threads.iter().filter(|thread| !thread.stuck).for_each(|thread| moving.add(thread));
        loop {
            let mut freed = false;
            for thread in threads.iter_mut().filter(|thread| thread.stuck) {
                if self.wakes(thread, &moving) {
                    thread.stuck = false;
                    moving.add(thread);
                    freed = true;
                }
            }
            if !freed {
                return around(&threads);
            }
        }
    }

    /// Whether something that moves may wake a stuck thread.
    fn wakes(&self, thread: &Thread, moving: &Moving) -> bool {
        thread.callee.is_some_and(|(service, callee)| match callee.waits_since {
            None => moving.jobs.has(service, callee.job),
            Some(_) => {
                moving.replicas.has(service, callee.replica)
                    || !self.service(service).is_some_and(|service| service.is_blocked(callee.replica))
            }
        })
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
