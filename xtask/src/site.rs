//! The static site: trunk builds it into `dist/`, then the page gets its light program and its content policy, and is
//! checked.

use crate::problem::{Problem, Result};
use crate::{bare, pack, pages, policy, programs, project, run::Run, start};
use std::path::{Path, PathBuf};

/// What the site's compiler is asked beyond its profile, for size: the standard library compiled for size as well, and
/// broken promises that trap at once, without the code that would put them into words (a tenth of the page; the page
/// reports the trap itself). Rust calls these options unstable, hence the leave that has to be given.
pub const FOR_SIZE: [(&str, &str); 4] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    (
        "RUSTFLAGS",
        "-Zlocation-detail=none -Zfmt-debug=none -Zunstable-options -Cpanic=immediate-abort --cfg site",
    ),
];

/// What makes the hot path of the page's engine fast (`optimize(speed)` in the sources), whatever the rest is built for.
pub const FOR_SPEED: &str = "--cfg site";

/// Builds the site for publishing.
pub fn build() -> Result {
    pages::render()?;
    FOR_SIZE
        .iter()
        .fold(Run::line("trunk build --release --cargo-profile site"), |run, (name, value)| {
            run.env(name, value)
        })
        .without_env("NO_COLOR")
        .mend("mend what the compiler says above")
        .run()?;
    finish(&project::dist())
}

/// The page as trunk wrote it, from which sites in other languages are made.
pub fn written_by_trunk() -> PathBuf {
    project::root().join("target/pages/index.html")
}

/// Writes the policy into the page and makes sure that the site can live anywhere.
fn finish(dist: &Path) -> Result {
    let path = dist.join("index.html");
    let page = project::read(&path)?;
    check_links(&page)?;
    check_integrity(dist, &page)?;
    let page = with_bare_styles(dist, page)?;
    project::write(&written_by_trunk(), &page)?;
    let whole = start::program(&page)?;
    pack::pack(dist, &whole)?;
    let light = programs::build(dist, "light", "lite")?;
    let page = start::with_programs(dist, &page, &light, &whole)?;
    project::write(&path, policy::with_policy(&page)?)
}

/// Takes out of the style sheets what no browser needs. The page knows their new hashes.
fn with_bare_styles(dist: &Path, mut page: String) -> Result<String> {
    let sheets = policy::tags(&page).into_iter().filter(|tag| tag.contains("rel=\"stylesheet\""));
    for sheet in sheets.map(str::to_owned).collect::<Vec<_>>() {
        let (Some(href), Some(hash)) =
            (policy::attribute(&sheet, "href"), policy::attribute(&sheet, "integrity"))
        else {
            continue;
        };
        let style = bare::style(&project::read(&dist.join(href))?);
        page = page.replace(hash, &policy::sha384(style.as_bytes()));
        project::write(&dist.join(href), style)?;
    }
    Ok(page)
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
        let page = with_bare_styles(&dist, page).expect("readable");
        assert!(check_integrity(&dist, &page).is_ok(), "{page}");
        std::fs::remove_dir_all(&dist).expect("removed");
    }
}
