//! A small plan for tests: web → app (2 replicas of 4 workers) → db, and a queue that app publishes to.

use crate::base::{ClientIx, DistIx, NodeIx, OpIx, Pc, QueueIx, ServiceIx};
use crate::scenario::{
    ArrivalPlan, Balance, ClientPlan, Counted, Discipline, EdgePlan, LinkPlan, NodeKind, NodePlan,
    OperationPlan, Plan, QueuePlan, QueueRules, ServicePlan,
};

/// Client 0 "web"; services 0 "app" with operations "book" and "browse" and 1 "db" with "default"; queue 0
/// "mail"; edges web → app, app → db.
pub fn plan() -> Plan {
    let node = |id: &str, kind| NodePlan { id: id.into(), label: None, kind };
    let service = |node, replicas, workers| ServicePlan {
        node: NodeIx(node),
        replicas,
        workers,
        queue: None,
        discipline: Discipline::Fifo,
        release: false,
        balance: Balance::RoundRobin,
        counted: Counted::Caller,
        discovery: None,
        autoscale: None,
        admits: None,
        shed_above: None,
        consumes: Vec::new(),
    };
    let operation = |service, name: &str| OperationPlan {
        service: ServiceIx(service),
        name: name.into(),
        label: None,
        entry: Pc::default(),
    };
    let link = |from, to| LinkPlan { from: NodeIx(from), to: NodeIx(to), latency: DistIx(0), loss: 0.0 };
    let edge = |from, to, op| EdgePlan { from: NodeIx(from), to: NodeIx(to), op: OpIx(op) };
    Plan {
        title: "Small".into(),
        seed: 42,
        nodes: vec![
            node("web", NodeKind::Client(ClientIx(0))),
            node("app", NodeKind::Service(ServiceIx(0))),
            node("db", NodeKind::Service(ServiceIx(1))),
            node("mail", NodeKind::Queue(QueueIx(0))),
        ],
        clients: vec![ClientPlan {
            node: NodeIx(0),
            arrivals: ArrivalPlan::Open { profile: Vec::new(), even: false },
            entry: Pc::default(),
            deadline: None,
            propagate: false,
            keys: None,
        }],
        services: vec![service(1, 2, 4), service(2, 1, 3)],
        queues: vec![QueuePlan {
            node: NodeIx(3),
            consumers: Vec::new(),
            rules: QueueRules::default(),
            dead_letter: None,
            delivery_latency: None,
        }],
        links: vec![link(0, 1), link(1, 0), link(1, 2), link(2, 1)],
        operations: vec![operation(0, "book"), operation(0, "browse"), operation(1, "default")],
        edges: vec![edge(0, 1, 0), edge(1, 2, 2)],
        ..Plan::default()
    }
}
