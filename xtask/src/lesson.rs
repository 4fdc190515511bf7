//! `cargo xtask lesson`: begin a lesson, build all of them, check that what they say is true.

use crate::problem::{Problem, Result};
use crate::{project, run::Run};
use clap::Subcommand;
use std::path::PathBuf;

/// What can be done with lessons.
#[derive(Subcommand)]
pub enum Command {
    /// Make the folder of a new lesson: a skeleton that builds, and whose claims hold.
    New {
        /// The name of its folder and of its address: lower-case letters, digits and dashes.
        slug: String,
    },
    /// Try all claims, predictions, tasks, cues, comparisons and questions under ten seeds, and print a table.
    Check {
        /// Which lessons; all if none is named.
        slugs: Vec<String>,
    },
}

/// The files of a skeleton, which `tests/lessons.rs` checks like every lesson.
const SKELETON: [(&str, &str); 2] =
    [("lesson.md", include_str!("skeleton/lesson.md")), ("shop.json", include_str!("skeleton/shop.json"))];

/// Does it.
pub fn run(command: &Command) -> Result {
    match command {
        Command::New { slug } => new(slug),
        Command::Check { slugs } => cascade("lesson check static/lessons", slugs),
    }
}

/// Makes the data of all lessons in a folder, in English and in these languages.
pub fn build_in(folder: &str, languages: &[String]) -> Result {
    let out = project::root().join(folder);
    if out.exists() {
        // What a lesson that is no more has left there.
        for old in project::files_below(&out)? {
            project::remove(&old)?;
        }
    }
    let languages = languages.iter().map(|tag| format!("--language={tag}"));
    cascade(
        "lesson build static/lessons",
        &[folder.to_owned()].into_iter().chain(languages).collect::<Vec<_>>(),
    )
}

/// Asks the command line of the product.
pub fn cascade(what: &str, arguments: &[String]) -> Result {
    Run::line(&format!("cargo run -p cascade --no-default-features --bin cascade -- {what}"))
        .args(arguments)
        .mend("mend what is said above; the language of lessons is described in static/lessons/README.md")
        .run()
}

fn new(slug: &str) -> Result {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if slug.is_empty() || !slug.chars().all(plain) {
        let mend = "write lower-case letters, digits and dashes, such as the-poison-message";
        return Err(Problem::new(
            format!("\"{slug}\" is no name for a lesson"),
            "it becomes an address",
            mend,
        ));
    }
    let folder: PathBuf = project::root().join("static/lessons").join(slug);
    if folder.exists() {
        let what = format!("{} is there already", folder.display());
        return Err(Problem::new(what, "", "take another name, or change that lesson"));
    }
    for (name, text) in SKELETON {
        project::write(&folder.join(name), text)?;
    }
    println!("{} is a lesson now: change it, and see `cargo xtask lesson check {slug}`.", folder.display());
    Ok(())
}
