//! Two variants beside each other: who does better, at what, by how much, and whether that is more than chance.
//!
//! Every figure is one of the table of metrics, or a percentile over all answers of the stretch: what the cards, the
//! charts, the lessons and the command line say of the same stretch. How chance is told from a difference is in
//! `chance`, and in docs/decisions/09-comparing-two-runs.md.

mod chance;
mod rows;
mod sentence;
mod verdict;

use self::rows::{Compared, ROWS, Row, Side};
pub use self::verdict::Verdict;
use self::verdict::verdict;
use crate::base::{SimDuration, SimTime, format};
use crate::session::{Session, VariantRun};
use crate::telemetry::Window;

/// The last stretch has so many windows: ten seconds.
const LAST: usize = 20;

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
    let [a, b, ..] = session.variants() else {
        return None;
    };
    let seen = [windows(a, stretch), windows(b, stretch)];
    let sides = [Side { variant: a, windows: &seen[0] }, Side { variant: b, windows: &seen[1] }];
    let found: Vec<(&Row, Compared)> = ROWS.iter().map(|row| (row, row.compared(sides))).collect();
    let sentence = sentence::sentence(&found);
    let shown =
        found.iter().filter(|(row, found)| row.always || found.values.iter().any(|value| *value > 0.0));
    let rows = shown.map(|(row, found)| difference(row, found)).collect();
    Some(Comparison { over: over(stretch, &seen[0]), sentence, rows })
}

/// The closed windows of a stretch, oldest first.
fn windows(variant: &VariantRun, stretch: Stretch) -> Vec<&Window> {
    let closed = variant.telemetry().windows().closed();
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

/// Both variants' values of a figure over a stretch, for tests of the whole screen.
#[cfg(test)]
pub(crate) fn figure(session: &Session, stretch: Stretch, figure: Figure) -> [f64; 2] {
    [0, 1].map(|at| {
        let variant = &session.variants()[at];
        let windows = windows(variant, stretch);
        figure.value(Side { variant, windows: &windows }, &windows).unwrap_or(f64::NAN)
    })
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use self::rows::Figure;
