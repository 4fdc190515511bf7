//! The result of a run: the figures that `--format json` prints, keys and order as the scenario language's
//! reference lists them.
//!
//! Every number comes from integers by IEEE arithmetic alone, so the text is the same on every platform. What is said
//! of each node, call and step is in the table of metrics.

use serde::Serialize;

use crate::base::ServiceIx;
use crate::observation::Circle;
use crate::scenario::Plan;

pub use super::metrics::{
    Breaker, Call, Client, Exchange, Failures, Ledger, Log, Named, Operation, Partition, Progress, Queue,
    Saga, Service, Store, Transition, WindowStep,
};

/// What a whole run came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RunResult {
    /// Version of this format: 1.
    pub schema: u32,
    /// Title of the scenario.
    pub title: String,
    /// Seed of the run.
    pub seed: u64,
    /// Measured time in simulated seconds, without the warm-up.
    pub simulated_s: f64,
    /// The warm-up before it, in simulated seconds.
    pub warmup_s: f64,
    /// Events handled, those of the warm-up included.
    pub events: u64,
    /// Digest of the whole event stream: 16 hexadecimal digits.
    pub digest: String,
    /// Services that waited for each other for good when the run ended; null where none did, as it should be.
    pub blocked_in_a_circle: Option<BlockedCircle>,
    /// Clients by id.
    pub clients: Named<Client>,
    /// Services by id.
    pub services: Named<Service>,
    /// Calls by caller, callee and operation.
    pub calls: Vec<Call>,
    /// Queues by id.
    pub queues: Named<Queue>,
    /// Exchanges by id.
    pub exchanges: Named<Exchange>,
    /// Logs by id.
    pub logs: Named<Log>,
    /// Stores by id.
    pub stores: Named<Store>,
    /// Sagas by the name of their operation (a client's: by its id); where several nodes have sagas under one name,
    /// by `node.name`.
    pub sagas: Named<Saga>,
    /// Window steps by the name of their operation, as sagas.
    pub windows: Named<WindowStep>,
    /// What became of every message.
    pub ledger: Ledger,
}

/// Services that wait for each other for good.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BlockedCircle {
    /// Their ids, each before the one that it waits for, and the first once more at the end.
    pub services: Vec<String>,
    /// Since when, in simulated seconds.
    pub since_s: f64,
}

impl BlockedCircle {
    /// What the simulation found, by ids.
    pub fn new(circle: &Circle, plan: &Plan) -> BlockedCircle {
        let services = circle.services.iter().chain(circle.services.first());
        let id = |service: &ServiceIx| plan.id(plan.services[service.at()].node).to_owned();
        BlockedCircle { services: services.map(id).collect(), since_s: circle.since.as_secs() }
    }
}

impl Ledger {
    /// Whether every message is accounted for.
    pub fn balances(&self) -> bool {
        let Ledger { created, consumed, refused, dead_lettered, expired, dropped, lost, removed, in_flight } =
            *self;
        created == consumed + refused + dead_lettered + expired + dropped + lost + removed + in_flight
    }
}
