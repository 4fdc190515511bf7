//! A curve that a reader guesses: drawn over an empty chart, then beside what was measured.

use super::axis::Unit;
use super::data::{ChartData, Extra};
use super::look::Look;
use super::plot::Plot;
use super::series::Series;
use crate::base::within;
use crate::lesson::player::{COLUMNS, Drawn, instant};
use crate::lesson::{self, Scale};
use crate::view::canvas::draw::Stroke;
use crate::view::canvas::geometry::{Point, Size};
use crate::view::canvas::theme::Token;

/// The chart of a guess about so many `seconds`: what was drawn, dashed, where the pen or the keys are, and what was
/// `measured` until `now`, solid; both counted from the beginning of the guess. Of the measured values one belongs to
/// each column from the first on; what is no number was not measured.
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
    let [ours, theirs] = [0, 1].map(|variant| Look { variant, of: 2 });
    ChartData {
        title: String::new(),
        of: if unit == Unit::PerSecond { text!("chart.per-second").to_owned() } else { String::new() },
        unit,
        span: (0.0, seconds),
        now,
        series: vec![
            line(text!("chart.guess"), ours.stroke(Token::Ink, 1.0, 2.0), guess),
            line(text!("chart.measured"), theirs.stroke(Token::Accent, 1.0, 1.8), found),
        ],
        layers: Vec::new(),
        marks: vec![(instant(seconds, drawn.at()), false)],
        log: false,
        empty: text!("chart.draw-here"),
        extra: Some(Box::new(Extra { scale: Some((scale.from, scale.to)), ..Extra::default() })),
    }
}

/// The column and the height of a point of a guess's chart, both of the nearest place that has them.
pub fn guess_place(data: &ChartData, size: Size, at: Point) -> (usize, f64) {
    let frame = Plot::new(data, size).frame;
    let share = |part: f32, whole: f32| within(f64::from(part / whole), 0.0, 1.0);
    let column = libm::round(share(at.x - frame.x, frame.w) * COLUMNS as f64) as usize;
    (column, share(frame.bottom() - at.y, frame.h))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Quantity, Scope};

    fn scale(text: &str, from: f64, to: f64) -> Scale {
        let quantity =
            Quantity::read(text, &Scope { variants: Vec::new(), variant: None }).expect("a number");
        Scale { quantity, from, to }
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
    fn what_was_measured_is_drawn_as_far_as_it_goes() {
        let scale = scale("30/s", 0.0, 20.0);
        let data = guess_chart(&Drawn::default(), &scale, 60.0, &[f64::NAN, 10.0, 12.0, 7.0], 3.0);
        assert_eq!(data.series[1].last(), Some((3.0, 7.0)));
    }
}
