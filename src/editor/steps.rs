//! Steps of operations: added, moved, wrapped, taken out.

use super::draft::{Draft, nothing_at, refuse};
use super::edit::{Refused, Wrapping};
use super::follow::{after_removal, inserted, moved, removed};
use super::tree::{at, at_mut, below, item, object};
use crate::base::Json;
use crate::scenario::set_parameter;

/// Puts a step before the one at a path.
pub fn add(draft: &mut Draft, path: &str, step: Json) -> Result<(), Refused> {
    let (list, _) = item(path).ok_or_else(|| nothing_at(path))?;
    if at(&draft.json, list).is_none() {
        set_parameter(&mut draft.json, list, Json::Array(Vec::new())).map_err(|found| vec![found])?;
    }
    draft.insert(path, step).map(|_| ())
}

/// Takes a step out.
pub fn remove(draft: &mut Draft, path: &str) -> Result<(), Refused> {
    draft.loosens = true;
    draft.remove(path).map(|_| ())
}

/// Moves a step to before another one.
pub fn shift(draft: &mut Draft, from: &str, to: &str) -> Result<(), Refused> {
    if below(to, from).is_some_and(|rest| !rest.is_empty()) {
        return refuse(from, problem!("editor.no.inside-itself"));
    }
    draft.loosens = true;
    let target =
        if from == to { to.to_owned() } else { after_removal(to, from).unwrap_or_else(|| to.to_owned()) };
    // What is in the step goes with it: it is set aside while the lists change.
    let step = draft.lift(from)?;
    moved(&mut draft.json, from, ASIDE);
    removed(&mut draft.json, from);
    let (list, _) = item(&target).ok_or_else(|| nothing_at(to))?;
    if at(&draft.json, list).is_none() {
        set_parameter(&mut draft.json, list, Json::Array(Vec::new())).map_err(|found| vec![found])?;
    }
    let place = draft.insert(&target, step)?;
    moved(&mut draft.json, ASIDE, &place);
    Ok(())
}

/// Where a step is while it is moved: nothing else has this path.
const ASIDE: &str = "aside";

/// Puts steps that follow each other into one that contains them.
pub fn wrap(draft: &mut Draft, path: &str, count: usize, into: Wrapping) -> Result<(), Refused> {
    let (list, first) = item(path).ok_or_else(|| nothing_at(path))?;
    let Some(Json::Array(items)) = at_mut(&mut draft.json, list) else { return Err(nothing_at(path)) };
    let end = first.saturating_add(count.max(1));
    if end > items.len() {
        return Err(nothing_at(path));
    }
    let steps: Vec<Json> = items.drain(first..end).collect();
    let count = steps.len();
    let each = |wrap: &dyn Fn(Json) -> Json| Json::Array(steps.iter().cloned().map(wrap).collect());
    let one = |step: Json| Json::Array(vec![step]);
    let (wrapped, inside): (Json, &dyn Fn(usize) -> String) = match into {
        Wrapping::All => (object([("all", each(&one))]), &|at| format!(".all[{at}][0]")),
        Wrapping::Saga => (
            object([("saga", each(&|step| object([("do", one(step)), ("undo", Json::Array(Vec::new()))])))]),
            &|at| format!(".saga[{at}].do[0]"),
        ),
        Wrapping::Choose => {
            let arm = |then: Vec<Json>| object([("weight", 1.0.into()), ("then", Json::Array(then))]);
            let arms = Json::Array(vec![arm(steps.clone()), arm(Vec::new())]);
            (object([("choose", arms)]), &|at| format!(".choose[0].then[{at}]"))
        }
        Wrapping::Repeat => {
            let repeat = object([("times", 3.0.into()), ("do", Json::Array(steps.clone()))]);
            (object([("repeat", repeat)]), &|at| format!(".repeat.do[{at}]"))
        }
    };
    if let Some(Json::Array(items)) = at_mut(&mut draft.json, list) {
        items.insert(first, wrapped);
    }
    let place = |at: usize| format!("{list}[{at}]");
    let aside = |at: usize| format!("{ASIDE}[{at}]");
    (0..count).for_each(|at| moved(&mut draft.json, &place(first + at), &aside(at)));
    (1..count).rev().for_each(|at| removed(&mut draft.json, &place(first + at)));
    (0..count).for_each(|at| moved(&mut draft.json, &aside(at), &(place(first) + &inside(at))));
    Ok(())
}

/// Puts the steps within a step in its place: those of all its branches, one after the other. What a saga undoes goes.
pub fn unwrap(draft: &mut Draft, path: &str) -> Result<(), Refused> {
    let (list, first) = item(path).ok_or_else(|| nothing_at(path))?;
    let lists: Vec<String> = match draft.at(path)?.members().first() {
        Some((key, value)) => match key.as_str() {
            "all" => (0..value.items().len()).map(|at| format!("{path}.all[{at}]")).collect(),
            "choose" => (0..value.items().len()).map(|at| format!("{path}.choose[{at}].then")).collect(),
            "saga" => (0..value.items().len()).map(|at| format!("{path}.saga[{at}].do")).collect(),
            "repeat" => vec![format!("{path}.repeat.do")],
            _ => return refuse(path, problem!("editor.no.inner-steps")),
        },
        None => return refuse(path, problem!("editor.no.inner-steps")),
    };
    draft.loosens = true;
    let mut steps = Vec::new();
    for inner in &lists {
        for (at, step) in at(&draft.json, inner).map_or(&[][..], Json::items).to_vec().into_iter().enumerate()
        {
            moved(&mut draft.json, &format!("{inner}[{at}]"), &format!("{ASIDE}[{}]", steps.len()));
            steps.push(step);
        }
    }
    draft.remove(path)?;
    let Some(Json::Array(items)) = at_mut(&mut draft.json, list) else { return Err(nothing_at(path)) };
    let count = steps.len();
    items.splice(first..first, steps);
    let place = |at: usize| format!("{list}[{}]", first + at);
    (0..count).for_each(|at| inserted(&mut draft.json, &place(at)));
    (0..count).for_each(|at| moved(&mut draft.json, &format!("{ASIDE}[{at}]"), &place(at)));
    Ok(())
}
