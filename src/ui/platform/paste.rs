//! A text that is pasted outside of fields.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event};

/// Where a text that is pasted belongs.
const FIELDS: &str = "input,textarea,select,dialog";

/// The text of a paste; none where it belongs to a field, or is no text.
pub fn pasted(event: &Event) -> Option<String> {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if target.is_some_and(|target| target.closest(FIELDS).ok().flatten().is_some()) {
        return None;
    }
    let data = Reflect::get(event, &"clipboardData".into()).ok()?;
    let read: Function = Reflect::get(&data, &"getData".into()).ok()?.dyn_into().ok()?;
    let text: JsValue = read.call1(&data, &"text/plain".into()).ok()?;
    text.as_string().filter(|text| !text.trim().is_empty())
}
