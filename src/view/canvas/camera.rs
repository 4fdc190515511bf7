//! What part of a stage is seen: how much it is magnified, and where.

use super::geometry::{Point, Rect, Size};
use crate::base::within_f32;

/// How a stage is looked at.
///
/// **Invariants:** `zoom` is 1 to [`Camera::MOST`]; what is seen lies within the stage for which the camera was last
/// moved. Every method keeps both, whatever numbers it is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    zoom: f32,
    /// The upper left corner of what is seen, in pixels of the stage at zoom 1.
    corner: Point,
}

impl Default for Camera {
    fn default() -> Camera {
        Camera::FIT
    }
}

impl Camera {
    /// The whole stage.
    pub const FIT: Camera = Camera { zoom: 1.0, corner: Point { x: 0.0, y: 0.0 } };
    /// The highest magnification.
    pub const MOST: f32 = 8.0;

    /// How many times larger than fitted everything is: 1 to [`Camera::MOST`].
    pub fn zoom(&self) -> f32 {
        self.zoom
    }

    /// Whether the whole stage is seen.
    pub fn is_fit(&self) -> bool {
        self.zoom <= 1.0
    }

    /// The camera after magnifying `by` so much more (less where below 1) around a point of the canvas, which stays where
    /// it is as far as the bounds allow.
    #[must_use]
    pub fn zoom_at(self, at: Point, by: f32, size: Size) -> Camera {
        let zoom = within_f32(self.zoom * by, 1.0, Camera::MOST);
        let still = |corner: f32, at: f32| corner + at / self.zoom - at / zoom;
        let corner = Point { x: still(self.corner.x, at.x), y: still(self.corner.y, at.y) };
        Camera { zoom, corner }.clamp(size)
    }

    /// The camera after the picture has been drawn along by so many pixels of the canvas.
    #[must_use]
    pub fn pan(self, by: Point, size: Size) -> Camera {
        let corner = Point { x: self.corner.x - by.x / self.zoom, y: self.corner.y - by.y / self.zoom };
        Camera { corner, ..self }.clamp(size)
    }

    /// The camera, moved no further than it must be to see a rectangle of the stage at zoom 1 with some room around it.
    #[must_use]
    pub fn showing(self, rect: Rect, size: Size) -> Camera {
        let (w, h) = (size.w / self.zoom, size.h / self.zoom);
        let near = |corner: f32, from: f32, length: f32, seen: f32| {
            let room = within_f32((seen - length) / 2.0, 0.0, seen * 0.06);
            within_f32(corner, from + length + room - seen, from - room)
        };
        let (x, y) = (near(self.corner.x, rect.x, rect.w, w), near(self.corner.y, rect.y, rect.h, h));
        Camera { corner: Point { x, y }, ..self }.clamp(size)
    }

    /// The camera within the bounds of a stage of this size: it may have become smaller.
    #[must_use]
    pub fn clamp(self, size: Size) -> Camera {
        let zoom = within_f32(self.zoom, 1.0, Camera::MOST);
        let inside = |corner: f32, length: f32| within_f32(corner, 0.0, (length - length / zoom).max(0.0));
        Camera { zoom, corner: Point { x: inside(self.corner.x, size.w), y: inside(self.corner.y, size.h) } }
    }

    /// The part of the magnified stage that a canvas of this size shows, in pixels of the canvas.
    pub fn window(&self, size: Size) -> Rect {
        let Point { x, y } = self.corner;
        Rect::new(x * self.zoom, y * self.zoom, size.w, size.h)
    }

    /// From a point of the canvas to the stage at zoom 1.
    pub fn to_stage(&self, at: Point) -> Point {
        Point { x: self.corner.x + at.x / self.zoom, y: self.corner.y + at.y / self.zoom }
    }

    /// From a point of the stage at zoom 1 to the canvas; outside of it where it is not seen.
    pub fn to_canvas(&self, at: Point) -> Point {
        Point { x: (at.x - self.corner.x) * self.zoom, y: (at.y - self.corner.y) * self.zoom }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = Size { w: 800.0, h: 400.0 };

    fn point(x: f32, y: f32) -> Point {
        Point { x, y }
    }

    /// What must hold of every camera.
    fn check(camera: Camera, size: Size) {
        assert!((1.0..=Camera::MOST).contains(&camera.zoom()), "{camera:?}");
        let whole = Rect::new(0.0, 0.0, size.w * camera.zoom(), size.h * camera.zoom());
        assert!(whole.holds(camera.window(size), 0.02 * camera.zoom()), "{camera:?} leaves {size:?}");
    }

    fn near(a: Point, b: Point, slack: f32) -> bool {
        (a.x - b.x).abs() <= slack && (a.y - b.y).abs() <= slack
    }

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let at = point(600.0, 100.0);
        let closer = Camera::FIT.zoom_at(at, 2.5, SIZE);
        assert_eq!(closer.zoom(), 2.5);
        assert!(near(closer.to_stage(at), at, 1e-3));
        // And back again: the whole stage.
        assert_eq!(closer.zoom_at(at, 0.1, SIZE), Camera::FIT);
        assert_eq!(Camera::FIT.zoom_at(at, 1e9, SIZE).zoom(), Camera::MOST);
    }

    #[test]
    fn the_picture_follows_the_finger_as_far_as_there_is_a_picture() {
        let closer = Camera::FIT.zoom_at(point(400.0, 200.0), 4.0, SIZE);
        let under = closer.to_stage(point(100.0, 100.0));
        let moved = closer.pan(point(30.0, -20.0), SIZE);
        assert!(near(moved.to_stage(point(130.0, 80.0)), under, 1e-3));
        assert_eq!(closer.pan(point(1e9, 1e9), SIZE).to_stage(Point::default()), Point::default());
        assert_eq!(Camera::FIT.pan(point(50.0, 50.0), SIZE), Camera::FIT);
    }

    #[test]
    fn a_card_is_shown_by_moving_as_little_as_it_takes() {
        let closer = Camera::FIT.zoom_at(Point::default(), 4.0, SIZE);
        let card = Rect::new(500.0, 250.0, 100.0, 60.0);
        let moved = closer.showing(card, SIZE);
        let seen = Rect::new(moved.corner.x, moved.corner.y, SIZE.w / 4.0, SIZE.h / 4.0);
        assert!(seen.holds(card, 0.01), "{seen:?}");
        assert_eq!(moved.showing(card, SIZE), moved, "it is seen already");
        assert_eq!(Camera::FIT.showing(card, SIZE), Camera::FIT);
        // Larger than what is seen: its beginning or its end at least, and no leap.
        check(closer.showing(Rect::new(0.0, 0.0, 800.0, 400.0), SIZE), SIZE);
    }

    /// Numbers as wild as inputs can be, always the same ones.
    fn numbers() -> impl Iterator<Item = f32> {
        const WILD: [f32; 8] =
            [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, f32::MIN, 1e-30, 0.0, -1.0];
        (0u64..).map(|at| {
            let bits = at.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
            match bits % 5 {
                0 => WILD[(bits >> 8) as usize % WILD.len()],
                1 => (bits >> 8) as f32 / 1e7,
                _ => (bits >> 8) as f32 / 1e4 - 500.0,
            }
        })
    }

    #[test]
    fn no_movement_leaves_the_stage() {
        let mut numbers = numbers();
        let mut next = || numbers.next().unwrap_or_default();
        for size in [SIZE, Size { w: 1.0, h: 3000.0 }, Size { w: 320.0, h: 190.0 }] {
            let mut camera = Camera::FIT;
            for kind in 0..3000 {
                let (x, y, by) = (next(), next(), next());
                camera = match kind % 4 {
                    0 => camera.zoom_at(point(x, y), by, size),
                    1 => camera.pan(point(x, y), size),
                    2 => camera.zoom_at(point(x % size.w, y % size.h), 0.6 + (by % 1.0).abs(), size),
                    _ => camera.showing(Rect::new(x, y, by, by), size),
                };
                check(camera, size);
            }
            check(camera.clamp(SIZE), SIZE);
        }
    }

    #[test]
    fn canvas_and_stage_are_each_others_inverse() {
        for by in [1.0, 1.3, 2.0, 5.5, 8.0] {
            let camera = Camera::FIT.zoom_at(point(700.0, 33.0), by, SIZE);
            for at in [point(0.0, 0.0), point(123.4, 56.7), point(800.0, 400.0)] {
                assert!(near(camera.to_canvas(camera.to_stage(at)), at, 0.01), "{camera:?}");
            }
        }
    }
}
