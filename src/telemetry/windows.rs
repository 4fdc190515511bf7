//! Windows: a run cut into short stretches of time, for charts and conditions.

use std::collections::VecDeque;
use std::sync::Arc;

use super::latency::Latency;
use super::statistics::Statistics;
use super::window::{Totals, Window};
use crate::base::{SimDuration, SimTime};
use crate::observation::{Observation, Outcome};
use crate::scenario::Plan;

/// How long a window is unless said otherwise.
pub const WIDTH: SimDuration = SimDuration::from_millis(500);

/// How many closed windows are kept; when one more closes, the oldest is forgotten.
pub const KEPT: usize = 1_200;

/// Cuts a run into windows of equal width, the first from time zero, and keeps the last [`KEPT`] closed ones.
///
/// A window is the difference between what the statistics have added up at its end and at its start. So it is shown the
/// statistics before they count an observation; only latencies are recorded here once more, because percentiles of a
/// window cannot be told from those of the run.
#[derive(Clone, Debug)]
pub struct Windows {
    width: SimDuration,
    /// Start of the open window.
    start: SimTime,
    /// What the statistics had added up by then.
    before: Totals,
    /// Latencies of the open window, by `ClientIx`.
    latencies: Vec<Latency>,
    /// Shared by the clones of a run, so that a checkpoint of it is light.
    closed: VecDeque<Arc<Window>>,
}

impl Windows {
    /// For a run of `plan` from time zero, in windows of `width` (at least one nanosecond). The statistics are those of
    /// the same run, without warm-up.
    pub(super) fn new(plan: &Plan, width: SimDuration, statistics: &Statistics) -> Windows {
        let mut before = Totals::default();
        before.take(statistics, SimTime::ZERO);
        Windows {
            width: SimDuration(width.0.max(1)),
            start: SimTime::ZERO,
            before,
            latencies: vec![Latency::default(); plan.clients.len()],
            closed: VecDeque::new(),
        }
    }

    /// There is more to measure, of which nothing was added up before; `groups` are those that each log had.
    pub(super) fn grow(&mut self, plan: &Plan, groups: &[usize], statistics: &Statistics) {
        self.before.grow(groups, statistics);
        self.latencies.resize_with(plan.clients.len(), Latency::default);
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
    pub fn memory_bytes_of_one(&self) -> usize {
        // Pieces of memory have an overhead of their own.
        self.closed.back().map_or(0, |last| last.memory_bytes() + 64)
    }

    /// About how many bytes a clone takes that it does not share.
    pub fn memory_bytes(&self) -> usize {
        let open: usize = self.latencies.iter().map(Latency::memory_bytes).sum();
        open + size_of_val(&self.latencies[..])
            + self.before.memory_bytes()
            + self.closed.len() * size_of::<Arc<Window>>()
    }

    /// The window that is open at `now`, as far as it goes. Longer than the width where nothing has been seen
    /// for a while and [`Windows::advance`] was not called.
    pub(super) fn open(&self, now: SimTime, statistics: &Statistics) -> Window {
        let mut window = Window { start: self.start, end: now.max(self.start), ..Window::default() };
        let mut after = Totals::default();
        after.take(statistics, window.end);
        window.take(&self.before, &after);
        window.take_ends(&self.latencies, statistics);
        window
    }

    /// An observation is to be counted next by the statistics, which know all before it.
    #[inline(always)]
    pub(super) fn observe(&mut self, at: SimTime, what: Observation, statistics: &Statistics) {
        self.advance(at, statistics);
        if let Observation::Ended { client, outcome, offered, .. } = what
            && !matches!(outcome, Outcome::Failed(_))
        {
            self.latencies[client.at()].record(at.since(offered));
        }
    }

    /// Closes every window that ends at or before `now`, though nothing may have been seen at its end.
    #[inline]
    pub(super) fn advance(&mut self, now: SimTime, statistics: &Statistics) {
        if now.since(self.start) >= self.width {
            self.close(now, statistics);
        }
    }

    /// Closes what is over at `now`. Windows that would be forgotten at once are not made.
    #[cold]
    fn close(&mut self, now: SimTime, statistics: &Statistics) {
        let over = now.since(self.start).0 / self.width.0;
        for _ in 0..over.min(KEPT as u64 + 1) {
            self.close_one(statistics);
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
            self.before.take(statistics, self.start);
        }
    }

    /// Moves the open window to the closed ones, in the memory of the one that is forgotten for it.
    fn close_one(&mut self, statistics: &Statistics) {
        let end = self.start + self.width;
        let forgotten = if self.closed.len() == KEPT { self.closed.pop_front() } else { None };
        // One that a checkpoint has too stays there as it is.
        let mut window = forgotten.and_then(|window| Arc::try_unwrap(window).ok()).unwrap_or_default();
        (window.start, window.end) = (self.start, end);
        let mut after = Totals::default();
        after.take(statistics, end);
        window.take(&self.before, &after);
        window.take_ends(&self.latencies, statistics);
        self.closed.push_back(Arc::new(window));
        self.start = end;
        self.before = after;
        self.latencies.iter_mut().for_each(Latency::clear);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{ClientIx, QueueIx, ServiceIx};
    use crate::observation::Observer;
    use crate::telemetry::fixture::plan;
    use crate::telemetry::metrics::ClientWindow;

    const MS: u64 = 1_000_000;

    fn ms(millis: u64) -> SimTime {
        SimTime(millis * MS)
    }

    /// A run in windows of 100 ms.
    struct Run {
        statistics: Statistics,
        windows: Windows,
    }

    impl Run {
        fn see(&mut self, at: u64, what: Observation) {
            self.windows.observe(ms(at), what, &self.statistics);
            self.statistics.observe(ms(at), what);
        }

        fn advance(&mut self, to: u64) {
            self.windows.advance(ms(to), &self.statistics);
        }

        fn open(&self, at: u64) -> Window {
            self.windows.open(ms(at), &self.statistics)
        }
    }

    /// Two windows with something in each, and what is open.
    fn seen() -> Run {
        let (client, service, queue) = (ClientIx(0), ServiceIx(0), QueueIx(0));
        let statistics = Statistics::new(&plan(), SimTime::ZERO);
        let windows = Windows::new(&plan(), SimDuration::from_millis(100), &statistics);
        let mut run = Run { statistics, windows };
        run.see(0, Observation::Offered { client, request: 0 });
        run.see(10, Observation::Workers { service, replica: 0, busy: 2, blocked: 1, total: 4 });
        run.see(20, Observation::Queued { service, replica: 0 });
        run.see(40, Observation::Depth { queue, ready: 5, unacked: 2 });
        run.see(90, Observation::Ended { client, request: 0, outcome: Outcome::Good, offered: ms(0) });
        // Exactly at the end of the first window: belongs to the second.
        run.see(100, Observation::Dequeued { service, replica: 0, queued: ms(20) });
        run.see(150, Observation::Workers { service, replica: 0, busy: 0, blocked: 0, total: 4 });
        run.see(150, Observation::Published { queue });
        run
    }

    #[test]
    fn each_window_holds_its_own() {
        let mut run = seen();
        run.advance(200);
        let closed: Vec<_> = run.windows.closed().cloned().collect();
        let [first, second] = &closed[..] else { panic!("two windows") };
        assert_eq!((first.start, first.end, second.end), (ms(0), ms(100), ms(200)));
        assert_eq!((first.clients[0].offered, first.clients[0].good), (1, 1));
        let [p50, ..] = first.percentiles[0].expect("it was answered");
        assert!((p50.as_millis() / 90.0 - 1.0).abs() < 0.004, "{p50}");
        let service = first.services[0];
        assert_eq!((first.mean(service.busy), first.mean(service.blocked)), (2.0 * 0.9, 0.9));
        assert_eq!((first.mean(service.workers), first.mean(service.waiting)), (8.0, 0.8));
        let queue = first.queues[0];
        assert_eq!((first.mean(queue.ready), first.mean(queue.unacked), first.ready[0]), (3.0, 1.2, 5));
        assert_eq!((second.clients[0], second.percentiles[0]), (ClientWindow::default(), None));
        assert_eq!((second.mean(second.services[0].busy), second.services[0].waiting), (1.0, 0));
        assert_eq!((second.mean(second.queues[0].ready), second.queues[0].published), (5.0, 1));
    }

    #[test]
    fn the_open_window_reaches_to_now_and_changes_nothing() {
        let run = seen();
        let open = run.open(175);
        assert_eq!((open.start, open.end), (ms(100), ms(175)));
        assert!((open.mean(open.services[0].busy) - 2.0 * 50.0 / 75.0).abs() < 1e-12);
        assert_eq!(run.open(175), open);
        let none = run.open(100);
        assert_eq!(none.mean(none.services[0].workers), 0.0, "no time has passed");
    }

    #[test]
    fn advancing_in_steps_or_at_once_is_the_same() {
        for until in [300, 100 * KEPT as u64, 100 * (KEPT as u64 + 3) + 50, 1_000_000_000] {
            let (mut steps, mut once) = (seen(), seen());
            let width = 100;
            for at in (0..=until.min(1_000_000)).step_by(width / 4) {
                steps.advance(at.max(150));
            }
            steps.advance(until);
            once.advance(until);
            assert!(steps.windows.closed().eq(once.windows.closed()), "until {until} ms");
            assert_eq!(steps.open(until), once.open(until), "until {until} ms");
            let once = once.windows;
            assert_eq!(once.closed().len() as u64, (until / width as u64).min(KEPT as u64));
            assert_eq!(once.closed().last().map(|last| last.end), Some(ms(until / 100 * 100)));
            assert!(once.closed().zip(once.closed().skip(1)).all(|(a, b)| a.end == b.start));
        }
    }
}
