//! The browser's own things that may be missing or refuse: seeds, media queries, listeners.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget, HtmlInputElement};

use crate::ui::platform::end::ended;

/// The window. There is one wherever the application runs.
pub fn window() -> web_sys::Window {
    web_sys::window().expect("the application runs in a window")
}

/// The present instant of the display's clock, in milliseconds; always 0 where there is none.
pub fn now_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// The media query of those who do not want things to move.
pub const REDUCED_MOTION: &str = "(prefers-reduced-motion: reduce)";

/// What stands in the field with this id while it has the focus.
pub fn typed(id: &str) -> Option<String> {
    let field = window().document()?.active_element().filter(|element| element.id() == id)?;
    Some(field.dyn_into::<HtmlInputElement>().ok()?.value())
}

/// A seed from the browser's generator, of six digits or fewer so that it can be read aloud; none where the
/// browser refuses.
pub fn fresh_seed() -> Option<u64> {
    let mut bytes = [0_u8; 4];
    window().crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(u64::from(u32::from_le_bytes(bytes) % 1_000_000))
}

/// Whether a media query matches.
pub fn matches(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

/// Listens to an event until dropped.
pub struct Listener {
    target: EventTarget,
    kind: &'static str,
    callback: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Calls `callback` at each event of this kind.
    pub fn new(target: &EventTarget, kind: &'static str, callback: impl FnMut(Event) + 'static) -> Listener {
        let mut callback = callback;
        let callback = Closure::new(move |event| {
            // A program that is at its end answers nothing.
            if !ended() {
                callback(event);
            }
        });
        let listener = Listener { target: target.clone(), kind, callback };
        // Adding fails for no kind of event that there is.
        let _ = target.add_event_listener_with_callback(kind, listener.callback.as_ref().unchecked_ref());
        listener
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.callback.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback(self.kind, callback);
    }
}
