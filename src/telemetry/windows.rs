//! Windows: what was measured in each short stretch of time, for charts.

use crate::base::{SimDuration, SimTime};

/// One stretch of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// Its first instant.
    pub start: SimTime,
    /// The instant after its last; for the open window, now.
    pub end: SimTime,
    /// By `ClientIx`.
    pub clients: Vec<ClientWindow>,
    /// By `ServiceIx`.
    pub services: Vec<ServiceWindow>,
    /// By `QueueIx`.
    pub queues: Vec<QueueWindow>,
}

/// What a client's users met in a window. Requests count in the window in which they end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClientWindow {
    /// Requests offered.
    pub offered: u32,
    /// Good answers.
    pub good: u32,
    /// Answers after the deadline.
    pub late: u32,
    /// Answers by a fallback.
    pub degraded: u32,
    /// Failures, in the order of `Failure::ALL`.
    pub failed: [u32; 7],
    /// Latency of the answers of this window: 50th, 95th, 99th percentile; none without an answer.
    pub latency: Option<[SimDuration; 3]>,
}

/// What a service did in a window, all replicas together. Means over the window's time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServiceWindow {
    /// Workers computing.
    pub busy: f64,
    /// Workers held while waiting for a downstream answer.
    pub blocked: f64,
    /// Workers there were.
    pub workers: f64,
    /// Jobs in the waiting room.
    pub waiting: f64,
    /// Jobs completed.
    pub completed: u32,
    /// Arrivals refused.
    pub refused: u32,
    /// Jobs ended for nobody.
    pub wasted: u32,
}

/// What a queue held in a window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueueWindow {
    /// Ready messages, mean over the window's time.
    pub ready: f64,
    /// Unacknowledged messages, mean over the window's time.
    pub unacked: f64,
    /// Messages published.
    pub published: u32,
    /// Messages acknowledged.
    pub acked: u32,
}
