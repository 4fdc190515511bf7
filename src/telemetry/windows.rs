//! Windows: what was measured in each short stretch of time, for charts.

use std::collections::VecDeque;
use std::sync::Arc;

use super::details::{Details, OpenDetails};
use super::latency::Latency;
use super::level::{Level, Workers};
use crate::base::{SimDuration, SimTime};
use crate::observation::{JobEnd, Observation, Observer, Outcome};
use crate::scenario::Plan;

/// How long a window is unless said otherwise.
pub const WIDTH: SimDuration = SimDuration::from_millis(500);

/// How many closed windows are kept; when one more closes, the oldest is forgotten.
pub const KEPT: usize = 1_200;

/// One stretch of time. It holds what happened from `start` on and before `end`.
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
    /// Latencies by length, waits, depths, lags, staleness.
    pub details: Option<Box<Details>>,
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

/// Cuts a run into windows of equal width, the first from time zero, and keeps the last [`KEPT`] closed ones.
#[derive(Clone, Debug)]
pub struct Windows {
    width: SimDuration,
    /// Start of the open window.
    start: SimTime,
    /// Shared by the clones of a run, so that a checkpoint of it is light.
    closed: VecDeque<Arc<Window>>,
    clients: Vec<OpenClient>,
    services: Vec<OpenService>,
    queues: Vec<OpenQueue>,
    details: Option<Box<OpenDetails>>,
}

/// The open window of a client.
#[derive(Clone, Debug, Default)]
struct OpenClient {
    counts: ClientWindow,
    latency: Latency,
}

/// The open window of a service.
#[derive(Clone, Debug)]
struct OpenService {
    counts: ServiceWindow,
    workers: Workers,
    waiting: Level,
}

/// The open window of a queue.
#[derive(Clone, Debug)]
struct OpenQueue {
    counts: QueueWindow,
    ready: Level,
    unacked: Level,
}

impl Windows {
    /// For a run of `plan` from time zero, in windows of `width` (at least one nanosecond).
    pub fn new(plan: &Plan, width: SimDuration) -> Windows {
        let zero = || Level::new(0, SimTime::ZERO);
        let service = |service: &crate::scenario::ServicePlan| OpenService {
            counts: ServiceWindow::default(),
            workers: Workers::new(service.replicas, service.workers, SimTime::ZERO),
            waiting: zero(),
        };
        let queue = || OpenQueue { counts: QueueWindow::default(), ready: zero(), unacked: zero() };
        Windows {
            width: SimDuration(width.0.max(1)),
            start: SimTime::ZERO,
            closed: VecDeque::new(),
            clients: plan.clients.iter().map(|_| OpenClient::default()).collect(),
            services: plan.services.iter().map(service).collect(),
            queues: plan.queues.iter().map(|_| queue()).collect(),
            details: Some(Box::new(OpenDetails::new(plan))),
        }
    }

    /// How long each window is.
    pub fn width(&self) -> SimDuration {
        self.width
    }

    /// Closed windows, oldest first: at most [`KEPT`], without gaps between them.
    pub fn closed(&self) -> impl DoubleEndedIterator<Item = &Window> + ExactSizeIterator {
        self.closed.iter().map(|window| &**window)
    }

    /// The same, to be kept: what is kept so is shared, not copied.
    pub fn shared(&self) -> impl DoubleEndedIterator<Item = &Arc<Window>> + ExactSizeIterator {
        self.closed.iter()
    }

    /// About how many bytes a closed window takes.
    pub fn weight_of_one(&self) -> usize {
        // Four pieces of memory, each with its overhead.
        size_of::<Window>()
            + 64
            + self.clients.len() * size_of::<ClientWindow>()
            + self.services.len() * size_of::<ServiceWindow>()
            + self.queues.len() * size_of::<QueueWindow>()
            + self.closed.back().and_then(|last| Some(last.details.as_ref()?.weight())).unwrap_or(0)
    }

    /// About how many bytes a clone takes that it does not share.
    pub fn weight(&self) -> usize {
        let open: usize = self.clients.iter().map(|client| client.latency.weight()).sum();
        open + self.details.as_ref().map_or(0, |details| details.weight())
            + size_of_val(&self.services[..])
            + size_of_val(&self.queues[..])
            + self.closed.len() * size_of::<Arc<Window>>()
    }

    /// The window that is open at `now`, as far as it goes. Longer than the width where nothing has been seen
    /// for a while and [`Windows::advance`] was not called.
    pub fn open(&self, now: SimTime) -> Window {
        let mut window = Window {
            start: self.start,
            end: now.max(self.start),
            clients: Vec::with_capacity(self.clients.len()),
            services: Vec::with_capacity(self.services.len()),
            queues: Vec::with_capacity(self.queues.len()),
            details: None,
        };
        self.write(&mut window);
        window
    }

    /// Closes every window that ends at or before `now`, though nothing may have been seen at its end.
    #[inline]
    pub fn advance(&mut self, now: SimTime) {
        if now.since(self.start) >= self.width {
            self.close(now);
        }
    }

    /// Closes what is over at `now`. Windows that would be forgotten at once are not made.
    #[cold]
    fn close(&mut self, now: SimTime) {
        let over = now.since(self.start).0 / self.width.0;
        for _ in 0..over.min(KEPT as u64 + 1) {
            self.close_one();
        }
        let skipped = over.saturating_sub(KEPT as u64 + 1);
        if skipped > 0 {
            // More silence than is kept: the windows in between all look like the last one.
            let shift = SimDuration(skipped * self.width.0);
            self.start += shift;
            for window in &mut self.closed {
                let window = Arc::make_mut(window);
                window.start += shift;
                window.end += shift;
            }
            self.restart_levels();
        }
    }

    /// Moves the open window to the closed ones, in the memory of the one that is forgotten for it.
    fn close_one(&mut self) {
        let end = self.start + self.width;
        let forgotten = if self.closed.len() == KEPT { self.closed.pop_front() } else { None };
        let empty = || Window {
            start: end,
            end,
            clients: Vec::new(),
            services: Vec::new(),
            queues: Vec::new(),
            details: None,
        };
        // One that a checkpoint has too stays there as it is.
        let mut shared = forgotten.unwrap_or_else(|| Arc::new(empty()));
        if Arc::get_mut(&mut shared).is_none() {
            shared = Arc::new(empty());
        }
        if let Some(window) = Arc::get_mut(&mut shared) {
            window.start = self.start;
            window.end = end;
            self.write(window);
        }
        self.closed.push_back(shared);
        self.start = end;
        for client in &mut self.clients {
            client.counts = ClientWindow::default();
            client.latency.clear();
        }
        for service in &mut self.services {
            service.counts = ServiceWindow::default();
        }
        for queue in &mut self.queues {
            queue.counts = QueueWindow::default();
        }
        if let Some(details) = &mut self.details {
            details.restart();
        }
        self.restart_levels();
    }

    /// Levels measure anew from the open window's start.
    fn restart_levels(&mut self) {
        for service in &mut self.services {
            service.workers.restart(self.start);
            service.waiting.restart(self.start);
        }
        for queue in &mut self.queues {
            queue.ready.restart(self.start);
            queue.unacked.restart(self.start);
        }
    }

    /// Writes what the open window holds, up to `window.end`.
    fn write(&self, window: &mut Window) {
        let (start, end) = (window.start, window.end);
        make_room(&mut window.clients, self.clients.len());
        window.clients.extend(self.clients.iter().map(|client| ClientWindow {
            latency: (client.latency.count() > 0).then(|| client.latency.quantiles([0.5, 0.95, 0.99])),
            ..client.counts
        }));
        make_room(&mut window.services, self.services.len());
        window.services.extend(self.services.iter().map(|service| ServiceWindow {
            busy: service.workers.busy.mean(start, end),
            blocked: service.workers.blocked.mean(start, end),
            workers: service.workers.total.mean(start, end),
            waiting: service.waiting.mean(start, end),
            ..service.counts
        }));
        make_room(&mut window.queues, self.queues.len());
        window.queues.extend(self.queues.iter().map(|queue| QueueWindow {
            ready: queue.ready.mean(start, end),
            unacked: queue.unacked.mean(start, end),
            ..queue.counts
        }));
        if let Some(open) = &self.details {
            let details = window.details.get_or_insert_with(|| Box::new(Details::default()));
            open.write(self.clients.iter().map(|client| &client.latency), details);
        }
    }
}

/// Empties a list of a window, with room for as many as there always are and no more.
fn make_room<T>(list: &mut Vec<T>, count: usize) {
    list.clear();
    list.reserve_exact(count);
}

impl Observer for Windows {
    #[inline(always)]
    fn observe(&mut self, at: SimTime, what: Observation) {
        self.advance(at);
        match what {
            Observation::Offered { client, .. } => self.clients[client.at()].counts.offered += 1,
            Observation::Ended { client, outcome, offered, .. } => {
                self.clients[client.at()].ended(outcome, at.since(offered));
            }
            Observation::Refused { service, .. } | Observation::Shed { service, .. } => {
                self.services[service.at()].counts.refused += 1;
            }
            Observation::Queued { service, .. } => self.services[service.at()].waiting.up(at),
            Observation::Dequeued { service, .. } => self.services[service.at()].waiting.down(at),
            Observation::Workers { service, replica, busy, blocked, total } => {
                self.services[service.at()].workers.set(at, replica, [busy, blocked, total]);
            }
            Observation::Finished { service, end, wasted, .. } => {
                let counts = &mut self.services[service.at()].counts;
                counts.completed += u32::from(end == JobEnd::Completed);
                counts.wasted += u32::from(wasted);
            }
            Observation::Published { queue } => self.queues[queue.at()].counts.published += 1,
            Observation::Acked { queue } => self.queues[queue.at()].counts.acked += 1,
            Observation::Depth { queue, ready, unacked } => {
                if let Some(details) = &mut self.details {
                    details.depth(queue.at(), ready);
                }
                let queue = &mut self.queues[queue.at()];
                queue.ready.set(at, u64::from(ready));
                queue.unacked.set(at, u64::from(unacked));
            }
            _ => {
                if let Some(details) = &mut self.details {
                    details.observe(at, what);
                }
            }
        }
    }
}

impl OpenClient {
    fn ended(&mut self, outcome: Outcome, latency: SimDuration) {
        match outcome {
            Outcome::Good => self.counts.good += 1,
            Outcome::Late => self.counts.late += 1,
            Outcome::Degraded => self.counts.degraded += 1,
            Outcome::Failed(failure) => {
                self.counts.failed[failure as usize] += 1;
                return;
            }
        }
        self.latency.record(latency);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{ClientIx, QueueIx, ServiceIx};
    use crate::telemetry::fixture::plan;

    const MS: u64 = 1_000_000;

    fn ms(millis: u64) -> SimTime {
        SimTime(millis * MS)
    }

    /// Two windows of 100 ms with something in each, and what is open.
    fn seen() -> Windows {
        let (client, service, queue) = (ClientIx(0), ServiceIx(0), QueueIx(0));
        let mut windows = Windows::new(&plan(), SimDuration::from_millis(100));
        let mut see = |at, what| windows.observe(ms(at), what);
        see(0, Observation::Offered { client, request: 0 });
        see(10, Observation::Workers { service, replica: 0, busy: 2, blocked: 1, total: 4 });
        see(20, Observation::Queued { service, replica: 0 });
        see(40, Observation::Depth { queue, ready: 5, unacked: 2 });
        see(90, Observation::Ended { client, request: 0, outcome: Outcome::Good, offered: ms(0) });
        // Exactly at the end of the first window: belongs to the second.
        see(100, Observation::Dequeued { service, replica: 0, queued: ms(20) });
        see(150, Observation::Workers { service, replica: 0, busy: 0, blocked: 0, total: 4 });
        see(150, Observation::Published { queue });
        windows
    }

    #[test]
    fn each_window_holds_its_own() {
        let mut windows = seen();
        windows.advance(ms(200));
        let closed: Vec<_> = windows.closed().cloned().collect();
        assert_eq!(closed.len(), 2);
        let [first, second] = &closed[..] else { panic!("two windows") };
        assert_eq!((first.start, first.end, second.end), (ms(0), ms(100), ms(200)));
        assert_eq!((first.clients[0].offered, first.clients[0].good), (1, 1));
        let [p50, ..] = first.clients[0].latency.expect("it was answered");
        assert!((p50.as_millis() / 90.0 - 1.0).abs() < 0.004, "{p50}");
        assert_eq!((first.services[0].busy, first.services[0].blocked), (2.0 * 0.9, 0.9));
        assert_eq!((first.services[0].workers, first.services[0].waiting), (8.0, 0.8));
        assert_eq!((first.queues[0].ready, first.queues[0].unacked), (3.0, 1.2));
        assert_eq!(second.clients[0], ClientWindow::default());
        assert_eq!((second.services[0].busy, second.services[0].waiting), (1.0, 0.0));
        assert_eq!((second.queues[0].ready, second.queues[0].published), (5.0, 1));
    }

    #[test]
    fn the_open_window_reaches_to_now_and_changes_nothing() {
        let windows = seen();
        let open = windows.open(ms(175));
        assert_eq!((open.start, open.end), (ms(100), ms(175)));
        assert!((open.services[0].busy - 2.0 * 50.0 / 75.0).abs() < 1e-12);
        assert_eq!(windows.open(ms(175)), open);
        assert_eq!(windows.open(ms(100)).services[0].workers, 8.0);
    }

    #[test]
    fn advancing_in_steps_or_at_once_is_the_same() {
        for until in [300, 100 * KEPT as u64, 100 * (KEPT as u64 + 3) + 50, 1_000_000_000] {
            let (mut steps, mut once) = (seen(), seen());
            let width = 100;
            for at in (0..=until.min(1_000_000)).step_by(width / 4) {
                steps.advance(ms(at.max(150)));
            }
            steps.advance(ms(until));
            once.advance(ms(until));
            assert!(steps.closed().eq(once.closed()), "until {until} ms");
            assert_eq!(steps.open(ms(until)), once.open(ms(until)), "until {until} ms");
            assert_eq!(once.closed().len() as u64, (until / width as u64).min(KEPT as u64));
            assert_eq!(once.closed().last().map(|last| last.end), Some(ms(until / 100 * 100)));
            assert!(once.closed().zip(once.closed().skip(1)).all(|(a, b)| a.end == b.start));
        }
    }
}
