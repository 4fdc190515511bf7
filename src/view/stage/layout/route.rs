//! Routes: the curve that a pair of links shares, and where on it a message is.

use crate::base::within_f32;
use crate::view::canvas::geometry::{Curve, Point, Rect};

/// Into how many equally long pieces a route is cut to find the point at a progress.
const PIECES: usize = 48;

/// The way between two cards.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    curves: Vec<Curve>,
    /// Points at equal distances along the way, `PIECES` + 1 of them.
    steps: Vec<Point>,
}

impl Route {
    /// A way along these curves, each beginning where the one before ends.
    pub(super) fn new(curves: Vec<Curve>) -> Route {
        let steps = equal_steps(&curves);
        Route { curves, steps }
    }

    /// Its curves, in order.
    pub fn curves(&self) -> &[Curve] {
        &self.curves
    }

    /// How far a point is from the way, in pixels; infinitely far from none.
    pub fn distance(&self, point: Point) -> f32 {
        let piece = |ends: &[Point]| {
            let (a, b) = (ends[0], ends[1]);
            let (dx, dy) = (b.x - a.x, b.y - a.y);
            let length = dx * dx + dy * dy;
            let along =
                ((point.x - a.x) * dx + (point.y - a.y) * dy) / if length > 0.0 { length } else { 1.0 };
            let t = within_f32(along, 0.0, 1.0);
            distance(point, Point { x: a.x + dx * t, y: a.y + dy * t })
        };
        self.steps.windows(2).map(piece).fold(f32::INFINITY, f32::min)
    }

    /// The direction of the way where `progress` (0 to 1) of it is behind, as a vector of length 1; none where it has no
    /// length.
    pub fn direction(&self, progress: f32) -> Option<Point> {
        let t = if progress > 0.0 { progress.min(1.0) * PIECES as f32 } else { 0.0 };
        let index = (t as usize).min(PIECES - 1);
        let (a, b) = (self.steps.get(index)?, self.steps.get(index + 1)?);
        let length = distance(*a, *b);
        (length > 0.0).then(|| Point { x: (b.x - a.x) / length, y: (b.y - a.y) / length })
    }

    /// The point where `progress` (0 to 1) of its length is behind.
    pub fn at(&self, progress: f32) -> Point {
        let Some(&first) = self.steps.first() else {
            return Point::default();
        };
        // NaN and what is below zero stay at the beginning.
        let t = if progress > 0.0 { progress.min(1.0) * PIECES as f32 } else { 0.0 };
        let index = (t as usize).min(PIECES - 1);
        let (Some(a), Some(b)) = (self.steps.get(index), self.steps.get(index + 1)) else {
            return first;
        };
        let share = t - index as f32;
        Point { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share }
    }
}

/// Points at equal distances along the curves.
fn equal_steps(curves: &[Curve]) -> Vec<Point> {
    const FINE: usize = 64;
    let mut fine: Vec<(f32, Point)> = Vec::with_capacity(curves.len() * FINE + 1);
    let mut length = 0.0;
    for curve in curves {
        for step in 0..=FINE {
            let point = curve.at(step as f32 / FINE as f32);
            if let Some((_, last)) = fine.last() {
                length += distance(*last, point);
            }
            fine.push((length, point));
        }
    }
    let mut at = 0;
    (0..=PIECES)
        .filter(|_| !fine.is_empty())
        .map(|step| {
            let wanted = length * step as f32 / PIECES as f32;
            while at + 2 < fine.len() && fine[at + 1].0 < wanted {
                at += 1;
            }
            let (a, b) = (fine[at], fine[(at + 1).min(fine.len() - 1)]);
            let share = if b.0 > a.0 { within_f32((wanted - a.0) / (b.0 - a.0), 0.0, 1.0) } else { 0.0 };
            Point { x: a.1.x + (b.1.x - a.1.x) * share, y: a.1.y + (b.1.y - a.1.y) * share }
        })
        .collect()
}

fn distance(a: Point, b: Point) -> f32 {
    libm::sqrtf((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y))
}

/// The curve that leaves `from` and reaches `to` along the flow: to the right, or (`vertical`) down.
pub(super) fn flow(from: Point, to: Point, vertical: bool) -> Curve {
    let (dx, dy) = if vertical { (0.0, (to.y - from.y) / 2.0) } else { ((to.x - from.x) / 2.0, 0.0) };
    let leave = Point { x: from.x + dx, y: from.y + dy };
    let reach = Point { x: to.x - dx, y: to.y - dy };
    Curve { from, leave, reach, to }
}

/// The way between two cards that stand anywhere: between the sides that face each other.
pub(super) fn facing(a: Rect, b: Rect) -> Curve {
    let (from, to) = (a.center(), b.center());
    let across = (b.x - a.right()).max(a.x - b.right());
    let down = (b.y - a.bottom()).max(a.y - b.bottom());
    if across >= down {
        let (x0, x1) = if from.x <= to.x { (a.right(), b.x) } else { (a.x, b.right()) };
        flow(Point { x: x0, y: from.y }, Point { x: x1, y: to.y }, false)
    } else {
        let (y0, y1) = if from.y <= to.y { (a.bottom(), b.y) } else { (a.y, b.bottom()) };
        flow(Point { x: from.x, y: y0 }, Point { x: to.x, y: y1 }, true)
    }
}

/// The way from a card back to itself: a loop over its top edge.
pub(super) fn around(card: Rect, height: f32) -> Curve {
    let middle = card.center().x;
    let reach = card.w * 0.18;
    let point = |x: f32, y: f32| Point { x, y };
    Curve {
        from: point(middle - reach, card.y),
        leave: point(middle - reach * 1.4, card.y - height),
        reach: point(middle + reach * 1.4, card.y - height),
        to: point(middle + reach, card.y),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_moves_evenly_along_its_curve() {
        let point = |x, y| Point { x, y };
        for route in [
            Route::new(vec![flow(point(0.0, 0.0), point(200.0, 90.0), false)]),
            Route::new(vec![flow(point(10.0, 300.0), point(50.0, 0.0), true)]),
            Route::new(vec![
                flow(point(0.0, 0.0), point(100.0, 50.0), false),
                flow(point(100.0, 50.0), point(300.0, 0.0), false),
            ]),
        ] {
            let (first, last) = (route.curves()[0].from, route.curves()[route.curves().len() - 1].to);
            assert!(distance(route.at(0.0), first) < 0.01 && distance(route.at(1.0), last) < 0.01);
            let steps: Vec<f32> = (0..20)
                .map(|i| distance(route.at(i as f32 / 20.0), route.at((i + 1) as f32 / 20.0)))
                .collect();
            let mean = steps.iter().sum::<f32>() / 20.0;
            assert!(steps.iter().all(|step| (step / mean - 1.0).abs() < 0.03), "{steps:?}");
            for i in 0..=100 {
                let at = route.at(i as f32 / 100.0);
                let near = route
                    .curves()
                    .iter()
                    .flat_map(|curve| (0..=2000).map(|j| distance(curve.at(j as f32 / 2000.0), at)))
                    .fold(f32::MAX, f32::min);
                assert!(near < 0.6, "{near} off the curve at {i} %");
            }
        }
    }

    #[test]
    fn points_are_as_far_from_a_way_as_from_its_nearest_point() {
        let point = |x, y| Point { x, y };
        let route = Route::new(vec![flow(point(0.0, 0.0), point(200.0, 90.0), false)]);
        for i in 0..=20 {
            let on = route.at(i as f32 / 20.0);
            assert!(route.distance(on) < 0.01);
        }
        assert_eq!(route.distance(point(-3.0, -4.0)), 5.0);
        assert!(route.distance(point(100.0, 60.0)) < 15.0);
        assert_eq!(Route::default().distance(point(0.0, 0.0)), f32::INFINITY);
    }

    #[test]
    fn odd_progress_stays_on_the_way() {
        let route = Route::new(vec![flow(Point::default(), Point { x: 9.0, y: 0.0 }, false)]);
        assert_eq!(route.at(f32::NAN), route.at(0.0));
        assert_eq!(route.at(-1.0), route.at(0.0));
        assert_eq!(route.at(7.0), route.at(1.0));
        assert_eq!(Route::default().at(0.5), Point::default());
    }
}
