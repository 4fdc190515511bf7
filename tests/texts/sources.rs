//! Where the sources use which texts, and what they fill their places with.

use std::path::Path;

/// A use of a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Use {
    /// The file and the line.
    pub place: String,
    /// `text`, `say`, `problem`, or `new` for one in a table.
    pub how: &'static str,
    /// The key.
    pub key: String,
    /// The names of the places that are filled.
    pub places: Vec<String>,
}

/// How a text is used, as it is written.
const WAYS: [(&str, &str); 4] =
    [("text", "text!("), ("say", "say!("), ("problem", "problem!("), ("new", "Text::new(")];

/// Every use in the sources below a folder.
pub fn uses(folder: &Path) -> Vec<Use> {
    let mut files = Vec::new();
    walk(folder, &mut files);
    files.sort();
    let mut found = Vec::new();
    for (name, text) in &files {
        uses_in(name, text, &mut found);
    }
    found
}

/// Every Rust file below a folder that ships, with its text.
pub fn walk(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        let name = path.to_string_lossy().into_owned();
        if path.is_dir() {
            walk(&path, files);
        } else if name.ends_with(".rs") && !name.ends_with("tests.rs") {
            let text = std::fs::read_to_string(&path).expect("text");
            // Tests stand at the end of a file.
            let shipped = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
            files.push((name, without_comments(shipped)));
        }
    }
}

/// Blanks comments that have a line of their own; line breaks stay.
fn without_comments(text: &str) -> String {
    let blank = |line| if str::trim_start(line).starts_with("//") { "" } else { line };
    text.lines().map(|line| [blank(line), "\n"].concat()).collect()
}

/// The uses in a file.
pub fn uses_in(name: &str, text: &str, found: &mut Vec<Use>) {
    for (how, opening) in WAYS {
        for (at, _) in text.match_indices(opening) {
            if text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let args = arguments(&text[at + opening.len()..]);
            let Some((key, rest)) = keyed(&args) else { continue };
            let line = text[..at].matches('\n').count() + 1;
            let places =
                rest.iter().filter_map(|arg| arg.split_once(" = ")).map(|(name, _)| name.trim().to_owned());
            found.push(Use { place: format!("{name}:{line}"), how, key, places: places.collect() });
        }
    }
}

/// The key of a use, and the arguments behind it; none where it is no literal.
fn keyed(args: &[String]) -> Option<(String, &[String])> {
    let (first, rest) = args.split_first()?;
    // Where the text is written to stands before the key.
    let key = first.rsplit_once("=>").map_or(first.as_str(), |(_, key)| key).trim();
    let key = key.strip_prefix('"')?.strip_suffix('"')?;
    Some((key.to_owned(), rest))
}

/// What stands up to the closing parenthesis, cut at its commas.
fn arguments(text: &str) -> Vec<String> {
    let (mut args, mut arg, mut depth) = (Vec::new(), String::new(), 0);
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                arg.push(c);
                while let Some(inner) = chars.next() {
                    arg.push(inner);
                    match inner {
                        '\\' => arg.extend(chars.next()),
                        '"' => break,
                        _ => {}
                    }
                }
                continue;
            }
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                args.push(std::mem::take(&mut arg));
                continue;
            }
            _ => {}
        }
        arg.push(c);
    }
    args.push(arg);
    args.into_iter().map(|arg| arg.trim().to_owned()).filter(|arg| !arg.is_empty()).collect()
}

#[test]
fn uses_are_found_in_every_form() {
    let text = "const A: Text = Text::new(\"a.b\");\nlet x = text!(\"c\");\nsay!(out => \"d.e\", one = f(a, \",\"), two = [b, c]);\n\
        at(problem!(\n    \"f\",\n    key = name,\n));\nText::new(\"g.\").then(key); my_text!(\"no\"); Text::new(key)";
    let mut found = Vec::new();
    uses_in("x", text, &mut found);
    let mut found: Vec<_> = found
        .iter()
        .map(|one| (one.place.as_str(), one.how, one.key.as_str(), one.places.join(" ")))
        .collect();
    found.sort_unstable();
    let own = |places: &str| places.to_owned();
    assert_eq!(
        found,
        [
            ("x:1", "new", "a.b", own("")),
            ("x:2", "text", "c", own("")),
            ("x:3", "say", "d.e", own("one two")),
            ("x:4", "problem", "f", own("key")),
            ("x:8", "new", "g.", own("")),
        ]
    );
}

/// Where a text is put together with something else: in an array that is joined, in `format!`, or by `+`.
pub fn joined(name: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for opening in ["text!(", "say!("] {
        for (at, _) in text.match_indices(opening) {
            let before = text[..at].trim_end();
            let length = inside(&text[at + opening.len()..]);
            let after = text[at + opening.len() + length..].trim_start_matches(')').trim_start();
            let in_array = array_around(text, at)
                .is_some_and(|rest| [".concat()", ".join("].iter().any(|join| rest.starts_with(join)));
            let formatted = before.ends_with("format!(") || before.ends_with("write!(out,");
            let added = before.ends_with('+') || after.starts_with('+');
            if in_array || formatted || added {
                let line = text[..at].matches('\n').count() + 1;
                found.push(format!("{name}:{line}"));
            }
        }
    }
    found
}

/// How far it is to the closing parenthesis.
fn inside(text: &str) -> usize {
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => return at,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// What follows the array around a place, if that is directly in one.
fn array_around(text: &str, at: usize) -> Option<&str> {
    let mut depth = 0;
    for (start, c) in text[..at].char_indices().rev().take(400) {
        match c {
            ')' | ']' | '}' => depth += 1,
            '[' if depth == 0 => {
                let rest = &text[start + 1..];
                return Some(rest[inside(rest)..].trim_start_matches(']').trim_start());
            }
            '(' | '{' if depth == 0 => return None,
            '(' | '[' | '{' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[test]
fn joined_texts_are_found() {
    for piece in [
        "[text!(\"a\"), \" \", &b].concat()",
        "[&a,\n    &say!(\"b\", c = d),\n].concat()",
        "format!(text!(\"a\"))",
        "x + text!(\"a\")",
        "say!(\"a\", b = c) + \"x\"",
    ] {
        assert_eq!(joined("x", piece).len(), 1, "{piece}");
    }
    for whole in [
        "[text!(\"a\"), text!(\"b\")].map(f)",
        "f(text!(\"a\"), [b, \" \"].concat())",
        "list::of(DOT, [text!(\"a\")])",
    ] {
        assert_eq!(joined("x", whole), [""; 0], "{whole}");
    }
}
