//! A kept system: a run of a person's own, with its name and when it was last changed, as this browser keeps it.

use crate::base::{Json, MAX_TEXT};
use crate::lesson::is_slug;
use crate::session::{Record, Session};

/// The version of the form that is written and read.
const FORM: f64 = 1.0;

/// A name has at most so many characters.
const LONGEST_NAME: usize = 80;

/// A kept system.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Its name in addresses.
    pub id: String,
    /// What a person calls it.
    pub name: String,
    /// When it was last kept, in milliseconds since 1970.
    pub at: f64,
    /// Which visit kept it.
    pub visit: String,
    /// How often it was kept: who keeps it next counts on from what was seen.
    pub count: u32,
    /// It is edited: it opens in the sandbox.
    pub sandbox: bool,
    /// The run.
    pub record: Record,
}

impl Kept {
    /// As the text that is kept; none where it is too long to be read again.
    pub fn print(&self) -> Option<String> {
        let part = |key: &str, value: Json| (key.to_owned(), value);
        let all = vec![
            part("kept", FORM.into()),
            part("id", self.id.as_str().into()),
            part("name", self.name.as_str().into()),
            part("at", self.at.into()),
            part("visit", self.visit.as_str().into()),
            part("count", f64::from(self.count).into()),
            part("sandbox", self.sandbox.into()),
            part("record", self.record.to_json()),
        ];
        Some(Json::Object(all).to_string()).filter(|text| text.len() <= MAX_TEXT)
    }

    /// Where it is opened.
    pub fn address(&self) -> String {
        address(&self.id, self.sandbox)
    }

    /// Reads one; none where it is no such text, or of a form that this program does not know.
    pub fn read(text: &str) -> Option<Kept> {
        let json = Json::parse(text).ok()?;
        let text = |key: &str| json.get(key).and_then(Json::as_str);
        let (visit, count) = stamp(&json)?;
        let at = json.get("at").and_then(Json::as_f64).filter(|at| (0.0..1e15).contains(at))?;
        let id = text("id").filter(|id| is_slug(id))?.to_owned();
        let record = Record::from_json(json.get("record")?).ok()?;
        let sandbox = json.get("sandbox") == Some(&Json::Bool(true));
        Some(Kept { id, name: named(text("name")?), at, visit: visit.to_owned(), count, sandbox, record })
    }
}

impl Kept {
    /// Whether it may take the place of another.
    pub fn may_replace(&self, there: &Kept) -> bool {
        follows((&there.visit, there.count), (&self.visit, self.count))
    }
}

/// Whether a text may take the place of another: it is of the same visit and not older, or its visit has seen that one.
pub fn may_replace(there: &str, text: &str) -> bool {
    let [there, text] = [there, text].map(Json::parse);
    let (Ok(there), Ok(text)) = (there, text) else { return false };
    match (stamp(&there), stamp(&text)) {
        (Some(there), Some(text)) => follows(there, text),
        _ => false,
    }
}

/// Whether a stamp is that of somebody who has seen what bears another.
fn follows((one, seen): (&str, u32), (other, count): (&str, u32)) -> bool {
    count > seen || one == other && count == seen
}

/// Which visit kept it, and how often it had been kept by then.
fn stamp(json: &Json) -> Option<(&str, u32)> {
    json.get("kept").filter(|form| form.as_f64() == Some(FORM))?;
    let count = json.get("count")?.as_f64().filter(|count| (0.0..4e9).contains(count))?;
    Some((json.get("visit")?.as_str()?, count as u32))
}

/// Where a system with this id is opened.
pub fn address(id: &str, sandbox: bool) -> String {
    [if sandbox { "#/sandbox/" } else { "#/mine/" }, id].concat()
}

/// A name, without what cannot be seen and not longer than a name is; empty where nothing is left.
pub fn named(text: &str) -> String {
    let seen = |c: char| if c.is_control() { ' ' } else { c };
    let plain: String = text.chars().map(seen).collect();
    plain.trim().chars().take(LONGEST_NAME).collect::<String>().trim_end().to_owned()
}

/// A record as it is kept: at the moment to which its run is on its way, if it is.
pub fn arrived(mut record: Record, session: &Session) -> Record {
    if let Some((to, _)) = session.going() {
        record.now = to;
        record.horizon = record.horizon.max(to);
    }
    record
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::session::Variant;

    fn kept(visit: &str, count: u32) -> Kept {
        let scenario =
            Scenario::read(include_str!("../../../../static/opening/a.json")).expect("a good scenario");
        let record = Record::begin(Variant { label: "A".into(), scenario });
        Kept {
            id: "0a".into(),
            name: "Mine".into(),
            at: 12.0,
            visit: visit.into(),
            count,
            sandbox: false,
            record,
        }
    }

    #[test]
    fn what_is_kept_is_read_again_and_nothing_else_is() {
        let text = kept("v", 3).print().expect("short enough");
        assert_eq!(Kept::read(&text), Some(kept("v", 3)));
        let changes = [
            ("\"kept\": 1", "\"kept\": 2"),
            ("\"id\": \"0a\"", "\"id\": \"../a\""),
            ("\"at\": 12", "\"at\": -1"),
            ("\"count\": 3", "\"count\": \"3\""),
            ("\"nodes\"", "\"knots\""),
            ("{", "["),
        ];
        for (from, to) in changes {
            assert!(text.contains(from), "{from}");
            assert_eq!(Kept::read(&text.replace(from, to)), None, "{to}");
        }
        assert_eq!(Kept::read(""), None);
    }

    #[test]
    fn what_was_not_seen_is_not_replaced() {
        let text = |visit: &str, count| kept(visit, count).print().expect("short enough");
        let may =
            |there: (&str, u32), new: (&str, u32)| may_replace(&text(there.0, there.1), &text(new.0, new.1));
        assert!(may(("a", 1), ("a", 2)) && may(("a", 2), ("a", 2)), "its own");
        assert!(may(("a", 2), ("b", 3)), "b has opened what a kept");
        assert!(!may(("b", 3), ("a", 3)), "a has not seen it");
        assert!(!may(("a", 3), ("a", 2)), "older");
        assert!(!may_replace("{\"kept\": 2}", &text("a", 9)), "of a newer program");
    }

    #[test]
    fn a_name_is_short_and_can_be_seen() {
        assert_eq!(named("  a\n\u{7}b "), "a  b");
        assert_eq!(named("\t\n"), "");
        assert_eq!(named(&"ж".repeat(200)).chars().count(), LONGEST_NAME);
    }
}
