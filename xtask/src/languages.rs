//! The site in languages that nobody speaks: every text of the tables twice as long, or from right to left.
//!
//! They prove that every text comes from a table and that the page has room for other languages. The browser tests look
//! at them (`tests/browser/languages.spec.ts`); they are never published.

use crate::problem::Result;
use crate::{lesson, policy, programs, project, site, start};
use std::path::{Path, PathBuf};

/// The features that make them, as their folders are called.
const LANGUAGES: [&str; 2] = ["double", "mirrored"];

/// Builds them from the finished site.
pub fn build() -> Result {
    let page = project::read(&site::written_by_trunk())?;
    for language in LANGUAGES {
        let to = folder(language);
        copy(&project::dist(), &to)?;
        lesson::build_in(language, &format!("target/languages/{language}/lessons"))?;
        let name = programs::build(&to, language, language)?;
        let page = start::with_programs(&to, &page, &name, &name)?;
        project::write(&to.join("index.html"), policy::with_policy(&page)?)?;
    }
    Ok(())
}

fn folder(language: &str) -> PathBuf {
    project::root().join("target/languages").join(language)
}

/// Copies a site but for its programs and its page. What an earlier build left there goes.
fn copy(from: &Path, to: &Path) -> Result {
    if to.exists() {
        for old in project::files_below(to)? {
            project::remove(&old)?;
        }
    }
    for file in project::files_below(from)? {
        let name = file.strip_prefix(from).unwrap_or(&file);
        let text = name.to_string_lossy();
        if text != "index.html" && !text.starts_with("light-") && !text.starts_with("web-") {
            project::write(&to.join(name), project::read_bytes(&file)?)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_copied_without_its_programs() {
        let folder = std::env::temp_dir().join(format!("cascade-languages-{}", std::process::id()));
        let (from, to) = (folder.join("from"), folder.join("to"));
        for name in ["index.html", "web-1.js", "light-1.lzma", "lessons/one/lesson.json", "styles-1.css"] {
            project::write(&from.join(name), name).expect("written");
        }
        project::write(&to.join("old.js"), "old").expect("written");
        copy(&from, &to).expect("copied");
        let names: Vec<_> = project::files_below(&to).expect("readable");
        std::fs::remove_dir_all(&folder).expect("removed");
        assert_eq!(names, [to.join("lessons/one/lesson.json"), to.join("styles-1.css")]);
    }
}
