//! The display's frames: a request that is cancelled when dropped.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Asks the browser for one frame at a time, and stops asking when dropped.
pub struct FrameLoop {
    window: web_sys::Window,
    on_frame: Closure<dyn FnMut(f64)>,
    asked: Option<i32>,
}

impl FrameLoop {
    /// A loop that calls `on_frame` with the frame's time in milliseconds; it rests until [`FrameLoop::ask`].
    pub fn new(window: web_sys::Window, on_frame: impl FnMut(f64) + 'static) -> FrameLoop {
        FrameLoop { window, on_frame: Closure::new(on_frame), asked: None }
    }

    /// Asks for the next frame. A hidden tab gets none.
    pub fn ask(&mut self) {
        let callback = self.on_frame.as_ref().unchecked_ref();
        self.asked = self.window.request_animation_frame(callback).ok();
    }
}

impl Drop for FrameLoop {
    fn drop(&mut self) {
        if let Some(asked) = self.asked {
            // A frame that has passed is no error.
            let _ = self.window.cancel_animation_frame(asked);
        }
    }
}
