//! `cascade check`: what is wrong with a scenario.

use super::input;
use super::output::{Problem, one_line, print, say};

/// Prints the diagnostics of the scenario in `file` to standard output, one a line; nothing where there is none.
pub fn check(file: &str) -> Result<(), Problem> {
    match input::scenario(file).and_then(|scenario| scenario.plan().map_err(Problem::Scenario)) {
        Ok(plan) => {
            say(format_args!("{file}: fine ({} nodes, {} links)", plan.nodes.len(), plan.links.len()));
            Ok(())
        }
        Err(Problem::Scenario(diagnostics)) => {
            let lines: String = diagnostics.iter().map(|diagnostic| one_line(diagnostic) + "\n").collect();
            print(&lines)?;
            Err(Problem::Told)
        }
        Err(other) => Err(other),
    }
}
