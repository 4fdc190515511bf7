//! `cascade pictures`: a small picture of each scenario of a folder, as the symbols of one SVG file.
//!
//! A list shows one of them with `<use href="file.svg#name">`; its colours are the names of the page's.

use std::fs;
use std::path::Path;

use cascade::scenario::Scenario;
use cascade::view::miniature;

use super::input;
use super::output::{Problem, say, write};

/// The list of a folder's scenarios, which is none itself.
const LIST: &str = "index.json";

/// Draws every scenario of `folder`, by the names of their files, into the file `out`.
pub fn pictures(folder: &Path, out: &Path) -> Result<(), Problem> {
    let unreadable = |error| {
        Problem::Misuse(format!("cannot read {}: {error}; give a folder of scenarios", folder.display()))
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let scenario = path.extension().is_some_and(|kind| kind == "json") && !path.ends_with(LIST);
        if let (true, Some(name)) = (scenario, path.file_stem()) {
            let name = name.to_string_lossy().into_owned();
            found.push((name, input::scenario(&path.to_string_lossy())?));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    write(out, &sheet(found.iter().map(|(name, scenario)| (name.as_str(), scenario)))?)?;
    say(format_args!("{} pictures in {}", found.len(), out.display()));
    Ok(())
}

/// All pictures in one file.
pub fn sheet<'a>(all: impl Iterator<Item = (&'a str, &'a Scenario)>) -> Result<String, Problem> {
    let mut text = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\">\n");
    for (name, scenario) in all {
        text += &miniature(name, scenario, &scenario.plan().map_err(Problem::Scenario)?);
    }
    text.push_str("</svg>\n");
    Ok(text)
}
