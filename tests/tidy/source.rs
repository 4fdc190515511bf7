//! The files of the project, and Rust source with everything blanked that is not code.

use std::path::{Path, PathBuf};

/// A file of the project.
pub struct File {
    /// The path from the top directory, with slashes.
    pub path: String,
    /// The text as written.
    pub text: String,
    /// Rust only: the text with comments, strings and characters blanked, line by line as before.
    pub code: String,
    /// Rust only: `code` without what is compiled for tests alone.
    pub shipped: String,
}

impl File {
    /// A file with its text, which is blanked if it is Rust.
    pub fn new(path: &str, text: &str) -> Self {
        let code = if path.ends_with(".rs") { blank_non_code(text) } else { String::new() };
        let shipped = if is_test_file(path) { String::new() } else { blank_tests(&code) };
        File { path: path.to_owned(), text: text.to_owned(), code, shipped }
    }
}

fn is_test_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path.starts_with("tests/")
        || path.contains("/tests/")
        || name == "tests.rs"
        || name.ends_with("_tests.rs")
}

/// Every file of this project that a rule may be about.
pub fn files() -> Vec<File> {
    files_of(&std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("."), PathBuf::from))
}

/// The same of a project in any directory.
pub fn files_of(root: &Path) -> Vec<File> {
    let mut paths = vec![root.join("index.html")];
    for directory in ["src", "xtask", "tests", "benches", "examples", "static"] {
        walk(&root.join(directory), &mut paths);
    }
    paths.sort();
    let with_text = paths.iter().filter_map(|path| {
        let name = path.strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
        // What is not text, such as a picture, has no lines to complain about.
        Some(File::new(&name, &std::fs::read_to_string(path).ok()?))
    });
    with_text.collect()
}

fn walk(directory: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(directory) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_file() {
            found.push(path);
        } else if !["node_modules", "results", "report", "target"].contains(&name) {
            walk(&path, found);
        }
    }
}

/// Blanks comments and the insides of strings and characters; line breaks stay where they are.
pub fn blank_non_code(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let in_word = code.chars().next_back().is_some_and(is_word);
        let (length, keep) = match first {
            '/' if rest.starts_with("//") => (rest.find('\n').unwrap_or(rest.len()), false),
            '/' if rest.starts_with("/*") => (block_comment(rest), false),
            '"' => (quoted(rest, '"'), false),
            'r' | 'b' | 'c' if !in_word && raw_string(rest) > 0 => (raw_string(rest), false),
            '\'' if is_character(rest) => (quoted(rest, '\''), false),
            _ => (first.len_utf8(), true),
        };
        let (piece, after) = rest.split_at(length);
        if keep {
            code.push_str(piece);
        } else {
            code.extend(piece.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        }
        rest = after;
    }
    code
}

/// Blanks every item that is marked `#[cfg(test)]`.
pub fn blank_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut shipped = code.to_owned();
    while let Some(start) = shipped.find(MARK) {
        let length = item_length(&shipped[start + MARK.len()..]);
        let end = start + MARK.len() + length;
        let blank: String = shipped[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        shipped.replace_range(start..end, &blank);
    }
    shipped
}

/// The length of an item: up to the brace that closes its first one, or to a semicolon before it.
fn item_length(code: &str) -> usize {
    let mut depth = 0;
    for (at, c) in code.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return at + 1,
            '}' => depth -= 1,
            ';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let here = &text[at..];
        if here.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if here.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// The length of a literal that begins and ends with `quote`, with its escapes.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of `r"…"`, `r#"…"#`, `br"…"` and the like; 0 if it is none.
fn raw_string(text: &str) -> usize {
    let Some(at) = ["r", "br", "cr"]
        .iter()
        .find(|prefix| text.strip_prefix(**prefix).is_some_and(|rest| rest.starts_with(['"', '#'])))
    else {
        return 0;
    };
    let hashes = text[at.len()..].chars().take_while(|c| *c == '#').count();
    let open = at.len() + hashes;
    if !text[open..].starts_with('"') {
        return 0; // A raw identifier such as `r#type`.
    }
    let close = format!("\"{}", "#".repeat(hashes));
    text[open + 1..].find(&close).map_or(text.len(), |end| open + 1 + end + close.len())
}

/// Whether a `'` begins a character and not a lifetime.
fn is_character(text: &str) -> bool {
    let mut chars = text.chars().skip(1);
    matches!((chars.next(), chars.next()), (Some('\\'), _) | (Some(_), Some('\'')))
}

/// Whether a character can be part of a name.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[test]
fn what_is_not_code_is_blanked() {
    let kept = |text: &str| blank_non_code(text).split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(kept("a // b\nc"), "a c");
    assert_eq!(kept("a /* b /* c */ d */ e"), "a e");
    assert_eq!(kept(r#"a "b \" c" d"#), "a d");
    assert_eq!(kept("a r#\"b \" c\"# d br\"e\" f"), "a d f");
    assert_eq!(kept("fn f<'a>(x: &'a str) { '{' ; '\\'' ; b'x' }"), "fn f<'a>(x: &'a str) { ; ; b }");
    assert_eq!(kept("r#type bar\"x\""), "r#type bar");
    assert_eq!(blank_non_code("\"a\nb\" /*\n*/ ü").matches('\n').count(), 2);
}

#[test]
fn what_is_for_tests_is_blanked() {
    let code = "a\n#[cfg(test)]\nmod tests { fn b() { {} } }\nc\n#[cfg(test)]\nmod d;\ne";
    let shipped = blank_tests(code);
    assert_eq!(shipped.split_whitespace().collect::<Vec<_>>(), ["a", "c", "e"]);
    assert_eq!(shipped.lines().count(), code.lines().count());
}
