//! Runs other programs, showing the line first, and turns a failure into words.

use crate::problem::{Problem, Result};
use crate::project;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A command line about to be run in the project's top directory.
pub struct Run {
    command: Command,
    shown: String,
    mend: String,
}

impl Run {
    /// A command line, written as one would type it: words separated by spaces.
    pub fn line(line: &str) -> Self {
        let mut words = line.split_whitespace();
        let program = words.next().unwrap_or_default();
        let mut command = Command::new(program);
        command.args(words).current_dir(project::root()).env("PATH", search_path());
        Run { command, shown: line.to_owned(), mend: String::new() }
    }

    /// Adds one argument, which may hold spaces.
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.shown = format!("{} {}", self.shown, argument.as_ref().to_string_lossy());
        self.command.arg(argument);
        self
    }

    /// Adds arguments.
    pub fn args<T: AsRef<OsStr>>(self, arguments: &[T]) -> Self {
        arguments.iter().fold(self, |run, argument| run.arg(argument))
    }

    /// Sets a variable for the program.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Hides a variable from the program.
    pub fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Runs in another directory.
    pub fn within(mut self, directory: &Path) -> Self {
        self.command.current_dir(directory);
        self
    }

    /// What to tell the reader to do if it fails.
    pub fn mend(mut self, mend: impl Into<String>) -> Self {
        self.mend = mend.into();
        self
    }

    /// Shows the line, runs it with its output on the screen, and waits for it.
    pub fn run(mut self) -> Result {
        println!("$ {}", self.shown);
        match self.command.status() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => {
                let what = format!("`{}` failed", self.shown);
                Err(Problem::new(what, format!("{status}; its own words are above"), self.mend))
            }
            Err(error) => {
                Err(Problem::new(format!("cannot start `{}`", self.shown), error.to_string(), self.mend))
            }
        }
    }

    /// As `run`, for the last thing that a command does: on Unix the program takes our place, so
    /// that a signal to end reaches it.
    pub fn run_instead(self) -> Result {
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;
            let mut run = self;
            println!("$ {}", run.shown);
            let error = run.command.exec();
            Err(Problem::new(format!("cannot start `{}`", run.shown), error.to_string(), run.mend))
        }
        #[cfg(not(unix))]
        self.run()
    }

    /// Runs without showing anything; what it printed, if it succeeded.
    pub fn quietly(mut self) -> Option<String> {
        let output = self.command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}

/// The search path with the project's own tools in front.
fn search_path() -> OsString {
    let own = project::tools().join("bin");
    let others = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(own).chain(std::env::split_paths(&others));
    std::env::join_paths(all).unwrap_or(others)
}

/// Where a program is on the search path.
pub fn find_program(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&search_path()).map(|directory| directory.join(&file)).find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_does_not_exist_is_a_problem_with_its_remedy() {
        let problem = Run::line("no-such-program --at all").mend("install it").run().unwrap_err().to_string();
        assert!(problem.contains("cannot start `no-such-program --at all`"), "{problem}");
        assert!(problem.contains("mend: install it"), "{problem}");
        assert_eq!(Run::line("no-such-program").quietly(), None);
    }

    #[test]
    fn cargo_is_found_and_answers() {
        assert!(find_program("cargo").is_some());
        assert!(Run::line("cargo --version").quietly().is_some_and(|said| said.starts_with("cargo ")));
    }
}
