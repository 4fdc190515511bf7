//! Small changes to a scenario: right ones, wrong ones, and ones at some limit.

use serde_json::{Value, json};

/// Replaces one part of a value: three bytes say which, one by what.
pub fn mutate(value: &mut Value, [a, b, c, by]: [u8; 4]) {
    let mut left = usize::from(a) << 16 | usize::from(b) << 8 | usize::from(c);
    left %= parts(value);
    replace(value, &mut left, by);
}

/// How many parts a value has, itself included.
fn parts(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(parts).sum::<usize>(),
        Value::Object(members) => members.values().map(parts).sum::<usize>(),
        _ => 0,
    }
}

/// Replaces the part at a place; true when that was done.
fn replace(value: &mut Value, left: &mut usize, by: u8) -> bool {
    if *left == 0 {
        *value = replacement(value, by);
        return true;
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| replace(item, left, by)),
        Value::Object(members) => members.values_mut().any(|member| replace(member, left, by)),
        _ => false,
    }
}

/// Another value, near the one there was or at some limit.
fn replacement(value: &Value, by: u8) -> Value {
    let small = u64::from(by >> 4);
    match (value, by & 15) {
        (Value::Array(items), 0..=4) => [&items[..], &items[..]].concat().into(),
        (Value::Array(items), 5..=9) => items.iter().skip(1).cloned().collect(),
        (Value::Object(members), 0..=9) => members
            .iter()
            .enumerate()
            .filter(|(at, _)| *at as u64 != small)
            .map(|(_, (key, value))| (key.clone(), value.clone()))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        (Value::Number(number), 0..=7) => json!(
            number.as_f64().unwrap_or(0.0) * [0.0, 0.1, 0.5, 2.0, 10.0, 100.0, 1e4, 1e9][usize::from(by & 7)]
        ),
        (Value::Number(_), _) => json!(small),
        (Value::String(_), 0) => json!("0s"),
        (Value::String(_), 1) => json!("1ns"),
        (Value::String(_), 2) => json!("100000h"),
        (Value::String(_), 3..=5) => json!(format!("{small}ms")),
        (Value::String(_), 6) => json!(format!("service{}", small % 4)),
        (Value::String(_), 7) => json!(format!("queue{}", small % 3)),
        (Value::String(_), 8) => json!("client0"),
        (Value::Bool(flag), _) => json!(!flag),
        (_, 10) => Value::Null,
        (_, 11) => json!(0),
        (_, 12) => json!(1_000_000),
        (_, 13) => json!([]),
        (_, 14) => json!({}),
        _ => json!(small),
    }
}
