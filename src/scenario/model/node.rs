//! Nodes, as written.

use super::broker::{Exchange, Log, Queue};
use super::client::Client;
use super::service::Service;
use super::store::Store;

tagged! {
    /// A node: its field `kind` says what it is.
    pub enum Node Kinds "kind" {
        /// A source of requests.
        Client "client": Client,
        /// Workers that run operations.
        Service "service": Service,
        /// A point-to-point queue.
        Queue "queue": Queue,
        /// Publish/subscribe routing.
        Exchange "exchange": Exchange,
        /// A partitioned, replicated, replayable log.
        Log "log": Log,
        /// A database.
        Store "store": Store,
    }
}

impl Node {
    /// What it is called on the screen; none: its id.
    pub fn label(&self) -> Option<&String> {
        match self {
            Node::Client(Client { label, .. })
            | Node::Service(Service { label, .. })
            | Node::Queue(Queue { label, .. })
            | Node::Exchange(Exchange { label, .. })
            | Node::Log(Log { label, .. })
            | Node::Store(Store { label, .. }) => label.as_ref(),
        }
    }
}
