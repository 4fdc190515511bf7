//! Component `producer_sequence`: which records of an idempotent producer a partition takes.

use cascade::engine::nodes::log::producer::{Producer, Verdict};
use serde_json::{Value, json};

use super::machine::Machine;
use super::value;

/// The largest sequence number, and the largest epoch that a vector may have.
const LARGEST: u64 = (1 << 31) - 1;

/// The engine's memory of a producer, empty at first.
pub fn machine(_: &Value) -> Result<Machine, String> {
    let mut producer = Producer::default();
    Ok(Box::new(move |input| {
        let number = |key| match value::count(input, key)? {
            number if number <= LARGEST => Ok(number as u32),
            _ => Err(format!("\"{key}\" is above {LARGEST}")),
        };
        let error = match producer.offer(number("epoch")?, number("sequence")?) {
            Verdict::Accepted => return Ok(json!({ "accepted": true })),
            Verdict::Duplicate => "duplicate",
            Verdict::OutOfOrder => "out_of_order",
            Verdict::Fenced => "fenced",
        };
        Ok(json!({ "accepted": false, "error": error }))
    }))
}
