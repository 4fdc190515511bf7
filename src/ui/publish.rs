//! What tests and curious people read off the page's root: how far the run is, how long frames take, what is alive.

use super::app::{App, Content};
use super::browser::window;
use super::frame::Meter;
use crate::session::Lane;

impl App {
    /// Writes the simulated seconds; where the `meter` is asked for also the milliseconds of the last frames' work (the
    /// median, the 99th percentile) and of the simulation's part in it (the 99th percentile, the longest), and the bytes
    /// that the program's memory has. In whole builds also the ledger, see [`ledger`].
    pub(super) fn publish(&self, meter: bool) {
        let Content::Running(run) = &self.content else { return };
        let root = window().document().and_then(|document| document.document_element());
        let Some(root) = root else { return };
        let write = |name: &str, value: f64| {
            let text = js_sys::Number::from(value).to_fixed(3).map(String::from).unwrap_or_default();
            // An attribute of a fixed name cannot be refused.
            let _ = root.set_attribute(name, &text);
        };
        write("data-sim-time", run.session.now().as_secs());
        let ledgers: Vec<String> = run.session.lanes().iter().map(ledger).collect();
        // Neither can this one.
        let _ = root.set_attribute("data-ledger", &ledgers.join(";"));
        if !meter {
            return;
        }
        let of = |name: &str, meter: &Meter, hundredths: usize| {
            if let Some(value) = meter.hundredth_ms(hundredths) {
                write(name, value);
            }
        };
        of("data-p99-frame-ms", &self.meter, 99);
        of("data-p50-frame-ms", &self.meter, 50);
        of("data-p99-slice-ms", &self.slices, 99);
        of("data-longest-slice-ms", &self.slices, 100);
        write("data-memory-bytes", memory_bytes());
    }
}

/// A lane's messages since time zero: created, consumed, dead-lettered, expired, dropped, lost, in flight. The first is
/// the sum of the others.
fn ledger(lane: &Lane) -> String {
    let of = lane.telemetry().statistics().ledger(lane.snapshot().in_flight());
    [of.created, of.consumed, of.dead_lettered, of.expired, of.dropped, of.lost, of.in_flight]
        .map(|count| count.to_string())
        .join(" ")
}

/// The program's memory, in bytes: it never gives any back, so this is the most that it ever had.
fn memory_bytes() -> f64 {
    #[cfg(target_arch = "wasm32")]
    return (core::arch::wasm32::memory_size::<0>() * 65_536) as f64;
    #[cfg(not(target_arch = "wasm32"))]
    0.0
}
