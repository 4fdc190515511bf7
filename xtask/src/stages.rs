//! Runs checks one after the other and says at the end how each went.

use crate::problem::{Problem, Result};
use std::time::{Duration, Instant};

/// How one stage ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Passed,
    Failed,
    Skipped,
}

/// The stages run so far.
#[derive(Default)]
pub struct Stages {
    done: Vec<(String, End, Duration, String)>,
}

impl Stages {
    /// Runs a stage; a failure is shown and remembered, and the next stage runs all the same.
    /// True if it passed.
    pub fn run(&mut self, name: &str, stage: impl FnOnce() -> Result) -> bool {
        println!("\n── {name} ──");
        let start = Instant::now();
        let outcome = stage();
        let end = if outcome.is_ok() { End::Passed } else { End::Failed };
        if let Err(problem) = outcome {
            eprintln!("{problem}");
        }
        self.done.push((name.to_owned(), end, start.elapsed(), String::new()));
        end == End::Passed
    }

    /// Runs a stage that makes sense only after another one has passed; counts as failed otherwise.
    pub fn run_after(
        &mut self,
        passed: bool,
        needed: &str,
        name: &str,
        stage: impl FnOnce() -> Result,
    ) -> bool {
        self.run(name, || {
            if passed {
                stage()
            } else {
                Err(Problem::new(format!("not run: it needs the stage \"{needed}\""), "", ""))
            }
        })
    }

    /// Leaves a stage out, with the reason in the summary.
    pub fn skip(&mut self, name: &str, reason: &str) {
        println!("\n── {name}: skipped, {reason} ──");
        self.done.push((name.to_owned(), End::Skipped, Duration::ZERO, reason.to_owned()));
    }

    /// A line a stage, and the counts alone on the last line.
    pub fn summary(&self) -> String {
        let width = self.done.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or(0);
        let mut text = String::new();
        for (name, end, time, reason) in &self.done {
            let seconds = time.as_secs_f64();
            text += &match end {
                End::Passed => format!("{name:<width$}  ok      {seconds:>7.1} s\n"),
                End::Failed => format!("{name:<width$}  FAILED  {seconds:>7.1} s\n"),
                End::Skipped => format!("{name:<width$}  skipped, {reason}\n"),
            };
        }
        text + &format!("{} passed, {} failed", self.count(End::Passed), self.count(End::Failed))
    }

    /// True if no stage failed.
    pub fn all_passed(&self) -> bool {
        self.count(End::Failed) == 0
    }

    fn count(&self, wanted: End) -> usize {
        self.done.iter().filter(|(_, end, ..)| *end == wanted).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken() -> Result {
        Err(Problem::new("broken", "", ""))
    }

    #[test]
    fn a_failure_does_not_stop_the_rest_and_is_counted() {
        let mut stages = Stages::default();
        assert!(stages.run("one", || Ok(())));
        assert!(!stages.run("second", broken));
        assert!(!stages.run_after(false, "second", "third", || Ok(())));
        assert!(stages.run_after(true, "one", "fourth", || Ok(())));
        stages.skip("fifth", "not today");
        let summary = stages.summary();
        assert!(summary.contains("one     ok "), "{summary}");
        assert!(summary.contains("second  FAILED"), "{summary}");
        assert!(summary.contains("third   FAILED"), "{summary}");
        assert!(summary.contains("fifth   skipped, not today"), "{summary}");
        assert!(summary.ends_with("\n2 passed, 2 failed"), "{summary}");
        assert!(!stages.all_passed());
    }
}
