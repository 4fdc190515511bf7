//! Conditions: a tiny language over what was measured, for tasks, notes and claims.

use crate::base::{SimDuration, SimTime, parse_duration};
use crate::scenario::{Json, Plan};
use crate::telemetry::{Window, Windows};

use super::measure::Measure;

/// Over how much time a measure is taken where nothing is said.
const DEFAULT_SPAN: SimDuration = SimDuration::from_millis(1000);

/// What a condition is evaluated over: what was measured of one lane.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneNumbers<'a> {
    /// Its closed windows, oldest first.
    pub windows: Vec<&'a Window>,
}

impl<'a> LaneNumbers<'a> {
    /// The closed windows of a lane's telemetry.
    pub fn of(windows: &'a Windows) -> LaneNumbers<'a> {
        LaneNumbers { windows: windows.closed().collect() }
    }
}

/// A condition over what was measured.
///
/// ```text
/// condition = clause { "and" clause } [ "for" duration ]
/// clause    = value ( "<" | "<=" | ">" | ">=" ) side
/// side      = number [ "%" | "ms" | "s" ] | [ number "*" ] value
/// value     = lane "." measure "(" node [ "," reason ] ")" [ "over" duration ]
/// lane      = "A" | "B"
/// ```
///
/// `B.goodput(web) > 90 for 10s`, `A.failed(web, timeout) over 5s > 0.5 * A.offered(web) over 5s`. The measures are
/// listed in [`MEASURES`](super::MEASURES); each is taken over the last second unless `over` says otherwise. A
/// comparison with something that was not measured (no answer, so no latency) does not hold. Only closed windows
/// count, so a condition is up to one window behind. With `for`, it must have held at the end of every window of
/// the time before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Condition {
    clauses: Vec<Clause>,
    lasting: SimDuration,
}

#[derive(Clone, Debug, PartialEq)]
struct Clause {
    left: Value,
    relation: Relation,
    right: Side,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Relation {
    Below,
    AtMost,
    Above,
    AtLeast,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Side {
    Number(f64),
    Scaled(f64, Value),
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Value {
    lane: usize,
    measure: Measure,
    span: SimDuration,
}

impl Condition {
    /// Reads a condition about the variants whose plans are given, A first. The error is a sentence.
    pub fn read(text: &str, plans: &[&Plan]) -> Result<Condition, String> {
        let mut reader = Reader { rest: text, plans };
        let mut clauses = vec![reader.clause()?];
        while reader.word("and") {
            clauses.push(reader.clause()?);
        }
        let lasting = if reader.word("for") { reader.duration()? } else { SimDuration::ZERO };
        match reader.rest.trim() {
            "" => Ok(Condition { clauses, lasting }),
            rest => {
                Err(["\"", rest, "\" is left over; a condition reads \"B.goodput(web) > 90 for 10s\""]
                    .concat())
            }
        }
    }

    /// How far it is fulfilled at `now`: 1 where it holds and has held for as long as it asks, else the share of
    /// that time. Nothing before `since` counts.
    pub fn progress(&self, lanes: &[LaneNumbers], since: SimTime, now: SimTime) -> f64 {
        let closed =
            lanes.first().and_then(|lane| lane.windows.last()).map_or(SimTime::ZERO, |last| last.end);
        let now = now.min(closed);
        if now < since || !self.holds_at(lanes, now) {
            return 0.0;
        }
        if self.lasting == SimDuration::ZERO {
            return 1.0;
        }
        let begin = since.max(SimTime(now.0.saturating_sub(self.lasting.0)));
        let mut held_from = now;
        if let Some(lane) = lanes.first() {
            for window in lane.windows.iter().rev().filter(|w| w.start < now) {
                if window.start < begin {
                    held_from = begin;
                    break;
                }
                if !self.holds_at(lanes, window.start) {
                    break;
                }
                held_from = window.start;
            }
        }
        (now.since(held_from).as_secs() / self.lasting.as_secs()).min(1.0)
    }

    /// Whether it holds at `now`, for as long as it asks.
    pub fn holds(&self, lanes: &[LaneNumbers], now: SimTime) -> bool {
        self.progress(lanes, SimTime::ZERO, now) >= 1.0
    }

    fn holds_at(&self, lanes: &[LaneNumbers], now: SimTime) -> bool {
        self.clauses.iter().all(|clause| clause.holds(lanes, now))
    }
}

impl Clause {
    fn holds(&self, lanes: &[LaneNumbers], now: SimTime) -> bool {
        let left = self.left.at(lanes, now);
        let right = match self.right {
            Side::Number(number) => Some(number),
            Side::Scaled(factor, value) => value.at(lanes, now).map(|value| factor * value),
        };
        let (Some(left), Some(right)) = (left, right) else { return false };
        match self.relation {
            Relation::Below => left < right,
            Relation::AtMost => left <= right,
            Relation::Above => left > right,
            Relation::AtLeast => left >= right,
        }
    }
}

impl Value {
    fn at(self, lanes: &[LaneNumbers], now: SimTime) -> Option<f64> {
        self.measure.value(&lanes.get(self.lane)?.windows, now, self.span)
    }
}

/// What is still to be read.
struct Reader<'a> {
    rest: &'a str,
    plans: &'a [&'a Plan],
}

impl<'a> Reader<'a> {
    fn clause(&mut self) -> Result<Clause, String> {
        let left = self.value()?;
        let relation = if self.sign("<=") {
            Relation::AtMost
        } else if self.sign(">=") {
            Relation::AtLeast
        } else if self.sign("<") {
            Relation::Below
        } else if self.sign(">") {
            Relation::Above
        } else {
            return Err(self.expected("<, <=, > or >="));
        };
        Ok(Clause { left, relation, right: self.side()? })
    }

    fn side(&mut self) -> Result<Side, String> {
        let digits = self.take(|c| c.is_ascii_digit() || c == '.');
        if digits.is_empty() {
            return Ok(Side::Scaled(1.0, self.value()?));
        }
        let Ok(Json::Number(number)) = Json::parse(digits) else {
            return Err(["\"", digits, "\" is not a number"].concat());
        };
        if self.sign("*") {
            return Ok(Side::Scaled(number, self.value()?));
        }
        Ok(Side::Number(if self.sign("%") {
            number / 100.0
        } else if self.word("ms") {
            number / 1000.0
        } else {
            self.word("s");
            number
        }))
    }

    fn value(&mut self) -> Result<Value, String> {
        let lane = match self.name() {
            "A" => 0,
            "B" => 1,
            _ => return Err(self.expected("a variant and a measure, such as \"A.goodput(web)\",")),
        };
        let Some(plan) = self.plans.get(lane) else { return Err("there is no variant B".to_owned()) };
        self.must(".")?;
        let name = self.name();
        self.must("(")?;
        let node = self.name();
        let reason = if self.sign(",") { Some(self.name()) } else { None };
        self.must(")")?;
        let measure = Measure::named(name, node, reason, plan)?;
        let span = if self.word("over") { self.duration()? } else { DEFAULT_SPAN };
        if span == SimDuration::ZERO {
            return Err("a measure over no time has no value".to_owned());
        }
        Ok(Value { lane, measure, span })
    }

    fn duration(&mut self) -> Result<SimDuration, String> {
        parse_duration(self.take(|c| c.is_ascii_alphanumeric() || c == '.'))
    }

    fn name(&mut self) -> &'a str {
        self.take(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    }

    fn take(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let text = self.rest.trim_start();
        let end = text.find(|c| !wanted(c)).unwrap_or(text.len());
        self.rest = &text[end..];
        &text[..end]
    }

    /// Reads a word, if it is the next one as a whole.
    fn word(&mut self, word: &str) -> bool {
        let before = self.rest;
        let found = self.name() == word;
        if !found {
            self.rest = before;
        }
        found
    }

    fn sign(&mut self, sign: &str) -> bool {
        match self.rest.trim_start().strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn must(&mut self, sign: &str) -> Result<(), String> {
        if self.sign(sign) { Ok(()) } else { Err(self.expected(sign)) }
    }

    fn expected(&self, what: &str) -> String {
        let found = if self.rest.trim().is_empty() { "the end" } else { self.rest.trim() };
        ["expected ", what, " before \"", found, "\""].concat()
    }
}

#[cfg(test)]
#[path = "condition_tests.rs"]
mod tests;
