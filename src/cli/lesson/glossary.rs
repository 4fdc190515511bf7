//! The glossary of all lessons: `## word`, perhaps a line `stage: what it is there`, and a paragraph.

use std::fs;
use std::path::Path;

use cascade::base::Json;
use cascade::lesson::Counterpart;

use super::compose::Composed;
use super::mistake::{Mistake, Mistakes};
use super::prose::{self, object};
use super::source::Text;

/// The glossary, and what is wrong with it.
pub struct Glossary {
    /// The words that it explains.
    pub words: Vec<String>,
    /// For the page.
    pub json: Json,
    /// What is wrong, so far.
    pub mistakes: Mistakes,
    /// The line of each word.
    lines: Vec<usize>,
}

/// An entry as it is written.
struct Entry {
    word: String,
    line: usize,
    stage: Option<String>,
    text: Text,
}

impl Glossary {
    /// Reads it; one that is not there explains nothing.
    pub fn read(path: &Path) -> Glossary {
        let mut mistakes = Mistakes::new(&path.display().to_string());
        let text = fs::read_to_string(path).unwrap_or_default();
        let mut entries: Vec<Entry> = Vec::new();
        for (line, text) in (1..).zip(text.lines()) {
            if let Some(word) = text.strip_prefix("## ") {
                let word = word.trim().to_owned();
                entries.push(Entry { word, line, stage: None, text: Text::default() });
            } else if let Some(entry) = entries.last_mut().filter(|_| !text.is_empty()) {
                match text.strip_prefix("stage: ") {
                    Some(stage) if entry.text.is_empty() => {
                        let stage = stage.trim();
                        if let Err(wrong) = Counterpart::read(stage) {
                            mistakes.add(line, wrong.message, wrong.help);
                        }
                        entry.stage = Some(stage.to_owned());
                    }
                    _ => entry.text.push(line, text),
                }
            }
        }
        let words: Vec<String> = entries.iter().map(|entry| entry.word.clone()).collect();
        let mut list: Vec<(String, Json)> = Vec::new();
        for (at, Entry { word, line, stage, text }) in entries.iter().enumerate() {
            if text.is_empty() {
                let what = format!("the glossary does not explain \"{word}\"");
                mistakes.add(*line, what, "write a paragraph under it");
            }
            if words[..at].contains(word) {
                let what = format!("the glossary explains \"{word}\" twice");
                mistakes.add(*line, what, "leave one of the two");
            }
            let explained = prose::spans(text, &words, &mut mistakes);
            let mut members = vec![("word", word.as_str().into()), ("text", explained)];
            members.extend(stage.as_deref().map(|stage| ("stage", stage.into())));
            list.push((word.to_lowercase(), object(members)));
        }
        // As one looks words up.
        list.sort_by(|a, b| a.0.cmp(&b.0));
        let list = list.into_iter().map(|(_, entry)| entry).collect();
        let lines = entries.iter().map(|entry| entry.line).collect();
        Glossary { words, json: Json::Array(list), mistakes, lines }
    }

    /// A mistake for each word that no lesson has in braces.
    pub fn unused<'a>(&mut self, lessons: impl Iterator<Item = &'a Composed> + Clone) -> Vec<Mistake> {
        let used =
            |word: &String| lessons.clone().any(|lesson| prose::used(&lesson.json).contains(word.as_str()));
        for (word, line) in self.words.iter().zip(&self.lines).filter(|(word, _)| !used(word)) {
            let mend = "write it in braces where a lesson has it, or take the entry away";
            self.mistakes.add(*line, format!("no lesson has the word \"{word}\" of the glossary"), mend);
        }
        std::mem::take(&mut self.mistakes.found)
    }
}
