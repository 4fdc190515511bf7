//! Two variants beside each other: who does better, at what, by how much, and whether that is more than chance.
//!
//! Every figure is one of the table of metrics, or a percentile over all answers of the stretch: what the cards, the
//! charts, the lessons and the command line say of the same stretch. How chance is told from a difference is in
//! `chance`, and in docs/decisions/09-comparing-two-runs.md.

mod chance;
pub(crate) mod rows;
mod sentence;
#[cfg(test)]
mod tests;

use self::rows::{Compared, ROWS, Row};
use crate::base::{Number, SimDuration, SimTime, format};
use crate::session::{Lane, Session};
use crate::telemetry::Window;

/// The last stretch has so many windows: ten seconds.
const LAST: usize = 20;

/// Values nearer to each other than this share are called equal.
const EQUAL: f64 = 0.05;

/// Over what two variants are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stretch {
    /// The last ten seconds.
    #[default]
    Last,
    /// The run from its beginning, as far back as windows are kept.
    Whole,
}

/// The differences of two variants over a stretch.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Which stretch, in words: "Last 10 s", "Whole run, 0 to 42 s".
    pub over: String,
    /// Who does better, in one sentence.
    pub sentence: String,
    /// What is compared.
    pub rows: Vec<Difference>,
}

/// One thing in which two variants may differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// What.
    pub what: &'static str,
    /// A's and B's value with their unit.
    pub values: [String; 2],
    /// What can be said of them.
    pub verdict: Verdict,
}

/// What can be said of two values.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// One of them is missing: nothing.
    Nothing,
    /// So little has been measured that nothing can be said yet.
    Early,
    /// They are the same, or nearly.
    Equal,
    /// They differ, but not by more than chance would have it. B's value less A's is between these two.
    Close([String; 2]),
    /// This variant does better, 0 for A, by so much: a ratio ("×3.1"), or the difference where one of them is zero.
    Better(usize, String),
}

impl Difference {
    /// Which variant does better, 0 for A; none where that cannot be said.
    pub fn better(&self) -> Option<usize> {
        match self.verdict {
            Verdict::Better(which, _) => Some(which),
            _ => None,
        }
    }
}

/// Compares the first two variants; none where there is only one.
pub fn compare(session: &Session, stretch: Stretch) -> Option<Comparison> {
    let [a, b, ..] = session.lanes() else {
        return None;
    };
    let seen = [windows(a, stretch), windows(b, stretch)];
    let sides = [Side { lane: a, windows: &seen[0] }, Side { lane: b, windows: &seen[1] }];
    let found: Vec<(&Row, Compared)> = ROWS.iter().map(|row| (row, row.compared(sides))).collect();
    let sentence = sentence::sentence(&found);
    let shown = found.iter().filter(|(row, found)| row.always || found.values.iter().any(|value| *value > 0.0));
    let rows = shown.map(|(row, found)| difference(row, found)).collect();
    Some(Comparison { over: over(stretch, &seen[0]), sentence, rows })
}

/// A variant, and the windows of it that are compared.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub lane: &'a Lane,
    pub windows: &'a [&'a Window],
}

/// The closed windows of a stretch, oldest first.
fn windows(lane: &Lane, stretch: Stretch) -> Vec<&Window> {
    let closed = lane.telemetry().windows().closed();
    let skipped = match stretch {
        Stretch::Last => closed.len().saturating_sub(LAST),
        Stretch::Whole => 0,
    };
    closed.skip(skipped).collect()
}

/// A stretch in words.
fn over(stretch: Stretch, windows: &[&Window]) -> String {
    let start = windows.first().map_or(SimTime::ZERO, |window| window.start);
    let end = windows.last().map_or(SimTime::ZERO, |window| window.end);
    let length = end.since(start);
    match stretch {
        Stretch::Whole if start == SimTime::ZERO => say!("compare.whole", time = length),
        _ => over_the_last(length.as_secs()),
    }
}

/// What figures are of: "Last 5 s".
pub fn over_the_last(seconds: f64) -> String {
    say!("compare.last", time = SimDuration::from_secs(seconds))
}

fn difference(row: &Row, found: &Compared) -> Difference {
    let texts = found.values.map(|value| format::string(|out| row.unit.write(out, value)));
    Difference { what: row.what.plain(), values: texts, verdict: verdict(row, found) }
}

/// What can be said of two values. One that is no number stands for none.
fn verdict(row: &Row, found: &Compared) -> Verdict {
    let [a, b] = found.values;
    let write = |value: f64| format::string(|out| row.unit.write(out, value));
    let (least, most) = (a.min(b), a.max(b));
    if !(a.is_finite() && b.is_finite()) {
        return Verdict::Nothing;
    }
    match found.doubt {
        _ if most - least <= EQUAL * most => Verdict::Equal,
        None => Verdict::Early,
        Some(doubt) if doubt.is_chance() => Verdict::Close(doubt.interval(b - a).map(|end| signed(row, end))),
        Some(_) if least > 0.0 => {
            Verdict::Better(usize::from((b > a) == row.more), say!("compare.times", factor = Number::Figures(most / least)))
        }
        Some(_) => Verdict::Better(usize::from((b > a) == row.more), write(most - least)),
    }
}

/// A difference with its sign, in a row's unit.
fn signed(row: &Row, value: f64) -> String {
    let size = format::string(|out| row.unit.write(out, value.abs()));
    if value < 0.0 { say!("compare.minus", value = &size) } else { say!("compare.plus", value = &size) }
}
