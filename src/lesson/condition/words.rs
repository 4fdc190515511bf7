//! The words of a condition: reads them one by one, and says where reading stopped.

use crate::base::{Problem, SimDuration, parse_duration};

use super::syntax::{Misread, Read, Reader};

impl<'a> Reader<'a> {
    /// A duration that is not zero.
    pub(super) fn length(&mut self) -> Read<SimDuration> {
        let start = self.here();
        match self.duration()? {
            SimDuration::ZERO => Err(self.wrong(start, problem!("condition.no-length"))),
            length => Ok(length),
        }
    }

    pub(super) fn duration(&mut self) -> Read<SimDuration> {
        let start = self.here();
        let text = self.take(|c| c.is_ascii_alphanumeric() || c == '.');
        parse_duration(text)
            .map_err(|message| self.misread(start, message, text!("condition.duration").to_owned()))
    }

    pub(super) fn end(&self) -> Read<()> {
        match self.text[self.here()..].trim_end() {
            "" => Ok(()),
            rest => Err(self.wrong(self.here(), problem!("condition.left-over", rest = rest))),
        }
    }

    /// Where the next word begins.
    pub(super) fn here(&self) -> usize {
        self.text.len() - self.text[self.at..].trim_start().len()
    }

    pub(super) fn name(&mut self) -> &'a str {
        self.take(|c| c.is_ascii_alphanumeric() || c == '_')
    }

    pub(super) fn take(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let start = self.here();
        let rest = &self.text[start..];
        let end = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        self.at = start + end;
        &rest[..end]
    }

    /// Reads a word, if it is the next one as a whole.
    pub(super) fn word(&mut self, word: &str) -> bool {
        let before = self.at;
        let found = self.name() == word;
        if !found {
            self.at = before;
        }
        found
    }

    pub(super) fn sign(&mut self, sign: &str) -> bool {
        let start = self.here();
        let found = self.text[start..].starts_with(sign);
        if found {
            self.at = start + sign.len();
        }
        found
    }

    pub(super) fn must(&mut self, sign: &str) -> Read<()> {
        if self.sign(sign) { Ok(()) } else { Err(self.expected(sign)) }
    }

    pub(super) fn expected(&self, what: &str) -> Misread {
        let rest = self.text[self.here()..].trim_end();
        let found = if rest.is_empty() { text!("condition.the-end") } else { rest };
        self.wrong(self.here(), problem!("condition.expected", expected = what, found = found))
    }

    pub(super) fn wrong(&self, at: usize, problem: Problem) -> Misread {
        let [message, help] = problem.say();
        self.misread(at, message, help)
    }

    pub(super) fn misread(&self, at: usize, message: String, help: String) -> Misread {
        let column = self.text[..at].chars().count() + 1;
        Misread { column, message, help }
    }
}
