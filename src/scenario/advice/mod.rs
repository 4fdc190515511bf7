//! Advice: what a scenario may well mean, and what goes wrong with it all the same.
//!
//! A mistake keeps a scenario from running; what is said here does not. Each finding is a function of its own over a
//! [`Survey`](survey::Survey) of the scenario; `docs/how-to/add-a-finding.md` shows how to add one.

mod capacity;
mod circles;
mod finding;
mod load;
mod loops;
mod policies;
mod queues;
mod reach;
mod retries;
mod survey;
mod timeouts;
mod times;

#[cfg(test)]
mod tests;

pub use finding::{Finding, Remedy};

use super::plan::Plan;
use super::written::Scenario;
use load::Load;
use survey::Survey;

/// The most findings of one scenario.
const MOST: usize = 100;

/// What to think of before a scenario is run: at most a hundred findings, those first that keep it from working at all.
/// `plan` is the scenario's.
pub fn advice(scenario: &Scenario, plan: &Plan) -> Vec<Finding> {
    let document = scenario.document();
    let survey = Survey::of(&document);
    let load = Load::of(&survey);
    let mut found = circles::circles(plan);
    found.extend(loops::tight_loops(plan));
    found.extend(capacity::overload(&survey, &load));
    found.extend(capacity::waiting_room(&survey, &load));
    found.extend(timeouts::longer_than_the_callers(&survey));
    found.extend(timeouts::none_where_it_can_hang(&survey));
    found.extend(timeouts::hedge_after_the_timeout(&survey));
    found.extend(retries::on_several_levels(&survey));
    found.extend(retries::without_backoff(&survey));
    found.extend(policies::breaker_never_decides(&survey, &load));
    found.extend(policies::wide_bulkhead(&survey));
    found.extend(policies::hedged_write(&survey));
    found.extend(queues::unread(&survey));
    found.extend(queues::short_visibility(&survey));
    found.extend(queues::far_prefetch(&survey));
    found.extend(reach::unreached(&survey));
    found.extend(reach::idle_client(&survey));
    found.truncate(MOST);
    found
}
