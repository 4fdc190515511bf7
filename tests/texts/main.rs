//! The texts of the page: every one that is used is there, and no other; their places are those that are filled; none is
//! a piece of a sentence.
#![cfg(not(target_arch = "wasm32"))]

mod marked;
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cascade::base::{Json, Message, Text};
use cascade::view::ChartKind;

const FILES: [&str; 2] =
    [include_str!("../../static/texts/en.json"), include_str!("../../static/texts/about.json")];

/// Groups whose keys are made from names that stand in tables: of fields and words of the scenario language, of charts.
/// Tests of their own see to it that they have every name (`scenario::read::about_tests`, `tests/inspector.rs`, below).
const DERIVED: [&str; 5] = ["about.", "term.field.", "term.word.", "chart.title.", "chart.means."];

/// What stands behind the key of a figure's label in the key of what it means.
const MEANS: &str = "-means";

/// Texts that stand in tables, by the beginning of their keys, and the places that whoever reads the table fills.
const FILLED: [(&str, &[&str]); 8] = [
    ("unit.", &["value", "hours", "minutes", "seconds"]),
    ("list.", &["list", "item"]),
    ("loss.", &["count"]),
    ("stage.", &["rate"]),
    ("said.", &["nodes"]),
    ("trace.spent.", &["time"]),
    ("inspector.item.", &["number"]),
    ("keys.place.", &["keys"]),
];

/// The English files as one.
fn english() -> Json {
    let groups = FILES.iter().flat_map(|file| match Json::parse(file) {
        Ok(Json::Object(groups)) => groups,
        _ => panic!("an object of groups"),
    });
    Json::Object(groups.collect())
}

/// Every English text, by its key.
fn texts() -> BTreeMap<String, String> {
    fn add(path: &str, json: &Json, found: &mut BTreeMap<String, String>) {
        match json {
            Json::String(text) => _ = found.insert(path.to_owned(), text.clone()),
            _ => {
                json.members().iter().for_each(|(name, inner)| add(&[path, ".", name].concat(), inner, found))
            }
        }
    }
    let mut found = BTreeMap::new();
    for (name, group) in english().members().iter().filter(|(name, _)| name != "language") {
        add(name, group, &mut found);
    }
    found
}

fn uses() -> Vec<sources::Use> {
    sources::uses(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
}

/// The keys of the texts that a use looks up.
fn keys(one: &sources::Use) -> Vec<String> {
    match one.how {
        "problem" => vec![[&one.key, ".what"].concat(), [&one.key, ".help"].concat()],
        _ => vec![one.key.clone()],
    }
}

#[test]
fn every_text_is_used_and_every_used_one_is_there() {
    let (texts, mut used) = (texts(), BTreeSet::new());
    let mut wrong = Vec::new();
    for one in uses() {
        for key in keys(&one) {
            // The beginning of keys that are made.
            if key.ends_with('.') {
                assert!(DERIVED.contains(&&*key), "{}: add {key} to DERIVED", one.place);
            } else if !texts.contains_key(&key) {
                wrong.push(format!("{}: there is no text \"{key}\" in static/texts/en.json", one.place));
            }
            used.insert(key);
        }
    }
    let derived = |key: &str| {
        let label = key.strip_suffix(MEANS);
        DERIVED.iter().any(|group| key.starts_with(group)) || label.is_some_and(|label| used.contains(label))
    };
    let unused = texts.keys().filter(|key| !used.contains(*key) && !derived(key));
    wrong.extend(unused.map(|key| format!("static/texts/en.json: nothing uses \"{key}\"")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_places_of_a_text_are_those_that_are_filled() {
    let texts = texts();
    let mut wrong = Vec::new();
    for one in uses() {
        let all = keys(&one);
        let mut own: BTreeSet<String> =
            all.iter().filter_map(|key| texts.get(key)).flat_map(places).collect();
        let filled: BTreeSet<String> = one.places.iter().cloned().collect();
        if one.how == "new" {
            let table = FILLED.iter().find(|(group, _)| one.key.starts_with(group));
            own.retain(|place| table.is_none_or(|(_, known)| !known.contains(&place.as_str())));
        }
        if own != filled {
            wrong.push(format!(
                "{}: \"{}\" has the places {own:?}, filled are {filled:?}",
                one.place, one.key
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn places(text: &String) -> Vec<String> {
    let message = Message::read(text).unwrap_or_else(|wrong| panic!("{text} {wrong}"));
    message.places().into_iter().map(str::to_owned).collect()
}

#[test]
fn every_chart_has_its_title_and_says_what_it_shows() {
    let texts = texts();
    let charts: BTreeSet<&str> = ChartKind::ALL.iter().map(|kind| kind.key()).collect();
    for group in ["chart.title.", "chart.means."] {
        let known: BTreeSet<&str> = texts.keys().filter_map(|key| key.strip_prefix(group)).collect();
        assert_eq!(known, charts, "{group}");
    }
}

#[test]
fn what_a_figure_means_is_short_and_not_its_label() {
    let texts = texts();
    let means: Vec<_> =
        texts.iter().filter_map(|(key, text)| Some((key.strip_suffix(MEANS)?, text))).collect();
    assert!(means.len() > 30, "{}", means.len());
    for (label, text) in means {
        assert!(text.len() <= 120 && text.ends_with('.') && *text != texts[label], "{label}: {text}");
    }
    // What nobody guesses is explained.
    for label in ["figure.p99", "figure.offered", "figure.unacked", "figure.lag", "metric.response-p99"] {
        assert!(texts.contains_key(&[label, MEANS].concat()), "{label}");
    }
}

#[test]
fn no_text_is_joined_to_another() {
    let mut files = Vec::new();
    sources::walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let joined: Vec<String> = files.iter().flat_map(|(name, text)| sources::joined(name, text)).collect();
    assert!(joined.is_empty(), "say the whole sentence, with a place for the rest: {joined:#?}");
}

#[test]
fn no_text_begins_or_ends_in_mid_sentence() {
    let blank = |text: &str| text != text.trim() || text.is_empty();
    let cut = |text: &str| text.starts_with([',', ';', ':', '.']) || text.ends_with([',', ';', '(']);
    let wrong: Vec<_> = texts().into_iter().filter(|(_, text)| blank(text) || cut(text)).collect();
    assert!(wrong.is_empty(), "say the whole sentence, with a place for what changes: {wrong:#?}");
}

#[test]
fn no_two_keys_are_one() {
    let texts = texts();
    let keys: BTreeSet<Text> = texts.keys().map(|key| Text::new(key)).collect();
    assert_eq!(keys.len(), texts.len());
}
