//! The timeline, with the indices of the merged plan.

use super::Merge;
use crate::base::ServiceIx;
use crate::scenario::plan::{Fault, FaultReplicas, TimelinePlan};

impl Merge<'_> {
    pub fn timeline(&mut self) {
        let entry = |entry: &TimelinePlan| TimelinePlan { fault: self.fault(&entry.fault), ..*entry };
        self.out.timeline = self.new.timeline.iter().map(entry).collect();
    }

    fn fault(&self, fault: &Fault) -> Fault {
        let own = |replica: Option<(ServiceIx, FaultReplicas)>| {
            replica.map(|(service, replicas)| (self.service(service), replicas))
        };
        match *fault {
            Fault::Slow { node, factor, replica } => Fault::Slow { node: self.node(node), factor, replica },
            Fault::Error { node, probability, replica } => {
                Fault::Error { node: self.node(node), probability, replica }
            }
            Fault::Crash { node, replica } => Fault::Crash { node: self.node(node), replica },
            Fault::Pause { node, replica } => Fault::Pause { node: self.node(node), replica },
            Fault::Partition { a, b, replica } => {
                Fault::Partition { a: self.node(a), b: self.node(b), replica: own(replica) }
            }
            Fault::Latency { link, ref add, replica } => {
                Fault::Latency { link: self.link(link), add: add.clone(), replica: own(replica) }
            }
            Fault::Loss { link, probability, replica } => {
                Fault::Loss { link: self.link(link), probability, replica: own(replica) }
            }
            Fault::BrokerDown { log, broker } => Fault::BrokerDown { log: self.log(log), broker },
            Fault::Surge { client, factor } => Fault::Surge { client: self.client(client), factor },
            Fault::Poison { client, probability } => {
                Fault::Poison { client: self.client(client), probability }
            }
        }
    }
}
