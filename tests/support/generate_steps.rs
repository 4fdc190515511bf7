//! Random steps and the policies of calls.

use serde_json::{Value, json};

use super::Generator;

impl Generator {
    /// One to three steps; calls go only to services from `from` on, so that no call ever comes back.
    pub(super) fn steps(&mut self, from: u64, depth: u64, at_service: bool) -> Value {
        if depth == 0 {
            // An operation has at most 64.
            self.left = 60;
        }
        let count = (1 + self.below(3)).min(self.left);
        self.left -= count;
        Value::Array((0..count).map(|_| self.step(from, depth, at_service)).collect())
    }

    fn step(&mut self, from: u64, depth: u64, at_service: bool) -> Value {
        if self.repeats && depth < 2 && self.chance(0.08) {
            let times = if self.chance(0.5) {
                json!(self.below(5))
            } else {
                json!({ "geometric": self.below(30) as f64 / 10.0 })
            };
            return json!({ "repeat": { "times": times, "do": self.steps(from, depth + 1, at_service) } });
        }
        match self.below(if depth < 2 { 14 } else { 9 }) {
            0 | 1 => json!({ "work": self.dist(15) }),
            2 => json!({ "sleep": self.dist(20) }),
            3..=5 if from < self.services => {
                let to = from + self.below(self.services - from);
                self.call_to(to, from, depth)
            }
            6 | 7 => self.message(),
            8 if self.chance(0.3) => {
                json!({ "fail": { "probability": self.below(10) as f64 / 20.0, "error": "declined" } })
            }
            9 if at_service => json!({ "respond": {} }),
            10 => {
                let branches: Vec<Value> =
                    (0..1 + self.below(3)).map(|_| self.steps(from, depth + 1, at_service)).collect();
                json!({ "all": branches })
            }
            11 => {
                let arms: Vec<Value> = (0..1 + self.below(3))
                    .map(|_| json!({ "weight": 1 + self.below(9), "then": self.steps(from, depth + 1, at_service) }))
                    .collect();
                json!({ "choose": arms })
            }
            12 => {
                let acts: Vec<Value> = (0..1 + self.below(3))
                    .map(|_| json!({ "do": self.steps(from, depth + 1, at_service), "undo": self.steps(from, 2, at_service) }))
                    .collect();
                json!({ "saga": acts })
            }
            _ => self.effect(),
        }
    }

    /// A message to a broker, if there is one; else some work.
    fn message(&mut self) -> Value {
        let confirm = self.chance(0.5);
        match self.below(6) {
            0 | 1 if self.queues > 0 => {
                json!({ "publish": { "to": format!("queue{}", self.below(self.queues)), "confirm": confirm } })
            }
            2 | 3 if self.exchanges > 0 => {
                let to = format!("exchange{}", self.below(self.exchanges));
                let key = self.one_of(&["", "a", "a.b", "a.x.b", "c"]);
                let headers = self.headers();
                json!({ "publish": { "to": to, "confirm": confirm, "routing_key": key, "headers": headers } })
            }
            4 if self.logs > 0 => {
                let mut publish = json!({ "to": "log0", "confirm": confirm });
                self.maybe(0.4, &mut publish, "key", |g| g.one_of(&["a", "b", "c"]));
                json!({ "publish": publish })
            }
            5 if self.queues > 0 => {
                let (via, reply_via) = (self.below(self.queues), self.below(self.queues));
                let mut ask =
                    json!({ "via": format!("queue{via}"), "reply_via": format!("queue{reply_via}") });
                self.maybe(0.8, &mut ask, "timeout", |g| json!(format!("{}ms", 5 + g.below(300))));
                json!({ "ask": ask })
            }
            _ => json!({ "work": self.millis(5) }),
        }
    }

    /// A step that uses a store or a window.
    fn effect(&mut self) -> Value {
        let key = self.one_of(&["stock", "cart"]);
        match self.below(7) {
            0 => json!({ "read": { "from": "db", "key": key } }),
            1 => {
                json!({ "read": { "from": self.one_of(&["db", "model"]), "replica": self.one_of(&["leader", "follower"]) } })
            }
            2 => json!({ "write": { "to": "db", "key": key } }),
            3 => json!({ "write": { "to": "db" } }),
            4 => json!({ "project": { "to": "model" } }),
            5 => {
                let every = format!("{}ms", 100 + self.below(2_000));
                let mut window = json!({ "every": every, "lateness": self.millis(300) });
                let queues = self.queues;
                self.maybe(if queues > 0 { 0.5 } else { 0.0 }, &mut window, "emit_to", |g| {
                    json!(format!("queue{}", g.below(queues)))
                });
                self.maybe(0.3, &mut window, "key", |_| json!("all"));
                json!({ "window": window })
            }
            _ => json!({ "work": self.millis(5) }),
        }
    }

    /// A call with some of the policies.
    pub(super) fn call_to(&mut self, to: u64, from: u64, depth: u64) -> Value {
        let mut call = json!({ "to": format!("service{to}") });
        self.maybe(0.3, &mut call, "operation", |_| json!("other"));
        self.maybe(0.7, &mut call, "timeout", |g| json!(format!("{}ms", 5 + g.below(200))));
        self.maybe(0.5, &mut call, "retry", |g| {
            let mut retry = json!({
                "attempts": 1 + g.below(4), "on": ["timeout", "error", "rejected"],
                "backoff": { "base": format!("{}ms", 1 + g.below(50)), "factor": 2, "cap": "1s",
                             "jitter": g.one_of(&["none", "full", "equal", "decorrelated"]) }
            });
            g.maybe(0.4, &mut retry, "budget", |g| g.budget.clone());
            retry
        });
        self.maybe(0.3, &mut call, "circuit_breaker", |g| g.breaker.clone());
        self.maybe(0.2, &mut call, "bulkhead", |g| g.bulkhead.clone());
        self.maybe(0.2, &mut call, "rate_limit", |g| g.rate_limit.clone());
        self.maybe(
            0.2,
            &mut call,
            "hedge",
            |g| json!({ "after": format!("{}ms", 1 + g.below(50)), "max": 1 + g.below(2) }),
        );
        if depth < 2 && self.chance(0.3) {
            call["fallback"] = self.steps(from, 2, false);
        }
        json!({ "call": call })
    }

    /// Draws the policies that calls share: calls that share one must have the same numbers.
    pub(super) fn policies(&mut self) {
        let window = match self.below(2) {
            0 => json!({ "calls": 1 + self.below(20) }),
            _ => json!({ "time": format!("{}s", 1 + self.below(5)) }),
        };
        self.breaker = json!({
            "window": window, "failure_rate": 0.5, "slow_rate": 0.8,
            "slow_call": format!("{}ms", 1 + self.below(150)),
            "minimum_calls": 1 + self.below(10), "open_for": format!("{}ms", 1 + self.below(1_000)),
            "half_open_calls": 1 + self.below(5), "half_open_max": self.millis(1_000),
            "per": self.one_of(&["callee", "operation"])
        });
        self.bulkhead = json!({ "max_concurrent": 1 + self.below(5), "max_wait": self.millis(100) });
        self.rate_limit =
            json!({ "rate": 1 + self.below(100), "burst": 1 + self.below(10), "max_wait": self.millis(200) });
        self.budget = match self.below(2) {
            0 => json!({ "ratio": 0.2, "min_concurrent": self.below(4) }),
            _ => json!({ "ratio": 0.1, "tokens": 1 + self.below(10) }),
        };
    }
}
