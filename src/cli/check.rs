//! `cascade check`: what is wrong with a scenario, or may go wrong with it.

use cascade::scenario::advice;

use super::input;
use super::output::{Problem, one_line, print, say};

/// Prints the diagnostics of the scenario in `file` to standard output, one a line, and for a good one what is advised;
/// nothing where there is neither.
pub fn check(file: &str) -> Result<(), Problem> {
    let read = input::scenario(file)
        .and_then(|scenario| Ok((scenario.plan().map_err(Problem::Scenario)?, scenario)));
    match read {
        Ok((plan, scenario)) => {
            say(format_args!("{file}: fine ({} nodes, {} links)", plan.nodes.len(), plan.links.len()));
            let found = advice(&scenario, &plan).into_iter();
            let lines = found.map(|found| ["advice: ", &one_line(&found.diagnostic), "\n"].concat());
            print(&lines.collect::<String>())
        }
        Err(Problem::Scenario(diagnostics)) => {
            let lines: String = diagnostics.iter().map(|diagnostic| one_line(diagnostic) + "\n").collect();
            print(&lines)?;
            Err(Problem::Told)
        }
        Err(other) => Err(other),
    }
}
