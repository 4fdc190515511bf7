//! Values and tests as trees, and what they come to at an instant.

use crate::base::{NodeIx, SimDuration, SimTime};
use crate::observation::BreakerState;
use crate::telemetry::Window;

use super::measure::{Measure, Stretch};
use super::measurements::Measurements;

/// When and over what a condition is asked.
#[derive(Clone, Copy)]
pub(super) struct Moment<'a> {
    pub variants: &'a [Measurements<'a>],
    /// Nothing before it counts.
    pub since: SimTime,
    pub now: SimTime,
}

/// A number.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Number(f64),
    Measured { variant: usize, measure: Measure, span: Span },
    Joined(Sign, Box<(Value, Value)>),
}

/// How two numbers are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Plus,
    Minus,
    Times,
    Over,
}

/// Over what time a measure is taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Span {
    /// The last so long.
    Last(SimDuration),
    /// From the beginning, as a total.
    Total,
    /// So long after (or before) the latest fault set in (or ended), of any node or of one.
    Around { length: SimDuration, after: bool, began: bool, node: Option<NodeIx> },
}

/// Something that is so or not.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Test {
    Compare(Relation, Box<(Value, Value)>),
    Fact { variant: usize, fact: Fact, over: Option<SimDuration> },
    Not(Box<Test>),
    All(Vec<Test>),
    Any(Vec<Test>),
}

/// How two numbers are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    Below,
    AtMost,
    Above,
    AtLeast,
}

/// Something that observations tell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fact {
    /// One of these breakers stands so.
    Stands(Vec<usize>, BreakerState),
    /// One of these events happened; the first window apart where that is no news.
    Happened { events: Vec<Event>, first_counts: bool },
    /// No replica of the service is up.
    Crashed(usize),
    /// A fault that concerns the node is on.
    Broken(NodeIx),
}

/// Something that happens at an instant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Event {
    /// A circuit breaker turned into this state.
    Turned(usize, BreakerState),
    /// A group's partitions were shared out anew.
    Rebalanced(usize),
}

impl Default for Test {
    /// Holds always.
    fn default() -> Test {
        Test::All(Vec::new())
    }
}

impl Value {
    /// The spans over which its measures are taken.
    pub fn spans(&self) -> Vec<Span> {
        match self {
            Value::Number(_) => Vec::new(),
            Value::Measured { span, .. } => vec![*span],
            Value::Joined(_, sides) => [sides.0.spans(), sides.1.spans()].concat(),
        }
    }

    pub fn at(&self, moment: Moment) -> Option<f64> {
        match self {
            Value::Number(number) => Some(*number),
            Value::Measured { variant, measure, span } => {
                let variant = moment.variants.get(*variant)?;
                measure.value(&variant.windows, span.stretch(variant, moment)?)
            }
            Value::Joined(sign, sides) => {
                let (left, right) = (sides.0.at(moment)?, sides.1.at(moment)?);
                match sign {
                    Sign::Plus => Some(left + right),
                    Sign::Minus => Some(left - right),
                    Sign::Times => Some(left * right),
                    Sign::Over => (right != 0.0).then(|| left / right),
                }
            }
        }
    }
}

impl Span {
    fn stretch(self, variant: &Measurements, moment: Moment) -> Option<Stretch> {
        let Moment { since, now, .. } = moment;
        let back = |to: SimTime, length: SimDuration| SimTime(to.0.saturating_sub(length.0));
        match self {
            Span::Last(length) => Some(Stretch { from: back(now, length), to: now, per_second: true }),
            Span::Total => Some(Stretch { from: since, to: now, per_second: false }),
            Span::Around { length, after, began, node } => {
                let mut own = variant.marks.iter().rev().filter(|mark| {
                    mark.began == began && mark.at <= now && node.is_none_or(|node| node == mark.node)
                });
                let at = own.next()?.at;
                let (from, to) = if after { (at, at + length) } else { (back(at, length), at) };
                (to <= now).then_some(Stretch { from, to, per_second: true })
            }
        }
    }
}

impl Test {
    /// Whether it is so; none where that was not measured.
    pub fn holds(&self, moment: Moment) -> Option<bool> {
        match self {
            Test::Compare(relation, sides) => {
                let (left, right) = (sides.0.at(moment)?, sides.1.at(moment)?);
                Some(match relation {
                    Relation::Below => left < right,
                    Relation::AtMost => left <= right,
                    Relation::Above => left > right,
                    Relation::AtLeast => left >= right,
                })
            }
            Test::Fact { variant, fact, over } => fact.holds(moment.variants.get(*variant)?, moment, *over),
            Test::Not(test) => test.holds(moment).map(|holds| !holds),
            Test::All(tests) => each(tests, moment, false),
            Test::Any(tests) => each(tests, moment, true),
        }
    }
}

/// `wanted` if any test is; none if that is not known.
fn each(tests: &[Test], moment: Moment, wanted: bool) -> Option<bool> {
    let mut known = true;
    for test in tests {
        match test.holds(moment) {
            Some(holds) if holds == wanted => return Some(wanted),
            Some(_) => {}
            None => known = false,
        }
    }
    known.then_some(!wanted)
}

impl Fact {
    fn holds(&self, variant: &Measurements, moment: Moment, over: Option<SimDuration>) -> Option<bool> {
        let now = moment.now;
        let last = || variant.windows.iter().rev().find(|window| window.end <= now);
        match self {
            Fact::Stands(breakers, state) => {
                let stand = &last()?.breaker_states;
                Some(breakers.iter().any(|at| stand.get(*at).is_some_and(|now| same(*now, *state))))
            }
            Fact::Happened { events, first_counts } => {
                let from = over.map_or(moment.since, |over| SimTime(now.0.saturating_sub(over.0)));
                let mut inside = variant.windows.iter().filter(|window| {
                    window.end > from && window.end <= now && (*first_counts || window.start > SimTime::ZERO)
                });
                Some(inside.any(|window| events.iter().any(|event| event.is_in(window))))
            }
            Fact::Crashed(service) => Some(last()?.services.get(*service)?.workers == 0),
            Fact::Broken(node) => {
                let own = variant.marks.iter().filter(|mark| mark.node == *node && mark.at <= now);
                let on: i32 = own.map(|mark| if mark.began { 1 } else { -1 }).sum();
                Some(on > 0)
            }
        }
    }
}

impl Event {
    /// Whether it happened in a window.
    fn is_in(self, window: &Window) -> bool {
        let count = match self {
            Event::Turned(breaker, state) => window.breakers.get(breaker).map(|count| match state {
                BreakerState::Open | BreakerState::ForcedOpen => count.opened,
                BreakerState::HalfOpen => count.half_opened,
                BreakerState::Closed | BreakerState::Disabled => count.closed,
            }),
            Event::Rebalanced(group) => window.groups.get(group).map(|count| count.rebalances),
        };
        count.is_some_and(|count| count > 0)
    }
}

/// Held open is open, and a breaker that is disabled lets all through, as a closed one does.
fn same(stands: BreakerState, asked: BreakerState) -> bool {
    let plain = match stands {
        BreakerState::ForcedOpen => BreakerState::Open,
        BreakerState::Disabled => BreakerState::Closed,
        other => other,
    };
    plain == asked
}
