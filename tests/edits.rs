//! Edits of a running system: what stays keeps its state, what goes loses its messages with a reason, and the run with its
//! edits is the same run again.
//!
//! The swarm turns generated scenarios into other ones at random instants. Its seeds are consecutive: set `CASCADE_SEED` to
//! begin elsewhere and `CASCADE_CASES` for more. A failure prints its seed.

#[path = "support/generate.rs"]
mod generate;
#[path = "edits/kinds.rs"]
mod kinds;
#[path = "edits/session.rs"]
mod session;
#[path = "support/mod.rs"]
mod support;
#[path = "edits/swarm.rs"]
mod swarm;

use std::sync::Arc;

use cascade::base::{ClientIx, SimTime};
use cascade::scenario::Scenario;
use cascade::session::{Action, Session, Variant, VariantRun};
use cascade::telemetry::RunFacts;
use cascade::telemetry::result::RunResult;
use serde_json::Value;

/// A scenario that must be good.
fn scenario(value: &Value) -> Scenario {
    Scenario::read(&value.to_string()).unwrap_or_else(|found| panic!("{found:#?}\nin {value:#}"))
}

fn variant(value: &Value) -> Variant {
    Variant { label: "A".to_owned(), scenario: scenario(value) }
}

fn begin(value: &Value) -> Session {
    Session::new(vec![variant(value)], 1.0).expect("it runs")
}

fn edit(value: &Value) -> Action {
    Action::Edit { variant: None, scenario: Arc::new(scenario(value)) }
}

fn at(seconds: f64) -> SimTime {
    SimTime::from_secs(seconds)
}

/// What a run has come to. Every message is accounted for, and every request of every client that is there.
fn result(run: &VariantRun) -> RunResult {
    let (plan, snapshot) = (run.plan(), run.snapshot());
    let facts = RunFacts {
        end: snapshot.now(),
        events: snapshot.events(),
        digest: run.telemetry().digest().hex(),
        in_flight: snapshot.in_flight(),
    };
    let result = run.telemetry().statistics().result(plan, facts);
    assert!(result.ledger.balances(), "the ledger balances: {:?}", result.ledger);
    for (at, client) in plan.clients.iter().enumerate().filter(|(_, client)| plan.has(client.node)) {
        let open = snapshot.open_requests(ClientIx(at as u32));
        let (_, own) =
            result.clients.0.iter().find(|(name, _)| name == plan.id(client.node)).expect("its figures");
        assert_eq!(own.offered, own.answered + own.failed.total() + open, "every request ends once");
    }
    for (name, queue) in &result.queues.0 {
        let kept = u64::from(queue.ready + queue.unacked);
        let gone = queue.acked + queue.expired + queue.dropped + queue.dead_lettered;
        assert_eq!(queue.published, gone + kept, "{name}: every message is in one state");
    }
    result
}

fn digest(session: &Session) -> Vec<String> {
    session.variants().iter().map(|run| run.telemetry().digest().hex()).collect()
}
