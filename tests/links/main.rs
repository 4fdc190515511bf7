//! Links: every scenario of the repository fits into one, those that were ever made open the same run, and whatever
//! stands in an address ends in a run or in sentences.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../support/mutate.rs"]
mod mutate;

mod hostile;
mod made;

use std::fs;
use std::path::{Path, PathBuf};

use cascade::base::{Json, SimDuration, SimTime};
use cascade::link::{EASY_LENGTH, Link, read};
use cascade::session::{Action, FaultButton, TimedAction};

/// Every scenario of the repository, with its path.
fn scenarios() -> Vec<(PathBuf, Json)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, Json)>) {
        let entries = fs::read_dir(folder).expect("the folder is there");
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                let json = Json::parse(&fs::read_to_string(&path).expect("a file")).expect("JSON");
                found.extend(json.get("nodes").is_some().then_some((path, json)));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["static/gallery", "static/lessons", "static/opening", "tests/scenarios"] {
        walk(&root.join(folder), &mut found);
    }
    found
}

#[test]
fn every_scenario_of_the_repository_is_a_short_link() {
    let all = scenarios();
    assert!(all.len() >= 83, "there are {} scenarios", all.len());
    let mut longest = 0;
    for (path, json) in all {
        let link = Link::from_json(json).unwrap_or_else(|wrong| panic!("{}: {wrong:#?}", path.display()));
        let address = link.write().expect("it is small");
        assert!(address.len() < EASY_LENGTH, "{}: {} characters", path.display(), address.len());
        assert_eq!(read(&address).as_ref(), Ok(&link), "{}", path.display());
        longest = longest.max(address.len());
    }
    println!("the longest link has {longest} characters");
}

/// A link with something in every part.
fn full() -> Link {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios/cascade.json"));
    let json = Json::parse(&text.expect("a file")).expect("JSON");
    let mut link = Link::from_json(json).expect("a scenario");
    let fault = Json::parse(r#"{"crash": {"node": "payment"}}"#).expect("JSON");
    let fault = match link.record.variants[0].scenario.get("nodes.payment") {
        Some(_) => fault,
        None => panic!("the scenario has no payment"),
    };
    link.title = "<b>\"A\" & 'B'</b> ä \u{202e}".to_owned();
    let lasts = Some(SimDuration::from_secs(2.5));
    link.buttons = vec![FaultButton { label: "Crash".to_owned(), faults: vec![fault.clone()], lasts }];
    let at = SimTime::from_secs(1.5);
    link.record.log = vec![TimedAction { at, action: Action::Inject { fault, lasts: None } }];
    link.record.now = SimTime(1_234_567_891);
    link.record.horizon = SimTime::from_secs(9.0);
    link.record.speed = 4.0;
    link.record.playing = false;
    link
}

#[test]
fn what_a_link_holds_comes_back() {
    let link = full();
    assert_eq!(read(&link.write().expect("it is small")), Ok(link.clone()));
    let whole = ["https://example.org/a/?lang=de", &link.write().expect("it is small"), "\n"].concat();
    assert_eq!(read(&whole), Ok(link.clone()));
    // What equals its default is left out, and is read as what it was.
    let mut plain = link.clone();
    plain.record.horizon = SimTime::from_secs(1.5);
    plain.record.now = SimTime::ZERO;
    (plain.record.speed, plain.record.playing) = (1.0, true);
    (plain.title, plain.buttons) = (String::new(), Vec::new());
    let keys: Vec<String> = plain.to_json().members().iter().map(|(key, _)| key.clone()).collect();
    assert_eq!(keys, ["record", "variants", "log"]);
    assert_eq!(Link::from_json(plain.to_json()), Ok(plain));
}

#[test]
fn the_open_form_holds_a_scenario_or_a_record() {
    let open = |json: &Json| {
        let escaped = json.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        read(&["#/s/json/", &escaped].concat())
    };
    let link = full();
    assert_eq!(open(&link.to_json()), Ok(link.clone()));
    let scenario = link.record.variants[0].scenario.clone();
    assert_eq!(open(scenario.json()), Ok(Link::of_scenario(scenario.clone())));
    // As a person writes it.
    assert_eq!(read(&["#/s/json/", &scenario.json().to_string()].concat()), Ok(Link::of_scenario(scenario)));
}

#[test]
fn what_cannot_be_read_is_explained() {
    let whole = full().write().expect("it is small");
    let says = |address: &str, what: &str| {
        let wrong = read(address).expect_err("it is wrong");
        assert!(wrong.problems[0].message.contains(what), "{address}: {:?}", wrong.problems);
        assert!(!wrong.problems[0].help.is_empty());
        wrong.text
    };
    says("", "not a link");
    says("#/gallery/a", "not a link");
    says("#/s/", "not a link");
    says("#/s/1", "not a link");
    says("#/s/one/abc", "number of an encoding");
    says("#/s/01/abc", "number of an encoding");
    says("#/s/2/abc", "newer version (encoding 2)");
    says(&["#/s/", &"9".repeat(40), "/abc"].concat(), "newer version");
    says(&[&whole, "."].concat(), "the character \".\"");
    says("#/s/json/%7", "not URL-encoded");
    says("#/s/json/{", "line 1");
    says("#/s/json/[]", "not a recorded run");
    // What could be read of half a link is handed on.
    let text = says(&whole[..whole.len() / 2], "the end of this link is missing");
    assert!(text.starts_with("{\"record\": 1"), "{text}");
}
