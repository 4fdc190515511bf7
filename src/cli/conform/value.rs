//! Reading the parts of a vector; each error is a phrase that says what is wrong.

use cascade::base::{Diagnostic, Json, SimDuration, SimTime, parse_duration};
use serde_json::Value;

/// A string.
pub fn text<'v>(from: &'v Value, key: &str) -> Result<&'v str, String> {
    from.get(key).and_then(Value::as_str).ok_or_else(|| format!("needs a string \"{key}\""))
}

/// A list.
pub fn list<'v>(from: &'v Value, key: &str) -> Result<&'v [Value], String> {
    from.get(key)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .ok_or_else(|| format!("needs a list \"{key}\""))
}

/// A number.
pub fn number(from: &Value, key: &str) -> Result<f64, String> {
    from.get(key).and_then(Value::as_f64).ok_or_else(|| format!("needs a number \"{key}\""))
}

/// A whole number from 0 on; what is too large counts as the largest.
pub fn count(from: &Value, key: &str) -> Result<u64, String> {
    let number = number(from, key)?;
    if number < 0.0 || number != number.trunc() {
        return Err(format!("needs a whole number \"{key}\" from 0 on"));
    }
    // `as` saturates.
    Ok(number as u64)
}

/// A duration.
pub fn duration(from: &Value, key: &str) -> Result<SimDuration, String> {
    parse_duration(text(from, key)?)
}

/// When the input happens: its `at`, from the vector's start.
pub fn at(input: &Value) -> Result<SimTime, String> {
    Ok(SimTime::ZERO + duration(input, "at")?)
}

/// A configuration for the tables of the scenario language.
pub fn json(value: &Value) -> Result<Json, String> {
    Json::parse(&value.to_string()).map_err(|diagnostic| diagnostic.to_string())
}

/// Diagnostics as one phrase.
pub fn phrase(diagnostics: Vec<Diagnostic>) -> String {
    diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
