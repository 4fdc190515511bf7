//! Places in a scenario as written, by path: `nodes.app.operations.book[0].call`.

use crate::base::Json;

/// One part of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// A member of an object.
    Key(&'a str),
    /// An item of a list, from 0.
    Item(usize),
}

/// The parts of a path, in order; what is no path ends it.
pub fn parts(path: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = path;
    std::iter::from_fn(move || {
        if let Some(inner) = rest.strip_prefix('[') {
            let (index, after) = inner.split_once(']')?;
            rest = after.strip_prefix('.').unwrap_or(after);
            return index.parse().ok().map(Part::Item);
        }
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        rest = after.strip_prefix('.').unwrap_or(after);
        (!key.is_empty()).then_some(Part::Key(key))
    })
}

/// The value at a path, if something is written there.
pub fn at<'j>(json: &'j Json, path: &str) -> Option<&'j Json> {
    parts(path).try_fold(json, |json, part| match part {
        Part::Key(key) => json.get(key),
        Part::Item(item) => json.items().get(item),
    })
}

/// The same, to be changed.
pub fn at_mut<'j>(json: &'j mut Json, path: &str) -> Option<&'j mut Json> {
    parts(path).try_fold(json, |json, part| match (part, json) {
        (Part::Key(key), json) => member_mut(json, key),
        (Part::Item(item), Json::Array(items)) => items.get_mut(item),
        _ => None,
    })
}

/// The member of an object, to be changed.
pub fn member_mut<'j>(json: &'j mut Json, key: &str) -> Option<&'j mut Json> {
    let Json::Object(members) = json else { return None };
    members.iter_mut().find(|(name, _)| name == key).map(|(_, value)| value)
}

/// Sets a member of an object: where it stands, or else as the last one.
pub fn put(json: &mut Json, key: &str, value: Json) {
    if let Some(old) = member_mut(json, key) {
        *old = value;
    } else if let Json::Object(members) = json {
        members.push((key.to_owned(), value));
    }
}

/// The member of an object; where it is not there yet, it becomes what `missing` is.
pub fn member_or<'j>(json: &'j mut Json, key: &str, missing: Json) -> Option<&'j mut Json> {
    let Json::Object(members) = json else { return None };
    let found = members.iter().position(|(name, _)| name == key);
    let found = found.unwrap_or_else(|| {
        members.push((key.to_owned(), missing));
        members.len() - 1
    });
    Some(&mut members[found].1)
}

/// Takes a member out of an object.
pub fn take(json: &mut Json, key: &str) -> Option<Json> {
    let Json::Object(members) = json else { return None };
    let found = members.iter().position(|(name, _)| name == key)?;
    Some(members.remove(found).1)
}

/// The list and the number of an item: `a.b[2]` is the item 2 of `a.b`.
pub fn item(path: &str) -> Option<(&str, usize)> {
    let (list, index) = path.strip_suffix(']')?.rsplit_once('[')?;
    Some((list, index.parse().ok()?))
}

/// What a path says below another one; none where it leads elsewhere.
pub fn below<'p>(path: &'p str, above: &str) -> Option<&'p str> {
    path.strip_prefix(above).filter(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// An object of these members.
pub fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    Json::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_what_is_written_there() {
        let mut json = Json::parse(r#"{"a": {"b": [1, {"c": 2}]}}"#).expect("JSON");
        assert_eq!(at(&json, "a.b[1].c"), Some(&2.0.into()));
        assert_eq!(at(&json, "a.b[2]"), None);
        *at_mut(&mut json, "a.b[0]").expect("an item") = Json::Null;
        assert_eq!(json.to_string(), r#"{"a": {"b": [null, {"c": 2}]}}"#);
        assert_eq!(item("a.b[1]"), Some(("a.b", 1)));
        assert_eq!((below("a.b[1].c", "a.b"), below("a.bc", "a.b")), (Some("[1].c"), None));
    }
}
