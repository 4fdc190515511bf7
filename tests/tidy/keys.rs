//! The cheat sheet against the keys that the page answers: neither forgets one of the other's.

use super::source::{self, File};

/// What the cheat sheet calls a key, where that is not its name in the browser.
const SIGNS: [(&str, &str); 14] = [
    (" ", "Space"),
    ("ArrowLeft", "←"),
    ("ArrowRight", "→"),
    ("ArrowUp", "↑"),
    ("ArrowDown", "↓"),
    ("PageUp", "Page up"),
    ("PageDown", "Page down"),
    ("Escape", "Esc"),
    ("-", "−"),
    // The same keys with another shift.
    ("=", "+"),
    ("_", "−"),
    ("r", "R"),
    ("z", "Ctrl Z"),
    ("Tab", "Tab"),
];

/// What the sheet names that no source has to answer: the browser does, or a pointer.
const OTHERS: [&str; 8] = ["Tab", "Ctrl", "Shift", "wheel", "fingers", "drag", "click", "1"];

/// The keys that a file answers: in the arms of a `match` on a key's name, and where one is compared with a name.
fn answered(file: &File) -> Vec<String> {
    let asks = |line: &str| line.contains(".key()") || line.contains("match key");
    let (mut keys, mut inside) = (Vec::new(), None);
    for (line, code) in file.text.lines().zip(file.shipped.lines()) {
        let indent = line.len() - line.trim_start().len();
        if inside.is_some_and(|depth| indent <= depth && line.trim() == "}") {
            inside = None;
        }
        let arm = inside.is_some() && line.trim_start().starts_with('"') && code.contains("=>");
        let compared = asks(line) && code.contains("==");
        if arm || compared {
            let patterns = if arm { line.split("=>").next().unwrap_or(line) } else { line };
            // What an arm asks beside the key is no key.
            let patterns = if arm { patterns.split(" if ").next().unwrap_or(patterns) } else { patterns };
            keys.extend(patterns.split('"').skip(1).step_by(2).map(str::to_owned));
        }
        if asks(line) && code.contains("match") || line.contains("match key.as_str()") {
            inside = Some(indent);
        }
    }
    keys
}

/// What the cheat sheet lists, row by row.
fn listed(words: &str) -> Vec<String> {
    let tables = words.split("CHEATS: [").skip(1).map(|rest| rest.split("];").next().unwrap_or(rest));
    let rows = tables.flat_map(str::lines).map(str::trim).filter(|line| line.starts_with("(\""));
    rows.filter_map(|row| row.split('"').nth(1)).map(str::to_owned).collect()
}

fn sign(key: &str) -> &str {
    SIGNS.iter().find(|(name, _)| *name == key).map_or(key, |(_, sign)| sign)
}

#[test]
fn the_cheat_sheet_has_every_key_and_no_other() {
    let files = source::files();
    let words = files.iter().find(|file| file.path == "src/ui/words.rs").expect("the table of words");
    let rows = listed(&words.text);
    assert!(rows.len() >= 12, "{rows:?}");
    let pages = files.iter().filter(|file| file.path.starts_with("src/ui/"));
    let keys: Vec<(String, &str)> =
        pages.flat_map(|file| answered(file).into_iter().map(|key| (key, file.path.as_str()))).collect();
    assert!(keys.len() >= 15, "{keys:?}");
    for (key, path) in &keys {
        let named = rows.iter().any(|row| row.contains(sign(key)));
        assert!(named, "{path} answers {key:?}, and the cheat sheet in src/ui/words.rs does not have it");
    }
    for row in &rows {
        let known = keys.iter().any(|(key, _)| !sign(key).is_empty() && row.contains(sign(key)));
        let other = OTHERS.iter().any(|other| row.contains(other));
        assert!(known || other, "the cheat sheet has {row:?}, and nothing in src/ui answers it");
    }
}

#[test]
fn keys_are_found_in_sources() {
    let text = "fn f(event: &E) -> u8 {\n    match event.key().as_str() {\n        \"a\" | \"B\" if on(\"x\") => 1,\n        _ => 0,\n    }\n}\n\
        fn g(event: &E) -> bool {\n    event.key() == \"Escape\"\n}\nfn h(x: &str) -> u8 {\n    match x {\n        \"no\" => 1,\n        _ => 0,\n    }\n}\n";
    assert_eq!(answered(&File::new("src/ui/a.rs", text)), ["a", "B", "Escape"]);
}
