//! The clipboard.

use js_sys::Reflect;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::ui::platform::browser::window;
use crate::ui::platform::end::ended;

/// Copies a text, and tells whether the browser let it.
pub fn copy(text: String, told: impl FnOnce(bool) + 'static) {
    let navigator = window().navigator();
    // A page that came over an open line has no clipboard.
    let has_one = Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|own| own.is_object());
    spawn_local(async move {
        let done = has_one && JsFuture::from(navigator.clipboard().write_text(&text)).await.is_ok();
        // A program that is at its end answers nothing.
        if !ended() {
            told(done);
        }
    });
}
