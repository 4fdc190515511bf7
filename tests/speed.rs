//! How fast three stations in series are simulated, natively and in wasm: one figure each, for `cargo xtask bench`.
//!
//! Ignored among the tests: a time is no verdict.

#[path = "../benches/support/series.rs"]
mod series;

/// Simulated time of a round: about 160,000 requests.
const SECONDS: f64 = 500.0;

/// Rounds: whatever else the machine does, some of them are hardly disturbed.
const ROUNDS: u32 = 15;

/// Simulates with full statistics in many short rounds and gives the best rate, in million requests per second.
fn measure(now_ms: impl Fn() -> f64) -> f64 {
    let plan = series::plan();
    let rate = |_| {
        let begun = now_ms();
        let (requests, _) = series::simulate(&plan, SECONDS);
        requests as f64 / (now_ms() - begun) / 1e3
    };
    (0..ROUNDS).map(rate).fold(0.0, f64::max)
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
#[ignore = "a measurement"]
fn speed() {
    let begun = std::time::Instant::now();
    println!("native: {:.3} million requests per second", measure(|| begun.elapsed().as_secs_f64() * 1e3));
}

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen_test::wasm_bindgen_test]
#[ignore = "a measurement"]
fn speed() {
    wasm_bindgen_test::console_log!("wasm: {:.3} million requests per second", measure(js_sys::Date::now));
}
