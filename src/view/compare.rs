//! Two lanes beside each other: who does better, at what, by how much.

use super::chart::Unit;
use super::words::compare as said;
use super::{format, reading};
use crate::session::Session;

/// Over so many of the last closed windows.
const WINDOWS: usize = 20;

/// Values nearer to each other than this share are called equal.
const EQUAL: f64 = 0.05;

/// The differences of two lanes over the last seconds.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Over how many of the last simulated seconds.
    pub seconds: f64,
    /// What is compared.
    pub rows: Vec<Difference>,
}

/// One thing in which two lanes may differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// What.
    pub what: &'static str,
    /// A's and B's value with their unit.
    pub values: [String; 2],
    /// Which lane does better, 0 for A; none where they are equal or one has no value.
    pub better: Option<usize>,
    /// By how much: a ratio ("×3.1"), or the difference where one of them is zero; empty where nobody is better.
    pub by: String,
}

/// What a comparison is of: "The last 5 s".
pub fn over_the_last(seconds: f64) -> String {
    format::string(|out| {
        out.push_str(said::LAST);
        format::duration(out, crate::base::SimDuration::from_secs(seconds));
    })
}

/// Compares the first two lanes; none where there is only one.
pub fn compare(session: &Session) -> Option<Comparison> {
    let [a, b, ..] = session.lanes() else {
        return None;
    };
    let sums = [a, b].map(|lane| reading::last(lane, WINDOWS, None));
    let [first, second] = &sums;
    let both = |value: fn(&reading::Sum) -> f64| [value(first), value(second)];
    let latency = |which: usize| {
        [first, second].map(|sum| sum.percentile(which).map_or(f64::NAN, |length| length.as_secs()))
    };
    let rows = vec![
        difference(said::GOODPUT, Unit::PerSecond, both(|sum| sum.rate(sum.good)), true),
        difference(said::FAILED, Unit::PerSecond, both(|sum| sum.rate(sum.failed)), false),
        difference(said::P50, Unit::Seconds, latency(0), false),
        difference(said::P99, Unit::Seconds, latency(2), false),
        difference(said::BLOCKED, Unit::Count, both(reading::Sum::blocked), false),
        difference(said::WASTED, Unit::PerSecond, both(|sum| sum.rate(sum.wasted)), false),
    ];
    Some(Comparison { seconds: first.length.as_secs().max(second.length.as_secs()), rows })
}

/// `more` says that the greater value is the better one. A value that is no number stands for none.
fn difference(what: &'static str, unit: Unit, values: [f64; 2], more: bool) -> Difference {
    let [a, b] = values;
    let texts = values.map(|value| format::string(|out| unit.write(out, value)));
    let (least, most) = (a.min(b), a.max(b));
    let differ = a.is_finite() && b.is_finite() && most - least > EQUAL * most;
    let better = differ.then(|| usize::from((b > a) == more));
    let by = match better {
        None => String::new(),
        Some(_) if least > 0.0 => {
            let mut by = said::TIMES.to_owned();
            format::number(&mut by, most / least);
            by
        }
        Some(_) => format::string(|out| unit.write(out, most - least)),
    };
    Difference { what, values: texts, better, by }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(values: [f64; 2], more: bool, better: Option<usize>, by: &str) {
        let row = difference("x", Unit::PerSecond, values, more);
        assert_eq!((row.better, row.by.as_str()), (better, by), "{values:?}");
    }

    #[test]
    fn the_better_lane_is_named_with_how_much() {
        check([9.0, 90.0], true, Some(1), "×10");
        check([9.0, 90.0], false, Some(0), "×10");
        check([0.0, 97.0], true, Some(1), "97/s");
        check([50.0, 51.0], true, None, "");
        check([0.0, 0.0], false, None, "");
        check([f64::NAN, 3.0], false, None, "");
    }
}
