//! A node of any kind: what the simulation asks of all of them.

use crate::engine::kernel::event::{EventKind, PackedEvent, Wake};
use crate::engine::kernel::network::Network;
use crate::engine::kernel::wake::Generations;
use crate::engine::nodes::client::Client;
use crate::engine::nodes::exchange::Exchange;
use crate::engine::nodes::log::Log;
use crate::engine::nodes::queue::Queue;
use crate::engine::nodes::removed;
use crate::engine::nodes::service::Service;
use crate::engine::nodes::store::Store;
use crate::engine::runtime::context::Context;
use crate::engine::runtime::host::Host;
use crate::engine::runtime::task_runtime::TaskRuntime;
use crate::observation::Observer;
use crate::scenario::{NodeKind, Plan};

/// A node. With a tag of its own: it is looked at for every event.
#[derive(Clone, Debug)]
#[repr(u8)]
pub enum Node {
    /// A client.
    Client(Client),
    /// A service.
    Service(Service),
    /// A queue.
    Queue(Queue),
    /// An exchange.
    Exchange(Box<Exchange>),
    /// A store.
    Store(Box<Store>),
    /// A log.
    Log(Box<Log>),
    /// What an edit took out of the running system.
    Removed,
}

impl Node {
    /// Before anything has happened to it.
    pub fn new(kind: NodeKind, plan: &Plan) -> Node {
        match kind {
            NodeKind::Client(index) => Node::Client(Client::new(index, plan)),
            NodeKind::Service(index) => Node::Service(Service::new(index, plan)),
            NodeKind::Queue(index) => Node::Queue(Queue::new(index, plan)),
            NodeKind::Exchange(index) => Node::Exchange(Box::new(Exchange::new(index))),
            NodeKind::Store(index) => Node::Store(Box::new(Store::new(index, plan))),
            NodeKind::Log(index) => Node::Log(Box::new(Log::new(index, plan))),
        }
    }

    /// Hands it an event that is not stale. The address that the event was scheduled for says that the node is of the
    /// right kind.
    ///
    /// Nearly all events are wakes and deliveries, for clients and services. A few comparisons find them; one jump among
    /// all kinds, which is what a single `match` becomes, is predicted wrongly so often that it costs 3 to 5 % of a run.
    #[inline(always)]
    pub fn handle<O: Observer>(&mut self, event: PackedEvent, cx: &mut Context<O>) {
        match (event.kind(), &mut *self) {
            (EventKind::Wake(Wake { task, .. }), Node::Client(client)) => client.timer(task, cx),
            (EventKind::Wake(Wake { task, .. }), Node::Service(service)) => service.timer(task, cx),
            (EventKind::Deliver(message), Node::Client(client)) => client.deliver(message, cx),
            (EventKind::Deliver(message), Node::Service(service)) => service.deliver(message, cx),
            _ => self.handle_any(event, cx),
        }
    }

    #[inline(never)]
    fn handle_any<O: Observer>(&mut self, event: PackedEvent, cx: &mut Context<O>) {
        match self {
            Node::Client(client) => client.handle(event.open(), cx),
            Node::Service(service) => service.handle(event.open(), cx),
            Node::Queue(queue) => queue.handle(event.open(), cx),
            Node::Exchange(exchange) => exchange.handle(event.open(), cx),
            Node::Store(store) => store.handle(event.open(), cx),
            Node::Log(log) => log.handle(event.open(), cx),
            Node::Removed => {
                if let EventKind::Deliver(message) = event.kind() {
                    removed::deliver(message, cx);
                }
            }
        }
    }

    /// The plan is another than `before` now: an edit has taken effect. Replicas that begin `anew` have stopped for it.
    pub fn replan<O: Observer>(&mut self, anew: &[u32], before: &Plan, cx: &mut Context<O>) {
        match self {
            Node::Client(client) => client.replan(before, cx),
            Node::Service(service) => service.replan(anew, cx),
            Node::Queue(queue) => queue.replan(cx),
            Node::Log(log) => log.replan(cx),
            Node::Exchange(_) | Node::Store(_) | Node::Removed => {}
        }
    }

    /// It is taken out of the running system: what it holds is lost, and who waits for that is told.
    pub fn remove<O: Observer>(&mut self, cx: &mut Context<O>) {
        match self {
            Node::Client(client) => client.remove(cx),
            Node::Service(service) => service.remove(cx),
            Node::Queue(queue) => queue.remove(cx),
            Node::Exchange(exchange) => exchange.remove(cx),
            Node::Store(store) => store.crash(cx),
            Node::Log(log) => log.remove(cx),
            Node::Removed => {}
        }
    }

    /// What runs its operations, where it runs any.
    pub fn runtime(&mut self) -> Option<&mut TaskRuntime> {
        match self {
            Node::Client(client) => Some(client.runtime()),
            Node::Service(service) => Some(service.runtime()),
            Node::Queue(_) | Node::Exchange(_) | Node::Store(_) | Node::Log(_) | Node::Removed => None,
        }
    }

    /// Messages alive here: requests, replies, asynchronous messages.
    pub fn in_flight(&self) -> u64 {
        match self {
            Node::Client(_) | Node::Exchange(_) | Node::Store(_) | Node::Removed => 0,
            Node::Service(service) => service.requests(),
            Node::Queue(queue) => queue.kept() as u64,
            Node::Log(log) => log.alive(),
        }
    }

    /// Everything that lives here: what the bound on memory is about.
    pub fn live_objects(&self) -> usize {
        match self {
            Node::Client(client) => client.live_objects(),
            Node::Service(service) => service.live_objects(),
            Node::Queue(queue) => queue.live_objects(),
            Node::Exchange(exchange) => exchange.live_objects(),
            Node::Store(store) => store.live_objects(),
            Node::Log(log) => log.live_objects(),
            Node::Removed => 0,
        }
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        match self {
            Node::Client(client) => client.memory_bytes(),
            Node::Service(service) => service.memory_bytes(),
            Node::Queue(queue) => queue.memory_bytes(),
            Node::Exchange(exchange) => exchange.memory_bytes(),
            Node::Store(store) => store.memory_bytes(),
            Node::Log(log) => log.memory_bytes(),
            Node::Removed => 0,
        }
    }

    /// It is so much slower, and this is how likely what it does fails; `uneven`: the same of each of its replicas, where
    /// they are not alike. Of no consequence where it does no work.
    pub fn set_faults(&mut self, all: (f64, f64), uneven: Vec<(f64, f64)>) {
        match self {
            Node::Service(service) => service.set_faults(all, uneven),
            Node::Store(store) => {
                // It counts as one replica.
                let (slow, error) = uneven.first().copied().unwrap_or(all);
                store.set_faults(slow, error);
            }
            Node::Client(_) | Node::Queue(_) | Node::Exchange(_) | Node::Log(_) | Node::Removed => {}
        }
    }

    /// It stops where it stands, or goes on from there.
    ///
    /// `alone` says which replicas of a service are paused, whatever the service is.
    pub fn set_paused<O: Observer>(
        &mut self,
        paused: bool,
        alone: impl Fn(u32) -> bool,
        cx: &mut Context<O>,
    ) {
        match self {
            Node::Service(service) => service.set_paused(paused, alone, cx),
            Node::Queue(queue) => queue.set_paused(paused),
            Node::Store(store) if paused => store.pause(cx),
            Node::Store(store) => store.resume(cx),
            Node::Log(log) => log.set_paused(paused, cx),
            Node::Client(_) | Node::Exchange(_) | Node::Removed => {}
        }
    }

    /// Whether an event is for a replica that alone is paused, and has to wait until that goes on.
    pub fn keeps_waiting(&self, event: PackedEvent, network: &Network, generations: &Generations) -> bool {
        match self {
            Node::Service(service) => service.keeps_waiting(event.open(), network, generations),
            _ => false,
        }
    }

    /// The plan has other numbers now. A client is told of its rate as well, and apart (`Client::replan`).
    pub fn retune<O: Observer>(&mut self, cx: &mut Context<O>) {
        match self {
            Node::Service(service) => service.retune(cx),
            Node::Queue(queue) => queue.retune(cx),
            Node::Store(store) => store.retune(cx),
            Node::Log(log) => log.retune(cx),
            Node::Client(_) | Node::Exchange(_) | Node::Removed => {}
        }
    }
}
