//! Canvases: their contexts and sizes, kept in step with the page.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{CanvasRenderingContext2d as Context, HtmlCanvasElement, ResizeObserver};
use yew::NodeRef;

use crate::base::within;
use crate::ui::canvas::painter::Painter;
use crate::ui::platform::end::ended;
use crate::view::{Size, Sketch};

/// Larger canvases than this in either direction (device pixels) are drawn at a lower resolution.
const MAX_SIDE: f64 = 8192.0;

/// One canvas of the page.
pub struct Surface {
    /// Where the page puts it.
    pub node: NodeRef,
    /// What is drawn on it; kept so that its memory is.
    pub sketch: Sketch,
    canvas: Option<(HtmlCanvasElement, Context)>,
    size: Size,
}

impl Surface {
    /// A canvas that the page has not got yet.
    pub fn new() -> Surface {
        Surface { node: NodeRef::default(), sketch: Sketch::new(), canvas: None, size: Size::default() }
    }

    /// Its size in the pixels of its picture; nothing while the page has not got it, or hides it.
    pub fn size(&self) -> Option<Size> {
        (self.canvas.is_some() && self.size.w >= 1.0 && self.size.h >= 1.0).then_some(self.size)
    }

    /// Takes the page's canvas, if it is another one than before.
    pub fn attach(&mut self, observer: &ResizeObserver) {
        let found = self.node.cast::<HtmlCanvasElement>();
        if found.as_ref() == self.canvas.as_ref().map(|(canvas, _)| canvas) {
            return;
        }
        if let Some((old, _)) = self.canvas.take() {
            observer.unobserve(&old);
        }
        self.canvas = found.and_then(|canvas| {
            observer.observe(&canvas);
            let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
            Some((canvas, context))
        });
    }

    /// Reads its size from the page and gives it as many pixels as the display shows; true if it was cleared. A pixel of
    /// its picture is `larger` times one of the page.
    pub fn measure(&mut self, scale: f64, larger: f32) -> bool {
        let Some((canvas, _)) = &self.canvas else { return false };
        let (w, h) = (canvas.client_width(), canvas.client_height());
        self.size = Size { w: w as f32 / larger, h: h as f32 / larger };
        let pixels = |css: i32| within((f64::from(css) * scale).round(), 1.0, MAX_SIDE) as u32;
        // Setting the size clears a canvas, so only where it changes.
        let same = canvas.width() == pixels(w) && canvas.height() == pixels(h);
        if !same {
            canvas.set_width(pixels(w));
            canvas.set_height(pixels(h));
        }
        !same
    }

    /// Paints its sketch.
    pub fn paint(&self, painter: &mut Painter) {
        if let Some((_, context)) = &self.canvas {
            painter.paint(context, self.size.w.into(), self.size.h.into(), &self.sketch);
        }
    }
}

/// Watches the sizes of all canvases; stops when dropped.
pub struct SizeWatch {
    observer: ResizeObserver,
    _on_resize: Closure<dyn FnMut()>,
}

impl SizeWatch {
    /// Calls `on_resize` after a canvas has changed its size; none where the browser has no such thing.
    pub fn new(mut on_resize: impl FnMut() + 'static) -> Option<SizeWatch> {
        let on_resize = Closure::new(move || {
            if !ended() {
                on_resize();
            }
        });
        let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok()?;
        Some(SizeWatch { observer, _on_resize: on_resize })
    }

    /// The observer that surfaces register with.
    pub fn observer(&self) -> &ResizeObserver {
        &self.observer
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
