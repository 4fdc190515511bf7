//! How fast three stations in series are simulated: natively beside a hand-written loop, and in wasm; for
//! `cargo xtask bench`.
//!
//! Ignored among the tests: a time is no verdict.

#[cfg(not(target_arch = "wasm32"))]
#[path = "../benches/support/flat.rs"]
mod flat;
#[path = "../benches/support/series.rs"]
mod series;

/// Simulated time of a round: about 160,000 requests.
const SECONDS: f64 = 500.0;

/// Rounds: whatever else the machine does, some of them are hardly disturbed.
const ROUNDS: u32 = 15;

/// Simulates with full statistics; gives the rate, in million requests per second.
fn rate(now_ms: impl Fn() -> f64, simulate: impl Fn() -> (u64, f64)) -> f64 {
    let begun = now_ms();
    let (requests, _) = simulate();
    requests as f64 / (now_ms() - begun) / 1e3
}

/// The middle one and the largest.
fn summary(mut values: Vec<f64>) -> (f64, f64) {
    values.sort_by(f64::total_cmp);
    (values[values.len() / 2], values[values.len() - 1])
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
#[ignore = "a measurement"]
fn speed() {
    let begun = std::time::Instant::now();
    let now_ms = || begun.elapsed().as_secs_f64() * 1e3;
    let plan = series::plan();
    // In turns, so that what disturbs the machine disturbs both.
    let round = |_| {
        let flat = rate(now_ms, || flat::simulate(SECONDS));
        (rate(now_ms, || series::simulate(&plan, SECONDS)), flat)
    };
    let (engine, flat): (Vec<f64>, Vec<f64>) = (0..ROUNDS).map(round).unzip();
    let ratios = engine.iter().zip(&flat).map(|(engine, flat)| engine / flat).collect();
    let ((engine, engine_best), (flat, flat_best), (ratio, _)) =
        (summary(engine), summary(flat), summary(ratios));
    println!("native: {engine:.3} million requests per second, best round {engine_best:.3}");
    println!("hand-written flat loop: {flat:.3}, best round {flat_best:.3}");
    println!("ratio: {ratio:.3}, best rounds {:.3}", engine_best / flat_best);
}

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen_test::wasm_bindgen_test]
#[ignore = "a measurement"]
fn speed() {
    let plan = series::plan();
    let round = |_| rate(js_sys::Date::now, || series::simulate(&plan, SECONDS));
    let (rate, best) = summary((0..ROUNDS).map(round).collect());
    wasm_bindgen_test::console_log!("wasm: {rate:.3} million requests per second, best round {best:.3}");
}
