//! A sketch as SVG: for export, and for looking at a picture without a browser's canvas.

use super::draw::{Align, DrawOp, Ink, Sketch, Stroke, Weight};
use super::format;
use super::geometry::{Point, Rect, Size};
use super::glyph::paint_glyph;
use super::theme::Theme;

/// What text is set in: the system's sans, as on the page.
const FONT: &str = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";

/// A sketch as an SVG document of this size, on the theme's stage colour. Glyphs become plain shapes.
pub fn svg(sketch: &Sketch, size: Size, theme: Theme) -> String {
    let mut out = String::with_capacity(256 + sketch.ops().len() * 120);
    out.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\" font-family=\"");
    out.push_str(FONT);
    out.push_str("\" style=\"font-variant-numeric:tabular-nums\"");
    attributes(&mut out, &[("width", size.w), ("height", size.h)]);
    out.push_str(" viewBox=\"0 0 ");
    number(&mut out, size.w);
    out.push(' ');
    number(&mut out, size.h);
    out.push_str("\">\n");
    let mut writer = Writer { out, theme, clips: 0, clipped: false };
    let whole = DrawOp::Rect {
        rect: Rect::new(0.0, 0.0, size.w, size.h),
        radius: 0.0,
        fill: Some(super::Token::Stage.into()),
        stroke: None,
    };
    writer.op(sketch, &whole);
    for op in sketch.ops() {
        writer.op(sketch, op);
    }
    writer.unclip();
    writer.out.push_str("</svg>\n");
    writer.out
}

struct Writer {
    out: String,
    theme: Theme,
    /// Clips so far: each has a name.
    clips: u32,
    clipped: bool,
}

impl Writer {
    fn op(&mut self, sketch: &Sketch, op: &DrawOp) {
        match *op {
            DrawOp::Rect { rect, radius, fill, stroke } => {
                let radius = radius.min(rect.w / 2.0).min(rect.h / 2.0).max(0.0);
                self.open("rect");
                let Rect { x, y, w, h } = rect;
                let all = [("x", x), ("y", y), ("width", w.max(0.0)), ("height", h.max(0.0)), ("rx", radius)];
                attributes(&mut self.out, &all);
                self.paint(fill, stroke);
            }
            DrawOp::Circle { center, radius, fill, stroke } => {
                self.open("circle");
                attributes(&mut self.out, &[("cx", center.x), ("cy", center.y), ("r", radius.max(0.0))]);
                self.paint(fill, stroke);
            }
            DrawOp::Arc { center, radius, from, to, stroke } => self.arc(center, radius, from, to, stroke),
            DrawOp::Line { from, to, stroke } => {
                self.open("line");
                let all = [("x1", from.x), ("y1", from.y), ("x2", to.x), ("y2", to.y)];
                attributes(&mut self.out, &all);
                self.paint(None, Some(stroke));
            }
            DrawOp::Polyline { points, stroke } => {
                self.open("polyline");
                self.points(sketch.points(points));
                self.out.push_str(" stroke-linejoin=\"round\"");
                self.paint(None, Some(stroke));
            }
            DrawOp::Area { points, fill } => {
                self.open("polygon");
                self.points(sketch.points(points));
                self.paint(Some(fill), None);
            }
            DrawOp::Cubic { curve, stroke } => {
                self.open("path");
                self.out.push_str(" d=\"M");
                pair(&mut self.out, curve.from);
                self.out.push('C');
                for point in [curve.leave, curve.reach, curve.to] {
                    pair(&mut self.out, point);
                    self.out.push(' ');
                }
                self.out.push('"');
                self.paint(None, Some(stroke));
            }
            DrawOp::Text { at, text, align, size, weight, token } => {
                self.open("text");
                attributes(&mut self.out, &[("x", at.x), ("y", at.y), ("font-size", size)]);
                self.out.push_str(match align {
                    Align::Left => "",
                    Align::Center => " text-anchor=\"middle\"",
                    Align::Right => " text-anchor=\"end\"",
                });
                self.out.push_str(if weight == Weight::Bold { " font-weight=\"600\"" } else { "" });
                self.ink("fill", token.into());
                self.out.push('>');
                escape(&mut self.out, sketch.text(text));
                self.out.push_str("</text>\n");
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

    fn open(&mut self, element: &str) {
        self.out.push('<');
        self.out.push_str(element);
    }

    /// The end of an element: how it is filled and drawn.
    fn paint(&mut self, fill: Option<Ink>, stroke: Option<Stroke>) {
        match fill {
            Some(ink) => self.ink("fill", ink),
            None => self.out.push_str(" fill=\"none\""),
        }
        if let Some(stroke) = stroke {
            self.ink("stroke", stroke.ink);
            attributes(&mut self.out, &[("stroke-width", stroke.width)]);
            if stroke.is_dashed() {
                self.out.push_str(" stroke-dasharray=\"");
                pair(&mut self.out, Point { x: stroke.dash[0], y: stroke.dash[1] });
                self.out.push('"');
            }
        }
        self.out.push_str("/>\n");
    }

    fn ink(&mut self, what: &str, ink: Ink) {
        for part in [" ", what, "=\"", self.theme.hex(ink.token), "\""] {
            self.out.push_str(part);
        }
        if ink.alpha < 1.0 {
            for part in [" ", what, "-opacity=\""] {
                self.out.push_str(part);
            }
            format::fixed(&mut self.out, ink.alpha.into(), 3);
            self.out.push('"');
        }
    }

    fn points(&mut self, points: &[Point]) {
        self.out.push_str(" points=\"");
        for &point in points {
            pair(&mut self.out, point);
            self.out.push(' ');
        }
        self.out.push('"');
    }

    /// An arc, in at most two halves: one path command cannot go full circle.
    fn arc(&mut self, center: Point, radius: f32, from: f32, to: f32, stroke: Stroke) {
        let at = |turn: f32| {
            let (sin, cos) = libm::sincosf(turn * std::f32::consts::TAU);
            Point { x: center.x + radius * sin, y: center.y - radius * cos }
        };
        self.open("path");
        self.out.push_str(" d=\"M");
        pair(&mut self.out, at(from));
        for turn in [(from + to) / 2.0, to] {
            self.out.push('A');
            pair(&mut self.out, Point { x: radius, y: radius });
            self.out.push_str(" 0 0 1 ");
            pair(&mut self.out, at(turn));
        }
        self.out.push('"');
        self.paint(None, Some(stroke));
    }

    fn clip(&mut self, rect: Rect) {
        self.unclip();
        self.clips += 1;
        let name = format::string(|out| {
            out.push('c');
            format::fixed(out, self.clips.into(), 0);
        });
        for part in ["<clipPath id=\"", &name, "\"><rect"] {
            self.out.push_str(part);
        }
        let all = [("x", rect.x), ("y", rect.y), ("width", rect.w.max(0.0)), ("height", rect.h.max(0.0))];
        attributes(&mut self.out, &all);
        for part in ["/></clipPath><g clip-path=\"url(#", &name, ")\">\n"] {
            self.out.push_str(part);
        }
        self.clipped = true;
    }

    fn unclip(&mut self) {
        if std::mem::take(&mut self.clipped) {
            self.out.push_str("</g>\n");
        }
    }
}

fn attributes(out: &mut String, all: &[(&str, f32)]) {
    for (name, value) in all {
        for part in [" ", name, "=\""] {
            out.push_str(part);
        }
        number(out, *value);
        out.push('"');
    }
}

fn pair(out: &mut String, point: Point) {
    number(out, point.x);
    out.push(' ');
    number(out, point.y);
}

/// A coordinate to a hundredth of a pixel, with the sign that SVG reads; what is no number is 0.
fn number(out: &mut String, value: f32) {
    if !value.is_finite() {
        return out.push('0');
    }
    if value <= -0.005 {
        out.push('-');
    }
    format::fixed(out, value.abs().into(), 2);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::text::{Face, write};
    use crate::view::{Curve, Glyph, Token};

    const SIZE: Size = Size { w: 200.0, h: 100.5 };

    fn picture(draw: impl FnOnce(&mut Sketch)) -> String {
        let mut sketch = Sketch::new();
        draw(&mut sketch);
        svg(&sketch, SIZE, Theme::Dark)
    }

    /// What one operation becomes, without the frame.
    fn check(op: DrawOp, expected: &str) {
        let text = picture(|sketch| sketch.push(op));
        let inside: Vec<&str> = text.lines().skip(2).collect();
        assert_eq!(inside[..inside.len() - 1].join(""), expected);
    }

    #[test]
    fn every_operation_becomes_an_element() {
        let point = |x, y| Point { x, y };
        let thin = Stroke::new(Token::Line, 1.5);
        let rect = Rect::new(-1.0, 2.0, 30.0, 8.0);
        check(
            DrawOp::Rect { rect, radius: 9.0, fill: Some(Token::Good.alpha(0.25)), stroke: Some(thin) },
            "<rect x=\"-1.00\" y=\"2.00\" width=\"30.00\" height=\"8.00\" rx=\"4.00\" fill=\"#3ccf9e\" \
             fill-opacity=\"0.250\" stroke=\"#2a3441\" stroke-width=\"1.50\"/>",
        );
        check(
            DrawOp::Circle { center: point(1.0, 2.0), radius: 3.0, fill: None, stroke: Some(thin) },
            "<circle cx=\"1.00\" cy=\"2.00\" r=\"3.00\" fill=\"none\" stroke=\"#2a3441\" stroke-width=\"1.50\"/>",
        );
        let dashed = Stroke::dashed(Token::Late, 2.0, 3.0, 4.0);
        check(
            DrawOp::Line { from: point(0.0, 0.0), to: point(f32::NAN, 5.0), stroke: dashed },
            "<line x1=\"0.00\" y1=\"0.00\" x2=\"0\" y2=\"5.00\" fill=\"none\" stroke=\"#ffb454\" \
             stroke-width=\"2.00\" stroke-dasharray=\"3.00 4.00\"/>",
        );
        let curve = Curve {
            from: point(0.0, 0.0),
            leave: point(1.0, 0.0),
            reach: point(2.0, 3.0),
            to: point(4.0, 3.0),
        };
        check(
            DrawOp::Cubic { curve, stroke: thin },
            "<path d=\"M0.00 0.00C1.00 0.00 2.00 3.00 4.00 3.00 \" fill=\"none\" stroke=\"#2a3441\" \
             stroke-width=\"1.50\"/>",
        );
        check(
            DrawOp::Arc { center: point(10.0, 10.0), radius: 5.0, from: 0.0, to: 1.0, stroke: thin },
            "<path d=\"M10.00 5.00A5.00 5.00 0 0 1 10.00 15.00A5.00 5.00 0 0 1 10.00 5.00\" fill=\"none\" \
             stroke=\"#2a3441\" stroke-width=\"1.50\"/>",
        );
    }

    #[test]
    fn text_is_text_and_cannot_break_out() {
        let text = picture(|sketch| {
            let face = Face::bold(12.0, Token::Ink);
            write(sketch, Point::default(), Align::Right, face, 900.0, "</text><script>\"&\u{1}");
        });
        assert!(text.contains(">&lt;/text&gt;&lt;script&gt;&quot;&amp;\u{fffd}</text>"), "{text}");
        assert!(text.contains("text-anchor=\"end\" font-weight=\"600\""));
    }

    #[test]
    fn glyphs_and_clips_are_closed_shapes() {
        let text = picture(|sketch| {
            sketch.push(DrawOp::Clip(Rect::new(0.0, 0.0, 9.0, 9.0)));
            sketch.push(DrawOp::Clip(Rect::new(0.0, 0.0, 5.0, 5.0)));
            sketch.push(DrawOp::Dot { at: Point::default(), size: 10.0, glyph: Glyph::Retry(Some(3)) });
            let points = sketch.keep_points([Point::default(), Point { x: 3.0, y: 4.0 }, Point::default()]);
            sketch.push(DrawOp::Area { points, fill: Token::Ink.into() });
            sketch.push(DrawOp::Polyline { points, stroke: Stroke::new(Token::Ink, 1.0) });
        });
        for (open, close) in [("<g ", "</g>"), ("<clipPath", "</clipPath>"), ("<svg", "</svg>")] {
            assert_eq!(text.matches(open).count(), text.matches(close).count(), "{open}");
        }
        assert!(text.contains("url(#c2)") && text.contains("<circle") && text.contains("stroke-dasharray"));
        assert!(text.contains("points=\"0.00 0.00 3.00 4.00 0.00 0.00 \""));
        assert!(!text.contains("NaN"));
    }
}
