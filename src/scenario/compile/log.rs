//! Logs: copies, groups, producers.

use super::Compiler;
use crate::base::{Diagnostic, LinkIx, LogIx, NodeIx, ServiceIx, murmur2};
use crate::scenario::model::{Acks, Consume, Log};
use crate::scenario::{GroupPlan, LogPlan, LogRules, NodeKind, Source, words};

/// Copies of partitions, groups' claims on them, and members, in all logs together.
const MAX_PLACES: u64 = 1_000_000;

impl Compiler<'_> {
    pub(super) fn new_log(&mut self, node: NodeIx, log: Log) -> LogIx {
        let fetch = self.document.network().latency().compile();
        let fetch = self.dist(fetch);
        self.plan.logs.push(LogPlan {
            node,
            partitions: log.partitions(),
            brokers: log.brokers(),
            replication: log.replication(),
            fetch,
            producers: 0,
            groups: Vec::new(),
            rules: LogRules {
                min_in_sync: log.min_in_sync(),
                acks: log.acks(),
                retention: log.retention(),
                assignor: log.assignor(),
                session_timeout: log.session_timeout(),
            },
        });
        LogIx(self.plan.logs.len() as u32 - 1)
    }

    /// Where a service takes messages from by one of its `consumes`; it is entered there.
    pub(super) fn source(&mut self, service: ServiceIx, subscription: u32, consume: Consume) -> Source {
        match self.plan.nodes[self.node(consume.from()).at()].kind {
            NodeKind::Queue(queue) => {
                self.plan.queues[queue.at()].consumers.push((service, subscription));
                Source::Queue(queue)
            }
            NodeKind::Log(log) => {
                let own = &self.plan.nodes[self.plan.services[service.at()].node.at()].id;
                let name = consume.group().unwrap_or(own);
                let groups = &mut self.plan.logs[log.at()].groups;
                let found = groups.iter().position(|group| group.name == name);
                let at = found.unwrap_or_else(|| {
                    groups.push(GroupPlan { name: name.to_owned(), members: Vec::new() });
                    groups.len() - 1
                });
                groups[at].members.push((service, subscription));
                Source::Log(log, at as u32)
            }
            _ => unreachable!("refused: no queue and no log"),
        }
    }

    /// What a publish step is to a log: the hash of its key, which producer it is, and whether it waits for a word. With
    /// `acks` 0 it does not: nobody gives one.
    pub(super) fn log_publication(
        &mut self,
        log: LogIx,
        out: LinkIx,
        key: Option<&str>,
        confirm: bool,
    ) -> (Option<i32>, u32, bool) {
        let known = self.plan.publishes.iter().find(|publish| publish.out == out);
        let plan = &mut self.plan.logs[log.at()];
        let producer = known.map_or(plan.producers, |publish| publish.producer);
        plan.producers = plan.producers.max(producer + 1);
        (key.map(|key| murmur2(key.as_bytes())), producer, confirm && plan.rules.acks != Acks::None)
    }

    /// Refuses logs that would not fit into memory.
    pub(super) fn check_logs(&mut self) {
        let mut places = 0;
        for log in &self.plan.logs {
            let members = log.groups.iter().flat_map(|group| &group.members);
            let replicas = members.map(|(service, _)| u64::from(self.plan.services[service.at()].replicas));
            places += u64::from(log.partitions) * (u64::from(log.replication) + log.groups.len() as u64);
            places += replicas.sum::<u64>();
        }
        if places > MAX_PLACES {
            let (count, most) = (places.to_string(), MAX_PLACES.to_string());
            self.found.push(Diagnostic::new("nodes", &words::MANY_PLACES, &[&count, &most]));
        }
    }
}
