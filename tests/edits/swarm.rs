//! Random edits at random instants of generated scenarios.

use std::sync::atomic::{AtomicU64, Ordering};

use cascade::base::{SimTime, Stream};
use cascade::scenario::Scenario;
use cascade::session::Session;
use serde_json::Value;

use super::{at, begin, digest, edit, generate, result, variant};

/// How long each system runs, in simulated seconds.
const SECONDS: f64 = 8.0;

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[test]
fn every_message_is_accounted_for_whatever_is_edited() {
    let (first, cases) = (number("CASCADE_SEED", 1), number("CASCADE_CASES", 300));
    println!("seeds {first}..{}", first + cases);
    let next = AtomicU64::new(first);
    let work = || {
        let mut sums = [0; 3];
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= first + cases {
                return sums;
            }
            let checked = std::panic::catch_unwind(|| check(seed));
            let counts = checked.unwrap_or_else(|_| panic!("seed {seed} fails"));
            sums = std::array::from_fn(|at| sums[at] + counts[at]);
        }
    };
    let [edits, removed, offered] = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        let sums = threads.into_iter().map(|thread| thread.join().expect("all hold"));
        sums.fold([0; 3], |a, b| std::array::from_fn(|at| a[at] + b[at]))
    });
    println!("{edits} edits, {removed} messages lost with their nodes, {offered} requests");
    // A swarm in which nothing happens would prove nothing.
    assert!(edits > 3 * cases && removed > cases && offered > 100 * cases);
}

/// Runs a scenario through a few others. Gives how many edits it had, messages that were lost for them, and requests.
fn check(seed: u64) -> [u64; 3] {
    let mut stream = Stream::new(seed, "edits", "test");
    let first = generate::scenario(seed);
    let mut known = vec![first.clone()];
    let mut session = begin(&first);
    let (mut edits, end) = (0, at(SECONDS));
    for _ in 0..3 + stream.below(6) {
        let next = other(&known, &mut stream);
        if Scenario::read(&next.to_string()).and_then(|scenario| scenario.plan()).is_err() {
            continue;
        }
        let moment = session.now().as_secs() + stream.unit() * SECONDS / 5.0;
        session.run_until(at(moment.min(SECONDS)));
        if session.halted().is_some() {
            break;
        }
        session.act(edit(&next)).unwrap_or_else(|problems| panic!("{problems:?}"));
        edits += 1;
        result(&session.variants()[0]);
        known.push(next);
    }
    session.run_until(end);
    let [run] = session.variants() else { panic!("one variant") };
    let result = result(run);
    let ends = digest(&session);
    let until = session.now();

    let again = Session::replay(vec![variant(&first)], session.log().to_vec(), until).expect("it replays");
    assert_eq!(digest(&again), ends, "the run with its edits is the same run again");
    let mut travelled = session.clone();
    travelled.seek(SimTime(stream.below(until.0.max(1))));
    travelled.seek(until);
    assert_eq!(digest(&travelled), ends, "going back and on again changes nothing");

    let offered = result.clients.0.iter().map(|(_, client)| client.offered).sum();
    [edits, result.ledger.removed, offered]
}

/// Another scenario: a new one, an earlier one, a mixture, or the present one with less or more in it.
fn other(known: &[Value], stream: &mut Stream) -> Value {
    let present = known.last().expect("one at least").clone();
    let fresh = generate::scenario(1 + stream.below(2_000));
    match stream.below(6) {
        0 => fresh,
        1 => known[stream.below(known.len() as u64) as usize].clone(),
        2 => without_a_node(present, stream),
        3 => mixed(present, &fresh, stream),
        4 => rearranged(present, stream),
        _ => {
            let mut more = present;
            let nodes = fresh["nodes"].as_object().expect("nodes").clone();
            for (id, node) in nodes {
                if more["nodes"].get(&id).is_none() {
                    more["nodes"][&id] = node;
                }
            }
            more
        }
    }
}

/// One node less, and no step, subscription, binding or fault that names it.
fn without_a_node(mut scenario: Value, stream: &mut Stream) -> Value {
    let nodes = scenario["nodes"].as_object_mut().expect("nodes");
    let ids: Vec<String> = nodes.keys().cloned().collect();
    let id = &ids[stream.below(ids.len() as u64) as usize];
    nodes.remove(id);
    scenario["timeline"] = Value::Array(Vec::new());
    scenario["links"] = Value::Array(Vec::new());
    scenario["view"] = Value::Object(serde_json::Map::new());
    forget(&mut scenario, id);
    scenario
}

/// Takes out of every list what names a node, and every field that is its name.
fn forget(value: &mut Value, id: &str) {
    fn names(value: &Value, id: &str) -> bool {
        match value {
            Value::String(word) => word == id,
            Value::Object(members) => members
                .iter()
                .any(|(key, member)| !matches!(key.as_str(), "then" | "do" | "undo") && names(member, id)),
            Value::Array(_) => false,
            _ => false,
        }
    }
    match value {
        Value::Array(items) => {
            items.retain(|item| !names(item, id));
            items.iter_mut().for_each(|item| forget(item, id));
        }
        Value::Object(members) => {
            members.retain(|_, member| member.as_str() != Some(id));
            members.values_mut().for_each(|member| forget(member, id));
        }
        _ => {}
    }
}

/// Some nodes as they are in another scenario.
fn mixed(mut scenario: Value, other: &Value, stream: &mut Stream) -> Value {
    let ids: Vec<String> = scenario["nodes"].as_object().expect("nodes").keys().cloned().collect();
    for id in ids {
        let node = &other["nodes"][&id];
        if !node.is_null() && stream.chance(0.5) {
            scenario["nodes"][&id] = node.clone();
        }
    }
    scenario
}

/// Operations with their steps in another order, or with some more of them.
fn rearranged(mut scenario: Value, stream: &mut Stream) -> Value {
    fn steps(value: &mut Value, stream: &mut Stream) {
        match value {
            Value::Array(items) => {
                let are_steps = items.iter().all(|item| {
                    ["work", "sleep", "call", "publish", "read", "write"]
                        .iter()
                        .any(|kind| !item[kind].is_null())
                });
                if are_steps && !items.is_empty() && stream.chance(0.4) {
                    let place = stream.below(items.len() as u64) as usize;
                    match stream.below(3) {
                        0 => items.rotate_left(place),
                        1 => items.insert(place, serde_json::json!({ "sleep": "3ms" })),
                        _ if items.len() > 1 => drop(items.remove(place)),
                        _ => {}
                    }
                }
                items.iter_mut().for_each(|item| steps(item, stream));
            }
            Value::Object(members) => members.values_mut().for_each(|member| steps(member, stream)),
            _ => {}
        }
    }
    steps(&mut scenario["nodes"], stream);
    scenario
}
