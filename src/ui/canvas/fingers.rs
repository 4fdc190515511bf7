//! Fingers, wheels and keys on a stage, as arithmetic: how far a picture follows, and how much larger it becomes.

use crate::base::within_f32;
use crate::view::Point;

/// How much one press of a key or a button magnifies.
pub const STEP: f32 = 1.5;
/// From so many pixels on a press is no click any more.
const DRAG: f32 = 6.0;
/// So much of a wheel's turn magnifies e times: two fingers on a touchpad give a few pixels at a time.
const WHEEL: f32 = 100.0;
/// No more of it counts at once: a notch of a mouse's wheel is 100 to 120.
const NOTCH: f32 = 40.0;
/// What a wheel counts in: pixels, lines, pages.
const UNITS: [f32; 3] = [1.0, 16.0, 400.0];

/// How many times larger a wheel makes a picture that turns by so much, in pixels (0), lines (1) or pages (2).
pub fn wheel_zoom(turn: f32, unit: u32) -> f32 {
    let turn = within_f32(turn * UNITS[(unit as usize).min(2)], -NOTCH, NOTCH);
    (-turn / WHEEL).exp()
}

/// What two fingers, or one, do to a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pull {
    /// So far it follows.
    pub by: Point,
    /// So many times larger it becomes.
    pub wider: f32,
    /// Around this point.
    pub around: Point,
}

/// The fingers on one picture.
#[derive(Debug, Default)]
pub struct Fingers {
    /// Which, and where: two at most, further ones are not followed.
    down: Vec<(i32, Point)>,
    /// Where the first came down.
    from: Point,
    /// They have moved: what ends now is no click.
    moved: bool,
}

impl Fingers {
    /// Whether the press that has just ended was a movement of the picture and no click.
    pub fn moved(&self) -> bool {
        self.moved
    }

    /// A finger comes down.
    pub fn down(&mut self, id: i32, at: Point) {
        self.up(id);
        if self.down.is_empty() {
            (self.from, self.moved) = (at, false);
        }
        if self.down.len() < 2 {
            self.down.push((id, at));
        }
    }

    /// A finger goes up.
    pub fn up(&mut self, id: i32) {
        self.down.retain(|(other, _)| *other != id);
    }

    /// A finger moves; none where that moves nothing. One finger moves nothing where all is seen, which is where
    /// nobody is `closer`.
    pub fn drag(&mut self, id: i32, at: Point, closer: bool) -> Option<Pull> {
        let (middle, spread) = self.grip()?;
        self.down.iter_mut().find(|(own, _)| *own == id)?.1 = at;
        let two = self.down.len() > 1;
        let far = (at.x - self.from.x).abs().max((at.y - self.from.y).abs());
        if !two && !self.moved && far < DRAG {
            return None;
        }
        self.moved = true;
        if !two && !closer {
            return None;
        }
        let (around, wider) = self.grip()?;
        let by = Point { x: around.x - middle.x, y: around.y - middle.y };
        Some(Pull { by, wider: if two { wider / spread.max(1.0) } else { 1.0 }, around })
    }

    /// The middle between the fingers, and how far they are apart.
    fn grip(&self) -> Option<(Point, f32)> {
        let ((_, a), (_, b)) = (*self.down.first()?, *self.down.last()?);
        let middle = Point { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 };
        Some((middle, (a.x - b.x).hypot(a.y - b.y)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f32, y: f32) -> Point {
        Point { x, y }
    }

    #[test]
    fn a_wheel_magnifies_by_its_turn_in_any_unit_and_by_a_notch_at_most() {
        assert!((wheel_zoom(-10.0, 0) - 0.1_f32.exp()).abs() < 1e-6);
        assert_eq!(wheel_zoom(-1.0, 1), wheel_zoom(-16.0, 0));
        assert_eq!(wheel_zoom(-120.0, 0), wheel_zoom(-40.0, 0));
        // Forth and back is where it began.
        assert!((wheel_zoom(25.0, 0) * wheel_zoom(-25.0, 0) - 1.0).abs() < 1e-6);
        // A unit that there is not is the largest.
        assert_eq!(wheel_zoom(1.0, 7), wheel_zoom(1.0, 2));
        assert!(wheel_zoom(f32::NAN, 0).is_finite());
    }

    #[test]
    fn a_press_that_hardly_moves_is_a_click() {
        let mut fingers = Fingers::default();
        fingers.down(1, at(10.0, 10.0));
        assert_eq!(fingers.drag(1, at(15.0, 12.0), true), None);
        fingers.up(1);
        assert!(!fingers.moved());
    }

    #[test]
    fn one_finger_moves_what_is_near_and_nothing_where_all_is_seen() {
        let mut fingers = Fingers::default();
        fingers.down(1, at(10.0, 10.0));
        let pull = fingers.drag(1, at(30.0, 5.0), true).expect("it moves");
        assert_eq!((pull.by, pull.wider), (at(20.0, -5.0), 1.0));
        // It is a movement from now on, however short.
        assert_eq!(fingers.drag(1, at(31.0, 5.0), true).map(|pull| pull.by), Some(at(1.0, 0.0)));
        assert_eq!(fingers.drag(1, at(90.0, 90.0), false), None);
        assert!(fingers.moved(), "it is no click all the same");
    }

    #[test]
    fn two_fingers_magnify_around_their_middle() {
        let mut fingers = Fingers::default();
        fingers.down(1, at(0.0, 0.0));
        fingers.down(2, at(100.0, 0.0));
        let pull = fingers.drag(2, at(200.0, 0.0), false).expect("two move what is fitted");
        assert_eq!(pull, Pull { by: at(50.0, 0.0), wider: 2.0, around: at(100.0, 0.0) });
        // A third is not followed, and one that never came down moves nothing.
        fingers.down(3, at(50.0, 50.0));
        assert_eq!(fingers.drag(3, at(0.0, 0.0), true), None);
        fingers.up(2);
        assert_eq!(fingers.drag(1, at(1.0, 1.0), true).map(|pull| pull.wider), Some(1.0));
    }

    #[test]
    fn two_fingers_at_one_point_do_not_divide_by_nothing() {
        let mut fingers = Fingers::default();
        fingers.down(1, at(5.0, 5.0));
        fingers.down(2, at(5.0, 5.0));
        assert!(fingers.drag(2, at(25.0, 5.0), false).is_some_and(|pull| pull.wider.is_finite()));
    }
}
