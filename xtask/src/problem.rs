//! The one error type of these commands: what went wrong, why, and how to mend it.

use std::fmt;

/// Something that stops a command, in words for the person who typed it.
#[derive(Debug)]
pub struct Problem {
    what: String,
    why: String,
    mend: String,
}

/// The result of a step of a command.
pub type Result<T = ()> = std::result::Result<T, Problem>;

impl Problem {
    /// A problem with its three parts; an empty part is left out when it is shown.
    pub fn new(what: impl Into<String>, why: impl Into<String>, mend: impl Into<String>) -> Self {
        Problem { what: what.into(), why: why.into(), mend: mend.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.what)?;
        for (label, text) in [("why", &self.why), ("mend", &self.mend)] {
            if !text.is_empty() {
                // Continuation lines are indented under the first.
                write!(f, "\n{label:>6}: {}", text.replace('\n', "\n        "))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_its_three_parts_and_leaves_out_an_empty_one() {
        let all = Problem::new("port 80 is taken", "someone listens", "take another").to_string();
        assert_eq!(all, "error: port 80 is taken\n   why: someone listens\n  mend: take another");
        assert_eq!(Problem::new("no", "", "do").to_string(), "error: no\n  mend: do");
    }
}
