//! A record: a run as what it began as and what was done to it, to be kept, sent and run again.

use super::lane::Start;
use super::{Action, Logged, MOST_LOGGED, SPEEDS, Session, Variant, words};
use crate::base::{Diagnostic, Json, SimDuration, SimTime, Wording, within};
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
/// `"set": path, "to": value, "in": lane?`, or `"inject": fault, "for": length?`, or `"heal": fault`, or
/// `"breaker": [caller, callee], "number": n, "to": state, "in": lane?`. One or two variants, at most [`MOST_LOGGED`]
/// entries, in order of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// What the lanes began as, A first.
    pub variants: Vec<Variant>,
    /// What was done, in order.
    pub log: Vec<Logged>,
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
    /// errors; what concerns no lane is left out.
    pub fn replay(
        variants: Vec<Variant>,
        log: Vec<Logged>,
        until: SimTime,
    ) -> Result<Session, Vec<Diagnostic>> {
        let mut session = Session::new(variants, 1.0)?;
        for (number, Logged { at, action }) in log.into_iter().enumerate() {
            if at > until {
                break;
            }
            session.run_until(at);
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
    /// As a JSON value; [`Record::from_json`] reads it back.
    pub fn to_json(&self) -> Json {
        let variant = |variant: &Variant| {
            object([("label", variant.label.as_str().into()), ("scenario", variant.scenario.json().clone())])
        };
        object([
            ("record", VERSION.into()),
            ("variants", Json::Array(self.variants.iter().map(variant).collect())),
            ("log", Json::Array(self.log.iter().map(Logged::to_json).collect())),
            ("now", (self.now.0 as f64).into()),
            ("horizon", (self.horizon.0 as f64).into()),
            ("speed", self.speed.into()),
            ("playing", self.playing.into()),
        ])
    }

    /// Reads one; every diagnostic at once where it is none. Parts that are left out: an empty log, time zero, speed 1,
    /// playing, and a horizon where the rest ends. What is not known is an error too.
    pub fn from_json(json: &Json) -> Result<Record, Vec<Diagnostic>> {
        let mut reader = Reader { problems: Vec::new() };
        let record = reader.record(json);
        if reader.problems.is_empty() { Ok(record) } else { Err(reader.problems) }
    }
}

impl Logged {
    /// As a JSON value, see [`Record`].
    pub fn to_json(&self) -> Json {
        let mut entry = vec![("at", Json::Number(self.at.0 as f64))];
        match &self.action {
            Action::Set { lane, path, value } => {
                entry.extend([("set", path.as_str().into()), ("to", value.clone())]);
                entry.extend(lane.map(|lane| ("in", Json::Number(lane as f64))));
            }
            Action::Inject { fault, lasts } => {
                entry.push(("inject", fault.clone()));
                entry.extend(lasts.map(|lasts| ("for", Json::Number(lasts.0 as f64))));
            }
            Action::Heal { fault } => entry.push(("heal", fault.clone())),
            Action::Breaker { lane, between: (from, to), number, state } => {
                let between = Json::Array(vec![from.as_str().into(), to.as_str().into()]);
                entry.extend([("breaker", between), ("number", (*number as f64).into())]);
                entry.push(("to", state.key().into()));
                entry.extend(lane.map(|lane| ("in", Json::Number(lane as f64))));
            }
        }
        object(entry)
    }
}

fn object<'a>(members: impl IntoIterator<Item = (&'a str, Json)>) -> Json {
    Json::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// Reads a record and gathers what is wrong with it.
struct Reader {
    problems: Vec<Diagnostic>,
}

impl Reader {
    fn wrong(&mut self, path: &str, problem: &Wording, parts: &[&str]) {
        self.problems.push(Diagnostic::new(path, problem, parts));
    }

    fn record(&mut self, json: &Json) -> Record {
        const KNOWN: &[&str] = &["record", "variants", "log", "now", "horizon", "speed", "playing"];
        if json.get("record").and_then(Json::as_f64) != Some(VERSION) {
            self.wrong("record", &words::NO_RECORD, &[]);
        }
        self.known("", json, KNOWN);
        let now = SimTime(self.nanos("now", json.get("now")).unwrap_or(0));
        let speed = json.get("speed").map_or(Some(1.0), Json::as_f64);
        if speed.is_none() {
            self.wrong("speed", &words::NO_SPEED, &[]);
        }
        let playing = match json.get("playing") {
            None => true,
            Some(Json::Bool(playing)) => *playing,
            Some(_) => {
                self.wrong("playing", &words::NO_TRUTH, &[]);
                false
            }
        };
        let variants = self.variants(json);
        let log = self.log(json, variants.len());
        // However little of it is said: it has been as far as anything that is said.
        let last = log.last().map_or(now, |last| last.at.max(now));
        let horizon = SimTime(self.nanos("horizon", json.get("horizon")).unwrap_or(0)).max(last);
        let speed = within(speed.unwrap_or(1.0), SPEEDS.0, SPEEDS.1);
        Record { variants, log, now, horizon, speed, playing }
    }

    fn variants(&mut self, json: &Json) -> Vec<Variant> {
        let given = json.get("variants").map_or(&[][..], Json::items);
        if !(1..=2).contains(&given.len()) {
            self.wrong("variants", &words::NO_VARIANTS, &[]);
            return Vec::new();
        }
        let mut variants = Vec::new();
        for (at, variant) in given.iter().enumerate() {
            let path = format!("variants[{at}]");
            self.known(&path, variant, &["label", "scenario"]);
            let Some(label) = variant.get("label").and_then(Json::as_str) else {
                self.wrong(&path, &words::NO_LABEL, &[]);
                continue;
            };
            match Scenario::from_json(variant.get("scenario").cloned().unwrap_or(Json::Null)) {
                Ok(scenario) => variants.push(Variant { label: label.to_owned(), scenario }),
                Err(problems) => self.problems.extend(problems.into_iter().map(|problem| Diagnostic {
                    path: format!("{path}.scenario.{}", problem.path),
                    ..problem
                })),
            }
        }
        variants
    }

    fn log(&mut self, json: &Json, lanes: usize) -> Vec<Logged> {
        let given = match json.get("log") {
            None => &[][..],
            Some(Json::Array(items)) if items.len() <= MOST_LOGGED => items,
            Some(_) => {
                self.wrong("log", &words::NO_LOG, &[&MOST_LOGGED.to_string()]);
                return Vec::new();
            }
        };
        let mut log: Vec<Logged> = Vec::new();
        for (number, entry) in given.iter().enumerate() {
            let path = format!("log[{number}]");
            let at = SimTime(self.nanos(&path, entry.get("at")).unwrap_or(0));
            if log.last().is_some_and(|last| last.at > at) {
                self.wrong(&path, &words::NO_ORDER, &[]);
            }
            log.extend(self.action(&path, entry, lanes).map(|action| Logged { at, action }));
        }
        log
    }

    fn action(&mut self, path: &str, entry: &Json, lanes: usize) -> Option<Action> {
        if let Some(parameter) = entry.get("set").and_then(Json::as_str) {
            self.known(path, entry, &["at", "set", "to", "in"]);
            let lane = self.lane(path, entry, lanes);
            let Some(value) = entry.get("to").cloned() else {
                self.wrong(path, &words::SET_TO, &[]);
                return None;
            };
            return Some(Action::Set { lane, path: parameter.to_owned(), value });
        }
        if let Some(fault) = entry.get("inject").cloned() {
            self.known(path, entry, &["at", "inject", "for"]);
            let lasts = entry.get("for").and_then(|lasts| self.nanos(path, Some(lasts)));
            return Some(Action::Inject { fault, lasts: lasts.map(SimDuration) });
        }
        if let Some(fault) = entry.get("heal").cloned() {
            self.known(path, entry, &["at", "heal"]);
            return Some(Action::Heal { fault });
        }
        if let Some(between) = entry.get("breaker") {
            return self.breaker(path, entry, between, lanes);
        }
        self.wrong(path, &words::NO_ACTION, &[]);
        None
    }

    /// Which lane an entry concerns; none: all.
    fn lane(&mut self, path: &str, entry: &Json, lanes: usize) -> Option<usize> {
        let lane = entry.get("in").map(|lane| lane.as_f64().unwrap_or(f64::NAN));
        if lane.is_some_and(|lane| !(0..lanes).any(|at| at as f64 == lane)) {
            self.wrong(path, &words::NO_VARIANT, &[]);
        }
        lane.map(|lane| lane as usize)
    }

    fn breaker(&mut self, path: &str, entry: &Json, between: &Json, lanes: usize) -> Option<Action> {
        self.known(path, entry, &["at", "breaker", "number", "to", "in"]);
        let lane = self.lane(path, entry, lanes);
        let by_hand = [BreakerState::Closed, BreakerState::ForcedOpen, BreakerState::Disabled];
        let word = entry.get("to").and_then(Json::as_str);
        let state = by_hand.into_iter().find(|state| word == Some(state.key()));
        let number = entry.get("number").map_or(Some(0.0), Json::as_f64).filter(|number| *number >= 0.0);
        let ends = [0, 1].map(|at| between.items().get(at).and_then(Json::as_str).map(str::to_owned));
        let ([Some(from), Some(to)], Some(state), Some(number)) = (ends, state, number) else {
            self.wrong(path, &words::NO_BREAKER, &[]);
            return None;
        };
        Some(Action::Breaker { lane, between: (from, to), number: number as usize, state })
    }

    /// Whole nanoseconds; nothing is nothing.
    fn nanos(&mut self, path: &str, json: Option<&Json>) -> Option<u64> {
        let given = json?;
        let nanos =
            given.as_f64().filter(|nanos| (0.0..=LATEST as f64).contains(nanos) && *nanos % 1.0 == 0.0);
        if nanos.is_none() {
            self.wrong(path, &words::NO_INSTANT, &[]);
        }
        nanos.map(|nanos| nanos as u64)
    }

    fn known(&mut self, path: &str, json: &Json, known: &[&str]) {
        if !matches!(json, Json::Object(_)) {
            return self.wrong(path, &words::NO_OBJECT, &[]);
        }
        for (key, _) in json.members() {
            if !known.contains(&key.as_str()) {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                self.wrong(&path, &words::UNKNOWN, &[&known.join(", ")]);
            }
        }
    }
}
