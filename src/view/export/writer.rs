//! The writer of SVG: elements, their numbers, colours and texts.

use crate::base::format;
use crate::view::canvas::draw::{Align, DrawOp, Ink, Sketch, Stroke, Weight};
use crate::view::canvas::geometry::{Point, Rect};
use crate::view::canvas::glyph_picture::paint_glyph;
use crate::view::canvas::theme::Theme;

/// For what a picture is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A file by itself: a theme's colours, hundredths of a pixel, one element a line.
    File(Theme),
    /// A part of the page: its colours by their names, so that every theme applies; whole numbers, no line breaks.
    Page,
}

/// Writes elements one after the other.
pub(super) struct Writer {
    /// What has been written.
    pub(super) out: String,
    form: Form,
    /// Clips so far: each has a name.
    clips: u32,
    clipped: bool,
}

impl Writer {
    pub(super) fn new(form: Form) -> Writer {
        Writer { out: String::new(), form, clips: 0, clipped: false }
    }

    /// Writes an operation of a sketch. Glyphs become plain shapes.
    pub(super) fn op(&mut self, sketch: &Sketch, op: &DrawOp) {
        match *op {
            DrawOp::Rect { rect, radius, fill, stroke } => {
                let radius = radius.min(rect.w / 2.0).min(rect.h / 2.0).max(0.0);
                let Rect { x, y, w, h } = rect;
                self.open("rect");
                let all = [("x", x), ("y", y), ("width", w.max(0.0)), ("height", h.max(0.0)), ("rx", radius)];
                self.numbers(&all);
                self.paint(fill, stroke);
                self.close();
            }
            DrawOp::Circle { center, radius, fill, stroke } => {
                self.open("circle");
                self.numbers(&[("cx", center.x), ("cy", center.y), ("r", radius.max(0.0))]);
                self.paint(fill, stroke);
                self.close();
            }
            DrawOp::Arc { center, radius, from, to, stroke } => self.arc(center, radius, from, to, stroke),
            DrawOp::Line { from, to, stroke } => {
                self.open("line");
                self.numbers(&[("x1", from.x), ("y1", from.y), ("x2", to.x), ("y2", to.y)]);
                self.paint(None, Some(stroke));
                self.close();
            }
            DrawOp::Polyline { points, stroke } => {
                self.open("polyline");
                self.points(sketch.points(points));
                self.attribute("stroke-linejoin", "round");
                self.paint(None, Some(stroke));
                self.close();
            }
            DrawOp::Area { points, fill } => {
                self.open("polygon");
                self.points(sketch.points(points));
                self.paint(Some(fill), None);
                self.close();
            }
            DrawOp::Cubic { curve, stroke } => {
                self.open("path");
                self.out.push_str(" d=\"M");
                self.pair(curve.from);
                self.out.push('C');
                for point in [curve.leave, curve.reach, curve.to] {
                    self.pair(point);
                    self.out.push(' ');
                }
                self.out.push('"');
                self.paint(None, Some(stroke));
                self.close();
            }
            DrawOp::Text { at, text, align, size, weight, token } => {
                self.open("text");
                self.numbers(&[("x", at.x), ("y", at.y), ("font-size", size)]);
                match align {
                    Align::Left => {}
                    Align::Center => self.attribute("text-anchor", "middle"),
                    Align::Right => self.attribute("text-anchor", "end"),
                }
                if weight == Weight::Bold {
                    self.attribute("font-weight", "600");
                }
                self.ink("fill", token.into());
                self.out.push('>');
                escape(&mut self.out, sketch.text(text));
                self.out.push_str("</text>");
                self.line();
            }
            DrawOp::Dot { at, size, glyph } => {
                let mut picture = Sketch::new();
                paint_glyph(&mut picture, glyph, at, size);
                for op in picture.ops() {
                    self.op(&picture, op);
                }
            }
            DrawOp::Clip(rect) => self.clip(rect),
            DrawOp::Unclip => self.unclip(),
        }
    }

    /// Begins an element.
    pub(super) fn open(&mut self, element: &str) {
        self.out.push('<');
        self.out.push_str(element);
    }

    /// Ends an element that holds none.
    pub(super) fn close(&mut self) {
        self.out.push_str("/>");
        self.line();
    }

    /// An attribute. The value is written as it is: it must not come from outside.
    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        for part in [" ", name, "=\"", value, "\""] {
            self.out.push_str(part);
        }
    }

    /// Attributes that are numbers.
    pub(super) fn numbers(&mut self, all: &[(&str, f32)]) {
        for (name, value) in all {
            for part in [" ", name, "=\""] {
                self.out.push_str(part);
            }
            self.number(*value);
            self.out.push('"');
        }
    }

    /// The attributes that say how an element is filled and drawn.
    pub(super) fn paint(&mut self, fill: Option<Ink>, stroke: Option<Stroke>) {
        match fill {
            Some(ink) => self.ink("fill", ink),
            None => self.attribute("fill", "none"),
        }
        if let Some(stroke) = stroke {
            self.ink("stroke", stroke.ink);
            self.numbers(&[("stroke-width", stroke.width)]);
            if stroke.is_dashed() {
                self.out.push_str(" stroke-dasharray=\"");
                self.pair(Point { x: stroke.dash[0], y: stroke.dash[1] });
                self.out.push('"');
            }
        }
    }

    /// Ends the clip that is open.
    pub(super) fn unclip(&mut self) {
        if std::mem::take(&mut self.clipped) {
            self.out.push_str("</g>");
            self.line();
        }
    }

    /// Breaks the line where the form has lines.
    pub(super) fn line(&mut self) {
        if self.form != Form::Page {
            self.out.push('\n');
        }
    }

    fn ink(&mut self, what: &str, ink: Ink) {
        match self.form {
            Form::File(theme) => self.attribute(what, theme.hex(ink.token)),
            Form::Page => self.attribute(what, &["var(--", ink.token.name(), ")"].concat()),
        }
        if ink.alpha < 1.0 {
            for part in [" ", what, "-opacity=\""] {
                self.out.push_str(part);
            }
            format::machine_fixed(&mut self.out, ink.alpha.into(), 3);
            self.out.push('"');
        }
    }

    fn points(&mut self, points: &[Point]) {
        self.out.push_str(" points=\"");
        for &point in points {
            self.pair(point);
            self.out.push(' ');
        }
        self.out.push('"');
    }

    /// An arc, in two halves: one path command cannot go full circle.
    fn arc(&mut self, center: Point, radius: f32, from: f32, to: f32, stroke: Stroke) {
        let at = |turn: f32| {
            let (sin, cos) = libm::sincosf(turn * std::f32::consts::TAU);
            Point { x: center.x + radius * sin, y: center.y - radius * cos }
        };
        self.open("path");
        self.out.push_str(" d=\"M");
        self.pair(at(from));
        for turn in [(from + to) / 2.0, to] {
            self.out.push('A');
            self.pair(Point { x: radius, y: radius });
            self.out.push_str(" 0 0 1 ");
            self.pair(at(turn));
        }
        self.out.push('"');
        self.paint(None, Some(stroke));
        self.close();
    }

    fn clip(&mut self, rect: Rect) {
        self.unclip();
        self.clips += 1;
        let name = format::string(|out| {
            out.push('c');
            format::machine_fixed(out, self.clips.into(), 0);
        });
        for part in ["<clipPath id=\"", &name, "\"><rect"] {
            self.out.push_str(part);
        }
        let all = [("x", rect.x), ("y", rect.y), ("width", rect.w.max(0.0)), ("height", rect.h.max(0.0))];
        self.numbers(&all);
        for part in ["/></clipPath><g clip-path=\"url(#", &name, ")\">"] {
            self.out.push_str(part);
        }
        self.line();
        self.clipped = true;
    }

    fn pair(&mut self, point: Point) {
        self.number(point.x);
        self.out.push(' ');
        self.number(point.y);
    }

    /// A coordinate; what is no number is 0.
    pub(super) fn number(&mut self, value: f32) {
        let decimals = if self.form == Form::Page { 0 } else { 2 };
        if value.is_finite() {
            format::machine_fixed(&mut self.out, value.into(), decimals);
        } else {
            self.out.push('0');
        }
    }
}

/// Text as XML has it. What XML cannot have becomes a replacement character.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                out.push('\u{fffd}');
            }
            c => out.push(c),
        }
    }
}
