//! The display's frames: a request that is cancelled when dropped, and a meter of the work in them.

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

/// How many frames a meter remembers: about five seconds.
const REMEMBERED: usize = 300;

/// Measures the work of the last frames, or a part of it, in milliseconds.
pub struct Meter {
    work_ms: Vec<f64>,
    next: usize,
}

impl Meter {
    /// Nothing measured yet.
    pub fn new() -> Meter {
        Meter { work_ms: Vec::with_capacity(REMEMBERED), next: 0 }
    }

    /// Remembers the work of one frame.
    pub fn add(&mut self, work_ms: f64) {
        if self.work_ms.len() < REMEMBERED {
            self.work_ms.push(work_ms);
        } else {
            self.work_ms[self.next] = work_ms;
            self.next = (self.next + 1) % REMEMBERED;
        }
    }

    /// The least that so many hundredths of the frames remembered did not exceed; none before the first.
    pub fn hundredth_ms(&self, hundredths: usize) -> Option<f64> {
        let mut sorted = self.work_ms.clone();
        sorted.sort_by(f64::total_cmp);
        let at = (sorted.len() * hundredths).div_ceil(100).checked_sub(1)?;
        sorted.get(at).copied()
    }
}
