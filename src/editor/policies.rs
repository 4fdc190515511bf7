//! Policies of calls, with the defaults of libraries that people know.
//!
//! Where each comes from stands beside it. What a library has and the language has not is left out: resilience4j's rate
//! limiter allows 50 calls every 500 ns by default, which is no limit.

use super::draft::{Draft, nothing_at, refuse};
use super::edit::Refused;
use super::tree::{at, at_mut, put, take};
use crate::base::Json;

/// A policy to put on a call.
#[derive(Debug)]
pub struct Policy {
    /// Its key: what [`Edit::AddPolicy`](super::Edit::AddPolicy) names.
    pub key: &'static str,
    /// The field of a call that it is: `retry`.
    pub field: &'static str,
    /// The library whose defaults it has; empty: the language's own.
    pub library: &'static str,
    /// What the library calls it; empty for the language's own.
    pub own_name: &'static str,
    /// Where the library documents its defaults; empty for the language's own.
    pub source: &'static str,
    value: &'static str,
}

impl Policy {
    /// What is written for it.
    pub fn value(&self) -> Json {
        Json::parse(self.value).unwrap_or(Json::Null)
    }
}

macro_rules! policy {
    ($key:literal, $field:literal, $library:literal, $own:literal, $source:literal, $value:tt) => {
        Policy {
            key: $key,
            field: $field,
            library: $library,
            own_name: $own,
            source: $source,
            value: stringify!($value),
        }
    };
    ($field:literal, $value:tt) => {
        policy!($field, $field, "", "", "", $value)
    };
}

/// What can be put on a call: first the language's own, then those of libraries.
pub fn policies() -> &'static [Policy] {
    &POLICIES
}

static POLICIES: [Policy; 24] = [
    policy!("timeout", "1s"),
    policy!("retry", {"attempts": 3, "backoff": {"base": "100ms", "jitter": "full"}}),
    policy!("circuit_breaker", {"window": {"time": "10s"}, "minimum_calls": 20, "open_for": "10s"}),
    policy!("bulkhead", {"max_concurrent": 25}),
    policy!("rate_limit", {"rate": 100, "burst": 20}),
    policy!("hedge", {"after": "100ms"}),
    policy!("outlier_detection", {}),
    policy!("health_check", {}),
    policy!("fallback", []),
    policy!(
        "resilience4j-timeout",
        "timeout",
        "resilience4j",
        "TimeLimiter",
        "https://resilience4j.readme.io/docs/timeout",
        "1s"
    ),
    policy!("resilience4j-retry", "retry", "resilience4j", "Retry",
        "https://resilience4j.readme.io/docs/retry", {"attempts": 3, "backoff": {"base": "500ms", "factor": 1}}),
    policy!("resilience4j-circuit-breaker", "circuit_breaker", "resilience4j", "CircuitBreaker",
        "https://resilience4j.readme.io/docs/circuitbreaker",
        {"window": {"calls": 100}, "failure_rate": 0.5, "minimum_calls": 100, "open_for": "60s", "half_open_calls": 10}),
    policy!("resilience4j-bulkhead", "bulkhead", "resilience4j", "Bulkhead",
        "https://resilience4j.readme.io/docs/bulkhead", {"max_concurrent": 25, "max_wait": "0s"}),
    policy!(
        "envoy-timeout",
        "timeout",
        "Envoy",
        "timeout",
        "https://www.envoyproxy.io/docs/envoy/latest/faq/configuration/timeouts",
        "15s"
    ),
    // A wait is drawn from nothing to 25 ms, then to 75 ms; at most three retries are out at one time (`max_retries`).
    policy!("envoy-retry", "retry", "Envoy", "retry_policy",
        "https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter",
        {"attempts": 2, "backoff": {"base": "25ms", "factor": 2, "cap": "250ms", "jitter": "full"},
         "budget": {"ratio": 0, "min_concurrent": 3}}),
    policy!("envoy-bulkhead", "bulkhead", "Envoy", "circuit_breakers.max_requests",
        "https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/circuit_breaker.proto",
        {"max_concurrent": 1024}),
    policy!("envoy-outlier-detection", "outlier_detection", "Envoy", "outlier_detection",
        "https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/outlier_detection.proto",
        {"consecutive_errors": 5, "interval": "10s", "base_ejection_time": "30s", "max_ejection_time": "300s", "max_ejected": 0.1}),
    policy!(
        "polly-timeout",
        "timeout",
        "Polly",
        "Timeout",
        "https://www.pollydocs.org/strategies/timeout",
        "30s"
    ),
    policy!("polly-retry", "retry", "Polly", "Retry", "https://www.pollydocs.org/strategies/retry",
        {"attempts": 4, "backoff": {"base": "2s", "factor": 1}}),
    policy!("polly-circuit-breaker", "circuit_breaker", "Polly", "CircuitBreaker",
        "https://www.pollydocs.org/strategies/circuit-breaker",
        {"window": {"time": "30s"}, "failure_rate": 0.1, "minimum_calls": 100, "open_for": "5s", "half_open_calls": 1}),
    policy!("polly-bulkhead", "bulkhead", "Polly", "ConcurrencyLimiter",
        "https://www.pollydocs.org/strategies/rate-limiter", {"max_concurrent": 1000, "max_wait": "0s"}),
    // gRPC has no defaults: these are the numbers of its proposal, whose waits are within a fifth of what they say.
    policy!("grpc-retry", "retry", "gRPC", "retryPolicy",
        "https://github.com/grpc/proposal/blob/master/A6-client-retries.md",
        {"attempts": 4, "backoff": {"base": "100ms", "factor": 2, "cap": "1s"}, "budget": {"tokens": 10, "ratio": 0.1}}),
    policy!("grpc-hedge", "hedge", "gRPC", "hedgingPolicy",
        "https://github.com/grpc/proposal/blob/master/A6-client-retries.md", {"after": "500ms", "max": 3}),
    policy!("aws-retry", "retry", "AWS SDK", "StandardRetryStrategy",
        "https://docs.aws.amazon.com/java/api/latest/software/amazon/awssdk/retries/StandardRetryStrategy.html",
        {"attempts": 3, "backoff": {"base": "1s", "factor": 2, "cap": "20s", "jitter": "full"}}),
];

/// What stands behind the `call` of a step.
fn inside(draft: &Draft, call: &str) -> String {
    let whole = [call, ".call"].concat();
    if at(&draft.json, &whole).is_some() { whole } else { call.to_owned() }
}

/// Puts a policy on a call, in place of the one that it has.
pub fn add(draft: &mut Draft, call: &str, key: &str) -> Result<(), Refused> {
    let Some(policy) = POLICIES.iter().find(|policy| policy.key == key) else {
        return refuse(call, problem!("editor.no.policy", name = key));
    };
    let path = inside(draft, call);
    let call = at_mut(&mut draft.json, &path).ok_or_else(|| nothing_at(&path))?;
    put(call, policy.field, policy.value());
    Ok(())
}

/// Takes a policy off a call.
pub fn remove(draft: &mut Draft, call: &str, field: &str) -> Result<(), Refused> {
    let path = inside(draft, call);
    let call = at_mut(&mut draft.json, &path).filter(|_| POLICIES.iter().any(|policy| policy.field == field));
    call.and_then(|call| take(call, field))
        .map(|_| ())
        .ok_or_else(|| nothing_at(&[&path, ".", field].concat()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn every_policy_is_right_and_named_once() {
        for (at, policy) in policies().iter().enumerate() {
            let text = format!(
                r#"{{"schema": 1, "nodes": {{"web": {{"kind": "client", "arrivals": {{"poisson": {{"rate": 1}}}},
                "operation": [{{"call": {{"to": "app", "{}": {}}}}}]}},
                "app": {{"kind": "service", "operations": {{"default": []}}}}}}}}"#,
                policy.field,
                policy.value()
            );
            let read = Scenario::read(&text).and_then(|scenario| scenario.plan());
            assert!(read.is_ok(), "{}: {read:?}", policy.key);
            assert_eq!(policy.library.is_empty(), policy.source.is_empty());
            assert!(policies()[..at].iter().all(|other| other.key != policy.key), "{}", policy.key);
        }
    }
}
