//! What the papers say of files: a path that a page of documentation names is there.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// Folders whose names begin a path of the project.
const ROOTS: [&str; 6] = ["src/", "tests/", "static/", "xtask/", "benches/", "docs/"];

/// Every page that speaks of the code as it is: decisions tell what was.
fn pages(root: &Path) -> Vec<PathBuf> {
    let mut pages = vec![root.join("README.md"), root.join("CONTRIBUTING.md"), root.join("docs/README.md")];
    for folder in ["docs/how-to", "docs/tours"] {
        let entries = fs::read_dir(root.join(folder)).expect("the folder is there");
        pages.extend(entries.map(|entry| entry.expect("an entry").path()));
    }
    pages.sort();
    pages
}

/// The paths of the project that stand between backticks in a text, with their lines. A command, or a name with a
/// place to be filled in, is no path.
fn paths(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut in_code = false;
    for (at, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
            continue;
        }
        if !in_code {
            let quoted = line.split('`').skip(1).step_by(2);
            let is_path = |word: &&str| {
                ROOTS.iter().any(|root| word.starts_with(root)) && !word.contains([' ', '<', '*', '{', '…'])
            };
            found.extend(quoted.filter(is_path).map(|word| (at + 1, word)));
        }
    }
    found
}

#[test]
fn a_file_that_documentation_names_is_there() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo says where the project is"));
    let mut gone = Vec::new();
    for page in pages(&root) {
        let text = fs::read_to_string(&page).expect("a page can be read");
        for (line, path) in paths(&text) {
            let file = path.split([':', '#']).next().unwrap_or_default();
            if !root.join(file).exists() {
                gone.push(format!("{}:{line}: {path}", page.strip_prefix(&root).unwrap_or(&page).display()));
            }
        }
    }
    assert!(gone.is_empty(), "documentation names files that are not there:\n{}", gone.join("\n"));
}

#[test]
fn a_path_is_told_from_a_command_and_a_pattern() {
    let text = "`src/a.rs` and `src/b/` in `cargo run src/c.rs`\n`src/<kind>.rs`, `other/a.rs`\n```\n`src/d.rs`\n```\n";
    assert_eq!(paths(text), [(1, "src/a.rs"), (1, "src/b/")]);
}
