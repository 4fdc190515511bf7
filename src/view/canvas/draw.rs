//! Drawing operations: all that the painter has to know, as small plain data.
//!
//! A [`Sketch`] holds one picture. It is cleared, not reallocated, from frame to frame: texts and points lie in
//! two arenas beside the list of operations, so that a drawn frame allocates nothing once it is warm.

use super::geometry::{Curve, Point, Rect};
use super::glyph::Glyph;
use super::theme::Token;

/// A colour token with an opacity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ink {
    /// Which colour.
    pub token: Token,
    /// How opaque, 0 to 1.
    pub alpha: f32,
}

impl From<Token> for Ink {
    fn from(token: Token) -> Ink {
        Ink { token, alpha: 1.0 }
    }
}

impl Token {
    /// This colour, partly transparent: `alpha` from 0 to 1.
    pub const fn alpha(self, alpha: f32) -> Ink {
        Ink { token: self, alpha }
    }
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub ink: Ink,
    /// Its width in pixels.
    pub width: f32,
    /// Pixels drawn and pixels left out, in turn; both 0 for a solid line.
    pub dash: [f32; 2],
}

impl Stroke {
    /// A solid line.
    pub fn new(ink: impl Into<Ink>, width: f32) -> Stroke {
        Stroke { ink: ink.into(), width, dash: [0.0, 0.0] }
    }

    /// A dashed line.
    pub fn dashed(ink: impl Into<Ink>, width: f32, on: f32, off: f32) -> Stroke {
        Stroke { ink: ink.into(), width, dash: [on, off] }
    }

    /// Whether it has a dash pattern.
    pub fn is_dashed(&self) -> bool {
        self.dash != [0.0, 0.0]
    }
}

/// Which point of a text its `at` is: the baseline's beginning, middle or end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// `at` is its beginning.
    Left,
    /// `at` is its middle.
    Center,
    /// `at` is its end.
    Right,
}

/// How bold a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// 400.
    Regular,
    /// 600.
    Bold,
}

/// A stretch of one of a sketch's arenas: bytes of text, or points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// First byte or point.
    pub start: u32,
    /// The byte or point after the last.
    pub end: u32,
}

/// One thing to paint, in the order of the list: later ones lie on top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DrawOp {
    /// A rectangle with round corners (radius 0: square; never more than half its shorter side).
    Rect {
        /// Where; the stroke is centred on its edge.
        rect: Rect,
        /// Radius of its corners.
        radius: f32,
        /// Its inside.
        fill: Option<Ink>,
        /// Its edge.
        stroke: Option<Stroke>,
    },
    /// A circle.
    Circle {
        /// Its middle.
        center: Point,
        /// Its radius.
        radius: f32,
        /// Its inside.
        fill: Option<Ink>,
        /// Its edge.
        stroke: Option<Stroke>,
    },
    /// Part of a circle's edge.
    Arc {
        /// The circle's middle.
        center: Point,
        /// Its radius.
        radius: f32,
        /// Where it begins, in turns clockwise from the top: 0.25 is three o'clock.
        from: f32,
        /// Where it ends, in turns; at least `from`.
        to: f32,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// A straight line.
    Line {
        /// From here.
        from: Point,
        /// To here.
        to: Point,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// A line through many points (`Sketch::points`), at least two. Joints are round.
    Polyline {
        /// Its points.
        points: Span,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// The filled polygon of many points (`Sketch::points`), at least three; the last is joined to the first.
    Area {
        /// Its corners.
        points: Span,
        /// Its inside.
        fill: Ink,
    },
    /// A cubic curve.
    Cubic {
        /// The curve.
        curve: Curve,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// One line of text in the system's sans with tabular figures.
    Text {
        /// A point of its alphabetic baseline, see `align`.
        at: Point,
        /// The text (`Sketch::text`).
        text: Span,
        /// Which point of the baseline `at` is.
        align: Align,
        /// Font size in pixels.
        size: f32,
        /// How bold.
        weight: Weight,
        /// Its colour.
        token: Token,
    },
    /// A glyph: a message, a worker slot. There may be many thousands, so painters keep them as ready pictures by
    /// ([`Glyph::index`], size, token colours); [`paint_glyph`](super::glyph_picture::paint_glyph) gives the operations of such a picture.
    Dot {
        /// Its middle.
        at: Point,
        /// Its nominal size: the width of its core; rings lie within 1.8 times that.
        size: f32,
        /// Which glyph.
        glyph: Glyph,
    },
    /// From here on nothing is painted outside of this rectangle, until `Unclip`. Clips do not nest.
    Clip(Rect),
    /// Ends `Clip`.
    Unclip,
}

/// One picture: operations, and the texts and points that they refer to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sketch {
    ops: Vec<DrawOp>,
    text: String,
    points: Vec<Point>,
    corner: Point,
    fixed: Option<usize>,
}

impl Sketch {
    /// An empty picture.
    pub fn new() -> Sketch {
        Sketch::default()
    }

    /// Empties it and keeps its memory.
    pub fn clear(&mut self) {
        self.ops.clear();
        self.text.clear();
        self.points.clear();
        (self.corner, self.fixed) = (Point::default(), None);
    }

    /// The picture is seen from this point on: that is where the canvas has its upper left corner.
    pub fn look_from(&mut self, corner: Point) {
        self.corner = corner;
    }

    /// What is added from here on stays where it is, from wherever the picture is seen.
    pub fn fix(&mut self) {
        self.fixed = Some(self.ops.len());
    }

    /// The point from which the n-th operation is seen: see [`Sketch::look_from`], [`Sketch::fix`].
    pub fn corner(&self, op: usize) -> Point {
        if self.fixed.is_some_and(|fixed| op >= fixed) { Point::default() } else { self.corner }
    }

    /// What to paint, lowest first.
    pub fn ops(&self) -> &[DrawOp] {
        &self.ops
    }

    /// The text of a span.
    pub fn text(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// The points of a span.
    pub fn points(&self, span: Span) -> &[Point] {
        self.points.get(span.start as usize..span.end as usize).unwrap_or(&[])
    }

    /// Adds an operation on top.
    pub fn push(&mut self, op: DrawOp) {
        self.ops.push(op);
    }

    /// Keeps a text and says where.
    pub fn keep_text(&mut self, text: &str) -> Span {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        Span { start, end: self.text.len() as u32 }
    }

    /// Keeps points and says where.
    pub fn keep_points(&mut self, points: impl IntoIterator<Item = Point>) -> Span {
        let start = self.points.len() as u32;
        self.points.extend(points);
        Span { start, end: self.points.len() as u32 }
    }
}
