//! The data of an SVG path in few bytes: whole numbers, relative steps where they are shorter.

use crate::base::format;
use crate::view::canvas::geometry::{Point, Rect};

/// A path in the making.
#[derive(Clone, Debug, Default)]
pub(super) struct Path(String);

impl Path {
    /// What stands in the attribute `d`.
    pub(super) fn data(&self) -> &str {
        &self.0
    }

    /// A command with the points that it takes: `M`, `L`, `C`.
    pub(super) fn step(&mut self, command: char, points: &[Point]) {
        self.0.push(command);
        for point in points {
            self.number(point.x);
            self.number(point.y);
        }
    }

    /// A command with one length: `h`, `v`.
    pub(super) fn by(&mut self, command: char, length: f32) {
        self.0.push(command);
        self.number(length);
    }

    /// A rectangle.
    pub(super) fn rect(&mut self, Rect { x, y, w, h }: Rect) {
        self.step('M', &[Point { x, y }]);
        for (command, length) in [('h', w), ('v', h), ('h', -w)] {
            self.by(command, length);
        }
        self.end();
    }

    /// Half an ellipse, to a point so far to the right.
    pub(super) fn half_ellipse(&mut self, rx: f32, ry: f32, to: f32) {
        self.0.push('a');
        for value in [rx, ry, 0.0, 0.0, 1.0, to, 0.0] {
            self.number(value);
        }
    }

    /// Back to where it began.
    pub(super) fn end(&mut self) {
        self.0.push('z');
    }

    /// A whole number, kept apart from the one before.
    pub(super) fn number(&mut self, value: f32) {
        if self.0.ends_with(|before: char| before.is_ascii_digit()) && value.round() >= 0.0 {
            self.0.push(' ');
        }
        format::machine_fixed(&mut self.0, value.into(), 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_do_not_run_into_each_other() {
        let mut path = Path::default();
        for value in [1.2, -3.0, 4.6, -0.2, 7.0] {
            path.number(value);
        }
        assert_eq!(path.data(), "1-3 5 0 7");
    }
}
