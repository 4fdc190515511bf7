//! The painter: executes a sketch on a canvas, and decides nothing.

use web_sys::CanvasRenderingContext2d as Context;

use crate::ui::canvas::brush::Brush;
use crate::ui::canvas::sprites::Sprites;
use crate::view::{DrawOp, Point, Sketch, Theme, Weight};

/// Paints sketches in one theme at one resolution.
pub struct Painter {
    theme: Theme,
    scale: f64,
    sprites: Sprites,
    fonts: Vec<Font>,
}

/// A font string, made once.
struct Font {
    size: f32,
    weight: Weight,
    css: String,
}

/// More fonts than this are in nobody's sketch; beyond it the store begins anew.
const MAX_FONTS: usize = 64;

impl Painter {
    /// For this theme and so many device pixels to a CSS pixel.
    pub fn new(theme: Theme, scale: f64) -> Painter {
        Painter { theme, scale, sprites: Sprites::new(theme, scale), fonts: Vec::new() }
    }

    /// Whether it fits this theme and resolution.
    pub fn fits(&self, theme: Theme, scale: f64) -> bool {
        self.theme == theme && self.scale == scale
    }

    /// Clears the canvas and paints a sketch on it.
    pub fn paint(&mut self, context: &Context, width: f64, height: f64, sketch: &Sketch) {
        self.look_from(context, Point::default());
        context.clear_rect(0.0, 0.0, width, height);
        let mut corner = Point::default();
        context.set_line_join("round");
        let mut brush = Brush::new(context, self.theme);
        let mut clipped = false;
        for (at, op) in sketch.ops().iter().enumerate() {
            if sketch.corner(at) != corner {
                corner = sketch.corner(at);
                self.look_from(context, corner);
            }
            match *op {
                DrawOp::Text { at, text, align, size, weight, token } => {
                    let font = self.font(size, weight);
                    brush.font(font, &self.fonts[font].css);
                    brush.align(align);
                    brush.fill(token.into());
                    let _ = context.fill_text(sketch.text(text), at.x.into(), at.y.into());
                }
                DrawOp::Dot { at, size, glyph } => {
                    brush.alpha(1.0);
                    self.sprites.paint(context, at, size, glyph);
                }
                DrawOp::Clip(rect) => {
                    context.save();
                    context.begin_path();
                    context.rect(rect.x.into(), rect.y.into(), rect.w.into(), rect.h.into());
                    context.clip();
                    clipped = true;
                }
                DrawOp::Unclip => {
                    if std::mem::take(&mut clipped) {
                        context.restore();
                        brush.forget();
                    }
                }
                _ => brush.shape(op, sketch),
            }
        }
        if clipped {
            context.restore();
        }
    }

    /// Puts this point of pictures at the upper left corner: on a whole pixel of the display, so that what is sharp stays
    /// so.
    fn look_from(&self, context: &Context, corner: Point) {
        let off = |at: f32| -(f64::from(at) * self.scale).round();
        // A context that refuses (a lost one) paints nothing; the next frame tries again.
        let _ = context.set_transform(self.scale, 0.0, 0.0, self.scale, off(corner.x), off(corner.y));
    }

    fn font(&mut self, size: f32, weight: Weight) -> usize {
        if let Some(at) = self.fonts.iter().position(|font| font.size == size && font.weight == weight) {
            return at;
        }
        if self.fonts.len() >= MAX_FONTS {
            self.fonts.clear();
        }
        let bold = if weight == Weight::Bold { "600 " } else { "" };
        let tenths = (size * 10.0) as u32;
        let (whole, tenth) = ((tenths / 10).to_string(), (tenths % 10).to_string());
        let css =
            [bold, &whole, ".", &tenth, "px system-ui, -apple-system, \"Segoe UI\", Roboto, sans-serif"]
                .concat();
        self.fonts.push(Font { size, weight, css });
        self.fonts.len() - 1
    }
}
