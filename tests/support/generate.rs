//! Random small scenarios over everything that runs, from a seed.

use cascade::base::Stream;
use serde_json::{Value, json};

/// A scenario with one or two clients, a few services, perhaps queues, policies and faults.
pub fn scenario(seed: u64) -> Value {
    let mut generator = Generator {
        stream: Stream::new(seed, "generator", "scenario"),
        services: 0,
        queues: 0,
        exchanges: 0,
    };
    generator.services = 1 + generator.below(4);
    generator.queues = generator.below(4);
    if generator.queues > 0 && generator.chance(0.4) {
        generator.exchanges = 1 + generator.below(2);
    }
    generator.scenario(seed)
}

struct Generator {
    stream: Stream,
    services: u64,
    queues: u64,
    exchanges: u64,
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

    fn scenario(&mut self, seed: u64) -> Value {
        let mut nodes = serde_json::Map::new();
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
        self.stores(&mut nodes);
        let loss = if self.chance(0.3) { 0.05 } else { 0.0 };
        let timeline: Vec<Value> = (0..self.below(4)).map(|_| self.timeline()).collect();
        json!({
            "schema": 1, "title": format!("random {seed}"), "seed": seed,
            "network": { "latency": self.dist(8), "loss": loss },
            "nodes": nodes, "timeline": timeline
        })
    }

    fn client(&mut self) -> Value {
        let rate = 1 + self.below(120);
        let arrivals = match self.below(5) {
            0 => json!({ "constant": { "rate": rate } }),
            1 => json!({ "profile": [["0s", rate], ["3s", self.below(200)], ["3s", 5], ["6s", rate]] }),
            2 => json!({ "closed": { "users": 1 + self.below(20), "think": self.dist(100) } }),
            _ => json!({ "poisson": { "rate": rate } }),
        };
        let mut client =
            json!({ "kind": "client", "arrivals": arrivals, "operation": self.steps(0, 0, false) });
        if self.chance(0.5) {
            client["deadline"] = json!(format!("{}ms", 1 + self.below(300)));
        }
        if self.chance(0.3) {
            client["keys"] = json!({ "count": 1 + self.below(50), "skew": self.below(20) as f64 / 10.0 });
        }
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
        if self.chance(0.6) {
            service["queue"] = json!(self.below(20));
        }
        if self.chance(0.2) {
            service["discovery"] = json!({ "refresh": format!("{}ms", 1 + self.below(3_000)) });
        }
        if self.chance(0.2) {
            service["autoscale"] = json!({
                "min": 1 + self.below(2), "max": 2 + self.below(6), "target_utilization": 0.6,
                "every": format!("{}ms", 200 + self.below(2_000)), "startup": self.millis(1_500)
            });
        }
        if self.queues > 0 && self.chance(0.7) {
            service["consumes"] = json!([{
                "from": format!("queue{}", self.below(self.queues)), "operation": "other",
                "prefetch": 1 + self.below(5), "ack": self.one_of(&["after", "before"]),
                "nack_delay": self.millis(50)
            }]);
        }
        service
    }

    /// One to three steps; calls go only to services from `from` on, so that no call ever comes back.
    fn steps(&mut self, from: u64, depth: u64, at_service: bool) -> Value {
        let count = 1 + self.below(3);
        Value::Array((0..count).map(|_| self.step(from, depth, at_service)).collect())
    }

    fn step(&mut self, from: u64, depth: u64, at_service: bool) -> Value {
        match self.below(if depth < 2 { 12 } else { 8 }) {
            0 | 1 => json!({ "work": self.dist(15) }),
            2 => json!({ "sleep": self.dist(20) }),
            3..=5 if from < self.services => self.call(from, depth),
            6 if self.queues > 0 => {
                if self.chance(0.2) {
                    return self.ask();
                }
                self.publish()
            }
            7 if self.chance(0.3) => json!({ "fail": { "probability": self.below(10) as f64 / 20.0 } }),
            8 if at_service => json!({ "respond": {} }),
            9 => {
                let branches: Vec<Value> =
                    (0..1 + self.below(3)).map(|_| self.steps(from, depth + 1, at_service)).collect();
                json!({ "all": branches })
            }
            10 => {
                let arms: Vec<Value> = (0..1 + self.below(3))
                    .map(|_| json!({ "weight": 1 + self.below(9), "then": self.steps(from, depth + 1, at_service) }))
                    .collect();
                json!({ "choose": arms })
            }
            _ => self.effect(from, depth, at_service),
        }
    }

    /// Two stores: what is written, and a read model of it.
    fn stores(&mut self, nodes: &mut serde_json::Map<String, Value>) {
        for id in ["db", "model"] {
            let mut store = json!({ "kind": "store", "connections": 1 + self.below(5), "read": self.dist(4),
                                    "write": self.dist(6), "unique": self.chance(0.5) });
            if self.chance(0.4) {
                store["follower_lag"] = self.dist(100);
            }
            if self.chance(0.4) {
                store["keys"] = json!({ "count": 1 + self.below(30), "skew": 1 });
            }
            nodes.insert(id.to_owned(), store);
        }
    }

    /// A step that uses a store, a saga or a window.
    fn effect(&mut self, from: u64, depth: u64, at_service: bool) -> Value {
        let key = self.one_of(&["stock", "cart"]);
        match self.below(8) {
            0 => json!({ "read": { "from": "db", "key": key } }),
            1 => {
                json!({ "read": { "from": self.one_of(&["db", "model"]), "replica": self.one_of(&["leader", "follower"]) } })
            }
            2 => json!({ "write": { "to": "db", "key": key } }),
            3 => json!({ "write": { "to": "db" } }),
            4 => json!({ "project": { "to": "model" } }),
            5 if depth < 2 => {
                let acts: Vec<Value> = (0..1 + self.below(3))
                    .map(|_| json!({ "do": self.steps(from, depth + 1, at_service), "undo": self.steps(from, 2, at_service) }))
                    .collect();
                json!({ "saga": acts })
            }
            6 => {
                let every = format!("{}ms", 100 + self.below(2_000));
                let mut window = json!({ "every": every, "lateness": self.millis(300) });
                if self.queues > 0 && self.chance(0.5) {
                    window["emit_to"] = json!(format!("queue{}", self.below(self.queues)));
                }
                json!({ "window": window })
            }
            _ => json!({ "work": self.millis(5) }),
        }
    }

    fn queue(&mut self) -> Value {
        let mut queue = json!({ "kind": "queue" });
        if self.chance(0.4) {
            queue["capacity"] = json!(self.below(20));
            queue["overflow"] = self.one_of(&["reject", "drop_oldest"]);
        }
        if self.chance(0.3) {
            queue["visibility_timeout"] = json!(format!("{}ms", 1 + self.below(100)));
        }
        if self.chance(0.4) {
            queue["max_deliveries"] = json!(1 + self.below(4));
        }
        if self.chance(0.3) {
            queue["ttl"] = json!(format!("{}ms", 1 + self.below(500)));
        }
        if self.chance(0.4) {
            queue["dead_letter"] = json!(format!("queue{}", self.below(self.queues)));
        }
        if self.chance(0.2) {
            queue["delivery_latency"] = self.dist(50);
        }
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

    fn publish(&mut self) -> Value {
        let confirm = self.chance(0.5);
        if self.exchanges > 0 && self.chance(0.6) {
            let to = format!("exchange{}", self.below(self.exchanges));
            let key = self.one_of(&["", "a", "a.b", "a.x.b", "c"]);
            let headers = self.headers();
            return json!({ "publish": { "to": to, "confirm": confirm, "routing_key": key, "headers": headers } });
        }
        json!({ "publish": { "to": format!("queue{}", self.below(self.queues)), "confirm": confirm } })
    }

    fn ask(&mut self) -> Value {
        let (via, reply_via) = (self.below(self.queues), self.below(self.queues));
        let mut ask = json!({ "via": format!("queue{via}"), "reply_via": format!("queue{reply_via}") });
        if self.chance(0.8) {
            ask["timeout"] = json!(format!("{}ms", 5 + self.below(300)));
        }
        json!({ "ask": ask })
    }

    fn call(&mut self, from: u64, depth: u64) -> Value {
        let to = from + self.below(self.services - from);
        let mut call = json!({ "to": format!("service{to}") });
        if self.chance(0.3) {
            call["operation"] = json!("other");
        }
        if self.chance(0.7) {
            call["timeout"] = json!(format!("{}ms", 5 + self.below(200)));
        }
        if self.chance(0.5) {
            call["retry"] = json!({
                "attempts": 1 + self.below(4),
                "on": ["timeout", "error", "rejected"],
                "backoff": { "base": format!("{}ms", 1 + self.below(50)), "factor": 2, "cap": "1s",
                             "jitter": self.one_of(&["none", "full", "equal", "decorrelated"]) }
            });
        }
        if depth < 2 && self.chance(0.3) {
            call["fallback"] = self.steps(from, 2, false);
        }
        json!({ "call": call })
    }

    fn timeline(&mut self) -> Value {
        let service = match self.chance(0.2) {
            true => "db".to_owned(),
            false => format!("service{}", self.below(self.services)),
        };
        let fault = match self.below(7) {
            0 => json!({ "slow": { "node": service, "factor": 1 + self.below(10) } }),
            1 => json!({ "error": { "node": service, "probability": 0.5 } }),
            2 => json!({ "crash": { "node": service } }),
            3 => json!({ "crash": { "node": service, "replica": 0 } }),
            4 => json!({ "pause": { "node": service } }),
            5 => json!({ "poison": { "client": "client0", "probability": 0.3 } }),
            _ => json!({ "surge": { "client": "client0", "factor": 1 + self.below(4) } }),
        };
        let mut entry = json!({ "at": format!("{}ms", self.below(8_000)), "fault": fault });
        if self.chance(0.8) {
            entry["for"] = json!(format!("{}ms", 1 + self.below(4_000)));
        }
        entry
    }

    fn millis(&mut self, most: u64) -> Value {
        json!(format!("{}ms", self.below(most + 1)))
    }

    fn dist(&mut self, mean_ms: u64) -> Value {
        let mean = format!("{}ms", 1 + self.below(mean_ms));
        match self.below(7) {
            0 => json!({ "exponential": mean }),
            1 => json!({ "uniform": ["1ms", format!("{}ms", 1 + mean_ms)] }),
            2 => json!({ "erlang": { "mean": mean, "k": 1 + self.below(4) } }),
            3 => json!({ "hyperexponential": { "mean": mean, "cv": 1.5 } }),
            4 => json!({ "lognormal": { "mean": mean, "cv": 1.0 } }),
            5 => json!({ "empirical": [["1ms", 0.9], [mean, 0.1]] }),
            _ => json!(mean),
        }
    }
}
