//! A sketch as an SVG file: for export, and for looking at a picture without a browser's canvas.

use super::writer::{Form, Writer};
use crate::view::canvas::draw::{DrawOp, Sketch};
use crate::view::canvas::geometry::{Rect, Size};
use crate::view::canvas::theme::{Theme, Token};

/// What text is set in: the system's sans, as on the page.
const FONT: &str = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";

/// A sketch as an SVG document of this size, on the theme's stage colour. Glyphs become plain shapes.
pub fn svg(sketch: &Sketch, size: Size, theme: Theme) -> String {
    let mut writer = Writer::new(Form::File(theme));
    writer.out.reserve(256 + sketch.ops().len() * 120);
    writer.open("svg");
    writer.attribute("xmlns", "http://www.w3.org/2000/svg");
    writer.attribute("font-family", FONT);
    writer.attribute("style", "font-variant-numeric:tabular-nums");
    writer.numbers(&[("width", size.w), ("height", size.h)]);
    writer.out.push_str(" viewBox=\"0 0 ");
    writer.number(size.w);
    writer.out.push(' ');
    writer.number(size.h);
    writer.out.push_str("\">");
    writer.line();
    let rect = Rect::new(0.0, 0.0, size.w, size.h);
    let ground = DrawOp::Rect { rect, radius: 0.0, fill: Some(Token::Stage.into()), stroke: None };
    writer.op(sketch, &ground);
    for op in sketch.ops() {
        writer.op(sketch, op);
    }
    writer.unclip();
    writer.out.push_str("</svg>");
    writer.line();
    writer.out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::canvas::draw::{Align, Stroke};
    use crate::view::canvas::geometry::{Curve, Point};
    use crate::view::canvas::glyph::Glyph;
    use crate::view::canvas::text::{Face, write};

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
