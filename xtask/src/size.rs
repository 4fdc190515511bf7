//! The size gate: what a first visit loads, compressed, file by file.

use crate::problem::{Problem, Result};
use crate::project;
use flate2::{Compression, write::GzEncoder};
use std::fmt;
use std::io::Write;
use std::path::Path;

/// The most that a first visit may load, in bytes after gzip.
pub const LIMIT: usize = 200 * 1024;

/// Parts of the site that are fetched later, on demand.
const LATER: [&str; 2] = ["lessons/", "model.html"];

/// The compressed size of each file that a first visit loads, largest first.
pub struct Report {
    files: Vec<(String, usize)>,
}

/// Weighs a site.
pub fn weigh(dist: &Path) -> Result<Report> {
    let mut files = Vec::new();
    for path in project::files_below(dist)? {
        let name = path.strip_prefix(dist).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if !LATER.iter().any(|prefix| name.starts_with(prefix)) {
            files.push((name, gzipped(&project::read_bytes(&path)?)));
        }
    }
    files.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(Report { files })
}

fn gzipped(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory cannot fail.
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_or(usize::MAX, |compressed| compressed.len())
}

impl Report {
    fn total(&self) -> usize {
        self.files.iter().map(|(_, size)| size).sum()
    }

    /// An error if it is over the limit.
    pub fn within_limit(&self) -> Result {
        let total = self.total();
        if total <= LIMIT {
            return Ok(());
        }
        Err(Problem::new(
            format!("the first load is {total} bytes, {} over the limit of {LIMIT}", total - LIMIT),
            "the files are listed above, largest first",
            "look for a new dependency (cargo tree -e normal --target wasm32-unknown-unknown) or formatting code",
        ))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, size) in &self.files {
            writeln!(f, "{size:>9}  {name}")?;
        }
        let total = self.total();
        write!(f, "{total:>9}  bytes after gzip -9 in all: {} % of the limit of {LIMIT}", total * 100 / LIMIT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gate_opens_at_the_limit_and_closes_above() {
        let of = |size| Report { files: vec![("a.wasm".to_owned(), size)] };
        assert!(of(LIMIT).within_limit().is_ok());
        let problem = of(LIMIT + 1).within_limit().unwrap_err().to_string();
        assert!(problem.contains("1 over the limit"), "{problem}");
    }

    #[test]
    fn lessons_are_not_part_of_the_first_load() {
        let dist = std::env::temp_dir().join(format!("cascade-size-{}", std::process::id()));
        std::fs::create_dir_all(dist.join("lessons")).expect("a temporary directory");
        std::fs::write(dist.join("lessons/one.json"), "later").expect("written");
        std::fs::write(dist.join("index.html"), "now".repeat(1000)).expect("written");
        let report = weigh(&dist).expect("readable");
        assert_eq!(report.files.len(), 1);
        assert!(report.total() < 100, "3000 repeated bytes compress well: {}", report.total());
        std::fs::remove_dir_all(&dist).expect("removed");
    }
}
