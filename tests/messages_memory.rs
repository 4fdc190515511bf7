//! A million queued messages stay under a hundred megabytes.
#![cfg(not(target_arch = "wasm32"))]

#[path = "support/mod.rs"]
mod support;

use std::sync::Arc;

use cascade::base::SimTime;
use cascade::engine::Simulation;
use serde_json::json;

/// What the process has in memory, in bytes; none where the system does not tell.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

#[test]
fn a_million_messages_fit() {
    let scenario = json!({
        "schema": 1,
        "nodes": {
            "web": { "kind": "client", "arrivals": { "constant": { "rate": 500_000 } }, "operation": [{ "publish": { "to": "q" } }],
                     "keys": { "count": 1000 } },
            "q": { "kind": "queue" }
        }
    });
    let plan = support::plan(&scenario, 1);
    let before = resident();
    let mut simulation = Simulation::new(Arc::clone(&plan));
    simulation.run_until(SimTime::from_secs(2.01), &mut ());
    let queue = plan.node("q").map(|_| simulation.queue(cascade::base::QueueIx(0)).ready);
    assert!(queue.is_some_and(|ready| ready > 1_000_000), "{queue:?}");
    assert_eq!(simulation.halted(), None);
    if let (Some(before), Some(after)) = (before, resident()) {
        let grown = after.saturating_sub(before);
        assert!(grown < 90_000_000, "{grown} bytes for a million messages");
    }
}
