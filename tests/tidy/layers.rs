//! Who may import whom, lowest layer first.

use crate::source::{File, is_word};

/// Each layer with the layers that it may import.
pub const LAYERS: [(&str, &[&str]); 12] = [
    ("base", &[]),
    ("observation", &["base"]),
    ("scenario", &["base"]),
    ("engine", &["base", "observation", "scenario"]),
    // The scenario for its plan alone: how many nodes there are, and of which kind.
    ("telemetry", &["base", "observation", "scenario"]),
    // The plan alone, as above.
    ("theory", &["base", "scenario"]),
    ("session", &["base", "observation", "scenario", "engine", "telemetry"]),
    ("link", &["base", "scenario", "session"]),
    ("lesson", &["base", "observation", "scenario", "telemetry", "session"]),
    ("editor", &["base", "scenario"]),
    ("view", &["base", "observation", "scenario", "telemetry", "theory", "session", "lesson", "editor"]),
    ("ui", &["base", "scenario", "session", "link", "lesson", "editor", "view"]),
];

/// The layer that a path belongs to.
pub fn layer_of(path: &str) -> Option<&'static str> {
    let inside = path.strip_prefix("src/")?;
    let first = inside.split('/').next()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    LAYERS.iter().map(|(layer, _)| *layer).find(|layer| *layer == name)
}

/// Whether a path is a module of a layer below the user interface.
pub fn below_ui(path: &str) -> bool {
    layer_of(path).is_some_and(|layer| layer != "ui")
}

/// Every import of a layer that this one may not know.
pub fn breaches(file: &File) -> Vec<(usize, String)> {
    let Some(own) = layer_of(&file.path) else { return Vec::new() };
    let allowed = LAYERS.iter().find(|(layer, _)| *layer == own).map_or(&[][..], |(_, allowed)| *allowed);
    let mut found = Vec::new();
    for (line, name) in crate_paths(&file.code) {
        if name != own && !allowed.contains(&name) {
            let may = if allowed.is_empty() { "nothing".to_owned() } else { allowed.join(", ") };
            found.push((line, format!("`{own}` names `crate::{name}`; it may import: {may}")));
        }
    }
    // In the file of the layer itself, `super` is the crate.
    if file.path == format!("src/{own}/mod.rs") || file.path == format!("src/{own}.rs") {
        for (line, name) in paths_after(&file.code, "super") {
            if LAYERS.iter().any(|(layer, _)| *layer == name) && !allowed.contains(&name) {
                found.push((line, format!("`{own}` names `super::{name}`")));
            }
        }
    }
    found
}

/// The first names after `crate::`, with their lines; a renamed or wholly imported crate counts too.
fn crate_paths(code: &str) -> Vec<(usize, &str)> {
    paths_after(code, "crate")
}

fn paths_after<'a>(code: &'a str, keyword: &str) -> Vec<(usize, &'a str)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(keyword) {
        let before = code[..at].chars().next_back();
        let after = &code[at + keyword.len()..];
        if before.is_some_and(is_word) || after.starts_with(is_word) {
            continue;
        }
        let line = code[..at].matches('\n').count() + 1;
        let after = after.trim_start();
        if let Some(path) = after.strip_prefix("::") {
            found.extend(first_names(path.trim_start()).into_iter().map(|name| (line, name)));
        } else if after.starts_with("as ") {
            found.push((line, "(renamed)"));
        }
    }
    found
}

/// The names with which a path, or each path of a group in braces, begins.
fn first_names(path: &str) -> Vec<&str> {
    let Some(group) = path.strip_prefix('{') else { return vec![name_at(path)] };
    let mut names = Vec::new();
    let (mut depth, mut start) = (1, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if (c == ',' && depth == 1) || depth == 0 {
            let piece = group[start..at].trim_start();
            if !piece.is_empty() {
                names.push(name_at(piece));
            }
            start = at + 1;
        }
        if depth == 0 {
            break;
        }
    }
    names
}

fn name_at(path: &str) -> &str {
    let length = path.find(|c| !is_word(c)).unwrap_or(path.len());
    if length == 0 { "*" } else { &path[..length] }
}

#[test]
fn the_names_of_a_path_are_found_in_every_form() {
    let names = |code| crate_paths(code).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
    assert_eq!(names("use crate::base::Time;"), ["base"]);
    assert_eq!(names("use crate::{\n    base::{a, b},\n    engine,\n};"), ["base", "engine"]);
    assert_eq!(names("fn f(x: crate::view::A) -> crate :: ui :: B {}"), ["view", "ui"]);
    assert_eq!(names("use crate::*; use crate as c;"), ["*", "(renamed)"]);
    assert_eq!(names("pub(crate) fn f() {} mycrate::x; crates::y;"), [""; 0]);
}

#[test]
fn a_layer_imports_lower_layers_only() {
    for (at, (layer, allowed)) in LAYERS.iter().enumerate() {
        let lower: Vec<&str> = LAYERS[..at].iter().map(|(name, _)| *name).collect();
        assert!(allowed.iter().all(|name| lower.contains(name)), "{layer} imports a layer above itself");
    }
}
