//! Parameters that are named by their path keep to what they name, wherever an edit moves it.

use super::names::{Named, each_name};
use super::tree::{below, item};
use crate::base::Json;

/// What was at `from` is at `to` now.
pub fn moved(json: &mut Json, from: &str, to: &str) {
    each_path(json, &mut |path| below(path, from).map(|rest| [to, rest].concat()));
}

/// An item came into a list: this one, and those behind it have moved on.
pub fn inserted(json: &mut Json, at: &str) {
    each_path(json, &mut |path| after_insert(path, at));
}

/// An item went out of a list. What named something in it names nothing any more; those behind it have moved up.
pub fn removed(json: &mut Json, at: &str) {
    each_path(json, &mut |path| after_removal(path, at));
}

/// Several items went out of lists, one after the other: each path is as it was when it went.
pub fn removed_all(json: &mut Json, all: &[String]) {
    each_name(json, &mut |named, path| {
        if named == Named::Path {
            for at in all {
                if let Some(new) = after_removal(path, at) {
                    *path = new;
                }
            }
        }
    });
}

/// A path when an item came in at `at`; none where that leaves it as it is.
pub fn after_insert(path: &str, at: &str) -> Option<String> {
    shifted(path, at, |own, first| (own >= first).then_some(own + 1))
}

/// A path when the item at `at` went out. A path into the item itself becomes one that leads nowhere.
pub fn after_removal(path: &str, at: &str) -> Option<String> {
    if below(path, at).is_some() {
        return Some(NOWHERE.to_owned());
    }
    shifted(path, at, |own, first| (own > first).then(|| own - 1))
}

/// Where nothing is.
const NOWHERE: &str = "nowhere";

fn shifted(path: &str, at: &str, number: impl Fn(usize, usize) -> Option<usize>) -> Option<String> {
    let (list, first) = item(at)?;
    let (own, rest) = below(path, list)?.strip_prefix('[')?.split_once(']')?;
    let number = number(own.parse().ok()?, first)?;
    Some([list, "[", &number.to_string(), "]", rest].concat())
}

fn each_path(json: &mut Json, change: &mut dyn FnMut(&str) -> Option<String>) {
    each_name(json, &mut |named, path| {
        if named == Named::Path
            && let Some(new) = change(path)
        {
            *path = new;
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_keep_to_what_they_name() {
        let check = |found: Option<String>, expected: Option<&str>| assert_eq!(found.as_deref(), expected);
        check(after_insert("a[1].b", "a[1]"), Some("a[2].b"));
        check(after_insert("a[0].b", "a[1]"), None);
        check(after_removal("a[2].b", "a[1]"), Some("a[1].b"));
        check(after_removal("a[1].b", "a[1]"), Some(NOWHERE));
        check(after_removal("ab[2]", "a[1]"), None);
    }
}
