//! The cheat sheet.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement};
use yew::prelude::*;
use yew::virtual_dom::ListenerKind;

use super::dom::{Answer, El, el, target};
use super::msg::Msg;
use super::words;

/// A dialog over the page; the page puts it there when it is wanted, and [`show`]s it.
pub fn help(dialog: &NodeRef, send: &Callback<Msg>) -> El {
    let closed: Answer = |_, _| Some(Msg::Help(false));
    // Closed first, removed after: only so does the browser give the focus back.
    let close: Answer = |event, _| {
        let dialog = target::<Element>(event)?.closest("dialog").ok()??;
        dialog.dyn_into::<HtmlDialogElement>().ok()?.close();
        None
    };
    let mut list = el("dl", &[]);
    for (keys, does) in words::CHEATS {
        list = list.add(el("dt", &[]).add(el("kbd", &[]).text(keys))).add(el("dd", &[]).text(does));
    }
    el("dialog", &[("aria-labelledby", "cheats")])
        .node(dialog)
        .on(ListenerKind::onclose, send, 0, closed)
        // Where reading begins, not at the button below.
        .add(el("h2", &[("id", "cheats"), ("tabindex", "-1"), ("autofocus", "")]).text(words::CHEAT_SHEET))
        .add(list)
        .add(el("button", &[]).on(ListenerKind::onclick, send, 0, close).text(words::CLOSE))
}

/// Opens the dialog, if the page has it and it is not open. The browser keeps the focus inside while it is open,
/// closes it at Escape, and gives the focus back after.
pub fn show(dialog: &NodeRef) {
    if let Some(dialog) = dialog.cast::<HtmlDialogElement>().filter(|dialog| !dialog.open()) {
        // Refused only where it is open already.
        let _ = dialog.show_modal();
    }
}
