//! Conditions: one small language over what was measured, for tasks, notes, predictions, quizzes and claims.
//!
//! ```text
//! condition  = either [ "for" duration ]
//! either     = both { "or" both }
//! both       = single { "and" single }
//! single     = "not" single | fact | sum ( "<" | "<=" | ">" | ">=" ) sum
//! sum        = product { ( "+" | "-" ) product }
//! product    = part { ( "*" | "/" ) part }
//! part       = number [ unit ] | "-" part | measure | "(" either or sum ")"
//! unit       = "/s" | "%" | "ms" | "s"
//! measure    = [ variant "." ] name [ "(" thing [ "," reason ] ")" ] [ stretch ]
//! fact       = [ variant "." ] ( "breaker(" a→b ")" state | "crashed(" service ")" | "broken(" node ")"
//!            | "rebalanced(" group ")" ) [ "over" duration ]
//! state      = "open" | "closed" | "half-open" | "opened" | "reclosed" | "half-opened"
//! stretch    = "over" duration | "in total" | "within" duration ( "after" | "before" ) moment
//! moment     = ( "fault" | "repair" ) [ "(" node ")" ]
//! variant    = "A" | "B"
//! ```
//!
//! `goodput(web) > 90/s for 20s` · `breaker(gateway→payment) opened` · `p99(web) within 5s after fault < 500ms` ·
//! `A.goodput / B.goodput < 20%` · `lag(billing@clicks) > 1000 or crashed(billing)`.
//!
//! **Measures** are those of the table of metrics (see [`measures`](crate::telemetry::measures)), each of one kind of
//! thing, and `p50`, `p95`, `p99` of a client, `lag` of a group and `ledger`. What happens is counted per second, latencies are
//! percentiles over all answers of the stretch, the rest are means. A measure is taken over the last second; `over 10s`
//! takes ten, `in total` counts since the run (or the step) began, `within 5s after fault` takes the five seconds after
//! the latest fault that set in, once they are over, `before` those before it; `repair` is the end of a fault, and a
//! node in parentheses says of which. All stretches are whole windows of half a second; at most 600 s are kept.
//!
//! **Things**: a node by its id; the calls between two by `a→b` or `a->b`; a group of a log by `group@log`, a saga or a
//! window step by `operation@node` (without the `@` where that is clear); a client with a reason after a comma
//! (`failed(web, timeout)`); `ledger(lost)` for all messages together. It may be left out where only one node has the
//! measure, or the scenario's `view.primary` has it. The **variant** may be left out where there is one variant, the step
//! shows one, or only one has the thing.
//!
//! **Facts**: `open`, `closed` and `half-open` say how a circuit breaker stands, `opened`, `reclosed` and `half-opened`
//! that it has turned so since the run began, or in the last seconds that `over` gives (with several breakers between
//! two nodes: any of them). `crashed`: no replica of the service is up. `broken`: a fault that concerns the node is on.
//! `rebalanced`: the group's partitions were shared out anew, its first assignment apart.
//!
//! **Units** are checked: times are compared with times, and a share is written `90%` or `0.9`. A count divided by a
//! rate is a time (`depth(orders) / acked(orders) > 8s`), two of a kind give a ratio.
//!
//! What was not measured (no answer, so no latency) makes a comparison neither true nor false, `not` included; a
//! condition that is not true does not hold. Only closed windows count, so it is up to half a second behind. `for` is
//! about the whole condition: it must have held at the end of every window of that time.

mod measure;
mod measurements;
mod names;
mod subject;
mod syntax;
mod unit;
mod value;
mod words;

pub use measurements::Measurements;
pub use syntax::{Misread, Scope};
pub use unit::Unit;

use crate::base::{SimDuration, SimTime};
use value::{Moment, Span, Test, Value};

/// A condition over what was measured.
///
/// ```
/// use std::sync::Arc;
///
/// use cascade::base::SimTime;
/// use cascade::engine::Simulation;
/// use cascade::lesson::{Condition, Measurements, Scope};
/// use cascade::scenario::Scenario;
/// use cascade::telemetry::Telemetry;
///
/// let text = r#"{ "schema": 1, "nodes": {
///     "web": { "kind": "client", "arrivals": { "constant": { "rate": 20 } },
///              "operation": [ { "call": { "to": "app" } } ] },
///     "app": { "kind": "service", "operations": { "default": [ { "work": "10ms" } ] } } } }"#;
/// let plan = Arc::new(Scenario::read(text).and_then(|scenario| scenario.plan()).expect("a good scenario"));
/// let scope = Scope { variants: vec![(&plan, None)], variant: None };
/// let condition = Condition::read("goodput(web) > 19/s for 5s", &scope).expect("a good condition");
///
/// let mut telemetry = Telemetry::new(&plan);
/// let mut simulation = Simulation::new(Arc::clone(&plan));
/// simulation.run_until(SimTime::from_secs(10.0), &mut telemetry);
/// telemetry.advance(simulation.now());
/// assert!(condition.holds(&[Measurements::of(&telemetry)], simulation.now()));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Condition {
    test: Test,
    lasting: SimDuration,
}

/// A number out of what was measured, such as what a prediction asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    value: Value,
    /// What it is a number of.
    pub unit: Unit,
}

/// Over what time a quantity is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// The last so long.
    Last(SimDuration),
    /// Since the step opened.
    All,
}

impl Condition {
    /// Reads a condition about the variants of `scope`.
    pub fn read(text: &str, scope: &Scope) -> Result<Condition, Misread> {
        let (test, lasting) = syntax::condition(text, scope)?;
        Ok(Condition { test, lasting })
    }

    /// How far it is fulfilled at `now`: 1 where it holds and has held for as long as it asks, else the share of
    /// that time. Nothing before `since` counts.
    pub fn progress(&self, variants: &[Measurements], since: SimTime, now: SimTime) -> f64 {
        let closed = variants
            .first()
            .and_then(|variant| variant.windows.last())
            .map_or(SimTime::ZERO, |last| last.end);
        let now = now.min(closed);
        let holds_at = |now| self.test.holds(Moment { variants, since, now }) == Some(true);
        if now < since || !holds_at(now) {
            return 0.0;
        }
        if self.lasting == SimDuration::ZERO {
            return 1.0;
        }
        let begin = since.max(SimTime(now.0.saturating_sub(self.lasting.0)));
        let mut held_from = now;
        if let Some(variant) = variants.first() {
            for window in variant.windows.iter().rev().filter(|w| w.start < now) {
                if window.start < begin {
                    held_from = begin;
                    break;
                }
                if !holds_at(window.start) {
                    break;
                }
                held_from = window.start;
            }
        }
        (now.since(held_from).as_secs() / self.lasting.as_secs()).min(1.0)
    }

    /// Whether it holds at `now`, for as long as it asks.
    pub fn holds(&self, variants: &[Measurements], now: SimTime) -> bool {
        self.progress(variants, SimTime::ZERO, now) >= 1.0
    }
}

impl Quantity {
    /// Reads a number about the variants of `scope`, written as one side of a comparison.
    pub fn read(text: &str, scope: &Scope) -> Result<Quantity, Misread> {
        let (value, unit) = syntax::quantity(text, scope)?;
        Ok(Quantity { value, unit })
    }

    /// Whether it can be compared with another.
    pub fn goes_with(&self, other: &Quantity) -> bool {
        self.unit.with(other.unit).is_some()
    }

    /// Over what time it is taken; none where its parts are taken over different times.
    pub fn over(&self) -> Option<Over> {
        let spans = self.value.spans();
        let first = *spans.first()?;
        match first {
            Span::Last(length) if spans.iter().all(|span| *span == first) => Some(Over::Last(length)),
            Span::Total if spans.iter().all(|span| *span == first) => Some(Over::All),
            _ => None,
        }
    }

    /// What it is at `now`; none where it was not measured.
    pub fn value(&self, variants: &[Measurements], since: SimTime, now: SimTime) -> Option<f64> {
        self.value.at(Moment { variants, since, now })
    }
}

#[cfg(test)]
mod tests;
