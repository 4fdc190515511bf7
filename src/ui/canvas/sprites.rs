//! Glyphs as ready pictures: one small hidden canvas for each size, painted once, copied for every dot.

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d as Context, HtmlCanvasElement};

use crate::ui::canvas::brush::Brush;
use crate::ui::platform::browser::window;
use crate::view::{Glyph, Point, Sketch, Theme, paint_glyph};

/// Rings lie within this many nominal sizes.
const REACH: f32 = 1.8;

/// Sheets kept at most; beyond it the store begins anew. A sketch uses three or four sizes.
const MAX_SHEETS: usize = 12;

/// All sheets of one theme and resolution.
pub struct Sprites {
    theme: Theme,
    scale: f64,
    sheets: Vec<Sheet>,
}

/// The glyphs of one size, side by side, in the order of their numbers.
struct Sheet {
    size: f32,
    canvas: HtmlCanvasElement,
    context: Context,
    /// Width of a cell in device pixels.
    cell: u32,
    painted: [bool; Glyph::COUNT],
}

impl Sprites {
    /// Nothing painted yet.
    pub fn new(theme: Theme, scale: f64) -> Sprites {
        Sprites { theme, scale, sheets: Vec::new() }
    }

    /// Paints a glyph with its middle at `at`.
    pub fn paint(&mut self, context: &Context, at: Point, size: f32, glyph: Glyph) {
        let (theme, scale) = (self.theme, self.scale);
        let Some(sheet) = self.sheet(size) else { return };
        let index = glyph.index();
        if !std::mem::replace(&mut sheet.painted[index], true) {
            sheet.fill_in(index, glyph, theme, scale);
        }
        let cell = f64::from(sheet.cell);
        let side = cell / scale;
        let rests = matches!(glyph, Glyph::Busy | Glyph::Blocked | Glyph::Free);
        let place = |middle: f32| {
            let edge = f64::from(middle) - side / 2.0;
            // Whole device pixels keep resting glyphs sharp; moving ones move more smoothly between them.
            if rests { (edge * scale + 0.5).floor() / scale } else { edge }
        };
        // Fails only for a canvas of no size, which a sheet never is.
        let _ = context.draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            &sheet.canvas,
            index as f64 * cell,
            0.0,
            cell,
            cell,
            place(at.x),
            place(at.y),
            side,
            side,
        );
    }

    fn sheet(&mut self, size: f32) -> Option<&mut Sheet> {
        let at = match self.sheets.iter().position(|sheet| sheet.size == size) {
            Some(at) => at,
            None => {
                if self.sheets.len() >= MAX_SHEETS {
                    self.sheets.clear();
                }
                self.sheets.push(Sheet::new(size, self.scale)?);
                self.sheets.len() - 1
            }
        };
        self.sheets.get_mut(at)
    }
}

impl Sheet {
    fn new(size: f32, scale: f64) -> Option<Sheet> {
        let cell = (f64::from(size * REACH) * scale).ceil() as u32 + 2;
        let document = window().document()?;
        let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
        canvas.set_width(cell * Glyph::COUNT as u32);
        canvas.set_height(cell);
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        Some(Sheet { size, canvas, context, cell, painted: [false; Glyph::COUNT] })
    }

    fn fill_in(&self, index: usize, glyph: Glyph, theme: Theme, scale: f64) {
        let side = f64::from(self.cell) / scale;
        let middle = Point { x: (side * (index as f64 + 0.5)) as f32, y: (side / 2.0) as f32 };
        let mut sketch = Sketch::new();
        paint_glyph(&mut sketch, glyph, middle, self.size);
        let _ = self.context.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0);
        let mut brush = Brush::new(&self.context, theme);
        for op in sketch.ops() {
            brush.shape(op, &sketch);
        }
    }
}
