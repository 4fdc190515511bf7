//! A curve that a reader guesses: drawn over an empty chart, then beside what was measured.

use super::axis::Unit;
use super::data::ChartData;
use super::look::Look;
use super::plus::Plus;
use super::series::Series;
use super::{Plot, said};
use crate::base::within;
use crate::lesson::{self, Scale};
use crate::view::draw::Stroke;
use crate::view::geometry::{Point, Size};
use crate::view::theme::Token;

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

impl Default for Drawn {
    fn default() -> Drawn {
        Drawn { set: [None; COLUMNS + 1], at: 0, down: false }
    }
}

impl Drawn {
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

    /// The pen is at a column and a height: it has come down there (`first`), or draws a straight line to there.
    pub fn pen(&mut self, (column, height): (usize, f64), first: bool) {
        let (column, height) = (column.min(COLUMNS), within(height, 0.0, 1.0));
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

    /// The pen is up.
    pub fn lift(&mut self) {
        self.down = false;
    }

    /// Goes so many columns on, or back where negative, and draws nothing.
    pub fn go(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(COLUMNS);
    }

    /// Sets the height where it stands: so much above what it was there, from the middle where nothing was drawn yet.
    pub fn raise(&mut self, by: f64) {
        self.set[self.at] = Some(within(self.height(self.at).unwrap_or(0.5) + by, 0.0, 1.0));
    }

    /// Takes the point away at which it stands; the curve is straight there then.
    pub fn erase(&mut self) {
        self.set[self.at] = None;
    }
}

/// The instant of a column of `seconds` that a guess is about.
pub fn instant(seconds: f64, column: usize) -> f64 {
    seconds * column as f64 / COLUMNS as f64
}

/// The chart of a guess about so many `seconds`: what was drawn, dashed, where the pen or the keys are, and what was
/// `measured` until `now`, solid; both counted from the beginning of the guess. Of the measured values one belongs to each
/// column from the first on; what is no number was not measured.
pub fn guess_chart(drawn: &Drawn, scale: &Scale, seconds: f64, measured: &[f64], now: f64) -> ChartData {
    let points = |value: &dyn Fn(usize) -> f64| {
        (0..=COLUMNS).map(|column| (instant(seconds, column), value(column))).collect()
    };
    let guess = points(&|column| drawn.height(column).map_or(f64::NAN, |height| scale.at(height)));
    let found = points(&|column| measured.get(column).copied().unwrap_or(f64::NAN));
    let unit = match scale.quantity.unit {
        lesson::Unit::Share => Unit::Share,
        lesson::Unit::Rate => Unit::PerSecond,
        lesson::Unit::Time => Unit::Seconds,
        lesson::Unit::Bare | lesson::Unit::Count | lesson::Unit::Ratio => Unit::Count,
    };
    // Two lines that may cross anywhere: there is no room for their names.
    let line = |name: &str, stroke: Stroke, points: Vec<(f64, f64)>| Series {
        name: name.to_owned(),
        label: String::new(),
        stroke: Some(stroke),
        points,
    };
    let [ours, theirs] = [0, 1].map(|lane| Look { lane, of: 2 });
    ChartData {
        title: String::new(),
        of: if unit == Unit::PerSecond { said::PER_SECOND.to_owned() } else { String::new() },
        unit,
        span: (0.0, seconds),
        now,
        series: vec![
            line(said::GUESS, ours.stroke(Token::Ink, 1.0, 2.0), guess),
            line(said::MEASURED, theirs.stroke(Token::Accent, 1.0, 1.8), found),
        ],
        layers: Vec::new(),
        marks: vec![(instant(seconds, drawn.at), false)],
        log: false,
        empty: said::DRAW_HERE,
        plus: Some(Box::new(Plus { scale: Some((scale.from, scale.to)), ..Plus::default() })),
    }
}

/// The column and the height of a point of a guess's chart, both of the nearest place that has them.
pub fn guess_place(data: &ChartData, size: Size, at: Point) -> (usize, f64) {
    let frame = Plot::new(data, size).frame;
    let share = |part: f32, whole: f32| within(f64::from(part / whole), 0.0, 1.0);
    let column = libm::round(share(at.x - frame.x, frame.w) * COLUMNS as f64) as usize;
    (column, share(frame.bottom() - at.y, frame.h))
}

/// How far a curve is from what was measured: on average over the columns that were measured, and the instant at which
/// it is furthest, in seconds, with its value there and the measured one. None where nothing was measured or drawn.
pub fn apart(drawn: &Drawn, scale: &Scale, seconds: f64, measured: &[f64]) -> Option<(f64, [f64; 3])> {
    let (mut sum, mut count, mut furthest) = (0.0, 0.0, None);
    for (column, found) in measured.iter().enumerate().filter(|(_, found)| found.is_finite()) {
        let guess = scale.at(drawn.height(column)?);
        let off = (found - guess).abs();
        sum += off;
        count += 1.0;
        if furthest.is_none_or(|(most, _)| off > most) {
            furthest = Some((off, [instant(seconds, column), guess, *found]));
        }
    }
    furthest.map(|(_, place)| (sum / count, place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Quantity, Scope};

    fn scale(text: &str, from: f64, to: f64) -> Scale {
        let quantity = Quantity::read(text, &Scope { variants: Vec::new(), lane: None }).expect("a number");
        Scale { quantity, from, to }
    }

    #[test]
    fn a_pen_draws_and_keys_set_points_between_which_it_is_straight() {
        let mut drawn = Drawn::default();
        assert!(drawn.is_empty() && drawn.height(3).is_none());
        drawn.pen((10, 0.2), true);
        assert_eq!((drawn.height(0), drawn.height(60)), (Some(0.2), Some(0.2)), "level beyond its ends");
        // Quick pens leave no gaps, wild ones stay within the chart.
        drawn.pen((14, 0.6), false);
        assert!((drawn.height(12).expect("drawn") - 0.4).abs() < 1e-9);
        drawn.pen((999, 7.0), false);
        assert_eq!((drawn.at(), drawn.height(60)), (60, Some(1.0)));
        // Back over what was drawn: it is drawn anew.
        drawn.pen((14, 0.0), false);
        assert_eq!((drawn.height(14), drawn.height(60)), (Some(0.0), Some(1.0)));
        drawn.lift();
        drawn.pen((0, 0.9), false);
        assert_eq!((drawn.height(0), drawn.height(10)), (Some(0.9), Some(0.2)), "a pen that was up");

        let mut keys = Drawn::default();
        keys.raise(0.25);
        keys.go(20);
        assert_eq!(keys.height(20), Some(0.75), "to move draws nothing");
        keys.raise(-0.5);
        assert!((keys.height(10).expect("drawn") - 0.5).abs() < 1e-9, "straight between two points");
        keys.erase();
        assert_eq!(keys.height(20), Some(0.75));
        keys.go(-99);
        keys.raise(-99.0);
        assert_eq!((keys.at(), keys.height(0)), (0, Some(0.0)));
    }

    #[test]
    fn points_of_the_chart_are_those_that_it_draws() {
        let data = guess_chart(&Drawn::default(), &scale("30/s", 10.0, 30.0), 45.0, &[], 0.0);
        for size in [Size { w: 310.0, h: 200.0 }, Size { w: 180.0, h: 90.0 }] {
            let plot = Plot::new(&data, size);
            for (column, height) in [(0, 0.0), (30, 0.5), (60, 1.0)] {
                let (at, value) = (instant(45.0, column), 10.0 + 20.0 * height);
                let (place, found) = guess_place(&data, size, Point { x: plot.x(at), y: plot.y(value) });
                assert!(place == column && (found - height).abs() < 1e-4, "{size:?}: {place} {found}");
            }
            assert_eq!(guess_place(&data, size, Point { x: -50.0, y: 9999.0 }), (0, 0.0));
        }
    }

    #[test]
    fn the_distance_is_that_of_what_was_measured() {
        let mut drawn = Drawn::default();
        drawn.pen((0, 0.5), true);
        let scale = scale("30/s", 0.0, 20.0);
        let measured = [f64::NAN, 10.0, 12.0, 7.0];
        let (mean, furthest) = apart(&drawn, &scale, 60.0, &measured).expect("measured");
        assert!((mean - 5.0 / 3.0).abs() < 1e-9);
        assert_eq!(furthest, [3.0, 10.0, 7.0]);
        assert_eq!(apart(&drawn, &scale, 60.0, &[f64::NAN]), None);
        assert_eq!(apart(&Drawn::default(), &scale, 60.0, &measured), None);
        let data = guess_chart(&drawn, &scale, 60.0, &measured, 3.0);
        assert_eq!(data.series[1].last(), Some((3.0, 7.0)));
    }
}
