//! What goes out: results, diagnostics, problems. A reader that went away is no failure.

use std::fmt::Display;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use cascade::base::Diagnostic;

/// Why a command did not do what was asked.
#[derive(Debug)]
pub enum Problem {
    /// The scenario is wrong; the diagnostics still have to be printed to standard error.
    Scenario(Vec<Diagnostic>),
    /// The scenario is wrong, and that has been printed.
    Told,
    /// The arguments, a file or a stream are unusable: what, and what to do about it.
    Misuse(String),
}

impl Problem {
    /// Says on standard error what has not been said, and gives the exit status.
    pub fn report(self) -> ExitCode {
        match self {
            Problem::Scenario(diagnostics) => {
                for diagnostic in &diagnostics {
                    say(one_line(diagnostic));
                }
                ExitCode::from(1)
            }
            Problem::Told => ExitCode::from(1),
            Problem::Misuse(message) => {
                say(format_args!("cascade: {message}"));
                ExitCode::from(2)
            }
        }
    }
}

/// A diagnostic as `path: message (help)`, on one line whatever stands in it.
pub fn one_line(diagnostic: &Diagnostic) -> String {
    let text = diagnostic.to_string();
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() { line.extend(c.escape_default()) } else { line.push(c) }
    }
    line
}

/// A line for a person, to standard error; where nobody listens, nothing.
pub fn say(line: impl Display) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Writes a file, and the folders that it lies in.
pub fn write(path: &Path, text: &str) -> Result<(), Problem> {
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, text));
    written.map_err(|error| {
        let mend = "give a place that can be written";
        Problem::Misuse(format!("cannot write {}: {error}; {mend}", path.display()))
    })
}

/// Prints to standard output.
pub fn print(text: &str) -> Result<(), Problem> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // `cascade run … | head`: whoever reads has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => {
            Err(Problem::Misuse(format!("cannot write to standard output: {error}; give it another target")))
        }
        Ok(()) => Ok(()),
    }
}
