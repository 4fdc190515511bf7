//! The brush: paints plain shapes on a context, and sets nothing twice.

use web_sys::CanvasRenderingContext2d as Context;

use crate::view::{Align, DrawOp, Ink, Point, Rect, Sketch, Stroke, Theme, Token};

/// What the context is known to be set to, so that nothing is set twice.
#[derive(Default)]
struct Known {
    fill: Option<Token>,
    stroke: Option<Token>,
    alpha: Option<f32>,
    width: Option<f32>,
    dash: Option<[f32; 2]>,
    font: Option<usize>,
    align: Option<Align>,
}

/// A context, and what it is known to be set to.
pub struct Brush<'a> {
    context: &'a Context,
    theme: Theme,
    known: Known,
}

impl<'a> Brush<'a> {
    /// A brush on a context of which nothing is known.
    pub fn new(context: &'a Context, theme: Theme) -> Brush<'a> {
        Brush { context, theme, known: Known::default() }
    }

    /// The context was restored to an earlier state: nothing of it is known any more.
    pub fn forget(&mut self) {
        self.known = Known::default();
    }

    /// Paints a plain shape; texts, dots and clips are not shapes and leave nothing.
    pub fn shape(&mut self, op: &DrawOp, sketch: &Sketch) {
        let context = self.context;
        match *op {
            DrawOp::Rect { rect, radius, fill, stroke } => self.rect(rect, radius, fill, stroke),
            DrawOp::Circle { center, radius, fill, stroke } => {
                context.begin_path();
                self.arc(center, radius, 0.0, 1.0);
                self.fill_path(fill);
                self.stroke_path(stroke);
            }
            DrawOp::Arc { center, radius, from, to, stroke } => {
                context.begin_path();
                self.arc(center, radius, from, to);
                self.stroke_path(Some(stroke));
            }
            DrawOp::Line { from, to, stroke } => {
                context.begin_path();
                context.move_to(from.x.into(), from.y.into());
                context.line_to(to.x.into(), to.y.into());
                self.stroke_path(Some(stroke));
            }
            DrawOp::Polyline { points, stroke } => {
                self.path(sketch.points(points));
                self.stroke_path(Some(stroke));
            }
            DrawOp::Area { points, fill } => {
                self.path(sketch.points(points));
                self.fill_path(Some(fill));
            }
            DrawOp::Cubic { curve, stroke } => {
                context.begin_path();
                context.move_to(curve.from.x.into(), curve.from.y.into());
                let (leave, reach, to) = (curve.leave, curve.reach, curve.to);
                context.bezier_curve_to(
                    leave.x.into(),
                    leave.y.into(),
                    reach.x.into(),
                    reach.y.into(),
                    to.x.into(),
                    to.y.into(),
                );
                self.stroke_path(Some(stroke));
            }
            DrawOp::Text { .. } | DrawOp::Dot { .. } | DrawOp::Clip(_) | DrawOp::Unclip => {}
        }
    }

    fn rect(&mut self, rect: Rect, radius: f32, fill: Option<Ink>, stroke: Option<Stroke>) {
        let (x, y, w, h) = (rect.x.into(), rect.y.into(), rect.w.into(), rect.h.into());
        if radius <= 0.0 && stroke.is_none() {
            if let Some(ink) = fill {
                self.fill(ink);
                self.context.fill_rect(x, y, w, h);
            }
            return;
        }
        self.context.begin_path();
        let _ = self.context.round_rect_with_f64(x, y, w, h, radius.max(0.0).into());
        self.fill_path(fill);
        self.stroke_path(stroke);
    }

    /// Part of a circle, in turns clockwise from the top.
    fn arc(&self, center: Point, radius: f32, from: f32, to: f32) {
        let angle = |turns: f32| (f64::from(turns) - 0.25) * std::f64::consts::TAU;
        let (x, y) = (center.x.into(), center.y.into());
        let _ = self.context.arc(x, y, radius.max(0.0).into(), angle(from), angle(to));
    }

    fn path(&self, points: &[Point]) {
        self.context.begin_path();
        for point in points {
            // The first `lineTo` of an empty path begins it.
            self.context.line_to(point.x.into(), point.y.into());
        }
    }

    fn fill_path(&mut self, fill: Option<Ink>) {
        if let Some(ink) = fill {
            self.fill(ink);
            self.context.fill();
        }
    }

    fn stroke_path(&mut self, stroke: Option<Stroke>) {
        let Some(stroke) = stroke else { return };
        let Stroke { ink, width, dash } = stroke;
        self.alpha(ink.alpha);
        if self.known.stroke.replace(ink.token) != Some(ink.token) {
            self.context.set_stroke_style_str(self.theme.hex(ink.token));
        }
        if self.known.width.replace(width) != Some(width) {
            self.context.set_line_width((width * self.theme.weight()).into());
        }
        if self.known.dash.replace(dash) != Some(dash) {
            let segments = js_sys::Array::new();
            if stroke.is_dashed() {
                segments.push(&dash[0].into());
                segments.push(&dash[1].into());
            }
            let _ = self.context.set_line_dash(&segments);
        }
        self.context.stroke();
    }

    /// Sets the ink of surfaces and texts.
    pub fn fill(&mut self, ink: Ink) {
        self.alpha(ink.alpha);
        if self.known.fill.replace(ink.token) != Some(ink.token) {
            self.context.set_fill_style_str(self.theme.hex(ink.token));
        }
    }

    /// Sets how much of what is below is covered, 0 to 1.
    pub fn alpha(&mut self, alpha: f32) {
        if self.known.alpha.replace(alpha) != Some(alpha) {
            self.context.set_global_alpha(alpha.into());
        }
    }

    /// Sets the font: its number, and what it is in CSS.
    pub fn font(&mut self, font: usize, css: &str) {
        if self.known.font.replace(font) != Some(font) {
            self.context.set_font(css);
        }
    }

    /// Sets where texts stand at their points.
    pub fn align(&mut self, align: Align) {
        if self.known.align.replace(align) != Some(align) {
            self.context.set_text_align(match align {
                Align::Left => "left",
                Align::Center => "center",
                Align::Right => "right",
            });
        }
    }
}
