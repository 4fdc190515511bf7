//! What can be said of two values: who does better and by how much, or why nobody does.

use super::rows::{Compared, Row};
use crate::base::{Number, format};

/// Values nearer to each other than this share are called equal.
const EQUAL: f64 = 0.05;

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

/// What can be said of two values. One that is no number stands for none.
pub(super) fn verdict(row: &Row, found: &Compared) -> Verdict {
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
        Some(_) if least > 0.0 => Verdict::Better(
            usize::from((b > a) == row.more),
            say!("compare.times", factor = Number::Figures(most / least)),
        ),
        Some(_) => Verdict::Better(usize::from((b > a) == row.more), write(most - least)),
    }
}

/// A difference with its sign, in a row's unit.
fn signed(row: &Row, value: f64) -> String {
    let size = format::string(|out| row.unit.write(out, value.abs()));
    if value < 0.0 { say!("compare.minus", value = &size) } else { say!("compare.plus", value = &size) }
}
