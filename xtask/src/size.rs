//! What a first visit loads, compressed, file by file, and the most that it may be.
//!
//! The bound keeps out what earns nothing. What people feel is time: `cargo xtask bench --load` measures that.

use crate::problem::{Problem, Result};
use crate::project;
use flate2::{Compression, write::GzEncoder};
use std::fmt;
use std::io::Write;
use std::path::Path;

/// The most that a first visit may load, in bytes after gzip. It was to be 750 KB; docs/decisions/07-one-program.md says
/// what is above it.
pub const LIMIT: usize = 925 * 1024;

/// Parts of the site that are fetched when they are asked for.
const CONTENT: [&str; 6] =
    ["lessons/", "texts/", "gallery.json", "gallery.svg", "model.html", "reference.html"];

/// What of them the start page shows below its figure: on a large screen a first visit sees it.
const COURSE: [&str; 2] = ["lessons/index.json", "lessons/pictures.svg"];

/// The compressed size of each file that a first visit loads, largest first.
pub struct Report(Vec<(String, usize)>);

/// Weighs a site.
pub fn weigh(dist: &Path) -> Result<Report> {
    let mut files = Vec::new();
    for path in project::files_below(dist)? {
        let name = path.strip_prefix(dist).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if COURSE.contains(&&*name) || !CONTENT.iter().any(|prefix| name.starts_with(prefix)) {
            files.push((name, gzipped(&project::read_bytes(&path)?)));
        }
    }
    files.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(Report(files))
}

fn gzipped(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory cannot fail.
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_or(usize::MAX, |compressed| compressed.len())
}

impl Report {
    /// An error if it is over the limit.
    pub fn within_limit(&self) -> Result {
        let total = self.total();
        if total <= LIMIT {
            return Ok(());
        }
        Err(Problem::new(
            format!("a first visit loads {total} bytes, {} over the limit of {LIMIT}", total - LIMIT),
            "the files are listed above, largest first",
            "look for a new dependency (cargo tree -e normal --target wasm32-unknown-unknown), or for what grew in the \
             program (CARGO_PROFILE_SITE_STRIP=false cargo xtask build, then twiggy top dist/*.wasm)",
        ))
    }

    fn total(&self) -> usize {
        self.0.iter().map(|(_, size)| size).sum()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, size) in &self.0 {
            writeln!(f, "{size:>9}  {name}")?;
        }
        let (total, share) = (self.total(), self.total() * 100 / LIMIT);
        write!(f, "{total:>9}  bytes after gzip -9 for a first visit: {share} % of the limit of {LIMIT}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gate_opens_at_the_limit_and_closes_above() {
        let of = |size| Report(vec![("a.wasm".to_owned(), size - 1), ("b.css".to_owned(), 1)]);
        assert!(of(LIMIT).within_limit().is_ok());
        let problem = of(LIMIT + 1).within_limit().unwrap_err().to_string();
        assert!(problem.contains("1 over the limit"), "{problem}");
    }

    #[test]
    fn a_first_visit_loads_the_program_and_the_list_of_lessons_but_no_lesson() {
        let dist = std::env::temp_dir().join(format!("cascade-size-{}", std::process::id()));
        for name in
            ["lessons/one/lesson.json", "lessons/index.json", "model.html", "web-1_bg.wasm", "index.html"]
        {
            project::write(&dist.join(name), name.repeat(1000)).expect("written");
        }
        let Report(files) = weigh(&dist).expect("readable");
        std::fs::remove_dir_all(&dist).expect("removed");
        let mut names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["index.html", "lessons/index.json", "web-1_bg.wasm"]);
        assert!(files.iter().all(|(_, size)| *size < 500), "what repeats itself compresses well: {files:?}");
    }
}
