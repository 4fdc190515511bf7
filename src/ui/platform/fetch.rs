//! Fetches a text file of this site.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;

use crate::ui::platform::browser::window;
use crate::ui::platform::end::ended;

/// No file of this site is larger (bytes of text).
const MAX_TEXT: u32 = 1 << 20;

/// Fetches a file by its relative address; `on_text` gets what came, or a sentence for the reader that says why it did
/// not.
pub fn fetch(url: String, on_text: impl FnOnce(Result<String, String>) + 'static) {
    spawn_local(async move {
        let text = text(&url).await;
        // A program that is at its end answers nothing.
        if !ended() {
            on_text(text);
        }
    });
}

async fn text(url: &str) -> Result<String, String> {
    let failed = |_| text!("load.offline").to_owned();
    let response = JsFuture::from(window().fetch_with_str(url)).await.map_err(failed)?;
    let response: Response = response.unchecked_into();
    if !response.ok() {
        return Err(
            if response.status() == 404 { text!("load.missing") } else { text!("load.refused") }.to_owned()
        );
    }
    let text = JsFuture::from(response.text().map_err(failed)?).await.map_err(failed)?;
    let text: js_sys::JsString = text.unchecked_into();
    if text.length() > MAX_TEXT {
        return Err(text!("load.too-long").to_owned());
    }
    Ok(String::from(text))
}
