//! Each finding where it appears, where it does not, and gone by its remedy.

use super::{Finding, Remedy, advice};
use crate::base::Json;
use crate::scenario::Scenario;

/// What is found in a system of these nodes, with more of the document.
fn found(nodes: &str, more: &str) -> (Scenario, Vec<Finding>) {
    let text = format!(r#"{{ "schema": 1, "nodes": {{ {nodes} }} {more} }}"#);
    let scenario = Scenario::read(&text).unwrap_or_else(|found| panic!("{found:?}\n{text}"));
    let plan = scenario.plan().expect("it runs");
    let found = advice(&scenario, &plan);
    (scenario, found)
}

fn keys(found: &[Finding]) -> Vec<&str> {
    found.iter().map(|finding| finding.key).collect()
}

/// The finding of this key in the first system, which is not in the second, and which its remedy takes away.
fn check(key: &str, bad: &str, good: &str, more: &str) -> Finding {
    let (scenario, all) = found(bad, more);
    let one =
        all.iter().find(|finding| finding.key == key).unwrap_or_else(|| panic!("{key}: {all:?}")).clone();
    let (_, others) = found(good, more);
    assert!(!keys(&others).contains(&key), "{key} where it is not so: {others:?}");
    if let Some(Remedy::Set(changes)) = &one.remedy {
        let changes: Vec<(&str, Json)> =
            changes.iter().map(|(path, value)| (path.as_str(), value.clone())).collect();
        let mended = scenario.with_all(&changes).unwrap_or_else(|found| panic!("{key}: {found:?}"));
        let left = advice(&mended, &mended.plan().expect("it runs"));
        let same =
            left.iter().find(|finding| finding.key == key && finding.diagnostic.path == one.diagnostic.path);
        assert_eq!(same, None, "{key}: its remedy is none");
    }
    one
}

fn client(rate: f64, steps: &str) -> String {
    format!(
        r#""web": {{ "kind": "client", "arrivals": {{ "poisson": {{ "rate": {rate} }} }}, "operation": [{steps}] }}"#
    )
}

fn service(id: &str, more: &str, steps: &str) -> String {
    format!(r#""{id}": {{ "kind": "service", {more} "operations": {{ "default": [{steps}] }} }}"#)
}

fn call(to: &str, more: &str) -> String {
    format!(r#"{{ "call": {{ "to": "{to}" {more} }} }}"#)
}

fn join(parts: &[String]) -> String {
    parts.join(", ")
}

#[test]
fn circles_of_held_workers_are_told_once() {
    let three = |timeout: &str, more: &str| {
        let leaf = |id: &str, to: &str| {
            let inner = format!(r#"{{ "call": {{ "to": "{to}", "operation": "leaf" }} }}"#);
            format!(
                r#""{id}": {{ "kind": "service", "operations": {{ "default": [{inner}], "leaf": [] }} }}"#
            )
        };
        let first = format!(
            r#""a": {{ "kind": "service", {more} "operations": {{ "default": [{}], "leaf": [] }} }}"#,
            call("b", timeout)
        );
        join(&[client(1.0, &call("a", "")), first, leaf("b", "c"), leaf("c", "a")])
    };
    let one = check("circle", &three("", ""), &three(r#", "timeout": "1s""#, ""), "");
    assert!(one.diagnostic.path == "nodes.a" && one.diagnostic.message.contains("a → b → c → a"), "{one:?}");
    for more in [r#""while_waiting": "release_worker","#, r#""discipline": "processor_sharing","#] {
        assert!(!keys(&found(&three("", more), "").1).contains(&"circle"), "{more}");
    }
    assert_eq!(keys(&found(&three("", ""), "").1).iter().filter(|key| **key == "circle").count(), 1);
}

#[test]
fn what_fails_for_ever_needs_a_delay_or_an_end() {
    let system = |more: &str| {
        let own = format!(r#""consumes": [{{ "from": "q" {more} }}],"#);
        join(&[
            client(1.0, r#"{ "publish": { "to": "q" } }"#),
            r#""q": { "kind": "queue" }"#.to_owned(),
            service("a", &own, ""),
        ])
    };
    let poison =
        r#", "timeline": [{ "at": "1s", "fault": { "poison": { "client": "web", "probability": 0.1 } } }]"#;
    let one = check("loop", &system(""), &system(r#", "nack_delay": "1s""#), poison);
    assert_eq!(one.diagnostic.path, "nodes.a.consumes[0]");
    for more in ["", r#", "ack": "before""#, r#", "on_failure": "reject""#] {
        assert_eq!(
            keys(&found(&system(more), if more.is_empty() { "" } else { poison }).1),
            [""; 0],
            "{more}"
        );
    }
}

#[test]
fn more_work_than_workers_is_found_before_anything_runs() {
    let system = |workers: u32, work: &str| {
        let own = format!(r#""workers": {workers}, "queue": 10,"#);
        join(&[
            client(10.0, &call("a", r#", "timeout": "1s""#)),
            service("a", &own, &format!("{}, {}", call("b", ""), r#"{ "read": { "from": "db" } }"#)),
            service("b", r#""workers": 9, "queue": 10,"#, &format!(r#"{{ "work": "{work}" }}"#)),
            r#""db": { "kind": "store" }"#.to_owned(),
        ])
    };
    let one = check("overload", &system(1, "100ms"), &system(2, "100ms"), "");
    // 100 ms of work, two ways of 2 ms, and 1 ms of the store, ten times a second.
    assert!(one.diagnostic.message.contains("1.1 workers"), "{one:?}");
    let one = check("overload", &system(30, "950ms"), &system(30, "850ms"), "");
    assert_eq!(one.diagnostic.path, "nodes.b");
    let store = |connections: u32| {
        let db = format!(r#""db": {{ "kind": "store", "connections": {connections}, "read": "100ms" }}"#);
        join(&[client(15.0, r#"{ "read": { "from": "db" } }"#), db])
    };
    check("overload", &store(1), &store(2), "");
}

#[test]
fn competing_consumers_share_by_what_they_can_do() {
    let own = |workers: u32| format!(r#""workers": {workers}, "consumes": [{{ "from": "q" }}],"#);
    let system = |rate: f64| {
        join(&[
            client(rate, r#"{ "publish": { "to": "q" } }"#),
            r#""q": { "kind": "queue" }"#.to_owned(),
            service("quick", &own(4), r#"{ "work": "100ms" }"#),
            service("slow", &own(1), r#"{ "work": "1s" }"#),
        ])
    };
    assert_eq!(keys(&found(&system(40.0), "").1), [""; 0]);
    assert_eq!(keys(&found(&system(42.0), "").1), ["overload", "overload"]);
}

#[test]
fn a_waiting_room_before_busy_workers_needs_a_bound() {
    let system = |more: &str, rate: f64| {
        join(&[client(rate, &call("a", r#", "timeout": "1s""#)), service("a", more, r#"{ "work": "90ms" }"#)])
    };
    let one = check("waiting-room", &system("", 10.0), &system("", 5.0), "");
    assert_eq!(one.remedy, Some(Remedy::Set(vec![("nodes.a.queue".to_owned(), 11.0.into())])));
    check(
        "waiting-room",
        &system("", 10.0),
        &system(r#""admission": { "shed": { "above_wait": "1s" } },"#, 10.0),
        "",
    );
}

#[test]
fn timeouts_fit_those_of_the_callers() {
    let system = |inner: &str| {
        join(&[
            client(1.0, &call("a", r#", "timeout": "1s""#)),
            service("a", "", &call("b", inner)),
            service("b", "", ""),
        ])
    };
    check("long-timeout", &system(r#", "timeout": "2s""#), &system(r#", "timeout": "1s""#), "");
    let lossy = r#", "network": { "loss": 0.01 }"#;
    check("no-timeout", &system(""), &system(r#", "timeout": "500ms""#), lossy);
    assert_eq!(keys(&found(&system(""), "").1), [""; 0], "nothing is lost there");
    let hedge = |after: &str| system(&format!(r#", "timeout": "1s", "hedge": {{ "after": "{after}" }}"#));
    check("late-hedge", &hedge("1s"), &hedge("900ms"), "");
}

#[test]
fn retries_multiply_and_need_a_pause() {
    let retry = |attempts: u32, more: &str| {
        format!(r#", "timeout": "1s", "retry": {{ "attempts": {attempts} {more} }}"#)
    };
    let system = |inner: &str| {
        join(&[
            client(1.0, &call("a", &retry(4, ""))),
            service("a", "", &call("b", inner)),
            service("b", "", &call("c", &retry(4, ""))),
            service("c", "", ""),
        ])
    };
    let one = check(
        "levels",
        &system(&retry(4, "")),
        &join(&[client(1.0, &call("c", &retry(4, ""))), service("c", "", "")]),
        "",
    );
    assert!(one.diagnostic.message.contains("4 × 4 × 4 = 64"), "{one:?}");
    let (_, all) = found(&system(&retry(4, "")), "");
    assert_eq!(all.iter().filter(|finding| finding.key == "levels").count(), 1, "once, where it is worst");
    let at_once = r#", "backoff": { "base": "0s" }"#;
    check("no-backoff", &system(&retry(2, at_once)), &system(&retry(2, "")), "");
}

#[test]
fn policies_that_do_nothing_are_told() {
    let breaker = |least: u32| {
        let more = format!(
            r#", "timeout": "1s", "circuit_breaker": {{ "window": {{ "time": "10s" }}, "minimum_calls": {least} }}"#
        );
        join(&[client(5.0, &call("a", &more)), service("a", "", "")])
    };
    check("idle-breaker", &breaker(51), &breaker(50), "");
    let bulkhead = |places: u32| {
        let more = format!(r#", "bulkhead": {{ "max_concurrent": {places} }}"#);
        join(&[
            client(1.0, &call("a", "")),
            service("a", r#""workers": 4,"#, &call("b", &more)),
            service("b", "", ""),
        ])
    };
    check("wide-bulkhead", &bulkhead(4), &bulkhead(3), "");
    let hedged = |step: &str| {
        let db = r#""db": { "kind": "store" }"#.to_owned();
        join(&[
            client(1.0, &call("a", r#", "hedge": { "after": "10ms" }"#)),
            service("a", "", &call("b", "")),
            service("b", "", step),
            db,
        ])
    };
    check(
        "hedged-write",
        &hedged(r#"{ "write": { "to": "db" } }"#),
        &hedged(r#"{ "read": { "from": "db" } }"#),
        "",
    );
}

#[test]
fn queues_are_read_and_their_messages_stay_away_long_enough() {
    let system = |queue: &str, more: &str, work: &str| {
        let own = format!(r#""workers": 2, "consumes": [{{ "from": "q" {more} }}],"#);
        join(&[
            client(1.0, r#"{ "publish": { "to": "q" } }"#),
            format!(r#""q": {{ "kind": "queue" {queue} }}, "dead": {{ "kind": "queue" }}"#),
            service("a", &own, &format!(r#"{{ "work": "{work}" }}"#)),
            service("b", r#""consumes": [{ "from": "dead" }],"#, ""),
        ])
    };
    let visible = r#", "visibility_timeout": "2s""#;
    check("short-visibility", &system(visible, "", "3s"), &system(visible, "", "1s"), "");
    check(
        "far-prefetch",
        &system(visible, r#", "prefetch": 7"#, "1s"),
        &system(visible, r#", "prefetch": 4"#, "1s"),
        "",
    );
    let nobody =
        join(&[client(1.0, r#"{ "publish": { "to": "q" } }"#), r#""q": { "kind": "queue" }"#.to_owned()]);
    let one = check("unread", &nobody, &system("", "", "1ms"), "");
    assert_eq!(one.remedy, Some(Remedy::Consumer("q".to_owned())));
    let dead = r#", "dead_letter": "dead""#;
    let alone = system(dead, "", "1ms").replace(r#"[{ "from": "dead" }]"#, "[]");
    check("unread-dead", &alone, &system(dead, "", "1ms"), "");
}

#[test]
fn what_nothing_reaches_is_told() {
    let db = r#""db": { "kind": "store" }"#.to_owned();
    let used = join(&[client(1.0, r#"{ "read": { "from": "db" } }"#), db.clone()]);
    check("unreached", &join(&[client(1.0, ""), db.clone()]), &used, "");
    check("idle-client", &join(&[client(1.0, ""), db]), &used, "");
}
