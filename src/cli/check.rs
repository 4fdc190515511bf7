//! `cascade check`: what is wrong with a scenario or a recorded run, or may go wrong with it.

use cascade::scenario::{Plan, advice};

use super::input;
use super::output::{Problem, one_line, print, say};

/// Prints the diagnostics of the scenario in `file` to standard output, one a line, and for a good one what is advised;
/// nothing where there is neither.
pub fn check(file: &str) -> Result<(), Problem> {
    match plans(file) {
        Ok(plans) => {
            let mut lines = Vec::new();
            for plan in plans {
                say(format_args!("{file}: fine ({} nodes, {} links)", plan.nodes.len(), plan.links.len()));
                for advice in advice(&plan) {
                    let line = ["advice: ", &one_line(&advice), "\n"].concat();
                    // Variants are mostly alike.
                    if !lines.contains(&line) {
                        lines.push(line);
                    }
                }
            }
            print(&lines.concat())
        }
        Err(Problem::Scenario(diagnostics)) => {
            let lines: String = diagnostics.iter().map(|diagnostic| one_line(diagnostic) + "\n").collect();
            print(&lines)?;
            Err(Problem::Told)
        }
        Err(other) => Err(other),
    }
}

/// What a file holds: a scenario, or the variants of a recorded run.
fn plans(file: &str) -> Result<Vec<Plan>, Problem> {
    let variants = input::run(file)?.variants.into_iter();
    variants.map(|variant| variant.scenario.plan().map_err(Problem::Scenario)).collect()
}
