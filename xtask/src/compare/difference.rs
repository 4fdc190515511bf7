//! In what two results differ.

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;

/// The one key whose value may differ.
const DIGEST: &str = "digest";

/// What differs between two results.
#[derive(Debug, Default, PartialEq)]
pub struct Difference {
    /// What may not differ, as `path: what`.
    pub changed: Vec<String>,
    /// The paths of keys that only the newer result has.
    pub added: Vec<String>,
}

/// Compares two results. Numbers and strings must be written the same, and keys must stand in the same order.
pub fn of(old: &str, new: &str) -> Difference {
    let mut difference = Difference::default();
    match (serde_json::from_str(old), serde_json::from_str(new)) {
        (Ok(before), Ok(after)) => difference.walk("", before, after),
        (Err(error), _) => difference.changed.push(format!("the older result is no JSON: {error}")),
        (_, Err(error)) => difference.changed.push(format!("the newer result is no JSON: {error}")),
    }
    // Values are compared without the space between them; where the newer result adds nothing, that is compared too.
    if difference == Difference::default()
        && let Some(at) = first_byte(without_digest(old).as_bytes(), without_digest(new).as_bytes())
    {
        difference.changed.push(format!("written otherwise from byte {at} on, though its values are equal"));
    }
    difference
}

/// The position of the first byte in which two texts differ.
pub fn first_byte(old: &[u8], new: &[u8]) -> Option<usize> {
    let common = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    (common < old.len().max(new.len())).then_some(common)
}

/// The key at the end of a path.
pub fn last_key(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

fn without_digest(text: &str) -> String {
    let value = |text: &str| {
        let members: Members = serde_json::from_str(text).ok()?;
        members.0.iter().find(|(key, _)| key == DIGEST).map(|(_, value)| value.get().to_owned())
    };
    match value(text) {
        Some(digest) => text.replacen(&digest, "", 1),
        None => text.to_owned(),
    }
}

impl Difference {
    fn walk(&mut self, path: &str, old: &RawValue, new: &RawValue) {
        if old.get() == new.get() || path == DIGEST {
            return;
        }
        if let (Ok(old), Ok(new)) = (serde_json::from_str(old.get()), serde_json::from_str(new.get())) {
            return self.members(path, &old, &new);
        }
        if let (Ok(old), Ok(new)) = (items(old), items(new)) {
            return self.items(path, &old, &new);
        }
        self.changed.push(format!("{path}: {} became {}", short(old), short(new)));
    }

    fn members(&mut self, path: &str, old: &Members<'_>, new: &Members<'_>) {
        let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        let after: BTreeMap<&str, &RawValue> = new.0.iter().map(|(key, value)| (&**key, *value)).collect();
        for (key, before) in &old.0 {
            match after.get(&**key) {
                Some(after) => self.walk(&below(key), before, after),
                None => self.changed.push(format!("{}: is missing", below(key))),
            }
        }
        let before: BTreeMap<&str, ()> = old.0.iter().map(|(key, _)| (&**key, ())).collect();
        let (kept, added): (Vec<&str>, Vec<&str>) =
            new.0.iter().map(|(key, _)| &**key).partition(|key| before.contains_key(key));
        self.added.extend(added.into_iter().map(below));
        let stood = old.0.iter().map(|(key, _)| &**key).filter(|key| after.contains_key(key));
        if !stood.eq(kept) {
            self.changed.push(format!("{path}: its keys stand in another order"));
        }
    }

    fn items(&mut self, path: &str, old: &[&RawValue], new: &[&RawValue]) {
        if old.len() != new.len() {
            self.changed.push(format!("{path}: {} items became {}", old.len(), new.len()));
        }
        for (at, (before, after)) in old.iter().zip(new).enumerate() {
            self.walk(&format!("{path}[{at}]"), before, after);
        }
    }
}

fn items(value: &RawValue) -> serde_json::Result<Vec<&RawValue>> {
    serde_json::from_str(value.get())
}

/// A value as it is written, cut where it is long.
fn short(value: &RawValue) -> String {
    match value.get().char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &value.get()[..at]),
        None => value.get().to_owned(),
    }
}

/// The members of an object in the order of the text, their values as they are written.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(old: &str, new: &str) -> Vec<String> {
        of(old, new).changed
    }

    #[test]
    fn the_digest_and_added_keys_are_allowed() {
        let old = r#"{ "digest": "1", "clients": { "a": { "offered": 3 } } }"#;
        let new = r#"{ "digest": "2", "clients": { "a": { "new": 1, "offered": 3 } }, "more": [] }"#;
        let difference = of(old, new);
        assert_eq!(difference.changed, Vec::<String>::new());
        assert_eq!(difference.added, ["clients.a.new", "more"]);
        assert_eq!(of(old, &old.replace("\"1\"", "\"2\"")), Difference::default());
    }

    #[test]
    fn a_digest_elsewhere_is_not_the_digest() {
        assert_eq!(changed(r#"{"a":{"digest":1}}"#, r#"{"a":{"digest":2}}"#), ["a.digest: 1 became 2"]);
    }

    #[test]
    fn what_is_missing_or_changed_is_named_with_its_path() {
        assert_eq!(changed(r#"{"a":{"b":1,"c":2}}"#, r#"{"a":{"c":2}}"#), ["a.b: is missing"]);
        assert_eq!(
            changed(r#"{"a":[{"b":1},{"b":2}]}"#, r#"{"a":[{"b":1},{"b":3}]}"#),
            ["a[1].b: 2 became 3"]
        );
        assert_eq!(changed(r#"{"a":[1]}"#, r#"{"a":[1,2]}"#), ["a: 1 items became 2"]);
        assert_eq!(changed(r#"{"a":{}}"#, r#"{"a":[]}"#), ["a: {} became []"]);
    }

    #[test]
    fn numbers_are_compared_as_they_are_written() {
        assert_eq!(changed(r#"{"a":1.0}"#, r#"{"a":1}"#), ["a: 1.0 became 1"]);
        // Both are the same double.
        assert_eq!(changed(r#"{"a":0.1}"#, r#"{"a":0.10000000000000001}"#).len(), 1);
    }

    #[test]
    fn the_order_of_keys_and_the_space_between_values_count() {
        assert_eq!(changed(r#"{"a":1,"b":2}"#, r#"{"b":2,"a":1}"#), [": its keys stand in another order"]);
        assert_eq!(changed(r#"{"a":1}"#, r#"{"a": 1}"#).len(), 1);
        assert_eq!(changed("{\"digest\":\"1\"}", "{\"digest\":\"22\"}\n").len(), 1);
    }

    #[test]
    fn bytes_are_compared_to_the_end() {
        assert_eq!(first_byte(b"abc", b"abc"), None);
        assert_eq!(first_byte(b"abc", b"abd"), Some(2));
        assert_eq!(first_byte(b"abc", b"ab"), Some(2));
    }
}
