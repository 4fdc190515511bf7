//! The site in languages that nobody speaks: every text of the tables twice as long, or from right to left.
//!
//! They prove that every text comes from a table and that the page has room for other languages. The browser tests look
//! at them (`tests/browser/languages.spec.ts`); they are never published.

use crate::problem::Result;
use crate::{lesson, pages, site, tools};

/// The features that make them, as their folders are called.
const LANGUAGES: [&str; 2] = ["double", "mirrored"];

/// `cargo xtask languages`: the tools, the content of the site, and the sites.
pub fn build_alone() -> Result {
    tools::for_the_site()?;
    pages::render()?;
    build()
}

/// Builds them from the content that the site was built from (`pages.rs`), with lessons in their own language.
pub fn build() -> Result {
    for language in LANGUAGES {
        let folder = format!("target/languages/{language}");
        // They are looked at, not measured: the profile that compiles quickly.
        site::trunk_build(&folder, &["--cargo-profile", "serve", "--features", language])?;
        lesson::build_in(language, &format!("{folder}/lessons"))?;
    }
    Ok(())
}
