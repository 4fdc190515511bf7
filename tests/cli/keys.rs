//! The keys of a result, as the scenario language's reference lists them, in that order.

use cascade::base::Json;

/// Objects and lists by path; `*` stands for every name or place. Each has exactly these keys, in this order.
const KEYS: [(&str, &str); 15] = [
    (
        "",
        "schema title seed simulated_s warmup_s events digest blocked_in_a_circle clients services calls queues exchanges logs stores \
         sagas windows ledger",
    ),
    (
        "clients.*",
        "offered answered good late degraded failed in_flight offered_per_s goodput_per_s latency_ms",
    ),
    ("clients.*.failed", FAILED),
    ("clients.*.latency_ms", LATENCY),
    (
        "services.*",
        "arrivals started completed failed rejected shed expired wasted utilization busy_mean blocked_mean \
         queue_length_mean queue_length_max in_system_mean replicas_mean replicas_max waiting_ms response_ms \
         operations scaling",
    ),
    ("services.*.waiting_ms", LATENCY),
    ("services.*.response_ms", LATENCY),
    ("services.*.operations.*", "completed failed response_ms"),
    ("services.*.operations.*.response_ms", LATENCY),
    ("calls.*", "from to operation calls attempts retries hedges ok failed latency_ms breaker"),
    ("calls.*.failed", FAILED),
    ("calls.*.latency_ms", LATENCY),
    (
        "queues.*",
        "published rejected retried stored_again dropped delivered redelivered acked late_acks rejected_by_consumers \
         expired dead_lettered ready unacked depth_mean depth_max age_ms",
    ),
    ("queues.*.age_ms", LATENCY),
    ("ledger", "created consumed refused dead_lettered expired dropped lost in_flight"),
];

const FAILED: &str = "timeout error rejected breaker_open rate_limited bulkhead_full unavailable";
const LATENCY: &str = "mean p50 p95 p99 p999 max count";

/// The values that a path reaches.
fn reached<'a>(json: &'a Json, path: &str) -> Vec<&'a Json> {
    let mut found = vec![json];
    for key in path.split('.').filter(|key| !key.is_empty()) {
        found = found
            .into_iter()
            .flat_map(|json| match key {
                "*" => json.members().iter().map(|(_, value)| value).chain(json.items()).collect::<Vec<_>>(),
                key => vec![json.get(key).unwrap_or_else(|| panic!("no {key} of {path}"))],
            })
            .collect();
    }
    found
}

/// Compares every object of a result that has a client, a service, a call and a queue.
pub fn check(result: &Json) {
    for (path, keys) in KEYS {
        let expected: Vec<_> = keys.split_whitespace().collect();
        let objects = reached(result, path);
        assert!(!objects.is_empty(), "nothing at {path}");
        for object in objects {
            // A service with several replicas says more than others.
            let seen = object.members().iter().map(|(key, _)| key.as_str());
            let seen: Vec<_> = seen.filter(|key| *key != "per_replica").collect();
            assert_eq!(seen, expected, "keys of {path}");
        }
    }
    for empty in ["exchanges", "logs", "stores", "sagas", "windows"] {
        assert_eq!(result.get(empty), Some(&Json::Object(Vec::new())), "{empty}");
    }
}
