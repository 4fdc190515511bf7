//! When a client's requests come.
//!
//! An open client lets its rate gather: the next request is due when ∫rate has grown by 1 (even spacing) or by an
//! exponential of mean 1 (a Poisson process of that rate, by the time-change theorem). A change of the rate in between
//! keeps what has gathered, so two variants of a system meet the same arrivals whatever is done to either.

use super::event::ClientEvent;
use crate::base::{ClientIx, NodeIx, SimDuration, SimTime, Stream};
use crate::engine::kernel::event::Address;
use crate::engine::runtime::context::Context;
use crate::observation::Observer;
use crate::scenario::{ArrivalPlan, Plan};

/// A client's arrivals.
#[derive(Clone, Debug)]
pub struct Arrivals {
    stream: Stream,
    /// How much must still gather from `since` on, in requests.
    missing: f64,
    since: SimTime,
    /// Number of the present plan: an arrival planned before is stale.
    planned: u32,
    surge: f64,
    /// Closed: users there are, thinking or asking.
    users: u32,
    /// Users who still think, and of whom nobody will hear: the client has been open since they began.
    left: u32,
}

impl Arrivals {
    /// Before the first.
    pub fn new(node: NodeIx, plan: &Plan) -> Arrivals {
        let stream = Stream::new(plan.seed, plan.id(node), "arrivals");
        Arrivals { stream, missing: 0.0, since: SimTime::ZERO, planned: 0, surge: 1.0, users: 0, left: 0 }
    }

    /// Whether an arrival event is of the present plan.
    pub fn due(&self, planned: u32) -> bool {
        self.planned == planned
    }

    /// Closed: a user has thought. Whether it is one who has left since.
    pub fn left(&mut self) -> bool {
        let left = self.left > 0;
        self.left = self.left.saturating_sub(1);
        left
    }

    /// An edit may have opened the client or closed it; `asking` are its requests under way.
    pub fn replan<O: Observer>(&mut self, client: ClientIx, asking: u32, before: &Plan, cx: &mut Context<O>) {
        match (&before.clients[client.at()].arrivals, &cx.plan.clients[client.at()].arrivals) {
            (ArrivalPlan::Closed { .. }, ArrivalPlan::Open { even, .. }) => {
                self.left += self.users.saturating_sub(asking);
                self.users = 0;
                self.missing = if *even { 1.0 } else { self.stream.exponential() };
                self.since = cx.now;
            }
            (ArrivalPlan::Open { .. }, ArrivalPlan::Closed { .. }) => {
                // What was planned is stale; who asks is a user from now on.
                self.planned = self.planned.wrapping_add(1);
                self.users = asking;
            }
            _ => {}
        }
    }

    /// Open: draws the gap to the next request and schedules it.
    pub fn plan_next<O: Observer>(
        &mut self,
        client: ClientIx,
        own: Address<ClientEvent>,
        cx: &mut Context<O>,
    ) {
        if let ArrivalPlan::Open { profile, even } = &cx.plan.clients[client.at()].arrivals {
            self.missing = if *even { 1.0 } else { self.stream.exponential() };
            self.since = cx.now;
            self.schedule(profile, own, cx);
        }
    }

    /// Closed: as many users as there should be; new ones begin by thinking.
    pub fn populate<O: Observer>(
        &mut self,
        client: ClientIx,
        own: Address<ClientEvent>,
        cx: &mut Context<O>,
    ) {
        if let ArrivalPlan::Closed { users, .. } = cx.plan.clients[client.at()].arrivals {
            while self.users < users {
                self.users += 1;
                self.think(client, own, cx);
            }
        }
    }

    /// Closed: a user thinks, or leaves where there are more than there should be.
    pub fn think<O: Observer>(&mut self, client: ClientIx, own: Address<ClientEvent>, cx: &mut Context<O>) {
        if let ArrivalPlan::Closed { users, think } = cx.plan.clients[client.at()].arrivals {
            if self.users > users {
                self.users -= 1;
                return;
            }
            let length = cx.plan.dists[think.at()].sample(&mut self.stream).scaled(1.0 / self.surge);
            cx.after(length, own, ClientEvent::Thought);
        }
    }

    /// The rate is another from now on: by a surge, or because the plan is no longer `before`.
    pub fn change<O: Observer>(
        &mut self,
        client: ClientIx,
        own: Address<ClientEvent>,
        surge: f64,
        before: &Plan,
        cx: &mut Context<O>,
    ) {
        if let ArrivalPlan::Open { profile, .. } = &before.clients[client.at()].arrivals {
            let gathered = gathered(profile, self.since, cx.now) * self.surge;
            self.missing = (self.missing - gathered).max(0.0);
            self.since = cx.now;
        }
        self.surge = surge;
        match &cx.plan.clients[client.at()].arrivals {
            ArrivalPlan::Open { profile, .. } => self.schedule(profile, own, cx),
            ArrivalPlan::Closed { .. } => self.populate(client, own, cx),
        }
    }

    fn schedule<O: Observer>(
        &mut self,
        profile: &[(SimTime, f64)],
        own: Address<ClientEvent>,
        cx: &mut Context<O>,
    ) {
        self.planned = self.planned.wrapping_add(1);
        if let Some(wait) = time_to_gather(profile, self.since, self.missing / self.surge) {
            cx.after(wait, own, ClientEvent::Arrival(self.planned));
        }
    }
}

/// The rate at an instant: linear between the points, constant before the first and after the last.
fn rate_at(profile: &[(SimTime, f64)], at: SimTime) -> f64 {
    let after = profile.partition_point(|&(point, _)| point <= at);
    match (after.checked_sub(1).map(|before| profile[before]), profile.get(after)) {
        (None, Some(&(_, rate))) | (Some((_, rate)), None) => rate,
        (Some((from, low)), Some(&(to, high))) => {
            low + (high - low) * (at.since(from).as_secs() / to.since(from).as_secs())
        }
        (None, None) => 0.0,
    }
}

/// ∫rate between two instants, in requests.
fn gathered(profile: &[(SimTime, f64)], from: SimTime, to: SimTime) -> f64 {
    let mut total = 0.0;
    let mut at = from;
    while at < to {
        let end = profile.iter().map(|&(point, _)| point).find(|&point| point > at).unwrap_or(to).min(to);
        total += (rate_at(profile, at) + rate_before(profile, end)) / 2.0 * end.since(at).as_secs();
        at = end;
    }
    total
}

/// The rate just before an instant: where two points stand at one instant, the first one's.
fn rate_before(profile: &[(SimTime, f64)], at: SimTime) -> f64 {
    match profile.iter().position(|&(point, _)| point == at) {
        Some(first) => profile[first].1,
        None => rate_at(profile, at),
    }
}

/// How long from `from` until ∫rate has grown by `amount`; none if it never does.
fn time_to_gather(profile: &[(SimTime, f64)], from: SimTime, mut amount: f64) -> Option<SimDuration> {
    if let [(_, rate)] = profile {
        return (*rate > 0.0).then(|| SimDuration::from_secs(amount / rate));
    }
    let mut at = from;
    loop {
        let rate = rate_at(profile, at);
        let Some(&(end, _)) = profile.iter().find(|&&(point, _)| point > at) else {
            let wait = (rate > 0.0).then(|| SimDuration::from_secs(amount / rate))?;
            return Some(at.since(from) + wait);
        };
        let length = end.since(at).as_secs();
        let slope = (rate_before(profile, end) - rate) / length;
        let here = (rate + slope * length / 2.0) * length;
        if here >= amount {
            // slope/2·t² + rate·t = amount; this form of the root is also right where the slope is zero.
            let root = libm::sqrt((rate * rate + 2.0 * slope * amount).max(0.0));
            let t = if rate + root > 0.0 { 2.0 * amount / (rate + root) } else { 0.0 };
            return Some(at.since(from) + SimDuration::from_secs(t.min(length)));
        }
        amount -= here;
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUSH: [(SimTime, f64); 3] =
        [(SimTime(0), 100.0), (SimTime(10_000_000_000), 500.0), (SimTime(20_000_000_000), 0.0)];

    #[test]
    fn what_gathers_is_the_area_under_the_rate() {
        let seconds = |s: f64| SimTime::from_secs(s);
        for (from, to, area) in
            [(0.0, 10.0, 3_000.0), (0.0, 5.0, 1_000.0), (10.0, 20.0, 2_500.0), (20.0, 90.0, 0.0)]
        {
            let got = gathered(&RUSH, seconds(from), seconds(to));
            assert!((got - area).abs() < 1e-6, "{from}..{to}: {got}");
        }
    }

    #[test]
    fn the_wait_undoes_the_area() {
        for from in [0.0, 3.0, 9.999, 10.0, 15.0] {
            for amount in [0.001, 1.0, 700.0, 1_200.0] {
                let from = SimTime::from_secs(from);
                let Some(wait) = time_to_gather(&RUSH, from, amount) else { continue };
                let back = gathered(&RUSH, from, from + wait);
                assert!((back - amount).abs() < 1e-5, "{from:?} {amount}: {back}");
            }
        }
        assert_eq!(time_to_gather(&RUSH, SimTime::from_secs(20.0), 1.0), None);
        assert_eq!(
            time_to_gather(&[(SimTime(0), 4.0)], SimTime(7), 1.0),
            Some(SimDuration::from_millis(250))
        );
    }
}
