//! What becomes of messages: queues with every rule, exchanges, dead letters, asks, poison.

#[path = "support/mod.rs"]
mod support;

use serde_json::{Value, json};

/// A client that does `step` fifty times a second for four seconds, with `nodes` beside it, over a network without
/// latency: eight seconds later all is quiet.
fn scenario(step: Value, nodes: Value) -> Value {
    let arrivals = json!({ "profile": [["0s", 50], ["4s", 50], ["4s", 0]] });
    let mut all = json!({ "web": { "kind": "client", "arrivals": arrivals, "operation": [step] } });
    for (id, node) in nodes.as_object().expect("an object") {
        all[id] = node.clone();
    }
    json!({ "schema": 1, "network": { "latency": "0s" }, "nodes": all })
}

/// A queue with these fields.
fn queue(fields: Value) -> Value {
    with(json!({ "kind": "queue" }), fields)
}

/// A service of four workers with these steps that consumes `from`.
fn consumer(from: &str, steps: Value, fields: Value) -> Value {
    let consumes = with(json!({ "from": from }), fields);
    json!({ "kind": "service", "workers": 4, "operations": { "default": steps }, "consumes": [consumes] })
}

fn with(mut object: Value, fields: Value) -> Value {
    for (key, value) in fields.as_object().expect("an object") {
        object[key] = value.clone();
    }
    object
}

fn publish(to: &str, fields: Value) -> Value {
    json!({ "publish": with(json!({ "to": to }), fields) })
}

/// Runs the scenario and checks facts like `queues.q.acked + queues.q.ready == clients.web.offered`, whose sides are
/// sums of numbers and of paths into the result.
fn check(scenario: &Value, facts: &[&str]) {
    let result = serde_json::to_value(support::run(scenario, 7, 0.0, 12.0)).expect("JSON");
    let number = |term: &str| {
        term.parse().unwrap_or_else(|_| {
            let at = |value: &Value, key: &str| value.get(key).cloned().unwrap_or(Value::Null);
            let found = term.split('.').fold(result.clone(), |value, key| at(&value, key));
            found.as_f64().unwrap_or_else(|| panic!("no number at {term}\n{result:#}"))
        })
    };
    let sum = |side: &str| side.split(" + ").map(|term| number(term.trim())).sum::<f64>();
    for fact in ["clients.web.offered > 150", "clients.web.offered < 250"].iter().chain(facts) {
        let operator = ["==", "<", ">"].into_iter().find(|operator| fact.contains(operator));
        let operator = operator.expect("a comparison");
        let (left, right) = fact.split_once(operator).expect("two sides");
        let (left, right): (f64, f64) = (sum(left), sum(right));
        let holds = match operator {
            "==" => left == right,
            "<" => left < right,
            _ => left > right,
        };
        assert!(holds, "{fact}: {left} and {right}\nin {scenario:#}\n{result:#}");
    }
}

#[test]
fn a_full_queue_refuses_or_drops() {
    let nobody = |fields| json!({ "q": queue(fields), "dead": queue(json!({})) });
    let confirmed = publish("q", json!({ "confirm": true }));
    check(
        &scenario(confirmed, nobody(json!({ "capacity": 5, "dead_letter": "dead" }))),
        &[
            "queues.q.published == 5",
            "queues.q.ready == 5",
            "queues.q.rejected + 5 == clients.web.offered",
            "clients.web.failed.rejected == queues.q.rejected",
            "clients.web.good == 5",
            "queues.dead.published == 0",
            "ledger.refused == queues.q.rejected",
        ],
    );
    let unconfirmed = publish("q", json!({}));
    check(
        &scenario(unconfirmed.clone(), nobody(json!({ "capacity": 5 }))),
        &["clients.web.good == clients.web.offered", "ledger.refused == queues.q.rejected"],
    );
    check(
        &scenario(unconfirmed.clone(), nobody(json!({ "capacity": 5, "overflow": "drop_oldest" }))),
        &[
            "queues.q.published == clients.web.offered",
            "queues.q.dropped + 5 == clients.web.offered",
            "queues.q.rejected == 0",
            "ledger.dropped == queues.q.dropped",
        ],
    );
    let to_dead = json!({ "capacity": 5, "overflow": "drop_oldest", "dead_letter": "dead" });
    check(
        &scenario(unconfirmed, nobody(to_dead)),
        &[
            "queues.q.dropped == 0",
            "queues.q.dead_lettered + 5 == clients.web.offered",
            "queues.dead.ready == queues.q.dead_lettered",
            "ledger.dead_lettered == queues.q.dead_lettered",
            "ledger.in_flight == clients.web.offered",
        ],
    );
}

#[test]
fn messages_expire() {
    let alone = json!({ "q": queue(json!({ "ttl": "100ms" })) });
    check(
        &scenario(publish("q", json!({})), alone),
        &[
            "queues.q.expired == clients.web.offered",
            "queues.q.depth_max > 1",
            // Little's law: each message is there for a tenth of a second.
            "queues.q.depth_mean > 1.2",
            "queues.q.depth_mean < 2.1",
            "ledger.expired == clients.web.offered",
        ],
    );
    let dead =
        json!({ "q": queue(json!({ "ttl": "100ms", "dead_letter": "dead" })), "dead": queue(json!({})) });
    check(
        &scenario(publish("q", json!({})), dead),
        &["queues.q.expired == 0", "queues.dead.ready == clients.web.offered"],
    );
}

#[test]
fn dead_letters_do_not_go_round_in_circles() {
    let rule = |to: &str| queue(json!({ "ttl": "50ms", "dead_letter": to }));
    check(
        &scenario(publish("a", json!({})), json!({ "a": rule("b"), "b": rule("c"), "c": rule("a") })),
        &[
            "queues.a.dead_lettered == clients.web.offered",
            "queues.b.dead_lettered == clients.web.offered",
            "queues.c.dropped == clients.web.offered",
            "queues.c.dead_lettered == 0",
            "queues.a.published == clients.web.offered",
        ],
    );
    // The way into a circle is not in it.
    check(
        &scenario(publish("in", json!({})), json!({ "in": rule("a"), "a": rule("b"), "b": rule("a") })),
        &[
            "queues.in.dead_lettered == clients.web.offered",
            "queues.a.published == clients.web.offered",
            "queues.b.dropped == clients.web.offered",
        ],
    );
    check(
        &scenario(publish("a", json!({})), json!({ "a": rule("a") })),
        &["queues.a.dropped == clients.web.offered", "queues.a.published == clients.web.offered"],
    );
}

#[test]
fn what_always_fails_is_dead_lettered_after_its_deliveries() {
    let fails = json!([{ "work": "1ms" }, { "fail": {} }]);
    let nodes = |fields| {
        json!({ "q": queue(fields), "dead": queue(json!({})),
                "app": consumer("q", fails.clone(), json!({ "nack_delay": "20ms" })) })
    };
    check(
        &scenario(publish("q", json!({})), nodes(json!({ "max_deliveries": 3, "dead_letter": "dead" }))),
        &[
            "queues.q.delivered == clients.web.offered + clients.web.offered + clients.web.offered",
            "queues.q.redelivered == clients.web.offered + clients.web.offered",
            "queues.q.acked == 0",
            "queues.q.dead_lettered == clients.web.offered",
            "queues.dead.ready == clients.web.offered",
            "services.app.failed == queues.q.delivered",
        ],
    );
    check(
        &scenario(publish("q", json!({})), nodes(json!({ "max_deliveries": 1 }))),
        &["queues.q.dropped == clients.web.offered", "queues.q.redelivered == 0"],
    );
}

#[test]
fn a_visibility_timeout_gives_a_message_to_another() {
    // Work takes longer than the timeout: every message is delivered until it may not be any more, and every ack
    // comes too late.
    let slow = consumer("q", json!([{ "work": "30ms" }]), json!({ "prefetch": 1000 }));
    let nodes = |timeout: &str, most: Value| json!({ "q": queue(json!({ "visibility_timeout": timeout, "max_deliveries": most })), "app": slow });
    check(
        &scenario(publish("q", json!({})), nodes("20ms", json!(2))),
        &[
            "queues.q.acked == 0",
            "queues.q.delivered == clients.web.offered + clients.web.offered",
            "queues.q.dropped == clients.web.offered",
            "services.app.completed == queues.q.delivered",
        ],
    );
    check(
        &scenario(publish("q", json!({})), nodes("10s", Value::Null)),
        &["queues.q.acked == clients.web.offered", "queues.q.redelivered == 0"],
    );
}

#[test]
fn delivery_latency_hides_messages() {
    let nodes = json!({ "q": queue(json!({ "delivery_latency": "200ms" })),
                        "app": consumer("q", json!([]), json!({})) });
    check(
        &scenario(publish("q", json!({})), nodes),
        &["queues.q.age_ms.p50 > 199", "queues.q.age_ms.max < 201", "queues.q.acked == clients.web.offered"],
    );
}

/// An exchange of this type with these bindings, and queues `a`, `b` and `c` that nobody consumes.
fn exchange(routing: &str, bindings: Value) -> Value {
    let queue = || queue(json!({}));
    json!({ "x": { "kind": "exchange", "type": routing, "bindings": bindings }, "a": queue(), "b": queue(), "c": queue() })
}

/// Who gets the messages that a publish step with these fields sends to the exchange `x`.
fn check_routes(nodes: &Value, fields: Value, reached: &[&str]) {
    let fact = |queue: &&str| {
        let all = if reached.contains(queue) { "clients.web.offered" } else { "0" };
        format!("queues.{queue}.published == {all}")
    };
    let mut facts: Vec<String> = ["a", "b", "c"].iter().map(fact).collect();
    facts.push("exchanges.x.published == clients.web.offered".to_owned());
    let lost = if reached.is_empty() { "clients.web.offered" } else { "0" };
    facts.push(format!("exchanges.x.unroutable == {lost}"));
    let fields = with(fields, json!({ "confirm": true }));
    facts.push("clients.web.good == clients.web.offered".to_owned());
    let facts: Vec<&str> = facts.iter().map(String::as_str).collect();
    check(&scenario(publish("x", fields), nodes.clone()), &facts);
}

#[test]
fn exchanges_route_by_their_type() {
    let bind = |to: &str, key: &str| json!({ "to": to, "key": key });
    let bindings = json!([bind("a", "x.y"), bind("b", "x.*"), bind("b", "#"), bind("c", "z")]);
    let key = |key: &str| json!({ "routing_key": key });
    check_routes(&exchange("direct", bindings.clone()), key("x.y"), &["a"]);
    check_routes(&exchange("direct", bindings.clone()), key("x.*"), &["b"]);
    check_routes(&exchange("direct", bindings.clone()), json!({}), &[]);
    check_routes(&exchange("fanout", bindings.clone()), key("none"), &["a", "b", "c"]);
    check_routes(&exchange("topic", bindings.clone()), key("x.y"), &["a", "b"]);
    check_routes(&exchange("topic", bindings), key("z"), &["b", "c"]);
    let header = |to: &str, how: &str| json!({ "to": to, "match": how, "headers": { "colour": "red", "size": "large" } });
    let bindings = json!([header("a", "all"), header("b", "any"), { "to": "c", "match": "any" }]);
    let headers = |headers: Value| json!({ "headers": headers });
    let by_headers = exchange("headers", bindings);
    check_routes(&by_headers, headers(json!({ "colour": "red", "size": "large", "more": "1" })), &["a", "b"]);
    check_routes(&by_headers, headers(json!({ "colour": "red", "size": "small" })), &["b"]);
    check_routes(&by_headers, headers(json!({ "colour": "blue" })), &[]);
}

#[test]
fn each_queue_gets_one_copy_through_all_exchanges() {
    let mut nodes =
        exchange("fanout", json!([{ "to": "y" }, { "to": "z" }, { "to": "a" }, { "to": "a", "key": "k" }]));
    let more = |to: Value| json!({ "kind": "exchange", "type": "fanout", "bindings": to });
    nodes["y"] = more(json!([{ "to": "x" }, { "to": "b" }, { "to": "z" }]));
    nodes["z"] = more(json!([{ "to": "b" }, { "to": "y" }, { "to": "z" }]));
    check_routes(&nodes, json!({}), &["a", "b"]);
    check(
        &scenario(publish("x", json!({})), nodes),
        &[
            "exchanges.x.routed == clients.web.offered + clients.web.offered + clients.web.offered",
            "exchanges.y.routed == clients.web.offered",
            "exchanges.z.routed == 0",
            "exchanges.z.unroutable == clients.web.offered",
        ],
    );
}

#[test]
fn a_confirmed_publish_fails_when_one_of_its_queues_refuses() {
    let mut nodes = exchange("fanout", json!([{ "to": "a" }, { "to": "y" }]));
    nodes["y"] = json!({ "kind": "exchange", "type": "fanout", "bindings": [{ "to": "b" }, { "to": "c" }] });
    nodes["c"] = queue(json!({ "capacity": 10 }));
    let confirmed = publish("x", json!({ "confirm": true }));
    check(
        &scenario(confirmed, nodes),
        &[
            "clients.web.good == 10",
            "clients.web.failed.rejected == queues.c.rejected",
            "queues.a.published == clients.web.offered",
            "queues.b.published == clients.web.offered",
        ],
    );
}

#[test]
fn asks_are_answered_by_whoever_consumes() {
    let ask = json!({ "ask": { "via": "ask", "reply_via": "reply", "timeout": "100ms" } });
    let nodes = |steps: Value| json!({ "ask": queue(json!({})), "reply": queue(json!({})), "app": consumer("ask", steps, json!({})) });
    let answered = [
        "clients.web.good == clients.web.offered",
        "queues.ask.acked == clients.web.offered",
        "queues.reply.published == clients.web.offered",
        "queues.reply.acked == clients.web.offered",
        "queues.reply.dropped == 0",
    ];
    check(&scenario(ask.clone(), nodes(json!([{ "work": "5ms" }]))), &answered);
    // Answered at once, whatever follows.
    check(
        &scenario(ask.clone(), nodes(json!([{ "respond": {} }, { "sleep": "20ms" }]))),
        &["clients.web.good == clients.web.offered", "clients.web.latency_ms.p50 < 1"],
    );
    // Too late: the reply is dropped, the work was for nobody.
    check(
        &scenario(ask.clone(), nodes(json!([{ "sleep": "150ms" }]))),
        &[
            "clients.web.failed.timeout == clients.web.offered",
            "queues.reply.dropped == clients.web.offered",
            "queues.reply.acked == 0",
            "services.app.wasted == clients.web.offered",
        ],
    );
    // One queue for both ways, which others use too.
    let one = json!({ "ask": { "via": "q", "reply_via": "q" } });
    let steps = json!({ "all": [[one], [publish("q", json!({}))]] });
    let nodes = json!({ "q": queue(json!({})), "app": consumer("q", json!([{ "work": "1ms" }]), json!({})) });
    check(
        &scenario(steps, nodes),
        &[
            "clients.web.good == clients.web.offered",
            "services.app.completed == clients.web.offered + clients.web.offered",
            "queues.q.acked == clients.web.offered + clients.web.offered + clients.web.offered",
        ],
    );
}

#[test]
fn a_dead_letter_is_still_a_question() {
    let ask = json!({ "ask": { "via": "ask", "reply_via": "reply", "timeout": "1s" } });
    let nodes = json!({
        "ask": queue(json!({ "ttl": "20ms", "dead_letter": "second" })),
        "second": queue(json!({})), "reply": queue(json!({ "dead_letter": "second" })),
        "app": consumer("second", json!([{ "work": "1ms" }]), json!({}))
    });
    check(
        &scenario(ask, nodes),
        &["clients.web.good == clients.web.offered", "clients.web.latency_ms.p50 > 20"],
    );
}

#[test]
fn poison_fails_wherever_it_is_processed() {
    let mut poisoned = scenario(
        publish("x", json!({})),
        json!({
            "x": { "kind": "exchange", "type": "fanout", "bindings": [{ "to": "q" }] },
            "q": queue(json!({ "max_deliveries": 4, "dead_letter": "dead" })), "dead": queue(json!({})),
            "app": consumer("q", json!([{ "work": "1ms" }]), json!({ "nack_delay": "10ms" }))
        }),
    );
    poisoned["timeline"] =
        json!([{ "at": "1s", "for": "1s", "fault": { "poison": { "client": "web", "probability": 0.5 } } }]);
    check(
        &poisoned,
        &[
            "queues.dead.ready > 10",
            "queues.dead.ready < 40",
            "queues.q.acked + queues.dead.ready == clients.web.offered",
            "services.app.failed == queues.dead.ready + queues.dead.ready + queues.dead.ready + queues.dead.ready",
        ],
    );
}

#[test]
fn a_dead_consumer_gives_back_what_it_had() {
    let mut crashing = scenario(
        publish("q", json!({})),
        json!({ "q": queue(json!({})), "app": consumer("q", json!([{ "work": "60ms" }]), json!({ "prefetch": 8 })) }),
    );
    crashing["timeline"] = json!([{ "at": "2s", "for": "1s", "fault": { "crash": { "node": "app" } } }]);
    check(
        &crashing,
        &[
            "queues.q.acked == clients.web.offered",
            "queues.q.redelivered > 0",
            "queues.q.delivered == queues.q.redelivered + clients.web.offered",
        ],
    );
}
