//! Points, rectangles and curves, in CSS pixels: x to the right, y down.

/// A place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

impl Point {
    /// The same point where a unit is so many times larger.
    pub fn over(self, unit: f32) -> Point {
        Point { x: self.x / unit, y: self.y / unit }
    }
}

/// How wide and how high something is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

/// An upright rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

impl Rect {
    /// The rectangle at (x, y) with this width and height.
    pub const fn new(x: f32, y: f32, w: f32, h: f32) -> Rect {
        Rect { x, y, w, h }
    }

    /// Its right edge.
    pub fn right(self) -> f32 {
        self.x + self.w
    }

    /// Its lower edge.
    pub fn bottom(self) -> f32 {
        self.y + self.h
    }

    /// Its middle.
    pub fn center(self) -> Point {
        Point { x: self.x + self.w / 2.0, y: self.y + self.h / 2.0 }
    }

    /// The rectangle that lies `by` further in on all sides; never of negative size.
    pub fn inset(self, by: f32) -> Rect {
        let (w, h) = ((self.w - 2.0 * by).max(0.0), (self.h - 2.0 * by).max(0.0));
        Rect { x: self.x + by, y: self.y + by, w, h }
    }

    /// Whether the two share more than an edge.
    pub fn overlaps(self, other: Rect) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Whether `other` lies wholly inside, with `slack` pixels of tolerance.
    pub fn holds(self, other: Rect, slack: f32) -> bool {
        other.x >= self.x - slack
            && other.y >= self.y - slack
            && other.right() <= self.right() + slack
            && other.bottom() <= self.bottom() + slack
    }

    /// Whether the point lies inside or on the edge.
    pub fn contains(self, point: Point) -> bool {
        self.holds(Rect::new(point.x, point.y, 0.0, 0.0), 0.0)
    }
}

/// A cubic Bézier curve.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Curve {
    /// Where it begins.
    pub from: Point,
    /// The control point of its beginning.
    pub leave: Point,
    /// The control point of its end.
    pub reach: Point,
    /// Where it ends.
    pub to: Point,
}

impl Curve {
    /// The point at `t`, 0 at the beginning, 1 at the end.
    pub fn at(&self, t: f32) -> Point {
        let u = 1.0 - t;
        let (a, b, c, d) = (u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t);
        Point {
            x: a * self.from.x + b * self.leave.x + c * self.reach.x + d * self.to.x,
            y: a * self.from.y + b * self.leave.y + c * self.reach.y + d * self.to.y,
        }
    }
}
