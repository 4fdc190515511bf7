//! Content of the site that trunk copies from `static/pages/`: texts rendered from Markdown, the gallery gathered into
//! one file and drawn into another, lessons turned into data.
//!
//! It is committed beside its sources, so that building the page does not need the command line, which makes the
//! lessons' data and the pictures. Tests fail when it is out of date.

use crate::problem::{Problem, Result};
use crate::{lesson, policy, project};
use pulldown_cmark::{Options, Parser, html};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::path::{Path, PathBuf};

/// Where it is, and where index.html takes it from.
const FOLDER: &str = "static/pages";

/// What it is made from.
const SOURCES: [&str; 5] = [
    "static/lessons",
    "static/gallery",
    "static/model.md",
    "static/texts/index.json",
    "docs/scenario-reference.md",
];

/// The languages beside English that the site is shipped in.
const LANGUAGES: &str = "static/texts/index.json";

/// What says which sources it was made from.
const STAMP: &str = "static/pages/sources.txt";

/// Makes it, unless its sources are those that it was made from.
pub fn render() -> Result {
    let known = project::read(&project::root().join(STAMP)).unwrap_or_default();
    if known.trim() == stamp()? { Ok(()) } else { make() }
}

/// Makes it all.
pub fn make() -> Result {
    lesson::build_in(&format!("{FOLDER}/lessons"), &languages()?)?;
    for (name, text) in texts()? {
        project::write(&project::root().join(FOLDER).join(name), text)?;
    }
    lesson::cascade(&format!("pictures static/gallery {FOLDER}/gallery.svg"), &[])?;
    project::write(&project::root().join(STAMP), stamp()? + "\n")
}

/// The files that need no command line: their names and what is in them.
fn texts() -> Result<Vec<(String, String)>> {
    let markdown = |path: &str| Ok(rendered(&project::read(&project::root().join(path))?));
    let mut texts = vec![
        ("model.html".to_owned(), markdown("static/model.md")?),
        ("reference.html".to_owned(), with_sections(&markdown("docs/scenario-reference.md")?)),
        ("gallery.json".to_owned(), gathered(&project::root().join("static/gallery"))?),
    ];
    for tag in languages()? {
        let own = format!("static/model.{tag}.md");
        let translated = project::root().join(&own).is_file();
        // Beside the lessons: the folder that the site has as a whole.
        texts.push((
            format!("lessons/model.{tag}.html"),
            markdown(if translated { &own } else { "static/model.md" })?,
        ));
    }
    Ok(texts)
}

fn languages() -> Result<Vec<String>> {
    parsed(&project::root().join(LANGUAGES))
}

/// One word for all sources: their names and contents, hashed.
fn stamp() -> Result<String> {
    let mut all = Vec::new();
    for source in SOURCES {
        let path = project::root().join(source);
        let files: Vec<PathBuf> = if path.is_dir() { project::files_below(&path)? } else { vec![path] };
        for file in files {
            let name =
                file.strip_prefix(project::root()).unwrap_or(&file).to_string_lossy().replace('\\', "/");
            let contents = project::read_bytes(&file)?;
            all.extend_from_slice(format!("{name} {}\n", policy::sha384(&contents)).as_bytes());
        }
    }
    Ok(policy::sha384(&all))
}

fn rendered(text: &str) -> String {
    let mut page = String::new();
    html::push_html(&mut page, Parser::new_ext(text, Options::ENABLE_TABLES));
    page
}

/// The reference with links that stay on its page (`#retry` alone would be an address of the site), and with tables that
/// scroll where they do not fit, by keys too.
fn with_sections(html: &str) -> String {
    let heading = |line: &str| {
        let level = ["h2", "h3"].into_iter().find(|level| line.starts_with(&format!("<{level}>")))?;
        let name = line.strip_prefix(&format!("<{level}>"))?.strip_suffix(&format!("</{level}>"))?;
        Some(format!("<{level} id=\"/reference/{}\">{name}</{level}>\n", name.to_lowercase()))
    };
    let lines = html.lines().map(|line| heading(line).unwrap_or_else(|| format!("{line}\n")));
    lines
        .collect::<String>()
        .replace("href=\"#", "href=\"#/reference/")
        .replace("<table>", "<div class=\"table\" tabindex=\"0\"><table>")
        .replace("</table>", "</table></div>")
}

/// The gallery, in one file.
#[derive(Serialize)]
struct Gallery {
    groups: Vec<Group>,
}

#[derive(Serialize, Deserialize)]
struct Group {
    group: String,
    entries: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    slug: String,
    shows: Vec<String>,
    #[serde(default)]
    aliases: Vec<String>,
    /// As written: the order of its nodes is part of the run.
    #[serde(skip_deserializing)]
    scenario: Option<Box<RawValue>>,
}

/// The index of the gallery with its scenarios in it.
fn gathered(folder: &Path) -> Result<String> {
    let mut groups: Vec<Group> = parsed(&folder.join("index.json"))?;
    for entry in groups.iter_mut().flat_map(|group| &mut group.entries) {
        entry.scenario = Some(parsed(&folder.join(format!("{}.json", entry.slug)))?);
    }
    serde_json::to_string(&Gallery { groups })
        .map_err(|error| Problem::new("the gallery cannot be written", error.to_string(), ""))
}

fn parsed<T: DeserializeOwned>(path: &Path) -> Result<T> {
    serde_json::from_str(&project::read(path)?).map_err(|error| {
        Problem::new(format!("{} is not right", path.display()), error.to_string(), "mend it there")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_what_would_be_made() {
        let mend = "run `cargo xtask pages`";
        let kept = |name: &str| project::read(&project::root().join(FOLDER).join(name)).expect("a file");
        assert!(kept("sources.txt").trim() == stamp().expect("the sources"), "other sources: {mend}");
        for (name, text) in texts().expect("the texts") {
            assert!(kept(&name) == text, "{name} is not current: {mend}");
        }
    }

    #[test]
    fn a_text_becomes_a_page() {
        assert_eq!(rendered("# One\n\nA *word* < two."), "<h1>One</h1>\n<p>A <em>word</em> &lt; two.</p>\n");
    }

    #[test]
    fn links_of_the_reference_lead_to_its_sections() {
        let page =
            with_sections(&rendered("## Retry\n\n| a |\n| --- |\n| [Backoff](#backoff) |\n\n### Backoff"));
        assert!(page.contains("<h2 id=\"/reference/retry\">Retry</h2>"), "{page}");
        assert!(page.contains("<td><a href=\"#/reference/backoff\">Backoff</a></td>"), "{page}");
        assert!(page.contains("<h3 id=\"/reference/backoff\">Backoff</h3>"), "{page}");
    }

    #[test]
    fn the_gallery_is_one_file() {
        let folder = std::env::temp_dir().join(format!("cascade-gallery-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a temporary directory");
        let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("written");
        write("index.json", r#"[{"group": "G", "entries": [{"slug": "a", "shows": []}]}]"#);
        let scenario = r#"{"z": 1, "a": 2}"#;
        write("a.json", scenario);
        assert!(gathered(&folder).expect("gathered").contains(scenario));
        write("a.json", "{");
        assert!(gathered(&folder).unwrap_err().to_string().contains("a.json is not right"));
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
