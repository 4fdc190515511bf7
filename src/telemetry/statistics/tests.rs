//! Hand-made runs, fed fact by fact, and what they must come to.

use super::*;
use crate::base::SimDuration;
use crate::observation::{CallResult, Failure, Fate, JobEnd, Observation, Observer, Outcome};
use crate::telemetry::fixture::plan;
use crate::telemetry::metrics::Failures;

const APP: ServiceIx = ServiceIx(0);
const DB: ServiceIx = ServiceIx(1);
const WEB: ClientIx = ClientIx(0);
const MAIL: QueueIx = QueueIx(0);
const CALL: EdgeIx = EdgeIx(0);

fn ms(millis: u64) -> SimTime {
    SimTime(millis * 1_000_000)
}

/// Feeds facts (instant in milliseconds, fact) with a warm-up.
fn fed(warmup: u64, facts: &[(u64, Observation)]) -> Statistics {
    let mut statistics = Statistics::new(&plan(), ms(warmup));
    for &(at, what) in facts {
        statistics.observe(ms(at), what);
    }
    statistics
}

fn offered(request: u64) -> Observation {
    Observation::Offered { client: WEB, request }
}

fn ended(request: u64, offered: u64, outcome: Outcome) -> Observation {
    Observation::Ended { client: WEB, request, outcome, offered: ms(offered) }
}

/// A job's life at a service: (arrived, started, ended) in milliseconds, in the order of time.
fn job(
    service: ServiceIx,
    op: u32,
    times: (u64, u64, u64),
    end: JobEnd,
    wasted: bool,
) -> Vec<(u64, Observation)> {
    let (arrived, started, done) = times;
    let (replica, op, at) = (0, OpIx(op), ms(arrived));
    let mut facts = vec![(arrived, Observation::Arrived { service, replica, op, request: 0 })];
    if started > arrived {
        facts.push((arrived, Observation::Queued { service, replica }));
        facts.push((started, Observation::Dequeued { service, replica, queued: at }));
    }
    facts.push((started, Observation::Started { service, replica, arrived: at }));
    let waited = ms(started).since(at);
    let finished = Observation::Finished { service, replica, op, end, arrived: at, waited, wasted };
    facts.push((done, finished));
    facts
}

/// Several lives as one stream.
fn merged(lives: Vec<Vec<(u64, Observation)>>) -> Vec<(u64, Observation)> {
    let mut facts: Vec<_> = lives.into_iter().flatten().collect();
    facts.sort_by_key(|&(at, _)| at);
    facts
}

fn near(seen: f64, expected: f64, what: &str) {
    assert!((seen - expected).abs() <= 0.004 * expected.abs(), "{what}: {seen}, not {expected}");
}

#[test]
fn clients_count_every_outcome() {
    let failed = |failure| Outcome::Failed(failure);
    let statistics = fed(
        0,
        &[
            (0, offered(0)),
            (0, offered(1)),
            (10, offered(2)),
            (10, offered(3)),
            (10, offered(4)),
            (10, offered(5)),
            (20, ended(0, 0, Outcome::Good)),
            (30, ended(1, 0, Outcome::Late)),
            (50, ended(2, 10, Outcome::Degraded)),
            (60, ended(3, 10, failed(Failure::Timeout))),
            (70, ended(4, 10, failed(Failure::Unavailable))),
        ],
    );
    let web = statistics.client(WEB, ms(2_000));
    assert_eq!((web.offered, web.answered, web.in_flight), (6, 3, 1));
    assert_eq!((web.good, web.late, web.degraded), (1, 1, 1));
    assert_eq!(web.failed, Failures([1, 0, 0, 0, 0, 0, 1]));
    assert_eq!((web.offered_per_s, web.goodput_per_s), (3.0, 0.5));
    assert_eq!((web.latency_ms.count, web.latency_ms.mean, web.latency_ms.max), (3, 30.0, 40.0));
    near(web.latency_ms.p50, 30.0, "p50");
    near(web.latency_ms.p999, 40.0, "p99.9");
}

#[test]
fn services_measure_waiting_work_and_levels() {
    let mut facts = merged(vec![
        job(APP, 0, (0, 0, 40), JobEnd::Completed, false),
        job(APP, 1, (10, 40, 60), JobEnd::Completed, true),
        job(APP, 0, (20, 60, 100), JobEnd::Failed, false),
        job(DB, 2, (50, 50, 70), JobEnd::Crashed, false),
    ]);
    let workers = |busy, blocked| Observation::Workers { service: APP, replica: 0, busy, blocked, total: 4 };
    let refused = Observation::Refused { service: APP, replica: 1, reason: Failure::Rejected };
    facts.extend([
        (100, Observation::Arrived { service: APP, replica: 1, op: OpIx(0), request: 9 }),
        (100, refused),
        (100, workers(2, 1)),
        (150, workers(0, 0)),
    ]);
    let statistics = fed(0, &facts);
    let app = statistics.service(&plan(), APP, ms(200));
    assert_eq!((app.arrivals, app.started, app.rejected, app.shed), (4, 3, 1, 0));
    assert_eq!((app.completed, app.failed, app.wasted), (2, 1, 1));
    assert_eq!((app.busy_mean, app.blocked_mean), (0.5, 0.25));
    assert_eq!(app.utilization, 3.0 * 50.0 / (8.0 * 200.0));
    assert_eq!((app.queue_length_mean, app.queue_length_max), (70.0 / 200.0, 2));
    assert_eq!(app.in_system_mean, (40.0 + 50.0 + 80.0) / 200.0);
    assert_eq!((app.waiting_ms.count, app.waiting_ms.mean), (3, 70.0 / 3.0));
    assert_eq!((app.response_ms.count, app.response_ms.mean, app.response_ms.max), (2, 45.0, 50.0));
    let [(book, first), (browse, second)] = &app.operations.0[..] else { panic!("two operations") };
    assert_eq!((book.as_str(), first.completed, first.failed), ("book", 1, 1));
    assert_eq!((browse.as_str(), second.completed, second.response_ms.mean), ("browse", 1, 50.0));
    let db = statistics.service(&plan(), DB, ms(200));
    assert_eq!((db.completed, db.failed, db.response_ms.count), (0, 1, 0));
}

#[test]
fn calls_and_queues_count_by_edge_and_queue() {
    let (edge, queue) = (CALL, MAIL);
    let failed = CallResult::Failed(Failure::Timeout);
    let delivered = |redelivered| Observation::Delivered { queue, redelivered, published: ms(1) };
    let statistics = fed(
        0,
        &[
            (0, Observation::CallStarted { edge }),
            (0, Observation::Attempted { edge, attempt: 1 }),
            (0, Observation::CallStarted { edge }),
            (0, Observation::Attempted { edge, attempt: 1 }),
            (0, Observation::CallStarted { edge }),
            (0, Observation::Attempted { edge, attempt: 1 }),
            (1, Observation::Published { queue }),
            (1, Observation::Depth { queue, ready: 1, unacked: 0 }),
            (5, Observation::AttemptEnded { edge, result: failed, sent: ms(0) }),
            (6, Observation::Attempted { edge, attempt: 2 }),
            (6, Observation::PublishRefused { queue }),
            (9, Observation::CallEnded { edge, result: CallResult::Ok, started: ms(0) }),
            (9, Observation::CallEnded { edge, result: failed, started: ms(0) }),
            (9, Observation::CallEnded { edge, result: CallResult::Abandoned, started: ms(0) }),
            (11, delivered(false)),
            (11, Observation::Depth { queue, ready: 0, unacked: 1 }),
            (12, Observation::Requeued { queue }),
            (31, delivered(true)),
            (41, Observation::Acked { queue }),
            (41, Observation::Depth { queue, ready: 0, unacked: 0 }),
        ],
    );
    let call = statistics.call(&plan(), CALL, SimTime::ZERO);
    assert_eq!((call.from.as_str(), call.to.as_str(), call.operation.as_str()), ("web", "app", "book"));
    assert_eq!((call.calls, call.attempts, call.retries, call.ok), (3, 4, 1, 1));
    assert_eq!((call.failed.total(), call.failed.of(Failure::Timeout)), (1, 1));
    assert_eq!((call.latency_ms.count, call.latency_ms.mean), (1, 9.0));
    let mail = statistics.queue(MAIL, ms(80));
    assert_eq!((mail.published, mail.rejected, mail.delivered), (1, 1, 2));
    assert_eq!((mail.redelivered, mail.acked, mail.ready, mail.unacked), (1, 1, 0, 0));
    assert_eq!((mail.depth_mean, mail.depth_max), (0.5, 1));
    assert_eq!((mail.age_ms.count, mail.age_ms.mean), (2, 20.0));
}

#[test]
fn the_warm_up_leaves_out_what_began_in_it_but_not_the_ledger() {
    let edge = CALL;
    let mut facts = merged(vec![
        job(APP, 0, (50, 50, 150), JobEnd::Completed, true),
        job(APP, 0, (90, 120, 170), JobEnd::Completed, true),
        job(APP, 0, (100, 100, 130), JobEnd::Completed, false),
    ]);
    let finished = |queue| Observation::Delivered { queue, redelivered: false, published: ms(90) };
    facts.extend([
        (0, Observation::Created),
        (0, offered(0)),
        (99, offered(1)),
        (100, offered(2)),
        (110, ended(1, 99, Outcome::Good)),
        (120, ended(2, 100, Outcome::Good)),
        (98, Observation::CallStarted { edge }),
        (98, Observation::Attempted { edge, attempt: 1 }),
        (110, Observation::CallEnded { edge, result: CallResult::Ok, started: ms(98) }),
        (120, finished(MAIL)),
        (130, Observation::Settled { fate: Fate::Lost }),
        (20, Observation::Workers { service: APP, replica: 0, busy: 4, blocked: 0, total: 4 }),
        (150, Observation::Workers { service: APP, replica: 0, busy: 0, blocked: 0, total: 4 }),
    ]);
    facts.sort_by_key(|&(at, _)| at);
    let statistics = fed(100, &facts);
    let facts = RunFacts { end: ms(200), events: 7, digest: "0".repeat(16), in_flight: 0 };
    let result = statistics.result(&plan(), facts);
    assert_eq!((result.simulated_s, result.warmup_s), (0.1, 0.1));
    let web = result.clients.get("web").expect("it is in the plan");
    assert_eq!((web.offered, web.good, web.in_flight), (1, 1, 0));
    assert_eq!((web.latency_ms.mean, web.offered_per_s), (20.0, 10.0));
    let app = result.services.get("app").expect("it is in the plan");
    assert_eq!((app.arrivals, app.started, app.completed, app.wasted), (1, 1, 1, 0));
    assert_eq!((app.response_ms.mean, app.response_ms.count, app.waiting_ms.count), (30.0, 1, 1));
    // Levels go on through the warm-up: who was in the system still is.
    assert_eq!(app.in_system_mean, (30.0 + 50.0 + 70.0) / 100.0);
    assert_eq!((app.queue_length_mean, app.queue_length_max), (0.2, 1));
    assert_eq!((app.busy_mean, app.utilization), (2.0, 0.25));
    assert_eq!((result.calls[0].calls, result.calls[0].ok, result.calls[0].attempts), (0, 0, 0));
    let mail = result.queues.get("mail").expect("it is in the plan");
    assert_eq!((mail.delivered, mail.age_ms.count), (1, 0));
    assert_eq!((result.ledger.created, result.ledger.lost), (1, 1));
    assert!(result.ledger.balances());
}

#[test]
fn slicing_time_by_asking_changes_nothing() {
    let facts = merged(vec![
        job(APP, 0, (1, 3, 9), JobEnd::Completed, false),
        job(APP, 1, (2, 9, 12), JobEnd::Completed, false),
    ]);
    let mut asked = Statistics::new(&plan(), ms(2));
    for &(at, what) in &facts {
        asked.observe(ms(at), what);
        let _ = asked.service(&plan(), APP, ms(at) + SimDuration(1));
    }
    assert_eq!(
        asked.service(&plan(), APP, ms(20)),
        fed(2, &facts).service(&plan(), APP, ms(20)),
        "asking must not count"
    );
}
