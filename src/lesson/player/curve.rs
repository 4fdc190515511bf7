//! A curve that a learner draws as a guess, and how far it is from what was measured.

use crate::base::within;
use crate::lesson::format::Scale;

/// Into so many equal parts the time of a guess is cut; a curve has a height at each end of a part.
pub const COLUMNS: usize = 60;

/// A curve in the making. Heights are shares of the scale, from 0 at its lower end to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// The height at each column, where one was set; between two of them the curve is straight, beyond them level.
    set: [Option<f64>; COLUMNS + 1],
    /// The column at which the pen or the keys are.
    at: usize,
    /// The pen is down: it draws from where it was to where it goes.
    down: bool,
}

/// What is done to a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CurveEdit {
    /// The pen is at a column and a height: it has come down there (`first`), or draws a straight line to there.
    Pen {
        /// Which column; beyond the last it is the last.
        column: usize,
        /// At which share of the scale; beyond its ends it is the end.
        height: f64,
        /// It has come down there.
        first: bool,
    },
    /// The pen is up.
    Lift,
    /// So many columns on, or back where negative; nothing is drawn.
    Go(isize),
    /// The curve goes up here by this share of the scale, or down where negative; from the middle where nothing was
    /// drawn yet.
    Raise(f64),
    /// The point here goes; the curve is straight there then.
    Erase,
    /// The whole curve goes.
    Clear,
}

impl Default for Drawn {
    fn default() -> Drawn {
        Drawn { set: [None; COLUMNS + 1], at: 0, down: false }
    }
}

impl Drawn {
    /// A curve with these heights, from the first column on; none where nothing was set.
    pub(super) fn of(heights: impl Iterator<Item = Option<f64>>) -> Drawn {
        let mut drawn = Drawn::default();
        for (set, height) in drawn.set.iter_mut().zip(heights) {
            *set = height.map(|height| within(height, 0.0, 1.0));
        }
        drawn
    }

    /// The heights that were set, from the first column on.
    pub(super) fn heights(&self) -> &[Option<f64>] {
        &self.set
    }

    /// Nothing was drawn.
    pub fn is_empty(&self) -> bool {
        self.set.iter().all(Option::is_none)
    }

    /// The column at which the pen or the keys are, from 0 to [`COLUMNS`].
    pub fn at(&self) -> usize {
        self.at
    }

    /// The height at a column; none where nothing was drawn.
    pub fn height(&self, column: usize) -> Option<f64> {
        let known = |at: usize| Some((at, (*self.set.get(at)?)?));
        let before = (0..=column).rev().find_map(known);
        let after = (column..=COLUMNS).find_map(known);
        match (before, after) {
            (Some((from, low)), Some((to, high))) if to > from => {
                Some(low + (high - low) * (column - from) as f64 / (to - from) as f64)
            }
            (Some((_, height)), _) | (None, Some((_, height))) => Some(height),
            (None, None) => None,
        }
    }

    /// Does something to it.
    pub fn edit(&mut self, edit: CurveEdit) {
        match edit {
            CurveEdit::Pen { column, height, first } => self.pen(column.min(COLUMNS), height, first),
            CurveEdit::Lift => self.down = false,
            CurveEdit::Go(by) => self.at = self.at.saturating_add_signed(by).min(COLUMNS),
            CurveEdit::Raise(by) => {
                self.set[self.at] = Some(within(self.height(self.at).unwrap_or(0.5) + by, 0.0, 1.0));
            }
            CurveEdit::Erase => self.set[self.at] = None,
            CurveEdit::Clear => *self = Drawn::default(),
        }
    }

    fn pen(&mut self, column: usize, height: f64, first: bool) {
        let height = within(height, 0.0, 1.0);
        if first || !self.down {
            self.at = column;
        }
        let (from, begun) = (self.at, self.set[self.at].unwrap_or(height));
        for at in from.min(column)..=from.max(column) {
            let share =
                if column == from { 1.0 } else { at.abs_diff(from) as f64 / column.abs_diff(from) as f64 };
            self.set[at] = Some(begun + (height - begun) * share);
        }
        self.set[column] = Some(height);
        (self.at, self.down) = (column, true);
    }
}

/// The instant of a column of `seconds` that a guess is about.
pub fn instant(seconds: f64, column: usize) -> f64 {
    seconds * column as f64 / COLUMNS as f64
}

/// How far a curve is from what was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distance {
    /// On average over the columns that were measured.
    pub mean: f64,
    /// Where it is furthest, in seconds since the guess began.
    pub furthest_s: f64,
    /// The curve there.
    pub drawn: f64,
    /// What was measured there.
    pub measured: f64,
}

/// How far a curve over so many `seconds` is from what was `measured` at its columns, from the first on; what is no
/// number was not measured. None where nothing was measured or drawn.
pub fn distance(curve: &Drawn, scale: &Scale, seconds: f64, measured: &[f64]) -> Option<Distance> {
    let (mut sum, mut count) = (0.0, 0.0);
    let mut furthest: Option<(f64, Distance)> = None;
    for (column, found) in measured.iter().enumerate().filter(|(_, found)| found.is_finite()) {
        let drawn = scale.at(curve.height(column)?);
        let off = (found - drawn).abs();
        sum += off;
        count += 1.0;
        if furthest.is_none_or(|(most, _)| off > most) {
            let furthest_s = instant(seconds, column);
            furthest = Some((off, Distance { mean: 0.0, furthest_s, drawn, measured: *found }));
        }
    }
    furthest.map(|(_, distance)| Distance { mean: sum / count, ..distance })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Quantity, Scope};

    fn pen(column: usize, height: f64, first: bool) -> CurveEdit {
        CurveEdit::Pen { column, height, first }
    }

    #[test]
    fn a_pen_draws_and_keys_set_points_between_which_it_is_straight() {
        let mut drawn = Drawn::default();
        assert!(drawn.is_empty() && drawn.height(3).is_none());
        drawn.edit(pen(10, 0.2, true));
        assert_eq!((drawn.height(0), drawn.height(60)), (Some(0.2), Some(0.2)), "level beyond its ends");
        // Quick pens leave no gaps, wild ones stay within the chart.
        drawn.edit(pen(14, 0.6, false));
        assert!((drawn.height(12).expect("drawn") - 0.4).abs() < 1e-9);
        drawn.edit(pen(999, 7.0, false));
        assert_eq!((drawn.at(), drawn.height(60)), (60, Some(1.0)));
        // Back over what was drawn: it is drawn anew.
        drawn.edit(pen(14, 0.0, false));
        assert_eq!((drawn.height(14), drawn.height(60)), (Some(0.0), Some(1.0)));
        drawn.edit(CurveEdit::Lift);
        drawn.edit(pen(0, 0.9, false));
        assert_eq!((drawn.height(0), drawn.height(10)), (Some(0.9), Some(0.2)), "a pen that was up");
        drawn.edit(CurveEdit::Clear);
        assert!(drawn.is_empty());

        let mut keys = Drawn::default();
        keys.edit(CurveEdit::Raise(0.25));
        keys.edit(CurveEdit::Go(20));
        assert_eq!(keys.height(20), Some(0.75), "to move draws nothing");
        keys.edit(CurveEdit::Raise(-0.5));
        assert!((keys.height(10).expect("drawn") - 0.5).abs() < 1e-9, "straight between two points");
        keys.edit(CurveEdit::Erase);
        assert_eq!(keys.height(20), Some(0.75));
        keys.edit(CurveEdit::Go(-99));
        keys.edit(CurveEdit::Raise(-99.0));
        assert_eq!((keys.at(), keys.height(0)), (0, Some(0.0)));
    }

    #[test]
    fn the_distance_is_that_of_what_was_measured() {
        let quantity = Quantity::read("30/s", &Scope::default()).expect("a number");
        let scale = Scale { quantity, from: 0.0, to: 20.0 };
        let mut drawn = Drawn::default();
        drawn.edit(pen(0, 0.5, true));
        let measured = [f64::NAN, 10.0, 12.0, 7.0];
        let found = distance(&drawn, &scale, 60.0, &measured).expect("measured");
        assert!((found.mean - 5.0 / 3.0).abs() < 1e-9);
        assert_eq!((found.furthest_s, found.drawn, found.measured), (3.0, 10.0, 7.0));
        assert_eq!(distance(&drawn, &scale, 60.0, &[f64::NAN]), None);
        assert_eq!(distance(&Drawn::default(), &scale, 60.0, &measured), None);
    }
}
