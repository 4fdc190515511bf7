//! Conditions against windows made by hand.

use super::*;
use crate::base::{ClientIx, QueueIx, ServiceIx};
use crate::scenario::{NodeKind, NodePlan};
use crate::telemetry::{ClientWindow, QueueWindow, ServiceWindow};

/// web → app, with a queue.
fn plan() -> Plan {
    let node = |id: &str, kind| NodePlan { id: id.to_owned(), kind };
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
    let half = |n: u64| SimTime(n * 500_000_000);
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
                    latency: (n < 10).then_some([SimDuration::from_millis(80); 3]),
                    ..ClientWindow::default()
                }],
                services: vec![ServiceWindow {
                    busy: 2.0,
                    blocked: if n < 10 { 0.0 } else { 8.0 },
                    workers: 10.0,
                    ..ServiceWindow::default()
                }],
                queues: vec![QueueWindow { ready: n as f64, ..QueueWindow::default() }],
                details: None,
            }
        })
        .collect()
}

fn progress(text: &str, at_s: f64) -> f64 {
    let (plan, windows) = (plan(), windows());
    let lanes = [
        LaneNumbers { windows: windows.iter().collect() },
        LaneNumbers { windows: windows.iter().collect() },
    ];
    let condition = Condition::read(text, &[&plan, &plan]).unwrap();
    condition.progress(&lanes, SimTime::ZERO, SimTime::from_secs(at_s))
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
    ];
    for (text, at, expected) in cases {
        assert_eq!(progress(text, at), expected, "{text} at {at} s");
    }
}

#[test]
fn nothing_before_the_step_counts() {
    let (plan, windows) = (plan(), windows());
    let lanes = [LaneNumbers { windows: windows.iter().collect() }];
    let condition = Condition::read("A.goodput(web) > 99 for 4s", &[&plan]).unwrap();
    let since = SimTime::from_secs(3.0);
    assert_eq!(condition.progress(&lanes, since, SimTime::from_secs(5.0)), 0.5);
    assert_eq!(condition.progress(&lanes, since, SimTime::from_secs(2.0)), 0.0);
}

#[test]
fn wrong_conditions_say_what_is_wrong() {
    let cases = [
        ("", "expected a variant"),
        ("goodput > 3", "expected a variant"),
        ("B.goodput(web) > 3", "no variant B"),
        ("A.goodness(web) > 3", "no measure \"goodness\""),
        ("A.goodput(shop) > 3", "no node \"shop\""),
        ("A.goodput(app) > 3", "not a node that has \"goodput\""),
        ("A.failed(web, boredom) > 3", "no reason"),
        ("A.goodput(web) ? 3", "expected <"),
        ("A.goodput(web) > 3 fo 10s", "left over"),
        ("A.goodput(web) > 3 for ever", "not a duration"),
        ("A.goodput(web) over 0s > 3", "over no time"),
        ("A.goodput(web > 3", "expected )"),
    ];
    let plan = plan();
    for (text, expected) in cases {
        let error = Condition::read(text, &[&plan]).unwrap_err();
        assert!(error.contains(expected), "{text:?}: {error}");
    }
}
