//! The static site: trunk builds it into `dist/`; then the page gets its content policy, and is checked.

use crate::problem::{Problem, Result};
use crate::{pages, policy, project, run::Run};
use std::path::Path;

/// Builds the site for publishing.
pub fn build() -> Result {
    pages::render()?;
    Run::line("trunk build --release --dist dist")
        // Trunk 0.21 takes it for an option, and wants `true` or `false`.
        .without_env("NO_COLOR")
        .mend("mend what the compiler says above")
        .run()?;
    finish(&project::dist())
}

/// Writes the policy into the page and makes sure that the site can live anywhere.
fn finish(dist: &Path) -> Result {
    let path = dist.join("index.html");
    let page = project::read(&path)?;
    check_links(&page)?;
    check_integrity(dist, &page)?;
    project::write(&path, policy::with_policy(&without_ignored_hashes(&page))?)
}

/// The page without the hash of the program that is fetched early: no browser checks it there, and Chromium complains.
fn without_ignored_hashes(page: &str) -> String {
    policy::tags(page).into_iter().filter(|tag| policy::attribute(tag, "as") == Some("fetch")).fold(
        page.to_owned(),
        |page, tag| {
            let hash = policy::attribute(tag, "integrity").unwrap_or_default();
            page.replace(tag, &tag.replace(&format!(" integrity=\"{hash}\""), ""))
        },
    )
}

/// Every link of the page is relative, so the site works from any path.
fn check_links(page: &str) -> Result {
    for name in ["href", "src", "content"] {
        for value in policy::attributes(page, name) {
            if value.starts_with('/') || value.contains("://") {
                return Err(Problem::new(
                    format!("index.html links to {value}"),
                    "an absolute link breaks the site on a sub-path, or loads from another host",
                    "make it relative: public_url = \"./\" in Trunk.toml, and ./ in index.html",
                ));
            }
        }
    }
    Ok(())
}

/// Every integrity attribute still matches its file: nothing was edited after it was hashed.
fn check_integrity(dist: &Path, page: &str) -> Result {
    let mut checked = 0;
    for tag in policy::tags(page) {
        let Some(expected) = policy::attribute(tag, "integrity") else { continue };
        let file =
            policy::attribute(tag, "href").or_else(|| policy::attribute(tag, "src")).unwrap_or_default();
        let actual = policy::sha384(&project::read_bytes(&dist.join(file))?);
        if actual != expected {
            return Err(Problem::new(
                format!("the integrity attribute of {file} does not match the file"),
                "the file was changed after trunk hashed it",
                "change it before the build",
            ));
        }
        checked += 1;
    }
    if checked == 0 {
        let mend = "do not set no_sri in Trunk.toml";
        return Err(Problem::new("index.html has no integrity attributes", "", mend));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absolute_link_is_refused() {
        assert!(check_links("<link href='./a.css'><img src=\"b.svg\">").is_ok());
        for page in ["<link href=\"/a.css\">", "<script src=\"https://x.org/a.js\"></script>"] {
            assert!(check_links(page).is_err(), "{page}");
        }
    }

    #[test]
    fn only_a_hash_that_no_browser_checks_is_left_out() {
        let script = "<link rel=\"modulepreload\" href=\"./a.js\" integrity=\"one\">";
        let page = format!("{script}<link rel=\"preload\" href=\"./a.wasm\" integrity=\"two\" as=\"fetch\">");
        let kept = format!("{script}<link rel=\"preload\" href=\"./a.wasm\" as=\"fetch\">");
        assert_eq!(without_ignored_hashes(&page), kept);
    }

    #[test]
    fn a_changed_file_is_noticed() {
        let dist = std::env::temp_dir().join(format!("cascade-site-{}", std::process::id()));
        std::fs::create_dir_all(&dist).expect("a temporary directory");
        std::fs::write(dist.join("a.js"), "one").expect("written");
        let page =
            format!("<link href=\"./a.js\" rel=\"stylesheet\" integrity=\"{}\">", policy::sha384(b"one"));
        assert!(check_integrity(&dist, &page).is_ok());
        std::fs::write(dist.join("a.js"), "two").expect("written");
        assert!(check_integrity(&dist, &page).is_err());
        assert!(check_integrity(&dist, "<p>nothing hashed</p>").is_err());
        std::fs::remove_dir_all(&dist).expect("removed");
    }
}
