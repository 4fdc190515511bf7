//! The size gate: what a first visit loads, and what every other page adds to it, compressed, file by file.

use crate::problem::{Problem, Result};
use crate::project;
use flate2::{Compression, write::GzEncoder};
use std::fmt;
use std::io::Write;
use std::path::Path;

/// The most that a first visit may load, in bytes after gzip.
pub const LIMIT: usize = 200 * 1024;

/// The most that the whole program may add when another page is opened.
pub const WHOLE_LIMIT: usize = 400 * 1024;

/// Parts of the site that are fetched when they are asked for.
const CONTENT: [&str; 4] = ["lessons/", "gallery.json", "gallery.svg", "model.html"];

/// What of them the start page shows below its figure: on a large screen a first visit sees it.
const COURSE: [&str; 2] = ["lessons/index.json", "lessons/pictures.svg"];

/// How the whole program's files begin: trunk names them after the binary.
const WHOLE: &str = "web-";

/// The compressed size of each file of the program, largest first.
pub struct Report {
    /// What a first visit loads.
    first: Vec<(String, usize)>,
    /// The whole program.
    whole: Vec<(String, usize)>,
}

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
    let (whole, first) = files.into_iter().partition(|(name, _)| name.starts_with(WHOLE));
    Ok(Report { first, whole })
}

fn gzipped(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory cannot fail.
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_or(usize::MAX, |compressed| compressed.len())
}

impl Report {
    /// An error if it is over a limit.
    pub fn within_limit(&self) -> Result {
        let parts = [("the first load", &self.first, LIMIT), ("the whole program", &self.whole, WHOLE_LIMIT)];
        for (what, files, limit) in parts {
            let total = total(files);
            if total > limit {
                return Err(Problem::new(
                    format!("{what} is {total} bytes, {} over the limit of {limit}", total - limit),
                    "the files are listed above, largest first",
                    "look for a new dependency (cargo tree -e normal --target wasm32-unknown-unknown), formatting \
                     code, or what the light program could leave to the whole one (base::WHOLE)",
                ));
            }
        }
        Ok(())
    }
}

fn total(files: &[(String, usize)]) -> usize {
    files.iter().map(|(_, size)| size).sum()
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [("a first visit", &self.first, LIMIT), ("the whole program", &self.whole, WHOLE_LIMIT)];
        for (at, (what, files, limit)) in parts.into_iter().enumerate() {
            for (name, size) in files {
                writeln!(f, "{size:>9}  {name}")?;
            }
            let total = total(files);
            write!(
                f,
                "{total:>9}  bytes after gzip -9, {what}: {} % of the limit of {limit}",
                total * 100 / limit
            )?;
            f.write_str(if at == 0 { "\n" } else { "" })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gate_opens_at_the_limit_and_closes_above() {
        let file = |size| vec![("a.wasm".to_owned(), size)];
        let of = |first, whole| Report { first: file(first), whole: file(whole) };
        assert!(of(LIMIT, WHOLE_LIMIT).within_limit().is_ok());
        for (report, what) in
            [(of(LIMIT + 1, 1), "the first load"), (of(1, WHOLE_LIMIT + 1), "the whole program")]
        {
            let problem = report.within_limit().unwrap_err().to_string();
            assert!(problem.contains("1 over the limit") && problem.contains(what), "{problem}");
        }
    }

    #[test]
    fn content_and_the_whole_program_are_not_part_of_the_first_load() {
        let dist = std::env::temp_dir().join(format!("cascade-size-{}", std::process::id()));
        std::fs::create_dir_all(dist.join("lessons")).expect("a temporary directory");
        std::fs::write(dist.join("lessons/one.json"), "later").expect("written");
        std::fs::write(dist.join("index.html"), "now".repeat(1000)).expect("written");
        std::fs::write(dist.join("web-1.lzma"), "later").expect("written");
        let report = weigh(&dist).expect("readable");
        assert_eq!((report.first.len(), report.whole.len()), (1, 1));
        assert!(total(&report.first) < 100, "3000 repeated bytes compress well: {}", total(&report.first));
        std::fs::remove_dir_all(&dist).expect("removed");
    }
}
