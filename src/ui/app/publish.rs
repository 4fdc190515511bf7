//! What tests and curious people read off the page's root: how far the run is, how long frames take, what is alive.

use crate::session::VariantRun;
use crate::ui::canvas::meter::Meter;
use crate::ui::model::Model;
use crate::ui::platform::browser::window;

/// Writes the simulated seconds; with `work` also the milliseconds of the last frames' work (the
/// median, the 99th percentile) and of the simulation's part in it (the 99th percentile, the longest), and the bytes
/// that the program's memory has. And the ledger, see [`ledger`].
pub fn publish(model: &Model, work: bool) {
    let Some(run) = model.content.run() else { return };
    let root = window().document().and_then(|document| document.document_element());
    let Some(root) = root else { return };
    let write = |name: &str, value: f64| {
        let text = js_sys::Number::from(value).to_fixed(3).map(String::from).unwrap_or_default();
        // An attribute of a fixed name cannot be refused.
        let _ = root.set_attribute(name, &text);
    };
    write("data-sim-time", run.session.now().as_secs());
    let ledgers: Vec<String> = run.session.variants().iter().map(ledger).collect();
    // Neither can this one.
    let _ = root.set_attribute("data-ledger", &ledgers.join(";"));
    if !work {
        return;
    }
    let of = |name: &str, meter: &Meter, hundredths: usize| {
        if let Some(value) = meter.hundredth_ms(hundredths) {
            write(name, value);
        }
    };
    of("data-p99-frame-ms", &model.clock.work, 99);
    of("data-p50-frame-ms", &model.clock.work, 50);
    of("data-p99-slice-ms", &model.clock.slices, 99);
    of("data-longest-slice-ms", &model.clock.slices, 100);
    write("data-memory-bytes", memory_bytes());
}

/// A variant's messages since time zero: created, consumed, refused, dead-lettered, expired, dropped, lost, in flight.
/// The first is the sum of the others.
fn ledger(variant: &VariantRun) -> String {
    let of = variant.telemetry().statistics().ledger(variant.snapshot().in_flight());
    [of.created, of.consumed, of.refused, of.dead_lettered, of.expired, of.dropped, of.lost, of.in_flight]
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
