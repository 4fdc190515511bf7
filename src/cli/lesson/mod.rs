//! `cascade lesson`: makes data of lessons written in Markdown, and checks that what they say is true.
//!
//! The language is described in `static/lessons/README.md`. Mistakes are printed to standard output as
//! `file:line: what; how to mend it`, all at once.

mod asks;
mod complete;
mod compose;
mod deeds;
mod folder;
mod glossary;
mod keys;
mod mistake;
mod prose;
mod source;
mod spec;
mod teacher;
mod variants;
mod verify;

use std::fmt::Write;
use std::path::Path;

use cascade::base::Json;

use super::output::{Problem, print, say, write};
use super::pictures::sheet;
use compose::Composed;
use folder::{Made, Read};
use prose::object;
use verify::KINDS;

/// Writes the data of all lessons of a folder: a folder each with the teacher's page, the glossary, and a list of all.
pub fn build(folder: &Path, out: &Path) -> Result<(), Problem> {
    let read = read(folder, &[])?;
    let mut list = Vec::new();
    for made in &read.lessons {
        let own = out.join(&made.slug);
        write(&own.join("lesson.json"), &made.composed.json.to_string())?;
        write(&own.join("teacher.html"), &teacher::page(&made.composed.lesson))?;
        list.push(listed(made));
    }
    list.sort_by_key(|entry| {
        let number = entry.get("about").and_then(|about| about.get("number")).and_then(Json::as_f64);
        number.unwrap_or(f64::MAX) as u64
    });
    write(&out.join("index.json"), &Json::Array(list).to_string())?;
    write(&out.join("glossary.json"), &read.glossary.to_string())?;
    let pictures = read.lessons.iter().filter_map(Made::picture);
    write(&out.join("pictures.svg"), &sheet(pictures)?)?;
    say(format_args!("{} lessons in {}", read.lessons.len(), out.display()));
    Ok(())
}

/// What the list of all lessons says of one.
fn listed(made: &Made) -> Json {
    let Made { slug, composed: Composed { json, lesson } } = made;
    let mut entry = vec![("slug", slug.as_str().into()), ("title", lesson.title.as_str().into())];
    entry.push(("summary", Json::String(prose::marked(&lesson.summary))));
    entry.extend(json.get("about").map(|about| ("about", about.clone())));
    entry.push(("steps", Json::Number(lesson.steps.len() as f64)));
    // Variants are no words that one looks for.
    let terms = prose::used(json).into_iter().filter(|word| word.len() > 1);
    let terms = terms.map(|word| Json::String(word.to_owned()));
    entry.push(("terms", Json::Array(terms.collect())));
    object(entry)
}

/// Checks lessons under so many seeds and prints a table; fails where something is not true.
pub fn check(folder: &Path, slugs: &[String], seeds: u64) -> Result<(), Problem> {
    let read = read(folder, slugs)?;
    let width = read.lessons.iter().map(|made| made.slug.len()).max().unwrap_or(0).max("lesson".len());
    let mut table = format!("{:width$}", "lesson");
    KINDS.iter().for_each(|kind| add(&mut table, format_args!("  {kind:>11}")));
    table.push('\n');
    let mut wrong = Vec::new();
    for made in &read.lessons {
        let lesson = &made.composed.lesson;
        let verdicts = verify::verify(lesson, &verify::seeds(lesson, seeds));
        add(&mut table, format_args!("{:width$}", made.slug));
        for kind in 0..KINDS.len() {
            let own = || verdicts.iter().filter(|verdict| verdict.kind == kind);
            let right = own().filter(|verdict| verdict.wrong.is_empty()).count();
            add(&mut table, format_args!("  {:>11}", format!("{right} of {}", own().count())));
        }
        table.push('\n');
        wrong.extend(
            verdicts
                .into_iter()
                .flat_map(|verdict| verdict.wrong)
                .map(|each| format!("{}, {each}\n", made.slug)),
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
fn read(folder: &Path, slugs: &[String]) -> Result<Read, Problem> {
    let read = folder::read(folder, slugs)?;
    if read.mistakes.is_empty() {
        return Ok(read);
    }
    let lines: String = read.mistakes.iter().map(|mistake| format!("{mistake}\n")).collect();
    print(&lines)?;
    Err(Problem::Told)
}

#[cfg(test)]
mod tests;
