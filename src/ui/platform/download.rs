//! Files for the reader: a text or a picture, saved as if it came from the site, though it never leaves the page.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlCanvasElement, Url};

use crate::ui::platform::browser::window;

/// The browser has taken the file long before; then its address is forgotten, in milliseconds.
const FORGET_MS: u32 = 60_000;

/// Saves a text under this name. Where the browser refuses, nothing happens.
pub fn save_text(name: &str, kind: &str, text: &str) {
    let parts = js_sys::Array::of1(&text.into());
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    if let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) {
        save(name, &blob);
    }
}

/// Saves what a canvas shows under this name, as PNG.
pub fn save_canvas(name: &str, canvas: &HtmlCanvasElement) {
    let name = name.to_owned();
    let ready = Closure::once_into_js(move |blob: Option<Blob>| {
        if let Some(blob) = blob {
            save(&name, &blob);
        }
    });
    // An empty canvas gives no picture.
    let _ = canvas.to_blob(ready.unchecked_ref());
}

/// A link to the file is pressed, and thrown away.
fn save(name: &str, blob: &Blob) {
    let (Some(document), Ok(address)) = (window().document(), Url::create_object_url_with_blob(blob)) else {
        return;
    };
    let link = document.create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    Timeout::new(FORGET_MS, move || {
        // It was made above, so it can be forgotten.
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
}
