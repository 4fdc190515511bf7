//! Outlier detection: a replica that fails several times in a row gets no requests for a while.
//!
//! The state machine is Envoy's (`outlier_detection_impl`, consecutive 5xx). A host is ejected at the error that makes the
//! row as long as `consecutive_errors`, unless that would eject more than `max_ejected` of the hosts; the first one may
//! always be ejected. The row begins anew where it did not come to that. Hosts return at the end of an interval only: when
//! they were away for `base_ejection_time` × how often they were ejected, at most `max_ejection_time`. That number falls
//! by one at the end of each interval that a host is back for.

use crate::base::{SimDuration, SimTime};
use crate::scenario::OutlierPlan;

/// What is known of one host.
#[derive(Clone, Copy, Debug, Default)]
struct Host {
    /// Errors in a row.
    errors: u32,
    /// What its next ejection time is multiplied by, less one.
    ejections: u32,
    /// Since when it is ejected.
    ejected: Option<SimTime>,
    /// When it last returned.
    returned: Option<SimTime>,
}

/// What one caller knows of the errors of a service's hosts. Its numbers come with every question, so that they may
/// change.
#[derive(Clone, Debug, Default)]
pub struct OutlierDetector {
    hosts: Vec<Host>,
}

impl OutlierDetector {
    /// Whether a host is ejected.
    pub fn is_ejected(&self, host: u32) -> bool {
        self.hosts.get(host as usize).is_some_and(|host| host.ejected.is_some())
    }

    /// How many of the first `hosts` are ejected.
    pub fn ejected(&self, hosts: u32) -> u32 {
        self.hosts.iter().take(hosts as usize).filter(|host| host.ejected.is_some()).count() as u32
    }

    /// A request to one of so many hosts failed or did not. Whether the host is ejected for it.
    pub fn result(&mut self, plan: &OutlierPlan, now: SimTime, host: u32, failed: bool, hosts: u32) -> bool {
        let count = hosts.max(host + 1) as usize;
        if self.hosts.len() < count {
            self.hosts.resize(count, Host::default());
        }
        let ejected = self.ejected(hosts);
        let host = &mut self.hosts[host as usize];
        if !failed {
            host.errors = 0;
            return false;
        }
        host.errors = host.errors.saturating_add(1);
        // At the error that completes the row; later ones come from requests that were out when it was ejected.
        if host.errors != plan.consecutive_errors || host.ejected.is_some() {
            return false;
        }
        host.errors = 0;
        let share = f64::from(ejected + 1) / f64::from(hosts.max(1));
        if ejected > 0 && share > plan.max_ejected {
            return false;
        }
        host.ejected = Some(now);
        if time(plan, host.ejections) < longest(plan) + plan.base_ejection_time {
            host.ejections += 1;
        }
        true
    }

    /// An interval ends. Gives the hosts that return.
    pub fn interval(&mut self, plan: &OutlierPlan, now: SimTime) -> Vec<u32> {
        let mut back = Vec::new();
        for (number, host) in (0..).zip(&mut self.hosts) {
            if let Some(since) = host.ejected
                && now.since(since) >= time(plan, host.ejections).min(longest(plan))
            {
                host.give_back(now);
                back.push(number);
            }
            let rested = host.returned.is_some_and(|since| now.since(since) >= plan.interval);
            if host.ejected.is_none() && rested {
                host.ejections = host.ejections.saturating_sub(1);
            }
        }
        back
    }

    /// A host is found well by other means. Whether it was ejected.
    pub fn give_back(&mut self, now: SimTime, host: u32) -> bool {
        match self.hosts.get_mut(host as usize) {
            Some(host) if host.ejected.is_some() => {
                host.give_back(now);
                true
            }
            _ => false,
        }
    }
}

impl Host {
    fn give_back(&mut self, now: SimTime) {
        *self = Host { errors: 0, ejected: None, returned: Some(now), ..*self };
    }
}

/// How long a host is away that was ejected so often.
fn time(plan: &OutlierPlan, ejections: u32) -> SimDuration {
    SimDuration(plan.base_ejection_time.0.saturating_mul(ejections.into()))
}

/// How long a host is away at most.
fn longest(plan: &OutlierPlan) -> SimDuration {
    plan.max_ejection_time.max(plan.base_ejection_time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Json;
    use crate::scenario::read_part;

    fn plan(text: &str) -> OutlierPlan {
        read_part(&Json::parse(text).expect("JSON")).expect("a plan")
    }

    /// Fails so often in a row; whether the last failure ejects.
    fn fail(detector: &mut OutlierDetector, plan: &OutlierPlan, at: f64, host: u32, times: u32) -> bool {
        (0..times).map(|_| detector.result(plan, SimTime::from_secs(at), host, true, 10)).last() == Some(true)
    }

    #[test]
    fn the_defaults_are_envoys() {
        let plan = plan("{}");
        assert_eq!((plan.consecutive_errors, plan.max_ejected), (5, 0.1));
        let seconds =
            [plan.interval, plan.base_ejection_time, plan.max_ejection_time].map(|time| time.as_secs());
        assert_eq!(seconds, [10.0, 30.0, 300.0]);
    }

    #[test]
    fn a_row_of_errors_ejects_and_a_good_answer_ends_the_row() {
        let (plan, mut detector) = (plan("{}"), OutlierDetector::default());
        assert!(!fail(&mut detector, &plan, 0.0, 3, 4));
        assert!(!detector.result(&plan, SimTime::ZERO, 3, false, 10));
        assert!(!fail(&mut detector, &plan, 1.0, 3, 4) && fail(&mut detector, &plan, 1.0, 3, 1));
        assert!(detector.is_ejected(3) && detector.ejected(10) == 1);
        // Requests that were out, or a panic, change nothing.
        assert!(!fail(&mut detector, &plan, 2.0, 3, 12));
    }

    #[test]
    fn no_more_than_the_share_is_ejected_but_one_may_be() {
        let mut detector = OutlierDetector::default();
        let tenth = plan("{}");
        assert!(fail(&mut detector, &tenth, 0.0, 0, 5) && !fail(&mut detector, &tenth, 0.0, 1, 5));
        let none = plan(r#"{"max_ejected": 0}"#);
        assert!(fail(&mut OutlierDetector::default(), &none, 0.0, 0, 5), "one, whatever the share");
        let fifth = plan(r#"{"max_ejected": 0.2}"#);
        assert!(fail(&mut detector, &fifth, 0.0, 1, 5), "it was counted anew");
        assert!(!fail(&mut detector, &fifth, 0.0, 2, 5));
        assert_eq!(detector.ejected(10), 2);
    }

    #[test]
    fn ejections_grow_longer_and_end_with_an_interval() {
        let (plan, mut detector) = (plan("{}"), OutlierDetector::default());
        let at = SimTime::from_secs;
        assert!(fail(&mut detector, &plan, 1.0, 0, 5));
        assert!(detector.interval(&plan, at(30.0)).is_empty(), "29 s");
        assert_eq!(detector.interval(&plan, at(40.0)), [0], "the next look");
        assert!(fail(&mut detector, &plan, 41.0, 0, 5));
        assert!(detector.interval(&plan, at(100.0)).is_empty(), "59 of 60 s");
        assert_eq!(detector.interval(&plan, at(110.0)), [0]);
        // Ten seconds of rest take one off: 2 → 1, and with the new one 2 again.
        assert!(detector.interval(&plan, at(120.0)).is_empty());
        assert!(fail(&mut detector, &plan, 121.0, 0, 5));
        assert!(detector.interval(&plan, at(180.0)).is_empty());
        assert_eq!(detector.interval(&plan, at(190.0)), [0]);
        for at in 20..30 {
            detector.interval(&plan, SimTime::from_secs(f64::from(at) * 10.0));
        }
        assert!(fail(&mut detector, &plan, 301.0, 0, 5));
        assert_eq!(detector.interval(&plan, at(331.0)), [0], "as if for the first time");
    }

    #[test]
    fn no_ejection_is_longer_than_the_longest() {
        let (plan, mut detector) = (plan(r#"{"max_ejection_time": "50s"}"#), OutlierDetector::default());
        let mut now = 0.0;
        for expected in [30.0, 50.0, 50.0] {
            assert!(fail(&mut detector, &plan, now, 0, 5));
            assert!(detector.interval(&plan, SimTime::from_secs(now + expected - 1.0)).is_empty());
            now += expected;
            assert_eq!(detector.interval(&plan, SimTime::from_secs(now)), [0]);
        }
        let short = OutlierPlan { max_ejection_time: SimDuration(1), ..plan };
        assert_eq!(longest(&short), plan.base_ejection_time);
    }
}
