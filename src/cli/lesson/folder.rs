//! A folder of lessons: one folder each with `lesson.md` and its scenarios, and a glossary for all. Beside a text may stand
//! the same in another language: `lesson.de.md`, `glossary.de.md`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cascade::base::Json;
use cascade::scenario::Scenario;

use super::complete::complete;
use super::compose::{Composed, compose};
use super::glossary::Glossary;
use super::keys::keys;
use super::mistake::{Mistake, Mistakes};
use super::readable::readable;
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

/// English, whose files have no tag in their names.
pub const ENGLISH: &str = "";

/// The name of a text's file in a language: `lesson.md` in English, `lesson.de.md` in German.
fn named(name: &str, language: &str) -> String {
    if language == ENGLISH { format!("{name}.md") } else { format!("{name}.{language}.md") }
}

/// The tags of the languages, English left out, in which there is a lesson of a folder.
pub fn languages(folder: &Path) -> Result<BTreeSet<String>, Problem> {
    let mut found = BTreeSet::new();
    for (_, path) in folders(folder)? {
        let files = fs::read_dir(&path).into_iter().flatten().flatten();
        let names = files.map(|file| file.file_name().to_string_lossy().into_owned());
        let tag = |name: String| Some(name.strip_prefix("lesson.")?.strip_suffix(".md")?.to_owned());
        found.extend(names.filter_map(tag));
    }
    Ok(found)
}

/// The folders in a folder, by name.
fn folders(folder: &Path) -> Result<Vec<(String, PathBuf)>, Problem> {
    let unreadable = |error| {
        Problem::Misuse(format!("cannot read {}: {error}; give the folder of lessons", folder.display()))
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let slug = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        found.push((slug, path));
    }
    found.sort();
    Ok(found)
}

/// Reads the lessons of a folder in a language, those that are there in it; only those of these names where there are
/// any.
pub fn read(folder: &Path, language: &str, slugs: &[String]) -> Result<Read, Problem> {
    let file = named("lesson", language);
    let mut found = folders(folder)?;
    found.retain(|(slug, path)| path.join(&file).is_file() && (slugs.is_empty() || slugs.contains(slug)));
    let english = language == ENGLISH;
    if let Some(missing) = slugs.iter().find(|slug| english && !found.iter().any(|(known, _)| known == *slug))
    {
        let message = format!(
            "there is no lesson {missing} in {}; a lesson is a folder with lesson.md",
            folder.display()
        );
        return Err(Problem::Misuse(message));
    }
    let mut mistakes = Vec::new();
    let own = folder.join(named("glossary", language));
    let mut glossary =
        Glossary::read(&if own.is_file() { own } else { folder.join(named("glossary", ENGLISH)) });
    mistakes.append(&mut glossary.mistakes.found);
    let mut lessons = Vec::new();
    for (slug, path) in found {
        lessons.extend(lesson(slug, &path, &file, &glossary.words, &mut mistakes));
    }
    // A lesson that could not be read, or that is not translated, may use what no other does.
    if english && slugs.is_empty() && mistakes.is_empty() {
        mistakes.extend(glossary.unused(lessons.iter().map(|made| &made.composed)));
    }
    mistakes.sort();
    mistakes.dedup();
    Ok(Read { lessons, glossary: glossary.json, mistakes })
}

fn lesson(
    slug: String,
    folder: &Path,
    file: &str,
    words: &[String],
    mistakes: &mut Vec<Mistake>,
) -> Option<Made> {
    let path = folder.join(file);
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
        if file == named("lesson", ENGLISH) {
            readable(&composed.lesson, &source, &mut own);
        }
        keys(&composed.lesson, &source, &mut own);
    }
    let right = own.found.is_empty();
    mistakes.append(&mut own.found);
    composed.filter(|_| right).map(|composed| Made { slug, composed })
}
