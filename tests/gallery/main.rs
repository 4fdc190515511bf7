//! Every scenario of the gallery runs, is what its entry says, and shows what it is there to show.
//!
//! `UPDATE=1 cargo test --test gallery` writes the digests anew. What each scenario claims stands in claims.txt: to add
//! an entry, put the scenario into static/gallery, name it in index.json and give it a claim.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../support/digest.rs"]
mod digest;
#[path = "../support/mod.rs"]
mod support;

mod claims;
mod form;
mod language;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use cascade::scenario::Scenario;
use serde_json::Value;

/// The seeds under which a claim must hold.
const SEEDS: [u64; 12] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/// An entry of the gallery.
struct Entry {
    /// The name of its file, and of its page.
    slug: String,
    /// The file.
    text: String,
}

impl Entry {
    fn scenario(&self) -> Scenario {
        let read = Scenario::read(&self.text);
        read.unwrap_or_else(|wrong| panic!("{}: {wrong:#?}", self.slug))
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("static/gallery")
}

/// Groups and their entries, as the index has them.
fn index() -> Value {
    let text = fs::read_to_string(folder().join("index.json")).expect("the index");
    serde_json::from_str(&text).expect("JSON")
}

/// The entries in the order of the index.
fn entries() -> Vec<Entry> {
    let index = index();
    let groups = index.as_array().expect("a list of groups");
    let listed = groups.iter().flat_map(|group| group["entries"].as_array().expect("a list of entries"));
    let read = |entry: &Value| {
        let slug = entry["slug"].as_str().expect("a slug").to_owned();
        let text = fs::read_to_string(folder().join(format!("{slug}.json")));
        Entry { text: text.unwrap_or_else(|wrong| panic!("{slug}: {wrong}")), slug }
    };
    listed.map(read).collect()
}

/// Asks about every entry, and tells all that is wrong at once.
fn check(check: impl Fn(&Entry) -> Vec<String>) {
    let about = |entry: &Entry| {
        let found = check(entry);
        found.into_iter().map(|wrong| format!("{}: {wrong}", entry.slug)).collect::<Vec<_>>()
    };
    let wrong: Vec<String> = entries().iter().flat_map(about).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_index_names_every_file_once() {
    let listed: Vec<String> = entries().into_iter().map(|entry| entry.slug).collect();
    let once: BTreeSet<&String> = listed.iter().collect();
    assert_eq!(once.len(), listed.len(), "an entry stands in the index twice");
    for file in fs::read_dir(folder()).expect("the gallery") {
        let name = file.expect("a file").file_name().into_string().expect("a name");
        let slug = name.strip_suffix(".json").expect("only scenarios stand in the gallery").to_owned();
        assert!(slug == "index" || once.contains(&slug), "{name} is not in the index");
    }
    assert!(listed.len() >= 24, "only {} entries", listed.len());
    for group in index().as_array().expect("groups") {
        assert!(group["group"].as_str().is_some_and(|name| !name.is_empty()), "a group without a name");
        for entry in group["entries"].as_array().expect("entries") {
            let shows = entry["shows"].as_array().expect("what it shows");
            assert!((1..=5).contains(&shows.len()), "{}", entry["slug"]);
            assert!(shows.iter().all(|word| word.as_str().is_some_and(|word| word.len() > 2)));
        }
    }
}

#[test]
fn every_scenario_runs_for_a_minute_and_its_ledger_balances() {
    check(|entry| {
        // The run itself fails where it halts or where its ledger does not balance.
        let result = support::run(&entry.text, 1, 0.0, digest::SECONDS);
        let idle = |(id, client): &(String, _)| {
            let client: &cascade::telemetry::result::Client = client;
            (client.answered == 0).then(|| format!("{id} is never answered"))
        };
        result.clients.0.iter().filter_map(idle).collect()
    });
}

#[test]
fn digests_are_those_that_are_written_down() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/gallery/digests.txt");
    let line = |entry: &Entry| format!("{} {}\n", entry.slug, digest::digest(&entry.text));
    let computed: String = entries().iter().map(line).collect();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, computed).expect("the digests can be written");
        return;
    }
    let written = fs::read_to_string(path).expect("the digests");
    assert_eq!(computed, written, "run with UPDATE=1 if the change is meant");
}
