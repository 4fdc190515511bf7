//! Logs: copies, groups, producers.

use super::compiler::Compiler;
use crate::base::{LinkIx, LogIx, NodeIx, ServiceIx, murmur2};
use crate::scenario::model::broker::{Acks, Log};
use crate::scenario::model::service::Consume;
use crate::scenario::plan::{GroupPlan, LogPlan, LogRules, NodeKind, Source};

impl Compiler<'_> {
    pub fn new_log(&mut self, node: NodeIx, log: &Log) -> LogIx {
        let fetch = self.document.network.latency.compile();
        let fetch = self.dist(fetch);
        self.plan.logs.push(LogPlan {
            node,
            partitions: log.partitions,
            brokers: log.brokers,
            replication: log.replication,
            fetch,
            producers: 0,
            groups: Vec::new(),
            rules: LogRules {
                min_in_sync: log.min_in_sync,
                acks: log.acks,
                retention: log.retention,
                assignor: log.assignor,
                session_timeout: log.session_timeout,
            },
        });
        LogIx(self.plan.logs.len() as u32 - 1)
    }

    /// Where a service takes messages from by one of its `consumes`; it is entered there.
    pub fn source(&mut self, service: ServiceIx, subscription: u32, consume: &Consume) -> Source {
        match self.plan.nodes[self.node(&consume.from).at()].kind {
            NodeKind::Queue(queue) => {
                self.plan.queues[queue.at()].consumers.push((service, subscription));
                Source::Queue(queue)
            }
            NodeKind::Log(log) => {
                let own = &self.plan.nodes[self.plan.services[service.at()].node.at()].id;
                let name = consume.group.as_ref().unwrap_or(own);
                let groups = &mut self.plan.logs[log.at()].groups;
                let found = groups.iter().position(|group| group.name == *name);
                let at = found.unwrap_or_else(|| {
                    groups.push(GroupPlan { name: name.clone(), members: Vec::new() });
                    groups.len() - 1
                });
                groups[at].members.push((service, subscription));
                Source::Log(log, at as u32)
            }
            _ => unreachable!("refused by the reader: no queue and no log"),
        }
    }

    /// What a publish step is to a log: the hash of its key, which producer it is, and whether it waits for a word. With
    /// `acks` 0 it does not: nobody gives one.
    pub fn log_publication(
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
}
