//! Where things are in the project, and which versions it pins.

use crate::problem::{Problem, Result};
use std::path::{Path, PathBuf};

/// The top directory of the project.
pub fn root() -> PathBuf {
    // cargo sets the variable when it runs us; a copy of the binary alone falls back on its origin.
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest.parent().map(Path::to_path_buf).unwrap_or(manifest)
}

/// The finished site.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Tools that belong to this project alone, so that nobody's own versions are replaced.
pub fn tools() -> PathBuf {
    root().join(".tools")
}

/// The browser tests.
pub fn browser_tests() -> PathBuf {
    root().join("tests/browser")
}

/// The version of a package that Cargo.lock pins.
pub fn locked_version(package: &str) -> Result<String> {
    let path = root().join("Cargo.lock");
    let lock = read(&path)?;
    version_in_lock(&lock, package).ok_or_else(|| {
        Problem::new(
            format!("Cargo.lock names no version of {package}"),
            "the page is built with that package",
            "git checkout Cargo.lock",
        )
    })
}

fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name)?;
    let version = lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

/// Reads a text file, with the path in the error.
pub fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|error| file_problem("read", path, &error))
}

/// Reads a file, with the path in the error.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| file_problem("read", path, &error))
}

/// Writes a file and makes the folders above it, with the path in the error.
pub fn write(path: &Path, contents: impl AsRef<[u8]>) -> Result {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|error| file_problem("create the folder of", path, &error))?;
    }
    std::fs::write(path, contents).map_err(|error| file_problem("write", path, &error))
}

/// Removes a file, with the path in the error.
pub fn remove(path: &Path) -> Result {
    std::fs::remove_file(path).map_err(|error| file_problem("remove", path, &error))
}

/// Every file below a directory, sorted, so that reports never depend on the file system.
pub fn files_below(directory: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut pending = vec![directory.to_path_buf()];
    while let Some(next) = pending.pop() {
        let entries = std::fs::read_dir(&next).map_err(|error| file_problem("read", &next, &error))?;
        for entry in entries {
            let path = entry.map_err(|error| file_problem("read", &next, &error))?.path();
            if path.is_dir() {
                pending.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn file_problem(verb: &str, path: &Path, error: &std::io::Error) -> Problem {
    Problem::new(format!("cannot {verb} {}", path.display()), error.to_string(), "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_version_in_a_lock_file_by_the_whole_name() {
        let lock = "[[package]]\nname = \"a-b\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"a\"\nversion = \"0.2.129\"\n";
        assert_eq!(version_in_lock(lock, "a").as_deref(), Some("0.2.129"));
        assert_eq!(version_in_lock(lock, "b"), None);
    }

    #[test]
    fn the_root_holds_the_lock_file() {
        assert!(locked_version("wasm-bindgen").is_ok());
    }
}
