//! The gallery: ready scenarios in groups, as the site's build gathers them.
//!
//! `{ "groups": [ { "group": "Queues", "entries": [ { "slug": "dead-letters", "shows": ["dead letter"],
//! "aliases": ["dlq"], "scenario": { … } } ] } ] }`. A scenario is read when it is opened, so that one that is wrong spoils no other.

use crate::base::{Cursor, Diagnostic, Json, Problems};

/// At most so many groups, and entries in each.
const MOST: usize = 64;

/// Ready scenarios, in groups.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gallery {
    /// The groups, in order.
    pub groups: Vec<Group>,
}

/// Scenarios that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What they have in common.
    pub title: String,
    /// The scenarios.
    pub entries: Vec<Entry>,
}

/// A ready scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// What there is to see.
    pub description: String,
    /// Which parts of the language it shows.
    pub shows: Vec<String>,
    /// What people call it elsewhere: names of products and other words for the same thing. Searched, not shown.
    pub aliases: Vec<String>,
    /// The scenario, as written.
    pub scenario: Json,
}

impl Gallery {
    /// Reads a gallery; all problems at once.
    pub fn read(text: &str) -> Result<Gallery, Vec<Diagnostic>> {
        let json = Json::parse(text).map_err(|problem| vec![problem])?;
        let root = Cursor::root(&json);
        let mut problems = Problems::default();
        root.only(&["groups"], &mut problems);
        let groups =
            list(&root, "groups", &mut problems).iter().map(|each| group(each, &mut problems)).collect();
        problems.or(Gallery { groups })
    }

    /// The entry of this name.
    pub fn entry(&self, slug: &str) -> Option<&Entry> {
        self.groups.iter().flat_map(|group| &group.entries).find(|entry| entry.slug == slug)
    }

    /// The entries that have every word of `sought` in their title, their description, what they show or what they are
    /// called elsewhere, in groups; groups that have none are left out.
    pub fn found(&self, sought: &str) -> Gallery {
        let words: Vec<String> = sought.split_whitespace().map(str::to_lowercase).collect();
        let kept = |group: &Group| {
            let entries = group.entries.iter().filter(|entry| entry.has(&words)).cloned().collect();
            Group { title: group.title.clone(), entries }
        };
        let mut groups: Vec<Group> = self.groups.iter().map(kept).collect();
        groups.retain(|group| !group.entries.is_empty());
        Gallery { groups }
    }
}

impl Entry {
    fn has(&self, words: &[String]) -> bool {
        let mut text = [&self.title, " ", &self.description].concat();
        for each in self.shows.iter().chain(&self.aliases) {
            text.push(' ');
            text.push_str(each);
        }
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word))
    }
}

fn list<'a>(here: &Cursor<'a>, key: &str, problems: &mut Problems) -> Vec<Cursor<'a>> {
    here.must(key, problems).map_or(Vec::new(), |list| list.items(MOST, problems))
}

fn group(here: &Cursor, problems: &mut Problems) -> Group {
    here.only(&["group", "entries"], problems);
    let title = text(here, "group", problems);
    let entries = list(here, "entries", problems).iter().map(|each| entry(each, problems)).collect();
    Group { title, entries }
}

fn entry(here: &Cursor, problems: &mut Problems) -> Entry {
    here.only(&["slug", "shows", "aliases", "scenario"], problems);
    let scenario = here.must("scenario", problems).map_or(Json::Null, |scenario| scenario.json.clone());
    let said = |key: &str| scenario.get(key).and_then(Json::as_str).unwrap_or("").to_owned();
    Entry {
        slug: text(here, "slug", problems),
        title: said("title"),
        description: said("description"),
        shows: words(here, "shows", problems),
        aliases: here.get("aliases").map_or_else(Vec::new, |_| words(here, "aliases", problems)),
        scenario,
    }
}

fn words(here: &Cursor, key: &str, problems: &mut Problems) -> Vec<String> {
    list(here, key, problems).iter().map(|each| each.text(problems).to_owned()).collect()
}

fn text(here: &Cursor, key: &str, problems: &mut Problems) -> String {
    here.must(key, problems).map_or("", |text| text.text(problems)).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GALLERY: &str = r#"{"groups": [
        {"group": "Queues", "entries": [
            {"slug": "a", "shows": ["dead letter"], "aliases": ["SQS"], "scenario": {"title": "Orders", "description": "One by one."}},
            {"slug": "b", "shows": [], "aliases": ["flash sale"], "scenario": {"title": "Rush"}}]},
        {"group": "Logs", "entries": [
            {"slug": "c", "shows": ["poison"], "aliases": ["kafka", "consumer lag"], "scenario": {"title": "Clicks"}}]}]}"#;

    #[test]
    fn entries_are_found_by_every_word_in_whatever_they_say() {
        let gallery = Gallery::read(GALLERY).expect("a gallery");
        assert_eq!(gallery.entry("b").map(|entry| entry.title.as_str()), Some("Rush"));
        let found = |sought: &str| {
            let found = gallery.found(sought);
            let slugs =
                found.groups.iter().flat_map(|group| group.entries.iter().map(|entry| entry.slug.clone()));
            slugs.collect::<Vec<_>>().concat()
        };
        for (sought, expected) in [
            ("", "abc"),
            ("LETTER dead", "a"),
            ("one orders", "a"),
            ("poison", "c"),
            ("dead poison", ""),
            ("r", "abc"),
            ("sqs", "a"),
            ("Kafka", "c"),
            ("lag consumer", "c"),
            ("kafka rush", ""),
        ] {
            assert_eq!(found(sought), expected, "{sought}");
        }
        assert_eq!(gallery.found("poison").groups.len(), 1);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let wrong = Gallery::read(
            r#"{"groups": [{"group": 1, "entries": [{"slug": "a", "shows": [], "aliases": []}]}]}"#,
        );
        let paths: Vec<_> = wrong.expect_err("wrong").into_iter().map(|problem| problem.path).collect();
        assert_eq!(paths, ["groups[0].group", "groups[0].entries[0]"]);
    }
}
