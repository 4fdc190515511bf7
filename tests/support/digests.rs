//! The scenarios whose digests are written down, and how to compute them: the same code natively and in wasm.

#[path = "digest.rs"]
mod one;

#[path = "generate.rs"]
mod generate;

use cascade::base::mix;
pub use one::digest;

/// Names and texts of the scenarios in tests/scenarios.
pub const SCENARIOS: &[(&str, &str)] = &[
    ("cascade", include_str!("../scenarios/cascade.json")),
    ("between", include_str!("../scenarios/between.json")),
    ("network", include_str!("../scenarios/network.json")),
    ("closed", include_str!("../scenarios/closed.json")),
    ("disciplines", include_str!("../scenarios/disciplines.json")),
    ("retries", include_str!("../scenarios/retries.json")),
];

/// What is written down: a line each, `name digest`.
pub const WRITTEN: &str = include_str!("../scenarios/digests.txt");

/// Two hundred scenarios of the swarm: so many lines of so many each, and for how long they run.
const SWARM: (u64, u64, f64) = (10, 20, 5.0);

/// The digests that are written down must be those that come out; gives what came out, in the form of the file.
pub fn compute() -> String {
    let named = SCENARIOS.iter().map(|(name, text)| format!("{name} {}\n", digest(text)));
    let (lines, each, seconds) = SWARM;
    let swarm = (0..lines).map(|line| {
        let seeds = line * each + 1..=(line + 1) * each;
        let name = format!("swarm {}–{}", seeds.start(), seeds.end());
        let digests = seeds.map(|seed| one::run(&generate::scenario(seed).to_string(), seconds).value());
        format!("{name} {:016x}\n", digests.fold(0, |all, one| mix(all ^ one)))
    });
    named.chain(swarm).collect()
}
