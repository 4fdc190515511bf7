//! What is done to a figure: `5s press 1`, `25s mend Payment slow`, `set B nodes.app.workers = 8`, `inject {…} for 10s`.

use cascade::base::{Json, SimDuration, parse_duration};
use cascade::session::{Action, FaultButton};

use super::mistake::Mistakes;
use super::prose::object;
use super::source::Text;

/// An action as it is written.
#[derive(Clone, Debug)]
pub struct Written {
    /// The line in which it is.
    pub line: usize,
    /// When it is done; none where that is when the step opens.
    at: Option<SimDuration>,
    /// What is done.
    pub action: Action,
    /// A learner does it, with what the step shows.
    pub by_hand: bool,
}

const FORM: &str = "write \"5s press 1\", \"5s mend 1\", \"5s set nodes.app.workers = 8\", \"5s inject {…} for 10s\" or \"5s heal {…}\"";

/// What is wrong with a line, and how to mend it.
type Wrong = (String, String);

/// Reads the lines of a field; `timed`: each begins with its instant.
pub fn read(text: &Text, timed: bool, buttons: &[FaultButton], mistakes: &mut Mistakes) -> Vec<Written> {
    let mut all = Vec::new();
    for (line, words) in (text.line..).zip(text.text.lines()) {
        match timed_actions(words.trim(), timed, buttons) {
            Ok((at, actions)) => {
                all.extend(actions.into_iter().map(|action| Written { line, at, action, by_hand: false }));
            }
            Err((what, mend)) => mistakes.add(line, what, mend),
        }
    }
    all
}

impl Written {
    /// As a lesson's data has it.
    pub fn json(&self) -> Json {
        let mut members: Vec<(&str, Json)> = self.at.map(|at| ("at", length(at))).into_iter().collect();
        match &self.action {
            Action::Set { variant, path, value } => {
                members.extend([("set", path.as_str().into()), ("to", value.clone())]);
                members.extend(variant.map(|variant| ("in", ["A", "B"][variant].into())));
            }
            Action::Inject { fault, lasts } => {
                members.push(("inject", fault.clone()));
                members.extend(lasts.map(|lasts| ("for", length(lasts))));
            }
            Action::Heal { fault } => members.push(("heal", fault.clone())),
            // No line says so.
            Action::Breaker { .. } | Action::Edit { .. } => {}
        }
        object(members)
    }
}

/// In whole seconds or milliseconds where it is that, as people write it.
fn length(length: SimDuration) -> Json {
    Json::String(match length.0 {
        nanos if nanos % 1_000_000_000 == 0 => format!("{}s", nanos / 1_000_000_000),
        nanos if nanos % 1_000_000 == 0 => format!("{}ms", nanos / 1_000_000),
        _ => length.to_string(),
    })
}

fn wrong(what: String) -> Wrong {
    (what, FORM.to_owned())
}

fn timed_actions(
    line: &str,
    timed: bool,
    buttons: &[FaultButton],
) -> Result<(Option<SimDuration>, Vec<Action>), Wrong> {
    if !timed {
        return Ok((None, actions(line, buttons)?));
    }
    let (instant, rest) = line.split_once(' ').unwrap_or((line, ""));
    let at = parse_duration(instant).map_err(|_| wrong(format!("\"{instant}\" is no instant")))?;
    Ok((Some(at), actions(rest, buttons)?))
}

/// What a line says without its instant: one action, or one for each fault of a button.
fn actions(line: &str, buttons: &[FaultButton]) -> Result<Vec<Action>, Wrong> {
    let (verb, what) = line.split_once(' ').unwrap_or((line, ""));
    match verb {
        "press" | "mend" => {
            let FaultButton { faults, lasts, .. } = button(what, buttons)?.clone();
            let action = |fault| match verb {
                "press" => Action::Inject { fault, lasts },
                _ => Action::Heal { fault },
            };
            Ok(faults.into_iter().map(action).collect())
        }
        "inject" => {
            let (fault, lasts) = match what.rsplit_once("} for ") {
                Some((fault, lasts)) => (format!("{fault}}}"), Some(lasts)),
                None => (what.to_owned(), None),
            };
            let lasts = lasts.map(parse_duration).transpose().map_err(wrong)?;
            Ok(vec![Action::Inject { fault: fault_of(&fault)?, lasts }])
        }
        "heal" => Ok(vec![Action::Heal { fault: fault_of(what)? }]),
        "set" => Ok(vec![set(what)?]),
        _ => Err(wrong(format!("\"{line}\" is nothing that can be done"))),
    }
}

/// A button by its label or its number.
fn button<'a>(name: &str, buttons: &'a [FaultButton]) -> Result<&'a FaultButton, Wrong> {
    let number = name.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let found = match number {
        Some(at) => buttons.get(at),
        None => buttons.iter().find(|button| button.label == name),
    };
    let mend = || "write the label of a :::fault, or its number from 1".to_owned();
    found.ok_or_else(|| (format!("there is no fault \"{name}\""), mend()))
}

fn fault_of(text: &str) -> Result<Json, Wrong> {
    Json::parse(text).map_err(|wrong| (wrong.message, wrong.help))
}

/// `B nodes.app.workers = 8`
fn set(what: &str) -> Result<Action, Wrong> {
    let (place, value) = what.split_once('=').ok_or_else(|| wrong("this sets nothing".to_owned()))?;
    let (variant, path) = match place.trim().split_once(' ') {
        Some(("A", path)) => (Some(0), path),
        Some(("B", path)) => (Some(1), path),
        _ => (None, place),
    };
    let value = Json::parse(value.trim()).unwrap_or_else(|_| value.trim().into());
    Ok(Action::Set { variant, path: path.trim().to_owned(), value })
}
