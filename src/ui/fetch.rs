//! Fetches a text file of this site.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;
use yew::Callback;

use super::browser::window;
use super::crash::ended;
use super::msg::Msg;
use super::route::Route;
use super::words;

/// No file of this site is larger (bytes of text).
const MAX_TEXT: u32 = 1 << 20;

/// Fetches what a page shows; [`Msg::Loaded`] tells what came.
pub fn page(route: Route, send: &Callback<Msg>) {
    let send = send.clone();
    spawn_local(async move {
        let text = text(route.file().unwrap_or_default()).await;
        // A program that is at its end answers nothing.
        if !ended() {
            send.emit(Msg::Loaded(route, text));
        }
    });
}

/// The text of a file by its relative address; the error is a sentence for the reader.
async fn text(url: String) -> Result<String, String> {
    let failed = |_| words::LOAD_OFFLINE.to_owned();
    let response = JsFuture::from(window().fetch_with_str(&url)).await.map_err(failed)?;
    let response: Response = response.unchecked_into();
    if !response.ok() {
        return Err(
            if response.status() == 404 { words::LOAD_MISSING } else { words::LOAD_REFUSED }.to_owned()
        );
    }
    let text = JsFuture::from(response.text().map_err(failed)?).await.map_err(failed)?;
    let text: js_sys::JsString = text.unchecked_into();
    if text.length() > MAX_TEXT {
        return Err(words::LOAD_TOO_LONG.to_owned());
    }
    Ok(String::from(text))
}
