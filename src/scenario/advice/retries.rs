//! Retries: on several levels, and without a pause.

use std::collections::BTreeSet;

use super::finding::{Finding, Remedy};
use super::survey::Survey;
use crate::base::{Json, Number};
use crate::scenario::model::step::Step;

/// How many tries of the innermost call one request may come to before it is said.
const MANY: u64 = 9;

/// A level of retries on the way to a call.
#[derive(Clone)]
struct Level {
    path: String,
    attempts: u32,
}

/// Calls that are retried by operations that are retried: tries multiply.
pub fn on_several_levels(survey: &Survey) -> Vec<Finding> {
    // For each operation the way to it on which tries multiply most, found level by level.
    let mut ways: Vec<Vec<Level>> = vec![Vec::new(); survey.operations.len()];
    let tries =
        |way: &[Level]| way.iter().map(|level| u64::from(level.attempts)).fold(1, u64::saturating_mul);
    let mut told: Vec<(String, Vec<Level>)> = Vec::new();
    for _ in 0..DEEPEST {
        let mut next = ways.clone();
        told.clear();
        for (at, operation) in survey.operations.iter().enumerate() {
            for place in &operation.places {
                let Step::Call(call) = place.step else { continue };
                let mut way = ways[at].clone();
                let path = [&place.path, ".call"].concat();
                let again = way.iter().any(|level| level.path == path);
                let retry = call.retry.filter(|retry| retry.attempts > 1 && retry.budget.is_none() && !again);
                if let Some(retry) = retry {
                    way.push(Level { path: path.clone(), attempts: retry.attempts });
                    if way.len() > 1 && tries(&way) >= MANY {
                        told.push((path, way.clone()));
                    }
                }
                if let Some(callee) = survey.find(&call.to, &call.operation)
                    && tries(&way) > tries(&next[callee])
                {
                    next[callee] = way;
                }
            }
        }
        ways = next;
    }
    let outer = told.iter().flat_map(|(_, way)| &way[..way.len() - 1]);
    let outer: BTreeSet<&str> = outer.map(|level| level.path.as_str()).collect();
    let worst = told.iter().filter(|(path, _)| !outer.contains(path.as_str()));
    let finding = |(path, way): &(String, Vec<Level>)| {
        let each: Vec<String> = way.iter().map(|level| level.attempts.to_string()).collect();
        let product = each.join(" × ");
        let count = Number::Count(tries(way));
        let problem = problem!("scenario.advice-levels", product = &product, count = count);
        // One level is enough: the one next to what fails.
        let outer = way[..way.len() - 1].iter().map(|level| ([&level.path, ".retry"].concat(), Json::Null));
        let remedy = Some(Remedy::Set(outer.collect()));
        Finding { remedy, ..Finding::new("levels", path, problem) }
    };
    worst.map(finding).collect()
}

/// How many levels are followed.
const DEEPEST: usize = 12;

/// Retries that follow at once: they come while what failed still does.
pub fn without_backoff(survey: &Survey) -> Vec<Finding> {
    let mut found = Vec::new();
    for (_, place, call) in survey.calls() {
        let Some(retry) = call.retry.filter(|retry| retry.attempts > 1) else { continue };
        if retry.backoff.base.0 == 0 || retry.backoff.cap.0 == 0 {
            let path = [&place.path, ".call.retry.backoff"].concat();
            let problem = problem!("scenario.advice-no-backoff");
            let pause = crate::base::Json::Object(vec![
                ("base".to_owned(), "100ms".into()),
                ("jitter".to_owned(), "full".into()),
            ]);
            found.push(Finding::new("no-backoff", &path, problem).set(path.clone(), pause));
        }
    }
    found
}
