//! The rooms inside the layers: which may import which, and that no files import each other in a circle.

use crate::circles::{circles, describe};
use crate::imports::{Imports, Mention};
use crate::source;

/// The rooms of a layer, lowest first: a room may import those of its own row and of the rows before it.
const ROOMS: [(&str, &[&[&str]]); 4] = [
    ("src/engine/", &[&["kernel"], &["runtime"], &["nodes"], &["simulation"]]),
    (
        "src/lesson/",
        &[&["condition", "text"], &["format", "page", "glossary"], &["read", "gallery"], &["player"]],
    ),
    (
        "src/view/",
        &[
            &["canvas"],
            &["words"],
            &["cards"],
            &["stage"],
            &["charts"],
            &["waterfall"],
            &["sentences"],
            &["inspector"],
            &["export"],
        ],
    ),
    (
        "src/ui/",
        &[&["platform"], &["canvas"], &["model"], &["msg"], &["update"], &["panels"], &["pages"], &["app"]],
    ),
];

#[test]
fn no_files_import_each_other_in_a_circle() {
    let found: Vec<String> = circles(&Imports::of(&source::files())).iter().map(describe).collect();
    let remedy = "move what both need into a file of its own, below both";
    assert!(found.is_empty(), "{}\n  remedy: {remedy}", found.join("\n\n"));
}

#[test]
fn a_room_imports_only_rooms_below_it() {
    let wrong = upward(&Imports::of(&source::files()));
    let remedy =
        "hand what is needed down as plain data, or move it to the lower room (ROOMS in tests/tidy/rooms.rs)";
    assert!(wrong.is_empty(), "{}\n  remedy: {remedy}", wrong.join("\n"));
}

/// The row of the room that a file belongs to.
fn row(rows: &[&[&str]], inside: &str) -> Option<usize> {
    let room = inside.split('/').next().unwrap_or_default().trim_end_matches(".rs");
    rows.iter().position(|row| row.contains(&room))
}

/// Every arrow that leads up, as `file:line: path`.
fn upward(imports: &Imports) -> Vec<String> {
    let mut wrong = Vec::new();
    for (layer, rows) in ROOMS {
        for (from, all) in &imports.arrows {
            let Some(own) = from.strip_prefix(layer).and_then(|inside| row(rows, inside)) else { continue };
            for (to, mentions) in all {
                if to
                    .strip_prefix(layer)
                    .and_then(|inside| row(rows, inside))
                    .is_some_and(|other| other > own)
                {
                    let line =
                        |Mention { line, path }: &Mention| format!("{from}:{line}: {path} leads up to {to}");
                    wrong.extend(mentions.iter().map(line));
                }
            }
        }
    }
    wrong
}

#[test]
fn an_arrow_that_leads_up_is_found() {
    let file = |(path, text): (&str, &str)| source::File::new(path, text);
    let files = [
        ("src/lib.rs", "pub mod engine;"),
        ("src/engine/mod.rs", "pub mod kernel; pub mod nodes;"),
        ("src/engine/kernel/mod.rs", "pub mod slab;"),
        ("src/engine/kernel/slab.rs", "\nuse crate::engine::nodes::Queue; pub struct Slab;"),
        ("src/engine/nodes/mod.rs", "use super::kernel::slab::Slab; pub struct Queue;"),
    ];
    let found = upward(&Imports::of(&files.map(file)));
    assert_eq!(
        found,
        ["src/engine/kernel/slab.rs:2: crate::engine::nodes::Queue leads up to src/engine/nodes/mod.rs"]
    );
}
