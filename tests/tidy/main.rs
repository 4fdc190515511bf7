//! The rules of the house that the compiler does not check, with the place and the remedy of a breach.
//!
//! The rules are a table (`rules.rs`); each carries snippets that break it and snippets that keep it.

mod circles;
mod imports;
mod layers;
mod papers;
mod rooms;
mod rules;
mod source;

use rules::{RULES, Rule};
use source::File;

/// A breach as the compiler would show it: the place to go to first.
fn complaint(rule: &Rule, file: &File, line: usize, found: &str) -> String {
    format!("{}:{line}: {found}\n    rule: {}\n    remedy: {}", file.path, rule.name, rule.remedy)
}

fn complaints(rule: &Rule, file: &File) -> Vec<String> {
    if !(rule.applies)(&file.path) {
        return Vec::new();
    }
    (rule.breaches)(file).into_iter().map(|(line, found)| complaint(rule, file, line, &found)).collect()
}

#[test]
fn the_house_is_tidy() {
    let files = source::files();
    let all: Vec<String> =
        files.iter().flat_map(|file| RULES.iter().flat_map(move |rule| complaints(rule, file))).collect();
    assert!(all.is_empty(), "{} breaches of the house rules:\n\n{}\n", all.len(), all.join("\n\n"));
}

#[test]
fn every_rule_notices_its_breaches_and_nothing_else() {
    for rule in RULES {
        assert!(!rule.broken.is_empty(), "the rule \"{}\" has no example that breaks it", rule.name);
        for (path, text) in rule.broken {
            let found = complaints(rule, &File::new(path, text));
            assert!(!found.is_empty(), "\"{}\" does not notice, in {path}:\n{text}", rule.name);
            assert!(found[0].contains(path) && found[0].contains(rule.remedy), "{}", found[0]);
        }
        for (path, text) in rule.kept {
            let found = complaints(rule, &File::new(path, text));
            assert!(found.is_empty(), "\"{}\" complains wrongly:\n{}", rule.name, found.join("\n"));
        }
    }
}

#[test]
fn a_complaint_names_the_line() {
    let rule = RULES.iter().find(|rule| rule.name.contains("unsafe")).expect("the rule is in the table");
    let found = complaints(rule, &File::new("src/base/a.rs", "//! A.\n\nfn f() {}\nunsafe fn g() {}\n"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("src/base/a.rs:4: "), "{}", found[0]);
}

#[test]
fn the_walk_sees_every_kind_of_file() {
    let files = source::files();
    for path in [
        "src/lib.rs",
        "xtask/src/main.rs",
        "tests/tidy/main.rs",
        "index.html",
        "static/styles.css",
        "tests/browser/package-lock.json",
    ] {
        assert!(files.iter().any(|file| file.path == path), "{path} was not visited");
    }
    assert!(!files.iter().any(|file| file.path.contains("node_modules")), "installed packages are not ours");
}
