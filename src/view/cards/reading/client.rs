//! What a client offers and what its users felt lately.

use super::faults::faults;
use super::window::open_window;
use crate::base::{ClientIx, SimDuration};
use crate::scenario::{ArrivalPlan, Fault};
use crate::session::VariantRun;
use crate::telemetry::Window;
use crate::view::cards::client::ClientReading;

/// Rates on cards are means over at least so many windows, and over what passes in one second on screen.
const LEAST_WINDOWS: usize = 4;
/// For so long after its beginning a run fills up, in seconds.
const FILLING_S: f64 = 10.0;
/// And over at most so many.
const MOST_WINDOWS: usize = 40;

/// What a client offers and what its users felt over the last windows that were closed: `speed` says how much
/// simulated time passes in a second on screen, so that fast playback shows steadier numbers.
pub fn client(variant: &VariantRun, client: ClientIx, speed: f64) -> ClientReading {
    let span = (speed / variant.telemetry().windows().width().as_secs()) as usize;
    let sum = last(variant, span.clamp(LEAST_WINDOWS, MOST_WINDOWS), client);
    let surge: f64 = faults(variant)
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
        p99: sum.percentiles.map(|percentiles| percentiles[2]),
        filling: variant.snapshot().now().as_secs() < FILLING_S,
        open: variant.snapshot().open_requests(client),
        surge: (surge != 1.0).then_some(surge),
        poison: poison(variant, client),
        users: match variant.plan().clients[client.at()].arrivals {
            ArrivalPlan::Closed { users, .. } => Some(users),
            _ => None,
        },
    }
}

/// How likely a client's requests are poison, by faults.
fn poison(variant: &VariantRun, client: ClientIx) -> f64 {
    let harmless = |fault: &Fault| match fault {
        Fault::Poison { client: whom, probability } if *whom == client => 1.0 - probability,
        _ => 1.0,
    };
    1.0 - faults(variant).map(harmless).product::<f64>()
}

/// What the last `count` closed windows hold together. Before the first window closes the open one has to do, once it
/// says something.
fn last(variant: &VariantRun, count: usize, client: ClientIx) -> Sum {
    let closed: Vec<&Window> = variant.telemetry().windows().closed().rev().take(count).collect();
    match open_window(variant).filter(|_| closed.is_empty()) {
        Some(open) => Sum::of(&[&open], client),
        None => Sum::of(&closed, client),
    }
}

/// Several windows together, of one client.
#[derive(Default)]
struct Sum {
    length: SimDuration,
    offered: u64,
    good: u64,
    late: u64,
    degraded: u64,
    failed: u64,
    /// The 50th, 95th and 99th percentile of all their answers; none without an answer.
    percentiles: Option<[SimDuration; 3]>,
}

impl Sum {
    fn of(windows: &[&Window], client: ClientIx) -> Sum {
        let mut sum = Sum::default();
        for window in windows {
            sum.length = sum.length + window.length();
            let Some(client) = window.clients.get(client.at()) else { continue };
            sum.offered += u64::from(client.offered);
            sum.good += u64::from(client.good);
            sum.late += u64::from(client.late);
            sum.degraded += u64::from(client.degraded);
            sum.failed += client.failed.iter().map(|&count| u64::from(count)).sum::<u64>();
        }
        sum.percentiles = Window::percentiles_over(windows.iter().copied(), client.at());
        sum
    }

    /// Events per second; 0 before there is any time.
    fn rate(&self, count: u64) -> f64 {
        let seconds = self.length.as_secs();
        if seconds > 0.0 { count as f64 / seconds } else { 0.0 }
    }
}
