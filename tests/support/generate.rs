//! Random small scenarios over the whole language, from a seed.

#[path = "generate_steps.rs"]
mod steps;

use cascade::base::Stream;
use serde_json::{Map, Value, json};

/// A scenario over the whole language: clients, services, brokers, stores, policies, faults.
pub fn scenario(seed: u64) -> Value {
    let mut generator = Generator {
        stream: Stream::new(seed, "generator", "scenario"),
        services: 0,
        queues: 0,
        exchanges: 0,
        logs: 0,
        left: 0,
        repeats: seed > SAME,
        breaker: Value::Null,
        bulkhead: Value::Null,
        rate_limit: Value::Null,
        budget: Value::Null,
    };
    generator.policies();
    if seed > SAME && seed.is_multiple_of(3) {
        generator.budget = json!({ "ratio": 0.2, "min_per_second": seed % 4, "ttl": "2s" });
    }
    generator.services = 1 + generator.below(4);
    generator.queues = generator.below(4);
    generator.exchanges = generator.below(3) * generator.queues.min(1);
    generator.logs = generator.below(2);
    let mut scenario = generator.scenario(seed);
    begin_within_the_scaling(&mut scenario);
    if seed > SAME {
        name_what_it_shows(&mut scenario);
        let queue = scenario["nodes"]["queue0"].is_object();
        choose_what_came_later(&mut scenario, seed, queue);
    }
    scenario
}

/// Scenarios up to this seed stay as they are: their digests are written down, and `cargo xtask compare` runs older
/// binaries on them. What the language learns later occurs in those after it.
const SAME: u64 = 300;

/// An autoscaled service begins with a number of replicas that its autoscaler may have. This came later than [`SAME`],
/// and holds for all: other scenarios are refused.
fn begin_within_the_scaling(scenario: &mut Value) {
    let Some(nodes) = scenario["nodes"].as_object_mut() else { return };
    for node in nodes.values_mut() {
        if let [Some(min), Some(max)] = ["min", "max"].map(|bound| node["autoscale"][bound].as_u64()) {
            node["replicas"] = json!(node["replicas"].as_u64().unwrap_or(1).clamp(min, max));
        }
    }
}

/// Makes the choices that the language has learnt since [`SAME`], some in one scenario and some in another; `queue`: there
/// is one for dead letters.
fn choose_what_came_later(value: &mut Value, seed: u64, queue: bool) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| choose_what_came_later(item, seed, queue)),
        Value::Object(members) => {
            let (kind, even) = (members.get("kind").and_then(Value::as_str), seed.is_multiple_of(2));
            let choice = |one: &str, other: &str| json!(if even { one } else { other });
            match kind {
                Some("service") => drop(members.insert("counted".to_owned(), choice("shared", "caller"))),
                Some("queue") => drop(members.insert("late_ack".to_owned(), choice("ignored", "accepted"))),
                _ => {}
            }
            if let Some(call) = members.get_mut("call").filter(|call| call["to"].is_string()) {
                call["retry_host"] = choice("other", "any");
                if seed.is_multiple_of(4) {
                    call["outlier_detection"] = json!({
                        "consecutive_errors": 1 + seed % 3, "interval": "50ms", "base_ejection_time": "200ms", "max_ejection_time": "500ms",
                        "max_ejected": ([0.1, 0.5, 1.0][(seed % 3) as usize])
                    });
                }
            }
            if let Some(call) = members.get_mut("call").filter(|call| call["to"].is_string())
                && seed.is_multiple_of(5)
            {
                call["health_check"] = json!({
                    "interval": "40ms", "timeout": if even { json!("15ms") } else { Value::Null },
                    "unhealthy_threshold": 1 + seed % 2, "healthy_threshold": 1 + seed % 3
                });
                call["panic_threshold"] = json!(([0.0, 0.5, 1.0][(seed % 3) as usize]));
            }
            for fault in ["slow", "error", "pause", "partition", "latency", "loss"] {
                // Those between two nodes are written so that they have a service at one end that is called.
                let hit = |fault: &&mut Value| fault["node"].is_string() || fault["between"].is_array();
                if let Some(fault) = members.get_mut(fault).filter(hit)
                    && !seed.is_multiple_of(3)
                {
                    fault["replica"] = if even { json!(0) } else { json!(0.5) };
                }
            }
            let confirmed = |publish: &&mut Value| publish["to"].is_string() && publish["confirm"] == true;
            if let Some(publish) = members.get_mut("publish").filter(confirmed) {
                publish["timeout"] = json!(format!("{}ms", 1 + seed % 200));
                publish["idempotent"] = json!(even);
                publish["retry"] = json!({
                    "attempts": 1 + seed % 5, "within": format!("{}ms", 50 + seed % 2_000),
                    "backoff": { "base": "5ms", "jitter": if even { "full" } else { "none" } }
                });
            }
            if let Some(from) =
                members.get("from").and_then(Value::as_str).filter(|_| members.contains_key("prefetch"))
            {
                let (from_log, fate) = (from.starts_with("log"), choice("requeue", "reject"));
                members.insert("on_failure".to_owned(), fate);
                if from_log {
                    members.insert("max_deliveries".to_owned(), json!(1 + seed % 4));
                    if queue {
                        members.insert("dead_letter".to_owned(), json!("queue0"));
                    }
                }
            }
            if let Some(write) = members.get_mut("write").filter(|write| write["to"].is_string() && even) {
                write["effect"] = json!(format!("effect {}", seed % 3));
            }
            if let Some(pareto) = members.get_mut("pareto").filter(|pareto| pareto["max"].is_string()) {
                pareto["truncated"] = json!(even);
            }
            members.values_mut().for_each(|member| choose_what_came_later(member, seed, queue));
        }
        _ => {}
    }
}

/// Gives nodes and operations names on the screen.
fn name_what_it_shows(scenario: &mut Value) {
    let Some(nodes) = scenario["nodes"].as_object_mut() else { return };
    for (id, node) in nodes {
        node["label"] = json!(format!("{id} ⟨α⟩"));
        let operation =
            node["operations"].as_object().and_then(|operations| operations.keys().next()).cloned();
        if let Some(operation) = operation {
            node["operation_labels"] = json!({ operation: "first" });
        }
    }
}

struct Generator {
    stream: Stream,
    services: u64,
    queues: u64,
    exchanges: u64,
    logs: u64,
    breaker: Value,
    bulkhead: Value,
    rate_limit: Value,
    budget: Value,
    /// Steps that the present operation may still have.
    left: u64,
    /// Whether steps are repeated.
    repeats: bool,
}

impl Generator {
    fn below(&mut self, bound: u64) -> u64 {
        self.stream.below(bound)
    }

    fn chance(&mut self, probability: f64) -> bool {
        self.stream.chance(probability)
    }

    fn one_of(&mut self, words: &[&str]) -> Value {
        json!(words[self.below(words.len() as u64) as usize])
    }

    /// Puts a field in, once in so many times.
    fn maybe(
        &mut self,
        probability: f64,
        node: &mut Value,
        key: &str,
        value: impl FnOnce(&mut Self) -> Value,
    ) {
        if self.chance(probability) {
            node[key] = value(self);
        }
    }

    fn scenario(&mut self, seed: u64) -> Value {
        let mut nodes = Map::new();
        for client in 0..1 + self.below(2) {
            nodes.insert(format!("client{client}"), self.client());
        }
        for service in 0..self.services {
            nodes.insert(format!("service{service}"), self.service(service));
        }
        for queue in 0..self.queues {
            nodes.insert(format!("queue{queue}"), self.queue());
        }
        for exchange in 0..self.exchanges {
            nodes.insert(format!("exchange{exchange}"), self.exchange());
        }
        for log in 0..self.logs {
            nodes.insert(format!("log{log}"), self.log());
        }
        for id in ["db", "model"] {
            nodes.insert(id.to_owned(), self.store());
        }
        let loss = if self.chance(0.3) { 0.05 } else { 0.0 };
        let timeline: Vec<Value> = (0..self.below(4)).map(|_| self.timeline()).collect();
        let mut scenario = json!({
            "schema": 1, "title": format!("random {seed}"), "seed": seed,
            "network": { "latency": self.dist(8), "loss": loss },
            "nodes": nodes, "timeline": timeline
        });
        self.maybe(
            0.3,
            &mut scenario,
            "links",
            |g| json!([{ "from": "client0", "to": "service0", "latency": g.dist(30), "loss": 0.01 }]),
        );
        self.maybe(0.1, &mut scenario, "view", |g| {
            json!({
                "positions": { "client0": [0, 0] }, "speed": 0.5, "charts": [], "primary": "client0",
                "knobs": [{ "path": "nodes.service0.workers", "label": "Workers", "range": [1, 20],
                            "scale": g.one_of(&["linear", "log"]) }]
            })
        });
        self.maybe(0.1, &mut scenario, "description", |_| json!("made at random"));
        scenario
    }

    fn client(&mut self) -> Value {
        let rate = 1 + self.below(120);
        let arrivals = match self.below(5) {
            0 => json!({ "constant": { "rate": rate } }),
            1 => json!({ "profile": [["0s", rate], ["3s", self.below(200)], ["3s", 5], ["6s", rate]] }),
            2 => json!({ "closed": { "users": 1 + self.below(20), "think": self.dist(100) } }),
            _ => json!({ "poisson": { "rate": rate } }),
        };
        // The first client calls the first service, so that there is a link between them.
        let mut operation = self.steps(0, 0, false);
        let call = self.call_to(0, 0, 0);
        operation.as_array_mut().expect("steps").push(call);
        let mut client = json!({ "kind": "client", "arrivals": arrivals, "operation": operation });
        self.maybe(0.3, &mut client, "propagate_deadline", |_| json!(true));
        self.maybe(0.5, &mut client, "deadline", |g| json!(format!("{}ms", 1 + g.below(300))));
        self.maybe(
            0.4,
            &mut client,
            "keys",
            |g| json!({ "count": 1 + g.below(50), "skew": g.below(20) as f64 / 10.0 }),
        );
        client
    }

    fn service(&mut self, index: u64) -> Value {
        let mut service = json!({
            "kind": "service",
            "replicas": 1 + self.below(3), "workers": 1 + self.below(6),
            "discipline": self.one_of(&["fifo", "fifo", "lifo", "processor_sharing"]),
            "while_waiting": self.one_of(&["hold_worker", "release_worker"]),
            "balance": self.one_of(&["round_robin", "random", "least_outstanding", "power_of_two", "consistent_hash"]),
            "operations": { "default": self.steps(index + 1, 0, true), "other": self.steps(index + 1, 0, true) }
        });
        self.maybe(0.6, &mut service, "queue", |g| json!(g.below(20)));
        self.maybe(
            0.2,
            &mut service,
            "discovery",
            |g| json!({ "refresh": format!("{}ms", 1 + g.below(3_000)) }),
        );
        self.maybe(0.2, &mut service, "autoscale", |g| {
            json!({
                "min": 1 + g.below(2), "max": 2 + g.below(6), "target_utilization": 0.6,
                "every": format!("{}ms", 200 + g.below(2_000)), "startup": g.millis(1_500)
            })
        });
        self.maybe(0.2, &mut service, "admission", |g| match g.below(2) {
            0 => json!({ "rate_limit": { "rate": 1 + g.below(100), "burst": 1 + g.below(20) } }),
            _ => json!({ "shed": { "above_wait": g.millis(100) } }),
        });
        let mut consumes = Vec::new();
        if self.queues > 0 && self.chance(0.7) {
            consumes.push(self.consume(format!("queue{}", index % self.queues), false));
        }
        if self.logs > 0 && self.chance(0.6) {
            consumes.push(self.consume("log0".to_owned(), true));
        }
        if !consumes.is_empty() {
            service["consumes"] = json!(consumes);
        }
        service
    }

    fn consume(&mut self, from: String, log: bool) -> Value {
        let mut consume = json!({
            "from": from, "operation": self.one_of(&["default", "other"]), "prefetch": 1 + self.below(5),
            "ack": self.one_of(&["after", "before"]), "nack_delay": self.millis(50)
        });
        if log {
            consume["group"] = self.one_of(&["left", "right"]);
            self.maybe(0.4, &mut consume, "commit_every", |g| json!(format!("{}ms", 1 + g.below(2_000))));
        }
        consume
    }

    fn queue(&mut self) -> Value {
        let mut queue = json!({ "kind": "queue" });
        self.maybe(0.4, &mut queue, "capacity", |g| json!(g.below(20)));
        self.maybe(0.4, &mut queue, "overflow", |g| g.one_of(&["reject", "drop_oldest"]));
        self.maybe(0.3, &mut queue, "visibility_timeout", |g| json!(format!("{}ms", 1 + g.below(500))));
        self.maybe(0.3, &mut queue, "max_deliveries", |g| json!(1 + g.below(4)));
        // Dead letters may go round.
        self.maybe(0.4, &mut queue, "dead_letter", |g| json!(format!("queue{}", g.below(g.queues))));
        self.maybe(0.3, &mut queue, "ttl", |g| json!(format!("{}ms", 1 + g.below(2_000))));
        self.maybe(0.2, &mut queue, "delivery_latency", |g| g.dist(50));
        queue
    }

    /// An exchange with bindings to queues and exchanges, itself among them.
    fn exchange(&mut self) -> Value {
        let bindings: Vec<Value> = (0..self.below(6))
            .map(|_| {
                let to = if self.chance(0.25) {
                    format!("exchange{}", self.below(self.exchanges))
                } else {
                    format!("queue{}", self.below(self.queues))
                };
                let key = self.one_of(&["", "a", "a.b", "a.*", "#", "*.b", "#.b.#"]);
                let matching = self.one_of(&["all", "any"]);
                json!({ "to": to, "key": key, "match": matching, "headers": self.headers() })
            })
            .collect();
        let routing = self.one_of(&["direct", "fanout", "topic", "headers"]);
        json!({ "kind": "exchange", "type": routing, "bindings": bindings })
    }

    fn headers(&mut self) -> Value {
        match self.below(3) {
            0 => json!({}),
            1 => json!({ "colour": self.one_of(&["red", "blue"]) }),
            _ => json!({ "colour": self.one_of(&["red", "blue"]), "size": self.one_of(&["s", "l"]) }),
        }
    }

    fn log(&mut self) -> Value {
        let replication = 1 + self.below(3);
        let mut log = json!({
            "kind": "log", "partitions": 1 + self.below(6), "brokers": 3, "replication": replication,
            "min_in_sync": 1 + self.below(replication),
            "assignor": self.one_of(&["range", "round_robin", "sticky", "cooperative_sticky"]),
            "session_timeout": format!("{}ms", 200 + self.below(3_000))
        });
        log["acks"] = match self.below(3) {
            0 => json!(0),
            1 => json!(1),
            _ => json!("all"),
        };
        self.maybe(0.4, &mut log, "retention", |g| match g.below(2) {
            0 => json!(1 + g.below(50)),
            _ => json!(format!("{}ms", 100 + g.below(4_000))),
        });
        log
    }

    /// A store: what is written, or a read model of it.
    fn store(&mut self) -> Value {
        let mut store = json!({ "kind": "store", "connections": 1 + self.below(5), "read": self.dist(4),
                                "write": self.dist(6), "unique": self.chance(0.5) });
        self.maybe(0.4, &mut store, "follower_lag", |g| g.dist(100));
        self.maybe(0.4, &mut store, "keys", |g| json!({ "count": 1 + g.below(30), "skew": 1 }));
        store
    }

    fn timeline(&mut self) -> Value {
        let service = match self.chance(0.2) {
            true => "db".to_owned(),
            false => format!("service{}", self.below(self.services)),
        };
        let fault = match self.below(12) {
            0 => json!({ "slow": { "node": service, "factor": 1 + self.below(10) } }),
            1 => json!({ "error": { "node": service, "probability": 0.5 } }),
            2 => json!({ "crash": { "node": service } }),
            3 | 4 => json!({ "crash": { "node": service, "replica": 0 } }),
            5 => json!({ "pause": { "node": service } }),
            6 => json!({ "partition": { "between": ["client0", "service0"] } }),
            7 => json!({ "latency": { "from": "client0", "to": "service0", "add": self.dist(200) } }),
            8 => json!({ "loss": { "from": "service0", "to": "client0", "probability": 0.5 } }),
            9 if self.logs > 0 => json!({ "broker_down": { "log": "log0", "broker": self.below(3) } }),
            10 => json!({ "poison": { "client": "client0", "probability": 0.3 } }),
            _ => json!({ "surge": { "client": "client0", "factor": 1 + self.below(4) } }),
        };
        let mut entry = json!({ "at": format!("{}ms", self.below(8_000)), "fault": fault });
        self.maybe(0.8, &mut entry, "for", |g| json!(format!("{}ms", 1 + g.below(4_000))));
        entry
    }

    fn millis(&mut self, most: u64) -> Value {
        json!(format!("{}ms", self.below(most + 1)))
    }

    fn dist(&mut self, mean_ms: u64) -> Value {
        let mean = format!("{}ms", 1 + self.below(mean_ms));
        match self.below(8) {
            0 => json!({ "exponential": mean }),
            1 => json!({ "uniform": ["1ms", format!("{}ms", 1 + mean_ms)] }),
            2 => json!({ "erlang": { "mean": mean, "k": 1 + self.below(4) } }),
            3 => json!({ "hyperexponential": { "mean": mean, "cv": 1.5 } }),
            4 => json!({ "lognormal": { "mean": mean, "cv": 1.0 } }),
            5 => json!({ "empirical": [["1ms", 0.9], [mean, 0.1]] }),
            6 => json!({ "pareto": { "min": "1ms", "alpha": 1.5, "max": format!("{}ms", 10 * mean_ms) } }),
            _ => json!(mean),
        }
    }
}
