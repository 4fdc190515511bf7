//! Component `assignor`: who of a group gets which partitions.

use cascade::engine::nodes::log::assign::{Member, Part, assign};
use cascade::scenario::{Assignor, read_part};
use serde_json::{Map, Value, json};

use super::machine::Machine;
use super::value;

/// All topics of an input together have at most so many partitions.
const MOST_PARTITIONS: u64 = 10_000;

/// The engine's assignor under a configuration with its name.
pub fn machine(config: &Value) -> Result<Machine, String> {
    let name = config.get("assignor").cloned().unwrap_or_else(|| json!("range"));
    let assignor: Assignor = read_part(&value::json(&name)?).map_err(value::phrase)?;
    Ok(Box::new(move |input| {
        let (topics, counts) = topics(input)?;
        let (names, members) = members(input, &topics)?;
        let shared = assign(assignor, &counts, &members);
        let named = |part: &Part| json!(format!("{}-{}", topics[part.topic as usize], part.number));
        let list = |parts: &[Part]| Value::Array(parts.iter().map(named).collect());
        let mut assignment = Map::new();
        for (name, parts) in names.iter().zip(&shared.given) {
            assignment.insert(name.clone(), list(parts));
        }
        let mut sizes: Vec<usize> = shared.given.iter().map(Vec::len).collect();
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        let mut moved: Vec<Part> = Vec::new();
        for (member, parts) in members.iter().zip(&shared.given) {
            moved.extend(member.owned.iter().filter(|part| !parts.contains(part)));
        }
        moved.sort_unstable();
        moved.dedup();
        Ok(json!({
            "assignment": assignment, "sizes": sizes, "moved": moved.len(), "withheld": list(&shared.withheld)
        }))
    }))
}

/// The topics in the order of their names, and their partitions.
fn topics(input: &Value) -> Result<(Vec<String>, Vec<u32>), String> {
    let written = object(input, "topics")?;
    let mut topics = Vec::new();
    let mut total = 0;
    for name in written.keys() {
        let count = value::count(input.get("topics").unwrap_or(&Value::Null), name)?;
        total += count.min(MOST_PARTITIONS + 1);
        topics.push((name.clone(), count as u32));
    }
    if total > MOST_PARTITIONS {
        return Err(format!("more than {MOST_PARTITIONS} partitions"));
    }
    topics.sort();
    Ok(topics.into_iter().unzip())
}

/// The members in the order of their names. A topic that does not exist has no partitions.
fn members(input: &Value, topics: &[String]) -> Result<(Vec<String>, Vec<Member>), String> {
    let nothing = Map::new();
    let owned = match input.get("owned") {
        None | Some(Value::Null) => &nothing,
        Some(_) => object(input, "owned")?,
    };
    let mut members = Vec::new();
    for (name, subscribed) in object(input, "subscriptions")? {
        let mut member = Member::default();
        for topic in strings(subscribed)? {
            member.topics.extend(topics.iter().position(|known| known == topic).map(|at| at as u32));
        }
        member.topics.sort_unstable();
        member.topics.dedup();
        for part in owned.get(name).map_or(Ok(Vec::new()), strings)? {
            let (topic, number) =
                part.rsplit_once('-').ok_or_else(|| format!("\"{part}\" is no partition"))?;
            let number = number.parse().map_err(|_| format!("\"{part}\" is no partition"))?;
            let topic = topics.iter().position(|known| known == topic);
            member.owned.extend(topic.map(|topic| Part { topic: topic as u32, number }));
        }
        members.push((name.clone(), member));
    }
    members.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(members.into_iter().unzip())
}

fn object<'v>(from: &'v Value, key: &str) -> Result<&'v Map<String, Value>, String> {
    from.get(key).and_then(Value::as_object).ok_or_else(|| format!("needs an object \"{key}\""))
}

fn strings(list: &Value) -> Result<Vec<&str>, String> {
    let texts = list.as_array().map(|list| list.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
    texts.flatten().ok_or_else(|| "a list of strings is needed".to_owned())
}
