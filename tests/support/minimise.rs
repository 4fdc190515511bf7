//! Making a failing scenario smaller, greedily: what can be left out without the failure going away is left out.

use serde_json::Value;

/// Leaves out parts of `scenario` (members of objects, items of lists) as long as it still `fails`, trying at most so
/// many times.
pub fn minimise(scenario: &Value, mut tries: usize, fails: impl Fn(&Value) -> bool) -> Value {
    let mut least = scenario.clone();
    loop {
        let before = least.clone();
        // Large parts first: they come first in this order.
        let mut at = 0;
        while at < parts(&least).len() && tries > 0 {
            let path = parts(&least).swap_remove(at);
            let mut smaller = least.clone();
            remove(&mut smaller, &path);
            tries -= 1;
            if fails(&smaller) {
                least = smaller;
            } else {
                at += 1;
            }
        }
        if tries == 0 || least == before {
            return least;
        }
    }
}

/// The paths of all members and items, outer ones before inner ones.
fn parts(value: &Value) -> Vec<Vec<usize>> {
    let mut found: Vec<Vec<usize>> = vec![Vec::new()];
    let mut at = 0;
    while at < found.len() {
        let path = found[at].clone();
        let count = match reach(value, &path) {
            Value::Object(members) => members.len(),
            Value::Array(items) => items.len(),
            _ => 0,
        };
        found.extend((0..count).map(|next| [&path[..], &[next]].concat()));
        at += 1;
    }
    // The whole is no part.
    found.remove(0);
    found
}

fn reach<'a>(value: &'a Value, path: &[usize]) -> &'a Value {
    path.iter().fold(value, |value, &at| match value {
        Value::Object(members) => members.values().nth(at).expect("a member"),
        Value::Array(items) => &items[at],
        _ => value,
    })
}

fn remove(value: &mut Value, path: &[usize]) {
    match (value, path) {
        (Value::Object(members), [at]) => {
            let key = members.keys().nth(*at).expect("a member").clone();
            members.remove(&key);
        }
        (Value::Array(items), [at]) => {
            items.remove(*at);
        }
        (Value::Object(members), [at, rest @ ..]) => {
            remove(members.values_mut().nth(*at).expect("a member"), rest)
        }
        (Value::Array(items), [at, rest @ ..]) => remove(&mut items[*at], rest),
        _ => {}
    }
}
