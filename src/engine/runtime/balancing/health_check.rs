//! Active health checks: whether a replica is well, from what it answers when it is asked.
//!
//! The rule is HAProxy's (`fall` and `rise`), Envoy's and AWS's: a host is taken out after so many failed checks in a row,
//! and back after so many that passed. Every host begins well.

use crate::scenario::HealthCheckPlan;

/// What is known of one host.
#[derive(Clone, Copy, Debug, Default)]
struct Host {
    /// It is taken out.
    unhealthy: bool,
    /// Checks in a row that speak against its state.
    row: u32,
    /// A check of the present round is not answered.
    asked: bool,
}

/// What one caller's checks say of a service's hosts. Its numbers come with every question, so that they may change.
#[derive(Clone, Debug, Default)]
pub struct HealthChecker {
    hosts: Vec<Host>,
    /// Number of the present round.
    round: u32,
}

impl HealthChecker {
    /// Whether a host is taken out.
    pub fn is_unhealthy(&self, host: u32) -> bool {
        self.hosts.get(host as usize).is_some_and(|host| host.unhealthy)
    }

    /// So many hosts are asked. Gives the number of the round.
    pub fn begin(&mut self, hosts: u32) -> u32 {
        if self.hosts.len() < hosts as usize {
            self.hosts.resize(hosts as usize, Host::default());
        }
        for host in self.hosts.iter_mut().take(hosts as usize) {
            host.asked = true;
        }
        self.round = self.round.wrapping_add(1);
        self.round
    }

    /// Whether this is the answer to a check that is waited for.
    pub fn answered(&mut self, host: u32, round: u32) -> bool {
        let asked = self.hosts.get_mut(host as usize).map(|host| &mut host.asked);
        round == self.round && asked.is_some_and(std::mem::take)
    }

    /// The next host that has not answered in this round; from now on no answer of it counts.
    pub fn time_out(&mut self, round: u32) -> Option<u32> {
        if round != self.round {
            return None;
        }
        let host = self.hosts.iter().position(|host| host.asked)?;
        self.hosts[host].asked = false;
        Some(host as u32)
    }

    /// A check passed or failed. Whether the host is well from now on, where that has changed.
    pub fn result(&mut self, plan: &HealthCheckPlan, host: u32, passed: bool) -> Option<bool> {
        if self.hosts.len() <= host as usize {
            self.hosts.resize(host as usize + 1, Host::default());
        }
        let host = &mut self.hosts[host as usize];
        if passed != host.unhealthy {
            host.row = 0;
            return None;
        }
        host.row += 1;
        let enough = if host.unhealthy { plan.healthy_threshold } else { plan.unhealthy_threshold };
        if host.row < enough {
            return None;
        }
        *host = Host { unhealthy: !host.unhealthy, row: 0, ..*host };
        Some(!host.unhealthy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Json;
    use crate::scenario::read_part;

    fn plan(text: &str) -> HealthCheckPlan {
        read_part(&Json::parse(text).expect("JSON")).expect("a plan")
    }

    #[test]
    fn the_defaults_are_haproxys() {
        let plan = plan("{}");
        assert_eq!((plan.interval.as_secs(), plan.unhealthy_threshold, plan.healthy_threshold), (2.0, 3, 2));
        assert_eq!(plan.timeout, None);
    }

    #[test]
    fn it_falls_after_three_in_a_row_and_rises_after_two() {
        let (plan, mut checker) = (plan("{}"), HealthChecker::default());
        let mut run = |results: &str| -> Vec<Option<bool>> {
            results.chars().map(|result| checker.result(&plan, 1, result == '+')).collect()
        };
        assert_eq!(run("--+--"), [None; 5]);
        assert_eq!(run("-"), [Some(false)]);
        assert_eq!(run("-+-+"), [None; 4]);
        assert_eq!(run("+"), [Some(true)]);
        assert_eq!(run("--"), [None; 2]);
        assert!(!checker.is_unhealthy(1) && checker.result(&plan, 1, false) == Some(false));
        assert!(checker.is_unhealthy(1) && !checker.is_unhealthy(0));
    }

    #[test]
    fn an_answer_counts_once_and_in_its_round() {
        let mut checker = HealthChecker::default();
        let first = checker.begin(3);
        assert!(checker.answered(1, first) && !checker.answered(1, first) && !checker.answered(7, first));
        assert_eq!([checker.time_out(first), checker.time_out(first)], [Some(0), Some(2)]);
        assert_eq!(checker.time_out(first), None);
        assert!(!checker.answered(0, first), "too late");
        let second = checker.begin(3);
        assert!(!checker.answered(0, first) && checker.answered(0, second));
        assert_eq!(checker.time_out(first), None);
    }
}
