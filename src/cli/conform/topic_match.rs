//! Component `topic_match`: which bindings of a topic exchange take a message.

use cascade::scenario::topic_matches;
use serde_json::{Value, json};

use super::machine::Machine;
use super::value;

/// The compiler's matching, which finds the ways of messages for the engine.
pub fn machine(config: &Value) -> Result<Machine, String> {
    let bindings = config.get("bindings").and_then(Value::as_object).ok_or("needs an object \"bindings\"")?;
    let mut patterns = Vec::new();
    for name in bindings.keys() {
        patterns.push((name.clone(), value::text(&config["bindings"], name)?.to_owned()));
    }
    Ok(Box::new(move |input| {
        let key = value::text(input, "key")?;
        let matched = patterns.iter().filter(|(_, pattern)| topic_matches(pattern, key));
        Ok(json!({ "matched": matched.map(|(name, _)| name).collect::<Vec<_>>() }))
    }))
}
