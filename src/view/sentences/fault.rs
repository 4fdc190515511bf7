//! A fault in a few words.

use crate::base::{LinkIx, NodeIx, Number, SimDuration};
use crate::scenario::{Fault, FaultReplicas, Plan};
use crate::view::words::name;

/// A fault in a few words: "Payment slow ×10".
pub fn fault_label(fault: &Fault, plan: &Plan) -> String {
    // What a fault hits alone is named where its node is.
    let whose = match fault {
        Fault::Partition { replica, .. } | Fault::Latency { replica, .. } | Fault::Loss { replica, .. } => {
            replica.map(|(service, _)| plan.services[service.at()].node)
        }
        _ => None,
    };
    let name = |node: NodeIx| {
        let name = name::of_node(plan, node);
        match fault.replica().filter(|_| whose.is_none_or(|whose| whose == node)) {
            None => name,
            Some(FaultReplicas::One(number)) => {
                say!("fault.of-replica", node = &name, replica = u64::from(number) + 1)
            }
            Some(FaultReplicas::Share(share)) => {
                say!("fault.of-share", share = Number::Percent(share), node = &name)
            }
        }
    };
    let ends = |link: LinkIx| {
        let link = &plan.links[link.at()];
        (name(link.from), name(link.to))
    };
    match fault {
        Fault::Slow { node, factor, .. } => {
            say!("fault.slow", node = &name(*node), factor = Number::Figures(*factor))
        }
        Fault::Error { node, probability, .. } => {
            say!("fault.errors", node = &name(*node), share = Number::Percent(*probability))
        }
        Fault::Crash { node, .. } => say!("fault.crashes", node = &name(*node)),
        Fault::Pause { node, .. } => say!("fault.pauses", node = &name(*node)),
        Fault::Partition { a, b, .. } => say!("fault.partition", a = &name(*a), b = &name(*b)),
        Fault::Latency { link, add, .. } => {
            let ((from, to), time) = (ends(*link), SimDuration(add.mean() as u64));
            say!("fault.latency", from = &from, to = &to, time = time)
        }
        Fault::Loss { link, probability, .. } => {
            let ((from, to), share) = (ends(*link), Number::Percent(*probability));
            say!("fault.loss", from = &from, to = &to, share = share)
        }
        Fault::BrokerDown { log, broker } => {
            let log = name(plan.logs[log.at()].node);
            say!("fault.broker-down", log = &log, broker = u64::from(*broker) + 1)
        }
        Fault::Surge { client, factor } => {
            let client = name(plan.clients[client.at()].node);
            say!("fault.surge", client = &client, factor = Number::Figures(*factor))
        }
        Fault::Poison { client, probability } => {
            let client = name(plan.clients[client.at()].node);
            say!("fault.poison", client = &client, share = Number::Percent(*probability))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Json;
    use crate::scenario::{Scenario, read_fault};

    #[test]
    fn every_fault_has_its_words() {
        let scenario = Scenario::read(
            r#"{"schema": 1, "title": "T", "nodes": {
                "web": {"kind": "client", "arrivals": {"poisson": {"rate": 1}}, "operation": [
                    {"call": {"to": "pay-desk"}}, {"publish": {"to": "clicks"}}]},
                "pay-desk": {"kind": "service", "replicas": 2, "operations": {"default": [{"work": "1ms"}]}},
                "clicks": {"kind": "log"}}}"#,
        );
        let plan = scenario.expect("a scenario").plan().expect("a plan");
        let cases = [
            (r#"{"slow":{"node":"pay-desk","factor":10}}"#, "Pay desk slow ×10"),
            (r#"{"error":{"node":"pay-desk","probability":0.5}}"#, "Pay desk errors 50 %"),
            (r#"{"crash":{"node":"pay-desk"}}"#, "Pay desk crashes"),
            (r#"{"crash":{"node":"pay-desk","replica":1}}"#, "Pay desk #2 crashes"),
            (r#"{"pause":{"node":"pay-desk"}}"#, "Pay desk pauses"),
            (r#"{"partition":{"between":["web","pay-desk"]}}"#, "Web and Pay desk cut off"),
            (r#"{"latency":{"from":"web","to":"pay-desk","add":"200ms"}}"#, "Web → Pay desk +200 ms"),
            (r#"{"loss":{"from":"web","to":"pay-desk","probability":0.3}}"#, "Web → Pay desk loses 30 %"),
            (r#"{"slow":{"node":"pay-desk","factor":10,"replica":0}}"#, "Pay desk #1 slow ×10"),
            (
                r#"{"error":{"node":"pay-desk","probability":0.5,"replica":0.5}}"#,
                "50 % of Pay desk errors 50 %",
            ),
            (r#"{"pause":{"node":"pay-desk","replica":1}}"#, "Pay desk #2 pauses"),
            (r#"{"partition":{"between":["pay-desk","web"],"replica":1}}"#, "Pay desk #2 and Web cut off"),
            (
                r#"{"latency":{"from":"pay-desk","to":"web","add":"200ms","replica":0}}"#,
                "Pay desk #1 → Web +200 ms",
            ),
            (r#"{"broker_down":{"log":"clicks","broker":0}}"#, "Clicks: broker 1 down"),
            (r#"{"surge":{"client":"web","factor":3}}"#, "Web surge ×3"),
            (r#"{"poison":{"client":"web","probability":0.01}}"#, "Web: poison 1 %"),
        ];
        for (json, expected) in cases {
            let fault = read_fault(&Json::parse(json).expect("JSON"), &plan).expect("a fault");
            assert_eq!(fault_label(&fault, &plan).replace('\u{202f}', " "), expected);
        }
    }
}
