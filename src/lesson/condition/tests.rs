//! Conditions against windows made by hand.

use super::*;
use crate::base::{BreakerIx, ClientIx, EdgeIx, LogIx, NodeIx, QueueIx, SagaIx, ServiceIx};
use crate::observation::{BreakerState, Fate, LogFact, Observation, Observer, SagaEnd};
use crate::scenario::{NodeKind, NodePlan, Plan, Scenario};
use crate::telemetry::metrics::{ClientWindow, QueueWindow, ServiceWindow};
use crate::telemetry::{Latency, Mark, Spread, Telemetry, Window};

/// web → app, with a queue.
fn plan() -> Plan {
    let node = |id: &str, kind| NodePlan { id: id.to_owned(), label: None, kind };
    Plan {
        nodes: vec![
            node("web", NodeKind::Client(ClientIx(0))),
            node("app", NodeKind::Service(ServiceIx(0))),
            node("orders", NodeKind::Queue(QueueIx(0))),
        ],
        ..Plan::default()
    }
}

/// Twenty windows of half a second; 50 good answers in each, from the tenth on 10 good and 40 timed out.
fn windows() -> Vec<Window> {
    let length = 500_000_000;
    let half = |n: u64| SimTime(n * length);
    let mut latency = Latency::default();
    (0..50).for_each(|_| latency.record(SimDuration::from_millis(80)));
    let eighty = Spread::of(&latency);
    (0..20)
        .map(|n| {
            let (good, timeouts) = if n < 10 { (50, 0) } else { (10, 40) };
            Window {
                start: half(n),
                end: half(n + 1),
                clients: vec![ClientWindow {
                    offered: 50,
                    good,
                    failed: [timeouts, 0, 0, 0, 0, 0, 0],
                    latency: good,
                    ..ClientWindow::default()
                }],
                services: vec![ServiceWindow {
                    busy: 2 * length,
                    blocked: if n < 10 { 0 } else { 8 * length },
                    workers: 10 * length,
                    ..ServiceWindow::default()
                }],
                queues: vec![QueueWindow { ready: n * length, ..QueueWindow::default() }],
                spreads: vec![if n < 10 { eighty.clone() } else { Spread::default() }],
                ..Window::default()
            }
        })
        .collect()
}

/// A fault at the service from the fifth second on, until the eighth.
fn marks() -> Vec<Mark> {
    let mark = |at, began| Mark { at: SimTime::from_secs(at), fault: 0, node: NodeIx(1), began };
    vec![mark(5.0, true), mark(8.0, false)]
}

/// The variants of these plans; the step shows both.
fn scope<'a>(plans: &[&'a Plan]) -> Scope<'a> {
    Scope { variants: plans.iter().map(|plan| (*plan, None)).collect(), variant: None }
}

fn progress(text: &str, at_s: f64) -> f64 {
    let (plan, windows) = (plan(), windows());
    let variants = [
        Measurements { windows: windows.iter().collect(), marks: marks() },
        Measurements { windows: windows.iter().collect(), marks: marks() },
    ];
    let condition = Condition::read(text, &scope(&[&plan, &plan])).unwrap();
    condition.progress(&variants, SimTime::ZERO, SimTime::from_secs(at_s))
}

#[test]
fn conditions_hold_when_they_do() {
    let cases = [
        ("A.goodput(web) > 99", 5.0, 1.0),
        ("A.goodput(web) >= 100.5", 5.0, 0.0),
        ("A.goodput(web) <= 20", 6.0, 1.0),
        ("A.goodput(web) over 2s < 61 and A.goodput(web) over 2s > 59", 6.0, 1.0),
        ("A.failed(web, timeout) > 70", 10.0, 1.0),
        ("A.failed(web,error) > 0", 10.0, 0.0),
        ("A.failed(web) > 0.7 * B.offered(web)", 10.0, 1.0),
        ("A.success(web) < 21%", 10.0, 1.0),
        ("A.p99(web) < 100ms", 5.0, 1.0),
        ("A.p99(web) < 0.05s", 5.0, 0.0),
        // No answers, so no latency, so nothing to compare.
        ("A.p99(web) < 100ms", 10.0, 0.0),
        ("A.p99(web) > 0", 10.0, 0.0),
        ("A.utilization(app) > 99%", 10.0, 1.0),
        ("A.blocked(app) >= 8", 7.0, 1.0),
        ("A.depth(orders) over 500ms > 18.5", 10.0, 1.0),
        ("A.goodput(web) > 99 for 4s", 5.0, 1.0),
        // At the very start nothing is measured yet: the first window ends after half a second.
        ("A.goodput(web) > 99 for 10s", 5.0, 0.45),
        // The last full second at 6 s is bad throughout; the first wholly bad instant was 6 s.
        ("A.goodput(web) < 21 for 4s", 8.0, 0.5),
        ("A.goodput(web) < 21 for 4s", 10.0, 1.0),
        // Nodes that are clear, units, arithmetic.
        ("A.goodput > 99/s", 5.0, 1.0),
        ("A.goodput / A.offered < 21%", 10.0, 1.0),
        ("(A.goodput + A.failed) * 2 > 199/s", 10.0, 1.0),
        ("A.offered - A.goodput > 79/s and A.offered - A.goodput < 81/s", 10.0, 1.0),
        ("1 - A.success > 0.7", 10.0, 1.0),
        ("-1 * A.success < -0.1", 10.0, 1.0),
        ("2s * A.goodput > 199", 5.0, 1.0),
        ("A.depth / A.goodput > 0.8s", 10.0, 1.0),
        ("A.goodput / A.late > 1", 5.0, 0.0),
        ("A.failed in total >= 400 and A.failed(web, timeout) in total <= 400", 10.0, 1.0),
        // Or, not, and what was not measured.
        ("A.goodput < 1 or B.goodput > 99", 5.0, 1.0),
        ("A.goodput < 1 and A.goodput > 0 or A.offered > 99", 5.0, 1.0),
        ("not A.goodput < 1", 5.0, 1.0),
        ("not (A.goodput > 99 or A.goodput < 1)", 5.0, 0.0),
        ("not A.p99 < 1s", 10.0, 0.0),
        ("A.p99 < 1s or A.offered > 1", 10.0, 1.0),
        ("A.p99 < 1s and A.offered > 1", 10.0, 0.0),
        // Around a fault.
        ("A.goodput within 2s after fault < 21/s", 7.5, 1.0),
        ("A.goodput within 2s after fault < 21/s", 6.5, 0.0),
        ("A.goodput within 2s before fault > 99/s", 6.0, 1.0),
        ("A.goodput within 2s after fault(app) < 0.3 * A.goodput within 2s before fault(app)", 9.0, 1.0),
        ("A.goodput within 2s after fault(web) < 21/s", 9.0, 0.0),
        ("A.goodput within 1s after repair < 21/s", 9.0, 1.0),
        ("A.broken(app)", 7.0, 1.0),
        ("A.broken(app) for 2s", 6.0, 0.5),
        ("A.broken(app) or A.broken(web)", 9.0, 0.0),
        ("A.crashed(app)", 9.0, 0.0),
    ];
    for (text, at, expected) in cases {
        assert_eq!(progress(text, at), expected, "{text} at {at} s");
    }
}

#[test]
fn nothing_before_the_step_counts() {
    let (plan, windows) = (plan(), windows());
    let variants = [Measurements { windows: windows.iter().collect(), marks: marks() }];
    let condition = Condition::read("goodput(web) > 99 for 4s", &scope(&[&plan])).unwrap();
    let since = SimTime::from_secs(3.0);
    assert_eq!(condition.progress(&variants, since, SimTime::from_secs(5.0)), 0.5);
    assert_eq!(condition.progress(&variants, since, SimTime::from_secs(2.0)), 0.0);
}

/// A run of a shop with a breaker, a log and a saga, in which some of that has happened.
#[test]
fn facts_come_from_observations() {
    let scenario = Scenario::read(
        r#"{ "schema": 1, "nodes": {
            "web": { "kind": "client", "arrivals": { "poisson": { "rate": 5 } }, "operation": [ { "call": { "to": "shop" } } ] },
            "shop": { "kind": "service", "operations": { "default": [
                { "call": { "to": "pay", "circuit_breaker": {}, "retry": { "attempts": 2 } } }, { "publish": { "to": "clicks" } },
                { "saga": [ { "do": [ { "work": "1ms" } ], "undo": [] } ] } ] } },
            "pay": { "kind": "service", "operations": { "default": [ { "work": "1ms" } ] } },
            "clicks": { "kind": "log" },
            "bill": { "kind": "service", "operations": { "default": [ { "work": "1ms" } ] },
                      "consumes": [ { "from": "clicks", "group": "billing" } ] } } }"#,
    )
    .unwrap();
    let plan = scenario.plan().unwrap();
    let mut telemetry = Telemetry::new(&plan);
    let (log, breaker) = (LogIx(0), BreakerIx(0));
    let turned = |to| Observation::BreakerTurned { breaker, to, calls: 0, failed: 0, slow: 0 };
    let record = |what| Observation::Log { log, what };
    let taken = |offset| record(LogFact::Taken { group: 0, partition: 0, offset, lease: 0 });
    for (at, what) in [
        // The first assignment is no news.
        (0.0, record(LogFact::Rebalanced { group: 0 })),
        (1.0, record(LogFact::Appended { partition: 0, offset: 0 })),
        (1.0, record(LogFact::Appended { partition: 0, offset: 1 })),
        (1.1, taken(0)),
        (2.0, turned(BreakerState::Open)),
        (4.0, turned(BreakerState::HalfOpen)),
        (4.1, Observation::Attempted { edge: EdgeIx(1), attempt: 2 }),
        (5.0, turned(BreakerState::Closed)),
        (6.0, record(LogFact::Rebalanced { group: 0 })),
        (6.1, taken(0)),
        (7.0, Observation::SagaEnded { saga: SagaIx(0), end: SagaEnd::Compensated }),
        (7.0, Observation::Settled { fate: Fate::Lost }),
    ] {
        telemetry.observe(SimTime::from_secs(at), what);
    }
    telemetry.advance(SimTime::from_secs(10.0));
    let variants = [Measurements::of(&telemetry)];
    let edge = plan.edges.iter().position(|edge| plan.id(edge.to) == "pay");
    assert_eq!(edge, Some(1), "the retry above is of this edge");
    for (text, at, expected) in [
        ("breaker(shop→pay) opened", 1.5, false),
        ("breaker(shop→pay) open", 3.0, true),
        ("breaker(shop->pay) opened", 3.0, true),
        ("breaker(shop -> pay) half-open", 4.5, true),
        ("breaker(shop→pay) closed", 4.5, false),
        ("breaker(shop→pay) opened and breaker(shop→pay) closed", 6.0, true),
        ("breaker(shop→pay) reclosed", 6.0, true),
        ("breaker(shop→pay) opened over 2s", 6.0, false),
        ("rebalanced(billing)", 5.0, false),
        ("rebalanced(billing@clicks)", 7.0, true),
        ("lag(billing) > 1.9", 3.0, true),
        ("lag > 1.9", 3.0, true),
        ("appended in total > 1.9", 3.0, true),
        ("duplicates(billing) in total > 0", 5.0, false),
        ("duplicates(billing) in total > 0", 8.0, true),
        ("retries(shop→pay) over 5s > 0.1/s", 8.0, true),
        ("compensated in total > 0 and ledger(lost) in total > 0", 8.0, true),
        ("ledger(dropped) in total > 0", 8.0, false),
    ] {
        let condition =
            Condition::read(text, &scope(&[&plan])).unwrap_or_else(|wrong| panic!("{text}: {wrong:?}"));
        assert_eq!(condition.holds(&variants, SimTime::from_secs(at)), expected, "{text} at {at} s");
    }
}

#[test]
fn a_quantity_has_its_unit() {
    let (plan, windows) = (plan(), windows());
    let variants = [Measurements { windows: windows.iter().collect(), marks: marks() }];
    for (text, unit, expected) in [
        ("success over 2s", Unit::Share, 0.2),
        ("failed in total", Unit::Count, 400.0),
        ("depth / goodput", Unit::Time, 0.925),
        ("A.goodput / offered", Unit::Ratio, 0.2),
    ] {
        let quantity = Quantity::read(text, &scope(&[&plan])).unwrap();
        assert_eq!(quantity.unit, unit, "{text}");
        let value = quantity.value(&variants, SimTime::ZERO, SimTime::from_secs(10.0)).unwrap();
        assert!((value - expected).abs() < 1e-9, "{text}: {value}");
    }
}

#[test]
fn a_quantity_says_over_what_time_it_is_taken() {
    let plan = plan();
    let over = |text: &str| Quantity::read(text, &scope(&[&plan])).unwrap().over();
    let last = |seconds| Some(Over::Last(SimDuration::from_secs(seconds)));
    for (text, expected) in [
        ("success over 2s", last(2.0)),
        ("failed in total", Some(Over::All)),
        ("depth over 5s / goodput over 5s", last(5.0)),
        ("depth over 5s / goodput over 2s", None),
        ("failed in total / offered over 2s", None),
    ] {
        assert_eq!(over(text), expected, "{text}");
    }
}

#[test]
fn wrong_conditions_say_what_is_wrong_and_where() {
    let cases = [
        ("", 1, "expected a number, a measure"),
        ("B.goodput(web) > 3", 1, "no variant B"),
        ("A.goodness(web) > 3", 1, "no measure \"goodness\""),
        ("1 < A.goodput(shop)", 5, "no \"shop\""),
        ("A.goodput(app) > 3", 1, "not a node that has \"goodput\""),
        ("A.failed(web, boredom) > 3", 1, "not a reason"),
        ("A.goodput(web) ? 3", 16, "a number on its own says nothing"),
        ("A.goodput(web)", 15, "a number on its own says nothing"),
        ("A.goodput(web) > 3 fo 10s", 20, "left over"),
        ("A.goodput(web) > 3 for ever", 24, "not a duration"),
        ("A.goodput(web) over 0s > 3", 21, "over no time"),
        ("A.goodput(web > 3", 18, "expected )"),
        ("p99(web) < 500", 12, "a time with a plain number"),
        ("success(web) > 90", 16, "a share, 0 to 1 with a plain number"),
        ("goodput(web) > 3s", 16, "a number per second with a time"),
        ("goodput(web) + p99(web) > 3", 16, "don't go together"),
        ("p99 in total > 3s", 5, "has no total"),
        ("goodput in time > 3", 12, "expected \"total\""),
        ("goodput within 5s of fault > 3", 19, "after fault"),
        ("goodput within 5s after lunch > 3", 25, "expected \"fault\""),
        ("goodput within 5s after fault(moon) > 3", 30, "no node \"moon\""),
        ("breaker(web→app) opened", 1, "no circuit breaker between \"web→app\""),
        ("breaker(web→app) molten", 18, "not a state"),
        ("breaker opened", 1, "needs what it is about"),
        ("crashed(orders)", 1, "no service \"orders\""),
        ("rebalanced(nobody)", 1, "no group"),
        ("(goodput > 3) > 4", 1, "this is not a number"),
        ("goodput > 3 and 4", 18, "a number on its own"),
        ("((((((((((((((((((((goodput))))))))))))))))))))", 18, "too deep"),
    ];
    let plan = plan();
    for (text, column, expected) in cases {
        let wrong = Condition::read(text, &scope(&[&plan])).unwrap_err();
        assert!(wrong.message.contains(expected), "{text:?}: {wrong:?}");
        assert_eq!(wrong.column, column, "{text:?}: {wrong:?}");
        assert!(!wrong.help.is_empty(), "{text:?}: {wrong:?}");
    }
}

#[test]
fn a_variant_or_a_node_that_is_not_clear_is_asked_for() {
    let one = plan();
    let mut other = plan();
    other.nodes[2].id = "mails".to_owned();
    other.nodes.push(NodePlan { id: "phones".to_owned(), label: None, kind: NodeKind::Client(ClientIx(0)) });
    let both = scope(&[&one, &other]);
    for (text, expected) in [
        ("goodput(web) > 3", Err("both variants")),
        ("depth(orders) > 3", Ok(())),
        ("depth(mails) > 3", Ok(())),
        ("B.goodput > 3", Err("isn't clear whose")),
        ("goodput > 3", Ok(())),
    ] {
        let read = Condition::read(text, &both).map(|_| ());
        match expected {
            Ok(()) => assert_eq!(read, Ok(()), "{text}"),
            Err(what) => assert!(read.unwrap_err().message.contains(what), "{text}"),
        }
    }
    let shown = Scope { variants: vec![(&one, None), (&other, Some("web"))], variant: Some(1) };
    let b = Condition::read("B.goodput(web) > 3", &both);
    assert_eq!(Condition::read("goodput > 3", &shown), b);
}
