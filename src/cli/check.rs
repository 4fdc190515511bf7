//! `cascade check`: what is wrong with a scenario or a recorded run, or may go wrong with it.

use cascade::scenario::{Plan, Scenario, advice};
use cascade::session::Variant;

use super::input;
use super::output::{Problem, one_line, print, say};

/// Prints the diagnostics of the scenario in `file` to standard output, one a line, and for a good one what is advised;
/// nothing where there is neither.
pub fn check(file: &str) -> Result<(), Problem> {
    match variants(file) {
        Ok(variants) => {
            let mut lines = Vec::new();
            for (scenario, plan) in variants {
                say(format_args!("{file}: fine ({} nodes, {} links)", plan.nodes.len(), plan.links.len()));
                for found in advice(&scenario, &plan) {
                    let line = [
                        "advice: ",
                        &one_line(&found.diagnostic),
                        "
",
                    ]
                    .concat();
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

/// What a file holds: a scenario, or the variants of a recorded run; each with its plan.
fn variants(file: &str) -> Result<Vec<(Scenario, Plan)>, Problem> {
    let variants = input::run(file)?.variants.into_iter();
    let planned = |Variant { scenario, .. }: Variant| {
        let plan = scenario.plan().map_err(Problem::Scenario)?;
        Ok((scenario, plan))
    };
    variants.map(planned).collect()
}
