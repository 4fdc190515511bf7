//! A record: a run as what it began as and what was done to it, to be kept, sent and run again.

use std::sync::Arc;

use super::variant_run::Start;
use super::{Action, MOST_LOGGED, SPEEDS, Session, TimedAction, Variant};
use crate::base::{Cursor, Diagnostic, Json, Problems, SimDuration, SimTime, within};
use crate::observation::BreakerState;
use crate::scenario::Scenario;

/// The version of the form that is written and read.
const VERSION: f64 = 1.0;

/// No instant of a record is later than this: whole nanoseconds to here are exact in JSON (a hundred days).
const LATEST: u64 = 1 << 53;

/// A run: its variants as they were at time zero, everything that was done to them, the moment and the horizon.
///
/// As JSON it is `{"record": 1, "variants": [{"label": …, "scenario": {…}}], "log": […], "now": …, "horizon": …,
/// "speed": …, "playing": …}`. Instants and lengths are whole nanoseconds. An entry of the log is `{"at": …}` with
/// `"set": path, "to": value, "in": variant?`, or `"inject": fault, "for": length?`, or `"heal": fault`, or
/// `"breaker": [caller, callee], "number": n, "to": state, "in": variant?`, or `"edit": scenario, "in": variant?`. One or two variants, at most
/// [`MOST_LOGGED`] entries, in order of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// What the variants began as, A first.
    pub variants: Vec<Variant>,
    /// What was done, in order.
    pub log: Vec<TimedAction>,
    /// The present instant.
    pub now: SimTime,
    /// How far the run has been; not before the present, nor before what was done last.
    pub horizon: SimTime,
    /// The speed of playback.
    pub speed: f64,
    /// Whether time passes.
    pub playing: bool,
}

impl Session {
    /// The run as a record, with its moment and what was done after it, but without the ghost.
    pub fn record(&self) -> Record {
        let variant = |start: &Start| Variant {
            label: (*start.label).to_owned(),
            scenario: Scenario::clone(&start.scenario),
        };
        Record {
            variants: self.start.iter().map(variant).collect(),
            log: self.log.clone(),
            now: self.now,
            horizon: self.log.last().map_or(self.horizon, |last| self.horizon.max(last.at)),
            speed: self.speed,
            playing: self.playing,
        }
    }

    /// Takes a record up. It stands at time zero and is on its way to the record's moment (`Session::going`), frame by
    /// frame; [`Session::seek`] to `now` brings it there at once.
    pub fn open(record: Record) -> Result<Session, Vec<Diagnostic>> {
        let Record { variants, log, now, horizon, speed, playing } = record;
        let mut session = Session::new(variants, speed)?;
        session.log = log;
        session.playing = playing;
        session.horizon = horizon;
        session.go_to(now);
        Ok(session)
    }

    /// Runs variants from time zero to `until` and does what was logged, each at its instant. Wrong actions are
    /// errors; what concerns no variant is left out.
    pub fn replay(
        variants: Vec<Variant>,
        log: Vec<TimedAction>,
        until: SimTime,
    ) -> Result<Session, Vec<Diagnostic>> {
        let mut session = Session::new(variants, 1.0)?;
        for (number, TimedAction { at, action }) in log.into_iter().enumerate() {
            if at > until {
                break;
            }
            session.run_until(at);
            // What was logged apart, was done apart.
            session.unedited = None;
            let result = session.act(action);
            let problems = result.err().unwrap_or_default();
            if !problems.is_empty() {
                let place = |problem: Diagnostic| Diagnostic {
                    path: format!("log[{number}].{}", problem.path),
                    ..problem
                };
                return Err(problems.into_iter().map(place).collect());
            }
        }
        session.run_until(until);
        Ok(session)
    }
}

impl Record {
    /// Reads a text: a record, or a scenario as a run in which nothing was done yet.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, as one or as the other.
    pub fn read(text: &str) -> Result<Record, Vec<Diagnostic>> {
        let json = Json::parse(text).map_err(|problem| vec![problem])?;
        if json.get("record").is_some() {
            return Record::from_json(&json);
        }
        let scenario = Scenario::from_json(json)?;
        Ok(Record::begin(Variant { label: scenario.title().to_owned(), scenario }))
    }

    /// A run of one variant at time zero, in which nothing was done yet.
    pub fn begin(variant: Variant) -> Record {
        let speed = variant.scenario.view().speed.unwrap_or(1.0);
        Record {
            variants: vec![variant],
            log: Vec::new(),
            now: SimTime::ZERO,
            horizon: SimTime::ZERO,
            speed: within(speed, SPEEDS.0, SPEEDS.1),
            playing: true,
        }
    }

    /// What a variant is after everything that was done to it.
    pub fn latest(&self, variant: usize) -> Option<Scenario> {
        let mut latest = self.variants.get(variant)?.scenario.clone();
        for TimedAction { action, .. } in &self.log {
            match action {
                Action::Edit { variant: only, scenario } if only.is_none_or(|only| only == variant) => {
                    latest = Scenario::clone(scenario);
                }
                // What it lacks does not concern it.
                Action::Set { variant: only, path, value }
                    if only.is_none_or(|only| only == variant) && latest.get(path).is_some() =>
                {
                    latest = latest.with(path, value).unwrap_or(latest);
                }
                _ => {}
            }
        }
        Some(latest)
    }

    /// What the variants are after everything that was done, at time zero.
    pub fn restarted(&self) -> Record {
        let variant = |(at, variant): (usize, &Variant)| {
            self.latest(at).map(|scenario| Variant { scenario, ..variant.clone() })
        };
        let variants = self.variants.iter().enumerate().filter_map(variant).collect();
        Record { variants, log: Vec::new(), now: SimTime::ZERO, horizon: SimTime::ZERO, ..*self }
    }

    /// As text for a file: the bare scenario where there is one and nothing was done to it, else the record.
    /// [`Record::read`] reads both.
    pub fn print(&self) -> String {
        match self.variants.as_slice() {
            [only] if self.log.is_empty() => only.scenario.json().pretty(),
            _ => self.to_json().pretty(),
        }
    }

    /// As a JSON value; [`Record::from_json`] reads it back.
    pub fn to_json(&self) -> Json {
        let variant = |variant: &Variant| {
            object([("label", variant.label.as_str().into()), ("scenario", variant.scenario.json().clone())])
        };
        object([
            ("record", VERSION.into()),
            ("variants", Json::Array(self.variants.iter().map(variant).collect())),
            ("log", Json::Array(self.log.iter().map(TimedAction::to_json).collect())),
            ("now", (self.now.0 as f64).into()),
            ("horizon", (self.horizon.0 as f64).into()),
            ("speed", self.speed.into()),
            ("playing", self.playing.into()),
        ])
    }

    /// Reads one. Parts that are left out: an empty log, time zero, speed 1, playing, and a horizon where the rest
    /// ends.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, fields that are not known included.
    pub fn from_json(json: &Json) -> Result<Record, Vec<Diagnostic>> {
        let mut reader = Reader { problems: Problems::default() };
        let record = reader.record(&Cursor::root(json));
        reader.problems.or(record)
    }
}

impl TimedAction {
    /// As a JSON value, see [`Record`].
    pub fn to_json(&self) -> Json {
        let mut entry = vec![("at", Json::Number(self.at.0 as f64))];
        match &self.action {
            Action::Set { variant, path, value } => {
                entry.extend([("set", path.as_str().into()), ("to", value.clone())]);
                entry.extend(variant.map(|variant| ("in", Json::Number(variant as f64))));
            }
            Action::Inject { fault, lasts } => {
                entry.push(("inject", fault.clone()));
                entry.extend(lasts.map(|lasts| ("for", Json::Number(lasts.0 as f64))));
            }
            Action::Heal { fault } => entry.push(("heal", fault.clone())),
            Action::Edit { variant, scenario } => {
                entry.push(("edit", scenario.json().clone()));
                entry.extend(variant.map(|variant| ("in", Json::Number(variant as f64))));
            }
            Action::Breaker { variant, between: (from, to), number, state } => {
                let between = Json::Array(vec![from.as_str().into(), to.as_str().into()]);
                entry.extend([("breaker", between), ("number", (*number as f64).into())]);
                entry.push(("to", state.key().into()));
                entry.extend(variant.map(|variant| ("in", Json::Number(variant as f64))));
            }
        }
        object(entry)
    }
}

fn object<'a>(members: impl IntoIterator<Item = (&'a str, Json)>) -> Json {
    Json::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// Reads a record.
struct Reader {
    problems: Problems,
}

impl Reader {
    fn record(&mut self, root: &Cursor) -> Record {
        const KNOWN: &[&str] = &["record", "variants", "log", "now", "horizon", "speed", "playing"];
        if root.json.get("record").and_then(Json::as_f64) != Some(VERSION) {
            self.problems.add("record", problem!("record.no-record"));
        }
        root.only(KNOWN, &mut self.problems);
        let now = SimTime(self.nanos(root, "now").unwrap_or(0));
        let speed = root.get("speed").map_or(1.0, |speed| speed.number(&mut self.problems));
        let playing = root.get("playing").is_none_or(|playing| playing.flag(&mut self.problems));
        let variants = self.variants(root);
        let log = self.log(root, variants.len());
        // However little of it is said: it has been as far as anything that is said.
        let last = log.last().map_or(now, |last| last.at.max(now));
        let horizon = SimTime(self.nanos(root, "horizon").unwrap_or(0)).max(last);
        Record { variants, log, now, horizon, speed: within(speed, SPEEDS.0, SPEEDS.1), playing }
    }

    fn variants(&mut self, root: &Cursor) -> Vec<Variant> {
        let given = root.must("variants", &mut self.problems);
        let given = given.map(|list| list.items(2, &mut self.problems)).unwrap_or_default();
        if given.is_empty() {
            self.problems.add("variants", problem!("record.no-variants"));
        }
        given.iter().filter_map(|variant| self.variant(variant)).collect()
    }

    fn variant(&mut self, here: &Cursor) -> Option<Variant> {
        here.only(&["label", "scenario"], &mut self.problems);
        let label = here.must("label", &mut self.problems)?.text(&mut self.problems).to_owned();
        let scenario = here.must("scenario", &mut self.problems)?;
        Some(Variant { label, scenario: self.scenario(&scenario)? })
    }

    fn scenario(&mut self, here: &Cursor) -> Option<Scenario> {
        match Scenario::from_json(here.json.clone()) {
            Ok(scenario) => Some(scenario),
            Err(found) => {
                self.problems.add_inside(&here.path, found);
                None
            }
        }
    }

    fn log(&mut self, root: &Cursor, variants: usize) -> Vec<TimedAction> {
        let given = root.get("log").map(|log| log.items(MOST_LOGGED, &mut self.problems)).unwrap_or_default();
        let mut log: Vec<TimedAction> = Vec::new();
        for entry in given {
            let at = SimTime(self.nanos(&entry, "at").unwrap_or(0));
            if log.last().is_some_and(|last| last.at > at) {
                self.problems.add(&entry.path, problem!("record.no-order"));
            }
            log.extend(self.action(&entry, variants).map(|action| TimedAction { at, action }));
        }
        log
    }

    fn action(&mut self, entry: &Cursor, variants: usize) -> Option<Action> {
        if let Some(parameter) = entry.json.get("set").and_then(Json::as_str) {
            entry.only(&["at", "set", "to", "in"], &mut self.problems);
            let variant = self.concerned(entry, variants);
            // Null is a value: it takes the parameter away.
            let Some(value) = entry.json.get("to").cloned() else {
                self.problems.add(&entry.path, problem!("record.set-to"));
                return None;
            };
            return Some(Action::Set { variant, path: parameter.to_owned(), value });
        }
        if let Some(fault) = entry.json.get("inject").cloned() {
            entry.only(&["at", "inject", "for"], &mut self.problems);
            return Some(Action::Inject { fault, lasts: self.nanos(entry, "for").map(SimDuration) });
        }
        if let Some(fault) = entry.json.get("heal").cloned() {
            entry.only(&["at", "heal"], &mut self.problems);
            return Some(Action::Heal { fault });
        }
        if let Some(scenario) = entry.get("edit") {
            entry.only(&["at", "edit", "in"], &mut self.problems);
            let variant = self.concerned(entry, variants);
            let scenario = self.scenario(&scenario)?;
            return Some(Action::Edit { variant, scenario: Arc::new(scenario) });
        }
        if let Some(between) = entry.get("breaker") {
            return self.breaker(entry, &between, variants);
        }
        self.problems.add(&entry.path, problem!("record.no-action"));
        None
    }

    /// Which variant an entry concerns, by place; none: all.
    fn concerned(&mut self, entry: &Cursor, variants: usize) -> Option<usize> {
        let variant = entry.json.get("in").map(|variant| variant.as_f64().unwrap_or(f64::NAN));
        if variant.is_some_and(|variant| !(0..variants).any(|at| at as f64 == variant)) {
            self.problems.add(&entry.path, problem!("record.no-variant"));
        }
        variant.map(|variant| variant as usize)
    }

    fn breaker(&mut self, entry: &Cursor, between: &Cursor, variants: usize) -> Option<Action> {
        entry.only(&["at", "breaker", "number", "to", "in"], &mut self.problems);
        let variant = self.concerned(entry, variants);
        let by_hand = [BreakerState::Closed, BreakerState::ForcedOpen, BreakerState::Disabled];
        let word = entry.json.get("to").and_then(Json::as_str);
        let state = by_hand.into_iter().find(|state| word == Some(state.key()));
        let number = entry.json.get("number").map_or(Some(0.0), Json::as_f64).filter(|number| *number >= 0.0);
        let ends = [0, 1].map(|at| between.json.items().get(at).and_then(Json::as_str).map(str::to_owned));
        let ([Some(from), Some(to)], Some(state), Some(number)) = (ends, state, number) else {
            self.problems.add(&entry.path, problem!("record.no-breaker"));
            return None;
        };
        Some(Action::Breaker { variant, between: (from, to), number: number as usize, state })
    }

    /// A field in whole nanoseconds; none where it is left out.
    fn nanos(&mut self, here: &Cursor, key: &str) -> Option<u64> {
        let given = here.get(key)?;
        let nanos =
            given.json.as_f64().filter(|nanos| (0.0..=LATEST as f64).contains(nanos) && *nanos % 1.0 == 0.0);
        if nanos.is_none() {
            self.problems.add(&given.path, problem!("record.no-instant"));
        }
        nanos.map(|nanos| nanos as u64)
    }
}
