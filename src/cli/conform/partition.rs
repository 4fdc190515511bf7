//! Component `partition`: the hash of a key, and its partition.

use cascade::base::{murmur2, partition};
use serde_json::{Value, json};

use super::machine::Machine;
use super::value;

/// The engine's partitioner over `partitions` partitions.
pub fn machine(config: &Value) -> Result<Machine, String> {
    let count = match config.get("partitions") {
        Some(_) => value::count(config, "partitions")?,
        None => 1,
    };
    let count = u32::try_from(count).ok().filter(|&count| count > 0);
    let count = count.ok_or("needs a number of \"partitions\" from 1 on")?;
    Ok(Box::new(move |input| {
        let hash = murmur2(&bytes(value::text(input, "key_hex")?)?);
        Ok(json!({ "murmur2": hash, "partition": partition(hash, count) }))
    }))
}

/// The bytes that hexadecimal digits stand for.
fn bytes(hex: &str) -> Result<Vec<u8>, String> {
    let digits: Option<Vec<u8>> =
        hex.chars().map(|digit| digit.to_digit(16).map(|digit| digit as u8)).collect();
    match digits {
        Some(digits) if digits.len() % 2 == 0 => {
            Ok(digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
        }
        _ => Err("\"key_hex\" is not pairs of hexadecimal digits".to_owned()),
    }
}
