//! What counts as equal: the rules that the vectors' description lists under "All".

use cascade::base::parse_duration;
use serde_json::{Map, Value};

/// How far numbers may be apart.
const CLOSE: f64 = 1e-6;

/// How many nanoseconds durations may be apart.
const CLOSE_NANOS: u64 = 1;

/// Keys whose lists are sets; every list within `assignment` is one too.
const SETS: [&str; 4] = ["matched", "unacked", "withheld", "assignment"];

/// Keys whose strings are durations.
const DURATIONS: [&str; 2] = ["delay", "wait"];

/// Compares the keys that the expectation names, and those alone; says what differs.
pub fn compare(expect: &Value, seen: &Value) -> Result<(), String> {
    let Value::Object(expected) = expect else { return Err("the expectation is no object".to_owned()) };
    let refused = expected.get("permitted") == Some(&Value::Bool(false));
    let (mut wanted, mut got) = (Map::new(), Map::new());
    for (key, expected) in expected {
        // Who is refused does not wait.
        if key == "wait" && refused {
            continue;
        }
        let seen = seen.get(key).unwrap_or(&Value::Null);
        if !equal(key, expected, seen) {
            wanted.insert(key.clone(), expected.clone());
            got.insert(key.clone(), seen.clone());
        }
    }
    if wanted.is_empty() {
        return Ok(());
    }
    Err(format!("expected {}, got {}", Value::Object(wanted), Value::Object(got)))
}

/// Whether two values under this key are equal.
fn equal(key: &str, expected: &Value, seen: &Value) -> bool {
    match (expected, seen) {
        (Value::Number(a), Value::Number(b)) => match (a.as_f64(), b.as_f64()) {
            (Some(a), Some(b)) => (a - b).abs() <= CLOSE,
            _ => a == b,
        },
        (Value::String(a), Value::String(b)) if DURATIONS.contains(&key) => {
            match (parse_duration(a), parse_duration(b)) {
                (Ok(a), Ok(b)) => a.0.abs_diff(b.0) <= CLOSE_NANOS,
                _ => a == b,
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            if SETS.contains(&key) {
                same_members(key, a, b)
            } else {
                a.iter().zip(b).all(|(a, b)| equal(key, a, b))
            }
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| equal(key, a, b)))
        }
        _ => expected == seen,
    }
}

/// Whether two lists of one length have the same members, whatever their order.
fn same_members(key: &str, a: &[Value], b: &[Value]) -> bool {
    let mut left: Vec<&Value> = b.iter().collect();
    a.iter().all(|a| match left.iter().position(|b| equal(key, a, b)) {
        Some(at) => {
            left.swap_remove(at);
            true
        }
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_named_keys_count_within_their_tolerance() {
        let cases = [
            (json!({}), json!({ "state": "open" }), true),
            (json!({ "state": "open" }), json!({}), false),
            (json!({ "state": "open" }), json!({ "state": "closed" }), false),
            (json!({ "rate": 0.6 }), json!({ "rate": 0.600_000_9 }), true),
            (json!({ "rate": 1 }), json!({ "rate": 1.0 }), true),
            (json!({ "rate": 0.6 }), json!({ "rate": 0.600_002 }), false),
            (json!({ "delay": "100ms" }), json!({ "delay": "0.1s" }), true),
            (json!({ "delay": "1ns" }), json!({ "delay": "2ns" }), true),
            (json!({ "delay": "1ns" }), json!({ "delay": "3ns" }), false),
            (json!({ "permitted": true, "wait": "1s" }), json!({ "permitted": true, "wait": "2s" }), false),
            (json!({ "permitted": false, "wait": "1s" }), json!({ "permitted": false }), true),
            (json!({ "ready": ["a", "b"] }), json!({ "ready": ["b", "a"] }), false),
            (json!({ "unacked": ["a", "b"] }), json!({ "unacked": ["b", "a"] }), true),
            (json!({ "unacked": ["a", "a"] }), json!({ "unacked": ["b", "a"] }), false),
            (
                json!({ "assignment": { "c": ["x", "y"] } }),
                json!({ "assignment": { "c": ["y", "x"] } }),
                true,
            ),
            (json!({ "assignment": { "c": [] } }), json!({ "assignment": { "c": [], "d": [] } }), false),
            (json!({ "received": null }), json!({}), true),
        ];
        for (expect, seen, same) in cases {
            assert_eq!(compare(&expect, &seen).is_ok(), same, "{expect} {seen}");
        }
    }
}
