//! What a link holds, and its JSON.

use crate::base::{Cursor, Diagnostic, Json, Problems, SimDuration, within};
use crate::scenario::{Plan, Scenario, read_fault};
use crate::session::{FaultButton, Record, Variant};

/// At most so many buttons, and so many faults to one of them.
const MOST_BUTTONS: usize = 64;

/// No button's fault lasts longer than this: whole nanoseconds to here are exact in JSON (a hundred days).
const LONGEST: f64 = (1_u64 << 53) as f64;

/// What a link holds: a run, and what its page says and offers.
///
/// As JSON it is the [`Record`]'s object without what equals its defaults, and with `"title": text` and `"buttons":
/// [{"label": text, "faults": […], "for": nanoseconds?}]`, both of which may be left out. A bare scenario stands for its
/// run at time zero.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// What the page is called; empty: as its scenarios are.
    pub title: String,
    /// Buttons that break something; none: those that its scenarios' timelines ask for.
    pub buttons: Vec<FaultButton>,
    /// The run.
    pub record: Record,
}

impl Link {
    /// A scenario at time zero, at the speed that it asks for.
    pub fn of_scenario(scenario: Scenario) -> Link {
        let variant = Variant { label: scenario.title().to_owned(), scenario };
        Link { title: String::new(), buttons: Vec::new(), record: Record::begin(variant) }
    }

    /// As a JSON value; [`Link::from_json`] reads it back.
    pub fn to_json(&self) -> Json {
        let Record { log, now, horizon, .. } = &self.record;
        let reached = log.last().map_or(*now, |last| last.at.max(*now));
        let is_default = |key: &str, value: &Json| match key {
            "log" => value.items().is_empty(),
            "now" => *value == Json::Number(0.0),
            "horizon" => *horizon == reached,
            "speed" => *value == Json::Number(1.0),
            "playing" => *value == Json::Bool(true),
            _ => false,
        };
        let Json::Object(mut members) = self.record.to_json() else { return Json::Null };
        members.retain(|(key, value)| !is_default(key, value));
        if !self.title.is_empty() {
            members.push(("title".to_owned(), self.title.as_str().into()));
        }
        if !self.buttons.is_empty() {
            members.push(("buttons".to_owned(), Json::Array(self.buttons.iter().map(button_json).collect())));
        }
        Json::Object(members)
    }

    /// Reads a link's document: a recorded run with or without a title and buttons, or a scenario.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it. One that is read can run.
    pub fn from_json(json: Json) -> Result<Link, Vec<Diagnostic>> {
        if json.get("record").is_none() && json.get("nodes").is_some() {
            let link = Link::of_scenario(Scenario::from_json(json)?);
            plans(&link.record)?;
            return Ok(link);
        }
        let own = |key: &str| matches!(key, "title" | "buttons");
        let (own, record): (Vec<_>, Vec<_>) = match json {
            Json::Object(members) => members.into_iter().partition(|(key, _)| own(key)),
            // Refused as a record that says nothing.
            _ => Default::default(),
        };
        let record = Record::from_json(&Json::Object(record))?;
        let (own, plans, mut problems) = (Json::Object(own), plans(&record)?, Problems::default());
        let root = Cursor::root(&own);
        let title = root.get("title").map_or("", |title| title.text(&mut problems)).to_owned();
        let buttons = root.get("buttons").map(|list| list.items(MOST_BUTTONS, &mut problems));
        let buttons =
            buttons.iter().flatten().map(|button| read_button(button, &plans, &mut problems)).collect();
        problems.or(Link { title, buttons, record })
    }
}

/// The plans of all variants.
fn plans(record: &Record) -> Result<Vec<Plan>, Vec<Diagnostic>> {
    record.variants.iter().map(|variant| variant.scenario.plan()).collect()
}

fn button_json(button: &FaultButton) -> Json {
    let mut members = vec![
        ("label".to_owned(), button.label.as_str().into()),
        ("faults".to_owned(), Json::Array(button.faults.clone())),
    ];
    members.extend(button.lasts.map(|lasts| ("for".to_owned(), Json::Number(lasts.0 as f64))));
    Json::Object(members)
}

fn read_button(here: &Cursor, plans: &[Plan], problems: &mut Problems) -> FaultButton {
    here.only(&["label", "faults", "for"], problems);
    let label = here.must("label", problems).map_or("", |label| label.text(problems)).to_owned();
    let faults = here.must("faults", problems).map(|list| list.items(MOST_BUTTONS, problems));
    let faults = faults.iter().flatten().map(|fault| read_own_fault(fault, plans, problems)).collect();
    let lasts = here.get("for").map(|lasts| within(lasts.number(problems), 0.0, LONGEST));
    FaultButton { label, faults, lasts: lasts.map(|lasts| SimDuration(lasts as u64)) }
}

/// A fault that at least one variant has the nodes of.
fn read_own_fault(here: &Cursor, plans: &[Plan], problems: &mut Problems) -> Json {
    let mut wrong = Vec::new();
    for plan in plans {
        match read_fault(here.json, plan) {
            Ok(_) => return here.json.clone(),
            Err(found) => wrong = found,
        }
    }
    problems.add_inside(&here.path, wrong);
    here.json.clone()
}
