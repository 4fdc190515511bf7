//! `cascade lesson`: makes data of lessons written in Markdown, and checks that what they say is true.
//!
//! The language is described in `static/lessons/README.md`. Mistakes are printed to standard output as
//! `file:line: what; how to mend it`, all at once.

mod actions;
mod asks;
mod complete;
mod compose;
mod folder;
mod glossary;
mod keys;
mod mistake;
mod prose;
mod readable;
mod source;
mod spec;
mod variants;
mod verify;

use std::fmt::Write;
use std::path::Path;

use cascade::base::Json;

use super::output::{Problem, print, say, write};
use super::pictures::sheet;
use compose::Composed;
use folder::{ENGLISH, Made, Read};
use prose::object;
use verify::KINDS;

/// Writes the data of all lessons of a folder: a folder each, the glossary, and a list of all. The same for each of these
/// `languages`, with their tags in the files' names; what is not translated is English there.
pub fn build(folder: &Path, out: &Path, languages: &[String]) -> Result<(), Problem> {
    let english = read(folder, ENGLISH, &[])?;
    write_all(&english, &english, out, ".json")?;
    for language in languages {
        write_all(&read(folder, language, &[])?, &english, out, &format!(".{language}.json"))?;
    }
    let pictures = english.lessons.iter().filter_map(Made::picture);
    write(&out.join("pictures.svg"), &sheet(pictures)?)?;
    say(format_args!("{} lessons in {}", english.lessons.len(), out.display()));
    Ok(())
}

/// Writes lessons, their list and their glossary; `english` for what is not among them.
fn write_all(read: &Read, english: &Read, out: &Path, ending: &str) -> Result<(), Problem> {
    let mut list = Vec::new();
    for known in &english.lessons {
        let made = read.lessons.iter().find(|made| made.slug == known.slug).unwrap_or(known);
        let file = out.join(&made.slug).join(["lesson", ending].concat());
        write(&file, &made.composed.json.to_string())?;
        list.push(listed(made));
    }
    list.sort_by_key(|entry| {
        let number = entry.get("about").and_then(|about| about.get("number")).and_then(Json::as_f64);
        number.unwrap_or(f64::MAX) as u64
    });
    write(&out.join(["index", ending].concat()), &Json::Array(list).to_string())?;
    // Lessons that are English use the English words.
    let own = read.glossary.items();
    let known = |entry: &&Json| own.iter().any(|other| other.get("word") == entry.get("word"));
    let missing = english.glossary.items().iter().filter(|entry| !known(entry));
    let all = own.iter().chain(missing).cloned().collect();
    write(&out.join(["glossary", ending].concat()), &Json::Array(all).to_string())
}

/// What the list of all lessons says of one.
fn listed(made: &Made) -> Json {
    let Made { slug, composed: Composed { json, lesson, aliases } } = made;
    let mut entry = vec![("slug", slug.as_str().into()), ("title", lesson.title.as_str().into())];
    entry.push(("summary", Json::String(prose::marked(&lesson.summary))));
    entry.extend(json.get("about").map(|about| ("about", about.clone())));
    entry.push(("steps", Json::Number(lesson.steps.len() as f64)));
    // Nobody searches for the letter of a variant.
    let terms = prose::used(json).into_iter().filter(|word| word.len() > 1);
    let terms = terms.chain(aliases.iter().map(String::as_str)).map(|word| Json::String(word.to_owned()));
    entry.push(("terms", Json::Array(terms.collect())));
    object(entry)
}

/// Checks lessons under so many seeds and prints a table; fails where something is not true.
pub fn check(folder: &Path, slugs: &[String], seeds: u64) -> Result<(), Problem> {
    let mut found = vec![(ENGLISH.to_owned(), read(folder, ENGLISH, slugs)?)];
    for language in folder::languages(folder)? {
        let read = read(folder, &language, slugs)?;
        found.push((language, read));
    }
    let mut lessons = Vec::new();
    for (language, read) in &found {
        for made in &read.lessons {
            let name =
                if language == ENGLISH { made.slug.clone() } else { format!("{} ({language})", made.slug) };
            lessons.push((name, &made.composed.lesson));
        }
    }
    let width = lessons.iter().map(|(name, _)| name.len()).max().unwrap_or(0).max("lesson".len());
    let mut table = format!("{:width$}", "lesson");
    KINDS.iter().for_each(|kind| add(&mut table, format_args!("  {kind:>11}")));
    table.push('\n');
    let mut wrong = Vec::new();
    for (name, lesson) in lessons {
        let verdicts = verify::verify(lesson, &verify::seeds(lesson, seeds));
        add(&mut table, format_args!("{name:width$}"));
        for kind in 0..KINDS.len() {
            let own = || verdicts.iter().filter(|verdict| verdict.kind == kind);
            let right = own().filter(|verdict| verdict.wrong.is_empty()).count();
            add(&mut table, format_args!("  {:>11}", format!("{right} of {}", own().count())));
        }
        table.push('\n');
        wrong.extend(
            verdicts.into_iter().flat_map(|verdict| verdict.wrong).map(|each| format!("{name}, {each}\n")),
        );
    }
    add(&mut table, format_args!("Each under {seeds} seeds.\n"));
    table.extend(wrong.iter().map(String::as_str));
    print(&table)?;
    if wrong.is_empty() { Ok(()) } else { Err(Problem::Told) }
}

fn add(table: &mut String, what: std::fmt::Arguments) {
    // Writing to a string cannot fail.
    let _ = table.write_fmt(what);
}

/// Reads lessons; where there are mistakes, prints them all.
fn read(folder: &Path, language: &str, slugs: &[String]) -> Result<Read, Problem> {
    let read = folder::read(folder, language, slugs)?;
    if read.mistakes.is_empty() {
        return Ok(read);
    }
    let lines: String = read.mistakes.iter().map(|mistake| format!("{mistake}\n")).collect();
    print(&lines)?;
    Err(Problem::Told)
}

#[cfg(test)]
mod tests;
