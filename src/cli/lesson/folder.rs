//! A folder of lessons: one folder each with `lesson.md` and its scenarios, and a glossary for all.

use std::fs;
use std::path::{Path, PathBuf};

use cascade::scenario::Json;

use super::complete::complete;
use super::compose::{Composed, compose};
use super::mistake::{Mistake, Mistakes};
use super::prose::{self, object};
use super::source::{self, Text};
use crate::cli::output::Problem;

/// A lesson that is right.
pub struct Made {
    /// The name of its folder.
    pub slug: String,
    /// Its data.
    pub composed: Composed,
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
    let (words, glossary) = glossary(&folder.join("glossary.md"), &mut mistakes);
    let mut lessons = Vec::new();
    for (slug, path) in found {
        lessons.extend(lesson(slug, &path, &words, &mut mistakes));
    }
    mistakes.sort();
    mistakes.dedup();
    Ok(Read { lessons, glossary, mistakes })
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
    }
    let right = own.found.is_empty();
    mistakes.append(&mut own.found);
    composed.filter(|_| right).map(|composed| Made { slug, composed })
}

/// The words that the glossary explains, and the glossary as data: `## word`, and a paragraph.
fn glossary(path: &Path, mistakes: &mut Vec<Mistake>) -> (Vec<String>, Json) {
    let mut own = Mistakes::new(&path.display().to_string());
    let text = fs::read_to_string(path).unwrap_or_default();
    let mut entries: Vec<(String, usize, Text)> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if let Some(word) = line.strip_prefix("## ") {
            entries.push((word.trim().to_owned(), at + 1, Text::default()));
        } else if let Some((_, _, text)) = entries.last_mut().filter(|_| !line.is_empty()) {
            text.push(at + 1, line);
        }
    }
    let words: Vec<String> = entries.iter().map(|(word, ..)| word.clone()).collect();
    let mut list = Vec::new();
    for (word, line, text) in &entries {
        if text.is_empty() {
            own.add(*line, format!("the glossary does not explain \"{word}\""), "write a paragraph under it");
        }
        let explained = prose::spans(text, &words, &mut own);
        list.push(object(vec![("word", word.as_str().into()), ("text", explained)]));
    }
    mistakes.append(&mut own.found);
    (words, Json::Array(list))
}
