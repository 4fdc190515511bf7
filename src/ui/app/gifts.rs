//! Files that are held over the page or dropped on it, and texts that are pasted outside of fields.

use std::cell::Cell;

use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, Element, Event, Window};
use yew::Callback;

use crate::base::MAX_TEXT;
use crate::ui::msg::mine::MineMsg;
use crate::ui::platform::browser::Listener;
use crate::ui::platform::files::{Given, Unreadable, listed, read};

/// Where a text that is pasted belongs.
const FIELDS: &str = "input,textarea,select,[contenteditable],dialog";

/// Hears of them for as long as they live. What somebody else has answered already is left to them.
pub fn gifts(window: &Window, send: &Callback<MineMsg>) -> Vec<Listener> {
    let over = std::rc::Rc::new(Cell::new(false));
    let drag = {
        let send = send.clone();
        move |now: bool| {
            if over.replace(now) != now {
                send.emit(MineMsg::Drag(now));
            }
        }
    };
    let (held, left, dropped) = (drag.clone(), drag.clone(), drag);
    let (on_drop, on_paste) = (send.clone(), send.clone());
    vec![
        Listener::new(window, "dragover", move |event| {
            if let Some(files) = files_of(&event) {
                event.prevent_default();
                files.set_drop_effect("copy");
                held(true);
            }
        }),
        Listener::new(window, "dragleave", move |event| {
            // From one element to another it stays over the page.
            if event.dyn_ref::<DragEvent>().is_none_or(|event| event.related_target().is_none()) {
                left(false);
            }
        }),
        Listener::new(window, "drop", move |event| {
            if let Some(files) = files_of(&event) {
                event.prevent_default();
                dropped(false);
                let send = on_drop.clone();
                read(&listed(files.files()), move |given| send.emit(MineMsg::Given(given)));
            }
        }),
        Listener::new(window, "paste", move |event| {
            if let Some(given) = pasted(&event) {
                event.prevent_default();
                on_paste.emit(MineMsg::Given(vec![given]));
            }
        }),
    ]
}

/// What is dragged, if it is files and nobody else takes it.
fn files_of(event: &Event) -> Option<DataTransfer> {
    let event = event.dyn_ref::<DragEvent>().filter(|event| !event.default_prevented())?;
    let data = event.data_transfer()?;
    data.types().includes(&"Files".into(), 0).then_some(data)
}

/// A text that was pasted, unless it belongs to a field or is none.
fn pasted(event: &Event) -> Option<Given> {
    let event = event.dyn_ref::<ClipboardEvent>().filter(|event| !event.default_prevented())?;
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if target.is_some_and(|target| target.closest(FIELDS).ok().flatten().is_some()) {
        return None;
    }
    let text = event.clipboard_data()?.get_data("text/plain").ok().filter(|text| !text.trim().is_empty())?;
    let text = if text.len() > MAX_TEXT { Err(Unreadable::TooLong) } else { Ok(text) };
    Some(Given { name: String::new(), text })
}
