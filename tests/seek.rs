//! How long it takes to go to any moment of a run of ten simulated minutes, natively and in wasm: for `cargo xtask
//! bench`.
//!
//! Ignored among the tests: a time is no verdict.

use cascade::base::{SimTime, Stream};
use cascade::scenario::Scenario;
use cascade::session::{Session, Variant};

/// Scenarios that come with the program, among them the heaviest of the gallery; two equal variants of each, of the
/// gallery one, as there.
macro_rules! scenarios {
    ($($path:literal)*) => { &[$(($path, include_str!(concat!("../", $path)))),*] };
}

const SCENARIOS: &[(&str, &str)] = scenarios! {
    "static/opening/a.json" "static/opening/b.json" "tests/phenomena/chain.json"
    "tests/phenomena/herd.json" "tests/phenomena/metastable.json" "tests/phenomena/tail.json"
    "tests/scenarios/between.json" "tests/scenarios/calls.json" "tests/scenarios/cascade.json"
    "tests/scenarios/closed.json" "tests/scenarios/disciplines.json" "tests/scenarios/faults.json"
    "tests/scenarios/network.json" "tests/scenarios/queue.json" "tests/scenarios/retries.json"
    "static/gallery/ten-thousand.json" "static/gallery/retry-storm.json" "static/gallery/ticket-rush.json"
    "tests/phenomena/dependencies.json"
};

/// So many moments are gone to.
const MOMENTS: usize = 200;

/// A line of figures for each scenario.
fn measure(now_ms: impl Fn() -> f64, mut say: impl FnMut(String)) {
    for (name, text) in SCENARIOS {
        let scenario = Scenario::read(text).expect("a good scenario");
        let variant = || Variant { label: String::new(), scenario: scenario.clone() };
        let variants = if name.contains("gallery") { vec![variant()] } else { vec![variant(), variant()] };
        let mut session = Session::new(variants, 1.0).expect("it runs");
        let time = |deed: &mut dyn FnMut()| {
            let begun = now_ms();
            deed();
            now_ms() - begun
        };
        let end = SimTime::from_secs(600.0);
        let run = time(&mut || session.run_until(end));
        let variants = session.variants();
        let events: u64 = variants.iter().map(|variant| variant.snapshot().events()).sum();
        // Several at once: a browser's clock counts whole milliseconds.
        let clone = time(&mut || (0..20).for_each(|_| drop(std::hint::black_box(variants.to_vec())))) / 20.0;
        let (kept, weight) = (session.checkpoints().len(), session.checkpoints().weight());
        let mut stream = Stream::new(1, "seek", "moments");
        let mut times: Vec<f64> = (0..MOMENTS)
            .map(|_| {
                let to = SimTime(stream.below(end.0));
                time(&mut || session.seek(to))
            })
            .collect();
        times.sort_by(f64::total_cmp);
        say(format!(
            "{name}: {:.2} million events in {run:.0} ms; {kept} checkpoints of {:.1} MB, one takes {clone:.2} ms; \
             seek: median {:.1} ms, longest {:.1} ms",
            events as f64 / 1e6,
            weight as f64 / 1e6,
            times[MOMENTS / 2],
            times[MOMENTS - 1],
        ));
    }
}

/// From a checkpoint to the next there are so few events everywhere that the way takes less than 50 ms in a browser.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn every_moment_of_ten_minutes_of_the_gallery_is_near_a_checkpoint() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/static/gallery");
    let mut far = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the gallery is there") {
        let path = entry.expect("an entry").path();
        let Ok(scenario) = Scenario::read(&std::fs::read_to_string(&path).expect("a text")) else { continue };
        let mut session =
            Session::new(vec![Variant { label: String::new(), scenario }], 1.0).expect("it runs");
        session.run_until(SimTime::from_secs(600.0));
        let past = session.checkpoints();
        let line = format!(
            "{}: {} checkpoints of {:.1} MB, {} events between two at most",
            path.display(),
            past.len(),
            past.weight() as f64 / 1e6,
            past.farthest()
        );
        println!("{line}");
        if past.farthest() > 60_000 {
            far.push(line);
        }
    }
    assert!(far.is_empty(), "{far:#?}");
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
#[ignore = "a measurement"]
fn seek() {
    let begun = std::time::Instant::now();
    measure(|| begun.elapsed().as_secs_f64() * 1e3, |line| println!("native: {line}"));
}

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen_test::wasm_bindgen_test]
#[ignore = "a measurement"]
fn seek() {
    measure(js_sys::Date::now, |line| wasm_bindgen_test::console_log!("wasm: {line}"));
}
