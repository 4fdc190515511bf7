//! What a client offers and what its users felt lately.

use super::faults::faults;
use super::window::open_window;
use crate::base::{ClientIx, SimDuration};
use crate::scenario::{ArrivalPlan, Fault};
use crate::session::Lane;
use crate::telemetry::Window;
use crate::view::cards::client::ClientReading;

/// Rates on cards are means over at least so many windows, and over what passes in one second on screen.
const LEAST_WINDOWS: usize = 4;
/// And over at most so many.
const MOST_WINDOWS: usize = 40;

/// What a client offers and what its users felt over the last windows that were closed: `speed` says how much
/// simulated time passes in a second on screen, so that fast playback shows steadier numbers.
pub fn client(lane: &Lane, client: ClientIx, speed: f64) -> ClientReading {
    let span = (speed / lane.telemetry().windows().width().as_secs()) as usize;
    let sum = last(lane, span.clamp(LEAST_WINDOWS, MOST_WINDOWS), Some(client));
    let surge: f64 = faults(lane)
        .map(|fault| match fault {
            Fault::Surge { client: whom, factor } if *whom == client => *factor,
            _ => 1.0,
        })
        .product();
    ClientReading {
        offered: sum.rate(sum.offered),
        good: sum.rate(sum.good),
        late: sum.rate(sum.late),
        degraded: sum.rate(sum.degraded),
        failed: sum.rate(sum.failed),
        p99: sum.percentile(2),
        open: lane.snapshot().open_requests(client),
        surge: (surge != 1.0).then_some(surge),
        poison: poison(lane, client),
        users: match lane.plan().clients[client.at()].arrivals {
            ArrivalPlan::Closed { users, .. } => Some(users),
            _ => None,
        },
    }
}

/// How likely a client's requests are poison, by faults.
fn poison(lane: &Lane, client: ClientIx) -> f64 {
    let harmless = |fault: &Fault| match fault {
        Fault::Poison { client: whom, probability } if *whom == client => 1.0 - probability,
        _ => 1.0,
    };
    1.0 - faults(lane).map(harmless).product::<f64>()
}

/// What the last `count` closed windows hold together, of one client or of all. Before the first window closes
/// the open one has to do, once it says something.
fn last(lane: &Lane, count: usize, client: Option<ClientIx>) -> Sum {
    let mut sum = Sum::default();
    for window in lane.telemetry().windows().closed().rev().take(count) {
        sum.add(window, client);
    }
    if sum.length == SimDuration::ZERO {
        open_window(lane).iter().for_each(|open| sum.add(open, client));
    }
    sum
}

/// Several windows together.
#[derive(Default)]
struct Sum {
    length: SimDuration,
    offered: u64,
    good: u64,
    late: u64,
    degraded: u64,
    failed: u64,
    /// Sums of the windows' percentiles, weighted by their answers, and the weights.
    latency: ([f64; 3], f64),
}

impl Sum {
    fn add(&mut self, window: &Window, client: Option<ClientIx>) {
        let length = window.end.since(window.start);
        self.length = self.length + length;
        let chosen = window.clients.iter().enumerate();
        for (at, client) in chosen.filter(|(at, _)| client.is_none_or(|client| client.at() == *at)) {
            self.offered += u64::from(client.offered);
            self.good += u64::from(client.good);
            self.late += u64::from(client.late);
            self.degraded += u64::from(client.degraded);
            self.failed += client.failed.iter().map(|&count| u64::from(count)).sum::<u64>();
            if let Some(percentiles) = window.percentiles[at] {
                let weight = f64::from(client.latency).max(1.0);
                for (sum, value) in self.latency.0.iter_mut().zip(percentiles) {
                    *sum += value.0 as f64 * weight;
                }
                self.latency.1 += weight;
            }
        }
    }

    /// Events per second; 0 before there is any time.
    fn rate(&self, count: u64) -> f64 {
        let seconds = self.length.as_secs();
        if seconds > 0.0 { count as f64 / seconds } else { 0.0 }
    }

    /// The mean of the windows' 50th, 95th or 99th percentiles (`which` 0 to 2), weighted by their answers; none
    /// without an answer.
    fn percentile(&self, which: usize) -> Option<SimDuration> {
        let (sums, weight) = self.latency;
        (weight > 0.0).then(|| SimDuration((sums[which] / weight) as u64))
    }
}
