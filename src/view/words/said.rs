//! Parts of sentences.

table! {
/// After a rate.
pub const OFFERED: &str = " offered";
/// After "n of m".
pub const WORKERS_BUSY: &str = " workers busy";
/// After "n of m".
pub const WORKERS_BLOCKED: &str = " workers blocked";
/// Nobody is there to work.
pub const NO_WORKERS: &str = "no worker is there";
/// Before whom workers wait for.
pub const ON: &str = " on ";
/// Between two of them.
pub const OR: &str = " or ";
/// After a number of messages; a number of unacknowledged ones follows.
pub const READY: &str = " messages ready, ";
/// After a number of messages.
pub const UNACKED: &str = " unacknowledged";
/// After "n of m".
pub const CONNECTIONS_BUSY: &str = " connections busy";
/// Before how long something has lasted.
pub const FOR: &str = " for ";
/// After a rate: against the direction that is named.
pub const BACK: &str = " back";
/// Before a latency.
pub const TAKES: &str = "takes ";
/// Before a breaker's state.
pub const BREAKER: &str = "breaker ";
/// Before the two nodes between which a breaker is.
pub const THE_BREAKER: &str = "Breaker ";
/// Before a share of failures.
pub const OPENS_AT: &str = "opens at ";
/// Before where a message comes from.
pub const FROM: &str = " from ";
/// Before where it goes.
pub const TO: &str = " to ";
/// Before which try of its call it is.
pub const ATTEMPT: &str = "attempt ";
/// Of a message whose processing always fails.
pub const POISON: &str = "poison";
/// Before how long it has still to go.
pub const ARRIVES_IN: &str = "arrives in ";
/// The same for one that does not arrive.
pub const LOST_IN: &str = "will be lost in ";
/// Before how long its sender will still wait.
pub const GIVES_UP_IN: &str = "its sender gives up in ";
/// A call on its way to the callee.
pub const REQUEST: &str = "Request";
/// The same, not for the first time.
pub const RETRY: &str = "Retry";
/// An access on its way to a store.
pub const QUERY: &str = "Query";
/// An answer.
pub const REPLY: &str = "Reply";
/// A failed answer.
pub const FAILURE: &str = "Failed answer";
/// An asynchronous message on its way to a broker.
pub const MESSAGE: &str = "Message";
/// The same on its way to a consumer.
pub const DELIVERY: &str = "Delivery";
/// The same, not for the first time.
pub const REDELIVERY: &str = "Redelivery";
/// A broker's good word.
pub const CONFIRM: &str = "Confirmation";
/// A broker's bad word.
pub const REFUSAL: &str = "Refusal";
/// A consumer's good word.
pub const ACK: &str = "Acknowledgement";
/// A consumer's bad word.
pub const NACK: &str = "Message given back";
/// A store's good word.
pub const RESULT: &str = "Result";
/// A store's bad word.
pub const NO_RESULT: &str = "Failed query";

/// Before what was broken and is so no more.
pub const OVER: &str = "Over: ";

/// Before the services that a node calls.
pub const CALLS: &str = "; calls ";
/// Before the stores that it uses.
pub const USES: &str = "; uses ";
/// Before the brokers to which it publishes.
pub const PUBLISHES: &str = "; publishes to ";
/// Before the queues to which an exchange routes.
pub const ROUTES: &str = "; routes to ";
/// Before a broker's consumers.
pub const FEEDS: &str = "; feeds ";
/// Before where a queue's dead letters go.
pub const GIVES_UP: &str = "; gives up to ";
/// Between names of a list.
pub const ALSO: &str = ", ";
/// Before how many more there are.
pub const AND_MORE: &str = " and so many more: ";
}
