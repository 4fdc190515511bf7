//! From an address to what its link holds.

use super::document::Link;
use super::packed::{Damage, unpack};
use super::percent;
use crate::base::{Diagnostic, Json, MAX_TEXT, Number, Problem};

/// What every link's fragment begins with.
pub const MARK: &str = "#/s/";

/// The encoding that is written, and the last that is known.
const NEWEST: usize = 1;

/// What makes the next encoding's document of one encoding's: the first stands for encoding 1. Each is a pure function,
/// and none is ever changed or removed.
const UPGRADES: [fn(Json) -> Json; NEWEST - 1] = [];

/// The longest address that is read, in bytes: the open form of a text of 1 MiB that is all escapes.
const MOST_ADDRESS: usize = 3 * MAX_TEXT + 4096;

/// The path of what concerns the link as a whole.
const WHOLE: &str = "link";

/// A link that cannot be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Unreadable {
    /// What is wrong. The path of what concerns the link as a whole is `link`.
    pub problems: Vec<Diagnostic>,
    /// What could be read of its text; empty where nothing could. At most 1 MiB.
    pub text: String,
}

/// Reads a link: a whole address or its fragment from `#` on.
///
/// # Errors
///
/// Everything that is wrong with it, and what could be read of it. What is read can run.
pub fn read(address: &str) -> Result<Link, Unreadable> {
    if address.len() > MOST_ADDRESS {
        let most = Number::Digits(MOST_ADDRESS as u64);
        return Err(wrong(problem!("link.too-long", most = most), ""));
    }
    let parts = address.trim().split_once(MARK).and_then(|(_, rest)| rest.split_once('/'));
    let Some((form, payload)) = parts else { return Err(wrong(problem!("link.no-link"), "")) };
    let (text, upgrades) = match form {
        "json" => (open(payload)?, &[][..]),
        "1" => (unpack(payload).map_err(damaged)?, &UPGRADES[..]),
        _ if !form.is_empty() && form.bytes().all(|byte| byte.is_ascii_digit()) && !form.starts_with('0') => {
            return Err(wrong(problem!("link.newer", number = form), ""));
        }
        _ => return Err(wrong(problem!("link.no-form"), "")),
    };
    let link = Json::parse(&text)
        .map_err(|problem| vec![problem])
        .and_then(|json| Link::from_json(upgrades.iter().fold(json, |json, upgrade| upgrade(json))));
    link.map_err(|mut problems| {
        let whole = problems.iter_mut().filter(|problem| problem.path.is_empty());
        whole.for_each(|problem| problem.path.push_str(WHOLE));
        Unreadable { problems, text }
    })
}

/// The text of the open form.
fn open(payload: &str) -> Result<String, Unreadable> {
    percent::decode(payload).ok_or_else(|| wrong(problem!("link.no-text"), payload))
}

fn damaged((damage, read): (Damage, String)) -> Unreadable {
    match damage {
        Damage::Character(at, character) => {
            let (at, character) = (Number::Digits(at as u64), character.to_string());
            wrong(problem!("link.character", character = &character, at = at), &read)
        }
        Damage::Cut => wrong(problem!("link.cut"), &read),
        Damage::Changed => wrong(problem!("link.changed"), &read),
        Damage::TooLarge => wrong(problem!("link.too-large", most = Number::Digits(MAX_TEXT as u64)), ""),
    }
}

fn wrong(problem: Problem, read: &str) -> Unreadable {
    Unreadable {
        problems: vec![Diagnostic::new(WHOLE, problem)],
        text: read.chars().take(MAX_TEXT).collect(),
    }
}
