//! What people who run such systems reported, rebuilt as small inputs (`tests/cases/reports`): each comes to what was
//! derived by hand.

#[path = "support/mod.rs"]
mod support;

use cascade::base::{SimDuration, SimTime};
use cascade::engine::{Halt, Simulation};
use cascade::observation::{Observation, Observer, Scope};
use cascade::scenario::{Scenario, advice};
use cascade::telemetry::Spans;
use serde_json::Value;

/// An input as written.
fn input(name: &str) -> Value {
    let path = format!("tests/cases/reports/{name}.json");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Runs an input; its result as JSON.
fn result(name: &str, warmup: f64, seconds: f64) -> Value {
    result_of(&input(name), warmup, seconds)
}

fn result_of(scenario: &Value, warmup: f64, seconds: f64) -> Value {
    serde_json::to_value(support::run(scenario, 1, warmup, seconds)).expect("a result is JSON")
}

fn number(result: &Value, pointer: &str) -> f64 {
    let value = result.pointer(pointer).unwrap_or_else(|| panic!("no {pointer} in {result:#}"));
    value.as_f64().unwrap_or_else(|| panic!("{pointer} is {value}"))
}

/// Runs an input and compares numbers of its result, by JSON pointer.
fn check(name: &str, warmup: f64, seconds: f64, expected: &[(&str, f64)]) {
    let result = result(name, warmup, seconds);
    for &(pointer, value) in expected {
        assert_eq!(number(&result, pointer), value, "{name}: {pointer}\n{result:#}");
    }
}

/// Ten a second from 20 s to 140 s: the one at 140 s belongs to what comes after.
#[test]
fn what_is_measured_is_half_open() {
    check("half-open-window", 20.0, 120.0, &[("/clients/c/offered", 1200.0)]);
}

/// Every answer is on its way back when its caller gives up.
#[test]
fn an_answer_that_comes_too_late_was_made_for_nobody() {
    let result = result("wasted-late-answers", 0.0, 60.0);
    let [completed, wasted] =
        ["completed", "wasted"].map(|key| number(&result, &format!("/services/s/{key}")));
    // 200 ms on their way: two or three at ten a second.
    assert!(wasted <= completed && (2.0..=3.0).contains(&(completed - wasted)), "{wasted} of {completed}");
}

/// The loser of a hedge works for nobody, whether it ends before its caller knows or after.
#[test]
fn what_loses_against_a_hedge_was_made_for_nobody() {
    let mut scenario = input("wasted-late-answers");
    let call = &mut scenario["nodes"]["c"]["operation"][0]["call"];
    call["timeout"] = "10s".into();
    call["hedge"] = serde_json::json!({ "after": "50ms", "max": 1 });
    let result = result_of(&scenario, 0.0, 60.0);
    let [completed, wasted] =
        ["completed", "wasted"].map(|key| number(&result, &format!("/services/s/{key}")));
    assert!((completed / 2.0 - wasted).abs() < 5.0, "{wasted} of {completed}");
}

/// Answers that are lost on their way are worth nothing to anybody either.
#[test]
fn a_lost_answer_was_made_for_nobody() {
    let mut scenario = input("wasted-late-answers");
    scenario["nodes"]["c"]["operation"][0]["call"]["timeout"] = "10s".into();
    scenario["network"] = serde_json::json!({ "latency": "1ms", "loss": 0.3 });
    let result = result_of(&scenario, 0.0, 60.0);
    let [completed, wasted] =
        ["completed", "wasted"].map(|key| number(&result, &format!("/services/s/{key}")));
    assert!((0.2..=0.4).contains(&(wasted / completed)), "{wasted} of {completed}");
}

/// Ten requests a second over messages, each hop 200 ms and the work 100 ms: the answer is there after 900 ms.
fn asks(timeout: &str, replies: Value) -> Value {
    let mut scenario = input("wasted-late-answers");
    scenario["nodes"]["c"]["operation"][0] =
        serde_json::json!({ "ask": { "via": "requests", "reply_via": "replies", "timeout": timeout } });
    scenario["nodes"]["requests"] = serde_json::json!({ "kind": "queue" });
    scenario["nodes"]["replies"] = replies;
    scenario["nodes"]["s"]["consumes"] = serde_json::json!([{ "from": "requests", "prefetch": 100 }]);
    scenario
}

/// The fate of the answer decides, wherever it meets it: at who asked, at its queue, or on the way there.
#[test]
fn an_answer_to_a_message_that_nobody_takes_was_made_for_nobody() {
    let queue = |more: Value| {
        let mut queue = serde_json::json!({ "kind": "queue" });
        queue.as_object_mut().expect("a node").extend(more.as_object().expect("fields").clone());
        queue
    };
    let plain = || queue(serde_json::json!({}));
    let mut lost = asks("10s", plain());
    lost["links"] = serde_json::json!([{ "from": "s", "to": "replies", "loss": 1.0 }]);
    let mut responds = asks("700ms", plain());
    responds["nodes"]["s"]["operations"]["default"] =
        serde_json::json!([{ "work": "100ms" }, { "respond": {} }]);
    // Those whose answer is still under way at the end, at most.
    for (name, scenario, all, few) in [
        ("in time", asks("10s", plain()), false, 0.0),
        ("after the asker went", asks("700ms", plain()), true, 5.0),
        ("after a response, too", responds, true, 5.0),
        ("before the job ended", asks("450ms", plain()), true, 0.0),
        ("lost", lost, true, 3.0),
        (
            "expired at its queue",
            asks("10s", queue(serde_json::json!({ "delivery_latency": "1s", "ttl": "500ms" }))),
            true,
            13.0,
        ),
        // Who asked has taken it when the queue delivers it again, and refuses what comes then.
        (
            "delivered again",
            asks("10s", queue(serde_json::json!({ "visibility_timeout": "300ms" }))),
            false,
            0.0,
        ),
    ] {
        let result = result_of(&scenario, 0.0, 60.0);
        let of = |key: &str| number(&result, &format!("/services/s/{key}"));
        let (completed, wasted) = (of("completed"), of("wasted"));
        assert!(completed > 500.0, "{name}: {completed}");
        let expected = if all { completed } else { 0.0 };
        assert!(wasted <= expected && expected - wasted <= few, "{name}: {wasted} of {completed}");
        let mut spans = Spans::new(SimTime::ZERO, 1_000_000);
        Simulation::new(support::plan(&scenario, 1)).run_before(SimTime::from_secs(60.0), &mut spans);
        let jobs = spans.spans().iter().filter(|span| matches!(span.scope, Scope::Job { .. }) && span.wasted);
        assert_eq!(jobs.count() as f64, wasted, "{name}: its span says so");
    }
}

/// Twice as much as can be done, and a deadline that goes along: half of it never begins.
#[test]
fn what_never_began_is_expired_and_not_wasted() {
    let result = result("expired-is-not-wasted", 0.0, 120.0);
    let [arrivals, started, expired, wasted] = ["arrivals", "started", "expired", "wasted"]
        .map(|key| number(&result, &format!("/services/s/{key}")));
    assert!(wasted <= started, "{wasted} of {started}");
    assert!(expired > 0.4 * arrivals && started + expired >= arrivals - 20.0, "{expired} of {arrivals}");
}

/// Little's law at a waiting room from which those who waited long are sent away.
#[test]
fn who_is_shed_waited_too() {
    let result = result("little-with-shedding", 50.0, 2000.0);
    check_little(&result, "s", 2000.0, 0.02);
}

/// The same with deadlines, of which the service hears, and with crashes: whoever leaves the room has waited.
#[test]
fn who_expires_or_goes_down_with_a_replica_waited_too() {
    let mut scenario = input("little-with-shedding");
    scenario["nodes"]["s"].as_object_mut().expect("a node").remove("admission");
    let mut crashing = scenario.clone();
    crashing["timeline"] = (1..=205)
        .map(|crash| {
            serde_json::json!({ "at": format!("{}s", 10 * crash), "for": "1s", "fault": { "crash": { "node": "s" } } })
        })
        .collect();
    scenario["nodes"]["c"]["deadline"] = "60ms".into();
    scenario["nodes"]["c"]["propagate_deadline"] = true.into();
    for scenario in [scenario, crashing] {
        check_little(&result_of(&scenario, 50.0, 2000.0), "s", 2000.0, 0.02);
    }
}

/// L = λ·W for a service's waiting room.
fn check_little(result: &Value, service: &str, seconds: f64, tolerance: f64) {
    let of = |key: &str| number(result, &format!("/services/{service}/{key}"));
    let expected = of("waiting_ms/count") / seconds * of("waiting_ms/mean") / 1000.0;
    let length = of("queue_length_mean");
    assert!((length / expected - 1.0).abs() < tolerance, "{length} in the room, not {expected}");
}

/// Requests at 10, 20, … 60 ms fail after 100 ms: 0 < 5, 1 < 4 and 2 < 3 retry, 3 < 2 does not.
#[test]
fn a_call_in_its_backoff_is_not_active() {
    for (ratio, retries) in [(1.0, 3.0), (0.5, 2.0)] {
        let mut scenario = input("retry-budget-backoff");
        scenario["nodes"]["device"]["operation"][0]["call"]["retry"]["budget"]["ratio"] = ratio.into();
        // The surge's least factor lets a seventh through after five seconds.
        let result = result_of(&scenario, 0.0, 5.0);
        assert_eq!(number(&result, "/calls/0/calls"), 6.0, "{ratio}");
        assert_eq!(number(&result, "/calls/0/retries"), retries, "{ratio}");
    }
}

/// Which request came to which replica, in the order of their arrival.
#[derive(Default)]
struct Arrivals(Vec<(u64, u32)>);

impl Observer for Arrivals {
    fn observe(&mut self, _: SimTime, what: Observation) {
        if let Observation::Arrived { request, replica, .. } = what {
            self.0.push((request, replica));
        }
    }
}

/// Which request came to which replica of the only service.
fn calls_by_replica(scenario: &Value, seconds: f64) -> Vec<(u64, u32)> {
    let mut arrivals = Arrivals::default();
    let plan = support::plan(scenario, 1);
    Simulation::new(plan).run_before(SimTime::from_secs(seconds), &mut arrivals);
    arrivals.0
}

/// One request at a time meets three idle replicas: each gets a third, within chance.
#[test]
fn idle_replicas_get_their_share() {
    let arrived = calls_by_replica(&input("least-outstanding-ties"), 60.0);
    for replica in 0..3 {
        let own = arrived.iter().filter(|(_, at)| *at == replica).count();
        assert!((165..=235).contains(&own), "{own} of {} for {replica}", arrived.len());
    }
}

/// A dead replica that callers do not know to be dead takes its share down, and no more.
#[test]
fn a_dead_first_replica_takes_its_share_down() {
    let result = result("least-outstanding-dead-first", 0.0, 99.0);
    let [offered, failed] =
        ["offered", "failed/unavailable"].map(|key| number(&result, &format!("/clients/c/{key}")));
    assert!((0.03..=0.2).contains(&(failed / offered)), "{failed} of {offered}");
}

/// A request is outstanding until its answer or its refusal has reached the caller: both take a second.
#[test]
fn a_request_is_outstanding_until_its_answer_is_there() {
    let result = result("outstanding-until-answered", 0.0, 300.0);
    let [offered, failed] =
        ["offered", "failed/unavailable"].map(|key| number(&result, &format!("/clients/c/{key}")));
    assert!((0.4..=0.6).contains(&(failed / offered)), "{failed} of {offered}");
}

/// A hedge asks the replica that was not asked yet, a retry likewise; where they may, about half of them do not.
#[test]
fn a_second_request_asks_another_replica() {
    let mut retried = input("hedge-same-replica");
    let call = &mut retried["nodes"]["c"]["operation"][0]["call"];
    call.as_object_mut().expect("a call").remove("hedge");
    call["retry"] = serde_json::json!({ "attempts": 2 });
    call["timeout"] = "10ms".into();
    for mut scenario in [input("hedge-same-replica"), retried] {
        for balance in ["random", "round_robin", "least_outstanding", "power_of_two", "consistent_hash"] {
            for (host, at_most, at_least) in [("other", 0, 0), ("any", 1000, 400)] {
                scenario["nodes"]["s"]["balance"] = balance.into();
                scenario["nodes"]["c"]["operation"][0]["call"]["retry_host"] = host.into();
                let arrived = calls_by_replica(&scenario, 1000.0);
                let same = arrived.windows(2).filter(|pair| pair[0] == pair[1]).count();
                assert!(arrived.len() > 1900, "{balance}: all were hedged or retried");
                assert!(same <= at_most, "{balance} {host}: {same}");
                if host == "any" && matches!(balance, "random" | "consistent_hash") {
                    assert!(same >= at_least, "{balance} {host}: {same}");
                }
            }
        }
    }
}

/// The worker's only place is taken by the message itself, though the queue has taken it back: nobody gets a copy, and
/// the ack counts.
#[test]
fn what_a_consumer_still_holds_counts_against_its_prefetch() {
    let plain = input("visibility-one-worker");
    let mut bounded = plain.clone();
    bounded["nodes"]["tasks"]["max_deliveries"] = 1.into();
    bounded["nodes"]["tasks"]["dead_letter"] = "dead".into();
    bounded["nodes"]["dead"] = serde_json::json!({ "kind": "queue" });
    for scenario in [plain, bounded] {
        let result = result_of(&scenario, 0.0, 300.0);
        let expected = [
            ("/queues/tasks/delivered", 1.0),
            ("/queues/tasks/acked", 1.0),
            ("/queues/tasks/late_acks", 1.0),
            ("/queues/tasks/dead_lettered", 0.0),
            ("/services/worker/completed", 1.0),
            ("/services/worker/queue_length_max", 0.0),
            ("/stores/effects/writes", 1.0),
        ];
        for (pointer, value) in expected {
            assert_eq!(number(&result, pointer), value, "{pointer}");
        }
    }
}

/// With more messages than one, one after the other.
#[test]
fn each_message_is_worked_on_once() {
    let mut scenario = input("visibility-one-worker");
    scenario["timeline"][0]["at"] = "5500ms".into();
    let result = result_of(&scenario, 0.0, 480.0);
    for (pointer, value) in [
        ("/queues/tasks/delivered", 5.0),
        ("/queues/tasks/acked", 5.0),
        ("/services/worker/completed", 5.0),
        ("/stores/effects/writes", 5.0),
    ] {
        assert_eq!(number(&result, pointer), value, "{pointer}");
    }
}

/// Somebody else has room: then the message goes there when the queue has taken it back. Where a late ack is worth nothing
/// after that, none ever counts, for the next worker has the message long before one is done.
#[test]
fn a_late_ack_counts_where_it_is_accepted() {
    for (late_ack, acked) in [("ignored", 0.0), ("accepted", 1.0)] {
        let mut scenario = input("visibility-one-worker");
        scenario["nodes"]["tasks"]["late_ack"] = late_ack.into();
        scenario["nodes"]["tasks"]["visibility_timeout"] = "40s".into();
        scenario["nodes"]["worker"]["replicas"] = 3.into();
        let result = result_of(&scenario, 0.0, 300.0);
        assert_eq!(number(&result, "/queues/tasks/acked"), acked, "{late_ack}");
        if late_ack == "accepted" {
            // Three workers have it from 1, 41 and 81 s on; the first is done at 91 s.
            assert_eq!(number(&result, "/queues/tasks/delivered"), 3.0);
            assert_eq!(number(&result, "/queues/tasks/late_acks"), 3.0, "also of what is done already");
        }
    }
}

/// Two services of one group: the first pauses with a record in hand, the second takes over, and both write its effect.
#[test]
fn an_effect_is_known_again_whoever_has_it() {
    let plain = input("zombie-member");
    let mut named = plain.clone();
    for service in ["one", "two"] {
        named["nodes"][service]["operations"]["default"][1]["write"]["effect"] = "count".into();
    }
    let mut unique = plain.clone();
    unique["nodes"]["effects"]["unique"] = true.into();
    let mut apart = named.clone();
    apart["nodes"]["two"]["operations"]["default"][1]["write"]["effect"] = "count again".into();
    for (scenario, expected) in
        [(plain, [1.0, 0.0]), (named, [1.0, 0.0]), (unique, [0.0, 1.0]), (apart, [0.0, 0.0])]
    {
        let result = result_of(&scenario, 0.0, 70.1);
        let of = |key: &str| number(&result, &format!("/stores/effects/{key}"));
        assert_eq!([of("duplicate_effects"), of("ignored_effects")], expected);
    }
}

/// Twice 100 ms of work on one worker take 200 ms; on two, which take up a branch each, 100 ms.
#[test]
fn a_worker_computes_one_thing_at_a_time() {
    let held = input("one-worker-computes-once");
    let mut released = held.clone();
    released["nodes"]["s"]["while_waiting"] = "release_worker".into();
    released["nodes"]["s"]["workers"] = 2.into();
    for (scenario, response, busy) in [(held, 200.0, 0.2), (released, 100.0, 0.2)] {
        let result = result_of(&scenario, 0.0, 60.0);
        let near = |pointer: &str, expected: f64| {
            let value = number(&result, pointer);
            assert!((value / expected - 1.0).abs() < 0.03, "{pointer}: {value}, not {expected}");
        };
        near("/services/s/response_ms/mean", response);
        near("/services/s/response_ms/max", response);
        near("/services/s/busy_mean", busy);
    }
}

/// Waits overlap: two calls of 100 ms side by side, each with 10 ms of work after it, take 120 ms.
#[test]
fn a_worker_waits_for_several_things_at_a_time() {
    let mut scenario = input("one-worker-computes-once");
    let branch = serde_json::json!([{ "call": { "to": "t" } }, { "work": "10ms" }]);
    scenario["nodes"]["s"]["operations"]["default"] = serde_json::json!([{ "all": [branch, branch] }]);
    scenario["nodes"]["t"] = serde_json::json!({
        "kind": "service", "workers": 2, "operations": { "default": [{ "work": "100ms" }] }
    });
    let result = result_of(&scenario, 0.0, 60.0);
    assert_eq!(number(&result, "/services/s/response_ms/max"), 120.0);
    let busy = number(&result, "/services/s/busy_mean");
    assert!((busy - 0.02).abs() < 0.001, "{busy}");
}

/// What is wrong with a scenario: places and what is said.
fn mistakes(scenario: &Value) -> Vec<(String, String)> {
    let read = Scenario::read(&scenario.to_string()).and_then(|scenario| scenario.plan());
    read.err().unwrap_or_default().into_iter().map(|found| (found.path, found.message)).collect()
}

/// What happens again and again has a least interval; a mistake names its place.
#[test]
fn an_interval_is_not_too_short() {
    let base = input("interval-too-short");
    let at = |path: &str, change: &dyn Fn(&mut Value)| {
        let mut scenario = base.clone();
        scenario["nodes"]["s"].as_object_mut().expect("a node").remove("autoscale");
        scenario["nodes"]["l"] = serde_json::json!({ "kind": "log" });
        change(&mut scenario);
        let found = mistakes(&scenario);
        assert_eq!(found.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), [path], "{found:?}");
    };
    assert_eq!(mistakes(&base)[0].0, "nodes.s.autoscale.every");
    at("nodes.s.discovery.refresh", &|all| {
        all["nodes"]["s"]["discovery"] = serde_json::json!({ "refresh": "999us" });
    });
    at("nodes.s.consumes[0].commit_every", &|all| {
        all["nodes"]["s"]["consumes"] = serde_json::json!([{ "from": "l", "commit_every": "1us" }]);
    });
    at("nodes.l.session_timeout", &|all| all["nodes"]["l"]["session_timeout"] = "1ns".into());
    at("nodes.s.operations.default[0].window.every", &|all| {
        all["nodes"]["s"]["operations"]["default"] =
            serde_json::json!([{ "window": { "every": "10us", "lateness": "0s" } }]);
    });
    at("nodes.c.arrivals.closed.think", &|all| {
        all["nodes"]["c"]["arrivals"] = serde_json::json!({ "closed": { "users": 1, "think": "1ns" } });
    });
}

/// Users who never think and ask for nothing make events at one instant: the run stops and names them.
#[test]
fn a_run_that_does_not_get_on_stops_and_says_where() {
    let mut scenario = input("half-open-window");
    scenario["nodes"]["other"] = scenario["nodes"]["c"].clone();
    scenario["nodes"]["c"]["arrivals"] = serde_json::json!({ "closed": { "users": 1, "think": "0s" } });
    let plan = support::plan(&scenario, 1);
    let mut simulation = Simulation::new(plan.clone());
    simulation.run_until(SimTime::from_secs(1.0), &mut ());
    assert_eq!(simulation.halted(), Some(Halt::Livelock(plan.node("c"))));
}

/// Both pools are held by jobs that wait for the other.
#[test]
fn a_deadlock_is_found_and_advised_against() {
    let scenario = input("blocked-in-a-circle");
    let plan = support::plan(&scenario, 1);
    let read = |json: &serde_json::Value| Scenario::read(&json.to_string()).expect("a scenario");
    let advised: Vec<_> =
        advice(&read(&scenario), &plan).into_iter().map(|found| found.diagnostic.message).collect();
    assert!(advised.iter().any(|message| message.contains("a → b → a")), "{advised:?}");
    let mut simulation = Simulation::new(plan.clone());
    let mut found = None;
    while found.is_none() && simulation.now() < SimTime::from_secs(60.0) {
        simulation.run_until(simulation.now() + SimDuration::from_millis(1), &mut ());
        found = simulation.blocked_in_a_circle();
    }
    let circle = found.expect("a circle");
    let names: Vec<&str> = circle.services.iter().map(|at| plan.id(plan.services[at.at()].node)).collect();
    assert_eq!(names, ["a", "b"]);
    assert!(simulation.now().since(circle.since) <= SimDuration::from_millis(1), "found at once");
    simulation.run_until(SimTime::from_secs(60.0), &mut ());
    assert_eq!(simulation.blocked_in_a_circle(), Some(circle), "and it stays");

    // With a timeout on the way nobody waits for good.
    let mut mended = scenario.clone();
    mended["nodes"]["b"]["operations"]["default"][1]["call"]["timeout"] = "1s".into();
    let plan = support::plan(&mended, 1);
    assert!(advice(&read(&mended), &plan).iter().all(|found| found.key != "circle"));
    let mut simulation = Simulation::new(plan);
    simulation.run_until(SimTime::from_secs(60.0), &mut ());
    assert_eq!(simulation.blocked_in_a_circle(), None);
}

/// A byte order mark says nothing; parts of a nanosecond and a number of replicas that the autoscaler would never have
/// are mistakes.
#[test]
fn stumbles_are_caught_when_a_scenario_is_read() {
    let scenario = input("one-worker-computes-once");
    assert!(Scenario::read(&format!("\u{feff}{scenario}")).is_ok());
    let mut fine = scenario.clone();
    fine["nodes"]["s"]["operations"]["default"] = serde_json::json!([{ "work": "0.5ns" }]);
    assert_eq!(mistakes(&fine)[0].0, "nodes.s.operations.default[0].work");
    for (replicas, wrong) in [(1, true), (2, false), (4, false), (5, true)] {
        let mut scaled = scenario.clone();
        scaled["nodes"]["s"]["replicas"] = replicas.into();
        scaled["nodes"]["s"]["autoscale"] = serde_json::json!({ "min": 2, "max": 4 });
        let found = mistakes(&scaled);
        assert_eq!(found.first().is_some_and(|(path, _)| path == "nodes.s.replicas"), wrong, "{replicas}");
    }
}
