//! Mistakes in a lesson: where, what, and how to mend it.

use std::fmt;

/// One mistake, as a compiler would report it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// The file, as it is shown.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub mend: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}; {}", self.file, self.line, self.what, self.mend)
    }
}

/// The mistakes found so far in one file.
#[derive(Debug)]
pub struct Mistakes {
    file: String,
    /// In the order in which they were found.
    pub found: Vec<Mistake>,
}

impl Mistakes {
    /// None yet, in this file.
    pub fn new(file: &str) -> Mistakes {
        Mistakes { file: file.to_owned(), found: Vec::new() }
    }

    /// Notes one.
    pub fn add(&mut self, line: usize, what: impl Into<String>, mend: impl Into<String>) {
        self.found.push(Mistake { file: self.file.clone(), line, what: what.into(), mend: mend.into() });
    }
}
