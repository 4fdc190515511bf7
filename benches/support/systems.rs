//! Systems with more in them than stations in series, each with something of its own to pay for.

use std::sync::Arc;

use cascade::scenario::Plan;

use super::series;

/// Their names and plans, the three stations first: so the others can be compared with them.
pub fn plans() -> [(&'static str, Arc<Plan>); 4] {
    let plan = series::read;
    [
        ("three M/M/4 stations in series", series::plan()),
        ("breaker, retry and bulkhead along a chain", plan(include_str!("../scenarios/policies.json"))),
        ("a log with three groups", plan(include_str!("../scenarios/log.json"))),
        ("a saga over three services", plan(include_str!("../scenarios/saga.json"))),
    ]
}

/// Simulates so many seconds with every statistic and gives the number of events.
pub fn simulate(plan: &Arc<Plan>, seconds: f64) -> u64 {
    series::whole(plan, seconds).events
}
