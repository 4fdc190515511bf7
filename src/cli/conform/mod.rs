//! `cascade conform`: runs vectors of facts about real systems against the engine's own state machines.
//!
//! A component is one file here and one line in `COMPONENTS`: it reads a vector's configuration through the tables
//! of the scenario language, where there is one for it, and gives a [`Machine`]. Nothing is simulated again here.

mod assignor;
mod backoff;
mod bulkhead;
mod circuit_breaker;
mod compare;
mod health_check;
mod machine;
mod outlier_detection;
mod partition;
mod producer_sequence;
mod queue;
mod rate_limit;
mod retry_budget;
mod retry_tokens;
mod topic_match;
mod value;

use serde_json::Value;

use super::input;
use super::output::{Problem, print};
use machine::Machine;

/// How a machine is made from a vector's configuration.
type Make = fn(&Value) -> Result<Machine, String>;

/// The components that there are vectors for.
const COMPONENTS: &[(&str, Make)] = &[
    ("assignor", assignor::machine),
    ("backoff", backoff::machine),
    ("bulkhead", bulkhead::machine),
    ("circuit_breaker", circuit_breaker::machine),
    ("health_check", health_check::machine),
    ("outlier_detection", outlier_detection::machine),
    ("partition", partition::machine),
    ("producer_sequence", producer_sequence::machine),
    ("rate_limit", rate_limit::machine),
    ("queue", queue::machine),
    ("retry_budget", retry_budget::machine),
    ("retry_tokens", retry_tokens::machine),
    ("topic_match", topic_match::machine),
];

/// Runs the vectors in `file`; prints a line for each that fails, then how many passed and failed.
pub fn conform(file: &str) -> Result<(), Problem> {
    let text = input::text(file)?;
    let mut lines = String::new();
    let (mut passed, mut failed) = (0, 0);
    match vectors(&text) {
        Err(wrong) => {
            failed = 1;
            lines += &format!("{file}: {wrong}\n");
        }
        Ok(vectors) => {
            for (at, vector) in vectors.iter().enumerate() {
                match run(vector) {
                    Ok(()) => passed += 1,
                    Err(wrong) => {
                        failed += 1;
                        let id = vector["id"].as_str().filter(|id| !id.is_empty());
                        let id = id.map_or_else(|| format!("vector {}", at + 1), str::to_owned);
                        // One line, whatever stands in the vector.
                        lines.extend(
                            format!("{id}: {wrong}").chars().map(|c| if c.is_control() { ' ' } else { c }),
                        );
                        lines.push('\n');
                    }
                }
            }
        }
    }
    print(&format!("{lines}{passed} passed, {failed} failed\n"))?;
    if failed == 0 { Ok(()) } else { Err(Problem::Told) }
}

/// The vectors of a file.
fn vectors(text: &str) -> Result<Vec<Value>, String> {
    let mut file: Value = serde_json::from_str(text).map_err(|error| format!("this is no JSON: {error}"))?;
    match file.get_mut("vectors").map(Value::take) {
        Some(Value::Array(vectors)) => Ok(vectors),
        _ => Err("expected an object with a list of \"vectors\"".to_owned()),
    }
}

/// Runs one vector to its first difference. Inputs are counted from 1.
fn run(vector: &Value) -> Result<(), String> {
    let component = value::text(vector, "component")?;
    let (_, make) = COMPONENTS
        .iter()
        .find(|(name, _)| *name == component)
        .ok_or_else(|| format!("there is no component \"{component}\""))?;
    let (inputs, expects) = (value::list(vector, "input")?, value::list(vector, "expect")?);
    if inputs.len() != expects.len() {
        return Err(format!("{} inputs, but {} expectations", inputs.len(), expects.len()));
    }
    let config = vector.get("config").cloned().unwrap_or_else(|| Value::Object(Default::default()));
    let mut machine = make(&config).map_err(|wrong| format!("config: {wrong}"))?;
    let mut before = None;
    for (at, (input, expect)) in inputs.iter().zip(expects).enumerate() {
        let place = |what: String| format!("at input {} {what}", at + 1);
        if input.get("at").is_some() {
            let now = value::at(input).map_err(place)?;
            if before.is_some_and(|before| now < before) {
                return Err(place("time goes back".to_owned()));
            }
            before = Some(now);
        }
        let seen = machine(input).map_err(place)?;
        compare::compare(expect, &seen).map_err(place)?;
    }
    Ok(())
}
