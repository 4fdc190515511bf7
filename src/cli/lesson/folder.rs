//! A folder of lessons: one folder each with `lesson.md` and its scenarios, and a glossary for all.

use std::fs;
use std::path::{Path, PathBuf};

use cascade::base::Json;
use cascade::scenario::Scenario;

use super::complete::complete;
use super::compose::{Composed, compose};
use super::glossary::Glossary;
use super::keys::keys;
use super::mistake::{Mistake, Mistakes};
use super::source;
use crate::cli::output::Problem;

/// A lesson that is right.
pub struct Made {
    /// The name of its folder.
    pub slug: String,
    /// Its data.
    pub composed: Composed,
}

impl Made {
    /// Its name, and the scenario that a picture of it shows: the variant with more nodes in it, or else A.
    pub fn picture(&self) -> Option<(&str, &Scenario)> {
        let variants = self.composed.lesson.variants.iter().rev().map(|variant| &variant.scenario);
        let nodes = |scenario: &&Scenario| scenario.plan().map_or(0, |plan| plan.nodes.len());
        Some((&self.slug, variants.max_by_key(nodes)?))
    }
}

/// All lessons of a folder, and what is wrong with them.
pub struct Read {
    /// Those that are right, by slug.
    pub lessons: Vec<Made>,
    /// The glossary, as data.
    pub glossary: Json,
    /// All that is wrong, in order of files and lines.
    pub mistakes: Vec<Mistake>,
}

/// Reads the lessons of a folder; only those of these names where there are any.
pub fn read(folder: &Path, slugs: &[String]) -> Result<Read, Problem> {
    let mut found = Vec::new();
    let unreadable = |error| {
        Problem::Misuse(format!("cannot read {}: {error}; give the folder of lessons", folder.display()))
    };
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let slug = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.join("lesson.md").is_file() && (slugs.is_empty() || slugs.contains(&slug)) {
            found.push((slug, path));
        }
    }
    found.sort();
    if let Some(missing) = slugs.iter().find(|slug| !found.iter().any(|(known, _)| known == *slug)) {
        let message = format!(
            "there is no lesson {missing} in {}; a lesson is a folder with lesson.md",
            folder.display()
        );
        return Err(Problem::Misuse(message));
    }
    let mut mistakes = Vec::new();
    let mut glossary = Glossary::read(&folder.join("glossary.md"));
    mistakes.append(&mut glossary.mistakes.found);
    let mut lessons = Vec::new();
    for (slug, path) in found {
        lessons.extend(lesson(slug, &path, &glossary.words, &mut mistakes));
    }
    // A lesson that could not be read may use what no other does.
    if slugs.is_empty() && mistakes.is_empty() {
        mistakes.extend(glossary.unused(lessons.iter().map(|made| &made.composed)));
    }
    mistakes.sort();
    mistakes.dedup();
    Ok(Read { lessons, glossary: glossary.json, mistakes })
}

fn lesson(slug: String, folder: &Path, words: &[String], mistakes: &mut Vec<Mistake>) -> Option<Made> {
    let path = folder.join("lesson.md");
    let mut own = Mistakes::new(&path.display().to_string());
    let text = fs::read_to_string(&path).unwrap_or_default();
    let files = |name: &str| {
        let plain = !name.contains(['/', '\\']);
        let path: PathBuf = folder.join(name);
        if plain {
            fs::read_to_string(path).map_err(|error| error.to_string())
        } else {
            Err("it leads elsewhere".to_owned())
        }
    };
    let source = source::cut(&text, &mut own);
    let composed = compose(&source, &files, words, &mut own);
    if let Some(composed) = &composed {
        complete(&composed.lesson, &source, &mut own);
        keys(&composed.lesson, &source, &mut own);
    }
    let right = own.found.is_empty();
    mistakes.append(&mut own.found);
    composed.filter(|_| right).map(|composed| Made { slug, composed })
}
