//! The context of a request: what it takes along wherever it goes, through calls and messages alike.

use crate::base::{SimTime, StoreIx};

/// What travels with every running operation and every message, as OpenTelemetry propagates its context.
///
/// A callee and a consumer begin with their caller's or their message's; an operation changes its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestContext {
    /// The client's request on whose behalf all this happens: the trace.
    pub request: u64,
    /// When that request was offered: the time of the event that a message tells of.
    pub born: SimTime,
    /// After it nobody wants an answer; only where the client propagates its deadline.
    pub deadline: SimTime,
    /// The span that caused this: parent of what begins here.
    pub span: u64,
    /// The message that this operation handles, under one number however often it is delivered; 0 without one.
    pub message: u64,
    /// The key that the request carries.
    pub key: u32,
    /// The version of a store's key that was written or read last, for a projection to apply; 0 for none.
    pub version: u32,
    /// The key that has this version: an operation may write other keys than its own.
    pub row: u32,
    /// The store that made this version, by its number among stores.
    pub source: u8,
    /// The client gives its requests keys; else the key is 0 and says nothing.
    pub keyed: bool,
    /// Its processing always fails.
    pub poison: bool,
}

impl RequestContext {
    /// A new request's, with the key that it was given, if it was.
    pub fn new(request: u64, key: Option<u32>, born: SimTime) -> RequestContext {
        let deadline = SimTime::NEVER;
        RequestContext {
            request,
            born,
            deadline,
            span: 0,
            message: 0,
            key: key.unwrap_or(0),
            version: 0,
            row: 0,
            source: 0,
            keyed: key.is_some(),
            poison: false,
        }
    }

    /// The version that goes along with another is the one that goes along from here on.
    pub fn take_version(&mut self, other: &RequestContext) {
        (self.version, self.row, self.source) = (other.version, other.row, other.source);
    }

    /// From here on this version goes along.
    pub fn carry(&mut self, version: u32, row: u32, source: StoreIx) {
        // A scenario has at most 256 nodes.
        (self.version, self.row, self.source) = (version, row, source.0 as u8);
    }
}
