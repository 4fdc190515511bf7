//! What is too large to run, and links along which nothing travels.

use super::compiler::{Compiler, no_link};
use crate::base::{Diagnostic, Number};

/// Links there may be in all.
const MAX_LINKS: usize = 1024;

/// Copies that exchanges make, counted once for each publish step.
pub const MAX_ROUTES: usize = 100_000;

/// Copies of partitions, groups' claims on them, and members, in all logs together.
const MAX_PLACES: u64 = 1_000_000;

impl Compiler<'_> {
    /// Refuses too many links, and overrides of links along which nothing travels.
    pub fn check_links(&mut self) {
        if self.plan.links.len() > MAX_LINKS {
            let [count, most] = [self.plan.links.len(), MAX_LINKS].map(|count| Number::Digits(count as u64));
            self.found
                .push(Diagnostic::new("nodes", problem!("scenario.many-links", count = count, most = most)));
        }
        if self.plan.routes.len() > MAX_ROUTES {
            self.found.push(Diagnostic::new("nodes", problem!("scenario.many-routes")));
        }
        for (at, link) in self.document.links.iter().enumerate() {
            if self.plan.link(self.node(&link.from), self.node(&link.to)).is_none() {
                self.found.push(no_link(&format!("links[{at}]"), &link.from, &link.to));
            }
        }
    }

    /// Refuses logs that would not fit into memory.
    pub fn check_logs(&mut self) {
        let mut places = 0;
        for log in &self.plan.logs {
            let members = log.groups.iter().flat_map(|group| &group.members);
            let replicas = members.map(|(service, _)| u64::from(self.plan.services[service.at()].replicas));
            places += u64::from(log.partitions) * (u64::from(log.replication) + log.groups.len() as u64);
            places += replicas.sum::<u64>();
        }
        if places > MAX_PLACES {
            let [count, most] = [places, MAX_PLACES].map(Number::Digits);
            self.found
                .push(Diagnostic::new("nodes", problem!("scenario.many-places", count = count, most = most)));
        }
    }
}
